"""一矿一档: what stands in it, what it lacks, for whom, and at what cost however much belongs to the mine."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.dossier.gathering import SHOWN, Dossier
from qingshan.office.mines.dossier.land import bars, land_over_time
from qingshan.office.mines.dossier.missing import gaps
from qingshan.office.mines.models import ApprovedPlan, Mine, Patch, Site
from qingshan.office.mines.tests.dossiers import (
    COUNTY,
    a_document,
    a_full_dossier,
    a_mine,
    a_plan,
    a_right,
    sites_with_patches,
    some_land,
    today,
)
from qingshan.rules.register import PlanKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return nine_people()


def page_of(people: People, who: str, path: str) -> str:
    answer = people.enter(who).get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def said_gaps(people: People, mine: Mine | Site, who: str = "county_clerk") -> list[str]:
    return [gap.sentence for gap in gaps(Dossier(mine, actor=people.actor(who, on=today()), on=today()))]


def test_everything_about_the_mine_stands_on_its_page(people: People) -> None:
    mine = a_full_dossier(people)
    page = page_of(people, "county_clerk", f"/mines/{mine.pk}/")
    for said in (
        "余 45 天", "已整合", "已过期 30 天，未还地", "已还地 2026-01-05", "一号尾矿库", "采坑 1 号", "采坑现状",
        "126,000", "已被替代 1 个", "没有认定责任主体", "将文件“采坑现状”归入", "map-picture",
    ):  # fmt: skip
        assert said in page, said


def test_no_page_of_a_dossier_carries_a_style_or_script_of_its_own(people: People) -> None:
    mine = a_full_dossier(people)
    page = page_of(people, "county_clerk", f"/mines/{mine.pk}/")
    assert not re.search(r'\sstyle="|<style|\son\w+="|<script>', page)


def test_what_people_wrote_is_escaped_in_page_and_drawing(people: People) -> None:
    mine = a_mine(people, name='<img src=x onerror="alert(1)">', former_names=["<b>旧名</b>"])
    sites_with_patches(mine, sites=1, patches_each=1)
    page = page_of(people, "county_clerk", f"/mines/{mine.pk}/")
    assert "<img src=x" not in page
    assert "<b>旧名" not in page
    assert "&lt;b&gt;旧名" in page


def test_an_enterprise_reads_its_own_dossier_and_is_offered_no_act(people: People) -> None:
    mine = a_full_dossier(people)
    page = page_of(people, "enterprise_manager", f"/mines/{mine.pk}/")
    assert "采坑现状" in page
    for act in ("documents/new/", "plans/new/", "responsible/new/", "references/new/", "/imports/new/"):
        assert act not in page


def test_a_leader_is_offered_the_determination_only(people: People) -> None:
    page = page_of(people, "county_leader", f"/mines/{a_full_dossier(people).pk}/")
    assert "responsible/new/" in page
    assert "documents/new/" not in page


def test_a_bare_mine_lacks_what_a_mine_must_have(people: People) -> None:
    lacking = " ".join(said_gaps(people, a_mine(people, geom=None)))
    for said in ("位置", "责任主体", "采矿权", "修复方案", "开采方案"):
        assert said in lacking


def test_each_paper_that_comes_in_closes_its_gap(people: People) -> None:
    mine = a_mine(people)
    a_right(mine)
    assert any("扫描件" in said for said in said_gaps(people, mine))
    a_document(people, mine)
    a_plan(people, mine)
    a_plan(people, mine, kind=PlanKind.MINING)
    assert said_gaps(people, mine) == ["没有认定责任主体：谁修复、谁出资没有落实。"]


def test_an_expired_right_and_land_not_handed_back_are_doubtful(people: People) -> None:
    mine = a_mine(people)
    a_right(mine, days=-1)
    some_land(mine, days=-1)
    found = {
        gap.look: gap.sentence
        for gap in gaps(Dossier(mine, actor=people.actor("county_clerk", on=today()), on=today()))
        if gap.word == "存疑待核"
    }
    assert set(found) == {"note"}
    said = " ".join(said_gaps(people, mine))
    assert "没有在有效期内的采矿权" in said
    assert "1 宗临时用地已过期" in said


def test_a_right_ends_after_its_last_day_and_not_before(people: People) -> None:
    mine = a_mine(people)
    right = a_right(mine, days=0)
    assert not any("有效期内" in said for said in said_gaps(people, mine))
    right.to_on = today() - timedelta(days=1)
    right.save()
    assert any("有效期内" in said for said in said_gaps(people, mine))


def test_a_merged_mine_keeps_its_page_and_lacks_nothing(people: People) -> None:
    kept = a_mine(people, key="M-2", name="东沟铁矿")
    merged = a_mine(people, merged_into=kept)
    page = page_of(people, "county_clerk", f"/mines/{merged.pk}/")
    assert f"/mines/{kept.pk}/" in page
    assert "documents/new/" not in page
    assert said_gaps(people, merged) == []
    assert "老虎沟铁矿（M-1）" in page_of(people, "county_clerk", f"/mines/{kept.pk}/")


def test_the_newest_plan_of_a_kind_holds_and_the_one_before_is_kept(people: People) -> None:
    mine = a_mine(people)
    old = a_plan(people, mine)
    new = a_plan(people, mine, replaces=old)
    (plans,) = Dossier(mine, actor=people.actor("county_clerk"), on=today()).plans
    assert (plans.current, plans.replaced) == ([new], [old])
    assert ApprovedPlan.objects.count() == 2


def test_what_lies_in_another_county_is_in_no_dossier_of_this_one(people: People) -> None:
    mine = a_mine(people)
    Site.objects.create(key="abroad", name="邻县采坑", region_id=990102000000, mine=mine)
    assert "邻县采坑" not in page_of(people, "county_clerk", f"/mines/{mine.pk}/")
    assert "邻县采坑" in page_of(people, "registry_officer", f"/mines/{mine.pk}/")


# --- land over the years ---


ON = date(2026, 3, 2)


def test_a_patch_counts_from_its_first_to_its_last_day() -> None:
    land = land_over_time([("dump", date(2024, 6, 1), date(2025, 6, 1), 100.0)], on=ON)
    assert [(year.on.year, year.areas_m2) for year in land.years] == [
        (2026, (None,)),
        (2025, (None,)),
        (2024, (100.0,)),
    ]


def test_what_has_no_first_day_counts_for_today_only_and_is_named() -> None:
    land = land_over_time([("", None, None, 50.0), ("dump", date(2025, 1, 1), None, 100.0)], on=ON)
    assert [year.total_m2 for year in land.years] == [150.0, 100.0]
    assert land.undated == 1


def test_only_the_last_years_are_shown_and_nothing_is_no_table() -> None:
    assert len(land_over_time([("dump", date(1987, 1, 1), None, 1.0)], on=ON).years) == 8
    assert land_over_time([], on=ON).years == ()
    assert bars(land_over_time([], on=ON)) == []


def test_the_bars_of_a_year_add_up_to_its_height() -> None:
    spans = [("dump", date(2025, 1, 1), None, 30.0), ("road", date(2025, 1, 1), None, 10.0)]
    (old, new) = bars(land_over_time(spans, on=ON))
    assert (old.label, new.label) == ("2025", "2026")
    assert sum(block.height for block in new.blocks) == pytest.approx(118, abs=0.2)


# --- what it costs ---


def cost_of(people: People, path: str) -> tuple[int, float]:
    client = people.enter("county_clerk")
    client.get(path)
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught), time.perf_counter() - begun


def test_a_dossier_costs_the_same_queries_however_much_belongs_to_the_mine(people: People) -> None:
    small, large = a_full_dossier(people), a_mine(people, key="M-9", name="大矿")
    sites_with_patches(large, sites=300, patches_each=4)
    for n in range(SHOWN + 5):
        a_right(large, key=f"C9-{n}", days=n * 10)
        some_land(large, key=f"L9-{n}", days=n * 10)
    few, _seconds = cost_of(people, f"/mines/{small.pk}/")
    many, seconds = cost_of(people, f"/mines/{large.pk}/")
    # a count for each part that is longer than what is shown, and all rights and all land once
    assert few <= 40
    assert many <= few + 8
    assert seconds < 2


def test_long_parts_are_shown_page_by_page(people: People) -> None:
    mine = a_mine(people)
    sites_with_patches(mine, sites=120, patches_each=1)
    page = page_of(people, "county_clerk", f"/mines/{mine.pk}/")
    assert page.count("<a data-open ") == SHOWN
    assert "看全部 120" in page
    walked, path = 0, f"/mines/{mine.pk}/parts/sites/"
    while path:
        page = page_of(people, "county_clerk", path)
        walked += page.count("<a data-open ")
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = f"/mines/{mine.pk}/parts/sites/{found[1].replace('&amp;', '&')}" if found else ""
    assert walked == 120


def test_a_part_that_does_not_exist_is_not_found(people: People) -> None:
    mine = a_mine(people)
    client = people.enter("county_clerk")
    assert client.get(f"/mines/{mine.pk}/parts/secrets/").status_code == 404


def test_the_whole_process_tells_of_what_belongs_to_the_mine(people: People) -> None:
    mine = a_mine(people)
    sites_with_patches(mine, sites=1, patches_each=1)
    site: Any = Site.objects.select_related("region").get()
    a_document(people, site, title="点位照片")
    for path in (
        f"/mines/{mine.pk}/whole-process/",
        f"/sites/{site.pk}/whole-process/",
        f"/sites/{site.pk}/",
    ):
        assert "点位照片" in page_of(people, "county_clerk", path)
    assert Patch.objects.get().region_id == COUNTY
