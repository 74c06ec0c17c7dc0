"""Is land compared with what was planned, and a satellite asked only what it can tell?"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from qingshan.rules.afteruse import (
    Afteruse,
    Matching,
    RestorationMode,
    Seen,
    SeenBy,
    compare,
    mode_doubts,
    target_of,
)
from qingshan.rules.reasons import say

ON = date(2026, 11, 26)
U, M = Afteruse, RestorationMode


@pytest.mark.parametrize(
    ("mode", "planned", "target"),
    [
        (M.TO_FARM, U.FARM, "cropland"),
        (M.TO_FOREST, U.FOREST, "vegetation"),
        (M.TO_FOREST, U.PASTURE, "vegetation"),
        (M.TO_BUILD, U.SOLAR, "solar"),
        (M.TO_WATER, U.WATER, "water"),
        (M.TO_BUILD, U.BUILDING, "building"),
        (M.NATURAL, None, "natural"),
        (M.NATURAL, U.FOREST, "natural"),
        (M.NATURAL, U.PASTURE, "natural"),
        (M.NATURAL, U.WATER, "water"),
        (None, U.FARM, "cropland"),
        (M.TO_BUILD, U.TOURISM, None),
        (M.NATURAL, U.TOURISM, None),
        (M.TO_FOREST, None, None),
        (None, None, None),
    ],
)
def test_each_use_is_asked_of_the_satellite_in_its_own_words(
    mode: RestorationMode | None, planned: Afteruse | None, target: str | None
) -> None:
    found = target_of(mode, planned)
    assert found.target == target
    assert (found.because is None) is (target is not None)


@pytest.mark.parametrize(("planned", "actual"), list(product(Afteruse, Afteruse)))
def test_a_use_that_differs_is_a_doubt_and_never_a_verdict(planned: Afteruse, actual: Afteruse) -> None:
    found = compare(planned, Seen(actual, ON, SeenBy.ON_SITE))
    assert found.matching is (Matching.AS_PLANNED if planned is actual else Matching.DIFFERS)
    assert all(say(one).startswith("存疑待核：") for one in found.because)
    assert bool(found.because) is (planned is not actual)


def test_nothing_planned_and_nothing_seen_is_nothing_known() -> None:
    for planned, seen in (
        (None, Seen(U.FARM, ON, SeenBy.IMAGES)),
        (U.FARM, None),
        (U.FARM, Seen(None, ON, SeenBy.IMAGES)),
    ):
        assert compare(planned, seen).matching is Matching.UNKNOWN


def test_a_way_of_restoring_that_leads_elsewhere_is_a_doubt() -> None:
    assert mode_doubts(M.TO_FARM, U.FARM) == ()
    assert mode_doubts(None, U.FARM) == mode_doubts(M.TO_FARM, None) == ()
    assert say(mode_doubts(M.NATURAL, U.BUILDING)[0]) == (
        "存疑待核：修复方式为“自然恢复”，规划利用方向为“建设”，两者不相应。请核对方案。"
    )
