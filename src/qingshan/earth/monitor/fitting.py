"""What is the usual course of a series? Trend and two harmonics by least squares, in passes that leave outliers out.

The cache on disk notices a change of kernel.py only: after an edit here, remove this folder's __pycache__.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled

Floats = np.ndarray[Any, np.dtype[np.float64]]
Float32s = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

TERMS = 6
"""Level, trend per year, cosine and sine of one and of two cycles a year: the form of the model, not a threshold."""
PRODUCTS = TERMS * (TERMS + 1) // 2
MAD_TO_SIGMA = 1.4826  # of a normal distribution
ROUNDS = 12  # of narrowing a median down before the rest is looked through one by one


def terms_at(years: Floats) -> Floats:
    """The model's terms at times in years: (TERMS, times) float64."""
    turn = 2.0 * np.pi * years
    rows = [np.ones_like(years), years]
    for cycles in (1.0, 2.0):
        rows += [np.cos(cycles * turn), np.sin(cycles * turn)]
    return np.stack(rows)


def products_of(terms: Floats) -> Floats:
    """What a time adds to the normal equations: (times, PRODUCTS + TERMS) float64.

    The lower triangle of the products of its terms with themselves, row by row, then the terms.
    """
    rows, columns = np.tril_indices(TERMS)
    return np.ascontiguousarray(np.concatenate([terms[rows] * terms[columns], terms]).T)


@compiled
def add(sums: Floats, products: Floats, row: int, value: float, weight: float) -> None:
    """Adds one observation to the normal equations (weight -1 takes it out)."""
    for j in range(PRODUCTS):
        sums[j] += weight * products[row, j]
    scaled = weight * value
    for j in range(PRODUCTS, PRODUCTS + TERMS):
        sums[j] += scaled * products[row, j]


@compiled
def sum_up(values: Float32s, start: int, end: int, products: Floats, sums: Floats, rows: Ints) -> None:
    """Adds the observations among the times start..end-1 to the normal equations, in their order.

    Nine sums at a time, so that they stay in the processor; each is added up in the order of dates. `rows` is scratch.
    """
    count = 0
    for t in range(start, end):
        rows[count] = t
        count += 1 if values[t] == values[t] else 0  # without a branch
    _add_nine(products, rows, count, 0, sums)
    _add_nine(products, rows, count, 9, sums)
    a, b, c = sums[18], sums[19], sums[20]
    d, e, f, g, h, i = sums[21], sums[22], sums[23], sums[24], sums[25], sums[26]
    for k in range(count):
        t = rows[k]
        value = values[t]
        a += products[t, 18]
        b += products[t, 19]
        c += products[t, 20]
        d += value * products[t, 21]
        e += value * products[t, 22]
        f += value * products[t, 23]
        g += value * products[t, 24]
        h += value * products[t, 25]
        i += value * products[t, 26]
    sums[18], sums[19], sums[20] = a, b, c
    sums[21], sums[22], sums[23], sums[24], sums[25], sums[26] = d, e, f, g, h, i


@compiled
def _add_nine(products: Floats, rows: Ints, count: int, j: int, sums: Floats) -> None:
    a, b, c, d, e = sums[j], sums[j + 1], sums[j + 2], sums[j + 3], sums[j + 4]
    f, g, h, i = sums[j + 5], sums[j + 6], sums[j + 7], sums[j + 8]
    for k in range(count):
        t = rows[k]
        a += products[t, j]
        b += products[t, j + 1]
        c += products[t, j + 2]
        d += products[t, j + 3]
        e += products[t, j + 4]
        f += products[t, j + 5]
        g += products[t, j + 6]
        h += products[t, j + 7]
        i += products[t, j + 8]
    sums[j], sums[j + 1], sums[j + 2], sums[j + 3], sums[j + 4] = a, b, c, d, e
    sums[j + 5], sums[j + 6], sums[j + 7], sums[j + 8] = f, g, h, i


@compiled
def solve(sums: Floats, ridge: float, lower: Floats, coef: Floats) -> bool:
    """Coefficients from the normal equations by Cholesky; the level is free, the rest is drawn to 0 by `ridge`.

    Where a season was hardly seen the ridge keeps the harmonics from running wild there. False: no solution.
    """
    if not _factor(sums, ridge, lower):
        return False
    for i in range(TERMS):
        total = sums[PRODUCTS + i]
        for k in range(i):
            total -= lower[i, k] * coef[k]
        coef[i] = total * lower[i, i]
    for i in range(TERMS - 1, -1, -1):
        total = coef[i]
        for k in range(i + 1, TERMS):
            total -= lower[k, i] * coef[k]
        coef[i] = total * lower[i, i]
    return True


@compiled
def _factor(sums: Floats, ridge: float, lower: Floats) -> bool:
    """The lower factor; its diagonal is kept inverted, since dividing is slow."""
    at = 0
    for i in range(TERMS):
        for j in range(i):
            total = sums[at + j]
            for k in range(j):
                total -= lower[i, k] * lower[j, k]
            lower[i, j] = total * lower[j, j]
        total = sums[at + i] + (ridge if i > 0 else 0.0)
        for k in range(i):
            total -= lower[i, k] * lower[i, k]
        if not total > 0.0:
            return False
        lower[i, i] = 1.0 / math.sqrt(total)
        at += i + 1
    return True


@compiled
def median(numbers: Floats, count: int, guess: float) -> float:
    """The (lower) median of the first `count` numbers, none below 0; any guess above 0 will do, a good one is faster.

    Counting how many lie below a number takes no branches and is done for several numbers at once, which is faster
    than sorting; a few counts narrow it down to one number.
    """
    wanted = (count + 1) // 2
    low, high = -1.0, np.inf
    below, up_to = 0, count
    middle = guess
    for _ in range(ROUNDS):
        found = _count_up_to(numbers, count, middle)
        if found >= wanted:
            high, up_to = middle, found
        else:
            low, below = middle, found
        if up_to - below <= 1:
            break
        if high == np.inf:
            middle *= min(4.0, wanted / max(below, 1) + 0.1)
        else:
            middle = max(low, 0.0) + (high - max(low, 0.0)) * (wanted - below - 0.5) / (up_to - below)
    while True:
        low = _least_above(numbers, count, low)
        if below + 1 >= wanted or _count_up_to(numbers, count, low) >= wanted:
            return low
        below = _count_up_to(numbers, count, low)


@compiled
def _count_up_to(numbers: Floats, count: int, limit: float) -> int:
    found = 0
    for i in range(count):
        found += 1 if numbers[i] <= limit else 0
    return found


@compiled
def _least_above(numbers: Floats, count: int, limit: float) -> float:
    least = np.inf
    for i in range(count):
        least = numbers[i] if limit < numbers[i] < least else least
    return least


@compiled
def misfits(
    values: Float32s,
    start: int,
    end: int,
    terms: Floats,
    coef: Floats,
    floor: float,
    residual: Floats,
    far: Floats,
) -> float:
    """Residuals of the times start..end-1, NaN where nothing was seen, and their robust standard deviation.

    That is the MAD, corrected for the terms that were fitted, at least `floor`.
    """
    level, trend, cos1, sin1, cos2, sin2 = coef[0], coef[1], coef[2], coef[3], coef[4], coef[5]
    seen, off, year = values[start:end], residual[start:end], terms[1, start:end]
    first, second, third, fourth = (
        terms[2, start:end],
        terms[3, start:end],
        terms[4, start:end],
        terms[5, start:end],
    )
    for k in range(end - start):  # from 0 on, so that the compiler takes several at once
        modelled = level + trend * year[k] + cos1 * first[k] + sin1 * second[k]
        off[k] = seen[k] - (modelled + cos2 * third[k] + sin2 * fourth[k])
    count = 0
    for k in range(end - start):
        far[count] = abs(off[k])
        count += 1 if off[k] == off[k] else 0  # without a branch
    freedom = math.sqrt(count / max(count - TERMS, 1))
    return max(floor, MAD_TO_SIGMA * median(far, count, floor) * freedom)


@compiled
def fit_robustly(
    values: Float32s,
    start: int,
    end: int,
    count: int,
    terms: Floats,
    products: Floats,
    sums: Floats,
    numbers: tuple[int, float, float, float],
    work: Floats,
    coef: Floats,
) -> tuple[float, float]:
    """Fits, leaves out what lies far off by the MAD, fits again … up to `passes` times.

    Each pass weighs all observations anew, so that nothing is lost for good; when a pass leaves out what the one
    before left out, further ones change nothing and are spared.

    Args:
        values: (times,) one series, NaN where nothing was seen.
        start: first time.
        end: one behind the last time.
        count: observations among these times.
        terms: (TERMS, times).
        products: (times, PRODUCTS + TERMS).
        sums: (PRODUCTS + TERMS,) normal equations of these observations.
        numbers: passes, ridge, sigma floor, sigmas beyond which an observation is left out.
        work: (4 + TERMS rows, at least as many columns as times and sums) scratch; row 0 holds the residuals
            afterwards.
        coef: (TERMS,) result.

    Returns:
        Robust standard deviation and root mean squared residual of what was kept; the first is -1 without solution.
    """
    passes, ridge, floor, limit = numbers
    residual, far, out, trimmed = work[0], work[1], work[2], work[3]
    lower = work[4:]
    if not solve(sums, ridge, lower, coef):
        return -1.0, 0.0
    sigma = misfits(values, start, end, terms, coef, floor, residual, far)
    left_out = 0
    for _ in range(1, passes):
        trimmed[: PRODUCTS + TERMS] = sums
        now = _trim(values, start, end, products, residual, limit * sigma, out, left_out, trimmed)
        if now < 0 or 2 * now > count or not solve(trimmed, ridge, lower, coef):
            break
        left_out = now
        sigma = misfits(values, start, end, terms, coef, floor, residual, far)
    squares = 0.0
    for t in range(start, end):
        squares += residual[t] * residual[t] if residual[t] == residual[t] else 0.0
    for k in range(left_out):
        squares -= residual[int(out[k])] ** 2
    return sigma, math.sqrt(max(squares, 0.0) / (count - left_out))


@compiled
def _trim(
    values: Float32s,
    start: int,
    end: int,
    products: Floats,
    residual: Floats,
    limit: float,
    out: Floats,
    before: int,
    sums: Floats,
) -> int:
    """Takes what lies beyond the limit out of the sums and lists it; returns how many, -1 where they are the same."""
    count = 0
    same = True
    for t in range(start, end):
        if abs(residual[t]) > limit:
            same = same and count < before and out[count] == t
            out[count] = t
            count += 1
            add(sums, products, t, values[t], -1.0)
    return -1 if same and count == before else count
