"""Where do the shapes of a file lie, and can they be kept? Longitude and latitude, valid, with their areas.

Works on whole batches; only rows with something to say are looked at one by one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from qingshan.exchange.kinds import Draft, Kind
from qingshan.exchange.outlines import LATITUDE, LONGITUDE, OUTLINE, SHAPE_COLUMNS
from qingshan.exchange.readers import Batch, Table
from qingshan.exchange.readers.asking import Answer, Question
from qingshan.exchange.readers.tables import Shapes
from qingshan.geo import crs
from qingshan.geo.area import areas_m2
from qingshan.geo.crs.china import outside_earth
from qingshan.geo.errors import CoordinatesRefused
from qingshan.geo.repair import mended
from qingshan.rules.reasons import Reason, Sentence, Value, say

_POINTS_LOOKED_AT = 20_000
_POINTS = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT)
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_ALLOWED = {"point": _POINTS, "polygon": _AREAS}
_TYPE_NAMES = {
    shapely.GeometryType.POINT: ("点", "point"),
    shapely.GeometryType.MULTIPOINT: ("多点", "multipoint"),
    shapely.GeometryType.LINESTRING: ("线", "line"),
    shapely.GeometryType.LINEARRING: ("线", "line"),
    shapely.GeometryType.MULTILINESTRING: ("多线", "multiline"),
    shapely.GeometryType.POLYGON: ("面", "polygon"),
    shapely.GeometryType.MULTIPOLYGON: ("多面", "multipolygon"),
    shapely.GeometryType.GEOMETRYCOLLECTION: ("混合图形", "collection"),
}
_WANTED = {"point": ("点", "point"), "polygon": ("面", "polygon")}
_PLACE = re.compile(r"\[(\S+) (\S+)\]")


@dataclass(frozen=True)
class System:
    """How the numbers of one table are read."""

    crs: crs.Crs
    north_first: bool
    notes: tuple[Reason, ...] = ()


def taken_from_cells(drafts: Sequence[Draft]) -> Shapes | None:
    """Shapes that stand in cells; their columns leave the values. None where the table has none of them."""
    names = drafts[0].values.keys() if drafts else ()
    if not any(column.name in names for column in SHAPE_COLUMNS):
        return None
    return _array(_shape_of(draft) for draft in drafts)


def _array(shapes: Iterable[Any]) -> Shapes:
    shapes = list(shapes)
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def _shape_of(draft: Draft) -> Any:
    shape, lon, lat = (draft.values.pop(column.name, None) for column in SHAPE_COLUMNS)
    if shape is not None or (lon is None and lat is None):
        return shape
    if lon is None or lat is None:
        half = LATITUDE if lat is None else LONGITUDE
        draft.refuse("exchange.point_incomplete", field=half.name, column=half.zh)
        return None
    return shapely.Point(float(lon), float(lat))


def system_of(table: Table, shapes: Shapes, options: Mapping[str, Any]) -> System | None:
    """How to read a table's coordinates, from its first shapes. Raises Question where that is not certain."""
    points = shapely.get_coordinates(shapes)[:_POINTS_LOOKED_AT]
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return None
    abroad = bool(options.get("allow_abroad"))
    chosen = _chosen(options.get("crs"))
    if chosen is not None and (abroad or crs.fits(points[:, 0], points[:, 1], *chosen)):
        return System(chosen[0], chosen[1] is crs.Order.NORTH_EAST)
    try:
        found = crs.recognise(
            points[:, 0],
            points[:, 1],
            declared=_said(table, points, abroad=abroad),
            order=table.order,
            abroad_allowed=abroad,
        )
    except CoordinatesRefused:
        if chosen is None:
            raise
        # row by row it is said where each of them would lie
        return System(chosen[0], chosen[1] is crs.Order.NORTH_EAST)
    if found.certain is not None and (table.crs or table.crs_by_custom):
        # a list of corners has said that it is of CGCS2000; its numbers only told the zone
        notes = () if table.corners else found.notes
        return System(found.certain.crs, found.certain.north_first, notes)
    if chosen is not None:
        return _alike(chosen, found)
    raise _question(table, found)


def _chosen(answer: Any) -> tuple[crs.Crs, crs.Order] | None:
    return crs.reading_of(str(answer)) if answer else None


def _alike(chosen: tuple[crs.Crs, crs.Order], found: crs.Recognition) -> System:
    """The answer given for another table of the file, where its numbers do not fit this one.

    Of zones with their number before the easting, the number itself says which one is meant.
    """
    system, order = chosen
    readings = (*found.candidates, *((found.certain,) if found.certain else ()))
    same = [
        one
        for one in readings
        if one.crs.prefixed
        and system.prefixed
        and one.crs.width_deg == system.width_deg
        and one.order is order
    ]
    if len(same) == 1:
        return System(same[0].crs, same[0].north_first)
    degrees = [one for one in readings if one.crs.is_degrees and not one.swapped]
    if len(degrees) == 1 == len(readings):
        return System(degrees[0].crs, degrees[0].north_first)
    return System(system, order is crs.Order.NORTH_EAST)


def _said(table: Table, points: Any, *, abroad: bool) -> str | None:
    """What the file says of its coordinates, or what its format says of degrees.

    Abroad, degrees cannot be recognised by where they lie; whether they are meant is asked all the same.
    """
    if table.crs:
        return table.crs
    if (np.abs(points) <= (180, 180)).all(axis=1).mean() <= crs.recognition.MOST:
        return None
    return table.crs_by_custom or (crs.CGCS2000.definition if abroad else None)


def _question(table: Table, found: crs.Recognition) -> Question:
    """Every reading that makes sense, with the place where it lands; one alone is to be confirmed."""
    readings = found.candidates or ((found.certain,) if found.certain else ())
    answers = [Answer(one.key, Sentence(zh=say(one.reason), en=say(one.reason, "en"))) for one in readings]
    reason = found.question or Reason("exchange.which_crs", {"layer": table.name})
    return Question(reason, option="crs", answers=answers)


def place_shapes(
    kind: Kind, batch: Batch, drafts: Sequence[Draft], shapes: Shapes, system: System | None, *, abroad: bool
) -> None:
    """Give each draft its shape and area, or the sentence why it cannot have them."""
    for at in batch.broken:
        drafts[at].refuse("exchange.row_unreadable", field=OUTLINE.name)
    shapes = _finite(drafts, shapes)
    if system is not None:
        shapes = _moved(drafts, shapes, system)
    lying = shapes.copy()
    shapes = _without_wrong_types(kind, drafts, shapes)
    shapes = _valid(drafts, shapes)
    shapes = _in_bounds(drafts, shapes, abroad=abroad)
    areas = areas_m2(shapes)
    for draft, shape, area in zip(drafts, shapes, areas, strict=True):
        draft.geom = shape
        draft.area_m2 = None if shape is None else float(area)
    for draft, shape in zip(drafts, lying, strict=True):
        if draft.geom is None and shape is not None and not shape.is_empty:
            draft.refused_geom = shape


def _finite(drafts: Sequence[Draft], shapes: Shapes) -> Shapes:
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    odd = np.unique(owner[~np.isfinite(points).all(axis=1)])
    return _refused(drafts, shapes, odd, "exchange.shape_not_finite")


def _refused(drafts: Sequence[Draft], shapes: Shapes, places: Any, code: str) -> Shapes:
    if len(places):
        shapes = shapes.copy()
    for at in places.tolist():
        drafts[at].refuse(code, field=OUTLINE.name)
        shapes[at] = None
    return shapes


def _moved(drafts: Sequence[Draft], shapes: Shapes, system: System) -> Shapes:
    try:
        return np.asarray(crs.to_cgcs2000(shapes, system.crs, north_first=system.north_first))
    except CoordinatesRefused:
        return _moved_one_by_one(drafts, shapes, system)


def _moved_one_by_one(drafts: Sequence[Draft], shapes: Shapes, system: System) -> Shapes:
    moved = np.empty(len(shapes), dtype=object)
    for at, shape in enumerate(shapes):
        try:
            moved[at] = crs.to_cgcs2000(shape, system.crs, north_first=system.north_first) if shape else shape
        except CoordinatesRefused as refusal:
            drafts[at].faults.append(_on_row(refusal.reasons[0], drafts[at]))
    return moved


def _on_row(reason: Reason, draft: Draft) -> Reason:
    """A sentence of the geo room, with the row that it is about."""
    zh, en = say(reason), say(reason, "en")
    values: dict[str, Value] = {"sheet": draft.sheet, "row": draft.row, "field": OUTLINE.name, "column": ""}
    return Reason("exchange.shape_refused", {**values, "why": zh, "why_en": en})


def _without_wrong_types(kind: Kind, drafts: Sequence[Draft], shapes: Shapes) -> Shapes:
    empty = ~shapely.is_missing(shapes) & shapely.is_empty(shapes)
    shapes = _refused(drafts, shapes, np.flatnonzero(empty), "exchange.shape_empty")
    allowed = _ALLOWED.get(kind.geometry or "")
    if allowed is None:
        return shapes
    types = shapely.get_type_id(shapes)
    for at in np.flatnonzero(~shapely.is_missing(shapes) & ~np.isin(types, allowed)).tolist():
        found = _TYPE_NAMES.get(types[at], ("其他图形", "other shape"))
        wanted = _WANTED[kind.geometry or ""]
        names = {"found": found[0], "found_en": found[1], "wanted": wanted[0], "wanted_en": wanted[1]}
        drafts[at].refuse("exchange.shape_of_other_type", field=OUTLINE.name, **names)
        shapes[at] = None
    return shapes


def _valid(drafts: Sequence[Draft], shapes: Shapes) -> Shapes:
    """A ring that only touches itself is divided there; one that crosses itself has no certain area."""
    wrong = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_valid(shapes))
    for at in wrong.tolist():
        x, y = _where_invalid(shapes[at])
        kept = mended(shapes[at])
        if kept is None:
            drafts[at].refuse("exchange.shape_invalid", field=OUTLINE.name, x=x, y=y)
        else:
            drafts[at].remark("exchange.shape_mended", field=OUTLINE.name, x=x, y=y)
        shapes[at] = kept
    flat = np.isin(shapely.get_type_id(shapes), _AREAS) & (shapely.area(shapes) == 0)
    return _refused(drafts, shapes, np.flatnonzero(flat), "exchange.shape_without_area")


def _where_invalid(shape: Any) -> tuple[float | None, float | None]:
    found = _PLACE.search(shapely.is_valid_reason(shape))
    return (round(float(found[1]), 6), round(float(found[2]), 6)) if found else (None, None)


def _in_bounds(drafts: Sequence[Draft], shapes: Shapes, *, abroad: bool) -> Shapes:
    beyond = outside_earth(shapes) if abroad else crs.outside_china(shapes)
    for at in np.flatnonzero(beyond).tolist():
        west, south, east, north = shapely.bounds(shapes[at])
        lon, lat = round(float(west + east) / 2, 5), round(float(south + north) / 2, 5)
        code = "exchange.outside_earth" if abroad else "exchange.outside_china"
        drafts[at].refuse(code, field=OUTLINE.name, lon=lon, lat=lat)
        shapes[at] = None
    return shapes


def digest_of(blob: bytes) -> str:
    """A short name of a shape, the same wherever its rings begin; `blob` comes from `canonical`."""
    return hashlib.blake2b(blob, digest_size=16).hexdigest()


def canonical(shapes: Any) -> Any:
    """Little-endian WKB of each shape in normal form."""
    return shapely.to_wkb(shapely.normalize(shapes), byte_order=1, output_dimension=2)


def same_shapes(ones: Any, others: Any) -> Any:
    """For each pair whether both are the same shape: within a tenth of a millimetre, wherever rings begin."""
    return shapely.equals_exact(ones, others, tolerance=1e-9, normalize=True)
