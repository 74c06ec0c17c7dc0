"""Can the work be done at pages, in both languages, with as few queries as lists may take?"""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from qingshan.office.mines.models import LandUse
from qingshan.office.planting.models import HandBack, ObservationPhoto, Planting, Plot, UseChange
from qingshan.office.planting.tests.factories import a_plot, lent_land, planted, seen
from qingshan.office.planting.tests.test_aftercare_has_dates import planned
from qingshan.office.planting.tests.test_land_goes_back import gone_back
from qingshan.office.restoration.tests.factories import NOW, World, a_project, rows_of, square
from qingshan.office.trail.models import Entry
from qingshan.rules.aftercare import CareKind
from qingshan.vault import Vault


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def enter(world: World, name: str, language: str = "zh-hans") -> Client:
    client = world.people.enter(name)
    client.cookies["language"] = language
    return client


def photograph() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.effect_mandelbrot((320, 240), (-2, -1.2, 1, 1.2), 60).convert("RGB").save(out, "JPEG")
    return SimpleUploadedFile("北坡.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def vault(tmp_path: Any, settings: Any) -> Vault:
    settings.VAULT_ROOT = tmp_path / "vault"
    return Vault(django_settings.VAULT_ROOT)


def test_a_plot_goes_its_whole_way_at_pages(world: World, vault: Vault) -> None:
    site = world.site(square(122.2))
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        assert clerk.get(f"/planting/new/?key={site.key}").url == f"/planting/new/?site={site.pk}"  # type: ignore[attr-defined]
        given = {"name": "北坡", "place": "site", "zone": "central"}
        answer = clerk.post(f"/planting/new/?site={site.pk}", given)
        assert answer.status_code == 302, words(answer)
        plot = Plot.objects.get()
        path = plot.get_absolute_url()
        assert answer.url == path  # type: ignore[attr-defined]
        assert plot.area_m2 == pytest.approx(site.area_m2)
        assert "刺槐" in clerk.get(f"{path}plant/").content.decode()  # suggested for the zone
        steps: list[tuple[str, dict[str, Any]]] = [
            (
                "plant",
                {"species": "刺槐", "form": "tree", "count": "1000", "planted_on": "2025-07-01", "version": 1},
            ),
            (
                "observe",
                {
                    "examined": "100", "living": "80", "method": "sample_plots", "observed_on": "2025-10-01",
                    "observed_by": "林查", "photos": [photograph()], "nothing_secret": "on", "version": 2,
                },
            ),
            (
                "plan_care",
                {"from_on": "2025-07-01", "years": "3", "kind_1": "watering", "due_1": "2025-09-01", "version": 3},
            ),
            ("care", {"kind": "watering", "done_on": "2025-08-30", "done_by": "护林员", "version": 4}),
        ]  # fmt: skip
        for act, told in steps:
            answer = clerk.post(f"{path}{act}/", told)
            assert answer.status_code == 302, (act, words(answer))
        page = words(clerk.get(path))
        english = words(enter(world, "county_clerk", "en").get(path))
    assert "80.0%" in page or "80%" in page
    assert "不在种植季节" in page or "存疑待核" in page
    assert "种植季节与停工时段 第 1 版（待核）" in page
    assert "已管护 2025-08-30" in page
    assert "Survival" in english
    photo = ObservationPhoto.objects.get()
    with time_machine.travel(NOW, tick=False):
        assert clerk.get(f"/planting/photos/{photo.pk}/").status_code == 200
        assert clerk.get(f"/planting/photos/{photo.pk}/small/")["Content-Type"] == "image/jpeg"
        assert enter(world, "other_county_clerk").get(f"/planting/photos/{photo.pk}/").status_code == 404


def test_counts_that_cannot_be_stand_beside_their_field_and_above_the_form(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    told = {
        "examined": "10",
        "living": "11",
        "method": "whole",
        "observed_on": "2025-10-01",
        "observed_by": "某",
    }
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        answer = clerk.post(f"/planting/{plot.pk}/observe/", told | {"version": plot.version})
        assert answer.status_code == 422
        assert "成活株数多于调查株数" in words(answer)
        told |= {"examined": "2000", "living": "11", "version": str(plot.version)}
        answer = clerk.post(f"/planting/{plot.pk}/observe/", told)
    assert answer.status_code == 422
    assert "2000" in words(answer)


def test_land_goes_back_and_terms_are_extended_at_pages(world: World, vault: Vault) -> None:
    land = lent_land(world)
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        path = f"/planting/lent/{land.pk}/"
        assert "期满待复垦还地" in words(clerk.get(path))
        told = {"area": "0.4", "receiver": "下河村", "returned_on": "2026-02-01", "paper": "交1号"}
        scan = {"scan": photograph(), "nothing_secret": "on"}
        assert clerk.post(f"{path}hand_back/", told | scan).status_code == 302
        page = words(clerk.get(path))
        assert "40.00% = 0.40 / 1.00 公顷（按面积）" in page
        row = HandBack.objects.get()
        assert clerk.get(f"/planting/returned/{row.pk}/file/").status_code == 200
        assert "下河村" in words(clerk.get("/planting/returned/"))
        refused = clerk.post(f"{path}hand_back/", told | {"area": "0.7"})
        assert refused.status_code == 422
        assert "多于批准的临时用地" in words(refused)
        away = f"/planting/returned/{row.pk}/withdraw/"
        assert away in clerk.get(path).content.decode()
        assert away in clerk.get("/planting/returned/").content.decode()
        assert "面积不再计入已还地" in words(clerk.get(away))
        assert clerk.post(away, {"because": "记错用地"}).status_code == 302
        for each in (path, "/planting/returned/"):
            assert "2026-03-02 撤回：记错用地" in words(clerk.get(each))
        assert "还没有还地记录" not in words(clerk.get("/planting/returned/"))
        assert "这条记录已经撤回" in words(clerk.post(away, {"because": "再次"}))


def test_a_clerk_enters_what_a_reviewer_approved_on_paper(world: World) -> None:
    land = lent_land(world)
    holding = world.people.holdings["city_reviewer"]
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        path = f"/planting/lent/{land.pk}/extend/"
        assert "代录" in words(clerk.get(path))
        told = {
            "until_on": "2026-12-31", "decider": holding.pk, "paper_number": "市自然资〔2026〕5号",
            "decided_on": "2026-03-01", "version": land.version,
        }  # fmt: skip
        answer = clerk.post(path, told)
    assert answer.status_code == 302, words(answer)
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.decider_name, entry.recorder_name) == ("钱审", "陈登")
    assert entry.paper_number == "市自然资〔2026〕5号"
    assert str(LandUse.objects.get().to_on) == "2026-12-31"


def test_uses_are_changed_and_noted_at_pages(world: World) -> None:
    [row] = rows_of(a_project(world, world.site(square(122.2))))
    path = f"/planting/uses/{row.pk}/"
    with time_machine.travel(NOW, tick=False):
        clerk, reviewer = enter(world, "county_clerk"), enter(world, "city_reviewer")
        told = {"use": "solar", "number": "8号", "approved_on": "2026-03-01", "version": row.version}
        assert reviewer.post(f"{path}planned/", told).status_code == 302
        noted = {"use": "building", "seen_by": "on_site", "seen_on": "2026-03-01", "version": row.version + 1}
        assert clerk.post(f"{path}actual/", noted).status_code == 302
        page = words(clerk.get(path))
        assert "与规划不一致（待核实）" in page
        assert "8号" in page
        assert "光伏" in words(clerk.get("/planting/uses/?view=differs"))
        tile = clerk.get(f"/map/uses/{row.site_id}/")
        assert "与规划不一致（待核实）" in words(tile)
        assert "仅有规划" in words(clerk.get("/map/?layers=regions,uses"))
        picture = clerk.get("/map/?layers=regions,uses&picture=1").content.decode()
    assert UseChange.objects.count() == 2
    assert "#8a4b2a" in picture


def test_what_is_due_waits_on_the_workbench_of_who_keeps_it(world: World) -> None:
    plot = a_plot(world)
    planted(world, plot)
    planned(world, plot, tasks=[(CareKind.WATERING, NOW.date() - timedelta(days=40))])
    with time_machine.travel(NOW, tick=False):
        assert "管护逾期" in words(enter(world, "county_clerk").get("/"))
        assert "管护逾期" not in words(enter(world, "other_county_clerk").get("/"))
        assert "管护逾期" not in words(enter(world, "city_reviewer").get("/"))


def test_the_pages_of_site_and_project_lead_to_the_plots(world: World) -> None:
    site = world.site(square(122.2))
    plot = a_plot(world, site)
    planted(world, plot)
    matter = a_project(world, site)
    with time_machine.travel(NOW, tick=False):
        clerk = enter(world, "county_clerk")
        for path in (f"/sites/{site.pk}/", f"/restoration/{matter.pk}/"):
            page = clerk.get(path).content.decode()
            assert plot.get_absolute_url() in page, path


def test_a_record_is_withdrawn_at_its_page(world: World) -> None:
    plot = a_plot(world)
    row = planted(world, plot)
    path = f"/planting/{plot.pk}/plantings/{row.pk}/withdraw/"
    clerk = enter(world, "county_clerk")
    assert clerk.post(path, {"because": "误录", "version": plot.version}).status_code == 302
    assert Planting.objects.get().withdrawn_because == "误录"
    assert "误录" in words(clerk.get(f"/planting/{plot.pk}/"))


LISTS = [
    ("/planting/", 24),
    ("/planting/?q=bp", 26),
    ("/planting/survival/", 20),
    ("/planting/care/", 20),
    ("/planting/lasting/", 20),
    ("/planting/returned/", 20),
    ("/planting/lent/?view=all", 22),
    ("/planting/uses/", 22),
]


def test_a_list_takes_as_many_queries_for_two_as_for_many(world: World) -> None:
    def counted(path: str) -> int:
        with time_machine.travel(NOW, tick=False):
            client = enter(world, "provincial_dispatcher")
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
        return len(captured)

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            site = world.site(square(122.2 + number / 100))
            plot = a_plot(world, site)
            planted(world, plot)
            seen(world, plot, 80, 100)
            planned(world, plot)
            gone_back(world, lent_land(world, f"LS-{number}"))
            a_project(world, site)

    more(0, 2)
    few = {path: counted(path) for path, _most in LISTS}
    more(2, 6)
    assert {path: counted(path) for path, _most in LISTS} == few
    assert not {path: few[path] for path, most in LISTS if few[path] > most}
