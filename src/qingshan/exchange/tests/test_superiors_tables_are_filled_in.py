"""Superiors' tables come back filled in: every cell, in the unit and the format of its column, in their own layout."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from qingshan.exchange.filling.kinds import FillKind, Values
from qingshan.exchange.filling.layouts import layouts_of
from qingshan.exchange.filling.meaning import How, Meaning, meaning_of
from qingshan.exchange.filling.opening import opened
from qingshan.exchange.filling.values import Why
from qingshan.exchange.filling.writing import LEFT, MARK, Match, Summary, fill
from qingshan.exchange.tests.superiors import FRAME, GREY, QUARRIES, TABLES, Table, fillable, framed, sheet_of


@pytest.fixture
def kind() -> Iterator[FillKind]:
    with fillable() as found:
        yield found


def filled(
    table: Table, kind: FillKind, folder: Path, objects: tuple[Values, ...] = QUARRIES
) -> tuple[Workbook, str, Summary]:
    """The workbook as it reads after it was filled in and saved, the sheet, and what was said."""
    path = table.save(folder, "来表.xlsx")
    workbook = opened(path, path.name)
    layout = layouts_of(workbook, kind.all_columns)[0]
    matches, by_key = [], None
    for header in layout.headers:
        meaning = meaning_of(header.lines, layout.captions, kind.all_columns)
        column, unit = table.changed.get(header.letter, (meaning.column, meaning.unit))
        matches.append(Match(header.place, column, unit))
        by_key = header.place if header.letter == table.by_key else by_key
    summary = fill(workbook, layout, kind, matches, objects, by_key=by_key)
    workbook.save(folder / "填好.xlsx")
    return openpyxl.load_workbook(folder / "填好.xlsx"), layout.sheet, summary


def marked(sheet: Any) -> list[Any]:
    return [
        cell for row in sheet.iter_rows() for cell in row if cell.fill.start_color.rgb == MARK.start_color.rgb
    ]


@pytest.mark.parametrize("name", TABLES)
def test_every_layout_holds_what_it_should(name: str, kind: FillKind, tmp_path: Path) -> None:
    workbook, title, summary = filled(TABLES[name], kind, tmp_path)
    sheet = workbook[title]
    found = {place: sheet[place].value for place in TABLES[name].expected}
    assert found == dict(TABLES[name].expected)
    assert summary.inserted == TABLES[name].inserted
    assert {why.value: n for why, n in summary.left.items()} == dict(TABLES[name].left)


@pytest.mark.parametrize("name", TABLES)
def test_what_stays_empty_is_marked_and_says_why(name: str, kind: FillKind, tmp_path: Path) -> None:
    workbook, title, summary = filled(TABLES[name], kind, tmp_path)
    empty = marked(workbook[title])
    assert len(empty) == summary.left.total() == summary.expected - summary.filled
    assert all(cell.value is None for cell in empty)
    said = {cell.comment.text.partition("：")[0] for cell in empty}
    assert said <= {why.zh for why in Why}


@pytest.mark.parametrize("name", TABLES)
def test_no_text_becomes_a_formula(name: str, kind: FillKind, tmp_path: Path) -> None:
    workbook, title, _summary = filled(TABLES[name], kind, tmp_path)
    assert workbook[title] is not None
    assert not [
        text for text in formulas_in(tmp_path / "填好.xlsx") if "HYPERLINK" in text or text.startswith("+")
    ]


def formulas_in(path: Path) -> list[str]:
    """As the file holds them: openpyxl takes every text with `=` for one when it reads."""
    with zipfile.ZipFile(path) as package:
        sheets = [
            package.read(name).decode()
            for name in package.namelist()
            if name.startswith("xl/worksheets/sheet")
        ]
    return [text for sheet in sheets for text in re.findall(r"<f>(.*?)</f>", sheet)]


def test_the_layout_around_the_rows_is_kept(kind: FillKind, tmp_path: Path) -> None:
    workbook, title, _summary = filled(TABLES["plain"], kind, tmp_path)
    sheet = workbook[title]
    assert {merged.coord for merged in sheet.merged_cells.ranges} == {"A1:F1", "A8:F8"}
    assert sheet["A6"].font.bold
    assert sheet["B5"].border.left.style == "thin"
    assert [sheet.row_dimensions[row].height for row in (3, 4, 5, 6)] == [24, 24, 24, 24]
    assert sheet.column_dimensions["B"].width == 33
    assert sheet.print_area == "'附件1'!$A$1:$F$8"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "A3"


def test_other_sheets_names_and_formats_follow_the_rows_that_moved(kind: FillKind, tmp_path: Path) -> None:
    workbook, title, _summary = filled(TABLES["many things"], kind, tmp_path)
    sheet = workbook[title]
    assert workbook.sheetnames == ["封面", "明细", "字典"]
    assert workbook["字典"].sheet_state == "hidden"
    assert workbook["封面"]["A2"].value == "=明细!D7+SUM(明细!D4:D6)"
    assert workbook.defined_names["合计面积"].attr_text == "明细!$D$7"
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["D3:D6"]
    assert {"B3:C3", "B4:C4", "B5:C5", "B6:C6"} <= {merged.coord for merged in sheet.merged_cells.ranges}
    assert sheet["D7"].fill.start_color.rgb == GREY.start_color.rgb


def test_a_printed_row_that_nobody_knows_says_so(kind: FillKind, tmp_path: Path) -> None:
    workbook, title, summary = filled(TABLES["printed"], kind, tmp_path)
    assert "台账中没有“B9”" in workbook[title]["C4"].comment.text
    assert (summary.rows, summary.strangers, summary.unplaced) == (3, 1, 1)


def test_a_list_whose_words_stand_in_another_sheet_is_obeyed_and_kept(kind: FillKind, tmp_path: Path) -> None:
    """Newer programs keep it in an extension of the sheet."""

    def make(workbook: Workbook) -> None:
        sheet = sheet_of(workbook)
        sheet.title = "明细"
        sheet.append(["1.编号", "2.开采方式"])
        words = workbook.create_sheet("字典")
        words["A1"], words["A2"] = "露天开采", "地下开采"

    path = Table(make, {}).save(tmp_path, "来表.xlsx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    extended = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
        ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>字典!$A$1:$A$2</xm:f></x14:formula1>'
        "<xm:sqref>B2:B9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    first = "xl/worksheets/sheet1.xml"
    parts[first] = parts[first].replace(b"</worksheet>", extended.encode())
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    workbook = opened(path, path.name)
    (layout, *_others) = layouts_of(workbook, kind.all_columns)
    fill(workbook, layout, kind, [Match(1, "code"), Match(2, "method")], QUARRIES[:2])
    workbook.save(path)
    sheet = openpyxl.load_workbook(path)["明细"]
    assert [sheet["B2"].value, sheet["B3"].value] == ["露天开采", "地下开采"]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ("字典!$A$1:$A$2", "B2:B9")


def test_two_objects_of_one_name_are_not_guessed_between(kind: FillKind, tmp_path: Path) -> None:
    twins = ({"code": "A2", "name": "一"}, {"code": "A2", "name": "二"})
    workbook, title, summary = filled(TABLES["printed"], kind, tmp_path, twins)
    assert "台账中有 2 个“A2”" in workbook[title]["C3"].comment.text
    assert summary.strangers == 3


def test_a_column_that_is_nobodys_business_stays_unmarked(kind: FillKind, tmp_path: Path) -> None:
    table = TABLES["plain"]
    left = Table(table.make, {}, changed={"F": (LEFT, "")})
    workbook, title, summary = filled(left, kind, tmp_path)
    assert not any(cell.column_letter == "F" for cell in marked(workbook[title]))
    assert Why.NOT_HELD not in summary.left


def test_a_cell_over_several_rows_holds_one_value_only(kind: FillKind, tmp_path: Path) -> None:
    def make(workbook: Workbook) -> None:
        sheet = sheet_of(workbook)
        sheet.append(["县（市、区）", "编号", "名称"])
        sheet.append(["", "", ""])
        framed(sheet, range(1, 5), 3)
        sheet.merge_cells("A2:A4")
        sheet["A6"] = "注：略"

    workbook, title, summary = filled(Table(make, {}), kind, tmp_path)
    sheet = workbook[title]
    assert sheet["A2"].value == "青石县"
    assert "各行的内容不同" in sheet["A2"].comment.text
    assert summary.left[Why.NO_MATCH] == 1
    assert summary.inserted == 0


def test_more_rows_than_the_frame_go_on_in_its_looks(kind: FillKind, tmp_path: Path) -> None:
    many = tuple({"code": f"B{n}", "county_name": "青石县"} for n in range(300))
    workbook, title, summary = filled(TABLES["total above"], kind, tmp_path, many)
    assert workbook[title]["B302"].value == "B299"
    assert workbook[title]["E302"].border.bottom.style == FRAME.bottom.style
    assert summary.inserted == 0


@pytest.mark.parametrize(
    ("lines", "column", "unit", "how"),
    [
        (["面积（亩）"], "area_m2", "mu", How.SAME),
        (["面积", "万亩"], "area_m2", "mu*10000", How.SAME),
        (["采石场", "图形面积", "（公顷）"], "shape_m2", "ha", How.SAME),
        (["县(市、区)"], "county_name", "", How.SAME),
        (["所在县（区）"], "county_name", "", How.SAME),
        (["采石场名称"], "", "", How.NONE),
        (["林地面积（公顷）"], "", "", How.NONE),
        (["修复情况", "面积（公顷）"], "area_m2", "ha", How.NEAR),
        (["采石场", "图形面积"], "shape_m2", "", How.SAME),
        (["主要开采方式"], "method", "", How.NEAR),
        (["（3）面积（亩）"], "area_m2", "mu", How.SAME),
        (["一、名称"], "name", "", How.SAME),
        (["责任人电话"], "", "", How.NONE),
        (["序号"], "sequence", "", How.SAME),
        (["面积（平方公里左右）"], "area_m2", "", How.SAME),
    ],
)
def test_headers_are_read_in_the_same_way_every_time(
    lines: list[str], column: str, unit: str, how: How, kind: FillKind
) -> None:
    assert meaning_of(lines, [], kind.all_columns) == Meaning(column, how, unit)


def test_the_caption_above_gives_the_unit_where_no_header_does(kind: FillKind) -> None:
    captions = ["填报单位：青石县自然资源局", "单位：亩、万元"]
    assert meaning_of(["面积"], captions, kind.all_columns).unit == "mu"
    assert meaning_of(["基金"], captions, kind.all_columns).unit == "yuan*10000"
    assert meaning_of(["面积（公顷）"], captions, kind.all_columns).unit == "ha"


@pytest.mark.parametrize(
    ("header", "cell_format", "expected"),
    [
        ("发现日期", "General", datetime(2026, 3, 1)),
        ("发现日期", "yyyy年m月d日", datetime(2026, 3, 1)),
        ("发现日期", "@", "2026-03-01"),
        ("发现日期（yyyy.mm）", "General", "2026.03"),
        ("发现日期（年月日）", "General", "2026年03月01日"),
        ("发现日期（年份）", "General", 2026),
    ],
)
def test_days_are_written_as_the_column_wants_them(
    header: str, cell_format: str, expected: Any, kind: FillKind, tmp_path: Path
) -> None:
    def make(workbook: Workbook) -> None:
        sheet = sheet_of(workbook)
        sheet.append(["编号", header])
        sheet["B2"].number_format = cell_format

    workbook, title, _summary = filled(Table(make, {}), kind, tmp_path, QUARRIES[:1])
    cell = workbook[title]["B2"]
    assert cell.value == expected
    if cell_format.startswith("yyyy"):
        assert cell.number_format == cell_format


def looks(cell: Any) -> tuple[Any, ...]:
    frame = tuple(getattr(cell.border, side).style for side in ("left", "right", "top", "bottom"))
    return frame, cell.fill.start_color.rgb, cell.number_format, cell.font.b


def assert_same(cell: Any, now: Any) -> None:
    assert looks(now) == looks(cell), now.coordinate
    if not str(cell.value).startswith("="):
        assert now.value == cell.value, now.coordinate


known = st.fixed_dictionaries(
    {
        "code": st.integers(0, 10**6).map(lambda n: f"A{n}"),
        "name": st.none() | st.text(min_size=1, max_size=20),
        "area_m2": st.none() | st.decimals(0, 10**8, places=4),
        "found_on": st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    }
)


@given(
    objects=st.lists(known, max_size=8).map(tuple),
    blanks=st.integers(0, 5),
    above=st.integers(0, 3),
    below=st.booleans(),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_goes_in_nothing_else_changes_and_every_cell_is_accounted_for(
    objects: tuple[Values, ...], blanks: int, above: int, below: bool, tmp_path: Path
) -> None:
    first = above + 2

    def make(workbook: Workbook) -> None:
        sheet = sheet_of(workbook)
        for _row in range(above):
            sheet.append(["标题"])
        sheet.append(["编号", "名称", "面积", "发现日期", "意见", "旁注"])
        framed(sheet, range(above + 1, first + blanks + below), 5)
        sheet.cell(above + 1, 9).value = "表外"
        if below:
            total = first + blanks
            sheet.cell(total, 1).value = "合计"
            sheet.cell(total, 3).value = f"=SUM(C{first}:C{total - 1})" if blanks else None
            sheet.cell(total + 2, 1).value = "填表人："

    with fillable(objects) as kind:
        table = Table(make, {}, changed={"F": (LEFT, ""), "I": (LEFT, "")})
        before = openpyxl.load_workbook(table.save(tmp_path, "空.xlsx")).active
        workbook, title, summary = filled(table, kind, tmp_path, objects)
    after = workbook[title]
    rows = range(first, first + len(objects))
    fillable_cells = {(row, column) for row in rows for column in range(1, 6)}
    assert summary.expected == len(fillable_cells)
    written = {
        (c.row, c.column)
        for r in after.iter_rows()
        for c in r
        if c.value not in (None, "") and c.row in rows and c.column < 6
    }
    empty = {(cell.row, cell.column) for cell in marked(after)}
    assert len(written) == summary.filled
    assert written | empty == fillable_cells
    assert not written & empty
    moved = max(0, len(objects) - blanks) if below else 0
    assert summary.inserted == moved
    for cell in (cell for row in before.iter_rows() for cell in row):
        at = cell.row + (moved if cell.row >= first + blanks else 0)
        if (at, cell.column) not in fillable_cells:
            assert_same(cell, after.cell(at, cell.column))
    if below and blanks:
        total = first + blanks + moved
        assert after.cell(total, 3).value == f"=SUM(C{first}:C{total - 1})"
