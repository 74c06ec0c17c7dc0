"""A county with its people, and cases at any point of the way, made by the acts themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from shapely.geometry import box

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Organisation
from qingshan.office.accounts.tests.people import People, a_holding, a_person, a_post, nine_people
from qingshan.office.cases import actions
from qingshan.office.cases.actions.planning import NewMeasure, NewPlan, NewStage
from qingshan.office.cases.actions.registering import NewCase, NewPetition
from qingshan.office.cases.actions.working import NewEvidence, Progress
from qingshan.office.matters.actions import Brought, Named, Opening
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import one_matter
from qingshan.office.mines.models import Mine
from qingshan.office.observations.models import Claim, TraceBack
from qingshan.office.observations.tests.factories import a_trace_back
from qingshan.rules.duties import Duty
from qingshan.rules.matters import (
    Channel,
    EnforcementState,
    EvidenceKind,
    Phase,
    ProblemKind,
    Route,
    SourceKind,
)
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import Role

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
MORE = {
    "county_reviewer": ("county_bureau", "验收岗", (Duty.REVIEW,), "韩验"),
    "county_dispatcher": ("county_bureau", "调度岗", (Duty.DISPATCH,), "杨调"),
    "province_reviewer": ("province_bureau", "复核岗", (Duty.REVIEW,), "朱复"),
    "city_leader": ("city_bureau", "副局长", (Duty.LEAD,), "秦领"),
    "county_government_clerk": ("county_government", "办公室", (Duty.REGISTRY,), "许办"),
}


@dataclass
class World:
    """Everybody, with a mine of 青石县 on which problems are found."""

    people: People
    mine: Mine
    now: datetime = NOW
    actors: dict[tuple[str, date], Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The person at their post today."""
        key = (name, self.today)
        if key not in self.actors:
            self.actors[key] = self.people.actor(name, on=self.today)
        return self.actors[key]

    def level_of(self, name: str) -> str | None:
        """The level of the person's organisation."""
        holding = self.people.holdings.get(name)
        return holding.post.organisation.level if holding else None

    @property
    def today(self) -> date:
        return (self.now + timedelta(hours=8)).date()

    def later(self, days: int) -> None:
        """Time passes."""
        self.now += timedelta(days=days)

    def organisation(self, name: str) -> Organisation:
        return self.people.organisations[name]

    def fresh(self, matter: Matter) -> Matter:
        """The matter as it stands now."""
        return one_matter(matter.pk, actor=self.actor("provincial_dispatcher"))


def a_world() -> World:
    """The nine people, some more of the offices, and a mine."""
    people = nine_people()
    for name, (where, title, duties, full_name) in MORE.items():
        organisation = people.organisations[where]
        person = a_person(organisation, full_name, login_name=name)
        people.persons[name] = person
        people.holdings[name] = a_holding(person, a_post(organisation, title, *duties))
    mine = Mine.objects.create(
        key="M-1",
        name="老虎沟铁矿",
        region=people.regions["990101"],
        enterprise=people.organisations["enterprise"],
        geom=box(122.1, 33.1, 122.11, 33.11),
    )
    return World(people, mine)


def opening(world: World, **changes: Any) -> Opening:
    """What is registered of a problem at the mine."""
    values: dict[str, Any] = {
        "kind": "",
        "number": "",
        "title": "采坑未回填",
        "region": world.people.regions["990101"],
        "source": SourceKind.SELF_CHECK,
        "mine": world.mine,
    }
    return Opening(**{**values, **changes})


def a_case(world: World, *, route: Route = Route.BY_DATE, by: str = "county_clerk", **changes: Any) -> Matter:
    """A registered problem."""
    new = NewCase(opening(world, **changes), route, ProblemKind.UNRESTORED, requirement="回填并复绿")
    return world.fresh(actions.register_case(new, actor=world.actor(by), now=world.now))


def a_late_case(world: World, *, route: Route = Route.BY_DATE, **changes: Any) -> Matter:
    """A problem that was closed on paper, of whose file two papers are missing."""
    units = {Role.ANSWERING: "county_bureau", Role.EXECUTING: "enterprise"}
    parties = tuple(Named(role, world.organisation(name)) for role, name in units.items())
    before = {"state": "closed", "occurred_on": world.today - timedelta(days=400), "number": ""}
    before |= {"closed_on": world.today - timedelta(days=200), "missing_papers": ("公示证明", "验收意见")}
    new = NewCase(
        opening(world, parties=parties, **(before | changes)),
        Route.BY_DATE,
        ProblemKind.UNRESTORED,
        levels=("county",),
    )
    return world.fresh(actions.register_late(new, actor=world.actor("county_clerk"), now=world.now))


def a_petition(world: World, **changes: Any) -> Matter:
    """A registered petition."""
    new = NewPetition(
        opening(world, **{"source": SourceKind.PETITION, "title": "扬尘扰民", **changes}),
        Channel.PHONE,
        "举报矿山扬尘扰民",
        complainant="某居民",
        contact="13900000000",
    )
    return world.fresh(actions.register_petition(new, actor=world.actor("county_clerk"), now=world.now))


def said(text: str = "情况属实", **more: Any) -> Brought:
    """Grounds."""
    return Brought(grounds=text, **more)


def three_duties(world: World) -> list[Named]:
    """Each duty on a unit, a post and a person."""
    return [
        Named(Role.ENTERPRISE_DUTY, world.organisation("enterprise"), post="总经理", person_name="李总"),
        Named(Role.SECTOR_DUTY, world.organisation("county_bureau"), post="局长", person_name="王局"),
        Named(
            Role.TERRITORIAL_DUTY, world.organisation("county_government"), post="县长", person_name="赵县"
        ),
    ]


def a_plan(world: World, *, due_on: date) -> NewPlan:
    """A plan that answers the four questions."""
    measure = NewMeasure(
        "回填采坑",
        unit_name="青石矿业有限公司",
        post="环保部经理",
        person_name="李企",
        due_on=due_on,
        quantity=Decimal("1.5"),
        quantity_unit="万立方米",
        stage=1,
    )
    return NewPlan(
        "老虎沟采坑整改方案",
        target="回填采坑并复绿 3.2 公顷",
        target_quantity=Decimal("3.2"),
        target_unit="公顷",
        due_on=due_on,
        stages=(NewStage("回填", due_on=due_on, days=20),),
        measures=(measure,),
    )


def evidence(phase: Phase | None = Phase.AFTER, title: str = "回填后照片") -> list[NewEvidence]:
    """A photograph."""
    return [NewEvidence(EvidenceKind.PHOTOGRAPH, title, phase=phase)]


def a_relapse_seen(matter: Matter, *, on: date) -> TraceBack:
    """A trace-back as a run of the program would have opened it, on a claim of the matter; straight to the tables."""
    claim = Claim.objects.filter(matter=matter).order_by("pk").last() or _a_claim(matter, on)
    return a_trace_back(claim, on=on)


def _a_claim(matter: Matter, on: date) -> Claim:
    """What a case that was closed on paper never claimed here."""
    return Claim.objects.create(
        subject_kind="matters.matter", subject_id=matter.pk, subject_name=str(matter), matter=matter,
        region=matter.region, about=matter.title, restored_since=on, claimed_on=on,
    )  # fmt: skip


WAY = (
    "verified",
    "assigned",
    "taken_on",
    "planned",
    "rectifying",
    "self_checked",
    "applied",
    "county_accepted",
    "in_notice",
    "closed",
)


def brought_to(world: World, state: str, matter: Matter | None = None, **changes: Any) -> Matter:
    """A case of an enterprise's mine, brought to a state by the acts, one after another."""
    matter = matter or a_case(world, **changes)
    for reached in WAY[: WAY.index(state) + 1]:
        _STEPS[reached](world, matter)
        matter = world.fresh(matter)
    return matter


def _assign(world: World, matter: Matter) -> None:
    actions.assign(
        matter,
        Brought(),
        answering=world.organisation("county_bureau"),
        executing=world.organisation("enterprise"),
        due_on=world.today + timedelta(days=90),
        actor=world.actor("county_dispatcher"),
        now=world.now,
    )


def _plan(world: World, matter: Matter) -> None:
    manager = world.actor("enterprise_manager")
    actions.draft_plan(
        matter,
        a_plan(world, due_on=world.today + timedelta(days=80)),
        Brought(),
        actor=manager,
        now=world.now,
    )
    actions.submit_plan(world.fresh(matter), Brought(), actor=manager, now=world.now)


def _self_check(world: World, matter: Matter) -> None:
    manager = world.actor("enterprise_manager")
    measures = matter.plans.get(state="approved").measures.all()
    done = [Progress(each, 100, done_quantity=each.quantity) for each in measures]
    actions.report_progress(matter, done, Brought(), actor=manager, now=world.now)
    actions.add_evidence(world.fresh(matter), evidence(), Brought(), actor=manager, now=world.now)
    actions.self_check(world.fresh(matter), Brought(), actor=manager, now=world.now)


def _close(world: World, matter: Matter) -> None:
    reviewer, clerk = world.actor("county_reviewer"), world.actor("county_clerk")
    actions.evaluate_effect(matter, said("目标达到"), target_reached=True, actor=reviewer, now=world.now)
    actions.note_enforcement(
        world.fresh(matter),
        said("无违法行为"),
        state=EnforcementState.NONE_NEEDED,
        actor=clerk,
        now=world.now,
    )
    actions.note_mechanism(
        world.fresh(matter),
        Brought(),
        mechanism="月巡查制度",
        actor=world.actor("enterprise_manager"),
        now=world.now,
    )
    world.later(10)
    actions.close(world.fresh(matter), Brought(), actor=world.actor("county_leader"), now=world.now)


def _accept(world: World, matter: Matter) -> None:
    actions.accept(
        matter,
        Brought(),
        level=RegionLevel.COUNTY,
        visitors="韩验、专家周专",
        visited_on=world.today,
        actor=world.actor("county_reviewer"),
        now=world.now,
    )


_STEPS: dict[str, Any] = {
    "verified": lambda w, m: actions.verify(m, said(), actor=w.actor("county_clerk"), now=w.now),
    "assigned": _assign,
    "taken_on": lambda w, m: actions.take_on(
        m, Brought(), duties=three_duties(w), actor=w.actor("county_clerk"), now=w.now
    ),
    "planned": _plan,
    "rectifying": lambda w, m: actions.approve_plan(
        m, Brought(number="青自然资〔2026〕3号"), actor=w.actor("city_reviewer"), now=w.now
    ),
    "self_checked": _self_check,
    "applied": lambda w, m: actions.apply_for_acceptance(
        m, Brought(), actor=w.actor("enterprise_manager"), now=w.now
    ),
    "county_accepted": _accept,
    "in_notice": lambda w, m: actions.give_public_notice(
        m, Brought(), where="县政府网站", contact="0000-0000000", actor=w.actor("county_clerk"), now=w.now
    ),
    "closed": _close,
}
