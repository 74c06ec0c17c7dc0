"""Which stories are told? For each scenario one that makes its claim true and one that makes it false."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from qingshan.earth.simulation import circumstances, other_uses, restorations
from qingshan.earth.simulation.plots import Plot, Story


class Scenario(StrEnum):
    """What the simulated people do. Named for the trap in it."""

    GRASS = "grass"
    """mined, then grass that closes in a season; false: never restored at all"""
    FOREST = "forest"
    """mined, then young trees over grass that take years; false: saplings of which few live"""
    SHRUB = "shrub"
    """mined, then sparse shrubs as the zone bears; false: bare"""
    PARTLY = "partly"
    """nearly all restored; false: 30 to 50 % of the area"""
    PLANTED_LATE = "planted_late"
    """planted before the claimed day; false: one to two years after it"""
    DIED = "died"
    """planted and alive; false: green in its first season, dead in the next"""
    INSPECTION = "inspection"
    """restored and accepted; false: greened weeks before the acceptance, dead soon after"""
    RELAPSE = "relapse"
    """restored, accepted, kept; false: mined again after the acceptance"""
    NETTING = "netting"
    """restored; false: green netting or turf on bare ground"""
    DROUGHT = "drought"
    """restored, then two dry years; false: never restored, in the same years"""
    COAL = "coal"
    """restored on gangue; false: open coal"""
    WINTER = "winter"
    """planted under snow and grown; false: the same, and nothing came up"""
    NATURAL = "natural"
    """left alone and recovered slowly; false: left alone and bare"""
    CROPLAND = "cropland"
    """ploughed and sown each year; false: rubble"""
    WATER = "water"
    """a pit lake; false: a dry pit"""
    BUILDING = "building"
    """built over; false: bare ground"""
    SOLAR = "solar"
    """panels; false: bare ground"""
    NEVER_DISTURBED = "never_disturbed"
    """mined when it is said to have been; false: never touched"""
    BOUNDARY = "boundary"
    """newly mined inside the permitted boundary; false: outside it"""
    CLOUDED = "clouded"
    """as grass, under clouds nearly always"""
    TOO_EARLY = "too_early"
    """planted in the last months; false: only said to be"""
    BEFORE_IMAGES = "before_images"
    """restored before the first image; false: bare ever since"""


Teller = Callable[[Plot, bool], Story]

TELLERS: dict[Scenario, Teller] = {
    Scenario.GRASS: restorations.grass,
    Scenario.FOREST: restorations.forest,
    Scenario.SHRUB: restorations.shrub,
    Scenario.PARTLY: restorations.partly,
    Scenario.PLANTED_LATE: restorations.planted_late,
    Scenario.DIED: restorations.died,
    Scenario.INSPECTION: restorations.inspection,
    Scenario.RELAPSE: restorations.relapse,
    Scenario.NETTING: restorations.netting,
    Scenario.DROUGHT: circumstances.drought,
    Scenario.COAL: restorations.coal,
    Scenario.WINTER: circumstances.winter,
    Scenario.NATURAL: restorations.natural,
    Scenario.CROPLAND: other_uses.cropland,
    Scenario.WATER: other_uses.water,
    Scenario.BUILDING: other_uses.building,
    Scenario.SOLAR: other_uses.solar,
    Scenario.NEVER_DISTURBED: other_uses.never_disturbed,
    Scenario.BOUNDARY: other_uses.boundary,
    Scenario.CLOUDED: circumstances.clouded,
    Scenario.TOO_EARLY: circumstances.too_early,
    Scenario.BEFORE_IMAGES: circumstances.before_images,
}
