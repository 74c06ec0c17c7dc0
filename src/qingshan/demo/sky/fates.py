"""What is really true of a claim of the demonstration? Drawn from the site's name; no program that judges asks here.

Most claims are true. The others are what happens: nothing was done, or a part, planted later than said, dead after a
season, netting instead of plants, greened for the inspection, mined again after acceptance.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qingshan.demo.chance import Chance
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.sites import TargetUse

TRUE_OF_A_HUNDRED = 70
CLOUDED_OF_A_HUNDRED = 3
_TRUE_PLANTS = (
    (Scenario.GRASS, 46), (Scenario.FOREST, 24), (Scenario.SHRUB, 14), (Scenario.COAL, 8), (Scenario.PARTLY, 8),
)  # fmt: skip
_FALSE_PLANTS = (
    (Scenario.GRASS, 22), (Scenario.PARTLY, 20), (Scenario.PLANTED_LATE, 13), (Scenario.DIED, 13),
    (Scenario.NETTING, 11), (Scenario.FOREST, 9), (Scenario.RELAPSE, 12),
)  # fmt: skip
_OTHER = {
    TargetUse.CROPLAND: Scenario.CROPLAND,
    TargetUse.BUILDING: Scenario.BUILDING,
    TargetUse.WATER: Scenario.WATER,
    TargetUse.SOLAR: Scenario.SOLAR,
    TargetUse.NATURAL: Scenario.NATURAL,
}


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What happened at a site."""

    scenario: Scenario
    is_true: bool
    """whether it makes the claim true"""
    lost_on: date | None = None
    """the day on which it was mined again, where the ledger tells of it"""


def fate_of(key: str, target: TargetUse, *, is_accepted: bool) -> Fate:
    """The truth about a site: the same for the same name.

    Args:
        key: name of the site.
        target: what it is to become.
        is_accepted: whether anybody has accepted it; only then it can fall back.
    """
    chance = Chance("fate", key)
    is_true = chance.whole(1, 100) <= TRUE_OF_A_HUNDRED
    clouded, drawn = chance.whole(1, 100) <= CLOUDED_OF_A_HUNDRED, _TRUE_PLANTS if is_true else _FALSE_PLANTS
    scenario = chance.weighted(drawn)
    if target in _OTHER:
        return Fate(scenario=_OTHER[target], is_true=is_true)
    if clouded:
        return Fate(scenario=Scenario.CLOUDED, is_true=is_true)
    if scenario is Scenario.RELAPSE and not is_accepted:
        scenario = Scenario.GRASS
    return Fate(scenario=scenario, is_true=is_true)
