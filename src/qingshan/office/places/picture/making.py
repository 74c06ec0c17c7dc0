"""How is a picture put together, from the ground up?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from qingshan.office.places.layers import Layer, Query, chosen, layers_for
from qingshan.office.places.picture import furniture, svg
from qingshan.office.places.picture.drawing import Names, highlighted, layer_drawn
from qingshan.office.places.picture.frame import Bounds, Frame, bounds_of
from qingshan.office.trail.parties import ActorLike

LINE_PX = 16
LEAST_PX = 60
WIDE_PX = 700
"""A narrower picture has its legend below, where it hides nothing."""


def _no_ground(_frame: Frame) -> str:
    return ""


def _not_narrowed(_layer: Layer) -> Query:
    return {}


def picture_of(
    where: BaseGeometry | Bounds,
    *,
    actor: ActorLike,
    width_px: int,
    height_px: int,
    highlight: BaseGeometry | None = None,
    title: str = "",
    layers: Iterable[str] | None = None,
    narrow: Callable[[Layer], Query] = _not_narrowed,
    ground: Callable[[Frame], str] = _no_ground,
    more_credits: Sequence[str] = (),
    on: date | None = None,
    with_legend: bool = True,
    mm_per_px: float | None = None,
) -> SafeString:
    """A map picture as SVG text: what the actor may see around a shape or in bounds, deterministic, all text escaped.

    highlight, title: the object that the picture is about. layers: codes; those shown at first where None.
    narrow: the query of each layer. ground: SVG below the layers (a base map) for a frame;
    more_credits: lines that come with it. on: the day that is written below; the actor's day where None.
    mm_per_px: the size on paper, so that the scale can be written.
    """
    drawn = chosen(layers_for(actor), layers)
    said = [*more_credits, *furniture.credits_of(drawn, on=on or getattr(actor, "on", None))]
    signs = (
        furniture.legend_of(drawn, highlight=title if highlight is not None else "") if with_legend else []
    )
    is_narrow = width_px < WIDE_PX
    below, below_px = _below(said, signs if is_narrow else [], width_px)
    frame = Frame.around(bounds_of(where), width_px=width_px, height_px=max(height_px - below_px, LEAST_PX))
    names, about = Names(frame, taken=furniture.ground_of_furniture(frame)), ""
    if highlight is not None:
        about = highlighted(highlight, title, frame, names)
    # the uppermost layer names its objects first
    bodies = [layer_drawn(layer, frame, names, actor=actor, query=narrow(layer)) for layer in reversed(drawn)]
    above = [*reversed(bodies), about, *names.written]
    parts = [ground(frame), furniture.graticule(frame), *above, furniture.ruler(frame, mm_per_px=mm_per_px)]
    if not is_narrow:
        parts.append(furniture.legend_inside(signs, frame))
    inside = _window(frame, parts)
    shifted = svg.element("g", below, transform=f"translate(0 {frame.height_px + 2})")
    return mark_safe(_whole(frame, inside + shifted, width_px, frame.height_px + below_px, title))


def _below(said: Sequence[str], signs: Sequence[furniture.Sign], width_px: int) -> tuple[str, int]:
    """Legend and credits below the map, and how high they stand."""
    legend, legend_px = furniture.legend_below(signs, width_px=width_px, top_px=0)
    lines = list(_lines(said, width_px))
    drawn = [
        svg.text(line, 2, legend_px + LINE_PX * (n + 1) - 4, size_px=11, fill=svg.SOFT)
        for n, line in enumerate(lines)
    ]
    return legend + "".join(drawn), legend_px + LINE_PX * len(lines) + 4


def _window(frame: Frame, above: Sequence[str]) -> str:
    """Everything that lies on the ground, cut at the edge."""
    size = {"width": frame.width_px, "height": frame.height_px}
    land = svg.element("rect", **size, fill=svg.LAND)
    drawn = "".join([land, *above, furniture.north_arrow(frame)])
    edge = svg.element("rect", **size, fill="none", stroke="#8aa09a", stroke_width=1)
    return svg.element("svg", drawn, **size, overflow="hidden", aria_hidden="true") + edge


def _whole(frame: Frame, inside: str, width_px: int, height_px: int, title: str) -> str:
    lon, lat = frame.middle
    place = _("地图：%(title)s中心东经 %(lon).3f°，北纬 %(lat).3f°") % {
        "title": f"{title}, " if title else "",
        "lon": lon,
        "lat": lat,
    }
    return svg.element(
        "svg",
        svg.element("title", svg.words(place)) + inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width_px} {height_px}",
        width=width_px,
        height=height_px,
        role="img",
        font_family=svg.FONTS,
        class_="map-picture",
    )


def _lines(said: Sequence[str], width_px: int) -> Iterator[str]:
    """The credits on as few lines as they need."""
    line = ""
    for each in said:
        both = f"{line}　{each}" if line else each
        if line and svg.width_of(both, 11) > width_px - 4:
            yield line
            line = each
        else:
            line = both
    if line:
        yield line
