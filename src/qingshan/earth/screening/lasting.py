"""Which pixels of a square lost their plants and did not get them back?

NDVI less what the square as a whole does on that day: a dry year, a late spring or haze lowers all of it alike and is
no disturbance. The monitor says when a pixel left its usual course; whether that lasted is asked of looks in growing
seasons only, in which bare ground differs from plants at all: snow and winter fields raise no alarm, and a field that
lay bare between two crops is green again.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from qingshan.earth import monitor
from qingshan.earth.cube.chips import Stack
from qingshan.earth.cube.folder import KeptScene, usual_sensor
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.images.masks import Mask
from qingshan.earth.judging.looks import day_of
from qingshan.earth.monitor import Breaks, MonitorParams, MonitorState
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.screening.squares import Square
from qingshan.earth.writing import write_whole

Float32s = np.ndarray[Any, np.dtype[np.float32]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


BARE_NDVI, LEAST_GREEN = 0.05, 0.05
"""about where nothing grows, and the least that is divided by: the form of the model, not a threshold"""


@dataclass(frozen=True, kw_only=True)
class ScreeningNumbers:
    """Section [screening] of the parameter set."""

    square_px: int
    """about the side of a square, in pixels"""
    least_clear_share: float
    """share of a square that has to be clear on a date for the date to count there"""
    still_low: float
    """share of the zone's magnitude by which a look has to lie below the former course"""
    still_low_share: float
    """share of the newest telling looks that have to be low, else the land has recovered"""
    least_looks: int
    """low looks below which nothing is said"""
    persistent_days: int
    """days between the first and the last low look from which on a disturbance has lasted"""
    barren_below: float
    """NDVI of the growing season below which no loss can be seen"""
    clear_share: float
    """share of a disturbance that has to be clear for a scene to show it"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """One square with all that its losses rest on."""

    square: Square
    cube: SiteCube
    scenes: tuple[KeptScene, ...]
    """of its frame, those of the period"""
    since: date
    parameters: ParameterSet
    folder: Path

    @property
    def file(self) -> Path:
        """Its name tells what it rests on: what was found before is read, what has changed is found anew."""
        place = f"{self.square.grid.key}|{self.square.window}"
        told = hashlib.sha256(f"{_rules()}|{self.parameters.label}|{self.since}|{place}|".encode())
        told.update("|".join(scene.stamp for scene in self.scenes).encode())
        for area in self.square.land:
            told.update(f"|{area.zone}|".encode() + shapely.to_wkb(area.shape))
        return self.folder / f"{self.square.id}-{told.hexdigest()[:24]}.npz"


@cache
def _rules() -> int:
    """Changes with the sources by which losses come about."""
    here = Path(__file__).parent
    files = [here / "lasting.py", *sorted((here.parent / "monitor").glob("*.py"))]
    return zlib.crc32(b"".join(file.read_bytes() for file in files))


@dataclass(frozen=True, kw_only=True, eq=False)
class Losses:
    """Pixels of a square that lost their plants. All arrays are (n,) in order of row and column."""

    row: Ints
    """on the frame"""
    col: Ints
    first: Ints
    """day of the first look that was off its course, days since 1970-01-01"""
    last: Ints
    """day of the newest low look"""
    looks: Ints
    """low looks in growing seasons"""
    magnitude: Float32s
    """mean departure of these looks from the former course, below 0"""
    has_lasted: Flags
    clear: np.ndarray[Any, np.dtype[np.uint8]]
    """(n, scenes / 8) bits: in which telling scenes of the square the pixel was clear"""
    land_px: int
    """pixels that were to be looked at"""
    seen_px: int
    """of these, pixels seen often enough to say anything"""
    barren_px: int
    """of these, pixels without plants to lose"""


def find(look: Look) -> str:
    """Finds and keeps the losses of a square; its id."""
    losses = losses_of(look)
    buffer = io.BytesIO()
    arrays: dict[str, Any] = {name: np.asarray(value) for name, value in vars(losses).items()}
    np.savez(buffer, **arrays)
    write_whole(look.file, buffer.getvalue())
    return look.square.id


def read(look: Look) -> Losses:
    """What `find` kept."""
    with np.load(look.file) as told:
        kept: dict[str, Any] = {
            name: int(told[name]) if name.endswith("_px") else told[name] for name in told.files
        }
    return Losses(**kept)


def losses_of(look: Look) -> Losses:
    """The losses of a square since a day."""
    numbers = look.parameters.section("screening", ScreeningNumbers)
    params = look.parameters.section("monitor", MonitorParams)
    owner = look.square.zones().ravel()
    land = np.flatnonzero(owner >= 0)
    ndvi, scenes = _ndvi(look)
    is_kept = np.isfinite(ndvi).mean(axis=1) >= numbers.least_clear_share if len(ndvi) else np.zeros(0, bool)
    if not len(land) or not is_kept.any():
        return _none(land_px=len(land), scenes=len(look.scenes))
    ndvi, scenes = ndvi[is_kept], scenes[is_kept]
    days = np.array([day_of(look.scenes[at].day) for at in scenes], np.int32)
    is_telling = _in_season(ndvi)
    values = beside_square(ndvi)[:, land]
    zones = [look.square.land[at].zone for at in owner[land]]
    state = monitor.fit(days, values, params=params, zones=zones)
    found = _lasting(
        state, days, values, is_telling, since=day_of(look.since), numbers=numbers, params=params
    )
    return _told(look, found, land, ndvi[:, land], scenes, is_telling, state=state, numbers=numbers)


def beside_square(ndvi: Float32s) -> Float32s:
    """(dates, pixels) NDVI less what the square as a whole does on each date.

    A dry year takes from each pixel its share of what grows there: the square's departure is the median ratio of
    pixels to their own means above bare ground. Ratios, not values: where half of the square lies under clouds, the
    rest may be all woods or all fields.
    """
    seen = np.isfinite(ndvi)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(seen, ndvi, 0).sum(axis=0, dtype=np.float64) / seen.sum(axis=0)
    grows = np.maximum(mean - BARE_NDVI, LEAST_GREEN).astype(np.float32)
    share = np.array([_median(row) for row in (ndvi - np.float32(BARE_NDVI)) / grows], np.float32)
    beside: Float32s = (ndvi - (share - 1)[:, None] * grows).astype(np.float32)
    return beside


def _median(row: Float32s) -> float:
    known = row[np.isfinite(row)]
    return float(np.median(known))


def _in_season(ndvi: Float32s) -> Flags:
    """Dates on which the square is greener than halfway between its winters and its summers."""
    green = np.array([_median(row) for row in ndvi])
    low, high = np.percentile(green, (10, 90))
    return np.asarray(green >= (low + high) / 2)


def _ndvi(look: Look) -> tuple[Float32s, Ints]:
    """(dates, pixels of the square) NDVI, NaN where not clear, by the usual sensor; and the scenes' places."""
    wanted = {scene.id: at for at, scene in enumerate(look.scenes)}
    stack = look.cube.stack(look.square.id, bands=("red", "nir"))
    usual = usual_sensor(look.scenes)
    places = [
        at for at, scene in enumerate(stack.scenes) if scene.id in wanted and scene.sensor.name == usual.name
    ]
    rows, cols = _inside(stack, look.square)
    red, nir = (stack.bands[name][places, rows, cols].astype(np.float32) for name in ("red", "nir"))
    is_clear = (stack.mask[places, rows, cols] == Mask.CLEAR) & (red + nir > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        ndvi = np.where(is_clear, np.clip((nir - red) / (nir + red), -1, 1), np.float32(np.nan))
    flat = ndvi.reshape(len(places), look.square.window.height * look.square.window.width)
    return flat.astype(np.float32), np.array([wanted[stack.scenes[at].id] for at in places], np.int64)


def _inside(stack: Stack, square: Square) -> tuple[slice, slice]:
    """The square in the window that the cube keeps of it, which is wider."""
    top, left = square.window.row - stack.window.row, square.window.col - stack.window.col
    return slice(top, top + square.window.height), slice(left, left + square.window.width)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Lasting:
    """Of each series at most one loss; all arrays (n,), in order of series."""

    series: Ints
    first: Ints
    last: Ints
    looks: Ints
    magnitude: Float32s
    has_lasted: Flags


def _lasting(
    state: MonitorState,
    days: np.ndarray[Any, np.dtype[np.int32]],
    values: Float32s,
    is_telling: Flags,
    *,
    since: int,
    numbers: ScreeningNumbers,
    params: MonitorParams,
) -> _Lasting:
    """Of each series the earliest loss since a day that the land did not recover from."""
    both = [
        _judged(state, breaks, days, values, is_telling, since=since, numbers=numbers, params=params)
        for breaks in (state.breaks(), state.provisional())
    ]
    told = {name: np.concatenate([getattr(one, name) for one in both]) for name in vars(both[0])}
    order = np.lexsort((told["first"], told["series"]))
    series = told["series"][order]
    earliest = order[np.concatenate(([True], series[1:] != series[:-1]))] if len(order) else order
    return _Lasting(**{name: value[earliest] for name, value in told.items()})


def _judged(
    state: MonitorState,
    breaks: Breaks,
    days: np.ndarray[Any, np.dtype[np.int32]],
    values: Float32s,
    is_telling: Flags,
    *,
    since: int,
    numbers: ScreeningNumbers,
    params: MonitorParams,
) -> _Lasting:
    expected = state.expected_before(days[is_telling], breaks)
    is_new = (breaks.magnitude < 0) & (breaks.day >= since)
    series, first, expected = breaks.series[is_new], breaks.day[is_new].astype(np.int64), expected[:, is_new]
    days, off = days[is_telling], values[is_telling][:, series] - expected
    is_look = np.isfinite(off) & (days[:, None] >= first)
    is_low = is_look & (off <= -numbers.still_low * state.magnitude[series])
    looks = is_low.sum(axis=0)
    newest = is_look & (np.cumsum(is_look[::-1], axis=0)[::-1] <= params.consecutive)
    count = newest.sum(axis=0)
    is_kept = (looks >= numbers.least_looks) & (
        (is_low & newest).sum(axis=0) >= numbers.still_low_share * count
    )
    last = np.where(is_low, days[:, None], -1).max(axis=0, initial=-1)
    begun = np.where(is_low, days[:, None], 2**31 - 1).min(axis=0, initial=2**31 - 1)
    size = np.where(is_low, off, 0).sum(axis=0) / np.maximum(looks, 1)
    has_lasted = (looks >= params.consecutive) & (last - begun >= numbers.persistent_days)
    return _Lasting(
        series=series[is_kept],
        first=first[is_kept],
        last=last[is_kept].astype(np.int64),
        looks=looks[is_kept].astype(np.int64),
        magnitude=size[is_kept].astype(np.float32),
        has_lasted=(has_lasted & breaks.is_confirmed[is_new])[is_kept],
    )


def _told(
    look: Look,
    found: _Lasting,
    land: Ints,
    ndvi: Float32s,
    scenes: Ints,
    is_telling: Flags,
    *,
    state: MonitorState,
    numbers: ScreeningNumbers,
) -> Losses:
    segments = state.segments()
    has_model = np.zeros(len(land), bool)
    has_model[segments.series[segments.observations > 0]] = True
    has_model[state.breaks().series] = True
    window = look.square.window
    pixels = land[found.series]
    clear = np.zeros((len(pixels), len(look.scenes)), bool)
    clear[:, scenes[is_telling]] = np.isfinite(ndvi[is_telling][:, found.series]).T
    return Losses(
        row=window.row + pixels // window.width,
        col=window.col + pixels % window.width,
        first=found.first,
        last=found.last,
        looks=found.looks,
        magnitude=found.magnitude,
        has_lasted=found.has_lasted,
        clear=np.packbits(clear, axis=1),
        land_px=len(land),
        seen_px=int(has_model.sum()),
        barren_px=int((has_model & _is_barren(ndvi[is_telling], numbers)).sum()),
    )


def _is_barren(ndvi: Float32s, numbers: ScreeningNumbers) -> Flags:
    seen = np.isfinite(ndvi)
    mean = np.where(seen, ndvi, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    return np.asarray(mean < numbers.barren_below)


def _none(*, land_px: int, scenes: int) -> Losses:
    none = np.zeros(0, np.int64)
    return Losses(
        row=none, col=none, first=none, last=none, looks=none, magnitude=none.astype(np.float32),
        has_lasted=none.astype(bool), clear=np.zeros((0, -(-scenes // 8)), np.uint8), land_px=land_px, seen_px=0,
        barren_px=0,
    )  # fmt: skip
