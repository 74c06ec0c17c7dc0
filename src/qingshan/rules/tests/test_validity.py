"""A term ends after its last day, and a right that somebody ended is none however long it would run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.register import RightState
from qingshan.rules.validity import WARNED_BEFORE_DAYS, Clock, Term, is_valid

TODAY = date(2026, 3, 2)


def clock(days: int | None) -> Clock:
    return Clock(None if days is None else TODAY + timedelta(days=days), TODAY)


@pytest.mark.parametrize(
    ("days", "term", "words", "english"),
    [
        (None, Term.UNKNOWN, "期限未填", "term not known"),
        (WARNED_BEFORE_DAYS + 1, Term.RUNNING, "余 91 天", "91 days left"),
        (WARNED_BEFORE_DAYS, Term.ENDING, "余 90 天", "90 days left"),
        (1, Term.ENDING, "余 1 天", "1 day left"),
        (0, Term.ENDING, "今天到期", "due today"),
        (-1, Term.OVER, "已过期 1 天", "1 day past its term"),
        (-400, Term.OVER, "已过期 400 天", "400 days past its term"),
    ],
)
def test_a_term_is_said_in_days(days: int | None, term: Term, words: str, english: str) -> None:
    assert (clock(days).term, clock(days).say(), clock(days).say("en")) == (term, words, english)


@given(st.dates(), st.dates())
def test_every_day_up_to_the_last_belongs_to_the_term(to_on: date, on: date) -> None:
    assert (Clock(to_on, on).term == Term.OVER) == (on > to_on)


@pytest.mark.parametrize(
    ("state", "days", "valid"),
    [
        (RightState.IN_FORCE, 10, True),
        ("", 10, True),
        (RightState.IN_FORCE, -1, False),
        (RightState.IN_FORCE, None, False),
        (RightState.SUSPENDED, 10, False),
        (RightState.CANCELLED, 10, False),
        (RightState.REVOKED, 10, False),
        (RightState.MERGED, 10, False),
    ],
)
def test_only_a_right_in_force_within_its_term_is_valid(state: str, days: int | None, *, valid: bool) -> None:
    assert is_valid(state, clock(days)) is valid


def test_a_right_that_has_not_begun_is_not_valid_yet() -> None:
    assert not is_valid(RightState.IN_FORCE, clock(10), from_on=TODAY + timedelta(days=1))
    assert is_valid(RightState.IN_FORCE, clock(10), from_on=TODAY)
