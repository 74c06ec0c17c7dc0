"""Twelve workbooks as offices keep them, each made by script, with what must come of it standing beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

WEST_CODE, EAST_CODE = "990101", "990102"
HECTARE_M2, MU_M2 = 10_000, 2000 / 3


@dataclass(frozen=True)
class Untidy:
    """One workbook and what it means."""

    name: str
    kind: str
    make: Callable[[Path], Path]
    rows: tuple[Mapping[str, Any], ...]
    """The good rows in the order of the file, by column name."""
    refused: tuple[str, ...] = ()
    """The sentences about the others."""
    left_out: tuple[tuple[int, str], ...] = ()
    """Row and reason."""
    notes: tuple[str, ...] = ()
    ending: str = ".xlsx"


def _book(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name, rows in sheets:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    page.write(number, place, cell)
    book.close()
    return path


def two_lines_of_headers(path: Path) -> Path:
    """Titles, headers merged over two lines, units below them, column numbers, a total and a note."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("台账")
    page.merge_range("A1:F1", "青石县历史遗留矿山点位台账")
    page.merge_range("A2:F2", "填报单位：青石县自然资源局    日期：2026年3月")
    for cells, text in (
        ("A3:A4", "序号"),
        ("B3:B4", "点位\n编号"),
        ("C3:C4", "点位名称"),
        ("F3:F4", "行政区划代码"),
    ):
        page.merge_range(cells, text)
    page.merge_range("D3:E3", "占地面积")
    page.write_row("D4", ["公顷", "计算依据"])
    page.write_row("A5", [1, 2, 3, 4, 5, 6])
    page.write_row("A6", [1, "Ａ－１", " 青石沟 ", 1.5, "实测", WEST_CODE])
    page.write_row("A7", [2, "A-2", "北坡", "1,234.5", "图上", WEST_CODE])
    page.write_row("A8", ["合计", None, None, 1236])
    page.merge_range("A9:F9", "注：面积以实测为准。")
    book.close()
    return path


def three_lines_of_headers(path: Path) -> Path:
    """What is merged over two columns, then over one, then the unit."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.merge_range("A1:A3", "点位编号")
    page.merge_range("B1:C1", "基本情况")
    page.merge_range("B2:B3", "点位名称")
    page.write("C2", "面积")
    page.write("C3", "（亩）")
    page.merge_range("D1:D3", "行政区划代码")
    page.write_row("A4", ["B-1", "南沟", 15, WEST_CODE])
    page.write_row("A5", ["B-2", "西沟", "0.2公顷", WEST_CODE])
    page.write_row("A6", ["B-3", "东沟", "2000平方米", WEST_CODE])
    book.close()
    return path


def days_in_every_shape(path: Path) -> Path:
    """Days as people type them; what lacks a day or has no certain order goes back."""
    days = [
        "2024.3.5",
        "2024年3月5日",
        "20240305",
        45356,
        "２０２４－０３－０５",
        "2024年3月",
        "24/3/5",
        "去年",
    ]
    rows: list[list[Any]] = [["编号", "名称", "发现日期", "行政区划代码"]]
    rows += [[f"C-{n}", f"点{n}", day, WEST_CODE] for n, day in enumerate(days, start=1)]
    return _book(path, ("点位", rows))


def one_unit_for_all(path: Path) -> Path:
    """The unit stands above the table, once for all of it."""
    rows = [
        ["损毁土地统计表"],
        [None, None, None, "单位：亩"],
        ["编号", "名称", "面积", "行政区划代码"],
        ["D-1", "青石沟", 3, WEST_CODE],
        ["D-2", "北坡", "2公顷", WEST_CODE],
    ]
    return _book(path, ("统计", rows))


def pages_as_printed(path: Path) -> Path:
    """The headers again on every page, sub-totals in the middle, blank lines, counties as headings."""
    head = ["序号", "矿山编号", "矿山名称", "行政区划代码", "开采方式", "规模"]
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row("A1", head)
    page.merge_range("A2:F2", "一、青石县")
    page.write_row("A3", [1, "K-11", "老虎沟铁矿", WEST_CODE, "露天", "大型"])
    page.write_row("A4", [2, "K-12", "石门灰岩矿", WEST_CODE, "地下", "小型"])
    page.write_row("A5", [None, "小 计", "2个"])
    page.write_row("A7", head)
    page.write_row("A8", [3, "K-13", "王家湾矿", WEST_CODE, "露天", "中型"])
    page.write_row("A9", [4])
    page.write_row("A10", ["青石县合计", None, 3])
    page.write_row("A11", ["制表人：林经办   审核：某某"])
    book.close()
    return path


def hidden_rows_and_columns(path: Path) -> Path:
    """What is hidden in the sheet is in the file all the same."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("点位")
    page.write_row("A1", ["编号", "名称", "行政区划代码", "备注"])
    page.write_row("A2", ["E-1", "青石沟", WEST_CODE, "甲"])
    page.write_row("A3", ["E-2", "北坡", WEST_CODE, "乙"])
    page.write_row("A4", ["E-3", "南沟", WEST_CODE, "丙"])
    page.set_row(1, None, None, {"hidden": True})
    page.set_row(2, None, None, {"hidden": True})
    page.set_column(3, 3, None, None, {"hidden": True})
    book.close()
    return path


def formulas(path: Path) -> Path:
    """A formula with its result, one without, one that failed."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row("A1", ["编号", "名称", "面积（公顷）", "行政区划代码", "长"])
    for row, (code, result) in enumerate((("F-1", 6), ("F-2", ""), ("F-3", "#DIV/0!")), start=1):
        page.write_row(row, 0, [code, "坡", None, WEST_CODE, 3])
        page.write_formula(row, 2, f"=E{row + 1}*2", None, result)
    book.close()
    return path


def two_tables_in_one_sheet(path: Path) -> Path:
    """One below the other, each with its own headers, in another order and another unit."""
    rows = [
        ["一、在册点位"],
        ["编号", "名称", "面积（公顷）", "行政区划代码"],
        ["G-1", "青石沟", 1, WEST_CODE],
        ["合计", None, 1],
        [],
        ["二、新增点位"],
        ["名称", "编号", "行政区划代码", "面积（亩）", "发现日期"],
        ["北坡", "G-2", WEST_CODE, 15, "2026-03-01"],
        ["南沟", "G-3", WEST_CODE, 30, "2026-03-02"],
    ]
    return _book(path, ("点位", rows))


def numbers_as_text(path: Path) -> Path:
    """Full-width digits, thousands separated, line breaks and spaces behind, unit words in cells."""
    rows = [
        ["编 号", "名　称", "面积(㎡)", "行政区划代码 "],
        ["Ｈ－１", "青石沟\n", "１，２００", f" {WEST_CODE}\u00a0"],
        ["H-2", "北坡\u200b", "12,345.60 ", WEST_CODE],
        ["H-3", "南沟", "0.5 公 顷", WEST_CODE],
        ["H-4", "西沟", "约3", WEST_CODE],
    ]
    return _book(path, ("点位", rows))


def an_old_workbook(path: Path) -> Path:
    """A real .xls with merged cells, dates as numbers and a hidden row."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("矿山台账")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    page.write_merge(0, 0, 0, 4, "青石县矿山台账")
    for place, text in enumerate(["编号", "名称", "发现时间", "区划代码", "占地面积（亩）"]):
        page.write(1, place, text)
    page.write_merge(2, 3, 3, 3, WEST_CODE)
    for row, (code, name, area) in enumerate((("I-1", "青石沟", 15), ("I-2", "北坡", "30亩")), start=2):
        page.write(row, 0, code)
        page.write(row, 1, name)
        page.write(row, 2, date(2024, 3, 5), day)
        page.write(row, 4, area)
    page.row(3).hidden = True
    book.save(str(path))
    return path


def mines_with_wrong_cells(path: Path) -> Path:
    """Half of it right; twins, unknown terms, another county, a number that lost its digits."""
    rows = [
        ["矿山编号", "矿山名称", "行政区划代码", "生产状态", "采矿许可证号"],
        ["K-21", "老虎沟铁矿", WEST_CODE, "在产", None],
        ["K-22", "石门矿", WEST_CODE, "半停产", None],
        ["K-23", "白水矿", EAST_CODE, "停产", None],
        ["K-24", "王家湾矿", WEST_CODE, "关闭", 4101022020011120000],
        ["K-25", "双生矿", WEST_CODE, "关闭", None],
        ["K-25", "双生矿", WEST_CODE, "停产", None],
        [None, "无号矿", WEST_CODE, "停产", None],
    ]
    return _book(path, ("矿山", rows))


def several_sheets(path: Path) -> Path:
    """A sheet for each township, a sheet that is no table, and one with the headers alone."""
    head = ["点位编号", "点位名称", "类型", "行政区划代码"]
    return _book(
        path,
        ("说明", [["本表由各乡镇填报，汇总后上报。"]]),
        ("城关镇", [head, ["J-1", "青石沟", "露天采场", WEST_CODE]]),
        (
            "石门乡",
            [["石门乡"], [], head, ["J-2", "北坡", "排土场", WEST_CODE], ["J-3", "南沟", "大坑", WEST_CODE]],
        ),
        ("白草乡", [head]),
    )


def _not_number(row: int, text: str, offer: str) -> str:
    return f"第 {row} 行“面积(㎡)”：读到“{text}”，不是数字。请改为 {offer}，或在备注中说明。"


DAY = "2024-03-05"
_SITE_KINDS = "露天采场、"
UNTIDY = (
    Untidy(
        "two lines of headers",
        "sites",
        two_lines_of_headers,
        rows=(
            {"key": "A-1", "name": "青石沟", "reported_area_m2": 1.5 * HECTARE_M2},
            {"key": "A-2", "name": "北坡", "reported_area_m2": 1234.5 * HECTARE_M2},
        ),
        left_out=((5, "numbering"), (8, "totals"), (9, "notes")),
    ),
    Untidy(
        "three lines of headers",
        "sites",
        three_lines_of_headers,
        rows=(
            {"key": "B-1", "name": "南沟", "reported_area_m2": 15 * MU_M2},
            {"key": "B-2", "name": "西沟", "reported_area_m2": 0.2 * HECTARE_M2},
            {"key": "B-3", "name": "东沟", "reported_area_m2": 2000},
        ),
    ),
    Untidy(
        "days in every shape",
        "sites",
        days_in_every_shape,
        rows=tuple({"key": f"C-{n}", "found_on": date.fromisoformat(DAY)} for n in range(1, 6)),
        refused=(
            "第 7 行“发现日期”：读到“2024年3月”，缺少日。请按 2026-03-01 的样式填写完整日期。",
            "第 8 行“发现日期”：读到“24/3/5”，分不清年、月、日的次序。请按 2026-03-01 的样式填写。",
            "第 9 行“发现日期”：读到“去年”，不是日期。请按 2026-03-01 的样式填写。",
        ),
    ),
    Untidy(
        "one unit for all",
        "sites",
        one_unit_for_all,
        rows=(
            {"key": "D-1", "reported_area_m2": 3 * MU_M2},
            {"key": "D-2", "reported_area_m2": 2 * HECTARE_M2},
        ),
        notes=("工作表“统计”上方写明单位为亩，“面积”的表头没有单位，按亩读取。",),
    ),
    Untidy(
        "pages as printed",
        "mines",
        pages_as_printed,
        rows=(
            {"key": "K-11", "name": "老虎沟铁矿", "method": "open_pit", "scale": "large"},
            {"key": "K-12", "name": "石门灰岩矿", "method": "underground", "scale": "small"},
            {"key": "K-13", "name": "王家湾矿", "method": "open_pit", "scale": "medium"},
        ),
        left_out=((2, "group"), (5, "totals"), (7, "headers"), (10, "totals"), (11, "notes")),
    ),
    Untidy(
        "hidden rows and columns",
        "sites",
        hidden_rows_and_columns,
        rows=({"key": "E-1", "note": "甲"}, {"key": "E-2", "note": "乙"}, {"key": "E-3", "note": "丙"}),
        notes=("工作表“点位”中有隐藏的内容，也已读入。隐藏的行：2–3；隐藏的列：D。",),
    ),
    Untidy(
        "formulas",
        "sites",
        formulas,
        rows=({"key": "F-1", "reported_area_m2": 6 * HECTARE_M2},),
        refused=(
            "第 3 行“面积（公顷）”：是公式，但文件中没有保存它的结果。请用表格软件打开后保存，或改为数值。",
            "第 4 行“面积（公顷）”：公式的结果是错误值“#DIV/0!”。请改正公式或改为数值。",
        ),
    ),
    Untidy(
        "two tables in one sheet",
        "sites",
        two_tables_in_one_sheet,
        rows=(
            {"key": "G-1", "name": "青石沟", "reported_area_m2": HECTARE_M2},
            {"key": "G-2", "name": "北坡", "reported_area_m2": 15 * MU_M2, "found_on": date(2026, 3, 1)},
            {"key": "G-3", "name": "南沟", "reported_area_m2": 30 * MU_M2, "found_on": date(2026, 3, 2)},
        ),
        left_out=((4, "totals"),),
    ),
    Untidy(
        "numbers as text",
        "sites",
        numbers_as_text,
        rows=(
            {"key": "H-1", "name": "青石沟", "reported_area_m2": 1200},
            {"key": "H-2", "name": "北坡", "reported_area_m2": 12345.6},
            {"key": "H-3", "name": "南沟", "reported_area_m2": 0.5 * HECTARE_M2},
        ),
        refused=(_not_number(5, "约3", "3"),),
    ),
    Untidy(
        "an old workbook",
        "sites",
        an_old_workbook,
        rows=(
            {"key": "I-1", "reported_area_m2": HECTARE_M2, "found_on": date(2024, 3, 5)},
            {"key": "I-2", "reported_area_m2": 2 * HECTARE_M2, "found_on": date(2024, 3, 5)},
        ),
        ending=".xls",
    ),
    Untidy(
        "mines with wrong cells",
        "mines",
        mines_with_wrong_cells,
        rows=({"key": "K-21", "name": "老虎沟铁矿", "state": "producing"},),
        refused=(
            "第 3 行“生产状态”：读到“半停产”，不在可选项内。请改为其中之一：在产、停产、关闭、废弃。",
            "第 4 行“行政区划代码”：“白水县”不在您岗位的管辖范围内，不能登记。请交由当地登记，或改正代码。",
            "第 5 行“采矿许可证号”：读到“4.10102202001112e+18”，表格软件把它当作数字，末尾几位已经丢失。"
            "请将单元格设为文本格式后重新录入。",
            "第 6 行：与第 7 行是同一对象（K-25）。请只保留一行。",
            "第 7 行：与第 6 行是同一对象（K-25）。请只保留一行。",
            "第 8 行：缺少“矿山编号”，无法辨认是哪一个对象。请补充。",
        ),
    ),
    Untidy(
        "several sheets",
        "sites",
        several_sheets,
        rows=(
            {"key": "J-1", "name": "青石沟", "kind": "open_pit"},
            {"key": "J-2", "name": "北坡", "kind": "waste_dump"},
        ),
        refused=("第 5 行“类型”：读到“大坑”，不在可选项内。请改为其中之一：{site_kinds}。",),
    ),
)
