"""Does every figure of restoration count land once, forget what was sent back, and say why something is not known?"""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from qingshan.geo.area import area_m2
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.models import Matter
from qingshan.office.observations.access import claims_visible_to
from qingshan.office.observations.models import Claim
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.restoration.tests.factories import (
    World,
    a_list,
    a_project,
    led_to,
    moved_in,
    redone,
    rows_of,
    square,
    step,
)
from qingshan.office.restoration.tests.test_lists_never_drift import seen
from qingshan.office.restoration.tests.test_projects_have_what_every_matter_has import opened, words
from qingshan.rules.areas import area_text

ONE, OTHER = square(122.2), square(122.201)
TOGETHER = area_m2(ONE.union(OTHER))


def overlapping(world: World) -> Matter:
    return a_project(world, world.site(ONE), world.site(OTHER), world.site(None))


def reached(matter: Matter) -> queries.Reached:
    return queries.reached_by_project(rows_of(matter), matter.restoration)


# --- land that several sites of a project cover ------------------------------------------------------------------


def test_land_under_two_sites_of_a_project_counts_once_in_all_its_figures(world: World) -> None:
    matter = overlapping(world)
    figures = reached(matter)
    assert figures.area_m2 == pytest.approx(TOGETHER, rel=1e-6)
    assert figures.sites_without_area == 1
    assert sum(share.area_m2 or 0 for share in matter.shares.all() if share.area_m2) <= TOGETHER + 1
    page = words(opened(world, "county_clerk", f"/restoration/{matter.pk}/"))
    assert f"{area_text(TOGETHER, 'zh')} ，另有 1 处面积不明".replace(" ", "") in page.replace(" ", "")
    weights = queries.reached(actor=world.actor("county_clerk"), on=world.today)
    assert weights.projects == 1


def test_when_the_first_site_leaves_its_land_falls_to_the_other(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(ONE), world.site(OTHER)), "working")
    first, second = rows_of(matter)
    assert second.counted_m2 == pytest.approx(TOGETHER - area_m2(ONE), rel=1e-6)
    change = Brought(grounds="核减", number="5号")
    actions.change_sites(matter, change, removed=[first], **world.by("city_reviewer"))
    second.refresh_from_db()
    assert second.counted_m2 == second.planned_m2
    assert reached(matter).area_m2 == pytest.approx(area_m2(OTHER), rel=1e-6)


def test_a_smaller_plan_counts_as_it_was_planned(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(ONE), world.site(OTHER)), "approved")
    second = rows_of(matter)[1]
    actions.submit_design(
        matter, Brought(), title="方案", planned_fen=1, planned_m2={second.pk: 100.0},
        **world.by("enterprise_manager"),
    )  # fmt: skip
    assert ProjectSite.objects.get(pk=second.pk).counted_m2 == 100.0


def test_accepted_land_never_exceeds_what_counts(world: World) -> None:
    matter = led_to(world, a_project(world, world.site(ONE), world.site(OTHER)), "aftercare")
    figures = reached(matter)
    assert figures.area_done_m2 == pytest.approx(figures.area_m2)
    assert figures.area_m2 == pytest.approx(TOGETHER, rel=1e-6)


# --- what was sent back is not done ------------------------------------------------------------------------------


def percent(matter: Matter) -> int | None:
    return Matter.objects.get(pk=matter.pk).restoration.progress_percent


def reported(world: World, matter: Matter, percent: int) -> Matter:
    actions.report_progress(
        matter, Brought(), percent=percent, spent_fen=None, **world.by("enterprise_manager")
    )
    return world.fresh(matter)


def test_progress_falls_back_to_what_was_reported_when_a_claim_is_sent_back(world: World) -> None:
    matter = reported(world, led_to(world, a_project(world), "working"), 80)
    matter = step(world, step(world, matter, "self_checked"), "applied")
    assert percent(matter) == 100
    actions.return_acceptance(matter, Brought(grounds="边坡不稳"), **world.by("city_reviewer"))
    assert percent(matter) == 80


def test_nothing_reported_is_unknown_again_and_not_all_done(world: World) -> None:
    matter = led_to(world, a_project(world), "self_checked")
    actions.withdraw_claim(matter, Brought(grounds="有误"), **world.by("enterprise_manager"))
    assert percent(matter) is None
    matter = led_to(world, a_project(world, title="管护期返工"), "aftercare")
    redone(world, matter)
    assert percent(matter) is None
    figures = queries.reached(actor=world.actor("county_clerk"), on=world.today)
    assert (figures.projects, figures.projects_with_progress) == (2, 0)


# --- lists -------------------------------------------------------------------------------------------------------


def test_a_site_that_was_moved_out_says_so_and_not_that_its_area_is_unknown(world: World) -> None:
    target_list = a_list(world)
    [row] = moved_in(world, target_list, world.site(ONE))
    actions.move_out(
        row, number="7号", occurred_on=world.today, note="另行处置", **world.by("provincial_reviewer")
    )
    for path in ("/restoration/listed/?view=out", f"/restoration/listed/{row.pk}/"):
        page = opened(world, "city_reviewer", path).content.decode()
        assert "已调出，不再计入清单" in page
        assert "没有图形也没有填报面积" not in page


def test_an_empty_list_leads_to_moving_sites_in(world: World) -> None:
    target_list = a_list(world)
    page = opened(world, "city_reviewer", f"/restoration/listed/?target_list={target_list.pk}")
    assert "清单里还没有点位" in words(page)
    assert 'href="/restoration/listed/in/"' in page.content.decode().partition("<main")[2]
    clerk = opened(world, "county_clerk", f"/restoration/listed/?target_list={target_list.pk}")
    assert "清单里还没有点位" in words(clerk)


def test_a_total_over_several_lists_says_what_is_in_it_twice(world: World) -> None:
    one, other = a_list(world), a_list(world, code="QS-2")
    site = world.site(ONE)
    moved_in(world, one, site)
    moved_in(world, other, site, world.site(square(122.5)))
    assert seen(world)[0] == 3
    for path in ("/restoration/figures/", "/restoration/listed/"):
        assert "有 1 处点位同时在几个清单内" in words(opened(world, "city_reviewer", path))
        chosen = opened(world, "city_reviewer", f"{path}?target_list={one.pk}")
        assert "同时在几个清单内" not in words(chosen)


# --- land --------------------------------------------------------------------------------------------------------


def test_land_by_state_leaves_as_a_table_with_the_same_sums(world: World) -> None:
    actions.disturb_land(
        world.mine, name="北采场", area_m2=25_000.0, occurred_on=world.today, note="",
        **world.by("county_clerk"),
    )  # fmt: skip
    answer = opened(world, "county_clerk", "/restoration/land/export.xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    head, row = list(book.active.values)[:2]
    told = dict(zip(head, row, strict=True))
    assert told["矿山"] == "老虎沟铁矿"
    assert told["生产占用面积（公顷）"] == told["合计面积（公顷）"] == 2.5
    other = opened(world, "other_county_clerk", "/restoration/land/export.xlsx")
    assert len(list(load_workbook(io.BytesIO(b"".join(other.streaming_content))).active.values)) == 1  # type: ignore[attr-defined]


def test_the_folder_tells_its_planned_area_only_where_some_is_known(world: World) -> None:
    matter = a_project(world, world.site(None))
    facts = dict(Folder(matter, actor=world.actor("county_clerk"), now=world.now).facts)
    assert facts["计划修复面积"] is None


# --- what the next act is ----------------------------------------------------------------------------------------


def test_a_listed_site_without_a_project_leads_to_registering_one_on_it(world: World) -> None:
    [row] = moved_in(world, a_list(world), world.site(ONE, key="P 1&2"))
    page = opened(world, "county_clerk", f"/restoration/listed/{row.pk}/").content.decode()
    assert 'href="/restoration/new/?site=P%201%262"' in page
    form = opened(world, "county_clerk", "/restoration/new/?site=P%201%262").content.decode()
    assert "P 1&amp;2</textarea>" in form
    assert "/restoration/new/?site" not in words(
        opened(world, "city_reviewer", f"/restoration/listed/{row.pk}/")
    )


def test_a_unit_that_could_never_see_the_project_is_refused_with_what_to_do(world: World) -> None:
    sites = (world.site(square(122.2)), world.site(square(122.3), county="990102"))
    with pytest.raises(RestorationRefused) as refused:
        a_project(world, *sites, by="registry_officer", region=world.people.regions["990100"])
    assert refused.value.code == "restoration.unit_out_of_reach"
    assert "把负责地区填为“青石县”" in refused.value.say()
    assert a_project(world, *sites, by="registry_officer").pk


def test_an_enterprise_that_restores_a_legacy_pit_sees_its_project(world: World) -> None:
    matter = a_project(world, mine=None)
    assert opened(world, "enterprise_manager", f"/restoration/{matter.pk}/").status_code == 200


def test_whoever_sees_nothing_by_post_is_not_told_that_there_is_nothing(world: World) -> None:
    a_project(world, mine=None, parties=())
    assert "没有与您单位有关" in words(opened(world, "enterprise_manager", "/restoration/"))
    assert "清单由各级自然资源主管部门查看" in words(
        opened(world, "enterprise_manager", "/restoration/listed/")
    )
    assert "清单由各级自然资源主管部门查看" in words(
        opened(world, "enterprise_manager", "/restoration/figures/")
    )
    assert "清单里还没有点位" in words(opened(world, "county_clerk", "/restoration/figures/"))


def test_whoever_answers_for_works_in_two_counties_sees_every_claim_about_them(world: World) -> None:
    far = world.site(square(122.3), county="990102")
    matter = led_to(world, a_project(world, world.site(square(122.2)), far), "self_checked")
    claims = list(Claim.objects.filter(matter=matter))
    assert {claim.region_id for claim in claims} == {world.people.regions["990101"].pk}
    seen_by_clerk = claims_visible_to(world.actor("county_clerk")).filter(matter=matter)
    assert {claim.site_id for claim in seen_by_clerk} == {row.site_id for row in rows_of(matter)}


# --- the acceptance sheet ----------------------------------------------------------------------------------------


def test_the_sheet_of_a_project_is_not_called_one_of_rectification(world: World) -> None:
    matter = led_to(world, a_project(world), "applied")
    sheet = opened(world, "city_reviewer", f"/restoration/{matter.pk}/papers/acceptance/").content.decode()
    assert f'value="{matter.title}现场验收表"' in sheet
    assert "整改任务" not in sheet


def test_a_sheet_for_works_that_are_done_again_does_not_repeat_the_old_acceptance(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    path = f"/restoration/{matter.pk}/papers/acceptance/"
    assert "周专" in opened(world, "city_reviewer", path).content.decode()
    redone(world, matter)
    assert "周专" not in opened(world, "city_reviewer", path).content.decode()
