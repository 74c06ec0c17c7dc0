"""How do thousands of objects of one model get into their table at once?

`bulk_create` spends four times as long on compiling its statements as the database on executing them, and
every other act waits until an import is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Generic, TypeVar

from django.db import connection, connections
from django.db.models import Field, Model

from qingshan.finding.fields import WordsField
from qingshan.geo.fields import CellField, GeometryField

Row = TypeVar("Row", bound=Model)

PARAMETERS = 999
"""Every database takes so many in one statement."""
KEY = "key"
"""The unique column by which the database says which object got which id."""
FEW = 20
"""So few rows are one statement for any database: an act writes them one act at a time."""
IN_ORDER = ""
"""Where no column is unique: the ids come back in the order of the rows, as Django's own bulk_create takes them."""
_AS_THEY_ARE = {"CharField", "BigAutoField", "BigIntegerField", "PositiveIntegerField", "FloatField"}


@dataclass(frozen=True)
class Prepared(Generic[Row]):
    """New objects of one model with what writes them: all that can be done before others wait."""

    objects: Sequence[Row]
    key: str
    statements: Sequence[tuple[str, Sequence[Row], list[Any]]]
    """Statements with the objects and the parameters of each; on PostgreSQL one COPY with all rows."""

    @property
    def has_ids(self) -> bool:
        """Whether the objects have their ids already, before they are written."""
        return all(one.pk is not None for one in self.objects)


def insert(objects: Sequence[Row], *, key: str = KEY) -> Sequence[Row]:
    """Write new objects of one model and give each its id. A key that is taken raises IntegrityError.

    key: the column in which they all differ, or IN_ORDER.
    """
    return write(prepare(objects, key=key))


def add(row: Row) -> Row:
    """Write one new object, without putting its statement into words anew as `save` does."""
    insert([row], key=IN_ORDER)
    return row


def prepare(objects: Sequence[Row], *, key: str = KEY) -> Prepared[Row]:
    """The statements of `insert`.

    From the last region to the first, where there are regions: the index of words (`finding.index`) adds ten times
    as fast in its order.
    """
    in_order = sorted(objects, key=_region, reverse=True)
    if _copies_are_quicker(objects):
        return Prepared(objects, key, _copies(_numbered(in_order)))
    return Prepared(objects, key, list(_statements(in_order, partial(_inserting, key=key))))


def write(prepared: Prepared[Row]) -> Sequence[Row]:
    """Write what was prepared, and give each object its id."""
    put = _copied if _copies_are_quicker(prepared.objects) else partial(_inserted, key=prepared.key)
    for sql, part, values in prepared.statements:
        for one, pk in zip(part, put(sql, part, values), strict=True):
            one.pk = pk
            one._state.adding, one._state.db = False, connection.alias
    return prepared.objects


def _copies_are_quicker(objects: Sequence[Model]) -> bool:
    return connection.vendor == "postgresql" and len(objects) > FEW


def _inserted(sql: str, part: Sequence[Row], values: list[Any], *, key: str) -> list[int]:
    """The ids that the database gave, in the order of the objects."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        returned = cursor.fetchall()
    return [row[-1] for row in returned] if key == IN_ORDER else _in_order_of(part, key, dict(returned))


def _copied(sql: str, part: Sequence[Row], rows: list[Any]) -> list[int]:
    """The ids that were taken beforehand. COPY takes half as long as many INSERTs of fifty rows."""
    ids = [one.pk for one in part]
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
        for pk, row in zip(ids, rows, strict=True):
            copy.write_row((pk, *row))
    return ids


def _numbered(objects: Sequence[Row]) -> Sequence[Row]:
    """Each with an id of the sequence, which nobody gets a second time whether or not it is used."""
    if not objects:
        return objects
    meta = type(objects[0])._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(meta.db_table), meta.pk.column, len(objects)],
        )
        for one, (pk,) in zip(objects, cursor.fetchall(), strict=True):
            one.pk = pk
    return objects


def _copies(objects: Sequence[Row]) -> list[tuple[str, Sequence[Row], list[Any]]]:
    if not objects:
        return []
    model = type(objects[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join([_key(model), *map(_name, fields)])
    sql = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    return [(sql, objects, list(zip(*(_column(field)(objects) for field in fields), strict=True)))]


def _in_order_of(part: Sequence[Model], key: str, ids: dict[Any, int]) -> list[int]:
    return [ids[getattr(one, key)] for one in part]


def _region(one: Model) -> int:
    return getattr(one, "region_id", 0)


def overwrite(objects: Sequence[Row]) -> Sequence[Row]:
    """Write all columns of objects of one model that exist; the caller has locked them."""
    for sql, _part, values in _statements(objects, _overwriting):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
    return objects


def change(row: Model, *names: str, **held: Any) -> bool:
    """Write these columns of one object, by attname, as they stand in memory; False where the row in the database does
    not hold these values any more, and nothing was written. It saves what `QuerySet.update` spends on its statement.
    """
    columns, sql = _changing(type(row), names, tuple(held))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(column([row])[0] for column in columns), row.pk, *held.values()])
        return bool(cursor.rowcount == 1)


@cache
def _changing(
    model: type[Model], names: tuple[str, ...], held: tuple[str, ...]
) -> tuple[tuple[_Column, ...], str]:
    fields = [_column_named(model, name) for name in names]
    put = ", ".join(f"{_name(field)} = %s" for field in fields)
    where = " AND ".join(f"{_name(_column_named(model, name))} = %s" for name in held)
    table = connection.ops.quote_name(model._meta.db_table)
    return (
        tuple(map(_column, fields)),
        f"UPDATE {table} SET {put} WHERE {_key(model)} = %s" + (f" AND {where}" if where else ""),
    )


def _statements(
    objects: Sequence[Row], write: Callable[[type[Model], int], tuple[tuple[_Column, ...], str]]
) -> Iterator[tuple[str, Sequence[Row], list[Any]]]:
    """The objects in parts that fit into one statement, each with the statement and its parameters."""
    if not objects:
        return
    model = type(objects[0])
    at_once = PARAMETERS // len(model._meta.concrete_fields)
    for start in range(0, len(objects), at_once):
        part = objects[start : start + at_once]
        columns, sql = write(model, len(part))
        by_column = [column(part) for column in columns]
        yield sql, part, [value for row in zip(*by_column, strict=True) for value in row]


_Column = Callable[[Sequence[Model]], list[Any]]


@cache
def _inserting(model: type[Model], rows: int, *, key: str) -> tuple[tuple[_Column, ...], str]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    named = "" if key == IN_ORDER else f"{_name(_column_named(model, key))}, "
    sql = f"{_insert_into(model, fields, rows)} RETURNING {named}{_key(model)}"
    return tuple(map(_column, fields)), sql


@cache
def _overwriting(model: type[Model], rows: int) -> tuple[tuple[_Column, ...], str]:
    fields = list(model._meta.concrete_fields)
    put = ", ".join(f"{name} = EXCLUDED.{name}" for name in map(_name, fields) if name != _key(model))
    sql = f"{_insert_into(model, fields, rows)} ON CONFLICT ({_key(model)}) DO UPDATE SET {put}"
    return tuple(map(_column, fields)), sql


def _insert_into(model: type[Model], fields: Sequence[Field[Any, Any]], rows: int) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    row = f"({', '.join(['%s'] * len(fields))})"
    return f"INSERT INTO {table} ({', '.join(map(_name, fields))}) VALUES {', '.join([row] * rows)}"


def _column_named(model: type[Model], attname: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _key(model: type[Model]) -> str:
    return _name(model._meta.pk)


def _name(field: Any) -> str:
    return str(connection.ops.quote_name(field.column))


def _column(field: Field[Any, Any]) -> _Column:
    """The values of one column, as the database takes them."""
    name = field.attname
    if isinstance(field, CellField):
        return lambda objects: field.pre_save_many(objects)
    if isinstance(field, WordsField):
        return lambda objects: field.stored_many(objects, connection)
    if isinstance(field, GeometryField):
        return lambda objects: list(field.stored_many(_held(objects, name), connection))
    if getattr(field, "derived", False):
        return lambda objects: [field.pre_save(one, False) for one in objects]  # noqa: FBT003
    target = getattr(field, "target_field", field)
    if target.get_internal_type() in _AS_THEY_ARE:
        return lambda objects: _held(objects, name)
    return lambda objects: _prepared(field, _held(objects, name))


def _held(objects: Sequence[Model], name: str) -> list[Any]:
    """The values of whole objects, past the descriptors that ask whether each is loaded."""
    return [one.__dict__[name] for one in objects]


def _prepared(field: Field[Any, Any], values: list[Any]) -> list[Any]:
    """Values that have their type already, as the database takes them."""
    here = connections[
        connection.alias
    ]  # the connection itself: asking the proxy each time costs as much again
    return [
        None if value is None else field.get_db_prep_value(value, here, prepared=True) for value in values
    ]
