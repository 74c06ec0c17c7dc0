"""Which mines does a city's own list name once more? The same mines as offices differ in writing them.

Other numbers, other spellings, a point some way off instead of a boundary, a licence renewed or typed wrongly: signs
that a person has to weigh. Two of them are second pits, which are mines of their own and only look it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from shapely import Point

from qingshan.demo.chance import Chance
from qingshan.demo.mines import MineFacts, mines
from qingshan.demo.regions import CITIES, NAMES

LISTED_BY = CITIES[0]
TITLE = f"{NAMES[LISTED_BY]}矿山清单"
ALIKE = 12


@dataclass(frozen=True)
class ListedFacts:
    """A mine as the city's list has it; `same_as` is the mine that it is, None for a neighbour."""

    key: str
    same_as: MineFacts | None
    name: str
    county: str
    mineral: str
    uscc: str | None
    licence_no: str | None
    mine: MineFacts
    """whose method, scale and state it shares"""
    geometry: Point


def _only_the_name(listed: ListedFacts, mine: MineFacts) -> ListedFacts:
    """Neither licence nor firm, the county in front of the name, a point on the next hill."""
    name = f"{NAMES[listed.county]}{listed.name}"
    return replace(listed, name=name, uscc=None, licence_no=None, geometry=_point(mine, 260.0, 150.0))


def _renewed(listed: ListedFacts, mine: MineFacts) -> ListedFacts:
    """Another licence number, as after a renewal by another office."""
    number = f"C{LISTED_BY}201904{mine.mineral.licence_class}130{mine.licence_no[-6:]}"
    return replace(listed, uscc=None, licence_no=number, geometry=_point(mine, -70.0, 45.0))


def _far_point(listed: ListedFacts, mine: MineFacts) -> ListedFacts:
    """The firm is right; the name has another ending, and the point is the gate of the yard."""
    name = _with_another_ending(listed.name)
    return replace(listed, name=name, licence_no=None, geometry=_point(mine, 900.0, -650.0))


def _mistyped(listed: ListedFacts, mine: MineFacts) -> ListedFacts:
    """Two digits of the licence number changed places; the firm is not named."""
    number = mine.licence_no
    place = next(at for at in range(len(number) - 2, 0, -1) if number[at] != number[at + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return replace(listed, uscc=None, licence_no=swapped, geometry=_point(mine, -1_300.0, -1_400.0))


_WRITTEN: tuple[Callable[[ListedFacts, MineFacts], ListedFacts], ...] = (
    _only_the_name,
    _renewed,
    _far_point,
    _mistyped,
)


def _with_another_ending(name: str) -> str:
    return name.removesuffix("采石场") + "矿" if name.endswith("采石场") else f"{name}山"


def _point(mine: MineFacts, east_m: float, north_m: float) -> Point:
    place = mine.place.moved(east_m, north_m)
    return Point(place.lon, place.lat)


@cache
def listed_again() -> tuple[ListedFacts, ...]:
    """Twelve that are in the register already, and two new ones beside two of them."""
    there = [mine for mine in mines() if mine.county[:4] == LISTED_BY[:4] and mine.enterprise]
    chosen = Chance("listed again").shuffled(there)[:ALIKE]
    found = [_listed(number, mine) for number, mine in enumerate(chosen, start=1)]
    return (*found, *_neighbours(chosen))


def _listed(number: int, mine: MineFacts) -> ListedFacts:
    plain = ListedFacts(
        key=_key(number),
        same_as=mine,
        name=mine.name,
        county=mine.county,
        mineral=mine.mineral.name,
        uscc=mine.enterprise.uscc if mine.enterprise else None,
        licence_no=mine.licence_no,
        mine=mine,
        geometry=_point(mine, 0.0, 0.0),
    )
    return _WRITTEN[number % len(_WRITTEN)](plain, mine)


def _neighbours(chosen: list[MineFacts]) -> Iterator[ListedFacts]:
    """A second pit of the same firm on the other side of the hill, with a number in its name."""
    for number, mine in enumerate(chosen[:2], start=ALIKE + 1):
        yield replace(
            _listed(number, mine),
            same_as=None,
            name=f"{mine.name}二采区",
            uscc=mine.enterprise.uscc if mine.enterprise else None,
            licence_no=None,
            geometry=_point(mine, 900.0, -700.0),
        )


def _key(number: int) -> str:
    return f"{LISTED_BY}-M{number:03d}"
