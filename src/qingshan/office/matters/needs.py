"""Which needs ask the same of every kind of matter, and who did the work that is to be judged?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from qingshan.office.accounts.models import Organisation, Person
from qingshan.office.compiled import compiled
from qingshan.office.matters.access import as_unit, matter_parties
from qingshan.office.matters.kinds import Asked, Need, kind_named
from qingshan.office.matters.models import Evidence, Matter, Step
from qingshan.rules import common_needs as common
from qingshan.rules import independence
from qingshan.rules.common_needs import (
    DEADLINE,
    EVIDENCE,
    GROUNDS,
    INDEPENDENT,
    LATER,
    NEW_DEADLINE,
    NUMBER,
    ON_SITE,
)
from qingshan.rules.independence import DoneBy, Judge, Unit
from qingshan.rules.reasons import Reason
from qingshan.rules.roles import CARRYING_OUT


def _grounds(asked: Asked) -> Iterable[Reason]:
    return common.need_text(asked.grounds)


def _number(asked: Asked) -> Iterable[Reason]:
    paper = asked.actor.paper
    return common.need_number(asked.number or (paper.number if paper else ""))


def _deadline(asked: Asked, code: str = DEADLINE) -> Iterable[Reason]:
    return common.need_deadline(asked.values.get("due_on"), on=asked.on, code=code)


def _later(asked: Asked) -> Iterable[Reason]:
    return common.need_later(asked.values.get("due_on"), than=asked.matter.due_on)


def _visit(asked: Asked) -> Iterable[Reason]:
    return common.need_visit(
        str(asked.values.get("visitors") or ""), asked.values.get("visited_on"), on=asked.on
    )


def _evidence(asked: Asked) -> Iterable[Reason]:
    if not _evidence_not_from_before(asked.matter.pk):
        yield Reason(EVIDENCE)


@compiled
def _evidence_not_from_before(matter_id: int) -> QuerySet[Evidence, tuple[Any, ...]]:
    shown = Evidence.objects.filter(matter_id=matter_id, withdrawn_on=None).exclude(phase="before")
    return shown.values_list("pk")[:1]


def _independent(asked: Asked) -> Iterable[Reason]:
    return independent_of(work_on(asked.matter), asked)


def independent_of(done: DoneBy, asked: Asked) -> Iterable[Reason]:
    """Nobody judges what they carried out, neither as a unit nor as a person."""
    persons = {asked.actor.decider.id, asked.actor.recorder.id, asked.actor.person_id} - {None}
    judge = Judge(asked.unit, frozenset(int(each) for each in persons if each is not None))
    return independence.faults(judge, done)


def work_on(matter: Matter) -> DoneBy:
    """Who carried out what is to be judged: the units named for it, and whoever took part at any post since the
    matter was last taken up anew.
    """
    kind = kind_named(matter.kind)
    steps = [step for step in steps_since(matter, kind.begins_anew) if step.act in kind.carries_out]
    ids = {pk for step in steps for pk in (step.decider_id, step.recorder_id) if pk is not None}
    names = dict(_names(*sorted(ids))) if ids else {}
    return DoneBy(executing_units(matter), frozenset(ids), names)


def steps_since(matter: Matter, acts: Iterable[str]) -> list[Step]:
    """The steps from the last of these acts on; all of them where there was none."""
    steps, sought = _steps(matter.pk), frozenset(acts)
    begins = [place for place, step in enumerate(steps) if step.act in sought]
    return steps[begins[-1] :] if begins else steps


@compiled
def _steps(matter_id: int) -> QuerySet[Step]:
    return Step.objects.filter(matter_id=matter_id).order_by("matter_version")


@compiled
def _names(*ids: int) -> QuerySet[Person, tuple[Any, ...]]:
    return Person.objects.filter(pk__in=ids).values_list("pk", "full_name")


def executing_units(matter: Matter) -> tuple[Unit, ...]:
    """The units named for carrying the work out."""
    parties = [each for each in matter_parties(matter) if each.role in CARRYING_OUT]
    return units_of({each.organisation_id for each in parties if each.organisation_id is not None})


def units_of(ids: Iterable[int]) -> tuple[Unit, ...]:
    """These organisations as the rules see them."""
    ids = set(ids)
    return tuple(as_unit(each) for each in _organisations(*sorted(ids))) if ids else ()


@compiled
def _organisations(*ids: int) -> QuerySet[Organisation]:
    return Organisation.objects.select_related("unit").filter(pk__in=ids).order_by("pk")


NEEDS: dict[str, Need] = {
    GROUNDS: _grounds,
    NUMBER: _number,
    ON_SITE: _visit,
    INDEPENDENT: _independent,
    EVIDENCE: _evidence,
    DEADLINE: _deadline,
    NEW_DEADLINE: partial(_deadline, code=NEW_DEADLINE),
    LATER: _later,
}
"""A kind takes these along: `needs={**needs.NEEDS, …}`."""
BROUGHT = frozenset(
    {
        GROUNDS,
        NUMBER,
        ON_SITE,
        DEADLINE,
        NEW_DEADLINE,
        LATER,
    }
)
"""Which of them an act's own form asks for."""
