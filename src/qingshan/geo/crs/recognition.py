"""What do these numbers mean? Either one certain reading, or a question with every reading that makes sense.

Swapped axes and missing zones are recognised by size: in China a longitude is 73–136 and a latitude 3–54; an
easting has 8 digits with the zone before it and 6 without; a northing has 7 (6 only in the far south).
Recognised is not decided: whoever brought the file answers, seeing where each reading lands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from qingshan.geo.crs.china import points_in_china
from qingshan.geo.crs.systems import (
    CGCS2000,
    SIX_PLAIN,
    SIX_PREFIXED,
    THREE_PLAIN,
    THREE_PREFIXED,
    Crs,
    crs_of,
)
from qingshan.geo.crs.transform import Floats, lonlat
from qingshan.geo.errors import CoordinatesRefused
from qingshan.rules.reasons import CHINESE, Reason, say

MOST = 0.5
"""A reading fits when more than this share of the points fits; the others are refused row by row."""

HALF_ZONE_DEG = {3: 2.0, 6: 3.5}
"""How far from its central meridian a zone is used in practice, with some overlap."""


class Order(StrEnum):
    """Which of the two numbers comes first."""

    EAST_NORTH = "east_north"
    """Files: longitude or easting first."""
    NORTH_EAST = "north_east"
    """Survey custom (测量坐标系): X is north, Y is east."""

    @property
    def other(self) -> Order:
        return Order.NORTH_EAST if self is Order.EAST_NORTH else Order.EAST_NORTH


@dataclass(frozen=True)
class Reading:
    """One way to read the numbers, and where the middle of them would land."""

    crs: Crs
    order: Order
    lon: float
    lat: float
    swapped: bool
    """Whether the two numbers stand the other way round than was said."""

    @property
    def key(self) -> str:
        """Short text for a form field; `reading_of` reads it."""
        return f"{self.crs.definition}/{self.order}"

    @property
    def north_first(self) -> bool:
        return self.order is Order.NORTH_EAST

    @property
    def reason(self) -> Reason:
        code = "geo.reading_swapped" if self.swapped else "geo.reading"
        return Reason(
            code,
            {
                "crs_zh": self.crs.say(),
                "crs_en": self.crs.say("en"),
                "lon": round(self.lon, 5),
                "lat": round(self.lat, 5),
            },
        )

    def say(self, language: str = CHINESE) -> str:
        return say(self.reason, language)


@dataclass(frozen=True)
class Recognition:
    """`certain` is the one reading that needs no question; otherwise `question` and its `candidates`,
    likeliest first.

    `notes` are things to show beside a certain reading, such as that nothing was declared.
    """

    certain: Reading | None = None
    question: Reason | None = None
    candidates: tuple[Reading, ...] = ()
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class _Points:
    """The numbers as they stand in the file."""

    first: Floats
    second: Floats
    order: Order

    def east_north(self, order: Order) -> tuple[Floats, Floats]:
        return (self.first, self.second) if order is Order.EAST_NORTH else (self.second, self.first)


def recognise(
    xs: Any,
    ys: Any,
    *,
    declared: str | int | None = None,
    order: Order = Order.EAST_NORTH,
    hint_region_lon: float | None = None,
    abroad_allowed: bool = False,
) -> Recognition:
    """Read numbers of one file or sheet, `xs` the first and `ys` the second of each vertex.

    `declared` is what the file says of itself, `order` what its columns or format say; the longitude of the
    region that the work is about puts likelier zones first. Refuses numbers for which there is no sensible
    reading.
    """
    points = _points(xs, ys, order)
    if declared:
        crs = crs_of(declared)
        return _declared(points, crs, hint_region_lon, abroad_allowed=abroad_allowed)
    found = _rank(_readings(points), hint_region_lon)
    if not found:
        raise CoordinatesRefused.because("geo.no_reading", x=_middle(points.first), y=_middle(points.second))
    if len(found) == 1 and not found[0].swapped:
        return Recognition(certain=found[0], notes=(_note("geo.note_undeclared", found[0].crs),))
    return Recognition(question=_question(found), candidates=tuple(found))


def fits(xs: Any, ys: Any, crs: Crs, order: Order) -> bool:
    """Do most of these numbers land in China when they are read in this way?"""
    return _fit(_points(xs, ys, order), crs, order) is not None


def reading_of(key: str) -> tuple[Crs, Order]:
    """The system and order of a `Reading.key` that somebody chose."""
    definition, _, order = key.rpartition("/")
    return crs_of(definition), Order(order)


def _points(xs: Any, ys: Any, order: Order) -> _Points:
    first, second = (np.asarray(numbers, dtype=float).ravel() for numbers in (xs, ys))
    finite = np.isfinite(first) & np.isfinite(second)
    if not finite.any():
        raise CoordinatesRefused.because("geo.no_coordinates")
    return _Points(first[finite], second[finite], order)


def _declared(points: _Points, crs: Crs, hint: float | None, *, abroad_allowed: bool) -> Recognition:
    straight = _fit(points, crs, points.order)
    if straight is not None:
        return Recognition(certain=straight)
    swapped = _fit(points, crs, points.order.other)
    hint = crs.meridian_deg if crs.meridian_deg is not None else hint
    others = _rank([*([swapped] if swapped else []), *_readings(points)], hint)
    abroad = _on_earth(points, crs)
    if others:
        as_declared = (abroad,) if abroad_allowed and abroad else ()
        return Recognition(question=_note("geo.ask_not_as_declared", crs), candidates=(*others, *as_declared))
    if abroad is None:
        raise CoordinatesRefused.because("geo.not_of_this_crs", crs=crs.say())
    # abroad and refused row by row (refuse_outside_china), unless the user has allowed it
    return Recognition(certain=abroad)


def _readings(points: _Points) -> list[Reading]:
    """Every reading that lands in China, in the order that was said first."""
    found: list[Reading] = []
    for order in (points.order, points.order.other):
        east, north = points.east_north(order)
        fits = (_fit(points, crs, order) for crs in _systems(east, north))
        found.extend(reading for reading in fits if reading is not None)
    return found


def _systems(east: Floats, north: Floats) -> Iterator[Crs]:
    """Systems whose numbers have this size; whether they land in China is for `_fit` to say."""
    size = float(np.median(np.abs(east)))
    if size <= 180 and float(np.median(np.abs(north))) <= 90:
        yield CGCS2000
    elif 13_000_000 <= size < 46_000_000:
        zone = int(np.median(east) // 1_000_000)
        yield from (zones[zone] for zones in (THREE_PREFIXED, SIX_PREFIXED) if zone in zones)
    elif 100_000 <= size < 1_000_000:
        yield from THREE_PLAIN.values()
        # a 6° zone has the same numbers as the 3° zone of its meridian, and reaches further
        yield from SIX_PLAIN.values()


def _fit(points: _Points, crs: Crs, order: Order) -> Reading | None:
    """The reading, when most points land in China and, in a zone, where that zone is used."""
    east, north = points.east_north(order)
    lon, lat = _safely(east, north, crs)
    inside = points_in_china(lon, lat)
    if crs.meridian_deg is not None and crs.width_deg is not None:
        inside &= np.abs(lon - crs.meridian_deg) <= HALF_ZONE_DEG[crs.width_deg]
    if inside.mean() <= MOST:
        return None
    return Reading(crs, order, _middle(lon[inside]), _middle(lat[inside]), swapped=order is not points.order)


def _on_earth(points: _Points, crs: Crs) -> Reading | None:
    lon, lat = _safely(*points.east_north(points.order), crs)
    inside = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    if inside.mean() <= MOST:
        return None
    return Reading(crs, points.order, _middle(lon[inside]), _middle(lat[inside]), swapped=False)


def _safely(east: Floats, north: Floats, crs: Crs) -> tuple[Floats, Floats]:
    """Longitudes and latitudes, NaN where the numbers cannot be of this system (PROJ would fold them
    somewhere).
    """
    if crs.is_zone:
        apart = np.abs(east - crs.false_easting_m) > 500_000
        east = np.where(apart, np.nan, east)
    lon, lat = lonlat(east, north, crs)
    return np.where(np.isfinite(lon), lon, np.nan), np.where(np.isfinite(lat), lat, np.nan)


def _rank(found: Iterable[Reading], hint_lon: float | None) -> list[Reading]:
    """One reading for each place, the unswapped and those near the hint first."""
    places: dict[tuple[float, float, Order], Reading] = {}
    for reading in found:
        # 3° and 6° zones of one meridian read the same numbers as the same place: one of them is enough to
        # ask about
        places.setdefault((round(reading.lon, 6), round(reading.lat, 6), reading.order), reading)
    if hint_lon is None:
        return sorted(places.values(), key=lambda one: one.swapped)
    return sorted(places.values(), key=lambda one: (one.swapped, abs(one.lon - hint_lon)))


def _question(found: list[Reading]) -> Reason:
    plain = any(one.crs.is_zone and not one.crs.prefixed for one in found)
    swapped = all(one.swapped for one in found)
    if plain:
        return Reason("geo.ask_zone_swapped" if swapped else "geo.ask_zone")
    return Reason("geo.ask_swapped" if swapped else "geo.ask_which")


def _note(code: str, crs: Crs) -> Reason:
    return Reason(code, {"crs_zh": crs.say(), "crs_en": crs.say("en")})


def _middle(numbers: Floats) -> float:
    return float(np.median(numbers))
