"""How are rows read that somebody may have filled with anything? In runs; one by one where a run fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import QuerySet

# what Django or Python raise over a text in a date column, bytes in a text column, half a code point
UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    KeyError,
    AttributeError,
    DatabaseError,
    ValidationError,
)


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
