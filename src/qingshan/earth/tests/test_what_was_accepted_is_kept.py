"""Is loss after an acceptance found, measured against what was accepted, and only where plants were to be?"""

from __future__ import annotations

from datetime import date

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.sites import TargetUse
from qingshan.earth.tests.factories import Land, always, courses

MINED = date(2018, 3, 1)
SOWN = date(2019, 3, 20)
ACCEPTED = date(2020, 9, 10)
GREEN = courses((None, 0.8), (MINED, 0.03), (SOWN, 0.6))


def broken(day: date, cover: float = 0.03) -> Land:
    return Land(site=courses((None, 0.8), (MINED, 0.03), (SOWN, 0.6), (day, cover)))


def kept(land: Land, **claims: object) -> Finding:
    (finding,) = land.judged(**{"accepted_on": ACCEPTED, **claims})
    assert finding.question is Question.KEPT
    return finding


def test_plants_that_are_still_there_are_kept() -> None:
    finding = kept(Land(site=GREEN))
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.claimed_on == ACCEPTED
    assert finding.since is not None
    assert finding.since > ACCEPTED


def test_what_was_not_seen_in_the_newest_season_is_not_called_kept() -> None:
    land = Land(site=GREEN, clear=lambda day: float(day < date(2022, 1, 1)))
    finding = kept(land)
    assert finding.verdict is Verdict.UNDECIDABLE
    (because,) = finding.because
    assert because.code == "earth.judged.seen_until"
    assert (because.values["year"], because.values["last"]) == (2022, "2021-09-22")
    assert finding.settle


def test_mined_again_is_found_with_its_first_day() -> None:
    finding = kept(broken(date(2021, 7, 1)))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.since == date(2021, 7, 12)
    assert finding.before == "scene-2020-09-03"


def test_a_loss_is_found_before_the_season_is_over_but_provisional() -> None:
    finding = kept(Land(site=broken(date(2021, 6, 1)).site, last=date(2021, 8, 1)))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.is_provisional


def test_three_bare_looks_are_not_enough() -> None:
    finding = kept(Land(site=broken(date(2021, 6, 1)).site, last=date(2021, 7, 1)))
    assert finding.verdict is not Verdict.UNSUPPORTED


def test_no_season_since_acceptance_is_too_early() -> None:
    assert kept(Land(site=GREEN, last=date(2020, 12, 20))).verdict is Verdict.TOO_EARLY


def test_land_that_was_bare_when_accepted_and_ever_since_is_not_kept() -> None:
    finding = kept(Land(site=always(0.03)))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.not_kept"


def test_what_was_greened_for_an_acceptance_and_died_is_not_kept() -> None:
    greened, died = date(2020, 7, 20), date(2020, 10, 20)
    finding = kept(Land(site=courses((None, 0.8), (MINED, 0.03), (greened, 0.5), (died, 0.03))))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.lost"


def test_a_loss_that_the_ring_shares_is_weather() -> None:
    dry = date(2021, 1, 1)
    land = Land(site=broken(dry, 0.33).site, ring=courses((None, 0.8), (dry, 0.44)))
    assert kept(land).verdict is Verdict.SUPPORTED


def test_a_season_without_plants_is_told_even_if_they_came_back() -> None:
    land = Land(site=courses((None, 0.6), (date(2021, 1, 1), 0.03), (date(2022, 1, 1), 0.6)))
    finding = kept(land)
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.lost_for_a_time"


def test_plants_do_not_judge_water_or_panels() -> None:
    for target in (TargetUse.WATER, TargetUse.SOLAR, TargetUse.BUILDING):
        assert kept(broken(date(2021, 7, 1)), target=target).because[0].code not in (
            "earth.judged.lost",
            "earth.judged.vanished",
        )
