"""Can the work be done at pages, in both languages, with as few queries as lists may take?"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from qingshan.office.restoration.models import LandParcel, ListedSite
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.office.restoration.tests.factories import (
    NOW,
    World,
    a_list,
    a_project,
    led_to,
    moved_in,
    rows_of,
    square,
)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def enter(world: World, name: str, language: str = "zh-hans") -> Client:
    client = world.people.enter(name)
    client.cookies["language"] = language
    return client


def a_photograph(name: str = "覆土.jpg") -> dict[str, Any]:
    """What is filled in to hand in one."""
    content = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(content, "JPEG")
    sent = SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")
    return {"uploads": [sent], "phase": "after", "photo_point": "1 号点", "nothing_secret_in_files": "on"}


def test_a_clerk_registers_a_project_by_site_numbers(world: World) -> None:
    site, other = world.site(square(122.2)), world.site(square(122.3))
    with time_machine.travel(NOW, tick=False):
        answer = enter(world, "county_clerk").post(
            "/restoration/new/",
            {
                "title": "废弃采坑修复",
                "sites": f"{site.key} 1.26\n{other.key}",
                "mode": "to_forest",
                "payer": "government",
                "answering": "青石县自然资源局",
                "source": "other",
                "planned_wan": "300",
            },
        )
    assert answer.status_code == 302
    page = words(enter(world, "county_clerk").get(answer.url))
    assert "1.26 公顷" in page
    assert "工程修复（宜林）" in page
    assert "批准立项" in page


def test_a_number_that_nobody_knows_goes_back_with_a_sentence(world: World) -> None:
    given = {
        "title": "x",
        "sites": "没有",
        "mode": "to_forest",
        "payer": "government",
        "answering": "青石县自然资源局",
        "source": "other",
    }
    answer = enter(world, "county_clerk").post("/restoration/new/", given)
    assert answer.status_code == 422
    assert "没有这些点位，或不在您的管理范围内：没有" in words(answer)


def test_the_whole_way_can_be_gone_at_pages(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    moved_in(world, target_list, site)
    matter = a_project(world, site)
    [row] = sites_of(project_of(matter))
    later = (world.today + timedelta(days=700)).isoformat()
    steps = [
        ("city_reviewer", "approve_project", {"number": "1号"}),
        ("enterprise_manager", "submit_design", {"title": "方案", "planned_wan": "30", f"area_{row.pk}": "4.1"}),
        ("city_reviewer", "approve_design", {"number": "2号", "due_on": later}),
        ("enterprise_manager", "begin_works", {}),
        ("enterprise_manager", "report_progress", {"percent": "60", "spent_wan": "12.5"}),
        ("enterprise_manager", "claim_completion", {f"area_{row.pk}": "4.0", f"use_{row.pk}": "forest"}),
        ("enterprise_manager", "add_evidence", a_photograph()),
        ("enterprise_manager", "apply_for_acceptance", {}),
        (
            "city_reviewer",
            "accept_project",
            {
                "number": "3号", "visitors": "钱审", "visited_on": world.today.isoformat(),
                "aftercare_until": later, f"area_{row.pk}": "3.9", f"whole_{row.pk}": "on",
            },
        ),
    ]  # fmt: skip
    with time_machine.travel(NOW, tick=False):
        for name, act, given in steps:
            path = f"/restoration/{matter.pk}/{act}/"
            client = enter(world, name)
            assert client.get(path).status_code == 200, act
            answer = client.post(path, given)
            assert answer.status_code == 302, (act, words(answer))
        page = words(enter(world, "county_clerk").get(f"/restoration/{matter.pk}/"))
    assert "已验收管护中" in page
    assert "按处" in page
    assert "60" not in page or "100.00% = " in page
    assert rows_of(matter)[0].done_m2 == 39_000.0
    assert ListedSite.objects.get().restored_on == world.today


def test_sites_come_and_go_at_pages_with_their_history(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    reviewer = enter(world, "provincial_reviewer")
    given = {"target_list": target_list.pk, "sites": site.key, "number": "5号", "approved_on": "2026-03-02"}
    with time_machine.travel(NOW, tick=False):
        assert reviewer.post("/restoration/listed/in/", given).status_code == 302
        row = ListedSite.objects.get()
        path = f"/restoration/listed/{row.pk}/"
        out = {"number": "6号", "approved_on": "2026-03-02", "note": "划入保护地", "version": row.version}
        assert reviewer.post(f"{path}out/", out).status_code == 302
        page = words(reviewer.get(path))
    assert "已调出" in page
    assert "5号" in page
    assert "6号" in page
    assert "划入保护地" in page


def test_land_is_moved_at_pages(world: World) -> None:
    land = f"/restoration/land/mines/{world.mine.pk}/"
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        given = {"name": "一采区", "area": "3", "occurred_on": "2026-03-01"}
        assert clerk.post(f"{land}disturb/", given).status_code == 302
        plot = LandParcel.objects.get()
        reviewer = enter(world, "city_reviewer")
        path = f"/restoration/land/plots/{plot.pk}/make_land_available/"
        answers = {
            "mined": "no",
            "installations": "no",
            "ore_within_ten_years": "yes",
            "kept_by_agreement": "no",
        }
        base = {"approved_on": "2026-03-02", "version": plot.version, "area": "1"}
        refused = reviewer.post(path, base | answers)
        assert refused.status_code == 422
        assert "十年内将开采的矿体，不是可修复土地" in words(refused)
        assert reviewer.post(path, base | answers | {"ore_within_ten_years": "no"}).status_code == 302
        page = words(reviewer.get(land))
    assert "2.00 公顷" in page
    assert "可修复未修复 0 天" in page


def test_a_project_across_two_counties_says_how_much_lies_in_each(world: World) -> None:
    matter = a_project(world, world.site(square(122.2)), world.site(square(122.3), county="990102"))
    page = words(enter(world, "city_reviewer").get(f"/restoration/{matter.pk}/"))
    assert "面积按各县实际分摊" in page
    assert "白沙县" in page


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/restoration/", 24),
        ("/restoration/?q=xf", 24),
        ("/restoration/listed/", 24),
        ("/restoration/figures/", 20),
        ("/restoration/land/", 20),
        ("/restoration/land/idle/", 18),
        ("/restoration/land/yearly/", 20),
    ],
)
def test_a_list_takes_as_many_queries_for_two_as_for_many(world: World, path: str, most: int) -> None:
    target_list = a_list(world)

    def counted() -> int:
        with time_machine.travel(NOW, tick=False):
            client = enter(world, "provincial_dispatcher")
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
        return len(captured)

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            site = world.site(square(122.2 + number / 100))
            moved_in(world, target_list, site)
            a_project(world, site)
            LandParcel.objects.create(
                mine=world.mine, region=world.mine.region, name=f"地块{number}", state="available",
                area_cm2=10**8, since_on=world.today,
            )  # fmt: skip

    more(0, 2)
    few = counted()
    more(2, 12)
    assert counted() == few
    assert few <= most


def test_whoever_only_reads_is_not_told_that_they_are_no_independent_judge(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    for who in ("enterprise_manager", "county_clerk"):
        page = words(enter(world, who).get(f"/restoration/{matter.pk}/"))
        assert "期满后才能移交销项" in page
        assert "须由上一级组织" not in page
        assert "不能再作认定" not in page


def test_days_on_the_page_of_a_project_are_written_as_everywhere(world: World) -> None:
    matter = led_to(world, a_project(world), "aftercare")
    page = words(enter(world, "county_clerk").get(f"/restoration/{matter.pk}/"))
    assert world.today.isoformat() in page
    assert f"{world.today.year}年" not in page


def test_the_pages_are_whole_in_english(world: World) -> None:
    target_list, site = a_list(world), world.site(square(122.2))
    [listed] = moved_in(world, target_list, site)
    matter = led_to(world, a_project(world, site), "working")
    for path, said in (
        ("/restoration/", "Restoration projects"),
        (f"/restoration/{matter.pk}/", "by weighted progress"),
        ("/restoration/listed/", "Listed sites"),
        (f"/restoration/listed/{listed.pk}/", "moved in"),
        ("/restoration/figures/", "by count of sites"),
        ("/restoration/land/", "Land by state"),
        ("/restoration/land/idle/", "Available land not yet restored"),
        (f"/restoration/land/mines/{world.mine.pk}/", "Restoring while mining"),
    ):
        page = words(enter(world, "provincial_dispatcher", "en").get(path))
        assert said in page, path
