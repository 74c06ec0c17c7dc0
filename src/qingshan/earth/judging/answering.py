"""How does a course of seasons become a finding? The same for every rule of k of n."""

from __future__ import annotations

from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import day_of, middle
from qingshan.earth.judging.saying import compared, drought_sign, ground_signs, reason
from qingshan.earth.judging.seasons import Course, Told
from qingshan.rules.reasons import Reason

VERDICTS = {
    Course.AGREES: Verdict.SUPPORTED,
    Course.AGAINST: Verdict.UNSUPPORTED,
    Course.LATE: Verdict.UNSUPPORTED,
    Course.VANISHED: Verdict.UNSUPPORTED,
    Course.MIXED: Verdict.UNDECIDABLE,
    Course.TOO_FEW: Verdict.UNDECIDABLE,
    Course.TOO_EARLY: Verdict.TOO_EARLY,
}


def answer(
    case: Case,
    question: Question,
    told: Told,
    *,
    claimed_on: date,
    words: dict[Course, str],
    signs: tuple[Reason, ...] = (),
    further: tuple[Reason, ...] = (),
    effect_of: str = "fvc",
) -> Finding:
    """A finding from what the seasons told.

    Args:
        case: what lies before the judge.
        question: the claim that is tested.
        told: the seasons' answer.
        claimed_on: day of the claim.
        words: code of the sentence (after `earth.judged.`) for each course that speaks of what was seen.
        signs: signs of this rule, before those of ground and weather.
        further: sentences behind the first.
        effect_of: quantity that is measured.
    """
    verdict = VERDICTS[told.course]
    looks, places = case.looks, told.deciding
    decided = verdict in (Verdict.SUPPORTED, Verdict.UNSUPPORTED)
    provisional = decided and told.seasons < case.rules.seasons.firm_seasons
    quantity = looks.quantity(effect_of)
    share = middle(looks.green[places]) if effect_of == "fvc" else middle(quantity[places])
    if verdict is Verdict.UNSUPPORTED and share is not None:
        # light rock is bright as well as concrete: the rest is not what the answer concerns
        share = None if effect_of == "bright" else 1.0 - share
    return case.finding(
        question,
        verdict,
        (_because(case, told, words, effect_of), *further),
        claimed_on=claimed_on,
        since=case.dates(np.array([told.since]))[0] if told.since >= 0 else None,
        is_provisional=provisional,
        effect=middle(quantity[places]),
        effect_of=effect_of if len(places) else "",
        share=share,
        ring=middle(looks.ring[places]) if effect_of == "fvc" else None,
        agreeing=len(places) if decided else 0,
        considered=told.considered,
        dates=case.dates(places),
        before=case.scene_before(day_of(claimed_on), barest=question is Question.RESTORED),
        after=_deciding_scene(case, told),
        signs=(*signs, *_signs(case, told, provisional=provisional)),
        settle=_settle(case, told, provisional=provisional),
    )


def few_looks(case: Case, weighed: int, *, least: int = 0) -> Reason:
    """Why there is too little to say anything: no image, no clear one, or no plants around to compare with."""
    looks = case.looks
    if not looks.offered:
        return reason("no_images")
    if not len(looks):
        return reason("never_clear", offered=looks.offered)
    asked = least or int(case.rules.seasons.min_looks)
    return reason("too_few", weighed=weighed, offered=looks.offered, clear=len(looks), least=asked)


def settle_on_site() -> tuple[Reason, ...]:
    return (reason("settle_sharper"), reason("settle_visit"))


def settle_by_looks() -> tuple[Reason, ...]:
    return (reason("settle_more_images"), reason("settle_visit"))


def _because(case: Case, told: Told, words: dict[Course, str], effect_of: str) -> Reason:
    months = case.rules.looks
    if told.course is Course.TOO_EARLY:
        first, last = int(months.season_first_month), int(months.season_last_month)
        return reason("too_early", year=told.year, first_month=first, last_month=last)
    if told.course is Course.TOO_FEW:
        return few_looks(case, told.considered, least=told.least)
    if told.course is Course.MIXED and _is_scattered(told, words):
        return reason("scattered", n=told.considered, year=told.year, least=int(case.rules.seasons.min_looks))
    if told.course is Course.MIXED:
        return reason(words[told.course], k=len(told.deciding), n=told.considered, year=told.year)
    return compared(words[told.course], case, told, beside_ring=effect_of == "fvc")


def _is_scattered(told: Told, words: dict[Course, str]) -> bool:
    """All looks agree, and there are too few in each season; what is green all year is another matter."""
    is_season = words[Course.MIXED] not in ("mixed_field", "no_season_open")
    return len(told.deciding) == told.considered and is_season


def _signs(case: Case, told: Told, *, provisional: bool) -> tuple[Reason, ...]:
    places = told.deciding
    years = np.unique(case.looks.years[places])
    newest = (reason("sign_provisional"),) if provisional else ()
    return (*ground_signs(case, places), *drought_sign(case, years), *newest)


def _settle(case: Case, told: Told, *, provisional: bool) -> tuple[Reason, ...]:
    last_month = int(case.rules.looks.season_last_month)
    if told.course is Course.TOO_EARLY:
        return (reason("settle_season", year=told.year, last_month=last_month),)
    if told.course is Course.TOO_FEW:
        return settle_by_looks()
    if told.course is Course.AGREES:
        return (reason("settle_next_season"),) if provisional else ()
    return settle_on_site()


def _deciding_scene(case: Case, told: Told) -> str:
    looks = case.looks
    if len(told.deciding):
        years = looks.years[told.deciding]
        return looks.clearest_scene(told.deciding[years == years[-1]])
    return looks.scene(len(looks) - 1) if len(looks) else ""
