"""Does the official petition table come in as it is published, and never with who complained?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qingshan.office.cases import actions
from qingshan.office.cases.models import Complainant
from qingshan.office.cases.tests.factories import World, a_world, said
from qingshan.office.cases.tests.ledgers import applied, book, counts, numbered, refusals, remarks, staged
from qingshan.office.matters.checking import astray
from qingshan.office.trail.verify import verify_trail

pytestmark = pytest.mark.django_db
NUMBER = "D2SX202104170024"
HEAD = [
    "序号", "受理编号", "交办问题基本情况", "行政区域", "污染类型", "调查核实情况", "是否属实", "处理和整改情况",
    "是否办结", "责任人被处理情况（问责情况）", "备注",
]  # fmt: skip
ROW = [
    1,
    NUMBER,
    "举报老虎沟铁矿扬尘扰民。",
    "云岭市青石县",
    "大气",
    "现场有扬尘。",
    "部分属实",
    "已洒水抑尘。",
    "已办结",
    "无",
    None,
]


@pytest.fixture
def world() -> World:
    return a_world()


def row(**changes: Any) -> list[Any]:
    """One row of the table."""
    named = dict(zip(HEAD, ROW, strict=True))
    return list({**named, **changes}.values())


def table(folder: Path, *rows: list[Any], name: str = "一览表.xlsx") -> Path:
    """The table with its title above, as it is published."""
    title = ["青石县群众信访举报转办和边督边改公开情况一览表（第十三批 2021年4月25日）"]
    return book(folder / name, ("一览表", [title, HEAD, *rows]))


def test_a_row_of_the_official_table_becomes_a_petition(world: World, tmp_path: Path) -> None:
    import_ = staged(world, table(tmp_path, row()), kind="petitions")
    assert (counts(import_), refusals(import_)) == ((1, 0, 0, 0), [])
    applied(world, import_)
    matter = numbered(NUMBER)
    assert (matter.state_id, matter.opened_on, matter.closed_on) == (
        "petition.done",
        date(2021, 4, 17),
        None,
    )
    petition = matter.petition
    assert (petition.finding, petition.channel, petition.pollution) == ("partly", "phone", "大气")
    assert petition.handled == "已洒水抑尘。"
    assert matter.region.name == "青石县"
    assert Complainant.objects.count() == 0
    assert astray() == []
    faults = verify_trail().faults
    assert [
        each for each in faults if str(each.values.get("kind", "")).startswith(("matters.", "cases."))
    ] == []


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"是否办结": "阶段性办结"}, "petition.done_for_now"),
        ({"是否办结": "未办结"}, "petition.handled"),
        ({"是否办结": "未办结", "处理和整改情况": None}, "petition.verified"),
        ({"是否办结": None, "是否属实": None, "处理和整改情况": None}, "petition.passed_on"),
    ],
)
def test_its_ending_and_its_finding_say_where_it_stands(
    world: World, tmp_path: Path, changes: dict[str, Any], state: str
) -> None:
    applied(world, staged(world, table(tmp_path, row(**changes)), kind="petitions"))
    assert numbered(NUMBER).state_id == state
    assert astray() == []


def test_the_same_table_twice_changes_nothing_and_a_later_one_corrects(world: World, tmp_path: Path) -> None:
    first = table(tmp_path, row(是否办结="未办结"))
    applied(world, staged(world, first, kind="petitions"))
    assert counts(staged(world, first, kind="petitions")) == (0, 0, 1, 0)
    later = table(tmp_path, row(处理和整改情况="已封闭料仓。"), name="新.xlsx")
    import_ = staged(world, later, kind="petitions")
    assert counts(import_) == (0, 1, 0, 0)
    applied(world, import_)
    matter = numbered(NUMBER)
    assert (matter.state_id, matter.petition.handled) == ("petition.done", "已封闭料仓。")
    assert astray() == []


def test_a_petition_that_was_acted_on_is_no_longer_changed_by_a_table(world: World, tmp_path: Path) -> None:
    applied(world, staged(world, table(tmp_path, row(是否办结="阶段性办结")), kind="petitions"))
    actions.correct(
        world.fresh(numbered(NUMBER)),
        said("标题有误"),
        corrected={"title": "扬尘扰民"},
        actor=world.actor("county_clerk"),
        now=world.now,
    )
    import_ = staged(world, table(tmp_path, row(), name="新.xlsx"), kind="petitions")
    assert counts(import_) == (0, 0, 0, 1)
    assert "“是否办结”与系统不同" in refusals(import_)[0]


def test_numbers_of_another_form_are_kept_and_said_and_missing_ones_stand_for_their_words(
    world: World, tmp_path: Path
) -> None:
    path = table(
        tmp_path, row(受理编号="青信〔2021〕7号"), row(受理编号=None), row(受理编号="X990000202199990001")
    )
    import_ = staged(world, path, kind="petitions")
    assert counts(import_) == (3, 0, 0, 0)
    assert any("“青信〔2021〕7号”不是官方受理编号的格式" in text for text in remarks(import_))
    assert any("没有编号" in text for text in remarks(import_))


def test_the_preview_says_in_which_state_each_petition_will_stand(world: World, tmp_path: Path) -> None:
    import_ = staged(
        world,
        table(tmp_path, row(), row(受理编号="D2SX202104170025", 是否办结="未办结", 是否属实=None)),
        kind="petitions",
    )
    page = world.people.enter("county_clerk").get(f"/imports/{import_.pk}/").content.decode()
    said = re.findall("补录为“(.+?)”", page)
    applied(world, import_)
    numbers = (NUMBER, "D2SX202104170025")
    assert said == [numbered(number).state.name for number in numbers]
