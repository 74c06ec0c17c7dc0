"""A random walk: anybody tries any act on any matter, sometimes rightly, often not.

The walk leans to cells (act, state) that were seldom taken, so that it comes everywhere; what it brings is
sometimes left out on purpose. It counts how often each cell was taken and refused.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from qingshan.office.cases import actions
from qingshan.office.cases.actions.registering import NewCase
from qingshan.office.cases.actions.working import Progress, StageProgress
from qingshan.office.cases.facts import current_plan
from qingshan.office.cases.models import Objection
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.cases.tests.factories import (
    MORE,
    World,
    a_case,
    a_late_case,
    a_petition,
    a_plan,
    a_relapse_seen,
    evidence,
    opening,
    said,
    three_duties,
)
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter, Stage
from qingshan.office.matters.queries import final_states
from qingshan.office.mines.models import Mine, ResponsibleParty
from qingshan.rules.duties import Duty
from qingshan.rules.errors import QingshanError
from qingshan.rules.flow import Transition
from qingshan.rules.flows.lasting import LastingAct, LastingState
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.flows.rectification import CaseAct, CaseState
from qingshan.rules.matters import Channel, EnforcementState, Finding, ProblemKind, Route, SourceKind
from qingshan.rules.register import Circumstance, MineState, RegionLevel

Cell = tuple[str, str, str]
"""Kind, act, state."""
Doing = Callable[["Walk", Matter, Any, bool], Any]
"""Do an act on a matter as an actor; rightly or leaving out what it needs."""

WHO = ("county_clerk", "county_leader", "city_reviewer", "provincial_dispatcher", "enterprise_manager", "expert",
       "other_county_clerk", "auditor", "anonymous", *MORE)  # fmt: skip
ROUTES = ("rectification", "petition", "lasting")
BESIDE = {
    CaseState.TAKEN_ON: ("draft_plan", "draft_lasting_plan"),
    CaseState.REOPENED: ("draft_plan",),
    CaseState.RECTIFYING: ("report_progress", "report_progress", "add_evidence"),
    CaseState.SELF_CHECKED: ("add_evidence",),
    CaseState.IN_NOTICE: ("evaluate_effect", "note_enforcement", "note_mechanism", "register_objection",
                          "answer_objection"),
    LastingState.KEEPING_UP: ("add_lasting_evidence",),
}  # fmt: skip
"""What must be done beside the way before it goes on, by the state."""
GOES_ON = frozenset({CaseAct.SUBMIT_PLAN, CaseAct.GIVE_NOTICE, CaseAct.REOPEN, PetitionAct.FINISH_FOR_NOW})
SOURCES = (SourceKind.SELF_CHECK, SourceKind.NOTICE, SourceKind.CENTRAL_INSPECTION, SourceKind.OTHER)


@dataclass
class Walk:
    """One walk over a world."""

    world: World
    rng: random.Random
    taken: Counter[Cell] = field(default_factory=Counter)
    refused: Counter[Cell] = field(default_factory=Counter)
    acts: int = 0
    """how many acts succeeded, registrations included"""
    entries: int = 0
    """how many entries they must have left"""
    ids: list[int] = field(default_factory=list)
    orphan: Mine | None = None
    """a mine whose holder is extinct"""

    def begin(self) -> None:
        """A few matters of every route to start with."""
        self.orphan = _orphan(self.world)
        for _ in range(4):
            self.register()

    def register(self) -> None:
        """One more problem or petition."""
        self._enter(self.rng.choice((self._case, self._case, self._lasting, self._petition)))

    def _enter(self, make: Callable[[], Matter]) -> None:
        self.ids.append(make().pk)
        self.acts += 1
        self.entries += 1

    def _case(self) -> Matter:
        route = self.rng.choice((Route.BY_DATE, Route.BY_DATE, Route.AT_ONCE))
        return a_case(self.world, route=route, source=self.rng.choice(SOURCES), mine=self._mine())

    def _mine(self) -> Mine:
        return self.orphan if self.orphan and self.rng.random() < 0.3 else self.world.mine

    def _late(self) -> Matter:
        route = self.rng.choice((Route.BY_DATE, Route.AT_ONCE))
        return a_late_case(self.world, route=route, mine=self._mine())

    def _lasting(self) -> Matter:
        return a_case(self.world, route=Route.LASTING)

    def _petition(self) -> Matter:
        return a_petition(self.world)

    def step(self, *, only_new: bool = False) -> None:
        """Somebody tries something; `only_new`: something that was never seen, or what leads there."""
        if self.rng.random() < 0.04 or not self.ids:
            self.register()
            return
        if self.rng.random() < 0.1:
            self.world.later(self.rng.choice((1, 3, 9)))
        if (only_new or self.rng.random() < 0.75) and self._towards_something_new():
            return
        matter = self.world.fresh(self._matter())
        line = self._line(matter)
        cell = (matter.kind, line.act, matter.state_name)
        for who in self._people(matter, line):
            if self._try(matter, line, who, cell):
                return

    def _towards_something_new(self) -> bool:
        """Take, or try without right, a cell that was never seen; where nothing stands in its state, take something
        further on its way.
        """
        unseen = [cell for cell in self._cells() if not (self.taken[cell] and self.refused[cell])]
        if not unseen:
            return False
        kind, act, state = self.rng.choice(unseen)
        newest = 20
        if act == CaseAct.SUPPLY_PAPER:  # only what was closed on paper lacks any
            self._enter(self._late)
            newest = 1
        here = Matter.objects.filter(state_id=f"{kind}.{state}").order_by("-pk")[:newest]
        if not here:
            return self._further(kind, state)
        matter = self.world.fresh(self.rng.choice(list(here)))
        line = kind_named(kind).flow.line(state, act)
        if not self.refused[kind, act, state]:
            return not self._try(matter, line, "anonymous", (kind, act, state))
        return any(self._try(matter, line, who, (kind, act, state)) for who in self._fitting(matter, line))

    def _further(self, kind: str, state: str) -> bool:
        """Something of this kind goes its usual way, the furthest rather."""
        flow = kind_named(kind).flow
        final = set(final_states(kind))
        if state == CaseState.REOPENED and self.rng.random() < 0.5:
            final.discard(f"{kind}.{CaseState.CLOSED}")
        found = list(Matter.objects.filter(kind=kind).exclude(state_id__in=final).order_by("-pk")[:40])
        if not found:
            return False
        weights = [1 + flow.states.index(each.state_name) ** 2 for each in found]
        matter = self.world.fresh(self.rng.choices(found, weights)[0])
        line = self.rng.choice(_usual(matter))
        if matter.state_name == CaseState.IN_NOTICE:
            self.world.later(9)
        cell = (kind, line.act, matter.state_name)
        return any(self._try(matter, line, who, cell) for who in self._fitting(matter, line))

    def _fitting(self, matter: Matter, line: Transition) -> list[str]:
        fitting = [name for name in WHO if self._could(matter, name, line)]
        self.rng.shuffle(fitting)
        return fitting

    def _cells(self) -> list[Cell]:
        return [
            (kind, line.act, str(state))
            for kind in ROUTES
            for line in kind_named(kind).flow.transitions
            for state in line.from_states
        ]

    def _matter(self) -> Matter:
        """One that goes on, mostly; now and then one that has ended."""
        final = [state for kind in ROUTES for state in final_states(kind) if not state.endswith(".closed")]
        ended = self.rng.random() < 0.05
        rows = (
            Matter.objects.filter(state_id__in=final) if ended else Matter.objects.exclude(state_id__in=final)
        )
        found = list(rows.order_by("-pk").values_list("pk", "kind", "state_id")[:80])
        weights = [self._worth(kind, state.partition(".")[2]) for _, kind, state in found]
        pk, *_ = self.rng.choices(found, weights)[0] if found else (self.ids[0],)
        return Matter.objects.get(pk=pk)

    def _worth(self, kind: str, state: str) -> int:
        """More where acts of the state were not yet both taken and refused, and the further it has come."""
        flow = kind_named(kind).flow
        cells = [(kind, line.act, state) for line in flow.acts_from(state)]
        unseen = sum(not (self.taken[cell] and self.refused[cell]) for cell in cells)
        return (1 + 4 * unseen) * (1 + flow.states.index(state))

    def _line(self, matter: Matter) -> Transition:
        """What should come next, rather; what was seldom done, rather; what ends it, seldom."""
        flow = kind_named(matter.kind).flow
        lines = flow.acts_from(matter.state_name)
        if not lines:  # nothing leads out: somebody tries all the same
            return self.rng.choice(flow.transitions)
        first = {line.act for line in flow.steps_from(matter.state_name)[:1]}
        weights = [self._weight(matter, line, line.act in first) for line in lines]
        return self.rng.choices(lines, weights)[0]

    def _weight(self, matter: Matter, line: Transition, is_next: bool) -> float:
        times = self.taken[matter.kind, line.act, matter.state_name]
        if is_next:
            return 2.0
        ends = not line.stays and line.to_state in kind_named(matter.kind).flow.final
        if not times:
            return 1.5
        if line.stays:
            return max(0.4, 1.0 / (1 + times))
        return (0.2 if ends else 0.5) / (1 + times)

    def _people(self, matter: Matter, line: Transition) -> Iterator[str]:
        """Somebody at random; then those who could, in any order."""
        yield self.rng.choice(WHO)
        if matter.state_name not in line.from_states:
            return
        yield from self._fitting(matter, line)

    def _could(self, matter: Matter, name: str, line: Transition) -> bool:
        """Whether it is worth asking them: the duty, a part in the matter, the level."""
        actor = self.world.actor(name)
        parts = {
            each.role for each in matter_parties(matter) if each.organisation_id in actor.organisation_ids
        }
        level = self.world.level_of(name)
        return (
            (line.duty is None or line.duty in actor.duties)
            and not (line.by and Duty.REVIEW in actor.duties)  # who works on it cannot judge it afterwards
            and (not line.by or bool(parts & set(line.by)))
            and (line.level is None or level == line.level)
        )

    def _try(self, matter: Matter, line: Transition, who: str, cell: Cell) -> bool:
        rightly = self.rng.random() < 0.8
        matter = self.world.fresh(matter)
        before = matter.version
        try:
            DOING[line.act](self, matter, self.world.actor(who), rightly)
        except QingshanError:
            self.refused[cell] += 1
            assert Matter.objects.values_list("version", flat=True).get(pk=matter.pk) == before
            return False
        self.taken[cell] += 1
        self.acts += 1
        self.entries += 2 if line.act == PetitionAct.TURN else 1
        self._follow(matter)
        return True

    def _follow(self, matter: Matter) -> None:
        """Parts of a split and cases of a petition go on by themselves."""
        self.ids += list(matter.children.exclude(pk__in=self.ids).values_list("pk", flat=True))
        turned = Matter.objects.filter(turned_from__matter=matter).exclude(pk__in=self.ids)
        self.ids += list(turned.values_list("pk", flat=True))

    def missing(self, kinds: tuple[str, ...]) -> list[str]:
        """Cells of these kinds that were never taken, or never refused."""
        found = []
        for kind in kinds:
            for line in kind_named(kind).flow.transitions:
                for state in line.from_states:
                    cell = (kind, line.act, str(state))
                    found += [f"{cell} never taken"] * (not self.taken[cell])
                    found += [f"{cell} never refused"] * (not self.refused[cell])
        return found

    def table(self) -> str:
        """How often each cell was taken and refused."""
        cells = sorted(set(self.taken) | set(self.refused))
        return "\n".join(
            f"{kind:14} {act:40} {state:18} {self.taken[kind, act, state]:5} taken"
            f" {self.refused[kind, act, state]:5} refused"
            for kind, act, state in cells
        )


def _orphan(world: World) -> Mine:
    mine = Mine.objects.create(
        key="M-2",
        name="废弃石料厂",
        region=world.people.regions["990101"],
        enterprise=world.organisation("enterprise"),
        geom=world.mine.geom,
    )
    ResponsibleParty.objects.create(
        region=mine.region,
        mine=mine,
        circumstance=Circumstance.HOLDER_EXTINCT.value,
        organisation=world.organisation("county_government"),
        number="青石政函〔2026〕1号",
        decided_on=world.today,
        decided_by="青石县人民政府",
    )
    return mine


def _usual(matter: Matter) -> list[Transition]:
    """What leads on from here: the first step, every acceptance, what must be done beside."""
    flow = kind_named(matter.kind).flow
    steps = flow.steps_from(matter.state_name)
    on = [line for line in steps if line is steps[0] or line.level or line.act in GOES_ON]
    beside = {f"cases.{word}" for word in BESIDE.get(matter.state_name, ())}
    return [*on, *(line for line in flow.side_acts_from(matter.state_name) if line.act in beside)]


# -- how each act is done ------------------------------------------------------------------------------------


def _words(rightly: bool, **more: Any) -> Brought:
    return said(**more) if rightly else Brought(**more)


def _plain(function: Callable[..., Any], **fixed: Any) -> Doing:
    def do(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
        number = f"青自然资〔2026〕{walk.acts}号" if rightly else ""
        return function(matter, _words(rightly, number=number), actor=actor, now=walk.world.now, **fixed)

    return do


def _with(function: Callable[..., Any], values: Callable[[Walk, Matter, bool], dict[str, Any]]) -> Doing:
    def do(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
        number = f"青自然资〔2026〕{walk.acts}号" if rightly else ""
        brought = _words(rightly, number=number)
        return function(matter, brought, actor=actor, now=walk.world.now, **values(walk, matter, rightly))

    return do


def _assigned(walk: Walk, matter: Matter, rightly: bool) -> dict[str, Any]:
    bureau, above = walk.world.organisation("county_bureau"), walk.world.organisation("city_bureau")
    return {
        "answering": bureau if rightly else None,
        "due_on": walk.world.today + timedelta(days=walk.rng.choice((30, 90, 400))),
        "executing": walk.rng.choice((None, None, None, bureau, above)),
    }


def _passed_on(walk: Walk, matter: Matter, rightly: bool) -> dict[str, Any]:
    bureau = walk.world.organisation("county_bureau")
    return {"answering": bureau if rightly else None, "due_on": walk.world.today + timedelta(days=10)}


def _later(days: int) -> Callable[[Walk, Matter, bool], dict[str, Any]]:
    def values(walk: Walk, matter: Matter, rightly: bool) -> dict[str, Any]:
        begins = max(matter.due_on or walk.world.today, walk.world.today)
        return {"due_on": begins + timedelta(days=days) if rightly else None}

    return values


def _visit(walk: Walk, matter: Matter, rightly: bool) -> dict[str, Any]:
    return {"visitors": "韩验、周专" if rightly else "", "visited_on": walk.world.today}


def _yearly(walk: Walk, matter: Matter, rightly: bool) -> dict[str, Any]:
    return {**_visit(walk, matter, rightly), "next_due_on": walk.world.today + timedelta(days=365)}


def _into(walk: Walk, matter: Matter, rightly: bool) -> dict[str, Any]:
    final = [f"{matter.kind}.{state}" for state in kind_named(matter.kind).flow.final]
    others = Matter.objects.filter(kind=matter.kind).exclude(state_id__in=final).exclude(pk=matter.pk)
    return {"into": others.order_by("-pk").first() if rightly else matter}


def _accept(level: RegionLevel) -> Doing:
    return _with(
        actions.accept, lambda walk, matter, rightly: {"level": level, **_visit(walk, matter, rightly)}
    )


def _draft(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    due_on = max(matter.due_on or walk.world.today, walk.world.today)
    plan = a_plan(walk.world, due_on=due_on)
    return actions.draft_plan(matter, plan, Brought(), actor=actor, now=walk.world.now)


def _progress(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    plan = current_plan(matter)
    percent = walk.rng.choice((30, 100, 100)) if rightly else 130
    progress = [Progress(each, percent) for each in plan.measures.all()] if plan else []
    stages = [StageProgress(each, percent, walk.world.today) for each in plan.stages.all()] if plan else []
    return actions.report_progress(
        matter, progress, Brought(), actor=actor, now=walk.world.now, stages=stages
    )


def _relapsed(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    """Rightly: images raised the doubt before."""
    if rightly:
        a_relapse_seen(matter, on=walk.world.today)
    values = _later(60)(walk, matter, rightly)
    return actions.reopen_after_relapse(
        matter, said("现场核实反弹"), actor=actor, now=walk.world.now, **values
    )


def _evidence(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    return actions.add_evidence(matter, evidence(), Brought(), actor=actor, now=walk.world.now)


def _supply(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    paper = (matter.missing_papers or ["公示证明"])[0] if rightly else "家谱"
    return actions.supply_paper(
        matter, evidence(), Brought(), supplies=paper, actor=actor, now=walk.world.now
    )


def _objection(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    values = {"text": "仍有扬尘", "channel": Channel.PHONE}
    return actions.register_objection(matter, Brought(), actor=actor, now=walk.world.now, **values)


def _answer(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    objection = Objection.objects.filter(notice__matter=matter, state="open").order_by("pk").first()
    if objection is None:
        raise CaseRefused.because("cases.objection_answered")
    return actions.answer_objection(
        matter, objection, _words(rightly), upheld=False, actor=actor, now=walk.world.now
    )


def _turn(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    new = NewCase(opening(walk.world, source=SourceKind.PETITION), Route.BY_DATE, ProblemKind.DUST)
    return actions.turn_petition_into_case(matter, _words(rightly), new=new, actor=actor, now=walk.world.now)


def _stage(walk: Walk, matter: Matter, actor: Any, rightly: bool) -> Any:
    stage = Stage.objects.filter(plan__matter=matter).order_by("-pk").first() or Stage(name="没有节点")
    return actions.complete_stage(matter, stage, Brought(), actor=actor, now=walk.world.now)


def _other_region(walk: Walk, matter: Matter, rightly: bool) -> dict[str, Any]:
    regions = walk.world.people.regions
    here, there = regions["990101"], regions["990102"]
    other = there if matter.region_id == here.pk else here
    return {"region": other if rightly else matter.region}


DOING: dict[str, Doing] = {
    CaseAct.VERIFY: _plain(actions.verify),
    CaseAct.DISMISS: _plain(actions.dismiss),
    CaseAct.WITHDRAW: _plain(actions.withdraw),
    CaseAct.ASSIGN: _with(actions.assign, _assigned),
    CaseAct.TAKE_ON: _with(
        actions.take_on,
        lambda walk, matter, rightly: {"duties": three_duties(walk.world)[: 3 if rightly else 2]},
    ),
    CaseAct.DRAFT_PLAN: _draft,
    CaseAct.SUBMIT_PLAN: _plain(actions.submit_plan),
    CaseAct.APPROVE_PLAN: _plain(actions.approve_plan),
    CaseAct.RETURN_PLAN: _plain(actions.return_plan),
    CaseAct.BEGIN_AT_ONCE: _plain(actions.begin_at_once),
    CaseAct.SELF_CHECK: _plain(actions.self_check),
    CaseAct.APPLY: _plain(actions.apply_for_acceptance),
    CaseAct.ACCEPT_COUNTY: _accept(RegionLevel.COUNTY),
    CaseAct.ACCEPT_CITY: _accept(RegionLevel.PREFECTURE),
    CaseAct.ACCEPT_PROVINCE: _accept(RegionLevel.PROVINCE),
    CaseAct.RETURN_ACCEPTANCE: _plain(actions.return_acceptance),
    CaseAct.GIVE_NOTICE: _plain(actions.give_public_notice, where="县政府网站", contact="0000-0000000"),
    CaseAct.STOP_NOTICE: _plain(actions.stop_public_notice),
    CaseAct.CLOSE: _plain(actions.close),
    CaseAct.REOPEN: _with(actions.reopen, _later(60)),
    CaseAct.REOPEN_AFTER_RELAPSE: _relapsed,
    CaseAct.TRANSFER: _with(actions.transfer, _other_region),
    CaseAct.MERGE: _with(actions.merge, _into),
    CaseAct.SPLIT: _with(
        actions.split,
        lambda walk, matter, rightly: {"parts": ["采坑回填", "道路复垦"][: 2 if rightly else 1]},
    ),
    CaseAct.REPORT_PROGRESS: _progress,
    CaseAct.ADD_EVIDENCE: _evidence,
    CaseAct.SUPPLY_PAPER: _supply,
    CaseAct.EXTEND: _with(actions.extend, _later(30)),
    CaseAct.ADJUST: _plain(actions.adjust, target="复绿 2.8 公顷", target_quantity=None, target_unit=""),
    CaseAct.CORRECT: _plain(actions.correct, corrected={"title": "采坑未回填（更正）"}),
    CaseAct.URGE: _plain(actions.urge, text="请尽快办理"),
    CaseAct.REGISTER_OBJECTION: _objection,
    CaseAct.ANSWER_OBJECTION: _answer,
    CaseAct.NOTE_ENFORCEMENT: _plain(actions.note_enforcement, state=EnforcementState.NONE_NEEDED),
    CaseAct.NOTE_MECHANISM: _plain(actions.note_mechanism, mechanism="月巡查制度"),
    CaseAct.EVALUATE: _plain(actions.evaluate_effect, target_reached=True),
    CaseAct.NOTE_MINE_STATE: _plain(actions.note_mine_state, state=MineState.CLOSED),
    CaseAct.ORDER_PERFORMANCE: _plain(actions.order_performance, performer="青山修复工程有限公司"),
    CaseAct.NOTE_EXTINCTION: _plain(actions.note_extinction),
    PetitionAct.PASS_ON: _with(actions.pass_on, _passed_on),
    PetitionAct.VERIFY: _with(
        actions.verify_petition,
        lambda walk, matter, rightly: {"finding": walk.rng.choice(Finding.values()) if rightly else ""},
    ),
    PetitionAct.HANDLE: _plain(actions.handle_petition),
    PetitionAct.REPLY: _plain(actions.reply_to_petition),
    PetitionAct.FINISH: _plain(actions.finish_petition),
    PetitionAct.FINISH_FOR_NOW: _plain(actions.finish_petition_for_now),
    PetitionAct.RETURN: _plain(actions.return_petition),
    PetitionAct.TURN: _turn,
    PetitionAct.MERGE: _with(actions.merge, _into),
    PetitionAct.WITHDRAW: _plain(actions.withdraw),
    PetitionAct.EXTEND: _with(actions.extend, _later(5)),
    PetitionAct.CORRECT: _plain(actions.correct, corrected={"title": "扬尘扰民（更正）"}),
    PetitionAct.URGE: _plain(actions.urge, text="请尽快办理"),
    PetitionAct.NOTE_ACCOUNTABILITY: _plain(actions.note_petition_accountability),
    LastingAct.VERIFY: _plain(actions.verify),
    LastingAct.ASSIGN: _with(actions.assign, _assigned),
    LastingAct.TAKE_ON: _with(
        actions.take_on,
        lambda walk, matter, rightly: {"duties": three_duties(walk.world)[: 3 if rightly else 2]},
    ),
    LastingAct.DRAFT_PLAN: _draft,
    LastingAct.SUBMIT_PLAN: _plain(actions.submit_plan),
    LastingAct.APPROVE_PLAN: _plain(actions.approve_plan),
    LastingAct.RETURN_PLAN: _plain(actions.return_plan),
    LastingAct.APPLY: _plain(actions.apply_for_yearly_check),
    LastingAct.PASS: _with(actions.pass_yearly_check, _yearly),
    LastingAct.FAIL: _plain(actions.fail_yearly_check),
    LastingAct.MEND: _plain(actions.mend_lasting),
    LastingAct.DISMISS: _plain(actions.dismiss),
    LastingAct.WITHDRAW: _plain(actions.withdraw),
    LastingAct.MERGE: _with(actions.merge, _into),
    LastingAct.COMPLETE_STAGE: _stage,
    LastingAct.ADD_EVIDENCE: _evidence,
    LastingAct.ADJUST: _plain(actions.adjust, target="常年管护", target_quantity=None, target_unit=""),
    LastingAct.CORRECT: _plain(actions.correct, corrected={"title": "长期管护（更正）"}),
    LastingAct.URGE: _plain(actions.urge, text="请尽快办理"),
}
