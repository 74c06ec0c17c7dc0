"""Do vector files of every format become mines, sites and patches, and are wrong rings mended or named?"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests import ugly
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.mines.tests import factories
from qingshan.rules.reasons import Reason, say

pytestmark = pytest.mark.django_db
MODELS: dict[str, Any] = {"sites": Site, "mines": Mine, "patches": Patch}
FIELDS: dict[str, dict[str, str]] = {
    "sites": {"点位编号": "A-{n}", "名称": "青石沟{n}"},
    "mines": {"矿山编号": "A-{n}", "名称": "青石矿{n}"},
    "patches": {"图斑编号": "A-{n}", "所属点位编号": "S-0"},
}
"""A Shapefile keeps ten bytes of a name: in UTF-8 点位编号 ends in the middle of its last character."""
Write = Callable[[Path, list[BaseGeometry], dict[str, list[str]]], Path]


def shapefile(names: str, encoding: str) -> Write:
    def write(folder: Path, shapes: list[BaseGeometry], fields: dict[str, list[str]]) -> Path:
        return ugly.shapefile_zip(
            folder / "图层.zip", shapes, encoding=encoding, gbk_names=names == "gbk", fields=fields
        )

    return write


def by_gdal(ending: str) -> Write:
    def write(folder: Path, shapes: list[BaseGeometry], fields: dict[str, list[str]]) -> Path:
        return ugly.vector(folder / f"图层.{ending}", shapes, fields=fields)

    return write


def geojson(folder: Path, shapes: list[BaseGeometry], fields: dict[str, list[str]]) -> Path:
    rows = [dict(zip(fields, values, strict=True)) for values in zip(*fields.values(), strict=True)]
    features = [ugly.feature(shape, **row) for shape, row in zip(shapes, rows, strict=True)]
    return ugly.geojson(folder / "图层.geojson", features)


def kml(folder: Path, shapes: list[BaseGeometry], fields: dict[str, list[str]]) -> Path:
    marks = ""
    for at, shape in enumerate(shapes):
        data = "".join(f'<Data name="{name}"><value>{fields[name][at]}</value></Data>' for name in fields)
        rings = [ugly.kml_ring(ring) for ring in (shape.exterior, *shape.interiors)]
        inner = "".join(f"<innerBoundaryIs>{ring}</innerBoundaryIs>" for ring in rings[1:])
        marks += (
            f"<Placemark><ExtendedData>{data}</ExtendedData>"
            f"<Polygon><outerBoundaryIs>{rings[0]}</outerBoundaryIs>{inner}</Polygon></Placemark>"
        )
    path = folder / "图层.kml"
    text = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'
    path.write_text('<?xml version="1.0" encoding="UTF-8"?>' + text, encoding="utf-8")
    return path


def kmz(folder: Path, shapes: list[BaseGeometry], fields: dict[str, list[str]]) -> Path:
    with zipfile.ZipFile(folder / "图层.kmz", "w", zipfile.ZIP_DEFLATED) as package:
        package.write(kml(folder, shapes, fields), "doc.kml")
    return folder / "图层.kmz"


FORMATS: dict[str, Write] = {
    "shapefile, all GBK": shapefile("gbk", "GBK"),
    "shapefile, all UTF-8": shapefile("utf-8", "UTF-8"),
    "shapefile, GBK in UTF-8 names": shapefile("utf-8", "GBK"),
    "geopackage": by_gdal("gpkg"),
    "flatgeobuf": by_gdal("fgb"),
    "geojson": geojson,
    "kml": kml,
    "kmz": kmz,
}


@pytest.fixture(autouse=True)
def ground(tmp_path: Path) -> None:
    factories.regions()
    site = factories.geojson(tmp_path, factories.site_row("S-0", 122.4))
    factories.imported(site, factories.clerk(factories.WEST))


def come_in(path: Path, kind: str) -> Import:
    actor = factories.clerk(factories.WEST)
    import_ = factories.staged(path, actor, kind=kind, good_rows_only=True)
    assert import_.question is None
    apply = declared_kind(kind).apply
    assert apply is not None
    apply(import_, actor=actor, now=factories.NOW)
    return import_


def written(kind: str, write: Write, folder: Path, shapes: list[BaseGeometry]) -> Path:
    fields = {name: [text.format(n=n) for n in range(len(shapes))] for name, text in FIELDS[kind].items()}
    return write(folder, shapes, fields)


@pytest.mark.parametrize("kind", list(MODELS))
@pytest.mark.parametrize("format", list(FORMATS))
def test_every_format_comes_in_and_wrong_rings_are_mended_or_named(
    format: str, kind: str, tmp_path: Path
) -> None:
    hollow = ugly.square(122.2).difference(ugly.square(122.203, 33.103, 0.003))
    shapes = [ugly.square(), hollow, ugly.touching_ring(122.3), ugly.bow_tie(122.35)]
    import_ = come_in(written(kind, FORMATS[format], tmp_path, shapes), kind)
    assert (import_.created, import_.refused) == (3, 1)
    found = {row.key: row for row in MODELS[kind].objects.filter(key__startswith="A-")}
    assert set(found) == {"A-0", "A-1", "A-2"}
    for key, shape in zip(sorted(found), shapes, strict=False):
        expected = shapely.make_valid(shape)
        assert shapely.symmetric_difference(found[key].geom, expected).area < 1e-6 * expected.area
    names = {found[key].name for key in found} if kind != "patches" else set()
    assert names <= {text.format(n=n) for text in FIELDS[kind].values() for n in range(3)}
    refused = StagedRow.objects.get(source=import_, outcome="refused")
    # FlatGeobuf puts features into an order of its own
    assert [say(Reason(f["code"], f["values"])) for f in refused.faults] == [
        f"第 {refused.row} 行：边界在（122.355，33.105）附近自相交或重复，不能计算面积。请在绘图软件中修正该图形。"
    ]
    mended = StagedRow.objects.get(source=import_, key="A-2")
    assert mended.notes[0]["code"] == "exchange.shape_mended"
