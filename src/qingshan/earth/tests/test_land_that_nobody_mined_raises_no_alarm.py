"""On real land where nothing was mined, how often is loss cried? And is loss found that was put into it?

The same is asked of a twin made by script: fields that are mown, and woods, under clouds.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.judging import judge
from qingshan.earth.parameters import released
from qingshan.earth.series import SiteSeries, Track
from qingshan.earth.sites import Claims, ClimateZone, Site, TargetUse

pytestmark = pytest.mark.outside_data
DATA = os.environ.get("QINGSHAN_TEST_DATA")
ACCEPTED = date(2016, 10, 1)
SPLICED = date(2017, 5, 2)
BARE_NDVI, FULL_NDVI = 0.05, 0.86  # of the whole tile, not of a site
SITES = 100


@dataclass(frozen=True)
class Patch:
    """A square kilometre: NDVI and clear pixels, (dates, rows, columns)."""

    days: np.ndarray
    ndvi: np.ndarray
    clear: np.ndarray


@pytest.fixture(scope="module")
def patch() -> Patch:
    return real() if DATA else twin()


def real() -> Patch:
    folder = Path(str(DATA)) / "sentinel2_patch"
    told = json.loads((folder / "timestamps.json").read_text())
    days = np.array([np.datetime64(stamp[:10]).astype(np.int64) for stamp in told], dtype=np.int32)
    ndvi, valid, cloud = (np.load(folder / f"{name}.npy")[..., 0] for name in ("NDVI", "IS_VALID", "CLM"))
    return Patch(days, ndvi.astype(np.float64), valid.astype(bool) & (cloud == 0))


def twin() -> Patch:
    rng = np.random.default_rng(7)
    days = np.arange(16_640, 17_520, 7, dtype=np.int32)
    year_part = (np.arange(len(days)) * 7 + 204) % 365.25
    season = np.clip(1.3 * np.sin((year_part - 60) / 365.25 * 2 * np.pi - 0.4), 0.0, 1.0)
    fields = np.kron(rng.uniform(0.45, 0.75, (10, 10)), np.ones((10, 10)))
    mown = np.kron(rng.integers(0, len(days), (10, 10)), np.ones((10, 10)))
    low = np.abs(np.arange(len(days))[:, None, None] - mown) < 1
    ndvi = 0.12 + season[:, None, None] * np.where(low, 0.45 * fields, fields)
    ndvi += rng.normal(0, 0.02, ndvi.shape)
    clear = np.broadcast_to(rng.random(len(days))[:, None, None] < 0.6, ndvi.shape)
    return Patch(days, ndvi, clear)


def sites(patch: Patch) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Random rectangles of at least twenty pixels, and the ring around each."""
    rng = np.random.default_rng(2017)
    height, width = patch.ndvi.shape[1:]
    rows, cols = np.mgrid[0:height, 0:width]
    for _ in range(SITES):
        tall, wide = rng.integers(5, 13, 2)
        top, left = rng.integers(0, height - tall), rng.integers(0, width - wide)
        off = np.maximum(
            np.maximum(top - rows, rows - (top + tall - 1)), np.maximum(left - cols, cols - (left + wide - 1))
        )
        yield off <= 0, (off > 3) & (off <= 18)


def track(patch: Patch, where: np.ndarray, lost_from: int | None = None) -> Track:
    ndvi, clear = patch.ndvi[:, where], patch.clear[:, where]
    if lost_from is not None:
        bare = np.random.default_rng(1).normal(0.12, 0.02, ndvi.shape)
        ndvi = np.where((patch.days >= lost_from)[:, None], bare, ndvi)
    cover = np.where(clear, np.clip((ndvi - BARE_NDVI) / (FULL_NDVI - BARE_NDVI), 0.0, 1.0), np.nan)
    n = clear.sum(axis=1)
    mean = np.nansum(cover, axis=1) / np.where(n, n, np.nan)
    spread = np.nansum((cover - mean[:, None]) ** 2, axis=1) / np.where(n, n, np.nan)
    return Track(
        clear_px=n.astype(np.float64),
        total_px=float(where.sum()),
        mean={"fvc": mean},
        variance={"fvc": spread},
    )


def judged(
    patch: Patch, inside: np.ndarray, ring: np.ndarray, lost: date | None = None
) -> tuple[Finding, ...]:
    count = len(patch.days)
    lost_from = None if lost is None else (lost - date(1970, 1, 1)).days
    series = SiteSeries(
        site_id="R",
        days=patch.days,
        sensors=("sentinel-2-msi",) * count,
        scenes=tuple(str(number) for number in range(count)),
        inside=track(patch, inside, lost_from),
        ring=track(patch, ring),
    )
    claims = Claims(
        site_id="R", target=TargetUse.VEGETATION, accepted_on=ACCEPTED, disturbed_since=lost or SPLICED
    )
    site = Site(id="R", shape=shapely.box(14.5, 45.8, 14.51, 45.81), zone=ClimateZone.HUMID)
    return judge(site, series, claims, parameters=released())


def is_alarm(finding: Finding) -> bool:
    cried = Verdict.UNSUPPORTED if finding.question is Question.KEPT else Verdict.SUPPORTED
    return finding.verdict is cried


def test_at_most_one_site_of_a_hundred_is_said_to_be_lost(patch: Patch) -> None:
    alarms = sum(any(map(is_alarm, judged(patch, inside, ring))) for inside, ring in sites(patch))
    assert alarms <= 1


def test_most_of_it_is_said_to_be_kept(patch: Patch) -> None:
    verdicts = [judged(patch, inside, ring)[0].verdict for inside, ring in sites(patch)]
    assert verdicts.count(Verdict.SUPPORTED) >= 0.8 * SITES


def test_bare_ground_put_into_the_same_series_is_found(patch: Patch) -> None:
    found = sum(all(map(is_alarm, judged(patch, inside, ring, SPLICED))) for inside, ring in sites(patch))
    assert found >= 0.9 * SITES
