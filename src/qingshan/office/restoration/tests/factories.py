"""A county with its people, legacy pits and a mine; projects at any point of the way, made by the acts themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from qingshan.geo.area import area_m2
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.tests.people import People, a_holding, a_person, a_post, nine_people
from qingshan.office.matters.actions import Brought, Named, Opening
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.matters.models import Evidence, Matter
from qingshan.office.matters.queries import one_matter
from qingshan.office.mines.models import Mine, Site
from qingshan.office.restoration import actions
from qingshan.office.restoration.actions import Done, Entering, NewList, NewProject, Planned
from qingshan.office.restoration.models import ListedSite, ProjectSite, TargetList
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.duties import Duty
from qingshan.rules.matters import EvidenceKind, Phase, SourceKind
from qingshan.rules.restoration import ListKind
from qingshan.rules.roles import Role

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
MORE = {
    "county_reviewer": ("county_bureau", "验收岗", (Duty.REVIEW,), "韩验"),
    "provincial_reviewer": ("province_bureau", "审核岗", (Duty.REVIEW,), "许审"),
    "city_leader": ("city_bureau", "分管局长", (Duty.LEAD,), "何领"),
}


@dataclass
class World:
    """The people, a mine, and a clock that the tests move."""

    people: People
    mine: Mine
    now: datetime = NOW
    actors: dict[str, Actor] = field(default_factory=dict)
    made: int = 0

    def actor(self, name: str) -> Actor:
        """The person at their post, today."""
        key = f"{name} {self.today}"
        if key not in self.actors:
            self.actors[key] = self.people.actor(name, on=self.today)
        return self.actors[key]

    @property
    def today(self) -> date:
        return (self.now + timedelta(hours=8)).date()

    def later(self, days: int) -> None:
        """Time passes."""
        self.now += timedelta(days=days)

    def fresh(self, matter: Matter) -> Matter:
        """The matter as it stands now."""
        return one_matter(matter.pk, actor=self.actor("provincial_dispatcher"))

    def by(self, name: str) -> dict[str, Any]:
        """Who does it, and when."""
        return {"actor": self.actor(name), "now": self.now}

    def site(self, shape: BaseGeometry | None = None, *, county: str = "990101", **values: Any) -> Site:
        """A legacy pit."""
        self.made += 1
        key = values.pop("key", f"P-{self.made}")
        facts: dict[str, Any] = {"name": f"废弃采坑{self.made}", "kind": "legacy", **values}
        return Site.objects.create(
            key=key,
            region=self.people.regions[county],
            geom=shape,
            area_m2=area_m2(shape) if shape is not None else None,
            **facts,
        )


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


def square(west: float, south: float = 33.1, side: float = 0.002) -> BaseGeometry:
    """A piece of land."""
    return box(west, south, west + side, south + side)


def a_list(world: World, *, code: str = "QS-LY", region: str = "990000") -> TargetList:
    """A list of the province."""
    new = NewList(
        code,
        "历史遗留矿山生态修复清单",
        ListKind.LEGACY,
        world.people.regions[region],
        "青自然资〔2026〕1号",
        world.today,
    )
    return actions.create_list(new, **world.by("registry_officer"))


def moved_in(
    world: World, target_list: TargetList, *sites: Site, areas: Sequence[float | None] = ()
) -> list[ListedSite]:
    """These sites come onto the list."""
    given = [*areas, *[None] * len(sites)]
    entering = [Entering(site, area) for site, area in zip(sites, given, strict=False)]
    return actions.move_in(
        target_list,
        entering,
        number="青自然资〔2026〕9号",
        occurred_on=world.today,
        **world.by("provincial_reviewer"),
    )


def a_project(
    world: World, *sites: Site, by: str = "county_clerk", payer: Payer | None = None, **changes: Any
) -> Matter:
    """A registered project on these sites: the county bureau answers, the enterprise does the works."""
    units = {Role.ANSWERING: "county_bureau", Role.EXECUTING: "enterprise"}
    values: dict[str, Any] = {
        "kind": "",
        "number": "",
        "title": "老虎沟废弃采坑修复",
        "region": world.people.regions["990101"],
        "source": SourceKind.OTHER,
        "mine": world.mine,
        "parties": tuple(Named(role, world.people.organisations[name]) for role, name in units.items()),
    }
    new = NewProject(
        Opening(**{**values, **changes}),
        RestorationMode.TO_FOREST,
        [Planned(site) for site in sites or (world.site(square(122.2)),)],
        planned_fen=300_000_000,
        payer=payer,
    )
    return world.fresh(actions.register_project(new, **world.by(by)))


def done(matter: Matter, *areas: float | None, whole: bool = True) -> list[Done]:
    """What is said of each site; its planned area where none is given."""
    rows = sites_of(project_of(matter))
    given = [*areas, *(row.planned_m2 for row in rows[len(areas) :])]
    return [Done(row, area, is_whole=whole) for row, area in zip(rows, given, strict=True)]


NUMBERED = Brought(number="云自然资〔2026〕3号")
WAY = ("approved", "designed", "ready", "working", "self_checked", "applied", "aftercare", "released")


def step(world: World, matter: Matter, to: str) -> Matter:
    """One step along the way."""
    STEPS[to](world, matter)
    return world.fresh(matter)


def _approve(world: World, matter: Matter) -> None:
    actions.approve_project(matter, NUMBERED, **world.by("city_reviewer"))


def _design(world: World, matter: Matter) -> None:
    funds = {"title": "修复实施方案", "planned_fen": 300_000_000}
    actions.submit_design(matter, Brought(), **funds, **world.by("enterprise_manager"))


def _approve_design(world: World, matter: Matter) -> None:
    due_on = world.today + timedelta(days=300)
    actions.approve_design(matter, NUMBERED, due_on=due_on, **world.by("city_reviewer"))


def _begin(world: World, matter: Matter) -> None:
    actions.begin_works(matter, Brought(), **world.by("enterprise_manager"))


def _claim(world: World, matter: Matter) -> None:
    actions.claim_completion(matter, Brought(), done=done(matter), **world.by("enterprise_manager"))


def shown(world: World, matter: Matter, *, phase: Phase | None = Phase.AFTER) -> list[Evidence]:
    """The enterprise hands in a photograph."""
    evidence = [NewEvidence(EvidenceKind.PHOTOGRAPH, "覆土栽植后照片", phase=phase)]
    return actions.add_evidence(matter, evidence, Brought(), **world.by("enterprise_manager"))


def _apply(world: World, matter: Matter) -> None:
    shown(world, matter)
    matter = world.fresh(matter)
    actions.apply_for_acceptance(matter, Brought(), **world.by("enterprise_manager"))


def _hand_over(world: World, matter: Matter) -> None:
    """Once aftercare is over."""
    until = project_of(matter).aftercare_until
    world.now += max(timedelta(), (until - world.today) if until else timedelta())
    actions.hand_over(matter, NUMBERED, receiver="青石县老虎沟村", **world.by("city_reviewer"))


def accept(world: World, matter: Matter, *areas: float | None, whole: bool = True) -> None:
    """Accepted on site, with two years of aftercare."""
    actions.accept_project(
        matter,
        Brought(number="云自然资验〔2026〕4号"),
        done=done(matter, *areas, whole=whole),
        visitors="钱审、周专",
        visited_on=world.today,
        aftercare_until=world.today + timedelta(days=730),
        **world.by("city_reviewer"),
    )


def redone(world: World, matter: Matter) -> Matter:
    """What was accepted did not last: half a year to do it again."""
    due_on = world.today + timedelta(days=180)
    actions.redo_works(matter, Brought(grounds="成活不足"), due_on=due_on, **world.by("city_reviewer"))
    return world.fresh(matter)


STEPS: dict[str, Callable[[World, Matter], None]] = {
    "approved": _approve,
    "designed": _design,
    "ready": _approve_design,
    "working": _begin,
    "self_checked": _claim,
    "applied": _apply,
    "aftercare": accept,
    "released": _hand_over,
}


def led_to(world: World, matter: Matter, state: str) -> Matter:
    """The project led along the way to a state."""
    for to in WAY[: WAY.index(state) + 1]:
        matter = step(world, matter, to)
    return matter


def rows_of(matter: Matter) -> list[ProjectSite]:
    """The sites of a project as they stand."""
    return list(ProjectSite.objects.filter(project__matter=matter).order_by("id"))
