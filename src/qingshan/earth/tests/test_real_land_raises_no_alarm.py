"""On land where nothing was mined, is the monitor silent, and does it see bare ground soon once there is some?

Two and a half years of farmland and forest, the means of random sites; the same is asked of a drawn twin.
"""

from __future__ import annotations

import numpy as np
import pytest

from qingshan.earth import monitor
from qingshan.earth.monitor import MonitorParams
from qingshan.earth.parameters import released
from qingshan.earth.sites import ClimateZone
from qingshan.earth.tests.real_patch import Patch, patch, site_means

pytestmark = pytest.mark.outside_data
PARAMS = released().section("monitor", MonitorParams)
SITES = 100
BARE_NDVI = 0.12


@pytest.fixture(scope="module")
def land() -> Patch:
    return patch()


def watched(land: Patch, values: np.ndarray) -> monitor.MonitorState:
    return monitor.fit(land.days, values, params=PARAMS, zones=ClimateZone.HUMID)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_mined_raises_at_most_one_alarm_in_a_hundred_sites(land, seed):
    state = watched(land, site_means(land, SITES, seed))
    assert (state.segments().observations > 0).mean() > 0.9
    assert len(np.unique(state.breaks().series)) <= SITES // 100


@pytest.mark.parametrize("seed", range(3))
def test_bare_ground_is_found_within_four_clear_dates(land, seed):
    chance = np.random.default_rng(100 + seed)
    values = site_means(land, SITES, seed)
    begun, fourth = np.zeros(SITES, dtype=int), np.zeros(SITES, dtype=int)
    for site in range(SITES):
        clear = np.flatnonzero(np.isfinite(values[:, site]))
        late = np.searchsorted(land.days, land.days[clear[0]] + 365.25 * PARAMS.min_history_years)
        learned = max(clear[PARAMS.min_history], late)
        since = chance.choice(clear[(clear > learned) & (clear <= clear[-4])])
        begun[site], fourth[site] = land.days[since], land.days[clear[clear >= since][3]]
        bare = chance.normal(BARE_NDVI, 0.02, len(land.days) - since)
        values[since:, site] = np.where(np.isfinite(values[since:, site]), bare, np.nan)
    found = watched(land, values).breaks()
    in_time = np.unique(found.series[found.confirmed_day <= fourth[found.series]])
    assert len(in_time) / SITES >= 0.9
