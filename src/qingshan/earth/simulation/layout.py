"""Where in its square does a site lie, which of its pixels belong to which piece, and what lies around it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from qingshan.earth.simulation.ground import LONG_AGO, Growth, Phase, Piece
from qingshan.earth.simulation.plots import Plot, Story

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Tile:
    """The square of one site in pixels: x to the east, y to the south, from its north-west corner."""

    outline: BaseGeometry
    """the site, in pixels"""
    permitted: Polygon | None
    """the permitted boundary, in pixels"""
    pieces: tuple[Piece, ...]
    """pieces of the surroundings first, then those of the site"""
    weights: Floats
    """(pieces, side, side) true share of each pixel that belongs to each piece; sums to 1"""
    density: Floats
    """(side, side) factor on the cover of plants"""
    brightness: Floats
    """(side, side) factor on reflectance"""
    slope: Floats
    """(side, side) how much brighter (or darker) a low sun makes it, about -1 to 1"""
    around: int = 2
    """how many of the pieces are surroundings"""

    @property
    def inside(self) -> Floats:
        """(side, side) share of each pixel inside the site."""
        return np.asarray(self.weights[self.around :].sum(axis=0))


def lay_out(plot: Plot, story: Story) -> Tile:
    """Draws the site and its surroundings."""
    side, rng, world = plot.world.tile_px, plot.rng, plot.world
    outline = _outline(rng, plot.between(*world.site_px) * story.size, side)
    inside = coverage(outline, side)
    across, cuts = _cut(inside, [share for _, share in story.parts], plot.between(0, 2 * np.pi))
    outer = field(rng, side, max(5.5, side / 10)) > 0.6 + _towards_edge(side)
    around = (Piece(phases=(plot.natural,)), _neighbour(plot))
    return Tile(
        outline=outline,
        permitted=_permitted(outline, across, cuts, story.permitted_parts),
        pieces=(*around, *(piece for piece, _ in story.parts)),
        weights=_weights(inside, (~outer, outer), cuts, len(story.parts)),
        density=np.clip(1.0 + world.patchiness * _patchy(rng, side), 0.45, 1.5),
        brightness=np.clip(1.0 + world.texture * _patchy(rng, side), 0.5, 1.6),
        slope=np.clip(field(rng, side, 4.0) * 0.6, -1.0, 1.0),
    )


def lay_out_around(
    plot: Plot, story: Story, *, outline: BaseGeometry, around: Sequence[Piece], land: Any
) -> Tile:
    """A site whose outline is told, in land that is told.

    Args:
        plot: its world's `tile_px` is the side of the square.
        story: what happens inside.
        outline: in pixels, from the square's north-west corner.
        around: kinds of land of the surroundings.
        land: (side, side) number of the kind at each pixel.
    """
    side, rng, world = plot.world.tile_px, plot.rng, plot.world
    inside = coverage(outline, side)
    _, cuts = _cut(inside, [share for _, share in story.parts], plot.between(0, 2 * np.pi))
    return Tile(
        outline=outline,
        permitted=None,
        pieces=(*around, *(piece for piece, _ in story.parts)),
        weights=_weights(inside, [land == kind for kind in range(len(around))], cuts, len(story.parts)),
        density=np.clip(1.0 + world.patchiness * _patchy(rng, side), 0.45, 1.5),
        brightness=np.clip(1.0 + world.texture * _patchy(rng, side), 0.5, 1.6),
        slope=np.clip(field(rng, side, 4.0) * 0.6, -1.0, 1.0),
        around=len(around),
    )


def _weights(inside: Floats, lands: Sequence[Any], cuts: Any, parts: int) -> Floats:
    """Shares of pixels: kinds of land outside, parts of the site inside."""
    return np.stack(
        [*((1.0 - inside) * land for land in lands), *(inside * (cuts == part) for part in range(parts))]
    )


def coverage(outline: BaseGeometry, side: int) -> Floats:
    """(side, side) exact share of each pixel that a polygon covers."""
    boxes = _boxes(side)
    shapely.prepare(outline)
    covered = np.zeros(boxes.shape)
    touched = shapely.intersects(outline, boxes)
    whole = shapely.contains(outline, boxes)
    covered[whole] = 1.0
    edge = touched & ~whole
    covered[edge] = shapely.area(shapely.intersection(outline, boxes[edge]))
    return covered


def beyond(outline: BaseGeometry, side: int, *, distance_px: float) -> Any:
    """(side, side) bool: pixels that lie further than so much from a polygon."""
    near = outline.buffer(distance_px)
    shapely.prepare(near)
    return ~shapely.intersects(near, _boxes(side))


@cache
def _boxes(side: int) -> Any:
    at = np.arange(side)
    x, y = np.meshgrid(at, at)
    return shapely.box(x, y, x + 1, y + 1)


def _outline(rng: np.random.Generator, diameter: float, side: int) -> Polygon:
    """A lobed outline around the middle, without crossing itself."""
    angle = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    radius = np.ones(20)
    for wave in (2, 3, 5):
        radius += rng.normal(0, 0.10 / wave**0.5) * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
    radius = np.clip(radius, 0.6, 1.35) * diameter / 2
    middle = side / 2 + rng.uniform(-0.5, 0.5, 2)
    points = np.column_stack([middle[0] + radius * np.cos(angle), middle[1] + radius * np.sin(angle)])
    return Polygon(np.clip(points, 1.0, side - 1.0))


def _cut(inside: Floats, shares: Sequence[float], direction: float) -> tuple[tuple[Floats, Floats], Any]:
    """Lays pieces side by side across the site: for each pixel the number of its piece."""
    y, x = np.mgrid[: inside.shape[0], : inside.shape[1]] + 0.5
    across = x * np.cos(direction) + y * np.sin(direction)
    order = np.argsort(across, axis=None, kind="stable")
    passed = np.empty(inside.size)
    passed[order] = np.cumsum(inside.ravel()[order])
    passed = passed.reshape(inside.shape) / inside.sum()
    ends = np.cumsum(shares)[:-1]
    direction_of = np.array([np.cos(direction), np.sin(direction)])
    return (across, direction_of), np.searchsorted(ends, passed - 1e-9, side="left")


def _permitted(
    outline: BaseGeometry, across: tuple[Floats, Floats], cuts: Any, parts: tuple[int, ...] | None
) -> Polygon | None:
    """The part of the site on the far side of the first permitted piece."""
    if parts is None:
        return None
    along, toward = across
    begins = float(along[cuts >= min(parts)].min())
    far = 10.0 * outline.length
    right = np.array([-toward[1], toward[0]])
    base = toward * begins
    half = [
        base - right * far,
        base + right * far,
        base + right * far + toward * far,
        base - right * far + toward * far,
    ]
    cut = outline.intersection(Polygon(half))
    return max(cut.geoms, key=lambda part: part.area) if hasattr(cut, "geoms") else cut


def _towards_edge(side: int) -> Floats:
    """(side, side) rises within four pixels of the edge, so that patches end within their square."""
    at = np.arange(side)
    inward = np.minimum(at, side - 1 - at)
    return np.asarray(np.maximum(0.0, 4.0 - np.minimum.outer(inward, inward)))


def _neighbour(plot: Plot) -> Piece:
    """What lies around besides the natural cover: denser or thinner growth, a field, bare or built ground."""
    kind = plot.one_of(("denser", "thinner", "thinner", "field", "bare"))
    if kind == "bare":
        return Piece(phases=(plot.covered(LONG_AGO, "built", {"concrete": 0.4, **_halved(plot)}),))
    if kind == "field":
        growth = Growth(kind="crop", cover=plot.between(0.6, 0.9), evergreen=0.02)
    else:
        factor = plot.between(1.02, 1.12) if kind == "denser" else plot.between(0.65, 0.9)
        cover = min(0.97, plot.home.cover * factor)
        growth = Growth(kind=plot.one_of(plot.climate.plants), cover=cover)
    return Piece(phases=(Phase(since=LONG_AGO, use="natural", ground=plot.home.soil, growth=growth),))


def _halved(plot: Plot) -> dict[str, float]:
    return {name: share * 0.6 for name, share in plot.home.soil.items()}


def field(rng: np.random.Generator, side: int, spacing_px: float) -> Floats:
    """(side, side) smooth chance of mean 0 and variance about 1: drawn at nodes, straight between them."""
    nodes = max(2, round(side / spacing_px) + 1)
    return stretched(rng.standard_normal((nodes, nodes)) * 1.5, side, side)


def stretched(drawn: Floats, down: int, across: int) -> Floats:
    """(…, down, across) from values at nodes (…, rows, columns), straight between them; one row stays alike."""
    rows, cols = (
        np.linspace(0, max(n - 1, 0), m) for n, m in zip(drawn.shape[-2:], (down, across), strict=True)
    )
    upper, left = (
        np.minimum(at.astype(int), max(n - 2, 0))
        for at, n in ((rows, drawn.shape[-2]), (cols, drawn.shape[-1]))
    )
    lower, right = np.minimum(upper + 1, drawn.shape[-2] - 1), np.minimum(left + 1, drawn.shape[-1] - 1)
    a, b = (rows - upper)[:, None], cols - left
    mixed = drawn[..., upper, :] * (1 - a) + drawn[..., lower, :] * a
    return np.asarray(mixed[..., left] * (1 - b) + mixed[..., right] * b)


def _patchy(rng: np.random.Generator, side: int) -> Floats:
    return np.asarray(0.7 * field(rng, side, 3.0) + 0.7 * rng.standard_normal((side, side)))
