"""How does a model hold a geometry? One field on two databases; the value is a shapely geometry in CGCS2000
degrees.

SQLite stores a GeoPackage blob, PostgreSQL a PostGIS `geometry(Geometry,4490)`. The spatial index belongs to
the table, not to the writer: triggers (SQLite) or GiST (PostgreSQL) see every row, whoever writes it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.core import checks
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from shapely.geometry.base import BaseGeometry

from qingshan.geo.blobs import (
    SRID,
    decode,
    decode_many,
    encode,
    encode_ewkb_hex,
    encode_many,
    encode_many_ewkb_hex,
)
from qingshan.geo.cells import cell_of_box
from qingshan.geo.errors import ShapeRefused

__all__ = ["SRID", "CellField", "GeometryField", "StoredGeometry", "decode_many"]


if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _BigInteger = models.BigIntegerField[Any, Any]
else:
    _Field, _BigInteger = models.Field, models.BigIntegerField


class GeometryField(_Field):
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

    def get_db_prep_value(self, value: Any, connection: Any, prepared: Any = False) -> Any:  # noqa: FBT002
        if not prepared:
            value = self.get_prep_value(value)
        if not isinstance(value, BaseGeometry):
            return value
        box = value.bounds
        # an infinite corner would enter the index and be found by every question
        if not all(map(math.isfinite, box)) and not value.is_empty:
            raise ShapeRefused.because("geo.not_finite")
        return encode_ewkb_hex(value) if connection.vendor == "postgresql" else encode(value, box)

    def stored_many(
        self, values: Sequence[BaseGeometry | None], connection: BaseDatabaseWrapper
    ) -> Sequence[Any]:
        """What `get_db_prep_value` gives for each of many shapes, all at once."""
        shapes = np.empty(len(values), dtype=object)
        shapes[:] = values
        boundless = ~np.isfinite(shapely.bounds(shapes)).all(axis=-1)
        if (boundless & ~shapely.is_empty(shapes) & ~shapely.is_missing(shapes)).any():
            raise ShapeRefused.because("geo.not_finite")
        return encode_many_ewkb_hex(values) if connection.vendor == "postgresql" else encode_many(values)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(shapely.to_wkb(value, hex=True, byte_order=1, output_dimension=2))


class CellField(_BigInteger):
    """The map cell of a geometry field of the same model (`geo.cells`): what makes a map of a million rows
    quick.

    Put it first in an index that also covers what a map asks: Index(fields=["cell", "region", "area_m2"]).
    It is derived from the shape, never set by hand: on save here, and by a trigger for every other writer.
    """

    derived = True
    """Not part of the object: digests of the object leave it out."""

    def __init__(self, verbose_name: Any = None, *, of: str = "geom", **options: Any) -> None:
        self.of = of
        super().__init__(verbose_name, **{**options, "null": True, "blank": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        for fixed in ("null", "blank", "editable"):
            options.pop(fixed, None)
        return name, path, args, {**options, "of": self.of}

    def geometry_field(self) -> GeometryField | None:
        """The field whose cell this is; None where `of` names no geometry field."""
        fields = {field.name: field for field in self.model._meta.local_concrete_fields}
        field = fields.get(self.of)
        return field if isinstance(field, GeometryField) else None

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        found = super().check(**options)
        if self.geometry_field() is None:
            found.append(checks.Error(f"{self.of!r} is no geometry field", obj=self, id="geo.E002"))
        return found

    def pre_save(self, model_instance: models.Model, add: Any) -> int | None:
        geometry = getattr(model_instance, self.of)
        known = isinstance(geometry, BaseGeometry) and not geometry.is_empty
        cell = cell_of_box(geometry.bounds) if known else None
        setattr(model_instance, self.attname, cell)
        return cell

    def pre_save_many(self, instances: Sequence[models.Model]) -> list[int | None]:
        """What `pre_save` does with each of many objects, all at once."""
        shapes = np.array([getattr(each, self.of) for each in instances], dtype=object)
        known = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
        boxes = zip(map(tuple, shapely.bounds(shapes).tolist()), known.tolist(), strict=True)
        cells = [cell_of_box(box) if known else None for box, known in boxes]
        for each, cell in zip(instances, cells, strict=True):
            setattr(each, self.attname, cell)
        return cells


class StoredGeometry(models.Func):
    """The value as the database holds it, for `decode_many`: `values_list(StoredGeometry("geom"))`."""

    template = "%(expressions)s"
    arity = 1
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, **context)
