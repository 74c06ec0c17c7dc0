"""Which jobs were left behind by a process that is gone, and what becomes of them?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from qingshan.jobs.errors import JobError
from qingshan.jobs.heartbeat import DEAD_AFTER
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.running import Ending, end, enqueue, run_job

DEATHS_ALLOWED = 3


def sweep(*, now: datetime, dead_after: timedelta = DEAD_AFTER) -> int:
    """Bring every job without a living worker back to the queue, or give it up. How many were touched."""
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=now - dead_after)
    return _return_all(silent, now=now) + _queue_again_what_was_lost(now=now, lost_after=dead_after)


def return_jobs_of(worker: str, *, now: datetime) -> int:
    """The same for one worker that is known to be gone: nobody need wait for missed heartbeats."""
    return _return_all(Job.objects.filter(state=JobState.RUNNING, worker=worker), now=now)


def _return_all(jobs: QuerySet[Job], *, now: datetime) -> int:
    return sum(_return(job, now=now) for job in jobs)


@transaction.atomic
def _return(job: Job, *, now: datetime) -> bool:
    held = Job.objects.filter(
        pk=job.pk, state=JobState.RUNNING, tries=job.tries, heartbeat_at=job.heartbeat_at
    )
    if job.cancel_asked_at is not None:
        return end(held, Ending(JobState.CANCELLED), now=now)
    deaths = job.deaths + 1
    if deaths >= DEATHS_ALLOWED:
        reasons = JobError.because("jobs.worker_lost", deaths=deaths).reasons
        return end(held, Ending(JobState.FAILED, reasons=reasons), now=now, deaths=deaths)
    if not held.update(state=JobState.WAITING, deaths=deaths, heartbeat_at=None):
        return False
    enqueue(Job.objects.get(pk=job.pk))
    return True


def _queue_again_what_was_lost(*, now: datetime, lost_after: timedelta) -> int:
    """A worker can die between taking the task and claiming the job: then nobody would ever come for it."""
    old = Job.objects.filter(state=JobState.WAITING, created_at__lt=now - lost_after)
    return sum(_queue_again(job) for job in old if not _is_queued(job, now=now, lost_after=lost_after))


def _is_queued(job: Job, *, now: datetime, lost_after: timedelta) -> bool:
    try:
        result = run_job.get_result(job.task_id)
    except TaskResultDoesNotExist:
        return False
    if result.status == TaskResultStatus.RUNNING:
        return result.started_at is not None and result.started_at > now - lost_after
    return result.status == TaskResultStatus.READY


@transaction.atomic
def _queue_again(job: Job) -> bool:
    if not Job.objects.filter(pk=job.pk, state=JobState.WAITING, task_id=job.task_id).update(task_id=""):
        return False
    enqueue(Job.objects.get(pk=job.pk))
    return True
