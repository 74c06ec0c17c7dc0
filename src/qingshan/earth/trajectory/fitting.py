"""What is the history of a series in a few straight strokes? Yearly values in, vertices out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.blocks import over_blocks, side_by_side
from qingshan.earth.direction import Direction
from qingshan.earth.errors import SeriesRefused
from qingshan.earth.trajectory import kernel

Floats = np.ndarray[Any, np.dtype[np.float64]]
Float32s = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, kw_only=True)
class TrajectoryParams:
    """Section [trajectory] of the parameter set; names as in LT-GEE."""

    max_segments: int
    """straight strokes at most"""
    spike_threshold: float
    """how sharp a spike must be to be dampened; 1: none is"""
    vertex_overshoot: int
    """vertices that are found at first beyond those that may stay"""
    prevents_one_year_recovery: bool
    """the last year but one is no vertex when a recovery follows"""
    recovery_threshold: float
    """fastest recovery that is believed, as a share of the series' range per year"""
    p_value: float
    """largest p of F with which a model is taken"""
    best_model_proportion: float
    """a model with more vertices is taken when its p is at most 2 minus this times the least"""
    min_observations: int
    """observed years below which nothing is fitted"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Change:
    """The stroke of each series along which its value changed most in one direction."""

    start_year: Ints
    """(series,) year from which on it changes; 0: no such stroke"""
    end_year: Ints
    """(series,) year in which the stroke ends"""
    magnitude: Floats
    """(series,) value at the end minus value at the start; NaN: no such stroke"""
    before: Floats
    """(series,) value at the start"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Trajectories:
    """Broken lines through yearly series."""

    first_year: int
    last_year: int
    count: Ints
    """(series,) vertices; 0: too few observations"""
    years: Ints
    """(series, most) years of the vertices, 0 behind the last"""
    values: Floats
    """(series, most) values there, NaN behind the last"""
    p: Floats
    """(series,) p of F of the model; NaN without"""
    rmse: Floats
    """(series,) root mean squared residual of all observations; NaN without"""

    def __len__(self) -> int:
        return len(self.count)

    def fitted(self) -> Floats:
        """The broken lines year by year: (series, last_year - first_year + 1); NaN where there is none."""
        along = np.arange(self.first_year, self.last_year + 1, dtype=np.float64)
        out = np.full((len(self), len(along)), np.nan)
        for s in range(self.years.shape[1] - 1):
            has = self.count > s + 1
            start, end = self.years[has, s, None], self.years[has, s + 1, None]
            low, high = self.values[has, s, None], self.values[has, s + 1, None]
            share = (along - start) / (end - start)
            out[has] = np.where((share >= 0) & (share <= 1), low + share * (high - low), out[has])
        return out

    def greatest(self, direction: Direction = Direction.LOSS) -> Change:
        """The stroke with the largest loss (or gain) of each series; of equals the first."""
        rise = np.diff(self.values, axis=1)
        away = {Direction.LOSS: -rise, Direction.GAIN: rise, Direction.BOTH: np.abs(rise)}[direction]
        away = np.where(np.isnan(away), -np.inf, away)
        at = np.argmax(away, axis=1)
        row = np.arange(len(self))
        has = away[row, at] > 0
        return Change(
            start_year=np.where(has, self.years[row, at], 0),
            end_year=np.where(has, self.years[row, at + 1], 0),
            magnitude=np.where(has, rise[row, at], np.nan),
            before=np.where(has, self.values[row, at], np.nan),
        )


def fit(
    years: Ints,
    values: Float32s,
    *,
    params: TrajectoryParams,
    direction: Direction = Direction.LOSS,
    on_whole_numbers: bool = False,
    threads: int = 1,
) -> Trajectories:
    """Segments yearly series (Kennedy, Yang and Cohen 2010, LandTrendr).

    Args:
        years: (years,) rising.
        values: (years, series) float32; NaN where a year was not observed.
        params: section [trajectory] of the parameter set.
        direction: LOSS: a disturbance is a fall (NDVI, NBR, cover); GAIN: it is a rise (brightness, bareness).
        on_whole_numbers: where the first or last year is missing and vertices are too many, weigh bends on whole
            numbers as the published program does; for comparisons with it.
        threads: blocks of series computed at once; results are the same bits whatever their number.

    Raises:
        SeriesRefused: years do not rise, or there are not as many rows of values as years.
        ValueError: direction is BOTH: the method must know which way a recovery goes.
    """
    years, values = _checked(years, values)
    rules = rules_of(params, direction, on_whole_numbers=on_whole_numbers)
    series, most = values.shape[1], params.max_segments + 1
    count = np.zeros(series, dtype=np.int64)
    year = np.zeros((series, most), dtype=np.int64)
    value = np.full((series, most), np.nan)
    p, rmse = np.full(series, np.nan), np.full(series, np.nan)
    along = years.astype(np.float64)

    def block(first: int, end: int) -> None:
        kernel.segment_block(
            along,
            side_by_side(values, first, end),
            rules,
            count[first:end],
            year[first:end],
            value[first:end],
            p[first:end],
            rmse[first:end],
        )

    over_blocks(series, block, threads=threads)
    return Trajectories(
        first_year=int(years[0]),
        last_year=int(years[-1]),
        count=count,
        years=year,
        values=value,
        p=p,
        rmse=rmse,
    )


def rules_of(params: TrajectoryParams, direction: Direction, *, on_whole_numbers: bool) -> kernel.Rules:
    """The parameters as the kernel takes them."""
    if direction is Direction.BOTH:
        raise ValueError("direction must be LOSS or GAIN")
    return kernel.Rules(
        turn=-1.0 if direction is Direction.LOSS else 1.0,
        most=int(params.max_segments) + 1,
        overshoot=int(params.vertex_overshoot),
        least=int(params.min_observations),
        edge_rule=int(params.prevents_one_year_recovery),
        spike=float(params.spike_threshold),
        recovery=float(params.recovery_threshold),
        p=float(params.p_value),
        generosity=2.0 - float(params.best_model_proportion),
        on_whole_numbers=on_whole_numbers,
    )


def _checked(years: Any, values: Any) -> tuple[Ints, Float32s]:
    years, values = np.asarray(years, dtype=np.int64), np.asarray(values, dtype=np.float32)
    if values.ndim != 2 or years.ndim != 1 or not len(years) or len(years) != len(values):
        raise SeriesRefused.because("earth.days_and_values_differ", days=years.size, values=len(values))
    repeated = np.flatnonzero(np.diff(years) <= 0)
    if len(repeated):
        raise SeriesRefused.because("earth.years_do_not_rise", position=int(repeated[0]) + 2)
    return years, values
