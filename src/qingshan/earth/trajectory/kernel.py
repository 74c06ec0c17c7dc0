"""How is a whole block of yearly series segmented? One series after the other, at a desk that is laid once."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from qingshan.earth.compiled import compiled
from qingshan.earth.trajectory import models, search

Floats = np.ndarray[Any, np.dtype[np.float64]]
Float32s = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


TRACED, FREE = range(2)
"""How a model is fitted: segment by segment from the oldest on, or all vertices at once."""


class Rules(NamedTuple):
    """The parameters as the kernel takes them."""

    turn: float
    """-1 where a disturbance is a fall of the value, 1 where it is a rise"""
    most: int
    """vertices: segments + 1"""
    overshoot: int
    least: int
    """observations"""
    edge_rule: int
    """1: no recovery in the last year alone"""
    spike: float
    recovery: float
    p: float
    generosity: float
    """2 - best model proportion"""
    on_whole_numbers: bool
    """weigh bends at the ends on values without fraction, as the published program does"""


class Desk(NamedTuple):
    """What lies ready for the work on one series after the other."""

    x: Floats
    """years since the first"""
    y: Floats
    """values, turned and despiked"""
    raw: Floats
    """values, turned"""
    scratch: Floats
    """(2, years)"""
    pool: Ints
    """vertices that are found at first"""
    split: Ints
    score: Floats
    v: Ints
    """(models, vertices) observations"""
    value: Floats
    """(models, vertices)"""
    p: Floats
    """(models,)"""
    counts: Ints
    """(models,) vertices"""
    at: Floats
    """years since the first, of the vertices that are told"""
    height: Floats
    """values there, turned"""


@compiled
def segment_block(
    years: Floats,
    values: Float32s,
    rules: Rules,
    count_out: Ints,
    year_out: Ints,
    value_out: Floats,
    p_out: Floats,
    rmse_out: Floats,
) -> None:
    """Segments values (series, years) of float32; NaN is a missing year.

    Args:
        years: (years,) float64, rising.
        values: (series, years) float32.
        rules: parameters.
        count_out: (series,) vertices found; left as it is where there are too few observations.
        year_out: (series, most) years of the vertices.
        value_out: (series, most) values there.
        p_out: (series,) p of F.
        rmse_out: (series,) from the observations as they came.
    """
    length = years.shape[0]
    room = rules.most + rules.overshoot + 3
    desk = Desk(
        np.empty(length),
        np.empty(length),
        np.empty(length),
        np.empty((2, length)),
        np.empty(room, dtype=np.int64),
        np.empty(room, dtype=np.int64),
        np.empty(room),
        np.empty((rules.most, rules.most), dtype=np.int64),
        np.empty((rules.most, rules.most)),
        np.empty(rules.most),
        np.empty(rules.most, dtype=np.int64),
        np.empty(rules.most + 3),
        np.empty(rules.most + 3),
    )
    for series in range(values.shape[0]):
        n = _lay_out(years, values[series], rules.turn, desk)
        if n < max(rules.least, 3):
            continue
        total, p = _segment(years, n, rules, desk)
        count_out[series] = total
        p_out[series] = p
        rmse_out[series] = _rmse(desk, n)
        for k in range(total):
            year_out[series, k] = int(years[0] + desk.at[k])
            value_out[series, k] = rules.turn * desk.height[k]


@compiled
def _lay_out(years: Floats, value: Float32s, turn: float, desk: Desk) -> int:
    """Puts the years that were observed side by side; returns how many they are."""
    n = 0
    for t in range(years.shape[0]):
        if np.isfinite(value[t]):
            desk.x[n] = years[t] - years[0]
            desk.raw[n] = turn * value[t]
            desk.y[n] = desk.raw[n]
            n += 1
    return n


@compiled
def _segment(years: Floats, n: int, rules: Rules, desk: Desk) -> tuple[int, float]:
    """Vertices into at and height; returns how many, and the model's p."""
    x, y = desk.x, desk.y
    search.despike(y, n, rules.spike, desk.scratch[0], desk.scratch[1])
    found = search.candidates(
        x, y, n, rules.most + rules.overshoot, rules.edge_rule, desk.pool, desk.score, desk.split
    )
    found = search.cull(x, y, n, rules.most, desk.pool, found, desk.score)
    best = _best(n, found, rules, desk, TRACED)
    if desk.p[best] > rules.p:
        best = _best(n, found, rules, desk, FREE)
    if desk.p[best] > rules.p:
        return _flat(years, n, desk), desk.p[best]
    return _whole(years, n, best, rules, desk), desk.p[best]


@compiled
def _best(n: int, found: int, rules: Rules, desk: Desk, way: int) -> int:
    """Fits models with found, found - 1 … 2 vertices, one a row; returns the best row."""
    x, y, v, value = desk.x, desk.y, desk.v, desk.value
    for k in range(found):
        v[0, k] = desk.pool[k]
    for row in range(found - 1):
        count = found - row
        if way == FREE:
            squares = models.float_free(x, y, v[row], count, value[row], desk.scratch[0], desk.scratch[1])
        else:
            squares = models.trace(x, y, v[row], count, value[row])
        desk.p[row] = models.p_of_f(y, n, squares, count)
        desk.counts[row] = count
        if count > 2:
            if way == FREE:
                gone = models.weakest(x, y, v[row], count, value[row])
            else:
                gone = models.too_fast_or_weakest(x, y, v[row], count, value[row], rules.recovery)
            for k in range(count - 1):
                v[row + 1, k] = v[row, k + 1 if k >= gone else k]
    return models.choose(x, desk.p, v, desk.counts, value, found - 1, rules.generosity, rules.recovery)


@compiled
def _flat(years: Floats, n: int, desk: Desk) -> int:
    """No model is good enough: the mean of the despiked series from the first year to the last."""
    mean = 0.0
    for i in range(n):
        mean += desk.y[i]
    desk.at[0] = 0.0
    desk.at[1] = years[years.shape[0] - 1] - years[0]
    desk.height[0] = mean / n
    desk.height[1] = desk.height[0]
    return 2


@compiled
def _whole(years: Floats, n: int, best: int, rules: Rules, desk: Desk) -> int:
    """The model over all years: level where the first or the last ones were not observed."""
    at, height = desk.at, desk.height
    total = 0
    if desk.x[0] > 0.0:
        at[0] = 0.0
        height[0] = desk.value[best, 0]
        total = 1
    for k in range(desk.counts[best]):
        at[total] = desk.x[desk.v[best, k]]
        height[total] = desk.value[best, k]
        total += 1
    total = _without_the_least_bend(rules, desk, total)
    end = years[years.shape[0] - 1] - years[0]
    if desk.x[n - 1] < end:
        at[total] = end
        height[total] = height[total - 1]
        total = _without_the_least_bend(rules, desk, total + 1)
    return total


@compiled
def _without_the_least_bend(rules: Rules, desk: Desk, total: int) -> int:
    """Takes out one inner vertex where there are too many; returns how many are left.

    Bends are weighed as in the search, on a square of years and values. The published program weighs them on values
    cut to whole numbers, which suits indices times 1,000 only: of values below 1 it always drops the first bend.
    """
    if total <= rules.most:
        return total
    at, seen = desk.at, desk.score
    for k in range(total):
        seen[k] = float(int(desk.height[k])) if rules.on_whole_numbers else desk.height[k]
    low, high = search.extent(seen, total)
    width = high - low
    scale = 1.0
    if width > 0.0 and not rules.on_whole_numbers:
        scale = at[total - 1] / width
        width = at[total - 1]
    least = 1
    bend = np.inf
    for k in range(1, total - 1):
        here = search.angle(at, seen, k - 1, k, k + 1, scale, width) if width > 0.0 else 0.0
        if here < bend:
            bend = here
            least = k
    for k in range(least, total - 1):
        at[k] = at[k + 1]
        desk.height[k] = desk.height[k + 1]
    return total - 1


@compiled
def _rmse(desk: Desk, n: int) -> float:
    """Of the observations as they came, spikes and all."""
    x, at, height = desk.x, desk.at, desk.height
    squares = 0.0
    s = 0
    for i in range(n):
        while x[i] > at[s + 1]:
            s += 1
        slope = (height[s + 1] - height[s]) / (at[s + 1] - at[s])
        residual = desk.raw[i] - (height[s] + slope * (x[i] - at[s]))
        squares += residual * residual
    return math.sqrt(squares / n)
