"""What does the page of one problem, petition or lasting task show to a reader on a day?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS, Actor
from qingshan.office.accounts.models import Person
from qingshan.office.cases.access import ANSWER_DOUBT, visible_to
from qingshan.office.cases.answers import answered
from qingshan.office.cases.closing import closing_facts, running_notice
from qingshan.office.cases.complainants import complainant_of
from qingshan.office.cases.facts import asked_levels, current_plan, signed_levels
from qingshan.office.cases.helping import helps_with
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.models import FindingsItem, Objection
from qingshan.office.cases.printing import Issued, Offer, offers, papers_about
from qingshan.office.cases.showing import standing_of, state_look, whose_turn
from qingshan.office.cases.similar import similar_to
from qingshan.office.cases.stops import AtMine, at_mine
from qingshan.office.cases.way import Stop, way_of
from qingshan.office.cases.wording import FACTS, fact_value
from qingshan.office.experts.access import READERS as EXPERT_READERS
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.kinds import Asked, kind_named
from qingshan.office.matters.models import Evidence, Matter, MatterParty, Plan, Step
from qingshan.office.matters.queries import acts_for, asked_about, steps_of
from qingshan.office.matters.turns import next_line
from qingshan.office.observations.access import CLAIM_READERS
from qingshan.office.papers.access import BRINGS_BACK
from qingshan.office.places.picture import picture_of
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.acts import act
from qingshan.rules import closing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.flow import Transition
from qingshan.rules.flows.lasting import LastingAct
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.flows.rectification import ACCEPTED, FLOW, INDEPENDENT, WORKED_ON, CaseAct, CaseState
from qingshan.rules.late_entries import ending_of
from qingshan.rules.matters import Channel, Finding, Phase, ProblemKind, Route, Severity, SourceKind
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import THREE_DUTIES, Role
from qingshan.rules.verification import MORE_WORK, UNANSWERED

BUTTONS = 4
PICTURE_PX = (338, 220)
AROUND_DEG = 0.01
"""So much is drawn around a point: about a kilometre."""
SHOWS_WHAT_CLOSING_LACKS = frozenset({*WORKED_ON, *ACCEPTED, CaseState.IN_NOTICE})


@dataclass(frozen=True)
class ActButton:
    """An act that the reader may do now."""

    code: str
    title: str
    path: str
    filled: bool = False


@dataclass(frozen=True)
class Missing:
    """What stands against an act, with the act that helps where the reader may do it."""

    sentence: str
    act: ActButton | None = None


class Folder:
    """事项的全部: everything is read only when the page asks for it."""

    def __init__(self, matter: Matter, *, actor: Actor, now: datetime) -> None:
        self.matter, self.actor, self.now = matter, actor, now
        self.kind = kind_named(matter.kind)
        self.language = get_language() or CHINESE

    @property
    def on(self) -> date:
        return shanghai_date(self.now)

    @property
    def path(self) -> str:
        return self.matter.get_absolute_url()

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
    def has_closing_file(self) -> bool:
        """Once there is something to bind: from the application for acceptance on."""
        return self.matter.state_name in {CaseState.APPLIED, *ACCEPTED, CaseState.IN_NOTICE, CaseState.CLOSED}

    @property
    def shows_claims(self) -> bool:
        """Whether images may have been asked about it: problems, once work on them goes on."""
        is_problem = self.matter.kind == FLOW.kind
        return is_problem and bool(self.actor.duties & frozenset(CLAIM_READERS))

    @property
    def shows_experts(self) -> bool:
        """Whether the reader may see who was drawn, assigned or asked about it."""
        return bool(self.actor.duties & {*EXPERT_READERS, Duty.EXPERT})

    @property
    def may_answer_doubts(self) -> bool:
        """Whether the reader may decide about a doubt."""
        return ANSWER_DOUBT.duty in self.actor.duties and inside(
            self.matter.region_id, self.actor.region_ranges
        )

    # -- how it stands ---------------------------------------------------------------------------------------

    @cached_property
    def standing(self) -> tuple[str, str]:
        return standing_of(self.matter, on=self.on)

    @property
    def state_look(self) -> str:
        return state_look(self.matter)

    @cached_property
    def stops(self) -> list[Stop]:
        """The step bar."""
        return way_of(self.matter, self.steps, on=self.on)

    @cached_property
    def sent_back(self) -> Step | None:
        """The step that sent it back, while it stands where that step put it: who works on it must read why."""
        moved = (step for step in reversed(self.steps) if step.from_state_id != step.to_state_id)
        newest = next(moved, None)
        return newest if newest and newest.act in _SENDS_BACK else None

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

    # -- what comes next -------------------------------------------------------------------------------------

    def _asked(self, line: Transition) -> Asked:
        return replace(self._asked_first, line=line)

    @cached_property
    def _asked_first(self) -> Asked:
        """What every need is judged by; the reader's unit is looked up once."""
        line = self.kind.flow.transitions[0]
        return asked_about(self.matter, line, self.actor, now=self.now, on=self.on)

    @cached_property
    def next_line(self) -> Transition | None:
        """What should happen next."""
        lines = self.kind.flow.acts_from(self.matter.state_name)
        return next_line(self.matter, self._asked(lines[0])) if lines else None

    @property
    def next_title(self) -> str:
        return self._title(self.next_line) if self.next_line else ""

    @property
    def whose_turn(self) -> str:
        return whose_turn(self.matter)

    @property
    def is_my_turn(self) -> bool:
        """As the ledger counts it: another unit that may do it too is not asked."""
        asked = self.matter.awaits_organisation_id
        if self.next_line is None or (asked is not None and asked not in self.actor.organisation_ids):
            return False
        return any(line.act == self.next_line.act for line in self._direct)

    @cached_property
    def then(self) -> list[str]:
        """What comes after the next step."""
        titles = [stop.title for stop in self.stops if not stop.state]
        return titles[:2]

    def asked_of(self, line: Transition) -> str:
        """Who may do it, in words: by part, duty and level."""
        parts = [role.say(self.language) for role in line.by]
        level = RegionLevel(str(line.level)).say(self.language) if line.level else ""
        duty = _("“%(duty)s”岗位") % {"duty": Duty(line.duty).say(self.language)} if line.duty else ""
        joint = " / " if self.language.startswith("en") else "或"
        return " ".join(filter(None, (joint.join(parts), level, duty)))

    @cached_property
    def _direct(self) -> list[Transition]:
        return acts_for(self.matter, self.actor)

    @cached_property
    def acts(self) -> list[ActButton]:
        """What the reader may do now, the next step first and filled."""
        wanted = self._wanted()
        lines = sorted(self._direct, key=lambda line: (line.act != wanted, line.stays is False))
        buttons = [self._button(line, filled=line.act == wanted) for line in lines]
        return sorted(buttons, key=lambda each: not each.filled)

    @property
    def primary(self) -> ActButton | None:
        """The one filled button."""
        return next((each for each in self.acts if each.filled), None)

    @property
    def plain_acts(self) -> list[ActButton]:
        """Three more that stand as buttons."""
        return [each for each in self.acts[:BUTTONS] if not each.filled]

    @property
    def more_acts(self) -> list[ActButton]:
        """The rest, in a list."""
        return self.acts[BUTTONS:]

    def _wanted(self) -> str:
        """The act that the page offers first: the next one, or what it still lacks."""
        if self.next_line is None:
            return ""
        mine = {line.act for line in self._direct}
        for missing in self.against_next:
            if missing.act and missing.act.code in mine:
                return missing.act.code
        return self.next_line.act if self.next_line.act in mine else ""

    @cached_property
    def acts_for_others(self) -> list[ActButton]:
        """What the reader may record for others who decided on paper (代录)."""
        may = self.actor.duties & RECORDS_FOR_OTHERS
        if not may or not inside(self.matter.region_id, self.actor.region_ranges):
            return []
        direct = {line.act for line in self._direct}
        lines = self.kind.flow.acts_from(self.matter.state_name)
        return [self._button(line) for line in lines if line.act not in direct]

    def _button(self, line: Transition, *, filled: bool = False) -> ActButton:
        return ActButton(line.act, self._title(line), f"{self.path}{line.act.partition('.')[2]}/", filled)

    def _title(self, line: Transition) -> str:
        said = self.kind.flow.act_names[line.act].say({}, self.language)
        return said[:1].upper() + said[1:]

    def against(self, line: Transition) -> list[Missing]:
        """What stands against an act before anybody has brought anything to it."""
        asked, mine = self._asked(line), {each.act: each for each in self._direct}
        reasons: dict[str, Reason] = {}
        for need in line.needs:
            judged_by_reader = need == INDEPENDENT and line.act not in mine
            if need not in self.kind.brought and not judged_by_reader:
                for reason in self.kind.needs[need](asked):
                    reasons.setdefault(say(reason, self.language), reason)
        return [Missing(sentence, self._help(reason, mine)) for sentence, reason in reasons.items()]

    @cached_property
    def against_next(self) -> list[Missing]:
        return self.against(self.next_line) if self.next_line else []

    def _help(self, reason: Reason, mine: dict[str, Transition]) -> ActButton | None:
        if reason.code in (UNANSWERED, MORE_WORK):
            return self._claim_button(reason)
        act = helps_with(reason.code, self.matter)
        return self._button(mine[act]) if act in mine else None

    def _claim_button(self, reason: Reason) -> ActButton | None:
        """To the page of the claim, where it is answered and decided about."""
        if not self.actor.duties & frozenset(CLAIM_READERS):
            return None
        return ActButton(
            "observations.claim", _("查看核查结论"), f"/observations/{reason.values['claim_id']}/"
        )

    @cached_property
    def closing_lacks(self) -> list[Missing]:
        """销号尚缺: listed long before anybody tries to close it."""
        if self.matter.kind != "rectification" or self.matter.state_name not in SHOWS_WHAT_CLOSING_LACKS:
            return []
        mine = {each.act: each for each in self._direct}
        reasons = closing.missing(closing_facts(self.matter, on=self.on))
        return [Missing(say(reason, self.language), self._help(reason, mine)) for reason in reasons]

    # -- who answers -----------------------------------------------------------------------------------------

    @cached_property
    def duties(self) -> list[tuple[str, list[MatterParty]]]:
        """三个责任, each with whoever holds it now."""
        held = matter_parties(self.matter)
        return [
            (role.say(self.language), [each for each in held if each.role == role]) for role in THREE_DUTIES
        ]

    @cached_property
    def units(self) -> list[tuple[str, str]]:
        """The units by their part."""
        held = matter_parties(self.matter)
        roles = (
            Role.ANSWERING, Role.EXECUTING, Role.LEADING, Role.JOINT, Role.SUPERVISING, Role.REGISTERING,
        )  # fmt: skip
        named = [(role, [_holder(each) for each in held if each.role == role]) for role in roles]
        return [(role.say(self.language), "、".join(units)) for role, units in named if units]

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

    # -- what shows it ---------------------------------------------------------------------------------------

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Photographs by their fixed points, before, during and after; what has no phase comes last."""
        rows = list(self.matter.evidence.filter(withdrawn_on=None).prefetch_related("doubts").order_by("id"))
        place = {phase.value: n for n, phase in enumerate(Phase)}
        return sorted(rows, key=lambda each: (not each.phase, each.photo_point, place.get(each.phase, 0)))

    @cached_property
    def evidence_counts(self) -> list[tuple[str, int]]:
        """How much there is of each phase."""
        counted = Counter(each.phase for each in self.evidence)
        named = [(phase.say(self.language), counted[phase.value]) for phase in Phase]
        return [*named, (_("文件与测量"), counted[""])]

    @cached_property
    def doubts(self) -> list[Any]:
        return list(self.matter.doubts.select_related("evidence").order_by("-id"))

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

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.matter)

    @cached_property
    def told(self) -> list[ToldStep]:
        """全过程, the newest first."""
        return [self._told(step) for step in reversed(self.steps)]

    def _told(self, step: Step) -> ToldStep:
        name = self.kind.flow.act_names.get(step.act)
        title = name.say({}, self.language) if name else _first_title(step, self.language)
        late = step.occurred_on != shanghai_date(step.recorded_at)
        recorder = self._recorders.get(step.pk, "")
        return ToldStep(step, title[:1].upper() + title[1:], recorder, late)

    @cached_property
    def _recorders(self) -> dict[int, str]:
        """Who entered what somebody else had decided, by step."""
        steps = [each for each in self.steps if each.recorder_id not in (None, each.decider_id)]
        if not steps:
            return {}
        people = Person.objects.filter(pk__in={each.recorder_id for each in steps})
        names = dict(people.values_list("pk", "full_name"))
        return {each.pk: names.get(each.recorder_id or 0, "—") for each in steps}

    @cached_property
    def decisions(self) -> list[ToldStep]:
        """Enforcement, mechanism, evaluation, orders: what was noted beside the way, the newest of each."""
        found: dict[str, ToldStep] = {}
        for told in self.told:
            if told.step.act in _NOTED:
                found.setdefault(told.step.act, told)
        return list(found.values())

    @cached_property
    def acceptances(self) -> list[ToldStep]:
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

    @cached_property
    def papers(self) -> list[Issued]:
        """文书 about it that the reader may see, the newest first."""
        return papers_about(self.matter, actor=self.actor)

    @cached_property
    def paper_offers(self) -> list[Offer]:
        """What the reader may draft about it now."""
        return offers(self.matter, actor=self.actor, steps=self.steps)

    def papers_for(self, line: Transition) -> list[Offer]:
        """What the reader may draft to be signed for this act."""
        return [each for each in self.paper_offers if each.act == line.act]

    @property
    def papers_out(self) -> bool:
        """Whether the reader may bring back one that has not come back."""
        may = bool(self.actor.duties & frozenset(BRINGS_BACK))
        return may and any(each.look == "due" for each in self.papers)

    @cached_property
    def due_changes(self) -> list[Any]:
        """Deadlines that were changed: both days stay visible."""
        changes = self.matter.due_changes.select_related("step").order_by("id")
        return [each for each in changes if each.old_due_on is not None]

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

    @cached_property
    def picture(self) -> Any:
        """Where it lies, drawn on the server; None where nobody has said so."""
        shape = self.matter.geom
        if shape is None or shape.is_empty:
            return None
        return picture_of(
            shape.buffer(AROUND_DEG),
            actor=self.actor,
            width_px=PICTURE_PX[0],
            height_px=PICTURE_PX[1],
            highlight=shape,
            title=self.matter.title,
            layers=("sites", "mines"),
            with_legend=False,
            on=self.on,
        )


@dataclass(frozen=True)
class ToldStep:
    """One step in words."""

    step: Step
    title: str
    recorder: str
    """whoever entered what another decided on paper; empty where the decider acted"""
    late: bool

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """What else it decided, in words."""
        return list(told_facts(self.step.facts or {}))


_SENDS_BACK = frozenset(
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


def _holder(party: MatterParty) -> str:
    """The unit, with the person whom a ledger in use names for it; it may name nobody but the person."""
    return " ".join(filter(None, (party.unit_name or "—", party.person_name)))


def _first_title(step: Step, language: str) -> str:
    return act(step.act).title.say({}, language)


def told_facts(facts: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """Facts of a step under their names; what has no name is kept for programs."""
    for name, value in facts.items():
        if name in FACTS and value not in (None, ""):
            yield str(FACTS[name]), fact_value(name, value)
