"""Ledgers as clerks bring them: written to a workbook, received, read, applied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests.bringing import brought
from qingshan.office.cases.tests.factories import World
from qingshan.office.matters.models import Matter
from qingshan.rules.reasons import Reason, say

HEAD = [
    "编号", "来源", "问题摘要", "行政区划", "矿山编号", "问题类型", "整改类型", "整改目标", "整改措施", "完成时限",
    "牵头单位", "责任单位", "责任领导", "责任人", "督导单位", "验收单位", "状态", "自验日期",
    "验收日期", "公示起止", "销号日期",
]  # fmt: skip
ROW: dict[str, Any] = {
    "编号": "QS-1",
    "来源": "第二轮中央生态环境保护督察",
    "问题摘要": "采坑未回填复绿",
    "行政区划": "青石县",
    "矿山编号": "M-1",
    "问题类型": "应修复未修复",
    "整改类型": "限期整改",
    "整改目标": "回填采坑，复绿 3.2 公顷",
    "整改措施": "1.清运弃渣；2.回填采坑 1.5 万立方米；3.覆土复绿。",
    "完成时限": "2026年12月底前",
    "牵头单位": "青石县人民政府",
    "责任单位": "县自然资源局",
    "责任领导": "赵某",
    "责任人": "陈某",
    "督导单位": "云岭市自然资源局",
    "状态": "推进中",
}


def row(**changes: Any) -> list[Any]:
    """One row under HEAD."""
    values = {**ROW, **changes}
    return [values.get(name) for name in HEAD]


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these sheets."""
    made = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name, rows in sheets:
        page = made.add_worksheet(name)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if cell is not None:
                    page.write(number, place, cell)
    made.close()
    return path


def ledger(folder: Path, *rows: Sequence[Any], head: Sequence[str] = HEAD, name: str = "台账.xlsx") -> Path:
    """A ledger of one sheet."""
    return book(folder / name, ("台账", [head, *rows]))


def staged(
    world: World, path: Path, *, kind: str = "cases", by: str = "county_clerk", **options: Any
) -> Import:
    """A ledger, received and read."""
    return brought(path, world.actor(by), kind=kind, now=world.now, **options)


def applied(world: World, import_: Import, *, by: str = "county_clerk") -> Import:
    """Let in."""
    apply = declared_kind(import_.kind).apply
    assert apply is not None
    apply(import_, actor=world.actor(by), now=world.now)
    return import_


def imported(world: World, path: Path, **options: Any) -> Import:
    """A ledger, received, read and let in."""
    by = options.get("by", "county_clerk")
    return applied(world, staged(world, path, **options), by=by)


def counts(import_: Import) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    return import_.created, import_.changed, import_.unchanged, import_.refused


def refusals(import_: Import) -> list[str]:
    """What is said of refused rows, in the order of the file."""
    return [_said(fault) for each in _rows(import_) for fault in each.faults]


def remarks(import_: Import) -> list[str]:
    """What else is said."""
    return [_said(note) for each in _rows(import_) for note in each.notes]


def _rows(import_: Import) -> list[StagedRow]:
    return list(StagedRow.objects.filter(source=import_).order_by("position"))


def _said(reason: dict[str, Any]) -> str:
    return say(Reason(reason["code"], reason["values"]))


def numbered(number: str) -> Matter:
    """The matter of this number."""
    return Matter.objects.select_related("case").get(number=number)
