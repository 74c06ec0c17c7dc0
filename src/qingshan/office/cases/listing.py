"""What can stand in a column of 整改台账 and 信访转办 beside what every matter shows, and what stands above them?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.exchange.columns import Choice, Column
from qingshan.office.accounts.actors import Actor
from qingshan.office.cases import columns, leaving
from qingshan.office.cases.access import REGISTER
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.models import Case, Petition
from qingshan.office.matters import listing
from qingshan.office.matters.folder import Link
from qingshan.office.matters.ledgers import Look
from qingshan.office.matters.listing import Listing, common_columns, head_of, term, text, value
from qingshan.office.matters.models import Measure, Plan
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.matters.on_map import map_link
from qingshan.office.showing import Shown, html, unknown
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.matters import Channel, ProblemKind

LONGEST_TARGET = 60
"""Of a target no more is shown in a row; the rest stands in its tip, and in what leaves."""


# --- gathered beside the rows, each in one query until the next act ---------------------------------------


@holds_until_next_act
def _progress(keys: tuple[int, ...]) -> dict[int, Any]:
    """How many measures of the approved plan there are and how many are done."""
    measures = Measure.objects.filter(plan__matter_id__in=keys, plan__state=PlanState.APPROVED.value)
    counted = measures.values_list("plan__matter_id").annotate(all=Count("pk"), done=Count("done_on"))
    return {matter_id: (whole, done) for matter_id, whole, done in counted.order_by()}


@holds_until_next_act
def _targets(keys: tuple[int, ...]) -> dict[int, Any]:
    """What the newest plan wants that was neither sent back nor replaced."""
    gone = (PlanState.RETURNED.value, PlanState.REPLACED.value)
    plans = Plan.objects.filter(matter_id__in=keys).exclude(state__in=gone)
    return dict(plans.order_by("number").values_list("matter_id", "target"))


GATHERED = {**listing.GATHERED, "progress": _progress, "target": _targets}


@dataclass(frozen=True)
class Seen(listing.Seen):
    """A row of 整改台账 or 信访转办."""

    @property
    def target(self) -> str:
        return str(self.gathered.get("target", ""))

    @property
    def progress(self) -> str:
        found = self.gathered.get("progress")
        return _("%(done)s / %(all)s 项") % {"done": found[1], "all": found[0]} if found else ""

    @cached_property
    def case(self) -> Case | None:
        return getattr(self.matter, "case", None)

    @cached_property
    def petition(self) -> Petition | None:
        return getattr(self.matter, "petition", None)


# --- cells --------------------------------------------------------------------------------------------------


def _target(row: Seen, language: str) -> str:
    if not row.target:
        return unknown(_("还没有整改方案"))
    if len(row.target) <= LONGEST_TARGET:
        return row.target
    return html('<span title="{}">{}…</span>', row.target, row.target[: LONGEST_TARGET - 1])


# --- columns ------------------------------------------------------------------------------------------------


_OWN = columns.CASES.by_name
_COMMON = common_columns(
    _OWN["key"],
    {
        "unit": _OWN["answering"],
        **{name: _OWN[name] for name in ("severity", "source", "source_number", "opened_on")},
    },
)
HEAD = head_of(gettext_lazy("问题"), name="problem_head", key=_OWN["key"], called=_OWN["name"])
"""Always there, in this order."""

_PROBLEM_KIND = Shown(
    "problem",
    gettext_lazy("问题类型"),
    term("case.problem", ProblemKind),
    beside=("case",),
    leaves_as=((_OWN["problem"], "case.problem"),),
)
_POLLUTION = Shown(
    "pollution",
    gettext_lazy("污染类型"),
    value("petition.pollution", gettext_lazy("没有填报")),
    beside=("petition",),
    leaves_as=((columns.PETITIONS.by_name["pollution"], "petition.pollution"),),
)
_CHANNEL = Shown(
    "channel",
    gettext_lazy("来件方式"),
    term("petition.channel", Channel),
    beside=("petition",),
    leaves_as=((Column("channel", "来件方式", "Channel", type=Choice(Channel)), "petition.channel"),),
)
_PROGRESS = Shown(
    "progress",
    gettext_lazy("措施完成"),
    value("progress", gettext_lazy("还没有批准的方案")),
    fields=("progress",),
    is_number=True,
    leaves_as=((text("measures_done", "措施完成", "Measures done"), "progress"),),
)
_TARGET = Shown(
    "target",
    gettext_lazy("整改目标"),
    _target,
    fields=("target",),
    leaves_as=((_OWN["target"], "target"),),
)
_FIRST = ("state", "due_on", "unit", "turn")
_PLACE = ("number", "region", "mine", "enterprise")
_ORIGIN = ("severity", "source", "source_number", "opened_on", "closed_on", "days_left")


def _columns_of(*own: Shown) -> dict[str, Shown]:
    """What all matters can show, with what is asked of these beside it."""
    found = (
        *(_COMMON[name] for name in _FIRST),
        _PROGRESS,
        *(_COMMON[name] for name in _PLACE),
        *own,
        *(_COMMON[name] for name in _ORIGIN),
        _TARGET,
        _COMMON["late_entry"],
    )
    return {each.name: each for each in found}


USUAL = ("state", "due_on", "unit", "turn", "progress")
"""The columns that are shown until somebody chooses others."""


# --- what stands above a ledger -----------------------------------------------------------------------------


def _buttons_of_cases(actor: Actor, look: Look, here: str) -> list[Link]:
    return [
        *_shared(look, here),
        Link(_("导出可回填台账"), f"/cases/ledger.xlsx{here}"),
        Link(_("完成情况公示表"), f"/cases/completion.xlsx{here}"),
        *_registering(actor, _("登记问题"), "/cases/new/"),
    ]


def _buttons_of_petitions(actor: Actor, look: Look, here: str) -> list[Link]:
    return [*_shared(look, here), *_registering(actor, _("登记转办件"), "/petitions/new/")]


def _shared(look: Look, here: str) -> list[Link]:
    return [
        map_link(look),
        Link(_("存量与流量"), "/stock/"),
        Link(_("导出 xlsx"), f"{look.ledger.path}export.xlsx{here}"),
    ]


def _registering(actor: Actor, title: str, path: str) -> list[Link]:
    return [Link(title, path, filled=True)] if REGISTER.duty in actor.duties else []


OF_CASES = Listing(
    ledger=CASES,
    head=HEAD,
    columns=_columns_of(_PROBLEM_KIND),
    usual=USUAL,
    sheet=columns.CASES,
    whole=leaving.TABLES[CASES.path],
    row=Seen,
    gathered=GATHERED,
    buttons=_buttons_of_cases,
)
OF_PETITIONS = Listing(
    ledger=PETITIONS,
    head=HEAD,
    columns=_columns_of(_POLLUTION, _CHANNEL),
    usual=USUAL,
    sheet=columns.PETITIONS,
    whole=leaving.TABLES[PETITIONS.path],
    row=Seen,
    gathered=GATHERED,
    buttons=_buttons_of_petitions,
)
