"""Is every vector file read, in every format, in batches, whatever its root, its layers and its encoding?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from shapely.geometry import mapping

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.readers import tables
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage, counts, sentences
from qingshan.exchange.tests.quarries import Quarries
from qingshan.rules.flows.importing import ImportState

SHAPES = ugly.sites(45)
NAMES = {"名称": ["青石沟"] * len(SHAPES), "编号": [f"A{n}" for n in range(len(SHAPES))]}


def _geojson(path: Path) -> Path:
    features = [ugly.feature(s, 名称="青石沟", 编号=f"A{n}") for n, s in enumerate(SHAPES)]
    return ugly.geojson(path, features)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("点位.geojson", _geojson),
        ("点位.json", _geojson),
        ("点位.gpkg", lambda path: ugly.vector(path, SHAPES)),
        ("点位.fgb", lambda path: ugly.vector(path, SHAPES, fields=NAMES)),
        ("点位.zip", lambda path: ugly.shapefile_zip(path, SHAPES)),
    ],
)
def test_every_format_gives_the_same_rows(
    name: str,
    make: Callable[[Path], Path],
    tmp_path: Path,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("geojson", "vector"):
        monkeypatch.setattr(f"qingshan.exchange.readers.{module}.BATCH_ROWS", 10)
    import_ = stage(make(tmp_path / name))
    assert (counts(import_), sentences(import_)) == ((45, 0, 0, 0), [])
    rows = {row.key: row for row in StagedRow.objects.filter(source=import_)}
    assert rows["A7"].values["name"] == "青石沟"
    assert shapely.equals(shapely.from_wkb(bytes(rows["A7"].geom)), SHAPES[7])
    assert rows["A7"].area_m2 == pytest.approx(4.1e5, rel=0.1)
    assert sorted(row.row for row in rows.values()) == list(range(1, 46))


@pytest.mark.parametrize(
    "root",
    [
        {"type": "Feature", "properties": {"名称": "青石沟"}, "geometry": mapping(ugly.square())},
        {"type": "Feature", "properties": None, "geometry": mapping(ugly.square()), "id": 7},
        mapping(ugly.square()),
        {"crs": {"type": "name", "properties": {"name": "EPSG:4326"}}, "type": "Feature", "properties": {},
         "geometry": mapping(shapely.MultiPolygon([ugly.square(), ugly.square(122.3)]))},
    ],
    ids=["bare Feature", "Feature with id", "bare geometry", "old crs member first"],
)  # fmt: skip
def test_the_root_may_be_one_feature_or_one_geometry(
    root: dict[str, object], tmp_path: Path, stage: Stage, quarries: Quarries
) -> None:
    path = tmp_path / "单个.geojson"
    path.write_text(json.dumps(root), encoding="utf-8")
    import_ = stage(path)
    assert counts(import_)[3] in (0, 1)
    assert all("名称" in sentence for sentence in sentences(import_))
    assert StagedRow.objects.get(source=import_).geom is not None


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        {"type": "name", "properties": {"name": "EPSG:4490"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}},
        {"type": "EPSG", "properties": {"code": 4326}},
        None,
    ],
)
@pytest.mark.parametrize("last", [False, True])
def test_old_crs_members_before_and_behind_the_features(
    crs: object, last: bool, tmp_path: Path, stage: Stage
) -> None:
    features = [ugly.feature(ugly.square(), 名称="青石沟", 编号="A1")]
    members = {"type": "FeatureCollection", "features": features} if last else {"type": "FeatureCollection"}
    path = tmp_path / "点位.geojson"
    path.write_text(json.dumps({**members, "crs": crs, "features": features}), encoding="utf-8")
    import_ = stage(path)
    assert (counts(import_), sentences(import_)) == ((1, 0, 0, 0), [])


def test_properties_that_come_and_go_from_feature_to_feature(tmp_path: Path, stage: Stage) -> None:
    features = [
        ugly.feature(ugly.square(122.1), 编号="A1", 名称="青石沟"),
        ugly.feature(ugly.square(122.2), 名称="北坡", 编号="A2", 备注="后来补充", 标签=["a", "b"]),
        ugly.feature(ugly.square(122.3), 备注=5, 名称="南沟", 编号=3),
    ]
    import_ = stage(ugly.geojson(tmp_path / "点位.geojson", features))
    assert (counts(import_), sentences(import_)) == ((3, 0, 0, 0), [])
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    assert [row.values.get("note") for row in rows] == [None, "后来补充", "5"]
    assert import_.layout["tables"][0]["unknown"] == ["标签"]


def test_an_unclosed_ring_is_closed_and_a_broken_one_refused(tmp_path: Path, stage: Stage) -> None:
    ring = [[122.1, 33.1], [122.2, 33.1], [122.2, 33.2]]
    features = [
        {**ugly.feature(None, 编号="A1", 名称="a"), "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {**ugly.feature(None, 编号="A2", 名称="b"), "geometry": {"type": "Polygon", "coordinates": "x"}},
        {**ugly.feature(None, 编号="A3", 名称="c"), "geometry": {"type": "Circle"}},
        {**ugly.feature(None, 编号="A4", 名称="d"), "geometry": None},
    ]
    import_ = stage(ugly.geojson(tmp_path / "点位.geojson", features))
    assert counts(import_) == (2, 0, 0, 2)
    assert [sentence[:8] for sentence in sentences(import_)] == ["第 2 行：这个", "第 3 行：这个"]


def test_several_layers_are_asked_about(tmp_path: Path, stage: Stage) -> None:
    path = tmp_path / "点位.gpkg"
    for number, layer in enumerate(("一区{1}", "二区")):
        shapes = [ugly.square(122.1 + number)]
        ugly.vector(path, shapes, layer=layer, append=bool(number), fields={"编号": [f"B{number}"]})
    asked = stage(path)
    assert asked.state == ImportState.RECEIVED
    assert asked.question is not None
    assert asked.question["option"] == "layer"
    assert [choice["value"] for choice in asked.question["choices"]] == ["一区{1}", "二区", "*"]
    assert not StagedRow.objects.exists()
    assert counts(stage(path, layer="二区")) == (1, 0, 0, 0)
    assert counts(stage(path, layer="*")) == (2, 0, 0, 0)


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
@pytest.mark.parametrize("leave_out", [[], [".cpg"]], ids=["with .cpg", "without .cpg"])
def test_a_shapefile_in_either_encoding(
    encoding: str, leave_out: list[str], tmp_path: Path, stage: Stage
) -> None:
    path = ugly.shapefile_zip(tmp_path / "点位.zip", encoding=encoding, leave_out=leave_out, gbk_names=True)
    import_ = stage(path)
    row = StagedRow.objects.get(source=import_)
    assert (row.values["name"], row.key, row.sheet) == ("青石沟", "A0", "点位")


def test_a_name_cut_off_in_the_middle_of_a_character(tmp_path: Path, stage: Stage) -> None:
    path = tmp_path / "点位.zip"
    folder = tmp_path / "parts"
    folder.mkdir()
    ugly.vector(folder / "layer.shp", [ugly.square()], encoding="GBK", layer="layer")
    dbf = bytearray((folder / "layer.dbf").read_bytes())
    start = dbf.index("青石沟".encode("gbk"))
    dbf[start + 5] = ord(" ")
    (folder / "layer.dbf").write_bytes(dbf)
    import zipfile

    with zipfile.ZipFile(path, "w") as package:
        for part in folder.iterdir():
            package.write(part, f"点位{part.suffix}")
    import_ = stage(path)
    assert StagedRow.objects.get(source=import_).values["name"].startswith("青石")


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
def test_placemarks(encoding: str, tmp_path: Path, stage: Stage) -> None:
    import_ = stage(ugly.kml(tmp_path / "点位.kml", encoding=encoding))
    row = StagedRow.objects.get(source=import_)
    assert (row.values["name"], row.key, row.outcome) == ("青石沟", "A0", "created")


def test_placemarks_in_several_folders_are_asked_about(tmp_path: Path, stage: Stage) -> None:
    asked = stage(ugly.kml(tmp_path / "点位.kml", folders=2))
    assert asked.question is not None
    assert [choice["value"] for choice in asked.question["choices"]] == ["片区0", "片区1", "*"]


def test_a_package_of_placemarks(tmp_path: Path, stage: Stage) -> None:
    import zipfile

    inner = ugly.kml(tmp_path / "doc.kml")
    with zipfile.ZipFile(tmp_path / "点位.kmz", "w") as package:
        package.write(inner, "doc.kml")
    assert counts(stage(tmp_path / "点位.kmz")) == (1, 0, 0, 0)


def test_progress_is_told_and_a_cancel_leaves_no_rows(
    tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qingshan.exchange import preview

    monkeypatch.setattr("qingshan.exchange.readers.geojson.BATCH_ROWS", 10)

    class Cancelled(Exception):
        pass

    class Impatient:
        told: list[tuple[int, int]] = []

        def report(self, done: int, total: int) -> None:
            self.told.append((done, total))
            if len(self.told) == 3:
                raise Cancelled

    import_ = stage(_geojson(tmp_path / "点位.geojson"))
    with pytest.raises(Cancelled):
        preview.stage(import_, path=tmp_path / "点位.geojson", actor=None, progress=Impatient())
    assert Impatient.told == [(10, 45), (20, 45), (30, 45)]
    assert not StagedRow.objects.exists()
    assert counts(Import.objects.get(pk=import_.pk)) == (0, 0, 0, 0)


def test_batches_are_bounded() -> None:
    assert tables.BATCH_ROWS <= 5000


@pytest.mark.parametrize(("own", "outcome"), [("", (1, 0)), ("青石沟", (1, 0)), ("矿点一", None)])
def test_the_name_of_a_placemark_counts_where_its_data_name_nothing_else(
    own: str, outcome: tuple[int, int] | None, tmp_path: Path, stage: Stage
) -> None:
    path = ugly.kml(tmp_path / "点位.kml")
    data = '<Data name="名称"><value>青石沟</value></Data>'
    text = path.read_text(encoding="utf-8").replace("<name>青石沟</name>", f"<name>{own}</name>")
    path.write_text(text.replace("<ExtendedData>", f"<ExtendedData>{data}"), encoding="utf-8")
    if outcome is None:
        with pytest.raises(FileRefused) as refusal:
            stage(path)
        assert refusal.value.code == "exchange.header_twice"
    else:
        import_ = stage(path)
        assert (import_.created, import_.refused) == outcome
        assert StagedRow.objects.get(source=import_).values["name"] == "青石沟"


def test_names_that_a_shapefile_has_cut_off_are_known_by_their_beginning(
    tmp_path: Path, stage: Stage
) -> None:
    fields = {"编号": ["A1"], "统一社会信用代码": ["91110000600037341L"], "发现日期": ["2026-03-01"]}
    import_ = stage(ugly.shapefile_zip(tmp_path / "点位.zip", encoding="UTF-8", fields=fields))
    assert (import_.created, import_.layout["tables"][0]["headers"]) == (
        1,
        ["名称", "编号", "统一社", "发现日"],
    )
    values = StagedRow.objects.get(source=import_).values
    assert (values["enterprise"], values["found_on"]) == ("91110000600037341L", "2026-03-01")
