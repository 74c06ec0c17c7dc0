"""How does a later edition of a ledger correct what an earlier one entered, before anybody has acted on it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from django.db.models import Model

from qingshan.office.accounts.access import require
from qingshan.office.cases.actions.late_cases import (
    LateCase,
    late_claim_of,
    new_case,
    new_measures,
    new_notice,
    new_plan,
)
from qingshan.office.cases.claims import correct_claim
from qingshan.office.cases.models import Case
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.matters.access import unit_of
from qingshan.office.matters.actions import Named, name_parties
from qingshan.office.matters.actions.opening import Opening, first_step, moves_into, new_matter
from qingshan.office.matters.actions.stepping import put_turn, who, write_movement
from qingshan.office.matters.actions.tallies import Standing, count_standing
from qingshan.office.matters.kinds import Asked, kind_named
from qingshan.office.matters.models import DueChange, Matter, Plan, Step
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.matters.turns import turn_after
from qingshan.office.places.queries.calendar import calendar
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flow import STAYS, Transition
from qingshan.rules.roles import Role
from qingshan.rules.stock import Move

_CORRECTED = (
    "title",
    "region_id",
    "mine_id",
    "site_id",
    "enterprise_id",
    "state_id",
    "severity",
    "source",
    "source_number",
    "due_on",
    "opened_on",
    "closed_on",
    "geom",
    "missing_papers",
)
_OF_CASE = ("route", "problem", "description", "requirement", "found_on", "levels")


class LateEntry(Protocol):
    """One row of a later edition."""

    @property
    def number(self) -> str: ...

    @property
    def opening(self) -> Opening: ...

    @property
    def target_id(self) -> int | None: ...

    @property
    def target_version(self) -> int | None: ...


Entry = TypeVar("Entry", bound=LateEntry)


def correct_late(
    entries: Sequence[Entry],
    act: str,
    *,
    actor: ActorLike,
    now: datetime,
    details: Callable[[Matter, Step, Entry], Sequence[Model]],
) -> list[Model]:
    """Inside the act that imports: one step for each matter, with what it moved.

    details: corrects the kind's own rows and returns those that it wrote. Raises ChangedMeanwhile.
    """
    if not entries:
        return []
    ids = [each.target_id for each in entries]
    held = Matter.objects.select_for_update().order_by("pk").in_bulk(ids)
    written: list[Model] = []
    for entry in entries:
        matter = held.get(entry.target_id or 0)
        if matter is None or matter.version != entry.target_version:
            raise ChangedMeanwhile.because("office.changed_meanwhile", what=entry.number)
        require(actor, act, region_id=matter.region_id)
        require(actor, act, region_id=entry.opening.region.pk)
        written += _corrected(matter, entry, act, actor=actor, now=now, details=details)
    return written


def _corrected(
    matter: Matter,
    entry: Entry,
    act: str,
    *,
    actor: ActorLike,
    now: datetime,
    details: Callable[[Matter, Step, Entry], Sequence[Model]],
) -> Iterator[Model]:
    before, due_on, region_id, state = Standing.of(matter), matter.due_on, matter.region_id, matter.state_id
    _put(matter, entry.opening, actor)
    step = _step(matter, state, entry.opening, act, actor=actor, now=now)
    for move, where in _moves(matter, state, region_id):
        write_movement(matter, step, move, region_id=where, now=now)
    rows: list[Model] = [step]
    if matter.due_on != due_on:
        rows.append(DueChange(matter=matter, step=step, old_due_on=due_on, new_due_on=matter.due_on))
        rows[-1].save(force_insert=True)
    rows += name_parties(matter, _changed_parts(matter, entry.opening.parties), on=step.occurred_on)
    rows += details(matter, step, entry)
    line = Transition(act, (matter.state_name,), STAYS, None)
    put_turn(matter, turn_after(matter, Asked(matter, line, actor, None, now, step.occurred_on)))
    matter.save()
    count_standing(before, Standing.of(matter))
    yield from (matter, *rows)


def _put(matter: Matter, opening: Opening, actor: ActorLike) -> None:
    """The matter as the later edition has it; its number, and who registered it, stay."""
    fresh = new_matter(opening, kind_named(opening.kind), actor, opening.occurred_on or matter.opened_on)
    for name in _CORRECTED:
        setattr(matter, name, getattr(fresh, name))
    matter.version += 1
    matter.save()


def _step(matter: Matter, state: str, opening: Opening, act: str, *, actor: ActorLike, now: datetime) -> Step:
    by = who(actor, unit_of(actor))
    step = first_step(matter, act, opening, now=now, on=shanghai_date(now), by=by)
    step.from_state_id = state
    step.save(force_insert=True)
    return step


def _moves(matter: Matter, state: str, region_id: int) -> Iterator[tuple[Move, int]]:
    """What the correction does to the stock: what had ended comes back, what ends leaves, what lies elsewhere
    moves.
    """
    kind = kind_named(matter.kind)
    was_in_stock = state.partition(".")[2] not in kind.flow.final
    is_in_stock = matter.state_name not in kind.flow.final
    moved, ended_otherwise = matter.region_id != region_id, state != matter.state_id
    if not was_in_stock and (is_in_stock or moved or ended_otherwise):
        yield Move.REOPENED, region_id
        was_in_stock = True
    if was_in_stock and moved:
        yield Move.TRANSFERRED_OUT, region_id
        yield Move.TRANSFERRED_IN, matter.region_id
    if was_in_stock and not is_in_stock:
        for move in moves_into(kind, matter.state_name):
            yield move, matter.region_id


def _changed_parts(matter: Matter, parties: Sequence[Named]) -> list[Named]:
    """Only roles on which the later edition differs are written anew."""
    held = [
        (each.role, each.organisation_id, each.unit_name, each.person_name)
        for each in matter.parties.filter(to_on=None)
    ]
    said = defaultdict[Role, list[Named]](list)
    for each in parties:
        said[each.role].append(each)
    return [
        each
        for role, group in said.items()
        if sorted(map(str, _told(group))) != sorted(str(one) for one in held if one[0] == role)
        for each in group
    ]


def _told(group: Sequence[Named]) -> list[tuple[str, int | None, str, str]]:
    return [
        (
            each.role.value,
            each.organisation.pk if each.organisation else None,
            each.organisation.full_name if each.organisation else each.unit_name,
            each.person_name,
        )
        for each in group
    ]


def correct_case(matter: Matter, step: Step, entry: LateCase, *, now: datetime) -> list[Model]:
    """What belongs to problems alone, and what is claimed of land."""
    case = Case.objects.get(matter=matter)
    matter.case = case
    rows = [*_case(case, matter, entry), *_plan(matter, entry), *_notice(matter, step, entry)]
    late_claim = late_claim_of(entry, today=shanghai_date(now))
    return [*rows, *correct_claim(case, late_claim, now=now)]


def _case(case: Case, matter: Matter, entry: LateCase) -> list[Model]:
    fresh = new_case(matter, entry)
    if all(getattr(case, name) == getattr(fresh, name) for name in _OF_CASE):
        return []
    for name in _OF_CASE:
        setattr(case, name, getattr(fresh, name))
    case.version += 1
    case.save()
    return [case]


def _plan(matter: Matter, entry: LateCase) -> list[Model]:
    """A changed plan is another version; the earlier one stays readable."""
    fresh = new_plan(matter, entry)
    if fresh is None:
        return []
    measures = new_measures(fresh, entry)
    last = matter.plans.order_by("-number").first()
    if last is not None and _tell(last, list(last.measures.order_by("place"))) == _tell(fresh, measures):
        return []
    rows: list[Model] = []
    if last is not None:
        last.state, last.version = PlanState.REPLACED.value, last.version + 1
        last.save()
        last.refresh_from_db()
        fresh.number = last.number + 1
        rows.append(last)
    fresh.save(force_insert=True)
    for measure in measures:
        measure.plan = fresh
        measure.save(force_insert=True)
    return [*rows, fresh, *measures]


def _tell(plan: Plan, measures: Sequence[Model]) -> tuple[object, ...]:
    told = ("name", "unit_name", "due_on", "progress_percent", "done_on")
    return (
        plan.state,
        plan.target,
        plan.due_on,
        plan.approved_number,
        [tuple(getattr(measure, name) for name in told) for measure in measures],
    )


def _notice(matter: Matter, step: Step, entry: LateCase) -> list[Model]:
    fresh = new_notice(matter, step, entry, calendar())
    running = matter.notices.filter(stopped_on=None).order_by("-id").first()
    if fresh is None or (running and (running.from_on, running.to_on) == (fresh.from_on, fresh.to_on)):
        return []
    rows: list[Model] = []
    if running is not None:
        running.stopped_on, running.version = step.occurred_on, running.version + 1
        running.save()
        rows.append(running)
    fresh.save(force_insert=True)
    return [*rows, fresh]
