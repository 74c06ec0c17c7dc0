"""Does the survival that planting has observed stand in the check of a site, confirmed or changed by whoever checks?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from qingshan.office.batches import actions
from qingshan.office.batches.actions import Found, Visit
from qingshan.office.batches.models import BatchSite, SiteCheck
from qingshan.office.batches.observed import Observed, observed_on
from qingshan.office.batches.tests.factories import (
    GOOD,
    NOW,
    PASSES,
    World,
    a_batch,
    led_to,
    rows,
    some_sites,
)
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.planting.queries import SiteSurvival, survival_on
from qingshan.office.planting.tests.factories import SPRING, a_plot, planted, seen
from qingshan.rules.acceptance import Criterion
from qingshan.rules.rulebook import in_force
from qingshan.rules.sampling import Check
from qingshan.rules.survival import Observation, Planting, Plot, survival_of, survival_over

RATE = Criterion.SURVIVAL_PERCENT


def drawn_row(world: World, *sites: Site) -> tuple[Matter, BatchSite]:
    """A batch whose sample was drawn, and a site of it."""
    matter = led_to(world, a_batch(world, *sites), "checking")
    return matter, next(row for row in rows(matter) if row.check_named is Check.OPEN)


def form_of(world: World, matter: Matter, row: BatchSite) -> str:
    with time_machine.travel(NOW, tick=False):
        path = f"/batches/{matter.pk}/sites/{row.pk}/record_check/"
        return world.people.enter("city_reviewer").get(path).content.decode()


def value_in(page: str) -> str:
    """What stands in the field of the survival rate."""
    [field] = re.findall(r'<input[^>]*name="value_survival_percent"[^>]*>', page)
    return "".join(re.findall(r' value="([^"]*)"', field))


def looked_at(world: World, matter: Matter, row: BatchSite, found: Found) -> SiteCheck:
    visit = Visit("钱审、周专", world.today)
    actions.record_check(matter, row, Brought(), found=found, visit=visit, **world.by("city_reviewer"))
    return SiteCheck.objects.get(batch_site=row)


def test_a_rate_of_all_plots_is_filled_in_with_where_it_comes_from(world: World) -> None:
    [site] = some_sites(world, 1)
    for name, living in (("东坡", 46), ("西坡", 47)):
        plot = a_plot(world, site, name=name)
        planted(world, plot, 1_000)
        seen(world, plot, living, 50)
    matter, row = drawn_row(world, site)
    page = form_of(world, matter, row)
    assert value_in(page) == "93"
    assert "已按造林种草台账填入，请到场核对后确认或改正。" in page
    assert f'href="/sites/{site.pk}/#planting"' in page
    assert (SPRING + timedelta(days=180)).isoformat() in page


def test_while_a_plot_is_not_observed_the_field_is_empty_and_says_of_how_many_it_is_known(
    world: World,
) -> None:
    [site] = some_sites(world, 1)
    for name in ("东坡", "西坡"):
        planted(world, a_plot(world, site, name=name))
    seen(world, site.plots.first(), 46, 50)
    matter, row = drawn_row(world, site)
    page = form_of(world, matter, row)
    assert value_in(page) == ""
    assert "造林种草台账没有可用的成活率，请实测填写。" in page
    assert survival_on(site.pk, on=world.today).over.say() in page


def test_a_plot_in_which_nothing_was_counted_leaves_no_rate(world: World) -> None:
    [site] = some_sites(world, 1)
    counted, sown = a_plot(world, site, name="东坡"), a_plot(world, site, name="撒播坡")
    planted(world, counted)
    seen(world, counted, 46, 50)
    planted(world, sown, None, species="紫花苜蓿", weight_g=30_000)
    [row] = rows(a_batch(world, site))
    one = observed_on(row, on=world.today)[RATE]
    assert one.value is None
    assert "另有 1 块没有株数" in one.because


def test_where_nothing_was_planted_nothing_is_said(world: World) -> None:
    matter, row = drawn_row(world, *some_sites(world, 1))
    page = form_of(world, matter, row)
    assert value_in(page) == ""
    assert "造林种草台账" not in page


def test_confirmed_it_is_kept_with_numerator_denominator_and_its_interval(world: World) -> None:
    [site] = some_sites(world, 1)
    plot = a_plot(world, site)
    planted(world, plot, 1_000)
    seen(world, plot, 44, 50)
    matter, row = drawn_row(world, site)
    found = replace(PASSES, measured={**GOOD, RATE: Decimal(88)})
    check = looked_at(world, matter, row, found)
    assert check.observed is not None
    kept = check.observed["survival_percent"]
    assert (kept["value"], kept["rate"], kept["confirmed"]) == ("88", "22/25", True)
    assert (kept["plots"], kept["observed"], kept["planted"]) == (1, 1, 1_000)
    [judged] = [each for each in check.judged if each["criterion"] == "survival_percent"]
    assert "rules.acceptance.within_error" in {each["code"] for each in judged["because"]}


def test_changed_by_the_checker_the_check_counts_and_both_are_kept(world: World) -> None:
    [site] = some_sites(world, 1)
    plot = a_plot(world, site)
    planted(world, plot)
    seen(world, plot, 49, 50)
    matter, row = drawn_row(world, site)
    check = looked_at(world, matter, row, replace(PASSES, measured={**GOOD, RATE: Decimal(41)}))
    assert check.result_named is Check.FAILED
    assert check.measured["survival_percent"] == "41"
    assert check.observed is not None
    assert (check.observed["survival_percent"]["value"], check.observed["survival_percent"]["confirmed"]) == (
        "98",
        False,
    )


def test_left_empty_by_the_checker_it_is_unknown_whatever_planting_says(world: World) -> None:
    [site] = some_sites(world, 1)
    plot = a_plot(world, site)
    planted(world, plot)
    seen(world, plot, 49, 50)
    matter, row = drawn_row(world, site)
    check = looked_at(world, matter, row, replace(PASSES, measured={**GOOD, RATE: None}))
    assert check.result_named is Check.OPEN


@given(
    st.lists(
        st.tuples(st.integers(1, 400), st.integers(0, 400)).map(lambda pair: (max(pair), min(pair))),
        min_size=1,
        max_size=4,
    ),
    st.integers(1, 1000),
)
def test_what_is_filled_in_keeps_a_limit_only_where_the_rate_does(
    counts: list[tuple[int, int]], limit_tenths: int
) -> None:
    on, book = SPRING + timedelta(days=200), in_force("planting", on=SPRING)
    of_plots = tuple(
        survival_of(
            Plot(str(n), (Planting(SPRING, examined),), (Observation(on, examined, living),)),
            on=on,
            book=book,
        )
        for n, (examined, living) in enumerate(counts)
    )
    one = Observed(1, SiteSurvival(survival_over(of_plots, book), of_plots))
    rate, limit = one.survival.over.rate, Decimal(limit_tenths) / 10
    assert rate is not None
    assert one.value is not None
    assert (one.value >= limit) == (rate * 100 >= limit)
