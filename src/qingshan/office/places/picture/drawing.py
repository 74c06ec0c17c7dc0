"""How are the layers drawn: outlines, objects, dots, counts, names that do not run into each other?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from qingshan.geo.tiles import Drawn, sample
from qingshan.office.places.layers import BY_LOOK, BY_USE, DIFFERS, PLANNED, RING, Layer, Query
from qingshan.office.places.picture import svg
from qingshan.office.places.picture.frame import Frame
from qingshan.office.trail.parties import ActorLike

SMALLEST_PX = 3.0
TOLERANCE_PX = 0.5
SIMPLE = 24
"""Shapes of so few points are not simplified."""
MOST_NAMED = 60
"""Names of a layer are written while it has no more objects than that."""

Box = tuple[float, float, float, float]


@dataclass
class Names:
    """Names on the picture; what would run into another one is left out."""

    frame: Frame
    taken: list[Box] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def add(self, said: str, x: float, y: float, *, size_px: float, **attributes: Any) -> None:
        wide = svg.width_of(said, size_px) / 2
        box = (x - wide - 2, y - size_px, x + wide + 2, y + 3)
        inside = (
            box[0] >= 0 and box[1] >= 0 and box[2] <= self.frame.width_px and box[3] <= self.frame.height_px
        )
        if not said or not inside or any(_meet(box, other) for other in self.taken):
            return
        self.taken.append(box)
        self.written.append(svg.haloed(said, x, y, size_px=size_px, text_anchor="middle", **attributes))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def layer_drawn(layer: Layer, frame: Frame, names: Names, *, actor: ActorLike, query: Query) -> str:
    """One layer as a group. Its names are handed to `names`, which stand above everything."""
    found = sample(layer.rows(actor, query), frame.bounds, properties=layer.properties)
    if layer.mark == BY_LOOK:
        found.shapes.sort(key=lambda one: [*svg.LOOKS].index(one.told["look"]))
    pixels = frame.drawn([one.shape for one in found.shapes])
    drawn = "".join(_object(layer, one, shape) for one, shape in zip(found.shapes, pixels, strict=True))
    if layer.outline or (layer.mark != BY_LOOK and len(found.shapes) <= MOST_NAMED):
        _name(layer, found.shapes, pixels, names)
    return svg.element("g", drawn + "".join(_discs(layer, found.counts, frame)), data_layer=layer.code)


def highlighted(shape: BaseGeometry, title: str, frame: Frame, names: Names) -> str:
    """The object that the picture is about: red, above all layers, its name first."""
    (pixels,) = frame.drawn([shape])
    x, y = frame.point(shape.centroid.x, shape.centroid.y)
    names.add(title, x, y - 12, size_px=13, font_weight=600)
    look = {"stroke": svg.RED, "stroke_width": 2.2}
    if _is_small(pixels):
        return svg.element("circle", cx=x, cy=y, r=7, fill="none", **look) + svg.element(
            "circle", cx=x, cy=y, r=2.5, fill=svg.RED
        )
    return svg.element(
        "path", d=_path(pixels), fill=svg.RED, fill_opacity="0.22", fill_rule="evenodd", **look
    )


def _object(layer: Layer, one: Drawn, pixels: BaseGeometry) -> str:
    if pixels is None or pixels.is_empty:
        return ""
    colour = svg.LOOKS.get(str(one.told.get("look")), layer.colour)
    if layer.mark == BY_USE:
        return _by_use(layer, one, pixels)
    if layer.outline:
        return svg.element(
            "path", d=_path(pixels), fill="none", stroke=colour, stroke_width=1, stroke_dasharray=layer.dash
        )
    if _is_small(pixels):
        return _dot(layer, pixels, colour, look=str(one.told.get("look", "")))
    return svg.element(
        "path",
        d=_path(pixels),
        fill=colour if shapely.get_dimensions(pixels) == 2 else "none",
        fill_opacity="0.22",
        fill_rule="evenodd",
        stroke=colour,
        stroke_width=1.4,
        stroke_dasharray=layer.dash or None,
    )


def _by_use(layer: Layer, one: Drawn, pixels: BaseGeometry) -> str:
    """In the colour of its use: filled; hollow and dashed where it is only planned; a thick edge where it differs."""
    colour = layer.colours.get(str(one.told.get("use")), layer.colour)
    stands = one.told.get("stands")
    edge = 3.2 if stands == DIFFERS else 1.6
    if _is_small(pixels):
        x, y = _middle(pixels)
        fill = svg.PAPER if stands == PLANNED else colour
        return svg.element("circle", cx=x, cy=y, r=4, fill=fill, stroke=colour, stroke_width=edge)
    return svg.element(
        "path",
        d=_path(pixels),
        fill=colour if shapely.get_dimensions(pixels) == 2 else "none",
        fill_opacity="0.06" if stands == PLANNED else "0.45",
        fill_rule="evenodd",
        stroke=colour,
        stroke_width=edge,
        stroke_dasharray="4 3" if stands == PLANNED else None,
    )


def _dot(layer: Layer, pixels: BaseGeometry, colour: str, *, look: str) -> str:
    x, y = _middle(pixels)
    if layer.mark == BY_LOOK:
        return svg.sign(look, x, y, colour)
    if layer.mark == RING:
        return svg.element("circle", cx=x, cy=y, r=4, fill=svg.PAPER, stroke=colour, stroke_width=2)
    return svg.element("circle", cx=x, cy=y, r=3, fill=colour, stroke=svg.PAPER, stroke_width=0.8)


def _discs(layer: Layer, counts: Sequence[tuple[float, float, int]], frame: Frame) -> Iterator[str]:
    for lon, lat, count in counts:
        x, y = frame.point(lon, lat)
        radius = min(22.0, 2.0 + 1.5 * math.log2(1 + count))
        yield svg.element("circle", cx=x, cy=y, r=radius, fill=layer.colour, fill_opacity="0.75")
        if count >= 100:
            yield svg.text(count, x, y + 3.5, size_px=10, fill=svg.PAPER, text_anchor="middle")


def _name(layer: Layer, found: Sequence[Drawn], pixels: Any, names: Names) -> None:
    size_px, fill = (12, "#33504a") if layer.outline else (11, svg.INK)
    if not found:
        return
    for at in np.argsort(-np.nan_to_num(shapely.area(pixels)), kind="stable"):
        if pixels[at] is None or pixels[at].is_empty:
            continue
        said = next((str(v) for key, v in found[at].told.items() if v and key in {"name", "key", "code"}), "")
        x, y = _middle(pixels[at])
        names.add(said, x, y if layer.outline else y - 7, size_px=size_px, fill=fill)


def _middle(pixels: BaseGeometry) -> tuple[float, float]:
    west, north, east, south = pixels.bounds
    return (west + east) / 2, (north + south) / 2


def _is_small(pixels: BaseGeometry) -> bool:
    if shapely.get_dimensions(pixels) == 0 or pixels.is_empty:
        return True
    west, north, east, south = pixels.bounds
    return bool(max(east - west, south - north) < SMALLEST_PX)


def _path(pixels: BaseGeometry) -> str:
    many = shapely.get_num_coordinates(pixels) > SIMPLE
    return svg.path_of(shapely.simplify(pixels, TOLERANCE_PX) if many else pixels)
