"""How is SVG written so that nothing in it can break out? Every text and every value is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely

FONTS = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Noto Sans SC, sans-serif"
INK = "#1d2b2a"
SOFT = "#566664"
LAND = "#e9efe6"
PAPER = "#ffffff"
RED = "#c8201f"
LOOKS = {"none": "#566664", "note": "#1559b7", "good": "#2b7530", "due": "#9a5a00", "late": "#c8201f"}
"""The colour of each look, the most urgent last: it lies above the others."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, content: str = "", /, **attributes: Any) -> str:
    """One element; `content` is SVG already. `stroke_width=2` is written stroke-width; None is left out."""
    given = {
        key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None
    }
    written = "".join(f" {key}={quoteattr(_plain(value))}" for key, value in given.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(said: object, x: float, y: float, /, *, size_px: float = 12, **attributes: Any) -> str:
    """Words at a place, escaped."""
    return element("text", words(said), x=x, y=y, font_size=size_px, **{"fill": INK, **attributes})


def haloed(said: object, x: float, y: float, /, **attributes: Any) -> str:
    """Words that can be read on top of anything."""
    halo = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke", "stroke_linejoin": "round"}
    return text(said, x, y, **{**halo, **attributes})


def words(said: object) -> str:
    """Text as it may stand inside an element."""
    return escape(_NO_XML.sub("", str(said)))


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return _NO_XML.sub("", str(value))


_SIGNS = {
    "late": "M0 -4.5A4.5 4.5 0 1 1 0 4.5A4.5 4.5 0 1 1 0 -4.5Z",
    "due": "M0 -5.5L5.5 4.5H-5.5Z",
    "note": "M0 -5.5L5.5 0L0 5.5L-5.5 0Z",
}


def sign(look: str, x: float, y: float, colour: str) -> str:
    """The shape of a look (● ▲ ✓ ◆ ○), so that it can be told without its colour."""
    at = {"transform": f"translate({x:.1f} {y:.1f})"}
    if look in _SIGNS:
        return element("path", d=_SIGNS[look], fill=colour, stroke=PAPER, stroke_width=1, **at)
    if look == "good":
        tick = {"d": "M-5 0L-1.5 4L5 -4.5", "fill": "none", "stroke_linejoin": "round", **at}
        return element("path", stroke=PAPER, stroke_width=5, **tick) + element(
            "path", stroke=colour, stroke_width=2.4, **tick
        )
    return element("circle", r=4, fill=PAPER, stroke=colour, stroke_width=1.6, **at)


def path_of(shape: Any) -> str:
    """The lines of a shape in pixels as one path; points are none."""
    parts = [part for part in _flat(shape) if not part.is_empty]
    rings = [
        ring
        for part in parts
        for ring in ((part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,))
        if ring.geom_type in {"LinearRing", "LineString"}
    ]
    return "".join(_line(ring) for ring in rings)


def _flat(shape: Any) -> Iterable[Any]:
    parts = shapely.get_parts(shape)
    return [inner for part in parts for inner in shapely.get_parts(part)]


def _line(line: Any) -> str:
    closed = line.geom_type == "LinearRing"
    points = shapely.get_coordinates(line)[: -1 if closed else None]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def width_of(said: str, size_px: float) -> float:
    """About how wide words are: Chinese characters are square, others half of that."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.56 for character in said) * size_px
