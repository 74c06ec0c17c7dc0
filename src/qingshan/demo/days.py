"""On which days does something of the demonstration begin and end?

Most days are fixed. What is about to end, or has just ended, is counted from the day on which the province is
loaded: else there would be nothing to see a year later. The facts themselves know no clock.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

Day: TypeAlias = date | int
"""A day of the calendar, or so many days after the one on which the province is loaded."""


def day_of(day: Day | None, *, today: date) -> date | None:
    """The day of the calendar that is meant."""
    return today + timedelta(days=day) if isinstance(day, int) else day


def years_before(day: Day, years: int) -> Day:
    """The first day of a term of so many years that ends on this day."""
    if isinstance(day, int):
        return day - round(years * 365.25) + 1
    return _same_day(day, day.year - years) + timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The last day of a term of so many years that begins on this day."""
    return _same_day(day, day.year + years) - timedelta(days=1)


def _same_day(day: date, year: int) -> date:
    """28 February stands in for the 29th."""
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
