"""Which day does a period end on: a month, a quarter, a year, as deliveries of polygons are named by (期次)?"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from qingshan.rules.errors import RuleError
from qingshan.rules.reasons import Sentence, declare
from qingshan.rules.words import normalised

_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_YEAR = r"((?:19|20)\d{2})"
_QUARTER = re.compile(_YEAR + r"\s*[-./年]?\s*(?:Q\s*([1-4])|第?\s*([1-4])\s*季度?)", re.IGNORECASE)
_MONTH = re.compile(_YEAR + r"\s*[-./年]\s*(1[0-2]|0?[1-9])\s*月?")
_WHOLE_YEAR = re.compile(_YEAR + r"\s*年?")
_SIX_DIGITS = re.compile(r"(?:19|20)\d{4}")
_MONTHS_IN_A_QUARTER = 3


def last_day_of(text: str) -> date | None:
    """The last day of the period that is written; None where it is none, such as a day.

    Raises:
        RuleError: six digits: 202502 is February for some and the second quarter for others.
    """
    wanted = normalised(text)
    if found := _QUARTER.fullmatch("".join(_NUMERALS.get(each, each) for each in wanted)):
        return _end(int(found[1]), int(found[2] or found[3]) * _MONTHS_IN_A_QUARTER)
    if found := _MONTH.fullmatch(wanted):
        return _end(int(found[1]), int(found[2]))
    if found := _WHOLE_YEAR.fullmatch(wanted):
        return date(int(found[1]), 12, 31)
    if _SIX_DIGITS.fullmatch(wanted):
        raise RuleError.because("rules.periods.six_digits", text=wanted)
    return None


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


declare(
    {
        "rules.periods.six_digits": Sentence(
            zh="“{text}”可能指某月，也可能指某季度。请写成 2025-02 或 2025Q2",
            en="“{text}” may be a month or a quarter; write 2025-02 or 2025Q2",
        ),
    }
)
