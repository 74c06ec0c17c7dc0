"""Which places under management (点位) has the demonstration, and which polygons (图斑) have they?

2,000 sites, most of them around a mine, some left behind by nobody in particular; each with one to three
patches that share its ground or follow one another in time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.demo.chance import Chance
from qingshan.demo.enterprises import apportioned
from qingshan.demo.mines import MineFacts, mines
from qingshan.demo.names import valleys
from qingshan.demo.outlines import outline
from qingshan.demo.regions import COUNTIES
from qingshan.demo.shapes import (
    Blob,
    Cut,
    Place,
    dump,
    face_and_floor,
    halves,
    hollow,
    pit,
    pond,
    yard,
)
from qingshan.rules.register import MineScale, MineState, MiningMethod, PatchKind, SiteKind

COUNT = 2_000
WITHOUT_A_MINE = 260
FIRST_DAY, LAST_DAY = date(2016, 3, 1), date(2025, 12, 31)
_GAP_M = 25.0
_FARTHEST_M = 2_400.0
_LOOKS: dict[SiteKind, Callable[[Chance], Blob]] = {
    SiteKind.OPEN_PIT: pit,
    SiteKind.LEGACY: pit,
    SiteKind.WASTE_DUMP: dump,
    SiteKind.TAILINGS_POND: pond,
    SiteKind.INDUSTRIAL_YARD: yard,
    SiteKind.UNDERGROUND: yard,
    SiteKind.SUBSIDENCE: hollow,
}
_MEDIAN_HA = {
    SiteKind.OPEN_PIT: 2.6,
    SiteKind.LEGACY: 1.1,
    SiteKind.WASTE_DUMP: 1.9,
    SiteKind.TAILINGS_POND: 3.2,
    SiteKind.INDUSTRIAL_YARD: 1.2,
    SiteKind.UNDERGROUND: 1.4,
    SiteKind.SUBSIDENCE: 3.0,
}
_SCALE_FACTOR = {MineScale.LARGE: 2.6, MineScale.MEDIUM: 1.5, MineScale.SMALL: 1.0}
_SITES_OF = {MineScale.LARGE: (6, 12), MineScale.MEDIUM: (4, 8), MineScale.SMALL: (2, 6)}
_SOURCES = (
    ("历史遗留矿山核查", 24),
    ("省级卫片下发", 30),
    ("县级自查", 26),
    ("联合检查", 10),
    ("群众反映", 6),
    ("年度变更调查", 10),
)
_FIRST_KINDS = {
    SiteKind.OPEN_PIT: PatchKind.DISTURBED_LAND,
    SiteKind.LEGACY: PatchKind.DISTURBED_LAND,
    SiteKind.WASTE_DUMP: PatchKind.DUMP,
    SiteKind.TAILINGS_POND: PatchKind.POND,
    SiteKind.INDUSTRIAL_YARD: PatchKind.BUILDINGS,
    SiteKind.UNDERGROUND: PatchKind.BUILDINGS,
    SiteKind.SUBSIDENCE: PatchKind.DISTURBED_LAND,
}


@dataclass(frozen=True)
class SiteFacts:
    """A site as it is imported; the area is of the drawing, what was reported may differ."""

    key: str
    name: str
    county: str
    kind: SiteKind
    mine: MineFacts | None
    geometry: BaseGeometry
    area_m2: float
    reported_area_m2: float | None
    found_on: date
    source: str


@dataclass(frozen=True)
class PatchFacts:
    """A patch as it is imported: one polygon of a site between two days."""

    key: str
    site_key: str
    county: str
    kind: PatchKind
    geometry: BaseGeometry
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class _Drawn:
    """A site on the drawing board: its blobs around a place, the first of them the main one."""

    key: str
    kind: SiteKind
    mine: MineFacts | None
    place: Place
    blobs: tuple[Blob, ...]

    @property
    def reach_m(self) -> float:
        return max(math.hypot(*blob.middle) + blob.reach_m for blob in self.blobs)

    def draw(self) -> BaseGeometry:
        return self.place.draw(*(Cut.whole(blob) for blob in self.blobs))


@cache
def sites_and_patches() -> tuple[tuple[SiteFacts, ...], tuple[PatchFacts, ...]]:
    """Every site with a number in its county, and the patches of all."""
    sites: list[SiteFacts] = []
    patches: list[PatchFacts] = []
    weights = [Chance("sites without a mine", county).whole(14, 30) for county in COUNTIES]
    for county, alone in zip(COUNTIES, apportioned(WITHOUT_A_MINE, weights), strict=True):
        names = _names(county)
        for drawn in _Board(county).place_all(alone):
            sites.append(_site(county, drawn, names(drawn)))
            patches.extend(_patches(county, drawn))
    return tuple(sites), tuple(patches)


@cache
def _number_of_sites() -> dict[str, int]:
    """Sites of each mine: more where more is dug, together with the others exactly the total."""
    weights = [Chance("number of sites", mine.key).whole(*_SITES_OF[mine.scale]) for mine in mines()]
    shares = apportioned(COUNT - WITHOUT_A_MINE, weights)
    return {mine.key: share for mine, share in zip(mines(), shares, strict=True)}


# --- where, and how large -----------------------------------------------------------------------------


class _Board:
    """The ground of one county, on which no two sites may lie across each other."""

    def __init__(self, county: str) -> None:
        self.county = county
        self.shape = outline(county)
        shapely.prepare(self.shape)
        west, south, _, _ = self.shape.bounds
        self.corner = Place(west, south)
        self.taken: list[tuple[float, float, float]] = []
        """East and north of the corner, and reach, in metres."""

    def place_all(self, alone: int) -> Iterator[_Drawn]:
        """The sites of every mine of the county, then those that belong to none."""
        for mine in mines():
            if mine.county == self.county:
                for number, kind in enumerate(_kinds(mine, _number_of_sites()[mine.key])):
                    yield self._place(kind, mine, is_main=number == 0)
        for _ in range(alone):
            yield self._place(SiteKind.LEGACY, None, is_main=False)

    def _place(self, kind: SiteKind, mine: MineFacts | None, *, is_main: bool) -> _Drawn:
        key = f"{self.county}-D{len(self.taken) + 1:04d}"
        chance = Chance("site", key)
        drawn = _Drawn(key, kind, mine, self.corner, _blobs(chance, kind, mine, is_main=is_main))
        reach_m = drawn.reach_m
        for attempt in range(2_000):
            place = self._somewhere(chance, mine, attempt)
            east, north = place.metres_from(self.corner)
            drawn = replace(drawn, place=place)
            if self._is_free(east, north, reach_m) and shapely.contains_properly(self.shape, drawn.draw()):
                self.taken.append((east, north, reach_m))
                return drawn
        raise RuntimeError(f"no room left for {key}")

    def _somewhere(self, chance: Chance, mine: MineFacts | None, attempt: int) -> Place:
        """The first site in the middle of the mine, the others around it, ever farther out."""
        if mine is None:
            west, south, east, north = self.shape.bounds
            return Place(round(chance.between(west, east), 7), round(chance.between(south, north), 7))
        far = min(_FARTHEST_M, 60.0 + 25.0 * attempt)
        return mine.place.moved(chance.between(-far, far), chance.between(-far, far))

    def _is_free(self, east: float, north: float, reach_m: float) -> bool:
        own = reach_m + _GAP_M
        for other_east, other_north, other_reach in self.taken:
            apart = own + other_reach
            if abs(east - other_east) < apart and abs(north - other_north) < apart:
                return False
        return True


def _kinds(mine: MineFacts, count: int) -> list[SiteKind]:
    """What a mine of this sort has: first the place where it digs."""
    chance = Chance("kinds", mine.key)
    if mine.state is MineState.ABANDONED:
        return [SiteKind.LEGACY, *(chance.weighted(_ABANDONED) for _ in range(count - 1))]
    below = mine.method is not MiningMethod.OPEN_PIT
    first = SiteKind.UNDERGROUND if below else SiteKind.OPEN_PIT
    wet = mine.mineral.licence_class in (2, 3, 4)
    more = _BELOW if below else _OPEN
    weights = [(kind, weight) for kind, weight in more if wet or kind is not SiteKind.TAILINGS_POND]
    return [first, *(chance.weighted(weights) for _ in range(count - 1))]


_OPEN = (
    (SiteKind.OPEN_PIT, 40),
    (SiteKind.WASTE_DUMP, 32),
    (SiteKind.INDUSTRIAL_YARD, 22),
    (SiteKind.TAILINGS_POND, 20),
)
_BELOW = (
    (SiteKind.INDUSTRIAL_YARD, 26),
    (SiteKind.WASTE_DUMP, 34),
    (SiteKind.SUBSIDENCE, 26),
    (SiteKind.TAILINGS_POND, 26),
)
_ABANDONED = ((SiteKind.LEGACY, 70), (SiteKind.WASTE_DUMP, 30))


def _blobs(chance: Chance, kind: SiteKind, mine: MineFacts | None, *, is_main: bool) -> tuple[Blob, ...]:
    median = _MEDIAN_HA[kind] * (_SCALE_FACTOR[mine.scale] if mine else 1.0) * (1.6 if is_main else 0.9)
    area_m2 = chance.log_normal(median=median, spread=0.95, low=0.2, high=40.0) * 10_000
    dug = kind in (SiteKind.OPEN_PIT, SiteKind.LEGACY)
    blob = _LOOKS[kind](chance)
    if dug and chance.happens(0.09):
        blob = blob.with_hill(chance.between(0.18, 0.4))
    if not dug or not chance.happens(0.11):
        return (blob.sized(area_m2),)
    return _beside_each_other(chance, _LOOKS[kind], blob, area_m2)


def _beside_each_other(
    chance: Chance, look: Callable[[Chance], Blob], main: Blob, area_m2: float
) -> tuple[Blob, ...]:
    """A pit in two or three parts: the main one and small ones a few steps away."""
    small = chance.between(0.12, 0.3)
    count = chance.whole(1, 2)
    main = main.sized(area_m2 * (1 - small))
    parts, start = [main], chance.between(0, math.tau)
    for number in range(count):
        part = look(chance).sized(area_m2 * small / count)
        away = main.reach_m + part.reach_m + chance.between(4, 25)
        angle = start + number * math.pi * 0.8
        parts.append(part.moved(round(away * math.cos(angle), 3), round(away * math.sin(angle), 3)))
    return tuple(parts)


# --- what is written about it ----------------------------------------------------------------------------


def _names(county: str) -> Callable[[_Drawn], str]:
    """What a site is called: after its mine and numbered there by kind, or after a valley of its own."""
    fresh, numbers = valleys(Chance("site valleys", county)), Counter[tuple[str, SiteKind]]()

    def name(drawn: _Drawn) -> str:
        if drawn.mine is None:
            return f"{next(fresh)}{drawn.kind.zh}"
        numbers[drawn.mine.key, drawn.kind] += 1
        return f"{drawn.mine.name}{numbers[drawn.mine.key, drawn.kind]}号{drawn.kind.zh}"

    return name


def _site(county: str, drawn: _Drawn, name: str) -> SiteFacts:
    chance = Chance("about site", drawn.key)
    area_m2 = round(sum(blob.area_m2 for blob in drawn.blobs), 1)
    reported = None if chance.happens(0.12) else round(area_m2 * (1 + 0.04 * chance.bell()), -1)
    return SiteFacts(
        key=drawn.key,
        name=name,
        county=county,
        kind=drawn.kind,
        mine=drawn.mine,
        geometry=drawn.draw(),
        area_m2=area_m2,
        reported_area_m2=reported,
        found_on=chance.day(FIRST_DAY, LAST_DAY),
        source=chance.weighted(_SOURCES),
    )


def _patches(county: str, drawn: _Drawn) -> Iterator[PatchFacts]:
    chance = Chance("patches of", drawn.key)
    begun = chance.day(date(2012, 1, 1), date(2021, 12, 31))
    parts = list(_parts(chance, drawn, begun))
    for number, (kind, geometry, from_on, to_on) in enumerate(parts, start=1):
        yield PatchFacts(f"{drawn.key}-{number}", drawn.key, county, kind, geometry, from_on, to_on)


_Part = tuple[PatchKind, BaseGeometry, date, date | None]


def _parts(chance: Chance, drawn: _Drawn, begun: date) -> Iterator[_Part]:
    """One to three patches: the whole ground, its face and floor, or what has been restored meanwhile."""
    main, others = drawn.blobs[0], [Cut.whole(blob) for blob in drawn.blobs[1:]]
    kind, whole = _FIRST_KINDS[drawn.kind], drawn.draw()
    restored_on = begun + timedelta(days=chance.whole(500, 1_400))
    way = chance.weighted((("one", 42), ("all restored", 16), ("half restored", 22), ("face", 20)))
    can_have_a_face = drawn.kind in (SiteKind.OPEN_PIT, SiteKind.LEGACY) and not main.inner
    if way == "all restored":
        yield kind, whole, begun, restored_on
        yield PatchKind.RESTORATION_PLOT, whole, restored_on + timedelta(days=1), None
    elif way == "half restored":
        kept, restored = halves(main, chance)
        yield kind, whole, begun, restored_on
        yield kind, drawn.place.draw(kept, *others), restored_on + timedelta(days=1), None
        yield PatchKind.RESTORATION_PLOT, drawn.place.draw(restored), restored_on + timedelta(days=1), None
    elif way == "face" and can_have_a_face:
        face, floor = face_and_floor(main, chance)
        yield PatchKind.QUARRY_FACE, drawn.place.draw(face), begun, None
        yield kind, drawn.place.draw(floor, *others), begun, None
    else:
        yield kind, whole, begun, None
