"""Is this picture that one again, perhaps cropped, mirrored, resized, compressed or stamped?

First the points say how the two lie over one another: one picture moved and enlarged, agreed on by several points
that were recognised one by one. Then the reliefs are compared on the ground that both show, block by block, so that
a stamp in a corner spoils only its own blocks. A picture that was cropped lies wholly inside the other; two pictures
of one place from two spots lie beside one another, and must agree far more closely before anything is said.

What is found is a doubt with its score. Whether a picture was used twice, a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.pictures.fingerprints import Fingerprint, Floats, band_keys, fingerprint, sought_keys
from qingshan.rules.words import Named

__all__ = ["Fingerprint", "Likeness", "LikenessKind", "band_keys", "fingerprint", "likeness", "sought_keys"]


class LikenessKind(Named):
    """相似方式: what was done to a picture between its two uses, as far as it can be seen."""

    SAME = "same", "画面相同", "the same picture"
    CROPPED = "cropped", "一张是另一张的局部", "one is a part of the other"
    MIRRORED = "mirrored", "左右镜像", "mirrored"
    MIRRORED_AND_CROPPED = "mirrored_and_cropped", "左右镜像且为局部", "mirrored, and one is a part of the other"


@dataclass(frozen=True)
class Likeness:
    """The answer: what was done, how closely the two agree (0 to 1), and how much of the larger one is shown."""

    kind: LikenessKind
    score: float
    shared: float
    """Share of the larger picture that the other shows too."""


SHARED_KEYS_AT_LEAST = 2
"""Pictures that share fewer keys are not worth comparing."""
_BITS_APART = 5
_AGREEING_AT_LEAST = 4
_WITHIN = 0.015
"""Shares of the longer side by which a point may miss its place."""
_SCALES = (0.6, 1.67)
_BLOCKS = 6
_BLOCKS_AT_LEAST = 6
_ENOUGH = 0.75
_ENOUGH_BESIDE = 0.93
_OVER_THE_EDGE = 0.02
_WHOLE = 0.96
"""From this share on nothing was cropped."""


def likeness(one: Fingerprint, other: Fingerprint) -> Likeness | None:
    """How the two are one picture, or None where nothing speaks for it. The order makes no difference."""
    found = [
        like
        for mirrored, second in ((False, other), (True, other.mirrored()))
        if (like := _compared(one, second, mirrored=mirrored)) is not None
    ]
    return max(found, key=lambda like: like.score, default=None)


@dataclass(frozen=True)
class _Overlay:
    """Where a place of the second picture lies in the first: enlarged, then moved."""

    scale: float
    shift: Floats

    def __call__(self, places: Floats) -> Floats:
        moved: Floats = places * self.scale + self.shift
        return moved


def _compared(one: Fingerprint, other: Fingerprint, *, mirrored: bool) -> Likeness | None:
    overlay = _overlay(one, other)
    if overlay is None:
        return None
    score = _agreement(one, other, overlay)
    inside, shared = _shared(one, other, overlay)
    if score < (_ENOUGH if inside else _ENOUGH_BESIDE):
        return None
    return Likeness(_kind(shared, mirrored=mirrored), round(score, 3), round(shared, 3))


def _kind(shared: float, *, mirrored: bool) -> LikenessKind:
    if shared >= _WHOLE:
        return LikenessKind.MIRRORED if mirrored else LikenessKind.SAME
    return LikenessKind.MIRRORED_AND_CROPPED if mirrored else LikenessKind.CROPPED


# --- how the two lie over one another ---------------------------------------------------------------------


def _overlay(one: Fingerprint, other: Fingerprint) -> _Overlay | None:
    """What most pairs of like points agree on; None where too few agree."""
    if not (len(one.points) and len(other.points)):
        return None
    apart = np.bitwise_count(one.points["bits"][:, None] ^ other.points["bits"][None, :])
    first, second = np.nonzero(apart <= _BITS_APART)
    if len(first) < _AGREEING_AT_LEAST:
        return None
    scales = one.sigmas[first] / other.sigmas[second]
    sensible = (scales > _SCALES[0]) & (scales < _SCALES[1])
    first, second, scales = first[sensible], second[sensible], scales[sensible]
    here, there = one.places[first], other.places[second]
    shifts = here - there * scales[:, None]
    # each pair says how the pictures lie; which pairs agree with it?
    misses = np.abs(there[None] * scales[:, None, None] + shifts[:, None] - here[None]).max(axis=2)
    agreeing = (misses < _WITHIN * 2) & (np.abs(np.log(scales[:, None] / scales[None])) < 0.25)
    if not agreeing.size:
        return None
    best = agreeing[np.argmax(agreeing.sum(axis=1))]
    return _fitted(here[best], there[best], first[best])


def _fitted(here: Floats, there: Floats, points: Any) -> _Overlay | None:
    """The overlay that fits all these pairs best, without those that miss it."""
    for within in (_WITHIN, _WITHIN / 2):
        if len(set(points)) < _AGREEING_AT_LEAST:
            return None
        middle_here, middle_there = here.mean(axis=0), there.mean(axis=0)
        spread = ((there - middle_there) ** 2).sum()
        if spread < 1e-4:
            return None
        scale = float(((here - middle_here) * (there - middle_there)).sum() / spread)
        overlay = _Overlay(scale, middle_here - middle_there * scale)
        near = np.abs(overlay(there) - here).max(axis=1) < within
        here, there, points = here[near], there[near], points[near]
    return overlay if len(set(points)) >= _AGREEING_AT_LEAST else None


def _shared(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> tuple[bool, float]:
    """Whether one picture lies wholly inside the other, and the share of the larger that both show."""
    low, high = overlay(np.zeros(2)), overlay(other.size)
    margin = _OVER_THE_EDGE
    other_inside = bool((low >= -margin).all() and (high <= one.size + margin).all())
    one_inside = bool((low <= margin).all() and (high >= one.size - margin).all())
    common = np.clip(np.minimum(high, one.size) - np.maximum(low, 0), 0, None).prod()
    larger = max(one.size.prod(), (high - low).prod())
    return other_inside or one_inside, min(1.0, float(common / larger))


# --- do they agree there? ------------------------------------------------------------------------------


def _agreement(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> float:
    """The middle one of the correlations of all blocks that show something, after the best small adjustment."""
    best = max(
        (_Overlay(overlay.scale * grown, overlay.shift + overlay.scale * (1 - grown) * other.size / 2) for grown in (0.99, 1.0, 1.01)),
        key=lambda each: _score(one, other, each),
    )
    return _score(one, other, best)


def _score(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> float:
    tall, wide = one.relief.shape
    rows, columns = np.mgrid[0:tall, 0:wide]
    here = np.stack([(columns + 0.5) / wide * one.size[0], (rows + 0.5) / tall * one.size[1]], axis=-1)
    there = (here - overlay.shift) / overlay.scale
    at_row = there[..., 1] / other.size[1] * other.relief.shape[0] - 0.5
    at_column = there[..., 0] / other.size[0] * other.relief.shape[1] - 0.5
    shown = (at_row >= 0) & (at_row <= other.relief.shape[0] - 1)
    shown &= (at_column >= 0) & (at_column <= other.relief.shape[1] - 1)
    second = _between(other.relief - 7.5, at_row, at_column)
    block = (rows * _BLOCKS // tall) * _BLOCKS + columns * _BLOCKS // wide
    return _middle_correlation(one.relief - 7.5, second, np.where(shown, block, -1))


def _between(cells: Floats, row: Floats, column: Floats) -> Floats:
    top = np.clip(np.floor(row), 0, cells.shape[0] - 2).astype(int)
    left = np.clip(np.floor(column), 0, cells.shape[1] - 2).astype(int)
    down, across = np.clip(row - top, 0, 1), np.clip(column - left, 0, 1)
    upper = cells[top, left] * (1 - across) + cells[top, left + 1] * across
    lower = cells[top + 1, left] * (1 - across) + cells[top + 1, left + 1] * across
    mixed: Floats = upper * (1 - down) + lower * down
    return mixed


def _middle_correlation(one: Floats, other: Floats, block: Any) -> float:
    """Blocks that are even, or of which little is shown, say nothing."""
    kept = block >= 0
    number, a, b = block[kept], one[kept], other[kept]
    count = np.bincount(number, minlength=_BLOCKS**2)

    def total(values: Floats) -> Floats:
        return np.bincount(number, weights=values, minlength=_BLOCKS**2)

    with np.errstate(divide="ignore", invalid="ignore"):
        mean_a, mean_b = total(a) / count, total(b) / count
        varying_a, varying_b = total(a * a) / count - mean_a**2, total(b * b) / count - mean_b**2
        correlation = (total(a * b) / count - mean_a * mean_b) / np.sqrt(varying_a * varying_b)
    telling = (count >= 25) & (varying_a > 0.6) & (varying_b > 0.6)
    if telling.sum() < _BLOCKS_AT_LEAST:
        return 0.0
    return float(np.median(correlation[telling]))
