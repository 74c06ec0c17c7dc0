"""Which rule answers which claim? One finding for each claim that is made."""

from __future__ import annotations

from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Question
from qingshan.earth.judging.answering import few_looks, settle_by_looks, settle_on_site
from qingshan.earth.judging.boundary import Changes
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.cropland import tilled
from qingshan.earth.judging.disturbed import disturbed
from qingshan.earth.judging.kept import kept
from qingshan.earth.judging.looks import day_of, looks_at
from qingshan.earth.judging.rules import rules_for
from qingshan.earth.judging.saying import reason
from qingshan.earth.judging.surface import built, solar, watered
from qingshan.earth.judging.vegetation import restored
from qingshan.earth.judging.within import within
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.series import SiteSeries
from qingshan.earth.sites import Claims, Site, TargetUse

NEVER = 0
"""as the day of judgement: nothing was observed, and nobody said a day"""
OTHER_USES = {
    TargetUse.CROPLAND: tilled,
    TargetUse.WATER: watered,
    TargetUse.BUILDING: built,
    TargetUse.SOLAR: solar,
}


def judge(
    site: Site,
    series: SiteSeries,
    claims: Claims,
    *,
    parameters: ParameterSet,
    changes: Changes | None = None,
    on: date | None = None,
) -> tuple[Finding, ...]:
    """Answer each claim that is made of a site.

    What was not observed counts against nobody: a series that is empty, clouded or of one date is undecidable, and
    never an error. Observations may be unordered or double.

    Args:
        site: the piece of land; its climate zone chooses the thresholds.
        series: what was seen of it.
        claims: what is said of it; a claim that is None gets no finding.
        parameters: the thresholds.
        changes: new disturbance pixel by pixel; without it the boundary is undecidable.
        on: day of judgement; later observations are not used. None: the day of the newest observation.

    Returns:
        Findings in the order restored, kept, disturbed, within.

    Raises:
        ParametersRefused: the parameter set lacks a section.
    """
    case = _case(site, series, claims, parameters, on)
    found: list[Finding] = []
    if claims.restored_since is not None:
        found.append(_of_use(case, Question.RESTORED, claims.restored_since))
    if claims.accepted_on is not None:
        found.append(_of_use(case, Question.KEPT, claims.accepted_on))
    if claims.disturbed_since is not None:
        found.append(disturbed(case, claims.disturbed_since))
    if claims.permitted is not None:
        found.append(within(case, claims.permitted, changes))
    return tuple(found)


def _case(site: Site, series: SiteSeries, claims: Claims, parameters: ParameterSet, on: date | None) -> Case:
    rules = rules_for(parameters, site.zone)
    newest = int(np.max(series.days)) if len(series) else NEVER
    until = day_of(on) if on is not None else newest
    return Case(
        site=site, claims=claims, looks=looks_at(series, rules.looks, until=until), rules=rules, on=until
    )


def _of_use(case: Case, question: Question, day: date) -> Finding:
    """The rule of the target use: that of plants is for plants only."""
    target = case.claims.target
    if target is None:
        return case.undecidable(question, (reason("no_target"),), claimed_on=day, settle=settle_on_site())
    if case.on == NEVER:  # no image reaches the land: that is no season that is still to come
        because, settle = (few_looks(case, 0),), settle_by_looks()
        return case.undecidable(question, because, claimed_on=day, settle=settle)
    if target in OTHER_USES:
        return OTHER_USES[target](case, question, day)
    return kept(case, day) if question is Question.KEPT else restored(case, day)
