"""Are the declared triggers there after Django has rebuilt a table, and is the index right?"""

from __future__ import annotations

import pytest
import shapely
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, models

from qingshan.geo import triggers
from qingshan.geo.index import install_indexes
from qingshan.geo.tests.parcels import Parcel
from qingshan.geo.triggers import (
    declare_trigger,
    declared_triggers,
    install_triggers,
    missing_triggers,
    present_triggers,
)

pytestmark = pytest.mark.usefixtures("committed_db")
sqlite_only = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="SQLite rebuilds tables, PostgreSQL does not"
)

REFUSE_SQLITE = (
    "CREATE TRIGGER geo_test_refuse BEFORE DELETE ON geo_test_parcel"
    " BEGIN SELECT RAISE(ABORT, 'parcels stay'); END"
)
REFUSE_POSTGRESQL = """
CREATE OR REPLACE FUNCTION geo_test_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'parcels stay'; END $$;
CREATE TRIGGER geo_test_refuse BEFORE DELETE ON geo_test_parcel FOR EACH ROW EXECUTE FUNCTION
geo_test_refuse();
"""


LEFTOVER_SQLITE = (
    "CREATE TRIGGER geo_test_old_geom_rtree_insert AFTER INSERT ON geo_test_parcel BEGIN SELECT 1; END"
)
LEFTOVER_POSTGRESQL = """
CREATE OR REPLACE FUNCTION geo_test_old() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER geo_test_old_cell_qscell BEFORE INSERT ON geo_test_parcel
FOR EACH ROW EXECUTE FUNCTION geo_test_old();
"""


@pytest.fixture
def refusing(monkeypatch):
    monkeypatch.setattr(triggers, "_DECLARED", dict(triggers._DECLARED))
    declare_trigger("geo_test_refuse", "geo_test_parcel", sqlite=REFUSE_SQLITE, postgresql=REFUSE_POSTGRESQL)
    yield
    with connection.cursor() as cursor:
        on = " ON geo_test_parcel" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS geo_test_refuse{on}")


def test_a_declared_trigger_is_missing_until_it_is_installed(refusing):
    assert missing_triggers(connection) == ["geo_test_refuse"]
    assert install_triggers(connection) == ["geo_test_refuse"]
    assert missing_triggers(connection) == []
    Parcel.objects.create()
    with pytest.raises(Exception, match="parcels stay"):
        Parcel.objects.all().delete()


def test_installing_twice_changes_nothing(refusing):
    install_triggers(connection)
    assert install_triggers(connection) == []


def test_the_same_name_with_another_text_is_a_mistake(refusing):
    with pytest.raises(ValueError, match="geo_test_refuse"):
        declare_trigger("geo_test_refuse", "geo_test_parcel", sqlite="CREATE TRIGGER other")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch a trigger off")
def test_a_trigger_that_is_switched_off_counts_as_missing(refusing):
    install_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE geo_test_parcel DISABLE TRIGGER geo_test_refuse")
    assert missing_triggers(connection) == ["geo_test_refuse"]
    assert install_triggers(connection) == ["geo_test_refuse"]


def test_a_trigger_of_a_table_that_does_not_exist_is_not_asked_for(monkeypatch):
    monkeypatch.setattr(triggers, "_DECLARED", dict(triggers._DECLARED))
    declare_trigger(
        "nowhere", "no_such_table", sqlite="CREATE TRIGGER nowhere", postgresql="CREATE TRIGGER nowhere"
    )
    assert missing_triggers(connection) == []


def after_migrations():
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


@sqlite_only
def test_rebuilding_a_table_loses_the_triggers_and_the_end_of_migrations_brings_all_back():
    with connection.schema_editor() as editor:
        editor._remake_table(Parcel)
    assert set(missing_triggers(connection)) == {
        f"geo_test_parcel_geom_rtree_{act}" for act in ("insert", "update", "delete")
    }
    Parcel.objects.create(geom=shapely.Point(122, 33))  # slips past the index
    after_migrations()
    assert missing_triggers(connection) == []
    assert Parcel.objects.filter(geom__bbox=(121, 32, 123, 34)).count() == 1


def test_after_a_migration_that_alters_a_table_the_catalogue_is_the_declared_list():
    Parcel.objects.create(geom=shapely.Point(122, 33))
    field = Parcel._meta.get_field("name")
    longer = models.CharField(max_length=80, default="")
    longer.set_attributes_from_name("name")
    with connection.schema_editor() as editor:
        editor.alter_field(Parcel, field, longer)
    after_migrations()
    Parcel.objects.create(geom=shapely.Point(122.5, 33))
    declared = {(one.table, one.name) for one in declared_triggers(connection)}
    assert {key for key in present_triggers(connection) if key[0].startswith("geo_test")} == {
        key for key in declared if key[0].startswith("geo_test")
    }
    assert Parcel.objects.filter(geom__bbox=(121, 32, 123, 34)).count() == 2


def test_triggers_that_nobody_declares_any_more_are_dropped():
    with connection.cursor() as cursor:
        cursor.execute(LEFTOVER_POSTGRESQL if connection.vendor == "postgresql" else LEFTOVER_SQLITE)
    after_migrations()
    assert not [name for _, name in present_triggers(connection) if name.startswith("geo_test_old")]


@sqlite_only
def test_without_rtree_a_plain_table_of_boxes_finds_the_same(settings):
    Parcel.objects.create(name="before", geom=shapely.Point(122, 33))
    settings.GEO_WITHOUT_RTREE = True
    install_indexes(connection)
    Parcel.objects.create(name="after", geom=shapely.Point(122.5, 33))
    inside = Parcel.objects.filter(geom__bbox=(121, 32, 123, 34)).order_by("name")
    assert "geo_test_parcel_geom_boxes" in str(inside.query)
    assert [parcel.name for parcel in inside] == ["after", "before"]
    assert inside.filter(geom__intersects=shapely.box(122.4, 32, 123, 34)).count() == 1
    inside.filter(name="after").update(geom=shapely.Point(100, 20))
    Parcel.objects.filter(name="before").delete()
    assert inside.all().count() == 0
    assert not [name for _, name in present_triggers(connection) if name.endswith("_rtree_insert")]
