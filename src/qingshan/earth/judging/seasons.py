"""What do full growing seasons say together? k of n looks agree with a claim, or speak against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from qingshan.earth.judging.looks import Flags, Looks, Positions, date_of, day_of
from qingshan.earth.judging.sections import LookRules, SeasonRules

Counts = np.ndarray[Any, np.dtype[np.int64]]


class Course(StrEnum):
    """How the seasons since a day went."""

    TOO_EARLY = "too_early"
    """none is over yet"""
    TOO_FEW = "too_few"
    """not enough looks in any of them"""
    AGREES = "agrees"
    """the newest agree with the claim"""
    AGAINST = "against"
    """the newest speak against it, and none before agreed"""
    LATE = "late"
    """the newest agree, the first ones after the claimed day spoke against it"""
    VANISHED = "vanished"
    """one agreed, what came after it speaks against"""
    MIXED = "mixed"
    """neither"""


@dataclass(frozen=True, kw_only=True, eq=False)
class State:
    """How each look stands to the claim; all (n,). What is not weighed neither agrees nor speaks against."""

    weighed: Flags
    agree: Flags
    against: Flags


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """The seasons' answer and the looks it rests on."""

    course: Course
    deciding: Positions
    """places of the looks that agree with this answer"""
    considered: int = 0
    """looks that were weighed for it"""
    since: int = -1
    """place of the first look of the state that lasts; -1: there is none"""
    seasons: int = 0
    """seasons that say the same"""
    year: int = 0
    """first full season, or the season that agreed before the growth vanished"""
    least: int = 0
    """how many looks were asked where there were too few; 0: as many as a season asks"""


NOTHING: Positions = np.empty(0, dtype=np.intp)


def first_full_year(day: int, looks: LookRules, seasons: SeasonRules) -> int:
    """Year of the first growing season that is full when it begins on a day or later, planting's grace allowed."""
    began = date_of(day)
    start = day_of(date(began.year, int(looks.growing_first_month), 1))
    return began.year if day <= start + seasons.planting_grace_days else began.year + 1


def last_full_year(on: int, looks: LookRules) -> int:
    """Year of the last growing season that was over on a day."""
    today = date_of(on)
    return today.year if today.month > looks.season_last_month else today.year - 1


def told_by(
    state: State,
    looks: Looks,
    *,
    since_year: int,
    until_year: int,
    rules: SeasonRules,
    against_seasons: int = 1,
) -> Told:
    """Weigh the seasons of `since_year` to `until_year`, and the looks after them.

    Args:
        state: how each look stands to the claim.
        looks: the looks, in order of day.
        since_year: first full growing season.
        until_year: last growing season that is over.
        rules: k, n and shares.
        against_seasons: seasons that must speak against the claim.
    """
    if until_year < since_year:
        return Told(course=Course.TOO_EARLY, deciding=NOTHING, year=since_year)
    if relapse := _relapse(state, looks, since_year, rules):
        return relapse
    n, k, against = _tally(state, looks, since_year, until_year)
    judged = np.flatnonzero(n >= rules.min_looks)
    good = (n >= rules.min_looks) & (k >= rules.agree_share * n)
    if len(judged) and good[judged[-1]]:
        fine = (good | (n < rules.min_looks)) & ~_begun_bare(n, against, good, rules)
        told = _agreeing(state, looks, fine, since_year, until_year)
        before = told.year - since_year
        contrary, total = int(against[:before].sum()), int(n[:before].sum())
        is_late = _speaks_against(contrary, total, rules) or contrary == total >= rules.late_looks
        return replace(told, course=Course.LATE) if is_late else told
    return _opposed(state, looks, n, against, good, since_year=since_year, rules=rules, least=against_seasons)


def _tally(state: State, looks: Looks, first: int, last: int) -> tuple[Counts, Counts, Counts]:
    """For each year: looks weighed, agreeing, against."""
    chosen = np.flatnonzero(state.weighed & (looks.years >= first) & (looks.years <= last))
    at, length = looks.years[chosen] - first, last - first + 1
    n = np.bincount(at, minlength=length)
    k = np.bincount(at[state.agree[chosen]], minlength=length)
    against = np.bincount(at[state.against[chosen]], minlength=length)
    return n, k, against


def _begun_bare(n: Counts, against: Counts, good: Flags, rules: SeasonRules) -> Flags:
    """Seasons before the first that agrees in which the few looks that there were all speak against the claim."""
    is_early: Flags = np.arange(len(n)) < int(np.flatnonzero(good)[0])
    found: Flags = is_early & (n >= rules.late_looks) & (against == n)
    return found


def _agreeing(state: State, looks: Looks, fine: Flags, first: int, last: int) -> Told:
    """The run of seasons up to the newest that agree; seasons without enough looks do not break it."""
    breaks = np.flatnonzero(~fine)
    begin = first + (int(breaks[-1]) + 1 if len(breaks) else 0)
    run = state.weighed & (looks.years >= begin) & (looks.years <= last)
    deciding = np.flatnonzero(run & state.agree)
    since = _reach_back(state, int(deciding[0])) if begin == first else int(deciding[0])
    return Told(
        course=Course.AGREES,
        deciding=deciding,
        considered=int(run.sum()),
        since=since,
        seasons=len(np.unique(looks.years[deciding])),
        year=begin,
    )


def _reach_back(state: State, place: int) -> int:
    """The first agreeing look after the last one against, before a place: growth before the first full season."""
    against = np.flatnonzero(state.against[:place])
    after = int(against[-1]) + 1 if len(against) else 0
    return after + int(np.flatnonzero(state.agree[after : place + 1])[0])


def _opposed(
    state: State,
    looks: Looks,
    n: Counts,
    against: Counts,
    good: Flags,
    *,
    since_year: int,
    rules: SeasonRules,
    least: int,
) -> Told:
    """The newest season does not agree: do enough looks speak against it since the last that did?"""
    agreed = np.flatnonzero(good)
    begin = int(agreed[-1]) + 1 if len(agreed) else 0
    total, contrary = int(n[begin:].sum()), int(against[begin:].sum())
    year = since_year + begin
    run = state.weighed & (looks.years >= year) & (looks.years < since_year + len(n))
    if total < rules.min_looks:
        return Told(course=Course.TOO_FEW, deciding=NOTHING, considered=total, year=year)
    if not _speaks_against(contrary, total, rules) or int((against[begin:] > 0).sum()) < least:
        return Told(
            course=Course.MIXED, deciding=np.flatnonzero(run & state.agree), considered=total, year=year
        )
    deciding = np.flatnonzero(run & state.against)
    return Told(
        course=Course.VANISHED if len(agreed) else Course.AGAINST,
        deciding=deciding,
        considered=total,
        since=int(deciding[0]),
        seasons=len(np.unique(looks.years[deciding])),
        year=since_year + int(agreed[-1]) if len(agreed) else year,
    )


def _speaks_against(contrary: int, total: int, rules: SeasonRules) -> bool:
    """Are so many looks of all against the claim that it is positive and repeated evidence?"""
    if contrary == total:
        return contrary >= rules.unanimous_looks
    return contrary >= rules.min_looks_against and contrary >= rules.against_share * total


def newest_against(state: State, looks: Looks, weighed: Positions, rules: SeasonRules) -> Positions:
    """The newest looks, one after the other, that speak against the claim; none where too few or too close."""
    other = np.flatnonzero(~state.against[weighed])
    run: Positions = weighed[int(other[-1]) + 1 :] if len(other) else weighed
    if len(run) < rules.edge_looks or looks.days[run[-1]] - looks.days[run[0]] < rules.edge_days:
        return NOTHING
    return run


def vanished(looks: Looks, run: Positions, *, year: int) -> Told:
    """Gone since the first look of a run."""
    return Told(
        course=Course.VANISHED,
        deciding=run,
        considered=len(run),
        since=int(run[0]),
        seasons=len(np.unique(looks.years[run])),
        year=year,
    )


def _relapse(state: State, looks: Looks, since_year: int, rules: SeasonRules) -> Told | None:
    """Do the newest looks, one after the other, speak against a claim that looks before agreed with?"""
    weighed = np.flatnonzero(state.weighed & (looks.years >= since_year))
    run = newest_against(state, looks, weighed, rules)
    before = weighed[: len(weighed) - len(run)]
    if not len(run) or not len(before) or int(state.agree[before].sum()) < rules.min_looks:
        return None
    return vanished(looks, run, year=int(looks.years[before[-1]]))
