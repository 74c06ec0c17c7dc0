"""Is what is known already shown before somebody registers it again, and nothing else?"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import Point, box

from qingshan.office.cases import actions
from qingshan.office.cases.similar import similar
from qingshan.office.cases.tests.factories import World, a_case, a_petition, a_world, brought_to, said
from qingshan.office.mines.models import Mine
from qingshan.rules.matters import Route

pytestmark = pytest.mark.django_db
LATITUDE_M = 110_900
"""A degree of latitude at 33 degrees north."""


@pytest.fixture
def world() -> World:
    return a_world()


def titles(world: World, who: str = "county_clerk", **place: object) -> list[str]:
    return [each.matter.title for each in similar(actor=world.actor(who), **place)]  # type: ignore[arg-type]


def north_of(world: World, metres: float) -> Point:
    """A point so far from the northern side of the mine."""
    west, _south, east, north = world.mine.geom.bounds
    return Point((west + east) / 2, north + metres / LATITUDE_M)


def test_open_cases_of_the_mine_come_first_then_those_within_500_metres(world: World) -> None:
    a_case(world, title="旁边的边坡", mine=None, geom=north_of(world, 300))
    a_case(world, title="采坑未回填")
    a_case(world, title="长期监测", route=Route.LASTING)
    found = similar(actor=world.actor("county_clerk"), mine=world.mine)
    assert [(each.matter.title, each.at_mine) for each in found] == [
        ("长期监测", True),
        ("采坑未回填", True),
        ("旁边的边坡", False),
    ]
    assert found[0].distance_m == 0
    assert found[2].distance_m == pytest.approx(300, abs=2)


@pytest.mark.parametrize(("metres", "shown"), [(490, True), (510, False)])
def test_five_hundred_metres_are_measured_on_the_ground(world: World, metres: int, shown: bool) -> None:
    a_case(world, title="边坡", mine=None, geom=north_of(world, metres))
    assert titles(world, mine=world.mine) == (["边坡"] if shown else [])


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude(world: World) -> None:
    _west, south, east, north = world.mine.geom.bounds
    degrees = 480 / (LATITUDE_M * 0.838)
    a_case(world, title="东侧", mine=None, geom=Point(east + degrees, (south + north) / 2))
    found = similar(actor=world.actor("county_clerk"), geom=world.mine.geom)
    assert [each.distance_m for each in found] == [pytest.approx(480, abs=5)]


def test_what_has_ended_and_what_is_a_petition_is_not_similar(world: World) -> None:
    ended = a_case(world, title="已撤的问题")
    actions.verify(ended, said(), actor=world.actor("county_clerk"), now=world.now)
    actions.dismiss(world.fresh(ended), said(), actor=world.actor("county_leader"), now=world.now)
    a_petition(world)
    assert titles(world, mine=world.mine) == []


def test_a_case_under_way_is_similar_until_it_is_closed(world: World) -> None:
    matter = brought_to(world, "in_notice")
    assert titles(world, mine=world.mine) == [matter.title]


def test_nobody_is_shown_what_they_may_not_see(world: World) -> None:
    a_case(world, title="采坑未回填")
    other = Mine.objects.create(
        key="M-2", name="白沙矿", region=world.people.regions["990102"], geom=box(122.1, 33.1, 122.11, 33.11)
    )
    assert titles(world, "other_county_clerk", mine=other) == []
    assert titles(world, "provincial_dispatcher", mine=other) == ["采坑未回填"]


def test_a_place_without_a_shape_finds_what_lies_at_its_mine(world: World) -> None:
    Mine.objects.filter(pk=world.mine.pk).update(geom=None)
    mine = Mine.objects.get(pk=world.mine.pk)
    a_case(world, title="采坑未回填", mine=mine)
    found = similar(actor=world.actor("county_clerk"), mine=mine)
    assert [(each.matter.title, each.distance_m) for each in found] == [("采坑未回填", None)]


def test_two_queries_are_asked_however_many_cases_there_are(world: World) -> None:
    for number in range(30):
        a_case(world, title=f"问题 {number}", geom=north_of(world, 20 * number))
    clerk = world.actor("county_clerk")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = similar(actor=clerk, mine=world.mine)
        assert [each.matter.region.name for each in found] == ["青石县"] * 20
    assert len(asked) == 2
