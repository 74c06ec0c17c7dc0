"""Does what is planted fit the place and the day? Asked of the rulebooks in force there, with the book that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingshan.office.planting.models import Plot
from qingshan.rules import planting as law
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.planting import InSeason, PlantForm, SeasonCheck, Suitability, SuitabilityAnswer
from qingshan.rules.provisions import Citation, Layer, Status
from qingshan.rules.reasons import Reason, say
from qingshan.rules.rulebook import consulted, in_force
from qingshan.rules.seasons import seasons_in
from qingshan.rules.zones import Ground


@dataclass(frozen=True)
class Fitting:
    """What the books say to a species at a place on a day."""

    species: SuitabilityAnswer
    season: SeasonCheck

    @property
    def suitability(self) -> Suitability:
        return self.species.suitability

    @property
    def in_season(self) -> InSeason:
        return self.season.in_season

    @property
    def told(self) -> list[tuple[Reason, Citation]]:
        """Every doubt with the book behind it; nothing where species and season fit."""
        found: list[tuple[Reason, Citation]] = []
        if self.suitability is not Suitability.SUITABLE:
            found += _with_source(self.species.because, self.species.citation)
        if self.in_season is not InSeason.IN_SEASON:
            found += _with_source(self.season.because, self.season.citation)
        return found

    @property
    def doubts(self) -> list[Reason]:
        return [reason for reason, _source in self.told]


def _with_source(because: Iterable[Reason], citation: Citation) -> list[tuple[Reason, Citation]]:
    return [(reason, citation) for reason in because]


@dataclass(frozen=True)
class Doubted:
    """One doubt as it was written down, in words, with the book that it came from."""

    said: str
    source: str


def doubted(rows: Iterable[dict[str, Any]], language: str) -> list[Doubted]:
    """What stands in `Planting.doubts`, in a language."""
    return [
        Doubted(say(Reason(row["code"], row["values"]), language), source_of(row["citation"], language))
        for row in rows
    ]


def source_of(citation: Mapping[str, str], language: str) -> str:
    """`适宜树种草种 第 1 版（待核）`: the book behind a doubt."""
    book = consulted().cited(citation["id"], citation["version"], layer=Layer.read(citation["layer"]))
    title, version = book.title.say({}, language), citation["version"]
    checked = citation["status"] == Status.VERIFIED
    if language.lower().startswith("en"):
        return f"{title}, version {version}" + ("" if checked else " (not verified)")
    return f"{title} 第 {version} 版" + ("" if checked else "（待核）")


def ground_of(plot: Plot) -> Ground:
    """What is known of where a plot lies."""
    return Ground(plot.zone_named, plot.rain_mm, plot.is_irrigated)


def fitting_of(plot: Plot, name: str, form: PlantForm, *, on: date) -> Fitting:
    """The answers of the books in force on the day of planting in the region of the plot."""
    region = region_of_id(plot.region_id)
    species = law.suitability_of(
        name,
        form,
        ground=ground_of(plot),
        species=in_force(law.SPECIES_RULEBOOK, on=on, region=region),
        book=in_force(law.RULEBOOK, on=on, region=region),
    )
    return Fitting(species, law.season_check(on, seasons_in(consulted(), on=on, region=region)))


def species_listed(plot: Plot, *, on: date) -> list[law.Species]:
    """What the rulebook lists for the zone of a plot: suggestions for whoever fills in; none without a zone."""
    if plot.zone_named is None:
        return []
    book = in_force(law.SPECIES_RULEBOOK, on=on, region=region_of_id(plot.region_id))
    return list(law.species_for(plot.zone_named, book))
