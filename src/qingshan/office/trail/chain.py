"""How is an entry joined to the chain? The head row is locked last, and only for these few statements.

Plain SQL, prepared once: the object layer would take longer than the database does. A database at the
other end of a wire gets all of it in one message, because the head stays locked while messages travel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

from qingshan.office.trail.entries import COLUMNS, HASHED, body_of, hash_of_body
from qingshan.office.trail.models import Entry, Head, PersonalValue, Subject
from qingshan.office.trail.personal import Secret
from qingshan.office.trail.seals import seal_key
from qingshan.office.trail.subjects import SubjectState

ROWS_AT_ONCE = 200
STATEMENTS_AT_ONCE = 20
COPIED_FROM = 1_000
"""More subjects than these travel as one stream: an import of thousands holds the head meanwhile."""

Statement = tuple[str, list[Any]]


class HeadMoved(RuntimeError):
    """The head changed under the lock: something wrote to the trail past this program."""


def append(entry: Entry, subjects: Sequence[SubjectState], secrets: Sequence[Secret]) -> None:
    """Lock the head, give the entry its number, its predecessor and its hash, write everything."""
    key = seal_key()
    seq, previous = lock_head()
    entry.seq, entry.previous = seq + 1, previous
    values = {name: getattr(entry, name) for name in HASHED}
    entry.hash = hash_of_body(body_of(values))
    entry.seal = key.seal(entry.hash)
    about = [(entry.seq, *subject) for subject in subjects]
    if _is_a_server() and len(about) > COPIED_FROM:
        _copy(Subject, _SUBJECT, about)
        about = []
    statements = [
        *_insert(Entry, COLUMNS, [_for_database({**values, "hash": entry.hash, "seal": entry.seal})]),
        *_insert(Subject, _SUBJECT, about),
        *_insert(PersonalValue, _PERSONAL, ((entry.seq, s.field, s.value, s.salt) for s in secrets)),
        (_MOVE_HEAD, [seq + 1, entry.hash, seq]),
    ]
    if _run(statements) != 1:
        raise HeadMoved(f"the head was not at {seq}")
    entry._state.adding = False
    entry._state.db = connection.alias


_SUBJECT = ("entry_seq", "kind", "object_id", "digest")
_PERSONAL = ("entry_seq", "field", "value", "salt")
_MOVE_HEAD = f"UPDATE {Head._meta.db_table} SET seq = %s, hash = %s WHERE id = 1 AND seq = %s"


def lock_head() -> tuple[int, str]:
    """Number and hash of the last entry; no other act can append until this transaction ends."""
    select = f"SELECT seq, hash FROM {Head._meta.db_table} WHERE id = 1"
    with connection.cursor() as cursor:
        cursor.execute(select + (" FOR UPDATE" if _is_a_server() else ""))
        seq, last_hash = cursor.fetchone()
    return seq, last_hash


def _is_a_server() -> bool:
    """A database with row locks serves several writers over a wire, and takes several statements at once."""
    return connection.features.has_select_for_update


def _run(statements: Sequence[Statement]) -> int:
    """Run all statements in order; the number of rows that the last one changed."""
    at_once = STATEMENTS_AT_ONCE if _is_a_server() else 1
    remaining = iter(statements)
    with connection.cursor() as cursor:
        while some := list(islice(remaining, at_once)):
            cursor.execute(
                "; ".join(sql for sql, _ in some), [value for _, values in some for value in values]
            )
            while at_once > 1 and cursor.nextset():
                continue
        changed: int = cursor.rowcount
        return changed


def _copy(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sql = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


def _for_database(values: dict[str, Any]) -> list[Any]:
    adapted = {
        **values,
        "recorded_at": connection.ops.adapt_datetimefield_value(values["recorded_at"]),
        "occurred_on": connection.ops.adapt_datefield_value(values["occurred_on"]),
        "paper_decided_on": connection.ops.adapt_datefield_value(values["paper_decided_on"]),
    }
    return [adapted[name] for name in COLUMNS]


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Statement]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, ROWS_AT_ONCE)):
        values = [value for row in chunk for value in row]
        yield _insert_sql(model._meta.db_table, tuple(columns), len(chunk)), values


@cache
def _insert_sql(table: str, columns: tuple[str, ...], rows: int) -> str:
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"
