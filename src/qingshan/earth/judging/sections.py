"""What do the [judge_…] sections of the parameter set hold, and what does each number mean?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Pick = Callable[[Iterable[float]], float]


def by_zone(careful: Pick) -> Any:
    """A number by climate zone; where the zone is not told, the most careful one of all."""
    return field(metadata={"careful": careful})


class Section:
    """A section whose numbers may differ by climate zone."""


@dataclass(frozen=True, kw_only=True)
class LookRules(Section):
    """[judge_looks]: which observations say anything of plants, and when."""

    growing_first_month: float = by_zone(min)
    """month in which plants begin to grow: what is planted later has no full season in that year"""
    season_first_month: float = by_zone(max)
    """months in which undisturbed land is green throughout: looks of others do not judge plants"""
    season_last_month: float = by_zone(min)
    winter_first_month: float
    """months in which plants rest: from it to the end of the year, and from January to the last one"""
    winter_last_month: float
    warm_first_month: float
    """months in which ground that nothing was done to keeps its colour: no snow, no low sun"""
    warm_last_month: float
    ring_min_clear_px: float
    ring_min_clear_share: float
    netting_noise_share: float
    """netting below this share of the site is taken for noise of the check"""
    netting_rest_share: float
    """netting / what looks green, from which the rest of the green does not count either"""


@dataclass(frozen=True, kw_only=True)
class SeasonRules(Section):
    """[judge_seasons]: k of n."""

    min_looks: float
    """n: looks of a growing season below which it says nothing"""
    agree_share: float
    """k / n from which a season agrees with the claim"""
    min_looks_against: float
    """looks against the claim, over the seasons that are weighed together"""
    unanimous_looks: float
    """the same where no look says otherwise"""
    against_share: float
    """k / n from which seasons speak against the claim"""
    late_looks: float
    """looks, none of which says otherwise, that show that the first season was not as claimed, before others agree"""
    firm_seasons: float
    """seasons that agree, below which support is provisional"""
    edge_looks: float
    """K: looks against the claim, one after the other, that make a relapse"""
    edge_days: float
    """days from the first to the last of them"""
    planting_grace_days: float
    """a growing season is full if planting was done at most so many days after it began"""


@dataclass(frozen=True, kw_only=True)
class VegetationRules(Section):
    """[judge_vegetation]: what counts as covered, and what as bare."""

    agree_ratio: float = by_zone(max)
    """cover of the site / cover to be expected by the ring, from which it is covered"""
    agree_gain: float = by_zone(max)
    """gain from which it is covered"""
    agree_cover: float = by_zone(max)
    """cover from which it is covered"""
    against_ratio: float = by_zone(min)
    """cover / expected cover up to which it may be bare"""
    against_gain: float = by_zone(min)
    """gain up to which it is bare"""
    against_ratio_alone: float = by_zone(min)
    """cover / expected cover up to which it is bare, whatever the ground"""
    against_cover: float = by_zone(min)
    """cover above bare ground up to which it is bare"""
    bare_cover: float = by_zone(min)
    """the most that images read off bare ground"""
    typical_bare: float = by_zone(min)
    """what images usually read off it, where it was not seen"""
    bare_ratio: float
    """the most that bare ground may show beside undisturbed land"""
    partly_share: float = by_zone(min)
    """share of the site, up to which it is covered in part only"""
    partly_gain: float
    """gain above which plants are dense enough however patchy"""
    soil_nbr: float
    """NBR of bare soil and rock of all colours"""
    min_nbr: float
    """NBR of the ring above bare soil, from which the site's means anything"""
    first_season_factor: float
    """young plants need to show so much of it in the first full season"""
    min_expected: float = by_zone(max)
    """where less is to be expected, a bare and a covered site look alike"""
    most_expected: float = by_zone(min)
    """cover that is expected at most: watered fields around are no measure of dry land"""
    before_ratio_low: float
    before_ratio_high: float
    """limits of site / ring before disturbance, by which the ring is corrected"""
    min_looks_before: float
    typical_cover: float = by_zone(max)
    """expected in the growing season where there is no ring"""
    seasons_against_without_ring: float
    seasons_against_natural: float
    """natural recovery is slow: seasons that must speak against it"""
    spared_burn: float
    """gain by NBR from which a look does not speak against natural recovery: sparse plants on light ground"""
    drought_ratio: float
    """cover of the ring / its usual cover, below which a season is named dry"""
    sign_share: float
    """share of the site from which netting, coal or water is named"""


@dataclass(frozen=True, kw_only=True)
class SeasonalRules(Section):
    """[judge_seasonal]: what looks green and is the same in winter as in summer does not grow."""

    min_looks: float
    """looks in growing seasons"""
    min_winter_looks: float
    ring_swing: float
    """NDVI of the ring in summer less that in winter, from which the site's means anything"""
    swing_ratio: float = by_zone(min)
    """the same of the site / of the ring, up to which it has no season"""
    burn_gain: float
    """gain by NBR up to which there are no leaves"""
    burn_to_cover: float
    """gain by NBR / gain by cover up to which what looks green is not wet as leaves are"""


@dataclass(frozen=True, kw_only=True)
class CroplandRules(Section):
    """[judge_cropland]: a crop covers the ground and is taken off it within a year."""

    green_looks: float
    """looks with cover in a growing season that make a crop"""
    idle_looks: float
    """looks at open ground in the same year that make sowing, harvest or tillage"""
    idle_ratio: float
    """cover above bare ground / the year's best, up to which a field lies open"""
    min_looks: float
    """looks without any crop over the seasons that are weighed together, below which one may have been missed"""


@dataclass(frozen=True, kw_only=True)
class SurfaceRules(Section):
    """[judge_surface]: water, and what is built."""

    water_share: float
    dry_share: float
    bright_share: float
    bright_gain: float
    """more than before the claim: bare rock is bright as well"""
    changed: float
    """distance of NDVI, NBR and BSI to before the claim, from which bright ground is not what it was"""
    plant_share: float
    """share of plants or water from which a site is not built over"""
    works_days: float
    """works may have begun so long before the claimed day"""
    before_days: float
    """looks from so long before the claimed day until the works show what was there"""
    unchanged_built: float
    """distance of NDVI, NBR and BSI to before the claim, up to which the ground is not built over"""
    unchanged_light_built: float
    """the same where the ground was light and is: light rock looks much like concrete"""
    same_bright: float
    """share of the site that may be light now and was not, or the other way round, all the same"""
    unchanged_solar: float
    """distance of the indices up to which no panels were set up"""
    unchanged_light: float
    """the same where the ground is as light as before: panels are dark"""
    light_share: float
    """share of the site from which it is light ground"""
    light_loss: float
    """share of the site that may have become darker all the same"""
    unchanged_dull: float
    """distance of the indices up to which ground that was not light and is not is not built over"""
    dull_share: float
    """share of light ground up to which it is not"""
    same_day_days: float
    """days of the year that two looks may lie apart to be compared"""
    same_day_looks: float
    """looks after, for each look before, that it takes"""
    recent_days: float
    """what was there shortly before the works: looks of so many days"""
    unchanged_looks: float
    """looks before and after that it takes to say so"""


@dataclass(frozen=True, kw_only=True)
class KeptRules(Section):
    """[judge_kept]: after acceptance."""

    kept_ratio: float
    lost_ratio: float
    partly_ratio: float
    """the same where the site became patchy"""
    loss: float = by_zone(max)
    """cover lost, beside the ring, that is more than noise"""
    reference_days: float
    """looks so long before acceptance show what was accepted"""


@dataclass(frozen=True, kw_only=True)
class DisturbedRules(Section):
    """[judge_disturbed]: the day from which land is said to be disturbed."""

    tolerance_days: float
    """so far may the day be off: nobody notes the day of the first cut exactly"""
    before_days: float
    """looks so long before the day show what was there"""
    first_looks: float
    """looks after the day that are weighed for it: later ones may show new plants"""
    growing_days: float
    """plants may have grown for so long before they are claimed to be there"""
    intact_ratio: float
    """cover of the site / cover of the ring from which nothing was dug"""
    bare_ratio: float
    """the same up to which the land was bare already"""
    fall_ratio: float
    """cover beside the ring / the same before the claimed day, up to which it was disturbed"""
    loss: float = by_zone(max)
    min_looks: float
    share: float


@dataclass(frozen=True, kw_only=True)
class WithinRules(Section):
    """[judge_within]: new disturbance and the permitted boundary."""

    min_px: float
    """pixels of one connected patch below which it is not counted"""
    margin_px: float
    """added to the geolocation error, in pixels: an edge pixel shows both sides"""
    edge_share: float
    """area too near to the boundary to tell / area inside, up to which it is the edge of mining inside"""
    min_seen_share: float
    """share of the pixels outside that must have been looked at to say that nothing happened there"""
