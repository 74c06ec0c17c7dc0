"""How is an entry joined to the chain? The head row is locked last, and only for these few statements.

Plain SQL, prepared once: the object layer would take longer than the database does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

from qingshan.office.trail.entries import COLUMNS, body_of, hash_of_body
from qingshan.office.trail.models import Entry, Head, PersonalValue, Subject
from qingshan.office.trail.personal import Secret
from qingshan.office.trail.subjects import SubjectState

ROWS_AT_ONCE = 200


class HeadMoved(RuntimeError):
    """The head changed under the lock: something wrote to the trail past this program."""


def append(entry: Entry, subjects: Sequence[SubjectState], secrets: Sequence[Secret]) -> None:
    """Lock the head, give the entry its number, its predecessor and its hash, write everything."""
    seq, previous = lock_head()
    entry.seq, entry.previous = seq + 1, previous
    values = {name: getattr(entry, name) for name in HASHED_AND_STORED}
    entry.hash = hash_of_body(body_of(values))
    _insert(Entry, COLUMNS, [_for_database({**values, "hash": entry.hash})])
    _insert(
        Subject,
        ("entry_seq", "kind", "object_id", "digest"),
        ((entry.seq, subject.kind, subject.id, subject.digest) for subject in subjects),
    )
    _insert(
        PersonalValue,
        ("entry_seq", "field", "value", "salt"),
        ((entry.seq, secret.field, secret.value, secret.salt) for secret in secrets),
    )
    _move_head(seq, entry.hash)
    entry._state.adding = False
    entry._state.db = connection.alias


def lock_head() -> tuple[int, str]:
    """Number and hash of the last entry; no other act can append until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_select_head(connection.features.has_select_for_update))
        seq, last_hash = cursor.fetchone()
    return seq, last_hash


HASHED_AND_STORED = tuple(name for name in COLUMNS if name != "hash")


@cache
def _select_head(locks: bool) -> str:  # noqa: FBT001
    return f"SELECT seq, hash FROM {Head._meta.db_table} WHERE id = 1" + (" FOR UPDATE" if locks else "")


def _move_head(seq: int, new_hash: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Head._meta.db_table} SET seq = %s, hash = %s WHERE id = 1 AND seq = %s",
            [seq + 1, new_hash, seq],
        )
        if cursor.rowcount != 1:
            raise HeadMoved(f"the head was not at {seq}")


def _for_database(values: dict[str, Any]) -> list[Any]:
    adapted = {
        **values,
        "recorded_at": connection.ops.adapt_datetimefield_value(values["recorded_at"]),
        "occurred_on": connection.ops.adapt_datefield_value(values["occurred_on"]),
        "paper_decided_on": connection.ops.adapt_datefield_value(values["paper_decided_on"]),
    }
    return [adapted[name] for name in COLUMNS]


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    iterator = iter(rows)
    with connection.cursor() as cursor:
        while chunk := list(islice(iterator, ROWS_AT_ONCE)):
            values = [value for row in chunk for value in row]
            cursor.execute(_insert_sql(model._meta.db_table, tuple(columns), len(chunk)), values)


@cache
def _insert_sql(table: str, columns: tuple[str, ...], rows: int) -> str:
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"
