"""Which steps lead through a flow, and how far along is a matter? The step bar, read from the flow table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter, Step
from qingshan.rules.flow import Flow, Transition
from qingshan.rules.reasons import CHINESE

AHEAD = 2
Fits = Callable[[Transition], bool]
"""Whether a line of the table is one that this matter can take."""


def _every_line(_line: Transition) -> bool:
    return True


@dataclass(frozen=True)
class Stop:
    """One step of the bar: `state` is ok, now or empty, as the component wants it."""

    title: str
    note: str
    state: str
    far: bool = False
    """behind where it stands, or far ahead: a phone leaves it out"""


def way_of(
    matter: Matter,
    steps: Sequence[Step],
    *,
    fits: Fits = _every_line,
    like: Mapping[str, str] = MappingProxyType({}),
) -> list[Stop]:
    """The whole way of this matter, with the days on which its stops were reached. `like`: states beside the way, and
    the one on it at which they stand.
    """
    flow = kind_named(matter.kind).flow
    lines = _way(flow, fits)
    names = [flow.initial, *(line.to_state for line in lines)]
    language = get_language() or CHINESE
    titles = [_("登记"), *(_title(flow, line, language) for line in lines)]
    here = like.get(matter.state_name, matter.state_name)
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
    late_acts = kind_named(matter.kind).late_acts
    reached: dict[str, date | None] = {
        step.to_state_id.partition(".")[2]: None if step.act in late_acts else step.occurred_on
        for step in steps
        if step.from_state_id != step.to_state_id
    }
    ended = {matter.state_name: matter.closed_on} if matter.closed_on else {}
    return {kind_named(matter.kind).flow.initial: matter.opened_on, **reached, **ended}


def _title(flow: Flow, line: Transition, language: str) -> str:
    said = flow.act_names[line.act].say({}, language)
    return said[:1].upper() + said[1:]


def _way(flow: Flow, fits: Fits) -> list[Transition]:
    """From the first state along the first line that fits this matter, until it ends or comes round."""
    found: list[Transition] = []
    state, seen = flow.initial, {flow.initial}
    while state not in flow.final:
        line = next(filter(fits, flow.steps_from(state)), None)
        if line is None or line.to_state in seen:
            break
        found.append(line)
        state = line.to_state
        seen.add(state)
    return found
