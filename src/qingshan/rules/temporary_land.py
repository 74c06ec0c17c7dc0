"""Until when is land lent, how may that be extended, and by when must it be restored? 临时用地, 复垦义务.

The periods stand in the rulebook `temporary-land`, 待核. A term that is longer than usual is a doubt; whoever approved
the extension answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.rules.dates import is_overdue, months_later
from qingshan.rules.provisions import Citation, Rulebook
from qingshan.rules.reasons import Reason
from qingshan.rules.validity import WARNED_BEFORE_DAYS
from qingshan.rules.words import Named

RULEBOOK = "temporary-land"
RESTORE_WITHIN = "restore_within_months"
_BEYOND = (
    ("long_term_years", "rules.temporary_land.beyond_longest"),
    ("term_years", "rules.temporary_land.beyond_usual"),
)


class LentStanding(Named):
    """临时用地情况."""

    RUNNING = "running", "使用期内", "in use"
    ENDING = "ending", "将到期", "ends soon"
    TO_RESTORE = "to_restore", "期满待复垦还地", "ended, to be restored and handed back"
    LATE = "late", "超过复垦期限", "past the term of restoration"
    BACK = "back", "已还地", "handed back"
    UNKNOWN = "unknown", "未填使用期止", "end not known"


@dataclass(frozen=True)
class Lent:
    """How lent land stands on a day."""

    standing: LentStanding
    restore_by: date | None
    doubts: tuple[Reason, ...]
    citation: Citation
    is_verified: bool
    """whether anybody has read where the period of restoration stands"""


def lent(
    from_on: date | None, to_on: date | None, returned_on: date | None, *, on: date, book: Rulebook
) -> Lent:
    """Where the term stands, by when the land is to be restored, and what is doubtful about the term."""
    verified = book.is_verified(RESTORE_WITHIN)
    if to_on is None:
        standing = LentStanding.BACK if returned_on else LentStanding.UNKNOWN
        return Lent(standing, None, (), book.citation, verified)
    restore_by = months_later(to_on, book.whole(RESTORE_WITHIN))
    doubts = term_doubts(from_on, to_on, book=book)
    return Lent(_standing(to_on, restore_by, returned_on, on), restore_by, doubts, book.citation, verified)


def _standing(to_on: date, restore_by: date, returned_on: date | None, on: date) -> LentStanding:
    if returned_on is not None:
        return LentStanding.BACK
    if is_overdue(restore_by, on=on):
        return LentStanding.LATE
    if is_overdue(to_on, on=on):
        return LentStanding.TO_RESTORE
    return LentStanding.ENDING if (to_on - on).days <= WARNED_BEFORE_DAYS else LentStanding.RUNNING


def term_doubts(from_on: date | None, to_on: date, *, book: Rulebook) -> tuple[Reason, ...]:
    """存疑: a term beyond the longest that the book knows, or beyond the usual one."""
    if from_on is None:
        return ()
    for name, code in _BEYOND:
        years = book.whole(name)
        if to_on > months_later(from_on, 12 * years):
            values = {"from_on": from_on.isoformat(), "to_on": to_on.isoformat(), "years": str(years)}
            return (Reason(code, values), *book.doubts(name))
    return ()


def extension_faults(to_on: date | None, new_to_on: date) -> tuple[Reason, ...]:
    """Why an extension cannot be entered: it does not lead beyond the present end."""
    if to_on is None or new_to_on > to_on:
        return ()
    values = {"to_on": to_on.isoformat(), "new": new_to_on.isoformat()}
    return (Reason("rules.temporary_land.not_longer", values),)
