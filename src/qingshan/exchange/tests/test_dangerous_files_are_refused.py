"""Is every damaged or dangerous file refused in words, before it is parsed, with the register as it was?"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.readers import hygiene
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.conftest import Stage
from qingshan.exchange.tests.quarries import Quarries
from qingshan.rules.flows.importing import ImportState

Make = Callable[[Path], Path]


def _text(content: str) -> Make:
    def make(path: Path) -> Path:
        path.write_text(content, encoding="utf-8")
        return path

    return make


def _bytes(content: bytes) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


LAUGHS = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
BAD_FILES: list[tuple[str, str, Make]] = [
    ("空.csv", "exchange.empty_file", _bytes(b"")),
    ("大.geojson", "exchange.too_big", ugly.oversized),
    ("程序.exe", "exchange.unknown_format", _bytes(b"MZ")),
    ("没有扩展名", "exchange.unknown_format", _bytes(b"abc")),
    ("点位.shp", "exchange.shapefile_parts", _bytes(b"\x00\x00\x27\x0a")),
    ("网页.xls", "exchange.not_what_it_says", _text("<html><table><tr><td>编号</td></tr></table></html>")),
    ("表.xls", "exchange.not_what_it_says", lambda p: ugly.workbook(p, [["编号", "名称"]])),
    ("图.xlsx", "exchange.not_what_it_says", _text('{"type": "FeatureCollection", "features": []}')),
    ("表.geojson", "exchange.not_what_it_says", _text("编号,名称\nA1,青石沟\n")),
    ("图.gpkg", "exchange.not_what_it_says", _text("编号,名称\n")),
    ("二进制.csv", "exchange.not_what_it_says", _bytes(b"\x00\x01\x02\x03")),
    ("坏.xlsx", "exchange.damaged_zip", _bytes(b"PK\x03\x04" + b"\x00" * 100)),
    ("断.zip", "exchange.damaged_zip", ugly.cut_off_zip),
    ("坏.zip", "exchange.damaged_zip", ugly.damaged_zip),
    ("爬.zip", "exchange.zip_climbs", ugly.climbing_zip),
    ("绝对.zip", "exchange.zip_climbs", lambda p: ugly.climbing_zip(p, "/etc/passwd.shp")),
    ("反斜线.zip", "exchange.zip_climbs", lambda p: ugly.climbing_zip(p, "..\\..\\x.shp")),
    ("盘符.zip", "exchange.zip_climbs", lambda p: ugly.climbing_zip(p, "C:\\windows\\x.shp")),
    ("炸弹.zip", "exchange.zip_bomb", ugly.zip_bomb),
    ("宏.xlsx", "exchange.macros", ugly.macro_workbook),
    ("宏.xlsm", "exchange.macros", ugly.macro_workbook),
    ("实体.xlsx", "exchange.dtd", ugly.entity_bomb_workbook),
    ("远.xlsx", "exchange.spread_too_wide", ugly.far_cell_workbook),
    ("笑.kml", "exchange.dtd", lambda p: ugly.kml(p, doctype=LAUGHS)),
    ("外部.kml", "exchange.dtd", lambda p: ugly.kml(p, doctype='<!DOCTYPE kml SYSTEM "file:///etc/passwd">')),
    ("缺.zip", "exchange.shapefile_incomplete", lambda p: ugly.shapefile_zip(p, leave_out=[".dbf"])),
    ("杂.zip", "exchange.no_data_in_zip", lambda p: ugly.climbing_zip(p, "readme.md")),
    ("断.geojson", "exchange.damaged", _text('{"type": "FeatureCollection", "features": [{"type": "Fea')),
    ("深.geojson", "exchange.damaged", _text('{"a":' + "[" * 200_000)),
    ("长数.geojson", "exchange.damaged", _text('{"a": ' + "1" * 5000 + "}")),
    ("别的.json", "exchange.damaged", _text('{"name": "不是图形"}')),
    ("断.gpkg", "exchange.damaged", _bytes(b"SQLite format 3\x00" + b"\x00" * 500)),
    ("断.fgb", "exchange.damaged", _bytes(b"fgb\x03fgb\x00" + b"\xff" * 50)),
    ("加密.xls", "exchange.encrypted", _bytes(hygiene.OLE + "EncryptedPackage".encode("utf-16-le"))),
    ("宏.xls", "exchange.macros", _bytes(hygiene.OLE + "_VBA_PROJECT".encode("utf-16-le"))),
    ("坏.xls", "exchange.damaged", _bytes(hygiene.OLE + b"\x00" * 600)),
    ("无表头.csv", "exchange.no_known_headers", _text("甲,乙\n1,2\n")),
    ("只有表头.csv", "exchange.no_rows", _text("编号,名称\n")),
    ("无编号.csv", "exchange.key_column_missing", _text("名称,备注\n青石沟,无\n")),
    ("两列.csv", "exchange.header_twice", _text("编号,名称,面积（亩）,面积（公顷）\nA1,青石沟,15,1\n")),
    ("单位.csv", "exchange.unit_unknown", _text("编号,名称,面积（顷）\nA1,青石沟,15\n")),
]


@pytest.mark.parametrize(("name", "code", "make"), BAD_FILES, ids=[f"{n}-{c}" for n, c, _ in BAD_FILES])
def test_a_bad_file_is_refused_in_words(
    name: str,
    code: str,
    make: Make,
    tmp_path: Path,
    stage: Stage,
    quarries: Quarries,
    settings: Any,
) -> None:
    path = make(tmp_path / name)
    folder = tmp_path / "deep" / "inside"
    folder.mkdir(parents=True)
    settings.FILE_UPLOAD_TEMP_DIR = folder
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileRefused) as refusal:
        stage(path)
    assert refusal.value.code == code
    sentence = refusal.value.say()
    assert "{" not in sentence
    assert name in sentence or "表头" in sentence or "都表示" in sentence
    assert (
        refusal.value.say("en").isascii() or name in refusal.value.say("en") or "“" in refusal.value.say("en")
    )
    import_ = Import.objects.get()
    assert import_.state == ImportState.FAILED
    assert import_.faults[0]["code"] == code
    assert not StagedRow.objects.exists()
    assert not quarries.held
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_stays_in_the_temporary_folder(tmp_path: Path, stage: Stage, settings: Any) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = folder
    for number, make in enumerate((ugly.shapefile_zip, ugly.damaged_zip)):
        path = make(tmp_path / f"{number}.zip")
        try:
            stage(path)
        except FileRefused:
            continue
    assert list(folder.iterdir()) == []


def test_a_package_that_lies_about_its_size_is_stopped(
    tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hygiene, "MAX_UNPACKED_BYTES", 400)
    path = ugly.shapefile_zip(tmp_path / "点位.zip")
    with zipfile.ZipFile(path) as package:
        assert sum(entry.file_size for entry in package.infolist()) > 400
    monkeypatch.setattr(hygiene, "_not_a_bomb", lambda *_: None)
    with pytest.raises(FileRefused) as refusal:
        stage(path)
    assert refusal.value.code == "exchange.zip_bomb"


def test_a_file_with_shapes_is_refused_where_the_kind_has_none(tmp_path: Path, db: None) -> None:
    from qingshan.exchange.readers import Expected, opened
    from qingshan.exchange.rows import columns_of
    from qingshan.exchange.tests.quarries import declared

    path = ugly.geojson(tmp_path / "点位.geojson", [ugly.feature(ugly.square())])
    with declared(geometry=None) as (kind, _register):
        columns = columns_of(kind)
        with (
            pytest.raises(FileRefused) as refusal,
            opened(path, path.name, expected=Expected(columns), with_shapes=False),
        ):
            pass
    assert refusal.value.code == "exchange.shapes_not_wanted"


def test_one_feature_too_large_for_memory_is_refused(
    tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qingshan.exchange.readers.geojson.LARGEST_VALUE", 1000)
    monkeypatch.setattr("qingshan.exchange.readers.geojson._PIECE", 400)
    features = [ugly.feature(ugly.square(), 名称="长" * 5000)]
    with pytest.raises(FileRefused) as refusal:
        stage(ugly.geojson(tmp_path / "点位.geojson", features))
    assert refusal.value.code == "exchange.feature_too_big"


def test_a_text_file_with_too_many_cells_is_refused(
    tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qingshan.exchange.readers.csv_text.MAX_CELLS", 10)
    with pytest.raises(FileRefused) as refusal:
        stage(_text("编号,名称\n" + "A,b\n" * 10)(tmp_path / "表.csv"))
    assert refusal.value.code == "exchange.too_many_cells"
