"""How does the task map leave as a workbook? Dates in cells, weeks as coloured cells with letters, measures beside."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from qingshan.exchange.cells import Cell
from qingshan.exchange.writers.sheets import Formats, formats, new_workbook, sheet_name, write_cell
from qingshan.office.cases.timetables import PlanTimes, work_kind
from qingshan.office.matters.models import Matter, Measure, Plan, Stage
from qingshan.rules.bars import Bar, BarRow
from qingshan.rules.reasons import CHINESE, say

MOST_WEEKS = 520
"""Ten years of weeks; what lies beyond stands in its dates only."""
BASELINE, FORECAST, ACTUAL, LATE = "baseline", "forecast", "actual", "late"
_FIRST_ROW = 4


def task_map_workbook(plan: Plan, matter: Matter, times: PlanTimes) -> bytes:
    """One sheet of stages with their weeks, one of measures; no text becomes a formula."""
    target = io.BytesIO()
    workbook, taken = new_workbook(target), set[str]()
    looks = _looks(workbook)
    _stages(workbook.add_worksheet(sheet_name(_("任务图"), taken)), looks, plan, matter, times)
    _measures(workbook.add_worksheet(sheet_name(_("整改措施"), taken)), looks, plan)
    workbook.close()
    return target.getvalue()


def _looks(workbook: Workbook) -> Formats:
    cell = {"align": "center", "border": 1, "border_color": "#DFE6E4", "font_size": 8}
    return formats(workbook) | {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        BASELINE: workbook.add_format({**cell, "bg_color": "#E3ECE8"}),
        FORECAST: workbook.add_format({**cell, "bg_color": "#0B5D50", "font_color": "#FFFFFF"}),
        LATE: workbook.add_format({**cell, "bg_color": "#F6C5BF", "font_color": "#C8201F"}),
        ACTUAL: workbook.add_format({**cell, "bg_color": "#1D2B2A", "font_color": "#FFFFFF"}),
        "week": workbook.add_format(
            {"bold": True, "rotation": 90, "font_size": 8, "num_format": "mm-dd", "bg_color": "#E3ECE8"}
        ),
    }


# -- stages ----------------------------------------------------------------------------------------------------


def _stages(sheet: Worksheet, looks: Formats, plan: Plan, matter: Matter, times: PlanTimes) -> None:
    headers = _headers()
    sheet.write_string(0, 0, str(plan)[:200], looks["title"])
    sheet.write_string(1, 0, "　".join(_facts(matter, times)))
    sheet.write_string(2, 0, _("周格：基 = 基线，预 = 预测，实 = 实际；红底为推迟。"))
    for column, (header, width) in enumerate(headers):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST_ROW - 1, column, header, looks["header"])
    weeks = _weeks(times)
    for place, monday in enumerate(weeks):
        sheet.set_column(len(headers) + place, len(headers) + place, 2.6)
        sheet.write_datetime(_FIRST_ROW - 1, len(headers) + place, monday, looks["week"])
    drawn = {row.work.id: row for row in times.bars.rows} if times.bars else {}
    for number, stage in enumerate(times.stages, start=_FIRST_ROW):
        _row(sheet, number, _cells(stage, times), looks)
        if row := drawn.get(str(stage.place)):
            _paint(sheet, number, len(headers), weeks, row, looks)
    sheet.freeze_panes(_FIRST_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST_ROW - 1)


def _facts(matter: Matter, times: PlanTimes) -> Iterator[str]:
    yield _("编号 %(number)s") % {"number": matter.number}
    yield _("问题 %(title)s") % {"title": matter.title}
    if times.deadline:
        yield _("时限 %(day)s") % {"day": times.deadline.isoformat()}
    yield _("截至 %(day)s") % {"day": times.on.isoformat()}


def _headers() -> list[tuple[str, int]]:
    return [
        (_("序号"), 6), (_("节点名称"), 28), (_("工程类别"), 9), (_("工期（天）"), 9), (_("前置节点"), 9),
        (_("间隔（自然日）"), 9), (_("基线开始"), 11), (_("基线完成"), 11), (_("预测开始"), 11),
        (_("预测完成"), 11), (_("实际开始"), 11), (_("实际完成"), 11), (_("进度（%）"), 8), (_("推迟（天）"), 8),
        (_("原因"), 40),
    ]  # fmt: skip


def _cells(stage: Stage, times: PlanTimes) -> list[Cell]:
    base = times.baseline.row(str(stage.place))
    forecast = times.forecast.row(str(stage.place)) if times.forecast else None
    slip, language = times.slip(stage), get_language() or CHINESE
    return [
        stage.place,
        stage.name,
        work_kind(stage.work).say(language),
        stage.days,
        "、".join(map(str, stage.after)),
        stage.lag_days,
        base.from_on if base else None,
        base.to_on if base else None,
        forecast.from_on if forecast else None,
        forecast.to_on if forecast else None,
        stage.begun_on,
        stage.done_on,
        stage.progress_percent,
        slip.days if slip else None,
        say(slip.because, language) if slip else "",
    ]


def _row(sheet: Worksheet, number: int, cells: Sequence[Cell], looks: Formats) -> None:
    for column, cell in enumerate(cells):
        form: Format | None = looks["wrapped"] if isinstance(cell, str) else None
        write_cell(sheet, number, column, cell, form, looks["date"])


def _weeks(times: PlanTimes) -> list[date]:
    if times.bars is None:
        return []
    return [tick.on for tick in times.bars.weeks[:MOST_WEEKS]]


def _paint(
    sheet: Worksheet, number: int, first: int, weeks: Sequence[date], row: BarRow, looks: Formats
) -> None:
    """One cell a week: what was done, else what is expected, else what was planned."""
    expected = LATE if (row.slip_days or 0) > 0 else FORECAST
    kinds = (
        (ACTUAL, _("实"), row.actual),
        (expected, _("预"), row.forecast),
        (BASELINE, _("基"), row.baseline),
    )
    for place, monday in enumerate(weeks):
        for look, letter, bar in kinds:
            if bar and _touches(bar, monday):
                sheet.write_string(number, first + place, letter, looks[look])
                break


def _touches(bar: Bar, monday: date) -> bool:
    return bar.span.from_on <= monday + timedelta(days=6) and monday <= bar.span.to_on


# -- measures --------------------------------------------------------------------------------------------------


def _measures(sheet: Worksheet, looks: Formats, plan: Plan) -> None:
    headers = [
        (_("序号"), 6), (_("整改措施"), 40), (_("所属节点"), 20), (_("工程量"), 12), (_("完成量"), 12),
        (_("工程量单位"), 12), (_("进度（%）"), 8), (_("完成时限"), 12), (_("完成日期"), 12),
        (_("责任单位"), 26), (_("岗位"), 16), (_("责任人"), 12), (_("以何佐证"), 24),
    ]  # fmt: skip
    for column, (header, width) in enumerate(headers):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, header, looks["header"])
    for number, each in enumerate(plan.measures.select_related("stage").order_by("place"), start=1):
        _row(sheet, number, _measure(each), looks)
    sheet.freeze_panes(1, 2)


def _measure(each: Measure) -> list[Any]:
    return [
        each.place,
        each.name,
        each.stage.name if each.stage else "",
        None if each.quantity is None else float(each.quantity),
        None if each.done_quantity is None else float(each.done_quantity),
        each.quantity_unit,
        each.progress_percent,
        each.due_on,
        each.done_on,
        each.unit_name,
        each.post,
        each.person_name,
        each.shown_by,
    ]
