"""How does background work begin, and how is it called off?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from qingshan.jobs.errors import JobError
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.running import Ending, end, enqueue
from qingshan.jobs.work import job_kind


class Owner(Protocol):
    """Who wants the work done: the trail's Party fits."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> Any: ...
    @property
    def name(self) -> str: ...


@transaction.atomic
def start(
    kind: str, payload: Mapping[str, Any], *, owner: Owner, organisation_id: int | None, now: datetime
) -> Job:
    """Queue work in the caller's transaction: if that is undone, so is the job."""
    job = new_job(kind, payload, owner=owner, organisation_id=organisation_id, now=now)
    job.save(force_insert=True)
    enqueue(job)
    return job


def new_job(
    kind: str, payload: Mapping[str, Any], *, owner: Owner, organisation_id: int | None, now: datetime
) -> Job:
    """A job of a declared kind, not yet written."""
    job_kind(kind)
    return Job(
        kind=kind,
        payload=dict(payload),
        owner_kind=owner.kind,
        owner_id=owner.id if isinstance(owner.id, int) else None,
        owner_name=owner.name,
        organisation_id=organisation_id,
        created_at=now,
    )


@transaction.atomic
def ask_to_cancel(job: Job, *, now: datetime) -> None:
    """A waiting job ends at once, a running one at its next report. One that is over: JobError."""
    if Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_asked_at=now):
        return
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    if not end(waiting, Ending(JobState.CANCELLED), now=now):
        job.refresh_from_db()
        state = JobState(job.state)
        raise JobError.because("jobs.already_over", job=job.pk, state=state.zh, state_en=state.en)
