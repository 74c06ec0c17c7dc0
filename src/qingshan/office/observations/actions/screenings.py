"""How is a screening planned with its estimate, begun, and ended?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from qingshan.jobs.actions import start
from qingshan.office.accounts.access import require
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.access import END_SCREENING, PLAN_SCREENING, START_SCREENING
from qingshan.office.observations.areas import area_of
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.models import RunState, SceneSet, Screening
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.rules.verification import Zone

SCREEN = "observations.screen"
"""the background job"""
HISTORY = timedelta(days=548)
"""a year and a half: `monitor.min_history_years` of the engine's parameters"""
S_PER_MEGAPIXEL = 0.12
LEAST_S = 5
"""So long reading and watching took on two processors; an estimate, said as such."""


@dataclass(frozen=True)
class NewScreening:
    """What is to be searched for."""

    scene_set: SceneSet
    region: Region
    since: date
    until: date | None = None
    least_m2: float = 2_000.0
    zone: Zone | None = None


@official_act
def plan_screening(new: NewScreening, *, actor: ActorLike, now: datetime) -> Screening:
    """预估筛查任务. Refused: no dispatch duty, out of area, images of elsewhere, days in the wrong order or without
    a year and a half of images before them.
    """
    require(actor, PLAN_SCREENING.code, region_id=new.region.pk)
    scene_set = new.scene_set
    if not inside(new.region.pk, (region_range(scene_set.region_id),)):
        raise ObservationRefused.because(
            "observations.images_elsewhere", name=scene_set.name, region=scene_set.region.name
        )
    if new.until is not None and new.until < new.since:
        raise ObservationRefused.because("observations.screening_days_wrong")
    if scene_set.first_day + HISTORY > new.since:
        raise ObservationRefused.because(
            "observations.screening_too_early",
            name=scene_set.name,
            first=scene_set.first_day.isoformat(),
            since=new.since.isoformat(),
            possible=(scene_set.first_day + HISTORY).isoformat(),
        )
    screening = Screening(
        scene_set=scene_set,
        region=new.region,
        since=new.since,
        until=new.until,
        least_m2=new.least_m2,
        zone=new.zone.value if new.zone else "",
        planned_at=now,
        planned_by=actor.decider.organisation or actor.decider.name,
    )
    screening.estimate = _estimate(screening)
    screening.save(force_insert=True)
    told = {
        "number": screening.number,
        "since": new.since.isoformat(),
        "scenes": screening.estimate["scenes"],
    }
    record(
        act=PLAN_SCREENING.code, actor=actor, now=now, subjects=[screening], new=told, region_id=new.region.pk
    )
    return screening


def _estimate(screening: Screening) -> dict[str, Any]:
    from qingshan.earth import outlook

    scenes = scenes_of(screening.scene_set)
    known = outlook(area_of(screening, scenes), scenes, until=screening.until)
    megapixels = known.pixels / 1e6
    return {
        "squares": known.squares,
        "scenes": known.scenes,
        "megapixels": round(megapixels, 1),
        "seconds": max(LEAST_S, round(megapixels * S_PER_MEGAPIXEL)),
    }


@official_act
def start_screening(
    screening: Screening, *, actor: ActorLike, now: datetime, in_background: bool = True
) -> Screening:
    """开始筛查任务, or going on with one that was stopped. Refused: no dispatch duty, out of area, at work, done."""
    require(actor, START_SCREENING.code, region_id=screening.region_id)
    screening.refresh_from_db()
    if screening.state not in (RunState.PLANNED, RunState.CANCELLED, RunState.FAILED):
        _not_in_state(screening)
    change(screening, state=RunState.RUNNING.value, begun_at=screening.begun_at or now, ended_at=None)
    if in_background:
        payload, organisation_id = {"screening_id": screening.pk}, actor.decider.organisation_id
        job = start(SCREEN, payload, owner=actor.recorder, organisation_id=organisation_id, now=now)
        screening.job_id = job.pk
        screening.save(update_fields=["job_id"])
    told = {"number": screening.number}
    region_id = screening.region_id
    record(
        act=START_SCREENING.code, actor=actor, now=now, subjects=[screening], new=told, region_id=region_id
    )
    return screening


@official_act
def end_screening(
    screening: Screening,
    state: RunState,
    *,
    now: datetime,
    counts: Mapping[str, Any] | None = None,
    scenes: Sequence[str] = (),
    left_out: Sequence[Mapping[str, Any]] = (),
    parameters: str = "",
    engine: str = "",
) -> Screening:
    """筛查任务结束, by the program itself. Refused: one that is not at work."""
    screening.refresh_from_db()
    if screening.state != RunState.RUNNING:
        _not_in_state(screening)
    values: dict[str, Any] = {"state": state.value, "ended_at": now}
    if state is RunState.DONE:
        values |= {
            "counts": dict(counts or {}),
            "scenes": list(scenes),
            "left_out": [dict(each) for each in left_out],
            "parameters": parameters,
            "engine": engine,
        }
    change(screening, **values)
    told = {"number": screening.number, "word": state.zh, "word_en": state.en}
    region_id = screening.region_id
    record(
        act=END_SCREENING.code,
        actor=THE_SYSTEM,
        now=now,
        subjects=[screening],
        new=told,
        region_id=region_id,
    )
    return screening


def _not_in_state(screening: Screening) -> None:
    state = screening.state_named
    raise ObservationRefused.because(
        "observations.screening_not_in_state", number=screening.number, state=state.zh, state_en=state.en
    )
