"""What grows and what lies on a piece of ground, day by day?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.earth.simulation.spectra import INDEX, NAMES
from qingshan.earth.simulation.world import Climate

Floats = np.ndarray[Any, np.dtype[np.float64]]
Days = np.ndarray[Any, np.dtype[np.int32]]

LONG_AGO = -100_000
"""a day before everything, for what was always there"""


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Plants of one kind on one piece, from sowing to death."""

    kind: str
    """end-member: grass, shrub, broadleaf, conifer, crop"""
    cover: float
    """green cover at the height of a mean summer when fully grown, 0 to 1"""
    sown: int = LONG_AGO
    """day of sowing or planting, days since 1970-01-01"""
    full_days: float = 1.0
    """days after which nineteen twentieths of the cover are there"""
    died: int | None = None
    """day of death"""
    evergreen: float | None = None
    """share of green that stays in winter; None: as the zone has it"""
    seasons: int = 1
    """harvests a year; 0: green in every season as long as it lives (watered turf)"""

    def living(self, days: Days) -> Floats:
        """Living cover in a mean summer, (n,), 0 to 1: what is there, whatever the season shows of it."""
        age = np.maximum(days - self.sown, 0).astype(np.float64)
        grown = self.cover * (1.0 - np.exp(-3.0 * age / self.full_days))
        return grown if self.died is None else np.where(days >= self.died, 0.0, grown)

    def dead(self, days: Days) -> Floats:
        """Cover of plants that have died and still stand, (n,)."""
        if self.died is None:
            return np.zeros(len(days))
        at_death = self.cover * (1.0 - np.exp(-3.0 * max(self.died - self.sown, 0) / self.full_days))
        since = np.maximum(days - self.died, 0)
        return np.where(days >= self.died, 0.6 * at_death * np.exp(-since / 150.0), 0.0)


@dataclass(frozen=True, kw_only=True)
class Phase:
    """What a piece is from one day on until the next phase begins."""

    since: int
    """first day, days since 1970-01-01"""
    use: str
    """natural, mined, bare, planted, netting, crop, water, built, solar"""
    ground: Mapping[str, float]
    """end-member -> share of what is not covered by plants; sums to 1"""
    growth: Growth | None = None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of the land with one history."""

    phases: tuple[Phase, ...]
    """in order of their first days; the first begins before the first image"""

    def phase_of(self, days: Days) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Number of the phase in force on each day, (n,)."""
        starts = np.array([phase.since for phase in self.phases])
        return np.maximum(np.searchsorted(starts, days, side="right") - 1, 0)

    def use_on(self, day: int) -> str:
        """What the piece is used for on a day."""
        return self.phases[int(self.phase_of(np.array([day], dtype=np.int32))[0])].use

    def living(self, days: Days) -> Floats:
        """Living cover in a mean summer, (n,), 0 to 1."""
        cover = np.zeros(len(days))
        at = self.phase_of(days)
        for number, phase in enumerate(self.phases):
            if phase.growth is not None:
                cover = np.where(at == number, phase.growth.living(days), cover)
        return cover


@dataclass(frozen=True, kw_only=True)
class Weather:
    """What the years were like at a site and around it: site and ring share it."""

    first_year: int
    cover: Floats
    """(years,) factor on green cover; 1 is a mean year"""
    shift_days: Floats
    """(years,) by how much the season came later"""


def season(days: Days, climate: Climate, weather: Weather, growth: Growth) -> Floats:
    """How much of the summer's green is to be seen, (n,), 0 to 1."""
    if growth.seasons == 0:
        return np.ones(len(days))
    year, day_of_year = calendar(days)
    late = weather.shift_days[year - weather.first_year]
    rest = climate.evergreen if growth.evergreen is None else growth.evergreen
    spans = _spans(climate, growth.seasons)
    curve = np.zeros(len(days))
    for begin, end in spans:
        curve = np.maximum(curve, _double_logistic(day_of_year - late, begin, end, climate.pace_days))
    return rest + (1.0 - rest) * curve


def _spans(climate: Climate, harvests: int) -> tuple[tuple[float, float], ...]:
    if harvests == 2:
        middle = (climate.green_up + climate.fade) / 2 - 20
        return (climate.green_up - 20, middle - 12), (middle + 25, climate.fade - 15)
    return ((climate.green_up, climate.fade),)


def _double_logistic(day_of_year: Floats, begin: float, end: float, pace: float) -> Floats:
    rise = 1.0 / (1.0 + np.exp(-(day_of_year - begin) / pace))
    fall = 1.0 / (1.0 + np.exp((day_of_year - end) / pace))
    return np.asarray(rise * fall)


def calendar(days: Days) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.int64]]]:
    """Year and day of the year (1 to 366) of days since 1970-01-01."""
    when = days.astype("datetime64[D]")
    year = when.astype("datetime64[Y]")
    return year.astype(np.int64) + 1970, (when - year).astype(np.int64) + 1


def composition(piece: Piece, days: Days, *, climate: Climate, weather: Weather) -> tuple[Floats, Floats]:
    """What a piece consists of.

    Returns:
        ground (n, end-members), shares that sum to 1; and what its plants change, (n, end-members), sums to 0:
        shares of plants less the ground that they hide.
    """
    ground, plants = np.zeros((len(days), len(NAMES))), np.zeros((len(days), len(NAMES)))
    at = piece.phase_of(days)
    for number, phase in enumerate(piece.phases):
        here = np.flatnonzero(at == number)
        if not len(here):
            continue
        bare = np.zeros(len(NAMES))
        for name, share in phase.ground.items():
            bare[INDEX[name]] = share
        ground[here] = bare
        if phase.growth is not None:
            plants[here] = _plants(phase.growth, days[here], bare, climate, weather)
    return ground, plants


def _plants(growth: Growth, days: Days, bare: Floats, climate: Climate, weather: Weather) -> Floats:
    year, _ = calendar(days)
    curve = season(days, climate, weather, growth)
    living = growth.living(days)
    factor = 1.0 if growth.seasons == 0 else weather.cover[year - weather.first_year]
    green = np.minimum(living * curve * factor, 0.98)
    dry = np.minimum(0.55 * np.maximum(living - green, 0.0) + growth.dead(days), 0.98 - green)
    change = -(green + dry)[:, None] * bare
    change[:, INDEX[growth.kind]] += green
    change[:, INDEX["dry"]] += dry
    return change
