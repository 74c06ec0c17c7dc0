"""Are experts drawn for a problem and assigned to it, and does nobody come who has to do with its mine or its units?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Organisation
from qingshan.office.cases.tests.factories import World, a_case, a_world, brought_to
from qingshan.office.cases.tests.test_pages import opened
from qingshan.office.errors import NotFound
from qingshan.office.experts import actions
from qingshan.office.experts.about import About, about
from qingshan.office.experts.actions import ExpertFacts, TieFacts
from qingshan.office.experts.actions.drawing import Announcement
from qingshan.office.experts.drawing import drawn_of, stays_away
from qingshan.office.experts.models import Expert
from qingshan.office.matters.access import visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.mines.experts import mine_numbered
from qingshan.office.mines.models import Mine
from qingshan.office.trail.models import Entry
from qingshan.rules.draw import Outcome
from qingshan.rules.experts import TieGrounds, TieKind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def keeper(world: World) -> Actor:
    return world.actor("registry_officer")


@pytest.fixture
def reviewer(world: World) -> Actor:
    return world.actor("county_reviewer")


def entered(world: World, key: str, employer: str = "青山农林科学院", **more: Any) -> Expert:
    house = Organisation.objects.filter(name=employer).first()
    facts = ExpertFacts(f"专家{key}", ("soil",), employer, organisation=house, **more)
    pool = world.people.regions["990000"]
    return actions.enter(
        facts, key=key, pool=pool, entered_by="名单", actor=world.actor("registry_officer"), now=world.now
    )


def tied(world: World, expert: Expert, kind: TieKind, named: str) -> None:
    facts = TieFacts(kind, named, TieGrounds.WORKED, date(2025, 1, 1))
    actions.add_tie(expert, facts, actor=world.actor("registry_officer"), now=world.now)


def why(world: World, expert: Expert, wanted_for: About) -> list[str]:
    return [each.code for each in stays_away(expert, wanted_for.concerned, on=world.today)]


def of_the_case(world: World, matter: Matter, who: str = "county_reviewer") -> About:
    return about("matters.matter", matter.pk, actor=world.actor(who))


def test_the_enterprise_its_parent_the_mine_and_the_units_are_what_a_case_touches(world: World) -> None:
    firm = world.organisation("enterprise")
    group = Organisation.objects.create(
        kind="enterprise", name="青石集团", region=firm.region, from_on=date(2020, 1, 1)
    )
    Organisation.objects.filter(pk=firm.pk).update(parent=group)
    matter = brought_to(world, "rectifying")
    touched = {each.name for each in of_the_case(world, matter).concerned}
    assert {"青石矿业有限公司", "青石集团", "老虎沟铁矿", "青石县", "云岭市", "青山省"} <= touched


@pytest.mark.parametrize(
    ("kind", "named"),
    [(TieKind.MINE, "M-1"), (TieKind.ORGANISATION, "青石矿业有限公司"), (TieKind.REGION, "990101")],
)
def test_a_tie_to_mine_enterprise_or_region_keeps_an_expert_away(
    world: World, kind: TieKind, named: str
) -> None:
    matter = a_case(world)
    away, free = entered(world, "ZJ-1"), entered(world, "ZJ-2")
    tied(world, away, kind, named)
    assert why(world, away, of_the_case(world, matter)) == ["rules.experts.tie"]
    assert why(world, free, of_the_case(world, matter)) == []


def test_a_tie_to_a_number_that_was_merged_holds_for_the_mine_that_is_left(world: World) -> None:
    former = Mine.objects.create(key="M-0", name="旧矿", region=world.mine.region)
    expert = entered(world, "ZJ-1")
    tied(world, expert, TieKind.MINE, "M-0")
    Mine.objects.filter(pk=former.pk).update(merged_into=world.mine)
    assert why(world, expert, of_the_case(world, a_case(world))) == ["rules.experts.tie"]


def test_a_mine_that_cannot_be_seen_cannot_be_named(world: World) -> None:
    assert mine_numbered("M-1", world.actor("county_clerk")) == (world.mine.pk, "老虎沟铁矿")
    assert mine_numbered("M-1", world.actor("other_county_clerk")) is None


def test_a_case_that_cannot_be_seen_has_no_experts_page(world: World) -> None:
    matter = a_case(world)
    with pytest.raises(NotFound):
        of_the_case(world, matter, "other_county_clerk")


def test_experts_are_drawn_for_a_case_and_see_it_once_they_are_assigned(
    world: World, reviewer: Actor
) -> None:
    matter = a_case(world)
    person = world.people["expert"]
    own = entered(world, "ZJ-1", person=person)
    away = entered(world, "ZJ-2", "青石矿业有限公司")
    wanted_for = of_the_case(world, matter)
    facts = Announcement(
        "验收专家", world.people.regions["990000"], {"soil": 1}, world.today, "某号", world.today + DAY
    )
    held = actions.announce_draw(
        facts, region=wanted_for.region, about=wanted_for, actor=reviewer, now=world.now
    )
    actions.close_list(held, about=wanted_for, version=1, actor=reviewer, now=world.now)
    actions.draw(held, number="7", version=2, actor=reviewer, now=world.now + DAY)
    outcomes = {each.id: each.outcome for each in drawn_of(held).places}
    assert outcomes == {own.key: Outcome.CHOSEN, away.key: Outcome.EXCLUDED}
    expert = world.people.actor("expert", on=world.today)
    assert not visible_to(Matter.objects.all(), expert).exists()
    entries = Entry.objects.count()
    actions.assign(own, wanted_for, to_on=world.today + 9 * DAY, actor=reviewer, now=world.now)
    assert Entry.objects.count() == entries + 1
    assert list(visible_to(Matter.objects.all(), expert)) == [matter]


def test_the_page_of_a_case_leads_to_its_experts(world: World) -> None:
    matter = a_case(world)
    card = f"/experts/about/matters.matter/{matter.pk}/card/"
    assert card in opened(world, "county_reviewer", f"/cases/{matter.pk}/").content.decode()
    assert "还没有抽取、指派或征求过专家" in opened(world, "county_reviewer", card).content.decode()
    assert card not in opened(world, "enterprise_manager", f"/cases/{matter.pk}/").content.decode()
    assert opened(world, "enterprise_manager", card).status_code == 403
    assert opened(world, "other_county_clerk", card).status_code == 404


@pytest.mark.parametrize("below", ["", "card/", "assign/", "invite/"])
def test_every_page_of_the_experts_of_a_case_opens(world: World, below: str) -> None:
    matter = a_case(world)
    entered(world, "ZJ-1", person=world.people["expert"])
    assert (
        opened(world, "county_reviewer", f"/experts/about/matters.matter/{matter.pk}/{below}").status_code
        == 200
    )
    assert (
        opened(world, "county_reviewer", f"/experts/about/mines.mine/{world.mine.pk}/{below}").status_code
        == 200
    )
    announcing = f"/experts/draws/new/?kind=matters.matter&object={matter.pk}"
    assert "为此抽取" in opened(world, "county_reviewer", announcing).content.decode()
