"""A square kilometre of Slovenia seen 68 times by Sentinel-2, where nothing was mined; or a twin that is drawn."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATA = os.environ.get("QINGSHAN_TEST_DATA")
MIN_CLEAR_SHARE = 0.6


@dataclass(frozen=True)
class Patch:
    """Greenness of a small area, date by date."""

    days: np.ndarray
    """(dates,) int32 days since 1970-01-01"""
    ndvi: np.ndarray
    """(dates, rows, columns) float32, NaN where it was not clear"""


def patch() -> Patch:
    return _twin() if DATA is None else _real(Path(DATA) / "sentinel2_patch")


def _real(folder: Path) -> Patch:
    told = json.loads((folder / "timestamps.json").read_text())
    days = np.array([stamp[:10] for stamp in told], dtype="datetime64[D]").astype(np.int32)
    ndvi = np.load(folder / "NDVI.npy")[..., 0].astype(np.float32)
    clear = np.load(folder / "IS_VALID.npy")[..., 0].astype(bool) & (np.load(folder / "CLM.npy")[..., 0] == 0)
    return Patch(days, np.where(clear, ndvi, np.float32(np.nan)))


def _twin() -> Patch:
    """Fields that are sown and cut at different times, and forest; clouds in blocks, haze, a gap in winter."""
    chance = np.random.default_rng(2015)
    days = np.sort(16_627 + chance.choice(900, 68, replace=False)).astype(np.int32)
    rows, columns = np.mgrid[0:101, 0:100]
    field = rows // 12 * 9 + columns // 12
    shift, cut, forest = chance.uniform(-20, 20, 99), chance.uniform(0, 0.25, 99), chance.random(99) < 0.4
    turn = 2 * np.pi * (days[:, None, None] - 20 - shift[field]) / 365.25
    ndvi = 0.62 - np.where(forest[field], 0.15, 0.22) * np.cos(turn)
    ndvi -= np.where(forest[field], 0, cut[field]) * (np.cos(2 * turn) > 0.7)
    ndvi += chance.normal(0, 0.03, (len(days), 1, 1)) + chance.normal(0, 0.03, ndvi.shape)
    cloudy = np.repeat(np.repeat(chance.random((len(days), 5, 4)) < 0.3, 25, axis=1), 25, axis=2)
    hidden = np.concatenate([cloudy, cloudy[:, -1:]], axis=1)[:, :101]
    return Patch(days, np.where(hidden[:, :101, :100], np.nan, ndvi).astype(np.float32))


def site_means(of: Patch, count: int, seed: int) -> np.ndarray:
    """(dates, count) float32: means over rectangles of 20 pixels and more, NaN where less than 60 % was clear."""
    chance = np.random.default_rng(seed)
    found = np.full((len(of.days), count), np.nan, dtype=np.float32)
    for site in range(count):
        height, width = chance.integers(5, 16, 2)
        row, column = chance.integers(0, 101 - height), chance.integers(0, 100 - width)
        inside = of.ndvi[:, row : row + height, column : column + width].reshape(len(of.days), -1)
        seen = np.isfinite(inside)
        enough = seen.mean(axis=1) >= MIN_CLEAR_SHARE
        found[enough, site] = np.nanmean(inside[enough], axis=1)
    return found
