"""What do the pages of the map need: links to the same view, swatches, distances?"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from qingshan.office.desk.map_address import MapAddress
from qingshan.office.errors import NotFound
from qingshan.office.places.layers import COLOURS, Layer
from qingshan.office.places.picture.furniture import legend_by_use as signs_by_use
from qingshan.office.places.picture.furniture import swatch_of
from qingshan.office.places.picture.svg import element
from qingshan.office.places.queries import subject_kind_of
from qingshan.office.places.services import Service
from qingshan.rules.layers import LayerKind
from qingshan.rules.reasons import CHINESE

register = template.Library()
A_KILOMETRE_M = 1000


@register.simple_tag
def map_link(address: MapAddress, path: str, **changed: str) -> str:
    """`{% map_link address "/map/print/" paper="a4" %}`: the same view elsewhere."""
    return address.link(path, **changed)


@register.simple_tag
def swatch(layer: Layer) -> SafeString:
    """How the layer's objects look."""
    drawn = element("svg", swatch_of(layer), width=16, height=12, viewBox="-1 -1 16 12", aria_hidden="true")
    return mark_safe(drawn)


@register.simple_tag
def legend_by_use(layer: Layer) -> list[tuple[SafeString, str]]:
    """What the colours and edges of a layer by use mean, for the page: picture and words."""
    box = {"width": 16, "height": 12, "viewBox": "-1 -1 16 12", "aria_hidden": "true"}
    return [(mark_safe(element("svg", sign.mark, **box)), sign.said) for sign in signs_by_use(layer)]


@register.filter
def service_colour(service: Service) -> str:
    """The colour of shapes that a service holds."""
    return COLOURS[LayerKind(service.kind)]


@register.filter
def distance(metres: float) -> str:
    """1234.5 → 1.234 公里; below a kilometre in metres."""
    english = (get_language() or CHINESE).startswith("en")
    if metres < A_KILOMETRE_M:
        return f"{metres:.1f} {'m' if english else '米'}"
    return f"{metres / A_KILOMETRE_M:,.3f} {'km' if english else '公里'}"


@register.simple_tag
def overlap_address(subject: Any) -> str:
    """Where the check of an object against control lines stands; empty for what is checked against."""
    try:
        return f"/overlaps/{subject_kind_of(subject)}/{subject.pk}/"
    except NotFound:
        return ""
