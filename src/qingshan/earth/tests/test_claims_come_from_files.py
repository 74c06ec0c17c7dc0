"""Are claims understood as offices write them, or is the cell named that cannot be?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
import xlsxwriter
from shapely.geometry import mapping

from qingshan.earth.errors import SitesRefused
from qingshan.earth.sites import Claims, TargetUse

BOX = shapely.box(110.0, 38.0, 110.01, 38.01)
MAY = date(2024, 5, 1)


def csv(path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize(
    "written",
    ["2024-05-01", "2024-5-1", "2024/5/1", "2024.05.01", "20240501", "2024年5月1日", "2024-05-01 08:30:00"],
)
def test_a_day_is_read_as_offices_write_it(tmp_path: Path, written: str) -> None:
    (claims,) = Claims.from_file(csv(tmp_path / "a.csv", f"id,restored_since\na,{written}\n"))
    assert claims == Claims(site_id="a", restored_since=MAY)


@pytest.mark.parametrize("written", ["2024-02-30", "5/1/2024", "去年", "2024年5月", "45413", "0024-05-01"])
def test_what_is_no_day_is_refused_by_cell(tmp_path: Path, written: str) -> None:
    with pytest.raises(SitesRefused) as refusal:
        Claims.from_file(csv(tmp_path / "a.csv", f"id,restored_since\nsite 9,{written}\n"))
    assert refusal.value.code == "earth.day_unreadable"
    assert all(word in refusal.value.say() for word in ("site 9", written, "restored_since"))


@pytest.mark.parametrize(
    ("word", "use"),
    [
        ("林草", TargetUse.VEGETATION),
        ("耕地", TargetUse.CROPLAND),
        ("建设", TargetUse.BUILDING),
        ("水面", TargetUse.WATER),
        ("光伏", TargetUse.SOLAR),
        ("自然恢复", TargetUse.NATURAL),
        ("Vegetation", TargetUse.VEGETATION),
        ("solar", TargetUse.SOLAR),
        ("", None),
    ],
)
def test_a_target_use_is_read_in_two_languages(tmp_path: Path, word: str, use: TargetUse | None) -> None:
    (claims,) = Claims.from_file(csv(tmp_path / "a.csv", f"id,target\na,{word}\n"))
    assert claims.target is use


def test_an_unknown_target_use_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(SitesRefused) as refusal:
        Claims.from_file(csv(tmp_path / "a.csv", "id,target\na,湿地公园\n"))
    assert "湿地公园" in refusal.value.say()
    assert "林草" in refusal.value.say()


def test_chinese_headings_and_encodings_are_understood(tmp_path: Path) -> None:
    text = "点位编号,治理去向,损毁起始,修复完成,种植日期,验收日期\na,林草,2019/3/1,2024年5月1日,2024-4-1,\n"
    path = csv(tmp_path / "a.csv", text, encoding="gb18030")
    (claims,) = Claims.from_file(path, id_column="点位编号")
    assert claims == Claims(
        site_id="a",
        target=TargetUse.VEGETATION,
        disturbed_since=date(2019, 3, 1),
        restored_since=MAY,
        planted_on=date(2024, 4, 1),
    )


def test_a_spreadsheet_keeps_its_own_days_and_whole_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "accepted_on", "target"])
        sheet.write_number(1, 0, 17)
        sheet.write_datetime(1, 1, MAY, book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write_string(1, 2, "水面")
    assert Claims.from_file(path) == (Claims(site_id="17", accepted_on=MAY, target=TargetUse.WATER),)


def test_properties_of_shapes_are_claims_too(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    properties = {"id": "a", "restored_since": "2024-05-01"}
    told = {"type": "Feature", "properties": properties, "geometry": mapping(BOX)}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [told]}))
    assert Claims.from_file(path) == (Claims(site_id="a", restored_since=MAY),)


def test_a_boundary_comes_from_a_column_or_from_a_file_of_its_own(tmp_path: Path) -> None:
    (told,) = Claims.from_file(csv(tmp_path / "a.csv", f'id,permitted\na,"{BOX.wkt}"\n'))
    boundaries = tmp_path / "b.geojson"
    halves = (shapely.box(110, 38, 110.005, 38.01), shapely.box(110.005, 38, 110.01, 38.01))
    features = [
        {"type": "Feature", "properties": {"site": "a"}, "geometry": mapping(half)} for half in halves
    ]
    boundaries.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    csv(tmp_path / "c.csv", "id\na\nb\n")
    first, second = Claims.from_file(tmp_path / "c.csv", permitted=boundaries, permitted_id_column="site")
    assert told.permitted is not None
    assert first.permitted is not None
    assert told.permitted.equals(BOX)
    assert first.permitted.equals(BOX)
    assert second.permitted is None


def test_a_site_that_is_claimed_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SitesRefused) as refusal:
        Claims.from_file(csv(tmp_path / "a.csv", "id,target\na,林草\na,耕地\n"))
    assert refusal.value.code == "earth.id_doubled"


def test_a_boundary_that_is_no_wkt_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SitesRefused) as refusal:
        Claims.from_file(csv(tmp_path / "a.csv", "id,permitted\na,POLYGON((1 2\n"))
    assert refusal.value.code == "earth.boundary_unreadable"
