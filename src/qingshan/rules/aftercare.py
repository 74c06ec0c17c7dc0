"""When is accepted land looked after next (管护), and when is its effect evaluated?

One visit settles one date, the earliest that is open once its period has begun. Farmland is evaluated within five years
of acceptance (Land Reclamation Regulation, art. 31: 复垦为农用地的).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingshan.rules.afteruse import Afteruse
from qingshan.rules.dates import is_overdue, months_later
from qingshan.rules.errors import RuleError
from qingshan.rules.provisions import Citation, Rulebook
from qingshan.rules.reasons import Reason, Value
from qingshan.rules.words import Named

RULEBOOK, PERIOD_RULEBOOK = "planting", "land-reclamation"
CHECK_MONTHS, FOLLOW_UP = "aftercare_check_months", "farmland_follow_up_years"
AGRICULTURAL = frozenset({Afteruse.FARM, Afteruse.FOREST, Afteruse.PASTURE})
"""农用地 by the Land Administration Law, art. 4, as far as an afteruse tells."""


class CareKind(Named):
    """管护内容."""

    INSPECTION = "inspection", "检查", "inspection"
    WATERING = "watering", "浇水", "watering"
    WEEDING = "weeding", "除草松土", "weeding"
    REPLANTING = "replanting", "补植", "replanting"
    PEST = "pest", "病虫害防治", "pest control"
    OTHER = "other", "其他管护", "other care"


@dataclass(frozen=True)
class Aftercare:
    """管护期: so many years from a day, with a visit every so many months."""

    from_on: date
    years: int
    every_months: int

    def __post_init__(self) -> None:
        if not (1 <= self.years <= 50 and 1 <= self.every_months <= 12 * self.years):
            raise RuleError.because("rules.aftercare.period", years=self.years, months=self.every_months)

    @property
    def ends_on(self) -> date:
        """Last day."""
        return months_later(self.from_on, 12 * self.years)

    @property
    def dues(self) -> tuple[date, ...]:
        """Every day by which a visit is due; the last is the last day."""
        months = range(self.every_months, 12 * self.years, self.every_months)
        return (*(months_later(self.from_on, count) for count in months), self.ends_on)


def secured_until(accepted_on: date, years: Decimal | None) -> date | None:
    """Last day of the aftercare that an acceptance found secured (落实的管护年限), to the month; None without any."""
    months = int(12 * years) if years is not None else 0
    return months_later(accepted_on, months) if months > 0 else None


@dataclass(frozen=True)
class NextVisit:
    """Which visit is due next; none once all were made."""

    due_on: date | None
    number: int
    """of how many: 1 for the first"""
    of: int
    is_overdue: bool
    is_over: bool
    """whether all visits were made and the last day has passed"""
    because: Reason


def aftercare_by_book(from_on: date, *, years: int, book: Rulebook) -> Aftercare:
    """The dates by the rulebook; how many years is a criterion of the acceptance."""
    return Aftercare(from_on, years, min(book.whole(CHECK_MONTHS), 12 * years))


def next_visit(care: Aftercare, visits: Iterable[date], *, on: date) -> NextVisit:
    """What is due next, given the days on which somebody was there up to today."""
    dues, number = care.dues, 0
    begins = (care.from_on, *dues)
    for day in sorted(visits):
        if number < len(dues) and day <= on and day > begins[number]:
            number += 1
    values: dict[str, Value] = {"number": number + 1, "of": len(dues), "end": care.ends_on.isoformat()}
    if number == len(dues):
        because = Reason("rules.aftercare.all_made", values)
        return NextVisit(None, number, number, is_overdue=False, is_over=on > care.ends_on, because=because)
    due = dues[number]
    late = is_overdue(due, on=on)
    code = "rules.aftercare.overdue" if late else "rules.aftercare.next"
    because = Reason(code, {**values, "day": due.isoformat()})
    return NextVisit(due, number + 1, len(dues), is_overdue=late, is_over=False, because=because)


def settles(day: date, dues: Sequence[date], *, settled: int, from_on: date) -> int | None:
    """Which of these dates a visit settles, by place: the earliest that is open once its period has begun.

    `settled` of them are settled already, the earliest ones. The same rule as in `next_visit`, one visit at a time.
    """
    if settled >= len(dues):
        return None
    begins = dues[settled - 1] if settled else from_on
    return settled if day > begins else None


@dataclass(frozen=True)
class FollowUp:
    """跟踪评价 of land that became farmland; due_on None: not asked for."""

    due_on: date | None
    because: Reason
    citation: Citation


def follow_up_of(accepted_on: date, afteruse: Afteruse | None, book: Rulebook) -> FollowUp:
    """By when the effect is evaluated, by the rulebook `land-reclamation`."""
    if afteruse not in AGRICULTURAL:
        return FollowUp(None, Reason("rules.aftercare.no_follow_up"), book.citation)
    years = book.whole(FOLLOW_UP)
    due = months_later(accepted_on, 12 * years)
    values: dict[str, Value] = {"years": years, "day": due.isoformat(), "accepted": accepted_on.isoformat()}
    return FollowUp(due, Reason("rules.aftercare.follow_up", values), book.citation)
