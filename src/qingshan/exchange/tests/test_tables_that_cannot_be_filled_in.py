"""A table that cannot be filled in is refused in words: before it is opened, or with nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.filling import doing, opening
from qingshan.exchange.filling.kinds import FillKind
from qingshan.exchange.filling.opening import lost, opened
from qingshan.exchange.filling.remembering import meanings
from qingshan.exchange.filling.studying import key_headers, study
from qingshan.exchange.readers.hygiene import OLE
from qingshan.exchange.tests import ugly
from qingshan.exchange.tests.superiors import TABLES, fillable

Make = Callable[[Path], Path]


@pytest.fixture(autouse=True)
def kind() -> Iterator[FillKind]:
    with fillable() as found:
        yield found


def _bytes(content: bytes) -> Make:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def _without_headers(path: Path) -> Path:
    return ugly.workbook(path, [["通知"], ["请各县于月底前报送。"]])


def _nothing(path: Path) -> Path:
    Workbook().save(path)
    return path


BAD: list[tuple[str, str, Make]] = [
    ("旧.xls", "exchange.filling_only_xlsx", _bytes(OLE + b"\x00" * 600)),
    ("表.et", "exchange.filling_only_xlsx", _bytes(OLE + b"\x00" * 600)),
    ("表.ods", "exchange.filling_only_xlsx", _bytes(b"PK\x03\x04")),
    ("表.csv", "exchange.filling_only_xlsx", _bytes("编号,名称\n".encode())),
    ("通知.docx", "exchange.filling_only_xlsx", _bytes(b"PK\x03\x04")),
    ("图.geojson", "exchange.filling_only_xlsx", _bytes(b'{"type": "FeatureCollection", "features": []}')),
    ("宏.xlsm", "exchange.macros", ugly.macro_workbook),
    ("宏.xlsx", "exchange.macros", ugly.macro_workbook),
    ("空.xlsx", "exchange.empty_file", _bytes(b"")),
    ("坏.xlsx", "exchange.damaged_zip", _bytes(b"PK\x03\x04" + b"\x00" * 100)),
    ("假.xlsx", "exchange.not_what_it_says", _bytes(b"hello")),
    ("实体.xlsx", "exchange.dtd", ugly.entity_bomb_workbook),
    ("远.xlsx", "exchange.spread_too_wide", ugly.far_cell_workbook),
    ("通知.xlsx", "exchange.filling_no_headers", _without_headers),
    ("白.xlsx", "exchange.filling_no_headers", _nothing),
]


@pytest.mark.parametrize(("name", "code", "make"), BAD, ids=[name for name, _code, _make in BAD])
def test_it_is_refused_with_its_reason(name: str, code: str, make: Make, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        study(make(tmp_path / name), name)
    assert [reason.code for reason in refused.value.reasons] == [code]


def test_a_table_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = TABLES["plain"].save(tmp_path, "大.xlsx")
    monkeypatch.setattr(opening, "MAX_CELLS", 10)
    with pytest.raises(FileRefused) as refused:
        opened(path, path.name)
    assert refused.value.reasons[0].code == "exchange.too_many_cells"
    monkeypatch.setattr(opening, "MAX_BYTES", 10)
    with pytest.raises(FileRefused) as refused:
        opened(path, path.name)
    assert refused.value.reasons[0].code == "exchange.too_big"


def test_nothing_to_fill_in_and_too_much_of_it_are_said(
    kind: FillKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "ROWS_AT_MOST", 2)
    with pytest.raises(FileRefused) as refused:
        doing.chosen(kind, {}, actor=None)
    assert refused.value.reasons[0].code == "exchange.filling_too_many"


def test_no_object_in_the_choice_is_said() -> None:
    empty = FillKind("empty", None, (), (), rows=lambda _actor, _choice: [])  # type: ignore[arg-type]
    with pytest.raises(FileRefused) as refused:
        doing.chosen(empty, {}, actor=None)
    assert refused.value.reasons[0].code == "exchange.filling_nothing"


def test_drawn_shapes_are_told_before_they_are_lost(tmp_path: Path) -> None:
    import zipfile

    path = TABLES["plain"].save(tmp_path, "图.xlsx")
    assert not lost(path, path.name)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:sp/></xdr:wsDr>")
    assert lost(path, path.name)


@pytest.mark.django_db
def test_printed_rows_are_counted_and_their_column_found(kind: FillKind, tmp_path: Path) -> None:
    path = TABLES["printed"].save(tmp_path, "来表.xlsx")
    (sheet,) = study(path, path.name).sheets
    assert dict(sheet.printed) == {1: 3, 2: 3, 5: 1}
    found = meanings(sheet.layout, kind, organisation_id=None)
    assert key_headers(sheet, kind, found) == [2]


def test_the_vault_gives_files_without_an_ending(tmp_path: Path) -> None:
    path = TABLES["plain"].save(tmp_path, "来表.xlsx").rename(tmp_path / "abcdef")
    assert isinstance(opened(path, "来表.xlsx"), openpyxl.Workbook)
