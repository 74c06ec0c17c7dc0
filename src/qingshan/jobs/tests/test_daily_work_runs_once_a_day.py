"""The timetable: once for each name and date, also after nights when nothing ran."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from qingshan.jobs.models import DailyRun, Job, JobState
from qingshan.jobs.tests.factories import declared_daily
from qingshan.jobs.timetable import declare_daily, start_due
from qingshan.jobs.worker import work_off_the_queue

pytestmark = pytest.mark.django_db

HALF_PAST_ONE = time(1, 30)
BEFORE = datetime(2026, 11, 21, 17, 29, tzinfo=UTC)  # 01:29 on the 22nd in Shanghai
AFTER = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)


def nothing(on: date, progress: object) -> None:
    return None


def test_it_starts_at_its_shanghai_time_and_only_once() -> None:
    with declared_daily(HALF_PAST_ONE, nothing):
        assert start_due(now=BEFORE) == []
        assert len(start_due(now=AFTER)) == 1
        assert start_due(now=AFTER + timedelta(hours=20)) == []
    assert [run.on_date for run in DailyRun.objects.all()] == [date(2026, 11, 22)]


def test_the_function_is_told_its_date_and_its_result_is_kept() -> None:
    with declared_daily(HALF_PAST_ONE, lambda on, progress: {"on": on.isoformat()}):
        start_due(now=AFTER)
        work_off_the_queue()
    job = Job.objects.get()
    assert (job.state, job.result, job.owner_kind) == (JobState.DONE, {"on": "2026-11-22"}, "system")


def test_five_missed_nights_are_made_up_for_once() -> None:
    with declared_daily(HALF_PAST_ONE, nothing):
        start_due(now=AFTER - timedelta(days=6))
        assert len(start_due(now=BEFORE)) == 1
        assert start_due(now=BEFORE) == []
    assert [run.on_date for run in DailyRun.objects.order_by("on_date")] == [
        date(2026, 11, 16),
        date(2026, 11, 21),
    ]


def test_a_new_installation_missed_nothing() -> None:
    with declared_daily(HALF_PAST_ONE, nothing):
        assert start_due(now=BEFORE) == []


def test_a_second_process_that_tries_the_same_date_is_too_late() -> None:
    with declared_daily(HALF_PAST_ONE, nothing) as name:
        DailyRun.objects.create(name=name, on_date=date(2026, 11, 22))
        assert start_due(now=AFTER) == []
    assert not Job.objects.exists()


def test_a_daily_job_of_another_version_fails_with_a_sentence() -> None:
    with declared_daily(HALF_PAST_ONE, nothing):
        start_due(now=AFTER)
    work_off_the_queue()
    assert Job.objects.get().error[0]["code"] == "jobs.unknown_daily"


def test_a_name_is_declared_once() -> None:
    with declared_daily(HALF_PAST_ONE, nothing) as name, pytest.raises(ValueError, match="twice"):
        declare_daily(name, HALF_PAST_ONE, lambda on, progress: None)
