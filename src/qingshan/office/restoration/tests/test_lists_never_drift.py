"""Does a denominator change only by an approval, and can the list of any day be asked for?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from qingshan.geo.area import area_m2
from qingshan.office.errors import NotAllowed
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.actions import Entering
from qingshan.office.restoration.checking import astray
from qingshan.office.restoration.models import ListedSite, ListMove, TargetList
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.restoration.tests.factories import World, a_list, moved_in, square
from qingshan.office.trail.models import Entry
from qingshan.rules.rates import Basis
from qingshan.rules.restoration import rates


def seen(world: World, on: date | None = None, **narrowed: object) -> tuple[int, float]:
    found = queries.reached(actor=world.actor("provincial_dispatcher"), on=on or world.today, **narrowed)
    return found.sites, float(found.area_m2)


def test_a_site_comes_in_only_with_an_approval(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    with pytest.raises(RestorationRefused) as refused:
        actions.move_in(
            target_list, [Entering(site)], number=" ", occurred_on=world.today,
            **world.by("provincial_reviewer"),
        )  # fmt: skip
    assert refused.value.code == "restoration.no_approval"
    assert not ListedSite.objects.exists()


def test_the_list_of_any_day_can_be_asked_for(world: World) -> None:
    target_list, sites = a_list(world), [world.site(square(122.2 + n / 100)) for n in range(3)]
    first_day = world.today
    rows = moved_in(world, target_list, *sites)
    world.later(10)
    actions.move_out(
        rows[1], number="青自然资〔2026〕20号", occurred_on=world.today, note="已划入保护地",
        **world.by("provincial_reviewer"),
    )  # fmt: skip
    whole = sum(site.area_m2 or 0 for site in sites)
    assert seen(world, first_day) == (3, pytest.approx(whole, abs=1e-3))
    assert seen(world) == (2, pytest.approx(whole - (sites[1].area_m2 or 0), abs=1e-3))
    assert seen(world, first_day - timedelta(days=1)) == (0, 0.0)


def test_every_move_leaves_one_entry_with_number_day_and_area(world: World) -> None:
    target_list = a_list(world)
    moved_in(world, target_list, world.site(), areas=[25_000.0])
    entry = Entry.objects.get(act="restoration.move_in")
    assert '"area_ha":"2.5000"' in entry.new_json
    assert "青自然资〔2026〕9号" in entry.new_json


def test_land_under_two_sites_counts_once_and_both_are_named(world: World) -> None:
    one, other = world.site(square(122.2)), world.site(square(122.201))
    rows = moved_in(world, a_list(world), one, other)
    union = area_m2(one.geom.union(other.geom))
    assert seen(world)[1] == pytest.approx(union, abs=0.1)
    [named] = ListMove.objects.get(listed=rows[1]).overlaps or []
    assert named["name"] == str(rows[0])


def test_when_the_first_of_two_leaves_its_share_falls_to_the_other(world: World) -> None:
    one, other = world.site(square(122.2)), world.site(square(122.201), county="990102")
    rows = moved_in(world, a_list(world), one, other)
    actions.move_out(
        rows[0], number="20号", occurred_on=world.today, note="重复", **world.by("provincial_reviewer")
    )
    assert seen(world) == (1, pytest.approx(other.area_m2, abs=0.1))
    assert seen(world, region_id=one.region_id) == (0, 0.0)
    assert ListMove.objects.filter(move="recount").count() == 1


def test_three_over_each_other_count_as_one_piece_whoever_leaves(world: World) -> None:
    sites = [world.site(square(122.2 + n * 0.0005)) for n in range(3)]
    rows = moved_in(world, a_list(world), *sites)
    actions.move_out(
        rows[0], number="20号", occurred_on=world.today, note="核减", **world.by("provincial_reviewer")
    )
    assert seen(world)[1] == pytest.approx(area_m2(sites[1].geom.union(sites[2].geom)), abs=0.1)


def test_a_site_without_shape_or_area_counts_by_site_and_is_said_to_be_missing(world: World) -> None:
    moved_in(world, a_list(world), world.site(), world.site(square(122.2)))
    found = queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today)
    by_area = next(each for each in rates(found) if each.rate.basis is Basis.AREA)
    assert (found.sites, found.sites_without_area) == (2, 1)
    assert by_area.is_partial


def test_a_site_comes_back_only_once_and_only_by_a_new_approval(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    [row] = moved_in(world, target_list, site)
    with pytest.raises(RestorationRefused):
        moved_in(world, target_list, site)
    actions.move_out(
        row, number="20号", occurred_on=world.today, note="核减", **world.by("provincial_reviewer")
    )
    moved_in(world, target_list, site)
    assert seen(world)[0] == 1
    assert ListMove.objects.count() == 3


def test_a_move_can_be_neither_changed_nor_deleted(world: World) -> None:
    moved_in(world, a_list(world), world.site(square(122.2)))
    for change in ("UPDATE restoration_listmove SET sites = 5", "DELETE FROM restoration_listmove"):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            connection.cursor().execute(change)


def test_a_county_sees_the_lists_of_the_province_and_its_own_sites_only(world: World) -> None:
    target_list = a_list(world)
    moved_in(world, target_list, world.site(square(122.2)), world.site(square(122.6), county="990102"))
    neighbour = world.actor("other_county_clerk")
    assert queries.lists_of(neighbour) == [target_list]
    assert queries.reached(actor=neighbour, on=world.today).sites == 1


def test_a_clerk_without_review_moves_nothing(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    with pytest.raises(NotAllowed):
        actions.move_in(
            target_list, [Entering(site)], number="1号", occurred_on=world.today, **world.by("county_clerk")
        )
    assert TargetList.objects.count() == 1


def test_the_doctor_names_a_figure_that_was_changed_behind_the_program(world: World) -> None:
    [row] = moved_in(world, a_list(world), world.site(square(122.2)))
    assert astray() == []
    ListedSite.objects.filter(pk=row.pk).update(target_cm2=1)
    [line] = astray()
    assert row.key in line
