"""How do a project, a listed site, a rate and a plot stand on a page?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.restoration.models import ListedSite, TargetList
from qingshan.rules.land import Idle, LandState
from qingshan.rules.reasons import CHINESE, say
from qingshan.rules.restoration import Reached, StatedRate, rates

LAND_LOOKS = {
    LandState.ACTIVE: "note",
    LandState.AVAILABLE: "due",
    LandState.RESTORING: "note",
    LandState.RESTORED: "good",
    LandState.RELEASED: "none",
}
IDLE_LOOKS = {Idle.OVER: "late", Idle.RUNNING: "due", Idle.UNLIMITED: "none"}


def language() -> str:
    """The reader's language."""
    return get_language() or CHINESE


def day_of(text: str) -> date | None:
    """A day in an address; None where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def list_words(target_list: TargetList) -> str:
    """A list by its name, kind and deadline."""
    words = [target_list.title, target_list.kind_named.say(language())]
    if target_list.due_on is not None:
        words.append(_("时限 %(day)s") % {"day": target_list.due_on.isoformat()})
    return " · ".join(words)


def listed_standing(row: ListedSite) -> tuple[str, str]:
    """Look and words of a listed site."""
    if not row.is_on_list:
        return "none", _("已调出")
    return ("good", _("已完成")) if row.restored_on is not None else ("note", _("未完成"))


@dataclass(frozen=True)
class ShownRate:
    """A rate as it is said: never without fraction, unit and basis."""

    basis: str
    said: str
    notes: tuple[str, ...]
    percent: float | None
    """for the bar that stands beside what is said"""


def shown_rates(reached: Reached) -> list[ShownRate]:
    """All four, side by side."""
    return [_shown(each) for each in rates(reached)]


def _shown(each: StatedRate) -> ShownRate:
    spoken, value = language(), each.rate.value
    reasons = each.notes if each.rate.why_unknown is None else (each.rate.why_unknown, *each.notes)
    return ShownRate(
        each.rate.basis.say(spoken),
        each.rate.say(spoken),
        tuple(say(reason, spoken) for reason in reasons),
        None if value is None else round(float(value) * 100, 2),
    )
