"""What is doubtful about new disturbance, when are two sightings one clue, when has it lasted?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.clues import (
    UNDECIDED,
    ClueFacts,
    ClueKind,
    ClueRules,
    ClueState,
    Delivery,
    doubts,
    has_lasted,
    is_same,
    may_say_gone,
    state_after,
)
from qingshan.rules.layers import LayerKind
from qingshan.rules.reasons import CHINESE, ENGLISH, say
from qingshan.rules.rulebook import in_force

RULES = ClueRules.of(in_force("clues", on=date(2026, 3, 1)))
AREAS = st.floats(0, 1e6)


def kinds(**facts: object) -> list[ClueKind]:
    told = {"area_m2": 10_000.0, "outside_m2": 0.0, "inside_m2": 0.0, "margin_m": 17.5, **facts}
    return [kind for kind, _ in doubts(ClueFacts(**told), RULES)]  # type: ignore[arg-type]


def test_land_far_from_every_right_lies_outside_all_permits() -> None:
    assert kinds(outside_m2=10_000.0) == [ClueKind.NO_PERMIT]


def test_land_beside_a_right_may_be_over_its_boundary() -> None:
    assert kinds(outside_m2=6_000.0, right="C1") == [ClueKind.BEYOND]


def test_land_in_a_right_is_held_against_the_plan_where_one_is_recorded() -> None:
    assert kinds(inside_m2=9_000.0, right="C1") == [ClueKind.INSIDE]
    assert kinds(inside_m2=9_000.0, right="C1", outside_plan_m2=5_000.0) == [ClueKind.NOT_IN_PLAN]


def test_land_within_the_error_of_a_boundary_is_said_to_be_unclear() -> None:
    assert kinds(right="C1", outside_m2=399.0) == [ClueKind.AT_THE_EDGE]


def test_a_control_line_is_told_first_and_beside_the_rest() -> None:
    lines = {LayerKind.ECOLOGICAL_REDLINE: 1_000.0, LayerKind.URBAN_BOUNDARY: 9_000.0}
    assert kinds(outside_m2=9_000.0, in_lines_m2=lines) == [ClueKind.CONTROL_LINE, ClueKind.NO_PERMIT]


def test_every_doubt_is_said_in_both_languages_and_accuses_nobody() -> None:
    lines = {LayerKind.BASIC_FARMLAND: 1_000.0}
    for right in ("", "C1"):
        facts = ClueFacts(area_m2=2e4, outside_m2=9e3, inside_m2=9e3, right=right, in_lines_m2=lines)
        for _, reason in doubts(facts, RULES):
            assert "核实" in say(reason, CHINESE)
            assert "check" in say(reason, ENGLISH) or "compare" in say(reason, ENGLISH)
            assert "违法" not in say(reason, CHINESE)


@given(AREAS, AREAS, st.sampled_from(["", "C1"]))
def test_there_is_always_a_doubt_to_look_at(outside: float, inside: float, right: str) -> None:
    assert kinds(outside_m2=outside, inside_m2=inside, right=right)


@given(AREAS, AREAS, st.floats(0, 1))
def test_being_one_clue_does_not_depend_on_which_was_first(one: float, other: float, part: float) -> None:
    common = part * min(one, other)
    assert is_same(common, one, other, RULES) == is_same(common, other, one, RULES)


def test_a_pit_that_has_grown_tenfold_is_the_same_clue() -> None:
    assert is_same(1_000.0, 1_000.0, 10_000.0, RULES)
    assert not is_same(100.0, 1_000.0, 10_000.0, RULES)


@pytest.mark.parametrize(
    ("sightings", "looks", "says_so", "lasted"),
    [(1, 2, False, False), (2, 2, False, True), (1, 6, False, True), (1, 2, True, True)],
)
def test_a_clue_has_lasted_after_two_runs_or_six_looks(
    *, sightings: int, looks: int, says_so: bool, lasted: bool
) -> None:
    assert has_lasted(sightings=sightings, looks=looks, says_so=says_so, rules=RULES) is lasted


@pytest.mark.parametrize("state", list(ClueState))
def test_no_image_undoes_what_a_person_decided(state: ClueState) -> None:
    after = state_after(state, lasted=True)
    assert after is (ClueState.PERSISTENT if state in UNDECIDED else state)


def test_gone_is_said_between_snapshots_only() -> None:
    assert may_say_gone([Delivery.SNAPSHOT], Delivery.SNAPSHOT)
    assert not may_say_gone([Delivery.SNAPSHOT], Delivery.INCREMENT)
    assert not may_say_gone([Delivery.INCREMENT], Delivery.SNAPSHOT)
    assert not may_say_gone([], Delivery.SNAPSHOT)
