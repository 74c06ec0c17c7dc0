"""Does the workbench say which terms are over or end soon, and does each line open exactly the rows it counts?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from qingshan.office.accounts.actors import actor_of
from qingshan.office.accounts.models import Person
from qingshan.office.accounts.tests.people import a_holding, a_person, a_post
from qingshan.office.desk import terms
from qingshan.office.mines.models import LandUse, MiningRight
from qingshan.office.mines.tests.factories import EAST, WEST, bureau, regions
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.register import RightState

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return shanghai_date(timezone.now())


@pytest.fixture
def county_clerk(today) -> Person:
    """Whose county has one of everything, beside what must not be counted."""
    regions()
    _right("C-1", today - timedelta(days=1))
    _right("C-2", today)
    _right("C-3", today + timedelta(days=90))
    _right("C-4", today + timedelta(days=91))
    _right("C-5", today - timedelta(days=9), state=RightState.CANCELLED)
    _right("C-6", today - timedelta(days=9), region=EAST)
    _land("L-1", today - timedelta(days=3))
    _land("L-2", today - timedelta(days=3), returned_on=today - timedelta(days=2))
    _land("L-3", today + timedelta(days=3))
    return _clerk()


def _clerk() -> Person:
    office = bureau(WEST)
    person = a_person(office, "林经办", login_name="lin")
    a_holding(person, a_post(office, "登记员", Duty.REGISTRY))
    return person


def _right(key: str, to_on, *, state: RightState = RightState.IN_FORCE, region: int = WEST) -> None:
    MiningRight.objects.create(key=key, region_id=region, to_on=to_on, state=state.value)


def _land(key: str, to_on, **more: object) -> None:
    LandUse.objects.create(key=key, region_id=WEST, to_on=to_on, **more)


def test_what_is_over_stands_first_and_each_line_counts_what_still_stands(
    county_clerk: Person, today
) -> None:
    found = terms.lines(actor_of(county_clerk, on=today), today=today)
    assert [(line.look, line.title) for line in found] == [
        ("late", "1 宗采矿权已到期，尚未延续或注销"),
        ("late", "1 宗临时用地已到期，尚未还地"),
        ("due", "2 宗采矿权 90 天内到期"),
        ("due", "1 宗临时用地 90 天内到期"),
    ]


def test_each_line_opens_the_list_of_exactly_these_rows(county_clerk: Person, today, client: Client) -> None:
    client.force_login(county_clerk, backend="django.contrib.auth.backends.ModelBackend")
    wanted = [["C-1"], ["L-1"], ["C-2", "C-3"], ["L-3"]]
    for line, keys in zip(terms.lines(actor_of(county_clerk, on=today), today=today), wanted, strict=True):
        page = client.get(line.url).content.decode()
        assert sorted(set(re.findall(r"\b[CL]-\d\b", page))) == keys


def test_the_card_stands_on_the_workbench_in_both_languages(county_clerk: Person, client: Client) -> None:
    client.force_login(county_clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert "2 宗采矿权 90 天内到期" in client.get("/").content.decode()
    client.cookies["language"] = "en"
    assert "2 mining rights end within 90 days" in client.get("/").content.decode()


def test_whom_the_register_does_not_concern_is_told_nothing(today) -> None:
    regions()
    with translation.override("en"):
        assert terms.lines(actor_of(_clerk(), on=today), today=today) == []


def test_a_line_asks_two_queries_however_many_rows_it_counts(
    county_clerk: Person, today, django_assert_num_queries
) -> None:
    actor = actor_of(county_clerk, on=today)
    with django_assert_num_queries(2 * len(terms.ASKED)):
        terms.lines(actor, today=today)
