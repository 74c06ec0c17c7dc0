"""Where may a yearly series bend? Spikes are dampened, vertices searched by largest deviation, culled by angle.

After Kennedy, Yang and Cohen (2010), Remote Sensing of Environment 114, 2897-2910. Everywhere below, values are
turned so that a disturbance is a rise, as in the paper. The cache on disk notices a change of kernel.py only: after an
edit here, remove this folder's __pycache__.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

DISTURBANCE_WEIGHT = (
    2.0  # how much more an angle counts before a disturbance; fixed in the published algorithm
)
NOTHING = 1e-12  # share of the squared range below which a misfit is rounding and no reason to split
SPIKE_ROUNDS = (
    8  # times the length of the series: despiking ends long before, this only keeps it from turning for ever
)


@compiled
def despike(y: Floats, n: int, threshold: float, share: Floats, shift: Floats) -> None:
    """Pulls the sharpest spike towards its neighbours, again and again while it is sharper than `threshold`.

    A spike is sharp when its neighbours agree with each other: the share is 1 - |before - after| / largest step.
    As in the original, the last correction is made even though it lies below the threshold.

    Args:
        y: (>= n,) float64 values in order of time, changed in place.
        n: number of observations.
        threshold: 1 leaves everything as it is; smaller dampens more.
        share: (>= n,) scratch.
        shift: (>= n,) scratch.
    """
    if threshold >= 1.0 or n < 3:
        return
    share[0] = 0.0
    shift[0] = 0.0
    for i in range(1, n - 1):
        _spike(y, i, share, shift)
    for _ in range(SPIKE_ROUNDS * n):
        worst = _sharpest(share, n)
        y[worst] += shift[worst]
        if share[worst] <= threshold:
            return
        for i in range(max(1, worst - 1), min(n - 1, worst + 2)):
            _spike(y, i, share, shift)


@compiled
def _sharpest(share: Floats, n: int) -> int:
    """The sharpest of the observations between the first and the last; 0 where there is no spike at all."""
    worst = 0
    for i in range(1, n - 1):
        if share[i] > share[worst]:
            worst = i
    return worst


@compiled
def _spike(y: Floats, i: int, share: Floats, shift: Floats) -> None:
    step = max(abs(y[i] - y[i - 1]), abs(y[i] - y[i + 1]))
    share[i] = 1.0 - abs(y[i - 1] - y[i + 1]) / step if step > 0.0 else 0.0
    shift[i] = share[i] * ((y[i - 1] + y[i + 1]) / 2.0 - y[i])


@compiled
def extent(y: Floats, n: int) -> tuple[float, float]:
    """Smallest and largest of the first n values."""
    low = y[0]
    high = y[0]
    for i in range(1, n):
        low = min(low, y[i])
        high = max(high, y[i])
    return low, high


@compiled
def line(x: Floats, y: Floats, first: int, last: int) -> tuple[float, float, float]:
    """Least squares through observations first..last: value at x[first], slope, and sum of squared residuals."""
    count = last - first + 1
    mean_x = 0.0
    mean_y = 0.0
    for i in range(first, last + 1):
        mean_x += x[i]
        mean_y += y[i]
    mean_x /= count
    mean_y /= count
    xx = 0.0
    xy = 0.0
    for i in range(first, last + 1):
        xx += (x[i] - mean_x) * (x[i] - mean_x)
        xy += (x[i] - mean_x) * (y[i] - mean_y)
    slope = xy / xx
    start = mean_y + slope * (x[first] - mean_x)
    return start, slope, misfit(x, y, first, last, start, slope)


@compiled
def misfit(x: Floats, y: Floats, first: int, last: int, start: float, slope: float) -> float:
    """Sum of squared residuals from the line with value `start` at x[first]."""
    total = 0.0
    for i in range(first, last + 1):
        residual = y[i] - (start + slope * (x[i] - x[first]))
        total += residual * residual
    return total


@compiled
def candidates(
    x: Floats, y: Floats, n: int, wanted: int, edge_rule: int, vertices: Ints, score: Floats, split: Ints
) -> int:
    """Up to `wanted` vertices: the segment that fits worst is split where it deviates most, again and again.

    Args:
        x: (>= n,) years since the first.
        y: (>= n,) values; a disturbance is a rise.
        n: number of observations.
        wanted: vertices to be found, ends included.
        edge_rule: 1: the last observation but one is no vertex when a recovery follows (no one-year recovery).
        vertices: (>= wanted,) scratch and result: indices of observations, rising.
        score: (>= wanted,) scratch.
        split: (>= wanted,) scratch.

    Returns:
        How many vertices were found.
    """
    vertices[0] = 0
    vertices[1] = n - 1
    count = 2
    low, high = extent(y, n)
    nothing = NOTHING * (high - low) * (high - low)
    _judge_segment(x, y, n, 0, edge_rule, vertices, score, split)
    while count < min(wanted, n - 2):
        worst = -1
        for s in range(count - 1):
            if score[s] > nothing and (worst < 0 or score[s] > score[worst]):
                worst = s
        if worst < 0:
            break
        for k in range(count, worst + 1, -1):
            vertices[k] = vertices[k - 1]
            score[k - 1] = score[k - 2]
            split[k - 1] = split[k - 2]
        vertices[worst + 1] = split[worst]
        count += 1
        _judge_segment(x, y, n, worst, edge_rule, vertices, score, split)
        _judge_segment(x, y, n, worst + 1, edge_rule, vertices, score, split)
    return count


@compiled
def _judge_segment(
    x: Floats, y: Floats, n: int, s: int, edge_rule: int, vertices: Ints, score: Floats, split: Ints
) -> None:
    """Mean squared misfit of a segment and where it deviates most; 0 where it cannot be split."""
    first, last = vertices[s], vertices[s + 1]
    score[s] = 0.0
    if last - first < 2:
        return
    start, slope, squares = line(x, y, first, last)
    farthest = 0.0
    where = -1
    for i in range(first + 1, last):
        away = abs(y[i] - (start + slope * (x[i] - x[first])))
        if edge_rule == 1 and last == n - 1 and i == last - 1 and not y[last] > y[i]:
            away = 0.0
        if away > farthest:
            farthest = away
            where = i
    if where > 0:
        score[s] = squares / (last - first + 1)
        split[s] = where


@compiled
def cull(x: Floats, y: Floats, n: int, wanted: int, vertices: Ints, count: int, bend: Floats) -> int:
    """Takes out the vertices with the least bend until `wanted` are left; returns how many are left."""
    if count <= wanted or count <= 3:
        return count
    low, high = extent(y, n)
    width = x[n - 1] - x[0]
    scale = width / (high - low)  # years and values on a square, as a person sees them drawn
    for k in range(1, count - 1):
        bend[k] = angle(x, y, vertices[k - 1], vertices[k], vertices[k + 1], scale, width)
    while count > wanted:
        least = 1
        for k in range(2, count - 1):
            if bend[k] < bend[least]:
                least = k
        for k in range(least, count - 1):
            vertices[k] = vertices[k + 1]
            bend[k] = bend[k + 1]
        count -= 1
        for k in range(max(1, least - 1), min(count - 1, least + 1)):
            bend[k] = angle(x, y, vertices[k - 1], vertices[k], vertices[k + 1], scale, width)
    return count


@compiled
def angle(x: Floats, y: Floats, before: int, here: int, after: int, scale: float, width: float) -> float:
    """The steeper of the two slopes at a vertex as an angle, more where a disturbance follows."""
    rise = (y[after] - y[here]) * scale
    first = math.atan((y[here] - y[before]) * scale / (x[here] - x[before]))
    second = math.atan(rise / (x[after] - x[here]))
    weight = 1.0 + max(0.0, rise * DISTURBANCE_WEIGHT / width)
    return float(max(abs(first), abs(second)) * weight)
