"""Is a year's value the median, or the medoid, of the clear observations of its growing season?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from qingshan.earth.errors import SeriesRefused
from qingshan.earth.series import SiteSeries, Track
from qingshan.earth.trajectory import annual, annual_medians, annual_medoids

SUMMER = (6, 7, 8)


def days(*told: tuple[int, int, int]) -> np.ndarray:
    return np.array([date(*each).toordinal() - date(1970, 1, 1).toordinal() for each in told], dtype=np.int32)


DAYS = days(
    (2019, 5, 31), (2019, 6, 1), (2019, 7, 1), (2019, 8, 31), (2019, 9, 1), (2021, 7, 1), (2021, 7, 2)
)


def test_only_the_growing_season_counts_and_a_year_without_it_is_empty():
    values = np.array([[9], [1], [2], [6], [9], [3], [5]], dtype=np.float32)
    years, found = annual_medians(DAYS, values, months=SUMMER)
    assert years.tolist() == [2019, 2020, 2021]
    assert found[[0, 2], 0].tolist() == [2, 4]
    assert np.isnan(found[1, 0])


def test_what_was_not_observed_does_not_count():
    values = np.array([[9], [1], [np.nan], [6], [9], [np.nan], [5]], dtype=np.float32)
    _, found = annual_medians(DAYS, values, months=SUMMER)
    assert found[[0, 2], 0].tolist() == [3.5, 5]


def test_a_medoid_is_one_observation_in_all_bands():
    red = np.array([[0], [1], [2], [9], [0], [4], [5]], dtype=np.float32)
    nir = np.array([[0], [7], [7.5], [1], [0], [4], [np.nan]], dtype=np.float32)
    _, found = annual_medoids(DAYS, np.stack([red, nir]), months=SUMMER)
    assert found[:, 0, 0].tolist() == [2, 7.5]
    assert np.isnan(found[:, 1, 0]).all()
    assert found[:, 2, 0].tolist() == [4, 4]


def test_a_sites_year_needs_clear_pixels():
    clear = np.array([9, 9, 2, 9, 9, 9, 9], dtype=float)
    mean = {"ndvi": np.array([9, 1, 2, 6, 9, 3, 5], dtype=float)}
    track = Track(clear_px=clear, total_px=10, mean=mean, variance=mean)
    told = ("x",) * len(DAYS)
    series = SiteSeries(site_id="a", days=DAYS, sensors=told, scenes=told, inside=track, ring=None)
    _, found = annual(series, quantity="ndvi", months=SUMMER, min_clear_share=0.6)
    assert found.shape == (3, 1)
    assert found[[0, 2], 0].tolist() == [3.5, 4]


def test_dates_and_rows_must_fit():
    with pytest.raises(SeriesRefused):
        annual_medians(DAYS, np.zeros((3, 1), dtype=np.float32), months=SUMMER)
