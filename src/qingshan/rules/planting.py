"""May this be planted here, and now? 适地适树、适林适草: what fits the zone and the water, in the season.

Species stand in the rulebook `planting-species`, by zone and form; seasons in `work-seasons`. Nothing here forbids:
what is not listed, or does not fit, is a doubt that somebody answers with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qingshan.rules.numbers import plainly
from qingshan.rules.provisions import Citation, Rulebook
from qingshan.rules.reasons import Reason
from qingshan.rules.seasons import Season, SeasonAnswer, SeasonEffect, Span, WorkKind
from qingshan.rules.words import Named, normalised
from qingshan.rules.zones import Ground, Zone

RULEBOOK, SPECIES_RULEBOOK = "planting", "planting-species"


class PlantForm(Named):
    """植物类型."""

    TREE = "tree", "乔木", "tree"
    SHRUB = "shrub", "灌木", "shrub"
    GRASS = "grass", "草本", "grass or herb"
    VINE = "vine", "藤本", "vine"


class Suitability(Named):
    """适宜性."""

    SUITABLE = "suitable", "适宜", "suitable"
    DOUBTFUL = "doubtful", "存疑待核", "to be checked"
    NOT_LISTED = "not_listed", "未列入名录", "not listed"
    UNKNOWN = "unknown", "未知", "not known"


class InSeason(Named):
    """种植时间."""

    IN_SEASON = "in_season", "在种植季节", "in season"
    OUT_OF_SEASON = "out_of_season", "不在种植季节（待核实）", "out of season (to be checked)"
    UNKNOWN = "unknown", "未知", "not known"


@dataclass(frozen=True)
class Species:
    """树种草种, as the rulebook names it."""

    zh: str
    latin: str
    form: PlantForm


@dataclass(frozen=True)
class SuitabilityAnswer:
    """Whether a species fits a place, with the book that says so."""

    suitability: Suitability
    because: tuple[Reason, ...]
    citation: Citation
    doubts: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class SeasonCheck:
    """Whether a day lies in a season of planting, and in which."""

    in_season: InSeason
    season: Season | None
    because: tuple[Reason, ...]
    citation: Citation


def species_for(zone: Zone, book: Rulebook, *, forms: Iterable[PlantForm] = PlantForm) -> tuple[Species, ...]:
    """What the rulebook lists for a zone; an empty slot lists nothing."""
    return tuple(one for form in forms for one in _listed(zone, form, book))


def suitability_of(
    name: str, form: PlantForm, *, ground: Ground, species: Rulebook, book: Rulebook
) -> SuitabilityAnswer:
    """Whether a species (by either name) fits: listed for its zone, and a tree only where there is water for trees."""
    values = {"name": name, "form": form.zh, "form_en": form.en}
    if ground.zone is None:
        why = Reason("rules.planting.zone_unknown", values)
        return SuitabilityAnswer(Suitability.UNKNOWN, (why,), species.citation)
    values |= {"zone": ground.zone.zh, "zone_en": ground.zone.en}
    slot = _slot(ground.zone, form)
    doubts = species.doubts(slot) if slot in species.provisions else ()
    dry = _too_dry(form, ground, book, values)
    if any(_is(name, one) for one in _listed(ground.zone, form, species)):
        found = Suitability.DOUBTFUL if dry else Suitability.SUITABLE
        because = dry or (Reason("rules.planting.listed", values),)
        return SuitabilityAnswer(found, because, species.citation, doubts)
    if slot not in species.provisions or species.provision(slot).content is None:
        why = Reason("rules.planting.nothing_entered", values)
        return SuitabilityAnswer(Suitability.UNKNOWN, (why, *dry), species.citation, doubts)
    why = Reason("rules.planting.not_listed", values)
    return SuitabilityAnswer(Suitability.NOT_LISTED, (why, *dry), species.citation, doubts)


def _too_dry(form: PlantForm, ground: Ground, book: Rulebook, values: dict[str, str]) -> tuple[Reason, ...]:
    limit = book.number_of("tree_rain_mm")
    if form is not PlantForm.TREE or ground.is_moist(limit) is not False:
        return ()
    rain = {"rain": plainly(ground.rain_mm), "limit": plainly(limit)}
    return (Reason("rules.planting.too_dry_for_trees", {**values, **rain}),)


def _slot(zone: Zone, form: PlantForm) -> str:
    return f"{zone.value}_{form.value}"


def _listed(zone: Zone, form: PlantForm, book: Rulebook) -> tuple[Species, ...]:
    """`刺槐 Robinia pseudoacacia`: the Chinese name, a space, the scientific one."""
    slot = _slot(zone, form)
    if slot not in book.provisions or not isinstance(content := book.provision(slot).content, tuple):
        return ()
    parts = (str(one).partition(" ") for one in content)
    return tuple(Species(zh, latin, form) for zh, _, latin in parts)


def _is(name: str, one: Species) -> bool:
    wanted = normalised(name).casefold()
    return bool(wanted) and wanted in {normalised(one.zh).casefold(), normalised(one.latin).casefold()}


# -- seasons -----------------------------------------------------------------------------------------------------


def season_check(day: date, answer: SeasonAnswer) -> SeasonCheck:
    """Whether a day lies in a season of planting. Without any season on record nothing is known."""
    stops = [one for one in _of_planting(answer, SeasonEffect.STOP) if one.contains(day)]
    windows = _of_planting(answer, SeasonEffect.POSSIBLE)
    here = next((one for one in windows if one.contains(day)), None)
    on = {"day": day.isoformat()}
    if stops:
        why = Reason("rules.planting.in_a_stop", {**on, **stops[0].values})
        return SeasonCheck(InSeason.OUT_OF_SEASON, None, (why, *stops[0].doubts), answer.citation)
    if here is not None:
        return SeasonCheck(InSeason.IN_SEASON, here, here.doubts, answer.citation)
    if not windows:
        return SeasonCheck(
            InSeason.UNKNOWN, None, (Reason("rules.planting.no_season_known", on),), answer.citation
        )
    why = Reason(
        "rules.planting.out_of_season",
        {
            **on,
            "seasons": "、".join(one.title.zh for one in windows),
            "seasons_en": ", ".join(one.title.en for one in windows),
        },
    )
    doubts = tuple(doubt for one in windows for doubt in one.doubts)
    return SeasonCheck(InSeason.OUT_OF_SEASON, None, (why, *doubts), answer.citation)


def next_season(on: date, answer: SeasonAnswer) -> Span | None:
    """The window of planting that a day lies in, or the next one; None where no season is on record."""
    windows = (
        window
        for one in _of_planting(answer, SeasonEffect.POSSIBLE)
        for year in range(on.year - 1, on.year + 9)
        if (window := one.beginning_in(year)) and window.to_on >= on
    )
    return min(windows, default=None)


def _of_planting(answer: SeasonAnswer, effect: SeasonEffect) -> list[Season]:
    return [one for one in answer.seasons if WorkKind.PLANTING in one.kinds and one.effect is effect]
