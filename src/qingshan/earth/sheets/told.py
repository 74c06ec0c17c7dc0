"""What does the curve of a site tell: which observations, which seasons, what is claimed, what is uncertain?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from qingshan.earth.findings import Finding
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.series import Floats, SiteSeries, least_clear
from qingshan.earth.sheets.words import SEEN, SHARES, word
from qingshan.earth.sites import Claims, ClimateZone

EPOCH = date(1970, 1, 1)
GAP_DAYS = 100
"""a line is drawn between two observations no further apart, unless a sensor comes less often"""
BESIDE_DAYS = 200
"""so far before the first observation and after the last one the curve goes on for what is claimed"""
USUAL_STEPS = 4
"""a pause of more than so many usual steps is a gap"""


class Kind(StrEnum):
    """What a vertical line stands for."""

    CLAIM = "claim"
    SEEN = "seen"


@dataclass(frozen=True, order=True)
class Mark:
    """A day that is named on the curve."""

    day: int
    said: str
    kind: Kind


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """Everything that the curve shows, in days since 1970."""

    quantity: str
    days: np.ndarray
    """(n,) days, not falling"""
    site: Floats
    """(n,) values inside; NaN where nothing was clear"""
    ring: Floats | None
    """(n,) values in the ring"""
    used: np.ndarray
    """(n,) True where enough was clear"""
    decided: frozenset[int]
    """days of the observations that decided"""
    marks: tuple[Mark, ...]
    seasons: tuple[tuple[int, int], ...]
    """first and last day of each growing season"""
    provisional_from: int | None

    @property
    def span(self) -> tuple[int, int]:
        """First and last day that the curve shows, never the same.

        What is claimed long before the first observation, or long after the last, stands at the edge."""
        marks = [mark.day for mark in self.marks]
        seen = self.days.tolist() or marks or [0]
        first = max(min([*seen, *marks]), min(seen) - BESIDE_DAYS)
        last = min(max([*seen, *marks]), max(seen) + BESIDE_DAYS)
        room = max(15, (last - first) // 40)
        return first - room, last + room

    @property
    def is_share(self) -> bool:
        """Whether it is told in per cent."""
        return self.quantity in SHARES


def told_of(
    series: SiteSeries,
    claims: Claims,
    findings: Sequence[Finding],
    *,
    season_months: tuple[int, int] | None,
    language: str,
) -> Told:
    """The curve of one site. `season_months`: first and last month of its growing season; None: not known."""
    quantity = quantity_of(series, findings)
    ring = series.ring.mean.get(quantity) if series.ring is not None else None
    told = Told(
        quantity=quantity,
        days=series.days,
        site=series.inside.mean[quantity],
        ring=ring,
        used=usable(series) & np.isfinite(series.inside.mean[quantity]),
        decided=frozenset(to_day(day) for finding in findings for day in finding.dates),
        marks=tuple(sorted({*_claimed(claims, language), *_seen(findings, language)})),
        seasons=(),
        provisional_from=_provisional_from(findings),
    )
    first, last = told.span
    seasons = _seasons(first, last, season_months) if season_months else ()
    return replace(told, seasons=tuple(seasons))


def season_months_of(parameters: ParameterSet, zone: ClimateZone | None) -> tuple[int, int] | None:
    """First and last month of the growing season that was judged by; the shortest of all where no zone is told."""
    looks = parameters.numbers.get("judge_looks", {})
    if not {"season_first_month", "season_last_month"} <= set(looks):
        return None
    firsts, lasts = looks["season_first_month"].value, looks["season_last_month"].value
    if zone is not None:
        return int(firsts[zone]), int(lasts[zone])
    return max(map(int, firsts.values())), min(map(int, lasts.values()))


def quantity_of(series: SiteSeries, findings: Iterable[Finding]) -> str:
    """What the curve shows: what the answers rest on, if it is a share of the ground; else vegetation cover."""
    wanted = [one.effect_of for one in findings if one.effect_of in SHARES and one.effect_of != "green"]
    return next((name for name in wanted if name in series.inside.mean), "fvc")


def usable(series: SiteSeries) -> np.ndarray:
    """(n,) True where the sensor's least number and share of clear pixels is reached."""
    clear_px = series.inside.clear_px
    least_px, least_share = least_clear(series.sensors)
    enough: np.ndarray = (clear_px >= least_px) & (clear_px >= least_share * series.inside.total_px)
    return enough


def gap_of(days: np.ndarray) -> int:
    """Days between two observations above which the line is broken."""
    steps = np.diff(days)
    usual = float(np.median(steps)) if len(steps) else 0.0
    return int(max(GAP_DAYS, USUAL_STEPS * usual))


def runs_of(days: np.ndarray, values: Floats, used: np.ndarray) -> Iterator[list[int]]:
    """Indices of observations that a line joins: used, known, and no gap between."""
    kept = np.flatnonzero(used & np.isfinite(values))
    if not len(kept):
        return
    longest = gap_of(days[kept])
    breaks = np.flatnonzero(np.diff(days[kept]) > longest) + 1
    for run in np.split(kept, breaks):
        yield run.tolist()


def to_day(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def to_date(day: int) -> date:
    """The day of a number of days since 1970-01-01."""
    return EPOCH + timedelta(days=int(day))


def _claimed(claims: Claims, language: str) -> Iterator[Mark]:
    known = {
        "claim-disturbed": claims.disturbed_since,
        "claim-planted": claims.planted_on,
        "claim-restored": claims.restored_since,
        "claim-accepted": claims.accepted_on,
    }
    for name, day in known.items():
        if day is not None:
            yield Mark(to_day(day), f"{word(name, language)} {day.isoformat()}", Kind.CLAIM)


def _seen(findings: Iterable[Finding], language: str) -> Iterator[Mark]:
    for finding in findings:
        said = SEEN.get((finding.question, finding.verdict))
        if finding.since is not None and said is not None:
            yield Mark(
                to_day(finding.since), f"{said.say({}, language)} {finding.since.isoformat()}", Kind.SEEN
            )


def _provisional_from(findings: Iterable[Finding]) -> int | None:
    days = [to_day(min(one.dates)) for one in findings if one.is_provisional and one.dates]
    return max(days, default=None)


def _seasons(first: int, last: int, months: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for year in range(to_date(first).year, to_date(last).year + 1):
        end = date(year + months[1] // 12, months[1] % 12 + 1, 1)
        season = (max(first, to_day(date(year, months[0], 1))), min(last, to_day(end) - 1))
        if season[0] < season[1]:
            yield season
