"""Which mining rights, temporary land and facilities have the mines of the demonstration?

Every mine with a licence has its right, drawn along its boundary. Land that was lent and the works, ponds and
dumps lie on sites of the same mine. Some terms are over, some end soon, some land was handed back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count

from shapely.geometry.base import BaseGeometry

from qingshan.demo.chance import Chance
from qingshan.demo.days import Day, years_after, years_before
from qingshan.demo.mines import MineFacts, mines
from qingshan.demo.regions import COUNTIES, NAMES
from qingshan.demo.sites import SiteFacts, sites_and_patches
from qingshan.rules.register import (
    FacilityKind,
    FacilityState,
    LandPurpose,
    MineScale,
    MineState,
    MiningMethod,
    RightState,
    SiteKind,
)

WAN = 10_000
SOON_DAYS = 90
"""What ends within these days is about to end."""


@dataclass(frozen=True)
class RightFacts:
    """采矿权 as its licence prints it: the holder may bear an older name there."""

    licence_no: str
    mine: MineFacts
    holder_name: str
    capacity_t_per_year: int
    reported_area_km2: float
    top_level_m: int
    bottom_level_m: int
    issued_by: str
    from_on: Day
    to_on: Day
    state: RightState

    @property
    def geometry(self) -> BaseGeometry:
        return self.mine.geometry


@dataclass(frozen=True)
class LandUseFacts:
    """临时用地: all its days are counted from the day of loading, since land is lent for two years at most."""

    number: str
    name: str
    mine: MineFacts
    purpose: LandPurpose
    land_class: str
    reported_area_m2: float
    geometry: BaseGeometry
    approved_by: str
    from_on: int
    to_on: int
    returned_on: int | None


@dataclass(frozen=True)
class FacilityFacts:
    """设施: a dressing works, a tailings pond, a dump, a crushing line."""

    key: str
    name: str
    mine: MineFacts
    kind: FacilityKind
    state: FacilityState
    geometry: BaseGeometry
    throughput_t_per_day: int | None = None
    capacity_m3: int | None = None
    stock_m3: int | None = None
    height_m: int | None = None


# --- mining rights ------------------------------------------------------------------------------------------

# yearly output in 10,000 t from which a mine is medium and large, as in the rulebook `mine-scale` where it has them
_LIMITS_WAN_T = {
    "建筑石料用灰岩": (13, 26),
    "水泥用石灰岩": (50, 100),
    "建筑用花岗岩": (13, 26),
    "饰面用花岗岩": (3, 8),
    "建筑用砂岩": (13, 26),
    "砖瓦用页岩": (5, 30),
    "冶金用白云岩": (30, 50),
    "玻璃用石英岩": (10, 30),
    "煤": (45, 120),
    "铝土矿": (30, 100),
    "铁矿": (30, 100),
    "铜矿": (30, 100),
    "铅锌矿": (30, 100),
    "金矿": (6, 15),
    "萤石": (5, 10),
    "高岭土": (5, 10),
}
_OPEN_LIMITS_WAN_T = {"煤": (100, 400), "铁矿": (60, 200)}
_YEARS = {MineScale.LARGE: (20, 30), MineScale.MEDIUM: (10, 20), MineScale.SMALL: (8, 10)}
_STANDINGS = {
    MineState.PRODUCING: (("in force", 86), ("ends soon", 9), ("expired", 5)),
    MineState.STOPPED: (("in force", 44), ("ends soon", 10), ("expired", 38), ("suspended", 8)),
    MineState.CLOSED: (("cancelled", 58), ("expired", 16), ("merged", 15), ("revoked", 11)),
}
_RIGHT_STATES = {
    "suspended": RightState.SUSPENDED,
    "cancelled": RightState.CANCELLED,
    "merged": RightState.MERGED,
    "revoked": RightState.REVOKED,
}


@cache
def rights() -> tuple[RightFacts, ...]:
    """The right of every mine that has a licence number."""
    return tuple(_right(mine) for mine in mines() if mine.licence_no)


@cache
def right_of() -> dict[str, RightFacts]:
    """By number of the mine."""
    return {right.mine.key: right for right in rights()}


def _right(mine: MineFacts) -> RightFacts:
    chance = Chance("right", mine.licence_no)
    standing = chance.weighted(_STANDINGS[mine.state])
    from_on, to_on = _term(chance, standing, mine)
    top = 10 * chance.whole(18, 92)
    below = mine.method is not MiningMethod.OPEN_PIT
    return RightFacts(
        licence_no=mine.licence_no,
        mine=mine,
        holder_name=_holder(chance, mine),
        capacity_t_per_year=_capacity_t(chance, mine),
        reported_area_km2=round(_drawn_area_m2(mine) * chance.between(0.985, 1.01) / 1_000_000, 4),
        top_level_m=top,
        bottom_level_m=top - 10 * (chance.whole(18, 60) if below else chance.whole(4, 16)),
        issued_by=_issuer(mine),
        from_on=from_on,
        to_on=to_on,
        state=_RIGHT_STATES.get(standing, RightState.IN_FORCE),
    )


def _term(chance: Chance, standing: str, mine: MineFacts) -> tuple[Day, Day]:
    """First and last day; renewed terms go on under the old number."""
    issued = date(int(mine.licence_no[7:11]), int(mine.licence_no[11:13]), 15)
    if standing == "ends soon":
        last = chance.whole(4, SOON_DAYS - 2)
        return years_before(last, 5), last
    if standing in ("in force", "suspended"):
        first = max(issued, chance.day(date(2020, 1, 1), date(2024, 12, 31)))
        return first, years_after(first, chance.whole(*_YEARS[mine.scale]))
    over = chance.day(max(issued.replace(year=issued.year + 1), date(2021, 6, 1)), date(2025, 9, 30))
    return max(issued, _day(years_before(over, chance.whole(3, 8)))), over


def _day(day: Day) -> date:
    if isinstance(day, int):
        raise TypeError("a fixed day was meant")
    return day


def _holder(chance: Chance, mine: MineFacts) -> str:
    """The licence of a firm that has been renamed may still print its former name."""
    firm = mine.enterprise
    if firm is None:
        return ""
    return firm.former_name if firm.former_name and chance.happens(0.6) else firm.name


def _capacity_t(chance: Chance, mine: MineFacts) -> int:
    limits = _LIMITS_WAN_T if mine.method is not MiningMethod.OPEN_PIT else _LIMITS_WAN_T | _OPEN_LIMITS_WAN_T
    medium, large = limits[mine.mineral.name]
    low, high = {
        MineScale.LARGE: (large, 2.4 * large),
        MineScale.MEDIUM: (medium, 0.95 * large),
        MineScale.SMALL: (0.3 * medium, 0.95 * medium),
    }[mine.scale]
    step = WAN if low >= 10 else WAN // 10
    return max(step * round(chance.between(low, high) * WAN / step), round(low * WAN))


def _issuer(mine: MineFacts) -> str:
    """The authority whose region stands in the licence number."""
    code = mine.licence_no[1:7]
    return f"{NAMES[code]}自然资源{'厅' if code.endswith('0000') else '局'}"


def _drawn_area_m2(mine: MineFacts) -> float:
    return float(mine.geometry.area) * mine.place.m2_of_square_degree


# --- temporary land -----------------------------------------------------------------------------------------

_LENT = {
    SiteKind.WASTE_DUMP: LandPurpose.DUMPING,
    SiteKind.INDUSTRIAL_YARD: LandPurpose.YARD,
    SiteKind.OPEN_PIT: LandPurpose.EXTRACTION,
}
_LENT_SHARE = {SiteKind.WASTE_DUMP: 0.42, SiteKind.INDUSTRIAL_YARD: 0.3, SiteKind.OPEN_PIT: 0.12}
_LAND_CLASSES = (
    ("其他草地", 30),
    ("灌木林地", 22),
    ("采矿用地", 16),
    ("裸岩石砾地", 12),
    ("乔木林地", 12),
    ("旱地", 8),
)
_LAND_STANDINGS = (("in use", 46), ("ends soon", 12), ("overdue", 16), ("handed back", 26))
_TERM_DAYS = 730


@cache
def land_uses() -> tuple[LandUseFacts, ...]:
    """Dumps, yards and a few pits of mines that work or stand still, numbered in each county."""
    numbers = {county: count(1) for county in COUNTIES}
    return tuple(
        _land_use(next(numbers[site.county]), site, site.mine)
        for site in sites_and_patches()[0]
        if site.mine is not None and _is_lent(site, site.mine)
    )


def _is_lent(site: SiteFacts, mine: MineFacts) -> bool:
    works = mine.state in (MineState.PRODUCING, MineState.STOPPED)
    return works and Chance("lent", site.key).happens(_LENT_SHARE.get(site.kind, 0.0))


def _land_use(number: int, site: SiteFacts, mine: MineFacts) -> LandUseFacts:
    chance = Chance("land use", site.key)
    standing = chance.weighted(_LAND_STANDINGS)
    low, high = {
        "in use": (SOON_DAYS + 5, 690),
        "ends soon": (3, SOON_DAYS - 3),
        "overdue": (-420, -6),
        "handed back": (-900, -60),
    }[standing]
    last = chance.whole(low, high)
    return LandUseFacts(
        number=f"{NAMES[site.county]}自然资临字第{number}号",
        name=f"{site.name}临时用地",
        mine=mine,
        purpose=_LENT[site.kind],
        land_class=chance.weighted(_LAND_CLASSES),
        reported_area_m2=round(site.area_m2 * chance.between(0.94, 1.0), -1),
        geometry=site.geometry,
        approved_by=f"{NAMES[site.county]}自然资源局",
        from_on=last - _TERM_DAYS + 1,
        to_on=last,
        returned_on=min(last + chance.whole(-45, 50), -3) if standing == "handed back" else None,
    )


# --- works, ponds, dumps ------------------------------------------------------------------------------------

_FACILITY_STATES = {
    MineState.PRODUCING: ((FacilityState.IN_USE, 84), (FacilityState.IDLE, 10), (FacilityState.BUILDING, 6)),
    MineState.STOPPED: ((FacilityState.IDLE, 78), (FacilityState.IN_USE, 10), (FacilityState.CLOSED, 12)),
    MineState.CLOSED: ((FacilityState.CLOSED, 70), (FacilityState.IDLE, 14), (FacilityState.REMOVED, 16)),
    MineState.ABANDONED: ((FacilityState.CLOSED, 60), (FacilityState.REMOVED, 40)),
}
_STONE, _COAL, _DRESSED = (6, 7), 1, (2, 3, 4, 5)
"""Class digits of licence numbers: what is crushed, what leaves gangue, what has to be dressed."""
_HEIGHTS_M = {
    FacilityKind.TAILINGS_POND: (14, 52),
    FacilityKind.WASTE_DUMP: (10, 60),
    FacilityKind.GANGUE_DUMP: (12, 45),
}


@cache
def facilities() -> tuple[FacilityFacts, ...]:
    """One works or crushing line on the first yard of a mine; every pond, most dumps."""
    numbers = {county: count(1) for county in COUNTIES}
    found: list[FacilityFacts] = []
    for mine, kind, site in _facility_sites():
        key = f"{mine.county}-S{next(numbers[mine.county]):04d}"
        found.append(_facility(key, mine, kind, site))
    return tuple(found)


def _facility_sites() -> Iterator[tuple[MineFacts, FacilityKind, SiteFacts]]:
    by_mine: dict[str, list[SiteFacts]] = defaultdict(list)
    for site in sites_and_patches()[0]:
        if site.mine is not None:
            by_mine[site.mine.key].append(site)
    for mine in mines():
        yards = [site for site in by_mine[mine.key] if site.kind is SiteKind.INDUSTRIAL_YARD]
        works = _works_of(mine)
        if yards and works and mine.state is not MineState.ABANDONED:
            yield mine, works, yards[0]
        for site in by_mine[mine.key]:
            if site.kind is SiteKind.TAILINGS_POND:
                yield mine, FacilityKind.TAILINGS_POND, site
            elif site.kind is SiteKind.WASTE_DUMP and Chance("dump", site.key).happens(0.55):
                coal = mine.mineral.licence_class == _COAL
                yield mine, FacilityKind.GANGUE_DUMP if coal else FacilityKind.WASTE_DUMP, site


def _works_of(mine: MineFacts) -> FacilityKind | None:
    if mine.mineral.licence_class in _DRESSED:
        return FacilityKind.ORE_DRESSING_WORKS
    return FacilityKind.PROCESSING_LINE if mine.mineral.licence_class in _STONE else None


def _facility(key: str, mine: MineFacts, kind: FacilityKind, site: SiteFacts) -> FacilityFacts:
    chance = Chance("facility", key)
    state = chance.weighted(_FACILITY_STATES[mine.state])
    if kind not in _HEIGHTS_M:
        a_day = 50 * max(1, round(_right_capacity(mine) / 300 * chance.between(0.8, 1.2) / 50))
        return FacilityFacts(key, f"{mine.name}{kind.zh}", mine, kind, state, site.geometry, a_day)
    height = chance.whole(*_HEIGHTS_M[kind])
    capacity = max(1_000, round(site.area_m2 * height * chance.between(0.35, 0.5), -3))
    stock = round(capacity * chance.between(0.15, 0.97), -2)
    name = site.name.replace(SiteKind.WASTE_DUMP.zh, kind.zh)
    return FacilityFacts(key, name, mine, kind, state, site.geometry, None, int(capacity), int(stock), height)


def _right_capacity(mine: MineFacts) -> int:
    return right_of()[mine.key].capacity_t_per_year
