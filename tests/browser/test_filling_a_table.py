"""A county clerk brings a superior's empty table, corrects one header and takes the filled one away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Border, Side
from playwright.sync_api import expect

from qingshan.jobs.worker import work_off_the_queue

OpenPage = Callable[..., Any]
PHONE = {"width": 390, "height": 844}


def empty_table(folder: Path) -> Path:
    """Merged title, headers in two lines, one framed row, a total, signatures."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"] = "附件3 矿区点位治理情况统计表"
    sheet.merge_cells("A1:F1")
    for cells, text in {
        "A2:A3": "序号", "B2:C2": "点位", "D2:D3": "所属矿山名称", "E2:E3": "地块大小", "F2:F3": "备注",
    }.items():  # fmt: skip
        sheet[cells.split(":")[0]] = text
        sheet.merge_cells(cells)
    sheet["B3"], sheet["C3"] = "编号", "名称"
    line = Side(style="thin")
    for row in range(2, 6):
        for column in range(1, 7):
            sheet.cell(row, column).border = Border(line, line, line, line)
    sheet["A5"], sheet["E5"] = "合计", "=SUM(E4:E4)"
    sheet["A7"] = "填表人：            审核人："
    path = folder / "统计表.xlsx"
    workbook.save(path)
    return path


def bring(page: Any, file: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="上级来表").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="读取表头").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(file.name)


def fill_in(page: Any) -> None:
    page.get_by_role("button", name="填写表格").click()
    expect(page.get_by_role("heading", name="正在填写")).to_be_visible()
    work_off_the_queue()
    expect(page.get_by_role("heading", name="填写结果")).to_be_visible()


def taken_away(page: Any, folder: Path) -> Any:
    with page.expect_download() as download:
        page.get_by_role("link", name="下载填好的表").click()
    assert download.value.suggested_filename == "统计表.xlsx"
    download.value.save_as(folder / "填好.xlsx")
    return openpyxl.load_workbook(folder / "填好.xlsx").active


def test_one_header_is_corrected_once_and_never_asked_about_again(
    people: Any, page_for: OpenPage, tmp_path: Path
) -> None:
    page = page_for(people["county_clerk"])
    file = empty_table(tmp_path)
    bring(page, file)
    expect(page.get_by_text("1 个表头请核对")).to_be_visible()
    page.get_by_label("“地块大小”填入").select_option(label="图形面积")
    fill_in(page)
    sheet = taken_away(page, tmp_path)
    assert [sheet.cell(row, 2).value for row in (4, 5, 6)] == ["DW-0", "DW-1", "DW-2"]
    assert [sheet.cell(row, 1).value for row in (4, 5, 6, 7)] == [1, 2, 3, "合计"]
    assert sheet["D5"].value == "东沟铁矿"
    assert 0.9 < sheet["E4"].value < 1.2
    assert sheet["E7"].value == "=SUM(E4:E6)"
    assert sheet["A9"].value.startswith("填表人")
    assert "没有填报" in sheet["F4"].comment.text
    assert {"A1:F1", "B2:C2", "A2:A3"} <= {merged.coord for merged in sheet.merged_cells.ranges}

    bring(page, file)
    expect(page.get_by_text("与上次确认的版式相同")).to_be_visible()
    expect(page.get_by_label("“地块大小”填入")).to_be_hidden()
    fill_in(page)
    assert taken_away(page, tmp_path)["E7"].value == "=SUM(E4:E6)"


def test_another_county_fills_in_nothing_of_this_one(people: Any, page_for: OpenPage, tmp_path: Path) -> None:
    page = page_for(people["other_county_clerk"])
    bring(page, empty_table(tmp_path))
    page.get_by_role("button", name="填写表格").click()
    expect(page.get_by_role("heading", name="正在填写")).to_be_visible()
    work_off_the_queue()
    expect(page.get_by_role("alert")).to_contain_text("所选范围内没有可以填写的内容")


def test_every_state_of_the_page_stands_up(
    people: Any, page_for: OpenPage, axe_findings: Callable[[Any], list[str]], tmp_path: Path
) -> None:
    page = page_for(people["county_clerk"])
    bring(page, empty_table(tmp_path))
    assert axe_findings(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    fill_in(page)
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_an_old_workbook_is_refused_where_it_was_chosen(
    people: Any, page_for: OpenPage, tmp_path: Path, watch: Any
) -> None:
    watch.expect("422")
    page = page_for(people["county_clerk"])
    page.goto("/filling/")
    old = tmp_path / "旧表.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    page.locator("input[type=file]").set_input_files(old)
    page.get_by_role("button", name="读取表头").click()
    expect(page.get_by_role("alert")).to_contain_text("另存为 .xlsx 后再上传")
