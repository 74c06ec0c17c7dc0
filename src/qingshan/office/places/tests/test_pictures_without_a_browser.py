"""Is a map drawn as SVG that is the same every time, well-formed, safe, and shows no more than may be seen?"""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from shapely.geometry import Point, box

from qingshan.geo.area import GEOD
from qingshan.geo.tiles import window
from qingshan.office.places.models import MapFeature
from qingshan.office.places.picture import Frame, picture_of
from qingshan.office.places.picture.drawing import Names
from qingshan.office.places.picture.furniture import ground_of_furniture
from qingshan.office.places.picture.svg import width_of
from qingshan.office.places.tests.factories import a_feature, a_layer
from qingshan.rules.sm3 import sm3

pytestmark = pytest.mark.django_db
COUNTY = (122.0, 33.0, 122.5, 33.5)
HERE = box(122.2, 33.2, 122.3, 33.25)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(actor, where=COUNTY, **more):
    return picture_of(where, actor=actor, **{"width_px": 900, "height_px": 600, **more})


def part(svg, name):
    return ET.fromstring(svg).find(f".//{SVG}g[@data-part='{name}']")


def layer(svg, code):
    return ET.fromstring(svg).find(f".//{SVG}g[@data-layer='{code}']")


def texts(svg):
    return [text for text in ET.fromstring(svg).itertext() if text.strip()]


def test_a_picture_is_the_same_every_time(clerk):
    a_feature(a_layer(), "1", HERE, name="云岭红线")
    first, second = drawn(clerk, highlight=HERE, title="采场"), drawn(clerk, highlight=HERE, title="采场")
    assert sm3(first.encode()) == sm3(second.encode())


def test_outlines_names_ruler_north_and_legend_are_on_it(clerk):
    a_feature(a_layer(title="省级红线"), "1", HERE, name="云岭红线")
    svg = drawn(clerk)
    assert {"青石县", "云岭红线", "省级红线", "北", "10 km"} <= set(texts(svg))
    assert part(svg, "ruler") is not None
    assert part(svg, "graticule") is not None
    assert any("青山省自然资源厅（2026-03-01）" in text for text in texts(svg))


def test_the_number_of_an_examined_map_stands_below(clerk):
    a_layer(approval_no="青S（2026）001号")
    assert any("审图号：青S（2026）001号" in text for text in texts(drawn(clerk)))


def test_text_from_people_cannot_become_markup(clerk):
    nasty = '<script>alert("1")</script>&\x0b'
    a_feature(a_layer(title=nasty, source=nasty), "1", HERE, name=nasty)
    svg = drawn(clerk, highlight=HERE, title=nasty)
    assert "<script" not in svg
    assert '<script>alert("1")</script>&' in texts(svg)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("county_clerk", True), ("other_county_clerk", False), ("enterprise_manager", False), ("expert", False)],
)
def test_an_internal_layer_is_drawn_for_authorities_of_its_area_only(people, who, sees):
    found = a_layer(region="990101")
    a_feature(found, "1", HERE)
    svg = drawn(people.actor(who))
    assert (layer(svg, f"layer-{found.pk}") is not None) is sees


def test_more_than_can_be_drawn_is_counted(clerk, monkeypatch):
    found = a_layer()
    for n in range(30):
        a_feature(found, str(n), Point(122.1 + n / 100, 33.2))
    group = layer(drawn(clerk), f"layer-{found.pk}")
    assert len(group.findall(f"{SVG}circle")) == 30
    monkeypatch.setattr(window.sample, "__kwdefaults__", {"geom": "geom", "properties": (), "most": 5})
    group = layer(drawn(clerk), f"layer-{found.pk}")
    assert 1 <= len(group.findall(f"{SVG}circle")) <= 30
    assert MapFeature.objects.count() == 30


def test_counts_of_a_window_add_up_whatever_its_proportions(clerk):
    found = a_layer()
    for n in range(30):
        a_feature(found, str(n), Point(122.1 + n / 100, 33.2))
    counted = window.sample(MapFeature.objects.all(), COUNTY, most=5)
    assert sum(count for _lon, _lat, count in counted.counts) == 30
    one_by_one = window.sample(MapFeature.objects.all(), COUNTY, properties=("code",))
    assert [each.told["code"] for each in one_by_one.shapes] == [str(n) for n in range(30)]


def test_a_narrow_picture_has_its_legend_below_the_map(clerk):
    svg = drawn(clerk, width_px=300, height_px=260, highlight=HERE, title="采场")
    assert part(svg, "legend") is not None
    assert ET.fromstring(svg).find(f"{SVG}svg//{SVG}g[@data-part='legend']") is None


def test_the_ruler_is_true_in_the_middle():
    frame = Frame.around(COUNTY, width_px=900, height_px=600)
    lon, lat = frame.middle
    x, y = frame.point(lon, lat)
    assert (x, y) == pytest.approx((450, 300))
    east = lon + 50 / frame.world_px * 360
    _there, _back, metres = GEOD.inv(lon, lat, east, lat)
    assert metres / 50 == pytest.approx(frame.metres_per_px, rel=5e-3)


def test_steps_and_scales_lead_to_the_neighbouring_window():
    frame = Frame.around(COUNTY, width_px=900, height_px=600)
    right = Frame.around(frame.moved(0.5, 0), width_px=900, height_px=600, margin=0)
    assert right.world_px == pytest.approx(frame.world_px)
    assert right.point(*frame.middle)[0] == pytest.approx(0, abs=0.01)
    near = Frame.around(frame.nearer(0.5), width_px=900, height_px=600, margin=0)
    assert near.world_px == pytest.approx(2 * frame.world_px)
    assert near.middle == pytest.approx(frame.middle)


def test_a_point_and_the_whole_world_can_be_drawn(clerk):
    assert "highlight" not in drawn(clerk, Point(122.2, 33.2), highlight=Point(122.2, 33.2), title="老虎沟")
    assert ET.fromstring(drawn(clerk, (-180.0, -90.0, 180.0, 90.0))) is not None


def test_english_has_no_chinese_words_of_the_program(clerk):
    with translation.override("en"):
        svg = drawn(clerk)
    assert "北" not in texts(svg)
    assert part(svg, "north") is not None


def test_a_picture_costs_few_queries(clerk):
    for n in range(3):
        a_feature(a_layer(f"HX-{n}"), "1", HERE)
    with CaptureQueriesContext(connection) as caught:
        drawn(clerk)
    # which layers there are, the outlines; a count and a look for each layer and each branch of a list
    assert len(caught) <= 1 + 1 + 3 * 2 + 2 * 2 * 2


def test_degrees_do_not_run_into_one_another_on_a_narrow_picture_of_a_small_place(clerk):
    picture = ET.fromstring(drawn(clerk, (122.1, 33.1, 122.12, 33.112), width_px=310, height_px=220))
    told = [(float(one.get("x")), one.text) for one in picture.iter(f"{SVG}text") if one.text.endswith("E")]
    assert len(told) > 1
    for (left, said), (right, _next) in itertools.pairwise(sorted(told)):
        assert left + width_of(said, 10) < right


def test_no_name_lies_on_the_ruler_or_the_arrow(clerk):
    frame = Frame.around(COUNTY, width_px=310, height_px=220)
    names = Names(frame, taken=ground_of_furniture(frame))
    names.add("老虎沟", 60, 214, size_px=11)
    names.add("东沟", 290, 30, size_px=11)
    assert names.written == []
    names.add("北坡", 150, 100, size_px=11)
    assert len(names.written) == 1
