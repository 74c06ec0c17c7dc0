"""How does a matter enter the stock: newly, by split, or late from a ledger in use (补录)?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.office.accounts.access import require
from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.access import unit_of
from qingshan.office.matters.actions.parties import Named, name_parties
from qingshan.office.matters.actions.stepping import who, write_movement
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
    on = _day(opening, now)
    matter = _matter(opening, kind, actor, on)
    step = _first_step(matter, act, opening, actor=actor, now=now, on=on)
    registering = _registering(actor)
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


def _day(opening: Opening, now: datetime) -> date:
    today = shanghai_date(now)
    on = opening.occurred_on or today
    if on > today:
        raise MatterRefused.because("matters.day_in_the_future", day=on.isoformat())
    return on


def _matter(opening: Opening, kind: MatterKind, actor: ActorLike, on: date) -> Matter:
    if not opening.title.strip():
        raise MatterRefused.because("matters.title_missing")
    if Matter.objects.filter(number=opening.number).exists():
        raise MatterRefused.because("matters.number_taken", number=opening.number)
    place = opening.geom
    if place is None:
        place = next((each.geom for each in (opening.site, opening.mine) if each and each.geom), None)
    matter = Matter(
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
    matter.save(force_insert=True)
    return matter


def _enterprise_of(opening: Opening) -> int | None:
    return next((each.enterprise_id for each in (opening.mine, opening.site) if each), None)


def _first_step(
    matter: Matter, act: str, opening: Opening, *, actor: ActorLike, now: datetime, on: date
) -> Step:
    """A late entry has this one step into the state in which it stands: no step is invented."""
    step = Step(
        matter=matter,
        act=act,
        from_state_id=None,
        to_state_id=matter.state_id,
        occurred_on=on,
        recorded_at=now,
        note=opening.note[:2000],
        matter_version=matter.version,
        **who(actor, unit_of(actor)),
    )
    step.save(force_insert=True)
    return step


def _registering(actor: ActorLike) -> list[Named]:
    if actor.decider.organisation_id is None:
        return []
    organisation = Organisation.objects.select_related("unit").get(pk=actor.decider.organisation_id)
    return [Named(Role.REGISTERING, organisation.unit or organisation)]


def _leave_at_once(matter: Matter, step: Step, kind: MatterKind, now: datetime) -> None:
    """A late entry that has ended came in and went out: the stock shows both."""
    if matter.state_name not in kind.flow.final:
        return
    leaving = next(line for line in kind.flow.transitions if line.to_state == matter.state_name)
    for move in leaving.moves:
        write_movement(matter, step, move, region_id=matter.region_id, now=now)


def _turn(matter: Matter, act: str, actor: ActorLike, now: datetime, on: date) -> None:
    line = Transition(act, (matter.state_name,), STAYS, None)
    turn = turn_after(matter, Asked(matter, line, actor, None, now, on))
    matter.awaits_duty, matter.awaits_level = turn.duty, turn.level
    matter.awaits_organisation_id = turn.organisation_id
    matter.save(update_fields=["awaits_duty", "awaits_level", "awaits_organisation"])
