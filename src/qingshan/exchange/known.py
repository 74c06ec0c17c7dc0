"""What do we hold of the objects behind these rows? Plain values, not objects: a whole province is compared so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from qingshan.exchange.kinds import Context, Draft, Key, Known
from qingshan.geo.fields import StoredGeometry, decode_many


def known_behind(
    drafts: Sequence[Draft],
    rows_of: Callable[[list[str]], QuerySet[Any]],
    context: Context,
    paths: Mapping[str, str],
) -> dict[Key, Known]:
    """The objects whose `key` a draft has, with the values behind `paths`.

    rows_of: what may be seen of these keys; narrowed to them first and scoped then. paths: where the value of
    each column comes from, with dots over links.
    """
    by_key = {draft.key[0]: draft.key for draft in drafts if draft.key}
    rows = rows_of(sorted(by_key))
    if context.only_versions:
        versions = rows.values_list("key", "pk", "version")
        return {by_key[key]: Known(pk, version, {}) for key, pk, version in versions}
    fields = [path.replace(".", "__") for path in paths.values()]
    found = list(rows.values_list("key", "pk", "version", StoredGeometry("geom"), *fields))
    shapes = decode_many(row[3] for row in found)
    return {
        by_key[key]: Known(pk, version, dict(zip(paths, map(_empty_as_none, values), strict=True)), shape)
        for (key, pk, version, _, *values), shape in zip(found, shapes, strict=True)
    }


def _empty_as_none(value: Any) -> Any:
    """An empty text is no value."""
    return None if value == "" else value
