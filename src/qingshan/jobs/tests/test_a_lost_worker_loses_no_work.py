"""What a dead, stopped or merely slow worker leaves behind is taken up again, and only once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from qingshan.jobs import actions, running, work
from qingshan.jobs.errors import Superseded
from qingshan.jobs.heartbeat import DEAD_AFTER, Heartbeat
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.running import run_job
from qingshan.jobs.sweep import DEATHS_ALLOWED, return_jobs_of, sweep
from qingshan.jobs.tests.factories import NOW, declared, start
from qingshan.jobs.work import Progress
from qingshan.jobs.worker import work_off_the_queue

pytestmark = pytest.mark.django_db


def claimed(kind: str, *, heartbeat_age: timedelta = DEAD_AFTER * 2) -> Job:
    """A job whose worker took it and was never heard of again."""
    job = start(kind)
    DBTaskResult.objects.update(status="RUNNING", started_at=NOW - heartbeat_age)
    running._claim(job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=NOW - heartbeat_age)
    job.refresh_from_db()
    return job


def test_a_silent_job_goes_on_from_its_checkpoint_in_the_next_worker() -> None:
    seen: list[object] = []
    with declared(lambda payload, progress: seen.append(progress.last_checkpoint)) as kind:
        job = claimed(kind)
        Progress(job).checkpoint({"row": 17})
        assert sweep(now=NOW) == 1
        work_off_the_queue()
    job.refresh_from_db()
    assert seen == [{"row": 17}]
    assert (job.state, job.tries, job.deaths) == (JobState.DONE, 2, 1)


def test_a_job_with_a_fresh_heartbeat_is_left_alone() -> None:
    with declared(lambda payload, progress: None) as kind:
        job = claimed(kind, heartbeat_age=DEAD_AFTER / 2)
        assert sweep(now=NOW) == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_job_that_kills_its_worker_again_and_again_is_given_up() -> None:
    told: list[str] = []
    with declared(lambda p, progress: None, given_up=lambda p, why: told.append(why[0].code)) as kind:
        job = claimed(kind)
        for _ in range(DEATHS_ALLOWED - 1):
            sweep(now=NOW)
            running._claim(job.pk)
            Job.objects.filter(pk=job.pk).update(heartbeat_at=NOW - DEAD_AFTER * 2)
        sweep(now=NOW)
    job.refresh_from_db()
    assert (job.state, job.deaths, told) == (JobState.FAILED, DEATHS_ALLOWED, ["jobs.worker_lost"])


def test_a_cancelled_job_of_a_dead_worker_is_cancelled_not_repeated() -> None:
    with declared(lambda payload, progress: None) as kind:
        job = claimed(kind)
        actions.ask_to_cancel(job, now=NOW)
        sweep(now=NOW)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_the_jobs_of_a_worker_known_to_be_dead_need_not_wait() -> None:
    with declared(lambda payload, progress: None) as kind:
        job = claimed(kind, heartbeat_age=timedelta(0))
        assert return_jobs_of("elsewhere:1", now=NOW) == 0
        assert return_jobs_of(job.worker, now=NOW) == 1


def test_a_worker_that_dies_before_it_claims_the_job_is_noticed() -> None:
    with declared(lambda payload, progress: None) as kind:
        job = start(kind, now=NOW - timedelta(minutes=10))
        DBTaskResult.objects.update(status="RUNNING", started_at=NOW - timedelta(minutes=9))
        assert sweep(now=NOW) == 1
        work_off_the_queue()
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_job_still_in_the_queue_is_not_queued_twice() -> None:
    with declared(lambda payload, progress: None) as kind:
        start(kind, now=NOW - timedelta(hours=1))
        assert sweep(now=NOW) == 0
    assert DBTaskResult.objects.count() == 1


def test_a_slow_worker_whose_job_was_given_away_can_write_nothing_more() -> None:
    with declared(lambda payload, progress: None) as kind:
        slow = Progress(claimed(kind))
        sweep(now=NOW)
        running._claim(slow.job_id)
        with pytest.raises(Superseded), transaction.atomic():
            slow.checkpoint({"row": 1})
        assert Job.objects.get().checkpoint is None


def test_the_heartbeat_tells_a_slow_worker_that_it_lost_its_job() -> None:
    with declared(lambda payload, progress: None) as kind:
        slow = Progress(claimed(kind))
        sweep(now=NOW)
        Heartbeat(slow)._listen()
    with pytest.raises(Superseded):
        slow.report(1)


def test_the_heartbeat_brings_a_cancel_and_writes_what_was_reported() -> None:
    with declared(lambda payload, progress: None) as kind:
        progress = Progress(claimed(kind))
        heartbeat = Heartbeat(progress)
        assert not heartbeat._due()
        progress.report(30, 120)
        assert heartbeat._due()
        heartbeat._listen_and_beat()
        job = Job.objects.get()
        assert (job.done, job.total) == (30, 120)
        assert job.heartbeat_at != NOW - DEAD_AFTER * 2
        actions.ask_to_cancel(job, now=NOW)
        heartbeat._listen()
    assert progress.cancel_wanted.is_set()


def test_a_worker_that_shuts_down_gives_its_job_back_without_counting_a_death() -> None:
    def work_until_stopped(payload, progress):
        if progress.last_checkpoint:
            return progress.last_checkpoint
        work.shutting_down.set()
        progress.checkpoint({"row": 5})

    try:
        with declared(work_until_stopped) as kind:
            job = start(kind)
            assert run_job.call(job.pk) == "given back"
            work.shutting_down.clear()
            work_off_the_queue()
    finally:
        work.shutting_down.clear()
    job.refresh_from_db()
    assert (job.state, job.result, job.deaths) == (JobState.DONE, {"row": 5}, 0)


def test_a_checkpoint_counts_only_with_the_work_it_speaks_of() -> None:
    with declared(lambda payload, progress: None) as kind:
        progress = Progress(claimed(kind))
        with transaction.atomic():
            progress.checkpoint({"row": 9})
            transaction.set_rollback(True)
    assert Job.objects.get().checkpoint is None
