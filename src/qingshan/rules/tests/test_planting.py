"""Is a plant held against its zone, water and season, and nothing forbidden that only seems odd?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.planting import (
    RULEBOOK,
    SPECIES_RULEBOOK,
    InSeason,
    PlantForm,
    Suitability,
    next_season,
    season_check,
    species_for,
    suitability_of,
)
from qingshan.rules.reasons import say
from qingshan.rules.rulebook import in_force, shipped
from qingshan.rules.seasons import MonthDay, Season, SeasonAnswer, SeasonEffect, Span, WorkKind, seasons_in
from qingshan.rules.zones import Ground, Zone

ON = date(2026, 11, 26)
BOOK, SPECIES = (in_force(name, on=ON) for name in (RULEBOOK, SPECIES_RULEBOOK))
SEASONS = seasons_in(shipped(), on=ON)
D, T = Decimal, PlantForm


@pytest.mark.parametrize(
    ("name", "form", "ground", "found"),
    [
        ("刺槐", T.TREE, Ground(Zone.LOESS, D(520), False), Suitability.SUITABLE),
        ("robinia PSEUDOACACIA ", T.TREE, Ground(Zone.LOESS, D(400), False), Suitability.SUITABLE),
        ("刺槐", T.TREE, Ground(Zone.LOESS, D("399.9"), False), Suitability.DOUBTFUL),
        ("刺槐", T.TREE, Ground(Zone.LOESS, D(300), True), Suitability.SUITABLE),
        ("刺槐", T.TREE, Ground(Zone.LOESS), Suitability.SUITABLE),
        ("沙棘", T.SHRUB, Ground(Zone.LOESS, D(300), False), Suitability.SUITABLE),
        ("木荷", T.TREE, Ground(Zone.LOESS, D(520), False), Suitability.NOT_LISTED),
        ("刺槐", T.SHRUB, Ground(Zone.LOESS, D(520), False), Suitability.NOT_LISTED),
        ("", T.TREE, Ground(Zone.LOESS, D(520), False), Suitability.NOT_LISTED),
        ("爬山虎", T.VINE, Ground(Zone.LOESS, D(520), False), Suitability.UNKNOWN),
        ("刺槐", T.TREE, Ground(rain_mm=D(520), is_irrigated=False), Suitability.UNKNOWN),
    ],
)
def test_a_species_fits_its_zone_and_a_tree_its_water(
    name: str, form: PlantForm, ground: Ground, found: Suitability
) -> None:
    answer = suitability_of(name, form, ground=ground, species=SPECIES, book=BOOK)
    assert answer.suitability is found
    assert answer.because
    assert all(say(one) and say(one, "en") for one in answer.because)


def test_the_list_says_that_nobody_has_checked_it() -> None:
    answer = suitability_of("刺槐", T.TREE, ground=Ground(Zone.LOESS), species=SPECIES, book=BOOK)
    assert [say(one) for one in answer.doubts] == [
        "规则“适宜树种草种”中的“黄土高原区乔木”待核：来源尚未核对原文。"
    ]


@pytest.mark.parametrize("zone", list(Zone))
def test_every_zone_has_trees_shrubs_and_grasses_with_both_names(zone: Zone) -> None:
    listed = species_for(zone, SPECIES)
    assert {one.form for one in listed} == {T.TREE, T.SHRUB, T.GRASS}
    assert all(one.zh and one.latin.isascii() and one.latin[0].isupper() for one in listed)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-03-01", InSeason.IN_SEASON),
        ("2026-05-31", InSeason.IN_SEASON),
        ("2026-06-01", InSeason.OUT_OF_SEASON),
        ("2026-09-30", InSeason.OUT_OF_SEASON),
        ("2026-11-30", InSeason.IN_SEASON),
        ("2026-12-01", InSeason.OUT_OF_SEASON),
    ],
)
def test_planting_out_of_season_is_a_doubt(day: str, found: InSeason) -> None:
    check = season_check(date.fromisoformat(day), SEASONS)
    assert check.in_season is found
    assert check.because
    assert say(check.because[0]).startswith("存疑待核：") is (found is InSeason.OUT_OF_SEASON)


def a_season(effect: SeasonEffect, first: str, last: str, kind: WorkKind = WorkKind.PLANTING) -> Season:
    return Season(
        first, SEASONS.seasons[0].title, effect, frozenset({kind}), MonthDay.read(first), MonthDay.read(last)
    )


def test_without_a_season_on_record_nothing_is_known_and_a_stop_goes_before_a_season() -> None:
    none = SeasonAnswer(
        (a_season(SeasonEffect.POSSIBLE, "03-01", "05-31", WorkKind.EARTHWORK),), SEASONS.citation
    )
    assert season_check(date(2026, 4, 1), none).in_season is InSeason.UNKNOWN
    assert next_season(ON, none) is None
    both = SeasonAnswer(
        (a_season(SeasonEffect.POSSIBLE, "03-01", "05-31"), a_season(SeasonEffect.STOP, "02-01", "03-15")),
        SEASONS.citation,
    )
    assert season_check(date(2026, 3, 15), both).in_season is InSeason.OUT_OF_SEASON
    assert season_check(date(2026, 3, 16), both).in_season is InSeason.IN_SEASON


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_the_next_season_holds_the_day_or_begins_after_it(day: date) -> None:
    found = next_season(day, SEASONS)
    assert found is not None
    inside = season_check(day, SEASONS).in_season is InSeason.IN_SEASON
    assert found.contains(day) is inside
    assert inside or found.from_on > day


def test_the_next_season_may_lie_in_the_next_year() -> None:
    assert next_season(date(2026, 12, 1), SEASONS) == Span(date(2027, 3, 1), date(2027, 5, 31))
