"""How is a run planned with its estimate, begun, and ended?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import END_RUN, FIX_SCENES, PLAN_RUN, START_RUN, STOP_RUN
from qingshan.office.observations.actions.background import (
    Outcome,
    begun,
    ended,
    refuse_state,
    require_images_of,
    require_offered,
    require_startable,
    stop_asked,
)
from qingshan.office.observations.imagery import are_seen, looks_in, scenes_of
from qingshan.office.observations.models import Claim, Run, RunState, SceneSet
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.rules.verification import STANDING

LOOK = "observations.look"
"""the background job"""
NOT_IN_STATE = "observations.run_not_in_state"
S_PER_LOOK = 0.0014
S_PER_CLAIM = 0.047
"""A rule of thumb, from a run over the demonstration on a small machine: whoever plans a run is to know whether it
takes minutes or hours. A faster machine is done earlier; nothing depends on it."""
LEAST_S = 5
IDS_AT_ONCE = 900
"""in one question to the database"""


@official_act
def plan_run(
    scene_set: SceneSet, *, region: Region, actor: ActorLike, now: datetime, everything: bool = False
) -> Run:
    """预估核验任务: which claims would be tested with which images, and how long it takes.

    Asked are the claims of the region that were never tested, or not with the newest images, or were accepted since;
    with `everything` all standing ones. What other images have judged is not asked of images that do not cover it, but
    counted. Refused: no dispatch duty, out of area, images of elsewhere, nothing to test.
    """
    require(actor, PLAN_RUN.code, region_id=region.pk)
    require_images_of(region, scene_set)
    due = list(due_in(region, scene_set, everything=everything).values_list("pk", flat=True))
    if not due:
        raise ObservationRefused.because("observations.nothing_asked", region=region.name)
    scenes = scenes_of(scene_set)
    asked = _worth_asking(scenes, due)
    if not asked:
        raise ObservationRefused.because(
            "observations.none_covered", region=region.name, claims=len(due), name=scene_set.name
        )
    run = new_run(scene_set, region, asked, scenes, outside=len(due) - len(asked), actor=actor, now=now)
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


def reached(scenes: Any, ids: Sequence[int]) -> list[int]:
    """Those of the claims whose land any of these images covers: another would be said to be undecidable by images that
    never saw it, whatever those of its own place say.
    """
    found: list[int] = []
    for part in in_parts(ids):
        rows = list(Claim.objects.filter(pk__in=part).order_by("pk").values_list("pk", "geom"))
        seen = are_seen(scenes, [geom for _pk, geom in rows])
        found += [pk for (pk, _geom), is_seen in zip(rows, seen, strict=True) if is_seen]
    return found


def _worth_asking(scenes: Any, due: Sequence[int]) -> list[int]:
    """Without what other images have judged and none of these covers; what nobody has seen yet is said to be so."""
    judged: set[int] = set()
    for part in in_parts(due):
        judged.update(
            Claim.objects.filter(pk__in=part, newest__until__isnull=False).values_list("pk", flat=True)
        )
    kept = {*reached(scenes, sorted(judged)), *(set(due) - judged)}
    return [pk for pk in due if pk in kept]


def new_run(
    scene_set: SceneSet,
    region: Region,
    asked: list[int],
    scenes: Any,
    *,
    outside: int = 0,
    actor: ActorLike,
    now: datetime,
) -> Run:
    """A run over these claims, inside the act that plans it; the set says how many images there are now, the estimate
    how many claims were left out because they lie outside of them all.
    """
    _take_in_what_came(scene_set, scenes)
    return Run.objects.create(
        scene_set=scene_set,
        region=region,
        asked=asked,
        estimate=_estimate(asked, scenes) | ({"outside": outside} if outside else {}),
        planned_at=now,
        planned_by=actor.decider.organisation or actor.decider.name,
    )


def due_in(region: Region, scene_set: SceneSet, *, everything: bool = False) -> Any:
    """The claims of a region that images of this set may say something new about."""
    low, high = region_range(region.pk)
    rows = Claim.objects.filter(
        region_id__gte=low, region_id__lte=high, state__in=STANDING, geom__isnull=False
    )
    if not everything:
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


def _estimate(asked: Sequence[int], scenes: Any) -> dict[str, Any]:
    looks = looks_in(scenes, list(Claim.objects.filter(pk__in=asked).values_list("geom", flat=True)))
    seconds = max(LEAST_S, round(looks * S_PER_LOOK + len(asked) * S_PER_CLAIM))
    last = max((scene.day for scene in scenes), default=None)
    return {
        "claims": len(asked),
        "scenes": len(scenes),
        "looks": looks,
        "seconds": seconds,
        "last_day": last.isoformat() if last else None,
    }


@official_act
def start_run(run: Run, *, actor: ActorLike, now: datetime, in_background: bool = True) -> Run:
    """开始核验任务, or going on with one that was stopped: what was seen is kept. Refused: no dispatch duty, out of
    area, one that is at work or done, another one at work on the same claims.
    """
    require(actor, START_RUN.code, region_id=run.region_id)
    require_startable(run, refusal=NOT_IN_STATE)
    require_offered(run.scene_set)
    hold_claims(run.asked)
    _alone(run)
    zoned = _zoned(run)
    begun(run, LOOK, {"run_id": run.pk}, actor=actor, now=now, in_background=in_background)
    told: dict[str, Any] = {"number": run.number, "claims": len(run.asked)}
    if zoned:
        told |= {"zone": run.scene_set.zone}
    record(
        act=START_RUN.code, actor=actor, now=now, subjects=[run, *zoned], new=told, region_id=run.region_id
    )
    return run


def _zoned(run: Run) -> list[Claim]:
    """Claims that nobody has looked at yet and that say no climate zone get the one of the land of these images; of
    others the pixels were read without it.
    """
    zone = run.scene_set.zone
    if not zone:
        return []
    found: list[Claim] = []
    for part in in_parts(run.asked):
        rows = Claim.objects.filter(pk__in=part, zone="", cube="")
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(zone=zone, version=F("version") + 1)
        found += Claim.objects.filter(pk__in=ids).order_by("pk")
    return found


def in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many ids as one question to the database takes, again and again."""
    for first in range(0, len(ids), IDS_AT_ONCE):
        yield ids[first : first + IDS_AT_ONCE]


def hold_claims(ids: Sequence[int]) -> None:
    """Nobody else begins a run over any of these claims, or changes one, until the act ends: two that begin at the same
    moment would not see each other.
    """
    for part in in_parts(sorted(ids)):
        list(
            Claim.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk", flat=True)
        )


def _alone(run: Run) -> None:
    others = Run.objects.filter(state=RunState.RUNNING).exclude(pk=run.pk)
    for other in others.only("asked"):
        if set(other.asked) & set(run.asked):
            raise ObservationRefused.because("observations.another_run", number=other.number)


@official_act
def stop_run(run: Run, *, actor: ActorLike, now: datetime) -> Run:
    """停止核验任务, whoever began it; it can be gone on with. Refused: no dispatch duty, out of area, not at work."""
    require(actor, STOP_RUN.code, region_id=run.region_id)
    told = stop_asked(run, now=now, refusal=NOT_IN_STATE)
    record(act=STOP_RUN.code, actor=actor, now=now, subjects=[run], new=told, region_id=run.region_id)
    return run


@official_act
def fix_scenes(run: Run, scene_ids: Sequence[str], *, now: datetime) -> Run:
    """确定所用影像, by the program itself as it begins to look: all findings of the run rest on these images, also
    those of a part that is done later, and are computed again from them. Refused: one that is not at work.
    """
    run.refresh_from_db()
    if run.state != RunState.RUNNING:
        refuse_state(run, NOT_IN_STATE)
    change(run, scenes=list(scene_ids))
    told = {"number": run.number, "scenes": len(scene_ids)}
    record(act=FIX_SCENES.code, actor=THE_SYSTEM, now=now, subjects=[run], new=told, region_id=run.region_id)
    return run


@official_act
def end_run(run: Run, state: RunState, outcome: Outcome | None = None, *, now: datetime) -> Run:
    """核验任务结束, by the program itself. Refused: one that is not at work."""
    told = ended(run, state, outcome, now=now, refusal=NOT_IN_STATE)
    record(act=END_RUN.code, actor=THE_SYSTEM, now=now, subjects=[run], new=told, region_id=run.region_id)
    return run
