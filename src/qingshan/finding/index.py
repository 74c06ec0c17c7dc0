"""Where are the words of a table kept, so that a word is found among a million rows? Two indexes, one per
database.

SQLite: an FTS5 table without content, `<table>_<column>`, kept by triggers. The key of its rows is the place
of the object in the ledger, so that the words of one region, in the order of the list, from any mark on, are
one walk along it. The walk goes backwards: what is added to a region gets a higher key than all before it there,
and FTS5 adds ten times as fast in the order of its keys. PostgreSQL: GIN over the pieces in the row itself.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.finding.fields import BEFORE_PIECES, WordsField, as_stored, names_in_json
from qingshan.finding.postgresql import fill_readings, functions
from qingshan.finding.words import EDITION, tokens_of, words_of
from qingshan.geo.index import built_with, column_of
from qingshan.geo.triggers import Trigger, drop_trigger, install_triggers

ROOM = 9_223_372
"""Objects that SQLite can keep in the order of the ledger: twelve digits of region leave so many keys."""
LAST_REGION = 10**12 - 1
_SIGNS = "".join(sorted(set(string.punctuation) - set("'\"")))
"""Marks that are letters to FTS5; straight quotes stand in no line."""


def has_fts5() -> bool:
    """Was this SQLite built with FTS5? FINDING_WITHOUT_FTS5 = True makes us live without it."""
    return built_with("fts5") and not getattr(settings, "FINDING_WITHOUT_FTS5", False)


def place_of(region_id: int, pk: int) -> int:
    """Where an object stands, from the end of the ledger: it goes by region, the newest first."""
    return (LAST_REGION - region_id) * ROOM + pk


@dataclass(frozen=True)
class WordIndex:
    """The words of one table."""

    table: str
    key: str
    region: str
    column: str
    names: tuple[str, ...]
    lists: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The columns from which the words are made."""
        return (*self.names, *self.lists, *self.numbers)

    @property
    def fts(self) -> str:
        return f"{self.table}_{self.column}"

    def triggers(self, connection: BaseDatabaseWrapper) -> list[Trigger]:
        if connection.vendor == "postgresql":
            return [self._written_by_postgresql()]
        return [*self._written_by_sqlite(), *(self._indexed_by_sqlite() if has_fts5() else ())]

    # --- the column -------------------------------------------------------------------------------------------

    def _written_by_postgresql(self) -> Trigger:
        name = f"{self.fts}_qswords"
        changed = " OR ".join(f'NEW."{one}" IS DISTINCT FROM OLD."{one}"' for one in self.sources)
        named, numbered = (
            f"ARRAY[{', '.join(f'NEW.{one}' for one in some)}]::text[]"
            for some in (_quoted(self.names), _quoted(self.numbers))
        )
        named += "".join(f" || qs_listed(NEW.{one})" for one in _quoted(self.lists))
        text = f"""-- words {EDITION}
{functions()}
CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW."{self.column}" IS NULL OR (TG_OP = 'UPDATE' AND ({changed})
      AND NEW."{self.column}" IS NOT DISTINCT FROM OLD."{self.column}") THEN
    NEW."{self.column}" := qs_words({named}, {numbered});
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE OF {", ".join(_quoted([*self.sources, self.column]))}
ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()"""
        return Trigger(name, self.table, postgresql=text)

    def _right(self, row: str = "") -> str:
        """What the column ought to hold, for SQLite."""
        said = [f"{row}{one}" for one in _quoted(self.sources)]
        return f"qs_words({len(self.names)}, {len(self.lists)}, {', '.join(said)})"

    def _written_by_sqlite(self) -> list[Trigger]:
        """Without FTS5; with it the triggers of the index write the column too."""
        return [] if has_fts5() else [self._trigger("insert"), self._trigger("update")]

    def _indexed_by_sqlite(self) -> list[Trigger]:
        return [self._trigger(act) for act in ("insert", "update", "delete")]

    def _trigger(self, act: str) -> Trigger:
        name = f"{self.fts}_qswords_{act}"
        watched = ", ".join(_quoted([*self.sources, self.column, self.region, self.key]))
        when = {"insert": "INSERT", "update": f"UPDATE OF {watched}", "delete": "DELETE"}[act]
        steps = "; ".join(self._steps(act))
        asked = f" WHEN {self._moved()}" if act == "update" else ""
        text = f'CREATE TRIGGER "{name}" AFTER {when} ON "{self.table}"{asked} BEGIN /* words {EDITION} */ {steps}; END'
        return Trigger(name, self.table, sqlite=text)

    def _moved(self) -> str:
        kept = " OR ".join(
            f"OLD.{one} IS NOT NEW.{one}" for one in _quoted([self.column, self.region, self.key])
        )
        return f'{kept} OR NEW."{self.column}" IS NOT {self._right("NEW.")}'

    def _steps(self, act: str) -> Iterator[str]:
        """The index has a row for every object whose column is filled, by what the column held."""
        column, right = _quoted([self.column])[0], self._right("NEW.")
        if has_fts5() and act != "insert":
            yield (
                f'INSERT INTO "{self.fts}" ("{self.fts}", rowid, pieces) SELECT \'delete\','
                f" {self._place('OLD.')}, qs_pieces(OLD.{column}) WHERE OLD.{column} IS NOT NULL"
            )
        if has_fts5() and act != "delete":
            put = f"NEW.{column}" if act == "insert" else right
            yield (
                f'INSERT INTO "{self.fts}" (rowid, pieces)'
                f" SELECT {self._place('NEW.')}, qs_pieces({put}) WHERE {put} IS NOT NULL"
            )
        if act != "delete":
            yield (
                f'UPDATE "{self.table}" SET {column} = {right}'
                f' WHERE "{self.key}" = NEW."{self.key}" AND {column} IS NOT {right}'
            )

    def _place(self, row: str = "") -> str:
        return f'({LAST_REGION} - {row}"{self.region}") * {ROOM} + {row}"{self.key}"'

    # --- the index --------------------------------------------------------------------------------------------

    def create(self, cursor: Any, connection: BaseDatabaseWrapper) -> None:
        if connection.vendor == "postgresql":
            fill_readings(cursor)
            cursor.execute(
                f'CREATE INDEX IF NOT EXISTS "{self.fts}_gin" ON "{self.table}" USING gin (({self.pieces()}))'
            )
        elif has_fts5():
            cursor.execute(
                f'CREATE VIRTUAL TABLE IF NOT EXISTS "{self.fts}"'
                f" USING fts5(pieces, content='', detail=none, tokenize=\"ascii tokenchars '{_SIGNS}'\")"
            )

    def pieces(self, table: str = "") -> str:
        """The pieces of a row as an array, as PostgreSQL indexes them."""
        column = f'"{table}"."{self.column}"' if table else f'"{self.column}"'
        return f"string_to_array(split_part({column}, E'\\n\\t', 2), ' ')"

    def refill(self, cursor: Any, connection: BaseDatabaseWrapper) -> None:
        """Write every row's words anew, and the index from them."""
        for one in self.triggers(connection):
            drop_trigger(connection, name=one.name, table=self.table)
        for rows in self._rows(connection):
            wrong = [(right, key) for key, held, right in rows if held != right]
            cursor.executemany(
                f'UPDATE "{self.table}" SET "{self.column}" = %s WHERE "{self.key}" = %s', wrong
            )
        if connection.vendor == "sqlite" and has_fts5():
            cursor.execute(f'INSERT INTO "{self.fts}" ("{self.fts}") VALUES (\'delete-all\')')
            cursor.execute(
                f'INSERT INTO "{self.fts}" (rowid, pieces)'
                f' SELECT {self._place()}, qs_pieces("{self.column}") FROM "{self.table}"'
            )
        install_triggers(connection)

    def _rows(self, connection: BaseDatabaseWrapper) -> Iterator[list[tuple[int, str | None, str]]]:
        """Key, what the column holds and what it ought to hold, some thousand rows at a time."""
        columns = ", ".join(_quoted([self.key, self.column, *self.sources]))
        ask = f'SELECT {columns} FROM "{self.table}" WHERE "{self.key}" > %s ORDER BY "{self.key}" LIMIT {AT_ONCE}'
        last = -1
        with connection.cursor() as cursor:
            while True:
                cursor.execute(ask, [last])
                rows = cursor.fetchall()
                if not rows:
                    return
                last = rows[-1][0]
                yield [(key, held, self._words(said, connection)) for key, held, *said in rows]

    def _words(self, said: list[str | None], connection: BaseDatabaseWrapper) -> str:
        return as_stored(_words(len(self.names), len(self.lists), *said), connection)

    def wrong(self, connection: BaseDatabaseWrapper) -> list[int]:
        """Keys of the rows whose words are not what they ought to be."""
        return [
            key
            for rows in self._rows(connection)
            for key, held, right in rows
            if _in_any_order(held) != _in_any_order(right)
        ]

    def strayed(self, cursor: Any, connection: BaseDatabaseWrapper) -> int:
        """How many rows the index of SQLite holds too much or too little."""
        if connection.vendor != "sqlite" or not has_fts5():
            return 0
        here, there = f'SELECT {self._place()} FROM "{self.table}"', f'SELECT id FROM "{self.fts}_docsize"'
        cursor.execute(
            f"SELECT (SELECT count(*) FROM ({here} EXCEPT {there}))"
            f" + (SELECT count(*) FROM ({there} EXCEPT {here}))"
        )
        return int(cursor.fetchone()[0])


AT_ONCE = 5_000


def _in_any_order(stored: str | None) -> tuple[str, frozenset[str]]:
    """Lines, and pieces as the set that they are."""
    lines, _between, pieces = (stored or "").partition(BEFORE_PIECES)
    return lines, frozenset(pieces.split(" "))


def _quoted(columns: Sequence[str]) -> list[str]:
    return [f'"{column}"' for column in columns]


def indexes() -> Iterator[WordIndex]:
    """One for every model with a `WordsField`."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if isinstance(field, WordsField):
                    yield index_of(model)


def index_of(model: Any) -> WordIndex:
    """The index of a model that is found by words."""
    meta = model._meta
    fields = {one.name: one for one in meta.local_concrete_fields}

    def column(name: str) -> str:
        return column_of(fields[name])

    (field,) = (one for one in meta.local_concrete_fields if isinstance(one, WordsField))
    columns = (column_of(meta.pk), column("region"), column_of(field))
    sources = (tuple(column(name) for name in some) for some in (field.names, field.lists, field.numbers))
    return WordIndex(meta.db_table, *columns, *sources)


def teach(connection: BaseDatabaseWrapper) -> None:
    """Give a new SQLite connection the functions that its triggers call."""
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_function("qs_words", -1, _words, deterministic=True)
    raw.create_function("qs_pieces", 1, tokens_of, deterministic=True)


def _words(names: int, lists: int, *said: Any) -> str:
    """The words of column values: so many names, so many lists of names, and numbers."""
    numbers = names + lists
    return words_of((*said[:names], *names_in_json(said[names:numbers])), said[numbers:])
