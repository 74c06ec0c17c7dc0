"""Is this file what it claims to be, and safe to open? Answered before anything is parsed.

Nothing is unpacked outside the temporary folder of one reading, and never more than the limits below.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from qingshan.exchange.errors import FileRefused

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 200 * MEGABYTE
MAX_UNPACKED_BYTES = 1024 * MEGABYTE
MAX_ENTRIES = 2000
# sheets full of equal rows pack about 50:1; a bomb of zeros 1000:1
MAX_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 50 * MEGABYTE
_PIECE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Format(StrEnum):
    """What a file turned out to be."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    KML = "kml"
    FGB = "fgb"
    ZIP = "zip"
    """A package with vector files in it; .kmz too."""


_EXTENSIONS = {
    ".xlsx": Format.XLSX,
    ".xls": Format.XLS,
    ".et": Format.XLS,
    ".ods": Format.ODS,
    ".csv": Format.CSV,
    ".txt": Format.CSV,
    ".tsv": Format.CSV,
    ".geojson": Format.GEOJSON,
    ".json": Format.GEOJSON,
    ".gpkg": Format.GPKG,
    ".kml": Format.KML,
    ".fgb": Format.FGB,
    ".zip": Format.ZIP,
    ".kmz": Format.ZIP,
}
_WITH_MACROS = frozenset({".xlsm", ".xltm", ".xlsb", ".xlam", ".xla"})
_SHAPEFILE_PARTS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})


@dataclass(frozen=True)
class Upload:
    """A file on disk with the name that the person gave it."""

    path: Path
    name: str

    @property
    def extension(self) -> str:
        return PurePosixPath(self.name.replace("\\", "/")).suffix.casefold()

    def refused(self, code: str, **values: str | int) -> FileRefused:
        return FileRefused.because(code, file=self.name, **values)


def recognised(upload: Upload) -> Format:
    """The format of a file that may be opened; anything else raises FileRefused."""
    _size(upload)
    if upload.extension in _WITH_MACROS:
        raise upload.refused("exchange.macros")
    if upload.extension in _SHAPEFILE_PARTS:
        raise upload.refused("exchange.shapefile_parts")
    claimed = _EXTENSIONS.get(upload.extension)
    if claimed is None:
        raise upload.refused("exchange.unknown_format")
    found = _sniffed(upload)
    if found != claimed:
        raise upload.refused("exchange.not_what_it_says", extension=upload.extension)
    return found


def _size(upload: Upload) -> None:
    size = upload.path.stat().st_size
    if size == 0:
        raise upload.refused("exchange.empty_file")
    if size > MAX_FILE_BYTES:
        size_mb = -(-size // MEGABYTE)
        raise upload.refused("exchange.too_big", size_mb=size_mb, limit_mb=MAX_FILE_BYTES // MEGABYTE)


def _sniffed(upload: Upload) -> Format | None:
    with upload.path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(upload)
    if start.startswith(OLE):
        return _compound(upload)
    if start.startswith(b"SQLite format 3\x00"):
        return Format.GPKG
    if start.startswith(b"fgb\x03fgb"):
        return Format.FGB
    return _textual(start)


def _textual(start: bytes) -> Format | None:
    """Text of some kind; spreadsheet programs of old save web pages and XML under the name .xls."""
    head = _decoded_start(start).lstrip("\ufeff \t\r\n")
    if head.startswith("{"):
        return Format.GEOJSON
    if head.startswith("<"):
        return Format.KML if re.search(r"<(\w+:)?kml\b", head) else None
    return None if "\x00" in head else Format.CSV


def _decoded_start(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "replace")
    return start.decode("utf-8", "replace")


def _compound(upload: Upload) -> Format:
    """An .xls of old; also the shell of workbooks with a password."""
    refuse_unsafe_compound(upload)
    return Format.XLS


def refuse_unsafe_compound(upload: Upload) -> None:
    """Refuses a document of an old office program with a password or macros."""
    content = upload.path.read_bytes()
    if _wide("EncryptedPackage") in content:
        raise upload.refused("exchange.encrypted")
    if _wide("_VBA_PROJECT") in content or _wide("Macros") in content:
        raise upload.refused("exchange.macros")


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _packed(upload: Upload) -> Format:
    with open_package(upload) as package:
        names = {entry.filename for entry in package.infolist()}
        no_macros(upload, names)
        if "xl/workbook.xml" in names:
            return Format.XLSX
        if "mimetype" in names and b"spreadsheet" in package.read("mimetype")[:200]:
            return Format.ODS
    return Format.ZIP


_MACRO_ENTRIES = re.compile(r"(?i)vbaProject|^xl/macrosheets/|^xl/workbook\.bin$|^Basic/|^Scripts/")


def no_macros(upload: Upload, names: set[str]) -> None:
    """Refuses an office package that can run programs."""
    if any(_MACRO_ENTRIES.search(name) for name in names):
        raise upload.refused("exchange.macros")


def open_package(upload: Upload) -> zipfile.ZipFile:
    """A zip whose list of entries is sane: few, small enough, all staying inside."""
    try:
        package = zipfile.ZipFile(upload.path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise upload.refused("exchange.damaged_zip") from error
    try:
        _sane(upload, package.infolist())
    except FileRefused:
        package.close()
        raise
    return package


def _sane(upload: Upload, entries: list[zipfile.ZipInfo]) -> None:
    if not entries:
        raise upload.refused("exchange.damaged_zip")
    if len(entries) > MAX_ENTRIES:
        raise upload.refused("exchange.zip_too_many", count=len(entries), limit=MAX_ENTRIES)
    for entry in entries:
        if _climbs(entry):
            raise upload.refused("exchange.zip_climbs", entry=entry_name(entry)[:100])
        if entry.flag_bits & 0x1:
            raise upload.refused("exchange.encrypted")
    _not_a_bomb(upload, sum(e.file_size for e in entries), sum(e.compress_size for e in entries))


def _climbs(entry: zipfile.ZipInfo) -> bool:
    # orig_filename: zipfile itself cuts names at a NUL and turns separators round
    name = entry.orig_filename.replace("\\", "/")
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return (
        is_link
        or "\x00" in name
        or name.startswith("/")
        or re.match(r"[A-Za-z]:", name) is not None
        or ".." in name.split("/")
    )


def _not_a_bomb(upload: Upload, unpacked: int, packed: int) -> None:
    too_much = unpacked > MAX_UNPACKED_BYTES
    too_tight = unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * max(packed, 1)
    if too_much or too_tight:
        raise upload.refused("exchange.zip_bomb", limit_mb=MAX_UNPACKED_BYTES // MEGABYTE)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: Chinese programs of old write GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


class Unpacking:
    """Takes entries of one package apart and counts what really comes out, whatever the package claims."""

    def __init__(self, upload: Upload, package: zipfile.ZipFile) -> None:
        self._upload = upload
        self._package = package
        self._bytes = 0

    def pieces(self, entry: zipfile.ZipInfo | str) -> Iterator[bytes]:
        """The content of one entry, piece by piece; the check sum is verified at its end."""
        try:
            with self._package.open(entry) as content:
                while piece := content.read(_PIECE):
                    self._bytes += len(piece)
                    if self._bytes > MAX_UNPACKED_BYTES:
                        raise self._upload.refused(
                            "exchange.zip_bomb", limit_mb=MAX_UNPACKED_BYTES // MEGABYTE
                        )
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise self._upload.refused("exchange.damaged_zip") from error
        except KeyError as error:
            raise self._upload.refused("exchange.damaged") from error

    def to_file(self, entry: zipfile.ZipInfo, place: Path) -> Path:
        """Unpack one entry to a place that we chose."""
        with place.open("wb") as out:
            for piece in self.pieces(entry):
                out.write(piece)
        return place


_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def without_dtd(upload: Upload, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces of XML; a document type declaration anywhere in them is refused."""
    tail = b""
    for piece in pieces:
        # in UTF-16 every other byte is a zero: the words would slip through
        if b"\x00" in piece or _DTD.search(tail + piece):
            raise upload.refused("exchange.dtd")
        tail = piece[-32:]
        yield piece
