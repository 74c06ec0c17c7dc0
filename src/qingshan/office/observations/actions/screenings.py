"""How is a screening planned with its estimate, begun, and ended?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.observations.access import END_SCREENING, PLAN_SCREENING, START_SCREENING, STOP_SCREENING
from qingshan.office.observations.actions.background import (
    Outcome,
    begun,
    ended,
    require_images_of,
    require_offered,
    require_startable,
    stop_asked,
)
from qingshan.office.observations.areas import area_of
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.models import RunState, SceneSet, Screening
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import THE_SYSTEM, ActorLike
from qingshan.rules.verification import Zone

SCREEN = "observations.screen"
"""the background job"""
NOT_IN_STATE = "observations.screening_not_in_state"
LEAST_M2 = 2_000.0
"""as the engine has it, which is loaded only when it is asked; a test holds both to the same"""
DAYS_OF_YEAR = 365.25
S_PER_MEGAPIXEL = 0.056
"""A rule of thumb, from one county of the demonstration on a small machine: minutes or hours. Nothing depends on it."""
LEAST_S = 5


@dataclass(frozen=True)
class NewScreening:
    """What is to be searched for."""

    scene_set: SceneSet
    region: Region
    since: date
    until: date | None = None
    least_m2: float = LEAST_M2
    zone: Zone | None = None


@official_act
def plan_screening(new: NewScreening, *, actor: ActorLike, now: datetime) -> Screening:
    """预估筛查任务. Refused: no dispatch duty, out of area, images of elsewhere, days in the wrong order or without
    a year and a half of images before them.
    """
    require(actor, PLAN_SCREENING.code, region_id=new.region.pk)
    scene_set = new.scene_set
    require_images_of(new.region, scene_set)
    if new.until is not None and new.until < new.since:
        raise ObservationRefused.because("observations.screening_days_wrong")
    possible = scene_set.first_day + _history()
    if possible > new.since:
        raise ObservationRefused.because(
            "observations.screening_too_early",
            name=scene_set.name,
            first=scene_set.first_day.isoformat(),
            since=new.since.isoformat(),
            possible=possible.isoformat(),
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


def _history() -> timedelta:
    """So long images must reach back before anything can be new: as the engine's parameters have it."""
    from qingshan.earth import released
    from qingshan.earth.monitor import MonitorParams

    years = released().section("monitor", MonitorParams).min_history_years
    return timedelta(days=ceil(years * DAYS_OF_YEAR))


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
    region_id = screening.region_id
    require(actor, START_SCREENING.code, region_id=region_id)
    require_startable(screening, refusal=NOT_IN_STATE)
    require_offered(screening.scene_set)
    payload = {"screening_id": screening.pk}
    begun(screening, SCREEN, payload, actor=actor, now=now, in_background=in_background)
    told = {"number": screening.number}
    record(
        act=START_SCREENING.code, actor=actor, now=now, subjects=[screening], new=told, region_id=region_id
    )
    return screening


@official_act
def stop_screening(screening: Screening, *, actor: ActorLike, now: datetime) -> Screening:
    """停止筛查任务, whoever began it; it can be gone on with. Refused: no dispatch duty, out of area, not at work."""
    region_id = screening.region_id
    require(actor, STOP_SCREENING.code, region_id=region_id)
    told = stop_asked(screening, now=now, refusal=NOT_IN_STATE)
    record(act=STOP_SCREENING.code, actor=actor, now=now, subjects=[screening], new=told, region_id=region_id)
    return screening


@official_act
def end_screening(
    screening: Screening, state: RunState, outcome: Outcome | None = None, *, now: datetime
) -> Screening:
    """筛查任务结束, by the program itself. Refused: one that is not at work."""
    told, region_id = ended(screening, state, outcome, now=now, refusal=NOT_IN_STATE), screening.region_id
    record(
        act=END_SCREENING.code, actor=THE_SYSTEM, now=now, subjects=[screening], new=told, region_id=region_id
    )
    return screening
