"""On which day did what happen to a matter, and who did it? A diary is written forward until it reaches today.

Days count back from the one on which the province is loaded; nobody works at weekends, so what falls on one is
moved to the Friday before. No two events of the province share an instant: the trail has them in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from qingshan.demo.chance import Chance

YESTERDAY = -1
_OPENS, _CLOSES = 8 * 3600 + 30 * 60, 17 * 3600 + 30 * 60
_BEHIND_UTC = timedelta(hours=8)
_SATURDAY = 5


@dataclass(frozen=True)
class Event:
    """One act: by which seat, entered by which other one where the decision was taken on paper (代录)."""

    day: int
    second: int
    act: str
    by: str
    recorder: str = ""
    said: str = ""
    number: str = ""
    """文号; `{year}` stands for that of the day"""
    values: tuple[tuple[str, Any], ...] = ()

    def value(self, name: str, default: Any = None) -> Any:
        """What else the act brings."""
        return dict(self.values).get(name, default)


class TodayReached(Exception):
    """Nothing more has happened yet."""


class Diary:
    """The events of one matter, written in the order in which they happen."""

    def __init__(self, chance: Chance, *, begins: int) -> None:
        self.chance, self.day, self.second = chance, begins, chance.whole(_OPENS, _CLOSES - 3600)
        self.events: list[Event] = []

    def wait(self, low: int, high: int) -> None:
        """So many days pass."""
        self.wait_until(self.day + self.chance.whole(low, high))

    def wait_until(self, day: int) -> None:
        """Time goes on to that day, never back."""
        if day > self.day:
            self.day, self.second = day, self.chance.whole(_OPENS, _CLOSES - 3600)

    def note(
        self, act: str, by: str, *, recorder: str = "", said: str = "", number: str = "", **values: Any
    ) -> None:
        """Somebody did it now; TodayReached where that lies ahead."""
        if self.day > YESTERDAY:
            raise TodayReached
        self.events.append(
            Event(self.day, self.second, act, by, recorder, said, number, tuple(sorted(values.items())))
        )
        self.second += self.chance.whole(90, 900)


class HasEvents(Protocol):
    """What something has gone through."""

    @property
    def key(self) -> str: ...
    @property
    def events(self) -> tuple[Event, ...]: ...


@dataclass(frozen=True)
class Dated:
    """An event at its instant."""

    at: datetime
    of: Any
    place: int
    """among the events of its history"""

    @property
    def event(self) -> Event:
        event: Event = self.of.events[self.place]
        return event


def in_order(histories: Iterable[HasEvents], *, today: date) -> list[Dated]:
    """Every event of all histories, each later than the one before."""
    dated = sorted(
        (each for history in histories for each in _dated(history, today)),
        key=lambda each: (each.at, each.of.key, each.place),
    )
    return [
        Dated(each.at + timedelta(microseconds=place), each.of, each.place)
        for place, each in enumerate(dated, start=1)
    ]


def _dated(history: HasEvents, today: date) -> Iterator[Dated]:
    last: datetime | None = None
    for place, event in enumerate(history.events):
        at = _instant(event, today)
        if last is not None and at <= last:
            at = last + timedelta(seconds=75)
        last = at
        yield Dated(at, history, place)


def workday(day: int, *, today: date) -> date:
    """The day of the calendar that is meant; of a weekend the Friday before."""
    meant = today + timedelta(days=day)
    return meant - timedelta(days=max(0, meant.weekday() - _SATURDAY + 1))


def _instant(event: Event, today: date) -> datetime:
    day = workday(event.day, today=today)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - _BEHIND_UTC
    return midnight + timedelta(seconds=event.second)
