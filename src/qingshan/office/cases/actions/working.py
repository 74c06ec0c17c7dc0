"""What do those who do the work report: progress, evidence, their own check, the application, what keeps it so?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from qingshan.exchange.writing import change
from qingshan.office.cases.claims import (
    Restored,
    claim_for,
    claim_for_measure,
    measure_claimed_no_more,
)
from qingshan.office.cases.facts import current_plan, work_began_on
from qingshan.office.cases.routes import act_on
from qingshan.office.compiled import compiled
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.actions.evidencing import NewEvidence, bring_evidence
from qingshan.office.matters.doubting import progress_doubts
from qingshan.office.matters.models import Evidence, Matter, Measure, Stage, Step
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.papers.models import SignedCopy
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import timetable
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.evidence import ProgressReport
from qingshan.rules.flows.rectification import CaseAct, CaseState
from qingshan.rules.schedule import report_faults
from qingshan.rules.timetable import Work
from qingshan.rules.verification import TargetUse

DONE_PERCENT = 100


@dataclass(frozen=True)
class Progress:
    """How far one measure is, as reported."""

    measure: Measure
    percent: int
    done_quantity: Decimal | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class StageProgress:
    """How far one stage is, as reported: when it began, how much of it is done, when it was finished."""

    stage: Stage
    percent: int | None = None
    begun_on: date | None = None
    done_on: date | None = None


@official_act
def report_progress(
    matter: Matter,
    progress: Sequence[Progress],
    brought: Brought,
    *,
    actor: ActorLike,
    now: datetime,
    stages: Sequence[StageProgress] = (),
    target: TargetUse | None = None,
) -> Step:
    """填报进展 of measures and stages; a measure at 100 percent is a claim about the land, which is to become `target`
    where somebody says so. Refused: not who does the work, a measure or stage of another plan, more than 100 percent,
    days to come or in the wrong order.
    """
    _check_progress(matter, progress)
    _check_stages(matter, stages, on=brought.occurred_on or shanghai_date(now))
    return take_step(
        matter,
        CaseAct.REPORT_PROGRESS,
        brought,
        actor=actor,
        now=now,
        facts={f"measure_{each.measure.place}": each.percent for each in progress}
        | {f"stage_{each.stage.place}": each.percent for each in stages}
        | ({"target_use": target.value} if target else {}),
        beside=lambda step: [
            *_reported(matter, progress, step, target, now),
            *_stages_reported(stages, step),
            *_jumps(matter, progress, step),
        ],
    )


def _jumps(matter: Matter, progress: Sequence[Progress], step: Step) -> list[Model]:
    """存疑待核 where a measure rose to 100 % at once."""
    raised: list[Model] = []
    told = _told_before(matter.pk)
    for each in progress:
        name = f"measure_{each.measure.place}"
        percents = [(on, (facts or {}).get(name)) for on, facts in told]
        reports = [ProgressReport(on, percent) for on, percent in percents if percent is not None]
        if each.percent == DONE_PERCENT and len(reports) > 1:
            raised += progress_doubts(matter, reports, on=step.occurred_on)
    return raised


@compiled
def _told_before(matter_id: int) -> QuerySet[Step, tuple[Any, ...]]:
    steps = Step.objects.filter(matter_id=matter_id, act=CaseAct.REPORT_PROGRESS)
    return steps.order_by("matter_version").values_list("occurred_on", "facts")


def _check_progress(matter: Matter, progress: Sequence[Progress]) -> None:
    plan = current_plan(matter)
    for each in progress:
        if plan is None or each.measure.plan_id != plan.pk:
            raise MatterRefused.because("matters.measure_unknown")
        if not 0 <= each.percent <= DONE_PERCENT:
            raise MatterRefused.because("matters.percent", value=each.percent)


def _check_stages(matter: Matter, stages: Sequence[StageProgress], *, on: date) -> None:
    """What cannot have been reported on that day is refused by the same rule that the forecast is made by."""
    plan = current_plan(matter)
    if any(plan is None or each.stage.plan_id != plan.pk for each in stages):
        raise MatterRefused.because("matters.stage_unknown")
    faults = [fault for each in stages for fault in report_faults(_work(each), _as_progress(each), on)]
    if faults:
        raise RuleBroken(*faults)


def _work(each: StageProgress) -> Work:
    return Work(str(each.stage.place), each.stage.days or 1, title=each.stage.name)


def _as_progress(each: StageProgress) -> timetable.Progress:
    return timetable.Progress(str(each.stage.place), each.begun_on, each.done_on, each.percent)


def _stages_reported(told: Sequence[StageProgress], step: Step) -> list[Stage]:
    """A stage at 100 % is finished, on the day of the report where none is named."""
    rows = {row.pk: row for row in _stages(*(each.stage.pk for each in told))} if told else {}
    for each in told:
        stage, finished = rows[each.stage.pk], each.percent == DONE_PERCENT
        stage.begun_on = each.begun_on
        stage.done_on = each.done_on or (step.occurred_on if finished else None)
        stage.progress_percent = DONE_PERCENT if stage.done_on else each.percent
        stage.reported_on = step.occurred_on
        stage.version += 1
        change(stage, "begun_on", "done_on", "progress_percent", "reported_on", "version")
    return list(rows.values())


def _reported(
    matter: Matter, told: Sequence[Progress], step: Step, target: TargetUse | None, now: datetime
) -> list[Model]:
    rows = {row.pk: row for row in _measures(*(each.measure.pk for each in told))} if told else {}
    claims: list[Model] = []
    for each in told:
        measure = rows[each.measure.pk]
        was_done, is_done = measure.progress_percent == DONE_PERCENT, each.percent == DONE_PERCENT
        measure.progress_percent, measure.reported_on = each.percent, step.occurred_on
        if each.done_quantity is not None:
            measure.done_quantity = each.done_quantity
        measure.done_on = (each.done_on or step.occurred_on) if is_done else None
        measure.version += 1
        change(measure, "progress_percent", "reported_on", "done_quantity", "done_on", "version")
        if is_done and not was_done:
            claims += claim_for_measure(matter, measure, on=step.occurred_on, now=now, target=target)
        elif was_done and not is_done:
            claims += measure_claimed_no_more(measure, now=now)
    return [*rows.values(), *claims]


@compiled
def _stages(*ids: int) -> QuerySet[Stage]:
    return Stage.objects.filter(pk__in=ids).order_by("pk")


@compiled
def _measures(*ids: int) -> QuerySet[Measure]:
    return Measure.objects.filter(pk__in=ids).order_by("pk")


@official_act
def add_evidence(
    matter: Matter,
    evidence: Sequence[NewEvidence],
    brought: Brought,
    *,
    actor: ActorLike,
    now: datetime,
    supplies: str = "",
) -> list[Evidence]:
    """上传佐证, several at once; one may be the paper that a late entry lacked (补齐缺件). Refused: whoever has no part
    in the matter, a paper that is not missing.
    """
    act = act_on(matter, "add_evidence")
    return _add(matter, act, evidence, brought, actor=actor, now=now, supplies=supplies)


@official_act
def supply_paper(
    matter: Matter,
    evidence: Sequence[NewEvidence],
    brought: Brought,
    *,
    supplies: str,
    actor: ActorLike,
    now: datetime,
) -> list[Evidence]:
    """补齐缺件 of a problem that was closed before it was entered. Refused: no registry duty, a paper that is not
    missing.
    """
    return _add(matter, CaseAct.SUPPLY_PAPER, evidence, brought, actor=actor, now=now, supplies=supplies)


@official_act
def supply_by_signed_copy(
    matter: Matter, copy: SignedCopy, *, supplies: str, actor: ActorLike, now: datetime
) -> Step:
    """补齐缺件 by a paper about the matter that came back signed; the copy stays with its paper. Refused: whoever may
    not supply it, a paper that is not missing.
    """
    closed = matter.state_name == CaseState.CLOSED
    return take_step(
        matter,
        CaseAct.SUPPLY_PAPER if closed else act_on(matter, "add_evidence"),
        Brought(),
        actor=actor,
        now=now,
        changes={"missing_papers": _still_missing(matter, supplies)},
        facts={"supplies": supplies, "paper": copy.paper.number, "evidence": copy.file_name},
        beside=lambda _step: [copy],
    )


def _add(
    matter: Matter,
    act: str,
    evidence: Sequence[NewEvidence],
    brought: Brought,
    *,
    actor: ActorLike,
    now: datetime,
    supplies: str,
) -> list[Evidence]:
    return bring_evidence(
        matter,
        act,
        evidence,
        brought,
        actor=actor,
        now=now,
        work_began_on=work_began_on(matter),
        changes={"missing_papers": _still_missing(matter, supplies)} if supplies else None,
        facts={"supplies": supplies} if supplies else None,
    )


def _still_missing(matter: Matter, supplied: str) -> list[str] | None:
    missing = list(matter.missing_papers or ())
    if supplied not in missing:
        raise MatterRefused.because("matters.paper_not_missing", paper=supplied)
    return [paper for paper in missing if paper != supplied] or None


@official_act
def self_check(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """自查自验. Refused: not who does the work, a measure that is not reported as done."""
    return take_step(matter, CaseAct.SELF_CHECK, brought, actor=actor, now=now)


@official_act
def apply_for_acceptance(
    matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime, restored: Restored | None = None
) -> Step:
    """申请验收: what is said of the land is a claim, which images are asked about. Refused: not who does the work, no
    evidence from after it.
    """
    told = restored or Restored()
    return take_step(
        matter,
        CaseAct.APPLY,
        brought,
        actor=actor,
        now=now,
        facts={"target_use": told.target.value} if told.target else None,
        beside=lambda step: claim_for(matter, told, on=step.occurred_on, now=now),
    )


@official_act
def note_mechanism(
    matter: Matter, brought: Brought, *, mechanism: str, actor: ActorLike, now: datetime, **facts: Any
) -> Step:
    """登记长效机制: the document and what it says. Refused: not who does the work."""
    return take_step(
        matter,
        CaseAct.NOTE_MECHANISM,
        brought,
        actor=actor,
        now=now,
        facts={"mechanism": mechanism.strip(), **facts},
    )


__all__ = [
    "DONE_PERCENT",
    "NewEvidence",
    "Progress",
    "StageProgress",
    "add_evidence",
    "apply_for_acceptance",
    "note_mechanism",
    "report_progress",
    "self_check",
    "supply_by_signed_copy",
    "supply_paper",
]
