"""Which steps lead through the route of a problem, a petition or a lasting task?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qingshan.office.cases.facts import asked_levels
from qingshan.office.matters import way
from qingshan.office.matters.models import Matter, Step
from qingshan.office.matters.way import Fits, Stop
from qingshan.rules.flow import Transition
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.matters import Route, SourceKind
from qingshan.rules.rectification import levels_asked
from qingshan.rules.register import RegionLevel
from qingshan.rules.rulebook import in_force

LIKE = {"reopened": "taken_on", "mending": "keeping_up", "done_for_now": "replied"}
"""States beside the way, and the one on it at which they stand."""


def way_of(matter: Matter, steps: Sequence[Step], *, on: date) -> list[Stop]:
    """The whole way of this matter, with the days on which its stops were reached."""
    return way.way_of(matter, steps, fits=_fits(matter, on), like=LIKE)


def _fits(matter: Matter, on: date) -> Fits:
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
