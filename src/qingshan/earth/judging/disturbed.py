"""Is the day plausible from which land is said to be disturbed? Plants before it, none after it, beside the ring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.judging.answering import few_looks, settle_by_looks, settle_on_site
from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Flags, Positions, day_of, median, middle
from qingshan.earth.judging.plants import standing_of
from qingshan.earth.judging.saying import day, drought_sign, ground_signs, percent, reason, span
from qingshan.earth.series import Floats
from qingshan.rules.reasons import Reason


@dataclass(frozen=True, kw_only=True, eq=False)
class _Sides:
    """Looks before and after the claimed day, weighed."""

    earlier: Positions
    """well before the day: bare ground here refutes it"""
    before: Positions
    """before the day: plants here speak for it"""
    after: Positions
    """the first ones well after it: bare ground here speaks for it"""
    unplanted: Positions
    """well after it and well before new plants: plants here refute it"""
    intact: Flags
    bare: Flags
    """bare beside the ring"""
    fallen: Flags
    """bare beside what the site itself showed before, beside the ring"""

    def are(self, flags: Flags, places: Positions, *, least: float, share: float) -> bool:
        return len(places) >= least and int(flags[places].sum()) >= share * len(places)


def disturbed(case: Case, claimed_on: date) -> Finding:
    """Disturbed since a day: land that was bare long before, or that stayed covered after, speaks against it."""
    sides = _sides(case, day_of(claimed_on))
    rules = case.rules.disturbed
    told = {"least": rules.min_looks, "share": rules.share}
    if sides.are(sides.bare, sides.earlier, **told):
        return _refuted(case, "disturbed_earlier", sides.earlier, sides.bare, claimed_on)
    if sides.are(sides.intact, sides.unplanted, **told):
        return _refuted(case, "not_disturbed", sides.unplanted, sides.intact, claimed_on)
    if sides.are(sides.fallen, sides.after, **told) and sides.are(sides.intact, sides.before, **told):
        return _in_time(case, sides, claimed_on)
    return _open(case, sides, claimed_on)


def _sides(case: Case, start: int) -> _Sides:
    looks, rules, plants = case.looks, case.rules.disturbed, case.rules.vegetation
    ring = looks.ring if looks.has_ring else np.full(len(looks), plants.typical_cover)
    weighed = looks.in_season & (ring >= plants.min_expected)
    age = start - looks.days
    before = weighed & (age > 0) & (age <= rules.before_days)
    after = weighed & (-age > rules.tolerance_days) & (looks.days < _end(case, growing_days=0.0))
    standing = standing_of(looks, ring, plants)
    bare = weighed & (standing <= rules.bare_ratio) & (ring - looks.cover >= rules.loss)
    usual = _usual(standing, before & ~bare, least=rules.min_looks)
    fallen = weighed & (standing <= rules.fall_ratio * usual) & (usual * ring - looks.cover >= rules.loss)
    return _Sides(
        earlier=np.flatnonzero(before & (age > rules.tolerance_days)),
        before=np.flatnonzero(before),
        after=np.flatnonzero(after)[: int(rules.first_looks)],
        unplanted=np.flatnonzero(after & (looks.days < _end(case, growing_days=rules.growing_days))),
        intact=weighed & ~bare & ~fallen & (standing >= rules.intact_ratio * usual),
        bare=bare,
        fallen=fallen | bare,
    )


def _usual(standing: Floats, before: Flags, *, least: float) -> float:
    """How the site stood beside the ring before the claimed day; 1 where that was hardly seen."""
    return median(standing[before]) if int(before.sum()) >= least else 1.0


def _end(case: Case, *, growing_days: float) -> int:
    """The day from which plants may stand again: planting, or well before a claimed restoration."""
    claims = case.claims
    if claims.planted_on is not None:
        return min(day_of(claims.planted_on), case.on + 1)
    if claims.restored_since is not None:
        return min(day_of(claims.restored_since) - int(growing_days), case.on + 1)
    return case.on + 1


def _refuted(case: Case, code: str, weighed: Positions, contrary: Flags, claimed_on: date) -> Finding:
    """What was seen says something else than the claim: the looks that do."""
    places = weighed[contrary[weighed]]
    return _finding(case, Verdict.UNSUPPORTED, code, places, len(weighed), claimed_on, since=int(places[0]))


def _in_time(case: Case, sides: _Sides, claimed_on: date) -> Finding:
    """Covered before, bare after: since the first bare look behind the last covered one."""
    places = sides.after[sides.fallen[sides.after]]
    covered = np.flatnonzero(sides.intact)
    covered = covered[covered < places[-1]]
    begun = np.flatnonzero(sides.fallen)
    since = int(begun[begun > covered[-1]][0])
    seen = day(case.looks.days[covered[-1]])
    return _finding(
        case, Verdict.SUPPORTED, "disturbed", places, len(sides.after), claimed_on, since=since, covered=seen
    )


def _open(case: Case, sides: _Sides, claimed_on: date) -> Finding:
    least = case.rules.disturbed.min_looks
    n = len(sides.before) + len(sides.after)
    if not len(case.looks):
        because: Reason = few_looks(case, n)
    elif len(sides.before) < least:
        because = reason("no_before", n=len(sides.before), least=int(least))
    elif len(sides.after) < least:
        because = reason("no_after", n=len(sides.after), least=int(least))
    else:
        because = reason("mixed_disturbed", k=int(sides.fallen[sides.after].sum()), n=len(sides.after))
    return case.undecidable(
        Question.DISTURBED,
        (because,),
        claimed_on=claimed_on,
        settle=settle_by_looks() if n < 2 * least else settle_on_site(),
        considered=n,
        before=case.scene_before(day_of(claimed_on)),
    )


def _finding(
    case: Case,
    verdict: Verdict,
    code: str,
    places: Positions,
    n: int,
    claimed_on: date,
    *,
    since: int,
    **values: str,
) -> Finding:
    looks = case.looks
    ring, cover = middle(looks.ring[places]), middle(looks.cover[places])
    green = middle(looks.green[places])
    told = reason(
        code if ring is not None else f"{code}_alone",
        **span(case, places),
        k=len(places),
        n=n,
        cover=percent(cover),
        ring=percent(ring),
        since=day(looks.days[since]),
        claimed=claimed_on.isoformat(),
        **values,
    )
    return case.finding(
        Question.DISTURBED,
        verdict,
        (told,),
        claimed_on=claimed_on,
        since=case.dates(np.array([since]))[0],
        effect=cover,
        effect_of="fvc",
        share=None if green is None else 1.0 - green,
        ring=ring,
        agreeing=len(places),
        considered=n,
        dates=case.dates(places),
        before=case.scene_before(day_of(claimed_on)),
        after=looks.scene(int(places[-1])),
        signs=(*ground_signs(case, places), *drought_sign(case, np.unique(looks.years[places]))),
        settle=() if verdict is Verdict.SUPPORTED else settle_on_site(),
    )
