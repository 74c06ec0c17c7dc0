"""Can the work be done at pages, in both languages, with as few queries as lists may take?"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingshan.office.batches.facts import batch_of, panel_of
from qingshan.office.batches.tests.factories import (
    NOW,
    SECRETS,
    World,
    a_batch,
    a_single,
    led_to,
    rows,
    seats,
    some_sites,
)
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import Site
from qingshan.office.restoration.models import ListedSite
from qingshan.office.restoration.tests.factories import a_list, moved_in
from qingshan.office.trail.models import Entry

GOOD = {
    "value_cover_percent": "80", "own_cover_percent": "70", "value_canopy_percent": "45",
    "value_survival_percent": "92", "value_soil_depth_m": "0.5", "value_aftercare_years": "3",
    "value_is_stable": "yes", "value_no_hazard": "yes", "value_no_pollution": "yes",
    "source": "修复实施方案", "visitors": "钱审、周专",
}  # fmt: skip


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def enter(world: World, name: str, language: str = "zh-hans") -> Client:
    client = world.people.enter(name)
    client.cookies["language"] = language
    return client


def did(world: World, who: str, path: str, given: dict[str, Any]) -> HttpResponse:
    """The form can be opened, and sending it does the act."""
    client = enter(world, who)
    assert client.get(path).status_code == 200, path
    answer = client.post(path, given)
    assert answer.status_code == 302, (path, words(answer))
    return answer


def panel(world: World) -> dict[str, str]:
    given = {"paper": "验收意见书 1 号"}
    for place, seat in enumerate(seats(world)):
        unit = seat.organisation.name if seat.organisation else seat.unit_name
        given |= {
            f"part_{place}": seat.part.value, f"name_{place}": seat.name, f"unit_{place}": unit,
            f"signed_on_{place}": world.today.isoformat(),
        }  # fmt: skip
    return given


def new_batch(*sites: Site, **more: Any) -> dict[str, Any]:
    return {
        "sites": [site.pk for site in sites], "title": "第一批修复", "mode": "to_forest", "use": "forest",
        "payer": "obliged", "answering": "青石县自然资源局", "executing": "青石矿业有限公司", "source": "other", **more,
    }  # fmt: skip


def test_a_batch_goes_the_whole_way_at_pages(world: World) -> None:
    target_list, sites = a_list(world), some_sites(world, 4)
    moved_in(world, target_list, *sites)
    today = world.today.isoformat()
    with time_machine.travel(NOW, tick=False) as clock:
        made = did(world, "county_clerk", "/batches/new/", new_batch(*sites))
        matter = Matter.objects.get(kind="batch")
        base = f"/batches/{matter.pk}/"
        assert made["Location"] == base
        done = {"finished_on": today} | {f"done_{row.pk}": "on" for row in rows(matter)}
        done |= {f"whole_{row.pk}": "on" for row in rows(matter)}
        did(world, "enterprise_manager", f"{base}finish_batch/", done)
        upload = SimpleUploadedFile("竣工.pdf", b"%PDF-1.4\n%%EOF\n")
        shown = {"uploads": upload, "nothing_secret_in_files": "on", "title": "竣工测量"}
        did(world, "enterprise_manager", f"{base}add_batch_evidence/", shown)
        did(world, "enterprise_manager", f"{base}apply_for_batch/", {})
        page = words(enter(world, "county_clerk").get(base))
        assert "余 60 个工作日" in page
        assert "没有封签" in page or "封签" in page
        for who, secret in SECRETS.items():
            unit = world.people.holdings[who].post.organisation.name
            did(world, who, f"{base}seal_number/", {"by": unit, "secret": secret})
            nobody_knows = enter(world, "county_clerk").get(base).content.decode()
            assert secret not in nobody_knows
        kept = [repr(step.__dict__) for step in matter.steps.all()]
        kept += [repr(entry) for entry in Entry.objects.values()]
        assert not any(secret in each for each in kept for secret in SECRETS.values())
        did(world, "city_reviewer", f"{base}close_list/", {})
        for who, secret in SECRETS.items():
            [number] = batch_of(matter).numbers.filter(by=world.people.holdings[who].post.organisation.name)
            did(world, who, f"{base}open_number/", {"which": number.pk, "secret": secret})
        did(world, "city_reviewer", f"{base}draw_sample/", {})
        for row in rows(matter):
            if row.check_result:
                did(
                    world,
                    "city_reviewer",
                    f"{base}sites/{row.pk}/record_check/",
                    GOOD | {"visited_on": today},
                )
        did(world, "county_clerk", f"{base}name_panel/", panel(world))
        did(world, "city_reviewer", f"{base}accept_batch/", {"number": "验〔2026〕1号"})
        notice = {"working_days": "5", "basis": "市办法第十条", "where": "网站", "contact": "电话"}
        did(world, "county_clerk", f"{base}give_batch_notice/", notice)
        assert "公示到" in words(enter(world, "county_clerk").get(base))
        objection = {"text": "北坡没有覆土", "channel": "phone"}
        did(world, "county_clerk", f"{base}register_objection/", objection)
        from qingshan.office.cases.models import Objection

        answer = {"objection": Objection.objects.get().pk, "grounds": "现场核实已覆土"}
        did(world, "county_clerk", f"{base}answer_objection/", answer)
        clock.shift(15 * 86400)
        did(world, "city_leader", f"{base}conclude_batch/", {"number": "办结 1 号"})
        page = words(enter(world, "county_clerk").get(base))
    assert "已了结：已办结" in page
    assert "在批 4" in page
    assert ListedSite.objects.filter(restored_on__isnull=False).count() == 4


def test_a_single_site_goes_the_whole_way_at_pages(world: World) -> None:
    [site] = some_sites(world, 1)
    today = world.today.isoformat()
    with time_machine.travel(NOW, tick=False) as clock:
        made = did(world, "county_clerk", "/singles/new/", new_batch(site))
        base = made["Location"]
        matter = Matter.objects.get(kind="single_site")
        [row] = rows(matter)
        did(world, "enterprise_manager", f"{base}report_single_progress/", {"percent": "60"})
        done = {"finished_on": today, f"done_{row.pk}": "on", f"whole_{row.pk}": "on"}
        did(world, "enterprise_manager", f"{base}finish_single/", done)
        upload = SimpleUploadedFile("竣工.pdf", b"%PDF-1.4\n%%EOF\n")
        shown = {"uploads": upload, "nothing_secret_in_files": "on"}
        did(world, "enterprise_manager", f"{base}add_single_evidence/", shown)
        did(world, "enterprise_manager", f"{base}apply_for_single/", {})
        did(world, "county_clerk", f"{base}name_single_panel/", panel(world))
        unknown = GOOD | {"visited_on": today, "value_survival_percent": ""}
        refused = enter(world, "city_reviewer").post(f"{base}accept_single/", unknown)
        assert "有 1 项验收指标不符合或未知：成活率" in words(refused)
        did(world, "city_reviewer", f"{base}accept_single/", GOOD | {"visited_on": today})
        notice = {"working_days": "5", "basis": "市办法第十条", "where": "网站", "contact": "电话"}
        did(world, "county_clerk", f"{base}give_single_notice/", notice)
        clock.shift(15 * 86400)
        did(world, "city_leader", f"{base}conclude_single/", {"number": "销 1 号"})
        page = words(enter(world, "county_clerk").get(base))
    assert "已了结：已销项" in page


def test_anybody_can_take_the_record_and_compute_the_sample_again(world: World, tmp_path: Any) -> None:
    from qingshan.rules.recompute_sample import main

    matter = led_to(world, a_batch(world), "checking")
    with time_machine.travel(NOW, tick=False):
        client = enter(world, "enterprise_manager")
        page = words(client.get(f"/batches/{matter.pk}/sample/"))
        record = client.get(f"/batches/{matter.pk}/sample.json")
        recipe = enter(world, "anonymous").get("/batches/recompute_sample.py")
    assert "复算一致" in page
    assert "60.0%" in page
    assert b"recompute_sample.py" in recipe.content
    file = tmp_path / "sample.json"
    file.write_bytes(record.content)
    assert main(str(file)) == 0


@pytest.mark.parametrize(("path", "most"), [("/batches/", 26), ("/batches/?q=xf", 26), ("/singles/", 26)])
def test_a_list_takes_as_many_queries_for_two_as_for_many(world: World, path: str, most: int) -> None:
    def counted() -> int:
        with time_machine.travel(NOW, tick=False):
            client = enter(world, "provincial_dispatcher")
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
        return len(captured)

    def more(count: int) -> None:
        for _ in range(count):
            a_batch(world, *some_sites(world, 2))
            a_single(world)

    more(2)
    few = counted()
    more(6)
    assert counted() == few
    assert few <= most


def test_who_entered_what_another_decided_on_paper_stands_in_the_process(world: World) -> None:
    matter = led_to(world, a_batch(world), "finished")
    people, [row, *_more] = world.people, rows(matter)
    paper = {
        "decider": str(people.holdings["county_leader"].pk), "paper_number": "青自然资函〔2026〕8号",
        "decided_on": world.today.isoformat(), "nothing_secret": "on", "grounds": "重新立项",
        "scan": SimpleUploadedFile("撤销.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf"),
    }  # fmt: skip
    base = f"/batches/{matter.pk}/"
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        page = clerk.get(base).content.decode()
        assert f"{base}sites/{row.pk}/take_out_site/" in page
        assert f"{base}take_out_site/" not in page
        did(world, "county_clerk", f"{base}withdraw_batch/", paper)
        assert f"{people.persons['county_clerk'].full_name} 代录" in words(clerk.get(base))


def test_the_copy_that_the_panel_signed_is_kept_and_read(world: World) -> None:
    matter, content = led_to(world, a_batch(world), "checking"), b"%PDF-1.4\n%%EOF\n"
    base = f"/batches/{matter.pk}/"
    with time_machine.travel(NOW, tick=False):
        signed = {"signed": SimpleUploadedFile("验收意见书.pdf", content), "clear": "on"}
        did(world, "county_clerk", f"{base}name_panel/", {**panel(world), **signed})
        [member, *_more] = panel_of(batch_of(matter))
        path = f"{base}panel/{member.pk}/file"
        clerk = enter(world, "county_clerk")
        assert path in clerk.get(base).content.decode()
        assert b"".join(clerk.get(path).streaming_content) == content


def test_an_acceptance_sheet_is_drafted_from_the_batch(world: World) -> None:
    matter = led_to(world, a_batch(world), "accepted")
    checked = [row for row in rows(matter) if row.check_result]
    path = f"/batches/{matter.pk}/papers/acceptance/"
    with time_machine.travel(NOW, tick=False):
        reviewer = enter(world, "city_reviewer")
        assert path in reviewer.get(f"/batches/{matter.pk}/").content.decode()
        first = reviewer.get(path).context["form"].initial
        items = first["items"].splitlines()
        assert len(items) == len(rows(matter))
        assert sum("到场、合格" in line for line in items) == len(checked) > 0
        assert "周专" in first["attendants"]
        assert "居民（村民）代表" in first["attendants"]
        drafted = reviewer.post(path, {**first, "visited_on": world.today.isoformat()})
        assert drafted.status_code == 302, words(drafted)
        assert first["title"] in words(reviewer.get(f"/batches/{matter.pk}/"))
        assert enter(world, "enterprise_manager").get(path).status_code == 403


def test_a_list_shows_and_exports_the_columns_that_somebody_chose(world: World) -> None:
    led_to(world, a_batch(world), "applied")
    a_single(world)
    with time_machine.travel(NOW, tick=False):
        client = enter(world, "county_clerk")
        for path, listed in (("/batches/", "5"), ("/singles/", "1")):
            assert "今年存量与流量" in words(client.get(path))
            whole = exported(client, path)
            assert {"编号", "在批点位（处）", "验收通过（处）", "谁来复垦", "面积不明（处）"} <= set(whole)
            assert whole["在批点位（处）"] == listed
            chosen = {"column": ["payer", "listed", "without_area"]}
            client.post(f"/lists{path}columns/", chosen)
            assert list(exported(client, path))[-3:] == ["谁来复垦", "在批点位（处）", "面积不明（处）"]
            page = words(client.get(path))
            assert "复垦义务人" in page
            assert "还没有申报" not in page


def exported(client: Client, path: str) -> dict[str, str]:
    """The one row of a list as it leaves, by the heads of its columns."""
    answer = client.get(f"{path}export.csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, row = csv.reader(io.StringIO(content))
    return dict(zip(head, row, strict=True))


def test_the_page_of_a_batch_takes_as_many_queries_for_three_sites_as_for_nine(world: World) -> None:
    def counted(matter: Matter) -> int:
        with time_machine.travel(NOW, tick=False):
            client = enter(world, "county_clerk")
            client.get(f"/batches/{matter.pk}/")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/batches/{matter.pk}/").status_code == 200
        return len(captured)

    few, many = (led_to(world, a_batch(world, *some_sites(world, count)), "applied") for count in (3, 9))
    assert counted(few) == counted(many)


def test_the_pages_are_whole_in_english(world: World) -> None:
    matter, single = led_to(world, a_batch(world), "checking"), a_single(world)
    [drawn, *_more] = [row for row in rows(matter) if row.check_result]
    some_sites(world, 1)
    with time_machine.travel(NOW, tick=False):
        for who, path, said in (
            ("provincial_dispatcher", "/batches/", "Batches of restored sites"),
            ("provincial_dispatcher", "/singles/", "Single sites"),
            ("provincial_dispatcher", f"/batches/{matter.pk}/", "working days left"),
            ("provincial_dispatcher", f"/batches/{single.pk}/", "Next"),
            ("provincial_dispatcher", f"/batches/{matter.pk}/sample/", "Computed again, the same"),
            ("city_reviewer", f"/batches/{matter.pk}/sites/{drawn.pk}/record_check/", "not observed"),
            ("county_clerk", f"/batches/{matter.pk}/name_panel/", "residents&#x27; representative"),
            ("county_clerk", "/batches/new/", "Of no restoration project"),
        ):
            answer = enter(world, who, "en").get(path)
            assert said.lower() in words(answer).lower(), path
