"""Can this shape be kept as it is, mended without a doubt, or must it go back with the place that is wrong?

No Django. Works on whole columns of shapes in CGCS2000 degrees; only what has something wrong is looked at
one by one. A boundary that can be read in more than one way is never guessed at: a figure of eight may be two
plots or one with a slip of the pen, and its area is money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import areas_m2
from qingshan.geo.errors import ShapeRefused
from qingshan.rules.reasons import Reason, Value

MOST_VERTICES = 250_000
"""Of one shape; a county's boundary at 1:10 000 has about a tenth of it."""
LEAST_AREA_M2 = 0.1
AREA_MAY_CHANGE = 1e-5
"""Mending may change the area by this share: a square metre in ten hectares."""

Wanted = Literal["point", "line", "polygon"]
Shapes = np.ndarray[Any, np.dtype[np.object_]]

_DIMENSION = {"point": 0, "line": 1, "polygon": 2}
_NAMES = {-1: ("空", "nothing"), 0: ("点", "point"), 1: ("线", "line"), 2: ("面", "polygon")}
_WRONG = {
    "Self-intersection": "geo.wrong_crossing",
    "Ring Self-intersection": "geo.wrong_crossing",
    "Hole lies outside shell": "geo.wrong_hole_outside",
    "Holes are nested": "geo.wrong_holes_nested",
    "Nested shells": "geo.wrong_shells_nested",
    "Interior is disconnected": "geo.wrong_cut_apart",
    "Too few points in geometry component": "geo.wrong_few_points",
}
_EXPLAINED = re.compile(r"^(?P<what>.*?)\[(?P<x>\S+) (?P<y>\S+)\]$")


@dataclass
class Checked:
    """The shapes, None where one is refused; what is wrong with those; what was changed in others."""

    shapes: Shapes
    faults: dict[int, Reason] = field(default_factory=dict)
    notes: dict[int, Reason] = field(default_factory=dict)

    def refuse(self, at: Any, code: str, **values: Value) -> None:
        self.faults[int(at)] = Reason(code, values)
        self.shapes[at] = None


def checked(shape: BaseGeometry, *, wanted: Wanted | None = None) -> BaseGeometry:
    """One shape as it may be kept; ShapeRefused with the place where it is wrong."""
    result = check_shapes([shape], wanted=wanted)
    if 0 in result.faults:
        raise ShapeRefused(result.faults[0])
    kept: BaseGeometry = result.shapes[0]
    return kept


def check_shapes(shapes: Any, *, wanted: Wanted | None = None) -> Checked:
    """Flatten, mend or refuse each shape; None stays None without a fault."""
    column = np.empty(len(shapes), dtype=object)
    column[:] = shapely.force_2d(np.asarray(shapes, dtype=object))
    result = Checked(column)
    _refuse_empty_and_endless(result)
    _unpack_collections(result)
    if wanted is not None:
        _refuse_other_types(result, wanted)
    _mend(result)
    _refuse_without_area(result)
    return result


def shape_from_wkb(wkb: bytes) -> BaseGeometry:
    """Read what a file holds; curves and surfaces, which the register has no use for, are refused."""
    try:
        shape: BaseGeometry = shapely.from_wkb(wkb)
    except NotImplementedError as error:
        raise ShapeRefused.because("geo.shape_curved") from error
    except shapely.errors.GEOSException as error:
        raise ShapeRefused.because("geo.shape_unreadable") from error
    return shape


def _there(shapes: Shapes) -> Any:
    return ~shapely.is_missing(shapes)


def _refuse_empty_and_endless(result: Checked) -> None:
    shapes = result.shapes
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    for at in np.unique(owner[~np.isfinite(points).all(axis=1)]):
        result.refuse(at, "geo.not_finite")
    for at in np.flatnonzero(_there(shapes) & shapely.is_empty(shapes)):
        result.refuse(at, "geo.shape_empty")
    vertices = shapely.get_num_coordinates(shapes)
    for at in np.flatnonzero(vertices > MOST_VERTICES):
        result.refuse(at, "geo.shape_too_many_vertices", vertices=int(vertices[at]), most=MOST_VERTICES)


def _unpack_collections(result: Checked) -> None:
    """A collection is kept as its polygons (else lines, else points), when they are of one kind."""
    types = shapely.get_type_id(result.shapes)
    for at in np.flatnonzero(types == shapely.GeometryType.GEOMETRYCOLLECTION):
        parts = shapely.get_parts(shapely.get_parts(result.shapes[at]))
        dimensions = shapely.get_dimensions(parts)
        if len(set(dimensions.tolist())) != 1 or dimensions[0] < 0:
            result.refuse(at, "geo.shape_mixed")
            continue
        multi = (shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)[int(dimensions[0])]
        result.shapes[at] = multi(parts)
    for at in np.flatnonzero(types == shapely.GeometryType.LINEARRING):
        result.shapes[at] = shapely.linestrings(shapely.get_coordinates(result.shapes[at]))


def _refuse_other_types(result: Checked, wanted: Wanted) -> None:
    dimensions = shapely.get_dimensions(result.shapes)
    right = _DIMENSION[wanted]
    for at in np.flatnonzero(_there(result.shapes) & (dimensions != right)):
        (found, found_en), (name, name_en) = _NAMES[int(dimensions[at])], _NAMES[right]
        values = {"found": found, "found_en": found_en, "wanted": name, "wanted_en": name_en}
        result.refuse(at, "geo.shape_of_other_type", **values)


def _mend(result: Checked) -> None:
    shapes = result.shapes
    for at in np.flatnonzero(_there(shapes) & ~shapely.is_valid(shapes)):
        code, place = _explained(shapes[at])
        kept = mended(shapes[at])
        if kept is None:
            result.refuse(at, code, **place)
        else:
            shapes[at] = kept
            result.notes[int(at)] = Reason("geo.note_mended", place)


def mended(shape: BaseGeometry) -> BaseGeometry | None:
    """The same ground as a valid shape, or None where the boundary can be read in more than one way."""
    if shape.area == 0:
        return None
    valid: BaseGeometry = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    # GEOS now and then hands back something that is as wrong as before
    if valid.is_empty or not valid.is_valid:
        return None
    return valid if abs(valid.area - shape.area) <= AREA_MAY_CHANGE * valid.area else None


def _explained(shape: BaseGeometry) -> tuple[str, dict[str, float]]:
    """The code of what is wrong, and where."""
    found = _EXPLAINED.match(str(shapely.is_valid_reason(shape)))
    if found is None:
        middle = shapely.centroid(shape)
        return "geo.wrong_shape", {"lon": round(middle.x, 6), "lat": round(middle.y, 6)}
    place = {"lon": round(float(found["x"]), 6), "lat": round(float(found["y"]), 6)}
    return _WRONG.get(found["what"], "geo.wrong_shape"), place


def _refuse_without_area(result: Checked) -> None:
    flat = np.flatnonzero(shapely.get_dimensions(result.shapes) == 2)
    for at in flat[areas_m2(result.shapes[flat]) < LEAST_AREA_M2]:
        x, y = shapely.get_coordinates(result.shapes[at])[0].tolist()
        result.refuse(at, "geo.shape_without_area", lon=round(x, 6), lat=round(y, 6))
