"""How is each column of an object written for its digest, so that the row read back gives the same text?

A reader takes the values of one column for many objects at once, as they are in memory after writing or
as the database gives them, and answers plain JSON values: strings, whole numbers, booleans, None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any

import shapely
from django.db.models import Field, ForeignKey

from qingshan.geo.fields import GeometryField
from qingshan.office.trail.canonical import canonical
from qingshan.vault.digests import sm3_hex

Reader = Callable[[Sequence[Any]], list[Any]]

# SQLite keeps decimals as binary floats: more digits would not come back as they went in
MOST_DECIMAL_DIGITS = 15


def reader_of(field: Field[Any, Any]) -> Reader:
    """The reader of a field; raises TypeError for a kind of field that has no canonical text."""
    if isinstance(field, ForeignKey):
        return reader_of(field.target_field)
    if isinstance(field, GeometryField):
        return _geometries
    kind = field.get_internal_type()
    if kind == "DecimalField":
        return _decimals(field)
    if kind not in _READERS:
        raise TypeError(f"{field}: a {kind} has no canonical text; leave it out with `without`")
    return _READERS[kind](field)


def _each(write: Callable[[Any], Any], usual: type) -> Callable[[Field[Any, Any]], Reader]:
    """`write` for every value; one that is not of the `usual` type is first made so by the field."""

    def of(field: Field[Any, Any]) -> Reader:
        def one(value: Any) -> Any:
            if value is None:
                return None
            if value.__class__ is not usual:
                value = _plain(field, value)
            return write(value)

        return lambda values: [one(value) for value in values]

    return of


def _as_it_is(usual: type) -> Callable[[Field[Any, Any]], Reader]:
    def of(field: Field[Any, Any]) -> Reader:
        return lambda values: [
            value if value.__class__ is usual or value is None else _plain(field, value) for value in values
        ]

    return of


def _plain(field: Field[Any, Any], value: Any) -> Any:
    if hasattr(value, "resolve_expression"):
        raise TypeError(f"{field}: the object holds an expression; read it back before it is recorded")
    if isinstance(value, Enum):
        value = value.value
    value = field.to_python(value)
    if isinstance(value, str) and value.__class__ is not str:
        return str.__str__(value)
    return value


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone cannot be recorded")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _float(value: float) -> str:
    if not isfinite(value):
        raise ValueError(f"{value} is no number that a database can hold")
    return repr(float(value) + 0.0)  # + 0.0: SQLite forgets the sign of -0.0


def _decimals(field: Any) -> Reader:
    if field.max_digits is None or field.max_digits > MOST_DECIMAL_DIGITS:
        raise TypeError(f"{field}: at most {MOST_DECIMAL_DIGITS} digits, or use whole numbers (fen)")
    step = Decimal(1).scaleb(-field.decimal_places)
    return _each(lambda value: str(value.quantize(step)), Decimal)(field)


def _geometries(values: Sequence[Any]) -> list[str | None]:
    """SM3 of little-endian 2D WKB, made for all shapes at once."""
    shapes = shapely.to_wkb(list(values), byte_order=1, output_dimension=2)
    return [None if wkb is None else sm3_hex(wkb) for wkb in shapes]


_WHOLE = [
    "AutoField",
    "BigAutoField",
    "SmallAutoField",
    "IntegerField",
    "BigIntegerField",
    "SmallIntegerField",
    "PositiveIntegerField",
    "PositiveBigIntegerField",
    "PositiveSmallIntegerField",
]
_TEXT = ["CharField", "TextField", "SlugField", "FileField", "FilePathField"]
_READERS: dict[str, Callable[[Field[Any, Any]], Reader]] = {
    **dict.fromkeys(_WHOLE, _as_it_is(int)),
    **dict.fromkeys(_TEXT, _as_it_is(str)),
    "BooleanField": _as_it_is(bool),
    "FloatField": _each(_float, float),
    "DateField": _each(date.isoformat, date),
    "DateTimeField": _each(_instant, datetime),
    "TimeField": _each(time.isoformat, time),
    "UUIDField": _each(str, object),
    "BinaryField": _each(lambda value: bytes(value).hex(), bytes),
    "JSONField": lambda field: lambda values: [None if v is None else canonical(v) for v in values],
}
