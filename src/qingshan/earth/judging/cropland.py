"""Is land tilled again? Each year a crop covers the ground and is taken off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from qingshan.earth.findings import Finding, Question
from qingshan.earth.judging.answering import answer
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Flags, day_of
from qingshan.earth.judging.plants import state_of
from qingshan.earth.judging.saying import reason
from qingshan.earth.judging.seasons import NOTHING, Course, Told, first_full_year, last_full_year
from qingshan.earth.series import Days
from qingshan.rules.reasons import Reason

Counts = np.ndarray[Any, np.dtype[np.int64]]

WORDS = {
    Course.AGREES: "tilled",
    Course.AGAINST: "never_tilled",
    Course.LATE: "tilled_late",
    Course.VANISHED: "fallow",
    Course.MIXED: "mixed_field",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class _Years:
    """What each year since the claim showed; all (years,)."""

    first: int
    looks: Counts
    crops: Flags
    """a crop was seen"""
    bare: Flags
    """looked at often enough, and there was none"""
    opened: Flags
    """open ground was seen in the same year"""
    bared: Flags
    """open ground was seen while the surroundings were green: no grassland does that"""


def tilled(case: Case, question: Question, claimed_on: date) -> Finding:
    """Fields: year for year, was there a crop, and was the ground open before or after it?"""
    rules = case.rules
    first = first_full_year(day_of(claimed_on), rules.looks, rules.seasons)
    last = last_full_year(case.on, rules.looks)
    if last < first:
        told = Told(course=Course.TOO_EARLY, deciding=NOTHING, year=first)
        return answer(case, question, told, claimed_on=claimed_on, words=WORDS)
    state = state_of(case.plants, case.looks, rules.vegetation)
    years = _years(case, state.agree, state.weighed & ~state.agree, first, last)
    told = _told(case, years, state.agree, state.weighed & ~state.agree)
    return answer(case, question, told, claimed_on=claimed_on, words=WORDS, signs=_signs(years, told))


def _years(case: Case, green: Flags, other: Flags, first: int, last: int) -> _Years:
    looks, rules = case.looks, case.rules.cropland
    opened = _open_ground(case, green, first, last)
    n = _per_year(looks.years, green | other, first, last)
    crops = _per_year(looks.years, green, first, last)
    bared = _per_year(looks.years, opened & case.plants.weighed, first, last)
    return _Years(
        first=first,
        looks=n,
        crops=crops >= rules.green_looks,
        bare=(n >= case.rules.seasons.min_looks) & (crops == 0),
        opened=_per_year(looks.years, opened, first, last) >= rules.idle_looks,
        bared=bared >= rules.idle_looks,
    )


def _open_ground(case: Case, green: Flags, first: int, last: int) -> Flags:
    """Looks of any month on which the field shows little of what it showed at its best in the same year."""
    looks = case.looks
    above = looks.cover - (case.plants.bare or 0.0)
    best = np.full(last - first + 1, np.nan)
    within = np.flatnonzero(green & (looks.years >= first) & (looks.years <= last))
    np.fmax.at(best, looks.years[within] - first, above[within])
    at = np.clip(looks.years - first, 0, len(best) - 1)
    return (
        (above <= case.rules.cropland.idle_ratio * best[at]) & (looks.years >= first) & (looks.years <= last)
    )


def _told(case: Case, years: _Years, green: Flags, other: Flags) -> Told:
    judged = np.flatnonzero(years.crops | years.bare)
    total = int(years.looks.sum())
    if not len(judged):
        return Told(course=Course.TOO_FEW, deciding=NOTHING, considered=total, year=years.first)
    if years.bare[judged[-1]]:
        return _fallow(case, years, other)
    return _cropped(case, years, green)


def _fallow(case: Case, years: _Years, other: Flags) -> Told:
    """The newest season that was seen had no crop at all."""
    looks = case.looks
    cropped = np.flatnonzero(years.crops)
    begin = int(cropped[-1]) + 1 if len(cropped) else 0
    run = np.flatnonzero(other & (looks.years >= years.first + begin))
    run = run[looks.years[run] < years.first + len(years.crops)]
    least = int(case.rules.cropland.min_looks)
    if len(run) < least:
        year = years.first + begin
        return Told(course=Course.TOO_FEW, deciding=NOTHING, considered=len(run), year=year, least=least)
    return Told(
        course=Course.VANISHED if len(cropped) else Course.AGAINST,
        deciding=run,
        considered=int(years.looks[begin:].sum()),
        since=int(run[0]),
        seasons=int(years.bare[begin:].sum()),
        year=years.first + (int(cropped[-1]) if len(cropped) else 0),
    )


def _cropped(case: Case, years: _Years, green: Flags) -> Told:
    """The newest season had a crop; without open ground in any year it may be anything green."""
    looks = case.looks
    bare = np.flatnonzero(years.bare)
    begin = int(bare[-1]) + 1 if len(bare) else 0
    run = green & (looks.years >= years.first + begin) & (looks.years < years.first + len(years.crops))
    deciding = np.flatnonzero(run)
    is_field = bool(years.opened[begin:].any())
    return Told(
        course=(Course.LATE if len(bare) else Course.AGREES) if is_field else Course.MIXED,
        deciding=deciding,
        considered=int(years.looks[begin:].sum()),
        since=int(deciding[0]) if is_field else -1,
        seasons=int(years.crops[begin:].sum()),
        year=years.first + begin,
    )


def _signs(years: _Years, told: Told) -> tuple[Reason, ...]:
    if told.course not in (Course.AGREES, Course.MIXED) or years.bared.any():
        return ()
    return (reason("sign_no_tillage"),)


def _per_year(years: Days, flags: Flags, first: int, last: int) -> Counts:
    chosen = years[flags & (years >= first) & (years <= last)]
    return np.bincount(chosen - first, minlength=last - first + 1)
