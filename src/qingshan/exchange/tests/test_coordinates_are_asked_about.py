"""Are coordinates read with certainty or asked about, never guessed, and shapes checked before they count?"""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.errors import ExchangeError
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage, counts, sentences
from qingshan.exchange.tests.quarries import Quarries
from qingshan.geo.errors import GeoError
from qingshan.rules.flows.importing import ImportState


def in_zone(shape: BaseGeometry, epsg: int) -> BaseGeometry:
    move = Transformer.from_crs(4490, epsg, always_xy=True)
    return shapely.transform(shape, move.transform, interleaved=False)


def swapped(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda x, y: (y, x), interleaved=False)


def where(import_: Import) -> tuple[float, float]:
    row = StagedRow.objects.get(source=import_)
    centre = shapely.from_wkb(bytes(row.geom)).centroid
    return round(centre.x, 3), round(centre.y, 3)


HERE = (122.105, 33.105)
HERE_41 = in_zone(ugly.square(), 4529)
"""3° zone 41 with its number before the easting."""
PLAIN = in_zone(ugly.square(), 4550)
"""The same without it: which zone, only the person knows."""


def test_a_zone_that_the_file_declares(tmp_path: Path, stage: Stage) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", [HERE_41], crs="EPSG:4529")
    assert where(stage(path)) == HERE


def test_a_zone_number_before_the_easting_says_enough(tmp_path: Path, stage: Stage) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", [HERE_41], crs=None)
    asked = stage(path)
    assert asked.question is not None
    assert [choice["value"] for choice in asked.question["choices"]] == ["EPSG:4529/east_north"]
    assert where(stage(path, crs="EPSG:4529/east_north")) == HERE


def test_a_missing_zone_is_asked_with_every_place_it_could_be(tmp_path: Path, stage: Stage) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", [PLAIN], crs=None)
    asked = stage(path)
    assert asked.state == ImportState.RECEIVED
    assert asked.question is not None
    choices = {choice["value"]: choice["zh"] for choice in asked.question["choices"]}
    assert len(choices) > 5
    assert "EPSG:4550/east_north" in choices
    assert "41" in choices["EPSG:4550/east_north"]
    assert where(stage(path, crs="EPSG:4550/east_north")) == HERE


@pytest.mark.parametrize("crs", ["EPSG:4490", None])
def test_swapped_axes_are_asked_about(crs: str | None, tmp_path: Path, stage: Stage) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", [swapped(ugly.square())], crs=crs)
    asked = stage(path)
    assert asked.question is not None
    choice = asked.question["choices"][0]["value"]
    assert choice.endswith("north_east")
    assert where(stage(path, crs=choice)) == HERE


def test_a_shapefile_without_prj_is_asked_about_even_in_degrees(tmp_path: Path, stage: Stage) -> None:
    # degrees of 北京 54 look the same and lie a hundred metres away
    path = ugly.shapefile_zip(tmp_path / "点位.zip", crs=None)
    asked = stage(path)
    assert asked.question is not None
    assert asked.question["reason"]["code"] == "exchange.which_crs"
    (choice,) = asked.question["choices"]
    assert "122.1" in choice["zh"]
    assert where(stage(path, crs=choice["value"])) == HERE


def test_a_shapefile_without_prj_abroad_is_asked_about_too(tmp_path: Path, stage: Stage) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", [ugly.square(-57, -7)], crs=None)
    asked = stage(path, allow_abroad=True)
    assert asked.question is not None
    choice = asked.question["choices"][0]["value"]
    assert counts(stage(path, allow_abroad=True, crs=choice)) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    "cell",
    [
        "POLYGON ((122.1 33.1, 122.11 33.1, 122.11 33.11, 122.1 33.11, 122.1 33.1))",
        "122.1,33.1;122.11,33.1;122.11,33.11;122.1,33.11",
        "122.1 33.1；122.11 33.1；122.11 33.11；122.1 33.11；122.1 33.1",
        "１２２．１，３３．１；１２２．１１，３３．１；１２２．１１，３３．１１；１２２．１，３３．１１",
        "122.1,33.1\n122.11,33.1\n122.11,33.11\n122.1,33.11",
    ],
)
def test_corners_in_a_cell(cell: str, tmp_path: Path, stage: Stage) -> None:
    rows = [["编号", "名称", "拐点坐标"], ["A1", "青石沟", cell]]
    assert where(stage(ugly.workbook(tmp_path / "表.xlsx", rows))) == HERE


def test_corners_in_a_zone_in_survey_order_are_asked_about(tmp_path: Path, stage: Stage) -> None:
    # survey custom: X is north and comes first
    corners = ";".join(f"{y:.2f},{x:.2f}" for x, y in HERE_41.exterior.coords)
    path = ugly.workbook(tmp_path / "表.xlsx", [["编号", "名称", "拐点坐标"], ["A1", "青石沟", corners]])
    asked = stage(path)
    assert asked.question is not None
    answers = [stage(path, crs=choice["value"]) for choice in asked.question["choices"]]
    assert HERE in [where(answer) for answer in answers if answer.created]


def test_points_by_longitude_and_latitude(tmp_path: Path, db: None, points: Stage) -> None:
    rows = [["编号", "名称", "经度", "纬度"], ["A1", "青石沟", 122.105, 33.105], ["A2", "北坡", 122.105, ""]]
    import_ = points(ugly.workbook(tmp_path / "表.xlsx", rows))
    assert counts(import_) == (1, 0, 0, 1)
    assert sentences(import_) == ["第 3 行：缺少“纬度”，不能确定位置。请把经度和纬度都填上。"]
    row = StagedRow.objects.get(source=import_, outcome="created")
    assert shapely.from_wkb(bytes(row.geom)) == shapely.Point(122.105, 33.105)
    assert set(row.values) == {"code", "name"}


def test_a_ring_that_crosses_itself_is_refused_with_the_place(tmp_path: Path, stage: Stage) -> None:
    shapes = [ugly.square(122.3), ugly.bow_tie()]
    import_ = stage(ugly.vector(tmp_path / "点位.gpkg", shapes))
    assert counts(import_) == (1, 0, 0, 1)
    assert sentences(import_) == [
        "第 2 行：边界在（122.105，33.105）附近自相交或重复，不能计算面积。请在绘图软件中修正该图形。"
    ]


def test_a_ring_that_only_touches_itself_is_divided_and_said_so(
    tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    path = ugly.vector(tmp_path / "点位.gpkg", [ugly.touching_ring()])
    import_ = stage(path)
    row = StagedRow.objects.get(source=import_)
    assert row.outcome == "created"
    assert row.notes[0]["code"] == "exchange.shape_mended"
    assert shapely.from_wkb(bytes(row.geom)).is_valid
    quarries.apply(import_)
    assert counts(stage(path)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (shapely.Point(122.1, 33.1), "图形是点，这里需要面"),
        (shapely.LineString([(122.1, 33.1), (122.2, 33.1)]), "图形是线，这里需要面"),
        (shapely.Polygon([(122.1, 33.1), (122.2, 33.1), (122.3, 33.1), (122.1, 33.1)]), "自相交或重复"),
        (shapely.Polygon(), "图形是空的"),
        (ugly.square(0, 51), "位于中国范围之外（经度 0.005，纬度 51.005）"),
    ],
)
def test_shapes_that_cannot_be_kept(shape: BaseGeometry, says: str, tmp_path: Path, stage: Stage) -> None:
    import_ = stage(ugly.vector(tmp_path / "点位.gpkg", [ugly.square(), ugly.square(122.3), shape]))
    assert counts(import_) == (2, 0, 0, 1)
    assert says in sentences(import_)[0]
    assert StagedRow.objects.get(source=import_, outcome="refused").area_m2 is None


def test_abroad_only_when_allowed(tmp_path: Path, stage: Stage) -> None:
    path = ugly.vector(tmp_path / "点位.gpkg", [ugly.square(-57, -7)])
    assert counts(stage(path)) == (0, 0, 0, 1)
    assert counts(stage(path, allow_abroad=True)) == (1, 0, 0, 0)


def test_numbers_that_are_no_coordinates_fail_in_words(tmp_path: Path, stage: Stage) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", [ugly.square(5e8, 5e8, 10)], crs=None)
    with pytest.raises((ExchangeError, GeoError)) as refusal:
        stage(path)
    assert refusal.value.say()
    assert Import.objects.get().state == ImportState.FAILED


def test_a_datum_that_needs_secret_parameters_is_refused(tmp_path: Path, stage: Stage) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", [in_zone(ugly.square(), 4529)], crs="EPSG:2365")
    with pytest.raises(GeoError) as refusal:
        stage(path)
    assert refusal.value.code == "geo.datum_unknown"


def test_a_file_without_shape_columns_leaves_shapes_alone(
    tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    quarries.apply(stage(ugly.vector(tmp_path / "点位.gpkg", [ugly.square()])))
    rows = [["编号", "名称"], ["A0", "青石沟东"]]
    quarries.apply(stage(ugly.workbook(tmp_path / "表.xlsx", rows)))
    assert quarries.held["A0",].geom == ugly.square()
    assert quarries.held["A0",].values["name"] == "青石沟东"


def test_a_moved_corner_is_a_change(tmp_path: Path, stage: Stage, quarries: Quarries) -> None:
    quarries.apply(stage(ugly.vector(tmp_path / "一.gpkg", [ugly.square()])))
    import_ = stage(ugly.vector(tmp_path / "二.gpkg", [ugly.square(size=0.0101)]))
    assert counts(import_) == (0, 1, 0, 0)
    assert StagedRow.objects.get(source=import_).changes == {"geom": True}
