"""How does a command do work of a job's kind itself, so that a worker goes on with it should the command be killed?

job = start_here("exchange.read", payload, owner=..., organisation_id=None, now=now)
with working_on(job) as progress:
    read_file(payload, progress)
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from qingshan.jobs.actions import Owner, new_job
from qingshan.jobs.errors import Superseded
from qingshan.jobs.heartbeat import DEAD_AFTER, Heartbeat
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.running import Ending, end, failed, held_here, this_worker
from qingshan.jobs.work import Progress


@transaction.atomic
def start_here(
    kind: str, payload: Mapping[str, Any], *, owner: Owner, organisation_id: int | None, now: datetime
) -> Job:
    """Work that this process is about to do: nobody else takes it while the process lives."""
    job = new_job(kind, payload, owner=owner, organisation_id=organisation_id, now=now)
    job.state, job.tries, job.worker = JobState.RUNNING.value, 1, this_worker()
    job.started_at = job.claimed_at = job.heartbeat_at = now
    job.save()
    return job


def take_over(job: Job, *, now: datetime) -> Job | None:
    """A job that waits, or whose process is gone, is this process's from now on; None where somebody works on it."""
    lost = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, heartbeat_at__lt=now - DEAD_AFTER)
    if _is_gone(job.worker):
        lost |= Q(state=JobState.RUNNING, worker=job.worker)
    taken = Job.objects.filter(lost, pk=job.pk).update(**held_here(now))
    return Job.objects.get(pk=job.pk) if taken else None


def _is_gone(worker: str) -> bool:
    """Whether a process of this machine has ended; of others, and where asking would end it, nobody can tell."""
    host, _, pid = worker.rpartition(":")
    if host != socket.gethostname() or not pid.isdigit() or os.name == "nt":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def working_on(job: Job) -> Iterator[Progress]:
    """Signs of life while this process works; then the job ends as the work did, and what was raised goes on."""
    progress = Progress(job)
    # inside somebody's transaction nobody else can see the job yet, nor could the thread write beside it
    alive = nullcontext() if connection.in_atomic_block else Heartbeat(progress)
    try:
        with alive:
            yield progress
    except Superseded:
        raise
    except Exception as error:
        _ended(progress, failed(job, error))
        raise
    except BaseException:  # Ctrl+C, or somebody called it off at the site
        _ended(progress, Ending(JobState.CANCELLED))
        raise
    _ended(progress, Ending(JobState.DONE))


def _ended(progress: Progress, ending: Ending) -> None:
    mine = Job.objects.filter(pk=progress.job_id, state=JobState.RUNNING, tries=progress.tries)
    end(mine, ending, now=timezone.now(), done=progress.done, total=progress.total)
