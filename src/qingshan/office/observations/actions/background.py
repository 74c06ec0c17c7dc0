"""How do runs and screenings begin and end alike? Inside the act that calls these; the act leaves its own entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qingshan.jobs.actions import ask_to_cancel, start
from qingshan.jobs.here import start_here
from qingshan.jobs.models import Job
from qingshan.office.accounts.actions.writing import change
from qingshan.office.observations.models import ImageWork, RunState, SceneSet
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.trail.parties import ActorLike


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of work that reached its end."""

    counts: Mapping[str, Any] = field(default_factory=dict)
    scenes: Sequence[str] = ()
    left_out: Sequence[Mapping[str, Any]] = ()
    parameters: str = ""
    engine: str = ""


def require_offered(scene_set: SceneSet) -> None:
    """Refused: a set of images that was retired."""
    if scene_set.retired_on is not None:
        raise ObservationRefused.because(
            "observations.scenes_retired", name=scene_set.name, day=scene_set.retired_on.isoformat()
        )


def require_images_of(region: Region, scene_set: SceneSet) -> None:
    """Refused: images of elsewhere, or a set that was retired."""
    require_offered(scene_set)
    if not inside(region.pk, (region_range(scene_set.region_id),)):
        raise ObservationRefused.because(
            "observations.images_elsewhere", name=scene_set.name, region=scene_set.region.name
        )


def require_startable(work: ImageWork, *, refusal: str) -> None:
    """Refused with `refusal`: what is at work or done."""
    work.refresh_from_db()
    if not work.is_startable:
        refuse_state(work, refusal)


def begun(
    work: ImageWork,
    job: str,
    payload: Mapping[str, int],
    *,
    actor: ActorLike,
    now: datetime,
    in_background: bool,
) -> None:
    """It is at work from now on: as a job that waits for a worker, or that whoever calls this does at once."""
    change(work, state=RunState.RUNNING.value, begun_at=work.begun_at or now, ended_at=None)
    begin = start if in_background else start_here
    organisation_id = actor.decider.organisation_id
    made = begin(job, payload, owner=actor.recorder, organisation_id=organisation_id, now=now)
    work.job_id = made.pk
    work.save(update_fields=["job_id"])


def stop_asked(work: ImageWork, *, now: datetime, refusal: str) -> dict[str, Any]:
    """Its job ends at its next report; what was seen until then is kept. Refused with `refusal`: what is not at work;
    JobError: a job that is over.
    """
    work.refresh_from_db()
    job = Job.objects.filter(pk=work.job_id or 0).first()
    if work.state != RunState.RUNNING or job is None:
        refuse_state(work, refusal)
    else:
        ask_to_cancel(job, now=now)
    return {"number": work.number}


def ended(
    work: ImageWork, state: RunState, outcome: Outcome | None, *, now: datetime, refusal: str
) -> dict[str, Any]:
    """It is at work no more; what the entry of the act tells. Refused with `refusal`: what is not at work."""
    work.refresh_from_db()
    if work.state != RunState.RUNNING:
        refuse_state(work, refusal)
    values: dict[str, Any] = {"state": state.value, "ended_at": now}
    if outcome is not None:
        values |= {
            "counts": dict(outcome.counts),
            "scenes": list(outcome.scenes),
            "left_out": [dict(each) for each in outcome.left_out],
            "parameters": outcome.parameters,
            "engine": outcome.engine,
        }
    change(work, **values)
    return {"number": work.number, "word": state.zh, "word_en": state.en}


def refuse_state(work: ImageWork, refusal: str) -> None:
    """Refused with `refusal`, naming the state in which it is."""
    state = work.state_named
    raise ObservationRefused.because(refusal, number=work.number, state=state.zh, state_en=state.en)
