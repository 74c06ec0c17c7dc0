"""What is usual on mined land of a zone: its soils, its plants, its days? Pieces of stories for the scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from qingshan.earth.simulation.ground import LONG_AGO, Growth, Phase, Piece
from qingshan.earth.simulation.truth import Event
from qingshan.earth.simulation.world import Climate, World
from qingshan.earth.sites import ClimateZone, TargetUse

YEAR = 365.25
EARLY_DAYS = 400
"""of a claim after the first image: what it is about was then there before"""


@dataclass(frozen=True, kw_only=True)
class Story:
    """What happened at one site, and what is claimed of it."""

    target: TargetUse | None
    parts: tuple[tuple[Piece, float], ...]
    """pieces and their shares of the site, laid side by side in this order"""
    events: tuple[Event, ...]
    disturbed_since: int | None = None
    restored_since: int | None = None
    planted_on: int | None = None
    accepted_on: int | None = None
    permitted_parts: tuple[int, ...] | None = None
    """numbers of the parts inside the permitted boundary; None: no boundary is claimed"""
    drought: int | None = None
    """first of two dry years"""
    snow: float | None = None
    """probability of snow in January instead of the zone's"""
    cloud: float | None = None
    """mean share of the sky instead of the zone's"""
    size: float = 1.0
    """factor on the site's diameter"""


@dataclass(frozen=True, kw_only=True)
class Home:
    """The undisturbed land of a place: what its soil is, what grows there, how densely."""

    soil: Mapping[str, float]
    """end-member -> share; sums to 1"""
    plants: str
    """end-member"""
    cover: float
    """green cover at the height of a mean summer, 0 to 1"""

    @classmethod
    def drawn(cls, rng: np.random.Generator, climate: Climate) -> Home:
        """One of the many places of a zone."""
        return cls(
            soil=mixed(rng, *climate.soils, "limestone"),
            plants=climate.plants[int(rng.integers(len(climate.plants)))],
            cover=float(rng.uniform(*climate.natural_cover)),
        )


def mixed(rng: np.random.Generator, *names: str) -> Mapping[str, float]:
    """Shares of end-members, the first one prevailing."""
    parts = rng.dirichlet([4.0, *[1.0] * (len(names) - 1)])
    shares: dict[str, float] = {}
    for name, part in zip(names, parts, strict=True):
        shares[name] = shares.get(name, 0.0) + float(part)
    return shares


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One site before anything happens to it: where it lies, when it is looked at, what may grow."""

    zone: ClimateZone
    climate: Climate
    world: World
    home: Home
    rng: np.random.Generator = field(repr=False)
    first: int
    """day of the first image, days since 1970-01-01"""
    last: int
    """day of the last image"""
    claimed: int | None = None
    """day of the claim, where it is told; None: drawn"""
    dug: int | None = None
    """day on which mining began, where it is told"""
    sown: int | None = None
    """day of planting, where it is told"""
    accepted: int | None = None
    """day of the acceptance, where it is told"""
    lost: int | None = None
    """day on which what was restored was lost again, where it is told"""

    def between(self, low: float, high: float) -> float:
        """A number between two numbers."""
        return float(self.rng.uniform(low, high))

    def one_of(self, names: tuple[str, ...]) -> str:
        """One of several."""
        return names[int(self.rng.integers(len(names)))]

    def chance(self, probability: float) -> bool:
        """True as often as the probability says."""
        return bool(self.rng.random() < probability)

    # ------------------------------------------------------------------ days
    def season_of(self, year: int) -> tuple[int, int]:
        """First and last day of a year's growing season, days since 1970-01-01."""
        first_of_year = int(np.datetime64(f"{year}-01-01").astype("datetime64[D]").astype(np.int64))
        shift = self.world.shift_days
        return (
            first_of_year + int(self.climate.green_up + shift),
            first_of_year + int(self.climate.fade + shift - 2 * self.climate.pace_days),
        )

    def seasons_after(self, day: int) -> list[tuple[int, int]]:
        """Full growing seasons that begin after a day and end before the last image."""
        years = range(year_of(day), year_of(self.last) + 1)
        spans = [self.season_of(year) for year in years]
        return [(begin, end) for begin, end in spans if begin >= day and end <= self.last]

    @cached_property
    def claim_day(self) -> int:
        """A day with at least a year of images before it and two full growing seasons after it, unless told."""
        if self.claimed is not None:
            return self.claimed
        newest = self.season_of(year_of(self.last + 45) - 2)[0] - 20
        oldest = min(self.first + 400, newest - 60)
        return int(self.between(oldest, newest))

    def spring_before(self, day: int) -> int:
        """A day of planting at the newest beginning of a season before a day, unless told."""
        if self.sown is not None:
            return self.sown
        begin, _ = self.season_of(year_of(day))
        begin = begin if begin + 20 < day else self.season_of(year_of(day) - 1)[0]
        return int(begin + self.between(-25, 15))

    # ---------------------------------------------------------------- ground
    @cached_property
    def spoil(self) -> Mapping[str, float]:
        """What lies open in a mine: rock, tipped shale, tailings; sometimes with some coal in it."""
        kind = self.one_of(("rock", "spoil", "tailings", "soil"))
        if kind == "rock":
            return self._mix("limestone", "gravel")
        if kind == "spoil":
            return self._mix("spoil", "brown_soil", "coal")
        return (
            self._mix("tailings", "gravel") if kind == "tailings" else self._mix(*self.climate.soils, "spoil")
        )

    @cached_property
    def topsoil(self) -> Mapping[str, float]:
        """Earth that was spread before planting."""
        return self._mix(*self.climate.soils, "spoil")

    def coal(self, share: float) -> Mapping[str, float]:
        """An open coal face or a heap of coal gangue."""
        return {"coal": share, "spoil": 1.0 - share}

    def _mix(self, *names: str) -> Mapping[str, float]:
        return mixed(self.rng, *names)

    # ---------------------------------------------------------------- phases
    @cached_property
    def natural(self) -> Phase:
        """Undisturbed land."""
        growth = Growth(kind=self.home.plants, cover=self.home.cover)
        return Phase(since=LONG_AGO, use="natural", ground=self.home.soil, growth=growth)

    def mined(self, since: int, ground: Mapping[str, float] | None = None, *, weeds: float = 0.2) -> Phase:
        """Open ground with a few weeds: at most a share of what is demanded."""
        cover = self.climate.demanded_cover * weeds * self.between(0.0, 1.0)
        growth = Growth(kind="grass", cover=cover, sown=since, full_days=500.0)
        return Phase(since=since, use="mined", ground=ground or self.spoil, growth=growth)

    def planted(
        self, since: int, kind: str, *, full_days: float, cover: float | None = None, died: int | None = None
    ) -> Phase:
        """Planted land that reaches well above what is demanded, unless told otherwise."""
        if cover is None:
            cover = self.between(1.4 * self.climate.demanded_cover, 1.05 * self.home.cover)
        growth = Growth(kind=kind, cover=cover, sown=since, full_days=full_days, died=died)
        return Phase(since=since, use="planted", ground=self.topsoil, growth=growth)

    def covered(self, since: int, use: str, ground: Mapping[str, float]) -> Phase:
        """Land under something that is no plant: water, buildings, panels, netting."""
        return Phase(since=since, use=use, ground=ground)

    @cached_property
    def mined_day(self) -> int:
        """When mining began, unless told: in three of ten cases before the first image, and for early claims."""
        if self.dug is not None:
            return self.dug
        is_early = self.claimed is not None and self.claimed < self.first + EARLY_DAYS
        if self.chance(0.3) or is_early:
            return self.first - int(self.between(100, 2000))
        earliest = self.first + int(self.between(60, 240))
        return max(earliest, self.claim_day - int(self.between(400, 800)))


def year_of(day: int) -> int:
    """The calendar year of a day."""
    return int(np.datetime64(day, "D").astype("datetime64[Y]").astype(np.int64)) + 1970
