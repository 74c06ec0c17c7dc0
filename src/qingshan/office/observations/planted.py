"""When was land planted, where whoever claims it does not say so? Asked of the plots that apps above keep."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

Plantings = Callable[[Collection[int]], Mapping[int, date]]
"""for ids of sites, by which day all that is known to be planted on each stood there for the first time"""

_PLANTINGS: list[Plantings] = []


def declare_plantings(plantings: Plantings) -> None:
    """An app above knows when sites were planted."""
    if plantings not in _PLANTINGS:
        _PLANTINGS.append(plantings)


def planted(site_ids: Collection[int]) -> dict[int, date]:
    """The day of each site of which anybody knows it."""
    found: dict[int, date] = {}
    for plantings in _PLANTINGS if site_ids else ():
        found |= plantings(site_ids)
    return found
