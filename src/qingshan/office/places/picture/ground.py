"""How does a declared base map lie below a picture? As its tiles, which the page asks of us."""

from __future__ import annotations

import math
from collections.abc import Callable

from django.utils.translation import gettext as _

from qingshan.office.places.picture import svg
from qingshan.office.places.picture.frame import Frame
from qingshan.office.places.services import Service

SIDE_PX = 256
MOST_TILES = 80


def ground_of(service: Service | None) -> Callable[[Frame], str]:
    """The tiles of a service below a frame; nothing for none, or for one that holds shapes."""

    def ground(frame: Frame) -> str:
        return "" if service is None or service.is_vector else _tiles(service, frame)

    return ground


def credit_of(service: Service) -> str:
    """What has to stand beside a map of others: whose it is, and the number of its examination."""
    said = service.attribution or service.title
    if not service.approval_no:
        return said
    return _("%(map)s，审图号：%(number)s") % {"map": said, "number": service.approval_no}


def _tiles(service: Service, frame: Frame) -> str:
    z = max(service.min_zoom, min(service.max_zoom, math.ceil(math.log2(frame.world_px / SIDE_PX) - 0.25)))
    side_px = frame.world_px / (1 << z)
    left, top = (frame.west + 180.0) / 360.0 * frame.world_px, frame.top * frame.world_px
    columns = range(max(0, math.floor(left / side_px)), math.floor((left + frame.width_px) / side_px) + 1)
    rows = range(max(0, math.floor(top / side_px)), math.floor((top + frame.height_px) / side_px) + 1)
    last = (1 << z) - 1
    if len(columns) * len(rows) > MOST_TILES:
        return ""
    return "".join(
        svg.element(
            "image",
            href=f"/services/{service.code}/{z}/{x}/{y}",
            x=f"{x * side_px - left:.2f}",
            y=f"{y * side_px - top:.2f}",
            width=f"{side_px:.2f}",
            height=f"{side_px:.2f}",
        )
        for x in columns
        for y in rows
        if x <= last and y <= last
    )
