"""Is land that was to become green, green since the day that is claimed? Only for targets that are plants."""

from __future__ import annotations

from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Question
from qingshan.earth.judging.answering import answer, settle_by_looks
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import day_of
from qingshan.earth.judging.plants import state_of
from qingshan.earth.judging.saying import percent, reason, span
from qingshan.earth.judging.seasonal import without_season
from qingshan.earth.judging.seasons import (
    Course,
    State,
    Told,
    first_full_year,
    last_full_year,
    told_by,
)
from qingshan.earth.sites import TargetUse
from qingshan.rules.reasons import Reason

WORDS = {
    Course.AGREES: "green",
    Course.AGAINST: "bare",
    Course.LATE: "green_late",
    Course.VANISHED: "vanished",
    Course.MIXED: "mixed",
}


def restored(case: Case, claimed_on: date) -> Finding:
    """Forest and grass, and natural recovery: covered beside its surroundings, growing season after growing season."""
    claimed, rules = day_of(claimed_on), case.rules
    first = first_full_year(claimed, rules.looks, rules.seasons)
    told = over_full_seasons(case, _state(case, young=first), claimed)
    last = last_full_year(case.on, rules.looks)
    if still := without_season(case, told, first, last, least_seasons=_least_seasons(case)):
        told, swing = still
        words = WORDS | {Course.AGAINST: "no_season", Course.MIXED: "no_season_open"}
        return answer(
            case, Question.RESTORED, told, claimed_on=claimed_on, words=words, further=(swing.because,)
        )
    if told.course is Course.TOO_EARLY:
        told = _since_planting(case) or told
    if (
        told.course is Course.AGREES
        and told.seasons < rules.seasons.firm_seasons
        and is_newest_unseen(case, told)
    ):
        return seen_until(case, Question.RESTORED, told, claimed_on)
    words = WORDS | {Course.AGAINST: "partly"} if _is_partly(case, told) else WORDS
    return answer(
        case, Question.RESTORED, told, claimed_on=claimed_on, words=words, further=bare_before(case, told)
    )


def is_newest_unseen(case: Case, told: Told) -> bool:
    """Is the newest full season one in which the land was hardly seen? It may have been lost in it."""
    newest = last_full_year(case.on, case.rules.looks)
    seen = case.looks.years[told.deciding] == newest
    return int(seen.sum()) < case.rules.seasons.min_looks


def seen_until(case: Case, question: Question, told: Told, claimed_on: date) -> Finding:
    """As claimed as long as it was seen; nothing is said of the season since."""
    newest = last_full_year(case.on, case.rules.looks)
    because = reason(
        "seen_until",
        **span(case, told.deciding),
        k=len(told.deciding),
        year=newest,
        least=int(case.rules.seasons.min_looks),
    )
    return case.undecidable(
        question,
        (because,),
        claimed_on=claimed_on,
        settle=settle_by_looks(),
        considered=told.considered,
        before=case.scene_before(day_of(claimed_on)),
        after=case.looks.scene(int(told.deciding[-1])),
    )


def _state(case: Case, *, young: int) -> State:
    is_sparse = case.claims.target is TargetUse.NATURAL
    return state_of(case.plants, case.looks, case.rules.vegetation, young=young, is_sparse=is_sparse)


def over_full_seasons(case: Case, state: State, day: int) -> Told:
    """The answer of the growing seasons that began on a day or later and are over."""
    rules = case.rules
    return told_by(
        state,
        case.looks,
        since_year=first_full_year(day, rules.looks, rules.seasons),
        until_year=last_full_year(case.on, rules.looks),
        rules=rules.seasons,
        against_seasons=_least_seasons(case),
    )


def _least_seasons(case: Case) -> int:
    """Seasons that must speak against plants: more where growth is slow, or nothing stands beside."""
    rules = case.rules.vegetation
    least = rules.seasons_against_natural if case.claims.target is TargetUse.NATURAL else 1.0
    return int(least if case.looks.has_ring else max(least, rules.seasons_against_without_ring))


def bare_before(case: Case, told: Told) -> tuple[Reason, ...]:
    """What the images read off the same ground when it was bare, where that was weighed."""
    if case.plants.bare is None or not len(told.deciding):
        return ()
    return (reason("bare_before", bare=percent(case.plants.bare)),)


def _since_planting(case: Case) -> Told | None:
    """A season that is full since planting, though not since the claim, may support it, but not refute it."""
    if case.claims.planted_on is None:
        return None
    state = state_of(case.plants, case.looks, case.rules.vegetation)
    told = over_full_seasons(case, state, day_of(case.claims.planted_on))
    return told if told.course is Course.AGREES else None


def _is_partly(case: Case, told: Told) -> bool:
    """Was the site green in part, rather than bare, on most looks that speak against it?"""
    if told.course is not Course.AGAINST:
        return False
    rules, places = case.rules.vegetation, told.deciding
    green = case.plants.above[places] > rules.against_gain * (
        case.plants.expected[places] - (case.plants.bare or 0.0)
    )
    return 2 * int(np.count_nonzero(green)) > len(places)
