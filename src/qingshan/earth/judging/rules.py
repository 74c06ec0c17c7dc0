"""Which numbers rule for one climate zone? The [judge_…] sections of the parameter set, resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TypeVar

from qingshan.earth.judging.sections import (
    CroplandRules,
    DisturbedRules,
    KeptRules,
    LookRules,
    Pick,
    SeasonalRules,
    SeasonRules,
    Section,
    SurfaceRules,
    VegetationRules,
    WithinRules,
)
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.sites import ClimateZone

Of = TypeVar("Of", bound=Section)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All that a judgement needs, for one zone."""

    looks: LookRules
    seasons: SeasonRules
    vegetation: VegetationRules
    seasonal: SeasonalRules
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
        seasonal=_resolved(parameters, "judge_seasonal", SeasonalRules, zone),
        cropland=_resolved(parameters, "judge_cropland", CroplandRules, zone),
        surface=_resolved(parameters, "judge_surface", SurfaceRules, zone),
        kept=_resolved(parameters, "judge_kept", KeptRules, zone),
        disturbed=_resolved(parameters, "judge_disturbed", DisturbedRules, zone),
        within=_resolved(parameters, "judge_within", WithinRules, zone),
        label=parameters.label,
    )


def _resolved(parameters: ParameterSet, name: str, into: type[Of], zone: ClimateZone | None) -> Of:
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
