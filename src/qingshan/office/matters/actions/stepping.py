"""How is one step of a matter taken? Permission, needs, compare-and-set, step, movements, one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from qingshan.exchange.writing import add, change
from qingshan.office.compiled import compiled
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.matters.access import require_step, unit_of
from qingshan.office.matters.actions.tallies import Standing, count_movement, count_standing
from qingshan.office.matters.kinds import Asked, kind_named
from qingshan.office.matters.models import DueChange, Matter, Movement, Step
from qingshan.office.matters.seeding import state_code
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.matters.turns import Turn, turn_after
from qingshan.office.trail.actions import record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.flow import Transition
from qingshan.rules.independence import Unit
from qingshan.rules.reasons import Reason
from qingshan.rules.stock import Move

Beside = Callable[[Step], Sequence[Model]]
"""Writes what belongs to the step and returns it, as further subjects of the entry."""


@dataclass(frozen=True)
class Brought:
    """What somebody brings to an act."""

    grounds: str = ""
    number: str = ""
    """文号"""
    occurred_on: date | None = None
    """the day on which it happened; today, or that of the paper, where none is named"""
    values: Mapping[str, Any] = field(default_factory=dict)
    """what the needs weigh"""


def take_step(
    matter: Matter,
    act: str,
    brought: Brought,
    *,
    actor: ActorLike,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    because: Sequence[Reason] = (),
    beside: Beside | None = None,
) -> Step:
    """One step with everything that hangs on it, inside the act that calls it. `changes` are columns of the matter.

    Raises NotAllowed, RuleBroken with every open need, MatterRefused for an impossible day, ChangedMeanwhile when
    somebody else stepped first.
    """
    kind = kind_named(matter.kind)
    line = kind.flow.line(matter.state_name, act)
    require_step(actor, line, matter)
    on = _day(matter, brought, actor, now)
    unit = unit_of(actor)
    asked = Asked(matter, line, actor, unit, now, on, brought.grounds, brought.number, brought.values)
    if unmet := unmet_needs(asked):
        raise RuleBroken.of(unmet)
    before = _snapshot(matter)
    _change(matter, kind.flow.kind, line, on, dict(changes or {}))
    step = _step(
        matter, line, brought, before, actor=actor, unit=unit, now=now, on=on, facts=facts, because=because
    )
    _move(matter, step, line.moves, before, now)
    more = list(beside(step)) if beside else []
    more += _due_change(matter, step, before)
    write_turn(matter, turn_after(matter, asked))
    count_standing(before.standing, Standing.of(matter))
    _record(matter, step, more, before, facts, because, actor=actor, now=now)
    return step


def unmet_needs(asked: Asked) -> list[Reason]:
    """Every reason that stands against the act, each once."""
    needs = kind_named(asked.matter.kind).needs
    unmet: list[Reason] = []
    for need in asked.line.needs:
        unmet += [reason for reason in needs[need](asked) if reason not in unmet]
    return unmet


@dataclass(frozen=True)
class _Snapshot:
    state: str
    region_id: int
    due_on: date | None
    version: int
    standing: Standing


def _snapshot(matter: Matter) -> _Snapshot:
    return _Snapshot(matter.state_id, matter.region_id, matter.due_on, matter.version, Standing.of(matter))


def _day(matter: Matter, brought: Brought, actor: ActorLike, now: datetime) -> date:
    today = shanghai_date(now)
    on = brought.occurred_on or (actor.paper.decided_on if actor.paper else today)
    if on > today:
        raise MatterRefused.because("matters.day_in_the_future", day=on.isoformat())
    for last_act, last_day in _last_step(matter.pk):
        if on >= last_day:
            continue
        name = kind_named(matter.kind).flow.act_names.get(last_act)
        raise MatterRefused.because(
            "matters.before_the_last_step",
            day=on.isoformat(),
            last=name.zh if name else last_act,
            last_en=name.en if name else last_act,
            last_day=last_day.isoformat(),
        )
    return on


@compiled
def _last_step(matter_id: int) -> QuerySet[Step, tuple[Any, ...]]:
    rows = Step.objects.filter(matter_id=matter_id).order_by("-matter_version")
    return rows.values_list("act", "occurred_on")[:1]


def _change(matter: Matter, kind: str, line: Transition, on: date, changes: dict[str, Any]) -> None:
    """Compare-and-set on version and state: of two people at once, one gets through. The matter in memory changes
    with its row, or not at all.
    """
    flow = kind_named(kind).flow
    if not line.stays:
        changes["state_id"] = state_code(kind, line.to_state)
        changes["closed_on"] = on if line.to_state in flow.final else None
    changes["version"] = matter.version + 1
    was = {name: getattr(matter, name) for name in ("version", "state_id", *changes)}
    _put(matter, changes)
    if not change(matter, *changes, version=was["version"], state_id=was["state_id"]):
        _put(matter, was)
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(matter))


def _put(matter: Matter, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(matter, name, value)


def _step(
    matter: Matter,
    line: Transition,
    brought: Brought,
    before: _Snapshot,
    *,
    actor: ActorLike,
    unit: Unit | None,
    now: datetime,
    on: date,
    facts: Mapping[str, Any] | None,
    because: Sequence[Reason],
) -> Step:
    number = brought.number.strip() or (actor.paper.number if actor.paper else "")
    step = Step(
        matter=matter,
        act=line.act,
        from_state_id=before.state,
        to_state_id=matter.state_id,
        occurred_on=on,
        recorded_at=now,
        number=number,
        note=brought.grounds.strip(),
        facts=dict(facts) if facts else None,
        because=[reason.as_json() for reason in because] or None,
        matter_version=matter.version,
        **who(actor, unit),
    )
    return add(step)


def who(actor: ActorLike, unit: Unit | None) -> dict[str, Any]:
    """Decider, recorder and unit as a step keeps them."""
    return {
        "decider_id": actor.decider.id,
        "decider_name": actor.decider.name,
        "decider_post": actor.decider.post,
        "recorder_id": actor.recorder.id,
        "unit_id": unit.id if unit else None,
        "unit_name": unit.name if unit else "",
    }


def _move(matter: Matter, step: Step, moves: Sequence[Move], before: _Snapshot, now: datetime) -> None:
    """What leaves, leaves the region in which it stood; what comes in, comes into the one where it stands now."""
    for move in moves:
        region_id = before.region_id if move.sign < 0 else matter.region_id
        write_movement(matter, step, move, region_id=region_id, now=now)


def write_movement(matter: Matter, step: Step, move: Move, *, region_id: int, now: datetime) -> None:
    """One movement with its tally."""
    day = shanghai_date(now)
    add(new_movement(matter, step, move, region_id=region_id, recorded_on=day))
    count_movement(matter.kind, region_id, day, move)


def new_movement(matter: Matter, step: Step, move: Move, *, region_id: int, recorded_on: date) -> Movement:
    """A movement, not yet written."""
    return Movement(
        matter_id=matter.pk,
        step_id=step.pk,
        kind=matter.kind,
        region_id=region_id,
        move=move.value,
        occurred_on=step.occurred_on,
        recorded_on=recorded_on,
    )


def _due_change(matter: Matter, step: Step, before: _Snapshot) -> list[Model]:
    if matter.due_on == before.due_on:
        return []
    moved = DueChange(
        matter=matter, step=step, old_due_on=before.due_on, new_due_on=matter.due_on, number=step.number
    )
    return [add(moved)]


TURN_COLUMNS = ("awaits_duty", "awaits_level", "awaits_organisation_id")


def write_turn(matter: Matter, turn: Turn) -> None:
    """Whose turn it is, on the matter in memory and, where that is news, in its row."""
    was = [getattr(matter, name) for name in TURN_COLUMNS]
    put_turn(matter, turn)
    if was != [getattr(matter, name) for name in TURN_COLUMNS]:
        change(matter, *TURN_COLUMNS)


def put_turn(matter: Matter, turn: Turn) -> None:
    """Whose turn it is, on the matter in memory."""
    matter.awaits_duty, matter.awaits_level = turn.duty, turn.level
    matter.awaits_organisation_id = turn.organisation_id


def _record(
    matter: Matter,
    step: Step,
    more: Sequence[Model],
    before: _Snapshot,
    facts: Mapping[str, Any] | None,
    because: Sequence[Reason],
    *,
    actor: ActorLike,
    now: datetime,
) -> None:
    new = {
        "about": str(matter),
        "state": matter.state_id,
        "due_on": matter.due_on.isoformat() if matter.due_on else None,
        "note": f"（{step.note}）" if step.note else "",
        "number": step.number or None,
        **(facts or {}),
    }
    record(
        act=step.act,
        actor=actor,
        now=now,
        occurred_on=step.occurred_on,
        subjects=[matter, step, *more],
        old={"state": before.state, "due_on": before.due_on.isoformat() if before.due_on else None},
        new=new,
        because=because,
        region_id=matter.region_id,
    )
