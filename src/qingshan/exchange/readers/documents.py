"""Is this file one of the papers that a dossier takes, and safe to keep and to hand on?

Told by its content; the name must agree. Nothing is opened further than that: a paper is kept as it came.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

from qingshan.exchange.readers.hygiene import (
    MEGABYTE,
    OLE,
    Upload,
    entry_name,
    no_macros,
    open_package,
    refuse_unsafe_compound,
)
from qingshan.rules.secrecy import check_not_marked_secret

MAX_PAPER_BYTES = 100 * MEGABYTE
_HEAD_BYTES = 4096


class Paper(StrEnum):
    """What a paper turned out to be."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    TIFF = "tif"
    HEIC = "heic"
    OFD = "ofd"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OLE = "doc"
    """A document of an office program of old: .doc, .xls, .ppt, .wps, .et."""
    ZIP = "zip"


CONTENT_TYPES = {
    Paper.PDF: "application/pdf",
    Paper.JPEG: "image/jpeg",
    Paper.PNG: "image/png",
    Paper.TIFF: "image/tiff",
    Paper.HEIC: "image/heic",
    Paper.OFD: "application/ofd",
    Paper.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Paper.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Paper.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Paper.OLE: "application/octet-stream",
    Paper.ZIP: "application/zip",
}
_EXTENSIONS = {
    **{f".{paper.value}": paper for paper in Paper},
    **dict.fromkeys((".jpeg", ".jpe"), Paper.JPEG),
    **dict.fromkeys((".heif", ".hif"), Paper.HEIC),
    **dict.fromkeys((".xls", ".ppt", ".wps", ".et", ".dps"), Paper.OLE),
    ".tiff": Paper.TIFF,
}
ACCEPTED = ",".join(sorted(_EXTENSIONS))
"""For the `accept` of a file field."""
_WITH_MACROS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm", ".potm", ".ppsm"})
_STARTS = ((b"\xff\xd8\xff", Paper.JPEG), (b"\x89PNG\r\n\x1a\n", Paper.PNG),
           (b"II*\x00", Paper.TIFF), (b"MM\x00*", Paper.TIFF))  # fmt: skip
_HEIC = re.compile(rb".{4}ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)", re.DOTALL)
_PARTS = (("OFD.xml", Paper.OFD), ("word/document.xml", Paper.DOCX), ("xl/workbook.xml", Paper.XLSX),
          ("ppt/presentation.xml", Paper.PPTX))  # fmt: skip


def recognised_paper(upload: Upload) -> Paper:
    """What the paper is. Raises FileRefused: empty, too large, of no known kind, not what it says, with macros,
    a bomb; RuleBroken where the file, or one inside a package, bears the mark of a secret.
    """
    check_not_marked_secret(upload.name)
    _size(upload)
    if upload.extension in _WITH_MACROS:
        raise upload.refused("exchange.paper_macros")
    claimed = _EXTENSIONS.get(upload.extension)
    if claimed is None:
        raise upload.refused("exchange.paper_unknown")
    if _sniffed(upload) != claimed:
        raise upload.refused("exchange.not_what_it_says", extension=upload.extension)
    return claimed


def paper_named(name: str) -> Paper | None:
    """What a stored paper is, by its name, which was held against its content when it was filed."""
    return _EXTENSIONS.get(Upload(Path(), name).extension)


def _size(upload: Upload) -> None:
    size = upload.path.stat().st_size
    if size == 0:
        raise upload.refused("exchange.empty_file")
    if size > MAX_PAPER_BYTES:
        limit_mb = MAX_PAPER_BYTES // MEGABYTE
        raise upload.refused("exchange.too_big", size_mb=-(-size // MEGABYTE), limit_mb=limit_mb)


def _sniffed(upload: Upload) -> Paper | None:
    with upload.path.open("rb") as file:
        start = file.read(_HEAD_BYTES)
    if b"%PDF-" in start[:1024]:
        return Paper.PDF
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(upload)
    if start.startswith(OLE):
        refuse_unsafe_compound(upload)
        return Paper.OLE
    if _HEIC.match(start):
        return Paper.HEIC
    return next((paper for begin, paper in _STARTS if start.startswith(begin)), None)


def _packed(upload: Upload) -> Paper:
    with open_package(upload) as package:
        entries: list[Any] = package.infolist()
    names = {entry.filename for entry in entries}
    no_macros(upload, names)
    check_not_marked_secret(*(entry_name(entry) for entry in entries))
    return next((paper for part, paper in _PARTS if part in names), Paper.ZIP)
