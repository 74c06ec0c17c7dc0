"""What lies on the one map, for whom? Tiles of what the actor may see, where the view begins, what is under a point."""

from __future__ import annotations

from typing import Any

from qingshan.geo.tiles import tile
from qingshan.office.errors import NotFound
from qingshan.office.places.layers import Query, layer_for, regions_with_outlines
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike

Bounds = tuple[float, float, float, float]

CHINA: Bounds = (73.0, 18.0, 135.5, 53.6)
LITTLE_DEGREES = 0.02
MAX_ZOOM = 22


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
