"""Which matters stand behind the rows of a ledger, and may a ledger still change them?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db.models import F, prefetch_related_objects

from qingshan.exchange.columns import Column
from qingshan.exchange.kinds import Context, Draft, Key, Known
from qingshan.office.cases.late_rows import LateRow, from_facts, late_rows
from qingshan.office.matters.access import visible_to
from qingshan.office.matters.models import Matter


def existing_late(
    kinds: Sequence[str],
    columns: Sequence[Column],
    values_of: Callable[[Matter], dict[str, Any]],
    beside: Sequence[str],
    context: Context,
    drafts: Sequence[Draft],
) -> dict[Key, Known]:
    """Matters of these numbers. What was acted on since a ledger entered it is not changed by a ledger any more."""
    by_number = {draft.key[0]: draft.key for draft in drafts if draft.key}
    seen = visible_to(Matter.objects.filter(number__in=sorted(by_number), kind__in=kinds), context.actor)
    if context.only_versions:
        rows = seen.values_list(F("number"), "pk", "version")
        return {by_number[number]: Known(pk, version, {}) for number, pk, version in rows}
    late_ones = late_rows(list(by_number), partial(from_facts, columns))
    matters = list(seen.select_related("region", "mine", "site", "case", "petition"))
    prefetch_related_objects([each for each in matters if each.number not in late_ones], *beside)
    found = {}
    for matter in matters:
        row = late_ones.get(matter.number)
        said = row.said if row is not None else values_of(matter)
        values = {column.name: said.get(column.name) for column in columns}
        found[matter.number] = Known(matter.pk, matter.version, values)
    for draft in drafts:
        number = draft.key[0] if draft.key else ""
        if number in found and not _may_change(late_ones.get(number)):
            _refuse_changes(draft, found[number], columns)
    return {by_number[number]: known for number, known in found.items()}


def _may_change(row: LateRow | None) -> bool:
    return row is not None and not row.acted_on


def _refuse_changes(draft: Draft, known: Known, columns: Sequence[Column]) -> None:
    said = draft.values
    changed = [
        column
        for column in columns
        if column.name in said and not column.type.same(known.values[column.name], said[column.name])
    ]
    if changed:
        draft.refuse(
            "cases.acted_on_since",
            field=changed[0].name,
            column=changed[0].zh,
            value=draft.key[0],
            columns="、".join(column.zh for column in changed),
            columns_en=", ".join(column.en for column in changed),
        )
