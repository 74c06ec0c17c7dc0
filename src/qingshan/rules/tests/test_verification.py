from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.flows import batch, rectification, restoration, single_site
from qingshan.rules.reasons import say
from qingshan.rules.verification import (
    SIGNS,
    AnswerState,
    Held,
    Question,
    Standing,
    Verdict,
    against_signing,
    asks_anew,
    is_held_back,
    is_relapse,
    overall,
    still_cleared,
)

Q, V, A = Question, Verdict, AnswerState
answers = st.dictionaries(st.sampled_from(Question), st.sampled_from(Verdict))
ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("told", "come_to"),
    [
        ({}, V.UNDECIDABLE),
        ({Q.RESTORED: V.SUPPORTED}, V.SUPPORTED),
        ({Q.RESTORED: V.SUPPORTED, Q.KEPT: V.UNSUPPORTED}, V.UNSUPPORTED),
        ({Q.RESTORED: V.SUPPORTED, Q.DISTURBED: V.UNDECIDABLE}, V.SUPPORTED),
        ({Q.RESTORED: V.TOO_EARLY, Q.DISTURBED: V.SUPPORTED}, V.TOO_EARLY),
        ({Q.RESTORED: V.SUPPORTED, Q.KEPT: V.TOO_EARLY}, V.SUPPORTED),
        ({Q.DISTURBED: V.SUPPORTED}, V.UNDECIDABLE),
    ],
)
def test_what_all_answers_to_a_claim_come_to(told: dict[Question, Verdict], come_to: Verdict) -> None:
    assert overall(told) is come_to


@given(answers)
def test_one_doubt_is_a_doubt_and_nothing_else_is(told: dict[Question, Verdict]) -> None:
    assert (overall(told) is V.UNSUPPORTED) == (V.UNSUPPORTED in told.values())


@given(st.sampled_from([None, V.SUPPORTED, V.UNDECIDABLE, V.TOO_EARLY]))
def test_nothing_but_a_doubt_asks_for_an_answer(verdict: Verdict | None) -> None:
    assert against_signing([Standing("HY-1", "采坑", verdict)]) == ()


def test_a_doubt_is_answered_in_writing_before_anybody_signs() -> None:
    asked = Standing("HY-1", "采坑", V.UNSUPPORTED, A.ASKED, 1)
    (reason,) = against_signing([asked])
    assert "还没有书面回应" in say(reason)
    assert "has not been answered" in say(reason, "en")
    for answered in (A.GIVEN, A.UPHELD):
        assert against_signing([Standing("HY-1", "采坑", V.UNSUPPORTED, answered)]) == ()
    (reason,) = against_signing([Standing("HY-1", "采坑", V.UNSUPPORTED, A.MORE_WORK)])
    assert "需继续整改" in say(reason)


@pytest.mark.parametrize(
    ("before", "now", "answer", "stands"),
    [
        ((), (Q.RESTORED,), None, A.ASKED),
        ((Q.RESTORED,), (Q.RESTORED,), A.UPHELD, A.UPHELD),
        ((Q.RESTORED,), (Q.RESTORED, Q.KEPT), A.UPHELD, A.ASKED),
        ((Q.RESTORED, Q.KEPT), (Q.KEPT,), A.GIVEN, A.GIVEN),
        ((Q.RESTORED,), (), A.UPHELD, None),
    ],
)
def test_the_same_doubt_need_not_be_answered_twice(
    before: tuple[Question, ...],
    now: tuple[Question, ...],
    answer: AnswerState | None,
    stands: AnswerState | None,
) -> None:
    assert asks_anew(before, now, answer=answer) is stands


def test_the_county_answers_first() -> None:
    waits = Held(V.UNSUPPORTED, A.ASKED, ON)
    assert is_held_back(waits, on=ON)
    assert not is_held_back(waits, on=date(2026, 3, 3))
    assert not is_held_back(Held(V.UNSUPPORTED, A.GIVEN, ON), on=ON)
    assert not is_held_back(Held(V.SUPPORTED, None, None), on=ON)


def test_only_what_was_accepted_and_not_kept_has_relapsed() -> None:
    assert is_relapse(Q.KEPT, V.UNSUPPORTED)
    assert not is_relapse(Q.RESTORED, V.UNSUPPORTED)
    assert not is_relapse(Q.KEPT, V.UNDECIDABLE)


def test_what_was_cleared_stays_so_until_images_support_it_again() -> None:
    cleared = (Q.RESTORED, Q.KEPT)
    assert still_cleared(cleared, {Q.KEPT: V.UNSUPPORTED}) == cleared
    assert still_cleared(cleared, {Q.KEPT: V.UNDECIDABLE, Q.RESTORED: V.SUPPORTED}) == (Q.KEPT,)
    assert still_cleared((), {Q.KEPT: V.UNSUPPORTED}) == ()


def test_whoever_accepts_closes_or_hands_over_signs_for_land_and_nobody_else() -> None:
    flows = (rectification.FLOW, restoration.FLOW, batch.FLOW, single_site.FLOW)
    signing = {line.act for flow in flows for line in flow.transitions if SIGNS & set(line.needs)}
    assert signing == {
        "cases.accept_at_county",
        "cases.accept_at_city",
        "cases.accept_at_province",
        "cases.close",
        restoration.ProjectAct.ACCEPT,
        restoration.ProjectAct.ACCEPT_BY_BATCHES,
        restoration.ProjectAct.HAND_OVER,
        batch.BatchAct.ACCEPT,
        batch.BatchAct.CONCLUDE,
        single_site.SingleAct.ACCEPT,
        single_site.SingleAct.CONCLUDE,
    }
