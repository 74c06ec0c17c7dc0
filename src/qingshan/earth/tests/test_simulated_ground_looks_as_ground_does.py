"""Do end-members, seasons and years of the simulation look as they do outside?"""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from qingshan.earth.sensors import BANDS
from qingshan.earth.simulation import Scenario, simulate_series
from qingshan.earth.simulation.spectra import INDEX, PLANTS, table
from qingshan.earth.sites import ClimateZone

VARIANTS = ("typical", "other")
DATA = os.environ.get("QINGSHAN_TEST_DATA")


def colour(name: str, variant: str) -> dict[str, float]:
    return dict(zip(BANDS, table(variant)[INDEX[name]], strict=True))


def ndvi(of: dict[str, float]) -> float:
    return (of["nir"] - of["red"]) / (of["nir"] + of["red"])


@pytest.mark.parametrize("variant", VARIANTS)
def test_reflectance_lies_between_0_and_1(variant: str) -> None:
    assert (table(variant) > 0).all()
    assert (table(variant) < 1).all()


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("plant", PLANTS)
def test_healthy_plants_are_green_and_wet(plant: str, variant: str) -> None:
    of = colour(plant, variant)
    assert ndvi(of) > 0.6
    assert of["swir1"] < 0.8 * of["nir"]
    assert of["red"] < of["rededge"] < of["nir"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_coal_is_flat_and_dark_yet_reads_as_thin_grass(variant: str) -> None:
    of = colour("coal", variant)
    assert max(of.values()) < 0.08
    assert max(of.values()) - min(of.values()) < 0.05
    assert 0.1 < ndvi(of) < 0.3


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("plastic", ["netting", "turf"])
def test_green_plastic_deceives_ndvi_but_not_the_red_edge_nor_the_short_waves(
    plastic: str, variant: str
) -> None:
    of = colour(plastic, variant)
    assert ndvi(of) > 0.55
    assert of["swir1"] > 0.8 * of["nir"]
    assert (of["rededge"] - of["red"]) < 0.1 * (of["nir"] - of["red"])


def summers_and_winters(zone: ClimateZone) -> tuple[np.ndarray, np.ndarray]:
    """Median NDVI of untouched sites in July and August, and in January and February."""
    found: list[list[float]] = [[], []]
    for seen in simulate_series(Scenario.NEVER_DISTURBED, zone, 0, 8, seed=2, years=3.0):
        track = seen.series.inside
        clear = track.clear_px > 0.6 * track.total_px
        month = seen.series.days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12 + 1
        for months, values in zip(((7, 8), (1, 2)), found, strict=True):
            picked = track.mean["ndvi"][clear & np.isin(month, months)]
            values.extend([float(np.median(picked))] if len(picked) else [])
    return np.array(found[0]), np.array(found[1])


def test_wetter_zones_are_greener_in_summer_and_all_fade_in_winter() -> None:
    summers = []
    for zone in ClimateZone:
        summer, winter = summers_and_winters(zone)
        summers.append(np.median(summer))
        assert np.median(winter) < 0.8 * np.median(summer)
    assert summers == sorted(summers)


def test_years_differ_alike_inside_and_around_a_site() -> None:
    """What a dry year does to the site it does to its ring, otherwise the ring would be no comparison."""
    drier: list[tuple[float, float]] = []
    for seen in simulate_series(Scenario.DROUGHT, ClimateZone.SEMI_ARID, 8, 0, seed=3, years=6.0):
        drought = next(event.day for event in seen.truth.events if event.what == "drought")
        days = seen.series.days
        month = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12 + 1
        summer = np.isin(month, (7, 8)) & (seen.series.inside.clear_px > 0.6 * seen.series.inside.total_px)
        dry = summer & (days > drought) & (days < drought + 540)
        assert seen.series.ring is not None
        if dry.any():
            ring = seen.series.ring.mean["fvc"]
            drier.append((np.nanmedian(ring[dry]), np.nanmedian(ring[summer & (days < drought)])))
    assert np.mean([dry < before for dry, before in drier]) > 0.8


def wobble(days: np.ndarray, values: np.ndarray) -> float:
    """Standard deviation of values from the straight line between their neighbours in time, within a month."""
    left, middle, right = days[:-2], days[1:-1], days[2:]
    near = right - left <= 30
    part = (middle - left) / (right - left)
    return float((values[1:-1] - values[:-2] * (1 - part) - values[2:] * part)[near].std())


def real_patch() -> tuple[np.ndarray, list[np.ndarray]]:
    folder = Path(str(DATA)) / "sentinel2_patch"
    told = json.loads((folder / "timestamps.json").read_text())
    days = np.array([np.datetime64(each[:10]) for each in told]).astype("datetime64[D]").astype(int)
    ndvi_of = np.load(folder / "NDVI.npy")[..., 0]
    clear = (np.load(folder / "CLM.npy")[..., 0] == 0) & np.load(folder / "IS_VALID.npy")[..., 0].astype(bool)
    blocks = [
        np.s_[:, row : row + 10, col : col + 10] for row in range(0, 90, 30) for col in range(0, 90, 30)
    ]
    means = [
        np.array(
            [
                one[seen].mean() if seen.mean() > 0.6 else np.nan
                for one, seen in zip(ndvi_of[at], clear[at], strict=True)
            ]
        )
        for at in blocks
    ]
    return days, means


def twin_patch() -> tuple[np.ndarray, list[np.ndarray]]:
    """As restless as the real patch was measured to be: 0.098."""
    rng = np.random.default_rng(1)
    days = np.arange(0, 1000, 10)
    return days, [0.45 + rng.normal(0, 0.08, len(days)) for _ in range(9)]


@pytest.mark.outside_data
def test_simulated_sites_are_about_as_restless_as_a_real_patch() -> None:
    days, means = real_patch() if DATA else twin_patch()
    real = np.median([wobble(days[np.isfinite(m)], m[np.isfinite(m)]) for m in means])
    simulated = []
    for seen in simulate_series(Scenario.NEVER_DISTURBED, ClimateZone.SEMI_HUMID, 0, 12, seed=4, years=4.0):
        track = seen.series.inside
        clear = track.clear_px > 0.6 * track.total_px
        simulated.append(wobble(seen.series.days[clear], track.mean["ndvi"][clear]))
    assert 0.4 < np.median(simulated) / real < 2.5
