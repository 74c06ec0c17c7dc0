"""What is the value of a year? Median or medoid of the clear observations of its growing season."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from qingshan.earth.compiled import compiled
from qingshan.earth.errors import SeriesRefused
from qingshan.earth.series import SiteSeries

Days = np.ndarray[Any, np.dtype[np.int32]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Float32s = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


def annual_medians(days: Days, values: Float32s, *, months: Collection[int]) -> tuple[Ints, Float32s]:
    """The median of each growing season.

    Args:
        days: (dates,) days since 1970-01-01.
        values: (dates, series) float32, NaN where nothing was observed.
        months: months of the growing season, 1 to 12.

    Returns:
        All years from the first to the last date, and (years, series) float32; NaN where a season was not observed.

    Raises:
        SeriesRefused: there are not as many rows of values as days.
    """
    years, of_date = _seasons(days, values, months)
    out = np.full((len(years), values.shape[1]), np.nan, dtype=np.float32)
    _medians(np.asarray(values, dtype=np.float32), of_date, out)
    return years, out


def annual_medoids(days: Days, bands: Float32s, *, months: Collection[int]) -> tuple[Ints, Float32s]:
    """The observation of each growing season that lies nearest to the medians of all bands (Flood 2013).

    Args:
        days: (dates,) days since 1970-01-01.
        bands: (bands, dates, series) float32; an observation with a NaN in any band does not count.
        months: months of the growing season, 1 to 12.

    Returns:
        All years from the first to the last date, and (bands, years, series) float32, all bands of one date.

    Raises:
        SeriesRefused: there are not as many dates in the bands as days.
    """
    bands = np.asarray(bands, dtype=np.float32)
    years, of_date = _seasons(days, bands[0], months)
    seen = np.isfinite(bands).all(axis=0)
    whole = np.where(seen, bands, np.float32(np.nan))
    middle = np.full((len(bands), len(years), bands.shape[2]), np.nan, dtype=np.float32)
    for band in range(len(bands)):
        _medians(whole[band], of_date, middle[band])
    out = np.full_like(middle, np.nan)
    _medoids(whole, of_date, middle, out)
    return years, out


def annual(
    series: SiteSeries, *, quantity: str, months: Collection[int], min_clear_share: float
) -> tuple[Ints, Float32s]:
    """The median of each growing season of a site's quantity: years, and (years, 1) float32.

    Args:
        series: dated averages of one site.
        quantity: one of series.QUANTITIES.
        months: months of the growing season, 1 to 12.
        min_clear_share: share of the site that must be clear for a date to count, 0 to 1.
    """
    clear = series.inside.clear_px >= min_clear_share * series.inside.total_px
    values = np.where(clear, series.inside.mean[quantity], np.nan).astype(np.float32)
    return annual_medians(series.days, values[:, None], months=months)


def _seasons(days: Days, values: Float32s, months: Collection[int]) -> tuple[Ints, Ints]:
    """All years, and for each date the number of its year; -1 outside the season."""
    days = np.asarray(days)
    if not len(days) or len(days) != len(values):
        raise SeriesRefused.because("earth.days_and_values_differ", days=len(days), values=len(values))
    month_count = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    year = month_count // 12 + 1970
    years = np.arange(year.min(), year.max() + 1)
    in_season = np.isin(month_count % 12 + 1, list(months))
    return years, np.where(in_season, year - years[0], -1)


@compiled
def _medians(values: Float32s, of_date: Ints, out: Float32s) -> None:
    held = np.empty(values.shape[0], dtype=np.float32)
    for series in range(values.shape[1]):
        for year in range(out.shape[0]):
            count = 0
            for date in range(values.shape[0]):
                if of_date[date] == year and np.isfinite(values[date, series]):
                    held[count] = values[date, series]
                    count += 1
            if count > 0:
                held[:count].sort()
                out[year, series] = (held[(count - 1) // 2] + held[count // 2]) / np.float32(2)


@compiled
def _medoids(bands: Float32s, of_date: Ints, middle: Float32s, out: Float32s) -> None:
    for series in range(bands.shape[2]):
        for year in range(out.shape[1]):
            nearest = np.inf
            for date in range(bands.shape[1]):
                if of_date[date] != year:
                    continue
                away = 0.0
                for band in range(bands.shape[0]):
                    off = float(bands[band, date, series]) - float(middle[band, year, series])
                    away += off * off
                if away < nearest:  # never true of NaN
                    nearest = away
                    for band in range(bands.shape[0]):
                        out[band, year, series] = bands[band, date, series]
