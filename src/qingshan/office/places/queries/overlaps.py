"""Which control lines does a shape touch, by how much, and what does paper say where no layer may be held here?

Areas are those of the intersection on the ellipsoid. Features of one kind may lie over each other: the sum of a
kind is the area of their union, so that no land counts twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import Model
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import area_m2, areas_m2
from qingshan.geo.search import intersecting
from qingshan.office.errors import NotFound
from qingshan.office.places.access import opinions_visible_to
from qingshan.office.places.models import MapFeature, MapLayer, OverlapOpinion
from qingshan.office.places.queries.layers import held_kinds
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import declared_subjects
from qingshan.rules.layers import CHECKED, LayerKind

POINTED_M2 = 0.01
"""Less than a square decimetre is the noise of shared edges, not land."""
MOST_HITS = 500
"""More features than that under one shape are not listed one by one."""


@dataclass(frozen=True)
class Hit:
    """A feature that the shape touches. `area_m2` is None where the shape or the feature has no area."""

    feature: MapFeature
    layer: MapLayer
    area_m2: float | None
    share: float | None
    """of the shape's own area, 0 to 1"""


@dataclass(frozen=True)
class Check:
    """What was found about one kind of control line. Without `layers` nothing was checked: nothing is None, not 0."""

    kind: LayerKind
    layers: tuple[MapLayer, ...]
    hits: tuple[Hit, ...] = ()
    area_m2: float | None = None
    share: float | None = None

    @property
    def is_held(self) -> bool:
        return bool(self.layers)


@dataclass(frozen=True)
class Overlaps:
    """All kinds, in the order of the rules; `shape_m2` None where the shape has no area."""

    checks: tuple[Check, ...]
    shape_m2: float | None

    @property
    def hits(self) -> tuple[Hit, ...]:
        return tuple(hit for check in self.checks for hit in check.hits)


def overlaps(shape: BaseGeometry, actor: ActorLike) -> Overlaps:
    """The features of layers in force that the shape touches, of every layer that the actor may see."""
    held = held_kinds(actor)
    by_layer = {layer.pk: layer for layers in held.values() for layer in layers}
    shape_m2 = area_m2(shape) or None
    hits = _hits(shape, shape_m2, by_layer) if by_layer and not shape.is_empty else []
    kinds = [*CHECKED, *(kind for kind in held if kind not in CHECKED)]
    return Overlaps(
        tuple(_check(kind, held.get(kind, []), hits, shape, shape_m2) for kind in kinds), shape_m2
    )


def _hits(shape: BaseGeometry, shape_m2: float | None, by_layer: dict[int, MapLayer]) -> list[Hit]:
    keys = intersecting(MapFeature.objects.filter(layer_id__in=sorted(by_layer)), shape)[:MOST_HITS]
    found = list(MapFeature.objects.filter(pk__in=keys).order_by("layer_id", "id"))
    if not found:
        return []
    areas = areas_m2(shapely.intersection(shape, [feature.geom for feature in found])).tolist()
    return [
        _hit(feature, by_layer[feature.layer_id], area, shape_m2)
        for feature, area in zip(found, areas, strict=True)
    ]


def _hit(feature: MapFeature, layer: MapLayer, area: float, shape_m2: float | None) -> Hit:
    if shape_m2 is None or not feature.area_m2:
        return Hit(feature, layer, None, None)
    area = area if area >= POINTED_M2 else 0.0
    return Hit(feature, layer, area, area / shape_m2)


def _check(
    kind: LayerKind,
    layers: list[MapLayer],
    hits: list[Hit],
    shape: BaseGeometry,
    shape_m2: float | None,
) -> Check:
    ours = tuple(hit for hit in hits if hit.layer.kind == kind)
    if not layers or shape_m2 is None:
        return Check(kind, tuple(layers), ours)
    union = shapely.union_all([hit.feature.geom for hit in ours if hit.area_m2])
    area = area_m2(shapely.intersection(shape, union)) if not union.is_empty else 0.0
    return Check(kind, tuple(layers), ours, area, area / shape_m2)


def subject_kind_of(subject: Model) -> str:
    """Under which word the trail knows an object; NotFound for what has no place on the map."""
    for kind, declared in declared_subjects().items():
        if declared.model is type(subject) and _has_a_place(declared.model):
            return kind
    raise NotFound.because("office.not_found", what=str(subject))


def subject_for(kind: str, pk: int, *, actor: ActorLike) -> Any:
    """The object of that kind and number with its shape; NotFound for what the actor may not see."""
    declared = declared_subjects().get(kind)
    found = None
    if declared is not None and declared.visible_to is not None and _has_a_place(declared.model):
        found = declared.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=kind)
    return found


def _has_a_place(model: type[Model]) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return {"geom", "region"} <= names


def opinions_about(kind: str, subject: Any) -> list[OverlapOpinion]:
    """Opinions about an object that the reader was found to see, the newest first."""
    found = OverlapOpinion.objects.filter(subject_kind=kind, subject_id=subject.pk)
    return list(found.order_by("-issued_on", "-id"))


def one_opinion(pk: int, *, actor: ActorLike) -> OverlapOpinion:
    """An opinion about an object that the actor may see; NotFound otherwise."""
    opinion = OverlapOpinion.objects.filter(pk=pk).first()
    if opinion is None:
        raise NotFound.because("office.not_found", what=str(OverlapOpinion._meta.verbose_name))
    if not opinions_visible_to(actor).filter(pk=pk).exists():
        subject_for(opinion.subject_kind, opinion.subject_id, actor=actor)
    return opinion
