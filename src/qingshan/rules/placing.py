"""On which days do so many days of work fit: at the latest before a day, at the earliest from a day on?

Work goes on on working days (or on every day, where a plan counts so), never in a stop, over which it pauses. What is
bound to a season lies wholly inside one window of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from qingshan.rules.calendar import Calendar
from qingshan.rules.reasons import Reason
from qingshan.rules.seasons import Season, SeasonEffect, Span, WorkKind

SEARCHED_YEARS = 12
"""Within a dozen years a season has begun on every day of the week; what fits into none of them fits into none."""
SEARCHED_DAYS = 36_525
"""A century: what is not done by then is stopped for ever."""


@dataclass(frozen=True)
class Place:
    """Where work lies, and which window holds it; None for work that is bound to no season."""

    span: Span
    season: Season | None = None
    window: Span | None = None


@dataclass(frozen=True)
class Ground:
    """What one kind of work meets over the years: working days, seasons and stops."""

    calendar: Calendar
    counts_working_days: bool
    """Else every day of the calendar counts."""
    seasons: tuple[Season, ...]
    """Windows outside which it is not done; none: the whole year."""
    stops: tuple[Season, ...]

    def is_possible(self, day: date) -> bool:
        """Whether work goes on on this day, leaving seasons aside."""
        if self.counts_working_days and not self.calendar.is_working_day(day):
            return False
        return not any(stop.contains(day) for stop in self.stops)

    def count(self, span: Span) -> int:
        """How many days of work a span holds."""
        return sum(1 for _ in self._onward(span))

    def latest(self, *, days: int, until: date) -> Place | None:
        """The last place for so many days that ends no later than `until`."""
        windows = sorted(self._windows_before(until), key=_end_of, reverse=True)
        return next(_places(windows, self._back, days), None)

    def earliest(self, *, days: int, since: date) -> Place | None:
        """The first place for so many days that begins no earlier than `since`."""
        windows = sorted(self._windows_after(since), key=_begin_of)
        return next(_places(windows, self._on, days), None)

    def longest_window(self, *, around: date) -> int:
        """The most days of work that one window of the seasons holds in the years around a day."""
        years = range(around.year - SEARCHED_YEARS, around.year + SEARCHED_YEARS + 1)
        windows = [
            window for season in self.seasons for year in years if (window := season.beginning_in(year))
        ]
        return max((self.count(window) for window in windows), default=0)

    def holding(self, span: Span) -> Place | None:
        """A span as a place, where a window holds it whole; None where none does."""
        if not self.seasons:
            return Place(span)
        windows = sorted(self._windows_before(span.from_on, cut=False), key=_end_of, reverse=True)
        return next(
            (Place(span, one.season, one.window) for one in windows if one.span.to_on >= span.to_on), None
        )

    def pauses(self, span: Span) -> tuple[tuple[Season, int], ...]:
        """Every stop inside a span, with the number of its days."""
        days = tuple(_days(span))
        stopped = ((stop, sum(stop.contains(day) for day in days)) for stop in self.stops)
        return tuple((stop, count) for stop, count in stopped if count)

    def _back(self, span: Span, days: int) -> Span | None:
        found = list(islice((day for day in _days(span, backward=True) if self.is_possible(day)), days))
        return Span(found[-1], found[0]) if len(found) == days else None

    def _on(self, span: Span, days: int) -> Span | None:
        found = list(islice(self._onward(span), days))
        return Span(found[0], found[-1]) if len(found) == days else None

    def _onward(self, span: Span) -> Iterator[date]:
        return (day for day in _days(span) if self.is_possible(day))

    def _windows_before(self, until: date, *, cut: bool = True) -> Iterator[Place]:
        """Windows that begin by a day, cut at it; without seasons one that is a century long."""
        if not self.seasons:
            yield Place(Span(shifted(until, -SEARCHED_DAYS), until))
        for season, window in self._windows(until.year - SEARCHED_YEARS, until.year):
            if window.from_on <= until:
                end = min(window.to_on, until) if cut else window.to_on
                yield Place(Span(window.from_on, end), season, window)

    def _windows_after(self, since: date) -> Iterator[Place]:
        """Windows that end on a day or later, cut at it; without seasons one that is a century long."""
        if not self.seasons:
            yield Place(Span(since, shifted(since, SEARCHED_DAYS)))
        for season, window in self._windows(since.year - 1, since.year + SEARCHED_YEARS):
            if window.to_on >= since:
                yield Place(Span(max(window.from_on, since), window.to_on), season, window)

    def _windows(self, first_year: int, last_year: int) -> Iterator[tuple[Season, Span]]:
        for season in self.seasons:
            for year in range(first_year, last_year + 1):
                if window := season.beginning_in(year):
                    yield season, window


def ground_of(
    kind: WorkKind, *, calendar: Calendar, seasons: Iterable[Season], counts_working_days: bool
) -> Ground:
    """What a kind of work meets, in an order that does not depend on the order given."""
    own = sorted((one for one in seasons if kind in one.kinds), key=lambda one: one.id)
    return Ground(
        calendar=calendar,
        counts_working_days=counts_working_days,
        seasons=tuple(one for one in own if one.effect is SeasonEffect.POSSIBLE),
        stops=tuple(one for one in own if one.effect is SeasonEffect.STOP),
    )


def doubts_of(ground: Ground) -> tuple[Reason, ...]:
    """What is 待核 about the seasons and stops of a ground."""
    return tuple(doubt for season in (*ground.seasons, *ground.stops) for doubt in season.doubts)


def _places(windows: Iterable[Place], fit: Callable[[Span, int], Span | None], days: int) -> Iterator[Place]:
    for one in windows:
        if span := fit(one.span, days):
            yield Place(span, one.season, one.window)


def _end_of(place: Place) -> date:
    return place.span.to_on


def _begin_of(place: Place) -> date:
    return place.span.from_on


def _days(span: Span, *, backward: bool = False) -> Iterator[date]:
    days = range(span.from_on.toordinal(), span.to_on.toordinal() + 1)
    return map(date.fromordinal, reversed(days) if backward else days)


def shifted(day: date, days: int) -> date:
    """A day so many days away, as far as Python's calendar goes."""
    wanted = day.toordinal() + days
    return date.fromordinal(min(max(wanted, date.min.toordinal()), date.max.toordinal()))
