"""On which day did it happen, how many days are left, and how is a day written?

Days are Shanghai days, wherever the machine stands; instants must know their time zone.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import CHINESE, Reason, say

SHANGHAI = ZoneInfo("Asia/Shanghai")


def shanghai_date(instant: datetime) -> date:
    """The Shanghai day of an aware instant (16:00Z is already tomorrow). A naive instant raises RuleError."""
    return shanghai_time(instant).date()


def shanghai_time(instant: datetime) -> datetime:
    """An aware instant on Shanghai clocks. A naive instant raises RuleError: its day would be a guess."""
    if instant.utcoffset() is None:
        raise RuleError.because("rules.date.naive", instant=instant.isoformat())
    return instant.astimezone(SHANGHAI)


def days_left(due: date, *, on: date) -> int:
    """Days from `on` to `due`: 0 on the last day, negative when overdue."""
    return (due - on).days


def is_overdue(due: date, *, on: date) -> bool:
    """Whether the last day has passed; the due day itself is still in time."""
    return on > due


def months_later(day: date, months: int) -> date:
    """The same day so many months on; a month that is too short gives its last day (29 February → 28)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_words(due: date | None, *, on: date, language: str = CHINESE) -> str:
    """`余 5 天`, `今天到期`, `逾期 2 天`; a dash where nothing is due."""
    if due is None:
        return "—"
    left = days_left(due, on=on)
    if left == 0:
        return say(Reason("rules.date.due_today"), language)
    code = "rules.date.days_left" if left > 0 else "rules.date.days_over"
    return say(Reason(code, {"days": abs(left), "plural": "" if abs(left) == 1 else "s"}), language)


def chinese_date(day: date) -> str:
    """A day in Chinese prose and on official documents: 2026年11月21日, no leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_words(day: date | None, language: str = CHINESE) -> str:
    """A day in prose, in either language; a dash where it is not known."""
    if day is None:
        return "—"
    return f"{day.day} {day:%B} {day.year}" if language.lower().startswith("en") else chinese_date(day)
