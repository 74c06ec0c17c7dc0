"""Which pieces of land are looked at, and what is claimed of them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from qingshan.rules.reasons import Reason


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

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        id_column: str = "id",
        columns: Mapping[str, str] | None = None,
        permitted: str | Path | None = None,
        permitted_id_column: str | None = None,
    ) -> tuple[Claims, ...]:
        """Claims of all sites from csv, a spreadsheet, GeoJSON or GeoPackage; see `claimfiles.read_claims`.

        Raises:
            SitesRefused: a day, a word or a boundary cannot be read.
        """
        from qingshan.earth.land.claimfiles import read_claims

        return read_claims(
            path,
            id_column=id_column,
            columns=columns,
            permitted=permitted,
            permitted_id_column=permitted_id_column,
        )


@dataclass(frozen=True)
class SiteSet:
    """Sites with distinct ids, in the order of their file."""

    sites: tuple[Site, ...]
    left_out: tuple[Reason, ...] = ()
    """sites of the file that cannot be looked at, each named with the cause"""

    def __iter__(self) -> Iterator[Site]:
        return iter(self.sites)

    def __len__(self) -> int:
        return len(self.sites)

    @classmethod
    def of(cls, sites: Iterable[Site]) -> SiteSet:
        return cls(tuple(sites))

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        id_column: str = "id",
        zone_column: str = "zone",
        name_column: str = "name",
    ) -> SiteSet:
        """Sites from GeoJSON, GeoPackage, a zipped Shapefile or FlatGeobuf; see `sitefiles.read_sites`.

        Raises:
            SitesRefused: the file cannot be read, lacks ids, has one twice, or holds what is no polygon.
        """
        from qingshan.earth.land.sitefiles import read_sites

        return read_sites(path, id_column=id_column, zone_column=zone_column, name_column=name_column)
