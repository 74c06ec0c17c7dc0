"""Are the declared triggers there after Django has rebuilt a table, and is the index right?"""

from __future__ import annotations

import pytest
import shapely
from django.db import connection, models

from qingshan.geo import triggers
from qingshan.geo.index import install_indexes
from qingshan.geo.tests.parcels import Parcel
from qingshan.geo.triggers import declare_trigger, install_triggers, missing_triggers

pytestmark = pytest.mark.django_db(transaction=True)
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


@pytest.fixture
def refusing(monkeypatch):
    monkeypatch.setattr(triggers, "_DECLARED", dict(triggers._DECLARED))
    declare_trigger("geo_test_refuse", "geo_test_parcel", sqlite=REFUSE_SQLITE, postgresql=REFUSE_POSTGRESQL)
    yield
    with connection.cursor() as cursor:
        on = " ON geo_test_parcel" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS geo_test_refuse{on}")


def rebuild_table():
    with connection.schema_editor() as editor:
        editor._remake_table(Parcel)


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


@sqlite_only
def test_rebuilding_a_table_loses_the_triggers_and_installing_brings_them_and_the_index_back():
    rebuild_table()
    assert set(missing_triggers(connection)) == {
        f"geo_test_parcel_geom_rtree_{act}" for act in ("insert", "update", "delete")
    }
    Parcel.objects.create(geom=shapely.Point(122, 33))  # slips past the index
    install_indexes(connection)
    assert missing_triggers(connection) == []
    assert Parcel.objects.filter(geom__bbox=(121, 32, 123, 34)).count() == 1


@sqlite_only
def test_a_migration_that_alters_a_table_leaves_the_index_working():
    Parcel.objects.create(geom=shapely.Point(122, 33))
    field = Parcel._meta.get_field("name")
    longer = models.CharField(max_length=80, default="")
    longer.set_attributes_from_name("name")
    with connection.schema_editor() as editor:
        editor.alter_field(Parcel, field, longer)
    install_indexes(connection)
    Parcel.objects.create(geom=shapely.Point(122.5, 33))
    assert missing_triggers(connection) == []
    assert Parcel.objects.filter(geom__bbox=(121, 32, 123, 34)).count() == 2
