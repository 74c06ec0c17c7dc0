"""Does the register come in fast, once, and on the record?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import shapely

from qingshan.office.errors import NotAllowed
from qingshan.office.regions import actions, queries
from qingshan.office.regions.models import Region, RegionName
from qingshan.office.regions.sentences import RegionRefused
from qingshan.office.regions.tests.lists import small_lists
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.parties import OPERATOR, SYSTEM, Nobody
from qingshan.office.trail.subjects import digests_of
from qingshan.rules.duties import Duty

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ADMIN = Nobody(SYSTEM, frozenset({Duty.SYSTEM_ADMIN}))


def test_the_whole_register_is_loaded_once_and_a_second_time_nothing():
    written = actions.load_register(actor=ADMIN, now=NOW)
    assert written == Region.objects.count() == Entry.objects.get().subject_count
    assert written > 7_000
    assert actions.load_register(actor=ADMIN, now=NOW) == 0
    assert Entry.objects.count() == 1


def test_loading_gives_parents_names_and_one_entry():
    actions.load_register(actor=ADMIN, now=NOW, lists=small_lists())
    county = Region.objects.select_related("parent").get(code="410422")
    assert (county.pk, county.level, county.parent.name) == (410422000000, "county", "平顶山市")
    assert Region.objects.get(code="419001").parent.name == "河南省"
    assert Region.objects.get(pk=0).code == "境外"
    assert RegionName.objects.filter(region__code="410402").count() == 2
    assert Entry.objects.get().new["created"] == Region.objects.count()


def test_a_newer_register_changes_only_what_differs():
    actions.load_register(actor=ADMIN, now=NOW, lists=small_lists()[:1])
    outline = shapely.box(113, 33, 114, 34)
    Region.objects.filter(code="410421").update(geom=outline)
    written = actions.load_register(actor=ADMIN, now=NOW, lists=small_lists())
    assert written == 3  # 410402 renamed, 410421 ended, 410422 new
    ended = Region.objects.get(code="410421")
    assert ended.valid_to == date(2010, 9, 30)
    assert ended.geom.equals(outline)


def test_what_the_trail_remembers_is_what_the_table_holds():
    actions.load_register(actor=ADMIN, now=NOW, lists=small_lists())
    regions = list(Region.objects.order_by("pk"))
    remembered = dict(Subject.objects.filter(kind="regions.region").values_list("object_id", "digest"))
    assert dict(zip([r.pk for r in regions], digests_of(regions), strict=True)) == remembered


def test_only_a_system_administrator_loads_it():
    with pytest.raises(NotAllowed):
        actions.load_register(actor=Nobody(OPERATOR, frozenset({Duty.REGISTRY})), now=NOW)
    assert not Region.objects.exists()


def local(code, name, **more):
    return actions.LocalRegion(code, name, **more)


def test_a_development_zone_gets_a_local_code_below_its_city():
    actions.load_register(actor=ADMIN, now=NOW, lists=small_lists())
    (zone,) = actions.add_local_regions(actor=ADMIN, now=NOW, regions=[local("410491", "高新区")])
    assert zone.is_local
    assert zone.parent.name == "平顶山市"
    assert actions.load_register(actor=ADMIN, now=NOW, lists=small_lists()) == 0
    closed = actions.close_local_region(actor=ADMIN, now=NOW, region=zone, last_day=date(2026, 6, 30))
    assert Region.objects.get(pk=closed.pk).valid_to == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("code", "reason"), [("410402", "regions.code_taken"), ("510104", "regions.no_parent")]
)
def test_a_local_code_that_is_taken_or_hangs_in_the_air_is_refused(code, reason):
    actions.load_register(actor=ADMIN, now=NOW, lists=small_lists())
    with pytest.raises(RegionRefused) as refused:
        actions.add_local_regions(actor=ADMIN, now=NOW, regions=[local(code, "某区")])
    assert refused.value.code == reason


def test_a_region_of_the_standard_is_not_closed_by_hand():
    actions.load_register(actor=ADMIN, now=NOW, lists=small_lists())
    region = Region.objects.get(code="410402")
    with pytest.raises(RegionRefused):
        actions.close_local_region(actor=ADMIN, now=NOW, region=region, last_day=date(2026, 6, 30))


def province():
    outlines = {"990000": (121, 33, 123, 35), "990100": (121, 33, 122, 35), "990101": (121, 33, 122, 34)}
    regions = [local(code, f"区{code}", geom=shapely.box(*box)) for code, box in outlines.items()]
    return actions.add_local_regions(actor=ADMIN, now=NOW, regions=regions)


def test_a_point_lies_in_the_lowest_region_that_holds_it(django_assert_num_queries):
    province()
    points = shapely.points([[121.5, 33.5], [121.5, 34.5], [122.5, 34.5], [100, 30]])
    with django_assert_num_queries(1):
        found = queries.regions_at(points)
    assert [region and region.code for region in found] == ["990101", "990100", "990000", None]
    assert queries.regions_at([]) == []


def test_regions_are_found_by_code_name_and_day():
    actions.load_register(actor=ADMIN, now=NOW, lists=small_lists())
    found = queries.regions_by_code(["410402", "410402000", 410400, "境外", "none", "999999"])
    assert {code: region.name for code, region in found.items()} == {
        "410402": "新华新区", "410402000": "新华新区", "410400": "平顶山市", "境外": "境外",
    }  # fmt: skip
    assert queries.name_on(found["410402"], date(2007, 1, 1)) == "新华区"
    assert [region.name for region in queries.path_of(found["410402"])] == ["河南省", "平顶山市", "新华新区"]
    inside_city = queries.below([(410400000000, 410499999999)])
    assert [region.code for region in inside_city] == ["410400", "410402", "410422"]
    assert not queries.below([]).exists()
