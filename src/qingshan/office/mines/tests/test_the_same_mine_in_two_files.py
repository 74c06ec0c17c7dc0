from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import Point

from qingshan.exchange.models import Import, StagedRow
from qingshan.office.mines.models import Likeness, Mine
from qingshan.office.mines.tests.factories import (
    EAST,
    WEST,
    a_mine,
    clerk,
    imported,
    regions,
    staged,
    workbook,
)
from qingshan.office.trail.models import Entry
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db

HEADERS = ["矿山编号", "矿山名称", "行政区划代码", "矿种", "采矿许可证号", "经度", "纬度"]
LICENCE = "C9901012019057120112648"


@pytest.fixture(autouse=True)
def ground() -> None:
    regions()


def registered(**values: Any) -> Mine:
    facts = {"name": "青石县老虎沟石灰岩矿", "mineral": "石灰岩", "licence_no": LICENCE}
    return a_mine("K-1", **{**facts, "geom": Point(122.1, 33.1), **values})


def sheet(folder: Path, *rows: list[Any]) -> Path:
    return workbook(folder, HEADERS, *rows)


def row(key: str = "N-1", name: str = "老虎沟采石场", licence_no: str = LICENCE, **place: Any) -> list[Any]:
    lon, lat = place.get("lon", 122.1005), place.get("lat", 33.1)
    return [key, name, "990101", "建筑石料用灰岩", licence_no, lon, lat]


def mines_of(path: Path, **options: Any) -> Import:
    return staged(path, clerk(WEST), kind="mines", **options)


def only_row(import_: Import) -> StagedRow:
    return StagedRow.objects.get(source=import_)


def said(reasons: list[Any]) -> list[str]:
    return [say(Reason(each["code"], each["values"])) for each in reasons]


def test_a_row_that_is_a_registered_mine_is_held_back_and_says_which(tmp_path: Path) -> None:
    registered()
    import_ = mines_of(sheet(tmp_path, row()))
    assert (import_.created, import_.refused) == (0, 1)
    [told] = said(only_row(import_).faults)
    assert told.startswith(
        "第 2 行“矿山名称”：与已登记的“青石县老虎沟石灰岩矿”（K-1）应为同一矿山：采矿许可证号相同"
    )
    assert told.endswith("请选择“按已有矿山更新”或“确实是另一座矿山”。")


def test_a_row_that_is_only_like_a_registered_mine_comes_in_with_a_remark(tmp_path: Path) -> None:
    registered(licence_no="")
    import_ = mines_of(sheet(tmp_path, row(licence_no="", lon="", lat="")))
    assert (import_.created, import_.refused) == (1, 0)
    [note] = only_row(import_).notes
    assert note["code"] == "mines.like_registered"
    assert note["values"]["like"] == "K-1"


def test_what_has_nothing_in_common_is_left_alone(tmp_path: Path) -> None:
    registered()
    import_ = mines_of(sheet(tmp_path, row(name="野猪坪采石场", licence_no="", lon=122.3, lat=33.3)))
    assert (import_.created, only_row(import_).notes) == (1, [])


def test_a_row_that_is_said_to_be_the_registered_mine_updates_it(tmp_path: Path) -> None:
    mine = registered()
    imported(sheet(tmp_path, row()), clerk(WEST), kind="mines", same_as={"N-1": "K-1"})
    [held] = Mine.objects.all()
    assert (held.pk, held.key, held.name) == (mine.pk, "K-1", "老虎沟采石场")
    assert held.former_names == ["青石县老虎沟石灰岩矿"]
    assert Entry.objects.get().new_json is not None


def test_a_row_that_is_said_to_be_another_mine_is_created_and_the_pair_is_told_apart(tmp_path: Path) -> None:
    registered()
    imported(sheet(tmp_path, row()), clerk(WEST), kind="mines", another={"N-1": "K-1"})
    assert Mine.objects.count() == 2
    assert Likeness.objects.get().state == "different"


def test_two_rows_that_say_the_same_registered_mine_are_both_refused(tmp_path: Path) -> None:
    registered()
    answers = {"N-1": "K-1", "N-2": "K-1"}
    import_ = mines_of(sheet(tmp_path, row(), row("N-2")), same_as=answers)
    assert import_.refused == 2


def test_two_rows_of_one_file_that_are_alike_are_remarked(tmp_path: Path) -> None:
    import_ = mines_of(sheet(tmp_path, row(), row("N-2", "老虎沟石料厂")))
    assert import_.created == 2
    first, second = StagedRow.objects.filter(source=import_).order_by("position")
    assert first.notes == []
    assert said(second.notes)[0].startswith(
        "第 3 行“矿山名称”：与第 2 行“老虎沟采石场”疑似同一矿山，存疑待核："
    )


def test_after_an_import_the_pairs_wait_on_the_list_by_the_same_act(tmp_path: Path) -> None:
    imported(sheet(tmp_path, row(), row("N-2", "老虎沟石料厂")), clerk(WEST), kind="mines")
    [pair] = Likeness.objects.all()
    assert (pair.state, pair.verdict, pair.region_id) == ("open", "same", WEST)
    assert pair.reasons[0]["code"] == "rules.likeness.same_licence"
    assert Entry.objects.get().subject_count == 3


def test_a_mine_across_the_border_is_not_named_but_waits_for_the_level_above(tmp_path: Path) -> None:
    a_mine("E-1", EAST, name="老虎沟石灰岩矿", licence_no=LICENCE, geom=Point(122.5005, 33.1))
    import_ = imported(sheet(tmp_path, row(lon=122.4998)), clerk(WEST), kind="mines")
    assert import_.created == 1
    assert Likeness.objects.get().region_id == 990000000000


def test_a_clerk_cannot_take_a_mine_that_is_not_to_be_seen(tmp_path: Path) -> None:
    a_mine("E-1", EAST, name="老虎沟石灰岩矿", licence_no=LICENCE)
    import_ = mines_of(sheet(tmp_path, row()), same_as={"N-1": "E-1"})
    assert import_.refused == 1
    assert [fault["code"] for fault in only_row(import_).faults] == ["mines.number_taken"]


def test_a_mine_that_was_merged_away_is_no_candidate(tmp_path: Path) -> None:
    kept = a_mine("K-9", name="大柳沟铁矿")
    registered(merged_into=kept)
    assert mines_of(sheet(tmp_path, row())).created == 1
