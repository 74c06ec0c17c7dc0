"""An area with mines, and a case of the area that has no mine of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from shapely.geometry import box

from qingshan.office.cases import actions
from qingshan.office.cases.actions.planning import NewCover, NewPlan
from qingshan.office.cases.tests.factories import World, a_case, a_plan, said, three_duties
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter, Plan
from qingshan.office.mines.models import Mine

HECTARE_M2 = 10_000.0


def more_mines(world: World, *names: str, county: str = "990101") -> list[Mine]:
    """Further mines of a county, each of about a square kilometre."""
    return [
        Mine.objects.create(
            key=f"A-{county}-{number}",
            name=name,
            region=world.people.regions[county],
            geom=box(122.2 + number / 50, 33.2, 122.21 + number / 50, 33.21),
        )
        for number, name in enumerate(names)
    ]


def an_area_case(world: World) -> Matter:
    """A case of the county, taken on by its bureau, carried out by the enterprise; it has no mine."""
    matter = a_case(world, title="北山片区综合治理", mine=None)
    actions.verify(matter, said(), actor=world.actor("county_clerk"), now=world.now)
    actions.assign(
        world.fresh(matter),
        Brought(),
        answering=world.organisation("county_bureau"),
        due_on=world.today + timedelta(days=300),
        executing=None,
        actor=world.actor("county_dispatcher"),
        now=world.now,
    )
    actions.take_on(
        world.fresh(matter),
        Brought(),
        duties=three_duties(world),
        actor=world.actor("county_clerk"),
        now=world.now,
    )
    return world.fresh(matter)


def area_plan(world: World, *covers: NewCover, due_on: date | None = None, **changes: Any) -> NewPlan:
    """A plan of the county as an area."""
    plan = a_plan(world, due_on=due_on or world.today + timedelta(days=280))
    given: dict[str, Any] = {
        "title": "北山片区治理方案",
        "area": world.people.regions["990101"],
        "covers": covers,
        **changes,
    }
    return NewPlan(**{**{name: getattr(plan, name) for name in plan.__dataclass_fields__}, **given})


def drawn_up(world: World, matter: Matter, plan: NewPlan) -> Plan:
    """The draft of an area's plan, by the county that answers for it."""
    return actions.draft_plan(
        world.fresh(matter), plan, Brought(), actor=world.actor("county_clerk"), now=world.now
    )


LAND = NewCover(name="北山沟谷", area_m2=12.5 * HECTARE_M2)
