"""Series of plants' greenness with known changes, drawn from a seed: for tests of monitor and trajectory."""

from __future__ import annotations

import numpy as np

FIRST_DAY = 17_167  # 2017-01-01


def dates(years: float, *, every: int = 12) -> np.ndarray:
    return np.arange(FIRST_DAY, FIRST_DAY + int(365.25 * years), every, dtype=np.int32)


def season(days: np.ndarray, *, mean: float = 0.5, swing: float = 0.2) -> np.ndarray:
    return mean - swing * np.cos(2 * np.pi * (days - FIRST_DAY) / 365.25)


def meadow(
    days: np.ndarray, *, series: int = 1, noise: float = 0.02, seed: int = 0, missing: float = 0.0
) -> np.ndarray:
    """(dates, series) float32: a yearly course with noise and gaps."""
    chance = np.random.default_rng(seed)
    values = season(days)[:, None] + chance.normal(0, noise, (len(days), series))
    values[chance.random(values.shape) < missing] = np.nan
    return values.astype(np.float32)


def bared(values: np.ndarray, days: np.ndarray, since: int, *, level: float = 0.12) -> np.ndarray:
    """The same with bare ground from a day on."""
    return np.where((days >= since)[:, None], np.float32(level), values).astype(np.float32)
