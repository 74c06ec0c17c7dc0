"""Where do the three control lines (三条控制线) of the demonstration run? Drawn by lot, never across each other.

Ecological redlines and farmland come close to mines, and some mines lie across them: else there would be nothing
to check. What is drawn here says nothing about any real land.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from qingshan.demo.chance import Chance
from qingshan.demo.mines import MineFacts, mines
from qingshan.demo.names import valleys
from qingshan.demo.outlines import outline
from qingshan.demo.regions import COUNTIES, NAMES
from qingshan.demo.shapes import Blob, Cut, Place, hollow, pond, yard


@dataclass(frozen=True)
class LayerFacts:
    """A layer of the map; `kind` as `rules.layers` names it."""

    code: str
    kind: str
    title: str


@dataclass(frozen=True)
class FeatureFacts:
    """One shape of a layer."""

    layer: LayerFacts
    code: str
    name: str
    type: str
    county: str
    geometry: BaseGeometry

    @property
    def key(self) -> str:
        return f"{self.layer.code}/{self.code}"


@dataclass(frozen=True)
class _Way:
    """How the shapes of a layer are drawn: their look, how many to a county, how large, how near to mines."""

    layer: LayerFacts
    looks: tuple[Callable[[Chance], Blob], ...]
    count: tuple[int, int]
    hectares: tuple[float, float]
    types: tuple[str, ...]
    named: str
    from_a_mine_m: tuple[float, float] | None = None


_WAYS = (
    _Way(
        LayerFacts("redline", "ecological_redline", "青山省生态保护红线（演示）"),
        (hollow,),
        (3, 4),
        (350.0, 1_900.0),
        ("水源涵养", "水土保持", "生物多样性维护"),
        "{place}{type}生态保护红线",
        (300.0, 3_200.0),
    ),
    _Way(
        LayerFacts("urban", "urban_boundary", "青山省城镇开发边界（演示）"),
        (yard,),
        (2, 3),
        (80.0, 900.0),
        ("集中建设区", "弹性发展区"),
        "{county}{place}{type}",
    ),
    _Way(
        LayerFacts("farmland", "basic_farmland", "青山省永久基本农田（演示）"),
        (hollow, pond),
        (7, 11),
        (15.0, 220.0),
        ("水田", "水浇地", "旱地"),
        "{place}永久基本农田（{type}）",
        (150.0, 2_600.0),
    ),
)
LAYERS = tuple(way.layer for way in _WAYS)


@cache
def control_lines() -> tuple[FeatureFacts, ...]:
    """Layer by layer, county by county; each county's shapes keep clear of each other."""
    drawn = [feature for county in COUNTIES for feature in _of(county)]
    return tuple(feature for layer in LAYERS for feature in drawn if feature.layer is layer)


def _of(county: str) -> Iterator[FeatureFacts]:
    shape, taken = outline(county), list[BaseGeometry]()
    shapely.prepare(shape)
    names, here = valleys(Chance("lines", county)), [mine for mine in mines() if mine.county == county]
    for way in _WAYS:
        chance = Chance("line", way.layer.code, county)
        for number in range(1, chance.whole(*way.count) + 1):
            geometry = _free(chance, way, shape=shape, mines_here=here, taken=taken)
            taken.append(geometry)
            kind = chance.one_of(way.types)
            name = way.named.format(place=next(names), type=kind, county=NAMES[county])
            yield FeatureFacts(way.layer, f"{county}-{number:02d}", name, kind, county, geometry)


def _free(
    chance: Chance, way: _Way, *, shape: Polygon, mines_here: list[MineFacts], taken: list[BaseGeometry]
) -> BaseGeometry:
    """A shape inside the county that touches no other line; smaller ones after many tries."""
    low, high = way.hectares
    for attempt in range(400):
        blob = chance.one_of(way.looks)(chance).sized(
            chance.between(low, max(low, high / (1 + attempt / 40))) * 10_000
        )
        geometry = _middle(chance, way, shape, mines_here).draw(Cut.whole(blob))
        if shape.contains(geometry) and not any(geometry.intersects(other) for other in taken):
            return geometry
    raise RuntimeError(f"no room left for {way.layer.code}")


def _middle(chance: Chance, way: _Way, shape: Polygon, mines_here: list[MineFacts]) -> Place:
    if way.from_a_mine_m is None:
        west, south, east, north = shape.bounds
        return Place(round(chance.between(west, east), 7), round(chance.between(south, north), 7))
    low, high = way.from_a_mine_m
    sides = [chance.between(low, high) * chance.one_of((-1, 1)) for _ in range(2)]
    return chance.one_of(mines_here).place.moved(*sides)
