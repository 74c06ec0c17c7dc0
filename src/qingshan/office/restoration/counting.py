"""How much of a shape is counted for the first time, who holds the rest already, and how much falls to whoever is left?

Land under several shapes counts for the one that came first. When that one leaves, its land falls to the next in the
order of coming, so that a sum over all is at any time the area of all shapes laid together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import area_m2, areas_m2

NOISE_M2 = 0.01
"""Less than a square decimetre is the noise of shared edges, not land."""


@dataclass(frozen=True)
class Held:
    """A shape that was counted before, under its name."""

    name: str
    shape: BaseGeometry
    of: Any = None


@dataclass(frozen=True)
class Overlap:
    """With whom a shape shares land, and how much."""

    name: str
    area_m2: float
    of: Any = None

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "area_m2": round(self.area_m2, 2)}


@dataclass(frozen=True)
class Counted:
    """How much of an area is new."""

    area_m2: float
    overlaps: tuple[Overlap, ...] = ()


def has_area(shape: BaseGeometry | None) -> bool:
    """Whether a shape covers land: a point or a line names a place only."""
    return shape is not None and not shape.is_empty and shapely.area(shape) > 0


def counted_once(shape: BaseGeometry | None, own_m2: float, before: Iterable[Held]) -> Counted:
    """The part of `own_m2` that none of the shapes before covers, and those that share land with it."""
    held = [each for each in before if has_area(each.shape)]
    if shape is None or not has_area(shape) or not held:
        return Counted(own_m2)
    shared = areas_m2(shapely.intersection(shape, [each.shape for each in held])).tolist()
    overlaps = tuple(
        Overlap(each.name, area, each.of) for each, area in zip(held, shared, strict=True) if area > NOISE_M2
    )
    if not overlaps:
        return Counted(own_m2)
    union = shapely.union_all([each.shape for each in held])
    new_m2 = own_m2 - area_m2(shapely.intersection(shape, union))
    return Counted(new_m2 if new_m2 > NOISE_M2 else 0.0, overlaps)


def falls_to(leaving: BaseGeometry | None, *, before: Sequence[Held], after: Sequence[Held]) -> list[Overlap]:
    """What those that came after `leaving` count for from now on: its land that nobody before it covers."""
    if leaving is None or not has_area(leaving):
        return []
    free = leaving
    earlier = [each.shape for each in before if has_area(each.shape)]
    if earlier:
        free = shapely.difference(free, shapely.union_all(earlier))
    found: list[Overlap] = []
    for each in after:
        if not has_area(each.shape):
            continue
        gained = area_m2(shapely.intersection(each.shape, free))
        if gained > NOISE_M2:
            found.append(Overlap(each.name, gained, each.of))
            free = shapely.difference(free, each.shape)
    return found
