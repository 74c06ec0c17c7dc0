"""Which numbers rule for one climate zone? The [judge_…] sections of the parameter set, resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, TypeVar

from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sites import ClimateZone

Pick = Callable[[Iterable[float]], float]
Section = TypeVar("Section", bound="_Section")


def _by_zone(careful: Pick) -> Any:
    """A number by climate zone; where the zone is not told, the most careful one of all."""
    return field(metadata={"careful": careful})


class _Section:
    """A section whose numbers may differ by climate zone."""


@dataclass(frozen=True, kw_only=True)
class LookRules(_Section):
    """[judge_looks]: which observations say anything of plants, and when."""

    growing_first_month: float = _by_zone(min)
    """month in which plants begin to grow: what is planted later has no full season in that year"""
    season_first_month: float = _by_zone(max)
    """months in which undisturbed land is green throughout: looks of others do not judge plants"""
    season_last_month: float = _by_zone(min)
    ring_min_clear_px: float
    ring_min_clear_share: float
    netting_noise_share: float
    """netting below this share of the site is taken for noise of the check"""
    netting_rest_share: float
    """netting / what looks green, from which the rest of the green does not count either"""


@dataclass(frozen=True, kw_only=True)
class SeasonRules(_Section):
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
    firm_seasons: float
    """seasons that agree, below which support is provisional"""
    edge_looks: float
    """K: looks against the claim, one after the other, that make a relapse"""
    edge_days: float
    """days from the first to the last of them"""
    planting_grace_days: float
    """a growing season is full if planting was done at most so many days after it began"""


@dataclass(frozen=True, kw_only=True)
class VegetationRules(_Section):
    """[judge_vegetation]: what counts as covered, and what as bare."""

    agree_ratio: float = _by_zone(max)
    """cover of the site / cover to be expected by the ring, from which it is covered"""
    agree_gain: float = _by_zone(max)
    """gain from which it is covered"""
    agree_cover: float = _by_zone(max)
    """cover from which it is covered"""
    against_ratio: float = _by_zone(min)
    """cover / expected cover up to which it may be bare"""
    against_gain: float = _by_zone(min)
    """gain up to which it is bare"""
    against_ratio_alone: float = _by_zone(min)
    """cover / expected cover up to which it is bare, whatever the ground"""
    against_cover: float = _by_zone(min)
    """cover above bare ground up to which it is bare"""
    bare_cover: float = _by_zone(min)
    """the most that images read off bare ground"""
    typical_bare: float = _by_zone(min)
    """what images usually read off it, where it was not seen"""
    bare_ratio: float
    """the most that bare ground may show beside undisturbed land"""
    partly_share: float = _by_zone(min)
    """share of the site, up to which it is covered in part only"""
    partly_gain: float
    """gain above which plants are dense enough however patchy"""
    soil_nbr: float
    """NBR of bare soil and rock of all colours"""
    min_nbr: float
    """NBR of the ring above bare soil, from which the site's means anything"""
    first_season_factor: float
    """young plants need to show so much of it in the first full season"""
    min_expected: float = _by_zone(max)
    """where less is to be expected, a bare and a covered site look alike"""
    most_expected: float = _by_zone(min)
    """cover that is expected at most: watered fields around are no measure of dry land"""
    before_ratio_low: float
    before_ratio_high: float
    """limits of site / ring before disturbance, by which the ring is corrected"""
    min_looks_before: float
    typical_cover: float = _by_zone(max)
    """expected in the growing season where there is no ring"""
    seasons_against_without_ring: float
    seasons_against_natural: float
    """natural recovery is slow: seasons that must speak against it"""
    drought_ratio: float
    """cover of the ring / its usual cover, below which a season is named dry"""
    sign_share: float
    """share of the site from which netting, coal or water is named"""


@dataclass(frozen=True, kw_only=True)
class CroplandRules(_Section):
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
class SurfaceRules(_Section):
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
    same_bright: float
    """share of the site that may be light now and was not, or the other way round, all the same"""
    unchanged_solar: float
    """distance of the indices up to which no panels were set up"""
    unchanged_looks: float
    """looks before and after that it takes to say so"""


@dataclass(frozen=True, kw_only=True)
class KeptRules(_Section):
    """[judge_kept]: after acceptance."""

    kept_ratio: float
    lost_ratio: float
    partly_ratio: float
    """the same where the site became patchy"""
    loss: float = _by_zone(max)
    """cover lost, beside the ring, that is more than noise"""
    reference_days: float
    """looks so long before acceptance show what was accepted"""


@dataclass(frozen=True, kw_only=True)
class DisturbedRules(_Section):
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
    loss: float = _by_zone(max)
    min_looks: float
    share: float


@dataclass(frozen=True, kw_only=True)
class WithinRules(_Section):
    """[judge_within]: new disturbance and the permitted boundary."""

    min_px: float
    """pixels of one connected patch below which it is not counted"""
    margin_px: float
    """added to the geolocation error, in pixels: an edge pixel shows both sides"""
    edge_share: float
    """area too near to the boundary to tell / area inside, up to which it is the edge of mining inside"""
    min_seen_share: float
    """share of the pixels outside that must have been looked at to say that nothing happened there"""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All that a judgement needs, for one zone."""

    looks: LookRules
    seasons: SeasonRules
    vegetation: VegetationRules
    cropland: CroplandRules
    surface: SurfaceRules
    kept: KeptRules
    disturbed: DisturbedRules
    within: WithinRules
    label: str
    """the parameter set, as findings name it"""


@lru_cache(maxsize=64)
def rules_for(parameters: ParameterSet, zone: ClimateZone | None) -> Rules:
    """The numbers of a zone; for None, of each the most careful one.

    Raises:
        ParametersRefused: a section is incomplete.
    """
    return Rules(
        looks=_resolved(parameters, "judge_looks", LookRules, zone),
        seasons=_resolved(parameters, "judge_seasons", SeasonRules, zone),
        vegetation=_resolved(parameters, "judge_vegetation", VegetationRules, zone),
        cropland=_resolved(parameters, "judge_cropland", CroplandRules, zone),
        surface=_resolved(parameters, "judge_surface", SurfaceRules, zone),
        kept=_resolved(parameters, "judge_kept", KeptRules, zone),
        disturbed=_resolved(parameters, "judge_disturbed", DisturbedRules, zone),
        within=_resolved(parameters, "judge_within", WithinRules, zone),
        label=parameters.label,
    )


def _resolved(parameters: ParameterSet, name: str, into: type[Section], zone: ClimateZone | None) -> Section:
    section = parameters.section(name, into)
    chosen = {
        each.name: _of_zone(getattr(section, each.name), zone, each.metadata["careful"])
        for each in fields(into)  # type: ignore[arg-type]
        if "careful" in each.metadata
    }
    return replace(section, **chosen)  # type: ignore[type-var]


def _of_zone(table: dict[str, float], zone: ClimateZone | None, careful: Pick) -> float:
    values: Sequence[float] = [table[each] for each in ClimateZone]
    return float(careful(values) if zone is None else table[zone])
