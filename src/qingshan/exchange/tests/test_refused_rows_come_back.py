"""Do refused rows come back in their own layout, with reasons beside them, and go in once corrected?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from openpyxl.workbook import Workbook

from qingshan.exchange.models import Import
from qingshan.exchange.readers.headings import REFUSAL_HEADERS
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage, counts, sentences
from qingshan.exchange.tests.quarries import Quarries
from qingshan.exchange.writers import refused_workbook

MARK = "FFF9D9D3"


def returned(import_: Import) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(refused_workbook(import_)))


def rows_of(workbook: Workbook, number: int = 0) -> list[tuple[Any, ...]]:
    return list(workbook.worksheets[number].iter_rows(values_only=True))


def saved(workbook: Workbook, path: Path) -> Path:
    workbook.save(path)
    return path


HEADERS = ["编号", "名称", "面积（亩）", "发现日期", "本地列"]


@pytest.fixture
def import_(tmp_path: Path, stage: Stage) -> Import:
    rows = [
        ["青石县台账"],
        HEADERS,
        ["A1", "青石沟", 15, "2026-03-01", "甲"],
        ["A2", "北坡", "3亩左右", "去年", "=1+1"],
        ["A3", "", 4, "2026-03-02", "丙"],
    ]
    return stage(ugly.workbook(tmp_path / "台账.xlsx", rows, sheet="二季度"), good_rows_only=True)


def test_the_layout_is_the_original_one_with_reasons_beside(import_: Import) -> None:
    assert counts(import_) == (1, 0, 0, 2)
    workbook = returned(import_)
    assert workbook.sheetnames == ["二季度"]
    headers, second, third = rows_of(workbook)
    assert list(headers) == [*HEADERS, *REFUSAL_HEADERS]
    assert second[:8] == ("A2", "北坡", "3亩左右", "去年", "=1+1", "二季度", 4, "面积、发现日期")
    assert second[8].split("\n") == [s for s in sentences(import_) if "第 4 行" in s]
    assert third[8] == "第 5 行“名称”：没有填写，这一项必填。请补充。"


def test_faulty_cells_are_marked_and_explained(import_: Import) -> None:
    sheet = returned(import_).worksheets[0]
    marked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.start_color.rgb == MARK
    }
    assert marked == {"C2", "D2", "B3"}
    assert "不是数字" in sheet["C2"].comment.text
    assert sheet["E2"].data_type == "s"


def test_corrected_and_imported_again_it_goes_in(
    import_: Import, tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    quarries.apply(import_)
    workbook = returned(import_)
    sheet = workbook.worksheets[0]
    sheet["C2"], sheet["D2"], sheet["B3"] = "3亩", "2025-12-31", "南沟"
    again = stage(saved(workbook, tmp_path / "改正.xlsx"))
    assert (counts(again), sentences(again)) == ((2, 0, 0, 0), [])
    assert again.layout["tables"][0]["unknown"] == ["本地列"]
    quarries.apply(again)
    assert sorted(key for (key,) in quarries.held) == ["A1", "A2", "A3"]


def test_uncorrected_it_is_refused_again_in_the_same_words(
    import_: Import, tmp_path: Path, stage: Stage
) -> None:
    again = stage(saved(returned(import_), tmp_path / "未改.xlsx"))
    assert counts(again) == (0, 0, 0, 2)
    workbook = returned(again)
    assert workbook.sheetnames == ["二季度"]
    assert rows_of(workbook)[0] == (*HEADERS, *REFUSAL_HEADERS)


def test_shapes_come_back_as_text_even_when_too_long_for_a_cell(
    tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    round_one = shapely.Point(122.1, 33.1).buffer(0.1, quad_segs=1000)
    features = [ugly.feature(round_one, 编号="A1"), ugly.feature(ugly.square(122.5), 编号="A2")]
    import_ = stage(ugly.geojson(tmp_path / "点位.geojson", features))
    assert counts(import_) == (0, 0, 0, 2)
    workbook = returned(import_)
    sheet = workbook.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    assert headers[:3] == ["编号", "坐标", "坐标（续1）"]
    place = len(headers) + 1
    sheet.cell(1, place, "名称")
    for row in (2, 3):
        sheet.cell(row, place, "青石沟")
    again = stage(saved(workbook, tmp_path / "改正.xlsx"))
    assert (counts(again), sentences(again)) == ((2, 0, 0, 0), [])
    quarries.apply(again)
    assert shapely.equals(quarries.held["A1",].geom, round_one)


def test_what_layer_and_shape_identified_is_the_same_object_after_the_detour(
    tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    shape = ugly.sites(1)[0]
    first = stage(ugly.geojson(tmp_path / "一.geojson", [ugly.feature(shape, 名称="沟")], name="季度图斑"))
    quarries.apply(first)
    faulty = [ugly.feature(shape, 名称="沟", 面积="很大")]
    import_ = stage(ugly.geojson(tmp_path / "二.geojson", faulty, name="季度图斑"))
    workbook = returned(import_)
    workbook.worksheets[0].title = "改过的表名"
    workbook.worksheets[0].cell(2, 2, "1.5")
    again = stage(saved(workbook, tmp_path / "改正.xlsx"))
    assert (counts(again), sentences(again)) == ((0, 1, 0, 0), [])


def test_layers_whose_names_make_no_sheet_name(tmp_path: Path, stage: Stage) -> None:
    features = [ugly.feature(ugly.square(), 编号="A1")]
    import_ = stage(ugly.geojson(tmp_path / "点位.geojson", features, name="a/b[1]:" + "长" * 40))
    assert counts(import_)[3] == 1
    assert len(returned(import_).sheetnames[0]) <= 31


def test_nothing_refused_is_said_too(tmp_path: Path, stage: Stage) -> None:
    import_ = stage(ugly.workbook(tmp_path / "表.xlsx", [["编号", "名称"], ["A1", "青石沟"]]))
    assert rows_of(returned(import_)) == [("没有退回的行。",)]
