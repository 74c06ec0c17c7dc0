"""In which weeks of a year can a kind of work be done: when is planted, when does work stop?

The windows come from the rulebook `work-seasons`; a province or a city adds its own layer. What nobody has entered is
left out, and every answer says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import RegionCode
from qingshan.rules.provisions import Citation, Provision, Rulebook
from qingshan.rules.reasons import Reason, Sentence
from qingshan.rules.rulebook import Library
from qingshan.rules.words import Named

RULEBOOK = "work-seasons"
_LEAP_YEAR = 2024


class WorkKind(Named):
    """工作类别: what decides when in the year a work can be done."""

    PLANTING = "planting", "种植", "planting"
    EARTHWORK = "earthwork", "土方", "earthwork"
    OTHER = "other", "其他", "other work"


class SeasonEffect(Named):
    """时段作用: whether a kind of work can be done only then, or not then."""

    POSSIBLE = "possible", "适宜", "possible"
    STOP = "stop", "停工", "stop"


@dataclass(frozen=True, order=True)
class Span:
    """Days from one to another, both included. An end before the beginning raises RuleError."""

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise RuleError.because("rules.season.backward", **self.values)

    @property
    def values(self) -> dict[str, str]:
        """Both days as values of a reason."""
        return {"from_on": self.from_on.isoformat(), "to_on": self.to_on.isoformat()}

    @property
    def days(self) -> int:
        """How many days, the first and the last included."""
        return (self.to_on - self.from_on).days + 1

    def contains(self, day: date) -> bool:
        """Whether a day belongs to it."""
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True, order=True)
class MonthDay:
    """A day of every year. One that is in no year raises RuleError."""

    month: int
    day: int

    def __post_init__(self) -> None:
        try:
            date(_LEAP_YEAR, self.month, self.day)
        except ValueError as fault:
            text = f"{self.month:02}-{self.day:02}"
            raise RuleError.because("rules.season.no_such_day", day=text) from fault

    @classmethod
    def read(cls, text: object) -> MonthDay:
        """`11-15` as it stands in a rulebook."""
        found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", str(text))
        if found is None:
            raise RuleError.because("rules.season.no_such_day", day=str(text))
        return cls(int(found[1]), int(found[2]))

    def first_in(self, year: int) -> date:
        """This day as the first of a window: without a 29 February it begins on 1 March."""
        return self._in(year) or date(year, 3, 1)

    def last_in(self, year: int) -> date:
        """This day as the last of a window: without a 29 February it ends on the 28th."""
        return self._in(year) or date(year, 2, 28)

    def _in(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Season:
    """时段: a window of every year in which a kind of work can be done, or must stop. It may reach over new year."""

    id: str
    title: Sentence
    effect: SeasonEffect
    kinds: frozenset[WorkKind]
    first: MonthDay
    last: MonthDay
    doubts: tuple[Reason, ...] = ()
    """That its days are 待核."""

    def __post_init__(self) -> None:
        if not self.kinds:
            raise RuleError.because("rules.season.no_kind", **self.values)

    @property
    def wraps(self) -> bool:
        """Whether it begins in one year and ends in the next."""
        return self.last < self.first

    @property
    def values(self) -> dict[str, str]:
        """Both names as values of a reason."""
        return {"season": self.title.zh, "season_en": self.title.en}

    def contains(self, day: date) -> bool:
        """Whether a day lies in this window."""
        here = MonthDay(day.month, day.day)
        if self.wraps:
            return here >= self.first or here <= self.last
        return self.first <= here <= self.last

    def beginning_in(self, year: int) -> Span | None:
        """The window that begins in a year; None where Python's calendar ends, or the year has no such day."""
        ends_in = year + self.wraps
        if year < date.min.year or ends_in > date.max.year:
            return None
        first, last = self.first.first_in(year), self.last.last_in(ends_in)
        return Span(first, last) if first <= last else None

    def within(self, span: Span) -> tuple[Span, ...]:
        """Every window that touches a span, cut at its ends: for drawing."""
        years = range(span.from_on.year - 1, span.to_on.year + 1)
        found = [window for year in years if (window := self.beginning_in(year))]
        return tuple(
            Span(max(one.from_on, span.from_on), min(one.to_on, span.to_on))
            for one in found
            if one.from_on <= span.to_on and span.from_on <= one.to_on
        )


@dataclass(frozen=True)
class SeasonAnswer:
    """The seasons of a place, with the rulebook that they come from and what it leaves open."""

    seasons: tuple[Season, ...]
    citation: Citation
    warnings: tuple[Reason, ...] = ()
    """Windows that nobody has entered: they are left out."""


def seasons_in(library: Library, *, on: date, region: RegionCode | None = None) -> SeasonAnswer:
    """The seasons by the book in force on a day in a region. A window that makes no sense raises RuleError."""
    book = library.in_force(RULEBOOK, on=on, region=region)
    return SeasonAnswer(
        seasons=tuple(_season(book, one) for one in book.provisions.values() if one.content is not None),
        citation=book.citation,
        warnings=tuple(_not_entered(book, one) for one in book.empty_slots),
    )


def _season(book: Rulebook, one: Provision) -> Season:
    table = book.table(one.name)
    return Season(
        id=one.name,
        title=one.title,
        effect=SeasonEffect.read(str(table.get("effect"))),
        kinds=frozenset(WorkKind.read(kind) for kind in str(table.get("kinds")).split()),
        first=MonthDay.read(table.get("from")),
        last=MonthDay.read(table.get("to")),
        doubts=book.doubts(one.name),
    )


def _not_entered(book: Rulebook, one: Provision) -> Reason:
    values = {
        "season": one.title.zh,
        "season_en": one.title.en,
        "book": book.title.zh,
        "book_en": book.title.en,
    }
    return Reason("rules.season.not_entered", values)
