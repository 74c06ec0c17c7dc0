"""Where a plan reaches: typed with the plan or brought in a file, and told on the page; what is no land goes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.models import ApprovedPlan, Mine
from qingshan.office.mines.tests.dossiers import a_mine, a_plan
from qingshan.office.mines.tests.factories import geojson, imported, staged
from qingshan.office.trail.models import Entry
from qingshan.rules.register import PlanKind

pytestmark = pytest.mark.django_db
CORNERS = "J1 122.10,33.10\nJ2 122.11,33.10\nJ3 122.11,33.11\nJ4 122.10,33.11"
GIVEN = {"title": "开采方案", "number": "青自然资〔2024〕9号"}


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def mine(people: People) -> Mine:
    return a_mine(people)


def sent(people: People, mine: Mine, extent: str) -> Any:
    address = f"/mines/{mine.pk}/plans/new/?kind=mining"
    return people.enter("county_clerk").post(address, {**GIVEN, "extent": extent})


@pytest.mark.parametrize(
    "extent", [CORNERS, "POLYGON ((122.1 33.1, 122.11 33.1, 122.11 33.11, 122.1 33.11, 122.1 33.1))"]
)
def test_corners_or_wkt_are_typed_with_the_plan_and_its_page_tells_the_area(
    people: People, mine: Mine, extent: str
) -> None:
    assert sent(people, mine, extent).status_code == 302
    plan = ApprovedPlan.objects.get()
    assert plan.geom is not None
    assert plan.geom.equals(box(122.1, 33.1, 122.11, 33.11))
    page = people.enter("county_clerk").get(f"/mines/{mine.pk}/").content.decode()
    assert "方案范围" in page
    assert "公顷" in page


@pytest.mark.parametrize(
    ("extent", "said"),
    [
        ("东至公路", "坐标写法不能识别"),
        ("39512345,3661234\n39512445,3661234\n39512445,3661334", "CGCS2000 经纬度"),
        ("122.10,33.10\n122.11,33.11", "坐标写法不能识别"),
        ("122.10,33.10", "面"),
        ("122.10,33.10\n122.11,33.11\n122.11,33.10\n122.10,33.11", "122"),
    ],
)
def test_what_is_no_land_goes_back_with_a_sentence(
    people: People, mine: Mine, extent: str, said: str
) -> None:
    page = sent(people, mine, extent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not ApprovedPlan.objects.exists()


def feature(mine: str, number: str, side: float = 0.01) -> dict[str, Any]:
    shape = box(122.1, 33.1, 122.1 + side, 33.1 + side)
    return {
        "type": "Feature",
        "properties": {"矿山编号": mine, "批准文号": number},
        "geometry": shape.__geo_interface__,
    }


def test_a_file_brings_extents_of_plans_that_are_registered(
    people: People, mine: Mine, tmp_path: Path
) -> None:
    plan = a_plan(people, mine, kind=PlanKind.MINING)
    clerk = people.actor("county_clerk")
    file = geojson(tmp_path, feature(mine.key, plan.number), feature(mine.key, "没有这个方案"))
    import_ = imported(file, clerk, kind="plan-extents", good_rows_only=True)
    assert (import_.created, import_.changed, import_.unchanged, import_.refused) == (0, 1, 0, 1)
    plan.refresh_from_db()
    assert plan.geom.equals(box(122.1, 33.1, 122.11, 33.11))
    assert Entry.objects.latest("seq").act == "mines.import_extents"
    again = staged(geojson(tmp_path, feature(mine.key, plan.number)), clerk, kind="plan-extents")
    assert (again.changed, again.unchanged, again.refused) == (0, 1, 0)
    larger = geojson(tmp_path, feature(mine.key, plan.number, side=0.02))
    assert imported(larger, clerk, kind="plan-extents").changed == 1


def test_plans_of_another_county_are_not_found(people: People, mine: Mine, tmp_path: Path) -> None:
    plan = a_plan(people, mine, kind=PlanKind.MINING)
    file = geojson(tmp_path, feature(mine.key, plan.number))
    assert staged(file, people.actor("other_county_clerk"), kind="plan-extents").refused == 1
