"""How is a run planned with its estimate, begun, and ended?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from qingshan.jobs.actions import start
from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import END_RUN, PLAN_RUN, START_RUN
from qingshan.office.observations.imagery import megapixels_of, scenes_of
from qingshan.office.observations.models import Claim, Run, RunState, SceneSet
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.rules.verification import STANDING

LOOK = "observations.look"
"""the background job"""
S_PER_MEGAPIXEL = 0.05
S_PER_CLAIM = 0.12
LEAST_S = 5
"""So long reading and judging took on two processors; an estimate, said as such."""


@official_act
def plan_run(
    scene_set: SceneSet, *, region: Region, actor: ActorLike, now: datetime, everything: bool = False
) -> Run:
    """预估核验任务: which claims would be tested with which images, and how long it takes.

    Asked are the claims of the region that were never tested, or not with the newest images, or were accepted since;
    with `everything` all standing ones. Refused: no dispatch duty, out of area, images of elsewhere, nothing to test.
    """
    require(actor, PLAN_RUN.code, region_id=region.pk)
    if not inside(region.pk, (region_range(scene_set.region_id),)):
        raise ObservationRefused.because(
            "observations.images_elsewhere", name=scene_set.name, region=scene_set.region.name
        )
    asked = list(due_in(region, scene_set, everything=everything).values_list("pk", flat=True))
    if not asked:
        raise ObservationRefused.because("observations.nothing_asked", region=region.name)
    scenes = scenes_of(scene_set)
    _take_in_what_came(scene_set, scenes)
    run = Run.objects.create(
        scene_set=scene_set,
        region=region,
        asked=asked,
        estimate=_estimate(len(asked), len(scenes), megapixels_of(scenes)),
        planned_at=now,
        planned_by=actor.decider.organisation or actor.decider.name,
    )
    told = {"number": run.number, "claims": len(asked), "scenes": len(scenes)}
    record(
        act=PLAN_RUN.code,
        actor=actor,
        now=now,
        subjects=[run, scene_set],
        new=told,
        region_id=region.pk,
    )
    return run


def due_in(region: Region, scene_set: SceneSet, *, everything: bool = False) -> Any:
    """The claims of a region that images of this set may say something new about."""
    low, high = region_range(region.pk)
    rows = Claim.objects.filter(
        region_id__gte=low, region_id__lte=high, state__in=STANDING, geom__isnull=False
    )
    if not everything:
        from django.db.models import F

        rows = rows.filter(
            Q(newest=None)
            | Q(state="queued")
            | Q(newest__until=None)
            | Q(newest__until__lt=scene_set.last_day)
            | Q(accepted_on__gte=F("found_on"))
        )
    return rows.order_by("pk")


def _take_in_what_came(scene_set: SceneSet, scenes: Any) -> None:
    """Images that were laid beside the others since: the set says how many there are now, in the act of the run."""
    days = [scene.day for scene in scenes]
    if days and (len(scenes), max(days)) != (scene_set.scenes, scene_set.last_day):
        change(
            scene_set,
            scenes=len(scenes),
            left_out=len(scenes.left_out),
            first_day=min(days),
            last_day=max(days),
        )


def _estimate(claims: int, scenes: int, megapixels: float) -> dict[str, Any]:
    seconds = max(LEAST_S, round(megapixels * S_PER_MEGAPIXEL + claims * S_PER_CLAIM))
    return {"claims": claims, "scenes": scenes, "megapixels": round(megapixels, 1), "seconds": seconds}


@official_act
def start_run(run: Run, *, actor: ActorLike, now: datetime, in_background: bool = True) -> Run:
    """开始核验任务, or going on with one that was stopped: what was seen is kept. Refused: no dispatch duty, out of
    area, one that is at work or done, another one at work on the same claims.
    """
    require(actor, START_RUN.code, region_id=run.region_id)
    run.refresh_from_db()
    if run.state not in (RunState.PLANNED, RunState.CANCELLED, RunState.FAILED):
        _not_in_state(run)
    _alone(run)
    change(run, state=RunState.RUNNING.value, begun_at=run.begun_at or now, ended_at=None)
    if in_background:
        organisation_id = actor.decider.organisation_id
        job = start(LOOK, {"run_id": run.pk}, owner=actor.recorder, organisation_id=organisation_id, now=now)
        run.job_id = job.pk
        run.save(update_fields=["job_id"])
    told = {"number": run.number, "claims": len(run.asked)}
    record(act=START_RUN.code, actor=actor, now=now, subjects=[run], new=told, region_id=run.region_id)
    return run


def _not_in_state(run: Run) -> None:
    state = run.state_named
    raise ObservationRefused.because(
        "observations.run_not_in_state", number=run.number, state=state.zh, state_en=state.en
    )


def _alone(run: Run) -> None:
    others = Run.objects.filter(state=RunState.RUNNING).exclude(pk=run.pk)
    for other in others.only("asked"):
        if set(other.asked) & set(run.asked):
            raise ObservationRefused.because("observations.another_run", number=other.number)


@official_act
def end_run(
    run: Run,
    state: RunState,
    *,
    now: datetime,
    counts: Mapping[str, Any] | None = None,
    scenes: Sequence[str] = (),
    left_out: Sequence[Mapping[str, Any]] = (),
    parameters: str = "",
    engine: str = "",
) -> Run:
    """核验任务结束, by the program itself. Refused: one that is not at work."""
    run.refresh_from_db()
    if run.state != RunState.RUNNING:
        _not_in_state(run)
    values: dict[str, Any] = {"state": state.value, "ended_at": now}
    if state is RunState.DONE:
        values |= {
            "counts": dict(counts or {}),
            "scenes": list(scenes),
            "left_out": [dict(each) for each in left_out],
            "parameters": parameters,
            "engine": engine,
        }
    change(run, **values)
    told = {"number": run.number, "word": state.zh, "word_en": state.en}
    record(act=END_RUN.code, actor=THE_SYSTEM, now=now, subjects=[run], new=told, region_id=run.region_id)
    return run
