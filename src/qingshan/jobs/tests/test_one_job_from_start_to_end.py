"""A job is queued with the act that wants it, runs once, and says how it ended."""

from __future__ import annotations

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from qingshan.jobs import actions, queries
from qingshan.jobs.errors import Cancelled, JobError
from qingshan.jobs.models import Job, JobState
from qingshan.jobs.running import run_job
from qingshan.jobs.tests.factories import NOW, declared, start
from qingshan.jobs.work import declare_job
from qingshan.jobs.worker import work_off_the_queue
from qingshan.rules.errors import RuleError

pytestmark = pytest.mark.django_db


def run(job: Job) -> Job:
    run_job.call(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_is_worked_off_by_the_worker_and_keeps_its_result() -> None:
    with declared(lambda payload, progress: {"doubled": payload["n"] * 2}) as kind:
        job = start(kind, {"n": 21})
        work_off_the_queue()
    job.refresh_from_db()
    assert (job.state, job.result, job.tries) == (JobState.DONE, {"doubled": 42}, 1)
    assert job.finished_at is not None


def test_an_undone_act_takes_its_job_with_it() -> None:
    with declared(lambda payload, progress: None) as kind:
        with transaction.atomic():
            start(kind)
            transaction.set_rollback(True)
        assert not Job.objects.exists()
        assert not DBTaskResult.objects.exists()


def test_an_unknown_kind_is_refused_before_anything_is_written() -> None:
    with pytest.raises(JobError) as refused:
        start("nobody.knows")
    assert "nobody.knows" in refused.value.say()
    assert not Job.objects.exists()


def test_the_same_job_delivered_twice_runs_once() -> None:
    ran: list[int] = []
    with declared(lambda payload, progress: ran.append(1)) as kind:
        job = start(kind)
        run(job)
        assert run_job.call(job.pk) == "not waiting"
    assert ran == [1]


def test_a_refusal_is_kept_as_reasons_in_both_languages() -> None:
    def refuse(payload, progress):
        raise RuleError.because("rules.date.naive", instant="昨天")

    with declared(refuse) as kind:
        job = run(start(kind))
    assert job.state == JobState.FAILED
    assert job.error == [{"code": "rules.date.naive", "values": {"instant": "昨天"}}]
    assert queries.why_it_failed(job) != queries.why_it_failed(job, "en")
    assert job.error_detail == ""


def test_a_programming_fault_fails_the_job_and_keeps_the_trace_for_the_administrator() -> None:
    with declared(lambda payload, progress: 1 / 0) as kind:
        job = run(start(kind))
    assert job.state == JobState.FAILED
    assert "ZeroDivisionError" in queries.why_it_failed(job)
    assert "division by zero" in job.error_detail


def test_the_app_is_told_in_the_same_transaction_that_its_job_was_given_up() -> None:
    told: list[tuple] = []
    with declared(lambda payload, progress: 1 / 0, given_up=lambda *what: told.append(what)) as kind:
        run(start(kind, {"import": 5}))
    ((payload, reasons),) = told
    assert payload == {"import": 5}
    assert reasons[0].code == "jobs.fault"


def test_a_job_ends_even_when_its_app_cannot_be_told() -> None:
    def break_down(payload, reasons):
        raise RuntimeError("no ear")

    with declared(lambda payload, progress: 1 / 0, given_up=break_down) as kind:
        job = run(start(kind))
    assert job.state == JobState.FAILED
    assert "no ear" in job.error_detail


def test_a_done_job_is_not_reported_as_given_up() -> None:
    told: list[tuple] = []
    with declared(lambda payload, progress: None, given_up=lambda *what: told.append(what)) as kind:
        run(start(kind))
    assert told == []


def test_a_waiting_job_is_cancelled_at_once_and_never_runs() -> None:
    ran: list[int] = []
    with declared(lambda payload, progress: ran.append(1)) as kind:
        job = start(kind)
        actions.ask_to_cancel(job, now=NOW)
        work_off_the_queue()
    job.refresh_from_db()
    assert (job.state, ran) == (JobState.CANCELLED, [])


def test_a_running_job_stops_at_its_next_report() -> None:
    reached: list[str] = []

    def long(payload, progress):
        actions.ask_to_cancel(Job.objects.get(pk=progress.job_id), now=NOW)
        progress.cancel_wanted.set()  # what the heartbeat thread does when it reads the request
        reached.append("before")
        progress.report(1, 10)
        reached.append("after")

    with declared(long) as kind:
        job = run(start(kind))
    assert (job.state, reached, job.done, job.total) == (JobState.CANCELLED, ["before"], 1, 10)


def test_a_job_that_catches_every_exception_can_still_be_cancelled() -> None:
    def stubborn(payload, progress):
        progress.cancel_wanted.set()
        try:
            progress.report(1)
        except Exception:
            return {"stopped": False}
        return {"stopped": False}

    with declared(stubborn) as kind:
        job = run(start(kind))
    assert job.state == JobState.CANCELLED
    assert not issubclass(Cancelled, Exception)


def test_a_finished_job_cannot_be_cancelled() -> None:
    with declared(lambda payload, progress: None) as kind:
        job = run(start(kind))
        with pytest.raises(JobError) as refused:
            actions.ask_to_cancel(job, now=NOW)
    assert "已经结束（完成）" in refused.value.say()
    assert "(done)" in refused.value.say("en")


def test_a_kind_is_declared_once() -> None:
    with declared(lambda payload, progress: None) as kind, pytest.raises(ValueError, match="twice"):
        declare_job(kind, lambda payload, progress: None)
