"""How does a problem or petition enter the ledger: one by one, or late from a ledger in use (补录)?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Model

from qingshan.exchange.writing import add
from qingshan.office.cases.access import REGISTER, REGISTER_FROM_CLUE, REGISTER_LATE, REGISTER_PETITION
from qingshan.office.cases.actions.intake import undecided
from qingshan.office.cases.claims import Restored, claim_for
from qingshan.office.cases.models import Case, Complainant, FindingsItem, ItemCover, Petition
from qingshan.office.cases.numbers import case_number, petition_number
from qingshan.office.matters.actions import Opening, open_matter
from qingshan.office.matters.models import Matter
from qingshan.office.observations.filing import filed
from qingshan.office.observations.models import Clue
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.rectification import CaseState
from qingshan.rules.matters import Channel, ProblemKind, Route, SourceKind

KIND_OF = {Route.AT_ONCE: "rectification", Route.BY_DATE: "rectification", Route.LASTING: "lasting"}


@dataclass(frozen=True)
class NewCase:
    """What is said of a problem when it is registered. `opening.kind` and an empty number are filled in."""

    opening: Opening
    route: Route
    problem: ProblemKind
    description: str = ""
    requirement: str = ""
    found_on: date | None = None
    department: str = ""
    item: FindingsItem | None = None
    clue: Clue | None = None
    """of images; the case takes its land"""
    levels: tuple[str, ...] = ()
    """of a late entry that was assigned long ago"""
    restored: Restored | None = None
    """of a late entry that was closed: what the old ledger says of the land"""


@dataclass(frozen=True)
class NewPetition:
    """What is said of a petition when it is registered."""

    opening: Opening
    channel: Channel
    content: str
    batch: str = ""
    pollution: str = ""
    note: str = ""
    complainant: str = ""
    contact: str = ""


@official_act
def register_case(new: NewCase, *, actor: ActorLike, now: datetime) -> Matter:
    """登记问题. Refused: no registry duty, a region outside the area, no title, a number that is taken, a day to
    come.
    """
    return write_case(new, REGISTER.code, actor=actor, now=now)


@official_act
def register_from_clue(new: NewCase, clue: Clue, *, actor: ActorLike, now: datetime) -> Matter:
    """图斑登记为问题: one case of one clue, with its land; both name each other. Refused: as `register_case`; a clue
    that was dismissed or is a case already.
    """
    of_images = replace(
        new.opening,
        source=SourceKind.SATELLITE,
        source_number=new.opening.source_number or clue.number,
        geom=clue.geom,
    )
    case = replace(new, opening=of_images, clue=clue, found_on=new.found_on or clue.first_seen)
    return write_case(case, REGISTER_FROM_CLUE.code, actor=actor, now=now)


@official_act
def register_late(new: NewCase, *, actor: ActorLike, now: datetime) -> Matter:
    """补录问题: it stands where the old ledger says, with the days of the old ledger; what is missing is listed."""
    return write_case(new, REGISTER_LATE.code, actor=actor, now=now)


def write_case(new: NewCase, act: str, *, actor: ActorLike, now: datetime, entered: bool = True) -> Matter:
    """One case inside an act; `entered=False` leaves the entry of the trail to an act over several."""
    number = new.opening.number.strip() or case_number(new.opening.region, shanghai_date(now))
    opening = replace(new.opening, kind=KIND_OF[new.route], number=number)
    return open_matter(
        opening,
        act,
        actor=actor,
        now=now,
        details=lambda matter: [*_case_rows(matter, new, now), *_clue_rows(matter, new, actor)],
        told={"clue": new.clue.number} if new.clue else None,
        entered=entered,
    )


def _clue_rows(matter: Matter, new: NewCase, actor: ActorLike) -> Sequence[Model]:
    if new.clue is None:
        return []
    decider = actor.decider
    return [filed(new.clue, matter, by=decider.organisation or decider.name, on=matter.opened_on)]


def _case_rows(matter: Matter, new: NewCase, now: datetime) -> Sequence[Model]:
    case = Case(
        matter=matter,
        route=new.route.value,
        problem=new.problem.value,
        description=new.description.strip(),
        requirement=new.requirement.strip(),
        found_on=new.found_on,
        department=new.department.strip(),
        levels=list(new.levels) or None,
    )
    add(case)
    rows: list[Model] = [case, *_closed_before(matter, new, now)]
    if new.item is not None:
        cover = ItemCover(item=undecided(new.item), matter=matter)
        add(cover)
        rows.append(cover)
    return rows


def _closed_before(matter: Matter, new: NewCase, now: datetime) -> Sequence[Model]:
    """What an old ledger closed is a claim too, and is watched as what is closed today."""
    closed_on = new.opening.closed_on
    if closed_on is None or new.opening.state != CaseState.CLOSED or matter.site is None:
        return ()
    return claim_for(matter, new.restored or Restored(), on=closed_on, now=now, accepted_on=closed_on)


@official_act
def register_petition(new: NewPetition, *, actor: ActorLike, now: datetime) -> Matter:
    """登记转办件. Who complained is kept apart, and enters no hashed text. Refused: no registry duty, a region outside
    the area, a number that is no official one.
    """
    today = shanghai_date(now)
    number = petition_number(new.opening.number, new.opening.region, new.opening.occurred_on or today)
    opening = replace(new.opening, kind="petition", number=number)
    return open_matter(
        opening,
        REGISTER_PETITION.code,
        actor=actor,
        now=now,
        details=lambda matter: _petition_rows(matter, new),
    )


def _petition_rows(matter: Matter, new: NewPetition) -> Sequence[Model]:
    petition = Petition(
        matter=matter,
        channel=new.channel.value,
        content=new.content.strip(),
        batch=new.batch.strip(),
        pollution=new.pollution.strip(),
        note=new.note.strip(),
    )
    add(petition)
    if new.complainant.strip() or new.contact.strip():
        Complainant.objects.create(
            petition=petition,
            region_id=matter.region_id,
            name=new.complainant.strip(),
            contact=new.contact.strip(),
        )
    return [petition]


__all__ = [
    "KIND_OF",
    "NewCase",
    "NewPetition",
    "register_case",
    "register_from_clue",
    "register_late",
    "register_petition",
]
