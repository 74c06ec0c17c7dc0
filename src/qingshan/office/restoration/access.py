"""Who may see projects, lists and land, and which acts concern them beside those of the flow table?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from qingshan.office.accounts.access import branches, scoped
from qingshan.office.matters.access import of_matter
from qingshan.office.regions.ranges import ids_above
from qingshan.office.restoration.models import (
    LandMove,
    LandParcel,
    ListedSite,
    ListMove,
    ProjectSite,
    RestorationProject,
    TargetList,
)
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.land import LINES, LandAct
from qingshan.rules.reasons import Sentence

Row = TypeVar("Row", bound=Model)


def _act(code: str, duty: Duty, title: tuple[str, str], sentence: tuple[str, str]) -> Act:
    return Act(f"restoration.{code}", duty, Sentence(*title), Sentence(*sentence))


REGISTER = _act(
    "register_project",
    Duty.REGISTRY,
    ("登记修复项目", "Register a restoration project"),
    ("登记修复项目“{about}”，点位 {sites} 处", "Registered the project “{about}” on {sites} sites"),
)
CREATE_LIST = _act(
    "create_list",
    Duty.REGISTRY,
    ("建立修复清单", "Open a list of targets"),
    ("建立修复清单“{about}”，下达文号 {number}", "Opened the list “{about}”, {number}"),
)
CORRECT_LIST = _act(
    "correct_list",
    Duty.REGISTRY,
    ("更正清单登记", "Correct the entry of a list"),
    ("更正清单“{about}”的登记：{note}", "Corrected the entry of the list “{about}”: {note}"),
)
MOVE_IN = _act(
    "move_in",
    Duty.REVIEW,
    ("调入清单", "Move sites into a list"),
    (
        "凭 {number}（{day}）将 {sites} 处、{area_ha} 公顷调入“{about}”",
        "By {number} of {day}, {sites} sites and {area_ha} ha came into “{about}”",
    ),
)
MOVE_OUT = _act(
    "move_out",
    Duty.REVIEW,
    ("调出清单", "Move a site out of a list"),
    (
        "凭 {number}（{day}）将“{site}”调出“{about}”，目标减少 {area_ha} 公顷：{note}",
        "By {number} of {day}, “{site}” left “{about}”, {area_ha} ha less to do: {note}",
    ),
)
TAKE_BACK = _act(
    "take_back",
    Duty.REVIEW,
    ("撤销完成认定", "Take back an acceptance"),
    (
        "凭 {number}（{day}）撤销“{about}”中“{site}”的完成认定，完成减少 {area_ha} 公顷：{note}",
        "By {number} of {day}, “{site}” of “{about}” counts as restored no more, {area_ha} ha less: {note}",
    ),
)
IMPORT_LISTED = _act(
    "import_listed_sites",
    Duty.REGISTRY,
    ("导入入账点位", "Import listed sites"),
    (
        "从“{file}”导入入账点位：新增 {created}，补录验收 {changed}，不变 {unchanged}，退回 {refused}",
        "Imported listed sites from “{file}”: {created} created, {changed} acceptances counted, {unchanged} unchanged,"
        " {refused} refused",
    ),
)
LAND_ACTS = tuple(
    Act(
        line.act.value,
        line.duty,
        line.act.sentence,
        Sentence(
            zh=f"{line.act.zh}：“{{mine}}”的“{{about}}” {{area_ha}} 公顷{{note}}",
            en=f"{line.act.en.capitalize()}: {{area_ha}} ha of “{{about}}” at “{{mine}}” {{note}}",
        ),
    )
    for line in LINES
)
CORRECT_LAND = Act(
    LandAct.CORRECT.value,
    Duty.REGISTRY,
    LandAct.CORRECT.sentence,
    Sentence(
        zh="更正登记损毁：“{old_mine}”的“{about}”由 {old_area_ha} 公顷更正为“{mine}” {area_ha} 公顷：{note}",
        en="Corrected disturbed land: “{about}” of “{old_mine}”, {old_area_ha} ha, is {area_ha} ha of “{mine}”: {note}",
    ),
)
LAND_ACT = {act.code: act for act in LAND_ACTS}
ACTS = (
    REGISTER,
    CREATE_LIST,
    CORRECT_LIST,
    MOVE_IN,
    MOVE_OUT,
    TAKE_BACK,
    IMPORT_LISTED,
    *LAND_ACTS,
    CORRECT_LAND,
)


PATHS: dict[type[Model], dict[str, Any]] = {
    RestorationProject: of_matter("matter"),
    ProjectSite: of_matter("project__matter"),
    ListedSite: {"enterprise": "site__enterprise_id"},
    ListMove: {"enterprise": "listed__site__enterprise_id"},
    LandParcel: {"enterprise": "mine__enterprise_id"},
    LandMove: {"enterprise": "mine__enterprise_id"},
}


def visible_to(queryset: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """Rows that the actor may see: of the region, of the own enterprise, or of a matter that was assigned."""
    return scoped(queryset, actor, **PATHS[queryset.model])


def branches_for(queryset: QuerySet[Row], actor: ActorLike) -> tuple[QuerySet[Row], ...]:
    """The same rows, one queryset for each index."""
    return branches(queryset, actor, **PATHS[queryset.model])


def whole_of(model: type[Row]) -> Callable[[ActorLike], QuerySet[Row]]:
    """All that an actor may see of one model."""
    return lambda actor: visible_to(model._default_manager.all(), actor)


def lists_visible_to(actor: ActorLike) -> QuerySet[TargetList]:
    """Lists of the actor's area, and those of the regions above it: their targets were handed down."""
    seen = Q(pk__in=[])
    for low, high in actor.region_ranges:
        seen |= Q(region_id__gte=low, region_id__lte=high) | Q(region_id__in=ids_above(low))
    return TargetList.objects.filter(seen)
