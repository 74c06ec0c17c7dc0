"""Who may see claims, findings, images and runs; which acts concern them, and whose are they?

The county answers first: a finding that does not support a claim is not seen by the levels above until it is answered
or the time for that is over.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from qingshan.office.accounts.access import branches, scoped
from qingshan.office.matters.access import at_work_for_others
from qingshan.office.observations.models import (
    Answer,
    Claim,
    Clue,
    ClueEvidence,
    ClueFile,
    ClueSighting,
    Finding,
    Run,
    SceneSet,
    Screening,
    TraceBack,
)
from qingshan.office.regions.ranges import ids_above, inside, region_range
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.layers import Openness
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import RegionLevel
from qingshan.rules.verification import AnswerState, Held, Verdict, is_held_back

Row = TypeVar("Row", bound=Model)

OFFICE = (Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD)
READERS = (*OFFICE, Duty.AUDIT)
"""Who reads of images and runs."""
CLAIM_READERS = (*READERS, Duty.ENTERPRISE, Duty.EXPERT)
REGISTERS, RUNS, DECIDES = Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW
ANSWERS = (Duty.ENTERPRISE, Duty.REGISTRY, Duty.DISPATCH)
OPEN_TO_THE_COUNTY = frozenset({RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE})


def _act(code: str, duty: Duty | None, title: tuple[str, str], sentence: tuple[str, str]) -> Act:
    return Act(f"observations.{code}", duty, Sentence(*title), Sentence(*sentence))


REGISTER_SCENES = _act(
    "register_scenes",
    REGISTERS,
    ("登记影像目录", "Register a set of images"),
    (
        "登记影像目录“{name}”（{openness}）：{scenes} 景",
        "Registered “{name}” ({openness_en}): {scenes} images",
    ),
)
CORRECT_SCENES = _act(
    "correct_scenes",
    REGISTERS,
    ("更正影像目录", "Correct a set of images"),
    ("更正影像目录“{name}”（{openness}）", "Corrected the set of images “{name}” ({openness_en})"),
)
RETIRE_SCENES = _act(
    "retire_scenes",
    REGISTERS,
    ("停用影像目录", "Retire a set of images"),
    ("停用影像目录“{name}”：{note}", "Retired the set of images “{name}”: {note}"),
)
PLAN_RUN = _act(
    "plan_run",
    RUNS,
    ("预估核验任务", "Plan a run"),
    (
        "预估核验任务 {number}：申报 {claims} 项、影像 {scenes} 景",
        "Planned run {number}: {claims} claims, {scenes} images",
    ),
)
START_RUN = _act(
    "start_run",
    RUNS,
    ("开始核验任务", "Start a run"),
    ("开始核验任务 {number}：申报 {claims} 项", "Started run {number} of {claims} claims"),
)
STOP_RUN = _act(
    "stop_run",
    RUNS,
    ("停止核验任务", "Stop a run"),
    ("要求停止核验任务 {number}", "Asked run {number} to stop"),
)
FIX_SCENES = _act(
    "fix_scenes",
    None,
    ("确定所用影像", "Fix the images of a run"),
    ("核验任务 {number} 用影像 {scenes} 景核查", "Run {number} looks at {scenes} images"),
)
END_RUN = _act(
    "end_run",
    None,
    ("核验任务结束", "End of a run"),
    ("核验任务 {number} 结束：{word}", "Run {number} ended: {word_en}"),
)
RECORD_FINDINGS = _act(
    "record_findings",
    None,
    ("写入核查结论", "Record findings"),
    ("核验任务 {number} 写入 {claims} 项申报的核查结论", "Run {number} recorded findings on {claims} claims"),
)
QUEUE_DUE = _act(
    "queue_due",
    None,
    ("管护期核验到期", "A year of aftercare ended"),
    ("管护期核验到期，{claims} 项列入待核查", "A year of aftercare ended for {claims} claims: queued"),
)
FILL_WATCH = _act(
    "fill_watch",
    None,
    ("补记管护期观测日期", "Fill in the days of the watch"),
    (
        "为此前验收的 {claims} 项申报补记管护期观测日期",
        "Filled in the days of the watch of {claims} claims that were accepted earlier",
    ),
)
WATCH_LAND = _act(
    "watch",
    None,
    ("自动核验已验收土地", "Watch accepted land"),
    (
        "自动开始核验任务 {number}：已验收和尚早的申报 {claims} 项，影像 {scenes} 景",
        "Began run {number} by itself: {claims} claims that were accepted or too early, {scenes} images",
    ),
)
ANSWER = _act(
    "answer",
    None,  # the enterprise that claims, or the place's offices
    ("书面回应核查结论", "Answer a finding in writing"),
    ("书面回应“{about}”的核查结论（{claim}）", "Answered the finding on “{about}” ({claim}) in writing"),
)
DECIDE = _act(
    "decide_answer",
    DECIDES,
    ("核定书面回应", "Decide about an answer"),
    (
        "核定“{about}”的书面回应（{claim}）：{outcome}。{note}",
        "Decided about the answer on “{about}” ({claim}): {outcome_en}. {note}",
    ),
)
COMPLETE = _act(
    "complete_claim",
    REGISTERS,
    ("补充申报要素", "Complete a claim"),
    ("补充“{about}”的申报要素（{claim}）", "Completed the claim about “{about}” ({claim})"),
)
TAKE_SHAPE = _act(
    "take_shape",
    REGISTERS,
    ("按点位范围补图形", "Take the outline of the site"),
    (
        "按点位范围为“{about}”补图形（{claim}）",
        "Gave the claim about “{about}” ({claim}) the outline of its site",
    ),
)
CLEAR = _act(
    "clear_trace_back",
    DECIDES,
    ("回头看核实未反弹", "Clear a trace-back"),
    ("回头看核实“{about}”（{claim}）未反弹：{note}", "Checked “{about}” ({claim}): it was kept. {note}"),
)
PLAN_SCREENING = _act(
    "plan_screening",
    RUNS,
    ("预估筛查任务", "Plan a screening"),
    (
        "预估筛查任务 {number}：{since} 以来，影像 {scenes} 景",
        "Planned screening {number}: since {since}, {scenes} images",
    ),
)
START_SCREENING = _act(
    "start_screening",
    RUNS,
    ("开始筛查任务", "Start a screening"),
    ("开始筛查任务 {number}", "Started screening {number}"),
)
STOP_SCREENING = _act(
    "stop_screening",
    RUNS,
    ("停止筛查任务", "Stop a screening"),
    ("要求停止筛查任务 {number}", "Asked screening {number} to stop"),
)
END_SCREENING = _act(
    "end_screening",
    None,
    ("筛查任务结束", "End of a screening"),
    ("筛查任务 {number} 结束：{word}", "Screening {number} ended: {word_en}"),
)
RECORD_CLUES = _act(
    "record_clues",
    None,
    ("写入疑似问题图斑", "Record clues"),
    (
        "筛查任务 {number} 写入疑似问题图斑：新增 {new} 处，并入 {merged} 处",
        "Screening {number} recorded clues: {new} new, {merged} merged",
    ),
)
VERIFY_CLUE = _act(
    "verify_clue",
    REGISTERS,
    ("图斑现场核实属实", "Confirm a clue on site"),
    ("现场核实图斑 {number} 属实：{note}", "Confirmed clue {number} on site: {note}"),
)
DISMISS_CLUE = _act(
    "dismiss_clue",
    REGISTERS,
    ("排除疑似问题图斑", "Dismiss a clue"),
    ("排除疑似问题图斑 {number}：{note}", "Dismissed clue {number}: {note}"),
)
RESTORE_CLUE = _act(
    "restore_clue",
    REGISTERS,
    ("恢复已排除的图斑", "Take up a dismissed clue again"),
    ("恢复图斑 {number}，重新待核实：{note}", "Took clue {number} up again: {note}"),
)
IMPORT_CLUES = _act(
    "import_clues",
    REGISTERS,
    ("导入疑似图斑", "Import clues"),
    (
        "从“{file}”导入疑似图斑：新增 {new} 处，并入 {merged} 行，本期未见 {unseen} 处；"
        "不变 {unchanged} 行，退回 {refused} 行",
        "Imported clues from “{file}”: {new} new, {merged} merged, {unseen} not seen this time; {unchanged} rows"
        " unchanged, {refused} refused",
    ),
)
CLUE_ACTS = (
    IMPORT_CLUES, PLAN_SCREENING, START_SCREENING, END_SCREENING, RECORD_CLUES, VERIFY_CLUE, DISMISS_CLUE,
    RESTORE_CLUE, STOP_SCREENING,
)  # fmt: skip
ACTS = (
    *CLUE_ACTS,
    REGISTER_SCENES,
    CORRECT_SCENES,
    RETIRE_SCENES,
    PLAN_RUN,
    START_RUN,
    STOP_RUN,
    FIX_SCENES,
    END_RUN,
    RECORD_FINDINGS,
    QUEUE_DUE,
    FILL_WATCH,
    WATCH_LAND,
    ANSWER,
    DECIDE,
    COMPLETE,
    TAKE_SHAPE,
    CLEAR,
)


def _of(path: str, claim_id: str) -> dict[str, Any]:
    return {
        "region": f"{path}region_id",
        "enterprise": f"{path}enterprise_id",
        "assigned_kind": "matters.matter",
        "assigned_id": claim_id,
        "takes_part": at_work_for_others,
    }


PATHS: dict[type[Model], dict[str, Any]] = {
    Claim: _of("", "matter_id"),
    Finding: _of("claim__", "claim__matter_id"),
    Answer: _of("claim__", "claim__matter_id"),
    TraceBack: _of("claim__", "claim__matter_id"),
}


def visible_to(rows: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """Claims, and what hangs on them, that the actor may see; whether the finding may be seen is asked apart."""
    return scoped(rows, actor, **PATHS[rows.model])


def claims_visible_to(actor: ActorLike) -> QuerySet[Claim]:
    """All claims that the actor may see."""
    return visible_to(Claim.objects.all(), actor)


def claim_branches(rows: QuerySet[Claim], actor: ActorLike) -> tuple[QuerySet[Claim], ...]:
    """The same, one queryset for each index."""
    return branches(rows, actor, **PATHS[Claim])


def findings_visible_to(actor: ActorLike) -> QuerySet[Finding]:
    """Findings of these claims that are not held back from the actor."""
    rows = visible_to(Finding.objects.all(), actor)
    return rows.exclude(held_back("claim__", on=_day(actor))) if is_above(actor) else rows


def answers_visible_to(actor: ActorLike) -> QuerySet[Answer]:
    """Answers about these claims."""
    return visible_to(Answer.objects.all(), actor)


def trace_backs_visible_to(actor: ActorLike) -> QuerySet[TraceBack]:
    """Trace-backs of these claims that are not held back from the actor."""
    rows = visible_to(TraceBack.objects.all(), actor)
    return rows.exclude(held_back("claim__", on=_day(actor))) if is_above(actor) else rows


def is_above(actor: ActorLike) -> bool:
    """Whether the actor reads for a level above the county."""
    return any(
        region_of_id(low).level not in OPEN_TO_THE_COUNTY if low else True
        for low, _high in actor.region_ranges
    )


def is_held_from(claim: Claim, actor: ActorLike, *, on: date) -> bool:
    """Whether the newest finding is not shown to this actor yet."""
    held = Held(claim.verdict_named, claim.answer_named, claim.answer_until)
    return is_above(actor) and is_held_back(held, on=on)


def held_from(rows: QuerySet[Claim], actor: ActorLike, *, on: date) -> set[int]:
    """Those of these claims whose newest finding is not shown to this actor yet."""
    return set(rows.filter(held_back("", on=on)).values_list("pk", flat=True)) if is_above(actor) else set()


def held_back(path: str, *, on: date) -> Q:
    """The rule of `is_held_back`, for lists."""
    return Q(
        **{
            f"{path}verdict": Verdict.UNSUPPORTED.value,
            f"{path}answer_state": AnswerState.ASKED.value,
            f"{path}answer_until__gte": on,
        }
    )


def with_verdict(rows: QuerySet[Claim], verdict: str, actor: ActorLike, *, on: date) -> QuerySet[Claim]:
    """Claims with this verdict, as the actor knows it; an empty one: those of which nothing is known yet."""
    if not is_above(actor):
        return rows.filter(verdict=verdict)
    if verdict == Verdict.UNSUPPORTED:
        return rows.filter(verdict=verdict).exclude(held_back("", on=on))
    if not verdict:
        return rows.filter(Q(verdict="") | held_back("", on=on))
    return rows.filter(verdict=verdict)


def _day(actor: ActorLike) -> date:
    return getattr(actor, "on", None) or date.min


def scene_sets_visible_to(actor: ActorLike) -> QuerySet[SceneSet]:
    """Images of the actor's area, and of the levels above that reach into it."""
    return _of_area_and_above(SceneSet.objects.all(), actor)


def may_see_images(scene_set: SceneSet, actor: ActorLike) -> bool:
    """Whether pictures of this set may be shown to the actor: public ones to whoever sees the claim, internal ones to
    those who read of images and runs at all.
    """
    return scene_set.openness == Openness.PUBLIC or reads(actor)


def runs_visible_to(actor: ActorLike) -> QuerySet[Run]:
    """Runs over the actor's area."""
    return scoped(Run.objects.all(), actor) if reads(actor) else Run.objects.none()


def screenings_visible_to(actor: ActorLike) -> QuerySet[Screening]:
    """Screenings over the actor's area."""
    return scoped(Screening.objects.all(), actor) if reads(actor) else Screening.objects.none()


def clues_visible_to(actor: ActorLike) -> QuerySet[Clue]:
    """Clues of the actor's area. An enterprise sees none: a doubt that nobody has looked at is told to nobody."""
    return scoped(Clue.objects.all(), actor) if reads(actor) else Clue.objects.none()


def clue_branches(rows: QuerySet[Clue], actor: ActorLike) -> tuple[QuerySet[Clue], ...]:
    """The same, one queryset for each index."""
    return branches(rows, actor) if reads(actor) else (rows.none(),)


def clue_evidence_visible_to(actor: ActorLike) -> QuerySet[ClueEvidence]:
    """Photographs and papers on which decisions about these clues rest."""
    return ClueEvidence.objects.filter(clue__in=clues_visible_to(actor))


def clue_files_visible_to(actor: ActorLike) -> QuerySet[ClueFile]:
    """Deliveries of polygons about the actor's area."""
    return scoped(ClueFile.objects.all(), actor) if reads(actor) else ClueFile.objects.none()


def sightings_visible_to(actor: ActorLike) -> QuerySet[ClueSighting]:
    """What was seen of these clues."""
    return ClueSighting.objects.filter(clue__in=clues_visible_to(actor))


def reads(actor: ActorLike) -> bool:
    """Whether the post reads of images and runs at all."""
    return bool(actor.duties & frozenset(READERS))


def _of_area_and_above(rows: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    if not reads(actor):
        return rows.none()
    seen = Q(pk__in=[])
    for low, high in actor.region_ranges:
        seen |= Q(region_id__gte=low, region_id__lte=high)
        above = [up for up in ids_above(low) if up != low and region_range(up)[1] >= high]
        seen |= Q(region_id__in=above)
    return rows.filter(seen)


def may_answer(claim: Claim, actor: ActorLike) -> bool:
    """The enterprise that claims or does the works, and the registry or dispatch post of the place."""
    of_it = Duty.ENTERPRISE in actor.duties and _is_theirs(claim, actor)
    of_place = bool(actor.duties & {Duty.REGISTRY, Duty.DISPATCH}) and inside(
        claim.region_id, actor.region_ranges
    )
    return of_it or of_place


def _is_theirs(claim: Claim, actor: ActorLike) -> bool:
    if claim.enterprise_id in actor.organisation_ids:
        return True
    ids = sorted(actor.organisation_ids)
    return claim.matter_id is not None and at_work_for_others(ids).filter(matter_id=claim.matter_id).exists()


def may_decide(claim: Claim, actor: ActorLike) -> bool:
    """A reviewer over the place."""
    return DECIDES in actor.duties and inside(claim.region_id, actor.region_ranges)
