"""Does every year of aftercare end with a finding, and the last of them with the last day?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.dates import months_later
from qingshan.rules.rulebook import in_force
from qingshan.rules.watching import watch_from, years_by

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2040, 12, 31))


@given(DAYS, st.integers(1, 12), st.integers(0, 40))
def test_each_year_asks_once_whenever_somebody_looks(accepted_on: date, years: int, late_days: int) -> None:
    watch, found_on, asked = watch_from(accepted_on, years=years), None, []
    while (day := watch.next_on(found_on=found_on)) is not None:
        assert day > accepted_on
        asked.append(day)
        found_on = day + timedelta(days=late_days)
    assert asked == [months_later(accepted_on, 12 * year) for year in range(1, years + 1)]
    assert asked[-1] == watch.until


@given(DAYS, st.integers(1, 12))
def test_what_was_found_after_the_last_day_ends_it(accepted_on: date, years: int) -> None:
    watch = watch_from(accepted_on, years=years)
    assert watch.next_on(found_on=watch.until) is None
    assert watch.next_on(found_on=accepted_on) == months_later(accepted_on, 12)


@pytest.mark.parametrize(("planned", "years"), [("5", 5), (None, 3), ("", 3), ("0", 3), ("2.5", 3)])
def test_the_sites_own_plan_goes_before_the_rulebook(planned: str | None, years: int) -> None:
    book = in_force("verification", on=date(2026, 1, 1))
    assert years_by(book, planned=planned) == years
