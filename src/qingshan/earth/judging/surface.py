"""Is land that was to become water or be built on, what it was to become? Solar fields are left to people."""

from __future__ import annotations

from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Question
from qingshan.earth.judging.answering import answer, settle_on_site
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Flags, Looks, date_of, day_of, median, middle
from qingshan.earth.judging.saying import reason
from qingshan.earth.judging.seasons import Course, State, Told, told_by

WATER_WORDS = {
    Course.AGREES: "water",
    Course.AGAINST: "dry",
    Course.LATE: "water_late",
    Course.VANISHED: "dried_up",
    Course.MIXED: "mixed_water",
}
BUILT_WORDS = {
    Course.AGREES: "built",
    Course.AGAINST: "not_built",
    Course.LATE: "built_late",
    Course.VANISHED: "not_built",
    Course.MIXED: "mixed_built",
}
SOLAR_WORDS = {Course.AGAINST: "no_panels"}


def watered(case: Case, question: Question, claimed_on: date) -> Finding:
    """Water: the larger part of the site is open water, look after look without ice."""
    rules, water = case.rules.surface, case.looks.water
    since = _looks_since(case, claimed_on) & np.isfinite(water)
    state = State(
        weighed=since, agree=since & (water >= rules.water_share), against=since & (water <= rules.dry_share)
    )
    told = _told(case, state, claimed_on)
    return answer(case, question, told, claimed_on=claimed_on, words=WATER_WORDS, effect_of="water")


def built(case: Case, question: Question, claimed_on: date) -> Finding:
    """Buildings: light and grey as it was not before; what is green, wet, or as before speaks against it.

    Bare rock looks light and grey too: what was so before the claim proves nothing.
    """
    looks, rules = case.looks, case.rules.surface
    since = _looks_since(case, claimed_on) & np.isfinite(looks.bright)
    earlier = looks.bright[_looks_before(case, claimed_on) & np.isfinite(looks.bright)]
    before = median(earlier) if len(earlier) else 1.0
    change = _change(case, claimed_on)
    is_new = looks.bright >= before + rules.bright_gain
    if change is not None and change >= rules.changed:
        is_new |= since
    agree = since & (looks.bright >= rules.bright_share) & is_new
    other = (looks.green >= rules.plant_share) & (looks.cover > 0.0) | (looks.water >= rules.plant_share)
    if change is not None and change <= rules.unchanged_built:
        now = middle(looks.bright[since])
        if now is not None and abs(now - before) <= rules.same_bright:
            other |= since
    state = State(weighed=since, agree=agree, against=since & other & ~agree)
    told = _told(case, state, claimed_on)
    return answer(case, question, told, claimed_on=claimed_on, words=BUILT_WORDS, effect_of="bright")


def solar(case: Case, question: Question, claimed_on: date) -> Finding:
    """Solar fields: panels, shade and grass between look like many things; only no change at all says something."""
    change = _change(case, claimed_on)
    if change is not None and change <= case.rules.surface.unchanged_solar:
        since = _looks_since(case, claimed_on)
        told = _told(case, State(weighed=since, agree=np.zeros_like(since), against=since), claimed_on)
        if told.course is Course.AGAINST:
            return answer(case, question, told, claimed_on=claimed_on, words=SOLAR_WORDS, effect_of="bright")
    return case.undecidable(
        question, (reason("no_rule_solar"),), claimed_on=claimed_on, settle=settle_on_site()
    )


def _looks_since(case: Case, day: date) -> Flags:
    """Looks of the warm months since a day: no snow, no ice."""
    return case.looks.in_season & (case.looks.days >= day_of(day))


def _looks_before(case: Case, day: date) -> Flags:
    """Looks of the warm months before the works that the claim is about."""
    rules, age = case.rules.surface, day_of(day) - case.looks.days
    return case.looks.in_season & (age >= rules.works_days) & (age <= rules.before_days)


def _change(case: Case, day: date) -> float | None:
    """How far NDVI, NBR and BSI together moved since the year before a day that was most alike; None: too few looks.

    What is built or set up changes the colour of the ground; where it stays as it was, it was not.
    """
    looks, least = case.looks, case.rules.surface.unchanged_looks
    after, before = _looks_since(case, day), _looks_before(case, day)
    years = [
        year for year in set(looks.years[before].tolist()) if (looks.years[before] == year).sum() >= least
    ]
    if int(after.sum()) < least or not years:
        return None
    moved = [_distance(looks, after, before & (looks.years == year)) for year in years]
    return None if None in moved else min(each for each in moved if each is not None)


def _distance(looks: Looks, after: Flags, before: Flags) -> float | None:
    """Between the medians of three indices; None where a band is missing."""
    total = 0.0
    for name in ("ndvi", "nbr", "bsi"):
        values = looks.quantity(name)
        now, then = middle(values[after]), middle(values[before])
        if now is None or then is None:
            return None
        total += (now - then) ** 2
    return float(np.sqrt(total))


def _told(case: Case, state: State, claimed_on: date) -> Told:
    """No growing season has to pass: what is water or built is so at once."""
    on = date_of(case.on)
    return told_by(
        state,
        case.looks,
        since_year=min(claimed_on.year, on.year),
        until_year=on.year,
        rules=case.rules.seasons,
    )
