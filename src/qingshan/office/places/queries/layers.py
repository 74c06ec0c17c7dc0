"""Which map layers are there, what do they hold, and which may take the place of which?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from qingshan.office.errors import NotFound
from qingshan.office.paging import Order, Page, page
from qingshan.office.places.access import features_visible_to, layers_visible_to
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.layers import LayerKind, LayerState


def listed_layers(*, actor: ActorLike, state: str = "", after: str = "", before: str = "") -> Page:
    """One page of the layers that the actor may see, the newest first."""
    rows = layers_visible_to(actor).select_related("region", "replaced_by")
    rows = rows.defer("region__geom")
    narrowed = rows.filter(state=state) if state else rows
    return page([narrowed], order=Order(("-id",)), after=after, before=before)


def one_layer(pk: int, *, actor: ActorLike) -> MapLayer:
    """The layer; NotFound for what the actor may not see, as for what does not exist."""
    rows = layers_visible_to(actor).select_related("region", "replaced_by").defer("region__geom")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(MapLayer._meta.verbose_name))
    return found


def layers_to_replace(layer: MapLayer, *, actor: ActorLike) -> QuerySet[MapLayer]:
    """Layers of the same kind that could take the place of this one."""
    held = layers_visible_to(actor).filter(kind=layer.kind, state=LayerState.IN_FORCE.value)
    return held.exclude(pk=layer.pk).order_by("-id")


def feature_rows(actor: ActorLike, layer: MapLayer | None = None) -> Iterator[MapFeature]:
    """All features that the actor may see, or those of one layer, with shapes, read some thousand at a time."""
    rows = features_visible_to(actor).select_related("layer").order_by("pk")
    if layer is not None:
        rows = rows.filter(layer=layer)
    return rows.iterator(chunk_size=2000)


def held_kinds(actor: ActorLike) -> dict[LayerKind, list[MapLayer]]:
    """The layers in force that the actor may check against, by kind."""
    held: dict[LayerKind, list[MapLayer]] = {}
    in_force = layers_visible_to(actor).filter(state=LayerState.IN_FORCE.value)
    for layer in in_force.order_by("kind", "-data_on", "id"):
        held.setdefault(LayerKind(layer.kind), []).append(layer)
    return held


def regions_for_layers(actor: ActorLike) -> list[Region]:
    """The regions for which the actor may register a layer: their own and all below, down to counties."""
    within = Q(pk__in=[])
    for low, high in actor.region_ranges:
        within |= Q(id__range=(low, high))
    levels = ("province", "prefecture", "county")
    rows = Region.objects.filter(within, level__in=levels, valid_to=None, is_heading=False)
    return list(rows.defer("geom").order_by("id"))
