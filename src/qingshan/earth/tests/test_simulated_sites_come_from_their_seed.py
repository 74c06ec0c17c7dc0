"""Is a simulated site the same bits every time, whatever else is simulated with it?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qingshan.earth.measures.indices import Recipe, quantities_of
from qingshan.earth.measures.weights import weights
from qingshan.earth.parameters import released
from qingshan.earth.sensors import GAOFEN, LANDSAT, SENTINEL2, Sensor
from qingshan.earth.simulation import FINAL, TUNING, UNSEEN, Batch, Scenario, simulate_batch, simulate_series
from qingshan.earth.simulation.batch import Order, bands_of
from qingshan.earth.simulation.drawing import SETTINGS, world_of
from qingshan.earth.simulation.scenery import record, scenery
from qingshan.earth.simulation.seen import make_site
from qingshan.earth.simulation.series import CODES
from qingshan.earth.simulation.spectra import dyed, table
from qingshan.earth.sites import ClimateZone

SMALL = {"years": 4.0, "revisit_days": 60}


def batch(n_true: int = 1, n_false: int = 1, *, seed: int = 5, sensor: Sensor = SENTINEL2) -> Batch:
    return simulate_batch(
        Scenario.RELAPSE, ClimateZone.SEMI_ARID, n_true, n_false, seed=seed, sensor=sensor, **SMALL
    )


def square(made: Batch, at: int) -> np.ndarray:
    window = made.windows[at]
    return np.stack([stack[:, window.rows, window.cols] for stack in [*made.bands.values(), made.mask]])


def test_the_same_seed_makes_the_same_bits() -> None:
    one, other = batch(), batch()
    assert one.truths == other.truths
    assert one.claims == other.claims
    assert all(np.array_equal(one.bands[name], other.bands[name]) for name in one.bands)
    assert np.array_equal(one.mask, other.mask)


def test_another_seed_makes_another_site() -> None:
    one, other = batch(), batch(seed=6)
    assert {truth.site_id for truth in one.truths}.isdisjoint(truth.site_id for truth in other.truths)
    assert not np.array_equal(square(one, 0), square(other, 0))


def test_a_site_is_the_same_alone_and_among_others() -> None:
    alone, among = batch(1, 0), batch(3, 2)
    assert alone.truths[0] == among.truths[0]
    assert np.array_equal(square(alone, 0), square(among, 0))


def test_a_pixel_does_not_depend_on_which_others_are_asked_for() -> None:
    setting = Order(scenario=Scenario.GRASS, zone=ClimateZone.HUMID, n_true=1, n_false=0, **SMALL).setting()
    of = scenery(make_site(Scenario.GRASS, is_true=True, number=0, setting=setting))
    rows, cols = np.array([3, 14, 20]), np.array([4, 14, 9])
    all_of_it, classes = record(of, rows, cols)
    one, its_class = record(of, rows[1:2], cols[1:2], slice(5, 9))
    assert np.array_equal(all_of_it[5:9, :, 1:2], one)
    assert np.array_equal(classes[5:9, 1:2], its_class)


def test_a_number_drawn_by_the_seed_stays_the_same_over_the_years() -> None:
    """Whoever changes the order of draws changes all figures that were measured: let it be on purpose."""
    made = batch()
    assert [truth.site_id for truth in made.truths] == ["S4271e0c09c", "Sc3c31fb702"]
    assert [str(claim.restored_since) for claim in made.claims] == ["2020-02-29", "2020-01-11"]


def test_final_figures_are_measured_in_another_world_than_the_one_for_tuning() -> None:
    assert FINAL.spectra != TUNING.spectra
    assert FINAL.noise > TUNING.noise
    ids = [
        {truth.site_id for truth in simulate_batch(
            Scenario.GRASS, ClimateZone.ARID, 2, 2, seed=1, world=world, **SMALL
        ).truths}
        for world in (TUNING, FINAL)
    ]  # fmt: skip
    assert ids[0].isdisjoint(ids[1])


def test_the_world_of_figures_is_drawn_from_a_word_within_stated_ranges() -> None:
    assert world_of("Shuozhou 1986", name="unseen") == UNSEEN
    assert world_of("another word", name="unseen") != UNSEEN
    assert all(low <= getattr(UNSEEN, name) <= high for name, (low, high) in SETTINGS.items())
    assert ((table(UNSEEN.spectra) > 0) & (table(UNSEEN.spectra) < 1)).all()
    assert not np.array_equal(table(UNSEEN.spectra), table(TUNING.spectra))


def test_each_site_has_netting_of_its_own_where_there_are_dyes() -> None:
    one, other = (dyed(np.random.default_rng(seed)) for seed in (1, 2))
    assert not np.allclose(one, other)
    assert ((one > 0) & (one < 0.6)).all()


def test_a_series_says_what_the_pixels_of_the_batch_say() -> None:
    made = batch(2, 1)
    covered = weights(made.grid, made.sites)
    seen = list(simulate_series(Scenario.RELAPSE, ClimateZone.SEMI_ARID, 2, 1, seed=5, **SMALL))
    shares = np.zeros((len(seen), *made.grid.shape))
    for site in range(len(seen)):
        for row, col, length in covered.runs[:, covered.first_run[site] : covered.first_run[site + 1]].T:
            shares[site, row, col : col + length] = 1.0
        cells = slice(covered.first_cell[site], covered.first_cell[site + 1])
        shares[site, covered.cells[0, cells], covered.cells[1, cells]] = covered.shares[cells]
    months = made.days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12 + 1
    for scene, month in enumerate(months):
        recipe = Recipe.of(released(), zone=ClimateZone.SEMI_ARID, month=int(month))
        bands = {name: stack[scene] * np.float32(1e-4) for name, stack in made.bands.items()}
        ndvi = quantities_of(bands, CODES[made.mask[scene]], recipe)["ndvi"].astype(np.float64)
        known = np.isfinite(ndvi)
        for site, each in enumerate(seen):
            share = shares[site] * known
            assert each.series.inside.clear_px[scene] == pytest.approx(share.sum(), abs=1e-4)
            if share.sum() > 0:
                mean = (share * np.where(known, ndvi, 0.0)).sum() / share.sum()
                assert each.series.inside.mean["ndvi"][scene] == pytest.approx(mean, abs=1e-5)


@pytest.mark.parametrize("sensor", [SENTINEL2, LANDSAT, GAOFEN], ids=lambda sensor: sensor.name)
def test_every_sensor_delivers_its_own_bands_numbers_and_mask(sensor: Sensor) -> None:
    made = batch(sensor=sensor)
    assert tuple(made.bands) == bands_of(sensor)
    red = made.bands["red"][made.bands["red"] > 0] * sensor.scale + sensor.offset
    assert 0.0 < np.median(red) < 0.4
    clear = {SENTINEL2.name: (2, 4, 5, 6, 7), LANDSAT.name: (21824, 21952), GAOFEN.name: (1,)}[sensor.name]
    assert 0.2 < np.isin(made.mask, clear).mean() < 0.95
    scenes = made.as_scenes()
    assert len(scenes) == len(made.days)
    assert [scene.id for scene in scenes] == list(made.scenes)


def test_squares_may_be_wider_for_wider_rings() -> None:
    wide = simulate_batch(Scenario.GRASS, ClimateZone.ARID, 1, 0, world=replace(TUNING, tile_px=60), **SMALL)
    assert wide.grid.shape == (60, 60)
