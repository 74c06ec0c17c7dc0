"""Which series are watched and segmented? Drawn from a seed: yearly courses with noise, gaps and clouds, changes known.

The family is the one that harmonic models assume, so that hits and false alarms flatter all of them and say nothing
about real mines; they stand beside the speeds so that nobody is fast by finding nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FIRST_DAY = 16_801  # 2016-01-01
YEARS = 5
DATES = 150
HISTORY_YEARS = 3.0
PER_YEAR = 23
"""regular steps of 16 days, which BFAST Monitor needs"""


@dataclass(frozen=True)
class Dense:
    """Series of five years with at most one loss each."""

    days: np.ndarray
    """(dates,) int32 days since 1970-01-01"""
    values: np.ndarray
    """(dates, series) float32"""
    lost_on: np.ndarray
    """(series,) first day of bare ground, 0 where nothing happened"""


def dense(series: int, seed: int = 7) -> Dense:
    """150 dates in five years, 30 % missing, 3 % clouds that the mask missed; half of the series lose their plants."""
    chance = np.random.default_rng(seed)
    days = np.sort(chance.choice(np.arange(int(365.25 * YEARS)), DATES, replace=False)).astype(np.int32)
    turn = 2 * np.pi * days[:, None] / 365.25
    mean, swing = chance.uniform(0.4, 0.7, series), chance.uniform(0.05, 0.25, series)
    values = mean - swing * np.cos(turn - chance.uniform(-0.3, 0.3, series))
    lost = chance.random(series) < 0.5
    when = chance.uniform(365.25 * (HISTORY_YEARS + 0.2), 365.25 * (YEARS - 0.5), series)
    values = np.where(lost & (days[:, None] >= when), chance.uniform(0.08, 0.2, series), values)
    values += chance.normal(0, 0.03, values.shape)
    cloudy = chance.random(values.shape) < 0.03
    values = np.where(cloudy, chance.uniform(-0.05, 0.2, values.shape), values)
    values[chance.random(values.shape) < 0.3] = np.nan
    lost_on = np.where(lost, FIRST_DAY + np.ceil(when), 0).astype(np.int64)
    return Dense(FIRST_DAY + days, values.astype(np.float32), lost_on)


def regular(of: Dense) -> np.ndarray:
    """(series, 115) float64 in steps of 1/23 year: the mean of what was seen in each, NaN where nothing was."""
    step = np.minimum((of.days - FIRST_DAY) * PER_YEAR / 365.25, YEARS * PER_YEAR - 1).astype(int)
    total = np.zeros((YEARS * PER_YEAR, of.values.shape[1]))
    count = np.zeros_like(total)
    seen = np.isfinite(of.values)
    np.add.at(total, step, np.where(seen, of.values, 0.0))
    np.add.at(count, step, seen)
    with np.errstate(invalid="ignore"):
        return np.ascontiguousarray((total / count).T)


@dataclass(frozen=True)
class Score:
    """How well changes were found."""

    hits: float
    """share of the losses that were found, on their day or later"""
    false_alarms: float
    """share of the unchanged series with an alarm, and of the others with one before their loss"""
    near: float
    """share of the hits dated within 60 days"""

    def __str__(self) -> str:
        return f"found {self.hits:.1%}, false {self.false_alarms:.1%}, dated within 60 days {self.near:.1%} of those"


def scored(lost_on: np.ndarray, told_on: np.ndarray, slack_days: int = 16) -> Score:
    """Of the first alarm of each series (0: none); an alarm up to one step early counts as a hit."""
    lost, told = lost_on > 0, told_on > 0
    late = told_on - lost_on
    hit = lost & told & (late >= -slack_days)
    wrong = told & ~hit
    near = np.abs(late[hit]) <= 60
    return Score(hit.sum() / lost.sum(), wrong.sum() / len(lost), near.mean() if len(near) else 0.0)


def yearly(series: int, years: int = 40, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Years and (years, series) float32: 35 % stable, 25 % mined, 25 % mined and restored, 15 % relapsed.

    5 % of the years are missing, 2 % are spikes.
    """
    chance = np.random.default_rng(seed)
    t = np.arange(years)[:, None]
    kind = chance.random(series)
    before, bare = chance.uniform(0.55, 0.85, series), chance.uniform(0.08, 0.25, series)
    mined = chance.integers(5, years - 6, series)
    restored = mined + chance.integers(2, 8, series)
    relapsed = restored + chance.integers(4, 10, series)
    rate = chance.uniform(0.02, 0.12, series)
    values = np.where((kind > 0.35) & (t >= mined), bare, before)
    grown = np.clip(bare + rate * (t - restored), bare, before)
    values = np.where((kind > 0.60) & (t >= restored), grown, values)
    values = np.where((kind > 0.85) & (t >= relapsed), bare, values)
    values += chance.normal(0, 0.03, values.shape)
    values -= np.where(chance.random(values.shape) < 0.02, chance.uniform(0.2, 0.4, values.shape), 0)
    values[chance.random(values.shape) < 0.05] = np.nan
    return np.arange(1985, 1985 + years), values.astype(np.float32)
