"""What does a map need beside its contents: degrees, ruler, north, legend, where it all comes from?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.places.layers import BY_LOOK, BY_USE, RING, Layer
from qingshan.office.places.picture import svg
from qingshan.office.places.picture.frame import Frame
from qingshan.rules.reasons import CHINESE

RULERS_M = tuple(n * 10**power for power in range(1, 7) for n in (1, 2, 5))
LEAST_RULER_PX = 60
STEPS = (10.0, 5.0, 2.0, 1.0, 0.5, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120, 1 / 360)
"""Of the graticule, in degrees: whole minutes or ten seconds."""
LINES_ACROSS = 4
ROW_PX = 18
CREDIT_PX = 11


def graticule(frame: Frame) -> str:
    """Lines of longitude and latitude with their degrees at the edge."""
    west, south, east, north = frame.bounds
    step = next((s for s in STEPS if (east - west) / s >= LINES_ACROSS), STEPS[-1])
    drawn = [*_meridians(frame, west, east, step), *_parallels(frame, south, north, step)]
    return svg.element("g", "".join(drawn), data_part="graticule")


def _meridians(frame: Frame, west: float, east: float, step: float) -> Iterator[str]:
    """Each line; its degrees where they do not run into those of the line before."""
    free_from = 30.0
    for number in range(math.ceil(west / step), math.floor(east / step) + 1):
        x, _y = frame.point(number * step, 0)
        yield svg.element("path", d=f"M{x:.1f} 0V{frame.height_px}", stroke="#b9c7c2", stroke_width=0.5)
        said = _degrees(number * step, "E")
        if free_from < x < frame.width_px - 60:
            yield svg.haloed(said, x + 3, 11, size_px=10, fill=svg.SOFT)
            free_from = x + svg.width_of(said, 10) + 12


def _parallels(frame: Frame, south: float, north: float, step: float) -> Iterator[str]:
    for number in range(math.ceil(south / step), math.floor(north / step) + 1):
        _x, y = frame.point(0, number * step)
        yield svg.element("path", d=f"M0 {y:.1f}H{frame.width_px}", stroke="#b9c7c2", stroke_width=0.5)
        if 24 < y < frame.height_px - 50:
            yield svg.haloed(_degrees(number * step, "N"), 3, y - 3, size_px=10, fill=svg.SOFT)


def _degrees(value: float, side: str) -> str:
    """122°30′E; seconds only where they are needed."""
    seconds = round(abs(value) * 3600)
    whole, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    letter = side if value >= 0 else {"E": "W", "N": "S"}[side]
    told = f"{whole}°" + (f"{minutes:02d}′" if minutes or rest else "") + (f"{rest:02d}″" if rest else "")
    return told + letter


def ruler(frame: Frame, *, mm_per_px: float | None = None) -> str:
    """A bar of a round length, true in the middle of the picture; with its scale where the size on paper is known."""
    length_m = next((r for r in RULERS_M if r / frame.metres_per_px >= LEAST_RULER_PX), RULERS_M[-1])
    length_px = length_m / frame.metres_per_px
    told = f"{length_m} m" if length_m < 1000 else f"{length_m // 1000} km"
    if mm_per_px is not None:
        told = f"{told} · 1:{_rounded(frame.metres_per_px * 1000 / mm_per_px):,}"
    x, y = 14, frame.height_px - 14
    bar = f"M{x} {y - 5}V{y}H{x + length_px:.1f}V{y - 5}"
    halo = svg.element("path", d=bar, fill="none", stroke=svg.PAPER, stroke_width=4)
    line = svg.element("path", d=bar, fill="none", stroke=svg.INK, stroke_width=1.4)
    words = svg.haloed(told, x, y - 9, size_px=11)
    return svg.element("g", halo + line + words, data_part="ruler")


def _rounded(scale: float) -> int:
    """To two digits: a printer is not truer than that."""
    step = 10 ** max(0, math.floor(math.log10(scale)) - 1)
    return int(round(scale / step) * step)


def ground_of_furniture(frame: Frame) -> list[tuple[float, float, float, float]]:
    """Where ruler and north arrow stand: no name is written there."""
    longest_px = LEAST_RULER_PX * 2.5 + 60
    ruler_box = (0.0, frame.height_px - 40.0, 14 + longest_px, float(frame.height_px))
    return [ruler_box, (frame.width_px - 44.0, 0.0, float(frame.width_px), 56.0)]


def north_arrow(frame: Frame) -> str:
    """An arrow and its letter at the top right."""
    x = frame.width_px - 26
    arrow = svg.element(
        "path", d=f"M{x} 14l8 22l-8 -6l-8 6Z", fill=svg.INK, stroke=svg.PAPER, stroke_width=1.5
    )
    return svg.element(
        "g", arrow + svg.haloed(_("北"), x, 50, size_px=12, text_anchor="middle"), data_part="north"
    )


def legend_of(layers: Sequence[Layer], *, highlight: str) -> list[Sign]:
    """What each look means: the object that the picture is about, then the layers from the top."""
    signs = [Sign(str(layer.title), swatch_of(layer)) for layer in reversed(layers)]
    language = get_language() or CHINESE
    told = {(look, said.say({}, language)): None for layer in layers for look, said in layer.legend}
    signs += [Sign(said, svg.sign(look, 7, 5, svg.LOOKS[look])) for look, said in told]
    for layer in layers:
        if layer.mark == BY_USE:
            signs += legend_by_use(layer)
    if highlight:
        mark = svg.element("rect", width=14, height=10, fill=svg.RED, fill_opacity="0.22", stroke=svg.RED)
        signs.insert(0, Sign(highlight, mark))
    return signs


def legend_by_use(layer: Layer) -> list[Sign]:
    """A colour for each use, and how what is used, planned only, or other than planned is told apart."""
    language = get_language() or CHINESE
    box = {"width": 14, "height": 10, "stroke": layer.colour}
    return [
        *(
            Sign(name.say(language), svg.element("rect", width=14, height=10, fill=colour, stroke=colour))
            for _code, colour, name in layer.palette
        ),
        Sign(_("实际利用"), svg.element("rect", fill=layer.colour, fill_opacity="0.45", **box)),
        Sign(_("仅有规划"), svg.element("rect", fill="none", stroke_dasharray="4 3", **box)),
        Sign(
            _("与规划不一致（待核实）"),
            svg.element("rect", fill=layer.colour, fill_opacity="0.45", stroke_width=3, **box),
        ),
    ]


def legend_inside(signs: Sequence[Sign], frame: Frame) -> str:
    """The signs in a box at the bottom right; nothing where they would hide the map."""
    wide = max((sign.wide for sign in signs), default=0) + 12
    height = ROW_PX * len(signs) + 12
    if not signs or height > frame.height_px * 0.7:
        return ""
    ground = svg.element(
        "rect", width=wide, height=height, fill=svg.PAPER, fill_opacity="0.92", stroke="#c6d1ce"
    )
    lines = [sign.drawn(9, 6 + ROW_PX * n) for n, sign in enumerate(signs)]
    shift = f"translate({frame.width_px - wide - 10:.1f} {frame.height_px - height - 10:.1f})"
    return svg.element("g", ground + "".join(lines), transform=shift, data_part="legend")


def legend_below(signs: Sequence[Sign], *, width_px: int, top_px: int) -> tuple[str, int]:
    """The signs in rows below a narrow map, and how high they stand."""
    drawn, left, row = [], 2.0, 0
    for sign in signs:
        if left > 2 and left + sign.wide > width_px:
            left, row = 2.0, row + 1
        drawn.append(sign.drawn(left, top_px + ROW_PX * row))
        left += sign.wide
    return svg.element("g", "".join(drawn), data_part="legend"), ROW_PX * (row + 1) if signs else 0


@dataclass(frozen=True)
class Sign:
    """One line of the legend."""

    said: str
    mark: str

    @property
    def wide(self) -> float:
        return svg.width_of(self.said, 12) + 36

    def drawn(self, x: float, y: float) -> str:
        mark = svg.element("g", self.mark, transform=f"translate({x:.1f} {y + 4:.1f})")
        return mark + svg.text(self.said, x + 20, y + 13)


def swatch_of(layer: Layer) -> str:
    dash = layer.dash or None
    if layer.outline:
        return svg.element("path", d="M0 5h14", stroke=layer.colour, stroke_width=1.6, stroke_dasharray=dash)
    if layer.mark == BY_LOOK:
        return svg.sign("due", 4, 5, layer.colour) + svg.sign("late", 11, 5, layer.colour)
    if layer.mark == RING:
        return svg.element("circle", cx=7, cy=5, r=4, fill=svg.PAPER, stroke=layer.colour, stroke_width=2)
    return svg.element(
        "rect",
        width=14,
        height=10,
        fill=layer.colour,
        fill_opacity="0.22",
        stroke=layer.colour,
        stroke_width=1.4,
        stroke_dasharray=dash,
    )


def credits_of(layers: Sequence[Layer], *, on: date | None) -> list[str]:
    """Where the contents come from, of which day they are, and the numbers of examined public maps."""
    said = [_("CGCS2000 国家大地坐标系，墨卡托投影")]
    sources = [_source(layer) for layer in layers]
    if sources:
        said.append(_("资料来源：%(sources)s") % {"sources": " · ".join(dict.fromkeys(sources))})
    numbers = [layer.approval_no for layer in layers if layer.approval_no]
    if numbers:
        said.append(_("审图号：%(numbers)s") % {"numbers": " · ".join(dict.fromkeys(numbers))})
    if on is not None:
        said.append(_("制图日期：%(day)s") % {"day": on.isoformat()})
    return said


def _source(layer: Layer) -> str:
    if layer.data_on is None:
        return str(layer.source)
    return _("%(source)s（%(day)s）") % {"source": layer.source, "day": layer.data_on.isoformat()}
