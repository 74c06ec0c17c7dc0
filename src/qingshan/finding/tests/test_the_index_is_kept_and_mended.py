"""Do rows that came past Django hold the same words, is a strayed index noticed, and is it mended?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis.extra.django import TestCase

from qingshan.finding.index import has_fts5, index_of
from qingshan.finding.mending import mend, strayed
from qingshan.finding.tests.pits import Pit
from qingshan.finding.tests.test_any_part_is_found import found, pit, texts
from qingshan.geo.triggers import drop_trigger, missing_triggers

pytestmark = pytest.mark.django_db


def by_hand(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


class SameWords(TestCase):
    """Hypothesis needs a transaction for each example."""

    @given(texts, texts, texts)
    def test_a_row_by_sql_has_the_words_that_the_program_would_write(
        self, name: str, formerly: str, key: str
    ) -> None:
        sql = "INSERT INTO finding_test_pit (name, former_names, key, region) VALUES (%s, %s, %s, 1)"
        by_hand(sql, name, json.dumps([formerly, 1, name, "重阳"]), key)
        assert index_of(Pit).wrong(connection) == []
        by_hand("UPDATE finding_test_pit SET name = %s", formerly)
        assert index_of(Pit).wrong(connection) == []


def without_triggers() -> None:
    for one in index_of(Pit).triggers(connection):
        drop_trigger(connection, name=one.name, table="finding_test_pit")


def test_words_that_were_written_past_the_triggers_are_named_and_mended() -> None:
    pit("老虎沟铁矿")
    assert strayed() == {}
    without_triggers()
    by_hand("UPDATE finding_test_pit SET words = 'x', name = '白石矿'")
    assert strayed() == {"finding_test_pit": 1}
    assert mend() == {"finding_test_pit": 1}
    assert strayed() == {}
    assert missing_triggers(connection) == []
    assert found("bsk") == found("白石") == ["白石矿"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps its own index")
def test_an_index_with_rows_of_nobody_is_named_and_mended() -> None:
    if not has_fts5():
        pytest.skip("this SQLite has no FTS5")
    gone = pit("老虎沟铁矿")
    pit("白石矿")
    without_triggers()
    gone.delete()
    assert strayed() == {"finding_test_pit": 1}
    mend()
    assert strayed() == {}
    assert found("矿") == ["白石矿"]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite may lack FTS5")
def test_without_fts5_the_same_is_found(settings: Any) -> None:
    with connection.cursor() as cursor:
        without_triggers()
        settings.FINDING_WITHOUT_FTS5 = True
        index_of(Pit).refill(cursor, connection)
    pit("老虎沟重矿", "M-001")
    Pit.objects.update(name="白石重矿")
    assert found("bszk") == found("石重") == found("m-0") == ["白石重矿"]
    assert found("老虎") == []
    assert index_of(Pit).wrong(connection) == []
    settings.FINDING_WITHOUT_FTS5 = False
    assert missing_triggers(connection) != []
    mend()
