"""Is land still as it was accepted? Loss is measured against the state at acceptance, beside the ring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Question
from qingshan.earth.judging.answering import answer
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import day_of, median
from qingshan.earth.judging.plants import state_of
from qingshan.earth.judging.seasons import Course, State, Told, newest_against, vanished
from qingshan.earth.judging.vegetation import bare_before, is_newest_unseen, over_full_seasons, seen_until

WORDS = {Course.AGREES: "kept", Course.AGAINST: "lost", Course.VANISHED: "lost"}
WORDS |= {Course.LATE: "lost_for_a_time", Course.MIXED: "mixed_kept"}


def kept(case: Case, accepted_on: date) -> Finding:
    """Plants that were accepted: are they there in the growing seasons since?"""
    start = day_of(accepted_on)
    state, was_green = _against_acceptance(case, start)
    told = _gone(case, state, start) or over_full_seasons(case, state, start)
    if told.course is Course.AGREES:
        told = _since_acceptance(case, told, start)
        if is_newest_unseen(case, told):
            return seen_until(case, Question.KEPT, told, accepted_on)
    words = WORDS if was_green else WORDS | dict.fromkeys((Course.AGAINST, Course.VANISHED), "not_kept")
    return answer(
        case, Question.KEPT, told, claimed_on=accepted_on, words=words, further=bare_before(case, told)
    )


def _against_acceptance(case: Case, start: int) -> tuple[State, bool]:
    """How each look stands to what was accepted, and whether plants were seen then.

    Where they were not seen, looks are measured as those of young plants are: by half of what is demanded, as long
    as it is known what the bare ground shows.
    """
    looks, rules = case.looks, case.rules
    young = None if case.plants.bare is None else 0
    plain = state_of(case.plants, looks, rules.vegetation, young=young)
    reference = plain.agree & (looks.days <= start) & (looks.days > start - rules.kept.reference_days)
    if int(reference.sum()) < rules.seasons.min_looks:
        return plain, False
    return _beside(case, plain, median(case.plants.gain[reference])), True


def _beside(case: Case, plain: State, accepted: float) -> State:
    """Kept and lost, as parts of the gain that the site showed beside its surroundings when it was accepted."""
    plants, rules, vegetation = case.plants, case.rules.kept, case.rules.vegetation
    room = plants.expected - (plants.bare or 0.0)
    partly = (plants.patch <= vegetation.partly_share) & (plants.gain <= rules.partly_ratio * accepted)
    lost = plain.weighed & ((plants.gain <= rules.lost_ratio * accepted) | partly)
    lost &= accepted * room - plants.above >= rules.loss
    against = lost | plain.against
    agree = plain.agree & ~against & (plants.gain >= rules.kept_ratio * accepted)
    return State(weighed=plain.weighed, agree=agree, against=against)


def _gone(case: Case, state: State, start: int) -> Told | None:
    """Do the newest looks, one after the other, show that it is gone? No season has to be over for that."""
    looks = case.looks
    weighed = np.flatnonzero(state.weighed & (looks.days > start))
    run = newest_against(state, looks, weighed, case.rules.seasons)
    return vanished(looks, run, year=int(looks.years[run[0]])) if len(run) else None


def _since_acceptance(case: Case, told: Told, start: int) -> Told:
    """What was kept, was kept since acceptance, not since the growth before it."""
    after = told.deciding[case.looks.days[told.deciding] > start]
    return replace(told, since=int(after[0])) if len(after) else told
