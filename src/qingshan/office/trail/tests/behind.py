"""Edits as somebody makes them who can write to the database but does not use the program.

Each takes a random source, makes one edit by plain SQL and says in words what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

import shapely
from django.db import connection, models, transaction

from qingshan.geo.triggers import declared_triggers
from qingshan.office.trail.entries import COLUMNS, body_of, hash_of_body
from qingshan.office.trail.models import (
    NO_PREVIOUS,
    Checkpoint,
    Entry,
    Erasure,
    Head,
    PersonalValue,
    Subject,
    Subtree,
)
from qingshan.office.trail.seals import key_of
from qingshan.office.trail.subjects import digest_of, digest_of_states
from qingshan.office.trail.tests.factories import Plain, Thing
from qingshan.office.trail.triggers import APPEND_ONLY

Edit = Callable[[Random], str]


@contextmanager
def behind_the_program() -> Iterator[None]:
    """Triggers off, as for an intruder who owns the database; everything is as before afterwards."""
    mark = transaction.savepoint()
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            for statement in _without_triggers(table):
                cursor.execute(statement)
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


@cache
def _without_triggers(table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [f"ALTER TABLE {table} DISABLE TRIGGER USER"]
    return [f"DROP TRIGGER {each.name}" for each in declared_triggers(connection) if each.table == table]


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


def pick(chance: Random, model: type[models.Model], **chosen: Any) -> models.Model:
    return chance.choice(list(model._base_manager.filter(**chosen).order_by("pk")))


def where(row: models.Model) -> tuple[str, list[Any]]:
    keys = row._meta.pk_fields
    return " AND ".join(f'"{key.column}" = %s' for key in keys), [getattr(row, key.attname) for key in keys]


def put(row: models.Model, column: str, value: Any) -> None:
    """Write one column of one row, past the program."""
    field = row._meta.get_field(column)
    condition, key = where(row)
    stored = field.get_db_prep_save(value, connection)
    assert sql(f'UPDATE {table(type(row))} SET "{field.column}" = %s WHERE {condition}', stored, *key) == 1


def changed(chance: Random, value: Any) -> Any:
    """Another value of the same type."""
    for kind, change in _CHANGES:
        if isinstance(value, kind):
            return change(chance, value)
    raise TypeError(type(value))


def _changed_text(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    if not text or (chance.random() < 0.3 and len(text) < 60):
        return text[:at] + chance.choice("改0a ") + text[at:]
    at = min(at, len(text) - 1)
    return text[:at] + chance.choice([c for c in "0123456789abcdef改" if c != text[at]]) + text[at + 1 :]


_CHANGES: list[tuple[Any, Callable[[Random, Any], Any]]] = [
    (bool, lambda chance, value: not value),
    (int, lambda chance, value: value + chance.choice([1, 7])),
    (float, lambda chance, value: value + chance.choice([1e-9, 1.0])),
    (Decimal, lambda chance, value: value + Decimal("0.01")),
    (datetime, lambda chance, value: value + timedelta(microseconds=chance.choice([1, 10**9]))),
    (date, lambda chance, value: value + timedelta(days=1)),
    (time, lambda chance, value: time((value.hour + 1) % 24)),
    (UUID, lambda chance, value: UUID(int=value.int ^ 1)),
    (str, _changed_text),
    (bytes | memoryview, lambda chance, value: bytes(value) + b"x"),
    (dict | list, lambda chance, value: {"改": chance.random()}),
    (shapely.Point, lambda chance, value: shapely.Point(value.x + 1e-9, value.y)),
]

# another value for a column that holds none
INSTEAD_OF_NOTHING: dict[str, Any] = {
    "BigIntegerField": 990103000000,
    "DateField": date(2020, 1, 1),
    "DateTimeField": datetime(2020, 1, 1).astimezone(),
    "TextField": '{"改":1}',
    "FloatField": 1.0,
    "DecimalField": Decimal(1),
    "TimeField": time(1),
    "JSONField": {"改": 1},
    "UUIDField": UUID(int=9),
    "BinaryField": b"x",
    "GeometryField": shapely.Point(1, 1),
}


def change_column(chance: Random, row: models.Model, columns: list[str]) -> str:
    column = chance.choice(columns)
    field, value = row._meta.get_field(column), getattr(row, column)
    if value is None:
        new = INSTEAD_OF_NOTHING[field.get_internal_type()]
    else:
        new = None if field.null and chance.random() < 0.2 else changed(chance, value)
    put(row, column, new)
    return f"{row}: {column}"


def _columns(model: type[models.Model], *, without: tuple[str, ...] = ()) -> list[str]:
    return [
        f.attname
        for f in model._meta.concrete_fields
        if not (f.primary_key or f.generated or f.attname in without)
    ]


def entry_column(chance: Random) -> str:
    return change_column(chance, pick(chance, Entry), _columns(Entry))


def entry_column_with_its_hash(chance: Random) -> str:
    """The intruder knows how the hash is made, and corrects it too."""
    said = change_column(chance, pick(chance, Entry), _columns(Entry, without=("hash", "previous", "seal")))
    seq = int(said.split()[0])
    entry = Entry.objects.get(seq=seq)
    put(entry, "hash", _hash(entry))
    return said


def chain_rewritten(chance: Random) -> str:
    """The intruder changes an entry and makes every hash after it anew, the head too."""
    entry = pick(chance, Entry)
    said = change_column(chance, entry, _columns(Entry, without=("hash", "previous", "seal")))
    _rechain(entry.pk)
    return said


def _hash(entry: Entry) -> str:
    return hash_of_body(body_of({name: getattr(entry, name) for name in COLUMNS}))


def entry_deleted(chance: Random) -> str:
    return _deleted(pick(chance, Entry))


def _deleted(row: models.Model) -> str:
    condition, key = where(row)
    assert sql(f"DELETE FROM {table(type(row))} WHERE {condition}", *key) == 1
    return f"{row} deleted"


def tail_cut(chance: Random) -> str:
    """The last entries vanish with their subjects, and the head is set back."""
    head = Head.objects.get()
    keep = head.seq - chance.randint(1, 6)
    sql(f"DELETE FROM {table(Entry)} WHERE seq > %s", keep)
    sql(f"DELETE FROM {table(Subject)} WHERE entry_seq > %s", keep)
    put(head, "seq", keep)
    put(head, "hash", Entry.objects.get(seq=keep).hash)
    return f"cut after {keep}"


def entry_inserted(chance: Random) -> str:
    """A copy of an entry under a new number, with a right hash; the head is not moved."""
    entry, head = pick(chance, Entry), Head.objects.get()
    entry.seq = chance.choice([head.seq + 1, head.seq + 5, 0, -3])
    entry.previous = head.hash
    entry.hash = _hash(entry)
    _insert(entry)
    return f"entry {entry.seq} inserted"


def _insert(row: models.Model) -> None:
    fields = [field for field in row._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    marks = ", ".join(["%s"] * len(fields))
    sql(f"INSERT INTO {table(type(row))} ({columns}) VALUES ({marks})", *values)


def act_forged(chance: Random) -> str:
    """An entry that nobody made, rightly chained at the end, with the seal of another entry or an invented one."""
    entry, head = pick(chance, Entry), Head.objects.get()
    entry.seq, entry.previous, entry.decider_name = head.seq + 1, head.hash, "捏造"
    entry.subject_count, entry.subjects_digest, entry.personal_json = 0, digest_of_states([]), "{}"
    entry.hash = _hash(entry)
    entry.seal = chance.choice([entry.seal, changed(chance, entry.seal), f"{'0' * 8}:{'0' * 64}", ""])
    _insert(entry)
    put(head, "seq", entry.seq)
    put(head, "hash", entry.hash)
    return f"entry {entry.seq} forged"


def data_and_trail_changed(chance: Random) -> str:
    """The intruder changes an object, its recorded digest, and makes the whole chain fit, head included."""
    thing = pick(chance, Thing)
    said = change_column(chance, thing, ["name", "count", "area_m2"])
    subject = Subject.objects.filter(kind="test.thing", object_id=thing.pk).latest("entry_seq")
    put(subject, "digest", digest_of(Thing.objects.get(pk=thing.pk)))
    entry = Entry.objects.get(seq=subject.entry_seq)
    states = Subject.objects.filter(entry_seq=entry.seq).values_list("kind", "object_id", "digest")
    put(entry, "subjects_digest", digest_of_states(sorted(states)))
    _rechain(entry.seq)
    return said


def _rechain(first: int) -> None:
    previous = Entry.objects.filter(seq=first - 1).values_list("hash", flat=True).first() or NO_PREVIOUS
    for following in Entry.objects.filter(seq__gte=first).order_by("seq"):
        following.previous = previous
        put(following, "previous", previous)
        previous = _hash(following)
        put(following, "hash", previous)
    put(Head.objects.get(), "hash", previous)


def every_seal_replaced(chance: Random) -> str:
    """The intruder gives all entries seals of a key of their own, and changes the newest entry too."""
    entry = Entry.objects.latest("seq")
    put(entry, "decider_name", changed(chance, entry.decider_name))
    _rechain(entry.seq)
    key = key_of(b"the intruder's secret")
    for each in Entry.objects.order_by("seq"):
        put(each, "seal", key.seal(each.hash))
    return "all sealed anew"


def entries_exchanged(chance: Random) -> str:
    """Two entries change their places, each with its hash."""
    one, other = chance.sample(list(Entry.objects.order_by("seq")), 2)
    for row, source in ((one, other), (other, one)):
        for column in _columns(Entry):
            put(row, column, getattr(source, column))
    return f"{one.seq} and {other.seq} exchanged"


def subject_changed(chance: Random) -> str:
    row = pick(chance, Subject)
    column = chance.choice(["entry_seq", "kind", "object_id", "digest"])
    new = {"entry_seq": row.entry_seq + 1000, "kind": "test.plain", "object_id": row.object_id + 1000}
    if column == "kind" and row.kind == "test.plain":
        new["kind"] = "test.thing"
    put(row, column, new.get(column) or changed(chance, row.digest))
    return f"{row}: {column}"


def subject_deleted(chance: Random) -> str:
    return _deleted(pick(chance, Subject))


def subject_inserted(chance: Random) -> str:
    row = pick(chance, Subject)
    seq = chance.choice([row.entry_seq, Head.objects.get().seq + 2, 0])
    _insert(Subject(entry_seq=seq, kind=row.kind, object_id=row.object_id + 1000, digest=row.digest))
    return f"subject inserted at {seq}"


def head_changed(chance: Random) -> str:
    return change_column(chance, Head.objects.get(), ["seq", "hash"])


def head_deleted(chance: Random) -> str:
    return _deleted(Head.objects.get())


def personal_value_changed(chance: Random) -> str:
    row = pick(chance, PersonalValue, erased_by=None)
    column = chance.choice(["value", "salt", "entry_seq", "field", "erased_by"])
    new = {"entry_seq": row.entry_seq + 1, "erased_by": row.entry_seq + 1}
    put(row, column, new.get(column) or changed(chance, getattr(row, column)))
    return f"{row}: {column}"


def personal_value_deleted(chance: Random) -> str:
    return _deleted(pick(chance, PersonalValue))


def personal_value_emptied(chance: Random) -> str:
    """As if it were erased by rule, which nobody confirmed."""
    row = pick(chance, PersonalValue, erased_by=None)
    for column, value in (("value", ""), ("salt", ""), ("erased_by", row.entry_seq + 1)):
        put(row, column, value)
    return f"{row} emptied"


def personal_value_inserted(chance: Random) -> str:
    seq = chance.choice([pick(chance, Entry).pk, 9999])
    _insert(PersonalValue(entry_seq=seq, field="捏造", value="x", salt="00"))
    return f"personal value at {seq}"


def erased_value_back(chance: Random) -> str:
    """A value that was erased by rule stands there again, or its erasure points elsewhere."""
    row = PersonalValue.objects.exclude(erased_by=None).get()
    column, value = chance.choice(
        [("value", "13800001234"), ("salt", "00" * 32), ("erased_by", 1), ("erased_by", None)]
    )
    put(row, column, value)
    return f"{row}: {column}"


def erasure_changed(chance: Random) -> str:
    row = pick(chance, Erasure)
    columns = _columns(Erasure, without=("confirmed_by", "proposed_by"))
    return change_column(chance, row, columns)


def erasure_deleted(chance: Random) -> str:
    return _deleted(pick(chance, Erasure))


def checkpoint_changed(chance: Random) -> str:
    return change_column(chance, pick(chance, Checkpoint), _columns(Checkpoint))


def checkpoint_deleted(chance: Random) -> str:
    return _deleted(pick(chance, Checkpoint))


def checkpoint_inserted(chance: Random) -> str:
    row = pick(chance, Checkpoint)
    row.pk, row.size = row.pk + 1000, chance.choice([row.size - 1, row.size + 1, row.size + 100])
    _insert(row)
    return f"checkpoint of {row.size} inserted"


def subtree_changed(chance: Random) -> str:
    row = pick(chance, Subtree)
    put(row, "hash", changed(chance, row.hash))
    return f"{row} changed"


def subtree_deleted(chance: Random) -> str:
    return _deleted(pick(chance, Subtree))


def subtree_inserted(chance: Random) -> str:
    _insert(Subtree(level=chance.choice([2, 4]), place=chance.randint(500, 999), hash="0" * 64))
    return "subtree inserted"


def data_changed(chance: Random) -> str:
    return change_column(chance, pick(chance, Thing), _columns(Thing, without=("cached",)))


def data_deleted(chance: Random) -> str:
    return _deleted(pick(chance, chance.choice([Thing, Plain])))


def data_inserted(chance: Random) -> str:
    row = Thing(name="捏造") if chance.random() < 0.5 else Plain(name="捏造")
    row.pk = chance.choice([0, -1, 5000 + chance.randrange(1000)])
    _insert(row)
    return f"{table(type(row))} {row.pk} inserted"


def data_back(chance: Random) -> str:
    """An object that an act removed is there again."""
    from qingshan.office.trail.subjects import GONE

    removed = chance.choice(list(Subject.objects.filter(digest=GONE, kind="test.thing")))
    _insert(Thing(pk=removed.object_id, name="又来"))
    return f"thing {removed.object_id} is back"


def data_exchanged(chance: Random) -> str:
    """Two objects exchange their contents."""
    one, other = chance.sample(list(Thing.objects.order_by("pk")), 2)
    for row, source in ((one, other), (other, one)):
        for column in _columns(Thing, without=("cached",)):
            put(row, column, getattr(source, column))
    return f"things {one.pk} and {other.pk} exchanged"


def junk(chance: Random) -> str:
    """SQLite only: a value that the column cannot hold, so that the program cannot even read it."""
    model = chance.choice([Entry, Subject, Thing, PersonalValue, Checkpoint, Erasure])
    row = pick(chance, model)
    field = model._meta.get_field(chance.choice(_columns(model, without=("cached",))))
    condition, key = where(row)
    value = chance.choice(["'垃圾'", "x'ff00fe'", "CAST(x'ff00fe' AS TEXT)", "-1.5"])
    sql("PRAGMA ignore_check_constraints = ON")
    sql(f'UPDATE {table(model)} SET "{field.column}" = {value} WHERE {condition}', *key)
    sql("PRAGMA ignore_check_constraints = OFF")
    return f"{row}: {field.column} = {value}"


EVERYWHERE: tuple[Edit, ...] = (
    entry_column,
    entry_column_with_its_hash,
    chain_rewritten,
    entry_deleted,
    tail_cut,
    entry_inserted,
    act_forged,
    data_and_trail_changed,
    every_seal_replaced,
    entries_exchanged,
    subject_changed,
    subject_deleted,
    subject_inserted,
    head_changed,
    head_deleted,
    personal_value_changed,
    personal_value_deleted,
    personal_value_emptied,
    personal_value_inserted,
    erased_value_back,
    erasure_changed,
    erasure_deleted,
    checkpoint_changed,
    checkpoint_deleted,
    checkpoint_inserted,
    subtree_changed,
    subtree_deleted,
    subtree_inserted,
    data_changed,
    data_changed,
    data_changed,
    data_deleted,
    data_inserted,
    data_back,
    data_exchanged,
)
ON_SQLITE: tuple[Edit, ...] = (junk, junk)

__all__ = ["EVERYWHERE", "ON_SQLITE", "behind_the_program"]
