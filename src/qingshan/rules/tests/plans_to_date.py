"""Plans, seasons and days as the tests of timetables write them."""

from __future__ import annotations

from datetime import date

from qingshan.rules.calendar import Calendar
from qingshan.rules.reasons import Sentence
from qingshan.rules.seasons import MonthDay, Season, SeasonEffect, WorkKind
from qingshan.rules.timetable import Timetable, Work

WEEKDAYS = Calendar(known_years=frozenset(range(2020, 2040)))
"""Every year announced, and no holidays in any."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def season(
    first: str, last: str, *, kind: str = "planting", effect: str = "possible", name: str = "季"
) -> Season:
    return Season(
        id=f"{name}-{first}",
        title=Sentence(zh=name, en="season"),
        effect=SeasonEffect(effect),
        kinds=frozenset({WorkKind(kind)}),
        first=MonthDay.read(first),
        last=MonthDay.read(last),
    )


SPRING = season("03-01", "05-15", name="春季种植")
AUTUMN = season("10-01", "11-15", name="秋季种植")
WINTER_STOP = season("11-15", "03-15", kind="earthwork", effect="stop", name="冬季停工")
SEASONS = (SPRING, AUTUMN, WINTER_STOP)


def clearing(days: int = 3, **more: object) -> Work:
    return Work("清理", days, **more)


def shaping(days: int = 5, **more: object) -> Work:
    return Work("整形", days, kind=WorkKind.EARTHWORK, after=("清理",), **more)


def planting(days: int = 5, *, after: tuple[str, ...] = ("整形",), **more: object) -> Work:
    return Work("种植", days, kind=WorkKind.PLANTING, after=after, **more)


def acceptance(days: int = 2, **more: object) -> Work:
    return Work("验收", days, after=("种植",), **more)


def dates(timetable: Timetable) -> dict[str, str]:
    """`{"清理": "03-02 03-04"}`: what a clerk reads in the table."""
    return {row.id: f"{row.from_on:%Y-%m-%d} {row.to_on:%m-%d}" for row in timetable.rows}
