"""Which control lines does a shape touch, by how much to the square metre, and what stands on paper instead?"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import LineString, Point, box

from qingshan.geo.area import area_m2
from qingshan.office.errors import NotAllowed
from qingshan.office.places import actions, queries
from qingshan.office.places.models import OverlapOpinion
from qingshan.office.places.sentences import PlaceRefused
from qingshan.office.places.tests.factories import NOW, a_feature, a_layer
from qingshan.office.trail.models import Entry
from qingshan.rules.layers import LayerKind, OverlapConclusion

pytestmark = pytest.mark.django_db
SHAPE = box(122.2, 33.2, 122.3, 33.3)
RED, FIELD = LayerKind.ECOLOGICAL_REDLINE, LayerKind.BASIC_FARMLAND


def check(found, kind):
    return next(each for each in found.checks if each.kind == kind)


def test_the_area_is_that_of_the_intersection_on_the_ellipsoid(clerk):
    a_feature(a_layer(), "1", box(122.25, 33.25, 122.4, 33.4))
    found = check(queries.overlaps(SHAPE, clerk), RED)
    common = area_m2(box(122.25, 33.25, 122.3, 33.3))
    assert found.area_m2 == pytest.approx(common, abs=0.01)
    assert found.share == pytest.approx(common / area_m2(SHAPE))
    assert [hit.feature.code for hit in found.hits] == ["1"]


def test_land_that_lies_under_two_features_counts_once(clerk):
    layer = a_layer()
    for code in ("1", "2"):
        a_feature(layer, code, box(122.25, 33.25, 122.4, 33.4))
    found = check(queries.overlaps(SHAPE, clerk), RED)
    assert len(found.hits) == 2
    assert found.area_m2 == pytest.approx(found.hits[0].area_m2)


def test_a_hole_is_no_overlap(clerk):
    ring = box(122.1, 33.1, 122.5, 33.5).difference(box(122.15, 33.15, 122.35, 33.35))
    a_feature(a_layer(), "1", ring)
    found = check(queries.overlaps(SHAPE, clerk), RED)
    assert (found.hits, found.area_m2) == ((), 0.0)


def test_shapes_that_only_touch_share_no_land(clerk):
    a_feature(a_layer(), "1", box(122.3, 33.2, 122.4, 33.3))
    found = check(queries.overlaps(SHAPE, clerk), RED)
    assert [hit.area_m2 for hit in found.hits] == [0.0]
    assert found.area_m2 == 0.0


def test_what_no_layer_is_held_of_was_not_checked(clerk):
    a_layer()
    found = queries.overlaps(SHAPE, clerk)
    assert check(found, RED).area_m2 == 0.0
    assert not check(found, FIELD).is_held
    assert check(found, FIELD).area_m2 is None


def test_a_point_and_a_line_are_inside_but_have_no_area(clerk):
    a_feature(a_layer(), "1", SHAPE)
    for shape in (Point(122.25, 33.25), LineString([(122.1, 33.25), (122.25, 33.25)])):
        found = check(queries.overlaps(shape, clerk), RED)
        assert [(hit.area_m2, hit.share) for hit in found.hits] == [(None, None)]
        assert found.area_m2 is None


def test_only_layers_in_force_that_may_be_seen_are_checked(people):
    a_feature(a_layer("HX-1", state="withdrawn"), "1", SHAPE)
    a_feature(a_layer("HX-2", region="990102"), "1", SHAPE)
    assert queries.overlaps(SHAPE, people.actor("county_clerk")).hits == ()
    assert len(queries.overlaps(SHAPE, people.actor("other_county_clerk")).hits) == 1
    a_layer("HX-3", region="990000")
    assert not check(queries.overlaps(SHAPE, people.actor("enterprise_manager")), RED).is_held


def test_a_control_line_that_comes_in_from_the_next_county_is_not_missed(clerk):
    a_feature(a_layer(region="990000"), "1", box(122.29, 33.2, 122.9, 33.3))
    assert check(queries.overlaps(SHAPE, clerk), RED).area_m2 > 0


def test_a_check_costs_three_queries(clerk):
    for n in range(5):
        a_feature(a_layer(f"HX-{n}"), "1", SHAPE)
    with CaptureQueriesContext(connection) as caught:
        queries.overlaps(SHAPE, clerk)
    assert len(caught) == 3


# ---- opinions on paper ----


class Subject:
    """Anything with a place: what the act needs of it."""

    pk = 7

    def __init__(self, people, code="990101"):
        self.region_id = people.regions[code].pk

    def __str__(self):
        return "老虎沟铁矿"


def record(actor, people, **more):
    said = {
        RED: actions.Said(OverlapConclusion.CLEAR),
        FIELD: actions.Said(OverlapConclusion.OVERLAPS, 1200.0),
    }
    given = {
        "issued_by": "青石县自然资源局",
        "number": "青自然资核〔2026〕3号",
        "issued_on": date(2026, 11, 1),
        "file_digest": "a" * 64,
        "file_name": "意见.pdf",
        "said": said,
        **more,
    }
    return actions.record_overlap_opinion(
        actions.OpinionFacts(**given),
        subject_kind="mines.mine",
        subject=Subject(people),
        actor=actor,
        now=NOW,
    )


def test_an_opinion_on_paper_is_recorded_with_its_file(people, clerk):
    opinion = record(clerk, people)
    assert opinion.findings == {
        "basic_farmland": {"conclusion": "overlaps", "area_m2": 1200.0},
        "ecological_redline": {"conclusion": "clear", "area_m2": None},
    }
    entry = Entry.objects.get()
    assert (entry.act, entry.new["file_sm3"], entry.new["object"]) == (
        "places.record_overlap_opinion",
        "a" * 64,
        "老虎沟铁矿",
    )
    assert queries.opinions_about("mines.mine", Subject(people)) == [opinion]


CLEAR_WITH_AREA = {RED: actions.Said(OverlapConclusion.CLEAR, 3.0)}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"issued_by": " "}, "places.opinion_unnamed"),
        ({"number": ""}, "places.opinion_unnamed"),
        ({"issued_on": date(2026, 11, 22)}, "places.opinion_day_to_come"),
        ({"file_digest": ""}, "places.opinion_file_missing"),
        ({"said": {}}, "places.opinion_says_nothing"),
        ({"said": CLEAR_WITH_AREA}, "places.opinion_contradicts"),
    ],
)
def test_an_opinion_that_says_too_little_or_contradicts_itself_is_refused(people, clerk, more, code):
    with pytest.raises(PlaceRefused) as refusal:
        record(clerk, people, **more)
    assert refusal.value.code == code
    assert (OverlapOpinion.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["other_county_clerk", "county_leader", "enterprise_manager"])
def test_opinions_are_recorded_by_the_registry_of_the_area(people, who):
    with pytest.raises(NotAllowed):
        record(people.actor(who), people)
