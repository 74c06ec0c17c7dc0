"""Does what a person types for one object pass the same rules as a row of a table, and leave one entry?"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from qingshan.exchange.single import without_corner_numbers
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.models import Mine, MiningRight, Tally
from qingshan.office.mines.queries import miscounted
from qingshan.office.trail.models import Entry
from qingshan.office.trail.verify.run import verify_trail

pytestmark = pytest.mark.django_db
NEW = "/register/mines/new/"
LICENCE = "C9901012020011120000001"
# 青石县's belt, 3° zone 41 with its number before the eastings: as licences print corners
CORNERS = """J1  3664342.123  41416012.33
J2  3664342.123  41417012.33
J3  3663342.123  41417012.33
J4  3663342.123  41416012.33"""

ZONE_41 = "EPSG:4529/north_east"


@pytest.fixture
def people() -> People:
    return nine_people()


@pytest.fixture
def clerk(people: People) -> Client:
    return people.enter("county_clerk")


def typed(**more: str) -> dict[str, str]:
    return {"key": "K-1", "name": "老虎沟铁矿", "region": "990101", **more}


def errors(page) -> dict[str, list[str]]:
    return {name: [str(one) for one in said] for name, said in page.context["form"].errors.items()}


def test_a_mine_is_registered_with_one_entry_and_stands_in_the_total(clerk: Client) -> None:
    page = clerk.post(NEW, typed(mineral="铁矿", state="producing"))
    mine = Mine.objects.get()
    assert page.headers["Location"] == f"/mines/{mine.pk}/"
    assert (mine.name, mine.mineral, mine.state, mine.region_id) == (
        "老虎沟铁矿",
        "铁矿",
        "producing",
        990101000000,
    )
    assert [entry.act for entry in Entry.objects.all()] == ["mines.register"]
    assert Tally.objects.get(what="mine").rows == 1
    assert miscounted() == []
    assert [fault for fault in verify_trail().faults if "mines." in str(fault)] == []


def test_corners_pasted_from_a_licence_become_the_boundary(clerk: Client) -> None:
    """Northing first, as surveyors write; the zone stands before the easting. The one reading is confirmed."""
    page = clerk.post(NEW, typed(geometry=CORNERS))
    assert [value for value, _ in page.context["form"].fields["crs"].choices] == [ZONE_41]
    assert not Mine.objects.exists()
    assert clerk.post(NEW, typed(geometry=CORNERS, crs=ZONE_41)).status_code == 302
    west, south, east, north = Mine.objects.get().geom.bounds
    assert 122.1 < west < east < 122.2
    assert 33.0 < south < north < 33.2


def test_corners_without_a_zone_are_asked_about_and_never_guessed(clerk: Client) -> None:
    bare = CORNERS.replace("  414", "  4")
    page = clerk.post(NEW, typed(geometry=bare))
    assert page.status_code == 422
    choices = [value for value, _ in page.context["form"].fields["crs"].choices]
    assert len(choices) > 1
    assert not Mine.objects.exists()
    assert clerk.post(NEW, typed(geometry=bare, crs="EPSG:4550/north_east")).status_code == 302
    assert 122.1 < Mine.objects.get().geom.bounds[0] < 122.2


def test_faults_stand_at_their_fields_without_a_row(clerk: Client) -> None:
    page = clerk.post(NEW, typed(name="", uscc="123", region="990201"))
    assert page.status_code == 422
    said = errors(page)
    assert {"name", "uscc", "region"} <= set(said)
    assert not any("第 1 行" in sentence for sentences in said.values() for sentence in sentences)
    assert not Mine.objects.exists()
    assert not Entry.objects.exists()


def test_a_number_that_exists_is_refused(clerk: Client) -> None:
    clerk.post(NEW, typed())
    page = clerk.post(NEW, typed(name="另一座"))
    assert page.status_code == 422
    assert "已经登记" in str(errors(page))
    assert Mine.objects.get().name == "老虎沟铁矿"


def test_a_correction_shows_what_stood_there_and_says_old_and_new(clerk: Client) -> None:
    clerk.post(NEW, typed(mineral="铁"))
    mine = Mine.objects.get()
    address = f"/register/mines/{mine.pk}/correct/"
    form = clerk.get(address).context["form"]
    assert (form["mineral"].value(), form["region"].value()) == ("铁", "990101")
    page = clerk.post(address, typed(name="虎沟一矿", mineral="铁", version="1"))
    assert page.headers["Location"] == f"/mines/{mine.pk}/"
    mine.refresh_from_db()
    assert (mine.name, mine.former_names, mine.version) == ("虎沟一矿", ["老虎沟铁矿"], 2)
    entry = Entry.objects.order_by("-seq").first()
    assert entry is not None
    assert '"name":"老虎沟铁矿"' in entry.old_json
    assert '"name":"虎沟一矿"' in entry.new_json


def test_a_correction_keeps_the_shape_unless_another_is_given(clerk: Client) -> None:
    clerk.post(NEW, typed(geometry=CORNERS, crs=ZONE_41))
    mine = Mine.objects.get()
    clerk.post(f"/register/mines/{mine.pk}/correct/", typed(mineral="铁", version="1", geometry=""))
    after = Mine.objects.get()
    assert (after.mineral, after.geom.equals(mine.geom)) == ("铁", True)


def test_whoever_corrects_what_another_changed_meanwhile_is_told(clerk: Client) -> None:
    clerk.post(NEW, typed())
    mine = Mine.objects.get()
    address = f"/register/mines/{mine.pk}/correct/"
    assert clerk.post(address, typed(mineral="铁", version="1")).status_code == 302
    assert clerk.post(address, typed(mineral="铜", version="1")).status_code == 409
    assert Mine.objects.get().mineral == "铁"


def test_nothing_that_differs_is_no_correction(clerk: Client) -> None:
    clerk.post(NEW, typed())
    page = clerk.post(f"/register/mines/{Mine.objects.get().pk}/correct/", typed(version="1"))
    assert page.status_code == 422
    assert "没有变化" in str(errors(page))
    assert Entry.objects.count() == 1


def test_the_number_cannot_be_corrected(clerk: Client) -> None:
    clerk.post(NEW, typed())
    page = clerk.post(
        f"/register/mines/{Mine.objects.get().pk}/correct/", typed(key="K-2", version="1", mineral="铁")
    )
    assert page.status_code == 422
    assert "更正不能改变编号" in str(errors(page))


def test_a_right_is_registered_in_the_units_of_its_form(clerk: Client) -> None:
    clerk.post(NEW, typed())
    sent = {
        "key": LICENCE,
        "mine": "K-1",
        "capacity_t_per_year": "30万吨/年",
        "reported_area_m2": "4.1",
        "from_on": "2020-01-01",
        "to_on": "2030-01-01",
        "state": "in_force",
    }
    page = clerk.post("/register/rights/new/", sent)
    assert page.status_code == 302, errors(page)
    right = MiningRight.objects.get()
    assert page.headers["Location"] == f"/mines/{right.mine_id}/"
    assert (right.capacity_t_per_year, right.reported_area_m2) == (300_000, 4_100_000)
    assert right.to_on == date(2030, 1, 1)
    again = clerk.get(f"/register/rights/{right.pk}/correct/").context["form"]
    assert again["reported_area_m2"].value() == "4.1"
    assert clerk.post(f"/register/rights/{right.pk}/correct/", {**sent, "version": "1"}).status_code == 422


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("J1 3664342.1 41416012.3\nJ2 3664342.2 41417012.3", "3664342.1 41416012.3\n3664342.2 41417012.3"),
        ("1、122.1，33.1\n2、122.2，33.1", "122.1，33.1\n122.2，33.1"),
        ("122.1,33.1\n122.2,33.1", "122.1,33.1\n122.2,33.1"),
        ("122.1,33.1;122.2,33.1", "122.1,33.1;122.2,33.1"),
        ("1 122.1 33.1\n122.2 33.1", "1 122.1 33.1\n122.2 33.1"),
        ("POLYGON ((1 2, 3 4, 5 6, 1 2))", "POLYGON ((1 2, 3 4, 5 6, 1 2))"),
    ],
)
def test_the_number_of_a_corner_is_left_out_where_every_line_has_one(text: str, read: str) -> None:
    assert without_corner_numbers(text) == read
