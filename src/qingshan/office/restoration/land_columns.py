"""Which columns do tables of idle land and of restoring while mining have? They only leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import get_language

from qingshan.exchange.columns import Choice, Code, Column, Date, Integer, Text
from qingshan.exchange.kinds import Kind, nothing_known
from qingshan.exchange.writers import Exported
from qingshan.office.mines.models import Mine
from qingshan.office.restoration import queries
from qingshan.office.restoration.columns import HECTARES
from qingshan.office.restoration.idling import LIMIT, book_of
from qingshan.office.restoration.models import LandParcel
from qingshan.office.restoration.queries import YearOfLand
from qingshan.rules.land import Idle
from qingshan.rules.reasons import CHINESE, Sentence

MINE = (
    Column("key", "矿山编号", "Mine number", type=Code(limit=120)),
    Column("mine", "矿山", "Mine"),
    Column("region_name", "县区", "Region"),
)
IDLE = Kind(
    code="idle_land",
    title=Sentence(zh="可修复未修复土地", en="Available land not yet restored"),
    columns=(
        *MINE,
        Column("name", "地块", "Plot", type=Text(limit=200)),
        Column("area_m2", "面积", "Area", type=HECTARES),
        Column("since_on", "起始日期", "Since", type=Date()),
        Column("days", "天数", "Days", type=Integer()),
        Column("limit_days", "提醒期限（天）", "Limit (days)", type=Integer()),
        Column("standing", "情况", "Standing", type=Choice(Idle)),
        Column("source", "期限依据", "Limit by", type=Text(limit=300)),
    ),
    key=("key",),
    existing=nothing_known,
)


def exported_idle(rows: Iterable[LandParcel], *, on: date) -> Iterator[Exported]:
    """Available land as rows of a table, each held against the rule of its region."""
    for row in rows:
        clock = queries.clock_of(row, on=on)
        book = book_of(row.region_id, on=on)
        yield Exported(
            {
                "key": row.mine.key,
                "mine": row.mine.name,
                "region_name": row.region.name,
                "name": row.name or None,
                "area_m2": row.area_m2,
                "since_on": row.since_on,
                "days": clock.days,
                "limit_days": clock.limit_days,
                "standing": clock.stands.value,
                "source": None if clock.limit_days is None else book.cite(LIMIT, get_language() or CHINESE),
            }
        )


YEARLY = Kind(
    code="restored_while_mining",
    title=Sentence(zh="边开发边恢复", en="Restoring while mining"),
    columns=(
        *MINE,
        Column("year", "年度", "Year", type=Integer()),
        Column("disturbed_m2", "新增损毁", "Newly disturbed", type=HECTARES),
        Column("restored_m2", "当年修复", "Restored", type=HECTARES),
        Column("rate", "修复与新增损毁之比", "Restored of disturbed", type=Text(limit=200)),
    ),
    key=("key",),
    existing=nothing_known,
)


def exported_years(rows: Iterable[tuple[Mine, YearOfLand]]) -> Iterator[Exported]:
    """Mines and years as rows of a table; no rate leaves without its fraction."""
    for mine, year in rows:
        yield Exported(
            {
                "key": mine.key,
                "mine": mine.name,
                "region_name": mine.region.name,
                "year": year.year,
                "disturbed_m2": year.disturbed_m2,
                "restored_m2": year.restored_m2,
                "rate": year.said,
            }
        )
