"""A dossier takes the papers that offices have, told by their content, and nothing that runs or hides."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.readers import documents
from qingshan.exchange.readers.documents import Paper, paper_named, recognised_paper
from qingshan.exchange.readers.hygiene import OLE, Upload
from qingshan.rules.errors import RuleBroken


def upload(folder: Path, name: str, content: bytes) -> Upload:
    place = folder / "file"
    place.write_bytes(content)
    return Upload(place, name)


def packed(folder: Path, name: str, *entries: str) -> Upload:
    place = folder / "file"
    with zipfile.ZipFile(place, "w") as package:
        for entry in entries:
            package.writestr(entry, "x")
    return Upload(place, name)


GOOD = {
    "许可证.pdf": (b"%PDF-1.7\n", Paper.PDF),
    "扫描.PDF": (b"\xef\xbb\xbf%PDF-1.4", Paper.PDF),
    "照片.jpg": (b"\xff\xd8\xff\xe0", Paper.JPEG),
    "照片.JPEG": (b"\xff\xd8\xff\xe1", Paper.JPEG),
    "图.png": (b"\x89PNG\r\n\x1a\n", Paper.PNG),
    "图.tiff": (b"II*\x00", Paper.TIFF),
    "手机.heic": (b"\x00\x00\x00\x18ftypheic", Paper.HEIC),
    "批复.doc": (OLE + bytes(600), Paper.OLE),
    "台账.wps": (OLE + bytes(600), Paper.OLE),
}
PACKED = {
    "方案.docx": (("word/document.xml",), Paper.DOCX),
    "指标.xlsx": (("xl/workbook.xml",), Paper.XLSX),
    "公文.ofd": (("OFD.xml",), Paper.OFD),
    "图件.zip": (("a/图.dwg",), Paper.ZIP),
}


@pytest.mark.parametrize("name", GOOD)
def test_papers_are_told_by_their_content(tmp_path: Path, name: str) -> None:
    content, paper = GOOD[name]
    assert recognised_paper(upload(tmp_path, name, content)) == paper
    assert paper_named(name) == paper


@pytest.mark.parametrize("name", PACKED)
def test_packages_are_told_by_what_is_in_them(tmp_path: Path, name: str) -> None:
    entries, paper = PACKED[name]
    assert recognised_paper(packed(tmp_path, name, *entries)) == paper


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("许可证.pdf", b"", "exchange.empty_file"),
        ("许可证.pdf", b"MZ\x90\x00", "exchange.not_what_it_says"),
        ("许可证.pdf", b"\xff\xd8\xff\xe0", "exchange.not_what_it_says"),
        ("许可证", b"%PDF-1.7", "exchange.paper_unknown"),
        ("许可证.exe", b"MZ", "exchange.paper_unknown"),
        ("页面.html", b"<script>", "exchange.paper_unknown"),
        ("图.svg", b"<svg/>", "exchange.paper_unknown"),
        ("方案.docm", b"PK\x03\x04", "exchange.paper_macros"),
        ("批复.doc", OLE + "_VBA_PROJECT".encode("utf-16-le"), "exchange.macros"),
        ("图件.zip", b"PK\x03\x04broken", "exchange.damaged_zip"),
    ],
)
def test_anything_else_is_refused_in_words(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        recognised_paper(upload(tmp_path, name, content))
    assert refused.value.code == code
    assert name in refused.value.say()


def test_a_package_with_macros_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"exchange\.macros"):
        recognised_paper(packed(tmp_path, "方案.docx", "word/document.xml", "word/vbaProject.bin"))


def test_a_large_paper_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_PAPER_BYTES", 5)
    with pytest.raises(FileRefused, match=r"exchange\.too_big"):
        recognised_paper(upload(tmp_path, "许可证.pdf", b"%PDF-1.7"))


def test_a_secret_mark_is_found_in_the_name_and_inside_a_package(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken):
        recognised_paper(upload(tmp_path, "储量（机密）.pdf", b"%PDF-1.7"))
    with pytest.raises(RuleBroken):
        recognised_paper(packed(tmp_path, "图件.zip", "秘密/储量.dwg"))
