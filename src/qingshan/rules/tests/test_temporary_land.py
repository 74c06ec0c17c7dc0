"""Is lent land told by its end, its restoration and its return, and is a long term a doubt?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.reasons import say
from qingshan.rules.rulebook import in_force
from qingshan.rules.temporary_land import RULEBOOK, LentStanding, extension_faults, lent, term_doubts

ON = date(2026, 3, 2)
BOOK = in_force(RULEBOOK, on=ON)
FROM = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("to_on", "returned_on", "standing", "restore_by"),
    [
        (date(2026, 6, 1), None, LentStanding.RUNNING, date(2027, 6, 1)),
        (date(2026, 5, 31), None, LentStanding.ENDING, date(2027, 5, 31)),
        (ON, None, LentStanding.ENDING, date(2027, 3, 2)),
        (date(2026, 3, 1), None, LentStanding.TO_RESTORE, date(2027, 3, 1)),
        (date(2025, 3, 2), None, LentStanding.TO_RESTORE, ON),
        (date(2025, 3, 1), None, LentStanding.LATE, date(2026, 3, 1)),
        (date(2020, 1, 1), date(2021, 1, 1), LentStanding.BACK, date(2021, 1, 1)),
        (None, None, LentStanding.UNKNOWN, None),
        (None, date(2021, 1, 1), LentStanding.BACK, None),
    ],
)
def test_how_lent_land_stands(
    to_on: date | None, returned_on: date | None, standing: LentStanding, restore_by: date | None
) -> None:
    found = lent(FROM, to_on, returned_on, on=ON, book=BOOK)
    assert (found.standing, found.restore_by) == (standing, restore_by)
    assert found.citation.status == "unverified"


def test_two_years_are_usual_four_the_longest_and_more_is_doubted_with_the_status_of_the_book() -> None:
    assert term_doubts(FROM, date(2026, 1, 1), book=BOOK) == ()
    assert "超过一般的 2 年" in say(term_doubts(FROM, date(2026, 1, 2), book=BOOK)[0])
    longest = term_doubts(FROM, date(2028, 1, 2), book=BOOK)
    assert "超过最长的 4 年" in say(longest[0])
    assert len(longest) > 1
    assert term_doubts(None, date(2028, 1, 2), book=BOOK) == ()


@given(st.integers(-5_000, 5_000))
def test_an_extension_leads_beyond_the_present_end(days: int) -> None:
    found = extension_faults(ON, ON + timedelta(days=days))
    assert bool(found) == (days <= 0)
    assert extension_faults(None, ON) == ()
