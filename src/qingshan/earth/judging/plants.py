"""How much of its cover has land back? Cover of a site beside undisturbed land, and above what bare ground shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from qingshan.earth.judging.looks import Flags, Looks, day_of, median, middle
from qingshan.earth.judging.seasons import State
from qingshan.earth.judging.sections import VegetationRules
from qingshan.earth.series import Floats
from qingshan.earth.sites import Claims, TargetUse


@dataclass(frozen=True, kw_only=True, eq=False)
class Plants:
    """Measures of plants on each look; all (n,), NaN where the ring was not seen."""

    weighed: Flags
    """in the growing season, and undisturbed land differs from bare ground by enough to tell them apart"""
    expected: Floats
    """cover that undisturbed land of this place shows on this day"""
    above: Floats
    """cover above what the same ground showed when it was bare"""
    ratio: Floats
    """cover / expected"""
    gain: Floats
    """0 as bare ground, 1 as undisturbed land on the same day: mean of the gains by cover and by NBR"""
    by_cover: Floats
    """the first of the two alone"""
    by_burn: Floats
    """the second alone; as by cover, and NaN in what follows from it, where the bands are missing"""
    patch: Floats
    """share of the site that would be covered if the rest were bare, from mean and variance of its pixels"""
    bare: float | None
    """cover that the images read off the bare ground before the claims; None: it was not seen bare"""


def plants_of(looks: Looks, claims: Claims, rules: VegetationRules) -> Plants:
    """Measure plants on all looks.

    The images read some cover off bare soil as well, more off brown soil than off white rock. What the ground of
    this very site showed before restoration is therefore taken off both sides, where it was seen.
    """
    expected = _expected(looks, claims, rules)
    bare, bare_spread = _bare_before(looks, claims, expected, rules)
    ground = bare or 0.0
    above, room = looks.cover - ground, expected - ground
    weighed = looks.in_season & (room >= rules.min_expected)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = looks.cover / expected
        by_cover = np.where(room > 0.0, above / room, np.nan)
        covered = np.maximum(looks.cover - (rules.typical_bare if bare is None else bare), 0.0) ** 2
        spread = np.maximum(looks.spread - bare_spread, 0.0)
        by_burn = _by_burn(looks, by_cover, ratio, rules)
        return Plants(
            weighed=weighed,
            expected=expected,
            above=above,
            ratio=ratio,
            gain=(by_cover + by_burn) / 2.0,
            by_cover=by_cover,
            by_burn=by_burn,
            patch=np.where(covered > 0.0, covered / (covered + spread), 0.0),
            bare=bare,
        )


def standing_of(looks: Looks, ring: Floats, rules: VegetationRules) -> Floats:
    """(n,) how the site stands beside its ring by cover and by NBR, whatever the ground: 1 as the ring."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = looks.cover / ring
        return (ratio + _by_burn(looks, ratio, ratio, rules)) / 2.0


def _by_burn(looks: Looks, by_cover: Floats, ratio: Floats, rules: VegetationRules) -> Floats:
    """The gain by NBR, which does not mistake brown soil or litter for leaves; without its bands, plain cover's.

    Netting is no plant whatever its NBR.
    """
    room = looks.ring_burn - rules.soil_nbr
    gain = np.where(room >= rules.min_nbr, (looks.burn - rules.soil_nbr) / room, ratio)
    gain = np.where(np.isfinite(gain), gain, ratio)
    return np.where(looks.netting >= rules.sign_share, np.fmin(gain, by_cover), gain)


def state_of(
    plants: Plants,
    looks: Looks,
    rules: VegetationRules,
    *,
    young: int | None = None,
    is_sparse: bool = False,
) -> State:
    """How each look stands to "covered with plants".

    Args:
        plants: the measures.
        looks: the looks.
        rules: thresholds.
        is_sparse: plants may stand sparsely, as in natural recovery: what NBR shows as leaves is then not bare.
        young: year in which plants are young yet, so that less is asked of them; 0: they always are.
    """
    asked = _asked(looks, rules, young)
    partly = plants.weighed & (plants.patch <= rules.partly_share) & (plants.gain <= rules.partly_gain)
    agree = plants.weighed & (plants.ratio >= asked * rules.agree_ratio) & ~partly
    agree &= looks.cover >= asked * rules.agree_cover
    against = plants.weighed & (plants.above <= asked * rules.against_cover)
    agree &= plants.gain >= asked * rules.agree_gain
    bare = (plants.gain <= asked * rules.against_gain) & (plants.ratio <= rules.against_ratio)
    against &= bare | (plants.ratio <= asked * rules.against_ratio_alone)
    against = (against & ~agree) | partly
    if is_sparse:
        against &= ~(np.isfinite(looks.burn) & (plants.by_burn >= rules.spared_burn))
    return State(weighed=plants.weighed, agree=agree, against=against)


def _asked(looks: Looks, rules: VegetationRules, young: int | None) -> Floats:
    """(n,) how much of what is demanded is asked for on each look."""
    if young is None:
        return np.ones(len(looks))
    if young == 0:
        return np.full(len(looks), rules.first_season_factor)
    return np.where(looks.years == young, rules.first_season_factor, 1.0)


def _expected(looks: Looks, claims: Claims, rules: VegetationRules) -> Floats:
    """The ring's cover, corrected by how the site stood beside it before it was disturbed, within limits.

    A site that was barer than its surroundings by nature need not become greener than it was.
    """
    if not looks.has_ring:
        return np.full(len(looks), rules.typical_cover)
    ring = np.minimum(looks.ring, rules.most_expected)
    if claims.disturbed_since is None:
        return ring
    before = looks.in_season & (looks.days < day_of(claims.disturbed_since)) & (ring >= rules.min_expected)
    if int(before.sum()) < rules.min_looks_before:
        return ring
    usual = median(looks.cover[before] / ring[before])
    return ring * min(max(usual, rules.before_ratio_low), rules.before_ratio_high)


def _bare_before(
    looks: Looks, claims: Claims, expected: Floats, rules: VegetationRules
) -> tuple[float | None, float]:
    """The lowest yearly median of cover before all claims of plants, if that was bare ground, and its variance."""
    day = _first_claim(claims)
    if (
        day is None or claims.target is TargetUse.NATURAL
    ):  # left alone, it has grown before anything is claimed
        return None, 0.0
    before = looks.in_season & (looks.days < day) & (expected >= rules.min_expected)
    if claims.disturbed_since is not None:
        before &= looks.days >= day_of(claims.disturbed_since)
    lowest: tuple[float, float, float] | None = None
    for year in set(looks.years[before].tolist()):
        here = before & (looks.years == year)
        if int(here.sum()) >= rules.min_looks_before:
            spread = middle(looks.spread[here]) or 0.0
            seen = median(looks.cover[here]), median(expected[here]), spread
            lowest = min(lowest or seen, seen)
    if lowest is None or lowest[0] > rules.bare_cover or lowest[0] > rules.bare_ratio * lowest[1]:
        return None, 0.0
    return lowest[0], lowest[2]


def _first_claim(claims: Claims) -> int | None:
    told: list[date] = [
        day for day in (claims.planted_on, claims.restored_since, claims.accepted_on) if day is not None
    ]
    return day_of(min(told)) if told else None
