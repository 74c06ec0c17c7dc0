"""Is netting in any colour told from plants, by what it is in winter and in the short-wave infrared?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Verdict
from qingshan.earth.sites import TargetUse
from qingshan.earth.tests.factories import Land, always, same_day, season

SPREAD = date(2020, 3, 20)
CLAIMED = date(2020, 3, 25)


def green_all_year(day: date) -> float:
    return 0.55 if day >= SPREAD else 0.03 * season(day)


DRY = (("nbr", same_day(0.12)),)
NETTING = Land(site=green_all_year, shares=DRY)


def restored(land: Land, **claims: object) -> Finding:
    (finding,) = land.judged(**{"restored_since": CLAIMED, **claims})
    return finding


def test_what_is_as_green_in_winter_and_dry_does_not_grow() -> None:
    finding = restored(NETTING)
    assert finding.verdict is Verdict.UNSUPPORTED
    assert [reason.code for reason in finding.because] == [
        "earth.judged.no_season",
        "earth.judged.no_season_by",
    ]
    assert finding.because[1].values["site"] == 0


def test_evergreen_trees_have_no_season_either_but_are_wet() -> None:
    assert restored(replace(NETTING, shares=())).verdict is Verdict.SUPPORTED


def test_without_short_waves_it_may_be_either_and_is_left_open() -> None:
    finding = restored(replace(NETTING, shares=(("nbr", same_day(np.nan)),)))
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.because[0].code == "earth.judged.no_season_open"


def test_plants_on_dry_ground_have_a_season() -> None:
    land = replace(NETTING, site=lambda day: (0.6 if day >= SPREAD else 0.03) * season(day))
    assert "earth.judged.no_season" not in {reason.code for reason in restored(land).because}


def test_where_the_ring_has_no_season_it_is_no_measure() -> None:
    land = replace(NETTING, ring=same_day(0.6))
    assert "earth.judged.no_season" not in {reason.code for reason in restored(land).because}


def test_watered_fields_around_are_no_measure_of_dry_land() -> None:
    thin = Land(site=always(0.2), shares=(("nbr", same_day(0.1)),), zone=None)
    assert restored(thin).verdict is not Verdict.UNSUPPORTED


def test_winters_that_were_hardly_seen_are_no_measure() -> None:
    land = replace(NETTING, clear=lambda day: float(3 <= day.month <= 11))
    assert "earth.judged.no_season" not in {reason.code for reason in restored(land).because}


def test_natural_recovery_is_given_more_seasons_here_too() -> None:
    land = replace(NETTING, last=date(2020, 12, 20), ring=always(0.5))
    assert restored(land, target=TargetUse.NATURAL).verdict is not Verdict.UNSUPPORTED
