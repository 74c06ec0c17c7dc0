"""Are yearly series segmented as LandTrendr does, whatever their scale, direction, gaps, blocks and threads?"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.earth import trajectory
from qingshan.earth.direction import Direction
from qingshan.earth.errors import SeriesRefused
from qingshan.earth.parameters import released
from qingshan.earth.tests import landtrendr_reference as reference
from qingshan.earth.trajectory import Trajectories, TrajectoryParams, models, search

PARAMS = released().section("trajectory", TrajectoryParams)
YEARS = np.arange(1985, 2025)
T = np.arange(len(YEARS))


def segmented(*series: np.ndarray, **options) -> Trajectories:
    values = np.column_stack(series).astype(np.float32)
    return trajectory.fit(YEARS, values, **{"params": PARAMS, **options})


def noise(seed: int, size: float = 0.01) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, size, len(YEARS))


def mined(year: int, *, before: float = 0.7, after: float = 0.15) -> np.ndarray:
    return np.where(year <= YEARS, after, before)


def test_a_step_bends_before_and_after_it():
    found = segmented(mined(2001) + noise(1)).greatest()
    assert (found.start_year[0], found.end_year[0]) == (2000, 2001)
    assert found.magnitude[0] == pytest.approx(-0.55, abs=0.05)
    assert found.before[0] == pytest.approx(0.7, abs=0.05)


def test_slow_recovery_is_followed():
    regrown = mined(1995) + np.where(YEARS > 2000, np.minimum(0.03 * (YEARS - 2000), 0.5), 0)
    lines = segmented(regrown + noise(2))
    assert np.abs(lines.fitted()[0] - regrown).mean() < 0.03
    assert lines.greatest(Direction.GAIN).end_year[0] >= 2010


def test_noise_without_change_is_mostly_a_level_line():
    lines = segmented(*(0.6 + noise(seed, 0.03) for seed in range(40)))
    level = lines.p > PARAMS.p_value
    assert level.mean() > 0.7
    assert (lines.count[level] == 2).all()
    np.testing.assert_array_equal(lines.values[level, 0], lines.values[level, 1])
    assert np.isnan(lines.greatest().magnitude[level]).all()


def test_a_straight_line_is_told_exactly():
    lines = segmented(0.8 - 0.01 * T)
    np.testing.assert_allclose(lines.fitted()[0], 0.8 - 0.01 * T, atol=1e-6)
    assert lines.rmse[0] < 1e-6


def test_a_constant_is_told_exactly():
    lines = segmented(np.full(len(YEARS), 0.5))
    assert lines.count.tolist() == [2]
    np.testing.assert_array_equal(lines.values[0, :2], 0.5)


def test_a_spike_of_one_year_is_no_change():
    spiked = 0.6 + noise(3)
    spiked[20] = 0.1
    assert not segmented(spiked).greatest().magnitude[0] < -0.2
    sharp = segmented(spiked, params=replace(PARAMS, spike_threshold=1.0, recovery_threshold=2.0))
    assert sharp.greatest().magnitude[0] < -0.2


def test_missing_years_bend_nothing_and_open_ends_are_level():
    values = mined(2001)
    values[[0, 1, 7, 8, 38, 39]] = np.nan
    lines = segmented(values)
    fitted = lines.fitted()[0]
    assert lines.years[0, 0] == 1985
    assert lines.years[0, lines.count[0] - 1] == 2024
    assert fitted[0] == fitted[2]
    assert fitted[37] == fitted[39]


def test_too_few_years_say_nothing():
    values = np.full(len(YEARS), np.nan)
    values[: PARAMS.min_observations - 1] = 0.5
    lines = segmented(values, np.full(len(YEARS), np.nan))
    assert lines.count.tolist() == [0, 0]
    assert np.isnan(lines.fitted()).all()
    assert np.isnan(lines.rmse).all()
    assert lines.greatest().start_year.tolist() == [0, 0]


def a_history(seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    values = mined(int(chance.integers(1990, 2018))) + noise(seed, 0.03)
    values += np.maximum(0, (YEARS - chance.integers(1995, 2024)) * 0.02)
    values[chance.random(len(YEARS)) < 0.1] = np.nan
    return values


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_other_direction_is_the_mirror(seed):
    values = a_history(seed)
    loss = segmented(values)
    gain = segmented(-values, direction=Direction.GAIN)
    np.testing.assert_array_equal(loss.years, gain.years)
    np.testing.assert_array_equal(loss.values, -gain.values)


@given(st.integers(0, 10_000), st.integers(-300, 300))
@settings(max_examples=60, deadline=None)
def test_other_years_and_another_unit_give_the_same_line(seed, shift):
    values = a_history(seed).astype(np.float32)
    here = segmented(values)
    there = trajectory.fit(YEARS + shift, 1024 * values[:, None], params=PARAMS)
    np.testing.assert_array_equal(here.count, there.count)
    np.testing.assert_array_equal(np.where(here.years > 0, here.years + shift, 0), there.years)
    np.testing.assert_allclose(1024 * here.values, there.values, rtol=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_vertices_rise_from_the_first_year_to_the_last_and_are_few(seed):
    lines = segmented(a_history(seed))
    years = lines.years[0, : lines.count[0]]
    assert 2 <= len(years) <= PARAMS.max_segments + 1
    assert (years[0], years[-1]) == (1985, 2024)
    assert (np.diff(years) > 0).all()


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_no_recovery_is_faster_than_the_threshold(seed):
    values = a_history(seed)
    values[np.isnan(values)] = 0.3  # a level line added at an open end changes the range
    lines = segmented(values)
    fitted = lines.fitted()[0]
    assert np.diff(fitted).max() <= PARAMS.recovery_threshold * np.ptp(fitted) + 1e-6


@pytest.mark.parametrize("threads", [1, 3])
def test_neither_threads_nor_blocks_change_a_bit(threads, monkeypatch):
    histories = [a_history(seed) for seed in range(60)]
    one = segmented(*histories)
    monkeypatch.setattr("qingshan.earth.blocks.over_blocks.__kwdefaults__", {"threads": 1, "size": 7})
    other = segmented(*histories, threads=threads)
    for name in ("count", "years", "values", "p", "rmse"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


@pytest.mark.parametrize(("f", "vertices", "n"), [(3.3158, 2, 33), (2.4205, 4, 37), (2.3479, 6, 31)])
def test_the_tail_of_f_agrees_with_printed_tables(f, vertices, n):
    """5 % points of F(2, 30), F(6, 30) and F(10, 20)."""
    y = np.random.default_rng(0).normal(0, 1, n)
    total = ((y - y.mean()) ** 2).sum()
    explaining = 2 * (vertices - 1)
    squares = total / (1 + f * explaining / (n - explaining - 1))
    assert models.p_of_f(y, n, squares, vertices) == pytest.approx(0.05, abs=2e-5)


def test_floating_vertices_are_least_squares():
    x, y = T.astype(float), 0.6 + noise(9, 0.1)
    v = np.array([0, 7, 19, 30, 39])
    value = np.empty(5)
    squares = models.float_free(x, y, v, 5, value, np.empty(5), np.empty(5))
    hats = np.column_stack([np.interp(x, v, np.eye(5)[k]) for k in range(5)])
    expected, rest, *_ = np.linalg.lstsq(hats, y, rcond=None)
    np.testing.assert_allclose(value, expected, atol=1e-12)
    assert squares == pytest.approx(rest[0])


def test_despiking_leaves_steps_alone():
    y = np.array([0.0, 0.01, 0.9, 0.02, 0.0, 0.5, 0.5, 0.52])
    search.despike(y, len(y), 0.9, np.empty(8), np.empty(8))
    assert y[2] < 0.1
    np.testing.assert_allclose(y[4:], [0.0, 0.5, 0.5, 0.52], atol=0.02)


def test_vertices_are_those_of_the_published_program():
    """Vertices from a port of the original that is validated against it; made by bench/earth_time.py --reference."""
    with (Path(reference.__file__).with_suffix(".csv")).open(encoding="utf-8") as file:
        told = [tuple(map(int, row["vertex_years"].split())) for row in csv.DictReader(file)]
    lines = trajectory.fit(reference.YEARS, reference.series(), params=PARAMS)
    ours = [tuple(lines.years[i, : lines.count[i]].tolist()) for i in range(len(lines))]
    assert len(told) == len(ours)
    assert np.mean([mine == theirs for mine, theirs in zip(ours, told, strict=True)]) >= 0.99


def test_years_must_rise():
    with pytest.raises(SeriesRefused) as refused:
        trajectory.fit(YEARS[[0, 2, 2]], np.zeros((3, 1), dtype=np.float32), params=PARAMS)
    assert refused.value.code == "earth.years_do_not_rise"
    with pytest.raises(SeriesRefused):
        trajectory.fit(YEARS, np.zeros((3, 1), dtype=np.float32), params=PARAMS)


def test_both_directions_at_once_are_refused():
    with pytest.raises(ValueError, match="LOSS or GAIN"):
        segmented(mined(2000), direction=Direction.BOTH)
