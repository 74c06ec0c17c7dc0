"""Are fields, water and buildings judged by what they are, and solar fields left to people?"""

from __future__ import annotations

from datetime import date

import pytest

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.sites import TargetUse
from qingshan.earth.tests.factories import Land, always, same_day, until

CLAIMED = date(2020, 3, 25)


def restored(land: Land, target: TargetUse) -> Finding:
    (finding,) = land.judged(restored_since=CLAIMED, target=target)
    assert finding.question is Question.RESTORED
    return finding


def crop(day: date) -> float:
    """Two harvests: open ground in June, a crop until the end of September."""
    return 0.7 * {4: 0.8, 5: 0.9, 6: 0.05, 7: 0.7, 8: 1.0, 9: 0.7}.get(day.month, 0.03)


def tilled_from(first: date) -> Land:
    return Land(site=lambda day: crop(day) if day >= first else 0.02)


def test_a_field_has_a_crop_and_open_ground_in_one_year() -> None:
    finding = restored(tilled_from(CLAIMED), TargetUse.CROPLAND)
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.because[0].code == "earth.judged.tilled"


def test_grass_fades_in_winter_as_fields_do_and_the_doubt_is_told() -> None:
    finding = restored(Land(site=always(0.7)), TargetUse.CROPLAND)
    assert finding.verdict is Verdict.SUPPORTED
    assert "earth.judged.sign_no_tillage" in {sign.code for sign in finding.signs}
    tillage = restored(tilled_from(CLAIMED), TargetUse.CROPLAND)
    assert not tillage.signs


def test_what_stays_green_all_year_is_no_proof_of_a_field() -> None:
    finding = restored(Land(site=same_day(0.7)), TargetUse.CROPLAND)
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.because[0].code == "earth.judged.mixed_field"


def test_rubble_is_no_field() -> None:
    finding = restored(Land(site=always(0.02)), TargetUse.CROPLAND)
    assert finding.verdict is Verdict.UNSUPPORTED


def test_a_field_that_falls_fallow_is_named() -> None:
    land = Land(site=lambda day: crop(day) if CLAIMED <= day < date(2022, 1, 1) else 0.02)
    finding = restored(land, TargetUse.CROPLAND)
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.fallow"


def test_a_fallow_season_that_was_hardly_seen_is_left_open_and_says_how_many_looks_are_asked() -> None:
    def crops_until_2022(day: date) -> float:
        return crop(day) if CLAIMED <= day < date(2022, 1, 1) else 0.02

    land = Land(site=crops_until_2022, clear=lambda day: 1.0 if day.year < 2022 or day.day > 20 else 0.0)
    finding = restored(land, TargetUse.CROPLAND)
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.because[0].code == "earth.judged.too_few"
    assert finding.because[0].values["weighed"] < finding.because[0].values["least"] == 6


def test_a_lake_is_water() -> None:
    land = Land(
        site=until(CLAIMED, 0.02, 0.0), shares=(("water", lambda day: 0.95 if day >= CLAIMED else 0.0),)
    )
    finding = restored(land, TargetUse.WATER)
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.effect_of == "water"


def test_a_dry_pit_is_no_lake_and_a_green_one_neither() -> None:
    assert restored(Land(site=always(0.02)), TargetUse.WATER).verdict is Verdict.UNSUPPORTED
    assert restored(Land(site=always(0.7)), TargetUse.WATER).verdict is Verdict.UNSUPPORTED


def test_a_lake_that_is_half_there_is_left_open() -> None:
    land = Land(site=always(0.1), shares=(("water", same_day(0.3)),))
    assert restored(land, TargetUse.WATER).verdict is Verdict.UNDECIDABLE


def test_new_roofs_are_seen() -> None:
    land = Land(site=always(0.02), shares=(("bright", lambda day: 0.9 if day >= CLAIMED else 0.1),))
    assert restored(land, TargetUse.BUILDING).verdict is Verdict.SUPPORTED


def test_rock_that_was_bright_before_proves_no_building() -> None:
    land = Land(site=always(0.02), shares=(("bright", same_day(0.9)),))
    assert restored(land, TargetUse.BUILDING).verdict is not Verdict.SUPPORTED


def test_plants_all_over_are_no_building() -> None:
    assert restored(Land(site=always(0.7)), TargetUse.BUILDING).verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("after", [0.15, 0.7])
def test_solar_fields_are_left_to_people(after: float) -> None:
    finding = restored(Land(site=until(CLAIMED, 0.02, after)), TargetUse.SOLAR)
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.settle


def test_ground_that_looks_as_before_the_claim_bears_no_panels() -> None:
    finding = restored(Land(site=always(0.02)), TargetUse.SOLAR)
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.no_panels"


def coloured(ndvi: float, *, light: float = 0.0, was_light: float | None = None) -> Land:
    """Open ground whose NDVI moves by so much with the claim, light on some share of the site before and after."""
    before = light if was_light is None else was_light
    return Land(
        site=always(0.02),
        shares=(
            ("ndvi", lambda day: 0.12 + (ndvi if day >= CLAIMED else 0.0)),
            ("bright", lambda day: light if day >= CLAIMED else before),
        ),
    )


def test_light_ground_that_stays_light_bears_no_panels_which_are_dark() -> None:
    assert restored(coloured(0.03, light=0.5), TargetUse.SOLAR).verdict is Verdict.UNSUPPORTED
    darkened = coloured(0.03, light=0.05, was_light=0.5)
    assert restored(darkened, TargetUse.SOLAR).verdict is Verdict.UNDECIDABLE
    assert restored(coloured(0.03), TargetUse.SOLAR).verdict is Verdict.UNDECIDABLE


def test_dull_ground_that_stays_about_as_it_was_is_not_built_over() -> None:
    assert restored(coloured(0.03, light=0.1), TargetUse.BUILDING).verdict is Verdict.UNSUPPORTED
    assert restored(coloured(0.08, light=0.1), TargetUse.BUILDING).verdict is not Verdict.UNSUPPORTED
    new = coloured(0.03, light=0.9, was_light=0.1)
    assert restored(new, TargetUse.BUILDING).verdict is Verdict.SUPPORTED


def test_of_light_rock_more_is_asked_than_of_other_ground_since_concrete_looks_like_it() -> None:
    assert restored(coloured(0.0, light=0.8), TargetUse.BUILDING).verdict is Verdict.UNSUPPORTED
    assert restored(coloured(0.016, light=0.8), TargetUse.BUILDING).verdict is Verdict.UNDECIDABLE


def test_plants_before_the_pit_do_not_hide_that_the_pit_is_as_it_was() -> None:
    mined = date(2019, 1, 1)
    land = Land(site=until(mined, 0.7, 0.02), shares=(("bright", lambda day: 0.8 if day >= mined else 0.0),))
    assert restored(land, TargetUse.BUILDING).verdict is Verdict.UNSUPPORTED


def test_without_a_target_use_nobody_knows_what_to_look_for() -> None:
    (finding,) = Land().judged(restored_since=CLAIMED, target=None)
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.because[0].code == "earth.judged.no_target"
