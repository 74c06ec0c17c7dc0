"""Does the period of art. 29 run from the application, only where that article sets one, and end with its answer?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.places.queries.calendar import calendar
from qingshan.office.restoration import actions
from qingshan.office.restoration.actions import ProjectEntry
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.needs import project_of
from qingshan.office.restoration.tests.factories import World, a_project, led_to, step
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened, words
from qingshan.rules.acceptance import Payer

GROUNDS = Brought(grounds="登记有误")


def corrected(world: World, matter: Matter, payer: Payer | None) -> Matter:
    actions.correct_project(matter, GROUNDS, entry=ProjectEntry(payer=payer), **world.by("county_clerk"))
    return world.fresh(matter)


def folder(world: World, matter: Matter) -> Folder:
    return Folder(matter, actor=world.actor("county_clerk"), now=world.now)


def test_sixty_working_days_run_from_the_application_of_whoever_is_obliged(world: World) -> None:
    matter = led_to(world, a_project(world, payer=Payer.OBLIGED), "self_checked")
    works_due = matter.due_on
    matter = step(world, matter, "applied")
    assert matter.due_on == calendar().add_working_days(world.today, 60).day
    assert matter.due_on != works_due
    moved = matter.due_changes.get(new_due_on=matter.due_on)
    assert (moved.old_due_on, moved.step.facts) == (works_due, {"payer": "obliged"})
    page = words(opened(world, "county_clerk", f"/restoration/{matter.pk}/"))
    assert "余 60 个工作日" in page
    assert "《土地复垦条例》第二十九条" in page
    world.later(120)
    page = words(opened(world, "county_clerk", f"/restoration/{matter.pk}/"))
    assert "超过 " in page.partition("验收期限")[2][:40]


@pytest.mark.parametrize("payer", [Payer.GOVERNMENT, Payer.INVESTOR, None])
def test_no_period_is_invented_where_no_article_sets_one(world: World, payer: Payer | None) -> None:
    matter = led_to(world, a_project(world, payer=payer), "self_checked")
    works_due = matter.due_on
    matter = step(world, matter, "applied")
    assert matter.due_on == works_due
    world.later(30)
    page = words(opened(world, "county_clerk", f"/restoration/{matter.pk}/"))
    assert "第三十条" in page if payer else "没有写明谁来复垦" in page
    assert "个工作日" in page
    assert folder(world, matter).clock_words == ""


def test_what_is_sent_back_has_the_deadline_of_its_works_again(world: World) -> None:
    matter = led_to(world, a_project(world, payer=Payer.OBLIGED), "self_checked")
    works_due = matter.due_on
    matter = step(world, matter, "applied")
    actions.return_acceptance(matter, Brought(grounds="覆土不足"), **world.by("city_reviewer"))
    matter = world.fresh(matter)
    assert (matter.due_on, project_of(matter).applied_on) == (works_due, None)
    assert folder(world, matter).clock is None
    actions.extend_project(
        matter, Brought(grounds="雨季", number="云自然资〔2026〕9号"),
        due_on=world.today + timedelta(days=400), **world.by("city_reviewer"),
    )  # fmt: skip
    world.later(10)
    matter = step(world, step(world, world.fresh(matter), "self_checked"), "applied")
    assert matter.due_on == calendar().add_working_days(world.today, 60).day
    actions.return_acceptance(matter, Brought(grounds="覆土仍不足"), **world.by("city_reviewer"))
    assert world.fresh(matter).due_on == world.today + timedelta(days=390)


def test_whose_works_they_are_can_be_said_later_and_the_period_follows(world: World) -> None:
    matter = led_to(world, a_project(world), "applied")
    works_due, applied_on = matter.due_on, world.today
    world.later(5)
    matter = corrected(world, matter, Payer.OBLIGED)
    assert matter.due_on == calendar().add_working_days(applied_on, 60).day
    matter = corrected(world, matter, None)
    assert project_of(matter).payer == "obliged", "not said again: it stays"
    matter = corrected(world, matter, Payer.GOVERNMENT)
    assert matter.due_on == works_due
    matter = step(world, matter, "aftercare")
    assert matter.due_on == project_of(matter).aftercare_until


def test_a_project_cannot_be_entered_in_the_browser_without_saying_whose_works_they_are(world: World) -> None:
    form = {
        "title": "东坡修复", "sites": world.site().key, "mode": "to_forest", "source": "other",
        "answering": "青石县自然资源局",
    }  # fmt: skip
    refused = opened(world, "county_clerk", "/restoration/new/", form)
    assert refused.status_code == 422
    assert "谁来复垦" in words(refused)
    assert (
        opened(world, "county_clerk", "/restoration/new/", {**form, "payer": "investor"}).status_code == 302
    )
