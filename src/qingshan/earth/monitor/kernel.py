"""How does a monitored series go on with each new observation? One series after the other, one date after the other.

All that a date decides depends on earlier dates only, and sums are always added in the order of dates from the first
observation of the segment on: whether dates come at once or in any split, every bit is the same.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from qingshan.earth.compiled import compiled
from qingshan.earth.monitor.fitting import PRODUCTS, TERMS, fit_robustly, sum_up

Floats = np.ndarray[Any, np.dtype[np.float64]]
Float32s = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

START, LAST, COUNT, FITTED, NEXT, RUN, RUN_ROW, SIGN = range(8)
"""Whole numbers of a series: rows of the segment's first and latest observation (-1: none), its observations, those in
the model (0: no model yet), how many there must be for the next fit, contrary ones in a row, the row of the first of
them, and whether they fall (-1) or rise (1). Rows are counted from the very first date."""
SIGMA, RMSE, FIT_END, RUN_SUM = range(TERMS, TERMS + 4)
"""Real numbers of a series, behind the coefficients: spread, misfit, year of the latest observation in the model, and
sum of the contrary residuals."""
WHOLES, REALS = 8, TERMS + 4
CLOSED_START, CLOSED_END, CLOSED_COUNT, CLOSED_SIGMA, CLOSED_RMSE, BREAK, CONFIRMED, SIZE = range(
    TERMS, TERMS + 8
)
"""What is told of a segment that a break ended, behind its coefficients; the first of a break's rows is contrary."""
CLOSED = TERMS + 8
OVER, BROKEN, DUE = range(3)
"""Why watching stops: no more dates, a break is confirmed, the model is to be fitted anew."""


class Rules(NamedTuple):
    """The parameters as the kernel takes them."""

    min_history: int
    min_history_years: float
    consecutive: int
    sigmas: float
    refit_growth: float
    sees_loss: bool
    sees_gain: bool
    fit: tuple[int, float, float, float]
    """passes, ridge, sigma floor, sigmas beyond which an observation is left out of the next pass"""


class Desk(NamedTuple):
    """What lies ready for the work on one series after the other."""

    years: Floats
    terms: Floats
    products: Floats
    sums: Floats
    """normal equations"""
    coef: Floats
    work: Floats
    """see fit_robustly"""
    rows: Ints
    """see sum_up"""


@compiled
def advance(
    values: Float32s,
    first_new: int,
    offset: int,
    years: Floats,
    terms: Floats,
    products: Floats,
    rules: Rules,
    magnitude: Floats,
    wholes: Ints,
    reals: Floats,
    closed: Floats,
    closed_count: Ints,
) -> None:
    """Takes every series over the new rows of times.

    Args:
        values: (series, times) float32, NaN where nothing was observed; times before `first_new` were seen already.
        first_new: first new time.
        offset: number of the first time, counted from the very first date.
        years: (times,) years since the very first date.
        terms: (TERMS, times).
        products: (times, PRODUCTS + TERMS).
        rules: parameters.
        magnitude: (series,) smallest mean change that makes a break.
        wholes: (series, WHOLES) changed in place.
        reals: (series, REALS) changed in place.
        closed: (series, most breaks, CLOSED) segments that ended.
        closed_count: (series,) how many.
    """
    times = values.shape[1]
    room = max(times, PRODUCTS + TERMS)
    desk = Desk(
        years,
        terms,
        products,
        np.empty(PRODUCTS + TERMS),
        np.empty(TERMS),
        np.empty((4 + TERMS, room)),
        np.empty(times + 1, dtype=np.int64),
    )
    for series in range(values.shape[0]):
        value = values[series]
        whole = wholes[series]
        real = reals[series]
        row = first_new
        summed = -1
        while row < times:
            if whole[FITTED] == 0:
                row, due = _learn(value, row, times, offset, years, rules, whole)
                if due:
                    summed = _begin(rules, desk, value, row, offset, summed, whole, real, magnitude[series])
                continue
            row, event = _watch(
                value, row, times, offset, terms, rules, whole, real, magnitude[series], desk.work[0]
            )
            if event == BROKEN:
                _close(closed[series, closed_count[series]], value, whole, real, offset)
                closed_count[series] += 1
                summed = -1
            elif event == DUE:
                summed = _renew(rules, desk, value, row, offset, summed, whole, real)


@compiled
def _learn(
    value: Float32s, row: int, times: int, offset: int, years: Floats, rules: Rules, whole: Ints
) -> tuple[int, bool]:
    """Takes in observations until there is enough for a first model; returns the next row, and whether there is."""
    count = whole[COUNT]
    last = whole[LAST] - offset
    start = whole[START] - offset if whole[START] >= 0 else -1
    due = False
    while row < times and not due:
        seen = value[row] == value[row]
        start = row if seen and start < 0 else start
        count += 1 if seen else 0
        last = row if seen else last
        if count >= rules.min_history and seen:
            due = years[row] - years[start] >= rules.min_history_years
        row += 1
    if start >= 0:
        whole[START] = offset + start
        whole[LAST] = offset + last
    whole[COUNT] = count
    return row, due


@compiled
def _watch(
    value: Float32s,
    row: int,
    times: int,
    offset: int,
    terms: Floats,
    rules: Rules,
    whole: Ints,
    real: Floats,
    least: float,
    residual: Floats,
) -> tuple[int, int]:
    """Compares observations with the model until something is to be done; returns the next row, and why it stops.

    The many that agree pass without a branch; they and the contrary ones are told apart by counting.
    """
    _compare(value, row, times, terms, real, residual)
    low = -rules.sigmas * real[SIGMA] if rules.sees_loss else -np.inf
    high = rules.sigmas * real[SIGMA] if rules.sees_gain else np.inf
    count = whole[COUNT]
    due = whole[NEXT]
    contrary = count if whole[RUN] > 0 else -1  # how many there were when the latest contrary one was seen
    last = whole[LAST] - offset
    event = OVER
    while row < times:
        seen = residual[row] == residual[row]
        count += 1 if seen else 0
        last = row if seen else last
        if residual[row] < low or residual[row] > high:
            whole[RUN] = whole[RUN] if count == contrary + 1 else 0
            contrary = count
            if _goes_on(residual[row], offset + row, rules.consecutive, whole, real, least):
                event = BROKEN
        elif count >= due and seen:
            event = DUE
        row += 1
        if event != OVER:
            break
    whole[RUN] = whole[RUN] if count == contrary else 0
    whole[COUNT] = count
    whole[LAST] = offset + last
    return row, event


@compiled
def _compare(value: Float32s, row: int, times: int, terms: Floats, real: Floats, residual: Floats) -> None:
    """Residuals from the model, NaN where nothing was seen.

    The trend is not carried on beyond the latest observation of the model: nothing grows for ever.
    """
    level = real[0] + real[1] * real[FIT_END]
    cos1, sin1, cos2, sin2 = real[2], real[3], real[4], real[5]
    seen, off = value[row:times], residual[row:times]
    first, second = terms[2, row:times], terms[3, row:times]
    third, fourth = terms[4, row:times], terms[5, row:times]
    for k in range(times - row):  # from 0 on, so that the compiler takes several at once
        off[k] = seen[k] - (level + cos1 * first[k] + sin1 * second[k] + cos2 * third[k] + sin2 * fourth[k])


@compiled
def _goes_on(residual: float, number: int, consecutive: int, whole: Ints, real: Floats, least: float) -> bool:
    """Keeps account of contrary observations in a row; whether they confirm a break."""
    sign = -1 if residual < 0.0 else 1
    if whole[RUN] == 0 or whole[SIGN] != sign:
        whole[RUN] = 0
        whole[RUN_ROW] = number
        whole[SIGN] = sign
        real[RUN_SUM] = 0.0
    whole[RUN] += 1
    real[RUN_SUM] += residual
    return bool(whole[RUN] >= consecutive and abs(real[RUN_SUM]) >= least * whole[RUN])


@compiled
def _begin(
    rules: Rules,
    desk: Desk,
    value: Float32s,
    row: int,
    offset: int,
    summed: int,
    whole: Ints,
    real: Floats,
    least: float,
) -> int:
    """Fits a first model; when it is not stable, the oldest observation is let go. Returns up to where sums are."""
    start = whole[START] - offset
    found = _fitted(rules, desk, value, start, row, summed, whole[COUNT])
    if _is_stable(rules, desk, start, row, found[0], least):
        _take(rules, desk, row, found, whole, real)
        return row
    start += 1
    while value[start] != value[start]:
        start += 1
    whole[START] = offset + start
    whole[COUNT] -= 1
    return -1


@compiled
def _renew(
    rules: Rules, desk: Desk, value: Float32s, row: int, offset: int, summed: int, whole: Ints, real: Floats
) -> int:
    """Fits the model anew to all observations of the segment; returns up to where sums are."""
    found = _fitted(rules, desk, value, whole[START] - offset, row, summed, whole[COUNT])
    if found[0] > 0.0:
        _take(rules, desk, row, found, whole, real)
    return row


@compiled
def _fitted(
    rules: Rules, desk: Desk, value: Float32s, start: int, end: int, summed: int, count: int
) -> tuple[float, float]:
    """Fits the times start..end-1, of which those before `summed` are in the sums already (-1: none)."""
    if summed < 0:
        desk.sums[:] = 0.0
        summed = start
    sum_up(value, summed, end, desk.products, desk.sums, desk.rows)
    return fit_robustly(
        value, start, end, count, desk.terms, desk.products, desk.sums, rules.fit, desk.work, desk.coef
    )


@compiled
def _is_stable(rules: Rules, desk: Desk, start: int, end: int, sigma: float, magnitude: float) -> bool:
    """A first model counts when nothing large happened within it: no steep trend, no ends that lie off."""
    if sigma < 0.0:
        return False
    limit = rules.sigmas * sigma
    if abs(desk.coef[1]) * (desk.years[end - 1] - desk.years[start]) > max(limit, magnitude):
        return False
    early = _end_sum(desk.work[0], start, 1, rules.consecutive)
    late = _end_sum(desk.work[0], end - 1, -1, rules.consecutive)
    return max(abs(early), abs(late)) <= limit * rules.consecutive


@compiled
def _end_sum(residual: Floats, at: int, step: int, wanted: int) -> float:
    """Sum of the first (step 1) or last (step -1) residuals."""
    total = 0.0
    while wanted > 0:
        if residual[at] == residual[at]:
            total += residual[at]
            wanted -= 1
        at += step
    return total


@compiled
def _take(rules: Rules, desk: Desk, end: int, found: tuple[float, float], whole: Ints, real: Floats) -> None:
    """Makes a fit the series' model."""
    for j in range(TERMS):
        real[j] = desk.coef[j]
    real[SIGMA] = found[0]
    real[RMSE] = found[1]
    real[FIT_END] = desk.years[end - 1]
    whole[FITTED] = whole[COUNT]
    whole[NEXT] = max(whole[COUNT] + 1, math.ceil(whole[COUNT] * rules.refit_growth))
    whole[RUN] = 0


@compiled
def _close(told: Floats, value: Float32s, whole: Ints, real: Floats, offset: int) -> None:
    """Writes down the segment that a break ends, and begins another with the first contrary observation."""
    end = whole[RUN_ROW] - offset - 1
    while value[end] != value[end]:
        end -= 1
    for j in range(TERMS):
        told[j] = real[j]
    told[CLOSED_START] = whole[START]
    told[CLOSED_END] = offset + end
    told[CLOSED_COUNT] = whole[FITTED]
    told[CLOSED_SIGMA] = real[SIGMA]
    told[CLOSED_RMSE] = real[RMSE]
    told[BREAK] = whole[RUN_ROW]
    told[CONFIRMED] = whole[LAST]
    told[SIZE] = real[RUN_SUM] / whole[RUN]
    whole[START] = whole[RUN_ROW]
    whole[COUNT] = whole[RUN]
    whole[FITTED] = 0
    whole[NEXT] = 0
    whole[RUN] = 0
