"""Which ground do rings of corners enclose? Its shape, or the corners where that is not certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from qingshan.geo.repair import mended
from qingshan.rules.reasons import Reason, Value

_SAME_SHARE = 1e-6
"""Of an area: what two rings share by rounding alone."""
LEAST_CORNERS = 3


@dataclass(frozen=True)
class Corner:
    """One corner as it was read."""

    point: str
    """Its number as written."""
    first: float
    second: float
    row: int
    """As the person sees it."""
    place: int
    """The column of the sheet where its coordinates begin, from 0."""
    written: tuple[str, str] = ("", "")
    """The two coordinates as they stand in the sheet."""

    @property
    def xy(self) -> tuple[float, float]:
        return self.first, self.second

    @property
    def name(self) -> str:
        return self.point or "—"


@dataclass
class Ring:
    """Corners in their order, the first one not repeated."""

    corners: list[Corner] = field(default_factory=list)
    label: str = ""
    taken_out: bool = False
    """Marked as ground that does not belong to the area: 扣除."""
    closed: bool = False
    """Its first corner was written again."""

    @property
    def rows(self) -> str:
        rows = [corner.row for corner in self.corners]
        return f"{min(rows)}–{max(rows)}" if min(rows) != max(rows) else str(rows[0])

    @property
    def start(self) -> dict[str, Value]:
        return {"row": self.corners[0].row, "place": self.corners[0].place}


@dataclass
class Enclosed:
    """The shape of one object, with what is wrong and what is worth saying."""

    shape: BaseGeometry | None = None
    faults: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)


def enclosed_by(rings: Sequence[Ring]) -> Enclosed:
    """The ground inside the rings, without those that lie inside another or are marked to be taken out."""
    result = Enclosed()
    areas = [_area_of(ring, result) for ring in rings]
    if result.faults or not rings:
        return result
    _refuse_overlaps(rings, areas, result)
    if not result.faults:
        result.shape = _assembled(rings, areas, result)
    if result.faults:
        result.shape = None
    return result


def _area_of(ring: Ring, result: Enclosed) -> BaseGeometry:
    """The ground of one ring on its own."""
    if len({corner.xy for corner in ring.corners}) < LEAST_CORNERS:
        values: dict[str, Value] = {**ring.start, "rows": ring.rows, "count": len(ring.corners)}
        result.faults.append(Reason("exchange.corners_few", values))
        return Polygon()
    polygon = Polygon([corner.xy for corner in ring.corners])
    if polygon.is_valid:
        return polygon
    certain = mended(polygon)
    if certain is None:
        result.faults.append(_crossing(ring))
        return Polygon()
    return certain


def _crossing(ring: Ring) -> Reason:
    """Which two sides cross, by the numbers of their corners."""
    corners = ring.corners
    sides = [
        LineString([one.xy, other.xy]) for one, other in zip(corners, corners[1:] + corners[:1], strict=True)
    ]
    tree = shapely.STRtree(sides)
    pairs = sorted(
        (int(one), int(other))
        for predicate in ("crosses", "overlaps", "covers")
        for one, other in zip(*tree.query(sides, predicate=predicate), strict=True)
        if one < other
    )
    if not pairs:
        return Reason("exchange.corners_not_certain", {**ring.start, "rows": ring.rows})
    one, other = pairs[0]
    a, b, c, d = (corners[at % len(corners)] for at in (one, one + 1, other, other + 1))
    return Reason(
        "exchange.corners_crossing",
        {
            "row": a.row,
            "place": a.place,
            "a": a.name,
            "b": b.name,
            "c": c.name,
            "d": d.name,
            "a_row": a.row,
            "b_row": b.row,
            "c_row": c.row,
            "d_row": d.row,
        },
    )


def _refuse_overlaps(rings: Sequence[Ring], areas: Sequence[BaseGeometry], result: Enclosed) -> None:
    """Two rings lie apart, side by side, or one inside the other; what they share otherwise counts twice."""
    tree = shapely.STRtree(areas)
    for one, other in sorted(
        (int(one), int(other))
        for one, other in zip(*tree.query(areas, "intersects"), strict=True)
        if one < other
    ):
        shared = shapely.intersection(areas[one], areas[other]).area
        least = min(areas[one].area, areas[other].area)
        if least * _SAME_SHARE < shared < least * (1 - _SAME_SHARE) or _same(areas, one, other):
            values: dict[str, Value] = {
                **rings[other].start,
                "rows": rings[other].rows,
                "others": rings[one].rows,
            }
            result.faults.append(Reason("exchange.corners_overlap", values))


def _same(areas: Sequence[BaseGeometry], one: int, other: int) -> bool:
    return bool(shapely.symmetric_difference(areas[one], areas[other]).area < areas[one].area * _SAME_SHARE)


def _inside(areas: Sequence[BaseGeometry], one: int, other: int) -> bool:
    """Does one ring lie inside the other?"""
    if areas[one].area >= areas[other].area:
        return False
    return bool(shapely.intersection(areas[one], areas[other]).area >= areas[one].area * (1 - _SAME_SHARE))


def _assembled(rings: Sequence[Ring], areas: Sequence[BaseGeometry], result: Enclosed) -> BaseGeometry:
    """Every second ring from the outside in is taken out."""
    around = [
        [o for o in range(len(rings)) if o != one and _inside(areas, one, o)] for one in range(len(rings))
    ]
    holes = {one for one in range(len(rings)) if len(around[one]) % 2 == 1}
    for one, ring in enumerate(rings):
        if ring.taken_out and one not in holes:
            result.faults.append(Reason("exchange.corners_outside", {**ring.start, "rows": ring.rows}))
        elif one in holes and not ring.taken_out:
            values: dict[str, Value] = {**ring.start, "rows": ring.rows}
            result.notes.append(Reason("exchange.corners_inside", values))
    parts = [
        part
        for one in range(len(rings))
        if one not in holes
        for part in _with_holes(one, areas, around, holes)
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _with_holes(
    one: int, areas: Sequence[BaseGeometry], around: Sequence[Sequence[int]], holes: set[int]
) -> list[Polygon]:
    inner = [
        areas[hole] for hole in holes if one in around[hole] and len(around[hole]) == len(around[one]) + 1
    ]
    ground = shapely.difference(areas[one], shapely.union_all(inner)) if inner else areas[one]
    return [part for part in shapely.get_parts(ground) if isinstance(part, Polygon)]
