"""May one person hold these duties together? The three administrators (三员) are three people.

GB/T 22239-2019, level 3: system, security and audit administration are separated. No database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qingshan.rules.duties import ADMINISTRATORS, Duty
from qingshan.rules.reasons import Reason
from qingshan.rules.register import OrganisationKind

OFFICE = frozenset({Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD, Duty.EXPERT, *ADMINISTRATORS})
MAY_CARRY: dict[OrganisationKind, frozenset[Duty]] = {
    OrganisationKind.AUTHORITY: OFFICE,
    OrganisationKind.GOVERNMENT: OFFICE,
    OrganisationKind.VILLAGE: frozenset({Duty.REGISTRY, Duty.LEAD}),
    OrganisationKind.ENTERPRISE: frozenset({Duty.ENTERPRISE, Duty.EXPERT}),
    OrganisationKind.AGENCY: frozenset({Duty.EXPERT}),
}
"""Which duties a post can carry in which kind of organisation."""


@dataclass(frozen=True)
class Held:
    """Duties from one day to another, both included; a last day of None is "until further notice"."""

    duties: frozenset[str]
    from_on: date
    to_on: date | None

    def meets(self, other: Held) -> bool:
        """Whether both are true on some day."""
        starts_in_time = self.to_on is None or other.from_on <= self.to_on
        return starts_in_time and (other.to_on is None or self.from_on <= other.to_on)


def faults_of_post(title: str, duties: Iterable[str], kind: OrganisationKind) -> tuple[Reason, ...]:
    """Why a post cannot carry these duties: none, an administrator's beside others, another kind's of house."""
    carried = frozenset(duties)
    if not carried:
        return (Reason("accounts.no_duty", {"title": title}),)
    administrators = sorted(Duty(each) for each in carried & ADMINISTRATORS)
    if administrators and len(carried) > 1:
        first = administrators[0]
        return (Reason("accounts.mixed_duties", {"administrator": first.zh, "administrator_en": first.en}),)
    elsewhere = sorted(Duty(each) for each in carried - MAY_CARRY[kind])
    words = {"kind": kind.zh, "kind_en": kind.en}
    return tuple(
        Reason("accounts.duty_elsewhere", {"title": title, "duty": each.zh, "duty_en": each.en, **words})
        for each in elsewhere
    )


def faults_of_holding(name: str, wanted: Held, held: Iterable[Held]) -> tuple[Reason, ...]:
    """Why a person cannot take a post besides those they hold: two of the three on one day."""
    for other in held:
        taken, new = other.duties & ADMINISTRATORS, wanted.duties & ADMINISTRATORS
        for mine, clashing in ((mine, new - {mine}) for mine in sorted(taken)):
            if clashing and wanted.meets(other):
                return (_overlap(name, Duty(mine), Duty(min(clashing))),)
    return ()


def _overlap(name: str, held: Duty, wanted: Duty) -> Reason:
    words = {"held": held.zh, "held_en": held.en, "wanted": wanted.zh, "wanted_en": wanted.en}
    return Reason("accounts.administrators_overlap", {"name": name, **words})
