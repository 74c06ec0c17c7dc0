"""How does a matter enter the stock: newly, by split, or late from a ledger in use (补录)?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from qingshan.exchange.writing import add
from qingshan.office.accounts.access import require
from qingshan.office.accounts.models import Organisation
from qingshan.office.compiled import compiled
from qingshan.office.matters.access import own_unit, unit_of
from qingshan.office.matters.actions.parties import Named, name_parties
from qingshan.office.matters.actions.stepping import who, write_movement, write_turn
from qingshan.office.matters.actions.tallies import Standing, count_standing
from qingshan.office.matters.kinds import Asked, MatterKind, kind_named
from qingshan.office.matters.models import Matter, Step
from qingshan.office.matters.seeding import state_code
from qingshan.office.matters.sentences import MatterRefused
from qingshan.office.matters.turns import turn_after
from qingshan.office.mines.models import Mine, Site
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flow import STAYS, Transition
from qingshan.rules.matters import Severity, SourceKind
from qingshan.rules.roles import Role
from qingshan.rules.stock import Move


@dataclass(frozen=True)
class Opening:
    """A matter that is about to be registered."""

    kind: str
    number: str
    title: str
    region: Region
    source: SourceKind
    severity: Severity = Severity.ORDINARY
    source_number: str = ""
    mine: Mine | None = None
    site: Site | None = None
    enterprise: Organisation | None = None
    """that it concerns, where neither mine nor site names one"""
    parent: Matter | None = None
    geom: Any = None
    due_on: date | None = None
    occurred_on: date | None = None
    state: str = ""
    """a late entry stands in any state from the first day; empty: the first one of the flow"""
    missing_papers: tuple[str, ...] = ()
    closed_on: date | None = None
    move: Move = Move.OPENED
    note: str = ""
    facts: Mapping[str, Any] | None = None
    """what else an old ledger says, by name"""
    parties: tuple[Named, ...] = field(default_factory=tuple)


def open_matter(
    opening: Opening,
    act: str,
    *,
    actor: ActorLike,
    now: datetime,
    details: Callable[[Matter], Sequence[Model]],
    told: Mapping[str, Any] | None = None,
    entered: bool = True,
) -> Matter:
    """A matter with its first step, its parts and its place in the stock, inside the act that calls it.

    `details` writes the kind's own rows and returns them as further subjects. `entered=False` leaves the entry of
    the trail to the caller, who opens several matters by one act. Raises NotAllowed, MatterRefused.
    """
    require(actor, act, region_id=opening.region.pk)
    kind = kind_named(opening.kind)
    on = day_of(opening, now)
    matter = new_matter(opening, kind, actor, on)
    if number_taken(opening.number):
        raise MatterRefused.because("matters.number_taken", number=opening.number)
    add(matter)
    step = first_step(matter, act, opening, now=now, on=on, by=who(actor, unit_of(actor)))
    add(step)
    registering = registering_unit(actor)
    parties = name_parties(matter, [*registering, *opening.parties], on=on)
    write_movement(matter, step, opening.move, region_id=matter.region_id, now=now)
    _leave_at_once(matter, step, kind, now)
    more = list(details(matter))
    _turn(matter, act, actor, now, on)
    count_standing(None, Standing.of(matter))
    if entered:
        new = {
            "about": str(matter),
            "state": matter.state_id,
            "note": f"（{opening.note}）" if opening.note else "",
        }
        record(
            act=act,
            actor=actor,
            now=now,
            occurred_on=on,
            subjects=[matter, step, *parties, *more],
            new={**new, **(told or {})},
            region_id=matter.region_id,
        )
    return matter


def number_taken(number: str) -> bool:
    """Whether a matter has this number already."""
    return bool(_numbered(number))


@compiled
def _numbered(number: str) -> QuerySet[Matter, tuple[Any, ...]]:
    return Matter.objects.filter(number=number).values_list("pk")[:1]


def day_of(opening: Opening, now: datetime) -> date:
    today = shanghai_date(now)
    on = opening.occurred_on or today
    if on > today:
        raise MatterRefused.because("matters.day_in_the_future", day=on.isoformat())
    return on


def new_matter(opening: Opening, kind: MatterKind, actor: ActorLike, on: date) -> Matter:
    """The row of a matter, not yet written."""
    if not opening.title.strip():
        raise MatterRefused.because("matters.title_missing")
    place = opening.geom
    if place is None:
        place = next((each.geom for each in (opening.site, opening.mine) if each and each.geom), None)
    return Matter(
        kind=opening.kind,
        number=opening.number,
        title=opening.title.strip()[:200],
        region=opening.region,
        mine=opening.mine,
        site=opening.site,
        enterprise_id=_enterprise_of(opening),
        parent=opening.parent,
        state_id=state_code(opening.kind, opening.state or kind.flow.initial),
        severity=opening.severity.value,
        source=opening.source.value,
        source_number=opening.source_number.strip()[:120],
        due_on=opening.due_on,
        opened_on=on,
        closed_on=opening.closed_on,
        geom=place.centroid if place is not None else None,
        late_entry=bool(opening.state),
        missing_papers=list(opening.missing_papers) or None,
        recorded_by_id=actor.decider.organisation_id,
    )


def _enterprise_of(opening: Opening) -> int | None:
    own = (each.enterprise_id for each in (opening.mine, opening.site) if each)
    return next((pk for pk in own if pk), opening.enterprise.pk if opening.enterprise else None)


def first_step(
    matter: Matter, act: str, opening: Opening, *, now: datetime, on: date, by: Mapping[str, Any]
) -> Step:
    """A late entry has this one step into the state in which it stands: no step is invented. Not yet written."""
    return Step(
        matter=matter,
        act=act,
        from_state_id=None,
        to_state_id=matter.state_id,
        occurred_on=on,
        recorded_at=now,
        note=opening.note[:2000],
        facts=dict(opening.facts) if opening.facts else None,
        matter_version=matter.version,
        **by,
    )


def registering_unit(actor: ActorLike) -> list[Named]:
    own = own_unit(actor)
    return [Named(Role.REGISTERING, own)] if own else []


def _leave_at_once(matter: Matter, step: Step, kind: MatterKind, now: datetime) -> None:
    """A late entry that has ended came in and went out: the stock shows both."""
    for move in moves_into(kind, matter.state_name):
        write_movement(matter, step, move, region_id=matter.region_id, now=now)


def moves_into(kind: MatterKind, state: str) -> tuple[Move, ...]:
    """How whatever rests in this state left the stock; nothing for a state that is part of it."""
    if state not in kind.flow.final:
        return ()
    return next(line for line in kind.flow.transitions if line.to_state == state).moves


def _turn(matter: Matter, act: str, actor: ActorLike, now: datetime, on: date) -> None:
    line = Transition(act, (matter.state_name,), STAYS, None)
    write_turn(matter, turn_after(matter, Asked(matter, line, actor, None, now, on)))
