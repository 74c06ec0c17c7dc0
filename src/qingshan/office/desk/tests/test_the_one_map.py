"""What does the map answer: what lies here, how far, which view, which sheet of paper?"""

from __future__ import annotations

from datetime import date
from math import cos, radians
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import box

from qingshan.geo.area import area_m2
from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.desk import one_map
from qingshan.office.desk.map_address import read_address, read_bounds
from qingshan.office.desk.sentences import MapRefused
from qingshan.office.errors import NotFound
from qingshan.office.mines.models import Mine, MiningRight, Patch, Site
from qingshan.office.places.layers import layer_for, layers_for
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.regions.models import Region

pytestmark = pytest.mark.django_db
HERE, POINT = box(122.1, 33.1, 122.11, 33.11), (122.105, 33.105)


@pytest.fixture
def people():
    """Two counties; in the western one a mine, two sites, a patch, a right and a control line over them."""
    everybody = nine_people()
    for code, outline in {
        "990101": box(122.0, 33.0, 122.5, 33.5),
        "990102": box(122.5, 33.0, 123.0, 33.5),
    }.items():
        Region.objects.filter(code=code).update(geom=outline)
    place = {"region": everybody.regions["990101"], "geom": HERE}
    mine = Mine.objects.create(key="M-1", name="老虎沟铁矿", state="producing", **place)
    site = Site.objects.create(key="S-1", name="老虎沟采坑", mine=mine, kind="open_pit", area_m2=1.0, **place)
    Site.objects.create(
        key="S-2",
        name="北沟排土场",
        kind="waste_dump",
        region=place["region"],
        geom=box(122.3, 33.3, 122.31, 33.31),
    )
    Patch.objects.create(key="P-1", site=site, area_m2=1.0, **place)
    MiningRight.objects.create(key="C-1", mine=mine, area_m2=1.0, **place)
    layer = MapLayer.objects.create(
        code="HX-1", title="红线", kind="ecological_redline", openness="internal", source="省厅",
        data_on=date(2026, 3, 1), region=everybody.regions["990000"],
    )  # fmt: skip
    MapFeature.objects.create(
        layer=layer, key="HX-1/1", name="云岭红线", geom=box(122.05, 33.05, 122.2, 33.2)
    )
    return everybody


def address(actor, **given):
    return read_address(given, actor=actor)


def under(actor, point=POINT, **given):
    read = address(actor, **given)
    layers = [(layer, read.query_of(layer)) for layer in read.shown]
    return [found.title for found in one_map.under(point, layers, actor=actor, within_degrees=0.0001)]


# ---- identify ----


def test_everything_under_a_click_is_named_the_uppermost_first(people):
    assert under(people.actor("county_clerk")) == ["老虎沟铁矿", "老虎沟采坑", "云岭红线"]


def test_only_layers_that_are_on_are_asked(people):
    clerk = people.actor("county_clerk")
    assert under(clerk, layers="patches,rights") == ["P-1", "C-1"]
    assert under(clerk, layers="regions") == []


@pytest.mark.parametrize("who", ["other_county_clerk", "expert"])
def test_another_countys_objects_are_not_there(people, who):
    assert under(people.actor(who), layers="mines,sites,patches,rights") == []


def test_a_filter_of_the_lists_narrows_click_and_tiles_alike(people):
    clerk = people.actor("county_clerk")
    assert under(clerk, sites="waste_dump", layers="sites") == []
    read = address(clerk, sites="waste_dump", region="990101000000")
    tiles = read.tiles_of(layer_for("sites", clerk))
    assert tiles == "/tiles/sites/{z}/{x}/{y}.mvt?region=990101000000&category=waste_dump"
    tile = {"z": 7, "x": 107, "y": 51}
    whole = one_map.tile_of("sites", actor=clerk, query={}, **tile)
    dumps = one_map.tile_of("sites", actor=clerk, query=read.query_of(layer_for("sites", clerk)), **tile)
    assert (b"S-1" in whole, b"S-2" in whole) == (True, True)
    assert (b"S-1" in dumps, b"S-2" in dumps) == (False, True)


def test_a_single_object_is_shown_at_once_and_several_as_a_list(people):
    browser = people.enter("county_clerk")
    page = browser.get("/map/here/", {"at": "122.305,33.305", "layers": "sites"}).content.decode()
    assert 'data-chosen="sites:' in page
    assert "查看与控制线的套合" in page
    page = browser.get("/map/here/", {"at": "122.105,33.105", "layers": "sites,mines"}).content.decode()
    assert "这里有 2 个对象" in page


def test_a_click_costs_two_queries_for_each_branch(people):
    clerk = people.actor("county_clerk")
    read = address(clerk)
    layers = [(layer, read.query_of(layer)) for layer in read.shown]
    with CaptureQueriesContext(connection) as caught:
        one_map.under(POINT, layers, actor=clerk, within_degrees=0.001)
    assert len(caught) <= 2 * (2 + 2 + 1)  # sites and mines have two branches each, the control line one


# ---- measure ----


def test_an_area_is_that_of_the_ellipsoid_and_a_line_is_geodesic(people):
    ring = "122,33; 122.1,33\n122.1,33.1；122，33.1"
    found = one_map.measured(ring, as_area=True)
    assert found.area_m2 == pytest.approx(area_m2(box(122.0, 33.0, 122.1, 33.1)))
    line = one_map.measured("122,33;122,34", as_area=False)
    # the meridian's own series in the middle of that degree, which knows no geodesics
    middle = radians(33.5)
    degree_m = 111_132.954 - 559.822 * cos(2 * middle) + 1.175 * cos(4 * middle)
    assert line.length_m == pytest.approx(degree_m, abs=0.1)
    assert line.area_m2 is None


@pytest.mark.parametrize(
    ("text", "as_area", "code"),
    [
        ("122,33", False, "desk.measure_needs_points"),
        ("122,33;122,34", True, "desk.measure_needs_points"),
        ("122,33;x", False, "desk.point_unreadable"),
        ("122,33;122,91", False, "desk.point_unreadable"),
        ("122,33;nan,1", False, "desk.point_unreadable"),
        ("0,0;1,1;1,0;0,1", True, "desk.measure_crosses"),
        (";".join(["122,33"] * 501), False, "desk.measure_too_many"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_words(text, as_area, code):
    with pytest.raises(MapRefused) as refusal:
        one_map.measured(text, as_area=as_area)
    assert refusal.value.code == code


def test_hectares_and_mu_stand_beside_each_other(people):
    page = people.enter("expert").get(
        "/map/measure/", {"of": "area", "points": "122,33;122.1,33;122.1,33.1;122,33.1"}
    )
    assert "公顷" in page.content.decode()
    assert "亩" in page.content.decode()


# ---- the address ----


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "2,2,1,1", "1,1,1,1", "-181,0,0,1", "0,0,1,91", "nan,0,1,1"]
)
def test_bounds_that_are_none_are_left_out(text):
    assert read_bounds(text) is None


def test_a_link_holds_place_layers_and_filters(people):
    clerk = people.actor("county_clerk")
    read = address(clerk, layers="sites", bounds="122,33,122.5,33.5", sites="open_pit")
    assert [layer.code for layer in read.shown] == ["sites"]
    assert read.bounds == (122.0, 33.0, 122.5, 33.5)
    assert read.link("/map/print/", paper="a4").endswith(
        "layers=sites&bounds=122%2C33%2C122.5%2C33.5&sites=open_pit&paper=a4"
    )


def test_the_map_begins_at_the_region_that_was_chosen(people):
    read = address(people.actor("provincial_dispatcher"), region="990102000000")
    assert read.bounds == (122.5, 33.0, 123.0, 33.5)


def test_an_object_that_may_not_be_seen_is_not_found(people):
    site = Site.objects.get(key="S-1")
    with pytest.raises(NotFound):
        address(people.actor("other_county_clerk"), object=f"sites:{site.pk}")


def test_internal_layers_are_offered_to_authorities_only(people):
    titles = [str(layer.title) for layer in layers_for(people.actor("enterprise_manager"))]
    assert "红线" not in titles
    assert "红线" in [str(layer.title) for layer in layers_for(people.actor("county_leader"))]


# ---- picture and paper ----


def test_the_picture_has_six_ways_on_and_lists_what_is_in_it(people):
    page = people.enter("county_clerk").get("/map/picture/", {"bounds": "122,33,122.5,33.5"}).content.decode()
    assert page.count('hx-get="/map/picture/?') == 6
    assert page.count('href="/map/?') == 6
    assert "<svg" in page
    assert "老虎沟采坑" in page


def test_the_picture_shows_a_county_clerk_nothing_of_the_next_county(people):
    page = (
        people.enter("other_county_clerk")
        .get("/map/picture/", {"bounds": "122,33,122.5,33.5"})
        .content.decode()
    )
    assert "老虎沟" not in page
    assert "S-1" not in page


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_a_sheet_has_title_scale_sources_and_size(people, paper):
    given = urlencode({"paper": paper, "title": "老虎沟<矿区>", "bounds": "122,33,122.5,33.5"})
    page = people.enter("county_clerk").get(f"/map/print/?{given}").content.decode()
    assert f"css/paper-{paper}.css" in page
    assert "<h1>老虎沟&lt;矿区&gt;</h1>" in page
    assert " · 1:" in page
    assert "资料来源：" in page


def test_the_map_page_costs_few_queries(people, django_assert_max_num_queries):
    browser = people.enter("county_clerk")
    browser.get("/map/")
    with django_assert_max_num_queries(11):
        assert browser.get("/map/").status_code == 200
