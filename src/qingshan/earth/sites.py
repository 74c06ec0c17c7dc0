"""Which pieces of land are looked at, and what is claimed of them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely.geometry.base import BaseGeometry


class TargetUse(StrEnum):
    """What restored land is to become (治理去向)."""

    VEGETATION = "vegetation"
    """林草"""
    CROPLAND = "cropland"
    """耕地"""
    BUILDING = "building"
    """建设"""
    WATER = "water"
    """水面"""
    SOLAR = "solar"
    """光伏"""
    NATURAL = "natural"
    """自然恢复"""


class ClimateZone(StrEnum):
    """How wet a place is; thresholds and end-members depend on it."""

    ARID = "arid"
    """干旱"""
    SEMI_ARID = "semi_arid"
    """半干旱"""
    SEMI_HUMID = "semi_humid"
    """半湿润"""
    HUMID = "humid"
    """湿润"""


@dataclass(frozen=True, kw_only=True)
class Site:
    """One piece of land under management (点位)."""

    id: str
    shape: BaseGeometry
    """polygon or multipolygon in CGCS2000 degrees (EPSG:4490, longitude first)"""
    name: str = ""
    zone: ClimateZone | None = None
    """None: not told; the most careful threshold of all zones is used"""


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What is claimed of one site. Each is a hypothesis; None: nothing is claimed."""

    site_id: str
    target: TargetUse | None = None
    disturbed_since: date | None = None
    """the day from which the land is said to be disturbed"""
    restored_since: date | None = None
    """the day on which restoration is said to be complete"""
    planted_on: date | None = None
    """the day of planting or seeding, where it is told apart"""
    accepted_on: date | None = None
    """the day of acceptance: from then on the land is to stay as it was accepted"""
    permitted: BaseGeometry | None = None
    """the permitted boundary in CGCS2000 degrees"""


@dataclass(frozen=True)
class SiteSet:
    """Sites with distinct ids, in the order of their file."""

    sites: tuple[Site, ...]

    def __iter__(self) -> Iterator[Site]:
        return iter(self.sites)

    def __len__(self) -> int:
        return len(self.sites)

    @classmethod
    def of(cls, sites: Iterable[Site]) -> SiteSet:
        return cls(tuple(sites))
