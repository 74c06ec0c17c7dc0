"""Does ground look as it did before? What is built or set up changes its colour; where that stays, nothing was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Flags, Looks, day_of, middle
from qingshan.earth.judging.sections import SurfaceRules
from qingshan.earth.series import Days, Floats

INDICES = ("ndvi", "nbr", "bsi")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the ground looks like since a claim, and what it looked like before."""

    distance: float
    """of NDVI, NBR and BSI together"""
    light: float
    """share of light ground now"""
    was_light: float


def change_since(case: Case, day: date) -> Change | None:
    """The least change since any time before the works; None: too few looks, or a band is missing.

    Before the works there may have been plants, and before those a pit: the year, or the last months, most like today
    count. Weeds come and go with the season, so looks are compared all together, and those of the same days of the
    year as well.
    """
    looks, rules = case.looks, case.rules.surface
    age = day_of(day) - looks.days
    after = looks.is_warm & (age <= 0)
    before = looks.is_warm & (age >= rules.works_days) & (age <= rules.before_days)
    times = [before & (age <= rules.recent_days)]
    times += [before & (looks.years == year) for year in sorted(set(looks.years[before].tolist()))]
    if int(after.sum()) < rules.unchanged_looks:
        return None
    indices = np.stack([looks.quantity(name) for name in INDICES])
    found = [change for each in times for change in _changes(looks, indices, after, each, rules)]
    return min(found, key=lambda change: change.distance, default=None)


def _changes(
    looks: Looks, indices: Floats, after: Flags, before: Flags, rules: SurfaceRules
) -> Iterator[Change]:
    light, was_light = middle(looks.bright[after]), middle(looks.bright[before])
    if light is None or was_light is None:
        return
    for moved in (
        _all_together(indices, after, before, rules),
        _day_by_day(looks, indices, after, before, rules),
    ):
        if moved is not None and np.isfinite(moved).all():
            yield Change(distance=float(np.sqrt((moved**2).sum())), light=light, was_light=was_light)


def _all_together(indices: Floats, after: Flags, before: Flags, rules: SurfaceRules) -> Floats | None:
    """Difference of the medians of each index."""
    if int(before.sum()) < rules.unchanged_looks:
        return None
    return _medians(indices[:, after]) - _medians(indices[:, before])


def _day_by_day(
    looks: Looks, indices: Floats, after: Flags, before: Flags, rules: SurfaceRules
) -> Floats | None:
    """Median over the looks before of the difference to the looks after of about the same day of the year."""
    of_year, now = _day_of_year(looks.days), np.flatnonzero(after)
    moved = []
    for then in np.flatnonzero(before):
        near = now[np.abs(of_year[now] - of_year[then]) <= rules.same_day_days]
        if len(near) >= rules.same_day_looks:
            moved.append(_medians(indices[:, near]) - indices[:, then])
    return _medians(np.stack(moved, axis=1)) if len(moved) >= rules.unchanged_looks else None


def _medians(indices: Floats) -> Floats:
    """Median of each row of what is known; NaN where nothing is."""
    found = [middle(row) for row in indices]
    return np.array([np.nan if each is None else each for each in found])


def _day_of_year(days: Days) -> Floats:
    when = days.astype("datetime64[D]")
    of_year: Floats = (when - when.astype("datetime64[Y]")).astype(np.float64)
    return of_year
