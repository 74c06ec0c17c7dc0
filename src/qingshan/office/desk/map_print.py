"""How does the map stand on a sheet of paper? A frame in millimetres, so that its scale can be written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from qingshan.office.desk.map_address import MapAddress
from qingshan.office.places.picture import credit_of, ground_of, picture_of
from qingshan.rules.words import Named

MM_PER_PX = 25.4 / 96


class Paper(Named):
    """纸张: both lie on their long side."""

    A3 = "a3", "A3 横向", "A3 landscape"
    A4 = "a4", "A4 横向", "A4 landscape"


MAP_MM = {Paper.A3: (396, 244), Paper.A4: (273, 158)}
"""Width and height left for the map inside the margins, with room for heading and foot."""


@dataclass(frozen=True)
class Sheet:
    """What is printed: the heading is the reader's own, or none."""

    paper: Paper = Paper.A3
    title: str = ""

    @property
    def stylesheet(self) -> str:
        """The size of a page stands in a style sheet: the policy of the pages knows no other place."""
        return f"css/paper-{self.paper}.css"


@dataclass(frozen=True)
class Printed:
    sheet: Sheet
    svg: SafeString


def printed(address: MapAddress, sheet: Sheet) -> Printed:
    """The sheet for one actor."""
    width_mm, height_mm = MAP_MM[sheet.paper]
    base = address.base
    svg = picture_of(
        address.bounds,
        actor=address.actor,
        width_px=round(width_mm / MM_PER_PX),
        height_px=round(height_mm / MM_PER_PX),
        layers=[layer.code for layer in address.shown],
        narrow=address.query_of,
        ground=ground_of(base),
        more_credits=[credit_of(base)] if base else (),
        mm_per_px=MM_PER_PX,
    )
    return Printed(sheet, svg)
