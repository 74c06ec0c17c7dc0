"""Which files lie ready to try the house with? What offices really send, with everything that makes it hard.

They are written into a folder beside the database. Nothing in them is in the register.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from pyproj import Transformer
from xlsxwriter.worksheet import Worksheet

from qingshan.demo.days import day_of
from qingshan.demo.holdings import right_of
from qingshan.demo.mines import MineFacts
from qingshan.demo.offices import FIRST_COUNTY
from qingshan.demo.province import LABEL, Province
from qingshan.demo.regions import NAMES
from qingshan.office.desk.samples import FOLDER
from qingshan.rules.register import MineState

ZONE_41 = "EPSG:4529"
"""CGCS2000, three degrees wide around 123° E: the zone stands in front of the easting."""

Cell = str | int | float | None


@dataclass(frozen=True)
class Sample:
    """A file to try something with; `write` lays it out in a workbook of one sheet."""

    file_name: str
    write: Callable[[Worksheet, Province, Any, date], None]


def lay_out(facts: Province, *, today: date) -> None:
    """Write what is missing; a file that somebody changed is left as it is."""
    folder = Path(settings.HOME) / FOLDER
    folder.mkdir(exist_ok=True)
    for sample in SAMPLES:
        place = folder / sample.file_name
        if not place.exists():
            place.write_bytes(workbook(sample, facts, today=today))


def workbook(sample: Sample, facts: Province, *, today: date) -> bytes:
    """The file itself."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": LABEL, "comments": LABEL})
        framed = book.add_format({"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
        sheet = book.add_worksheet("Sheet1")
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 11, 17)
        sample.write(sheet, facts, framed, today)
    return target.getvalue()


def _mines_here(facts: Province) -> list[MineFacts]:
    working = (MineState.PRODUCING, MineState.STOPPED)
    return [mine for mine in facts.mines if mine.county == FIRST_COUNTY and mine.state in working]


def _uscc(mine: MineFacts) -> str | None:
    return mine.enterprise.uscc if mine.enterprise else None


# --- the corners of a licence -------------------------------------------------------------------------------


def _corners(sheet: Worksheet, facts: Province, framed: Any, today: date) -> None:
    """A licence that was renewed with another number and a boundary a little wider, as its annex lists it."""
    mine = _mines_here(facts)[0]
    right = right_of()[mine.key]
    said = (
        ("采矿许可证号", f"C{FIRST_COUNTY}{today.year}{today.month:02d}7140{mine.key[-3:]}901"),
        ("所属矿山编号", mine.key),
        ("采矿权人", right.holder_name),
        ("行政区划代码", FIRST_COUNTY),
        ("开采矿种", mine.mineral.name),
        ("有效期止", f"{day_of(1825, today=today)}"),
    )
    sheet.merge_range(0, 0, 0, 3, "矿区范围拐点坐标表（演示）", framed)
    for line, (label, value) in enumerate(said, start=1):
        sheet.write_row(line, 0, (f"{label}：{value}",))
    top = len(said) + 1
    sheet.write(top, 0, "坐标系：2000国家大地坐标系，3度带，第41带，中央经线123°")
    sheet.write_row(top + 1, 0, ("点号", "X坐标", "Y坐标"), framed)
    rows = list(_numbered_corners(mine))
    for line, row in enumerate(rows, start=top + 2):
        sheet.write_row(line, 0, row, framed)
    sheet.write(top + 2 + len(rows), 0, f"该矿区范围共由{len(rows)}个拐点圈定。{LABEL}。")


def _numbered_corners(mine: MineFacts) -> Iterator[tuple[Cell, ...]]:
    wider = mine.geometry.buffer(0.0004, join_style="mitre")
    corners = list(wider.exterior.coords)[:-1]
    to_metres = Transformer.from_crs("EPSG:4490", ZONE_41, always_xy=True)
    for number, (lon, lat) in enumerate(corners, start=1):
        east, north = to_metres.transform(lon, lat)
        yield number, round(north, 3), round(east, 3)


# --- an empty table of the province -------------------------------------------------------------------------

_GROUPS = (
    ("序号", ()),
    ("矿山基本情况", ("矿山名称", "采矿许可证号", "开采矿种", "生产规模", "生产状态")),
    ("点位情况", ("点位数量（处）", "图形面积（公顷）")),
    ("临时用地", ("宗数", "到期未还（宗）")),
    ("备注", ()),
)
_EMPTY_ROWS = 15


def _empty_table(sheet: Worksheet, facts: Province, framed: Any, today: date) -> None:
    """As the province sends it down: a title, two lines of headers, empty rows, a total and who answers for it."""
    last = sum(max(1, len(names)) for _title, names in _GROUPS) - 1
    sheet.merge_range(0, 0, 0, last, f"{today.year}年矿山基本情况调度表（演示）", framed)
    sheet.write(1, 0, "填报单位（盖章）：")
    sheet.write(1, last - 1, "填报日期：")
    _headers(sheet, framed, line=2)
    for line in range(4, 4 + _EMPTY_ROWS):
        for column in range(last + 1):
            sheet.write_blank(line, column, None, framed)
    total = 4 + _EMPTY_ROWS
    sheet.merge_range(total, 0, total, 5, "合计", framed)
    for column in range(6, last + 1):
        letter = chr(ord("A") + column)
        if column < last:
            sheet.write_formula(total, column, f"=SUM({letter}5:{letter}{total})", framed)
    sheet.write(total + 1, 0, f"填表人：　　　　审核人：　　　　说明：{LABEL}")


def _headers(sheet: Worksheet, framed: Any, *, line: int) -> None:
    column = 0
    for title, names in _GROUPS:
        if not names:
            sheet.merge_range(line, column, line + 1, column, title, framed)
            column += 1
            continue
        sheet.merge_range(line, column, line, column + len(names) - 1, title, framed)
        sheet.write_row(line + 1, column, names, framed)
        column += len(names)


# --- an ugly ledger -----------------------------------------------------------------------------------------

_UGLY_HEADERS = (
    "序号", "矿山号", "县（区）", "矿山名称", "信用代码", "矿种", "规模", "状态", "采矿许可证号", "面积", "核查时间",
)  # fmt: skip


def _ugly_ledger(sheet: Worksheet, facts: Province, framed: Any, today: date) -> None:
    """A ledger as it grows over years: every office its own spelling, totals among the rows, notes at the end."""
    last = len(_UGLY_HEADERS) - 1
    sheet.merge_range(0, 0, 0, last, f"{NAMES[FIRST_COUNTY]}矿山综合整治台账（演示）", framed)
    sheet.write(1, last, "单位：亩")
    sheet.write_row(2, 0, _UGLY_HEADERS, framed)
    rows = list(_ugly_rows(facts))
    for line, row in enumerate(rows, start=3):
        sheet.write_row(line, 0, row, framed)
    end = 3 + len(rows)
    sheet.write_row(end, 0, ("合计", None, f"共{len(rows)}家"), framed)
    sheet.write(end + 1, 0, f"注：面积为实测面积，部分为估算。{LABEL}")


def _ugly_rows(facts: Province) -> Iterator[list[Cell]]:
    county = NAMES[FIRST_COUNTY]
    for number, mine in enumerate(_mines_here(facts)[:14], start=1):
        area_mu = round(right_of()[mine.key].reported_area_km2 * 1_500, 1) if mine.licence_no else None
        row: list[Cell] = [
            number, mine.key, county, mine.name, _uscc(mine), mine.mineral.name, mine.scale.zh, mine.state.zh,
            mine.licence_no, area_mu, "2025-10-18",
        ]  # fmt: skip
        yield _spoilt(number, row)


def _spoilt(number: int, row: list[Cell]) -> list[Cell]:
    """What is wrong with this row, if anything; people write all of it."""
    at, wrong = _SPOILT.get(number, (0, None))
    if wrong is None:
        return row
    return [*row[:at], wrong(row[at]), *row[at + 1 :]]


_SPOILT: dict[int, tuple[int, Callable[[Any], Cell]]] = {
    2: (9, lambda area: f"{area}亩左右"),
    3: (10, lambda _: "2025.10"),
    4: (4, lambda uscc: f"{uscc[:-1]}{'0' if uscc[-1] != '0' else '1'}"),
    5: (8, lambda number: " ".join((number[:7], number[7:13], number[13:]))),
    6: (7, lambda _: "停产整顿中"),
    7: (2, lambda county: county.removesuffix("县")),
    8: (3, lambda name: f" {name}　"),
    9: (9, lambda area: f"{area / 15:g}公顷"),
    10: (10, lambda _: "2025年10月18日"),
    11: (6, lambda _: "特小型"),
    12: (4, lambda uscc: uscc.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
    13: (8, lambda _: "正在办理"),
    14: (1, lambda key: f"{key[:-3]}002"),
}

# --- a list with mines that are there already ---------------------------------------------------------------

_LIST_HEADERS = ("矿山编号", "矿山名称", "行政区划代码", "统一社会信用代码", "矿种", "采矿许可证号")
_KNOWN_AGAIN = 2


def _another_list(sheet: Worksheet, facts: Province, framed: Any, today: date) -> None:
    """Mines under numbers of another office: two that are certainly there already, one perhaps, one new."""
    known = [mine for mine in _mines_here(facts) if mine.enterprise and mine.licence_no]
    again: list[list[Cell]] = [
        [mine.name, FIRST_COUNTY, _uscc(mine), mine.mineral.name, mine.licence_no]
        for mine in known[:_KNOWN_AGAIN]
    ]
    perhaps = known[_KNOWN_AGAIN]
    rows: list[list[Cell]] = [
        *again,
        [f"{NAMES[FIRST_COUNTY]}{perhaps.name}", FIRST_COUNTY, None, perhaps.mineral.name, None],
        ["云杉坞石英岩矿", FIRST_COUNTY, None, "玻璃用石英岩", None],
    ]
    sheet.write_row(0, 0, _LIST_HEADERS, framed)
    for line, row in enumerate(rows, start=1):
        sheet.write_row(line, 0, [f"QS-{line:03d}", *row], framed)


SAMPLES = (
    Sample("另一单位的矿山清单（演示）.xlsx", _another_list),
    Sample("采矿权拐点坐标（演示）.xlsx", _corners),
    Sample("上级调度表空表（演示）.xlsx", _empty_table),
    Sample("待体检的矿山台账（演示）.xlsx", _ugly_ledger),
)
"""For the import of mines, of mining rights, for a superior's table to be filled in, for the check-up of a table."""
