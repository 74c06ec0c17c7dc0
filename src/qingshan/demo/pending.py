"""Which file waits for its clerk? A workbook that was read and not yet let in, with what clerks get wrong.

It shows the four outcomes of a preview. It is no act: nothing of it is in the register.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from django.conf import settings

from qingshan.demo.offices import FIRST_COUNTY, SECOND_COUNTY
from qingshan.demo.province import LABEL, Province
from qingshan.demo.regions import NAMES
from qingshan.demo.sites import SiteFacts
from qingshan.exchange import preview
from qingshan.exchange.models import Import
from qingshan.office.accounts.actors import actor_of
from qingshan.office.accounts.models import Person
from qingshan.office.desk import actions
from qingshan.rules.dates import shanghai_date
from qingshan.vault import Vault

FILE_NAME = f"{NAMES[FIRST_COUNTY]}点位核查表（演示）.xlsx"
HEADERS = (
    "点位编号", "点位名称", "行政区划代码", "点位类型", "所属矿山编号", "面积（公顷）", "发现日期", "来源", "备注",
)  # fmt: skip
_CONFIRMED, _MEASURED_AGAIN = 9, 5
_NEW = (
    ("990101-X0001", "柿子沟历史遗留废弃矿点", "历史遗留废弃矿点", 0.86),
    ("990101-X0002", "苔石崖历史遗留废弃矿点", "历史遗留废弃矿点", 1.42),
    ("990101-X0003", "官道坡排土场", "排土场", 2.05),
)

Row = list[Any]


def bring(facts: Province, *, now: datetime) -> None:
    """The clerk of the first county brings the workbook, once; what comes of it is the clerk's affair."""
    if Import.objects.filter(file_name=FILE_NAME).exists():
        return
    clerk = actor_of(Person.objects.get(login_name="clerk"), on=shanghai_date(now))
    stream = io.BytesIO(workbook(rows(facts)))
    import_ = actions.receive("sites", file_name=FILE_NAME, stream=stream, options={}, actor=clerk, now=now)
    preview.stage(import_, path=Vault(settings.VAULT_ROOT).path(import_.file_digest), actor=clerk)


def rows(facts: Province) -> list[Row]:
    """Sites that are confirmed, measured again, new, and wrong in the ways of real tables."""
    known = [
        site for site in facts.sites if site.county == FIRST_COUNTY and site.reported_area_m2 is not None
    ]
    confirmed = [_row(site) for site in known[:_CONFIRMED]]
    again = [_measured_again(_row(site)) for site in known[_CONFIRMED : _CONFIRMED + _MEASURED_AGAIN]]
    new = [
        [key, name, FIRST_COUNTY, kind, None, area, "2025-11-18", "县级自查", LABEL]
        for key, name, kind, area in _NEW
    ]
    wrong = _wrong(facts, _row(known[-1]))
    # as they come in life: one beside the other, and the first screen of the preview shows all four
    return [
        confirmed[0],
        again[0],
        wrong[0],
        new[0],
        wrong[1],
        *again[1:],
        *new[1:],
        wrong[2],
        *confirmed[1:],
    ]


def _row(site: SiteFacts) -> Row:
    return [
        site.key,
        site.name,
        site.county,
        site.kind.zh,
        site.mine.key if site.mine else None,
        None if site.reported_area_m2 is None else round(site.reported_area_m2 / 10_000, 3),
        site.found_on.isoformat(),
        site.source,
        LABEL,
    ]


def _measured_again(row: Row) -> Row:
    return [*row[:5], round(row[5] * 1.08, 2), *row[6:]]


def _wrong(facts: Province, known: Row) -> list[Row]:
    """A number in words, a mine that nobody knows, a site of another county."""
    other = next(site for site in facts.sites if site.county == SECOND_COUNTY)
    unknown = ["990101-X0004", "葛藤洼露天采场", FIRST_COUNTY, "露天采场", "990101-K999", 1.1]
    return [
        [*known[:5], "1.2公顷左右", *known[6:]],
        [*unknown, "2025-11-20", "县级自查", LABEL],
        _row(other),
    ]


def workbook(table: list[Row]) -> bytes:
    """The table as people send it: one sheet, headers in the first line."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("点位")
        sheet.write_row(0, 0, HEADERS, book.add_format({"bold": True}))
        for line, row in enumerate(table, start=1):
            sheet.write_row(line, 0, row)
        sheet.autofit()
    return target.getvalue()
