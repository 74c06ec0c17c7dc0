"""Does the shell show each reader what is theirs: navigation, name and post, language?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone

from qingshan.office.accounts.actors import actor_of
from qingshan.office.desk import shell as shell_module
from qingshan.office.desk.shell import Shell
from qingshan.office.desk.tests.factories import person_with
from qingshan.office.doors import Door
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty

DOORS = {
    "/": Door(),
    "/sites/": Door(),
    "/sites/closed/": Door(),
    "/people/": Door(duties=frozenset({Duty.SYSTEM_ADMIN})),
    "/search/": Door(),
}


@pytest.fixture(autouse=True)
def _few_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell_module, "_door_at", DOORS.get)


def shell_of(person: Any, path: str = "/", holdings: int = 1) -> Shell:
    request: Any = RequestFactory().get(path)
    request.user = person
    request.holdings = [SimpleNamespace()] * holdings
    request.actor = actor_of(person, on=shanghai_date(timezone.now()))
    return Shell(request)


def places(shell: Shell) -> list[str]:
    return [item.path for group in shell.navigation for item in group.items]


@pytest.mark.django_db
def test_navigation_shows_the_pages_whose_door_is_open() -> None:
    assert places(shell_of(person_with(Duty.REGISTRY))) == ["/", "/sites/"]
    assert places(shell_of(person_with(Duty.SYSTEM_ADMIN, login_name="xi"))) == ["/", "/sites/", "/people/"]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "marked"), [("/", "page"), ("/sites/", ""), ("/sites/7/", "")])
def test_only_the_exact_home_is_marked_as_home(path: str, marked: str) -> None:
    home = shell_of(person_with(Duty.REGISTRY), path).navigation[0].items[0]
    assert home.current == marked


@pytest.mark.django_db
def test_a_page_below_a_place_marks_that_place() -> None:
    shell = shell_of(person_with(Duty.REGISTRY), "/sites/7/")
    assert [item.path for group in shell.navigation for item in group.items if item.current] == ["/sites/"]


@pytest.mark.django_db
def test_the_shell_names_organisation_post_and_person() -> None:
    shell = shell_of(person_with(Duty.REGISTRY))
    assert shell.who == "青石县自然资源局 · 经办 · 林经办"
    assert str(shell.province) == "青山省（演示）"
    assert not shell.has_other_posts


@pytest.mark.django_db
def test_several_posts_can_be_switched() -> None:
    assert shell_of(person_with(Duty.REGISTRY), holdings=2).has_other_posts


def test_nobody_signed_in_sees_no_navigation_and_costs_no_query() -> None:
    request: HttpRequest = RequestFactory().get("/login/")
    request.user = AnonymousUser()
    shell = Shell(request)
    assert (shell.person, shell.who, shell.navigation, shell.province, shell.checkpoint) == (
        None,
        "",
        [],
        "",
        None,
    )


def test_a_language_is_remembered_and_leads_back() -> None:
    answer = Client(SERVER_NAME="localhost").post("/language/", {"language": "en", "next": "/login/?next=/"})
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/")
    assert answer.cookies["language"].value == "en"


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_a_language_never_leads_elsewhere(address: str) -> None:
    answer = Client(SERVER_NAME="localhost").post("/language/", {"language": "en", "next": address})
    assert answer["Location"] == "/"


def test_an_unknown_language_is_not_remembered() -> None:
    answer = Client(SERVER_NAME="localhost").post("/language/", {"language": "tlh", "next": "/"})
    assert "language" not in answer.cookies


@pytest.mark.django_db
def test_health_says_whether_the_database_answers_and_nothing_else() -> None:
    answer = Client(SERVER_NAME="localhost").get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
