"""Who may see and do what in the register?"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from qingshan.office.accounts.access import branches, scoped
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

IMPORT_MINES = Act(
    code="mines.import_mines",
    duty=Duty.REGISTRY,
    title=Sentence(zh="导入矿山", en="Import mines"),
    sentence=Sentence(
        zh="从“{file}”导入矿山：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        en="Imported mines from “{file}”: {created} created, {changed} changed, {unchanged} unchanged,"
        " {refused} refused",
    ),
)
IMPORT_SITES = Act(
    code="mines.import_sites",
    duty=Duty.REGISTRY,
    title=Sentence(zh="导入点位", en="Import sites"),
    sentence=Sentence(
        zh="从“{file}”导入点位：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        en="Imported sites from “{file}”: {created} created, {changed} changed, {unchanged} unchanged,"
        " {refused} refused",
    ),
)
IMPORT_PATCHES = Act(
    code="mines.import_patches",
    duty=Duty.REGISTRY,
    title=Sentence(zh="导入图斑", en="Import patches"),
    sentence=Sentence(
        zh="从“{file}”导入图斑：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        en="Imported patches from “{file}”: {created} created, {changed} changed, {unchanged} unchanged,"
        " {refused} refused",
    ),
)
ACTS = (IMPORT_MINES, IMPORT_SITES, IMPORT_PATCHES)


def visible_to(queryset: QuerySet[Any], actor: ActorLike) -> QuerySet[Any]:
    """Mines or sites that the actor may see: of the region, of the own organisation, or assigned."""
    return scoped(queryset, actor, **_paths(queryset))


def branches_for(queryset: QuerySet[Any], actor: ActorLike) -> tuple[QuerySet[Any], ...]:
    """The same rows as `visible_to`, one queryset for each index, for lists that are merged page by page."""
    return branches(queryset, actor, **_paths(queryset))


def _paths(queryset: QuerySet[Any]) -> dict[str, Any]:
    kind = queryset.model._meta.label_lower
    if kind == "mines.patch":
        return {"organisation": ("site__enterprise_id",), "assigned_kind": "mines.site", "assigned_id": "site_id"}
    return {"organisation": ("enterprise_id",), "recorded_by": "recorded_by_id", "assigned_kind": kind}
