"""Who may see problems and petitions, and who may register them?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qingshan.office.accounts.access import scoped
from qingshan.office.cases.models import (
    Case,
    Complainant,
    FindingsDocument,
    FindingsItem,
    Inspection,
    InspectionFinding,
    ItemCover,
    Objection,
    Petition,
    PublicNotice,
    StopOrder,
    StoppedMine,
    Urging,
)
from qingshan.office.matters.access import of_matter
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

Row = TypeVar("Row", bound=Model)


def _act(code: str, title: tuple[str, str], sentence: tuple[str, str]) -> Act:
    return Act(f"cases.{code}", Duty.REGISTRY, Sentence(*title), Sentence(*sentence))


REGISTER = _act(
    "register", ("登记问题", "Register a problem"), ("登记问题“{about}”{note}", "Registered “{about}” {note}")
)
REGISTER_FROM_CLUE = _act(
    "register_from_clue",
    ("图斑登记为问题", "Make a case of a clue"),
    ("图斑 {clue} 登记为问题“{about}”{note}", "Registered “{about}” from clue {clue} {note}"),
)
REGISTER_LATE = _act(
    "register_late",
    ("补录问题", "Enter a problem late"),
    ("补录问题“{about}”，现状 {state}", "Entered “{about}” late, standing at {state}"),
)
REGISTER_PETITION = _act(
    "register_petition",
    ("登记转办件", "Register a petition"),
    ("登记转办件“{about}”", "Registered the petition “{about}”"),
)
TAKE_IN_DOCUMENT = _act(
    "take_in_document",
    ("登记问题来文", "Take in a findings document"),
    ("登记问题来文“{about}”，拆分为 {items} 条", "Took in “{about}”, split into {items} items"),
)
DECIDE_ITEM = _act(
    "decide_item",
    ("来文条目不立项", "Decide that an item needs no case"),
    ("来文“{document}”第 {place} 条不立项：{note}", "Item {place} of “{document}” needs no case: {note}"),
)
REOPEN_ITEM = _act(
    "reopen_item",
    ("撤销不立项", "Take back that an item needs no case"),
    (
        "撤销来文“{document}”第 {place} 条的不立项（{formerly}）：{note}",
        "Took back that item {place} of “{document}” needs no case ({formerly}): {note}",
    ),
)
COVER_ITEM = _act(
    "cover_item",
    ("来文条目对应问题", "Tie a case to an item"),
    ("来文“{document}”第 {place} 条由“{about}”落实", "“{about}” covers item {place} of “{document}”"),
)
IMPORT_CASES = _act(
    "import_cases",
    ("导入整改台账", "Import a rectification ledger"),
    (
        "从“{file}”补录整改问题：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        "Imported cases from “{file}”: {created} created, {changed} changed, {unchanged} unchanged,"
        " {refused} refused",
    ),
)
IMPORT_PETITIONS = _act(
    "import_petitions",
    ("导入信访台账", "Import a petition ledger"),
    (
        "从“{file}”补录转办件：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        "Imported petitions from “{file}”: {created} created, {changed} changed, {unchanged} unchanged,"
        " {refused} refused",
    ),
)
OPEN_INSPECTION = _act(
    "open_inspection",
    ("开展联合检查", "Begin a joint inspection"),
    (
        "对“{mine}”开展联合检查，对照方案列出 {items} 项",
        "Began a joint inspection of “{mine}”: {items} items",
    ),
)
RECORD_FINDINGS = _act(
    "record_findings",
    ("登记检查情况", "Record what was found"),
    ("登记“{about}”的检查情况 {changed} 项", "Recorded {changed} items of “{about}”"),
)
RAISE_PROBLEM = _act(
    "raise_problem",
    ("检查发现转为问题", "Turn a finding into a problem"),
    ("“{about}”第 {place} 项转为问题“{problem}”", "Item {place} of “{about}” became the problem “{problem}”"),
)
DRAFT_STOP_ORDER = Act(
    "cases.draft_stop_order",
    Duty.DISPATCH,
    Sentence("拟停产决定", "Draft an order to stop"),
    Sentence("拟停产决定“{about}”，涉及矿山 {mines} 座", "Drafted the order “{about}” for {mines} mines"),
)
ISSUE_STOP_ORDER = Act(
    "cases.issue_stop_order",
    Duty.DISPATCH,
    Sentence("登记停产决定印发", "Note that an order to stop was issued"),
    Sentence("“{about}”于 {day} 印发，文号 {number}", "“{about}” was issued on {day}, {number}"),
)
LIFT_STOP_ORDER = Act(
    "cases.lift_stop_order",
    Duty.LEAD,
    Sentence("解除停产", "Lift an order to stop"),
    Sentence(
        "解除“{about}”对“{mine}”的停产，文号 {number}：{note}",
        "Lifted “{about}” for “{mine}”, {number}: {note}",
    ),
)
# no duty stands in the act: two duties may, as with papers
SEE_COMPLAINANT = Act(
    "cases.see_complainant",
    None,
    Sentence("查看信访人", "See a complainant"),
    Sentence("查看“{about}”的信访人，事由：{reason}", "Saw who sent “{about}”; reason: {reason}"),
)
SEES_COMPLAINANTS = (Duty.REGISTRY, Duty.DISPATCH)
"""Who may ask who complained, inside the area of the post, each time with a reason."""
ACTS = (
    DRAFT_STOP_ORDER,
    ISSUE_STOP_ORDER,
    LIFT_STOP_ORDER,
    SEE_COMPLAINANT,
    REGISTER,
    REGISTER_FROM_CLUE,
    REGISTER_LATE,
    REGISTER_PETITION,
    TAKE_IN_DOCUMENT,
    DECIDE_ITEM,
    REOPEN_ITEM,
    COVER_ITEM,
    IMPORT_CASES,
    IMPORT_PETITIONS,
    OPEN_INSPECTION,
    RECORD_FINDINGS,
    RAISE_PROBLEM,
)


PATHS: dict[type[Model], dict[str, Any]] = {
    Case: of_matter("matter"),
    Petition: of_matter("matter"),
    PublicNotice: of_matter("matter"),
    Objection: of_matter("notice__matter"),
    Urging: of_matter("matter"),
    StopOrder: {},
    # whoever answers for the mine sees its row, also of an order that a level above drafted for several counties;
    # of an enterprise see `visible_to`
    StoppedMine: {"region": "mine__region_id"},
    ItemCover: of_matter("matter"),
    FindingsDocument: {},
    FindingsItem: {"region": "document__region_id"},
    Inspection: {"enterprise": "mine__enterprise_id"},
    InspectionFinding: {
        "region": "inspection__region_id",
        "enterprise": "inspection__mine__enterprise_id",
    },
    # by region alone: there is no way to it for an enterprise or an expert
    Complainant: {},
}


def visible_to(queryset: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """What the actor may see. Drafts of orders to stop are the offices' own: an enterprise sees what was issued."""
    if queryset.model is StoppedMine and is_served(actor):
        own = scoped(queryset, actor, region=None, enterprise="mine__enterprise_id")
        return own.filter(order__decided_on__isnull=False)
    return scoped(queryset, actor, **PATHS[queryset.model])


def is_served(actor: ActorLike) -> bool:
    """Whether orders to stop are read as the enterprise on which they are served, not as an office."""
    return Duty.ENTERPRISE in actor.duties and not actor.region_ranges


def whole_of(model: type[Row]) -> Callable[[ActorLike], QuerySet[Row]]:
    """All that an actor may see of one model."""
    return lambda actor: visible_to(model._default_manager.all(), actor)
