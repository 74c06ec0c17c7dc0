"""Does the workbench say what waits for whom, and greet by the clock of Shanghai?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from qingshan.exchange.models import Import
from qingshan.office.accounts.actors import actor_of, public
from qingshan.office.accounts.models import Person
from qingshan.office.desk import workbench
from qingshan.office.desk.tests.factories import LONG_AGO, NOW, job_of, person_with
from qingshan.rules.duties import Duty


def brought_by(person: Person, state: str, **counts: int) -> Import:
    return Import.objects.create(
        kind="sites", file_name="点位.xlsx", file_digest="0" * 64, state=state, owner_id=person.pk,
        created_at=NOW, **counts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("hour_utc", "hello"),
    [(22, "早上好"), (3, "早上好"), (4, "下午好"), (9, "下午好"), (10, "晚上好"), (20, "晚上好")],
)
def test_the_greeting_goes_by_the_clock_of_shanghai(hour_utc: int, hello: str) -> None:
    now = datetime(2026, 11, 20, hour_utc, 0, tzinfo=UTC)
    assert workbench.greeting(7, now=now) == f"{hello}，有 7 件事等您"


def test_the_day_is_the_day_of_shanghai() -> None:
    late = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert workbench.today(now=late) == "2026年11月21日 星期六"
    with translation.override("en"):
        assert workbench.today(now=late) == "Saturday, 21 November 2026"


@pytest.mark.django_db
def test_a_read_file_waits_for_whoever_brought_it() -> None:
    clerk, other = person_with(Duty.REGISTRY), person_with(Duty.REGISTRY, login_name="zhou")
    brought_by(clerk, "read", created=3, refused=1)
    brought_by(clerk, "applied")
    waiting = workbench.waiting_for(actor_of(clerk, on=LONG_AGO))
    assert [(thing.look, thing.title) for thing in waiting] == [("due", "确认导入：点位.xlsx")]
    assert waiting[0].why == "新增 3，更新 0，退回 1"
    assert workbench.waiting_for(actor_of(other, on=LONG_AGO)) == []


@pytest.mark.django_db
def test_what_failed_stands_before_what_is_to_be_confirmed() -> None:
    clerk = person_with(Duty.REGISTRY)
    brought_by(clerk, "read")
    brought_by(clerk, "failed")
    looks = [thing.look for thing in workbench.waiting_for(actor_of(clerk, on=LONG_AGO))]
    assert looks == ["late", "due"]


@pytest.mark.django_db
def test_the_navigation_counts_what_the_workbench_lists() -> None:
    clerk = person_with(Duty.REGISTRY)
    for state in ("read", "failed", "applied", "cancelled", "received"):
        brought_by(clerk, state)
    actor = actor_of(clerk, on=LONG_AGO)
    assert workbench.how_many_wait_for(actor) == len(workbench.waiting_for(actor)) == 2
    client = Client(SERVER_NAME="localhost")
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert "<b>2<span" in client.get("/account/").content.decode()


@pytest.mark.django_db
def test_nothing_waits_for_nobody() -> None:
    assert workbench.waiting_for(public()) == []
    assert workbench.how_many_wait_for(public()) == 0


@pytest.mark.django_db
def test_work_under_way_and_lately_failed_is_shown() -> None:
    clerk = person_with(Duty.REGISTRY)
    running = job_of(clerk)
    failed = job_of(clerk, state="failed", finished_at=NOW)
    job_of(clerk, state="failed", finished_at=NOW - timedelta(days=3))
    job_of(clerk, state="done", finished_at=NOW)
    actor = actor_of(clerk, on=LONG_AGO)
    assert [one.job.pk for one in workbench.going_on(actor, now=NOW)] == [running.pk, failed.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("zh-hans", "等我办"), ("en", "Waiting for me")])
def test_the_workbench_opens_in_both_languages(language: str, heading: str) -> None:
    clerk = person_with(Duty.REGISTRY)
    client = Client(SERVER_NAME="localhost")
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    page = client.get("/").content.decode()
    assert heading in page
    assert "林经办" in page
