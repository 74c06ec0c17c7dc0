"""At which address does a service hold a tile? Only numbers of the tile go into it, never words of a reader."""

from __future__ import annotations

import math
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from qingshan.geo.area import SEMI_MAJOR_M
from qingshan.geo.blobs import Envelope
from qingshan.office.places.services.declared import Service

SIDE_PX = 256
MOST_FEATURES = 2_000


def address_of(service: Service, z: int, x: int, y: int) -> str:
    """The address of one tile of the service's own grid."""
    if service.type == "xyz":
        filled = service.url.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))
        return _with(filled, _own(service))
    asked = _wms(service, z, x, y) if service.type == "wms" else _wmts(service, z, x, y)
    return _with(service.url, {**asked, **_own(service)})


def items_address(service: Service, box: Envelope) -> str:
    """The features of an OGC API collection in a box of degrees (CRS84)."""
    corners = ",".join(f"{edge:.7f}" for edge in box)
    asked = {"bbox": corners, "limit": str(MOST_FEATURES), **_own(service)}
    parts = urlsplit(service.url)
    path = f"{parts.path.rstrip('/')}/collections/{service.layer}/items"
    return _with(urlunsplit(parts._replace(path=path)), asked)


def _wmts(service: Service, z: int, x: int, y: int) -> dict[str, str]:
    return {
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": service.version or "1.0.0",
        "LAYER": service.layer,
        "STYLE": service.style or "default",
        "TILEMATRIXSET": service.matrix_set,
        "FORMAT": service.format,
        "TILEMATRIX": str(z),
        "TILEROW": str(y),
        "TILECOL": str(x),
    }


def _wms(service: Service, z: int, x: int, y: int) -> dict[str, str]:
    version = service.version or "1.3.0"
    half = math.pi * SEMI_MAJOR_M
    side = 2 * half / (1 << z)
    west, north = -half + x * side, half - y * side
    return {
        "SERVICE": "WMS",
        "REQUEST": "GetMap",
        "VERSION": version,
        "LAYERS": service.layer,
        "STYLES": service.style,
        "CRS" if version >= "1.3" else "SRS": "EPSG:3857",
        "BBOX": f"{west:.3f},{north - side:.3f},{west + side:.3f},{north:.3f}",
        "WIDTH": str(SIDE_PX),
        "HEIGHT": str(SIDE_PX),
        "FORMAT": service.format,
        "TRANSPARENT": "TRUE",
    }


def _own(service: Service) -> dict[str, str]:
    """What the declaration adds, the key last."""
    own = {name: str(value) for name, value in service.parameters.items()}
    return {**own, service.key_name: service.key} if service.key_name and service.key else own


def _with(url: str, asked: dict[str, str]) -> str:
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *asked.items()])
    return urlunsplit(parts._replace(query=query))
