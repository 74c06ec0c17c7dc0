"""What is in a photograph that somebody brings, and what did the camera write beside it?

The file is foreign: it may be huge, cut off, no picture at all, or lie about itself. Its name counts for nothing.
What the camera wrote is taken as written and checked nowhere else; what is missing or senseless is None.
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pi_heif import register_heif_opener
from PIL import Image, ImageOps

from qingshan.pictures.errors import PicturesError

register_heif_opener()

MOST_BYTES = 60 * 1024 * 1024
MOST_PX = 178_000_000
"""Below what Pillow itself refuses; a JPEG of this size is opened smaller than it is."""
MOST_PX_WHOLE = 60_000_000
"""Other files can only be opened whole: more would take hundreds of megabytes of memory."""
WORKING_PX = 2048
"""So many pixels a side are enough for all that is asked of a photograph here."""
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")
_QUALITY = 82
_NO_PICTURE = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    struct.error,
    OverflowError,
)
"""What readers of pictures raise at bytes that are none, or broken ones."""

_EXIF, _GPS = 0x8769, 0x8825
_MAKE, _MODEL, _ORIENTATION = 0x010F, 0x0110, 0x0112
_TAKEN, _DIGITISED, _TAKEN_OFFSET, _DIGITISED_OFFSET = 36867, 36868, 36881, 36882
_SIDEWAYS = {5, 6, 7, 8}


@dataclass(frozen=True)
class Facts:
    """What is known of a photograph; None for what is not there."""

    width_px: int
    height_px: int
    """Upright."""
    taken_at: datetime | None = None
    """On the clock of the camera, without a zone, as written."""
    taken_offset_min: int | None = None
    """By how many minutes that clock was before UTC, where it was written."""
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    """As written. Phones say WGS 84, and some write GCJ-02: `place.outside` tries both."""
    altitude_m: float | None = None
    make: str | None = None
    model: str | None = None
    gps_datum: str | None = None

    @property
    def has_place(self) -> bool:
        return self.latitude_deg is not None and self.longitude_deg is not None


@dataclass(frozen=True)
class Photograph:
    """An opened photograph: upright, in colours, at least `WORKING_PX` long where the file has as much."""

    image: Image.Image
    facts: Facts


def read(content: bytes, *, edge_px: int = WORKING_PX) -> Photograph:
    """The photograph in these bytes, whatever its file is called. PicturesError where there is none."""
    if len(content) > MOST_BYTES:
        size_mb, limit_mb = (math.ceil(number / 1024**2) for number in (len(content), MOST_BYTES))
        raise PicturesError.because("pictures.too_many_bytes", size_mb=size_mb, limit_mb=limit_mb)
    try:
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError as bomb:
        raise PicturesError.because("pictures.bomb", limit_px=MOST_PX) from bomb
    except _NO_PICTURE as fault:
        raise PicturesError.because("pictures.no_picture") from fault
    with picture:
        _refuse_too_large(picture)
        written = _written(picture)
        facts = _facts(picture, written)
        return Photograph(_upright(picture, written, edge_px), facts)


def thumbnail(content: bytes, edge_px: int) -> bytes:
    """A JPEG of at most so many pixels a side, upright, with nothing beside the picture. Refuses as `read` does."""
    image = read(content, edge_px=edge_px).image
    image.thumbnail((edge_px, edge_px))
    # a new picture, so that nothing travels along
    plain = Image.new("RGB", image.size)
    plain.paste(image)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _refuse_too_large(picture: Image.Image) -> None:
    limit = MOST_PX if picture.format in {"JPEG", "MPO"} else MOST_PX_WHOLE
    if picture.width * picture.height > limit:
        values = {"width_px": picture.width, "height_px": picture.height, "limit_px": limit}
        raise PicturesError.because("pictures.too_large", **values)


def _upright(picture: Image.Image, written: Mapping[int, Any], edge_px: int) -> Image.Image:
    try:
        picture.draft("RGB", (edge_px, edge_px))
        picture.load()
        turn = ImageOps.exif_transpose(picture) if written else picture
        return _on_white(turn)
    except (*_NO_PICTURE, MemoryError) as fault:
        raise PicturesError.because("pictures.damaged", format=picture.format) from fault


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


# --- what the camera wrote --------------------------------------------------------------------------------


def _written(picture: Image.Image) -> Image.Exif | dict[int, Any]:
    """EXIF, nothing where it is broken: a photograph without it is as good a photograph."""
    try:
        exif = picture.getexif()
        exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    except _NO_PICTURE:
        return {}
    return exif


def _facts(picture: Image.Image, written: Image.Exif | dict[int, Any]) -> Facts:
    inner = written.get_ifd(_EXIF) if isinstance(written, Image.Exif) else {}
    gps = written.get_ifd(_GPS) if isinstance(written, Image.Exif) else {}
    width_px, height_px = picture.size
    if written.get(_ORIENTATION) in _SIDEWAYS:
        width_px, height_px = height_px, width_px
    taken_at, offset_min = _taken(inner)
    latitude_deg, longitude_deg = _place(gps)
    return Facts(
        width_px=width_px,
        height_px=height_px,
        taken_at=taken_at,
        taken_offset_min=offset_min,
        latitude_deg=latitude_deg,
        longitude_deg=longitude_deg,
        altitude_m=_altitude_m(gps),
        make=_text(written.get(_MAKE)),
        model=_text(written.get(_MODEL)),
        gps_datum=_text(gps.get(18)),
    )


def _taken(inner: Mapping[int, Any]) -> tuple[datetime | None, int | None]:
    """When the shutter went; never when a file was changed."""
    for clock, offset in ((_TAKEN, _TAKEN_OFFSET), (_DIGITISED, _DIGITISED_OFFSET)):
        taken_at = _instant(_text(inner.get(clock)))
        if taken_at is not None:
            return taken_at, _offset_min(_text(inner.get(offset)))
    return None, None


def _instant(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text or "", "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  as the camera's clock showed
    except ValueError:
        return None


def _offset_min(text: str | None) -> int | None:
    try:
        offset = datetime.strptime(text or "", "%z").utcoffset()
    except ValueError:
        return None
    return None if offset is None else round(offset.total_seconds() / 60)


def _place(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    """Both or none. A phone that found no satellite writes 0°, 0°: that is no place."""
    latitude = _degrees(gps.get(2), gps.get(1), negative="S", most=90)
    longitude = _degrees(gps.get(4), gps.get(3), negative="W", most=180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None
    return latitude, longitude


def _degrees(parts: Any, side: Any, *, negative: str, most: int) -> float | None:
    numbers = [_number(each) for each in parts] if isinstance(parts, tuple) and len(parts) == 3 else []
    known = [each for each in numbers if each is not None and each >= 0]
    if len(known) != 3:
        return None
    degrees = known[0] + known[1] / 60 + known[2] / 3600
    if degrees > most:
        return None
    return round(-degrees if _text(side) == negative else degrees, 7)


def _altitude_m(gps: Mapping[int, Any]) -> float | None:
    altitude = _number(gps.get(6))
    if altitude is None:
        return None
    below_sea = gps.get(5) in (1, b"\x01")
    return round(-altitude if below_sea else altitude, 2)


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None


def _text(value: Any) -> str | None:
    """One short line; cameras pad with zeros, and anybody can write anything there."""
    if isinstance(value, bytes):
        value = value.decode("ascii", errors="ignore")
    if not isinstance(value, str):
        return None
    line = " ".join("".join(each if each.isprintable() else " " for each in value).split())
    return line[:80] or None
