"""How do the extents of approved plans come in: one shape for each plan that the register holds already?"""

from __future__ import annotations

from collections.abc import Sequence

from qingshan.exchange.columns import Code, Column, Text
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known
from qingshan.office.mines import actions
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.columns.looking_up import said
from qingshan.office.mines.models import ApprovedPlan
from qingshan.office.regions.ranges import inside
from qingshan.rules.reasons import Sentence

MINE = Column(
    "mine",
    "矿山编号",
    "Mine number",
    aliases=("所属矿山编号", "矿山代码"),
    type=Code(limit=120),
    required=True,
)
NUMBER = Column(
    "number",
    "批准文号",
    "Approval",
    aliases=("方案批准文号", "批复文号"),
    type=Text(limit=120),
    required=True,
)


def resolve(context: Context, drafts: Sequence[Draft]) -> None:
    """Which plan a row means: the newest of its mine with this approval; it must be registered before its extent."""
    plans = _plans(context, drafts)
    for draft in drafts:
        mine, number = draft.values.get("mine") or "", draft.values.get("number") or ""
        found = plans.get((mine, number))
        if found is None:
            draft.refuse("mines.no_such_plan", field="number", column=NUMBER.zh, value=number, mine=mine)
        elif not inside(found.region_id, context.actor.region_ranges):
            draft.refuse("mines.out_of_area", field="mine", column=MINE.zh, value=mine)
        else:
            draft.values["region_id"] = found.region_id


def _plans(context: Context, drafts: Sequence[Draft]) -> dict[Key, ApprovedPlan]:
    rows = ApprovedPlan.objects.filter(
        mine__key__in=said(drafts, "mine"), number__in=said(drafts, "number"), replaced_by=None
    )
    seen = visible_to(rows, context.actor).select_related("mine").order_by("pk")
    return {(plan.mine.key, plan.number): plan for plan in seen if plan.mine}


def existing(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """The plans behind the rows. They have no version: whoever brings an extent last is right."""
    by_key = {draft.key: draft for draft in drafts if draft.key}
    wanted = list(by_key)
    rows = ApprovedPlan.objects.filter(
        mine__key__in=[key[0] for key in wanted], number__in=[key[1] for key in wanted], replaced_by=None
    )
    found: dict[Key, Known] = {}
    for plan in visible_to(rows, context.actor).select_related("mine").order_by("pk"):
        if plan.mine and (draft := by_key.get((plan.mine.key, plan.number))):
            same = {"mine": plan.mine.key, "number": plan.number}
            found[draft.key] = Known(plan.pk, 1, same, plan.geom)
    return found


EXTENTS = Kind(
    code="plan-extents",
    title=Sentence(zh="方案范围", en="Extents of plans"),
    columns=(MINE, NUMBER),
    key=("mine", "number"),
    geometry="polygon",
    geometry_required=True,
    resolve=resolve,
    existing=existing,
    apply=actions.import_extents,
)
