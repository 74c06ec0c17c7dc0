"""Who may see and do what in the register?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qingshan.office.accounts.access import branches, scoped
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence


def _import_of(kind: str, zh: str) -> Act:
    """The act that lets a file of mines, sites or patches in."""
    return Act(
        code=f"mines.import_{kind}",
        duty=Duty.REGISTRY,
        title=Sentence(zh=f"导入{zh}", en=f"Import {kind}"),
        sentence=Sentence(
            zh=f"从“{{file}}”导入{zh}：新增 {{created}}，更新 {{changed}}，不变 {{unchanged}}，退回 {{refused}}",
            en=f"Imported {kind} from “{{file}}”: {{created}} created, {{changed}} changed,"
            " {unchanged} unchanged, {refused} refused",
        ),
    )


IMPORT_MINES = _import_of("mines", "矿山")
IMPORT_SITES = _import_of("sites", "点位")
IMPORT_PATCHES = _import_of("patches", "图斑")
ACTS = (IMPORT_MINES, IMPORT_SITES, IMPORT_PATCHES)


Row = TypeVar("Row", bound=Model)


def visible_to(queryset: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """Mines, sites or patches that the actor may see: of the region, of the own enterprise, or assigned."""
    return scoped(queryset, actor, **PATHS[queryset.model])


def whole_of(model: type[Row]) -> Callable[[ActorLike], QuerySet[Row]]:
    """All that an actor may see of one model, for those who only know that there are objects."""
    return lambda actor: visible_to(model._default_manager.all(), actor)


def branches_for(queryset: QuerySet[Row], actor: ActorLike) -> tuple[QuerySet[Row], ...]:
    """The same rows, one queryset for each index (the regions first), for lists that are merged page by page."""
    return branches(queryset, actor, **PATHS[queryset.model])


PATHS: dict[type[Model], dict[str, Any]] = {
    Mine: {"enterprise": "enterprise_id", "recorded_by": "recorded_by_id", "assigned_kind": "mines.mine"},
    Site: {"enterprise": "enterprise_id", "recorded_by": "recorded_by_id", "assigned_kind": "mines.site"},
    Patch: {"enterprise": "site__enterprise_id", "assigned_kind": "mines.site", "assigned_id": "site_id"},
}

CATEGORY_FIELD: dict[type[Model], str] = {Mine: "state", Site: "kind", Patch: "kind"}
"""By which field each list is divided into chips, and tallied."""
WHAT: dict[type[Model], str] = {Mine: "mine", Site: "site", Patch: "patch"}
"""Under which word each model is tallied."""
