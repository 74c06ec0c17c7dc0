"""Does whoever meets a project elsewhere come to its page, and never to one made for problems?"""

from __future__ import annotations

import pytest
from django.urls import reverse

from qingshan.office.experts.about import about, page_of
from qingshan.office.matters.models import Matter
from qingshan.office.papers.about import about_of
from qingshan.office.papers.tests.factories import drafted
from qingshan.office.restoration.tests.factories import World, a_project, led_to, square
from qingshan.office.trail.models import Entry, Subject


@pytest.fixture
def project(world: World) -> Matter:
    return a_project(world, world.site(square(122.2)))


@pytest.fixture
def page(project: Matter) -> str:
    return reverse("restoration:project", args=[project.pk])


def test_the_dossier_of_the_mine_leads_to_its_projects_and_its_land(world: World, page: str) -> None:
    dossier = world.people.enter("county_clerk").get(f"/mines/{world.mine.pk}/").content.decode()
    assert f'href="{page}"' in dossier
    assert f'href="/restoration/land/mines/{world.mine.pk}/"' in dossier


def test_the_address_of_a_case_leads_to_the_page_of_the_project(
    world: World, project: Matter, page: str
) -> None:
    answer = world.people.enter("county_clerk").get(f"/cases/{project.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, page)


def test_whoever_may_not_see_the_project_is_led_nowhere(world: World, project: Matter) -> None:
    assert world.people.enter("other_county_clerk").get(f"/cases/{project.pk}/").status_code == 404


@pytest.mark.parametrize(
    "below",
    ["correct/", "report_progress/", "plan/", "papers/acceptance/", "complainant/", "closing-file.pdf"],
)
def test_acts_and_papers_of_cases_are_not_found_for_a_project(
    world: World, project: Matter, below: str
) -> None:
    project = led_to(world, project, "working")
    assert world.people.enter("registry_officer").get(f"/cases/{project.pk}/{below}").status_code == 404


def test_the_workbench_of_whoever_has_the_turn_leads_to_the_project(
    world: World, project: Matter, page: str
) -> None:
    assert f'href="{page}"' in world.people.enter("city_reviewer").get("/").content.decode()


def test_a_paper_about_a_project_leads_to_it(world: World, project: Matter, page: str) -> None:
    paper = drafted(world.people, world.mine)
    paper.subject_kind, paper.subject_id = "matters.matter", project.pk
    told = about_of(paper, actor=world.actor("county_clerk"))
    assert told is not None
    assert told.path == page


def test_whoever_draws_experts_for_a_project_comes_back_to_it(
    world: World, project: Matter, page: str
) -> None:
    clerk, stranger = world.actor("county_clerk"), world.actor("other_county_clerk")
    assert about("matters.matter", project.pk, actor=clerk).path == page
    assert page_of("matters.matter", project.pk, actor=clerk) == page
    assert page_of("matters.matter", project.pk, actor=stranger) == ""


def test_the_entry_of_its_registration_leads_to_it(world: World, project: Matter, page: str) -> None:
    seq = Subject.objects.filter(kind="matters.matter", object_id=project.pk).values("entry_seq")[:1]
    entry = Entry.objects.get(seq__in=seq)
    assert f'href="{page}"' in world.people.enter("county_clerk").get(f"/trail/{entry.seq}/").content.decode()
