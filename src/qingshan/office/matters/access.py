"""Who may see a matter, and who may take which step?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qingshan.office.accounts.access import branches, require, scoped
from qingshan.office.accounts.models import Organisation
from qingshan.office.compiled import compiled
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.models import (
    Doubt,
    DueChange,
    Evidence,
    Matter,
    MatterParty,
    Measure,
    Plan,
    PlanCover,
    Stage,
    Step,
)
from qingshan.office.regions.permission import names_of
from qingshan.office.trail.acts import Act, act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.flow import Transition
from qingshan.rules.independence import Unit
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import OrganisationKind, RegionLevel
from qingshan.rules.roles import DOES_THE_WORK

Row = TypeVar("Row", bound=Model)

ANSWER_DOUBT = Act(
    "matters.answer_doubt",
    Duty.REVIEW,
    Sentence("核实存疑", "Answer a doubt"),
    Sentence(
        "核实“{about}”的存疑（{doubt}）：{outcome}，{note}",
        "Answered a doubt about “{about}”: {outcome}, {note}",
    ),
)


def at_work_for_others(organisation_ids: Sequence[int]) -> QuerySet[MatterParty, Any]:
    """The matters on which these enterprises work though none of them is concerned."""
    own = MatterParty.objects.filter(organisation_id__in=organisation_ids, role__in=DOES_THE_WORK, to_on=None)
    return own.exclude(matter__enterprise_id__in=organisation_ids).values("matter_id")


_MATTER: dict[str, Any] = {
    "enterprise": "enterprise_id",
    "recorded_by": "recorded_by_id",
    "assigned_kind": "matters.matter",
    "takes_part": at_work_for_others,
}


def of_matter(path: str) -> dict[str, Any]:
    """A row that hangs on a matter is seen by whoever sees the matter."""
    return {
        "region": f"{path}__region_id",
        "enterprise": f"{path}__enterprise_id",
        "recorded_by": f"{path}__recorded_by_id",
        "assigned_kind": "matters.matter",
        "assigned_id": f"{path}_id",
        "takes_part": at_work_for_others,
    }


PATHS: dict[type[Model], dict[str, Any]] = {
    Matter: _MATTER,
    Step: of_matter("matter"),
    MatterParty: of_matter("matter"),
    DueChange: of_matter("matter"),
    Plan: of_matter("matter"),
    PlanCover: of_matter("plan__matter"),
    Stage: of_matter("plan__matter"),
    Measure: of_matter("plan__matter"),
    Evidence: of_matter("matter"),
    Doubt: of_matter("matter"),
}


def visible_to(queryset: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """Matters, and what hangs on them, that the actor may see."""
    return scoped(queryset, actor, **PATHS[queryset.model])


def branches_for(queryset: QuerySet[Row], actor: ActorLike) -> tuple[QuerySet[Row], ...]:
    """The same rows, one queryset for each index, for lists that are merged page by page."""
    return branches(queryset, actor, **PATHS[queryset.model])


def whole_of(model: type[Row]) -> Callable[[ActorLike], QuerySet[Row]]:
    """All that an actor may see of one model."""
    return lambda actor: visible_to(model._default_manager.all(), actor)


def require_step(actor: ActorLike, line: Transition, matter: Matter) -> None:
    """NotAllowed: the decider lacks the duty, the part in the matter or the level that the line asks for, or the
    matter lies outside the area of the post.
    """
    own = [each for each in matter_parties(matter) if each.organisation_id in actor.organisation_ids]
    theirs = own[0].organisation_id if own else matter.enterprise_id
    require(actor, line.act, region_id=matter.region_id, organisation_id=theirs)
    if line.by and not {each.role for each in own} & set(line.by):
        roles = ("、".join(role.zh for role in line.by), ", ".join(role.en for role in line.by))
        raise NotAllowed.because(
            "matters.no_part", **names_of(act(line.act)), roles=roles[0], roles_en=roles[1]
        )
    if line.level is not None:
        require_level(actor, line.act, RegionLevel(str(line.level)))


def require_level(actor: ActorLike, act_code: str, level: RegionLevel) -> None:
    """NotAllowed: the act is for a unit at another level than the decider's."""
    unit = unit_of(actor)
    if unit is None or unit.level != level:
        raise NotAllowed.because(
            "matters.other_level", **names_of(act(act_code)), level=level.zh, level_en=level.en
        )


def matter_parties(matter: Matter) -> list[MatterParty]:
    """Who has which part now."""
    read = getattr(matter, "_prefetched_objects_cache", {}).get("parties")
    return [each for each in (_parties(matter.pk) if read is None else read) if each.to_on is None]


@compiled
def _parties(matter_id: int) -> QuerySet[MatterParty]:
    return MatterParty.objects.filter(matter_id=matter_id).order_by("pk")


def unit_of(actor: ActorLike) -> Unit | None:
    """The decider's organisation as the rules see it: a division counts as its unit."""
    if actor.decider.organisation_id is None:
        return None
    (own,) = _organisation_and_unit(actor.decider.organisation_id)
    pk, name, kind, level = own[4:] if own[4] is not None else own[:4]
    return Unit(pk, name, OrganisationKind(kind), RegionLevel(level) if level else None)


@compiled
def _organisation_and_unit(organisation_id: int) -> QuerySet[Organisation, tuple[Any, ...]]:
    columns = ("pk", "name", "kind", "level")
    rows = Organisation.objects.filter(pk=organisation_id)
    return rows.values_list(*columns, *(f"unit__{column}" for column in columns))


def own_unit(actor: ActorLike) -> Organisation | None:
    """The same organisation as a row, to be named for a part; None for nobody in particular."""
    if actor.decider.organisation_id is None:
        return None
    (own,) = _organisation(actor.decider.organisation_id)
    return own.unit or own


@compiled
def _organisation(organisation_id: int) -> QuerySet[Organisation]:
    return Organisation.objects.select_related("unit").filter(pk=organisation_id)


def as_unit(organisation: Organisation) -> Unit:
    """An organisation as the rules see it."""
    unit = organisation.unit or organisation
    level = RegionLevel(unit.level) if unit.level else None
    return Unit(unit.pk, unit.name, OrganisationKind(unit.kind), level)


__all__ = [
    "ANSWER_DOUBT",
    "PATHS",
    "as_unit",
    "at_work_for_others",
    "branches_for",
    "matter_parties",
    "of_matter",
    "own_unit",
    "require_level",
    "require_step",
    "unit_of",
    "visible_to",
    "whole_of",
]
