"""What did a ledger say of a problem or petition when it last entered it, and has anybody acted on it since?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qingshan.exchange.columns import Column
from qingshan.office.cases.access import IMPORT_CASES, IMPORT_PETITIONS, REGISTER_LATE
from qingshan.office.matters.models import Step

LATE_ACTS = frozenset({IMPORT_CASES.code, IMPORT_PETITIONS.code, REGISTER_LATE.code})


@dataclass
class LateRow:
    """One late entry."""

    said: dict[str, Any] = field(default_factory=dict)
    """by column; what the last ledger did not say stands as an earlier one said it"""
    kind: str = ""
    acted_on: bool = False
    by_ledger: bool = False
    """whether a ledger entered it; what was entered late by hand has no row"""


def late_rows(
    numbers: Sequence[str], restored: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> dict[str, LateRow]:
    """The late entries behind these numbers."""
    steps = Step.objects.filter(matter__number__in=sorted(set(numbers)), matter__late_entry=True)
    found: dict[str, LateRow] = {}
    rows = steps.order_by("matter_version").values_list("matter__number", "matter__kind", "act", "facts")
    for number, kind, act, facts in rows:
        row = found.setdefault(number, LateRow(kind=kind))
        if act not in LATE_ACTS:
            row.acted_on = True
        elif facts:
            row.said, row.by_ledger = restored(facts), True
    return {number: row for number, row in found.items() if row.by_ledger}


def as_facts(columns: Sequence[Column], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a ledger says, as a step keeps it."""
    kept = {column.name: column.type.stored(values.get(column.name)) for column in columns}
    return {name: value for name, value in kept.items() if value is not None and value != ""}


def said_in(columns: Sequence[Column], values: Mapping[str, Any]) -> dict[str, Any]:
    """What the ledger itself says, without what was looked up."""
    return {column.name: values[column.name] for column in columns if column.name in values}


def from_facts(columns: Sequence[Column], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a step keeps, as the ledger said it."""
    return {
        column.name: column.type.restored(facts[column.name]) for column in columns if column.name in facts
    }
