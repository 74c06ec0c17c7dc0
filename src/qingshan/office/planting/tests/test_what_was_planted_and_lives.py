"""Is it written down what was planted and what lives of it, with doubts that warn, and nothing made up?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from qingshan.office.errors import ChangedMeanwhile, NotAllowed
from qingshan.office.observations import claiming
from qingshan.office.observations.claiming import Claimed
from qingshan.office.planting import actions, queries
from qingshan.office.planting.actions import Corrected, NewPlot, Planted, Seen
from qingshan.office.planting.claims import planted_by
from qingshan.office.planting.fitting import doubted
from qingshan.office.planting.models import Planting, Plot, PlotObservation
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.tests.factories import SPRING, a_plot, planted, seen
from qingshan.office.restoration.tests.factories import World, square
from qingshan.office.trail.models import Entry
from qingshan.office.trail.telling import sentence
from qingshan.rules.errors import RuleError
from qingshan.rules.planting import InSeason, PlantForm, Suitability
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.verification import TargetUse
from qingshan.rules.zones import Ground, Zone


def test_a_plot_is_registered_planted_and_counted_and_its_rate_has_an_interval(world: World) -> None:
    plot = a_plot(world)
    assert plot.key == f"{plot.site.key}-P01"
    planted(world, plot)
    seen(world, plot, 90, 100)
    found = queries.survival_of(plot.site_id, on=world.today)
    assert found.rate is not None
    assert found.rate * 100 == 90
    assert found.interval is not None
    assert found.interval.low < found.rate < found.interval.high
    acts = Entry.objects.order_by("seq").values_list("act", flat=True)
    assert list(acts)[-3:] == [
        "planting.register_plot",
        "planting.note_planting",
        "planting.note_observation",
    ]


def test_several_plots_have_a_partial_rate_until_all_were_looked_at(world: World) -> None:
    site = world.site(square(122.5))
    one, other = a_plot(world, site), a_plot(world, site)
    planted(world, one)
    planted(world, other)
    assert "2 个地块都没有观测" in queries.survival_of(site.pk, on=world.today).say()
    seen(world, one, 800, 1000)
    partial = queries.survival_of(site.pk, on=world.today)
    assert partial.rate is None
    assert partial.partial is not None
    assert (partial.plots, partial.observed) == (2, 1)
    assert "部分" in partial.say()
    seen(world, other, 600, 1000)
    whole = queries.survival_of(site.pk, on=world.today)
    assert whole.partial is None
    assert whole.rate is not None
    assert whole.rate * 100 == 70


def test_a_site_without_plots_has_no_rate_and_says_so(world: World) -> None:
    site = world.site()
    found = queries.survival_of(site.pk, on=world.today)
    assert found.rate is None
    assert found.plots == 0


def test_species_that_do_not_fit_warn_with_their_book_and_refuse_nothing(world: World) -> None:
    plot = a_plot(world)
    row = planted(world, plot, species="椰子", on=date(2025, 7, 15), answer="试验")
    assert row.suitability == Suitability.NOT_LISTED
    assert row.in_season == InSeason.OUT_OF_SEASON
    said = doubted(row.doubts, "zh-hans")
    assert "椰子（乔木）未列入中部山地丘陵区的适宜名录" in said[0].said
    assert said[0].source == "适宜树种草种 第 1 版（待核）"
    assert any("2025-07-15" in each.said for each in said)
    assert row.answer == "试验"


def test_what_fits_in_season_leaves_no_doubt(world: World) -> None:
    row = planted(world, a_plot(world))
    assert (row.suitability, row.in_season) == (Suitability.SUITABLE, InSeason.IN_SEASON)
    assert doubted(row.doubts, "en") == []


def test_without_a_zone_it_is_not_known_whether_anything_fits(world: World) -> None:
    row = planted(world, a_plot(world, ground=Ground()))
    assert row.suitability == Suitability.UNKNOWN


def test_a_new_plot_of_the_county_is_offered_the_zone_that_was_said_last(world: World) -> None:
    other = world.site(square(122.8))
    assert queries.zone_nearby(other) is None
    a_plot(world, ground=Ground(Zone.LOESS))
    assert queries.zone_nearby(other) is Zone.LOESS


def test_a_plot_replanted_since_is_not_observed_until_somebody_looks_again(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    seen(world, plot, 300, 1000)
    planted(world, plot, 700, on=SPRING + timedelta(days=360 - 180 + 10))
    found = queries.survival_of(plot.site_id, on=world.today)
    assert found.rate is None
    assert found.observed == 0
    assert found.planted == 1_700


def test_what_was_sown_by_weight_has_a_cover_and_no_rate(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot, None, weight_g=35_000, species="狗牙根", form=PlantForm.GRASS)
    told = Seen(SPRING + timedelta(days=90), "林查", SurveyMethod.OTHER, cover_percent=Decimal("61.5"))
    actions.note_observation(plot, told, **world.by("county_clerk"))
    assert queries.survival_of(plot.site_id, on=world.today).plots == 0


NO_SUCH_COUNT: list[tuple[dict[str, Any], str]] = [
    ({"living": 101}, "rules.planting.living"),
    ({"examined": 1001}, "rules.planting.more_than_planted"),
    ({"examined": 0, "living": 0}, "rules.planting.living"),
    ({"living": None}, "planting.counts_incomplete"),
    ({"examined": None, "living": None}, "planting.nothing_observed"),
    ({"cover_percent": Decimal(101)}, "planting.cover_not_possible"),
    ({"on": date(2026, 3, 3)}, "planting.day_to_come"),
    ({"on": date(2025, 4, 9)}, "planting.observed_before_planting"),
    ({"by": " "}, "planting.observer_missing"),
]


@pytest.mark.parametrize(("wrong", "code"), NO_SUCH_COUNT)
def test_counts_that_cannot_be_are_refused_and_nothing_is_written(
    world: World, wrong: dict[str, Any], code: str
) -> None:
    plot = a_plot(world)
    planted(world, plot)
    told: dict[str, Any] = {
        "on": date(2025, 10, 1), "by": "林查", "method": SurveyMethod.WHOLE, "examined": 100, "living": 90,
    } | wrong  # fmt: skip
    before = Entry.objects.count()
    with pytest.raises((PlantingRefused, RuleError)) as refused:
        actions.note_observation(plot, Seen(**told), **world.by("county_clerk"))
    assert refused.value.code == code
    assert not PlotObservation.objects.exists()
    assert Entry.objects.count() == before


def test_a_plot_is_observed_once_a_day(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    seen(world, plot, 90, 100)
    with pytest.raises(RuleError) as refused:
        seen(world, plot, 91, 100)
    assert refused.value.code == "rules.planting.observed_twice"


NOTHING_PLANTED: list[tuple[dict[str, Any], str]] = [
    ({"species": " "}, "planting.species_missing"),
    ({"count": 0}, "planting.amount_missing"),
    ({"count": None}, "planting.amount_missing"),
    ({"on": date(2026, 3, 3)}, "planting.day_to_come"),
]


@pytest.mark.parametrize(("wrong", "code"), NOTHING_PLANTED)
def test_plantings_that_say_nothing_are_refused(world: World, wrong: dict[str, Any], code: str) -> None:
    plot = a_plot(world)
    told = {"species": "刺槐", "form": PlantForm.TREE, "on": SPRING, "count": 10} | wrong
    with pytest.raises(PlantingRefused) as refused:
        actions.note_planting(plot, Planted(**told), **world.by("county_clerk"))
    assert refused.value.code == code
    assert not Planting.objects.exists()


def test_a_plot_needs_a_shape_or_an_area_and_a_number_of_its_own(world: World) -> None:
    site = world.site()
    with pytest.raises(PlantingRefused) as refused:
        a_plot(world, site, area_m2=None)
    assert refused.value.code == "planting.area_missing"
    first = a_plot(world, site, key="甲-1")
    with pytest.raises(PlantingRefused) as refused:
        a_plot(world, site, key="甲-1")
    assert refused.value.code == "planting.key_taken"
    assert (first.area_m2, first.own_m2) == (None, 20_000.0)


def test_an_enterprise_keeps_the_records_of_its_own_sites_only(world: World) -> None:
    mine_site = world.site(square(122.6), mine=world.mine, enterprise=world.mine.enterprise)
    own, other = a_plot(world, mine_site), a_plot(world)
    told = Planted("刺槐", PlantForm.TREE, SPRING, 10)
    actions.note_planting(own, told, **world.by("enterprise_manager"))
    with pytest.raises(NotAllowed):
        actions.note_planting(other, told, **world.by("enterprise_manager"))
    with pytest.raises(NotAllowed):
        actions.note_planting(other, told, **world.by("other_county_clerk"))
    with pytest.raises(NotAllowed):
        actions.register_plot(NewPlot(site=own.site, area_m2=1.0), **world.by("other_county_clerk"))


def test_whoever_acted_meanwhile_wins(world: World) -> None:
    plot = a_plot(world)
    stale = Plot.objects.get(pk=plot.pk)
    planted(world, plot)
    with pytest.raises(ChangedMeanwhile):
        planted(world, stale)


def test_a_wrong_record_is_withdrawn_with_a_reason_and_counts_no_more(world: World) -> None:
    plot = a_plot(world)
    first = planted(world, plot)
    row = seen(world, plot, 90, 100)
    with pytest.raises(RuleError):  # plants that were counted cannot be unplanted
        actions.withdraw_planting(plot, first, because="误录", **world.by("county_clerk"))
    plot.refresh_from_db()
    with pytest.raises(PlantingRefused):
        actions.withdraw_observation(plot, row, because=" ", **world.by("county_clerk"))
    with translation.override("en"):
        actions.withdraw_observation(plot, row, because="误录", **world.by("county_clerk"))
    told = Entry.objects.order_by("-seq")[0].new_json or ""
    assert '"what":"成活调查"' in told  # the trail keeps the Chinese word, whatever the actor reads
    plot.refresh_from_db()
    assert plot.observed_on is None
    assert queries.survival_of(plot.site_id, on=world.today).observed == 0
    seen(world, plot, 80, 100)


def test_the_ground_of_a_plot_is_corrected_with_a_reason(world: World) -> None:
    plot = a_plot(world)
    dry = Corrected("南坡", Ground(Zone.LOESS, Decimal(300), False), 20_000.0)
    with pytest.raises(PlantingRefused):
        actions.correct_plot(plot, dry, note="", **world.by("county_clerk"))
    actions.correct_plot(plot, dry, note="按分区图核对", **world.by("county_clerk"))
    plot.refresh_from_db()
    assert (plot.name, plot.zone_named) == ("南坡", Zone.LOESS)
    row = planted(world, plot, species="刺槐")
    assert row.suitability in (Suitability.DOUBTFUL, Suitability.NOT_LISTED)


def test_the_trail_tells_in_both_languages_what_was_done(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot, species="椰子")
    seen(world, plot, 90, 100)
    told = [(sentence(e), sentence(e, "en")) for e in Entry.objects.order_by("seq")[:3]]
    assert "椰子（乔木）1000 株，未列入名录，在种植季节" in told[1][0]
    assert told[1][1] == f"Planted 椰子 (tree) on “{plot}”: 1000 plants, not listed, in season"
    assert told[2][1] == f"Observed “{plot}” on 2025-10-07: 90 of 100 plants live"


def test_a_claim_about_the_site_knows_when_the_last_plot_was_first_planted(world: World) -> None:
    site = world.site(square(122.61))
    first, second = a_plot(world, site), a_plot(world, site, name="南坡")
    planted(world, first)
    planted(world, second, on=SPRING + timedelta(days=3))
    planted(world, first, count=100, on=SPRING + timedelta(days=5))  # replanting
    assert planted_by([site.pk]) == {site.pk: SPRING + timedelta(days=3)}
    told = {"subject": site, "site": site, "claimed_on": world.today, "target": TargetUse.VEGETATION}
    (claim,) = claiming.claim(Claimed(**told), now=world.now)
    assert claim.planted_on == SPRING + timedelta(days=3)
    earlier = Claimed(restored_since=SPRING, **told)
    assert claiming.claim(earlier, now=world.now)[0].planted_on is None
