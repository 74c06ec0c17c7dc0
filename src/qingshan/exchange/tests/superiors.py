"""Empty tables as superiors send them, made by script, with what has to stand in them once they are filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qingshan.exchange.columns import Column, Number
from qingshan.exchange.filling.kinds import FillKind, Values, declare_filling, withdraw_filling
from qingshan.exchange.tests.quarries import COLUMNS
from qingshan.exchange.units import HECTARE, M2
from qingshan.rules.reasons import Sentence

THIN = Side(style="thin")
FRAME = Border(THIN, THIN, THIN, THIN)
GREY = PatternFill("solid", start_color="FFDDDDDD")

QUARRIES: tuple[Values, ...] = (
    {
        "code": "A1", "name": "青石沟采石场", "county_name": "青石县", "area_m2": Decimal(20_000),
        "shape_m2": Decimal("20123.4567"), "found_on": date(2026, 3, 1), "method": "open_pit", "restored": True,
        "deposit_fen": 12_500_000, "year": 2025,
    },
    {
        "code": "A2", "name": "=HYPERLINK(\"http://x\",\"y\")", "county_name": "白水县",
        "area_m2": Decimal("6666.6667"), "shape_m2": None, "found_on": None, "method": "underground",
        "restored": False, "deposit_fen": 0, "year": None,
    },
    {"code": "A3", "name": "+老虎沟", "county_name": "青石县", "area_m2": None, "method": None, "restored": None},
)  # fmt: skip
"""Three quarries: one whole, one that would be a formula, one of which little is known."""

FILL_ONLY = (
    Column("county_name", "县区", "County", aliases=("县（市、区）", "所在县区")),
    Column("shape_m2", "图形面积", "Area of the shape", type=Number(unit=M2, written=HECTARE, minimum=0)),
)


@contextmanager
def fillable(objects: Sequence[Values] = QUARRIES) -> Iterator[FillKind]:
    """A kind that exists only in a test."""
    kind = FillKind(
        code="quarries",
        title=Sentence(zh="采石场", en="Quarries"),
        columns=(*COLUMNS, *FILL_ONLY),
        identifying=("code", "name"),
        rows=lambda _actor, _choice: list(objects),
    )
    declare_filling(kind)
    try:
        yield kind
    finally:
        withdraw_filling(kind)


@dataclass
class Table:
    """One layout: how it is made, how it reads when filled in, and by which column printed rows are found."""

    make: Callable[[Workbook], None]
    expected: Mapping[str, Any]
    by_key: str = ""
    inserted: int = 0
    left: Mapping[str, int] = field(default_factory=dict)
    """How many cells stay empty, by reason."""
    changed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What the person corrects: column and unit by the letter of the header."""

    def save(self, folder: Path, name: str) -> Path:
        workbook = Workbook()
        self.make(workbook)
        path = folder / name
        workbook.save(path)
        return path


def sheet_of(workbook: Workbook) -> Worksheet:
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    return sheet


def framed(sheet: Worksheet, rows: range, columns: int, *, height: float = 24) -> None:
    for row in rows:
        sheet.row_dimensions[row].height = height
        for column in range(1, columns + 1):
            sheet.cell(row, column).border = FRAME


def plain(workbook: Workbook) -> None:
    """A title, one line of headers, two empty rows, a total, signatures."""
    sheet = sheet_of(workbook)
    sheet.title = "附件1"
    sheet.append(["露天采石场排查情况表"])
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "名称", "面积（亩）", "发现日期", "基金（万元）", "整改意见"])
    framed(sheet, range(2, 6), 6)
    sheet["A5"], sheet["C5"], sheet["E5"] = "合计", "=SUM(C3:C4)", "=SUM(E3:E4)"
    sheet["A5"].font = Font(bold=True)
    sheet["A7"] = "填表人：        审核人：        填报日期："
    sheet.merge_cells("A7:F7")
    sheet.column_dimensions["B"].width = 33
    sheet.print_area = "A1:F7"
    sheet.print_title_rows = "1:2"
    sheet.freeze_panes = "A3"


PLAIN = Table(
    plain,
    {
        "A3": 1, "B3": "青石沟采石场", "C3": 30, "D3": datetime(2026, 3, 1), "E3": 12.5, "F3": None,
        "A4": 2, "B4": '=HYPERLINK("http://x","y")', "C4": 10.00000005, "D4": None, "E4": 0,
        "A5": 3, "B5": "+老虎沟", "C5": None,
        "A6": "合计", "C6": "=SUM(C3:C5)", "E6": "=SUM(E3:E5)", "A8": "填表人：        审核人：        填报日期：",
    },
    inserted=1,
    left={"not_held": 3, "not_reported": 4},
)  # fmt: skip


def three_lines(workbook: Workbook) -> None:
    """Headers in three lines, units in the last; a total and a formula of its own in each row."""
    sheet = sheet_of(workbook)
    sheet["A1"] = "采石场情况统计表"
    sheet.merge_cells("A1:G1")
    for cells in ("A3:A5", "B3:C4", "D3:F3", "G3:G5"):
        sheet.merge_cells(cells)
    said = {
        "A3": "序号",
        "B3": "采石场",
        "B5": "编号",
        "C5": "名称",
        "D3": "面积",
        "D4": "图形面积",
        "E4": "面积",
    }
    said |= {"F4": "差额", "D5": "公顷", "E5": "公顷", "F5": "公顷", "G3": "县（市、区）"}
    for place, text in said.items():
        sheet[place] = text
    framed(sheet, range(3, 8), 7, height=30)
    sheet["F6"] = "=D6-E6"
    sheet["A7"], sheet["D7"], sheet["F7"] = "合  计", "=SUM(D6:D6)", "=SUM(F6)"


THREE_LINES = Table(
    three_lines,
    {
        "A6": 1, "B6": "A1", "C6": "青石沟采石场", "D6": 2.01234567, "E6": 2, "F6": "=D6-E6", "G6": "青石县",
        "B7": "A2", "D7": None, "E7": 0.66666667, "F7": "=D7-E7", "A8": 3, "F8": "=D8-E8", "G8": "青石县",
        "A9": "合  计", "D9": "=SUM(D6:D8)", "F9": "=SUM(F6:F8)",
    },
    inserted=2,
    left={"not_reported": 3},
)  # fmt: skip


def total_above(workbook: Workbook) -> None:
    """The total stands above; nothing follows the rows, of which only one is drawn."""
    sheet = sheet_of(workbook)
    sheet.append(["县（市、区）", "采石场编号", "面积（平方米）", "开采方式", "备注"])
    sheet.append(["合计", None, "=SUM(C3:C500)"])
    framed(sheet, range(1, 4), 5)


TOTAL_ABOVE = Table(
    total_above,
    {
        "A2": "合计", "C2": "=SUM(C3:C500)", "A3": "青石县", "B3": "A1", "C3": 20_000, "D3": "露天",
        "A4": "白水县", "C4": 6666.6667, "D4": "地下", "E4": None, "B5": "A3", "D5": None,
    },
    left={"not_reported": 5},
    changed={"B": ("code", "")},
)  # fmt: skip


def printed(workbook: Workbook) -> None:
    """Numbers are printed already, among them one that nobody knows; something is filled in already."""
    sheet = sheet_of(workbook)
    sheet.append(["单位：公顷"])
    sheet.append(["序号", "编号", "名称", "面积", "年度"])
    for number, code in enumerate(["A2", "B9", "Ａ1"], start=1):
        sheet.append([number, code])
    sheet["E3"] = 1999
    framed(sheet, range(2, 6), 5)
    sheet["B6"] = "注：编号由省厅统一编制。"


PRINTED = Table(
    printed,
    {
        "B3": "A2", "C3": '=HYPERLINK("http://x","y")', "D3": 0.66666667, "E3": 1999,
        "B4": "B9", "C4": None, "D4": None, "E4": None, "C5": "青石沟采石场", "D5": 2, "E5": 2025, "C6": None,
    },
    by_key="B",
    left={"no_match": 3},
)  # fmt: skip


def lists_and_days(workbook: Workbook) -> None:
    """Numbering below the headers, an example, drop-down lists, days as eight digits, money in the caption."""
    sheet = sheet_of(workbook)
    sheet["A1"] = "单位：公顷、万元"
    sheet.append(["名称", "面积", "开采方式", "发现日期（如20260301）", "已修复", "基金"])
    sheet.append(["甲", 1, 2, 3, 4, 5])
    sheet.append(["示例", "3.5", "露天开采", "20260101", "√", "10"])
    framed(sheet, range(2, 8), 6)
    for row in range(5, 8):
        sheet.cell(row, 4).number_format = "@"
    for cells, words in (("C5:C7", '"露天开采,井工开采"'), ("E5:E7", '"√,×"')):
        rule = DataValidation(type="list", formula1=words)
        rule.add(cells)
        sheet.add_data_validation(rule)


LISTS_AND_DAYS = Table(
    lists_and_days,
    {
        "A4": "示例", "A5": "青石沟采石场", "B5": 2, "C5": "露天开采", "D5": "20260301", "E5": "√", "F5": 12.5,
        "C6": None, "D6": None, "E6": "×", "F6": 0, "A7": "+老虎沟", "B7": None, "E7": None,
    },
    left={"no_match": 1, "not_reported": 6},
)  # fmt: skip


def many_things(workbook: Workbook) -> None:
    """A sheet before it, a hidden one behind it, cells merged in each row, formats, names and sums elsewhere."""
    cover = sheet_of(workbook)
    cover.title = "封面"
    cover["A1"], cover["A2"] = "面积合计", "=明细!D6+SUM(明细!D4:D5)"
    sheet = workbook.create_sheet("明细")
    sheet["A1"] = "明细表"
    sheet.merge_cells("A1:E1")
    for place, text in {"A2": "编号", "B2": "名称", "D2": "面积（平方米）", "E2": "年度"}.items():
        sheet[place] = text
    sheet.merge_cells("B2:C2")
    framed(sheet, range(2, 7), 5)
    for row in (3, 4, 5):
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
    sheet["A3"], sheet["B3"], sheet["D3"] = "B1", "已报采石场", 100
    sheet["A6"], sheet["D6"] = "总计", "=SUM(D3:D5)"
    sheet["D6"].fill = GREY
    sheet["A9"] = "=D6/10000"
    sheet.conditional_formatting.add(
        "D3:D5", CellIsRule(operator="greaterThan", formula=["10000"], font=Font(bold=True))
    )
    workbook.defined_names["合计面积"] = DefinedName("合计面积", attr_text="明细!$D$6")
    hidden = workbook.create_sheet("字典")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "露天"


MANY_THINGS = Table(
    many_things,
    {
        "A3": "B1", "B3": "已报采石场", "D3": 100, "A4": "A1", "B4": "青石沟采石场", "D4": 20_000, "E4": 2025,
        "A5": "A2", "D5": 6666.6667, "A6": "A3", "B6": "+老虎沟", "A7": "总计", "D7": "=SUM(D3:D6)", "A10": "=D7/10000",
    },
    inserted=1,
    left={"not_reported": 3},
)  # fmt: skip


def no_row_at_all(workbook: Workbook) -> None:
    """The total stands right below the headers, and something after it."""
    sheet = sheet_of(workbook)
    sheet.append(["编号", "名称", "面积（公顷）"])
    sheet.append(["合计", None, None])
    sheet["A4"] = "说明：面积保留四位小数。"
    framed(sheet, range(1, 3), 3)


NO_ROW_AT_ALL = Table(
    no_row_at_all,
    {"A2": "A1", "C2": 2, "A4": "A3", "C4": None, "A5": "合计", "A7": "说明：面积保留四位小数。"},
    inserted=3,
    left={"not_reported": 1},
)

TABLES = {
    "plain": PLAIN,
    "three lines": THREE_LINES,
    "total above": TOTAL_ABOVE,
    "printed": PRINTED,
    "lists and days": LISTS_AND_DAYS,
    "many things": MANY_THINGS,
    "no row at all": NO_ROW_AT_ALL,
}
