"""What does one tile of a service hold, in the grid of our own map? A picture, or shapes as a vector tile."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from PIL import Image, UnidentifiedImageError
from shapely.geometry import shape as shape_of

from qingshan.geo.mvt import Layer, encode
from qingshan.geo.tiles.drawing import Detail, draw
from qingshan.geo.tiles.place import Place
from qingshan.office.places.services import keeping
from qingshan.office.places.services.addresses import SIDE_PX, address_of, items_address
from qingshan.office.places.services.declared import Service, service_for
from qingshan.office.places.services.fetching import fetch
from qingshan.office.places.services.sentences import NothingThere, ServiceFailed, ServiceRefused
from qingshan.office.trail.parties import ActorLike

MVT = "application/vnd.mapbox-vector-tile"
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
"""By the first bytes: what an answer calls itself is not enough."""
FEATURES_BYTES = 8 * 2**20
MOST_PIXELS = 2048 * 2048


@dataclass(frozen=True)
class Answer:
    """A tile as it goes to the page."""

    body: bytes
    content_type: str


def read_tile(code: str, *, actor: ActorLike, z: int, x: int, y: int) -> Answer:
    """One tile; ServiceRefused for what does not exist or may not be seen, ServiceFailed where none came."""
    service = service_for(code, actor)
    side = 1 << z if service.min_zoom <= z <= service.max_zoom else 0
    if not (0 <= x < side and 0 <= y < side):
        raise ServiceRefused.because("office.not_found", what=f"{code}/{z}/{x}/{y}")
    body = keeping.kept(service, z, x, y)
    if body is None:
        try:
            body = _read(service, z, x, y)
        except NothingThere:
            return Answer(b"", MVT)
        keeping.keep(service, z, x, y, body)
    return Answer(body, MVT if service.is_vector else _type_of(service, body))


def _read(service: Service, z: int, x: int, y: int) -> bytes:
    if service.is_vector:
        return _features(service, Place(z, x, y))
    if service.grid == "degrees":
        return _bent(service, z, x, y)
    return _picture(service, address_of(service, z, x, y))


def _picture(service: Service, address: str) -> bytes:
    body, told = fetch(service, address, accept="image/*")
    if not told.startswith("image/"):
        raise _bad(service, told)
    _type_of(service, body)
    return body


def _type_of(service: Service, body: bytes) -> str:
    for start, content_type in PICTURES.items():
        if body.startswith(start):
            return content_type
    raise _bad(service, body[:8].hex())


def _bad(service: Service, what: str) -> ServiceFailed:
    return ServiceFailed.because("places.service_answered_badly", service=service.code, what=what[:60])


# ---- a grid in longitude and latitude: columns agree with ours, rows have to be bent ----


def _bent(service: Service, z: int, x: int, y: int) -> bytes:
    """One of our tiles from the one or two tiles of degrees that it lies in.

    At level z the degrees' grid has the same columns as ours and square tiles of 360/2^z degrees, counted from
    90° N.
    """
    place = Place(z, x, y)
    side = 360.0 / (1 << z)
    lines = _latitudes(place)
    rows = range(math.floor((90.0 - lines[0]) / side), math.floor((90.0 - lines[-1]) / side) + 1)
    last = max(1 << z >> 1, 1) - 1
    strips = [_pixels(service, z, x, min(max(row, 0), last)) for row in rows]
    stacked = np.concatenate(strips)
    at = np.floor(((90.0 - lines) / side - rows[0]) * SIDE_PX).astype(int)
    bent = Image.fromarray(stacked[np.clip(at, 0, len(stacked) - 1)], "RGBA")
    written = io.BytesIO()
    bent.save(written, "PNG")
    return written.getvalue()


def _latitudes(place: Place) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Of the middle of each line of pixels, from the north."""
    down = (place.y + (np.arange(SIDE_PX) + 0.5) / SIDE_PX) / (1 << place.z)
    latitudes: np.ndarray[Any, np.dtype[np.float64]] = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * down))))
    return latitudes


def _pixels(service: Service, z: int, x: int, row: int) -> np.ndarray[Any, Any]:
    body = _picture(service, address_of(service, z, x, row))
    try:
        with Image.open(io.BytesIO(body)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _bad(service, f"{image.width} × {image.height}")
            return np.asarray(image.convert("RGBA").resize((SIDE_PX, SIDE_PX)))
    except (UnidentifiedImageError, OSError, ValueError):
        raise _bad(service, "image") from None


# ---- features of an OGC API ----


def _features(service: Service, place: Place) -> bytes:
    address = items_address(service, place.lonlat_box())
    body, told = fetch(
        service, address, accept="application/geo+json, application/json", most_bytes=FEATURES_BYTES
    )
    if "json" not in told:
        raise _bad(service, told)
    try:
        found = json.loads(body)["features"]
        pairs = [pair for feature in found for pair in _shape(feature, service.name_field)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _bad(service, "GeoJSON") from None
    if not pairs:
        return b""
    shapes = np.empty(len(pairs), dtype=object)
    shapes[:] = [shape for shape, _name in pairs]
    drawn = draw(shapes, place, Detail())
    seen = ~shapely.is_missing(drawn)
    names = [name for (_shape, name), shown in zip(pairs, seen.tolist(), strict=True) if shown]
    return encode([Layer(service.code, drawn[seen], {"name": names})])


def _shape(feature: Any, name_field: str) -> Iterator[tuple[Any, str]]:
    """The shape and name of a feature; nothing for one that has no shape that can be drawn."""
    try:
        shape = shapely.force_2d(shape_of(feature["geometry"]))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, shapely.errors.GEOSException):
        return
    if not shape.is_empty and np.isfinite(shape.bounds).all():
        yield shape, str((feature.get("properties") or {}).get(name_field) or "")[:120]
