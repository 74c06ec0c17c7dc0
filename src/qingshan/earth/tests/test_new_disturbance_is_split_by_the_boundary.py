"""Is land outside the boundary told from land at it, with the sensor's location error as margin?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.grid import Grid, Window
from qingshan.earth.judging import Changes, beside_surroundings, changes_of, split_by_boundary
from qingshan.earth.judging.boundary import large_patches, patches
from qingshan.earth.monitor import MonitorParams, fit
from qingshan.earth.parameters import released
from qingshan.earth.sensors import SENTINEL2
from qingshan.earth.sites import ClimateZone
from qingshan.earth.tests.factories import Land

GRID = Grid(crs="EPSG:32649", west=500_000.0, north=4_200_000.0, dx=10.0, dy=10.0, height=100, width=100)
WINDOW = Window(row=20, col=30, height=40, width=40)
WEST_HALF = GRID.to_lonlat(shapely.box(500_300.0, 4_199_400.0, 500_500.0, 4_199_800.0))
DUG_ON = (date(2021, 6, 1) - date(1970, 1, 1)).days


def dug(rows: slice, cols: slice) -> np.ndarray:
    flags = np.zeros((40, 40), dtype=bool)
    flags[rows, cols] = True
    return flags


def changes(flags: np.ndarray, *, seen: float = 1.0) -> Changes:
    return Changes(
        changed=flags,
        looked_at=np.arange(1600).reshape(40, 40) < 1600 * seen,
        days=np.full((40, 40), DUG_ON, dtype=np.int32),
        grid=GRID,
        window=WINDOW,
        sensor=SENTINEL2,
    )


def within(found: Changes | None) -> Finding:
    (finding,) = Land().judged(permitted=WEST_HALF, changes=found)
    assert finding.question is Question.WITHIN
    return finding


def test_a_patch_well_outside_is_said_with_its_area_and_day() -> None:
    finding = within(changes(dug(slice(10, 14), slice(30, 35))))
    assert finding.verdict is Verdict.UNSUPPORTED
    assert finding.outside_m2 == pytest.approx(2000.0)
    assert finding.since == date(2021, 6, 1)
    assert "2000 平方米" in finding.sentence()


def test_a_patch_inside_is_mining_as_permitted() -> None:
    finding = within(changes(dug(slice(10, 20), slice(5, 12))))
    assert finding.verdict is Verdict.SUPPORTED
    assert (finding.inside_m2, finding.outside_m2) == (7000.0, 0.0)


def test_a_patch_along_the_boundary_is_left_open() -> None:
    finding = within(changes(dug(slice(5, 35), slice(19, 21))))
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.because[0].code == "earth.judged.near_boundary"


def test_mining_inside_may_come_up_to_the_boundary() -> None:
    finding = within(changes(dug(slice(10, 20), slice(10, 20))))
    assert finding.verdict is Verdict.SUPPORTED
    assert finding.because[0].values["uncertain"] == 2000


def test_a_patch_too_small_is_not_counted() -> None:
    assert within(changes(dug(slice(10, 12), slice(30, 34)))).verdict is Verdict.SUPPORTED


def test_outside_that_was_hardly_seen_is_left_open() -> None:
    finding = within(changes(dug(slice(0, 0), slice(0, 0)), seen=0.5))
    assert finding.verdict is Verdict.UNDECIDABLE
    assert finding.because[0].code == "earth.judged.outside_not_seen"


def test_without_a_record_of_changes_nothing_is_said() -> None:
    assert within(None).verdict is Verdict.UNDECIDABLE


def test_the_three_sides_are_disjoint_and_complete() -> None:
    flags = np.random.default_rng(5).random((40, 40)) < 0.7
    split = split_by_boundary(
        flags, grid=GRID, window=WINDOW, permitted=WEST_HALF, sensor=SENTINEL2, min_px=1, margin_px=0.5
    )
    sides = split.inside.astype(int) + split.outside + split.uncertain
    assert (sides == flags).all()


def test_a_less_exact_sensor_leaves_more_open() -> None:
    flags = np.ones((40, 40), dtype=bool)
    told = {"grid": GRID, "window": WINDOW, "permitted": WEST_HALF, "min_px": 9, "margin_px": 0.5}
    exact = split_by_boundary(flags, sensor=SENTINEL2, **told)
    vague = split_by_boundary(flags, sensor=replace(SENTINEL2, geolocation_error_m=40.0), **told)
    assert vague.uncertain_m2 > exact.uncertain_m2
    assert vague.outside_m2 < exact.outside_m2


def test_patches_are_joined_across_corners_and_turns() -> None:
    snake = np.array(["#####", "....#", "#####", "#....", "#.#.#", ".#.#."])
    flags = np.array([[mark == "#" for mark in row] for row in snake])
    labels = patches(flags)
    assert set(labels[flags]) == {0}
    assert (labels[~flags] == -1).all()
    two = np.array([[True, False, True], [True, False, True]])
    assert len(set(patches(two)[two])) == 2


def test_large_patches_of_nothing_are_nothing() -> None:
    assert not large_patches(np.zeros((3, 3), dtype=bool), 1).any()
    assert large_patches(np.ones((3, 3), dtype=bool), 9).all()
    assert not large_patches(np.ones((3, 3), dtype=bool), 10).any()


def monitored(dug_pixels: np.ndarray) -> Changes:
    """Four years of green pixels; some are dug up after three, the first column is never seen."""
    days = np.arange(DUG_ON - 1100, DUG_ON + 300, 12, dtype=np.int32)
    season = 0.55 + 0.25 * np.sin(days / 365.25 * 2 * np.pi)
    values = np.repeat(season[:, None], 1600, axis=1) + np.random.default_rng(2).normal(
        0, 0.02, (len(days), 1600)
    )
    values[days >= DUG_ON] -= 0.5 * dug_pixels.ravel()
    values[:, ::40] = np.nan
    params = released().section("monitor", MonitorParams)
    dry = np.where(days >= DUG_ON + 100, 0.25, 0.0)[:, None]
    state = fit(
        days,
        beside_surroundings((values - dry).astype(np.float32)),
        params=params,
        zones=ClimateZone.SEMI_HUMID,
    )
    return changes_of(state, grid=GRID, window=WINDOW, sensor=SENTINEL2)


def test_the_monitor_tells_which_pixels_were_dug_and_when() -> None:
    where = dug(slice(10, 14), slice(30, 35))
    found = monitored(where)
    assert (found.changed == where).all()
    assert (np.abs(found.days[where] - DUG_ON) <= 12).all()
    assert not found.looked_at[:, 0].any()
    assert found.looked_at[:, 1:].all()
    assert within(found).verdict is Verdict.UNSUPPORTED
