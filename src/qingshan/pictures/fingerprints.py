"""By what is a picture recognised, after it was compressed, resized, cropped, mirrored or stamped?

By two things that none of these takes away. *Points*: the blobs of light and dark that stand out at their own size,
wherever they lie, each with the signs of what surrounds it (32 bits). A crop or a stamp removes some of them and
leaves the others as they were. And two small maps for comparing cell by cell, once the points have said how two
pictures lie over one another: a *relief*, each cell brighter or darker than its surroundings; and the *light*, how
bright these surroundings are, in which two photographs of one place differ and two copies of one photograph do not.

What is written beside the picture (EXIF) has no part in it. No picture can be made from a fingerprint.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from qingshan.pictures.errors import PicturesError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Words = np.ndarray[Any, np.dtype[np.uint32]]

LONG_SIDE_PX = 256
"""Points are sought in a picture of this size: what is finer does not survive compression."""
RELIEF_CELLS = 64
RELIEF_SIGMA = 3.0
"""How far the surroundings of a cell reach, in cells."""
POINTS_AT_MOST = 48

_SIGMAS_PX = 2.0 * 2 ** (np.arange(9) / 3)
_SOUGHT = range(3, 8)
"""Steps of `_SIGMAS_PX` at which a point may lie: blobs of 4 to 10 pixels' deviation."""
_FINER = 2
"""Surroundings are read so many steps finer than the point."""
_GRID = 8
_REACH = 3.6
"""Surroundings reach so many deviations from the point."""
_PAD_PX = 40
_FAINT = 0.8
"""Grey levels that a blob must stand out by, or it may be noise."""
_ELONGATED = 10.0
"""A ridge slides along itself; only what is round enough has a place."""

_WAVES = [
    (0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (0, 3), (3, 0), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2),
    (0, 4), (4, 0), (3, 3), (1, 4), (4, 1), (2, 4), (4, 2), (0, 5), (5, 0), (3, 4), (4, 3), (1, 5),
    (5, 1), (2, 5), (5, 2), (4, 4), (3, 5), (5, 3), (4, 5),
]  # fmt: skip
"""Waves (down, across) whose signs describe what surrounds a point; the 32nd bit says light or dark."""
_KEY_BITS = 28
_MIRRORED = np.uint32(sum(1 << bit for bit, (_, across) in enumerate(_WAVES) if across % 2))
"""A wave that is odd across changes its sign in a mirror."""

_VERSION = 1
_HEAD = struct.Struct("<BIIBBB")
_POINT = np.dtype([("x", "<u2"), ("y", "<u2"), ("sigma", "<u2"), ("bits", "<u4"), ("weak", "u1", (2,))])
_FULL = 65535.0
_SIGMA_FULL = 0.125


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """What a picture is recognised by; about 2 kB as bytes."""

    width_px: int
    height_px: int
    """Of the upright picture, as it was handed in."""
    points: np.ndarray[Any, Any]
    """Strongest first, of the type `_POINT`."""
    relief: Bytes
    """0 to 15, 7.5 is as bright as the surroundings."""
    light: Bytes
    """0 to 255, how bright the surroundings are, two cells by two."""

    def __bytes__(self) -> bytes:
        tall, wide = self.relief.shape
        head = _HEAD.pack(_VERSION, self.width_px, self.height_px, len(self.points), tall, wide)
        flat = np.append(self.relief.ravel(), np.zeros(self.relief.size % 2, np.uint8))
        return head + self.points.tobytes() + (flat[::2] << 4 | flat[1::2]).tobytes() + self.light.tobytes()

    @classmethod
    def of_bytes(cls, stored: bytes) -> Fingerprint:
        """The fingerprint that was stored. PicturesError where these bytes are none of this version."""
        try:
            version, width_px, height_px, count, tall, wide = _HEAD.unpack_from(stored)
            end = _HEAD.size + count * _POINT.itemsize
            middle = end + (tall * wide + 1) // 2
            lit = tall // 2, wide // 2
            if version != _VERSION or len(stored) != middle + lit[0] * lit[1]:
                raise ValueError(version)
        except (struct.error, ValueError) as fault:
            raise PicturesError.because("pictures.other_fingerprint") from fault
        points = np.frombuffer(stored[_HEAD.size : end], _POINT)
        pairs = np.frombuffer(stored[end:middle], np.uint8)
        flat = np.stack([pairs >> 4, pairs & 15], axis=1).ravel()[: tall * wide]
        light = np.frombuffer(stored[middle:], np.uint8).reshape(lit)
        return cls(width_px, height_px, points, flat.reshape(tall, wide), light)

    @property
    def size(self) -> Floats:
        """Width and height, the longer side being 1."""
        return np.array([self.width_px, self.height_px]) / max(self.width_px, self.height_px)

    @property
    def places(self) -> Floats:
        """Where the points lie (x, y), the longer side being 1."""
        return np.stack([self.points["x"], self.points["y"]], axis=1) / _FULL

    @property
    def sigmas(self) -> Floats:
        """How large the blobs are, the longer side being 1."""
        sigmas: Floats = self.points["sigma"] / _FULL * _SIGMA_FULL
        return sigmas

    def mirrored(self) -> Fingerprint:
        """The fingerprint of the picture in a mirror (left and right exchanged)."""
        points = self.points.copy()
        across = self.size[0] * _FULL
        points["x"] = np.clip(across - points["x"], 0, _FULL).round()
        points["bits"] ^= _MIRRORED
        relief, light = self.relief[:, ::-1], self.light[:, ::-1]
        return Fingerprint(self.width_px, self.height_px, points, relief, light)


def fingerprint(image: Image.Image) -> Fingerprint:
    """The fingerprint of an upright picture."""
    grey = image.convert("L")
    scale = LONG_SIDE_PX / max(grey.size)
    small = grey.resize([max(1, round(side * scale)) for side in grey.size], Image.Resampling.BOX)
    points = _points(np.asarray(small, dtype=float))
    return Fingerprint(image.width, image.height, points, *_maps(grey))


def band_keys(one: Fingerprint) -> tuple[int, ...]:
    """Whole numbers below 2²⁸ to store beside the picture: pictures that share some are worth comparing."""
    return tuple(sorted({int(key) for key in _keys(one.points["bits"])}))


def sought_keys(one: Fingerprint) -> tuple[int, ...]:
    """The numbers to look for among the stored ones: as it is and mirrored, with the least certain signs both ways."""
    found: set[int] = set()
    for way in (one, one.mirrored()):
        bits = way.points["bits"]
        weak = np.uint32(1) << way.points["weak"].astype(np.uint32)
        for flips in (bits ^ bits, weak[:, 0], weak[:, 1], weak[:, 0] | weak[:, 1]):
            found |= {int(key) for key in _keys(np.asarray(bits ^ flips, np.uint32))}
    return tuple(sorted(found))


def _keys(bits: Words) -> Words:
    waves = np.uint32((1 << (_KEY_BITS - 1)) - 1)
    return (bits & waves) | (bits >> np.uint32(31) << np.uint32(_KEY_BITS - 1))


# --- points ---------------------------------------------------------------------------------------------


def _points(grey: Floats) -> np.ndarray[Any, Any]:
    smooth, blobs = _scales(grey)
    step, row, column = _extrema(blobs)
    step, row, column, strength = _refined(blobs, step, row, column)
    sigma = _SIGMAS_PX[0] * 2 ** (step / 3)
    tall, wide = grey.shape
    reach = sigma * _REACH
    whole = (row >= reach) & (column >= reach) & (row <= tall - 1 - reach) & (column <= wide - 1 - reach)
    chosen = np.flatnonzero(whole)
    chosen = chosen[np.argsort(-np.abs(strength[chosen]), kind="stable")][:POINTS_AT_MOST]
    made = np.zeros(len(chosen), _POINT)
    if not len(chosen):
        return made
    row, column, sigma, step, strength = (each[chosen] for each in (row, column, sigma, step, strength))
    made["x"] = np.clip((column + 0.5) / max(grey.shape) * _FULL, 0, _FULL).round()
    made["y"] = np.clip((row + 0.5) / max(grey.shape) * _FULL, 0, _FULL).round()
    made["sigma"] = (sigma / max(grey.shape) / _SIGMA_FULL * _FULL).round()
    made["bits"], made["weak"] = _described(smooth, row, column, sigma, step, strength)
    return made


def _scales(grey: Floats) -> tuple[Floats, Floats]:
    """The picture ever smoother, and how much each place stands out from its surroundings at each step."""
    padded = np.pad(grey, _PAD_PX, mode="symmetric")
    down = np.fft.fftfreq(padded.shape[0])[:, None]
    across = np.fft.rfftfreq(padded.shape[1])[None, :]
    squared = (2 * np.pi) ** 2 * (down**2 + across**2)
    spectrum = np.fft.rfft2(padded)
    inside = np.s_[_PAD_PX : _PAD_PX + grey.shape[0], _PAD_PX : _PAD_PX + grey.shape[1]]
    smooth, blobs = [], []
    for sigma in _SIGMAS_PX:
        smoothed = spectrum * np.exp(-squared * sigma**2 / 2)
        smooth.append(np.fft.irfft2(smoothed, s=padded.shape)[inside])
        blobs.append(np.fft.irfft2(smoothed * squared * sigma**2, s=padded.shape)[inside])
    return np.stack(smooth), np.stack(blobs)


def _extrema(blobs: Floats) -> tuple[Any, Any, Any]:
    """Where a blob stands out more than at all its neighbours in place and size."""
    size = np.abs(blobs)
    core = size[_SOUGHT.start : _SOUGHT.stop, 1:-1, 1:-1]
    largest = core > _FAINT
    _, tall, wide = size.shape
    for dk in (-1, 0, 1):
        for dy in (0, 1, 2):
            for dx in (0, 1, 2):
                if (dk, dy, dx) != (0, 1, 1):
                    beside = size[
                        _SOUGHT.start + dk : _SOUGHT.stop + dk, dy : tall - 2 + dy, dx : wide - 2 + dx
                    ]
                    largest &= core >= beside
    step, row, column = np.nonzero(largest)
    step, row, column = step + _SOUGHT.start, row + 1, column + 1
    round_enough = _round_enough(blobs, step, row, column)
    return step[round_enough], row[round_enough], column[round_enough]


def _round_enough(blobs: Floats, step: Any, row: Any, column: Any) -> Any:
    here = blobs[step, row, column]
    down = blobs[step, row + 1, column] + blobs[step, row - 1, column] - 2 * here
    across = blobs[step, row, column + 1] + blobs[step, row, column - 1] - 2 * here
    both = (
        blobs[step, row + 1, column + 1]
        + blobs[step, row - 1, column - 1]
        - blobs[step, row + 1, column - 1]
        - blobs[step, row - 1, column + 1]
    ) / 4
    spread = down * across - both**2
    return (spread > 0) & ((down + across) ** 2 < _ELONGATED * spread)


def _refined(blobs: Floats, step: Any, row: Any, column: Any) -> tuple[Floats, Floats, Floats, Floats]:
    """Steps, rows and columns between the whole ones, by a parabola in each direction; and the strength."""
    here = blobs[step, row, column]

    def between(before: Any, after: Any) -> Any:
        bend = before + after - 2 * here
        moved = np.divide((before - after) / 2, bend, out=np.zeros_like(here), where=bend != 0)
        return np.clip(moved, -0.5, 0.5)

    return (
        step + between(blobs[step - 1, row, column], blobs[step + 1, row, column]),
        row + between(blobs[step, row - 1, column], blobs[step, row + 1, column]),
        column + between(blobs[step, row, column - 1], blobs[step, row, column + 1]),
        here,
    )


def _described(
    smooth: Floats, row: Floats, column: Floats, sigma: Floats, step: Floats, strength: Floats
) -> tuple[Words, Any]:
    """The signs of the waves around each point, and which two of them are the least certain."""
    offsets = (np.arange(_GRID) - (_GRID - 1) / 2) / ((_GRID - 1) / 2) * (_REACH - 0.1)
    rows = row[:, None, None] + offsets[None, :, None] * sigma[:, None, None]
    columns = column[:, None, None] + offsets[None, None, :] * sigma[:, None, None]
    patch = _sampled(smooth, step[:, None, None] - _FINER, rows, columns)
    at = np.arange(_GRID) + 0.5
    cosines = np.cos(np.pi / _GRID * np.outer(np.arange(_GRID), at))
    waves = np.einsum("ui,nij,vj->nuv", cosines, patch, cosines)
    chosen = np.stack([waves[:, down, across] for down, across in _WAVES], axis=1)
    positive = np.concatenate([chosen > 0, strength[:, None] > 0], axis=1)
    bits = (positive.astype(np.uint64) << np.arange(32, dtype=np.uint64)).sum(axis=1).astype(np.uint32)
    weak = np.argsort(np.abs(chosen[:, : _KEY_BITS - 1]) / _USUAL, axis=1, kind="stable")[:, :2]
    return bits, weak


_USUAL = np.array([1 / (down**2 + across**2) for down, across in _WAVES[: _KEY_BITS - 1]])
"""How strong a wave is on the whole, so that weak ones can be told from merely short ones."""


def _sampled(stack: Floats, step: Floats, row: Floats, column: Floats) -> Floats:
    """Values between the cells of a stack, in all three directions."""
    corners = []
    for axis, at in enumerate(np.broadcast_arrays(step, row, column)):
        low = np.clip(np.floor(at), 0, stack.shape[axis] - 2).astype(int)
        corners.append((low, np.clip(at - low, 0, 1)))
    (k, dk), (y, dy), (x, dx) = corners
    total = np.zeros(k.shape)
    for a in (0, 1):
        for b in (0, 1):
            for c in (0, 1):
                share = (dk if a else 1 - dk) * (dy if b else 1 - dy) * (dx if c else 1 - dx)
                total += share * stack[k + a, y + b, x + c]
    return total


# --- relief and light -----------------------------------------------------------------------------------


def _maps(grey: Image.Image) -> tuple[Bytes, Bytes]:
    """Relief, in units of how much the surroundings vary (nearly even ground stays even), and light."""
    scale = RELIEF_CELLS / max(grey.size)
    # an even number of cells, so that every second one lies as evenly from both sides
    cells = [max(4, round(side * scale / 2) * 2) for side in grey.size]
    small = np.asarray(grey.resize(cells, Image.Resampling.BOX), dtype=float)
    light = _around(small)
    apart = small - light
    varying = np.sqrt(_around(apart**2) + 2.0**2)
    relief = np.clip(np.round(apart / varying * 3 + 7.5), 0, 15).astype(np.uint8)
    pairs = (light[::2, ::2] + light[1::2, ::2] + light[::2, 1::2] + light[1::2, 1::2]) / 4
    return relief, pairs.round().astype(np.uint8)


def _around(cells: Floats) -> Floats:
    """The mean of the surroundings of each cell, near ones counting more."""
    return softened(cells, sigma=RELIEF_SIGMA)


def softened(cells: Floats, *, sigma: float) -> Floats:
    """A map made smoother by so many cells; beyond its edges it goes on as in a mirror."""
    reach = max(1, min(int(np.ceil(2 * sigma)), *cells.shape))
    weights = np.exp(-((np.arange(-reach, reach + 1) / sigma) ** 2) / 2)
    weights /= weights.sum()
    padded = np.pad(cells, reach, mode="symmetric")
    down = np.stack([weight * padded[at : at + cells.shape[0]] for at, weight in enumerate(weights)]).sum(
        axis=0
    )
    both: Floats = np.stack(
        [weight * down[:, at : at + cells.shape[1]] for at, weight in enumerate(weights)]
    ).sum(axis=0)
    return both
