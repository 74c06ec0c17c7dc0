"""How much of the land that was lent has been handed back (还地), to whom and when? 还多少，活多少."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingshan.rules.rates import Rate
from qingshan.rules.reasons import Reason
from qingshan.rules.validity import Clock, Term


@dataclass(frozen=True)
class HandBack:
    """Land handed back on a day to whoever signs for it."""

    area_m2: Decimal
    receiver: str
    on: date
    paper: str = ""
    """number of the signed receipt"""


@dataclass(frozen=True)
class Returned:
    """What has been handed back of what was lent."""

    area_m2: Decimal
    outstanding_m2: Decimal | None
    """None where it is not known how much was lent"""
    rate: Rate | None
    is_complete: bool
    doubts: tuple[Reason, ...]


def hand_back_faults(
    one: HandBack, *, before: Sequence[HandBack], lent_m2: Decimal | None, on: date
) -> tuple[Reason, ...]:
    """Why a hand-back cannot be recorded: no area, no receiver, no paper, a day to come, more than was lent."""
    found = []
    if one.area_m2 <= 0:
        found.append(Reason("rules.land_return.no_area"))
    if not one.receiver.strip():
        found.append(Reason("rules.land_return.no_receiver"))
    if not one.paper.strip():
        found.append(Reason("rules.land_return.no_paper"))
    if one.on > on:
        found.append(Reason("rules.land_return.day_to_come", {"day": one.on.isoformat()}))
    total = sum((each.area_m2 for each in before), one.area_m2)
    if lent_m2 is not None and total > lent_m2:
        values = {"total": str(total), "lent": str(lent_m2)}
        found.append(Reason("rules.land_return.more_than_lent", values))
    return tuple(found)


def returned(parts: Iterable[HandBack], *, lent_m2: Decimal | None, until: date | None, on: date) -> Returned:
    """How the hand-back stands on a day; land whose term is over and that is not back leaves a doubt."""
    area = sum((one.area_m2 for one in parts if one.on <= on), Decimal(0))
    if lent_m2 is None:
        unknown = Reason("rules.land_return.lent_unknown")
        return Returned(area, None, None, is_complete=False, doubts=(unknown,))
    outstanding = max(lent_m2 - area, Decimal(0))
    is_late = Clock(until, on).term is Term.OVER and outstanding > 0
    values = {"until": None if until is None else until.isoformat(), "area": str(outstanding)}
    doubts = (Reason("rules.land_return.not_back", values),) if is_late else ()
    return Returned(
        area, outstanding, Rate.by_area(area, lent_m2), is_complete=not outstanding, doubts=doubts
    )
