"""Can the owner of background work see how far it is, and stop it, and nobody else?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from qingshan.jobs.models import Job
from qingshan.office import durations
from qingshan.office.accounts.models import Person
from qingshan.office.desk import work
from qingshan.office.desk.tests.factories import NOW, job_of, person_with
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Person:
    return person_with(Duty.REGISTRY)


def client_of(person: Person) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_progress_time_left_and_state_are_said(clerk: Person) -> None:
    shown = work.shown(job_of(clerk), now=NOW + timedelta(seconds=30))
    assert (shown.title, shown.percent, shown.left) == ("读取导入文件", 50, "约余 30 秒")


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (None, "", ""),
        (1, "约余 1 秒", "about 1 second left"),
        (61, "约余 2 分钟", "about 2 minutes left"),
        (60, "约余 1 分钟", "about 1 minute left"),
        (6001, "约余 2 小时", "about 2 hours left"),
    ],
)
def test_time_left_is_rounded_up_to_minutes(seconds: int | None, chinese: str, english: str) -> None:
    assert durations.time_left(seconds) == chinese
    with translation.override("en"):
        assert durations.time_left(seconds) == english


def test_a_running_job_asks_for_itself_again_and_a_finished_one_does_not(clerk: Person) -> None:
    job = job_of(clerk)
    page = client_of(clerk).get(f"/jobs/{job.pk}/").content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "停止任务" in page
    Job.objects.filter(pk=job.pk).update(state="done", result={"url": "/imports/3/"})
    fragment = client_of(clerk).get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "hx-trigger" not in fragment
    assert 'href="/imports/3/"' in fragment


def test_stopping_asks_the_job_to_stop(clerk: Person) -> None:
    job = job_of(clerk)
    assert client_of(clerk).post(f"/jobs/{job.pk}/cancel/").status_code == 302
    job.refresh_from_db()
    assert job.cancel_asked_at is not None
    page = client_of(clerk).get(f"/jobs/{job.pk}/").content.decode()
    assert "正在停止" in page
    assert "停止任务" not in page


def test_stopping_what_is_over_says_so(clerk: Person) -> None:
    job = job_of(clerk, state="done")
    answer = client_of(clerk).post(f"/jobs/{job.pk}/cancel/")
    assert answer.status_code == 409


def test_stopping_by_a_link_is_not_possible(clerk: Person) -> None:
    assert client_of(clerk).get(f"/jobs/{job_of(clerk).pk}/cancel/").status_code == 405


@pytest.mark.parametrize("address", ["/jobs/{pk}/", "/jobs/{pk}/cancel/"])
def test_another_persons_job_does_not_exist(clerk: Person, address: str) -> None:
    job = job_of(clerk, owner_id=clerk.pk + 1000)
    ask = client_of(clerk).post if "cancel" in address else client_of(clerk).get
    assert ask(address.format(pk=job.pk)).status_code == 404


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x()", 7, None]
)
def test_a_result_leads_only_into_this_system(clerk: Person, url: object) -> None:
    assert work.result_url(job_of(clerk, result={"url": url})) == ""
