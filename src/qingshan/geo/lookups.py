"""Which rows lie here? `geom__bbox=(min x, min y, max x, max y)` and `geom__intersects=shape`, exact on both
databases.

R*Tree and `&&` index in 32-bit floats and answer a little too often: every candidate is checked again,
exactly.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Lookup
from django.db.models.expressions import Col
from shapely.geometry.base import BaseGeometry

from qingshan.geo.blobs import SRID
from qingshan.geo.errors import GeoError
from qingshan.geo.fields import GeometryField
from qingshan.geo.index import SpatialIndex, column_of

Box = tuple[float, float, float, float]


def _candidates(column: Any, box: Box) -> tuple[str, list[float]]:
    """The SQLite condition that asks the side table, or nothing where the column has none."""
    field = getattr(column, "target", None)
    if not isinstance(column, Col) or not isinstance(field, GeometryField) or not field.spatial_index:
        return "", []
    key = column_of(field.model._meta.pk)
    boxes = SpatialIndex(field.model._meta.db_table, key, column_of(field)).boxes
    min_x, min_y, max_x, max_y = box
    sql = (
        f'"{column.alias}"."{key}" IN (SELECT id FROM "{boxes}"'
        " WHERE minx <= %s AND maxx >= %s AND miny <= %s AND maxy >= %s) AND "
    )
    return sql, [max_x, min_x, max_y, min_y]


@GeometryField.register_lookup
class BoxMeets(Lookup):
    """Bounding boxes meet, edges included."""

    lookup_name = "bbox"
    prepare_rhs = False

    def box(self) -> Box:
        min_x, min_y, max_x, max_y = map(float, self.rhs)
        if not (min_x <= max_x and min_y <= max_y):
            raise GeoError.because("geo.box_inside_out", box=f"{min_x}, {min_y}, {max_x}, {max_y}")
        return min_x, min_y, max_x, max_y

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        box = self.box()
        sql, asked = _candidates(self.lhs, box)
        return f"({sql}qs_box_meets({column}, %s, %s, %s, %s))", [*asked, *params, *box]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        min_x, min_y, max_x, max_y = self.box()
        envelope = f"ST_MakeEnvelope(%s, %s, %s, %s, {SRID})"
        # && alone would do for 64-bit boxes, but it compares the float32 boxes of the index
        exact = (
            f"ST_XMin({column}) <= %s AND ST_XMax({column}) >= %s"
            f" AND ST_YMin({column}) <= %s AND ST_YMax({column}) >= %s"
        )
        return (
            f"({column} && {envelope} AND {exact})",
            [
                *params,
                min_x,
                min_y,
                max_x,
                max_y,
                *params,
                max_x,
                *params,
                min_x,
                *params,
                max_y,
                *params,
                min_y,
            ],
        )


@GeometryField.register_lookup
class Intersects(Lookup):
    """The shapes share at least one point, edges included."""

    lookup_name = "intersects"

    def shape(self) -> BaseGeometry:
        if not isinstance(self.rhs, BaseGeometry):
            raise GeoError.because("geo.not_a_geometry", read=type(self.rhs).__name__)
        return self.rhs

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        shape = self.shape()
        if shape.is_empty:
            return "0 = 1", []
        column, params = self.process_lhs(compiler, connection)
        sql, asked = _candidates(self.lhs, shape.bounds)
        blob = self.lhs.output_field.get_db_prep_value(shape, connection)
        return f"({sql}qs_intersects({column}, %s))", [*asked, *params, blob]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        literal = self.lhs.output_field.get_db_prep_value(self.shape(), connection)
        return f"ST_Intersects({column}, %s::geometry)", [*params, literal]
