"""Where does a piece of land lie: in which right, over which boundary, in which control line, and how surely?

A boundary is moved by the error of position of what was seen, to the side that says less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from django.db.models import Q
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import area_m2
from qingshan.geo.search import intersecting
from qingshan.office.mines.models import ApprovedPlan, Mine, MiningRight
from qingshan.office.places.models import MapFeature
from qingshan.rules.areas import METRES_PER_DEGREE
from qingshan.rules.clues import FORBIDDING, ClueFacts, ClueRules
from qingshan.rules.layers import LayerKind, LayerState
from qingshan.rules.register import PlanKind, RightState

STANDING = ("", RightState.IN_FORCE.value, RightState.SUSPENDED.value)
NEIGHBOURS_DEG = 0.1
"""Pieces of land that lie within so much of each other are asked about together."""


class Surroundings:
    """Rights and control lines around pieces of land: read once for neighbours, or a file of thousands would ask the
    database some questions for each.
    """

    def __init__(self, shapes: Sequence[BaseGeometry], *, near_m: float) -> None:
        groups: dict[tuple[int, ...], list[BaseGeometry]] = defaultdict(list)
        for shape in shapes:
            groups[_neighbourhood(shape)].append(grown(shape, near_m))
        self._groups = {where: _Neighbourhood(around) for where, around in groups.items()}

    def rights(self, shape: BaseGeometry, near_m: float, on: date) -> list[MiningRight]:
        """Rights with a shape that stand on a day and come so near; a term that nobody recorded is not over."""
        around, here = grown(shape, near_m), self._groups[_neighbourhood(shape)]
        return [each for each in here.rights if _stands(each, on) and shapely.intersects(each.geom, around)]

    def lines(self, shape: BaseGeometry) -> Iterator[MapFeature]:
        """Features of control lines in force that meet this land."""
        here = self._groups[_neighbourhood(shape)]
        return (each for each in here.lines if shapely.intersects(each.geom, shape))


class _Neighbourhood:
    """What meets any of some shapes; asked for when somebody wants it."""

    def __init__(self, around: Sequence[BaseGeometry]) -> None:
        self._around = around

    @cached_property
    def rights(self) -> list[MiningRight]:
        rows = MiningRight.objects.filter(geom__isnull=False, state__in=STANDING)
        found = MiningRight.objects.filter(pk__in=intersecting(rows, self._land))
        return list(found.select_related("mine").order_by("pk"))

    @cached_property
    def lines(self) -> list[MapFeature]:
        kinds = [kind.value for kind in FORBIDDING]
        rows = MapFeature.objects.filter(layer__state=LayerState.IN_FORCE.value, layer__kind__in=kinds)
        found = MapFeature.objects.filter(pk__in=intersecting(rows, self._land))
        return list(found.select_related("layer").order_by("pk"))

    @cached_property
    def _land(self) -> BaseGeometry:
        return shapely.union_all(list(self._around))


def _neighbourhood(shape: BaseGeometry) -> tuple[int, ...]:
    return tuple(np.floor(np.array(shape.bounds[:2]) / NEIGHBOURS_DEG).astype(int).tolist())


def _stands(right: MiningRight, on: date) -> bool:
    return (right.from_on is None or right.from_on <= on) and (right.to_on is None or right.to_on >= on)


def facts_of(
    shape: BaseGeometry, *, on: date, margin_m: float, rules: ClueRules, around: Surroundings | None = None
) -> tuple[ClueFacts, Mine | None]:
    """What the rules ask about a piece of land seen on a day, and the mine whose right it lies in or beside.

    `around` was made of this and other pieces of land, with a `near_m` not below that of the rules.
    """
    around = around or Surroundings([shape], near_m=rules.near_m)
    rights = around.rights(shape, rules.near_m, on)
    union = shapely.union_all([each.geom for each in rights])
    outside = shapely.difference(shape, grown(union, margin_m)) if rights else shape
    inside = shapely.intersection(shape, grown(union, -margin_m)) if rights else shapely.Polygon()
    own = max(rights, key=lambda each: (_nearness(shape, each), -each.pk), default=None)
    facts = ClueFacts(
        area_m2=area_m2(shape),
        outside_m2=area_m2(outside),
        inside_m2=area_m2(inside),
        right=own.key if own else "",
        outside_plan_m2=_outside_plans(inside, rights, on, margin_m),
        in_lines_m2=_in_lines(shape, around.lines(shape), margin_m),
        margin_m=margin_m,
    )
    return facts, own.mine if own else None


def grown(shape: BaseGeometry, by_m: float) -> BaseGeometry:
    """A shape in degrees, grown (or, below 0, shrunk) by metres on the ground."""
    if shape.is_empty:
        return shape
    middle = (shape.bounds[1] + shape.bounds[3]) / 2
    scale = np.array([METRES_PER_DEGREE * np.cos(np.radians(middle)), METRES_PER_DEGREE])
    on_ground = shapely.transform(shape, lambda at: at * scale)
    return shapely.transform(on_ground.buffer(by_m, quad_segs=4), lambda at: at / scale)


def _outside_plans(
    inside: BaseGeometry, rights: list[MiningRight], on: date, margin_m: float
) -> float | None:
    """Of the land that is surely inside rights, that which is surely outside of all their approved plans of mining in
    force on the day. None where any of these rights, as far as it is touched, has no plan with an extent: then nothing
    can be compared.
    """
    touched = [each for each in rights if each.mine_id and shapely.intersects(each.geom, inside)]
    extents = _extents({each.mine_id for each in touched if each.mine_id}, on)
    if not touched or any(each.mine_id not in extents for each in touched):
        return None
    union = shapely.union_all([shape for shapes in extents.values() for shape in shapes])
    return area_m2(shapely.difference(inside, grown(union, margin_m)))


def _extents(mines: set[int], on: date) -> dict[int, list[BaseGeometry]]:
    """By mine the extents of its plans of mining that stand on a day; a term that nobody recorded is not over."""
    standing = (Q(from_on=None) | Q(from_on__lte=on)) & (Q(to_on=None) | Q(to_on__gte=on))
    plans = ApprovedPlan.objects.filter(
        standing, mine__in=mines, kind=PlanKind.MINING.value, replaced_by=None, geom__isnull=False
    )
    found: dict[int, list[BaseGeometry]] = {}
    for mine_id, shape in plans.order_by("pk").values_list("mine_id", "geom"):
        if mine_id is not None:
            found.setdefault(mine_id, []).append(shape)
    return found


def _nearness(shape: BaseGeometry, right: MiningRight) -> tuple[float, float]:
    return shapely.intersection(shape, right.geom).area, -float(shapely.distance(shape, right.geom))


def _in_lines(shape: BaseGeometry, lines: Iterable[MapFeature], margin_m: float) -> dict[LayerKind, float]:
    by_kind: dict[LayerKind, list[BaseGeometry]] = {}
    for feature in lines:
        by_kind.setdefault(LayerKind(feature.layer.kind), []).append(feature.geom)
    return {kind: _surely(shape, shapes, margin_m) for kind, shapes in by_kind.items()}


def _surely(shape: BaseGeometry, lines: Iterable[BaseGeometry], margin_m: float) -> float:
    return area_m2(shapely.intersection(shape, grown(shapely.union_all(list(lines)), -margin_m)))
