"""How are rows read that somebody may have filled with anything? In runs; one by one where a run fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import BooleanField, DateField, ExpressionWrapper, Model, Q, QuerySet, TimeField
from shapely.errors import ShapelyError

from qingshan.rules.errors import QingshanError

# what Django or Python raise over a text in a date column, bytes in a text column, half a code point
UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    KeyError,
    AttributeError,
    DatabaseError,
    ValidationError,
    QingshanError,
    ShapelyError,
)


FILLED, SOUND = "filled_", "sound_"


def with_raw_marks(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with what the database itself says of columns in which Django reads junk as empty or as no."""
    marks = {
        **{FILLED + name: Q(**{f"{name}__isnull": False}) for name in _days_that_may_be_empty(rows.model)},
        **{SOUND + name: Q(**{f"{name}__in": [True, False]}) for name in _booleans(rows.model)},
    }
    marked: QuerySet[Any] = rows.annotate(
        **{name: ExpressionWrapper(test, output_field=BooleanField()) for name, test in marks.items()}
    )
    return marked


def that_hide_junk(rows: list[Model]) -> list[Model]:
    """Rows with a column that reads as empty or as no although something else stands there (SQLite takes all)."""
    if not rows:
        return []
    days, booleans = _days_that_may_be_empty(type(rows[0])), _booleans(type(rows[0]))
    return [
        row
        for row in rows
        if any(getattr(row, name) is None and getattr(row, FILLED + name) for name in days)
        or any(getattr(row, name) is not None and not getattr(row, SOUND + name) for name in booleans)
    ]


def _days_that_may_be_empty(model: type[Model]) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if f.null and isinstance(f, DateField | TimeField)]


def _booleans(model: type[Model]) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if isinstance(f, BooleanField)]


def in_runs(
    rows: QuerySet[Any], *, key: str, after: int, upto: int | None, run: int, spoilt: Callable[[int], None]
) -> Iterator[list[Any]]:
    """All rows with `after` < key <= `upto`, in runs by ascending key; `spoilt` is told the unreadable keys.

    Each run is one short query: the office goes on working meanwhile.
    """
    inside = rows.order_by(key) if upto is None else rows.filter(**{f"{key}__lte": upto}).order_by(key)
    while True:
        following = inside.filter(**{f"{key}__gt": after})
        keys = list(following.values_list(key, flat=True)[:run])
        if not keys:
            return
        chosen = following.filter(**{f"{key}__lte": keys[-1]})
        try:
            yield list(chosen)
        except UNREADABLE:
            yield list(_one_by_one(chosen, key, keys, spoilt))
        after = keys[-1]


def _one_by_one(
    rows: QuerySet[Any], key: str, keys: list[int], spoilt: Callable[[int], None]
) -> Iterator[Any]:
    for each in keys:
        try:
            yield rows.get(**{key: each})
        except UNREADABLE:
            spoilt(each)
