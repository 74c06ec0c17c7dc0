"""Which steps lead through a route, and how far along is a matter? The step bar, read from the flow table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.cases.facts import asked_levels
from qingshan.office.cases.late_rows import LATE_ACTS
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter, Step
from qingshan.rules.flow import Flow, Transition
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.matters import Route, SourceKind
from qingshan.rules.reasons import CHINESE
from qingshan.rules.rectification import levels_asked
from qingshan.rules.register import RegionLevel
from qingshan.rules.rulebook import in_force

AHEAD = 2
LIKE = {"reopened": "taken_on", "mending": "keeping_up", "done_for_now": "replied"}
"""States beside the way, and the one on it at which they stand."""


@dataclass(frozen=True)
class Stop:
    """One step of the bar: `state` is ok, now or empty, as the component wants it."""

    title: str
    note: str
    state: str
    far: bool = False
    """behind where it stands, or far ahead: a phone leaves it out"""


def way_of(matter: Matter, steps: Sequence[Step], *, on: date) -> list[Stop]:
    """The whole way of this matter, with the days on which its stops were reached."""
    flow = kind_named(matter.kind).flow
    lines = _way(matter, flow, on)
    names = [flow.initial, *(line.to_state for line in lines)]
    language = get_language() or CHINESE
    titles = [_("登记"), *(_title(flow, line, language) for line in lines)]
    here = LIKE.get(matter.state_name, matter.state_name)
    if here not in names:
        return _left_the_way(matter, names, titles, steps)
    at = names.index(here)
    days = _days(matter, steps)
    ended = matter.state_name in flow.final
    return [
        Stop(
            title,
            _note(days.get(name), place - at),
            _state(place - at, ended=ended),
            not 0 <= place - at <= AHEAD,
        )
        for place, (name, title) in enumerate(zip(names, titles, strict=True))
    ]


def _state(beyond: int, *, ended: bool) -> str:
    if beyond <= 0:
        return "ok"
    return "now" if beyond == 1 and not ended else ""


def _note(day: date | None, beyond: int) -> str:
    return day.isoformat()[5:] if day and beyond <= 0 else ""


def _left_the_way(
    matter: Matter, names: Sequence[str], titles: Sequence[str], steps: Sequence[Step]
) -> list[Stop]:
    """What was reached, and how it ended."""
    days = _days(matter, steps)
    reached = [
        Stop(title, _note(days[name], 0), "ok")
        for name, title in zip(names, titles, strict=True)
        if name in days
    ]
    return [*reached, Stop(matter.state.name, _note(matter.closed_on, 0), "now")]


def _days(matter: Matter, steps: Sequence[Step]) -> dict[str, date | None]:
    """When each state was reached last; a ledger in use says where a matter stood, not when it came there."""
    reached: dict[str, date | None] = {
        step.to_state_id.partition(".")[2]: None if step.act in LATE_ACTS else step.occurred_on
        for step in steps
        if step.from_state_id != step.to_state_id
    }
    ended = {matter.state_name: matter.closed_on} if matter.closed_on else {}
    return {kind_named(matter.kind).flow.initial: matter.opened_on, **reached, **ended}


def _title(flow: Flow, line: Transition, language: str) -> str:
    said = flow.act_names[line.act].say({}, language)
    return said[:1].upper() + said[1:]


def _way(matter: Matter, flow: Flow, on: date) -> list[Transition]:
    """From the first state along the first line that fits this matter, until it ends or comes round."""
    found: list[Transition] = []
    state, seen = flow.initial, {flow.initial}
    fits = _fits(matter, on)
    while state not in flow.final:
        line = next(filter(fits, flow.steps_from(state)), None)
        if line is None or line.to_state in seen:
            break
        found.append(line)
        state = line.to_state
        seen.add(state)
    return found


def _fits(matter: Matter, on: date) -> Callable[[Transition], bool]:
    """立行立改 goes without a plan, and only the levels that the source asks for accept."""
    if matter.kind != "rectification":
        return lambda line: True
    at_once, levels = matter.case.route == Route.AT_ONCE, _levels(matter, on)

    def fits(line: Transition) -> bool:
        if "rules.rectification.not_at_once" in line.needs:
            return at_once
        return line.level is None or line.level in levels

    return fits


def _levels(matter: Matter, on: date) -> tuple[RegionLevel, ...]:
    """As they were fixed when it was assigned, or as today's rulebook would fix them."""
    fixed = asked_levels(matter)
    if fixed:
        return fixed
    book = in_force("rectification", on=on, region=region_of_id(matter.region_id))
    return levels_asked(book, SourceKind(matter.source))
