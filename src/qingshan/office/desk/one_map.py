"""What lies on the one map, for whom? Tiles of what the actor may see, where the view begins, what is under a point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry import Point, Polygon

from qingshan.geo.area import area_m2, length_m
from qingshan.geo.search import intersecting
from qingshan.geo.tiles import sample, tile
from qingshan.office.desk.sentences import MapRefused
from qingshan.office.errors import NotFound
from qingshan.office.places.layers import Layer, Query, layer_for, regions_with_outlines
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike

Bounds = tuple[float, float, float, float]

CHINA: Bounds = (73.0, 18.0, 135.5, 53.6)
LITTLE_DEGREES = 0.02
MAX_ZOOM = 22
MOST_POINTS = 500
MOST_FOUND = 20
"""Of one layer under one point, or in one list."""


def tile_of(code: str, *, actor: ActorLike, z: int, x: int, y: int, query: Query) -> bytes:
    """One vector tile of what the actor may see; NotFound for a layer or a tile that does not exist."""
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NotFound.because("office.not_found", what="/".join(map(str, (code, z, x, y))))
    layer = layer_for(code, actor)
    return tile(
        layer.rows(actor, query), z=z, x=x, y=y, layer=code, properties=layer.properties, sum_of=layer.sum_of
    )


def bounds_for(actor: ActorLike, *, region_id: int | None = None) -> Bounds:
    """The part of the world to begin with: a region that was chosen, the actor's regions, else the country."""
    ranges = actor.region_ranges if region_id is None else (region_range(region_id),)
    (outlined,) = regions_with_outlines(actor, {})
    boxes = [
        region.geom.bounds for low, high in ranges for region in outlined.filter(pk__range=(low, high))[:200]
    ]
    if not boxes:
        return CHINA
    west, south, east, north = zip(*boxes, strict=True)
    return (min(west), min(south), max(east), max(north))


def bounds_of(shape: Any) -> Bounds | None:
    """A box around one object with some ground beside it."""
    if shape is None:
        return None
    west, south, east, north = shape.bounds
    return (west - LITTLE_DEGREES, south - LITTLE_DEGREES, east + LITTLE_DEGREES, north + LITTLE_DEGREES)


@dataclass(frozen=True)
class Found:
    """An object on the map, as it is named in a list."""

    layer: Layer
    pk: int
    title: str

    @property
    def code(self) -> str:
        return f"{self.layer.code}:{self.pk}"

    @property
    def page(self) -> str:
        """Where it opens without the map."""
        return self.layer.page.replace("{id}", str(self.pk))


def under(
    point: tuple[float, float],
    layers: Sequence[tuple[Layer, Query]],
    *,
    actor: ActorLike,
    within_degrees: float,
) -> list[Found]:
    """Everything that lies under a point or as near as `within_degrees`, the uppermost layer first."""
    around = Point(point).buffer(max(within_degrees, 1e-9), quad_segs=4)
    return [
        found
        for layer, query in reversed(layers)
        if layer.opens
        for found in _under(around, layer, query, actor)
    ]


def _under(around: Polygon, layer: Layer, query: Query, actor: ActorLike) -> Iterator[Found]:
    seen = set[int]()
    for rows in layer.rows(actor, query):
        keys = [key for key in intersecting(rows, around) if key not in seen][: MOST_FOUND - len(seen)]
        seen.update(keys)
        named = rows.filter(pk__in=keys).order_by("pk")
        for pk, *told in named.values_list("pk", *layer.properties):
            yield Found(layer, pk, _title(told, pk))


def in_window(
    bounds: Bounds, layers: Sequence[tuple[Layer, Query]], *, actor: ActorLike
) -> tuple[list[Found], int]:
    """The first objects in a window, and how many there are in all: the way in without a picture."""
    listed, count = list[Found](), 0
    for layer, query in reversed(layers):
        if not layer.opens:
            continue
        found = sample(layer.rows(actor, query), bounds, properties=layer.properties)
        count += len(found.shapes) + sum(number for _lon, _lat, number in found.counts)
        inside = [one for one in found.shapes if _meets(one.shape.bounds, bounds)]
        listed += [
            Found(layer, one.key, _title(list(one.told.values()), one.key)) for one in inside[:MOST_FOUND]
        ]
    return listed, count


def _meets(box: Bounds, other: Bounds) -> bool:
    return box[0] <= other[2] and box[2] >= other[0] and box[1] <= other[3] and box[3] >= other[1]


def _title(told: Sequence[Any], pk: int) -> str:
    """The first that holds something: name, number."""
    return next((str(value) for value in told if value), str(pk))


@dataclass(frozen=True)
class Measured:
    """A line or a ring on the ellipsoid; `area_m2` None for a line."""

    points: int
    length_m: float
    area_m2: float | None


def measured(text: str, *, as_area: bool) -> Measured:
    """The length of a line, or the area and the circumference of a ring, of `lon,lat; lon,lat …`."""
    points = _points(text)
    if not as_area:
        return Measured(len(points), length_m(points), None)
    if len(points) < 3:
        raise MapRefused.because("desk.measure_needs_points", least=3)
    ring = Polygon(points)
    if not ring.is_valid:
        raise MapRefused.because("desk.measure_crosses")
    return Measured(len(points), length_m([*points, points[0]]), area_m2(ring))


def _points(text: str) -> list[tuple[float, float]]:
    parts = [part for part in text.replace("\n", ";").replace("；", ";").split(";") if part.strip()]
    if len(parts) > MOST_POINTS:
        raise MapRefused.because("desk.measure_too_many", most=MOST_POINTS)
    points = [_point(part) for part in parts]
    if len(points) < 2:
        raise MapRefused.because("desk.measure_needs_points", least=2)
    return points


def _point(text: str) -> tuple[float, float]:
    try:
        lon, lat = (float(part) for part in text.replace("，", ",").replace(",", " ").split())
    except ValueError:
        raise MapRefused.because("desk.point_unreadable", text=text.strip()[:40]) from None
    if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise MapRefused.because("desk.point_unreadable", text=text.strip()[:40])
    return lon, lat


def point_of(text: str) -> tuple[float, float]:
    """A clicked place, `lon,lat`."""
    return _point(text)
