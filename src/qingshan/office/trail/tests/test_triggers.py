"""The database itself refuses to change what was recorded, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, models, transaction

from qingshan.geo.triggers import install_triggers, missing_triggers
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.office.trail.models import Checkpoint, Entry, Subject, Subtree
from qingshan.office.trail.tests.factories import NOON, create
from qingshan.office.trail.tree import keep_subtrees

MODELS = [Entry, Subject, Checkpoint, Subtree]
POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def a_trail(db, monkeypatch):
    from qingshan.office.trail import tree

    monkeypatch.setattr(tree, "STEP", 1)
    monkeypatch.setattr(tree, "WIDTH", 2)
    create("坑口")
    sign_checkpoint(now=NOON)
    keep_subtrees(2)


def _refused(sql: str) -> None:
    with pytest.raises(DatabaseError, match="the trail only grows"), transaction.atomic():
        connection.cursor().execute(sql)


def _columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.generated]


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_changed(a_trail, model):
    assert model.objects.exists()
    for field in _columns(model):
        _refused(f"UPDATE {model._meta.db_table} SET {field.column} = {field.column}")


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_deleted(a_trail, model):
    _refused(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_replaced(a_trail, model):
    table = model._meta.db_table
    columns = ", ".join(field.column for field in _columns(model))
    if POSTGRESQL:
        target = ", ".join(field.column for field in model._meta.pk_fields)
        first = _columns(model)[-1].column
        conflict = f"ON CONFLICT ({target}) DO UPDATE SET {first} = excluded.{first}"
        _refused(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} {conflict}")
    else:
        _refused(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_truncated(a_trail, model):
    _refused(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_the_catalogue_holds_every_declared_trigger(db):
    assert missing_triggers(connection) == []


def test_a_table_rebuild_does_not_lose_them(committed_db):
    """Django alters a SQLite table by building another one; whoever does so installs the triggers again."""
    wider = models.CharField(max_length=90)
    wider.set_attributes_from_name("act")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, Entry._meta.get_field("act"), wider)
    if not POSTGRESQL:
        assert "trail_entry_no_update" in missing_triggers(connection)
    install_triggers(connection)
    assert missing_triggers(connection) == []
    create("坑口")
    _refused("UPDATE trail_entry SET act = 'x'")
