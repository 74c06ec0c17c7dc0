"""Does the monitor find a lasting change, date it on its first observation, and stay silent otherwise?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingshan.earth import monitor
from qingshan.earth.direction import Direction
from qingshan.earth.errors import SeriesRefused
from qingshan.earth.monitor import MonitorParams, MonitorState
from qingshan.earth.parameters import released
from qingshan.earth.sites import ClimateZone
from qingshan.earth.tests.drawn_series import FIRST_DAY, bared, dates, meadow, season

PARAMS = released().section("monitor", MonitorParams)
SINCE = FIRST_DAY + 3 * 365 + 150  # early June of the fourth year
HUMID = ClimateZone.HUMID


def watched(days: np.ndarray, values: np.ndarray, **options) -> MonitorState:
    return monitor.fit(days, values, **{"params": PARAMS, "zones": HUMID, **options})


def assert_same(ours: MonitorState, other: MonitorState) -> None:
    for name in ("wholes", "reals", "closed", "days", "values"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(other, name), err_msg=name)
    assert (ours.offset, ours.origin_day) == (other.offset, other.origin_day)


def test_a_lasting_fall_is_dated_on_its_first_observation():
    days = dates(4)
    found = watched(days, bared(meadow(days), days, SINCE)).breaks()
    assert found.day.tolist() == [days[days >= SINCE][0]]
    assert found.confirmed_day.tolist() == [days[days >= SINCE][PARAMS.consecutive - 1]]
    assert found.magnitude[0] < -0.4
    assert found.is_confirmed.tolist() == [True]


def test_unchanged_land_raises_no_alarm():
    days = dates(5)
    assert len(watched(days, meadow(days, series=300, missing=0.3)).breaks()) == 0


def test_fewer_contrary_observations_than_k_are_provisional():
    days = dates(4)
    seen = days < SINCE + 12 * (PARAMS.consecutive - 1)
    state = watched(days[seen], bared(meadow(days), days, SINCE)[seen])
    assert len(state.breaks()) == 0
    newest = state.provisional()
    assert newest.day.tolist() == [days[days >= SINCE][0]]
    assert newest.confirmed_day.tolist() == [days[seen][-1]]
    assert newest.is_confirmed.tolist() == [False]


def test_a_few_cloudy_dates_are_no_break():
    days = dates(4)
    values = meadow(days)
    near = np.flatnonzero(days >= SINCE)
    values[near[: PARAMS.consecutive - 1]] = 0.05
    values[near[PARAMS.consecutive : 2 * PARAMS.consecutive - 1]] = 0.05
    state = watched(days, values)
    assert len(state.breaks()) == 0
    assert len(state.provisional()) == 0


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 120), max_size=6), st.sampled_from(Direction))
@settings(max_examples=40, deadline=None)
def test_dates_at_once_or_in_any_split_give_the_same_bits(seed, cuts, direction):
    days = dates(4)
    values = meadow(days, series=6, missing=0.3, seed=seed)
    values[:, :3] = bared(values, days, SINCE)[:, :3]
    values[:, 1:2] = bared(values, days, FIRST_DAY + 200, level=0.6)[:, 1:2]
    values[:, 5] = np.nan
    whole = watched(days, values, direction=direction)
    parts = np.split(np.arange(len(days)), sorted(cuts))
    state, told = watched(days[parts[0]], values[parts[0]], direction=direction), []
    told.append(len(state.breaks()))
    for part in parts[1:]:
        state, new = monitor.update(state, days[part], values[part])
        told.append(len(new))
    assert_same(state, whole)
    assert sum(told) == len(whole.breaks())


@pytest.mark.parametrize("threads", [1, 3])
def test_neither_threads_nor_blocks_change_a_bit(threads, monkeypatch):
    days = dates(4)
    values = bared(meadow(days, series=50, missing=0.2), days, SINCE)
    one = watched(days, values)
    monkeypatch.setattr("qingshan.earth.blocks.over_blocks.__kwdefaults__", {"threads": 1, "size": 7})
    assert_same(watched(days, values, threads=threads), one)


def test_a_series_does_not_hear_its_neighbours():
    days = dates(4)
    values = bared(meadow(days, series=8, missing=0.2), days, SINCE)
    alone, together = watched(days, values[:, 3:4]), watched(days, values)
    np.testing.assert_array_equal(alone.reals[0], together.reals[3])


def test_behind_a_break_a_new_segment_is_fitted_and_can_break_again():
    days = dates(8)
    values = bared(meadow(days), days, SINCE)
    regrown = np.where((days >= SINCE + 900)[:, None], meadow(days, seed=1), values).astype(np.float32)
    state = watched(days, regrown, direction=Direction.BOTH)
    assert np.sign(state.breaks().magnitude).tolist() == [-1.0, 1.0]
    segments = state.segments()
    assert len(segments.series) == 3
    assert (segments.observations > 0).all()
    assert (np.diff(segments.start_day) > 0).all()
    assert segments.coefficients[1, 0] == pytest.approx(0.12, abs=0.02)
    assert segments.end_day.tolist() == [days[days < SINCE][-1], days[days < SINCE + 900][-1], days[-1]]


def test_gains_are_told_when_they_are_looked_for():
    days = dates(4)
    values = bared(meadow(days), days, SINCE, level=0.99)
    assert len(watched(days, values).breaks()) == 0
    assert watched(days, values, direction=Direction.GAIN).breaks().magnitude[0] > 0.2
    assert len(watched(days, values, direction=Direction.BOTH).breaks()) == 1


def test_the_zone_says_how_large_a_fall_must_be_and_an_unknown_zone_is_treated_with_most_care():
    days = dates(4)
    values = np.repeat(meadow(days, noise=0.01), 3, axis=1) - np.where(days >= SINCE, 0.18, 0)[:, None]
    zones = [ClimateZone.SEMI_ARID, ClimateZone.HUMID, None]
    assert watched(days, values, zones=zones).breaks().series.tolist() == [0]


@pytest.mark.parametrize("gap", [np.nan, np.inf, -np.inf])
def test_what_was_not_observed_counts_for_nothing(gap):
    days = dates(4)
    values = meadow(days)
    values[days >= SINCE] = gap
    state = watched(days, values)
    assert len(state.breaks()) == len(state.provisional()) == 0
    assert state.segments().end_day.tolist() == [days[days < SINCE][-1]]


def test_a_series_never_seen_has_no_segment():
    days = dates(2)
    state = watched(days, np.full((len(days), 2), np.nan, dtype=np.float32))
    assert len(state.segments().series) == 0
    assert len(state.days) == 1
    assert np.isnan(state.expected(days)).all()


def test_too_short_a_history_says_nothing():
    days = dates(1.4)
    values = bared(meadow(days), days, FIRST_DAY + 400)
    state = watched(days, values)
    assert len(state.breaks()) == 0
    assert state.segments().observations.tolist() == [0]
    assert np.isnan(state.segments().coefficients).all()


def test_a_change_within_the_first_history_delays_the_model_until_the_land_is_quiet():
    days = dates(4)
    values = bared(meadow(days), days, FIRST_DAY + 300)
    segments = watched(days, values).segments()
    assert segments.start_day[0] > FIRST_DAY + 150
    assert segments.observations[0] > 0


def test_one_pass_is_plain_least_squares():
    days = dates(1.6)
    values = meadow(days)
    state = watched(days, values, params=replace(PARAMS, passes=1, ridge=0.0, min_history=len(days)))
    turn = 2 * np.pi * (days - days[0]) / 365.25
    columns = [np.ones(len(days)), turn / 2 / np.pi]
    columns += [wave(k * turn) for k in (1, 2) for wave in (np.cos, np.sin)]
    expected, *_ = np.linalg.lstsq(np.column_stack(columns), values[:, 0].astype(float), rcond=None)
    np.testing.assert_allclose(state.segments().coefficients[0], expected, atol=1e-10)


def test_robust_passes_withstand_clouds_that_the_mask_missed():
    days = dates(3, every=8)
    values = meadow(days)
    chance = np.random.default_rng(5)
    values[chance.random(len(days)) < 0.08] = 0.05
    error = {}
    for passes in (1, 3):
        state = watched(days, values, params=replace(PARAMS, passes=passes))
        error[passes] = np.abs(state.expected(days)[:, 0] - season(days)).mean()
    assert error[3] < error[1] / 2
    assert error[3] < 0.015


def test_a_trend_is_not_carried_on_beyond_the_model():
    days = dates(3)
    values = meadow(days) + np.float32(0.05) * (days - FIRST_DAY)[:, None].astype(np.float32) / 365.25
    state = watched(days, values.astype(np.float32))
    later = (days[-1:] + np.array([365 * 4, 365 * 4 + 1461])).astype(np.int32)
    first, second = state.expected(later)[:, 0]
    assert first == pytest.approx(second, abs=0.01)


def test_two_observations_of_one_day_both_count():
    days = np.repeat(dates(4), 2)
    found = watched(days, bared(meadow(days), days, SINCE)).breaks()
    assert found.day.tolist() == [days[days >= SINCE][0]]


def test_dates_that_no_segment_needs_are_let_go():
    days = dates(6)
    state = watched(days, bared(meadow(days), days, SINCE))
    assert state.days[0] == days[days >= SINCE][0]
    assert state.values.shape[1] == len(state.days) == (days >= SINCE).sum()


def test_an_update_without_dates_changes_nothing():
    days = dates(4)
    state = watched(days, meadow(days))
    after, found = monitor.update(state, days[:0], np.empty((0, 1), dtype=np.float32))
    assert after is state
    assert len(found) == 0


def test_days_that_fall_are_refused():
    days = dates(2)
    with pytest.raises(SeriesRefused) as refused:
        watched(days[::-1], meadow(days))
    assert refused.value.code == "earth.days_fall"
    state = watched(days, meadow(days))
    with pytest.raises(SeriesRefused):
        monitor.update(state, days[:1], meadow(days)[:1])


def test_rows_and_series_that_do_not_fit_are_refused():
    days = dates(2)
    state = watched(days, meadow(days))
    with pytest.raises(SeriesRefused) as rows:
        watched(days, meadow(days)[:-1])
    with pytest.raises(SeriesRefused) as series:
        monitor.update(state, days[-1:], meadow(days, series=2)[-1:])
    assert (rows.value.code, series.value.code) == ("earth.days_and_values_differ", "earth.series_differ")
