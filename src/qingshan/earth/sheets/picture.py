"""How is a view shown so that a person finds their way: outlines, scale bar, north, what was not clear?"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from markupsafe import Markup
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from qingshan.earth.grid import METRES_PER_DEGREE
from qingshan.earth.sheets.drawing import INK, PAPER, number, path_of, picture, tag, words
from qingshan.earth.sheets.views import Mask, View
from qingshan.earth.sheets.words import word

WIDE = 360.0
"""width of every picture in its own units; it is shown at any size"""
HIGHEST = 460.0
WIDEST_BAR = 0.34
"""of the picture's width"""


@dataclass(frozen=True)
class Line:
    """How an outline is drawn: told apart by its dashes, so that grey print will do."""

    name: str
    colour: str
    width: float
    dashes: str | None


LINES: dict[str, Line] = {
    "ring": Line("ring-line", "#9fd8ff", 1.6, "2 4"),
    "permitted": Line("permitted-line", "#ffffff", 2.0, "9 5"),
    "site": Line("site-line", "#ffd91a", 2.4, None),
}
"""In the order in which they are drawn."""


def picture_of(
    view: View,
    png: bytes,
    outlines: Mapping[str, BaseGeometry],
    *,
    mark: str,
    label: str,
    language: str,
) -> Markup:
    """The view as SVG. `outlines`: name of a line -> shape in degrees; `mark` makes its ids unique on a page."""
    across_m, down_m = _metres(view)
    wide = min(WIDE, HIGHEST * across_m / down_m)
    high = wide * down_m / across_m
    parts = [
        tag("image", href=_address(png), x=0, y=0, width=wide, height=high, **_AS_PIXELS),
        *_hatching(~view.clear, wide, high, mark),
        *_outlines(view, outlines, wide, high),
        *_scale_bar(across_m, wide, high, language),
        *_north(wide, language),
    ]
    return picture(parts, width=wide, height=high, label=label)


def lines_seen(view: View, outlines: Mapping[str, BaseGeometry]) -> tuple[str, ...]:
    """Names of the lines that run through the view's window, in the order of the legend."""
    window = box(*view.grid.bounds)
    seen = [
        name
        for name in reversed(LINES)
        if name in outlines and view.grid.from_lonlat(outlines[name]).boundary.intersects(window)
    ]
    return tuple(seen)


_AS_PIXELS = {"preserveAspectRatio": "none", "image_rendering": "pixelated"}


def _metres(view: View) -> tuple[float, float]:
    grid = view.grid
    if not grid.is_geographic:
        return grid.width * grid.dx, grid.height * grid.dy
    middle = math.radians(grid.north - grid.height * grid.dy / 2)
    return (
        grid.width * grid.dx * METRES_PER_DEGREE * math.cos(middle),
        grid.height * grid.dy * METRES_PER_DEGREE,
    )


def _address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def _hatching(unclear: Mask, wide: float, high: float, mark: str) -> Iterator[Markup]:
    if not unclear.any():
        return
    line = tag("path", d="M-2 10L10 -2M-2 2L2 -2M6 10L10 6", stroke=INK, stroke_width=1.4)
    under = tag("rect", width=8, height=8, fill=PAPER, fill_opacity=0.45)
    yield tag(
        "defs", tag("pattern", under, line, id=f"h{mark}", width=8, height=8, patternUnits="userSpaceOnUse")
    )
    rows, columns = unclear.shape
    yield tag("path", d=_runs(unclear, wide / columns, high / rows), fill=f"url(#h{mark})")


def _runs(mask: Mask, dx: float, dy: float) -> str:
    """Boxes along the rows wherever the mask is true."""
    edges = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    first_rows, firsts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    return "".join(
        f"M{number(start * dx)} {number(row * dy)}H{number(end * dx)}v{number(dy)}H{number(start * dx)}Z"
        for row, start, end in zip(first_rows, firsts, ends, strict=True)
    )


def _outlines(view: View, outlines: Mapping[str, BaseGeometry], wide: float, high: float) -> Iterator[Markup]:
    for name, line in LINES.items():
        if name not in outlines:
            continue
        shape = view.grid.from_lonlat(outlines[name])
        d = "".join(path_of(points, is_closed=True) for points in _rings(view, shape, wide, high))
        common = {"d": d, "fill": "none", "stroke_linejoin": "round"}
        yield tag("path", **common, stroke=INK, stroke_width=line.width + 1.8, stroke_opacity=0.75,
                  stroke_dasharray=line.dashes)  # fmt: skip
        yield tag("path", **common, stroke=line.colour, stroke_width=line.width, stroke_dasharray=line.dashes)


def _rings(view: View, shape: BaseGeometry, wide: float, high: float) -> Iterator[list[tuple[float, float]]]:
    grid = view.grid
    for ring in shapely.get_rings(shapely.get_parts(np.asarray([shape], dtype=object))):
        points = shapely.get_coordinates(ring)
        x = (points[:, 0] - grid.west) / (grid.width * grid.dx) * wide
        y = (grid.north - points[:, 1]) / (grid.height * grid.dy) * high
        yield list(zip(x.tolist(), y.tolist(), strict=True))


def _scale_bar(across_m: float, wide: float, high: float, language: str) -> Iterator[Markup]:
    metres = bar_m(across_m * WIDEST_BAR)
    length = metres / across_m * wide
    said = (
        word("kilometres", language, kilometres=f"{metres / 1000:g}")
        if metres >= 1000
        else word("metres", language, metres=f"{metres:g}")
    )
    yield tag("rect", x=8, y=high - 34, width=max(length, 46) + 16, height=28, fill=PAPER, fill_opacity=0.85)
    yield words(said, x=16, y=high - 19, size=13, fill=INK)
    yield tag("path", d=f"M16 {number(high - 11)}h{number(length)}m0 -4v4m{number(-length)} 0v-4",
              stroke=INK, stroke_width=2, fill="none")  # fmt: skip


def bar_m(most_m: float) -> float:
    """The longest of 1, 2, 5, 10, … metres that is no longer than that."""
    power = 10.0 ** math.floor(math.log10(most_m))
    return max(step * power for step in (1, 2, 5) if step * power <= most_m)


def _north(wide: float, language: str) -> Iterator[Markup]:
    x = wide - 22
    yield tag("rect", x=x - 12, y=8, width=24, height=40, fill=PAPER, fill_opacity=0.85)
    yield tag("path", d=f"M{number(x)} 12l7 16l-7 -4l-7 4Z", fill=INK)
    yield words(word("north", language), x=x, y=43, size=13, fill=INK, text_anchor="middle")
