"""A registry officer brings a file with a mine that is registered already, answers, and merges what slipped through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from shapely.geometry import box

from qingshan.jobs.worker import work_off_the_queue
from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.mines.models import Likeness, Mine
from qingshan.office.mines.tests.factories import workbook
from qingshan.office.regions.models import Region

OpenPage = Callable[..., Any]
HEADERS = ["矿山编号", "矿山名称", "行政区划代码", "矿种", "采矿许可证号", "经度", "纬度"]
LICENCE, OTHER_LICENCE = "C9901012019057120112648", "C9901012021057120113377"


@pytest.fixture
def people(server: str) -> People:
    everybody = nine_people()
    Region.objects.filter(code="990101").update(geom=box(122.0, 33.0, 122.5, 33.5))
    return everybody


def a_mine(key: str, name: str, licence_no: str, lon: float) -> list[Any]:
    return [key, name, "990101", "建筑石料用灰岩", licence_no, lon, 33.1]


def bring(page: Any, file: Path) -> None:
    page.goto("/imports/new/mines/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="读取文件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)
    work_off_the_queue()


def let_in(page: Any, button: str) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("导入完成")).to_be_visible()


def test_a_double_is_held_back_answered_merged_and_the_merger_undone(
    people: People, page_for: OpenPage, tmp_path: Path
) -> None:
    page = page_for(people["registry_officer"])
    first = workbook(tmp_path, HEADERS, a_mine("K-1", "青石县老虎沟石灰岩矿", LICENCE, 122.1), name="一.xlsx")
    bring(page, first)
    let_in(page, "导入 1 行")

    second = workbook(
        tmp_path,
        HEADERS,
        a_mine("N-1", "老虎沟采石场", LICENCE, 122.101),
        a_mine("N-2", "大柳沟采石场", OTHER_LICENCE, 122.3),
        name="二.xlsx",
    )
    bring(page, second)
    expect(page.get_by_text("应为同一矿山：采矿许可证号相同")).to_be_visible()
    page.get_by_label("是否同一矿山").select_option("确实是另一座矿山")
    page.get_by_role("button", name="按以上选择重新读取").click()
    work_off_the_queue()
    let_in(page, "导入 2 行")
    assert Mine.objects.count() == 3
    assert Likeness.objects.get().state == "different"

    third = workbook(
        tmp_path, HEADERS, a_mine("X-1", "大柳沟石料厂", OTHER_LICENCE, 122.3005), name="三.xlsx"
    )
    bring(page, third)
    page.get_by_label("是否同一矿山").select_option(label="按已有矿山更新（N-2）")
    page.get_by_role("button", name="按以上选择重新读取").click()
    work_off_the_queue()
    expect(page.get_by_text("“X-1”按已有矿山“N-2”更新")).to_be_visible()
    let_in(page, "导入 1 行")
    assert Mine.objects.get(key="N-2").name == "大柳沟石料厂"


def test_two_entries_are_merged_and_taken_apart_again_and_another_county_sees_nothing(
    people: People, page_for: OpenPage, tmp_path: Path, watch: Any
) -> None:
    watch.expect("status of 422")  # without a reason nothing is decided
    page = page_for(people["registry_officer"])
    rows = (a_mine("K-1", "老虎沟石灰岩矿", LICENCE, 122.1), a_mine("K-2", "老虎沟采石场", LICENCE, 122.101))
    bring(page, workbook(tmp_path, HEADERS, *rows))
    let_in(page, "导入 2 行")
    page.get_by_role("link", name="疑似同一矿山").click()
    page.get_by_role("link", name="老虎沟石灰岩矿").click()
    expect(page.get_by_text("采矿许可证号相同").first).to_be_visible()
    page.get_by_role("button", name="合并为一座矿山").click()
    expect(page.locator(".errorlist")).to_be_visible()
    page.get_by_label("认定说明").fill("许可证同一，现场只有一处")
    page.get_by_role("button", name="合并为一座矿山").click()
    expect(page.get_by_text("已合并，保留“老虎沟石灰岩矿（K-1）”。")).to_be_visible()

    page.goto(f"/mines/{Mine.objects.get(key='K-2').pk}/")
    expect(page.get_by_text("本条登记已并入“老虎沟石灰岩矿”（K-1）")).to_be_visible()

    page.goto(f"/mines/likeness/{Likeness.objects.get().pk}/")
    page.get_by_label("认定说明").fill("核实为两座矿山")
    page.get_by_role("button", name="撤销合并").click()
    expect(page.get_by_text("已撤销合并，两座矿山恢复原状。")).to_be_visible()
    assert Mine.objects.filter(merged_into=None).count() == 2

    other = page_for(people["other_county_clerk"])
    other.goto("/mines/likeness/")
    expect(other.get_by_text("没有存疑待核的矿山")).to_be_visible()
    assert other.request.get(f"/mines/likeness/{Likeness.objects.get().pk}/").status == 404
