"""Do sites come in whole, in degrees, each once, or is it said what is wrong?"""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from shapely.geometry import mapping

from qingshan.earth.errors import SitesRefused
from qingshan.earth.grid import Grid
from qingshan.earth.sites import ClimateZone, SiteSet

BOX = shapely.box(110.0, 38.0, 110.01, 38.01)
BOW_TIE = shapely.Polygon([(110, 38), (110.01, 38.01), (110.01, 38), (110, 38.01), (110, 38)])
UTM = Grid(crs="EPSG:32649", west=0.0, north=1.0, dx=1.0, dy=1.0, height=1, width=1)


def geojson(path: Path, *features: dict[str, Any], **members: Any) -> Path:
    told = [{"type": "Feature", **feature} for feature in features]
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": told}))
    return path


def feature(id: Any, shape: Any = BOX, **properties: Any) -> dict[str, Any]:
    return {"properties": {"id": id, **properties}, "geometry": mapping(shape) if shape else None}


def written(path: Path, *, crs: str, shape: Any, **options: Any) -> Path:
    """Any format that GDAL writes, with one site."""
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array([shape], dtype=object)),
        [np.array(["矿1"], dtype=object)],
        ["id"],
        geometry_type="Polygon",
        crs=crs,
        **options,
    )
    return path


def test_sites_keep_ids_names_and_zones_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "a.geojson",
        feature("b", name="北坡", zone="半干旱区"),
        feature(7, name=None, zone="Semi-Humid"),
        feature("a"),
    )
    sites = SiteSet.from_file(path)
    assert [(site.id, site.name, site.zone) for site in sites] == [
        ("b", "北坡", ClimateZone.SEMI_ARID),
        ("7", "", ClimateZone.SEMI_HUMID),
        ("a", "", None),
    ]


def test_columns_may_bear_other_names(tmp_path: Path) -> None:
    told = {"properties": {"编号": "x", "名称": "南坡"}, "geometry": mapping(BOX)}
    path = geojson(tmp_path / "a.geojson", told)
    (site,) = SiteSet.from_file(path, id_column="编号", name_column="名称")
    assert (site.id, site.name) == ("x", "南坡")


@pytest.mark.parametrize("name", ["a.gpkg", "a.fgb", "a.shp", "a.geojson"])
def test_every_format_comes_into_degrees(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, crs="EPSG:32649", shape=UTM.from_lonlat(BOX))
    (site,) = SiteSet.from_file(path)
    assert site.id == "矿1"
    assert shapely.hausdorff_distance(site.shape, BOX) < 1e-6


def test_a_zipped_shapefile_in_a_chinese_encoding_is_read(tmp_path: Path) -> None:
    written(tmp_path / "a.shp", crs="EPSG:4490", shape=BOX, encoding="GB18030")
    (tmp_path / "a.cpg").unlink(missing_ok=True)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        for part in ("shp", "shx", "dbf", "prj"):
            out.write(tmp_path / f"a.{part}", f"a.{part}")
    (site,) = SiteSet.from_file(tmp_path / "a.zip")
    assert site.id == "矿1"


def test_a_ring_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    (site,) = SiteSet.from_file(geojson(tmp_path / "a.geojson", feature("a", BOW_TIE)))
    assert site.shape.is_valid
    assert site.shape.area == pytest.approx(0.5e-4, rel=1e-6)
    assert site.shape.geom_type == "MultiPolygon"


def test_a_site_without_an_outline_is_named_and_left_out(tmp_path: Path) -> None:
    sites = SiteSet.from_file(geojson(tmp_path / "a.geojson", feature("a"), feature("b", None)))
    assert [site.id for site in sites] == ["a"]
    assert [(reason.code, reason.values["site"]) for reason in sites.left_out] == [
        ("earth.site_without_shape", "b")
    ]


FLAT = shapely.Polygon([(110, 38), (110.01, 38), (110, 38)])


@pytest.mark.parametrize(
    ("features", "code", "named"),
    [
        ([feature("a"), feature("a")], "earth.id_doubled", "“a”"),
        ([feature("a"), feature(None)], "earth.id_missing", "2"),
        ([feature("a", shapely.Point(110, 38))], "earth.no_polygon", "“a”"),
        ([feature("a", FLAT)], "earth.shape_broken", "“a”"),
        ([feature("a", shapely.box(500_000, 1, 500_100, 99))], "earth.coordinates_outside", "a.geojson"),
        ([feature("a", zone="tropical")], "earth.zone_unknown", "tropical"),
        ([{"properties": {"nr": 1}, "geometry": mapping(BOX)}], "earth.column_missing", "nr"),
    ],
)
def test_what_is_wrong_with_sites_is_said_by_name(
    tmp_path: Path, features: list[dict[str, Any]], code: str, named: str
) -> None:
    with pytest.raises(SitesRefused) as refusal:
        SiteSet.from_file(geojson(tmp_path / "a.geojson", *features))
    assert refusal.value.code == code
    assert named in refusal.value.say()
    assert named in refusal.value.say("en")


@pytest.mark.parametrize("content", [b"", b"{", b"\x00\x01\x02"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(content)
    with pytest.raises(SitesRefused) as refusal:
        SiteSet.from_file(path)
    assert refusal.value.code == "earth.file_unreadable"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SitesRefused) as refusal:
        SiteSet.from_file(tmp_path / "none.gpkg")
    assert refusal.value.code == "earth.file_missing"


@pytest.mark.outside_data
def test_real_polygons_of_mines_come_in(tmp_path: Path) -> None:
    data = os.environ.get("QINGSHAN_TEST_DATA")
    if data is None:
        path, count = geojson(tmp_path / "a.geojson", *(feature(at) for at in range(50))), 50
    else:
        source = json.loads((Path(data) / "mining_polygons" / "amazon_2025Q2.geojson").read_text())
        told = [{**each, "properties": {"id": at}} for at, each in enumerate(source["features"])]
        path, count = geojson(tmp_path / "a.geojson", *told), 3004
    sites = SiteSet.from_file(path)
    assert len(sites) + len(sites.left_out) == count
    assert all(site.shape.is_valid for site in sites)


def test_a_datum_that_takes_local_parameters_is_refused(tmp_path: Path) -> None:
    """Beijing 1954 lies up to a hundred metres off: taken as it is it would pass for a place."""
    path = written(
        tmp_path / "old.gpkg", crs="EPSG:2436", shape=shapely.box(500_000, 4_000_000, 500_100, 4_000_100)
    )
    with pytest.raises(SitesRefused) as refused:
        SiteSet.from_file(path)
    assert refused.value.code == "earth.crs_unknown"
