"""Which workbook does a person fill in? Headers with help, choices to pick from, a guide with examples."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from qingshan.exchange.columns import Column
from qingshan.exchange.days import Date
from qingshan.exchange.kinds import Kind
from qingshan.exchange.numbers import Number
from qingshan.exchange.values import Code
from qingshan.exchange.writers.describing import documentation, template_columns_of
from qingshan.exchange.writers.sheets import Formats, formats, new_workbook, sheet_name, widths
from qingshan.rules.reasons import CHINESE

GUIDE, CHOICES = "填写说明", "可选项"
_CHECKED_ROWS = 20_000
# what a list may hold inside the cell's own rule
_LONGEST_LIST = 250
_GUIDE_HEADERS = ("列名", "必填", "内容", "示例", "也可写作", "说明")


def template(kind: Kind) -> bytes:
    """The empty workbook of a kind."""
    target = io.BytesIO()
    workbook = new_workbook(target)
    looks = formats(workbook)
    columns = template_columns_of(kind)
    sheet = workbook.add_worksheet(sheet_name(kind.title.zh, {GUIDE, CHOICES}))
    guide = workbook.add_worksheet(GUIDE)
    _headers(sheet, columns, looks)
    _choices(workbook, sheet, columns)
    _guide(guide, kind, looks)
    workbook.close()
    return target.getvalue()


def _headers(sheet: Worksheet, columns: Sequence[Column], looks: Formats) -> None:
    headers = [column.header() for column in columns]
    for place, (column, width) in enumerate(zip(columns, widths(headers), strict=True)):
        look = looks["date"] if isinstance(column.type, Date) else None
        # long numbers in cells that are no text lose their last digits
        look = looks["text"] if isinstance(column.type, Code) else look
        sheet.set_column(place, place, width, look)
        sheet.write_string(0, place, headers[place], looks["required" if column.required else "header"])
        sheet.write_comment(0, place, _note(column), {"x_scale": 2})
    sheet.freeze_panes(1, 0)


def _note(column: Column) -> str:
    lines = ["必填" if column.required else "选填", column.type.name(), column.help_zh]
    return "\n".join(line for line in [*lines, f"示例：{column.example}" if column.example else ""] if line)


def _choices(workbook: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Choices to pick from; numbers and dates are checked where they are typed, with a warning only."""
    lists: Worksheet | None = None
    for place, column in enumerate(columns):
        choices = list(column.type.choices())
        if not choices:
            continue
        source: list[str] | str = choices
        if len(",".join(choices)) > _LONGEST_LIST:
            lists = lists or _hidden(workbook)
            lists.write_column(0, place, choices)
            letters = xl_col_to_name(place)
            source = f"='{CHOICES}'!${letters}$1:${letters}${len(choices)}"
        rule: dict[str, Any] = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, place, _CHECKED_ROWS, place, rule)
    for place, column in enumerate(columns):
        if isinstance(column.type, Number) and column.type.minimum is not None:
            least = float(column.type.minimum)
            rule = {"validate": "decimal", "criteria": ">=", "value": least}
            rule["error_type"] = "warning"
            sheet.data_validation(1, place, _CHECKED_ROWS, place, rule)


def _hidden(workbook: Workbook) -> Worksheet:
    sheet = workbook.add_worksheet(CHOICES)
    sheet.hide()
    return sheet


def _guide(sheet: Worksheet, kind: Kind, looks: Formats) -> None:
    for place, (header, width) in enumerate(zip(_GUIDE_HEADERS, (20, 8, 50, 24, 40, 50), strict=True)):
        sheet.set_column(place, place, width, looks["wrapped"])
        sheet.write_string(0, place, header, looks["header"])
    for row, line in enumerate(documentation(kind, CHINESE), start=1):
        required = "必填" if line.required else ""
        for place, text in enumerate(
            (line.header, required, line.content, line.sample, line.aliases, line.help)
        ):
            sheet.write_string(row, place, text, looks["wrapped"])
    sheet.freeze_panes(1, 0)
