"""How is the curve of a site drawn so that it can be read on a phone, on a screen and on grey paper?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from markupsafe import Markup

from qingshan.earth.sheets.drawing import (
    FAINT,
    INK,
    LINE,
    OCHRE,
    PAPER,
    PINE,
    SKY,
    SOFT,
    WASH,
    number,
    path_of,
    picture,
    tag,
    width_of,
    words,
)  # fmt: skip
from qingshan.earth.sheets.labels import stacked
from qingshan.earth.sheets.legend import dot, legend_of, square
from qingshan.earth.sheets.told import Kind, Told, gap_of, runs_of, to_date, to_day
from qingshan.earth.sheets.words import QUANTITIES, word

LABEL = 15.0
"""height of a row of words"""


@dataclass(frozen=True, kw_only=True)
class Size:
    """Measures of one way to show it, in the picture's own units."""

    width: float
    plot: float
    """height of the plot alone"""
    text: float
    """size of letters"""
    left: float = 34.0


WIDE = Size(width=1040, plot=215, text=13)
NARROW = Size(width=360, plot=210, text=11.5, left=28.0)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Where days and values lie."""

    size: Size
    top: float
    first: int
    last: int
    low: float
    high: float

    @property
    def right(self) -> float:
        return self.size.width - 8

    @property
    def bottom(self) -> float:
        return self.top + self.size.plot

    def x(self, day: float) -> float:
        share = (day - self.first) / (self.last - self.first)
        return self.size.left + share * (self.right - self.size.left)

    def y(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * self.size.plot


def curve_of(told: Told, *, size: Size = WIDE, mark: str, language: str) -> Markup:
    """The curve as SVG; `mark` makes its ids unique on a page."""
    quantity = QUANTITIES[told.quantity].say({}, language)
    first, last = told.span
    low, high = _range(told)
    flat = Frame(size=size, top=0, first=first, last=last, low=low, high=high)
    labels = stacked(
        [(flat.x(day), said) for day, said, _ in _placed(told)],
        size=size.text,
        left=size.left,
        right=flat.right,
    )
    rows = 1 + max((one.row for one in labels), default=-1)
    frame = Frame(size=size, top=24 + rows * LABEL, first=first, last=last, low=low, high=high)
    parts = [
        *_ground(told, frame, mark, language),
        *_axes(told, frame, quantity, language),
        *_marks(told, frame, language),
        *_lines(told, frame),
    ]
    legend, height = legend_of(
        told,
        left=size.left,
        right=size.width,
        top=frame.bottom + 40,
        text=size.text - 0.5,
        mark=mark,
        language=language,
    )
    label = word("curve-alt", language, quantity=quantity)
    return picture([*parts, *legend], width=size.width, height=height, label=label)


def _range(told: Told) -> tuple[float, float]:
    if told.is_share:
        return 0.0, 1.0
    known = np.concatenate([told.site, told.ring if told.ring is not None else told.site[:0]])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    floor = math.floor(low * 5) / 5
    return floor, max(math.ceil(high * 5) / 5, floor + 0.2)


def _ground(told: Told, frame: Frame, mark: str, language: str) -> Iterator[Markup]:
    """Seasons, gaps and the provisional edge: what lies behind the lines."""
    for first, last in told.seasons:
        yield _band(frame, first, last, fill=WASH)
    dots = tag("path", d="M0 8L8 0", stroke=FAINT, stroke_width=0.9)
    yield tag("defs", tag("pattern", dots, id=f"p{mark}", width=8, height=8, patternUnits="userSpaceOnUse"))
    if told.provisional_from is not None:
        yield _band(frame, told.provisional_from, frame.last, fill=f"url(#p{mark})")
    for first, last in _gaps(told):
        yield from _gap(frame, first, last, language)


def _band(frame: Frame, first: float, last: float, *, fill: str) -> Markup:
    x = frame.x(first)
    return tag("rect", x=x, y=frame.top, width=frame.x(last) - x, height=frame.size.plot, fill=fill)


def _gaps(told: Told) -> Iterator[tuple[int, int]]:
    days = told.days[told.used]
    longest = gap_of(days)
    for at in np.flatnonzero(np.diff(days) > longest):
        yield int(days[at]), int(days[at + 1])


def _gap(frame: Frame, first: int, last: int, language: str) -> Iterator[Markup]:
    """A bracket above the axis, with its word where there is room."""
    left, right, y = frame.x(first) + 3, frame.x(last) - 3, frame.bottom - 7
    yield tag(
        "path", d=f"M{number(left)} {number(y - 3)}v6m0 -3H{number(right)}m0 -3v6", stroke=FAINT, fill="none"
    )
    said, size = word("gap", language), frame.size.text - 1.5
    if width_of(said, size) < right - left:
        yield words(said, x=(left + right) / 2, y=y - 5, size=size, fill=SOFT, text_anchor="middle")


def _axes(told: Told, frame: Frame, quantity: str, language: str) -> Iterator[Markup]:
    title = word("per-cent", language, quantity=quantity) if told.is_share else quantity
    yield words(title, x=2, y=14, size=frame.size.text, fill=INK, font_weight="bold")
    for value in np.linspace(frame.low, frame.high, 5).tolist():
        y = frame.y(value)
        said = f"{value * 100:.0f}" if told.is_share else f"{value:.2f}".rstrip("0").rstrip(".")
        yield tag("path", d=f"M{number(frame.size.left)} {number(y)}H{number(frame.right)}", stroke=LINE,
                  stroke_width=1 if value == frame.low else 0.5)  # fmt: skip
        yield words(
            said, x=frame.size.left - 5, y=y + 4, size=frame.size.text - 1, fill=SOFT, text_anchor="end"
        )
    for day, said in _ticks(frame):
        x = frame.x(day)
        yield tag("path", d=f"M{number(x)} {number(frame.bottom)}v5", stroke=SOFT)
        size = frame.size.text - 1
        if x + width_of(said, size) / 2 <= frame.size.width:
            yield words(said, x=x, y=frame.bottom + 18, size=size, fill=SOFT, text_anchor="middle")


def _ticks(frame: Frame) -> Iterator[tuple[int, str]]:
    """The first of years, or of months where the span is short, as many as there is room for."""
    first, last = to_date(frame.first), to_date(frame.last)
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 2)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    room = (frame.right - frame.size.left) / (frame.size.text * 5.2)
    for step in (1, 2, 3, 6, 12, 24, 60, 120):
        chosen = [day for day in months if (day.year * 12 + day.month - 1) % step == 0]
        if len(chosen) <= room:
            break
    for day in chosen:
        yield to_day(day), f"{day.year}" if step >= 12 else f"{day.year}-{day.month:02d}"


def _marks(told: Told, frame: Frame, language: str) -> Iterator[Markup]:
    """Claims as dashed lines, what images show as full ones, each with its words above."""
    size = frame.size.text
    kinds = {(frame.x(day), said): kind for day, said, kind in _placed(told)}
    wanted = list(kinds)
    for label in stacked(wanted, size=size, left=frame.size.left, right=frame.right):
        is_claim = kinds[label.x, label.said] == Kind.CLAIM
        y, colour = 24 + label.row * LABEL + LABEL - 4, SKY if is_claim else INK
        foot = f"M{number(label.x)} {number(y + 3)}V{number(frame.bottom)}"
        yield tag(
            "path", d=foot, stroke=colour, stroke_width=1.4, stroke_dasharray="5 3" if is_claim else None
        )
        # words of lower rows must not be crossed by the lines of higher ones: paper goes behind them
        yield tag("rect", x=label.left - 2, y=y - size + 1, width=width_of(label.said, size) + 4, height=size + 2,
                  fill=PAPER, fill_opacity=0.9)  # fmt: skip
        yield words(label.said, x=label.left, y=y, size=size, fill=colour)


def _placed(told: Told) -> list[tuple[int, str, Kind]]:
    """Marks with the days where they are drawn; an arrow where that is the edge."""
    first, last = told.span
    placed = []
    for one in told.marks:
        said = f"← {one.said}" if one.day < first else f"{one.said} →" if one.day > last else one.said
        placed.append((min(max(one.day, first), last), said, one.kind))
    return placed


def _lines(told: Told, frame: Frame) -> Iterator[Markup]:
    if told.ring is not None:
        yield from _joined(told, told.ring, frame, stroke=OCHRE, stroke_width=1.5, stroke_dasharray="5 3")
        for at in np.flatnonzero(told.used & np.isfinite(told.ring)).tolist():
            yield square(frame.x(int(told.days[at])), frame.y(float(told.ring[at])))
    yield from _joined(told, told.site, frame, stroke=PINE, stroke_width=2.2, stroke_dasharray=None)
    for at in np.flatnonzero(np.isfinite(told.site)).tolist():
        day, value = int(told.days[at]), float(told.site[at])
        yield dot(frame.x(day), frame.y(value), is_used=bool(told.used[at]), has_decided=day in told.decided)


def _joined(told: Told, values: np.ndarray, frame: Frame, **style: str | float | None) -> Iterator[Markup]:
    for run in runs_of(told.days, values, told.used):
        points = [(frame.x(int(told.days[at])), frame.y(float(values[at]))) for at in run]
        yield tag("path", d=path_of(points), fill="none", stroke_linejoin="round", **style)
