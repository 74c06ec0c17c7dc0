"""Who may see and do what in the register?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qingshan.office.accounts.access import branches, scoped
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.models import (
    ApprovedPlan,
    Document,
    ExternalReference,
    Facility,
    LandUse,
    Likeness,
    Mine,
    MiningRight,
    Patch,
    ResponsibleParty,
    Site,
)
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence


def _import_of(kind: str, zh: str) -> Act:
    """The act that lets a file of one kind in."""
    return Act(
        code=f"mines.import_{kind.replace(' ', '_')}",
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
IMPORT_RIGHTS = _import_of("rights", "采矿权")
IMPORT_LAND_USES = _import_of("land uses", "临时用地")
IMPORT_FACILITIES = _import_of("facilities", "矿山设施")
REGISTER = Act(
    code="mines.register",
    duty=Duty.REGISTRY,
    title=Sentence(zh="登记", en="Register"),
    sentence=Sentence(zh="登记{what}“{about}”", en="Registered “{about}” ({what_en})"),
)
CORRECT = Act(
    code="mines.correct",
    duty=Duty.REGISTRY,
    title=Sentence(zh="更正登记", en="Correct an entry of the register"),
    sentence=Sentence(zh="更正{what}“{about}”的登记内容", en="Corrected the entry “{about}” ({what_en})"),
)
FILE_DOCUMENT = Act(
    code="mines.file_document",
    duty=Duty.REGISTRY,
    title=Sentence(zh="归入文件", en="File a document"),
    sentence=Sentence(
        zh="将文件“{title}”归入“{about}”的档案", en="Filed “{title}” in the dossier of “{about}”"
    ),
)
REGISTER_PLAN = Act(
    code="mines.register_plan",
    duty=Duty.REGISTRY,
    title=Sentence(zh="登记方案", en="Register an approved plan"),
    sentence=Sentence(
        zh="登记“{about}”的{kind}“{title}”，批准文号 {number}",
        en="Registered the plan “{title}” of “{about}”, {number}",
    ),
)
IMPORT_EXTENTS = Act(
    code="mines.import_extents",
    duty=Duty.REGISTRY,
    title=Sentence(zh="导入方案范围", en="Import extents of plans"),
    sentence=Sentence(
        zh="从“{file}”导入方案范围：录入 {changed}，不变 {unchanged}，退回 {refused}",
        en="Imported extents of plans from “{file}”: {changed} recorded, {unchanged} unchanged, {refused} refused",
    ),
)
DETERMINE = Act(
    code="mines.determine_responsible_party",
    duty=Duty.LEAD,
    title=Sentence(zh="认定责任主体", en="Determine the responsible party"),
    sentence=Sentence(
        zh="认定“{about}”的责任主体为“{organisation}”（{circumstance}），认定文号 {number}，{decided_on}",
        en="Determined that “{organisation}” answers for “{about}” ({circumstance}), {number}, {decided_on}",
    ),
)
NOTE_REFERENCE = Act(
    code="mines.note_reference",
    duty=Duty.REGISTRY,
    title=Sentence(zh="登记外部系统编号", en="Note a number in another system"),
    sentence=Sentence(
        zh="登记“{about}”在“{system}”中的编号 {number}",
        en="Noted that “{system}” knows “{about}” as {number}",
    ),
)
FIND_LIKENESS = Act(
    code="mines.find_likeness",
    duty=None,
    title=Sentence(zh="查找疑似同一矿山", en="Look for mines that may be one"),
    sentence=Sentence(
        zh="列出 {pairs} 对疑似同一矿山，存疑待核",
        en="Listed {pairs} pairs of mines that may be one, to be checked",
    ),
)
TELL_APART = Act(
    code="mines.tell_apart",
    duty=Duty.REGISTRY,
    title=Sentence(zh="认定不是同一矿山", en="Tell two mines apart"),
    sentence=Sentence(
        zh="认定“{first}”与“{second}”不是同一矿山：{reason}",
        en="Decided that “{first}” and “{second}” are not the same mine: {reason}",
    ),
)
MERGE = Act(
    code="mines.merge_mines",
    duty=Duty.REGISTRY,
    title=Sentence(zh="合并矿山", en="Merge two entries of one mine"),
    sentence=Sentence(
        zh="将“{absorbed}”并入“{kept}”，一并转入 {moved} 项：{reason}",
        en="Merged “{absorbed}” into “{kept}” with {moved} things that hang on it: {reason}",
    ),
)
UNDO_MERGE = Act(
    code="mines.undo_merge",
    duty=Duty.REGISTRY,
    title=Sentence(zh="撤销合并", en="Undo a merger"),
    sentence=Sentence(
        zh="撤销将“{absorbed}”并入“{kept}”，退回 {moved} 项：{reason}",
        en="Undid the merger of “{absorbed}” into “{kept}”, {moved} things went back: {reason}",
    ),
)
ACTS = (
    IMPORT_MINES,
    IMPORT_SITES,
    IMPORT_PATCHES,
    IMPORT_RIGHTS,
    IMPORT_LAND_USES,
    IMPORT_FACILITIES,
    REGISTER,
    CORRECT,
    FILE_DOCUMENT,
    REGISTER_PLAN,
    IMPORT_EXTENTS,
    DETERMINE,
    NOTE_REFERENCE,
    FIND_LIKENESS,
    TELL_APART,
    MERGE,
    UNDO_MERGE,
)


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


_OF_A_MINE = {
    "enterprise": "enterprise_id",
    "recorded_by": "recorded_by_id",
    "assigned_kind": "mines.mine",
    "assigned_id": "mine_id",
}
_PAPER = {"enterprise": "enterprise_id", "assigned_kind": "mines.mine", "assigned_id": "mine_id"}
PATHS: dict[type[Model], dict[str, Any]] = {
    Mine: {"enterprise": "enterprise_id", "recorded_by": "recorded_by_id", "assigned_kind": "mines.mine"},
    Site: {"enterprise": "enterprise_id", "recorded_by": "recorded_by_id", "assigned_kind": "mines.site"},
    Patch: {"enterprise": "site__enterprise_id", "assigned_kind": "mines.site", "assigned_id": "site_id"},
    MiningRight: _OF_A_MINE,
    LandUse: _OF_A_MINE,
    Facility: _OF_A_MINE,
    Document: _PAPER,
    ApprovedPlan: _PAPER,
    ResponsibleParty: _PAPER,
    ExternalReference: {},
    Organisation: {"enterprise": "pk"},
    Likeness: {},
}

CATEGORY_FIELD: dict[type[Model], str] = {
    Mine: "state",
    Site: "kind",
    Patch: "kind",
    MiningRight: "state",
    LandUse: "purpose",
    Facility: "kind",
}
"""By which field each list is divided into chips, and tallied."""
WHAT: dict[type[Model], str] = {
    Mine: "mine",
    Site: "site",
    Patch: "patch",
    MiningRight: "right",
    LandUse: "land_use",
    Facility: "facility",
}
"""Under which word each model is tallied."""
ENDED_BY: dict[type[Model], str] = {Patch: "to_on", LandUse: "returned_on"}
"""The day after which a row's land no longer counts."""
