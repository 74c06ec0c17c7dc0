"""SIGKILL in the middle of a job: the next worker goes on where it was, and no step is done twice or left out."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from qingshan.jobs import work
from qingshan.jobs.models import DailyRun, Job, JobState
from qingshan.jobs.tests.chores import KIND
from qingshan.jobs.tests.factories import start

STEPS = 60
MORE_THAN_ANYBODY_WAITS_FOR = 100_000

pytestmark = [pytest.mark.kill, pytest.mark.timeout(300)]


def wait_until(holds: Callable[[], Any], *, at_most_s: float = 60.0) -> None:
    deadline = time.monotonic() + at_most_s
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def worker(database: Any, replaces: str = "") -> Any:
    process = database.start("-m", "qingshan.jobs.tests.chores", replaces, stderr=None)
    assert process.stdout.readline() == "ready\n"
    return process


def chore(*, steps: int = STEPS) -> Job:
    work.declare_job(KIND, lambda payload, progress: None)
    try:
        return start(KIND, {"steps": steps})
    finally:
        del work._KINDS[KIND]


def steps_done() -> int:
    return DailyRun.objects.filter(name=KIND).count()


def test_a_job_survives_two_kills_with_every_step_done_once(committed_db: Any, seed: int) -> None:
    moments = random.Random(seed)
    job = chore()
    replaces = ""
    for _ in range(2):
        process = worker(committed_db, replaces)
        try:
            before = steps_done()
            wait_until(lambda before=before: steps_done() > before)
            time.sleep(moments.uniform(0, 0.2))
        finally:
            process.kill()
            process.wait()
        replaces = f"{socket.gethostname()}:{process.pid}"
    process = worker(committed_db, replaces)
    try:
        wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE)
    finally:
        process.terminate()
        assert process.wait(30) == 0
    job.refresh_from_db()
    assert steps_done() == STEPS
    assert job.result["steps"] == STEPS
    assert job.result["resumed_at"] > 0
    assert job.deaths <= 2


def test_a_worker_asked_to_stop_gives_its_job_back(committed_db: Any) -> None:
    job = chore(steps=MORE_THAN_ANYBODY_WAITS_FOR)
    process = worker(committed_db)
    wait_until(lambda: steps_done() > 0)
    process.terminate()
    assert process.wait(30) == 0  # long before the job would have ended by itself
    job.refresh_from_db()
    assert (job.state, job.deaths) == (JobState.WAITING, 0)
    assert job.checkpoint["next"] == steps_done()


def test_a_running_job_can_be_cancelled_from_another_process(committed_db: Any) -> None:
    from qingshan.jobs.actions import ask_to_cancel
    from qingshan.jobs.tests.factories import NOW

    job = chore(steps=MORE_THAN_ANYBODY_WAITS_FOR)
    process = worker(committed_db)
    try:
        wait_until(lambda: steps_done() > 0)
        ask_to_cancel(Job.objects.get(pk=job.pk), now=NOW)
        wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.CANCELLED)
    finally:
        process.terminate()
        process.wait(30)
