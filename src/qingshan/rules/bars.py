"""What is drawn of a timetable (任务图): one row per work with baseline, forecast and actual days, and a ruler?

Pure data: a page turns days into places on paper, nothing is decided there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qingshan.rules.placing import shifted
from qingshan.rules.seasons import Season, Span
from qingshan.rules.timetable import Dated, Progress, Timetable, Work

_SUNDAY = 6


@dataclass(frozen=True)
class Bar:
    """Days on a row, with their place on the ruler."""

    span: Span
    offset_days: int
    """Days from the left edge to its first day."""

    @property
    def length_days(self) -> int:
        """How many days long, the first and the last included."""
        return self.span.days


@dataclass(frozen=True)
class BarRow:
    """One work. A bar is None where there are no such days."""

    work: Work
    forecast: Bar | None
    baseline: Bar | None
    actual: Bar | None
    """From the day it began to the day it ended, or to the day of the report while it goes on."""
    is_finished: bool
    is_critical: bool
    slip_days: int | None
    """Calendar days that its end lies later than in the baseline; None where one of both is not known."""


@dataclass(frozen=True)
class Tick:
    """A mark on the ruler: a Monday, or the first of a month."""

    on: date
    offset_days: int


@dataclass(frozen=True)
class Band:
    """A window of a season behind the rows."""

    season: Season
    bar: Bar


@dataclass(frozen=True)
class Bars:
    """任务图 as data, from whole week to whole week."""

    span: Span
    rows: tuple[BarRow, ...]
    weeks: tuple[Tick, ...]
    months: tuple[Tick, ...]
    bands: tuple[Band, ...]
    deadline: Tick | None
    today: Tick | None
    """The day of the report, where it lies on the ruler."""


def bars(
    timetable: Timetable,
    *,
    baseline: Timetable | None = None,
    progress: Iterable[Progress] = (),
    seasons: Iterable[Season] = (),
    on: date | None = None,
) -> Bars | None:
    """A timetable as rows of bars beside its baseline and what was reported by a day; None where there is no work."""
    reported = {one.id: one for one in progress}
    actual = {one: span for one, each in reported.items() if (span := _actual_span(each, on))}
    span = _whole_span(timetable, baseline, actual.values())
    if span is None:
        return None
    rows = tuple(
        _row(work, timetable, baseline, reported=reported, actual=actual, left=span.from_on)
        for work in _in_order(timetable, baseline)
    )
    return Bars(
        span=span,
        rows=rows,
        weeks=tuple(_tick(day, span) for day in _mondays(span)),
        months=tuple(_tick(day, span) for day in _firsts_of_months(span)),
        bands=tuple(_bands(seasons, span)),
        deadline=_tick_inside(timetable.deadline, span),
        today=_tick_inside(on, span),
    )


def _row(
    work: Work,
    timetable: Timetable,
    baseline: Timetable | None,
    *,
    reported: Mapping[str, Progress],
    actual: Mapping[str, Span],
    left: date,
) -> BarRow:
    row, planned = timetable.row(work.id), baseline.row(work.id) if baseline else None
    progress = reported.get(work.id)
    return BarRow(
        work=work,
        forecast=_bar(row.span if row else None, left),
        baseline=_bar(planned.span if planned else None, left),
        actual=_bar(actual.get(work.id), left),
        is_finished=bool(progress and progress.finished_on),
        is_critical=bool(row and row.is_critical),
        slip_days=(row.to_on - planned.to_on).days if row and planned else None,
    )


def _in_order(timetable: Timetable, baseline: Timetable | None) -> list[Work]:
    """Works in the order of their baseline, so that rows stay where they are; new ones by their forecast."""
    works = {work.id: work for table in (baseline, timetable) if table for work in table.works}

    def first_days(work: Work) -> tuple[date, date, str]:
        row: Dated | None = (baseline.row(work.id) if baseline else None) or timetable.row(work.id)
        return (row.from_on, row.to_on, work.id) if row else (date.max, date.max, work.id)

    return sorted(works.values(), key=first_days)


def _actual_span(progress: Progress, on: date | None) -> Span | None:
    first = progress.begun_on or progress.finished_on
    last = progress.finished_on or on
    return None if first is None or last is None or last < first else Span(first, last)


def _whole_span(timetable: Timetable, baseline: Timetable | None, actual: Iterable[Span]) -> Span | None:
    spans = [row.span for table in (timetable, baseline) if table for row in table.rows]
    if not spans:
        return None
    spans += actual
    days = [day for span in spans for day in (span.from_on, span.to_on)]
    days += [timetable.deadline] if timetable.deadline else []
    first, last = min(days), max(days)
    return Span(shifted(first, -first.weekday()), shifted(last, _SUNDAY - last.weekday()))


def _bands(seasons: Iterable[Season], span: Span) -> Iterator[Band]:
    for season in sorted(seasons, key=lambda one: one.id):
        for window in season.within(span):
            yield Band(season, Bar(window, (window.from_on - span.from_on).days))


def _bar(span: Span | None, left: date) -> Bar | None:
    return None if span is None else Bar(span, (span.from_on - left).days)


def _tick(day: date, span: Span) -> Tick:
    return Tick(day, (day - span.from_on).days)


def _tick_inside(day: date | None, span: Span) -> Tick | None:
    return _tick(day, span) if day and span.contains(day) else None


def _mondays(span: Span) -> Iterator[date]:
    return map(date.fromordinal, range(span.from_on.toordinal(), span.to_on.toordinal() + 1, 7))


def _firsts_of_months(span: Span) -> Iterator[date]:
    first, last = (day.year * 12 + day.month - 1 for day in (span.from_on, span.to_on))
    days = (date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1))
    return (day for day in days if span.contains(day))
