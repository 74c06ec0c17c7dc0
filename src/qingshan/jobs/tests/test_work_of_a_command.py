"""Work that a command does itself is a job like any other: it is seen, called off, and outlives the command."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import Any

import pytest

from qingshan.jobs.errors import Cancelled, JobError, Superseded
from qingshan.jobs.heartbeat import DEAD_AFTER
from qingshan.jobs.here import start_here, take_over, working_on
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.sweep import sweep
from qingshan.jobs.tests.factories import NOW, Clerk, declared
from qingshan.jobs.worker import work_off_the_queue

pytestmark = pytest.mark.django_db
NOBODY = 2**22 + 1
"""above the highest id of a process"""


def begun(kind: str, **changed: Any) -> Job:
    job = start_here(kind, {"n": 1}, owner=Clerk(), organisation_id=3, now=NOW)
    Job.objects.filter(pk=job.pk).update(**changed)
    job.refresh_from_db()
    return job


def test_it_is_at_work_at_once_and_no_worker_takes_it() -> None:
    with declared(lambda payload, progress: pytest.fail("a worker took it")) as kind:
        job = begun(kind)
        work_off_the_queue()
        assert sweep(now=NOW + DEAD_AFTER / 2) == 0
        with working_on(job) as progress:
            progress.report(3, 4)
    job.refresh_from_db()
    assert (job.state, job.tries, job.done, job.total) == (JobState.DONE, 1, 3, 4)


def test_a_worker_goes_on_with_what_a_killed_command_left() -> None:
    seen: list[object] = []
    with declared(lambda payload, progress: seen.append(payload["n"])) as kind:
        job = begun(kind)
        assert sweep(now=NOW + DEAD_AFTER * 2) == 1
        work_off_the_queue()
    job.refresh_from_db()
    assert (seen, job.state, job.tries) == ([1], JobState.DONE, 2)


@pytest.mark.parametrize(
    ("left", "is_taken"),
    [
        ({"worker": f"elsewhere:{NOBODY}", "heartbeat_at": NOW}, False),
        ({"worker": f"elsewhere:{NOBODY}", "heartbeat_at": NOW - DEAD_AFTER * 2}, True),
        ({"worker": f"{socket.gethostname()}:{NOBODY}", "heartbeat_at": NOW}, os.name != "nt"),
        ({"worker": f"{socket.gethostname()}:{os.getpid()}", "heartbeat_at": NOW}, False),
        ({"state": JobState.WAITING.value, "heartbeat_at": None}, True),
        ({"state": JobState.DONE.value}, False),
    ],
)
def test_the_same_command_takes_over_only_what_nobody_works_on(left: dict[str, Any], is_taken: bool) -> None:
    with declared(lambda payload, progress: None) as kind:
        taken = take_over(begun(kind, **left), now=NOW)
    assert (taken is not None) is is_taken
    if taken is not None:
        assert (taken.state, taken.tries) == (JobState.RUNNING, 2)


def taken_away(job: Job) -> None:
    """While this process works, another one takes the job over."""
    with working_on(job) as progress:
        take_over(job, now=NOW)
        progress.checkpoint({"row": 1})


def test_whoever_lost_it_writes_nothing_more() -> None:
    with declared(lambda payload, progress: None) as kind:
        job = begun(kind, heartbeat_at=NOW - DEAD_AFTER * 2)
        with pytest.raises(Superseded):
            taken_away(job)
    job.refresh_from_db()
    assert (job.state, job.tries, job.checkpoint) == (JobState.RUNNING, 2, None)


@pytest.mark.parametrize(
    ("raised", "state", "codes"),
    [
        (Cancelled, JobState.CANCELLED, []),
        (KeyboardInterrupt, JobState.CANCELLED, []),
        (lambda: JobError.because("jobs.unknown_kind", kind="x"), JobState.FAILED, ["jobs.unknown_kind"]),
        (lambda: ValueError("odd"), JobState.FAILED, ["jobs.fault"]),
    ],
)
def test_it_ends_as_the_work_did_and_its_app_is_told(raised: Any, state: JobState, codes: list[str]) -> None:
    told: list[list[str]] = []
    error = raised()
    with declared(lambda p, q: None, given_up=lambda p, why: told.append([w.code for w in why])) as kind:
        job = begun(kind)
        with pytest.raises(type(error)), working_on(job):
            raise error
    job.refresh_from_db()
    assert (job.state, told) == (state, [codes])
    assert job.finished_at is not None
    assert job.finished_at - NOW > timedelta(0)
