"""Does the workbench tell whose turn it is on claims and clues, and tell nobody what is held back from them?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.desk.workbench import how_many_wait_for, seen_in_images
from qingshan.office.observations.models import Claim, Finding, Run, TraceBack
from qingshan.office.observations.tests.factories import (
    NOW,
    Land,
    a_claim,
    a_clue,
    a_screening,
    land_of,
    region,
)
from qingshan.rules.dates import shanghai_date

pytestmark = pytest.mark.django_db
TODAY = shanghai_date(NOW)
PLAIN = {"target": "vegetation", "restored_since": "2024-05-01", "planted_on": "", "disturbed_since": ""}


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people() -> People:
    return nine_people()


def claimed(people: People, number: int = 1, **values: Any) -> Claim:
    made = a_claim(Land(f"L{number}", land_of(number), PLAIN, True), region=region(), name=f"采坑{number}")
    enterprise = people.organisations["enterprise"]
    Claim.objects.filter(pk=made.pk).update(enterprise=enterprise, **values)
    made.refresh_from_db()
    return made


def doubted(people: People, state: str, until: date) -> Claim:
    claim = claimed(people, verdict="unsupported", state="observed", answer_state=state, answer_until=until)
    screening = a_screening()
    run = Run.objects.create(
        scene_set=screening.scene_set,
        region=region(),
        asked=[],
        planned_at=NOW,
        planned_by="某局",
        estimate={},
    )
    claim.newest = Finding.objects.create(
        claim=claim, run=run, question="kept", verdict="unsupported", told={}, found_on=TODAY,
        parameters="p", engine="e",
    )  # fmt: skip
    claim.save()
    return claim


def titles(people: People, who: str) -> list[str]:
    lines = list(seen_in_images(people.actor(who)))
    assert how_many_wait_for(people.actor(who)) == len(lines)
    return [each.title for each in lines]


def test_nothing_is_said_where_nothing_waits(people: People) -> None:
    for who in ("county_clerk", "city_reviewer", "provincial_dispatcher", "enterprise_manager"):
        assert titles(people, who) == []


def test_whoever_answers_is_told_until_when_and_those_above_are_not(people: People) -> None:
    last = TODAY + timedelta(days=5)
    doubted(people, "asked", last)
    for who in ("county_clerk", "enterprise_manager"):
        (line,) = seen_in_images(people.actor(who))
        assert line.title == "1 项核查结论待书面回应"
        assert last.isoformat() in line.why
        assert line.url == "/observations/?verdict=asked"
    assert titles(people, "other_county_clerk") == []
    assert titles(people, "registry_officer") == []
    assert titles(people, "city_reviewer") == []


def test_the_reviewer_is_told_of_answers_and_of_land_to_visit(people: People) -> None:
    claim = doubted(people, "given", TODAY)
    assert titles(people, "city_reviewer") == ["1 项书面回应待核定"]
    assert titles(people, "county_clerk") == []
    TraceBack.objects.create(claim=claim, finding=claim.newest, opened_on=TODAY)
    assert titles(people, "city_reviewer") == ["1 项书面回应待核定", "1 项回头看待核实"]


def test_a_trace_back_that_is_held_back_is_told_to_nobody_above(people: People) -> None:
    claim = doubted(people, "asked", TODAY + timedelta(days=5))
    TraceBack.objects.create(claim=claim, finding=claim.newest, opened_on=TODAY)
    assert titles(people, "city_reviewer") == []


def test_the_dispatcher_is_told_of_claims_that_wait_for_a_run(people: People) -> None:
    claimed(people)
    assert titles(people, "provincial_dispatcher") == ["1 项申报还没有用影像核查"]


def test_whoever_registers_is_told_of_clues(people: People) -> None:
    a_clue()
    a_clue(state="dismissed")
    assert titles(people, "county_clerk") == ["1 处疑似图斑待处理"]
    assert titles(people, "other_county_clerk") == []
    assert titles(people, "enterprise_manager") == []


def test_the_page_of_a_site_names_what_images_say_of_it(people: People) -> None:
    from qingshan.office.mines.models import Site

    site = Site.objects.create(key="D-1", name="老虎沟采坑", region=region(), geom=land_of(1))
    claim, clue = claimed(people, site=site), a_clue(land_of(1))
    page = people.enter("county_clerk").get(f"/sites/{site.pk}/").content.decode()
    for each in (claim, clue):
        assert each.number in page
    assert "影像核验" in page
