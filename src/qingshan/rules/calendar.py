"""Which days are working days, and when do N of them end?

The State Council announces holidays and make-up days (调休) year by year; a `Calendar` holds what is known.
For a year that is not known it counts weekdays only, and every answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import Reason

_SATURDAY = 5
LONGEST_TERM = 5_000
"""Working days that may be counted in one go: some twenty years. More is a slip of the pen."""


@dataclass(frozen=True)
class DayAnswer:
    """A day that was counted out, with what makes it uncertain."""

    day: date
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class CountAnswer:
    """A number of working days, with what makes it uncertain."""

    days: int
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """Working days as far as they have been announced. A contradiction raises RuleError."""

    holidays: frozenset[date] = frozenset()
    """节假日: weekdays and weekend days that are off."""
    make_up_days: frozenset[date] = frozenset()
    """调休上班日: weekend days that are worked."""
    known_years: frozenset[int] = frozenset()
    """Years whose announcement has been entered."""

    def __post_init__(self) -> None:
        both = self.holidays & self.make_up_days
        weekdays = {day for day in self.make_up_days if day.weekday() < _SATURDAY}
        faults = [Reason("rules.calendar.both", {"day": day.isoformat()}) for day in sorted(both)]
        faults += [
            Reason("rules.calendar.make_up_on_weekday", {"day": day.isoformat()}) for day in sorted(weekdays)
        ]
        if faults:
            raise RuleError(*faults)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day. For a year not in `known_years` this is only "is it a weekday"."""
        if day in self.holidays:
            return False
        return day in self.make_up_days or day.weekday() < _SATURDAY

    def add_working_days(self, start: date, count: int) -> DayAnswer:
        """The last day of a term of `count` working days.

        The day of the event is not counted (民法典第二百零一条): one working day from Friday ends on Monday.
        A negative count goes backward, for schedules made from their end (倒排工期). 0 gives `start` itself.
        """
        if abs(count) > LONGEST_TERM:
            raise RuleError.because("rules.calendar.too_long", days=count, longest=LONGEST_TERM)
        if count == 0:
            return DayAnswer(start, self.warnings(start, start))
        days = self._working_days(start, forward=count > 0)
        end = next(islice(days, abs(count) - 1, None), None)
        if end is None:
            raise RuleError.because("rules.calendar.out_of_range", start=start.isoformat(), days=count)
        return DayAnswer(end, self.warnings(start, end))

    def _working_days(self, start: date, *, forward: bool) -> Iterator[date]:
        """The working days after (or before) a day, without it, as far as Python's calendar goes."""
        one = start.toordinal()
        days = range(one + 1, date.max.toordinal() + 1) if forward else range(one - 1, 0, -1)
        return (day for day in map(date.fromordinal, days) if self.is_working_day(day))

    def working_days_between(self, start: date, end: date) -> CountAnswer:
        """Working days after `start` up to and including `end`; negative when `end` lies before `start`.

        The inverse of `add_working_days`: counting back what was added gives the same number.
        """
        backward = end < start
        one, other = start.toordinal(), end.toordinal()
        span = range(other, one) if backward else range(one + 1, other + 1)
        count = sum(self.is_working_day(date.fromordinal(day)) for day in span)
        return CountAnswer(-count if backward else count, self.warnings(start, end))

    def first_working_day(self, day: date) -> DayAnswer:
        """This day if people work on it, else the next working day (民法典第二百零三条)."""
        if self.is_working_day(day):
            return DayAnswer(day, self.warnings(day, day))
        return self.add_working_days(day, 1)

    def warnings(self, one: date, other: date) -> tuple[Reason, ...]:
        """A warning for each year between two days that has not been announced."""
        first, last = sorted((one.year, other.year))
        unknown = [year for year in range(first, last + 1) if year not in self.known_years]
        return tuple(Reason("rules.calendar.unknown_year", {"year": year}) for year in unknown)
