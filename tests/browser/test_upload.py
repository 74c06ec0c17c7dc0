"""Does a file reach the wizard by choice and by drop, and does the page say how far it is?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from qingshan.exchange.models import Import
from qingshan.office.accounts.tests.people import People
from qingshan.office.mines.tests.factories import geojson, site_row

OpenPage = Callable[..., Any]
DROP = """(text) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], "拖来的点位.geojson", {type: "application/geo+json"}));
  const zone = document.querySelector("[data-drop]");
  for (const type of ["dragover", "drop"])
    zone.dispatchEvent(new DragEvent(type, {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def wizard(page_for: OpenPage, people: People) -> Any:
    page = page_for(people["county_clerk"])
    page.goto("/imports/new/sites/")
    return page


def test_a_chosen_file_is_named_and_sent(wizard: Any, tmp_path: Path) -> None:
    file = geojson(tmp_path, site_row("DW-9"), name="新点位.geojson")
    wizard.locator("input[type=file]").set_input_files(file)
    expect(wizard.get_by_text("新点位.geojson（1 kB）")).to_be_visible()
    wizard.get_by_role("button", name="读取文件").click()
    expect(wizard).to_have_url(re.compile(r"/imports/\d+/$"))
    expect(wizard.get_by_role("heading", name="新点位.geojson")).to_be_visible()
    assert Import.objects.latest("pk").file_name == "新点位.geojson"


def test_a_dropped_file_is_taken_like_a_chosen_one(wizard: Any) -> None:
    wizard.evaluate(DROP, json.dumps({"type": "FeatureCollection", "features": [site_row("DW-9")]}))
    expect(wizard.get_by_text("拖来的点位.geojson（1 kB）")).to_be_visible()
    wizard.get_by_role("button", name="读取文件").click()
    expect(wizard).to_have_url(re.compile(r"/imports/\d+/$"))


def test_an_upload_under_way_shows_progress_and_can_be_stopped(
    wizard: Any, tmp_path: Path, watch: Any
) -> None:
    watch.expect("ERR_FAILED|ERR_ABORTED")
    wizard.route("**/imports/new/sites/", lambda _route: None)  # the answer never comes
    wizard.locator("input[type=file]").set_input_files(geojson(tmp_path, site_row("DW-9")))
    send = wizard.get_by_role("button", name="读取文件")
    send.click()
    expect(wizard.get_by_role("progressbar", name="上传进度")).to_be_visible()
    expect(send).to_be_disabled()
    wizard.get_by_role("button", name="停止上传").click()
    expect(send).to_be_enabled()
    expect(wizard.get_by_role("progressbar")).to_be_hidden()


def test_the_drop_zone_is_reached_by_keyboard_and_shows_it(wizard: Any) -> None:
    field = wizard.locator("input[type=file]")
    field.focus()
    outline = wizard.locator("[data-drop]").evaluate("zone => getComputedStyle(zone).outlineStyle")
    assert outline == "solid"
