"""Does what looks green have a season? Netting, turf and coloured ground are in winter what they are in summer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Flags, middle
from qingshan.earth.judging.saying import percent, reason
from qingshan.earth.judging.seasons import Course, Told
from qingshan.earth.series import Floats
from qingshan.rules.reasons import Reason


@dataclass(frozen=True, kw_only=True)
class Swing:
    """NDVI of summer less that of winter."""

    site: float
    ring: float
    """of undisturbed land, as much of it as is expected of the site"""

    @property
    def because(self) -> Reason:
        return reason("no_season_by", site=percent(self.site), ring=percent(self.ring))


def without_season(
    case: Case, told: Told, since_year: int, until_year: int, *, least_seasons: int = 1
) -> tuple[Told, Swing] | None:
    """Where seasons were to agree or leave it open: do they show that nothing grows there?

    Two signs must meet: NDVI hardly rises from winter to summer while that of the ring does, and the short-wave
    infrared shows no leaves, or far fewer than NDVI does. Evergreen trees have no season either, but are wet: without
    short waves they cannot be told from netting, and it is left open.

    Args:
        case: what lies before the judge.
        told: the answer by cover.
        since_year: first full growing season.
        until_year: last growing season that is over.
        least_seasons: seasons in which it must have been seen.
    """
    if told.course not in (Course.AGREES, Course.MIXED):
        return None
    years = (case.looks.years >= since_year) & (case.looks.years <= until_year)
    summer = case.plants.weighed & years
    swing = _swing(case, summer, case.looks.in_winter & years)
    if swing is None or swing.ring < case.rules.seasonal.ring_swing:
        return None
    if swing.site > case.rules.seasonal.swing_ratio * swing.ring:
        return None
    is_dry = _is_dry(case, summer)
    if is_dry is None:
        return replace(told, course=Course.MIXED, since=-1), swing
    places = np.flatnonzero(summer)
    seasons = len(np.unique(case.looks.years[places]))
    if not is_dry or seasons < least_seasons:
        return None
    against = replace(
        told,
        course=Course.AGAINST,
        deciding=places,
        considered=len(places),
        since=int(places[0]),
        seasons=seasons,
    )
    return against, swing


def _swing(case: Case, summer: Flags, winter: Flags) -> Swing | None:
    """None where either half of the year was seen too rarely.

    Where less is expected of the site than grows around, as beside watered fields, so much less of a swing is.
    """
    looks, rules = case.looks, case.rules.seasonal
    site, ring = looks.quantity("ndvi"), looks.ring_ndvi
    known = np.isfinite(site) & np.isfinite(ring)
    summer, winter = summer & known, winter & known
    if int(summer.sum()) < rules.min_looks or int(winter.sum()) < rules.min_winter_looks:
        return None
    part = float(np.median(case.plants.expected[summer] / looks.ring[summer]))
    return Swing(site=_rise(site, summer, winter), ring=part * _rise(ring, summer, winter))


def _rise(ndvi: Floats, summer: Flags, winter: Flags) -> float:
    return float(np.median(ndvi[summer]) - np.median(ndvi[winter]))


def _is_dry(case: Case, summer: Flags) -> bool | None:
    """Does NBR show no leaves, or fewer than what looks green? None where the bands are missing."""
    rules, seen = case.rules.seasonal, summer & np.isfinite(case.looks.burn)
    wet, green = middle(case.plants.by_burn[seen]), middle(case.plants.by_cover[seen])
    if wet is None or green is None:
        return None
    return wet <= rules.burn_gain or wet <= rules.burn_to_cover * green
