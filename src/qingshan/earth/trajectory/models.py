"""Which broken line describes a yearly series best? Models with fewer and fewer vertices are fitted and compared.

After Kennedy, Yang and Cohen (2010): segments are fitted from the oldest to the newest, each point to point or by a
regression anchored at the end of the last one; where no such model is good enough, all vertices float freely. The
cache on disk notices a change of kernel.py only: after an edit here, remove this folder's __pycache__.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled
from qingshan.earth.trajectory.search import extent, line, misfit

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

ROUNDING = 1e-9  # a recovery over the whole range in exactly 1 / threshold years is not too fast
SMALLEST_MEAN_SQUARE = 1e-5  # below it the original calls a model worthless, on values of any scale


@compiled
def trace(x: Floats, y: Floats, v: Ints, count: int, value: Floats) -> float:
    """Values at the vertices v[:count], fitted from the left; returns the sum of squared residuals of all points."""
    start, slope, free = line(x, y, v[0], v[1])
    dotted = (y[v[1]] - y[v[0]]) / (x[v[1]] - x[v[0]])
    direct = misfit(x, y, v[0], v[1], y[v[0]], dotted)
    if direct <= free:
        start, slope, free = y[v[0]], dotted, direct
    value[0] = start
    value[1] = start + slope * (x[v[1]] - x[v[0]])
    total = free
    for s in range(1, count - 1):
        slope, squares = _anchored(x, y, v[s], v[s + 1], value[s])
        value[s + 1] = value[s] + slope * (x[v[s + 1]] - x[v[s]])
        last = y[v[s]] - value[s]
        total += squares - last * last  # the vertex itself belongs to the segment before
    return total


@compiled
def _anchored(x: Floats, y: Floats, first: int, last: int, anchor: float) -> tuple[float, float]:
    """Slope and squared residuals of the better of: to the last point; regression through the anchor."""
    dotted = (y[last] - anchor) / (x[last] - x[first])
    xx = 0.0
    xy = 0.0
    for i in range(first, last + 1):
        away = x[i] - x[first]
        xx += away * away
        xy += away * (y[i] - anchor)
    direct = misfit(x, y, first, last, anchor, dotted)
    slope = xy / xx
    squares = misfit(x, y, first, last, anchor, slope)
    if direct <= squares:
        return dotted, direct
    return slope, squares


@compiled
def float_free(
    x: Floats, y: Floats, v: Ints, count: int, value: Floats, diagonal: Floats, beside: Floats
) -> float:
    """Values at the vertices that fit best when all may move at once; returns the sum of squared residuals.

    The original searches by Levenberg and Marquardt; for a broken line with fixed vertices least squares is a
    tridiagonal system and solved at once.
    """
    for k in range(count):
        diagonal[k] = 0.0
        beside[k] = 0.0
        value[k] = 0.0
    for s in range(count - 1):
        span = x[v[s + 1]] - x[v[s]]
        for i in range(v[s], v[s + 1] + (1 if s == count - 2 else 0)):
            right = (x[i] - x[v[s]]) / span
            left = 1.0 - right
            diagonal[s] += left * left
            diagonal[s + 1] += right * right
            beside[s] += left * right
            value[s] += left * y[i]
            value[s + 1] += right * y[i]
    for k in range(1, count):
        factor = beside[k - 1] / diagonal[k - 1]
        diagonal[k] -= factor * beside[k - 1]
        value[k] -= factor * value[k - 1]
    value[count - 1] /= diagonal[count - 1]
    for k in range(count - 2, -1, -1):
        value[k] = (value[k] - beside[k] * value[k + 1]) / diagonal[k]
    return squares_along(x, y, v, count, value)


@compiled
def squares_along(x: Floats, y: Floats, v: Ints, count: int, value: Floats) -> float:
    """Sum of squared residuals of all points from the broken line."""
    total = 0.0
    for s in range(count - 1):
        slope = (value[s + 1] - value[s]) / (x[v[s + 1]] - x[v[s]])
        last = v[s + 1] if s == count - 2 else v[s + 1] - 1
        total += misfit(x, y, v[s], last, value[s], slope)
    return total


@compiled
def p_of_f(y: Floats, n: int, squares: float, count: int) -> float:
    """Chance that a series without any trend fits so well: the tail of F with 2 (vertices - 1) and n - 1 - that.

    The first number of degrees is even, so the tail is a finite sum. As in the published program, 1 - F is rounded to
    single precision: chances below 3e-8 are 0 and tie, and of tied models the one with most vertices is taken.
    """
    mean = 0.0
    for i in range(n):
        mean += y[i]
    mean /= n
    total = 0.0
    for i in range(n):
        total += (y[i] - mean) * (y[i] - mean)
    explaining = 2 * (count - 1)
    left = n - explaining - 1
    if left <= 0 or total <= 0.0:
        return 1.0
    squares = min(squares, total)
    if squares <= 0.0:
        return 0.0
    f = max((total - squares) / explaining, SMALLEST_MEAN_SQUARE) / (squares / left)
    share = explaining * f / (left + explaining * f)
    half = left / 2.0
    term = 1.0
    tail = 1.0
    for j in range(1, count - 1):
        term *= (half + j - 1) / j * share
        tail += term
    tail *= math.exp(half * math.log1p(-share))
    return 1.0 - float(np.float32(1.0 - min(1.0, tail)))


@compiled
def steepest_recovery(x: Floats, v: Ints, count: int, value: Floats) -> tuple[int, float]:
    """The segment that falls fastest and its slope as a share of the range per year; -1 where none falls."""
    low, high = extent(value, count)
    where = -1
    fastest = 0.0
    for s in range(count - 1):
        fall = (value[s] - value[s + 1]) / (x[v[s + 1]] - x[v[s]])
        if fall > fastest:
            fastest = fall
            where = s
    return where, fastest / (high - low) if where >= 0 else 0.0


@compiled
def weakest(x: Floats, y: Floats, v: Ints, count: int, value: Floats) -> int:
    """The inner vertex whose loss costs least: mean squared misfit of the line between its two neighbours."""
    least = 0.0
    where = 1
    for k in range(1, count - 1):
        span = x[v[k + 1]] - x[v[k - 1]]
        slope = (value[k + 1] - value[k - 1]) / span
        cost = misfit(x, y, v[k - 1], v[k + 1], value[k - 1], slope) / span
        if k == 1 or cost < least:
            least = cost
            where = k
    return where


@compiled
def too_fast_or_weakest(x: Floats, y: Floats, v: Ints, count: int, value: Floats, limit: float) -> int:
    """The vertex to be taken out next: the end of a recovery that is too fast, else the weakest.

    As in the original, the observation behind a recovery that is too fast is smoothed away for all later fits.
    """
    segment, speed = steepest_recovery(x, v, count, value)
    if segment < 0 or speed <= limit + ROUNDING:
        return weakest(x, y, v, count, value)
    i = v[segment + 1]
    if segment == count - 2:
        y[i] = y[i - 1]
        kept = value[count - 1]
        value[count - 1] = y[i]
        where = weakest(x, y, v, count, value)
        value[count - 1] = kept
        return where
    y[i] = y[i - 1] + (y[i + 1] - y[i - 1]) / (x[i + 1] - x[i - 1]) * (x[i] - x[i - 1])
    return segment + 1


@compiled
def choose(
    x: Floats, p: Floats, v: Ints, counts: Ints, value: Floats, models: int, generosity: float, limit: float
) -> int:
    """The model with the most vertices whose p is at most `generosity` times the least and that never recovers too
    fast; where all do, the first. The p of what was passed over becomes 1."""
    for _ in range(models + 1):
        least = p[0]
        for m in range(1, models):
            least = min(least, p[m])
        best = 0
        while p[best] > generosity * least:
            best += 1
        _, speed = steepest_recovery(x, v[best], counts[best], value[best])
        if speed <= limit + ROUNDING:
            return best
        p[best] = 1.0
    return 0
