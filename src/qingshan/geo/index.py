"""How is a shape found by place? SQLite: an R*Tree, or a plain table of boxes, kept by triggers. PostGIS: GiST.

The index follows from the model: `GeometryField(spatial_index=True)`. `install_indexes` creates what is missing after
every migration and refills an index whose trigger had been lost, since rows may have slipped past it meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from qingshan.geo.fields import GeometryField
from qingshan.geo.triggers import Trigger, install_triggers, missing_triggers


@dataclass(frozen=True)
class SpatialIndex:
    """The index of one geometry column."""

    table: str
    key: str
    column: str

    def boxes(self, connection: BaseDatabaseWrapper) -> str:
        """Name of the side table that holds the boxes on SQLite."""
        return f"{self.table}_{self.column}_{'rtree' if has_rtree(connection) else 'boxes'}"


def indexes() -> Iterator[SpatialIndex]:
    """One for each indexed geometry column of the models that are loaded."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or model._meta.swapped:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, GeometryField) and field.spatial_index and model._meta.pk:
                yield SpatialIndex(model._meta.db_table, model._meta.pk.column, field.column)


def has_rtree(connection: BaseDatabaseWrapper) -> bool:
    """Was this SQLite built with the R*Tree? GEO_WITHOUT_RTREE = True makes us live without it."""
    if getattr(settings, "GEO_WITHOUT_RTREE", False):
        return False
    if not hasattr(connection, "_qingshan_rtree"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'rtree')")
            connection._qingshan_rtree = bool(cursor.fetchone()[0])
    return bool(connection._qingshan_rtree)


def index_triggers(connection: BaseDatabaseWrapper) -> Iterable[Trigger]:
    """The triggers that keep the side tables on SQLite; PostgreSQL keeps its own index."""
    return (
        []
        if connection.vendor == "postgresql"
        else [t for index in indexes() for t in _sqlite_triggers(index, connection)]
    )


def _sqlite_triggers(index: SpatialIndex, connection: BaseDatabaseWrapper) -> Iterator[Trigger]:
    boxes = index.boxes(connection)
    key, geom = f'"{index.key}"', f'"{index.column}"'
    put = (
        f'INSERT OR REPLACE INTO "{boxes}" (id, minx, maxx, miny, maxy)'
        f" SELECT NEW.{key}, qs_minx(NEW.{geom}), qs_maxx(NEW.{geom}), qs_miny(NEW.{geom}), qs_maxy(NEW.{geom})"
        f" WHERE qs_minx(NEW.{geom}) IS NOT NULL"
    )
    drop = f'DELETE FROM "{boxes}" WHERE id = OLD.{key}'
    table = f'"{index.table}"'
    for act, when, what in (
        ("insert", f"AFTER INSERT ON {table} WHEN NEW.{geom} IS NOT NULL", put),
        (
            "update",
            f"AFTER UPDATE OF {geom}, {key} ON {table}"
            f" WHEN OLD.{geom} IS NOT NEW.{geom} OR OLD.{key} IS NOT NEW.{key}",
            f"{drop}; {put}",
        ),
        ("delete", f"AFTER DELETE ON {table}", drop),
    ):
        name = f"{boxes}_{act}"
        yield Trigger(name, index.table, sqlite=f'CREATE TRIGGER "{name}" {when} BEGIN {what}; END')


def install_indexes(connection: BaseDatabaseWrapper) -> list[str]:
    """Create missing indexes and triggers; refill every index that was created or had lost a trigger."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        present = [index for index in indexes() if index.table in tables]
        if connection.vendor == "postgresql":
            for index in present:
                _create_gist(cursor, index)
            return install_triggers(connection)
        lost = set(missing_triggers(connection))
        stale = [
            index for index in present if any(t.name in lost for t in _sqlite_triggers(index, connection))
        ]
        for index in stale:
            _create_boxes(cursor, index, connection)
        installed = install_triggers(connection)
        for index in stale:
            _refill(cursor, index, connection)
    return installed


def _create_gist(cursor: Any, index: SpatialIndex) -> None:
    name = f"{index.table}_{index.column}_gist"
    cursor.execute(f'CREATE INDEX IF NOT EXISTS "{name}" ON "{index.table}" USING gist ("{index.column}")')


def _create_boxes(cursor: Any, index: SpatialIndex, connection: BaseDatabaseWrapper) -> None:
    boxes = index.boxes(connection)
    if has_rtree(connection):
        cursor.execute(
            f'CREATE VIRTUAL TABLE IF NOT EXISTS "{boxes}" USING rtree(id, minx, maxx, miny, maxy)'
        )
        return
    cursor.execute(
        f'CREATE TABLE IF NOT EXISTS "{boxes}" (id INTEGER PRIMARY KEY,'
        " minx REAL NOT NULL, maxx REAL NOT NULL, miny REAL NOT NULL, maxy REAL NOT NULL)"
    )
    cursor.execute(f'CREATE INDEX IF NOT EXISTS "{boxes}_x" ON "{boxes}" (minx, maxx, miny, maxy)')


def _refill(cursor: Any, index: SpatialIndex, connection: BaseDatabaseWrapper) -> None:
    boxes = index.boxes(connection)
    cursor.execute(f'DELETE FROM "{boxes}"')
    cursor.execute(
        f'INSERT INTO "{boxes}" (id, minx, maxx, miny, maxy) SELECT "{index.key}", qs_minx("{index.column}"),'
        f' qs_maxx("{index.column}"), qs_miny("{index.column}"), qs_maxy("{index.column}") FROM "{index.table}"'
        f' WHERE qs_minx("{index.column}") IS NOT NULL'
    )
