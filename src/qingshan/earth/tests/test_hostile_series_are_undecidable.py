"""Does a series that says nothing, or says it twice and in disorder, end in a word and never in an error?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from qingshan.earth.findings import Finding, Verdict
from qingshan.earth.judging import judge
from qingshan.earth.parameters import released
from qingshan.earth.series import QUANTITIES, SiteSeries, Track
from qingshan.earth.sites import Claims, Site, TargetUse
from qingshan.earth.tests.factories import Land, courses

LAND = Land(site=courses((None, 0.8), (date(2019, 3, 1), 0.03)))
SITE = Site(id="A1", shape=shapely.box(110.0, 38.0, 110.01, 38.01))


def findings(series: SiteSeries, target: TargetUse | None = TargetUse.VEGETATION) -> tuple[Finding, ...]:
    claims = Claims(
        site_id="A1",
        target=target,
        disturbed_since=date(2019, 3, 1),
        restored_since=date(2020, 3, 25),
        accepted_on=date(2020, 9, 1),
        permitted=SITE.shape,
    )
    return judge(SITE, series, claims, parameters=released(), on=date(2023, 1, 1))


def test_land_that_no_image_reaches_is_undecidable_and_not_too_early() -> None:
    series = LAND.series()
    nothing = taken(series, np.zeros(len(series), dtype=bool))
    claims = Claims(site_id="A1", target=TargetUse.VEGETATION, restored_since=date(2020, 3, 25))
    (told,) = judge(SITE, nothing, claims, parameters=released())
    assert (told.verdict, told.because[0].code) == (Verdict.UNDECIDABLE, "earth.judged.no_images")


def taken(series: SiteSeries, places: np.ndarray) -> SiteSeries:
    def of(track: Track) -> Track:
        mean = {name: values[places] for name, values in track.mean.items()}
        return replace(track, clear_px=track.clear_px[places], mean=mean, variance=mean)

    return replace(
        series,
        days=series.days[places],
        sensors=tuple(series.sensors[place] for place in places),
        scenes=tuple(series.scenes[place] for place in places),
        inside=of(series.inside),
        ring=None if series.ring is None else of(series.ring),
    )


def filled(series: SiteSeries, value: float) -> SiteSeries:
    mean = {name: np.full(len(series), value) for name in QUANTITIES}
    return replace(series, inside=replace(series.inside, mean=mean))


SILENT = {
    "empty": taken(LAND.series(), np.array([], dtype=int)),
    "one date": taken(LAND.series(), np.array([100])),
    "all cloud": Land(site=LAND.site, clear=lambda _day: 0.0).series(),
    "nothing but NaN": filled(LAND.series(), np.nan),
    "smaller than what a sensor can tell": Land(site=LAND.site, size_px=6.0).series(),
    "too little of it clear": Land(site=LAND.site, clear=lambda _day: 0.3).series(),
}


@pytest.mark.parametrize("name", SILENT)
@pytest.mark.parametrize("target", [*TargetUse, None])
def test_a_silent_series_is_undecidable(name: str, target: TargetUse | None) -> None:
    for finding in findings(SILENT[name], target):
        assert finding.verdict is Verdict.UNDECIDABLE
        assert finding.sentence("zh-hans")
        assert finding.sentence("en")
        assert finding.settle


def test_without_a_day_of_judgement_an_empty_series_is_no_error() -> None:
    claims = Claims(site_id="A1", target=TargetUse.VEGETATION, restored_since=date(2020, 3, 25))
    (finding,) = judge(SITE, SILENT["empty"], claims, parameters=released())
    assert finding.verdict in (Verdict.UNDECIDABLE, Verdict.TOO_EARLY)


def test_disorder_and_doubles_change_nothing() -> None:
    series = LAND.series()
    places = np.random.default_rng(3).permutation(np.repeat(np.arange(len(series)), 2))
    assert findings(taken(series, places)) == findings(series)


def test_an_unknown_sensor_is_held_to_the_strictest_measure() -> None:
    assert findings(Land(site=LAND.site, sensor="unheard-of").series())[0].verdict is Verdict.UNSUPPORTED


def test_a_series_of_cover_alone_is_enough() -> None:
    series = LAND.series()
    only = {"fvc": series.inside.mean["fvc"]}
    assert series.ring is not None
    series = replace(
        series,
        inside=replace(series.inside, mean=only),
        ring=replace(series.ring, mean={"fvc": series.ring.mean["fvc"]}),
    )
    assert findings(series)[0].verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("target", [*TargetUse, None])
def test_whatever_the_numbers_every_claim_gets_an_answer(target: TargetUse | None) -> None:
    for seed in range(40):
        found = findings(wild(np.random.default_rng(seed)), target)
        assert len(found) == 4
        assert all(finding.sentence("zh") and finding.sentence("en") for finding in found)


def wild(rng: np.random.Generator) -> SiteSeries:
    """Days in disorder, numbers that no image shows."""
    count = int(rng.integers(0, 40))
    numbers = np.array([np.nan, np.inf, -np.inf, -5.0, 0.0, 0.05, 0.3, 0.6, 0.9, 1.0, 1e9])

    def track() -> Track:
        mean = {name: rng.choice(numbers, count) for name in QUANTITIES}
        clear = rng.choice(np.array([np.nan, 0.0, 50.0, 90.0, 100.0]), count)
        return Track(clear_px=clear, total_px=100.0, mean=mean, variance=mean)

    days = rng.choice(np.arange(17_600, 19_500, 7), count).astype(np.int32)
    return SiteSeries(
        site_id="A1",
        days=days,
        sensors=("sentinel-2-msi",) * count,
        scenes=tuple(str(day) for day in days),
        inside=track(),
        ring=track() if rng.random() < 0.6 else None,
    )
