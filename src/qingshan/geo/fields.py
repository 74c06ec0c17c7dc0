"""How does a model hold a geometry? One field on two databases; the value is a shapely geometry in CGCS2000 degrees.

SQLite stores a GeoPackage blob, PostgreSQL a PostGIS `geometry(Geometry,4490)`. The spatial index belongs to the
table, not to the writer: triggers (SQLite) or GiST (PostgreSQL) see every row, whoever writes it.
"""

from __future__ import annotations

import math
from typing import Any

import shapely
from django.core import checks
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from shapely.geometry.base import BaseGeometry

from qingshan.geo.blobs import SRID, decode, decode_many, encode, encode_ewkb_hex
from qingshan.geo.errors import ShapeRefused

__all__ = ["SRID", "GeometryField", "StoredGeometry", "decode_many"]


class GeometryField(models.Field):
    """A shape in CGCS2000 longitude and latitude (EPSG:4490), 2D. Lookups: `bbox`, `intersects`."""

    description = "Geometry (CGCS2000)"
    empty_strings_allowed = False

    def __init__(self, verbose_name: Any = None, *, spatial_index: bool = True, **options: Any) -> None:
        self.spatial_index = spatial_index
        super().__init__(verbose_name, **options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        if not self.spatial_index:
            options["spatial_index"] = False
        return name, path, args, options

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        return [*super().check(**options), *self._check_key()]

    def _check_key(self) -> list[checks.CheckMessage]:
        key = self.model._meta.pk
        if not self.spatial_index or isinstance(key, models.IntegerField):
            return []
        return [checks.Error("a spatial index needs an integer primary key", obj=self, id="geo.E001")]

    def get_internal_type(self) -> str:
        return "GeometryField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return f"geometry(Geometry,{SRID})" if connection.vendor == "postgresql" else "BLOB"

    def formfield(self, *args: Any, **options: Any) -> None:
        """None: shapes come in through files and maps, never through a text box."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> BaseGeometry | None:
        return decode(value)

    def to_python(self, value: Any) -> BaseGeometry | None:
        if value is None or isinstance(value, BaseGeometry):
            return value
        if isinstance(value, str):
            return decode(value)
        raise ShapeRefused.because("geo.not_a_geometry", read=type(value).__name__)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, BaseGeometry):
            return value
        if hasattr(value, "resolve_expression"):
            return super().get_prep_value(value)
        raise ShapeRefused.because("geo.not_a_geometry", read=type(value).__name__)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        if not isinstance(value, BaseGeometry):
            return value
        # an infinite corner would enter the index and be found by every question
        if not all(map(math.isfinite, value.bounds)) and not value.is_empty:
            raise ShapeRefused.because("geo.not_finite")
        return encode_ewkb_hex(value) if connection.vendor == "postgresql" else encode(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(shapely.to_wkb(value, hex=True, byte_order=1, output_dimension=2))


class StoredGeometry(models.Func):
    """The value as the database holds it, for `decode_many`: `values_list(StoredGeometry("geom"))`."""

    template = "%(expressions)s"
    arity = 1
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, **context)
