"""Which observations of a site say anything? One look a day, with enough clear pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from qingshan.earth.judging.sections import LookRules
from qingshan.earth.series import Days, Floats, SiteSeries, Track, least_clear

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Positions = np.ndarray[Any, np.dtype[np.intp]]

ZERO = date(1970, 1, 1).toordinal()


def day_of(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - ZERO


def date_of(day: float) -> date:
    """The date of a number of days since 1970-01-01."""
    return date.fromordinal(int(day) + ZERO)


def median(values: Floats) -> float:
    """The median of at least one number, none of them NaN; many times faster than numpy's on short arrays."""
    ordered = np.sort(values)
    return float(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def middle(values: Floats) -> float | None:
    """The median of what is known; None where nothing is."""
    known = values[np.isfinite(values)]
    return median(known) if len(known) else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Looks:
    """Usable observations in order of day, no two of one day. All arrays are (n,); shares and cover 0 to 1."""

    days: Days
    """days since 1970-01-01"""
    years: Days
    """calendar year"""
    in_season: Flags
    """in the growing season: others do not judge plants"""
    in_winter: Flags
    """in the months in which plants rest"""
    is_warm: Flags
    """in the months without snow and low sun, in which ground that nothing was done to keeps its colour"""
    cover: Floats
    """vegetation cover, without netting and dark surfaces"""
    ring: Floats
    """cover of the undisturbed ring; NaN where it was not clear or there is none"""
    burn: Floats
    """NBR inside: leaves raise it, soils of all colours hardly differ in it; NaN where the bands are missing"""
    ring_burn: Floats
    """the same of the ring"""
    ring_ndvi: Floats
    """NDVI of the ring"""
    spread: Floats
    """variance of cover from pixel to pixel inside; NaN where it is not known"""
    green: Floats
    dark: Floats
    water: Floats
    netting: Floats
    bright: Floats
    inside: Track
    """all observations, of which `taken` are the looks"""
    scenes: tuple[str, ...]
    taken: Positions
    """(n,) their places in the series"""
    has_ring: bool
    offered: int
    """observations of the series until the day of judgement, clear or not"""

    def __len__(self) -> int:
        return len(self.days)

    def quantity(self, name: str) -> Floats:
        """Cover by plants ("fvc"), or another quantity inside, (n,); NaN where it is not known."""
        return self.cover if name == "fvc" else _of(self.inside, name, self.taken)

    def scene(self, place: int) -> str:
        return self.scenes[int(self.taken[place])]

    def clearest_scene(self, places: Positions) -> str:
        """Of at least one look the one with most clear pixels, of equals the newest: pictures are for people."""
        clear = np.asarray(self.inside.clear_px)[self.taken[places]][::-1]
        return self.scene(int(places[len(places) - 1 - int(np.argmax(clear))]))


def looks_at(series: SiteSeries, rules: LookRules, *, until: int) -> Looks:
    """The observations that count, until a day (days since 1970-01-01), whatever their order in the series."""
    taken, offered = _taken(series, until)
    days = np.asarray(series.days)[taken]
    years, months = _calendar(days)
    inside = series.inside
    green, dark, water, netting, bright = (
        _of(inside, name, taken) for name in ("green", "dark", "water", "netting", "bright")
    )
    ring, ring_burn, ring_ndvi = _ring(series.ring, taken, rules)
    return Looks(
        days=days,
        years=years,
        in_season=(months >= rules.season_first_month) & (months <= rules.season_last_month),
        in_winter=(months >= rules.winter_first_month) | (months <= rules.winter_last_month),
        is_warm=(months >= rules.warm_first_month) & (months <= rules.warm_last_month),
        cover=_plants(_of(inside, "fvc", taken), green, dark, netting, rules),
        ring=ring,
        burn=_of(inside, "nbr", taken),
        ring_burn=ring_burn,
        ring_ndvi=ring_ndvi,
        spread=_known(inside.variance.get("fvc"), taken, len(taken)),
        green=green,
        dark=dark,
        water=water,
        netting=netting,
        bright=bright,
        inside=inside,
        scenes=series.scenes,
        taken=taken,
        has_ring=bool(np.isfinite(ring).any()),
        offered=offered,
    )


def _taken(series: SiteSeries, until: int) -> tuple[Positions, int]:
    """Places of the looks in order of day; of several on one day the clearest."""
    days = np.asarray(series.days)
    clear = np.asarray(series.inside.clear_px, dtype=np.float64)
    least_px, least_share = least_clear(series.sensors)
    early = days <= until
    usable = early & (clear >= least_px) & (clear >= least_share * series.inside.total_px)
    usable &= np.isfinite(_of(series.inside, "fvc", slice(None), len(days)))
    places = np.flatnonzero(usable)
    if len(places) > 1 and not (days[places[1:]] > days[places[:-1]]).all():
        places = places[np.lexsort((-clear[places], days[places]))]
        ordered = days[places]
        places = places[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
    return places, int(early.sum())


def _calendar(days: Days) -> tuple[Days, Days]:
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    years = 1970 + months // 12
    return years.astype(np.int32), (1 + months % 12).astype(np.int32)


def _of(track: Track, name: str, places: Any, count: int | None = None) -> Floats:
    """A quantity at some places; NaN where the track does not have it, or holds what is no number."""
    return _known(track.mean.get(name), places, len(places) if count is None else count)


def _known(values: Floats | None, places: Any, count: int) -> Floats:
    if values is None:
        return np.full(count, np.nan)
    found: Floats = np.asarray(values, dtype=np.float64)[places]
    return np.where(np.isfinite(found), found, np.nan)


def _ring(track: Track | None, places: Positions, rules: LookRules) -> tuple[Floats, Floats, Floats]:
    """Cover, NBR and NDVI of the ring where enough of it was clear."""
    if track is None:
        unknown = np.full(len(places), np.nan)
        return unknown, unknown, unknown
    clear = np.asarray(track.clear_px, dtype=np.float64)[places]
    enough = (clear >= rules.ring_min_clear_px) & (clear >= rules.ring_min_clear_share * track.total_px)
    cover, burn, ndvi = (
        np.where(enough, _of(track, name, places), np.nan) for name in ("fvc", "nbr", "ndvi")
    )
    return cover, burn, ndvi


def _plants(cover: Floats, green: Floats, dark: Floats, netting: Floats, rules: LookRules) -> Floats:
    """Cover by plants: what netting makes look green is taken off, and dark pixels never count.

    Where most of what looks green is netting, the rest does not count either: pixels of netting with soil between
    escape the check.
    """
    plants = np.clip(cover, 0.0, 1.0)
    if (netting >= rules.netting_noise_share).any():
        netted = np.where(netting >= rules.netting_noise_share, netting, 0.0)
        part = netted / np.fmax(np.fmax(green, netted), rules.netting_noise_share)
        plants = plants * np.where(part >= rules.netting_rest_share, 0.0, 1.0 - part)
    return np.fmin(plants, 1.0 - np.where(np.isfinite(dark), dark, 0.0))
