"""Yearly histories in closed form, the same on every machine; the vertices beside them are a reference program's."""

from __future__ import annotations

import numpy as np

YEARS = np.arange(1985, 2025)
COUNT = 300


def series() -> np.ndarray:
    """(years, COUNT) float32: disturbed, recovering or stable, with noise from a congruential generator, no gaps."""
    state = np.arange(1, COUNT + 1, dtype=np.uint64)
    drawn = np.empty((len(YEARS) + 4, COUNT))
    for row in range(-8, len(drawn)):
        state = (state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)) & np.uint64(
            2**63 - 1
        )
        if row >= 0:
            drawn[row] = state / 2.0**63
    kind, when, start, rate = drawn[-4:]
    year = 1992 + np.floor(20 * when)
    t = YEARS[:, None]
    low = np.where((t >= year) & (kind > 0.2), 0.15, 0.7)
    back = np.clip((t - year - 3 - np.floor(5 * start)) * (0.01 + 0.05 * rate), 0, 0.5)
    values = np.where((kind > 0.5) & (low < 0.5), low + back, low)
    return (values + 0.08 * (drawn[: len(YEARS)] - 0.5)).astype(np.float32)
