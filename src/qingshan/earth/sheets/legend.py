"""Which signs does the curve use, and what do they mean?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from markupsafe import Markup

from qingshan.earth.sheets.drawing import FAINT, INK, LINE, OCHRE, PAPER, PINE, WASH, number, tag, words
from qingshan.earth.sheets.labels import GAP, wrapped
from qingshan.earth.sheets.told import Told
from qingshan.earth.sheets.words import word

ROW = 18.0
"""height of a row of the legend"""
SIGN = 30.0
"""width of a sign with its room"""


def dot(x: float, y: float, *, is_used: bool, has_decided: bool) -> Markup:
    if not is_used:
        return tag("circle", cx=x, cy=y, r=2.2, fill="none", stroke=FAINT, stroke_width=0.9, opacity=0.7)
    if has_decided:
        return tag("circle", cx=x, cy=y, r=4.4, fill=PAPER, stroke=PINE, stroke_width=2.4)
    return tag("circle", cx=x, cy=y, r=2.8, fill=PINE)


def square(x: float, y: float) -> Markup:
    return tag("rect", x=x - 2, y=y - 2, width=4, height=4, fill=PAPER, stroke=OCHRE, stroke_width=1.1)


def legend_of(
    told: Told, *, left: float, right: float, top: float, text: float, mark: str, language: str
) -> tuple[list[Markup], float]:
    """Signs with their words, only of what is there; and where it ends."""
    names = _named(told)
    said = [word(name, language) for name in names]
    places = wrapped(said, size=text, sign=SIGN, width=right - left)
    drawn = []
    for name, wording, (x, row) in zip(names, said, places, strict=True):
        sign_x, y = left + x, top + row * ROW
        drawn += [
            *_sign(name, sign_x, y - 4, mark),
            words(wording, x=sign_x + SIGN - 4, y=y, size=text, fill=INK),
        ]
    rows = 1 + max((row for _, row in places), default=0)
    return drawn, top + (rows - 1) * ROW + GAP


def _named(told: Told) -> list[str]:
    is_there = {
        "this-site": True,
        "ring": told.ring is not None,
        "deciding": bool(told.decided & set(told.days[told.used].tolist())),
        "not-used": bool((~told.used & np.isfinite(told.site)).any()),
        "season": bool(told.seasons),
        "provisional": told.provisional_from is not None,
    }
    return [name for name, there in is_there.items() if there]


def _sign(name: str, x: float, y: float, mark: str) -> Iterator[Markup]:
    line = f"M{number(x)} {number(y)}h22"
    middle = x + 11
    if name == "this-site":
        yield tag("path", d=line, stroke=PINE, stroke_width=2.2)
        yield dot(middle, y, is_used=True, has_decided=False)
    elif name == "ring":
        yield tag("path", d=line, stroke=OCHRE, stroke_width=1.5, stroke_dasharray="5 3")
        yield square(middle, y)
    elif name in ("deciding", "not-used"):
        yield dot(middle, y, is_used=name == "deciding", has_decided=name == "deciding")
    else:
        fill = WASH if name == "season" else f"url(#p{mark})"
        yield tag("rect", x=x, y=y - 6, width=22, height=12, fill=fill, stroke=LINE, stroke_width=0.8)
