"""What happens between the moment a worker takes a job and the moment the job is over?"""

from __future__ import annotations

import logging
import os
import socket
from dataclasses import dataclass
from datetime import datetime
from traceback import format_exception
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from qingshan.jobs.errors import Cancelled, JobError, Stopping, Superseded
from qingshan.jobs.heartbeat import Heartbeat
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.work import Progress, job_kind
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import Reason

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ending:
    """How a job ended."""

    state: JobState
    result: dict[str, Any] | None = None
    reasons: tuple[Reason, ...] = ()
    detail: str = ""


def this_worker() -> str:
    """The name of this process in job rows."""
    return f"{socket.gethostname()}:{os.getpid()}"


def enqueue(job: Job) -> None:
    """Hand a waiting job to the queue, in the caller's transaction."""
    job.task_id = str(run_job.enqueue(job.pk).id)
    job.save(update_fields=["task_id"])


@task()
def run_job(job_id: int) -> str:
    """The one task that the queue knows: run this job, unless somebody else already does."""
    job = _claim(job_id)
    if job is None:
        return "not waiting"
    progress = Progress(job)
    try:
        with Heartbeat(progress):
            ending = _attempt(job, progress)
    except Stopping:
        return give_back(progress)
    except Superseded:
        log.warning("job %s was given to another worker; this one lets go", job_id)
        return "superseded"
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, tries=job.tries)
    finished = end(mine, ending, now=timezone.now(), done=progress.done, total=progress.total)
    return ending.state.value if finished else "superseded"


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(**held_here(now))
    if not claimed:
        return None
    Job.objects.filter(pk=job_id, started_at=None).update(started_at=now)
    return Job.objects.get(pk=job_id)


def held_here(now: datetime) -> dict[str, Any]:
    """The columns of a job that this process takes, for an update."""
    return {
        "state": JobState.RUNNING,
        "tries": F("tries") + 1,
        "done_before": F("done"),
        "worker": this_worker(),
        "claimed_at": now,
        "heartbeat_at": now,
    }


def _attempt(job: Job, progress: Progress) -> Ending:
    try:
        result = job_kind(job.kind).function(job.payload, progress)
    except Cancelled:
        return Ending(JobState.CANCELLED)
    except Exception as error:
        return failed(job, error)
    return Ending(JobState.DONE, result=result)


def failed(job: Job, error: Exception) -> Ending:
    """How a job ends whose function raised: with the sentences of our own errors, else as a fault to be told."""
    if isinstance(error, QingshanError):
        return Ending(JobState.FAILED, reasons=error.reasons)
    log.error("job %s (%s) failed", job.pk, job.kind, exc_info=error)
    fault = JobError.because("jobs.fault", error=type(error).__name__, job=job.pk)
    return Ending(JobState.FAILED, reasons=fault.reasons, detail="".join(format_exception(error)))


def end(jobs: QuerySet[Job], ending: Ending, *, now: datetime, **figures: int | None) -> bool:
    """Close the job that `jobs` selects; False where it selects none any more.

    A job that ends without being done tells its app in the same transaction. Should that fail, the job still
    ends, and says so.
    """
    try:
        return _end(jobs, ending, now=now, tell=True, **figures)
    except Exception as error:
        log.exception("the app could not be told that a job ended as %s", ending.state)
        told = Ending(ending.state, ending.result, ending.reasons, "".join(format_exception(error)))
        return _end(jobs, told, now=now, tell=False, **figures)


@transaction.atomic
def _end(jobs: QuerySet[Job], ending: Ending, *, now: datetime, tell: bool, **figures: int | None) -> bool:
    job = jobs.first()
    if job is None or not jobs.update(
        state=ending.state,
        result=ending.result,
        error=[reason.as_json() for reason in ending.reasons] or None,
        error_detail=ending.detail,
        finished_at=now,
        **figures,
    ):
        return False
    if tell and ending.state != JobState.DONE:
        given_up = job_kind(job.kind).given_up
        if given_up is not None:
            given_up(job.payload, ending.reasons)
    return True


@transaction.atomic
def give_back(progress: Progress) -> str:
    """The worker shuts down: the job waits again and will go on from its checkpoint."""
    mine = Job.objects.filter(pk=progress.job_id, state=JobState.RUNNING, tries=progress.tries)
    if mine.update(state=JobState.WAITING, heartbeat_at=None, done=progress.done, total=progress.total):
        enqueue(Job.objects.get(pk=progress.job_id))
    return "given back"
