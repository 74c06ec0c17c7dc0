"""Does everybody who sees a run see how far it is, who may stop it, and what it found?"""

from __future__ import annotations

from typing import Any

import pytest

from qingshan.jobs.models import Job
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.errors import NotAllowed
from qingshan.office.observations import actions
from qingshan.office.observations.models import Claim, Finding, Run, Screening
from qingshan.office.observations.sentences import ObservationRefused
from qingshan.office.observations.tests.factories import (
    NOW,
    SINCE,
    Land,
    a_claim,
    a_screening,
    land_of,
    region,
)
from qingshan.office.trail.models import Entry

pytestmark = pytest.mark.django_db
PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}


@pytest.fixture
def people() -> People:
    return nine_people()


def at_work(work: Any, **more: Any) -> Job:
    """Begun by the night: its job belongs to nobody, and a worker is at it."""
    values = {"kind": "observations.look", "state": "running", "done": 300, "total": 1000, "claimed_at": NOW}
    job = Job.objects.create(payload={}, worker="w:1", heartbeat_at=NOW, created_at=NOW, **(values | more))
    type(work).objects.filter(pk=work.pk).update(state="running", begun_at=NOW, job_id=job.pk)
    work.refresh_from_db()
    return job


def a_run() -> Run:
    screening = a_screening()
    return Run.objects.create(
        scene_set=screening.scene_set, region=region(), asked=[], planned_at=NOW, planned_by="自动核验",
        estimate={"claims": 1, "scenes": 3, "seconds": 90},
    )  # fmt: skip


@pytest.mark.parametrize("make", [a_run, a_screening])
def test_whoever_sees_the_work_sees_how_far_it_is(people: People, make: Any) -> None:
    work = make()
    at_work(work)
    clerk = people.enter("county_clerk")
    page = clerk.get(work.get_absolute_url()).content.decode()
    assert "30%" in page
    assert "停止任务" not in page
    assert "开始时间" in page
    moving = clerk.get(f"{work.get_absolute_url()}progress/")
    assert "30%" in moving.content.decode()
    assert "HX-Refresh" not in moving
    stranger = people.enter("other_county_clerk")
    assert stranger.get(f"{work.get_absolute_url()}progress/").status_code == 404


def test_once_it_is_over_the_page_is_asked_for_anew(people: People) -> None:
    run = a_run()
    moving = people.enter("county_clerk").get(f"{run.get_absolute_url()}progress/")
    assert moving["HX-Refresh"] == "true"


@pytest.mark.parametrize("make", [a_run, a_screening])
def test_the_dispatcher_stops_what_somebody_else_or_the_night_began(people: People, make: Any) -> None:
    work: Run | Screening = make()
    job = at_work(work)
    dispatcher = people.enter("provincial_dispatcher")
    assert "停止任务" in dispatcher.get(work.get_absolute_url()).content.decode()
    assert dispatcher.post(f"{work.get_absolute_url()}stop/").status_code == 302
    job.refresh_from_db()
    assert job.cancel_asked_at is not None
    assert "正在停止" in dispatcher.get(work.get_absolute_url()).content.decode()
    assert Entry.objects.get().act in {"observations.stop_run", "observations.stop_screening"}


def test_only_a_dispatcher_stops_it_and_only_what_is_at_work(people: People) -> None:
    run = a_run()
    with pytest.raises(ObservationRefused) as refused:
        actions.stop_run(run, actor=people.actor("provincial_dispatcher"), now=NOW)
    assert refused.value.code == "observations.run_not_in_state"
    job = at_work(run)
    with pytest.raises(NotAllowed):
        actions.stop_run(run, actor=people.actor("county_clerk"), now=NOW)
    job.refresh_from_db()
    assert job.cancel_asked_at is None
    assert not Entry.objects.exists()


def test_what_failed_says_why(people: People) -> None:
    run = a_run()
    why = [{"code": "observations.no_scenes", "values": {"path": "影像/东部"}}]
    at_work(run, state="failed", error=why)
    Run.objects.filter(pk=run.pk).update(state="failed", ended_at=NOW)
    page = people.enter("county_clerk").get(run.get_absolute_url()).content.decode()
    assert "影像/东部" in page
    assert "结束时间" in page


def test_rows_of_the_result_lead_to_the_claims_of_the_run(people: People) -> None:
    run = a_run()
    inside, outside = (
        a_claim(Land(f"L{place}", land_of(place), PLAIN, True), region=region(), name=f"采坑{place}")
        for place in (1, 2)
    )
    found = Finding.objects.create(
        claim=inside, run=run, question="restored", verdict="supported", told={}, found_on=SINCE,
        parameters="p", engine="e",
    )  # fmt: skip
    Claim.objects.filter(pk=inside.pk).update(verdict="supported", newest=found, state="observed")
    line = {"claims": 1, "sites": 1, "area_m2": 1.0}
    counts = {"lines": {"claims": line, "supported": line}, "overlaps": []}
    Run.objects.filter(pk=run.pk).update(state="done", counts=counts)
    clerk = people.enter("county_clerk")
    page = clerk.get(run.get_absolute_url()).content.decode()
    for url in (f"/observations/?run={run.pk}", f"/observations/?run={run.pk}&verdict=supported"):
        assert url.replace("&", "&amp;") in page
        listed = clerk.get(url).content.decode()
        assert inside.number in listed
        assert outside.number not in listed
        assert run.number in listed
