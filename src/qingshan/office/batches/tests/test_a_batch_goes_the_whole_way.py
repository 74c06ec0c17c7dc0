"""Does a batch go from being put together to being done, and do its sites count on the list of targets once?"""

from __future__ import annotations

import pytest

from qingshan.office.batches.checking import astray
from qingshan.office.batches.tests.factories import World, a_batch, a_single, led_to, rows, some_sites
from qingshan.office.matters.checking import astray as matters_astray
from qingshan.office.restoration import queries
from qingshan.office.restoration.checking import astray as restoration_astray
from qingshan.office.restoration.tests.factories import a_list, moved_in
from qingshan.office.trail.models import Entry


def test_a_batch_is_done_after_every_step_and_leaves_the_stock(world: World) -> None:
    matter = led_to(world, a_batch(world), "done")
    assert (matter.state_name, matter.closed_on) == ("done", world.today)
    assert {row.standing for row in rows(matter)} == {"accepted"}
    assert not any(row.is_open for row in rows(matter))
    assert [*astray(), *matters_astray(), *restoration_astray()] == []


def test_each_step_leaves_one_entry_of_the_trail(world: World) -> None:
    matter = led_to(world, a_batch(world), "done")
    acts = list(Entry.objects.order_by("seq").values_list("act", flat=True))
    assert acts == [step.act for step in matter.steps.order_by("matter_version")]


def test_accepted_sites_count_on_the_list_when_the_batch_is_concluded(world: World) -> None:
    target_list, sites = a_list(world), some_sites(world, 4)
    moved_in(world, target_list, *sites)
    matter = led_to(world, a_batch(world, *sites), "in_notice")
    actor = world.actor("provincial_dispatcher")
    assert queries.reached(actor=actor, on=world.today).sites_done == 0
    led_to(world, matter, "done")
    found = queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today)
    assert (found.sites_done, found.sites) == (4, 4)
    assert float(found.area_done_m2) == pytest.approx(sum(site.area_m2 or 0 for site in sites), abs=1e-3)


def test_a_single_site_is_accepted_by_itself_and_counts(world: World) -> None:
    target_list, [site] = a_list(world), some_sites(world, 1)
    moved_in(world, target_list, site)
    matter = led_to(world, a_single(world, site), "done")
    assert matter.number == "单项-990101-2026-0001"
    assert queries.reached(actor=world.actor("provincial_dispatcher"), on=world.today).sites_done == 1
    assert [*astray(), *matters_astray(), *restoration_astray()] == []
