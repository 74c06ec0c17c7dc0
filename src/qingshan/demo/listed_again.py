"""Which mines does a city's own list name once more? The same mines as offices differ in writing them.

Other numbers, other spellings, a point instead of a boundary, a licence typed wrongly, a firm under its former
name: what a person has to decide whether it is one mine or two. Two of them are neighbours that only look it.
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


def _same_licence(listed: ListedFacts) -> ListedFacts:
    return replace(listed, name=_with_another_ending(listed.name))


def _no_licence(listed: ListedFacts) -> ListedFacts:
    return replace(listed, name=f"{NAMES[listed.county]}{listed.name}", licence_no=None)


def _mistyped(listed: ListedFacts) -> ListedFacts:
    """Two digits of the licence number changed places."""
    number = listed.licence_no or ""
    place = next(at for at in range(len(number) - 2, 0, -1) if number[at] != number[at + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return replace(listed, licence_no=swapped)


def _only_the_name(listed: ListedFacts) -> ListedFacts:
    return replace(listed, licence_no=None, uscc=None)


_WRITTEN: tuple[Callable[[ListedFacts], ListedFacts], ...] = (
    _same_licence,
    _no_licence,
    _mistyped,
    _only_the_name,
)


def _with_another_ending(name: str) -> str:
    return name.removesuffix("采石场") + "矿" if name.endswith("采石场") else f"{name}山"


@cache
def listed_again() -> tuple[ListedFacts, ...]:
    """Twelve that are in the register already, and two new ones beside two of them."""
    there = [mine for mine in mines() if mine.county[:4] == LISTED_BY[:4] and mine.enterprise]
    chosen = Chance("listed again").shuffled(there)[:ALIKE]
    found = [_listed(number, mine) for number, mine in enumerate(chosen, start=1)]
    return (*found, *_neighbours(chosen))


def _listed(number: int, mine: MineFacts) -> ListedFacts:
    chance = Chance("listed again", mine.key)
    east, north = chance.between(-110, 110), chance.between(-110, 110)
    middle = mine.place.moved(east, north)
    plain = ListedFacts(
        key=_key(number),
        same_as=mine,
        name=mine.name,
        county=mine.county,
        mineral=mine.mineral.name,
        uscc=mine.enterprise.uscc if mine.enterprise else None,
        licence_no=mine.licence_no,
        mine=mine,
        geometry=Point(middle.lon, middle.lat),
    )
    return _WRITTEN[number % len(_WRITTEN)](plain)


def _neighbours(chosen: list[MineFacts]) -> Iterator[ListedFacts]:
    """A second pit of the same firm half an hour's walk away: its own mine, with a number in its name."""
    for number, mine in enumerate(chosen[:2], start=ALIKE + 1):
        middle = mine.place.moved(900.0, -700.0)
        yield ListedFacts(
            key=_key(number),
            same_as=None,
            name=f"{mine.name}二采区",
            county=mine.county,
            mineral=mine.mineral.name,
            uscc=mine.enterprise.uscc if mine.enterprise else None,
            licence_no=None,
            mine=mine,
            geometry=Point(middle.lon, middle.lat),
        )


def _key(number: int) -> str:
    return f"{LISTED_BY}-M{number:03d}"
