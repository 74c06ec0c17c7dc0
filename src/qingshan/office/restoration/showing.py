"""How do a project, a listed site, a rate and a plot stand on a page?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter, Step
from qingshan.office.matters.queries import SOON_DAYS
from qingshan.office.restoration.models import ListedSite
from qingshan.office.restoration.wording import FACTS, VALUES
from qingshan.rules.dates import days_left, due_words
from qingshan.rules.duties import Duty
from qingshan.rules.flows.restoration import ProjectState
from qingshan.rules.land import Idle, LandState
from qingshan.rules.reasons import CHINESE, say
from qingshan.rules.register import RegionLevel
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


def standing_of(matter: Matter, *, on: date) -> tuple[str, str]:
    """Look and words of the deadline; what has ended says so."""
    if matter.closed_on is not None:
        return "none", _("已了结")
    if matter.due_on is None:
        return "none", _("未定时限")
    left = days_left(matter.due_on, on=on)
    look = "late" if left < 0 else "due" if left <= SOON_DAYS else "good"
    return look, due_words(matter.due_on, on=on, language=language())


def state_name(matter: Matter) -> str:
    """The state in words, from the flow table."""
    return kind_named(matter.kind).flow.names[matter.state_name].say({}, language())


def whose_turn(matter: Matter) -> str:
    """The unit, or the duty and level, that is asked for; empty where the matter rests."""
    if matter.awaits_organisation is not None:
        return str(matter.awaits_organisation.full_name)
    if not matter.awaits_duty:
        return ""
    duty = Duty(matter.awaits_duty).say(language())
    if not matter.awaits_level:
        return _("“%(duty)s”岗位") % {"duty": duty}
    level = RegionLevel(matter.awaits_level).say(language())
    return _("%(level)s“%(duty)s”岗位") % {"level": level, "duty": duty}


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


@dataclass(frozen=True)
class Stop:
    """One step of the bar."""

    title: str
    note: str
    state: str


WAY = (
    ProjectState.REGISTERED,
    ProjectState.APPROVED,
    ProjectState.READY,
    ProjectState.WORKING,
    ProjectState.SELF_CHECKED,
    ProjectState.APPLIED,
    ProjectState.AFTERCARE,
    ProjectState.RELEASED,
)


def way_of(matter: Matter, steps: Sequence[Step]) -> list[Stop]:
    """立项 → 方案批准 → 施工 → 完工自验 → 申请验收 → 验收管护 → 移交销项, with the days of the last time."""
    reached = {
        step.to_state_id.partition(".")[2]: step.occurred_on
        for step in steps
        if step.from_state_id != step.to_state_id
    }
    titles = {
        ProjectState.REGISTERED: _("登记"),
        ProjectState.APPROVED: _("立项"),
        ProjectState.READY: _("方案批准"),
        ProjectState.WORKING: _("开工"),
        ProjectState.SELF_CHECKED: _("完工自验"),
        ProjectState.APPLIED: _("申请验收"),
        ProjectState.AFTERCARE: _("验收管护"),
        ProjectState.RELEASED: _("移交销项"),
    }
    here = {ProjectState.DESIGNED.value: ProjectState.APPROVED.value}.get(
        matter.state_name, matter.state_name
    )
    names = [state.value for state in WAY]
    if here not in names:
        done = [
            Stop(titles[state], reached[state].isoformat()[5:], "ok")
            for state in WAY
            if state.value in reached
        ]
        return [*done, Stop(state_name(matter), "", "now")]
    at = names.index(here)
    ended = matter.closed_on is not None
    return [
        Stop(
            titles[state],
            reached[state].isoformat()[5:] if place <= at and state.value in reached else "",
            "ok" if place <= at else "now" if place == at + 1 and not ended else "",
        )
        for place, state in enumerate(WAY)
    ]


def told_facts(facts: dict[str, Any] | None) -> Iterable[tuple[str, Any]]:
    """Facts of a step under their names."""
    for name, value in (facts or {}).items():
        if name in FACTS and value not in (None, ""):
            words = VALUES.get(name, {}).get(str(value))
            yield str(FACTS[name]), words.say({}, language()) if words else value
