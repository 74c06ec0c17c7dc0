"""How does a monitor begin, and how does it go on when new dates come?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from qingshan.earth.blocks import over_blocks, turn
from qingshan.earth.direction import Direction
from qingshan.earth.errors import SeriesRefused
from qingshan.earth.monitor import kernel
from qingshan.earth.monitor.fitting import products_of, terms_at
from qingshan.earth.monitor.state import (
    Breaks,
    Days,
    Float32s,
    Floats,
    Ints,
    MonitorParams,
    MonitorState,
    breaks_of,
    years_since,
)
from qingshan.earth.sites import ClimateZone

Zones = ClimateZone | Sequence[ClimateZone | None] | None


def fit(
    days: Days,
    values: Float32s,
    *,
    params: MonitorParams,
    direction: Direction = Direction.LOSS,
    zones: Zones = None,
    threads: int = 1,
) -> MonitorState:
    """Watches series from their first date to their last.

    Args:
        days: (dates,) days since 1970-01-01, not falling.
        values: (dates, series) float32 of a quantity that falls when plants are lost; NaN where nothing was observed.
        params: section [monitor] of the parameter set.
        direction: which changes are looked for.
        zones: climate zone of all series or of each; None: not told, the largest magnitude of all zones is used.
        threads: blocks of series computed at once; results are the same bits whatever their number.

    Raises:
        SeriesRefused: days fall, or there are not as many rows of values as days.
    """
    series = np.asarray(values).shape[1] if np.ndim(values) == 2 else -1
    state = MonitorState(
        params=params,
        direction=direction,
        origin_day=-1,
        offset=0,
        days=np.empty(0, dtype=np.int32),
        values=np.empty((max(series, 0), 0), dtype=np.float32),
        magnitude=_magnitudes(zones, params, max(series, 0)),
        wholes=_no_wholes(max(series, 0)),
        reals=np.zeros((max(series, 0), kernel.REALS)),
        closed=np.empty((0, 1 + kernel.CLOSED)),
    )
    return update(state, days, values, threads=threads)[0]


def update(
    state: MonitorState, days: Days, values: Float32s, *, threads: int = 1
) -> tuple[MonitorState, Breaks]:
    """Goes on with new dates; the state that was given stays as it was.

    Whether dates come at once or in any split, states and breaks are the same to the bit.

    Args:
        state: from `fit` or an earlier `update`.
        days: (dates,) days since 1970-01-01, not falling and not before those already seen.
        values: (dates, series) float32, NaN where nothing was observed.
        threads: blocks of series computed at once.

    Returns:
        The new state, and the breaks that the new dates confirmed.

    Raises:
        SeriesRefused: days fall, or rows or series of the values are not as many as they should be.
    """
    days, values = _checked(state, days, values)
    if not len(days):
        return state, breaks_of(state.closed[:0])
    origin = state.origin_day if state.offset + len(state.days) else int(days[0])
    all_days = np.concatenate([state.days, days])
    wholes, reals = state.wholes.copy(), state.reals.copy()
    run = _Run(state, years_since(all_days, origin), values, wholes, reals)
    ended = np.concatenate(over_blocks(len(state), run.block, threads=threads))
    for column in (kernel.CLOSED_START, kernel.CLOSED_END, kernel.BREAK, kernel.CONFIRMED):
        rows = ended[:, 1 + column].astype(np.int64) - state.offset
        ended[:, 1 + column] = all_days[rows]
    gone = _no_longer_needed(wholes, state.offset, len(all_days))
    closed = np.concatenate([state.closed, ended])
    new = replace(
        state,
        origin_day=origin,
        offset=state.offset + gone,
        days=all_days[gone:],
        values=run.kept[:, gone:].copy() if gone else run.kept,
        wholes=wholes,
        reals=reals,
        closed=closed[np.lexsort((closed[:, 1 + kernel.BREAK], closed[:, 0]))],
    )
    return new, breaks_of(ended)


class _Run:
    """One update: what all blocks share."""

    def __init__(
        self, state: MonitorState, years: Floats, values: Float32s, wholes: Ints, reals: Floats
    ) -> None:
        self.first_new, self.offset = len(state.days), state.offset
        self.years, self.before, self.new = years, state.values, values
        self.kept = np.empty((len(state), len(years)), dtype=np.float32)
        self.terms = terms_at(years)
        self.products = products_of(self.terms)
        self.rules, self.magnitude = rules_of(state.params, state.direction), state.magnitude
        self.wholes, self.reals = wholes, reals
        self.most = len(years) // max(1, state.params.min_history) + 2

    def block(self, first: int, end: int) -> Floats:
        """Series first..end-1; returns the segments that ended, the series in front."""
        closed = np.empty((end - first, self.most, kernel.CLOSED))
        count = np.zeros(end - first, dtype=np.int64)
        mine = self.kept[first:end]
        mine[:, : self.first_new] = self.before[first:end]
        turn(self.new, first, mine[:, self.first_new :])
        kernel.advance(
            mine,
            self.first_new,
            self.offset,
            self.years,
            self.terms,
            self.products,
            self.rules,
            self.magnitude[first:end],
            self.wholes[first:end],
            self.reals[first:end],
            closed,
            count,
        )
        told = closed[np.arange(self.most) < count[:, None]]
        series = np.repeat(np.arange(first, end, dtype=np.float64), count)
        return np.column_stack([series, told])


def rules_of(params: MonitorParams, direction: Direction) -> kernel.Rules:
    """The parameters as the kernel takes them."""
    return kernel.Rules(
        min_history=int(params.min_history),
        min_history_years=float(params.min_history_years),
        consecutive=int(params.consecutive),
        sigmas=float(params.sigmas),
        refit_growth=float(params.refit_growth),
        sees_loss=direction is not Direction.GAIN,
        sees_gain=direction is not Direction.LOSS,
        fit=(
            int(params.passes),
            float(params.ridge),
            float(params.sigma_floor),
            float(params.outlier_sigmas),
        ),
    )


def _magnitudes(zones: Zones, params: MonitorParams, series: int) -> Floats:
    """Where the zone is not told, the largest: the fewest alarms."""
    careful = max(params.magnitude.values())
    if zones is None or isinstance(zones, ClimateZone):
        return np.full(series, careful if zones is None else params.magnitude[zones])
    return np.array([careful if zone is None else params.magnitude[zone] for zone in zones], dtype=np.float64)


def _no_wholes(series: int) -> Ints:
    wholes = np.zeros((series, kernel.WHOLES), dtype=np.int64)
    wholes[:, [kernel.START, kernel.LAST]] = -1
    return wholes


def _checked(state: MonitorState, days: Any, values: Any) -> tuple[Days, Float32s]:
    days, values = np.asarray(days, dtype=np.int32), np.asarray(values, dtype=np.float32)
    if values.ndim != 2 or days.ndim != 1 or len(days) != len(values):
        raise SeriesRefused.because("earth.days_and_values_differ", days=days.size, values=len(values))
    if values.shape[1] != len(state) or len(state.magnitude) != len(state):
        raise SeriesRefused.because("earth.series_differ", state=len(state.magnitude), values=values.shape[1])
    before = state.days[-1:] if len(state.days) else days[:1]
    falls = np.flatnonzero(np.diff(np.concatenate([before, days])) < 0)
    if len(falls):
        raise SeriesRefused.because("earth.days_fall", position=int(falls[0]) + 1)
    return days, values


def _no_longer_needed(wholes: Ints, offset: int, dates: int) -> int:
    """Dates before the earliest segment; the latest date is always kept, so that none comes before it."""
    started = wholes[wholes[:, kernel.START] >= 0, kernel.START]
    earliest = int(started.min()) if len(started) else offset + dates
    return max(0, min(earliest - offset, dates - 1))
