"""Can a layer be registered, filled from a file, replaced and withdrawn, by whom, and who sees it?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import box

from qingshan.exchange.errors import Moved
from qingshan.exchange.models import StagedRow
from qingshan.geo.area import area_m2
from qingshan.office.errors import ChangedMeanwhile, NotAllowed, NotFound
from qingshan.office.places import actions, queries
from qingshan.office.places.access import features_visible_to, layers_visible_to
from qingshan.office.places.models import MapFeature, MapLayer
from qingshan.office.places.sentences import PlaceRefused
from qingshan.office.places.tests.factories import (
    NOW,
    a_feature,
    a_layer,
    facts,
    feature_row,
    features_file,
    imported,
    staged,
)
from qingshan.office.regions.models import Region
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.subjects import digest_of
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db
HERE, THERE = box(122.1, 33.1, 122.2, 33.2), box(122.3, 33.1, 122.4, 33.2)


def region(code="990000"):
    return Region.objects.get(code=code)


def register(actor, code="STBHHX-2026", *, where="990000", **more):
    return actions.register_layer(facts(code, **more), region=region(where), actor=actor, now=NOW)


def refused(code, act):
    entries = Entry.objects.count()
    with pytest.raises(PlaceRefused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == entries


# ---- the three acts ----


def test_a_layer_is_registered_by_one_entry(officer):
    layer = register(officer)
    entry = Entry.objects.get()
    assert entry.act == "places.register_layer"
    assert Subject.objects.get().digest == digest_of(layer)
    assert entry.new["source"] == layer.source


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"openness": "secret"}, "places.secret_refused"),
        ({"source": " "}, "places.layer_source_missing"),
        ({"data_on": date(2026, 11, 22)}, "places.layer_day_to_come"),
    ],
)
def test_a_layer_that_may_not_come_in_is_refused(officer, more, code):
    refused(code, lambda: register(officer, **more))
    assert MapLayer.objects.count() == 0


@pytest.mark.parametrize("code", ["", "红线", "-x", "a b", "x" * 41, "../x"])
def test_a_code_is_plain_letters_and_digits(officer, code):
    refused("places.layer_code_bad", lambda: register(officer, code))


def test_a_code_names_one_layer(officer):
    register(officer)
    refused("places.layer_code_taken", lambda: register(officer))


def test_nobody_registers_a_layer_beyond_their_area(people):
    with pytest.raises(NotAllowed):
        register(people.actor("county_clerk"), where="990102")
    with pytest.raises(NotAllowed):
        register(people.actor("county_leader"), where="990101")


def test_a_newer_layer_takes_the_place_of_the_old_one(officer):
    old, new = a_layer("HX-1"), a_layer("HX-2")
    refused("places.layer_empty", lambda: actions.replace_layer(old, by=new, actor=officer, now=NOW))
    a_feature(new, "1", HERE)
    actions.replace_layer(old, by=new, actor=officer, now=NOW)
    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.version) == ("replaced", new, 2)
    assert {subject.object_id for subject in Subject.objects.all()} == {old.pk, new.pk}
    refused("places.layer_not_in_force", lambda: actions.replace_layer(old, by=new, actor=officer, now=NOW))


def test_a_layer_is_replaced_by_another_one_of_its_kind(officer):
    old, other = a_layer("HX-1"), a_layer("JB-1", kind="basic_farmland")
    for by in (old, other):
        refused(
            "places.layer_of_other_kind",
            lambda by=by: actions.replace_layer(old, by=by, actor=officer, now=NOW),
        )


def test_a_withdrawn_layer_says_why_and_stays_on_record(officer):
    layer = a_layer()
    refused(
        "places.layer_reason_missing",
        lambda: actions.withdraw_layer(layer, reason=" ", actor=officer, now=NOW),
    )
    actions.withdraw_layer(layer, reason="成果有误", actor=officer, now=NOW)
    assert Entry.objects.get().new["reason"] == "成果有误"
    assert queries.one_layer(layer.pk, actor=officer).state == "withdrawn"


def test_of_two_who_withdraw_at_once_one_wins(officer):
    layer, same = a_layer(), MapLayer.objects.get()
    actions.withdraw_layer(layer, reason="重复", actor=officer, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.withdraw_layer(same, reason="重复", actor=officer, now=NOW)


# ---- who sees what ----


SEEN = [
    (
        "public",
        "990000",
        {"county_clerk", "enterprise_manager", "expert", "other_county_clerk", "system_admin"},
    ),
    (
        "internal",
        "990000",
        {"county_clerk", "county_leader", "city_reviewer", "auditor", "other_county_clerk"},
    ),
    (
        "internal",
        "990101",
        {"county_clerk", "county_leader", "city_reviewer", "provincial_dispatcher", "auditor"},
    ),
    ("internal", "990201", {"provincial_dispatcher", "auditor", "registry_officer"}),
]


@pytest.mark.parametrize(("openness", "where", "sees"), SEEN)
def test_public_layers_are_for_all_and_internal_ones_for_authorities_of_the_area(
    people, openness, where, sees
):
    layer = a_layer(region=where, openness=openness)
    a_feature(layer, "1", HERE)
    for name in sees:
        assert layers_visible_to(people.actor(name)).filter(pk=layer.pk).exists(), name
    for name in {"enterprise_manager", "expert", "system_admin"} - sees:
        assert not layers_visible_to(people.actor(name)).filter(pk=layer.pk).exists(), name
        assert not features_visible_to(people.actor(name)).exists()
    if where == "990101":
        assert not layers_visible_to(people.actor("other_county_clerk")).exists()
    assert not layers_visible_to(people.actor("anonymous")).exists()


def test_what_may_not_be_seen_is_not_found(people):
    layer = a_layer(region="990101")
    with pytest.raises(NotFound):
        queries.one_layer(layer.pk, actor=people.actor("enterprise_manager"))


# ---- features from a file ----


def faults(import_):
    rows = StagedRow.objects.filter(source=import_, outcome="refused").order_by("position")
    return [say(Reason(one["code"], one["values"])) for row in rows for one in row.faults]


def two_rows(layer="HX-1", **more):
    return (
        feature_row(HERE, 图层代码=layer, BSM="A1", 名称="云岭", 类型="水源涵养", **more),
        feature_row(THERE, 图层代码=layer, BSM="A2", 名称="松山", **more),
    )


def test_features_come_in_by_one_act(officer, tmp_path: Path):
    layer = a_layer("HX-1")
    import_ = imported(features_file(tmp_path, *two_rows()), officer)
    found = MapFeature.objects.get(code="A1")
    assert (found.layer, found.key, found.name, found.type) == (layer, "HX-1/A1", "云岭", "水源涵养")
    assert found.area_m2 == pytest.approx(area_m2(HERE))
    entry = Entry.objects.get()
    assert (entry.act, entry.seq) == ("places.import_layer_features", import_.applied_entry)
    assert entry.subject_count == 1 + 2  # the layer itself and both features
    assert Subject.objects.get(kind="places.feature", object_id=found.pk).digest == digest_of(found)


def test_the_same_file_again_changes_nothing_and_a_new_name_one_row(officer, tmp_path: Path):
    a_layer("HX-1")
    imported(features_file(tmp_path, *two_rows()), officer)
    again = staged(features_file(tmp_path, *two_rows()), officer)
    assert (again.created, again.changed, again.unchanged, again.refused) == (0, 0, 2, 0)
    renamed = two_rows()
    renamed[0]["properties"]["名称"] = "云岭东"
    import_ = imported(features_file(tmp_path, *renamed), officer)
    assert (import_.changed, import_.unchanged) == (1, 1)
    found = MapFeature.objects.get(code="A1")
    assert (found.name, found.version) == ("云岭东", 2)


def test_a_file_without_layer_column_belongs_to_the_layer_that_it_is_named_by(officer, tmp_path: Path):
    layer = a_layer("HX-1", title="红线")
    imported(features_file(tmp_path, feature_row(HERE, 名称="云岭")), officer)
    found = MapFeature.objects.get()
    assert found.layer == layer
    assert found.key.startswith("HX-1/红线:")
    again = staged(features_file(tmp_path, feature_row(HERE, 名称="云岭")), officer)
    assert again.unchanged == 1


def test_the_same_code_may_stand_in_two_layers(officer, tmp_path: Path):
    a_layer("HX-1")
    a_layer("JB-1", kind="basic_farmland")
    rows = (two_rows("HX-1")[0], two_rows("JB-1")[0])
    imported(features_file(tmp_path, *rows), officer)
    assert set(MapFeature.objects.values_list("key", flat=True)) == {"HX-1/A1", "JB-1/A1"}


def test_rows_of_no_layer_or_beyond_the_area_are_refused_in_words(people, tmp_path: Path):
    a_layer("HX-1", region="990000")
    rows = (two_rows("HX-9")[0], two_rows("HX-1")[1])
    said = faults(staged(features_file(tmp_path, *rows), people.actor("county_clerk")))
    assert "没有代码为“HX-9”的现行图层" in said[0]
    assert "超出您岗位的管辖范围" in said[1]


def test_a_layer_that_was_withdrawn_meanwhile_takes_no_features(officer, tmp_path: Path):
    layer = a_layer("HX-1")
    import_ = staged(features_file(tmp_path, *two_rows()), officer)
    actions.withdraw_layer(layer, reason="成果有误", actor=officer, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.import_layer_features(import_, actor=officer, now=NOW)
    assert MapFeature.objects.count() == 0


def test_an_import_whose_features_moved_is_refused(officer, tmp_path: Path):
    a_layer("HX-1")
    import_ = staged(features_file(tmp_path, *two_rows()), officer)
    imported(features_file(tmp_path, *two_rows(), name="other.geojson"), officer)
    with pytest.raises(Moved):
        actions.import_layer_features(import_, actor=officer, now=NOW)


# ---- pages ----


def test_a_layer_goes_through_its_pages(people):
    browser = people.enter("registry_officer")
    given = {
        "code": "HX-1",
        "title": "生态保护红线",
        "kind": "ecological_redline",
        "region": str(region().pk),
        "source": "省厅",
        "data_on": "2026-03-01",
    }
    page = browser.post("/layers/new/", {**given, "openness": "secret"})
    assert page.status_code == 422
    assert "涉密数据不能进入本系统" in page.content.decode()
    page = browser.post("/layers/new/", {**given, "openness": "internal"}, follow=True)
    assert "还没有要素" in page.content.decode()
    layer, newer = MapLayer.objects.get(), a_layer("HX-2")
    a_feature(newer, "1", HERE)
    assert browser.post(f"/layers/{layer.pk}/replace/", {"by": newer.pk}).status_code == 302
    assert browser.post(f"/layers/{newer.pk}/withdraw/", {"reason": "误"}).status_code == 302
    listed = browser.get("/layers/?state=all").content.decode()
    assert "已替换" in listed
    assert "已撤下" in listed


def test_the_list_of_layers_takes_few_queries(people, django_assert_max_num_queries):
    for n in range(60):
        a_layer(f"HX-{n}")
    browser = people.enter("county_clerk")
    browser.get("/layers/")
    with django_assert_max_num_queries(9):
        page = browser.get("/layers/")
    assert len(page.context["page"].rows) == 50


def test_features_are_exported_as_they_came_in(people, officer, tmp_path: Path):
    layer = a_layer("HX-1")
    imported(features_file(tmp_path, *two_rows()), officer)
    browser = people.enter("county_clerk")
    body = b"".join(browser.get(f"/layers/{layer.pk}/export.geojson").streaming_content)
    path = tmp_path / "back.geojson"
    path.write_bytes(body)
    again = staged(path, officer)
    assert (again.unchanged, again.refused) == (2, 0)


def test_a_page_of_layers_is_one_walk(officer):
    a_layer()
    with CaptureQueriesContext(connection) as caught:
        rows = queries.listed_layers(actor=officer).rows
        shown = [(row.region.name, row.title) for row in rows]
    assert len(shown) == 1
    assert len(caught) == 1
