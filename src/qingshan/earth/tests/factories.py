"""Series of sites made by hand: what a site and its ring showed, day by day, without any image."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import shapely

from qingshan.earth.findings import Finding
from qingshan.earth.judging import judge
from qingshan.earth.parameters import released
from qingshan.earth.series import QUANTITIES, SiteSeries, Track
from qingshan.earth.sites import Claims, ClimateZone, Site, TargetUse

Cover = Callable[[date], float]
EPOCH = date(1970, 1, 1)
SEASON = ((3, 0.1), (4, 0.35), (5, 0.8), (6, 1.0), (7, 1.0), (8, 1.0), (9, 0.9), (10, 0.5), (11, 0.15))


def season(day: date) -> float:
    """How much of the summer's green undisturbed land shows."""
    return dict(SEASON).get(day.month, 0.05)


def always(cover: float) -> Cover:
    return lambda day: cover * season(day)


def until(change: date, before: float, after: float) -> Cover:
    """One cover before a day, another from it on."""
    return lambda day: (after if day >= change else before) * season(day)


def courses(*steps: tuple[date | None, float]) -> Cover:
    """The cover of the last step that began; the first step has no day."""

    def cover(day: date) -> float:
        return [share for begun, share in steps if begun is None or begun <= day][-1] * season(day)

    return cover


def days_between(first: date, last: date, *, every: int = 12) -> list[date]:
    return [first + timedelta(days=step) for step in range(0, (last - first).days + 1, every)]


MEADOW, WOOD = always(0.7), always(0.8)


@dataclass(frozen=True, kw_only=True)
class Land:
    """A site that is looked at every twelve days; tests change what they are about."""

    site: Cover = MEADOW
    ring: Cover | None = WOOD
    first: date = date(2018, 1, 5)
    last: date = date(2022, 12, 20)
    every: int = 12
    shares: tuple[tuple[str, Cover], ...] = ()
    """further quantities inside, e.g. netting"""
    part: float = 1.0
    """share of the site that the plants stand on; the rest is bare"""
    clear: Callable[[date], float] = lambda _day: 1.0
    """clear share of the site"""
    sensor: str = "sentinel-2-msi"
    size_px: float = 100.0
    zone: ClimateZone | None = ClimateZone.SEMI_HUMID

    def series(self) -> SiteSeries:
        days = days_between(self.first, self.last, every=self.every)
        clear = np.array([self.clear(day) for day in days])
        ring = None if self.ring is None else _track(days, self.ring, clear, size_px=200.0)
        return SiteSeries(
            site_id="A1",
            days=np.array([(day - EPOCH).days for day in days], dtype=np.int32),
            sensors=(self.sensor,) * len(days),
            scenes=tuple(f"scene-{day.isoformat()}" for day in days),
            inside=_track(days, self.site, clear, size_px=self.size_px, more=self.shares, part=self.part),
            ring=ring,
        )

    def judged(self, *, on: date | None = None, changes: Any = None, **claims: Any) -> tuple[Finding, ...]:
        """The findings for some claims; the target is forest and grass unless told."""
        told = Claims(site_id="A1", **{"target": TargetUse.VEGETATION, **claims})
        site = Site(id="A1", shape=shapely.box(110.0, 38.0, 110.01, 38.01), zone=self.zone)
        return judge(site, self.series(), told, parameters=released(), changes=changes, on=on)


def _track(
    days: Sequence[date],
    cover: Cover,
    clear: np.ndarray,
    *,
    size_px: float,
    more: tuple[tuple[str, Cover], ...] = (),
    part: float = 1.0,
) -> Track:
    fvc = np.array([min(cover(day), 1.0) for day in days])
    mean = dict.fromkeys(QUANTITIES, np.zeros(len(days))) | {
        "fvc": fvc,
        "ndvi": 0.08 + 0.75 * fvc,
        "nbr": 0.6 * fvc - 0.05,
        "bsi": 0.15 - 0.4 * fvc,
        "green": np.minimum(np.clip(fvc / 0.35, 0.0, 1.0), part),
    }
    mean |= {name: np.array([share(day) for day in days]) for name, share in more}
    mean = {name: np.where(clear > 0, values, np.nan) for name, values in mean.items()}
    spread = {name: (0.1 * values) ** 2 for name, values in mean.items()}
    spread["fvc"] += part * (1 - part) * (mean["fvc"] / part) ** 2
    return Track(clear_px=clear * size_px, total_px=size_px, mean=mean, variance=spread)


def same_day(share: float) -> Cover:
    """A share of the site that does not go with the season."""
    return lambda _day: share


def changed(series: SiteSeries, **fields: Any) -> SiteSeries:
    return replace(series, **fields)
