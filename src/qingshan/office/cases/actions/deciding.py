"""How is a problem verified, handed to who must answer, taken on; how does it leave the list without being closed?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.exchange.writing import add, change
from qingshan.office.accounts.access import require
from qingshan.office.accounts.models import Organisation
from qingshan.office.cases.actions.registering import NewCase, write_case
from qingshan.office.cases.facts import case_of
from qingshan.office.cases.models import Case, Urging
from qingshan.office.cases.routes import act_on
from qingshan.office.matters.access import own_unit
from qingshan.office.matters.actions import Brought, Named, Opening, name_parties, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.regions.models import Region
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.matters import ProblemKind, Route, Severity, SourceKind
from qingshan.rules.rectification import levels_asked
from qingshan.rules.register import OrganisationKind
from qingshan.rules.roles import THREE_DUTIES, Role
from qingshan.rules.rulebook import in_force
from qingshan.rules.stock import Move


@official_act
def verify(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """核实: the problem was found to stand, and how. Refused: no registry duty, nothing said of what was found."""
    return take_step(matter, act_on(matter, "verify"), brought, actor=actor, now=now)


@official_act
def dismiss(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """不予立项, with grounds. Refused: no leadership duty, no grounds."""
    return take_step(matter, act_on(matter, "dismiss"), brought, actor=actor, now=now)


@official_act
def withdraw(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """撤销: it should never have been on the list. Refused: no leadership duty, no grounds, no number."""
    return take_step(matter, act_on(matter, "withdraw"), brought, actor=actor, now=now)


@official_act
def assign(
    matter: Matter,
    brought: Brought,
    *,
    answering: Organisation | None,
    due_on: date | None,
    actor: ActorLike,
    now: datetime,
    executing: Organisation | None = None,
    leading: Organisation | None = None,
    joint: Iterable[Organisation] = (),
) -> Step:
    """交办. The levels at which it must be accepted are fixed by the rulebook of this day. The enterprise of the mine
    carries the work out, or whoever is named. Refused: no dispatch duty, nobody to answer, a deadline that passed.
    """
    levels, supervising = _levels(matter, brought, now), own_unit(actor)
    executing = executing or matter.enterprise or answering
    parties = [
        *([Named(Role.SUPERVISING, supervising)] if supervising else []),
        Named(Role.ANSWERING, answering),
        Named(Role.EXECUTING, executing),
        Named(Role.LEADING, leading or answering),
        *(Named(Role.JOINT, each) for each in joint),
    ]
    return take_step(
        matter,
        act_on(matter, "assign"),
        replace(brought, values={**brought.values, "answering": answering, "due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"answering": answering.name if answering else None},
        beside=lambda step: [
            *name_parties(matter, parties, on=step.occurred_on),
            _fix_levels(matter, levels),
        ],
    )


def _levels(matter: Matter, brought: Brought, now: datetime) -> tuple[list[str], dict[str, Any]]:
    on = brought.occurred_on or shanghai_date(now)
    book = in_force("rectification", on=on, region=region_of_id(matter.region_id))
    asked = levels_asked(book, SourceKind(matter.source))
    return [level.value for level in asked], book.citation.as_json()


def _fix_levels(matter: Matter, levels: tuple[list[str], dict[str, Any]]) -> Case:
    case = case_of(matter)
    case.levels, case.levels_by = levels
    case.version += 1
    change(case, "levels", "levels_by", "version")
    return case


@official_act
def take_on(
    matter: Matter, brought: Brought, *, duties: Sequence[Named], actor: ActorLike, now: datetime
) -> Step:
    """认领: the three duties are laid on units, posts and people. Refused: not the answering unit, a duty that lies on
    nobody.
    """
    named = {
        each.role for each in duties if (each.organisation or each.unit_name.strip()) and _on_a_person(each)
    }
    return take_step(
        matter,
        act_on(matter, "take_on"),
        replace(brought, values={**brought.values, "duties": named & set(THREE_DUTIES)}),
        actor=actor,
        now=now,
        facts={each.role.value: _told(each) for each in duties},
        beside=lambda step: name_parties(matter, duties, on=step.occurred_on),
    )


def _on_a_person(each: Named) -> bool:
    return bool(each.post.strip() and (each.person or each.person_name.strip()))


def _told(each: Named) -> str:
    unit = each.organisation.full_name if each.organisation else each.unit_name
    return " ".join([unit, each.post, each.person.full_name if each.person else each.person_name])


@official_act
def transfer(
    matter: Matter, brought: Brought, *, region: Region | None, actor: ActorLike, now: datetime
) -> Step:
    """移交: another region answers from now on; it leaves this stock and enters the other. Refused: no dispatch duty,
    a region outside the area, the same region.
    """
    if region is not None:
        require(actor, CaseAct.TRANSFER, region_id=region.pk)
    values = {**brought.values, "region": region}
    return take_step(
        matter,
        CaseAct.TRANSFER,
        replace(brought, values=values),
        actor=actor,
        now=now,
        changes={"region_id": region.pk} if region else None,
        facts={"from_region": matter.region.name, "to_region": region.name if region else None},
    )


@official_act
def merge(matter: Matter, brought: Brought, *, into: Matter | None, actor: ActorLike, now: datetime) -> Step:
    """合并: the other one goes on for both. Refused: no dispatch duty, no grounds, one that has ended or is itself."""
    return take_step(
        matter,
        act_on(matter, "merge"),
        replace(brought, values={**brought.values, "into": into}),
        actor=actor,
        now=now,
        changes={"merged_into_id": into.pk} if into else None,
        facts={"into": str(into) if into else None},
    )


@official_act
def split(matter: Matter, brought: Brought, *, parts: Sequence[str], actor: ActorLike, now: datetime) -> Step:
    """拆分: this one leaves the stock, each part enters it with what was known. Refused: no dispatch duty, fewer than
    two parts.
    """
    titles = [part.strip() for part in parts if part.strip()]
    return take_step(
        matter,
        CaseAct.SPLIT,
        replace(brought, values={**brought.values, "parts": titles}),
        actor=actor,
        now=now,
        facts={"parts": "；".join(titles)},
        beside=lambda step: _parts(matter, step, titles, actor, now),
    )


def _parts(matter: Matter, step: Step, titles: Sequence[str], actor: ActorLike, now: datetime) -> list[Model]:
    case = case_of(matter)
    made: list[Model] = []
    for place, title in enumerate(titles, start=1):
        opening = Opening(
            kind=matter.kind,
            number=f"{matter.number}-{place}",
            title=title,
            region=matter.region,
            source=SourceKind(matter.source),
            severity=Severity(matter.severity),
            source_number=matter.source_number,
            mine=matter.mine,
            site=matter.site,
            parent=matter,
            geom=matter.geom,
            due_on=matter.due_on,
            occurred_on=step.occurred_on,
            move=Move.SPLIT_IN,
        )
        new = NewCase(
            opening,
            Route(case.route),
            ProblemKind(case.problem),
            description=case.description,
            requirement=case.requirement,
            found_on=case.found_on,
        )
        part = write_case(new, CaseAct.SPLIT, actor=actor, now=now, entered=False)
        made += [part, *part.steps.all(), *part.parties.all(), part.case]
    return made


CORRECTABLE = ("title", "severity", "source", "source_number")


@official_act
def correct(
    matter: Matter, brought: Brought, *, corrected: dict[str, Any], actor: ActorLike, now: datetime
) -> Step:
    """更正登记: a new entry that says what was wrong; the old one stays readable.

    Refused: no registry duty, no grounds.
    """
    changes = {name: value for name, value in corrected.items() if name in CORRECTABLE}
    was = {f"was_{name}": getattr(matter, name) for name in changes}
    return take_step(
        matter,
        act_on(matter, "correct"),
        brought,
        actor=actor,
        now=now,
        changes=changes,
        facts={**changes, **was},
    )


@official_act
def urge(matter: Matter, brought: Brought, *, text: str, actor: ActorLike, now: datetime) -> Step:
    """催办: recorded with the words that went into the chat group. Refused: no dispatch duty."""
    return take_step(
        matter,
        act_on(matter, "urge"),
        brought,
        actor=actor,
        now=now,
        facts={"text": text[:500]},
        beside=lambda step: [urging(matter, step, text)],
    )


def urging(matter: Matter, step: Step, text: str) -> Urging:
    """The words that urged whoever is asked, as they are kept."""
    organisation_id = matter.awaits_organisation_id
    return add(Urging(matter=matter, step=step, organisation_id=organisation_id, text=text[:500]))


def government_of(region_id: int) -> Organisation | None:
    """The government on which a duty falls where the holder is extinct."""
    found = Organisation.objects.filter(
        region_id=region_id, kind=OrganisationKind.GOVERNMENT, is_division=False
    )
    return found.order_by("id").first()
