"""Is a claimed day of disturbance held against plants before it and bare ground after it?"""

from __future__ import annotations

from datetime import date

from qingshan.earth.findings import Finding, Verdict
from qingshan.earth.tests.factories import Land, always, courses, until

CLAIMED = date(2020, 5, 1)


def disturbed(land: Land, **claims: object) -> Finding:
    (finding,) = land.judged(**{"disturbed_since": CLAIMED, "target": None, **claims})
    return finding


def test_plants_before_and_none_after_support_the_day() -> None:
    finding = disturbed(Land(site=until(CLAIMED, 0.8, 0.03)))
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.since == date(2020, 5, 6)


def test_land_that_was_bare_long_before_refutes_it() -> None:
    finding = disturbed(Land(site=until(date(2018, 3, 1), 0.8, 0.03)))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.disturbed_earlier"


def test_land_that_stayed_green_refutes_it() -> None:
    finding = disturbed(Land(site=always(0.75)))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.because[0].code == "earth.judged.not_disturbed"


def test_without_images_before_it_nothing_is_said() -> None:
    finding = disturbed(Land(site=always(0.03), first=date(2020, 6, 1)))
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.because[0].code == "earth.judged.no_before"


def test_looks_after_planting_say_nothing_of_disturbance() -> None:
    site = courses((None, 0.8), (CLAIMED, 0.03), (date(2021, 3, 1), 0.7))
    assert disturbed(Land(site=site), planted_on=date(2021, 3, 1)).verdict is Verdict.SUPPORTED


def test_a_dry_year_is_no_disturbance() -> None:
    land = Land(site=until(CLAIMED, 0.75, 0.35), ring=until(CLAIMED, 0.8, 0.4))
    assert disturbed(land).verdict is Verdict.UNSUPPORTED


def test_thinned_plants_are_left_open() -> None:
    assert disturbed(Land(site=until(CLAIMED, 0.75, 0.51))).verdict is Verdict.UNDECIDABLE
