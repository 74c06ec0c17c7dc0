"""Is land that was to become water or be built on, what it was to become? Solar fields are left to people."""

from __future__ import annotations

from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Question
from qingshan.earth.judging.alike import Change, change_since
from qingshan.earth.judging.answering import answer, settle_on_site
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Flags, date_of, day_of, median
from qingshan.earth.judging.saying import reason
from qingshan.earth.judging.seasons import Course, State, Told, told_by
from qingshan.earth.judging.sections import SurfaceRules

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
    change = change_since(case, claimed_on)
    is_new = looks.bright >= before + rules.bright_gain
    if change is not None and change.distance >= rules.changed:
        is_new |= since
    agree = since & (looks.bright >= rules.bright_share) & is_new
    other = (looks.green >= rules.plant_share) & (looks.cover > 0.0) | (looks.water >= rules.plant_share)
    if change is not None and _is_not_built(change, rules):
        other |= since
    if change is not None and _is_as_before(change, rules):
        agree &= ~since
    state = State(weighed=since, agree=agree, against=since & other & ~agree)
    told = _told(case, state, claimed_on)
    return answer(case, question, told, claimed_on=claimed_on, words=BUILT_WORDS, effect_of="bright")


def _is_as_before(change: Change, rules: SurfaceRules) -> bool:
    same_light = abs(change.light - change.was_light) <= rules.same_bright
    return change.distance <= rules.unchanged_built and same_light


def _is_not_built(change: Change, rules: SurfaceRules) -> bool:
    """As before in colour and in light ground; or dull ground before and after, in about the same colour.

    Of light rock more is asked, since concrete looks much like it.
    """
    if min(change.light, change.was_light) >= rules.bright_share:
        return change.distance <= rules.unchanged_light_built
    if change.distance <= rules.unchanged_built:
        return _is_as_before(change, rules)
    is_dull = max(change.light, change.was_light) <= rules.dull_share
    return change.distance <= rules.unchanged_dull and is_dull


def solar(case: Case, question: Question, claimed_on: date) -> Finding:
    """Solar fields: panels, shade and grass between look like many things; only no change at all says something."""
    change = change_since(case, claimed_on)
    if change is not None and _has_no_panels(change, case.rules.surface):
        since = _looks_since(case, claimed_on)
        told = _told(case, State(weighed=since, agree=np.zeros_like(since), against=since), claimed_on)
        if told.course is Course.AGAINST:
            return answer(case, question, told, claimed_on=claimed_on, words=SOLAR_WORDS, effect_of="bright")
    return case.undecidable(
        question, (reason("no_rule_solar"),), claimed_on=claimed_on, settle=settle_on_site()
    )


def _has_no_panels(change: Change, rules: SurfaceRules) -> bool:
    """As before in colour; or light ground that is about as it was, where panels would have darkened it."""
    if change.distance <= rules.unchanged_solar:
        return True
    stayed_light = (
        change.was_light >= rules.light_share and change.light >= change.was_light - rules.light_loss
    )
    return change.distance <= rules.unchanged_light and stayed_light


def _looks_since(case: Case, day: date) -> Flags:
    """Looks of the warm months since a day: no snow, no ice."""
    return case.looks.in_season & (case.looks.days >= day_of(day))


def _looks_before(case: Case, day: date) -> Flags:
    """Looks of the warm months before the works that the claim is about."""
    rules, age = case.rules.surface, day_of(day) - case.looks.days
    return case.looks.in_season & (age >= rules.works_days) & (age <= rules.before_days)


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
