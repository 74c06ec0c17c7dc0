"""What lies on the one map, for whom? Layers of what the actor may see, their tiles, the objects in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.geo.tiles import tile
from qingshan.office.errors import NotFound
from qingshan.office.mines.access import branches_for
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.mines.queries import standing
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import ActorLike

CHINA = (73.0, 18.0, 135.5, 53.6)
LITTLE_DEGREES = 0.02
MAX_ZOOM = 22


@dataclass(frozen=True)
class Layer:
    """A layer of the map. `outline`: quiet lines that cannot be opened."""

    code: str
    title: str | Promise
    source: str | Promise
    rows: Callable[[ActorLike], Sequence[QuerySet[Any]]]
    """the branches whose union the actor may see"""
    properties: tuple[str, ...]
    sum_of: str = ""
    outline: bool = False
    shown: bool = True


def _regions(actor: ActorLike) -> QuerySet[Region]:
    """Outlines of counties are on every map of the country: they are not narrowed."""
    return Region.objects.filter(level="county", geom__isnull=False)


def _of(model: type[Model]) -> Callable[[ActorLike], Sequence[QuerySet[Any]]]:
    return lambda actor: branches_for(standing(model._default_manager.all()), actor)


LAYERS = {
    each.code: each
    for each in (
        Layer("regions", _("县区界"), _("行政区划"), lambda a: [_regions(a)], ("name",), outline=True),
        Layer("sites", _("点位"), _("点位台账"), _of(Site), ("name", "kind"), sum_of="area_m2"),
        Layer("patches", _("图斑"), _("图斑台账"), _of(Patch), ("key",), sum_of="area_m2", shown=False),
        Layer("mines", _("矿山"), _("矿山台账"), _of(Mine), ("name", "state")),
    )
}


def tile_of(code: str, *, actor: ActorLike, z: int, x: int, y: int) -> bytes:
    """One vector tile of what the actor may see; NotFound for a layer or a tile that does not exist."""
    layer = LAYERS.get(code)
    if layer is None or not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NotFound.because("office.not_found", what="/".join(map(str, (code, z, x, y))))
    return tile(
        layer.rows(actor), z=z, x=x, y=y, layer=code, properties=layer.properties, sum_of=layer.sum_of
    )


def bounds_for(actor: ActorLike) -> tuple[float, float, float, float]:
    """The part of the world to begin with: the actor's regions where their outlines are known, else the country."""
    boxes = [
        region.geom.bounds
        for low, high in actor.region_ranges
        for region in _regions(actor).filter(pk__range=(low, high))[:200]
    ]
    if not boxes:
        return CHINA
    west, south, east, north = zip(*boxes, strict=True)
    return (min(west), min(south), max(east), max(north))


def bounds_of(shape: Any) -> tuple[float, float, float, float] | None:
    """A box around one object with some ground beside it."""
    if shape is None:
        return None
    west, south, east, north = shape.bounds
    return (west - LITTLE_DEGREES, south - LITTLE_DEGREES, east + LITTLE_DEGREES, north + LITTLE_DEGREES)


MODELS: dict[str, type[Model]] = {"sites": Site, "mines": Mine, "patches": Patch}
