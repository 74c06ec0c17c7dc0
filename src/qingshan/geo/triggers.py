"""Which triggers must every database have, and are they there?

Django rebuilds a SQLite table to alter it, and the triggers of the old table vanish without a word. So rooms
declare their triggers here; after every migration the catalogue is compared with the declared list and made
equal to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Trigger:
    """One trigger of one table, as text for each database; an empty text means that database needs none.

    `sqlite` is one CREATE TRIGGER statement; `postgresql` may create or replace functions first and ends
    with the CREATE TRIGGER. Both must name the trigger `name`.
    """

    name: str
    table: str
    sqlite: str = ""
    postgresql: str = ""

    def text(self, connection: BaseDatabaseWrapper) -> str:
        return (self.postgresql if connection.vendor == "postgresql" else self.sqlite).strip().rstrip(";")


Source = Callable[[BaseDatabaseWrapper], Iterable[Trigger]]

_DECLARED: dict[str, Trigger] = {}
_SOURCES: list[Source] = []


def declare_trigger(name: str, table: str, *, sqlite: str = "", postgresql: str = "") -> None:
    """Every database of ours must have this trigger. The same name with another text raises ValueError."""
    trigger = Trigger(name, table, sqlite, postgresql)
    if _DECLARED.setdefault(name, trigger) != trigger:
        raise ValueError(f"trigger {name!r} is declared twice with different texts")


def declare_triggers_by(source: Source) -> None:
    """Triggers that follow from something else (the spatial indexes of all models), asked for when needed."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def declared_triggers(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """All triggers that this database must have, whether or not their tables exist yet."""
    from_sources = [trigger for source in _SOURCES for trigger in source(connection)]
    return [trigger for trigger in [*_DECLARED.values(), *from_sources] if trigger.text(connection)]


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of declared triggers that an existing table lacks, has switched off, or has with another text."""
    return [trigger.name for trigger in _lacking(connection)]


def install_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Make the catalogue equal to the declared list; the names of what had to be created. Safe to repeat."""
    lacking = _lacking(connection)
    with connection.cursor() as cursor:
        for trigger in lacking:
            _create(connection, cursor, trigger)
    return [trigger.name for trigger in lacking]


def _lacking(connection: BaseDatabaseWrapper) -> list[Trigger]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    present = present_triggers(connection)
    wanted = [trigger for trigger in declared_triggers(connection) if trigger.table in tables]
    return [one for one in wanted if present.get((one.table, one.name)) != _mark(connection, one)]


def present_triggers(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    """The catalogue: for (table, name) the text on SQLite, our comment on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTGRESQL_CATALOGUE if connection.vendor == "postgresql" else _SQLITE_CATALOGUE)
        return {(table, name): text for table, name, text in cursor.fetchall()}


def drop_trigger(connection: BaseDatabaseWrapper, *, name: str, table: str) -> None:
    """Remove one trigger, where it exists."""
    quote = connection.ops.quote_name
    of_table = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {quote(name)}{of_table}")


def _mark(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    """What the catalogue shows of a trigger that is as declared: its text, or on PostgreSQL its comment."""
    text = trigger.text(connection)
    if connection.vendor != "postgresql":
        return text
    return "qingshan " + hashlib.sha256(text.encode()).hexdigest()


def _create(connection: BaseDatabaseWrapper, cursor: Any, trigger: Trigger) -> None:
    drop_trigger(connection, name=trigger.name, table=trigger.table)
    cursor.execute(trigger.text(connection))
    if connection.vendor == "postgresql":
        # the catalogue keeps no source text: the comment says which text made this trigger
        quote = connection.ops.quote_name
        on_table = f"{quote(trigger.name)} ON {quote(trigger.table)}"
        cursor.execute(f"COMMENT ON TRIGGER {on_table} IS '{_mark(connection, trigger)}'")


_SQLITE_CATALOGUE = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"

# a trigger that somebody switched off (tgenabled 'D') is as bad as none
_POSTGRESQL_CATALOGUE = """
SELECT c.relname, t.tgname,
       CASE WHEN t.tgenabled = 'D' THEN 'switched off' ELSE obj_description(t.oid, 'pg_trigger') END
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND n.nspname = ANY (current_schemas(false))
"""
