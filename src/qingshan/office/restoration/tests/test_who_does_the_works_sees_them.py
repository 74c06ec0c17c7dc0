"""Does an enterprise that works at another's mine see what it works on, do its part, and see nothing else?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.accounts.models import Organisation
from qingshan.office.accounts.tests.people import SINCE, a_holding, a_person, a_post
from qingshan.office.matters.access import branches_for
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.actions import Brought, Named
from qingshan.office.matters.actions.parties import name_parties
from qingshan.office.matters.models import Evidence, Matter, Step
from qingshan.office.observations.access import claims_visible_to, may_answer
from qingshan.office.restoration import actions
from qingshan.office.restoration.access import visible_to
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.tests.factories import World, a_project, done, rows_of
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened, words
from qingshan.rules.duties import Duty
from qingshan.rules.register import OrganisationKind
from qingshan.rules.roles import Role


@pytest.fixture
def builder(world: World) -> Organisation:
    """A building firm with one account; it has no mine."""
    people = world.people
    firm = Organisation.objects.create(
        kind=OrganisationKind.ENTERPRISE, name="白沙生态工程有限公司", region=people.regions["990102"],
        uscc="91110000MA01ABCD1X", from_on=SINCE,
    )  # fmt: skip
    person = a_person(firm, "石工", login_name="builder")
    people.organisations["builder"] = firm
    people.persons["builder"] = person
    people.holdings["builder"] = a_holding(person, a_post(firm, "项目经理", Duty.ENTERPRISE))
    return firm


def built(world: World, **changes: Any) -> Matter:
    """A project at the mine of one enterprise, carried out by another."""
    units = {Role.ANSWERING: "county_bureau", Role.EXECUTING: "builder"}
    parties = tuple(Named(role, world.people.organisations[name]) for role, name in units.items())
    return a_project(world, parties=parties, **changes)


def seen_by(world: World, who: str) -> set[int]:
    return set(matters_visible_to(Matter.objects.all(), world.actor(who)).values_list("pk", flat=True))


def test_whoever_carries_the_works_out_finds_opens_and_does_them(world: World, builder: Organisation) -> None:
    matter = built(world)
    a_project(world)  # another one, in which the firm has no part
    assert matter.enterprise != builder
    assert matter.title in words(opened(world, "builder", "/restoration/"))
    assert seen_by(world, "builder") == {matter.pk}
    matter = led_to_ready(world, matter)
    page = words(opened(world, "builder", f"/restoration/{matter.pk}/"))
    assert "轮到我" in page
    sent = {
        "grounds": "",
        "occurred_on": world.today.isoformat(),
        "version": matter.version,
        "nothing_secret": "on",
    }
    assert opened(world, "builder", f"/restoration/{matter.pk}/begin_works/", sent).status_code == 302
    assert world.fresh(matter).state_name == "working"


def led_to_ready(world: World, matter: Matter) -> Matter:
    numbered = Brought(number="云自然资〔2026〕3号")
    actions.approve_project(matter, numbered, **world.by("city_reviewer"))
    matter = world.fresh(matter)
    actions.submit_design(matter, Brought(), title="方案", planned_fen=1, **world.by("builder"))
    due_on = world.today + timedelta(days=300)
    actions.approve_design(world.fresh(matter), numbered, due_on=due_on, **world.by("city_reviewer"))
    return world.fresh(matter)


def test_it_sees_what_hangs_on_the_project_and_answers_findings_on_its_claims(
    world: World, builder: Organisation
) -> None:
    matter = led_to_ready(world, built(world))
    actions.begin_works(matter, Brought(), **world.by("builder"))
    matter = world.fresh(matter)
    actions.claim_completion(matter, Brought(), done=done(matter), **world.by("builder"))
    actor = world.actor("builder")
    assert set(visible_to(ProjectSite.objects.all(), actor)) == set(rows_of(matter))
    assert matters_visible_to(Step.objects.filter(matter=matter), actor).count() == matter.steps.count()
    [claim] = claims_visible_to(actor)
    assert claim.matter_id == matter.pk
    assert may_answer(claim, actor)
    assert may_answer(claim, world.actor("enterprise_manager"))
    assert not may_answer(claim, world.actor("expert"))


def test_whoever_has_no_part_any_more_sees_it_no_longer(world: World, builder: Organisation) -> None:
    matter = built(world)
    replaced = Named(Role.EXECUTING, world.people.organisations["enterprise"])
    name_parties(matter, [replaced], on=world.today)
    assert seen_by(world, "builder") == set()
    assert opened(world, "builder", f"/restoration/{matter.pk}/").status_code == 404


def test_other_parts_than_the_works_show_nothing(world: World, builder: Organisation) -> None:
    matter = a_project(world)
    name_parties(matter, [Named(Role.JOINT, builder)], on=world.today)
    assert seen_by(world, "builder") == set()
    assert not matters_visible_to(Evidence.objects.all(), world.actor("builder")).exists()


def test_a_matter_stands_in_one_branch_only(world: World, builder: Organisation) -> None:
    own = a_project(world)  # at its own mine, carried out by itself
    found = [set(part) for part in branches_for(Matter.objects.all(), world.actor("enterprise_manager"))]
    assert sum(own in part for part in found) == 1
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(branches_for(Matter.objects.all(), world.actor("county_clerk"))[0])
    assert "party" not in str(asked.captured_queries), "authorities are spared the question"
