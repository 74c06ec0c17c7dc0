"""How is a shape found by place? SQLite: an R*Tree, or a plain table of boxes, kept by triggers. PostGIS:
GiST.

All follows from the models: `GeometryField(spatial_index=True)` has an index of boxes, `CellField` a trigger
that keeps the cell. `install_indexes` creates what is missing after every migration and fills an index again
whose trigger had been lost, since rows may have slipped past it meanwhile.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.geo.fields import CellField, GeometryField
from qingshan.geo.postgis import CELL_FUNCTION
from qingshan.geo.triggers import (
    Trigger,
    drop_trigger,
    install_triggers,
    missing_triggers,
    present_triggers,
)


@dataclass(frozen=True)
class SpatialIndex:
    """The index of the boxes of one geometry column."""

    table: str
    key: str
    geom: str

    @property
    def boxes(self) -> str:
        """Name of the side table that holds the boxes on SQLite."""
        return f"{self.table}_{self.geom}_{'rtree' if has_rtree() else 'boxes'}"

    def triggers(self, connection: BaseDatabaseWrapper) -> list[Trigger]:
        """None on PostgreSQL, which keeps its own index."""
        if connection.vendor == "postgresql":
            return []
        boxes = self.boxes
        drop = f'DELETE FROM "{boxes}" WHERE id = OLD."{self.key}"'
        put = f'INSERT OR REPLACE INTO "{boxes}" (id, minx, maxx, miny, maxy) {self._corners("NEW.")}'
        moved = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in (self.geom, self.key))
        return [
            self._trigger(
                boxes, "insert", f'AFTER INSERT ON "{self.table}" WHEN NEW."{self.geom}" IS NOT NULL', put
            ),
            self._trigger(
                boxes,
                "update",
                f'AFTER UPDATE OF "{self.geom}", "{self.key}" ON "{self.table}" WHEN {moved}',
                f"{drop}; {put}",
            ),
            self._trigger(boxes, "delete", f'AFTER DELETE ON "{self.table}"', drop),
        ]

    def _trigger(self, boxes: str, act: str, when: str, what: str) -> Trigger:
        name = f"{boxes}_{act}"
        return Trigger(name, self.table, sqlite=f'CREATE TRIGGER "{name}" {when} BEGIN {what}; END')

    def _corners(self, row: str = "") -> str:
        geom = f'{row}"{self.geom}"'
        corners = ", ".join(f"{corner}({geom})" for corner in ("qs_minx", "qs_maxx", "qs_miny", "qs_maxy"))
        return f'SELECT {row}"{self.key}", {corners} WHERE qs_minx({geom}) IS NOT NULL'

    def create(self, cursor: Any, connection: BaseDatabaseWrapper) -> None:
        boxes = self.boxes
        if connection.vendor == "postgresql":
            name = f"{self.table}_{self.geom}_gist"
            cursor.execute(
                f'CREATE INDEX IF NOT EXISTS "{name}" ON "{self.table}" USING gist ("{self.geom}")'
            )
        elif has_rtree():
            cursor.execute(
                f'CREATE VIRTUAL TABLE IF NOT EXISTS "{boxes}" USING rtree(id, minx, maxx, miny, maxy)'
            )
        else:
            cursor.execute(
                f'CREATE TABLE IF NOT EXISTS "{boxes}" (id INTEGER PRIMARY KEY,'
                " minx REAL NOT NULL, maxx REAL NOT NULL, miny REAL NOT NULL, maxy REAL NOT NULL)"
            )
            cursor.execute(f'CREATE INDEX IF NOT EXISTS "{boxes}_x" ON "{boxes}" (minx, maxx, miny, maxy)')

    def refill(self, cursor: Any, connection: BaseDatabaseWrapper) -> None:
        if connection.vendor == "postgresql":
            return
        boxes = self.boxes
        rows = self._corners().replace(" WHERE ", f' FROM "{self.table}" WHERE ')
        cursor.execute(f'DELETE FROM "{boxes}"')
        cursor.execute(f'INSERT INTO "{boxes}" (id, minx, maxx, miny, maxy) {rows}')


@dataclass(frozen=True)
class CellColumn:
    """A column that holds the cell of a geometry column."""

    table: str
    key: str
    geom: str
    cell: str

    def triggers(self, connection: BaseDatabaseWrapper) -> list[Trigger]:
        return self._postgresql() if connection.vendor == "postgresql" else self._sqlite()

    def _sqlite(self) -> list[Trigger]:
        # Django writes the right cell itself (CellField.pre_save), so these rarely have anything to do
        wrong = f'NEW."{self.cell}" IS NOT qs_cell(NEW."{self.geom}")'
        put = (
            f'UPDATE "{self.table}" SET "{self.cell}" = qs_cell(NEW."{self.geom}")'
            f' WHERE "{self.key}" = NEW."{self.key}"'
        )
        triggers = []
        for act, when in (
            ("insert", "AFTER INSERT"),
            ("update", f'AFTER UPDATE OF "{self.geom}", "{self.cell}"'),
        ):
            name = f"{self.table}_{self.cell}_qscell_{act}"
            text = f'CREATE TRIGGER "{name}" {when} ON "{self.table}" WHEN {wrong} BEGIN {put}; END'
            triggers.append(Trigger(name, self.table, sqlite=text))
        return triggers

    def _postgresql(self) -> list[Trigger]:
        name = f"{self.table}_{self.cell}_qscell"
        text = f"""
CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW."{self.cell}" := qs_cell(NEW."{self.geom}"); RETURN NEW; END $$;
CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE OF "{self.geom}", "{self.cell}" ON "{self.table}"
FOR EACH ROW EXECUTE FUNCTION "{name}"()"""
        return [Trigger(name, self.table, postgresql=CELL_FUNCTION + text)]

    def create(self, cursor: Any, connection: BaseDatabaseWrapper) -> None:
        """The column is Django's, and its index the model's."""

    def refill(self, cursor: Any, connection: BaseDatabaseWrapper) -> None:
        differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
        right = f'qs_cell("{self.geom}")'
        cursor.execute(
            f'UPDATE "{self.table}" SET "{self.cell}" = {right} WHERE "{self.cell}" {differs} {right}'
        )


class Kept(Protocol):
    """Something beside a table that triggers keep: an index, a derived column."""

    @property
    def table(self) -> str: ...

    def triggers(self, connection: BaseDatabaseWrapper) -> list[Trigger]: ...

    def create(self, cursor: Any, connection: BaseDatabaseWrapper) -> None: ...

    def refill(self, cursor: Any, connection: BaseDatabaseWrapper) -> None: ...


_MORE: list[Callable[[], Iterator[Kept]]] = []


def keep_more(source: Callable[[], Iterator[Kept]]) -> None:
    """Another room has something to be kept in the same way."""
    if source not in _MORE:
        _MORE.append(source)


def kept() -> Iterator[Kept]:
    """Everything that has to be kept beside the tables of the models that are loaded."""
    yield from _beside_shapes()
    for source in _MORE:
        yield from source()


def _beside_shapes() -> Iterator[SpatialIndex | CellColumn]:
    for model in apps.get_models(include_auto_created=True):
        key = model._meta.pk
        if model._meta.proxy or model._meta.swapped or key is None:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, GeometryField) and field.spatial_index:
                yield SpatialIndex(model._meta.db_table, column_of(key), column_of(field))
            elif isinstance(field, CellField) and (geom := field.geometry_field()):
                columns = (column_of(part) for part in (key, geom, field))
                yield CellColumn(model._meta.db_table, *columns)


def column_of(field: models.Field[Any, Any]) -> str:
    """The name of a field's column."""
    return str(field.get_attname_column()[1])


def has_rtree() -> bool:
    """Was this SQLite built with the R*Tree? GEO_WITHOUT_RTREE = True makes us live without it."""
    return built_with("rtree") and not getattr(settings, "GEO_WITHOUT_RTREE", False)


@cache
def built_with(module: str) -> bool:
    """Was this SQLite built with the module?"""
    with closing(sqlite3.connect(":memory:")) as raw:
        found = raw.execute("SELECT 1 FROM pragma_module_list WHERE name = ?", [module])
        return found.fetchone() is not None


def index_triggers(connection: BaseDatabaseWrapper) -> Iterable[Trigger]:
    """The triggers of everything that is kept."""
    return [trigger for one in kept() for trigger in one.triggers(connection)]


def install_indexes(connection: BaseDatabaseWrapper) -> list[str]:
    """Create missing indexes and all missing triggers; fill every index again that had lost a trigger.

    Returns the names of the triggers that had to be created. Safe to repeat.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        lost = set(missing_triggers(connection))
        here = [one for one in kept() if one.table in tables]
        stale = [one for one in here if any(trigger.name in lost for trigger in one.triggers(connection))]
        _drop_leftovers(connection, tables={one.table for one in here})
        for one in here:
            one.create(cursor, connection)
        installed = install_triggers(connection)
        for one in stale:
            one.refill(cursor, connection)
    return installed


_OURS = re.compile(
    r"_(?:rtree|boxes)_(?:insert|update|delete)$|_(?:qscell|qswords)(?:_insert|_update|_delete)?$"
)


def _drop_leftovers(connection: BaseDatabaseWrapper, *, tables: set[str]) -> None:
    """Triggers of ours that nobody declares any more: of a renamed table or column, or of the other index."""
    declared = {trigger.name for trigger in index_triggers(connection)}
    for table, name in present_triggers(connection):
        if table in tables and _OURS.search(name) and name not in declared:
            drop_trigger(connection, name=name, table=table)
