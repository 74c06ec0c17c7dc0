"""How is a finding put into values that a sentence can hold? The words: earth.sentences.judging."""

from __future__ import annotations

import numpy as np

from qingshan.earth.judging.case import Case
from qingshan.earth.judging.looks import Positions, date_of, middle
from qingshan.earth.judging.seasons import Told
from qingshan.earth.series import Days
from qingshan.rules.reasons import Reason


def percent(share: float | None) -> int | None:
    """A share of 0 to 1 as whole percent; None where nothing is known."""
    return None if share is None or not np.isfinite(share) else round(100 * share)


def day(number: float) -> str:
    """A day as sentences print it."""
    return date_of(number).isoformat()


def reason(code: str, **values: str | float | None) -> Reason:
    return Reason(f"earth.judged.{code}", values)


def span(case: Case, places: Positions) -> dict[str, str]:
    """First and last day of some looks."""
    days = case.looks.days[places]
    return {"first": day(days[0]), "last": day(days[-1])} if len(days) else {}


def compared(code: str, case: Case, told: Told, *, beside_ring: bool = True) -> Reason:
    """A sentence of counts and covers; beside a ring, in its form with one or without one (`…_alone`)."""
    looks, places = case.looks, told.deciding
    ring = percent(middle(looks.ring[places]))
    return reason(
        f"{code}_alone" if beside_ring and ring is None else code,
        **span(case, places),
        k=len(places),
        n=told.considered,
        cover=percent(middle(looks.cover[places])),
        ring=ring,
        since=day(looks.days[told.since]) if told.since >= 0 else None,
        seasons=told.seasons,
        year=told.year,
    )


def ground_signs(case: Case, places: Positions) -> tuple[Reason, ...]:
    """Netting, coal and water that were seen in at least half of some looks."""
    if not len(places):
        return ()
    looks, least = case.looks, case.rules.vegetation.sign_share
    found = []
    for name, values in (("netting", looks.netting), ("coal", looks.dark), ("water", looks.water)):
        here = values[places]
        seen = here >= least
        if 2 * int(seen.sum()) >= len(places):
            found.append(
                reason(f"sign_{name}", k=int(seen.sum()), n=len(places), share=percent(middle(here[seen])))
            )
    return tuple(found)


def drought_sign(case: Case, years: Days) -> tuple[Reason, ...]:
    """Seasons in which the ring itself was far below its usual cover."""
    looks = case.looks
    known = looks.in_season & np.isfinite(looks.ring)
    usual = middle(looks.ring[known])
    if not usual:
        return ()
    for year in years:
        cover = middle(looks.ring[known & (looks.years == year)])
        if cover is not None and cover < case.rules.vegetation.drought_ratio * usual:
            return (reason("sign_drought", year=int(year), ring=percent(cover), usual=percent(usual)),)
    return ()
