"""From a file on the clerk's disk to a site on the map and a proof in the auditor's hand."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect
from shapely.geometry import box

from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.models import Site
from qingshan.office.mines.tests.factories import geojson, site_row
from qingshan.office.regions.models import Region

OpenPage = Callable[..., Any]
PASSWORD = "Shan-qing-2026"


@pytest.fixture
def people(server: str) -> People:
    everybody = nine_people()
    Region.objects.filter(code="990101").update(geom=box(122.0, 33.0, 122.5, 33.5))
    Region.objects.filter(code="990102").update(geom=box(122.5, 33.0, 123.0, 33.5))
    return everybody


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two good sites; one whose area is no number, one in the next county, one with markup for a name."""
    return geojson(
        tmp_path,
        site_row("QS-1", 122.10, 点位名称="老虎沟采坑", 点位类型="露天采场", 面积="1.1"),
        site_row("QS-2", 122.12, 点位名称="东沟尾矿库", 点位类型="尾矿库"),
        site_row("QS-3", 122.14, 面积="1.2公顷左右"),
        site_row("QS-4", 122.70, 点位名称="邻县点位"),
        site_row("QS-5", 122.16, 点位名称="<b>东沟</b>"),
    )


def bring(page: Any, file: Path) -> None:
    page.goto("/sites/")
    page.get_by_role("link", name="导入点位").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)
    work_off_the_queue()


def test_the_clerk_sees_what_would_happen_before_anything_is_written(
    people: People, page_for: OpenPage, file: Path
) -> None:
    page = page_for(people["county_clerk"])
    bring(page, file)
    expect(page.get_by_role("link", name="新增 2")).to_be_visible()
    expect(page.get_by_role("link", name="退回 3")).to_be_visible()
    expect(page.get_by_text("不是数字")).to_be_visible()
    expect(page.get_by_text("不在您岗位的管辖范围内")).to_be_visible()
    expect(page.get_by_text("<b>东沟</b>").first).to_be_visible()
    assert not Site.objects.exists()


def test_refused_rows_come_back_with_their_reasons_and_go_in_once_corrected(
    people: People, page_for: OpenPage, file: Path, tmp_path: Path
) -> None:
    page = page_for(people["county_clerk"])
    bring(page, file)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载退回的 3 行").click()
    workbook = tmp_path / "refused.xlsx"
    download.value.save_as(workbook)
    sheet = openpyxl.load_workbook(workbook).active
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("不是数字" in text for text in said)
    assert any("不在您岗位的管辖范围内" in text for text in said)


def test_a_file_becomes_sites_on_list_and_map_and_an_act_that_the_auditor_proves(
    people: People, page_for: OpenPage, file: Path, tmp_path: Path
) -> None:
    page = page_for(people["county_clerk"])
    bring(page, file)
    page.get_by_role("button", name="仅导入合格的 2 行").click()
    page.get_by_role("dialog").get_by_role("button", name="导入合格的行").click()
    expect(page.get_by_text("导入完成，已写入全过程记录")).to_be_visible()
    page.get_by_role("link", name="到列表查看").click()
    page.get_by_role("link", name="老虎沟采坑").click()
    expect(page.get_by_text("青石县（990101）")).to_be_visible()
    page.get_by_role("link", name="在一张图上看").click()
    expect(page.locator("#map-object")).to_contain_text("老虎沟采坑")
    expect(page.locator("[data-map]")).to_have_attribute("data-drawn", "yes", timeout=30_000)
    expect(page.locator("[data-in-view]")).to_contain_text("老虎沟采坑")
    assert the_auditor_proves_it(page_for(people["auditor"]), tmp_path) == 0


def the_auditor_proves_it(page: Any, folder: Path) -> int:
    """Finds the act in the trail, takes its proof away, and checks it where there is nothing of ours."""
    page.goto("/trail/")
    page.get_by_role("row").filter(has_text="导入点位").get_by_role("link").first.click()
    with page.expect_download() as download:
        page.get_by_text("下载证明").click()
    bundle = folder / "proof.zip"
    download.value.save_as(bundle)
    place = folder / "elsewhere"
    with zipfile.ZipFile(bundle) as held:
        held.extractall(place)
    script = next(place.rglob("verify.py"))
    checked = subprocess.run([sys.executable, "-I", script.name], cwd=script.parent, timeout=60, check=False)
    return checked.returncode


def test_the_same_file_again_has_nothing_to_import(
    people: People, page_for: OpenPage, tmp_path: Path
) -> None:
    page = page_for(people["county_clerk"])
    file = geojson(tmp_path, site_row("QS-1", 122.10, 点位名称="老虎沟采坑"))
    bring(page, file)
    page.get_by_role("button", name="导入 1 行").click()
    expect(page.get_by_text("导入完成")).to_be_visible()
    bring(page, file)
    expect(page.get_by_role("link", name="不变 1")).to_be_visible()
    expect(page.get_by_text("不会改变任何内容")).to_be_visible()
    expect(page.get_by_role("button", name="导入 1 行")).to_have_count(0)


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    people: People, page_for: OpenPage, tmp_path: Path
) -> None:
    page = page_for(people["county_clerk"])
    broken = tmp_path / "点位.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    bring(page, broken)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("link", name="改正后重新上传")).to_be_visible()


def test_on_a_phone_the_wizard_fits_and_cancelling_asks_first(
    people: People, page_for: OpenPage, file: Path
) -> None:
    page = page_for(people["county_clerk"], viewport={"width": 390, "height": 844})
    bring(page, file)
    expect(page.get_by_role("link", name="新增 2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="取消导入").first.click()
    page.get_by_role("dialog").get_by_role("button", name="取消导入").click()
    expect(page.get_by_text("没有写入任何内容")).to_be_visible()
