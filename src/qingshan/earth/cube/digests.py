"""By what does a cube know that it is asked about its own sites, by its own numbers?"""

from __future__ import annotations

import hashlib

import shapely

from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sites import SiteSet

PIXEL_SECTIONS = ("cube", "ring", "cover", "surfaces", "images")
"""Sections of the parameter set that a cube rests on; judging may change without it."""


def digest_of_sites(sites: SiteSet) -> str:
    """The same for the same sites in the same order: sixteen hexadecimal digits."""
    told = hashlib.sha256()
    for site in sites:
        told.update(f"{site.id}|{site.zone}|".encode() + shapely.to_wkb(site.shape))
    return told.hexdigest()[:16]


def digest_of_pixel_numbers(parameters: ParameterSet) -> str:
    """The same as long as pixels are read by the same numbers, whatever is judged by."""
    told = [
        f"{section}.{name}={parameter.value!r}"
        for section in PIXEL_SECTIONS
        for name, parameter in sorted(parameters.numbers.get(section, {}).items())
    ]
    return hashlib.sha256("|".join(told).encode()).hexdigest()[:16]
