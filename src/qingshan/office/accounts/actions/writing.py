"""What do all these acts do alike: compare and set, days in order, words that may not be missing."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from qingshan.office.accounts.sentences import AccountRefused
from qingshan.office.errors import ChangedMeanwhile

Row = TypeVar("Row", bound=Model)


def change(row: Row, **values: Any) -> Row:
    """Write the values if nobody else wrote since the row was read; its version rises by one.

    Refused: ChangedMeanwhile.
    """
    before: int = row.version  # type: ignore[attr-defined]
    values["version"] = before + 1
    if type(row)._default_manager.filter(pk=row.pk, version=before).update(**values) != 1:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(row))
    for field, value in values.items():
        setattr(row, field, value)
    return row


def days_in_order(from_on: date, to_on: date | None) -> None:
    """Refused: a last day before the first."""
    if to_on is not None and to_on < from_on:
        raise AccountRefused.because(
            "accounts.days_reversed", from_on=from_on.isoformat(), to_on=to_on.isoformat()
        )


def given(text: str, code: str) -> str:
    """The text without spaces around it; refused with `code` where nothing is left."""
    if not (stripped := text.strip()):
        raise AccountRefused.because(code)
    return stripped


def day_of(value: date | None) -> str | None:
    """A day as the trail holds it."""
    return value.isoformat() if value else None
