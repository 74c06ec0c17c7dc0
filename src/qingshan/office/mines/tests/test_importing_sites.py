"""What happens when a registry officer lets a file of sites in?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, Sum

from qingshan.exchange.errors import ExchangeError, Moved
from qingshan.exchange.models import StagedRow
from qingshan.geo.area import area_m2
from qingshan.office.errors import NotAllowed
from qingshan.office.mines import actions
from qingshan.office.mines.models import Site, Tally
from qingshan.office.mines.queries import miscounted
from qingshan.office.mines.tests.factories import (
    EAST,
    NOW,
    PROVINCE,
    WEST,
    clerk,
    geojson,
    imported,
    regions,
    site_row,
    square,
    staged,
)
from qingshan.office.trail.models import Entry, Subject
from qingshan.office.trail.subjects import digest_of
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions() -> None:
    regions()


def faults(import_: Any) -> list[str]:
    rows = StagedRow.objects.filter(source=import_, outcome="refused").order_by("position")
    return [say(Reason(one["code"], one["values"])) for row in rows for one in row.faults]


def test_a_site_stands_in_the_county_where_it_lies(tmp_path: Path) -> None:
    file = geojson(tmp_path, site_row("A-1", 122.1), site_row("A-2", 122.7))
    imported(file, clerk(PROVINCE))
    assert dict(Site.objects.values_list("key", "region_id")) == {"A-1": WEST, "A-2": EAST}
    site = Site.objects.get(key="A-1")
    assert site.area_m2 == pytest.approx(area_m2(square(122.1, 33.1)))
    assert site.recorded_by_id == clerk(PROVINCE).decider.organisation_id


def test_the_act_leaves_one_entry_that_names_every_site_and_the_file(tmp_path: Path) -> None:
    import_ = imported(geojson(tmp_path, site_row("A-1"), site_row("A-2", 122.2)), clerk(WEST))
    entry = Entry.objects.get()
    assert entry.act == "mines.import_sites"
    assert entry.seq == import_.applied_entry
    subjects = dict(Subject.objects.values_list("object_id", "digest"))
    assert subjects == {site.pk: digest_of(site) for site in Site.objects.all()}
    assert '"created":2' in entry.new_json
    assert import_.file_digest in entry.new_json


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file = geojson(tmp_path, site_row("A-1", 面积=1.2), site_row(None, 122.2))
    imported(file, clerk(WEST))
    again = staged(file, clerk(WEST))
    assert (again.created, again.changed, again.unchanged, again.refused) == (0, 0, 2, 0)


def test_a_site_without_number_is_known_by_layer_and_shape(tmp_path: Path) -> None:
    imported(geojson(tmp_path, site_row(None)), clerk(WEST))
    assert Site.objects.get().key.startswith("点位:")


def test_an_update_changes_what_the_file_names_and_nothing_else(tmp_path: Path) -> None:
    imported(geojson(tmp_path, site_row("A-1", 点位名称="老虎沟", 备注="旧")), clerk(WEST))
    second = imported(geojson(tmp_path, site_row("A-1", 备注="新"), name="second.geojson"), clerk(WEST))
    site = Site.objects.get()
    assert (site.name, site.note, site.version) == ("老虎沟", "新", 2)
    assert StagedRow.objects.get(source=second).changes == {"note": ["旧", "新"]}


def test_an_update_that_moves_a_shape_moves_it_in_the_index(tmp_path: Path) -> None:
    imported(geojson(tmp_path, site_row("A-1", 122.1)), clerk(WEST))
    imported(geojson(tmp_path, site_row("A-1", 122.3), name="second.geojson"), clerk(WEST))
    assert Site.objects.filter(geom__intersects=square(122.3, 33.1)).count() == 1
    assert Site.objects.filter(geom__intersects=square(122.1, 33.1)).count() == 0


def test_a_county_clerk_cannot_register_in_the_next_county(tmp_path: Path) -> None:
    import_ = staged(geojson(tmp_path, site_row("A-1", 122.7)), clerk(WEST))
    assert import_.refused == 1
    assert "不在您岗位的管辖范围内" in faults(import_)[0]


def test_a_number_of_another_county_can_be_neither_read_nor_taken(tmp_path: Path) -> None:
    imported(geojson(tmp_path, site_row("B-1", 122.7, 点位名称="邻县秘密")), clerk(EAST))
    import_ = staged(geojson(tmp_path, site_row("B-1", 122.1), name="mine.geojson"), clerk(WEST))
    assert import_.refused == 1
    assert "已被其他地区使用" in faults(import_)[0]
    assert "邻县秘密" not in "".join(faults(import_))


def test_a_place_in_no_county_is_refused_unless_abroad_is_meant(tmp_path: Path) -> None:
    far = geojson(tmp_path, site_row("X-1", -60.0, -5.0))
    assert staged(far, clerk(PROVINCE)).refused == 1
    imported(far, clerk(PROVINCE), allow_abroad=True)
    assert Site.objects.get().region_id == 0


def test_with_refused_rows_nothing_goes_in_unless_the_good_ones_are_asked_for(tmp_path: Path) -> None:
    file = geojson(tmp_path, site_row("A-1"), site_row("A-2", 122.7))
    import_ = staged(file, clerk(WEST))
    with pytest.raises(ExchangeError):
        actions.import_sites(import_, actor=clerk(WEST), now=NOW)
    assert not Site.objects.exists()
    import_.options["good_rows_only"] = True
    import_.save()
    actions.import_sites(import_, actor=clerk(WEST), now=NOW)
    assert [site.key for site in Site.objects.all()] == ["A-1"]


def test_what_somebody_changed_since_the_preview_stops_the_whole_import(tmp_path: Path) -> None:
    imported(geojson(tmp_path, site_row("A-1")), clerk(WEST))
    late = staged(
        geojson(tmp_path, site_row("A-1", 备注="迟"), site_row("A-9", 122.3), name="b.geojson"), clerk(WEST)
    )
    imported(geojson(tmp_path, site_row("A-1", 备注="早"), name="c.geojson"), clerk(WEST))
    with pytest.raises(Moved):
        actions.import_sites(late, actor=clerk(WEST), now=NOW)
    assert [(site.key, site.note) for site in Site.objects.all()] == [("A-1", "早")]


def test_importing_needs_the_registry_duty(tmp_path: Path) -> None:
    import_ = staged(geojson(tmp_path, site_row("A-1")), clerk(WEST))
    with pytest.raises(NotAllowed):
        actions.import_sites(import_, actor=clerk(WEST, Duty.DISPATCH), now=NOW)


def test_who_applies_must_himself_cover_the_area(tmp_path: Path) -> None:
    import_ = staged(geojson(tmp_path, site_row("A-1", 122.1), site_row("A-2", 122.7)), clerk(PROVINCE))
    with pytest.raises((NotAllowed, Moved)):
        actions.import_sites(import_, actor=clerk(WEST), now=NOW)
    assert not Site.objects.exists()


def test_the_tallies_agree_with_a_recount_after_new_changed_and_moved_sites(tmp_path: Path) -> None:
    first = [
        site_row("A-1", 点位类型="露天采场"),
        site_row("A-2", 122.2, 点位类型="尾矿库"),
        site_row("A-3", 122.7),
    ]
    imported(geojson(tmp_path, *first), clerk(PROVINCE))
    second = [site_row("A-1", 122.8, 点位类型="尾矿库", 行政区划代码="990102"), site_row("A-4", 122.15)]
    imported(geojson(tmp_path, *second, name="second.geojson"), clerk(PROVINCE))
    counted = Site.objects.values_list("region_id", "kind").annotate(Count("pk"), Sum("area_m2"))
    tallied = {(t.region_id, t.category): (t.rows, t.area_cm2) for t in Tally.objects.filter(rows__gt=0)}
    assert {key: rows for key, (rows, _area) in tallied.items()} == {(r, k): n for r, k, n, _a in counted}
    for region, kind, _n, area in counted:
        assert tallied[region, kind][1] == pytest.approx(area * 10_000, abs=len(first))


def test_a_recount_names_the_tally_that_is_wrong(tmp_path: Path) -> None:
    imported(geojson(tmp_path, site_row("A-1", 点位类型="露天采场"), site_row("A-2", 122.2)), clerk(WEST))
    assert miscounted() == []
    Tally.objects.filter(category="open_pit").update(rows=7)
    assert miscounted() == [f"site {WEST} open_pit: 7 instead of 1"]
    Site.objects.filter(key="A-2").delete()
    assert len(miscounted()) == 2
