"""Does a check-up say what is wrong with a table, and leave no trace of it?"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.corner_lists import corners, numbered, survey
from qingshan.office.accounts.tests.people import nine_people

pytestmark = pytest.mark.django_db
ROWS = [
    ["青石县点位台账"],
    ["点位编号", "点位名称", "面积（亩）", "发现日期", "行政区划代码", "联系人"],
    ["S-1", "青石沟", 15, "2026-03-01", "990101", "某某"],
    ["S-2", "北坡", "很大", "24/3/5", "990101", None],
    ["S-3", "南沟", 3, "2026-03-01", "990102", None],
    ["合计", None, 18],
]
SITES = ["点位编号", "点位名称", "发现日期", "行政区划代码"]


@pytest.fixture
def client() -> Client:
    return nine_people().enter("county_clerk")


def file_of(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def posted(client: Client, path: Path, address: str = "/checkup/", **fields: str) -> Any:
    return client.post(address, {"file": file_of(path), **fields})


def everything() -> str:
    """All rows of all tables, and the names of all stored files."""
    there = set(connection.introspection.table_names())  # other tests' own models have no table here
    tables = {
        model._meta.label: json.loads(serializers.serialize("json", model._default_manager.order_by("pk")))
        for model in apps.get_models()
        if model._meta.managed and model._meta.db_table in there
    }
    folders = (settings.VAULT_ROOT, settings.FILE_UPLOAD_TEMP_DIR)
    files = [sorted(str(path) for path in Path(folder).rglob("*")) for folder in folders]
    return json.dumps([tables, files], sort_keys=True, default=str)


def test_nothing_is_stored(client: Client, tmp_path: Path) -> None:
    path = ugly.workbook(tmp_path / "台账.xlsx", ROWS)
    client.get("/checkup/")
    before = everything()
    assert posted(client, path).status_code == 200
    assert posted(client, path, "/checkup/marked.xlsx").status_code == 200
    assert everything() == before


def test_the_page_says_what_is_wrong_and_how_it_was_read(client: Client, tmp_path: Path) -> None:
    page = posted(client, ugly.workbook(tmp_path / "台账.xlsx", ROWS), kind="sites").content.decode()
    assert "第 4 行“面积（亩）”：读到“很大”，不是数字。请只写数字。" in page
    assert "联系人" in page
    assert "合计行" in page
    summary = posted(client, ugly.workbook(tmp_path / "二.xlsx", ROWS)).context["summary"]
    assert (summary.rows, summary.good, summary.remarked, summary.faulty) == (3, 1, 1, 1)


@pytest.mark.parametrize(("heading", "kind"), [("备注", "sites"), ("调入文号", "listed_sites")])
def test_a_ledger_of_sites_is_one_of_a_list_only_where_it_says_more(
    client: Client, tmp_path: Path, heading: str, kind: str
) -> None:
    rows = [[*ROWS[1], heading], *([*row, None] for row in ROWS[2:5])]
    page = posted(client, ugly.workbook(tmp_path / "台账.xlsx", rows))
    assert page.context["result"].kind.code == kind


def test_the_workbook_comes_back_in_its_own_layout(client: Client, tmp_path: Path) -> None:
    answer = posted(client, ugly.workbook(tmp_path / "台账.xlsx", ROWS), "/checkup/marked.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["青石县点位台账", None]
    assert [cell.value for cell in sheet[2]] == [*ROWS[1], "检查结果", "问题说明"]
    assert [sheet.cell(row, 7).value for row in range(3, 7)] == ["无误", "有误", "有提示", None]
    assert sheet["C4"].fill.start_color.rgb == "FFF9D9D3"
    assert sheet["C4"].comment.text.startswith("第 4 行“面积（亩）”")
    assert sheet["C3"].comment is None
    assert "24/3/5" in sheet["H4"].value
    assert sheet["A6"].value == "合计"


def test_what_comes_back_can_be_checked_again(client: Client, tmp_path: Path) -> None:
    answer = posted(client, ugly.workbook(tmp_path / "台账.xlsx", ROWS), "/checkup/marked.xlsx")
    (tmp_path / "改.xlsx").write_bytes(answer.content)
    workbook = load_workbook(tmp_path / "改.xlsx")
    workbook.worksheets[0]["C4"], workbook.worksheets[0]["D4"] = 4, "2024-03-05"
    workbook.save(tmp_path / "改.xlsx")
    summary = posted(client, tmp_path / "改.xlsx").context["summary"]
    assert (summary.rows, summary.faulty) == (3, 0)


def test_anybody_signed_in_may_ask(tmp_path: Path) -> None:
    people = nine_people()
    for name in ("enterprise_manager", "expert", "auditor"):
        answer = posted(people.enter(name), ugly.workbook(tmp_path / f"{name}.xlsx", ROWS))
        assert (answer.status_code, answer.context["summary"].faulty) == (200, 1), name
    assert posted(Client(), ugly.workbook(tmp_path / "表.xlsx", ROWS)).status_code == 302


def test_the_kind_is_found_by_its_columns_or_asked_for(client: Client, tmp_path: Path) -> None:
    mines = ugly.workbook(
        tmp_path / "矿山.xlsx", [["矿山编号", "矿山名称", "生产状态"], ["K-1", "某矿", "在产"]]
    )
    assert posted(client, mines).context["result"].kind.code == "mines"
    either = ugly.workbook(tmp_path / "表.xlsx", [["编号", "备注"], ["1", "某"]])
    answer = posted(client, either)
    assert answer.status_code == 422
    assert answer.context["refused"][0].code == "exchange.kinds_fit"
    nothing = ugly.workbook(tmp_path / "空.xlsx", [["甲", "乙"], ["1", "某"]])
    assert posted(client, nothing).context["refused"][0].code == "exchange.no_kind_fits"


def test_text_files_and_old_workbooks_come_back_as_xlsx(client: Client, tmp_path: Path) -> None:
    from qingshan.office.mines.tests.untidy import an_old_workbook

    (tmp_path / "表.csv").write_text("点位编号,点位名称,发现日期\nS-1,沟,去年\n", encoding="gb18030")
    for path in (tmp_path / "表.csv", an_old_workbook(tmp_path / "旧.xls")):
        answer = posted(client, path, "/checkup/marked.xlsx", kind="sites")
        assert load_workbook(io.BytesIO(answer.content)).worksheets[0].max_column > 3, path


def test_corners_are_marked_where_they_stand(client: Client, tmp_path: Path) -> None:
    lines: list[list[Any]] = [["2000国家大地坐标系"], ["点位编号", "点位名称", "点号", "X坐标", "Y坐标"]]
    lines += [
        ["S-1" if n == 0 else None, None, *point] for n, point in enumerate(numbered(survey(corners())))
    ]
    lines[4][4] = "395l2345"
    path = ugly.workbook(tmp_path / "拐点.xlsx", lines)
    answer = posted(client, path, "/checkup/marked.xlsx", kind="sites")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet["E5"].comment.text.startswith("第 5 行“Y坐标”：读到“395l2345”")
    assert sheet["F3"].value == "有误"


def test_a_question_is_asked_and_answered_for_this_file_only(client: Client, tmp_path: Path) -> None:
    lines: list[list[Any]] = [["点位编号", "行政区划代码", "点号", "X坐标", "Y坐标"]]
    lines += [["S-1", "990101", *point] for point in numbered(survey(corners()))]
    path = ugly.workbook(tmp_path / "拐点.xlsx", lines)
    question = posted(client, path, kind="sites").context["question"]
    assert question.option == "crs"
    chosen = {"crs": question.answers[0][0], "kind": "sites"}
    assert posted(client, path, about="拐点.xlsx", **chosen).context["summary"].good == 1
    assert posted(client, path, about="别的.xlsx", **chosen).context["question"].option == "crs"


def test_too_large_is_said(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qingshan.exchange import checkup

    monkeypatch.setattr(checkup, "MOST_ROWS", 4)
    answer = posted(client, ugly.workbook(tmp_path / "表.xlsx", ROWS))
    assert (answer.status_code, answer.context["refused"][0].code) == (422, "exchange.too_many_rows")
    vector = posted(client, ugly.geojson(tmp_path / "点.geojson", [ugly.feature(ugly.square(), 编号="A")]))
    assert vector.context["refused"][0].code == "exchange.tables_only"


def test_a_fragment_is_enough_for_the_page(client: Client, tmp_path: Path) -> None:
    path = ugly.workbook(tmp_path / "台账.xlsx", ROWS)
    answer = client.post("/checkup/", {"file": file_of(path)}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "下载标注后的表格" in answer.content.decode()
