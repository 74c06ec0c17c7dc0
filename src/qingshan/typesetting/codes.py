"""How does a printed page say which one it is, and how is that read again from a photograph of it?

The code is a QR code (GB/T 18284) with a short text of capitals and digits. What the text means is no matter of
this room.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from qingshan.pictures.reading import MOST_PX_WHOLE as MOST_PX
from qingshan.typesetting.apart import Failed, done_apart

QUIET_MODULES = 2
"""The paper around is white; the standard asks for four."""
SCAN_DPI = 200
MOST_PAGES = 60
"""Of a scan; a sheet that is signed has a few."""
SIDES_PX = (2600, 1800, 1300, 900)
"""In which sizes a photograph is looked at again: noise and blur go, and modules are still three pixels."""
SMALL_PX = 1600
QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
LIMIT_S = 30.0
PHOTOGRAPHS = ("JPEG", "PNG", "TIFF", "HEIF")


@dataclass(frozen=True)
class Found:
    """A code, and on which page of a scan it stands; a photograph is one page."""

    text: str
    page: int = 1


def drawn(text: str) -> bytes:
    """The code as SVG; a quarter of it may be covered by a stamp."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False, boost_error=True).save(
        out, kind="svg", border=QUIET_MODULES, xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue()


def codes_read(place: Path) -> list[Found]:
    """The codes in a stranger's photograph or scan, looked at in a process apart; none where that fails."""
    try:
        read = done_apart("codes", {"place": str(place)}, limit_s=LIMIT_S)
    except Failed:
        return []
    return [Found(text, page) for text, page in read]


def apart(asked: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The task, in the process apart."""
    return [(found.text, found.page) for found in codes_in(Path(asked["place"]))]


def codes_in(place: Path) -> list[Found]:
    """The codes in a photograph or scan (JPEG, PNG, TIFF, HEIC, PDF), each once. Nothing where it cannot be read."""
    found = [
        Found(text, number)
        for number, picture in enumerate(_pictures(place), start=1)
        for text in _texts(picture)
    ]
    return list(dict.fromkeys(found))


def _pictures(place: Path) -> Iterator[Image.Image]:
    with place.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    yield from _pages(place) if is_pdf else _photograph(place)


def _photograph(place: Path) -> Iterator[Image.Image]:
    try:
        with Image.open(place, formats=PHOTOGRAPHS) as picture:
            if picture.width * picture.height <= MOST_PX:
                yield picture.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return


def _pages(place: Path) -> Iterator[Image.Image]:
    import pypdfium2  # a scan is rare, and loading takes its time

    try:
        document = pypdfium2.PdfDocument(place)
    except pypdfium2.PdfiumError:
        return
    with document:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            longest = max(page.get_width(), page.get_height(), 1.0)
            scale = min(SCAN_DPI / 72, MOST_PX**0.5 / longest)
            yield page.render(scale=scale, grayscale=True).to_pil().convert("L")


def _texts(picture: Image.Image) -> list[str]:
    """What the first look that finds anything has found."""
    for look in _looks(picture):
        for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
            read = zxingcpp.read_barcodes(look, formats=QR_CODES, try_invert=False, binarizer=binarizer)
            if texts := [one.text for one in read if one.valid]:
                return texts
    return []


def _looks(picture: Image.Image) -> Iterator[Image.Image]:
    """As it is; then smaller, with more contrast and sharper; a small one enlarged."""
    yield picture
    yield _sharper(picture)
    for side in SIDES_PX:
        if side < max(picture.size):
            smaller = picture.copy()
            smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
            plain = ImageOps.autocontrast(smaller, cutoff=2)
            yield plain
            yield _sharper(plain)
    if max(picture.size) < SMALL_PX:
        larger = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
        yield larger
        yield _sharper(larger)


def _sharper(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=2))
