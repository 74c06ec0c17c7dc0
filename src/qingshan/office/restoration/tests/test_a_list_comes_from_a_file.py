"""Does a list of historical pits come in from a workbook or GeoJSON, sites and all, and only once?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange.kinds import kind
from qingshan.exchange.models import Import, StagedRow
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.models import Site
from qingshan.office.mines.queries import miscounted
from qingshan.office.mines.tests.factories import (
    NOW,
    PROVINCE,
    clerk,
    geojson,
    imported,
    regions,
    site_row,
    staged,
    workbook,
)
from qingshan.office.regions.models import Region
from qingshan.office.restoration.actions import import_listed_sites
from qingshan.office.restoration.checking import astray
from qingshan.office.restoration.models import ListedSite, ListMove, TargetList
from qingshan.office.trail.models import Entry
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _list() -> None:
    regions()
    TargetList.objects.create(
        code="QS-LY", title="历史遗留矿山清单", kind="legacy", region=Region.objects.get(pk=PROVINCE),
        number="青自然资〔2026〕1号", decided_on="2026-01-10",
    )  # fmt: skip


BOTH = (Duty.REGISTRY, Duty.REVIEW)


def brought(file: Path, *duties: Duty, **options: Any) -> Import:
    return staged(file, clerk(PROVINCE, *duties), kind="listed_sites", **options)


def applied(file: Path, *duties: Duty) -> Import:
    return imported(file, clerk(PROVINCE, *duties), kind="listed_sites")


def refusals(import_: Import) -> list[str]:
    rows = StagedRow.objects.filter(source=import_, outcome="refused").order_by("position")
    return [say(Reason(one["code"], one["values"])) for row in rows for one in row.faults]


def test_new_pits_are_registered_and_stand_on_the_list(tmp_path: Path) -> None:
    row = site_row("L-1", 122.1, 入账面积=1.5, 验收日期="2026-06-30", 验收文号="验1号")
    applied(geojson(tmp_path, row, site_row("L-2", 122.2)))
    one, other = ListedSite.objects.order_by("key")
    assert (one.target_m2, str(one.restored_on), one.site.geom is not None) == (15_000.0, "2026-06-30", True)
    assert other.target_m2 == pytest.approx(other.site.area_m2, abs=1e-4)
    assert [move.move for move in one.moves.order_by("id")] == ["in", "restored"]
    assert ListMove.objects.order_by("id").first().number == "青自然资〔2026〕1号"  # type: ignore[union-attr]
    assert not miscounted()


def test_the_file_is_one_act_that_names_everything(tmp_path: Path) -> None:
    applied(geojson(tmp_path, site_row("L-1")))
    entry = Entry.objects.get()
    assert (entry.act, entry.subject_count) == ("restoration.import_listed_sites", 3)


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file = geojson(tmp_path, site_row("L-1", 入账面积=1.5))
    applied(file)
    again = brought(file)
    assert (again.created, again.changed, again.unchanged, again.refused) == (0, 0, 1, 0)


def test_a_registered_site_is_listed_as_the_register_knows_it(tmp_path: Path) -> None:
    Site.objects.create(key="D-1", name="旧采坑", region_id=990101000000, reported_area_m2=5_000)
    applied(workbook(tmp_path, ["点位编号"], ["D-1"]))
    row = ListedSite.objects.get()
    assert (row.name, row.target_m2, Site.objects.count()) == ("旧采坑", 5_000.0, 1)


def test_once_a_list_is_filled_a_file_needs_an_approval(tmp_path: Path) -> None:
    applied(geojson(tmp_path, site_row("L-1")))
    later = brought(geojson(tmp_path, site_row("L-9", 122.3), name="b.geojson"), *BOTH)
    assert "调入、调出清单须有批准文号和日期" in refusals(later)[0]
    good = applied(
        geojson(tmp_path, site_row("L-9", 122.3, 调入文号="9号", 调入日期="2026-05-01"), name="c.geojson"),
        *BOTH,
    )
    assert good.created == 1


def test_once_a_list_is_filled_a_file_needs_review(tmp_path: Path) -> None:
    applied(geojson(tmp_path, site_row("L-1")))
    row = site_row("L-9", 122.3, 调入文号="9号", 调入日期="2026-05-01")
    [said] = refusals(brought(geojson(tmp_path, row, name="b.geojson")))
    assert said.startswith("“L-9”：清单已有点位，此后调入点位或计入验收须有审核职责")


def test_a_list_that_was_filled_since_the_preview_is_not_changed_without_review(tmp_path: Path) -> None:
    waiting = brought(geojson(tmp_path, site_row("L-9", 122.3), name="b.geojson"))
    applied(geojson(tmp_path, site_row("L-1")))
    with pytest.raises(NotAllowed):
        import_listed_sites(waiting, actor=clerk(PROVINCE), now=NOW)
    assert ListedSite.objects.count() == 1


def test_an_acceptance_without_its_document_is_refused(tmp_path: Path) -> None:
    [said] = refusals(brought(geojson(tmp_path, site_row("L-1", 入账面积=1.5, 验收日期="2026-06-30"))))
    assert "没有填写验收文号" in said


ACCEPTED: dict[str, Any] = {"验收日期": "2026-06-30", "验收文号": "验1号", "验收面积": 1.2}


def test_an_acceptance_of_a_listed_site_is_counted_by_a_file(tmp_path: Path) -> None:
    applied(geojson(tmp_path, site_row("L-1", 入账面积=1.5)))
    file = geojson(tmp_path, site_row("L-1", **ACCEPTED), name="b.geojson")
    assert applied(file, *BOTH).changed == 1
    row = ListedSite.objects.get()
    assert (row.target_m2, row.done_m2, str(row.restored_on)) == (15_000.0, 12_000.0, "2026-06-30")
    move = row.moves.order_by("-id")[0]
    assert (move.move, move.number, move.done_sites) == ("restored", "验1号", 1)
    again = brought(file, *BOTH)
    assert (again.changed, again.unchanged, again.refused) == (0, 1, 0)
    assert not astray()


def test_a_part_that_is_done_counts_by_area_and_more_of_it_later(tmp_path: Path) -> None:
    applied(geojson(tmp_path, site_row("L-1", 入账面积=1.5)))
    part = geojson(tmp_path, site_row("L-1", 整处完成="否", **ACCEPTED), name="b.geojson")
    applied(part, *BOTH)
    row = ListedSite.objects.get()
    assert (row.done_m2, row.restored_on) == (12_000.0, None)
    assert brought(part, *BOTH).unchanged == 1
    less = site_row("L-1", **{**ACCEPTED, "验收面积": 1.0})
    assert (
        "小于已计入的 1.2000 公顷" in refusals(brought(geojson(tmp_path, less, name="c.geojson"), *BOTH))[0]
    )
    more = site_row("L-1", **{**ACCEPTED, "验收面积": 1.4})
    applied(geojson(tmp_path, more, name="d.geojson"), *BOTH)
    assert ListedSite.objects.get().done_m2 == 14_000.0


def test_an_acceptance_of_a_listed_site_says_what_it_lacks(tmp_path: Path) -> None:
    applied(geojson(tmp_path, site_row("L-1", 入账面积=1.5)))
    bare = site_row("L-1", 验收日期="2025-06-30")
    said = refusals(brought(geojson(tmp_path, bare, name="b.geojson")))[0]
    assert "没有填写验收文号" in said
    file = geojson(tmp_path, site_row("L-1", **ACCEPTED), name="c.geojson")
    assert "须有审核职责" in refusals(brought(file))[0]


def test_a_site_of_one_list_comes_onto_another(tmp_path: Path) -> None:
    applied(geojson(tmp_path, site_row("L-1", 清单编号="QS-LY")))
    TargetList.objects.create(
        code="QS-2", title="第二批", kind="legacy", region=Region.objects.get(pk=PROVINCE), number="2号",
        decided_on="2026-01-10",
    )  # fmt: skip
    applied(geojson(tmp_path, site_row("L-1", 清单编号="QS-2"), name="b.geojson"))
    assert ListedSite.objects.count() == 2


def test_bad_rows_go_back_with_a_sentence(tmp_path: Path) -> None:
    file = geojson(
        tmp_path,
        site_row("L-1", 清单编号="没有的"),
        site_row("L-2", 122.2, 验收日期="2025-06-30", 验收文号="验1号"),
        site_row("L-3", 122.3, 入账面积=-1),
    )
    said = refusals(brought(file))
    assert "没有编号为“没有的”的修复清单" in said[0]
    assert "早于调入日期" in said[1]
    assert len(said) == 3


def test_a_site_without_shape_and_area_counts_by_site_only(tmp_path: Path) -> None:
    applied(workbook(tmp_path, ["点位编号", "行政区划代码"], ["N-1", "990101"]))
    row = ListedSite.objects.get()
    assert (row.target_cm2, row.moves.get().without_area) == (None, 1)


def test_the_kind_is_known_to_the_wizard() -> None:
    assert kind("listed_sites").title.zh == "入账点位"
