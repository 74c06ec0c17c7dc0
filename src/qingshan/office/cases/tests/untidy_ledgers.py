"""Twelve ledgers as offices keep them, each made by script, with what must come of it standing beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from qingshan.office.cases.tests.ledgers import book


@dataclass(frozen=True)
class Untidy:
    """One ledger and what it means."""

    name: str
    make: Callable[[Path], Path]
    rows: Mapping[str, Mapping[str, Any]]
    """By title: `state`, `due_on`, `opened_on`, `closed_on`, `source`, `number`, `measures`, `units`."""
    refused: tuple[str, ...] = ()
    """How the sentences about the others end."""
    ending: str = ".xlsx"


def two_lines_of_headers(path: Path) -> Path:
    """A title, headers merged over two lines, numbered columns, a note below."""
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet("整改台账")
    page.merge_range("A1:H1", "青石县中央生态环境保护督察反馈问题整改台账")
    page.merge_range("A2:H2", "填报单位：青石县自然资源局　　填报日期：2026年2月28日")
    for cells, text in (
        ("A3:A4", "序号"),
        ("B3:B4", "问题编号"),
        ("C3:C4", "反馈问题\n（整改任务）"),
        ("D3:D4", "整改时限"),
    ):
        page.merge_range(cells, text)
    page.merge_range("E3:F3", "责任落实")
    page.write_row("E4", ["责任单位", "责任领导"])
    page.merge_range("G3:G4", "整改措施")
    page.merge_range("H3:H4", "整改状态")
    page.write_row("A5", [1, 2, 3, 4, 5, 6, 7, 8])
    page.write_row(
        "A6",
        [
            1,
            "央督-12",
            "老虎沟铁矿采坑未回填",
            "2026年12月底前",
            "县自然资源局",
            "赵某",
            "1.清渣；2.回填。",
            "推进中",
        ],
    )
    page.write_row(
        "A7", [2, "央督-13", "石门灰岩矿越界开采", "2025年6月", "县自然资源局", "赵某", "责令停产", "未启动"]
    )
    page.merge_range("A8:H8", "注：整改时限以方案为准。")
    made.close()
    return path


def running_numbers_only(path: Path) -> Path:
    """Nobody gave the problems a number."""
    rows = [
        ["序号", "存在问题", "整改目标", "是否完成整改", "状态"],
        [1, "北坡边坡过陡", "削坡", None, "正在整改"],
        [2, "南沟弃渣", "清运", None, "整改完成"],
    ]
    return book(path, ("问题清单", rows))


def deadlines_in_every_shape(path: Path) -> Path:
    """Days, months, years, words."""
    shapes = [
        "2026-06-30", "2026年6月30日前", "2026.6.30", 46203, "2026年6月底前完成", "2026年底", "2026年",
        "立行立改", "长期坚持", "尽快",
    ]  # fmt: skip
    rows: list[list[Any]] = [["编号", "问题", "完成时限", "状态"]]
    rows += [[f"T-{n}", f"问题{n}", shape, "推进中"] for n, shape in enumerate(shapes, start=1)]
    return book(path, ("台账", rows))


def statuses_in_every_wording(path: Path) -> Path:
    """As people write them."""
    words = [
        "●整改中",
        "达到序时进度",
        "已完成",
        "已验收，待公示",
        "拟销号公示",
        "完成销号",
        "已反弹",
        "●逾期",
        "不属实",
    ]
    rows: list[list[Any]] = [["任务编号", "任务内容", "问题", "进展/状态", "销号时间"]]
    rows += [
        [
            f"Z-{n}",
            None,
            f"问题{n}",
            word,
            "2025年12月1日" if "完成销号" in word or "不属实" in word else None,
        ]
        for n, word in enumerate(words, start=1)
    ]
    return book(path, ("台账", rows))


def merged_down_the_side(path: Path) -> Path:
    """The source and the region are written once for several rows."""
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet()
    page.write_row("A1", ["问题来源", "行政区域", "编号", "问题摘要", "状态"])
    page.merge_range("A2:A4", "省级督察交办")
    page.merge_range("B2:B4", "云岭市青石县")
    for row, (key, title) in enumerate((("M-11", "采坑"), ("M-12", "弃渣"), ("M-13", "扬尘")), start=1):
        page.write(row, 2, key)
        page.write(row, 3, title)
        page.write(row, 4, "推进中")
    made.close()
    return path


def notices_in_one_cell(path: Path) -> Path:
    """From and to in one cell, in every shape."""
    periods = [
        "2026-02-02至2026-02-09",
        "2026年2月2日—2月9日",
        "2026年2月2日至9日",
        "2026.2.2-2026.2.9",
        "二月上旬",
    ]
    rows: list[list[Any]] = [["编号", "问题", "状态", "公示期"]]
    rows += [[f"N-{n}", f"问题{n}", "公示中", period] for n, period in enumerate(periods, start=1)]
    return book(path, ("台账", rows))


def progress_instead_of_a_status(path: Path) -> Path:
    """A percentage, and a text under 进展."""
    rows = [
        ["编号", "问题", "整改进度", "进展", "整改措施"],
        ["P-1", "采坑", 0.65, "已回填三分之二", "回填"],
        ["P-2", "弃渣", "100%", "已清运", "清运"],
        ["P-3", "扬尘", "0%", None, None],
        ["P-4", "边坡", None, "已销号", None],
    ]
    return book(path, ("台账", rows))


def an_old_workbook(path: Path) -> Path:
    """A real .xls with days as numbers."""
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("台账")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for place, text in enumerate(["编号", "问题名称", "交办日期", "整改期限", "整改状态"]):
        page.write(0, place, text)
    page.write(1, 0, "O-1")
    page.write(1, 1, "采坑未回填")
    page.write(1, 2, date(2025, 3, 5), day)
    page.write(1, 3, date(2026, 12, 31), day)
    page.write(1, 4, "序时推进")
    page.write(2, 0, "O-2")
    page.write(2, 1, "弃渣")
    page.write(2, 2, date(2025, 3, 6), day)
    page.write(2, 4, "推进")
    made.save(str(path))
    return path


def groups_and_totals(path: Path) -> Path:
    """Kinds of problems as headings, sums in the middle."""
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet()
    page.write_row("A1", ["编号", "问题", "责任单位", "状态"])
    page.merge_range("A2:D2", "一、立行立改类（1个）")
    page.write_row("A3", ["G-1", "扬尘", "县生态环境局", "完成整改"])
    page.write_row("A4", ["小计", "1个"])
    page.merge_range("A5:D5", "二、限期整改类（1个）")
    page.write_row("A6", ["G-2", "采坑", "县自然资源局", "推进中"])
    page.write_row("A7", ["合计", "2个"])
    made.close()
    return path


def a_sheet_for_each_source(path: Path) -> Path:
    """A cover sheet, one sheet for each source, headers in another order."""
    return book(
        path,
        ("封面", [["青石县问题整改台账"], ["2026年2月"]]),
        ("督察", [["编号", "问题", "来源", "状态"], ["S-1", "采坑", "中央环保督察", "推进中"]]),
        ("信访", [["问题", "状态", "编号", "问题来源"], ["扬尘", "已完成", "S-2", "12369举报"]]),
        ("卫片", [["编号", "问题", "来源", "状态"], ["S-3", "毁林", "2025年卫片执法", "未启动"]]),
    )


def cells_with_several_lines(path: Path) -> Path:
    """Units and measures one below the other in one cell."""
    rows = [
        ["编号", "问题", "责任单位", "配合单位", "整改措施", "状态"],
        [
            "L-1",
            "采坑\n未回填",
            "青石县自然资源局",
            "县水利局\n县林业局；县应急管理局",
            "（1）清运弃渣1.5万立方米\n（2）回填采坑\n（3）覆土复绿2.3公顷",
            "推进中",
        ],
    ]
    return book(path, ("台账", rows))


def half_of_it_wrong(path: Path) -> Path:
    """Unknown words, twins, days that cannot be, cells without a problem."""
    rows = [
        ["编号", "问题", "状态", "销号日期", "登记日期"],
        ["H-1", "采坑", "推进中", None, "2025-01-02"],
        ["H-2", "弃渣", "差不多了", None, None],
        ["H-3", "扬尘", "已销号", "2024-01-01", "2025-01-01"],
        ["H-4", "边坡", "推进中", "2025-06-01", None],
        ["H-5", None, "推进中", None, None],
        ["H-6", "双生", "推进中", None, None],
        ["H-6", "双生", "已完成", None, None],
    ]
    return book(path, ("台账", rows))


RECTIFYING, APPLIED = "rectification.rectifying", "rectification.applied"
JUNE, DECEMBER = date(2026, 6, 30), date(2026, 12, 31)
UNTIDY = (
    Untidy(
        "two lines of headers",
        two_lines_of_headers,
        rows={
            "老虎沟铁矿采坑未回填": {
                "number": "央督-12",
                "state": RECTIFYING,
                "due_on": DECEMBER,
                "measures": ["清渣", "回填"],
            },
            "石门灰岩矿越界开采": {"state": "rectification.assigned", "due_on": date(2025, 6, 30)},
        },
    ),
    Untidy(
        "running numbers only",
        running_numbers_only,
        rows={"北坡边坡过陡": {"state": RECTIFYING}, "南沟弃渣": {"state": APPLIED}},
    ),
    Untidy(
        "deadlines in every shape",
        deadlines_in_every_shape,
        rows={
            **{f"问题{n}": {"due_on": JUNE, "state": RECTIFYING} for n in (1, 2, 3, 4, 5)},
            "问题6": {"due_on": DECEMBER},
            "问题7": {"due_on": DECEMBER},
            "问题8": {"due_on": None, "state": RECTIFYING},
            "问题9": {"due_on": None, "state": "lasting.keeping_up"},
        },
        refused=("读到“尽快”，不是日期。请按 2026-03-01 的样式填写。",),
    ),
    Untidy(
        "statuses in every wording",
        statuses_in_every_wording,
        rows={
            "问题1": {"state": RECTIFYING},
            "问题2": {"state": RECTIFYING},
            "问题3": {"state": APPLIED},
            "问题4": {"state": "rectification.county_accepted"},
            "问题5": {"state": "rectification.in_notice"},
            "问题6": {"state": "rectification.closed", "closed_on": date(2025, 12, 1)},
            "问题7": {"state": "rectification.reopened"},
            "问题8": {"state": RECTIFYING},
            "问题9": {"state": "rectification.dismissed", "closed_on": date(2025, 12, 1)},
        },
    ),
    Untidy(
        "merged down the side",
        merged_down_the_side,
        rows={title: {"source": "provincial_inspection"} for title in ("采坑", "弃渣", "扬尘")},
    ),
    Untidy(
        "notices in one cell",
        notices_in_one_cell,
        rows={f"问题{n}": {"notice": (date(2026, 2, 2), date(2026, 2, 9))} for n in (1, 2, 3, 4)},
        refused=("读到“二月上旬”，不是起止日期。请按 2026-03-02至2026-03-09 的样式填写。",),
    ),
    Untidy(
        "progress instead of a status",
        progress_instead_of_a_status,
        rows={
            "采坑": {"state": RECTIFYING},
            "弃渣": {"state": APPLIED},
            "扬尘": {"state": "rectification.verified"},
        },
        refused=("也没有公示结束或验收日期。请补充销号日期。",),
    ),
    Untidy(
        "an old workbook",
        an_old_workbook,
        rows={
            "采坑未回填": {"opened_on": date(2025, 3, 5), "due_on": DECEMBER},
            "弃渣": {"opened_on": date(2025, 3, 6), "state": RECTIFYING},
        },
        ending=".xls",
    ),
    Untidy(
        "groups and totals",
        groups_and_totals,
        rows={"扬尘": {"state": APPLIED}, "采坑": {"state": RECTIFYING}},
    ),
    Untidy(
        "a sheet for each source",
        a_sheet_for_each_source,
        rows={
            "采坑": {"source": "central_inspection"},
            "扬尘": {"source": "petition", "state": APPLIED},
            "毁林": {"source": "satellite", "state": "rectification.verified"},
        },
    ),
    Untidy(
        "cells with several lines",
        cells_with_several_lines,
        rows={
            "采坑 未回填": {
                "units": ["青石县自然资源局", "县水利局", "县林业局", "县应急管理局"],
                "measures": ["清运弃渣1.5万立方米", "回填采坑", "覆土复绿2.3公顷"],
            }
        },
    ),
    Untidy(
        "half of it wrong",
        half_of_it_wrong,
        rows={"采坑": {"opened_on": date(2025, 1, 2)}},
        refused=(
            "不予立项、已撤销。",
            "销号日期 2024-01-01 早于登记日期 2025-01-01。请核对。",
            "填写了销号日期 2025-06-01，但状态不是“已销号”。请改正其中一项。",
            "请用一句话写明问题。",
            "请只保留一行。",
            "请只保留一行。",
        ),
    ),
)
