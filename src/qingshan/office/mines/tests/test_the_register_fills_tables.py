"""What the register puts into a superior's table: what the actor may see, and nothing that an import would change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from qingshan.exchange.filling.kinds import all_fill_kinds, fill_kind
from qingshan.exchange.filling.layouts import layouts_of
from qingshan.exchange.filling.meaning import How, meaning_of
from qingshan.exchange.filling.opening import opened
from qingshan.exchange.filling.writing import Match, Summary, fill
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.tests.factories import (
    EAST,
    LONG_AGO,
    PROVINCE,
    WEST,
    clerk,
    geojson,
    imported,
    regions,
    site_row,
    staged,
)
from qingshan.office.regions.models import Region
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db
USCC = "91110000600037341L"


@pytest.fixture(autouse=True)
def _register(tmp_path: Path) -> None:
    regions()
    Region.objects.create(
        pk=990100000000, code="990100", name="云岭市", level="prefecture", parent_id=PROVINCE, simulated=True
    )
    Organisation.objects.create(
        kind="enterprise",
        name="青石矿业有限公司",
        uscc=USCC,
        region_id=WEST,
        level="county",
        from_on=LONG_AGO,
    )
    mine = site_row(None, 122.2, 矿山编号="KS-1", 矿山名称="东沟铁矿", 生产状态="在产", 统一社会信用代码=USCC)
    imported(geojson(tmp_path, mine, name="mines.geojson"), clerk(PROVINCE), kind="mines")
    rows = [
        site_row("W-1", 122.1, 点位名称="老虎沟", 点位类型="露天采场", 面积="1.234", 所属矿山编号="KS-1",
                 发现日期="2026-03-01"),
        site_row("W-2", 122.12, 点位名称="1+1 沟", 点位类型="尾矿库"),
        site_row("W-3", 122.14),
        site_row("E-1", 122.7, 点位名称="邻县点位"),
    ]  # fmt: skip
    imported(geojson(tmp_path, *rows), clerk(PROVINCE))
    patch = site_row(None, 122.1, 图斑编号="P-1", 所属点位编号="W-1", 图斑类型="堆场")
    imported(geojson(tmp_path, patch, name="patches.geojson"), clerk(PROVINCE), kind="patches")


def table(*headers: str, printed: tuple[tuple[Any, ...], ...] = ()) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.append(["附件"])
        sheet.append(list(headers))
        for row in printed:
            sheet.append(list(row))
        workbook.save(path)
        return path

    return make


def filled(
    make: Callable[[Path], Path],
    code: str,
    actor: Actor,
    folder: Path,
    *,
    by_key: int | None = None,
    **choice: str,
) -> tuple[list[list[Any]], Summary, Path]:
    """The rows below the headers, what was said, and the file."""
    path, kind = make(folder / "来表.xlsx"), fill_kind(code)
    workbook = opened(path, path.name)
    (layout,) = layouts_of(workbook, kind.all_columns)
    meanings = [(h.place, meaning_of(h.lines, layout.captions, kind.all_columns)) for h in layout.headers]
    matches = [Match(place, meaning.column, meaning.unit) for place, meaning in meanings]
    summary = fill(workbook, layout, kind, matches, list(kind.rows(actor, choice)), by_key=by_key)
    target = folder / "填好.xlsx"
    workbook.save(target)
    rows = openpyxl.load_workbook(target).active.iter_rows(min_row=layout.bottom + 1, values_only=True)
    return [list(row) for row in rows], summary, target


SITES = (
    "序号",
    "市州",
    "所在县（区）",
    "点位编号",
    "点位名称",
    "矿山名称",
    "矿山企业名称",
    "面积（亩）",
    "图形面积（公顷）",
    "发现日期",
)


def test_a_county_sees_its_own_rows_with_names_of_places_mines_and_firms(tmp_path: Path) -> None:
    rows, summary, _file = filled(table(*SITES), "sites", clerk(WEST), tmp_path)
    assert [row[3] for row in rows] == ["W-1", "W-2", "W-3"]
    assert rows[0][:7] == [1, "云岭市", "青石县", "W-1", "老虎沟", "东沟铁矿", "青石矿业有限公司"]
    assert rows[0][7] == pytest.approx(18.51)
    assert rows[0][8] == pytest.approx(1.03, abs=0.1)
    assert summary.rows == 3


def test_another_countys_rows_never_appear_even_where_the_table_names_them(tmp_path: Path) -> None:
    make = table("点位编号", "点位名称", "县区", printed=(("W-1",), ("E-1",)))
    rows, summary, _file = filled(make, "sites", clerk(WEST), tmp_path, by_key=1)
    assert rows == [["W-1", "老虎沟", "青石县"], ["E-1", None, None]]
    assert summary.strangers == 1
    rows, _summary, _file = filled(make, "sites", clerk(EAST), tmp_path, by_key=1)
    assert rows == [["W-1", None, None], ["E-1", "邻县点位", "白水县"]]


@pytest.mark.parametrize(
    ("choice", "keys"),
    [
        ({}, ["W-1", "W-2", "W-3", "E-1"]),
        ({"region": str(WEST)}, ["W-1", "W-2", "W-3"]),
        ({"category": "tailings_pond"}, ["W-2"]),
        ({"q": "老虎"}, ["W-1"]),
        ({"q": "没有"}, []),
    ],
)
def test_the_choice_narrows_as_on_the_lists(choice: dict[str, str], keys: list[str]) -> None:
    rows = fill_kind("sites").rows(clerk(PROVINCE, Duty.DISPATCH), choice)
    assert [row["key"] for row in rows] == keys


ROUND = {
    "sites": (
        "点位编号", "点位名称", "行政区划代码", "点位类型", "所属矿山编号", "面积（亩）", "发现日期", "来源", "备注",
        "经度", "纬度", "矿山企业名称", "图形面积（平方米）", "审查意见",
    ),
    "mines": (
        "序号", "矿山编号", "矿山名称", "行政区划代码", "统一社会信用代码", "矿种", "开采方式", "生产状态", "经度",
        "纬度",
    ),
    "patches": ("图斑编号", "所属点位编号", "图斑类型", "起始日期", "终止日期", "图斑面积（亩）"),
}  # fmt: skip


@pytest.mark.parametrize("code", ROUND)
def test_a_filled_table_imported_again_changes_nothing(code: str, tmp_path: Path) -> None:
    rows, summary, file = filled(table(*ROUND[code]), code, clerk(PROVINCE), tmp_path)
    assert rows
    import_ = staged(file, clerk(PROVINCE), kind=code)
    counts = (import_.created, import_.changed, import_.unchanged, import_.refused)
    assert counts == (0, 0, summary.rows, 0), [row.faults or row.changes for row in import_.staged.all()]


def test_a_point_outside_the_known_outline_is_a_change(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["点位编号", "经度", "纬度"])
    workbook.active.append(["W-1", 122.3, 33.3])
    workbook.save(tmp_path / "点.xlsx")
    assert staged(tmp_path / "点.xlsx", clerk(PROVINCE)).changed == 1


def test_each_county_is_summed_up_in_the_row_that_is_printed_for_it(tmp_path: Path) -> None:
    make = table(
        "序号", "县（市、区）", "矿山数（座）", "在产矿山数", "点位数（处）", "面积（亩）", "图斑数量",
        printed=((1, "青石县"), (2, "白水县"), (3, "外县")),
    )  # fmt: skip
    rows, summary, _file = filled(make, "counties", clerk(PROVINCE), tmp_path, by_key=2)
    assert rows[0][:5] == [1, "青石县", 1, 1, 3]
    assert rows[0][6] == 1
    assert rows[1][2:5] == [0, 0, 1]
    assert rows[2][2:] == [None] * 5
    assert summary.strangers == 1


def test_a_county_sums_up_itself_alone() -> None:
    assert [row["county_name"] for row in fill_kind("counties").rows(clerk(EAST), {})] == ["白水县"]


@pytest.mark.parametrize("code", [kind.code for kind in all_fill_kinds()])
def test_every_kind_fills_every_column_that_it_declares(code: str) -> None:
    kind = fill_kind(code)
    names = {column.name for column in kind.columns}
    for values in kind.rows(clerk(PROVINCE), {}):
        assert names <= set(values)
    assert names.issuperset(kind.identifying)


def test_rows_are_read_with_few_queries_however_many_they_are(tmp_path: Path) -> None:
    many = [site_row(f"M-{n}", 122.3, 33.2, 所属矿山编号="KS-1") for n in range(40)]
    imported(geojson(tmp_path, *many, name="many.geojson"), clerk(WEST))
    for code in ("sites", "patches", "mines", "counties"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(fill_kind(code).rows(clerk(WEST), {}))
            fill_kind(code).shown(clerk(WEST), {})
        assert len(queries) <= 12, code


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("矿山企业名称", "enterprise_name"),
        ("所在县（区）", "county_name"),
        ("县（市、区）", "county_name"),
        ("所在乡（镇）", "township_name"),
        ("林地面积（公顷）", ""),
        ("采矿权人", "enterprise_name"),
        ("中心点经度", "lon"),
        ("占地面积（亩）", "reported_area_m2"),
        ("矢量面积（公顷）", "area_m2"),
        ("采矿许可证有效期", ""),
        ("法定代表人", ""),
        ("是否完成修复", ""),
    ],
)
def test_headers_that_superiors_use_are_understood_or_left_open(header: str, column: str) -> None:
    found = meaning_of([header], [], fill_kind("sites").all_columns)
    assert found.column == column
    assert (found.how is How.NONE) == (column == "")
