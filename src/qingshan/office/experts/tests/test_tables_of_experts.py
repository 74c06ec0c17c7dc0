"""Does a table of experts come in row by row, and does the same table twice change nothing?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests.bringing import brought
from qingshan.exchange.writers import export
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People
from qingshan.office.errors import NotAllowed
from qingshan.office.experts import actions, queries
from qingshan.office.experts.columns import LEAVING, LOTS, exported_experts, exported_lots
from qingshan.office.experts.models import Expert
from qingshan.office.experts.queries import Filters
from qingshan.office.experts.tests.factories import COUNTY, NOW, TODAY, a_pool, an_expert, drawn, facts
from qingshan.office.trail.models import Entry
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db
HEADERS = ("专家编号", "姓名", "专家库区划代码", "专业领域", "职称", "所在单位", "入库日期", "入库依据")
GOOD = ("ZJ-1", "沈望舟", "990000", "土壤、法律", "教授", "青山生态技术评估中心", "2024-05-06", "名单")


def table(folder: Path, *rows: tuple[Any, ...], name: str = "专家.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADERS)
    for row in rows:
        sheet.append(row)
    path = folder / name
    book.save(path)
    return path


def staged(path: Path, actor: Actor) -> Import:
    return brought(path, actor, kind="experts", now=NOW)


def counts(import_: Import) -> tuple[int, int, int, int]:
    return import_.created, import_.changed, import_.unchanged, import_.refused


def why(import_: Import) -> list[str]:
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    return [say(Reason(each["code"], each["values"])) for row in rows for each in row.faults]


def let_in(import_: Import, actor: Actor) -> None:
    actions.import_experts(import_, actor=actor, now=NOW)


def test_a_table_comes_in_by_one_entry_and_twice_changes_nothing(
    people: People, keeper: Actor, tmp_path: Path
) -> None:
    path = table(tmp_path, GOOD, ("ZJ-2", "韩岩", "990000", "soil", None, "某单位", None, "名单"))
    first = staged(path, keeper)
    assert (counts(first), why(first)) == ((2, 0, 0, 0), [])
    let_in(first, keeper)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject_count, entry.new["created"]) == ("experts.import_experts", 2, 2)
    expert = Expert.objects.get(key="ZJ-1")
    assert (expert.fields, expert.organisation) == (["soil", "law"], people.organisations["agency"])
    assert str(expert.entered_on) == "2024-05-06"
    assert counts(staged(path, keeper)) == (0, 0, 2, 0)


def test_a_changed_row_is_written_over_what_was_seen(people: People, keeper: Actor, tmp_path: Path) -> None:
    let_in(staged(table(tmp_path, GOOD), keeper), keeper)
    changed = ("ZJ-1", "沈望舟", "990000", "法律", "研究员", "青山理工大学", "2024-05-06", "名单")
    again = staged(table(tmp_path, changed), keeper)
    assert counts(again) == (0, 1, 0, 0)
    let_in(again, keeper)
    expert = Expert.objects.get()
    assert (expert.fields, expert.title, expert.organisation_id, expert.version) == (
        ["law"],
        "研究员",
        None,
        2,
    )


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (3, "占星", "占星"),
        (3, None, "专业领域"),
        (2, "境外", "没有专家库"),
        (2, "110000", "没有找到"),
        (1, None, "姓名"),
        (5, None, "所在单位"),
        (6, "昨天", "入库日期"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_sentence(
    people: People, keeper: Actor, tmp_path: Path, place: int, value: Any, said: str
) -> None:
    row = (*GOOD[:place], value, *GOOD[place + 1 :])
    import_ = staged(table(tmp_path, row), keeper)
    assert counts(import_) == (0, 0, 0, 1)
    assert said in "".join(why(import_))


def test_a_pool_of_another_office_is_refused(people: People, tmp_path: Path) -> None:
    clerk = people.actor("county_clerk", on=TODAY)
    own = (*GOOD[:2], COUNTY, *GOOD[3:])
    assert counts(staged(table(tmp_path, GOOD), clerk)) == (0, 0, 0, 1)
    assert counts(staged(table(tmp_path, own), clerk)) == (1, 0, 0, 0)
    an_expert("ZJ-1")
    assert counts(staged(table(tmp_path, own), clerk)) == (0, 0, 0, 1)


def test_somebody_who_has_left_is_not_brought_back_by_a_table(
    people: People, keeper: Actor, tmp_path: Path
) -> None:
    an_expert("ZJ-1", state="left", left_on=TODAY, left_because="退休")
    assert counts(staged(table(tmp_path, GOOD), keeper)) == (0, 0, 0, 1)


def test_who_lets_it_in_must_keep_the_pool_too(people: People, keeper: Actor, tmp_path: Path) -> None:
    import_ = staged(table(tmp_path, GOOD), keeper)
    with pytest.raises(NotAllowed):
        let_in(import_, people.actor("county_clerk", on=TODAY))
    assert (Expert.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_table_that_leaves_comes_in_unchanged_and_says_nothing_of_contacts(
    people: People, keeper: Actor, tmp_path: Path
) -> None:
    actions.enter(
        facts(contact="13800001234"), key="ZJ-1", pool=an_expert("ZJ-0").region, entered_by="名单",
        actor=keeper, now=NOW,
    )  # fmt: skip
    rows = exported_experts(queries.all_of(actor=keeper, filters=Filters()))
    path = tmp_path / "导出.xlsx"
    path.write_bytes(b"".join(export(LEAVING, rows, form="xlsx")))
    assert counts(staged(path, keeper)) == (0, 0, 2, 0)
    text = b"".join(
        export(LEAVING, exported_experts(queries.all_of(actor=keeper, filters=Filters())), form="csv")
    )
    assert b"138" not in text
    assert "在库" in text.decode("utf-8-sig")


def test_the_lots_of_a_draw_leave_as_a_table(people: People) -> None:
    a_pool(5, "soil")
    held = drawn(people)
    content = b"".join(export(LOTS, exported_lots(held, "zh-hans"), form="xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows[:5]] == [1, 2, 3, 4, 5]
    assert {row[4] for row in rows[:5]} == {"抽中", "候补"}
