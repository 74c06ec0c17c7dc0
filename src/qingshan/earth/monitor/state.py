"""What does a monitor know after the latest date? Frozen arrays that can be stored, and what is read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.direction import Direction
from qingshan.earth.monitor import kernel
from qingshan.earth.monitor.fitting import TERMS, terms_at

Days = np.ndarray[Any, np.dtype[np.int32]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Float32s = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, kw_only=True)
class MonitorParams:
    """Section [monitor] of the parameter set."""

    min_history: int
    """clear observations before a first model is fitted"""
    min_history_years: float
    """years that they must cover"""
    consecutive: int
    """contrary observations in a row that confirm a break (K)"""
    sigmas: float
    """how far an observation must lie off to be contrary, in standard deviations"""
    sigma_floor: float
    """smallest standard deviation that is believed, in the unit of the values"""
    passes: int
    """times that the model is fitted, each without what lay far off in the one before; 1: plain least squares"""
    outlier_sigmas: float
    """how far is far off, in standard deviations"""
    ridge: float
    """pull of trend and harmonics towards 0, in observations"""
    refit_growth: float
    """the model is fitted anew when its observations have grown by this factor"""
    magnitude: Mapping[str, float]
    """smallest mean change that makes a break, by climate zone, in the unit of the values"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Segments:
    """Stretches of series without a break, in order of series and time."""

    series: Ints
    """(n,) which series"""
    start_day: Days
    """(n,) first observation, days since 1970-01-01"""
    end_day: Days
    """(n,) last observation, days since 1970-01-01"""
    coefficients: Floats
    """(n, 6) level, trend per year, cosine and sine of one and of two cycles a year; years count from the very first
    date of the monitor; NaN where there was no model yet"""
    sigma: Floats
    """(n,) robust standard deviation, in the unit of the values"""
    rmse: Floats
    """(n,) root mean squared residual of the observations that were kept"""
    observations: Ints
    """(n,) observations in the model; 0: no model yet"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Breaks:
    """Changes that lasted, in order of series and time."""

    series: Ints
    """(n,) which series"""
    day: Days
    """(n,) the first contrary observation, days since 1970-01-01"""
    confirmed_day: Days
    """(n,) the observation that confirmed it; for a provisional one the latest contrary observation"""
    magnitude: Floats
    """(n,) mean residual of the contrary observations: below 0 a loss, above 0 a gain"""
    is_confirmed: Flags
    """(n,) False: rests on fewer contrary observations than a break needs; the next ones may change it"""

    def __len__(self) -> int:
        return len(self.series)


@dataclass(frozen=True, kw_only=True, eq=False)
class MonitorState:
    """All that is needed to go on with the next date."""

    params: MonitorParams
    direction: Direction
    origin_day: int
    """the very first date, days since 1970-01-01; -1: none yet"""
    offset: int
    """dates that no series needs any more and that were let go"""
    days: Days
    """(kept,) dates that are still needed"""
    values: Float32s
    """(series, kept) their observations, NaN where nothing was observed"""
    magnitude: Floats
    """(series,) smallest mean change that makes a break"""
    wholes: Ints
    """(series, kernel.WHOLES)"""
    reals: Floats
    """(series, kernel.REALS)"""
    closed: Floats
    """(n, 1 + kernel.CLOSED) segments that a break ended: series, then what the kernel tells, with days for rows"""

    def __len__(self) -> int:
        return len(self.wholes)

    def breaks(self) -> Breaks:
        """All confirmed breaks so far."""
        return breaks_of(self.closed)

    def expected_before(self, days: Days, breaks: Breaks) -> Floats:
        """What the models that stood before some breaks expect: (days, breaks). Their trends end with them.

        Args:
            days: days since 1970-01-01.
            breaks: confirmed ones as from `breaks`, all of them; or those of `provisional`.
        """
        if len(breaks) and not breaks.is_confirmed.all():
            coefficients = self.reals[breaks.series, :TERMS]
            end = self.reals[breaks.series, kernel.FIT_END]
        else:
            coefficients = self.closed[:, 1 : 1 + TERMS]
            end = years_since(self.closed[:, 1 + kernel.CLOSED_END].astype(np.int32), self.origin_day)
        years = years_since(days, self.origin_day)
        values = terms_at(years).T @ coefficients.T
        values -= coefficients[None, :, 1] * np.maximum(0.0, years[:, None] - end[None, :])
        return np.asarray(values)

    def provisional(self) -> Breaks:
        """Series whose newest observations are contrary and far enough off, but too few to confirm a break."""
        run = self.wholes[:, kernel.RUN]
        size = np.divide(self.reals[:, kernel.RUN_SUM], run, out=np.zeros(len(run)), where=run > 0)
        series = np.flatnonzero((run > 0) & (np.abs(size) >= self.magnitude))
        return Breaks(
            series=series,
            day=self.day_of(self.wholes[series, kernel.RUN_ROW]),
            confirmed_day=self.day_of(self.wholes[series, kernel.LAST]),
            magnitude=size[series],
            is_confirmed=np.zeros(len(series), dtype=np.bool_),
        )

    def segments(self) -> Segments:
        """All segments: those that breaks ended, and the one that each series is in."""
        return segments_of(self)

    def day_of(self, rows: Ints) -> Days:
        """Days of dates that are still kept, by their number since the very first."""
        return self.days[rows - self.offset]

    def expected(self, days: Days) -> Floats:
        """What the newest model expects: (days, series); NaN without a model. The trend ends with the model."""
        years = years_since(days, self.origin_day)
        terms = terms_at(years)
        values = terms.T @ self.reals[:, :TERMS].T
        beyond = np.maximum(0.0, years[:, None] - self.reals[None, :, kernel.FIT_END])
        values -= self.reals[None, :, 1] * beyond
        values[:, self.wholes[:, kernel.FITTED] == 0] = np.nan
        return np.asarray(values)


def years_since(days: Days, origin_day: int) -> Floats:
    """Years of 365.25 days since a day."""
    return (days.astype(np.float64) - origin_day) / DAYS_PER_YEAR


def breaks_of(closed: Floats) -> Breaks:
    """The breaks that ended these segments."""
    told = closed[:, 1:]
    return Breaks(
        series=closed[:, 0].astype(np.int64),
        day=told[:, kernel.BREAK].astype(np.int32),
        confirmed_day=told[:, kernel.CONFIRMED].astype(np.int32),
        magnitude=told[:, kernel.SIZE].copy(),
        is_confirmed=np.ones(len(told), dtype=np.bool_),
    )


def segments_of(state: MonitorState) -> Segments:
    """Segments in order of series and time."""
    told = state.closed[:, 1:]
    going = np.flatnonzero(state.wholes[:, kernel.START] >= 0)
    whole, real = state.wholes[going], state.reals[going]
    without = whole[:, kernel.FITTED] == 0
    series = np.concatenate([state.closed[:, 0].astype(np.int64), going])
    start = np.concatenate(
        [told[:, kernel.CLOSED_START].astype(np.int32), state.day_of(whole[:, kernel.START])]
    )
    order = np.lexsort((start, series))

    def both(ended: Floats, open_ones: Floats) -> Any:
        return np.concatenate([ended, np.where(_as_rows(without, open_ones), np.nan, open_ones)])[order]

    return Segments(
        series=series[order],
        start_day=start[order],
        end_day=np.concatenate(
            [told[:, kernel.CLOSED_END].astype(np.int32), state.day_of(whole[:, kernel.LAST])]
        )[order],
        coefficients=both(told[:, :TERMS], real[:, :TERMS]),
        sigma=both(told[:, kernel.CLOSED_SIGMA], real[:, kernel.SIGMA]),
        rmse=both(told[:, kernel.CLOSED_RMSE], real[:, kernel.RMSE]),
        observations=np.concatenate([told[:, kernel.CLOSED_COUNT].astype(np.int64), whole[:, kernel.FITTED]])[
            order
        ],
    )


def _as_rows(flags: Flags, like: Floats) -> Flags:
    return flags[:, None] if like.ndim > 1 else flags
