"""What is in 青山省, all in one, and is it still the very same province?

Everything is fictitious: regions, firms, people, mines and shapes. The province lies in the Yellow Sea, and
its codes begin with 99, which GB/T 2260 does not use.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from shapely.geometry.base import BaseGeometry

from qingshan.demo.control_lines import FeatureFacts, control_lines
from qingshan.demo.enterprises import EnterpriseFacts, enterprises
from qingshan.demo.histories import Matters, matters
from qingshan.demo.holdings import (
    FacilityFacts,
    LandUseFacts,
    RightFacts,
    facilities,
    land_uses,
    rights,
)
from qingshan.demo.listed_again import ListedFacts, listed_again
from qingshan.demo.mines import MineFacts, mines
from qingshan.demo.offices import OfficeFacts, SeatFacts, offices, seats
from qingshan.demo.papers import Papers, papers
from qingshan.demo.regions import RegionFacts, regions
from qingshan.demo.sites import PatchFacts, SiteFacts, sites_and_patches

LABEL = "演示数据，均为虚构"


@dataclass(frozen=True)
class Province:
    """All facts of the demonstration, parents before children."""

    regions: tuple[RegionFacts, ...]
    offices: tuple[OfficeFacts, ...]
    seats: tuple[SeatFacts, ...]
    enterprises: tuple[EnterpriseFacts, ...]
    mines: tuple[MineFacts, ...]
    sites: tuple[SiteFacts, ...]
    patches: tuple[PatchFacts, ...]
    rights: tuple[RightFacts, ...]
    land_uses: tuple[LandUseFacts, ...]
    facilities: tuple[FacilityFacts, ...]
    papers: Papers
    listed_again: tuple[ListedFacts, ...]
    control_lines: tuple[FeatureFacts, ...]
    matters: Matters


@cache
def province() -> Province:
    """Drawn on first use, about two seconds."""
    sites, patches = sites_and_patches()
    return Province(
        regions(),
        offices(),
        seats(),
        enterprises(),
        mines(),
        sites,
        patches,
        rights(),
        land_uses(),
        facilities(),
        papers(),
        listed_again(),
        control_lines(),
        matters(),
    )


def digest_of(facts: Province) -> str:
    """SHA-256 over everything, coordinates included: equal on two machines only if they drew the same."""
    text = json.dumps(facts, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseGeometry):
        return value.__geo_interface__
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} is no fact")
