"""What does a case have of what closing needs? Gathered from its steps, plan, notices and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from qingshan.office.cases.facts import (
    asked_levels,
    open_measures,
    signed_levels,
    steps_since_reopening,
    steps_that_count,
)
from qingshan.office.cases.late_rows import LATE_ACTS
from qingshan.office.cases.models import Objection, PublicNotice
from qingshan.office.matters.models import Matter, Step
from qingshan.rules.closing import ClosingFacts
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.matters import ObjectionState, Phase

_NOTICE_BY = {CaseAct.GIVE_NOTICE, *LATE_ACTS}
"""A ledger in use tells of notices too."""


def closing_facts(matter: Matter, *, on: date) -> ClosingFacts:
    """整改问题 as the decision to close it sees it."""
    round_ = steps_since_reopening(matter)
    notice = running_notice(matter)
    evaluation = _newest(steps_that_count(matter), CaseAct.EVALUATE)
    after = _evidence_after(matter)
    return ClosingFacts(
        on=on,
        open_measures=open_measures(matter),
        target_reached=_fact(evaluation, "target_reached"),
        target_evidence=after,
        levels_asked=asked_levels(matter),
        levels_signed=signed_levels(matter),
        notice_ends_on=notice.to_on if notice else None,
        open_objections=_open_objections(notice),
        enforcement=_fact(_newest(round_, CaseAct.NOTE_ENFORCEMENT), "enforcement"),
        mechanism=str(_fact(_newest(round_, CaseAct.NOTE_MECHANISM), "mechanism") or ""),
        effect_evaluated=evaluation is not None,
        missing_papers=tuple(matter.missing_papers or ()),
        by_closing_the_mine=_newest(round_, CaseAct.NOTE_MINE_STATE) is not None
        and _nothing_done(matter, after),
    )


def running_notice(matter: Matter) -> PublicNotice | None:
    """The notice that was not stopped, the newest one."""
    begun = {step.pk for step in steps_that_count(matter) if step.act in _NOTICE_BY}
    return matter.notices.filter(stopped_on=None, step_id__in=begun).order_by("-id").first()


def _newest(steps: Iterable[Step], act: CaseAct) -> Step | None:
    found = [step for step in steps if step.act == act]
    return found[-1] if found else None


def _fact(step: Step | None, name: str) -> Any:
    return (step.facts or {}).get(name) if step else None


def _evidence_after(matter: Matter) -> int:
    return matter.evidence.filter(withdrawn_on=None, phase__in=["", Phase.AFTER.value]).count()


def _open_objections(notice: PublicNotice | None) -> int:
    return Objection.objects.filter(notice=notice, state=ObjectionState.OPEN.value).count() if notice else 0


def _nothing_done(matter: Matter, evidence_after: int) -> bool:
    """No measure was done; where there are none (立行立改), nothing shows that anything was."""
    plans = list(matter.plans.all())
    if not plans:
        return evidence_after == 0
    return not any(plan.measures.exclude(done_on=None).exists() for plan in plans)
