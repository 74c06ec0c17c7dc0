"""What does the page of one problem, petition or lasting task show to a reader on a day?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qingshan.office.cases.access import visible_to
from qingshan.office.cases.answers import answered
from qingshan.office.cases.closing import closing_facts, running_notice
from qingshan.office.cases.complainants import complainant_of
from qingshan.office.cases.facts import asked_levels, current_plan, signed_levels
from qingshan.office.cases.helping import helps_with
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.models import FindingsItem, Objection
from qingshan.office.cases.printing import PRINTING
from qingshan.office.cases.similar import similar_to
from qingshan.office.cases.stops import AtMine, at_mine
from qingshan.office.cases.way import way_of
from qingshan.office.cases.wording import FACTS, fact_value
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.folder import Link, Missing, Told, named_facts
from qingshan.office.matters.models import Matter, MatterParty, Plan
from qingshan.office.matters.way import Stop
from qingshan.office.observations.folder import FolderWithClaims
from qingshan.rules import closing
from qingshan.rules.flows.lasting import LastingAct
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.flows.rectification import ACCEPTED, FLOW, WORKED_ON, CaseAct, CaseState
from qingshan.rules.late_entries import ending_of
from qingshan.rules.matters import Channel, Finding, ProblemKind, Route, Severity, SourceKind
from qingshan.rules.reasons import Reason, say
from qingshan.rules.roles import THREE_DUTIES

SHOWS_WHAT_CLOSING_LACKS = frozenset({*WORKED_ON, *ACCEPTED, CaseState.IN_NOTICE})


class Folder(FolderWithClaims):
    """事项的全部: what problems, petitions and lasting tasks have beside what every matter has."""

    printing = PRINTING
    bound_in = frozenset({CaseState.APPLIED, *ACCEPTED, CaseState.IN_NOTICE, CaseState.CLOSED})
    bound_title = gettext_lazy("销号卷宗")
    sends_back = frozenset(
        {
            CaseAct.RETURN_PLAN,
            CaseAct.RETURN_ACCEPTANCE,
            CaseAct.STOP_NOTICE,
            CaseAct.REOPEN,
            CaseAct.REOPEN_AFTER_RELAPSE,
            LastingAct.RETURN_PLAN,
            LastingAct.FAIL,
            PetitionAct.RETURN,
        }
    )

    @staticmethod
    def crumbs_of(matter: Matter) -> tuple[tuple[str, str], ...]:
        ledger = PETITIONS if matter.kind in PETITIONS.kinds else CASES
        return ((str(ledger.title), ledger.path),)

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        return self.crumbs_of(self.matter)

    @property
    def is_petition(self) -> bool:
        return self.matter.kind in PETITIONS.kinds

    @property
    def related_papers(self) -> list[tuple[str, Link]]:
        """The plan in force."""
        plan = self.plan
        if plan is None:
            return []
        title = f"{plan.title} · {_('第 %(n)s 版') % {'n': plan.number}}"
        return [(_("整改方案"), Link(title, f"{self.path}plan/{plan.number}/"))]

    @property
    def shows_claims(self) -> bool:
        """Whether images may have been asked about it: problems, once work on them goes on."""
        is_problem = self.matter.kind == FLOW.kind
        return is_problem and super().shows_claims

    # -- how it stands ---------------------------------------------------------------------------------------

    @cached_property
    def stops(self) -> list[Stop]:
        """The step bar."""
        return way_of(self.matter, self.steps, on=self.on)

    @cached_property
    def facts(self) -> list[tuple[str, Any]]:
        """What was registered."""
        return [*self._common_facts(), *(self._petition_facts() if self.is_petition else self._case_facts())]

    def _common_facts(self) -> Iterator[tuple[str, Any]]:
        matter = self.matter
        yield _("行政区划"), matter.region.name
        yield _("矿山企业"), matter.enterprise.name if matter.enterprise else None
        yield _("来源"), SourceKind(matter.source).say(self.language)
        yield _("来源文号"), matter.source_number
        yield _("严重程度"), Severity(matter.severity).say(self.language)
        yield _("登记日期"), matter.opened_on.isoformat()

    def _case_facts(self) -> Iterator[tuple[str, Any]]:
        case = self.matter.case
        yield _("整改类型"), Route(case.route).say(self.language)
        yield _("问题类型"), ProblemKind(case.problem).say(self.language)
        yield _("发现日期"), case.found_on.isoformat() if case.found_on else None
        yield _("提出部门"), case.department
        levels = [level.say(self.language) for level in asked_levels(self.matter)]
        yield _("验收层级"), " → ".join(levels)
        yield _("问题描述"), case.description
        yield _("整改要求"), case.requirement

    def _petition_facts(self) -> Iterator[tuple[str, Any]]:
        """The official columns, as far as they are not above."""
        petition = self.matter.petition
        yield _("批次"), petition.batch
        yield _("来件方式"), Channel(petition.channel).say(self.language)
        yield _("污染类型"), petition.pollution
        yield _("交办问题基本情况"), petition.content
        yield _("调查核实情况"), petition.found
        yield _("是否属实"), Finding(petition.finding).say(self.language) if petition.finding else None
        yield _("处理和整改情况"), petition.handled
        yield _("回复情况"), petition.replied
        yield _("是否办结"), ending_of(self.matter.state_name).say(self.language)
        yield _("责任人被处理情况"), petition.accountability
        yield _("备注"), petition.note

    # -- what it lacks -----------------------------------------------------------------------------------------

    def helps(self, reason: Reason) -> str:
        return helps_with(reason.code, self.matter)

    @cached_property
    def closing_lacks(self) -> list[Missing]:
        """销号尚缺: listed long before anybody tries to close it."""
        if self.matter.kind != "rectification" or self.matter.state_name not in SHOWS_WHAT_CLOSING_LACKS:
            return []
        reasons = closing.missing(closing_facts(self.matter, on=self.on))
        return [Missing(say(reason, self.language), self.help_against(reason)) for reason in reasons]

    @property
    def closing_lacks_title(self) -> str:
        n = len(self.closing_lacks)
        return ngettext("销号尚缺 %(n)s 项", "销号尚缺 %(n)s 项", n) % {"n": n}

    # -- who answers -----------------------------------------------------------------------------------------

    @cached_property
    def duties(self) -> list[tuple[str, list[MatterParty]]]:
        """三个责任, each with whoever holds it now."""
        held = matter_parties(self.matter)
        return [
            (role.say(self.language), [each for each in held if each.role == role]) for role in THREE_DUTIES
        ]

    # -- the plan and the work -------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan | None:
        return None if self.is_petition else current_plan(self.matter)

    @cached_property
    def plans(self) -> list[Plan]:
        """Every version, the newest first."""
        return list(self.matter.plans.select_related("approved_by").order_by("-number"))

    @cached_property
    def stages(self) -> list[Any]:
        return list(self.plan.stages.order_by("place")) if self.plan else []

    @cached_property
    def measures(self) -> list[Any]:
        return list(self.plan.measures.select_related("stage").order_by("place")) if self.plan else []

    @cached_property
    def done(self) -> tuple[int, int]:
        """Measures that are done, of how many."""
        return sum(1 for each in self.measures if each.done_on), len(self.measures)

    @cached_property
    def questions(self) -> list[tuple[str, str]]:
        """四问 with the answers of the plan."""
        told = answered(self.plan, self.matter, self.measures) if self.plan else []
        return [(each.title, each.line) for each in told]

    # -- the public ------------------------------------------------------------------------------------------

    @cached_property
    def notices(self) -> list[Any]:
        return list(self.matter.notices.prefetch_related("objections").order_by("-id"))

    @cached_property
    def running_notice(self) -> Any:
        return running_notice(self.matter) if not self.is_petition else None

    @cached_property
    def objections(self) -> list[Objection]:
        return [each for notice in self.notices for each in notice.objections.all()]

    # -- what was decided ------------------------------------------------------------------------------------

    def facts_of(self, facts: dict[str, Any]) -> Iterable[tuple[str, Any]]:
        return named_facts(facts, FACTS, fact_value)

    @cached_property
    def decisions(self) -> list[Told]:
        """Enforcement, mechanism, evaluation, orders: what was noted beside the way, the newest of each."""
        found: dict[str, Told] = {}
        for told in self.told:
            if told.step.act in _NOTED:
                found.setdefault(told.step.act, told)
        return list(found.values())

    @cached_property
    def acceptances(self) -> list[Told]:
        """Who went on site, and when."""
        accepting = {CaseAct.ACCEPT_COUNTY, CaseAct.ACCEPT_CITY, CaseAct.ACCEPT_PROVINCE}
        return [
            told for told in self.told if told.step.act in accepting or "visitors" in (told.step.facts or {})
        ]

    @cached_property
    def levels(self) -> list[tuple[str, bool]]:
        """At which levels it must be accepted, and which have."""
        signed = signed_levels(self.matter)
        return [(level.say(self.language), level in signed) for level in asked_levels(self.matter)]

    @cached_property
    def stop_orders(self) -> list[AtMine]:
        """Orders to stop that stand at its mine, as far as the reader may see them."""
        at = at_mine(self.matter.mine_id, actor=self.actor) if self.matter.mine_id else []
        return [each for each in at if not each.stopped.is_lifted]

    @cached_property
    def may_see_complainant(self) -> bool:
        """Whether somebody stands on record as the complainant, and the reader may ask who."""
        return self.is_petition and complainant_of(self.matter, actor=self.actor) is not None

    # -- what belongs to it ----------------------------------------------------------------------------------

    @cached_property
    def related(self) -> list[tuple[str, Matter]]:
        """What it was merged into, split from or into, turned from or into."""
        found = [(word, other) for word, other in self._related() if other is not None]
        there = Matter.objects.filter(pk__in={other.pk for _word, other in found})
        seen = set(matters_visible_to(there, self.actor).values_list("pk", flat=True)) if found else set()
        return [(word, other) for word, other in found if other.pk in seen]

    def _related(self) -> Iterator[tuple[str, Matter | None]]:
        matter = self.matter
        yield _("并入"), matter.merged_into
        yield _("来自"), matter.parent
        for child in matter.children.order_by("id"):
            yield _("分出"), child
        for absorbed in matter.absorbed.order_by("id"):
            yield _("已并进本件"), absorbed
        if self.is_petition:
            yield _("转为整改问题"), matter.petition.turned_into

    @cached_property
    def items(self) -> list[Any]:
        """The items of documents that it covers, for whoever may see the documents."""
        covered = FindingsItem.objects.filter(covers__matter=self.matter).select_related("document")
        return list(visible_to(covered, self.actor).order_by("covers__id"))

    @cached_property
    def similar(self) -> list[Any]:
        return similar_to(self.matter, actor=self.actor)


_NOTED = frozenset(
    {
        CaseAct.NOTE_ENFORCEMENT,
        CaseAct.NOTE_MECHANISM,
        CaseAct.EVALUATE,
        CaseAct.NOTE_MINE_STATE,
        CaseAct.ORDER_PERFORMANCE,
        CaseAct.NOTE_EXTINCTION,
    }
)
