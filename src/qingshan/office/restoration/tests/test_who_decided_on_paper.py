"""Can a clerk enter what a reviewer decided on paper about lists and land, with both named?"""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.http import HttpResponse

from qingshan.office.restoration.models import LandParcel, ListedSite
from qingshan.office.restoration.tests.factories import World, a_list, moved_in, square
from qingshan.office.restoration.tests.test_land_moves_by_acts_only import disturbed
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import words
from qingshan.office.trail.models import Entry


def sent(world: World, name: str, path: str, given: dict[str, Any]) -> HttpResponse:
    with time_machine.travel(world.now, tick=False):
        return world.people.enter(name).post(path, given)


def shown(world: World, name: str, path: str) -> str:
    with time_machine.travel(world.now, tick=False):
        return words(world.people.enter(name).get(path))


def on_paper(world: World, decider: str) -> dict[str, Any]:
    return {
        "decider": world.people.holdings[decider].pk,
        "paper_number": "云自然资〔2026〕11号",
        "decided_on": world.today.isoformat(),
    }


def both_named(decider: str, recorder: str) -> None:
    newest = Entry.objects.latest("seq")
    assert (newest.decider_name, newest.recorder_name) == (decider, recorder)
    assert newest.paper_number == "云自然资〔2026〕11号"


def test_a_clerk_enters_an_approved_move_in(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    assert "代录" in shown(world, "county_clerk", "/restoration/listed/in/")
    given = {"target_list": target_list.pk, "sites": site.key, **on_paper(world, "county_reviewer")}
    assert sent(world, "county_clerk", "/restoration/listed/in/", given).status_code == 302
    row = ListedSite.objects.get()
    assert row.moves.get().number == "云自然资〔2026〕11号"
    both_named("韩验", "陈登")


def test_a_clerk_enters_an_approved_move_out(world: World) -> None:
    [row] = moved_in(world, a_list(world), world.site(square(122.2)))
    path = f"/restoration/listed/{row.pk}/out/"
    given = {"note": "划入保护地", "version": row.version, **on_paper(world, "city_reviewer")}
    assert sent(world, "county_clerk", path, given).status_code == 302
    row.refresh_from_db()
    assert not row.is_on_list
    both_named("钱审", "陈登")


def test_a_clerk_enters_what_a_reviewer_found_about_land(world: World) -> None:
    parcel = disturbed(world)
    path = f"/restoration/land/plots/{parcel.pk}/make_land_available/"
    assert "代录" in shown(world, "county_clerk", path)
    names = ("mined", "installations", "ore_within_ten_years", "kept_by_agreement")
    answers = dict.fromkeys(names, "no")
    given = {**answers, "version": parcel.version, **on_paper(world, "city_reviewer")}
    assert sent(world, "county_clerk", path, given).status_code == 302
    assert LandParcel.objects.get(pk=parcel.pk).state == "available"
    both_named("钱审", "陈登")


def test_whoever_decided_must_have_had_the_duty_there(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2), county="990102")
    given = {"target_list": target_list.pk, "sites": site.key, **on_paper(world, "county_reviewer")}
    assert sent(world, "provincial_dispatcher", "/restoration/listed/in/", given).status_code in (403, 422)
    assert not ListedSite.objects.exists()


@pytest.mark.parametrize("path", ["/restoration/listed/in/", "/restoration/listed/{}/out/"])
def test_a_reviewer_is_not_asked_for_another(world: World, path: str) -> None:
    [row] = moved_in(world, a_list(world), world.site(square(122.2)))
    assert "代录" not in shown(world, "city_reviewer", path.format(row.pk))


def test_the_acts_stand_on_the_pages_of_whoever_may_enter_them(world: World) -> None:
    [row] = moved_in(world, a_list(world), world.site(square(122.2)))
    assert "调出清单" in shown(world, "county_clerk", f"/restoration/listed/{row.pk}/")
    disturbed(world)
    assert "认定可修复" in shown(world, "county_clerk", f"/restoration/land/mines/{world.mine.pk}/")
