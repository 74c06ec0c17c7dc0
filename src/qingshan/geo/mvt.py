"""How do shapes become a vector tile? (Mapbox Vector Tile 2.1; numpy and shapely, no Django)

All shapes of a tile are encoded together: coordinates, commands and varints are arrays, and Python touches
each feature once, to put its bytes together.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

EXTENT = 4096
"""Units along the side of a tile."""

_MOVE, _CLOSE = 1, 15
_POINT, _LINE, _POLYGON = 1, 2, 3
_KIND_OF_TYPE = np.array([_POINT, _LINE, _LINE, _POLYGON, _POINT, _LINE, _POLYGON, 0])
"""By shapely's type id: Point, LineString, LinearRing, Polygon, MultiPoint, MultiLineString, MultiPolygon,
GeometryCollection; None has the type -1, the last."""

Plain = str | int | float | bool
Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Layer:
    """Shapes in units of the tile (y down) with what is told of each; `ids` may be left out."""

    name: str
    shapes: Any
    properties: Mapping[str, Sequence[Any]]
    ids: Sequence[int | None] | None = None

    def joined(self, other: Layer) -> Layer:
        """One layer with the features of both; what only one of them tells is left out of the other's."""
        mine, theirs = len(self.shapes), len(other.shapes)
        keys = dict.fromkeys([*self.properties, *other.properties])
        properties = {
            key: [*self.properties.get(key, [None] * mine), *other.properties.get(key, [None] * theirs)]
            for key in keys
        }
        ids = [*(self.ids or [None] * mine), *(other.ids or [None] * theirs)]
        return Layer(self.name, np.concatenate([self.shapes, other.shapes]), properties, ids)


def encode(layers: Iterable[Layer]) -> bytes:
    """The bytes of a tile. A layer without anything to draw is left out; so an empty tile is empty bytes."""
    return b"".join(_field(3, body) for layer in layers if (body := _layer(layer)))


def _layer(layer: Layer) -> bytes:
    shapes = np.asarray(layer.shapes, dtype=object)
    kinds = _KIND_OF_TYPE[shapely.get_type_id(shapes)]
    bodies = _geometries(shapes, kinds)
    _put_points(bodies, shapes, kinds)
    tags, keys, values = _tags(layer.properties, len(shapes))
    features = [
        _field(2, _feature(None if layer.ids is None else layer.ids[i], tags[i], int(kinds[i]), body))
        for i, body in enumerate(bodies)
        if body
    ]
    if not features:
        return b""
    head = _varint(15 << 3) + _varint(2) + _field(1, layer.name.encode())
    tail = [_field(3, key.encode()) for key in keys] + [_field(4, value) for value in values]
    return b"".join([head, *features, *tail, _varint(5 << 3), _varint(EXTENT)])


def _put_points(bodies: list[bytes], shapes: Any, kinds: Array) -> None:
    """A strip thinner than the grid vanishes when it is rounded: the middle of its box is drawn in its place."""
    lost = np.fromiter((not body for body in bodies), dtype=bool, count=len(bodies))
    vanished = lost & (kinds > _POINT) & ~shapely.is_empty(shapes)
    if not vanished.any():
        return
    boxes = shapely.bounds(shapes[vanished])
    middles = shapely.points((boxes[:, :2] + boxes[:, 2:]) / 2)
    kinds[vanished] = _POINT
    points = _geometries(middles, kinds[vanished])
    for place, body in zip(np.flatnonzero(vanished), points, strict=True):
        bodies[place] = body


def _feature(number: int | None, tags: bytes, kind: int, geometry: bytes) -> bytes:
    identity = b"" if number is None else b"\x08" + _varint(number)
    packed = b"\x12" + _varint(len(tags)) + tags if tags else b""
    return b"".join((identity, packed, b"\x18", bytes((kind,)), b"\x22", _varint(len(geometry)), geometry))


# --- properties -------------------------------------------------------------------------------------------


def _tags(properties: Mapping[str, Sequence[Any]], count: int) -> tuple[list[bytes], list[str], list[bytes]]:
    """For each feature its packed key and value numbers; then the keys and values they point at."""
    keys = list(properties)
    numbers: dict[tuple[type, Any], int] = {}
    tags: list[list[bytes]] = [[] for _ in range(count)]
    for key_number, column in enumerate(properties.values()):
        key = _varint(key_number)
        pairs: dict[tuple[type, Any], bytes] = {}
        for of_feature, value in zip(tags, column, strict=True):
            if value is None:
                continue
            # 1, 1.0 and True are equal to Python, and three different values to a map
            known = (value.__class__, value)
            pair = pairs.get(known)
            if pair is None:
                plain = _plain(value)
                pair = pairs[known] = key + _varint(
                    numbers.setdefault((plain.__class__, plain), len(numbers))
                )
            of_feature.append(pair)
    return [b"".join(parts) for parts in tags], keys, [_value(value) for _, value in numbers]


def _plain(value: Any) -> Plain:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _value(value: Plain) -> bytes:
    if isinstance(value, str):
        return _field(1, value.encode())
    if isinstance(value, float):
        return b"\x19" + struct.pack("<d", value)
    if isinstance(value, bool):
        return bytes((7 << 3, value))
    return b"\x20" + _varint(value & 0xFFFFFFFFFFFFFFFF)


# --- geometry ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Strokes:
    """All points that are drawn, whole numbers; a stroke is a ring, a line or the points of one feature."""

    points: Array
    starts: Array
    """Index of the first point of each stroke, and the number of points at the end."""
    feature: Array
    """The feature of each stroke."""
    kind: Array
    """The kind of each stroke."""


def _geometries(shapes: Any, kinds: Array) -> list[bytes]:
    """The geometry bytes of each feature, empty where nothing is left to draw."""
    # a collection has no kind of its own: it is not drawn
    strokes = _strokes(np.where(kinds == 0, None, shapes), kinds)
    if not len(strokes.feature):
        return [b""] * len(shapes)
    commands, ends = _commands(strokes)
    stream, byte_ends = _varints(commands)
    # strokes of one feature stand side by side, so its bytes are one slice
    last_stroke = np.searchsorted(strokes.feature, np.arange(len(shapes)), side="right")
    word_ends = np.concatenate([[0], ends])[last_stroke]
    cuts = np.concatenate([[0], np.concatenate([[0], byte_ends])[word_ends]])
    return [stream[start:stop] for start, stop in pairwise(cuts.tolist())]


def _strokes(shapes: Any, kinds: Array) -> _Strokes:
    parts, feature = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    ring_feature = feature[of_part]
    is_hole = np.zeros(len(rings), dtype=bool)
    is_hole[1:] = of_part[1:] == of_part[:-1]
    rest = kinds[feature] != _POLYGON
    points, stroke = shapely.get_coordinates(np.concatenate([rings, parts[rest]]), return_index=True)
    strokes = _Strokes(
        points=np.rint(points).astype(np.int64),
        starts=np.searchsorted(stroke, np.arange(len(rings) + rest.sum() + 1)),
        feature=np.concatenate([ring_feature, feature[rest]]),
        kind=np.concatenate([np.full(len(rings), _POLYGON), kinds[feature[rest]]]),
    )
    strokes = _without_repeats(strokes)
    strokes, is_hole = _turned(strokes, np.concatenate([is_hole, np.zeros(int(rest.sum()), dtype=bool)]))
    return _merged_points(_worth_drawing(strokes, is_hole))


def _without_repeats(strokes: _Strokes) -> _Strokes:
    """Drop points that rounding put on the one before, and the point that closes a ring."""
    points, starts = strokes.points, strokes.starts
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (points[1:] != points[:-1]).any(axis=1)
    keep[starts[:-1][starts[:-1] < len(points)]] = True
    filled = starts[1:] > starts[:-1]
    ring = (strokes.kind == _POLYGON) & filled
    keep[starts[1:][ring] - 1] = False
    # points that coincide with the closing point round the corner
    stroke = np.repeat(np.arange(len(strokes.kind)), np.diff(starts))
    at_start = (points == points[starts[stroke]]).all(axis=1) & (strokes.kind[stroke] == _POLYGON)
    trailing = _trailing(at_start | ~keep, starts)
    keep &= ~(trailing & at_start)
    keep[starts[:-1][filled]] = True
    kept = np.concatenate([[0], np.cumsum(keep)])[starts]
    return _Strokes(points[keep], kept, strokes.feature, strokes.kind)


def _trailing(flag: Array, starts: Array) -> Array:
    """Where `flag` holds from here to the end of the stroke."""
    count = len(flag)
    first_bad_after = np.where(flag, count, np.arange(count))
    nearest = np.minimum.accumulate(first_bad_after[::-1])[::-1]
    end = np.repeat(starts[1:], np.diff(starts))
    trailing: Array = nearest >= end
    return trailing


def _turned(strokes: _Strokes, is_hole: Array) -> tuple[_Strokes, Array]:
    """Shells turn clockwise on the screen and holes the other way; strokes that enclose nothing lose their
    points.
    """
    points, starts = strokes.points, strokes.starts
    doubled = _doubled_areas(points, starts)
    ring = strokes.kind == _POLYGON
    backward = ring & ((doubled > 0) == is_hole)
    here = np.arange(len(points))
    stroke = np.repeat(np.arange(len(ring)), np.diff(starts))
    order = np.where(backward[stroke], starts[stroke] + starts[stroke + 1] - 1 - here, here)
    flat = ring & (doubled == 0)
    return _without(_Strokes(points[order], starts, strokes.feature, strokes.kind), flat), is_hole


def _doubled_areas(points: Array, starts: Array) -> Array:
    """Twice the signed area of each stroke, taken as a ring without its closing point."""
    following = np.arange(1, len(points) + 1)
    filled = starts[1:] > starts[:-1]
    following[starts[1:][filled] - 1] = starts[:-1][filled]
    x, y = points[:, 0], points[:, 1]
    cross = x * y[following] - x[following] * y
    sums = np.concatenate([[0], np.cumsum(cross)])
    doubled: Array = sums[starts[1:]] - sums[starts[:-1]]
    return doubled


def _without(strokes: _Strokes, empty: Array) -> _Strokes:
    keep = ~np.repeat(empty, np.diff(strokes.starts))
    kept = np.concatenate([[0], np.cumsum(keep)])[strokes.starts]
    return _Strokes(strokes.points[keep], kept, strokes.feature, strokes.kind)


def _worth_drawing(strokes: _Strokes, is_hole: Array) -> _Strokes:
    """Without empty strokes, lines of one point, and holes whose shell has vanished."""
    count = np.diff(strokes.starts)
    least = np.array([0, 1, 2, 3])[strokes.kind]
    good = count >= least
    # a hole belongs to the last shell before it
    shell = np.maximum.accumulate(np.where(is_hole, -1, np.arange(len(good))))
    if len(good):
        good &= good[shell]
    strokes = _without(strokes, ~good)
    starts = np.concatenate([strokes.starts[:-1][good], strokes.starts[-1:]])
    feature, kind = strokes.feature[good], strokes.kind[good]
    order = np.argsort(feature, kind="stable")
    return (
        _Strokes(strokes.points, starts, feature, kind)
        if (order == np.arange(len(order))).all()
        else (_reordered(_Strokes(strokes.points, starts, feature, kind), order))
    )


def _reordered(strokes: _Strokes, order: Array) -> _Strokes:
    count = np.diff(strokes.starts)[order]
    starts = np.concatenate([[0], np.cumsum(count)])
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], count)
    points = strokes.points[np.repeat(strokes.starts[:-1][order], count) + within]
    return _Strokes(points, starts, strokes.feature[order], strokes.kind[order])


def _merged_points(strokes: _Strokes) -> _Strokes:
    """The points of one feature are one stroke: a single MoveTo with all of them."""
    if not len(strokes.kind):
        return strokes
    first = np.ones(len(strokes.kind), dtype=bool)
    first[1:] = (strokes.kind[1:] != _POINT) | (strokes.feature[1:] != strokes.feature[:-1])
    starts = np.concatenate([strokes.starts[:-1][first], strokes.starts[-1:]])
    return _Strokes(strokes.points, starts, strokes.feature[first], strokes.kind[first])


def _commands(strokes: _Strokes) -> tuple[Array, Array]:
    """The 32-bit words of all strokes, and where each stroke ends among them."""
    count = np.diff(strokes.starts)
    kind = strokes.kind
    head = np.where(kind == _POINT, 1, 2)  # MoveTo, and LineTo after the first point
    length = 2 * count + head + (kind == _POLYGON)
    ends = np.cumsum(length)
    begins = ends - length
    words = np.zeros(int(ends[-1]), dtype=np.int64)
    stroke = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(strokes.points)) - strokes.starts[:-1][stroke]
    place = begins[stroke] + 1 + 2 * within + np.where((kind[stroke] != _POINT) & (within > 0), 1, 0)
    steps = _steps(strokes)
    words[place], words[place + 1] = steps[:, 0], steps[:, 1]
    words[begins] = np.where(kind == _POINT, count << 3 | _MOVE, 1 << 3 | _MOVE)
    drawn = kind != _POINT
    words[begins[drawn] + 3] = (count[drawn] - 1) << 3 | 2
    words[ends[kind == _POLYGON] - 1] = _CLOSE
    return words, ends


def _steps(strokes: _Strokes) -> Array:
    """From each point to the next, zigzag; each feature begins at the corner of the tile."""
    steps = strokes.points.copy()
    steps[1:] -= strokes.points[:-1]
    first_stroke = np.ones(len(strokes.feature), dtype=bool)
    first_stroke[1:] = strokes.feature[1:] != strokes.feature[:-1]
    first = strokes.starts[:-1][first_stroke]
    steps[first] = strokes.points[first]
    zigzag: Array = (steps << 1) ^ (steps >> 63)
    return zigzag


# --- protocol buffers -------------------------------------------------------------------------------------


def _varints(words: Array) -> tuple[bytes, Array]:
    """All words as varints in one stream, and where each ends."""
    size = np.ones(len(words), dtype=np.int64)
    for bits in (7, 14, 21, 28, 35):
        size += words >= 1 << bits
    ends = np.cumsum(size)
    stream = np.zeros(int(ends[-1]), dtype=np.uint8)
    begins = ends - size
    for position in range(int(size.max())):
        here = size > position
        more = np.where(size[here] > position + 1, 0x80, 0)
        stream[begins[here] + position] = (words[here] >> 7 * position) & 0x7F | more
    return stream.tobytes(), ends


_SHORT = [bytes((n,)) for n in range(128)] + [bytes((n & 0x7F | 0x80, n >> 7)) for n in range(128, 1 << 14)]


def _varint(n: int) -> bytes:
    if n < 1 << 14:
        return _SHORT[n]
    parts = bytearray()
    while n > 0x7F:
        parts.append(n & 0x7F | 0x80)
        n >>= 7
    parts.append(n)
    return bytes(parts)


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body
