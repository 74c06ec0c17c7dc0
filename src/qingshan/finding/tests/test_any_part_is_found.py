"""Is everything found by any part of its name, its number and its pinyin, on either database?"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qingshan.finding import walk as walk_module
from qingshan.finding.held import FoundInMemory, Held
from qingshan.finding.readings import readings_of
from qingshan.finding.tests.pits import Pit
from qingshan.finding.walk import Asked, found_between, narrowed
from qingshan.finding.words import sought, sought_first, sought_whole

pytestmark = pytest.mark.django_db
WEST, EAST = 990101000000, 990102000000
EVERYWHERE = (0, 999999999999)


def pit(name: str = "", key: str | None = None, region: int = WEST, formerly: Any = None) -> Pit:
    return Pit.objects.create(name=name, key=key, region=region, former_names=formerly)


def found(text: str, asked: Any = sought, regions: tuple[int, int] = EVERYWHERE) -> list[str]:
    """Names, by the index; row by row there must be the same."""
    rows = Pit.objects.filter(region__gte=regions[0], region__lte=regions[1])
    walk = found_between(rows, asked(text), regions)
    by_index = (
        walk.cut(None, backwards=False, rows=99)
        if not isinstance(walk, QuerySet)
        else list(walk.order_by("region", "-id"))
    )
    one_by_one = list(narrowed(rows, asked(text)).order_by("region", "-id"))
    assert by_index == one_by_one
    if asked(text):
        assert in_memory(rows, asked(text)) == one_by_one
    return [row.name for row in by_index]


def in_memory(rows: QuerySet[Pit], asked: Asked) -> list[Pit]:
    """The same from words in memory; on from each row, and back from it, there must be what stands there."""
    held = FoundInMemory(rows, Held.of(rows.values_list("region", "pk", "words")), asked)
    everything = held.cut(None, backwards=False, rows=99)
    for number, row in enumerate(everything):
        mark = (row.region, row.pk)
        assert held.cut(mark, backwards=False, rows=2) == everything[number + 1 : number + 3]
        assert held.cut(mark, backwards=True, rows=2) == everything[max(0, number - 2) : number][::-1]
    assert set(held.whole()) == set(everything)
    assert sorted(held.keys(99)) == sorted(row.pk for row in everything)
    return everything


@pytest.mark.parametrize(
    "text",
    ["老", "虎沟", "老虎沟铁矿", "矿", "lhg", "hgt", "l", "lh", "laohugou", "hugoutie", "LaoHu", "laohug", "gou",
     "M-0", "m-001", "001", "0147", "Ｍ－００１", "沟 铁", "老虎 M-001", "m"],
)  # fmt: skip
def test_a_mine_is_found(text: str) -> None:
    pit("老虎沟铁矿", "M-00147")
    pit("青石采石场", "Q-2")
    assert found(text) == ["老虎沟铁矿"]


@pytest.mark.parametrize(
    "text", ["沟虎", "aohu", "01470", "00147 青", "虎铁", "kl", "%", "_", "^", ".*", "老虎沟铁矿1"]
)
def test_a_mine_is_not_found(text: str) -> None:
    pit("老虎沟铁矿", "M-00147")
    assert found(text) == []


def test_both_readings_of_a_character_are_found() -> None:
    pit("重阳石料厂")
    assert found("cysl") == found("zysl") == found("chongyang") == found("zhongyang") == ["重阳石料厂"]
    assert len(readings_of("重长重长重")) == 4


def test_what_it_was_called_before_is_found() -> None:
    pit("新矿", formerly=["老虎沟铁矿", "白石矿", 7])
    assert found("白石") == found("lhgtk") == found("xinkuang") == ["新矿"]


@pytest.mark.parametrize("sign", list("'\"\\%_^$.*+?()[]{}|=:;-/，。（）·&<>#@!~`"))
def test_a_sign_is_nothing_but_a_sign(sign: str) -> None:
    pit(f"甲{sign}乙", f"k{sign}1")
    pit("甲乙", "k1")
    assert found(sign) == found(f"甲{sign}") == found(f"甲{sign}乙") == [f"甲{sign}乙"]


def test_beginning_and_whole_are_told_apart() -> None:
    pit("铁矿")
    pit("铁矿二号")
    pit("老铁矿", "铁矿-1")
    assert found("铁矿", sought_whole) == ["铁矿"]
    assert sorted(found("铁矿", sought_first)) == ["老铁矿", "铁矿", "铁矿二号"]
    assert found("铁矿 二", sought_first) == []
    assert len(found("", sought_first)) == len(found(" ", sought_whole)) == len(found("")) == 3


def test_a_range_of_regions_and_a_mark_are_walked_in_the_order_of_the_ledger() -> None:
    made = [pit(f"矿{n}", region=(WEST, EAST)[n % 2]) for n in range(9)]
    rows = sorted(made, key=lambda one: (one.region, -one.pk))
    assert found("矿") == [one.name for one in rows]
    assert found("矿", regions=(EAST, EAST)) == [one.name for one in rows if one.region == EAST]
    walk = found_between(Pit.objects.all(), sought("矿"), EVERYWHERE)
    if not isinstance(walk, QuerySet):
        mark = (rows[4].region, rows[4].pk)
        assert walk.cut(mark, backwards=False, rows=3) == rows[5:8]
        assert walk.cut(mark, backwards=True, rows=3) == [rows[3], rows[2], rows[1]]
        assert walk.whole().count() == 9


def by_update(one: Pit) -> None:
    Pit.objects.filter(pk=one.pk).update(name="白石重矿")


def by_sql(one: Pit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE finding_test_pit SET name = %s WHERE id = %s", ["白石重矿", one.pk])


def by_save(one: Pit) -> None:
    one.name = "白石重矿"
    one.save()


def by_one_field(one: Pit) -> None:
    one.name = "白石重矿"
    one.save(update_fields=["name"])


def by_bulk(one: Pit) -> None:
    one.name = "白石重矿"
    Pit.objects.bulk_update([one], ["name"])


def by_upsert(one: Pit) -> None:
    one.name = "白石重矿"
    Pit.objects.bulk_create(
        [one], update_conflicts=True, unique_fields=["id"], update_fields=["name", "words"]
    )


@pytest.mark.parametrize("write", [by_update, by_sql, by_save, by_one_field, by_bulk, by_upsert])
def test_whoever_renames_it_the_new_name_is_found_and_the_old_one_no_more(write: Any) -> None:
    one = pit("老虎沟铁矿", "M-1")
    write(one)
    assert found("白石") == found("bszk") == found("bsck") == found("m-1") == ["白石重矿"]
    assert found("老虎") == found("lhg") == []


def test_what_moves_to_another_region_or_goes_is_found_there_or_nowhere() -> None:
    one = pit("老虎沟铁矿")
    Pit.objects.filter(pk=one.pk).update(region=EAST)
    assert found("虎", regions=(WEST, WEST)) == []
    assert found("虎", regions=(EAST, EAST)) == ["老虎沟铁矿"]
    one.delete()
    assert found("虎") == []


def test_rows_by_sql_and_by_bulk_are_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO finding_test_pit (name, key, region) VALUES ('老虎沟重矿', 'Ａ-1 ', 1)")
    Pit.objects.bulk_create([Pit(name="老虎沟二矿"), Pit(name="")])
    assert found("虎沟") == ["老虎沟二矿", "老虎沟重矿"]
    assert found("lhgck") == found("lhgzk") == found("a-1") == ["老虎沟重矿"]


CHARS = "老虎沟铁矿石山重长号区一二三北（）·-1247aKx Ａ "
SEEN: Counter[str] = Counter()
texts = st.text(st.sampled_from(CHARS), max_size=12)


class AnyPart(TestCase):
    """Hypothesis needs a transaction for each example."""

    @given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4), st.data())
    def test_any_part_of_a_stored_name_finds_it(self, rows: list[tuple[str, str]], data: Any) -> None:
        made = Pit.objects.bulk_create([Pit(name=name, key=key or None) for name, key in rows])
        for row, (name, key) in zip(made, rows, strict=True):
            self._look_for(row, name, data)
            if len(key) >= 3:
                self._look_for(row, key, data, least=3)

    def _look_for(self, row: Pit, said: str, data: Any, least: int = 1) -> None:
        if len(said) < least:
            return
        start = data.draw(st.integers(0, len(said) - least))
        part = said[start : data.draw(st.integers(start + least, len(said)))]
        if not sought(part):
            SEEN["blank"] += 1
            return
        if least > 1 and any(len(word) < least and word.isascii() for word in part.split()):
            return
        SEEN[f"{'ascii' if part.isascii() else 'chinese'} {min(len(part.strip()), 4)}"] += 1
        assert row.name in found(part), (said, part)


def test_every_kind_of_part_was_looked_for() -> None:
    if SEEN:
        print("\nparts looked for:", dict(sorted(SEEN.items())))
        assert min(SEEN[f"chinese {n}"] for n in (1, 2, 3, 4)) > 0


def test_more_rows_than_a_few_are_met_on_a_walk(monkeypatch: Any) -> None:
    monkeypatch.setattr(walk_module, "FEW", 2)
    names = [pit(f"矿{n}").name for n in range(5)]
    assert found("矿") == names[::-1]
    assert found("矿3") == ["矿3"]
