"""Is accepted land watched as long as its check found aftercare secured, and else as plan or rulebook say?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import time_machine

from qingshan.office.batches.facts import batch_of
from qingshan.office.batches.lasting import cared_until
from qingshan.office.batches.models import SiteCheck
from qingshan.office.batches.tests.factories import (
    GOOD,
    NOW,
    PASSES,
    World,
    a_batch,
    a_single,
    accept_single,
    led_to,
    rows,
    some_sites,
)
from qingshan.office.observations.models import Claim
from qingshan.office.planting.lasting import LastingFilters, lasting
from qingshan.rules.acceptance import Criterion
from qingshan.rules.aftercare import secured_until
from qingshan.rules.dates import months_later

YEARS = Criterion.AFTERCARE_YEARS
BY_BOOK = 36


@pytest.mark.parametrize(("years", "months"), [(Decimal(5), 60), (Decimal("4.5"), 54)])
def test_what_the_check_found_secured_goes_before_the_rulebook(
    world: World, years: Decimal, months: int
) -> None:
    matter = led_to(world, a_single(world), "applied")
    accept_single(world, matter, replace(PASSES, measured={**GOOD, YEARS: years}))
    [claim] = Claim.objects.filter(matter=matter)
    assert claim.watched_until == months_later(world.today, months)
    [row] = rows(matter)
    assert cared_until([row]) == {row.pk: claim.watched_until}


def test_of_sites_that_were_not_drawn_nothing_is_known_and_the_rulebook_speaks(world: World) -> None:
    matter = led_to(world, a_batch(world, *some_sites(world, 4)), "accepted")
    looked_at = set(SiteCheck.objects.values_list("batch_site_id", flat=True))
    unseen = {row.pk for row in rows(matter)} - looked_at
    assert unseen
    assert set(cared_until(rows(matter))) == looked_at
    claims = Claim.objects.filter(matter=matter, subject_id__in=unseen)
    assert {claim.watched_until for claim in claims} == {
        months_later(batch_of(matter).accepted_on or world.today, BY_BOOK)
    }


def test_accepted_sites_of_batches_stand_among_those_in_aftercare_with_their_page(world: World) -> None:
    matter = led_to(world, a_batch(world, *some_sites(world, 4)), "accepted")
    actor = world.actor("county_clerk")
    found = lasting(actor=actor, filters=LastingFilters(world.today))
    looked_at = set(SiteCheck.objects.values_list("batch_site__site_id", flat=True))
    assert {row.site_id for row in found} == {row.site_id for row in rows(matter)}
    assert {row.site_id for row in found if row.until} == looked_at
    assert all(row.evaluated_by == months_later(world.today, 60) for row in found)
    with time_machine.travel(NOW, tick=False):
        client = world.people.enter("county_clerk")
        listed = client.get("/planting/lasting/").content.decode()
        assert matter.get_absolute_url() in listed
        page = client.get(matter.get_absolute_url()).content.decode()
    assert "验收后管护" in page
    assert "第三十一条" in page


def test_no_years_secured_is_no_end() -> None:
    assert secured_until(date(2026, 1, 1), None) is None
    assert secured_until(date(2026, 1, 1), Decimal(0)) is None
    assert secured_until(date(2026, 1, 31), Decimal(1)) == date(2027, 1, 31)
