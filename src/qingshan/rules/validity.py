"""Does a right still run, or land that is lent, and for how long?

The state of a right says whether somebody ended it; that its term is over is read from the date, here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.rules.dates import days_left
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.register import RightState
from qingshan.rules.words import Named

WARNED_BEFORE_DAYS = 90
"""A convention of this program, not a rule of law: a quarter is what an extension takes to prepare."""

ENDED = frozenset({RightState.CANCELLED, RightState.REVOKED, RightState.MERGED})
"""A right in one of these states waits for no last day."""


class Term(Named):
    """期限: how the term of a right or of lent land stands on a day."""

    UNKNOWN = "unknown", "期限未填", "term not known"
    RUNNING = "running", "在期限内", "running"
    ENDING = "ending", "将到期", "ending soon"
    OVER = "over", "已过期", "over"


@dataclass(frozen=True)
class Clock:
    """A term on a day. The last day itself still belongs to it."""

    to_on: date | None
    on: date

    @property
    def left(self) -> int | None:
        """Days left, 0 on the last day, negative when it is over; None where there is no last day."""
        return None if self.to_on is None else days_left(self.to_on, on=self.on)

    @property
    def term(self) -> Term:
        if self.left is None:
            return Term.UNKNOWN
        if self.left < 0:
            return Term.OVER
        return Term.ENDING if self.left <= WARNED_BEFORE_DAYS else Term.RUNNING

    def say(self, language: str = CHINESE) -> str:
        """`余 5 天`, `今天到期`, `已过期 2 天`, `期限未填`."""
        if self.left is None:
            return Term.UNKNOWN.say(language)
        if self.left == 0:
            return say(Reason("rules.date.due_today"), language)
        code = "rules.date.days_left" if self.left > 0 else "rules.validity.over"
        plural = "" if abs(self.left) == 1 else "s"
        return say(Reason(code, {"days": abs(self.left), "plural": plural}), language)


def is_valid(state: str, clock: Clock, *, from_on: date | None = None) -> bool:
    """Whether a mining right can be relied on: nobody ended or froze it, it has begun, its term is not over.

    A right without a last day is no valid right until somebody has read the licence.
    """
    begun = from_on is None or from_on <= clock.on
    return state in {RightState.IN_FORCE, ""} and begun and clock.term in {Term.RUNNING, Term.ENDING}
