"""Which rows does a tile ask for? Querysets, or several that together are what the actor may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from qingshan.geo.fields import CellField

Rows = QuerySet[Any]
Asked = QuerySet[Any] | Sequence[QuerySet[Any]]


def parts_of(asked: Asked) -> tuple[Rows, ...]:
    """The querysets without their order, at least one; a row may stand in several."""
    querysets = (asked,) if isinstance(asked, QuerySet) else tuple(asked)
    return tuple(queryset.order_by() for queryset in querysets)


def apart(parts: Sequence[Rows]) -> Iterator[Rows]:
    """The same rows, each in the first part only that has it: so that nothing is counted twice.

    One step by key for each row of the later parts, which are the small ones (own organisation, assignments).
    """
    for number, part in enumerate(parts):
        for earlier in parts[:number]:
            part = part.filter(~Exists(earlier.filter(pk=OuterRef("pk"))))
        yield part


def cell_field(model: type[Model], geom: str) -> str | None:
    """The name of the model's field that holds the cell of this geometry."""
    for field in model._meta.concrete_fields:
        if isinstance(field, CellField) and field.of == geom:
            return field.name
    return None


def count_to(parts: Sequence[Rows], limit: int, **where: Any) -> int:
    """How many rows there are, counted no further than just beyond the limit."""
    counted = 0
    for part in parts:
        counted += part.filter(**where).values("pk")[: limit + 1 - counted].count()
        if counted > limit:
            break
    return counted
