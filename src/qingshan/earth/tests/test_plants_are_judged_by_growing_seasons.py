"""Is restored land told from land that is only said to be restored, and is nothing said of what was not seen?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.sites import ClimateZone, TargetUse
from qingshan.earth.tests.factories import Land, always, courses, same_day, season
from qingshan.rules.reasons import say

MINED = date(2019, 3, 1)
SOWN = date(2020, 3, 20)
CLAIMED = date(2020, 3, 25)

BARE = courses((None, 0.8), (MINED, 0.03))
GREEN = courses((None, 0.8), (MINED, 0.03), (SOWN, 0.6))
DIED = courses((None, 0.8), (MINED, 0.03), (SOWN, 0.6), (date(2021, 2, 1), 0.03))


def restored(land: Land, **claims: object) -> Finding:
    (finding,) = (
        each
        for each in land.judged(**{"restored_since": CLAIMED, **claims})
        if each.question is Question.RESTORED
    )
    return finding


def codes(finding: Finding) -> set[str]:
    told = (*finding.because, *finding.signs, *finding.settle)
    return {reason.code.removeprefix("earth.judged.") for reason in told}


def test_land_that_is_green_beside_its_ring_is_supported_since_it_became_so() -> None:
    finding = restored(Land(site=GREEN))
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.since == date(2020, 5, 6)
    assert (finding.agreeing, finding.considered) == (39, 39)
    assert not finding.is_provisional
    assert finding.effect == pytest.approx(0.6)
    assert finding.ring == pytest.approx(0.8)


def test_the_finding_names_the_pictures_before_and_after_and_the_numbers_used() -> None:
    finding = restored(Land(site=GREEN))
    assert finding.before == "scene-2019-09-21"
    assert finding.after == "scene-2022-09-29"
    assert finding.parameters.startswith("qingshan-earth 1 (")
    assert len(finding.dates) == finding.agreeing


def test_bare_land_is_unsupported_with_what_would_settle_it() -> None:
    finding = restored(Land(site=BARE))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.share == pytest.approx(0.914, abs=0.01)
    assert {"bare", "settle_visit", "settle_sharper"} <= codes(finding)


def test_one_season_is_support_but_provisional() -> None:
    finding = restored(Land(site=GREEN, last=date(2020, 12, 20)))
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.is_provisional
    assert "sign_provisional" in codes(finding)


def test_no_full_growing_season_since_the_claim_is_too_early_even_if_the_land_is_bare() -> None:
    finding = restored(Land(site=BARE, last=date(2020, 8, 20)))
    assert finding.verdict is Verdict.TOO_EARLY
    assert "settle_season" in codes(finding)


def test_a_season_that_is_full_since_planting_may_support_a_younger_claim() -> None:
    late = date(2020, 10, 10)
    land = Land(site=GREEN, last=date(2020, 12, 20))
    assert restored(land, restored_since=late).verdict is Verdict.TOO_EARLY
    assert restored(land, restored_since=late, planted_on=SOWN).verdict is Verdict.SUPPORTED


def test_a_season_that_is_full_since_planting_only_refutes_no_younger_claim() -> None:
    land = Land(site=BARE, last=date(2020, 12, 20))
    finding = restored(land, restored_since=date(2020, 10, 10), planted_on=SOWN)
    assert finding.verdict is Verdict.TOO_EARLY


def test_growth_that_vanishes_in_the_next_season_is_named() -> None:
    finding = restored(Land(site=DIED))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.since == date(2021, 5, 1)
    assert finding.because[0].code == "earth.judged.vanished"
    assert "2020 年曾看到植被，此后消失" in finding.sentence()


def test_land_that_became_green_a_season_after_the_claimed_day_is_said_to_be_late() -> None:
    finding = restored(Land(site=courses((None, 0.8), (MINED, 0.03), (date(2021, 2, 1), 0.6))))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.green_late"
    assert finding.since == date(2021, 5, 1)


def test_young_plants_need_to_show_half_in_their_first_season() -> None:
    site = courses((None, 0.8), (MINED, 0.03), (SOWN, 0.25), (date(2021, 1, 1), 0.6))
    assert restored(Land(site=site)).verdict is Verdict.SUPPORTED


def test_a_drought_that_the_ring_shows_too_is_no_loss() -> None:
    dry = date(2021, 1, 1)
    site = courses((None, 0.8), (MINED, 0.03), (SOWN, 0.6), (dry, 0.36))
    ring = courses((None, 0.8), (dry, 0.48))
    finding = restored(Land(site=site, ring=ring, last=date(2022, 12, 20)))
    assert finding.verdict is Verdict.SUPPORTED


def test_a_dry_season_is_named() -> None:
    site = courses((None, 0.7), (date(2022, 1, 1), 0.36))
    ring = courses((None, 0.8), (date(2022, 1, 1), 0.48))
    assert "sign_drought" in codes(restored(Land(site=site, ring=ring)))


def test_where_the_ring_itself_is_bare_nothing_is_said() -> None:
    finding = restored(Land(site=always(0.02), ring=always(0.05)))
    assert finding.verdict is Verdict.UNDECIDABLE


def test_winter_looks_judge_no_plants() -> None:
    land = Land(site=BARE, clear=lambda day: 0.0 if 4 <= day.month <= 10 else 1.0)
    finding = restored(land)
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.considered == 0


def test_without_a_ring_one_season_against_is_not_enough() -> None:
    assert restored(Land(site=BARE, ring=None, last=date(2020, 12, 20))).verdict is Verdict.UNDECIDABLE
    finding = restored(Land(site=BARE, ring=None))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert "没有可对照的未扰动地" in finding.sentence()


def test_netting_is_named_and_does_not_count_as_plants() -> None:
    netted = ("netting", lambda day: 0.9 if day >= SOWN else 0.0)
    land = Land(site=GREEN, shares=(netted, ("green", same_day(1.0))))
    finding = restored(land)
    assert finding.verdict is Verdict.UNSUPPORTED
    assert "sign_netting" in codes(finding)
    assert "绿网" in say(finding.signs[0])


def test_open_coal_is_never_cover() -> None:
    land = Land(site=always(0.45), shares=(("dark", same_day(0.95)),))
    finding = restored(land)
    assert finding.verdict is Verdict.UNSUPPORTED
    assert "sign_coal" in codes(finding)


def test_a_site_of_which_a_part_only_is_green_is_not_restored() -> None:
    finding = restored(Land(site=courses((None, 0.8), (MINED, 0.03), (SOWN, 0.40)), part=0.45))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.partly"
    assert finding.share == pytest.approx(0.55)


def test_the_same_cover_all_over_is_not_taken_for_a_part() -> None:
    finding = restored(Land(site=courses((None, 0.8), (MINED, 0.03), (SOWN, 0.42))))
    assert finding.verdict is Verdict.UNDECIDABLE


def test_what_bare_soil_shows_is_taken_off_on_both_sides() -> None:
    soil = 0.25
    bare = courses((None, 0.8), (MINED, soil))
    finding = restored(Land(site=bare))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[1].values["bare"] == 25


def test_land_that_was_green_before_the_claim_is_no_measure_of_bare_ground() -> None:
    finding = restored(Land(site=always(0.6)))
    assert finding.verdict is Verdict.SUPPORTED
    assert len(finding.because) == 1


def test_natural_recovery_is_given_more_seasons() -> None:
    land = Land(site=BARE, last=date(2020, 12, 20))
    assert restored(land).verdict is Verdict.UNSUPPORTED
    assert restored(land, target=TargetUse.NATURAL).verdict is Verdict.UNDECIDABLE
    assert restored(Land(site=BARE), target=TargetUse.NATURAL).verdict is Verdict.UNSUPPORTED


def test_sparse_growth_that_is_wet_as_leaves_are_is_not_held_against_natural_recovery() -> None:
    land = Land(site=courses((None, 0.8), (MINED, 0.03), (SOWN, 0.2)), shares=(("nbr", same_day(0.35)),))
    assert restored(land).verdict is Verdict.UNSUPPORTED
    assert restored(land, target=TargetUse.NATURAL).verdict is Verdict.UNDECIDABLE


def test_two_looks_show_that_planting_was_late_when_what_follows_is_green() -> None:
    seen = {date(2020, 6, 11), date(2020, 8, 10)}
    planted = date(2021, 3, 1)

    def clear(day: date) -> float:
        return float(day.year != 2020 or any(abs((day - each).days) < 6 for each in seen))

    finding = restored(Land(site=courses((None, 0.8), (MINED, 0.03), (planted, 0.6)), clear=clear))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert "green_late" in codes(finding)
    assert restored(Land(site=GREEN, clear=clear)).verdict is Verdict.SUPPORTED


def test_one_look_does_not_show_that_planting_was_late() -> None:
    def clear(day: date) -> float:
        return float(day.year != 2020 or abs((day - date(2020, 6, 11)).days) < 6)

    land = Land(site=courses((None, 0.8), (MINED, 0.03), (date(2021, 3, 1), 0.6)), clear=clear)
    assert restored(land).verdict is Verdict.SUPPORTED


def test_one_green_season_and_none_seen_since_is_left_open() -> None:
    finding = restored(Land(site=GREEN, clear=lambda day: float(day < date(2021, 1, 1))))
    assert finding.verdict is Verdict.UNDECIDABLE
    assert "seen_until" in codes(finding)
    two = restored(Land(site=GREEN, clear=lambda day: float(day < date(2022, 1, 1))))
    assert two.verdict is Verdict.SUPPORTED


def test_looks_that_all_agree_but_lie_scattered_are_told_so() -> None:
    def clear(day: date) -> float:
        return float(day < CLAIMED or (day.month == 7 and day.day < 25))

    finding = restored(Land(site=GREEN, clear=clear))
    assert finding.verdict is Verdict.UNDECIDABLE
    assert "scattered" in codes(finding)
    assert "其余" not in say(finding.because[0], "zh")


def test_a_site_that_was_sparse_by_nature_need_not_become_greener_than_it_was() -> None:
    site = courses((None, 0.56), (MINED, 0.03), (SOWN, 0.34))
    land = Land(site=site)
    assert restored(land, disturbed_since=MINED).verdict is Verdict.SUPPORTED


def test_where_the_zone_is_not_told_the_most_careful_numbers_rule() -> None:
    assert restored(Land(site=GREEN, zone=None)).verdict is Verdict.SUPPORTED
    thin = courses((None, 0.8), (MINED, 0.03), (SOWN, 0.2))
    land = Land(site=thin, shares=(("green", same_day(1.0)),))
    assert restored(land).verdict is Verdict.UNSUPPORTED
    assert restored(replace(land, zone=None)).verdict is Verdict.UNDECIDABLE


def test_a_late_claim_before_all_images_is_judged_by_what_is_seen() -> None:
    assert restored(Land(site=always(0.6)), restored_since=date(2012, 6, 1)).verdict is Verdict.SUPPORTED
    assert restored(Land(site=always(0.02)), restored_since=date(2012, 6, 1)).verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("zone", list(ClimateZone))
def test_every_zone_tells_green_from_bare(zone: ClimateZone) -> None:
    assert restored(Land(site=GREEN, zone=zone)).verdict is Verdict.SUPPORTED
    assert restored(Land(site=BARE, zone=zone)).verdict is Verdict.UNSUPPORTED


def test_a_clouded_season_neither_helps_nor_harms() -> None:
    land = Land(site=GREEN, clear=lambda day: 0.0 if day.year == 2021 else 1.0)
    assert restored(land).verdict is Verdict.SUPPORTED
    assert season(date(2021, 7, 1)) == 1.0


def test_a_single_hazy_look_does_not_decide() -> None:
    odd = date(2021, 7, 7)

    def hazy(day: date) -> float:
        return 0.02 if abs((day - odd).days) < 6 else GREEN(day)

    assert restored(Land(site=hazy)).verdict is Verdict.SUPPORTED
