"""Which mines has the demonstration? 400, in belts as ore lies, with a believable mix of what and how."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from qingshan.demo.chance import Chance
from qingshan.demo.enterprises import EnterpriseFacts, apportioned, enterprises
from qingshan.demo.names import valleys
from qingshan.demo.outlines import outline
from qingshan.demo.regions import COUNTIES
from qingshan.demo.shapes import Blob, Cut, Place
from qingshan.rules.register import MineScale, MineState, MiningMethod

COUNT = 400
# sites lie within three kilometres of their mine and have to stay inside the county
_FROM_BORDER_DEG = 0.046
_APART_M = 3_300.0
_LARGEST_REACH_M = 1_400.0


@dataclass(frozen=True)
class Mineral:
    """A mineral, its part of a mine's name, its class digit in licence numbers, and where it is found."""

    name: str
    short: str
    licence_class: int
    weights: tuple[int, int, int]
    """Frequency in the three cities."""
    underground: int = 0
    """Mines of a hundred that are worked underground."""


MINERALS = (
    Mineral("建筑石料用灰岩", "石灰岩", 7, (30, 14, 12)),
    Mineral("水泥用石灰岩", "水泥灰岩", 6, (9, 6, 4)),
    Mineral("建筑用花岗岩", "花岗岩", 7, (8, 6, 16)),
    Mineral("饰面用花岗岩", "饰面石材", 7, (3, 2, 10)),
    Mineral("建筑用砂岩", "砂岩", 7, (7, 6, 3)),
    Mineral("砖瓦用页岩", "页岩", 7, (9, 10, 6)),
    Mineral("冶金用白云岩", "白云岩", 6, (5, 3, 2)),
    Mineral("玻璃用石英岩", "石英岩", 6, (3, 2, 4)),
    Mineral("煤", "煤", 1, (3, 22, 0), 82),
    Mineral("铝土矿", "铝土", 3, (2, 9, 0), 20),
    Mineral("铁矿", "铁", 2, (6, 4, 18), 45),
    Mineral("铜矿", "铜", 3, (1, 1, 6), 80),
    Mineral("铅锌矿", "铅锌", 3, (1, 2, 6), 88),
    Mineral("金矿", "金", 4, (1, 0, 7), 85),
    Mineral("萤石", "萤石", 5, (2, 3, 5), 70),
    Mineral("高岭土", "高岭土", 6, (3, 3, 1)),
)
_BY_STATE = (
    (MineState.PRODUCING, 34),
    (MineState.STOPPED, 20),
    (MineState.CLOSED, 26),
    (MineState.ABANDONED, 20),
)
_SCALES = {
    MineState.PRODUCING: ((MineScale.LARGE, 22), (MineScale.MEDIUM, 38), (MineScale.SMALL, 40)),
    MineState.STOPPED: ((MineScale.LARGE, 8), (MineScale.MEDIUM, 32), (MineScale.SMALL, 60)),
    MineState.CLOSED: ((MineScale.LARGE, 2), (MineScale.MEDIUM, 18), (MineScale.SMALL, 80)),
    MineState.ABANDONED: ((MineScale.MEDIUM, 4), (MineScale.SMALL, 96)),
}
_AREA_HA = {MineScale.LARGE: (90.0, 260.0), MineScale.MEDIUM: (28.0, 90.0), MineScale.SMALL: (5.0, 28.0)}


@dataclass(frozen=True)
class MineFacts:
    """A mine as it is imported. The geometry is its boundary, or the middle of its ground if abandoned."""

    key: str
    name: str
    county: str
    place: Place
    mineral: Mineral
    method: MiningMethod
    scale: MineScale
    state: MineState
    enterprise: EnterpriseFacts | None
    licence_no: str
    geometry: BaseGeometry


@cache
def mines() -> tuple[MineFacts, ...]:
    """In the order of counties; every enterprise has at least one mine."""
    weights = [Chance("mines of", county).whole(24, 42) for county in COUNTIES]
    found: list[MineFacts] = []
    for county, count in zip(COUNTIES, apportioned(COUNT, weights), strict=True):
        found.extend(_mines_of(county, count))
    return tuple(found)


def _mines_of(county: str, count: int) -> Iterator[MineFacts]:
    chance, names = Chance("mines", county), valleys(Chance("valleys", county))
    firms = [firm for firm in enterprises() if firm.county == county]
    # firms are dealt like cards: first one each, then at random to those that have holders
    waiting = chance.shuffled(firms)
    states = _states(chance, count, at_least_held=len(firms))
    for serial, (place, state) in enumerate(zip(_places(county, count), states, strict=True), start=1):
        held = state is not MineState.ABANDONED
        firm = (waiting.pop() if waiting else chance.one_of(firms)) if held else None
        yield _mine(county, serial, place, state, firm, next(names))


def _states(chance: Chance, count: int, *, at_least_held: int) -> list[MineState]:
    """A state for every mine; enough of them held that every firm of the county gets one."""
    while True:
        states = [chance.weighted(_BY_STATE) for _ in range(count)]
        if sum(state is not MineState.ABANDONED for state in states) >= at_least_held:
            return states


def _mine(
    county: str, serial: int, place: Place, state: MineState, firm: EnterpriseFacts | None, valley: str
) -> MineFacts:
    key = f"{county}-K{serial:03d}"
    chance = Chance("mine", key)
    city = int(county[3]) - 1
    mineral = chance.weighted([(mineral, mineral.weights[city]) for mineral in MINERALS])
    method = _method(chance, mineral)
    scale = chance.weighted(_SCALES[state])
    ending = "采石场" if mineral.licence_class == 7 and chance.happens(0.5) else "矿"
    return MineFacts(
        key=key,
        name=f"{valley}{mineral.short}{ending}",
        county=county,
        place=place,
        mineral=mineral,
        method=method,
        scale=scale,
        state=state,
        enterprise=firm,
        licence_no=_licence_no(chance, county, scale, mineral) if firm else "",
        geometry=_ground(chance, place, scale, method) if firm else Point(place.lon, place.lat),
    )


def _method(chance: Chance, mineral: Mineral) -> MiningMethod:
    if chance.whole(1, 100) > mineral.underground:
        return MiningMethod.OPEN_PIT
    return MiningMethod.OPEN_PIT_TO_UNDERGROUND if chance.happens(0.1) else MiningMethod.UNDERGROUND


def _licence_no(chance: Chance, county: str, scale: MineScale, mineral: Mineral) -> str:
    """A number of the unified form, issued by province, city or county as the scale asks."""
    level, authority = {
        MineScale.LARGE: (2, county[:2] + "0000"),
        MineScale.MEDIUM: (3, county[:4] + "00"),
        MineScale.SMALL: (4, county),
    }[scale]
    issued = f"{chance.whole(2011, 2023)}{chance.whole(1, 12):02d}"
    return f"C{authority}{issued}{mineral.licence_class}1{level}0{chance.whole(1, 999_999):06d}"


def _ground(chance: Chance, place: Place, scale: MineScale, method: MiningMethod) -> BaseGeometry:
    """The licensed boundary: few corners, straight lines between them."""
    low, high = _AREA_HA[scale]
    size = 1.8 if method is MiningMethod.UNDERGROUND else 1.0
    while True:
        corners = tuple(chance.between(0.8, 1.2) for _ in range(chance.whole(4, 7)))
        blob = Blob(corners, None, chance.between(1.0, 1.7), chance.between(0, math.tau))
        blob = blob.sized(chance.between(low, high) * size * 10_000)
        if blob.reach_m <= _LARGEST_REACH_M:
            return place.draw(Cut.whole(blob))


# --- where ---------------------------------------------------------------------------------------------


def _places(county: str, count: int) -> list[Place]:
    """Middles of mines: most in a few belts, some anywhere, none close to another or to the border."""
    chance, shape = Chance("places", county), outline(county)
    shapely.prepare(shape)
    belts = [_anywhere(chance, shape) for _ in range(chance.whole(3, 5))]
    found: list[Place] = []
    while len(found) < count:
        place = _anywhere(chance, shape)
        if chance.happens(0.8):
            place = _near(chance, chance.one_of(belts))
        if _is_inside(place, shape) and all(_distance_m(place, other) > _APART_M for other in found):
            found.append(place)
    return found


def _anywhere(chance: Chance, shape: Polygon) -> Place:
    west, south, east, north = shape.bounds
    while True:
        place = Place(round(chance.between(west, east), 7), round(chance.between(south, north), 7))
        if _is_inside(place, shape):
            return place


def _near(chance: Chance, belt: Place) -> Place:
    """Belts run north-east."""
    along, across = chance.bell() * 9_000, chance.bell() * 3_500
    return belt.moved(along * 0.7 - across * 0.7, along * 0.7 + across * 0.7)


def _is_inside(place: Place, shape: Polygon) -> bool:
    point = Point(place.lon, place.lat)
    return bool(shape.contains(point)) and float(shape.exterior.distance(point)) > _FROM_BORDER_DEG


def _distance_m(one: Place, other: Place) -> float:
    east, north = other.metres_from(one)
    return float((east * east + north * north) ** 0.5)
