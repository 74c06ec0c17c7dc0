"""Is this picture that one again, perhaps cropped, mirrored, resized, compressed or stamped?

First the points say how the two lie over one another: one picture moved and enlarged, agreed on by several points
that were recognised one by one. Two copies of one photograph lie inside one another; two photographs of one place
lie beside one another, and then nothing is said. Then the reliefs are compared on the ground that both show, block
by block, so that a stamp spoils only its own blocks; from another spot what is near lies elsewhere. Last the light: a
copy may be brighter or darker as a whole, another hour is brighter here and darker there.

What is found is a doubt with its score. Whether a picture was used twice, a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qingshan.pictures.fingerprints import RELIEF_SIGMA, Fingerprint, Floats, softened
from qingshan.rules.evidence import CopyKind


@dataclass(frozen=True)
class Likeness:
    """The answer: what was done, how closely the two agree (0 to 1), and how much of the larger one is shown."""

    kind: CopyKind
    score: float
    shared: float
    """Share of the larger picture that the other shows too."""


SHARED_KEYS_AT_LEAST = 2
"""Pictures that share fewer keys are not worth comparing; to compare two that differ takes no time."""
_BITS_APART = 5
"""Of 32: points with more signs apart are not taken for one point."""
_AGREEING_AT_LEAST = 4
_WITHIN = 0.015
"""Shares of the longer side by which a point may miss its place."""
_SCALES = (0.6, 1.67)
"""How much larger one may show the same: a crop leaves at least six tenths of the width."""
_AS_BRIGHT = 7.5
_BLOCKS = 6
"""Reliefs are compared in so many blocks each way."""
_BLOCKS_AT_LEAST = 6
_CELLS_AT_LEAST = 25
_EVEN = 0.6
"""A block whose relief varies less shows nothing: sky, haze."""
_MIDDLE_AT_LEAST, _LOWER_AT_LEAST = 0.75, 0.6
_LIGHT_APART_AT_MOST = 0.06
_LITTLE_VARIETY = 6.0
"""Grey levels; dust over a quarry varies no more, and a copy is only exact to a level."""
_BLACK, _WHITE = 4, 247
_CONTRASTS = (0.6, 1.7)
_OVER_THE_EDGE = 0.006
"""Shares of the longer side. Copies lie inside one another to within a third of this; a step aside is more."""
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
    if overlay is None or not _one_inside_the_other(one, other, overlay):
        return None
    agreement = _agreement(one, other, overlay)
    if agreement is None or not agreement.is_enough:
        return None
    shared = _shared(one, other, overlay)
    return Likeness(_kind(shared, mirrored=mirrored), round(agreement.middle, 3), round(shared, 3))


def _kind(shared: float, *, mirrored: bool) -> CopyKind:
    if shared >= _WHOLE:
        return CopyKind.MIRRORED if mirrored else CopyKind.SAME
    return CopyKind.MIRRORED_AND_CROPPED if mirrored else CopyKind.CROPPED


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


def _one_inside_the_other(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> bool:
    low, high = overlay(np.zeros(2)), overlay(other.size)
    margin = _OVER_THE_EDGE
    other_inside = (low >= -margin).all() and (high <= one.size + margin).all()
    one_inside = (low <= margin).all() and (high >= one.size - margin).all()
    return bool(other_inside or one_inside)


def _shared(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> float:
    """The share of the larger picture that both show."""
    low, high = overlay(np.zeros(2)), overlay(other.size)
    common = np.clip(np.minimum(high, one.size) - np.maximum(low, 0), 0, None).prod()
    return min(1.0, float(common / max(one.size.prod(), (high - low).prod())))


# --- do they agree there? ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Agreement:
    """How closely two pictures agree where both show something."""

    middle: float
    """Correlation of the reliefs: of half of the blocks it is higher."""
    lower: float
    """Of three quarters of the blocks it is higher."""
    light_apart: float
    """How far the light of one is from the light of the other made brighter or darker, for its variety."""
    contrast: float
    """By how much the contrast of one is that of the other."""

    @property
    def is_enough(self) -> bool:
        low, high = _CONTRASTS
        close = self.middle >= _MIDDLE_AT_LEAST and self.lower >= _LOWER_AT_LEAST
        return close and self.light_apart <= _LIGHT_APART_AT_MOST and low <= self.contrast <= high


def _agreement(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> _Agreement | None:
    """After the best small adjustment; None where too little can be compared."""
    tried = [(_correlations(one, other, each), each) for each in _adjusted(overlay, other)]
    correlations, overlay = max(tried, key=lambda each: np.median(each[0]) if len(each[0]) else -1.0)
    light = _light(one, other, overlay)
    if len(correlations) < _BLOCKS_AT_LEAST or light is None:
        return None
    lower, middle = np.quantile(correlations, (0.25, 0.5))
    return _Agreement(float(middle), float(lower), *light)


def _adjusted(overlay: _Overlay, other: Fingerprint) -> list[_Overlay]:
    middle = other.size / 2 * overlay.scale
    return [
        _Overlay(overlay.scale * grown, overlay.shift + middle * (1 - grown)) for grown in (0.99, 1.0, 1.01)
    ]


def _laid_over(
    first: Floats, second: Floats, pair: tuple[Fingerprint, Fingerprint], overlay: _Overlay
) -> Floats:
    """The second map where the cells of the first are; what it does not show is not a number."""
    one, other = pair
    tall, wide = first.shape
    rows, columns = np.mgrid[0:tall, 0:wide]
    here = np.stack([(columns + 0.5) / wide * one.size[0], (rows + 0.5) / tall * one.size[1]], axis=-1)
    there = (here - overlay.shift) / overlay.scale / other.size
    column, row = there[..., 0] * second.shape[1] - 0.5, there[..., 1] * second.shape[0] - 0.5
    shown = (row >= 0) & (row <= second.shape[0] - 1) & (column >= 0) & (column <= second.shape[1] - 1)
    return np.where(shown, _between(second, row, column), np.nan)


def _correlations(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> Floats:
    """Of the reliefs, for each block that shows something; even ones, or hardly shown ones, say nothing."""
    first = one.relief.astype(float) - _AS_BRIGHT
    second = _laid_over(first, other.relief.astype(float) - _AS_BRIGHT, (one, other), overlay)
    rows, columns = np.mgrid[0 : first.shape[0], 0 : first.shape[1]]
    block = (rows * _BLOCKS // first.shape[0]) * _BLOCKS + columns * _BLOCKS // first.shape[1]
    shown = ~np.isnan(second)
    number, a, b = block[shown], first[shown], second[shown]
    count = np.bincount(number, minlength=_BLOCKS**2)

    def mean(values: Floats) -> Floats:
        means: Floats = np.bincount(number, weights=values, minlength=_BLOCKS**2) / np.maximum(count, 1)
        return means

    varying_a, varying_b = mean(a * a) - mean(a) ** 2, mean(b * b) - mean(b) ** 2
    telling = (count >= _CELLS_AT_LEAST) & (varying_a > _EVEN) & (varying_b > _EVEN)
    together = mean(a * b) - mean(a) * mean(b)
    correlations: Floats = together[telling] / np.sqrt(varying_a[telling] * varying_b[telling])
    return correlations


def _light(one: Fingerprint, other: Fingerprint, overlay: _Overlay) -> tuple[float, float] | None:
    """`light_apart` and `contrast`: one straight line from light to light fits copies, never two hours of a day."""
    first = one.light.astype(float)
    second = _laid_over(first, other.light.astype(float), (one, other), overlay)
    shown = ~np.isnan(second)
    first, second = _equally_soft(first, second, overlay.scale)
    # where one of them is white or black all over, nothing can be told from the other
    for light in (first, second):
        shown &= (light > _BLACK) & (light < _WHITE)
    shown &= _inner(shown)
    a, b = first[shown], second[shown]
    kept = np.ones(len(a), dtype=bool)
    for _ in range(3):
        if kept.sum() < _CELLS_AT_LEAST or a[kept].std() < 0.5:
            return None
        contrast, base = np.polyfit(a[kept], b[kept], 1)
        apart = np.abs(a * contrast + base - b)
        # a stamp is no light: the worst places do not count
        kept = apart <= np.quantile(apart, 0.75)
    variety = max(b.std(), _LITTLE_VARIETY)
    return float(np.median(apart) / variety), float(contrast)


def _equally_soft(first: Floats, second: Floats, scale: float) -> tuple[Floats, Floats]:
    """Light is as soft as its picture was small: the sharper of the two is softened to the other."""
    sigma = RELIEF_SIGMA / 2 * abs(scale**2 - 1) ** 0.5
    if sigma < 0.3:
        return first, second
    if scale > 1:
        return softened(first, sigma=sigma), second
    shown = ~np.isnan(second)
    weight = softened(shown.astype(float), sigma=sigma)
    filled = softened(np.where(shown, second, 0.0), sigma=sigma)
    return first, np.divide(filled, weight, out=np.zeros_like(filled), where=weight > 0)


def _inner(shown: Any) -> Any:
    """Without the outermost cells, whose surroundings are cut off."""
    padded = np.pad(shown, 1)
    return padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]


def _between(cells: Floats, row: Floats, column: Floats) -> Floats:
    """Values between the cells of a map."""
    top = np.clip(np.floor(row), 0, cells.shape[0] - 2).astype(int)
    left = np.clip(np.floor(column), 0, cells.shape[1] - 2).astype(int)
    down, across = np.clip(row - top, 0, 1), np.clip(column - left, 0, 1)
    upper = cells[top, left] * (1 - across) + cells[top, left + 1] * across
    lower = cells[top + 1, left] * (1 - across) + cells[top + 1, left + 1] * across
    mixed: Floats = upper * (1 - down) + lower * down
    return mixed
