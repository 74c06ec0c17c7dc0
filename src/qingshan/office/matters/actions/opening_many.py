"""How do the matters of a ledger in use (补录) enter at once? What `open_matter` does for one, for thousands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError
from django.db.models import Model

from qingshan.exchange.writing import IN_ORDER, insert
from qingshan.office.accounts.access import require
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.matters.access import unit_of
from qingshan.office.matters.actions.opening import (
    Opening,
    day_of,
    first_step,
    moves_into,
    new_matter,
    registering_unit,
)
from qingshan.office.matters.actions.parties import new_party
from qingshan.office.matters.actions.stepping import new_movement, put_turn, who
from qingshan.office.matters.actions.tallies import Standing, count_movements, count_standings
from qingshan.office.matters.kinds import Asked, kind_named
from qingshan.office.matters.models import Matter, MatterParty, Step
from qingshan.office.matters.turns import Turn, turn_after
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flow import STAYS, Transition
from qingshan.rules.stock import Move

_AT_ONCE = 900
"""So many ids in one statement."""


@dataclass(frozen=True)
class Opened:
    """What was written for the openings, in their order."""

    matters: tuple[Matter, ...]
    steps: tuple[Step, ...]
    parties: tuple[MatterParty, ...]
    more: tuple[Model, ...]
    """the kind's own rows"""

    @property
    def subjects(self) -> tuple[Model, ...]:
        return (*self.matters, *self.steps, *self.parties, *self.more)


def open_many(
    openings: Sequence[Opening],
    act: str,
    *,
    actor: ActorLike,
    now: datetime,
    details: Callable[[Sequence[Matter], Sequence[Step]], Sequence[Model]],
    alike: Callable[[Matter], Hashable] = lambda matter: None,
) -> Opened:
    """Many matters inside the act that calls it, which also writes its one entry over all of them.

    details: writes the kind's own rows and returns them as further subjects. alike: what else than state and parts
    decides whose turn it is; matters that are alike are asked about once. Raises NotAllowed, MatterRefused, and
    ChangedMeanwhile for a number that was taken since the preview.
    """
    for region_id in sorted({opening.region.pk for opening in openings}):
        require(actor, act, region_id=region_id)
    days = [day_of(opening, now) for opening in openings]
    matters = [
        new_matter(opening, kind_named(opening.kind), actor, on)
        for opening, on in zip(openings, days, strict=True)
    ]
    _insert(matters)
    steps = _first_steps(openings, matters, days, act, actor=actor, now=now)
    parties = _parties(openings, matters, days, actor)
    _count_in(openings, matters, steps, now)
    more = tuple(details(matters, steps))
    _put_turns(matters, parties, act, actor=actor, now=now, alike=alike)
    count_standings(Counter(Standing.of(matter) for matter in matters))
    return Opened(tuple(matters), steps, parties, more)


def _insert(matters: Sequence[Matter]) -> None:
    try:
        insert(matters, key="number")
    except IntegrityError as error:
        raise ChangedMeanwhile.because(
            "office.changed_meanwhile", what=str(Matter._meta.verbose_name)
        ) from error


def _first_steps(
    openings: Sequence[Opening],
    matters: Sequence[Matter],
    days: Sequence[date],
    act: str,
    *,
    actor: ActorLike,
    now: datetime,
) -> tuple[Step, ...]:
    by = who(actor, unit_of(actor))
    steps = [
        first_step(matter, act, opening, now=now, on=on, by=by)
        for opening, matter, on in zip(openings, matters, days, strict=True)
    ]
    return tuple(insert(steps, key="matter_id"))


def _parties(
    openings: Sequence[Opening], matters: Sequence[Matter], days: Sequence[date], actor: ActorLike
) -> tuple[MatterParty, ...]:
    registering = registering_unit(actor)
    made = [
        new_party(matter, named, on=on)
        for opening, matter, on in zip(openings, matters, days, strict=True)
        for named in (*registering, *opening.parties)
    ]
    return tuple(insert(made, key=IN_ORDER))


def _count_in(
    openings: Sequence[Opening], matters: Sequence[Matter], steps: Sequence[Step], now: datetime
) -> None:
    """Each came in; what has ended went out again the same day."""
    today, counted = shanghai_date(now), Counter[tuple[str, int, date, Move]]()
    movements = []
    for opening, matter, step in zip(openings, matters, steps, strict=True):
        for move in (opening.move, *moves_into(kind_named(matter.kind), matter.state_name)):
            movements.append(new_movement(matter, step, move, region_id=matter.region_id, recorded_on=today))
            counted[matter.kind, matter.region_id, today, move] += 1
    insert(movements, key=IN_ORDER)
    count_movements(counted)


def _put_turns(
    matters: Sequence[Matter],
    parties: Sequence[MatterParty],
    act: str,
    *,
    actor: ActorLike,
    now: datetime,
    alike: Callable[[Matter], Hashable],
) -> None:
    units = defaultdict[int, list[tuple[str, int | None]]](list)
    for party in parties:
        units[party.matter_id].append((party.role, party.organisation_id))
    turns: dict[Hashable, Turn] = {}
    waiting = defaultdict[Turn, list[int]](list)
    for matter in matters:
        sign = (matter.kind, matter.state_id, tuple(units[matter.pk]), alike(matter))
        if sign not in turns:
            line = Transition(act, (matter.state_name,), STAYS, None)
            asked = Asked(matter, line, actor, None, now, shanghai_date(now))
            turns[sign] = turn_after(matter, asked)
        put_turn(matter, turns[sign])
        waiting[turns[sign]].append(matter.pk)
    for turn, ids in waiting.items():
        _write_turn(turn, ids)


def _write_turn(turn: Turn, ids: Sequence[int]) -> None:
    if turn == Turn():
        return
    for start in range(0, len(ids), _AT_ONCE):
        Matter.objects.filter(pk__in=ids[start : start + _AT_ONCE]).update(
            awaits_duty=turn.duty, awaits_level=turn.level, awaits_organisation=turn.organisation_id
        )
