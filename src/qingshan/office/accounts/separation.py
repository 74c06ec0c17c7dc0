"""May one person hold these duties together? The three administrators (三员) are three people.

GB/T 22239-2019, level 3: system, security and audit administration are separated. No database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qingshan.rules.duties import ADMINISTRATORS, Duty
from qingshan.rules.reasons import Reason


@dataclass(frozen=True)
class Held:
    """Duties from one day to another, both included; a last day of None is "until further notice"."""

    duties: frozenset[str]
    from_on: date
    to_on: date | None


def faults_of_post(title: str, duties: Iterable[str]) -> tuple[Reason, ...]:
    """Why a post cannot carry these duties: none at all, or an administrator's beside any other."""
    carried = frozenset(duties)
    if not carried:
        return (Reason("accounts.no_duty", {"title": title}),)
    administrators = sorted(Duty(each) for each in carried & ADMINISTRATORS)
    if administrators and len(carried) > 1:
        first = administrators[0]
        return (Reason("accounts.mixed_duties", {"administrator": first.zh, "administrator_en": first.en}),)
    return ()


def faults_of_holding(name: str, wanted: Held, held: Iterable[Held]) -> tuple[Reason, ...]:
    """Why a person cannot take a post besides those they hold: two of the three on one day."""
    for other in held:
        taken, new = other.duties & ADMINISTRATORS, wanted.duties & ADMINISTRATORS
        for mine, clashing in ((mine, new - {mine}) for mine in sorted(taken)):
            if clashing and _meet(wanted, other):
                return (_overlap(name, Duty(mine), Duty(min(clashing))),)
    return ()


def _overlap(name: str, held: Duty, wanted: Duty) -> Reason:
    words = {"held": held.zh, "held_en": held.en, "wanted": wanted.zh, "wanted_en": wanted.en}
    return Reason("accounts.administrators_overlap", {"name": name, **words})


def _meet(one: Held, other: Held) -> bool:
    starts_in_time = one.to_on is None or other.from_on <= one.to_on
    return starts_in_time and (other.to_on is None or one.from_on <= other.to_on)
