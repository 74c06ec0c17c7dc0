"""Does a plan answer 治什么、何时治、谁来治、治不好谁来管? Without all four answers it is not approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingshan.rules.reasons import Reason, Value
from qingshan.rules.roles import THREE_DUTIES, Role

NAMED = 5
"""So many mines are named in a sentence; all of them stand on the page of the area."""


@dataclass(frozen=True)
class MeasureAnswer:
    """整改措施, as far as the questions go."""

    name: str
    unit: str = ""
    post: str = ""
    person: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class AreaAnswer:
    """一片区一方案: what an area's plan says of the ground that it is for."""

    name: str
    mines: int
    """how many there are in the area"""
    open_mines: int
    """how many are neither covered nor left out with a reason"""
    names: tuple[str, ...] = ()
    """of those, as far as the reader may know them"""
    names_public_land: bool = False
    """whether the public land is named, or said to be none with a reason"""


@dataclass(frozen=True)
class PlanAnswer:
    """What a plan says."""

    target: str = ""
    target_quantity: Decimal | None = None
    target_unit: str = ""
    due_on: date | None = None
    assigned_due_on: date | None = None
    """the deadline that was assigned; a plan may end before it, not after"""
    stages: int = 0
    measures: tuple[MeasureAnswer, ...] = ()
    named_duties: frozenset[Role] = frozenset()
    """The duties that lie on a unit, a post and a person."""
    lead_unit: str = ""
    area: AreaAnswer | None = None
    """of an area's plan"""


def unanswered(plan: PlanAnswer) -> tuple[Reason, ...]:
    """Every question that the plan leaves open, in the order of the four."""
    return (*_what(plan), *_when(plan), *_who(plan), *_otherwise(plan))


def _what(plan: PlanAnswer) -> Iterator[Reason]:
    if not plan.target.strip():
        yield Reason("rules.questions.what_target")
    elif plan.target_quantity is None or not plan.target_unit.strip():
        yield Reason("rules.questions.what_measurable")
    if not plan.measures:
        yield Reason("rules.questions.what_measures")
    if plan.area is not None:
        yield from _ground(plan.area)


def _ground(area: AreaAnswer) -> Iterator[Reason]:
    """An area's plan covers every mine of its area, and the land between them that nobody owns."""
    if not area.mines:
        yield Reason("rules.questions.what_no_mines", {"area": area.name})
    if area.open_mines:
        names = "、".join(area.names[:NAMED]) + (
            "……" if area.open_mines > min(len(area.names), NAMED) else ""
        )
        values: dict[str, Value] = {
            "area": area.name,
            "mines": area.mines,
            "open": area.open_mines,
            "names": names,
        }
        yield Reason("rules.questions.what_uncovered", values)
    if not area.names_public_land:
        yield Reason("rules.questions.what_public_land", {"area": area.name})


def _when(plan: PlanAnswer) -> Iterator[Reason]:
    if plan.due_on is None:
        yield Reason("rules.questions.when_deadline")
    elif plan.assigned_due_on is not None and plan.due_on > plan.assigned_due_on:
        values = {"day": plan.due_on.isoformat(), "due": plan.assigned_due_on.isoformat()}
        yield Reason("rules.questions.when_after_assigned", values)
    if plan.stages == 0:
        yield Reason("rules.questions.when_stages")
    for measure in plan.measures:
        if measure.due_on is None:
            yield Reason("rules.questions.when_measure", {"measure": measure.name})
        elif plan.due_on is not None and measure.due_on > plan.due_on:
            values = {
                "measure": measure.name,
                "day": measure.due_on.isoformat(),
                "due": plan.due_on.isoformat(),
            }
            yield Reason("rules.questions.when_too_late", values)


def _who(plan: PlanAnswer) -> Iterator[Reason]:
    if not plan.lead_unit:
        yield Reason("rules.questions.who_leads")
    for measure in plan.measures:
        missing = [zh for zh, _, given in _parts(measure) if not given.strip()]
        missing_en = [en for _, en, given in _parts(measure) if not given.strip()]
        if missing:
            values = {
                "measure": measure.name,
                "missing": "、".join(missing),
                "missing_en": ", ".join(missing_en),
            }
            yield Reason("rules.questions.who_measure", values)


def _parts(measure: MeasureAnswer) -> Sequence[tuple[str, str, str]]:
    return (
        ("责任单位", "unit", measure.unit),
        ("岗位", "post", measure.post),
        ("责任人", "person", measure.person),
    )


def _otherwise(plan: PlanAnswer) -> Iterator[Reason]:
    for role in THREE_DUTIES:
        if role not in plan.named_duties:
            yield Reason("rules.questions.otherwise", {"duty": role.zh, "duty_en": role.en})
