"""What is a timetable made of: works with their days of work, what was reported of them, and their dates?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.rules.calendar import LONGEST_TERM
from qingshan.rules.errors import RuleError
from qingshan.rules.numbers import Exact
from qingshan.rules.reasons import Reason, Value
from qingshan.rules.seasons import Span, WorkKind


@dataclass(frozen=True)
class Work:
    """One stage or measure of a plan that takes days. One that takes none, or decades, raises RuleError."""

    id: str
    days: int
    counts_working_days: bool = True
    """Else its days are days of the calendar (自然日)."""
    kind: WorkKind = WorkKind.OTHER
    after: tuple[str, ...] = ()
    """Works that must be finished before it begins."""
    lag_days: int = 0
    """Days of the calendar between their end and its beginning, e.g. for settling."""
    begins_on: date | None = None
    """The day on which it must begin, where that is fixed."""
    ends_on: date | None = None
    """The day on which it must end, where that is fixed."""
    title: str = ""

    def __post_init__(self) -> None:
        found = {
            "rules.schedule.days_out_of_range": not 1 <= self.days <= LONGEST_TERM,
            "rules.schedule.lag_out_of_range": not 0 <= self.lag_days <= LONGEST_TERM,
            "rules.schedule.fixed_backward": bool(
                self.begins_on and self.ends_on and self.ends_on < self.begins_on
            ),
        }
        values = {"days": self.days, "lag": self.lag_days, "longest": LONGEST_TERM}
        faults = [self.reason(code, **values) for code, is_so in found.items() if is_so]
        if faults:
            raise RuleError(*faults)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title or self.id

    @property
    def is_fixed(self) -> bool:
        """Whether somebody fixed a day of it."""
        return self.begins_on is not None or self.ends_on is not None

    def reason(self, code: str, /, **values: Value) -> Reason:
        """A reason that names this work."""
        return Reason(code, {"work": self.name, **values})


@dataclass(frozen=True)
class Progress:
    """What was reported of a work up to a day; None for what was not reported."""

    id: str
    begun_on: date | None = None
    finished_on: date | None = None
    percent: Exact | None = None

    @property
    def has_begun(self) -> bool:
        """Whether anything of it has been done."""
        return bool(self.begun_on or self.finished_on or self.percent)


@dataclass(frozen=True)
class Dated:
    """A work with its days."""

    id: str
    from_on: date
    to_on: date
    slack_days: int | None = None
    """机动时间: calendar days that its end can move; negative: so many too late. None: not known, or finished."""
    is_critical: bool = False
    """关键: it cannot move at all while first and last day of the whole stay where they are."""
    because: tuple[Reason, ...] = ()

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.from_on, self.to_on)


@dataclass(frozen=True)
class Timetable:
    """All works of a plan with their days, in the order of their days."""

    works: tuple[Work, ...]
    rows: tuple[Dated, ...]
    deadline: date | None = None
    warnings: tuple[Reason, ...] = ()
    """Years whose holidays have not been announced, seasons that are 待核."""

    @property
    def begins_on(self) -> date | None:
        """First day of all; None where there is no work."""
        return min((row.from_on for row in self.rows), default=None)

    @property
    def ends_on(self) -> date | None:
        """Last day of all; None where there is no work."""
        return max((row.to_on for row in self.rows), default=None)

    @property
    def late_days(self) -> int | None:
        """Days by which the end lies after the deadline, negative before it; None where one of them is not known."""
        return None if not (self.deadline and self.ends_on) else (self.ends_on - self.deadline).days

    @property
    def critical_path(self) -> tuple[str, ...]:
        """关键线路: ids of the critical works, in the order of their days."""
        return tuple(row.id for row in self.rows if row.is_critical)

    def row(self, work_id: str) -> Dated | None:
        """One work with its days; None where it is not in this timetable."""
        return next((row for row in self.rows if row.id == work_id), None)
