"""Which images are there: of which day, from which sensor, on which grid, in which files?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qingshan.earth.errors import ScenesRefused
from qingshan.earth.grid import Grid
from qingshan.earth.sensors import MaskScheme, Sensor
from qingshan.rules.reasons import Reason

if TYPE_CHECKING:
    import xarray

Pixels = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """One band or mask of a scene: a band of a file, or an array in memory."""

    file: Path | None = None
    """None: `values` holds the pixels"""
    number: int = 1
    """number of the band in its file, from 1"""
    scale: float = 1.0
    """reflectance = number x scale + offset"""
    offset: float = 0.0
    nodata: float | None = None
    """number that stands for no data, besides what the file itself says"""
    factor: int = 1
    """pixels of the scene's grid along one side of this layer's pixels, e.g. 2 for 20 m beside 10 m"""
    block_rows: int = 1
    """rows of the file's own blocks"""
    size_bytes: int = 0
    """of the file, to notice that it was replaced"""
    values: Pixels | None = field(default=None, repr=False)
    """(height, width) numbers, for scenes in memory"""

    @property
    def name(self) -> str:
        """The file's name, for sentences."""
        return self.file.name if self.file else "memory"


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """One image of one day. Its grid is that of its finest band."""

    id: str
    day: date
    sensor: Sensor
    grid: Grid
    bands: Mapping[str, Layer]
    """name of `sensors.BANDS` -> where its pixels are"""
    mask: Layer | None = None
    scheme: MaskScheme = MaskScheme.NONE
    """how the mask is read"""

    @cached_property
    def stamp(self) -> str:
        """The same as long as description and sizes of files stay; sixteen hexadecimal digits.

        Folders are left out of it, so that a set of scenes may be moved.
        """
        told = [self.id, self.day.isoformat(), self.sensor.name, self.grid.key, str(self.scheme)]
        layers = [*sorted(self.bands.items()), *([("mask", self.mask)] if self.mask else [])]
        told += [_told(name, layer) for name, layer in layers]
        return hashlib.sha256("|".join(told).encode()).hexdigest()[:16]

    @classmethod
    def from_arrays(
        cls,
        *,
        id: str,
        day: date,
        sensor: Sensor,
        grid: Grid,
        bands: Mapping[str, Pixels],
        mask: Pixels | None = None,
        scheme: MaskScheme | None = None,
        scale: float | None = None,
        offset: float | None = None,
        nodata: float | None = None,
    ) -> Scene:
        """A scene in memory: arrays (height, width) on `grid`; scale, offset and scheme of the sensor unless told."""
        layers = {
            name: Layer(
                values=values,
                scale=sensor.scale if scale is None else scale,
                offset=sensor.offset if offset is None else offset,
                nodata=nodata,
            )
            for name, values in bands.items()
        }
        told = scheme or (sensor.mask if mask is not None else MaskScheme.NONE)
        return cls(
            id=id,
            day=day,
            sensor=sensor,
            grid=grid,
            bands=layers,
            mask=None if mask is None else Layer(values=mask),
            scheme=told,
        )


def _told(name: str, layer: Layer) -> str:
    content = "" if layer.values is None else hashlib.sha256(layer.values.tobytes()).hexdigest()
    return (
        f"{name}:{layer.name}:{layer.number}:{layer.scale!r}:{layer.offset!r}:{layer.nodata!r}"
        f":{layer.factor}:{layer.size_bytes}:{content}"
    )


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A scene that was not used, and why."""

    scene: str
    because: Reason


@dataclass(frozen=True, kw_only=True, eq=False)
class Scenes:
    """Scenes in order of day and id, whatever the order in which they were told."""

    scenes: tuple[Scene, ...]
    left_out: tuple[LeftOut, ...] = ()
    """scenes of the description that cannot be used; the others go on"""

    def __iter__(self) -> Iterator[Scene]:
        return iter(self.scenes)

    def __len__(self) -> int:
        return len(self.scenes)

    @classmethod
    def of(cls, scenes: Iterable[Scene], *, left_out: Iterable[LeftOut] = ()) -> Scenes:
        """Scenes in their order. Several of one day are several observations.

        Raises:
            ScenesRefused: two bear the same id.
        """
        ordered = tuple(sorted(scenes, key=lambda scene: (scene.day, scene.id)))
        out = tuple(sorted(left_out, key=lambda each: each.scene))
        seen: set[str] = set()
        for id_ in (*(scene.id for scene in ordered), *(each.scene for each in out)):
            if id_ in seen:
                raise ScenesRefused.because("earth.scene_doubled", scene=id_)
            seen.add(id_)
        return cls(scenes=ordered, left_out=out)

    @classmethod
    def from_folder(cls, folder: str | Path) -> Scenes:
        """The GeoTIFF scenes of a folder, described by its `scenes.toml`; see `scenefiles`.

        Raises:
            ScenesRefused: the description is missing or cannot be used at all.
        """
        from qingshan.earth.images.scenefiles import read_folder

        found: Scenes = read_folder(Path(folder))
        return found

    @classmethod
    def from_stac(cls, path: str | Path, *, sensors: Mapping[str, Sensor] | None = None) -> Scenes:
        """The items of a STAC item collection on disk; see `stacitems`.

        Args:
            path: the collection's JSON file.
            sensors: collection, constellation or platform -> sensor, for what is neither Sentinel-2 nor Landsat.

        Raises:
            ScenesRefused: the file is no item collection.
        """
        from qingshan.earth.images.stacitems import read_items

        found: Scenes = read_items(Path(path), sensors=sensors or {})
        return found

    @classmethod
    def from_arrays(
        cls,
        *,
        days: Sequence[date],
        sensor: Sensor,
        grid: Grid,
        bands: Mapping[str, Pixels],
        mask: Pixels | None = None,
        scheme: MaskScheme | None = None,
        ids: Sequence[str] | None = None,
        scale: float | None = None,
        offset: float | None = None,
        nodata: float | None = None,
    ) -> Scenes:
        """Scenes from stacks in memory, for simulations, tests and notebooks.

        Args:
            days: (n,) the day of each scene, in any order.
            sensor: of all.
            grid: of all.
            bands: name -> (n, height, width) numbers; integers or reflectances as `scale` says.
            mask: (n, height, width) codes of `scheme`.
            scheme: the sensor's own unless told.
            ids: (n,) made from sensor and day, and a number for further scenes of a day, unless told.
            scale: the sensor's own unless told; 1 for reflectances.
            offset: the sensor's own unless told.
            nodata: number that stands for no data.
        """
        named = list(ids) if ids is not None else _named(days, sensor)
        return cls.of(
            Scene.from_arrays(
                id=named[at],
                day=day,
                sensor=sensor,
                grid=grid,
                bands={name: stack[at] for name, stack in bands.items()},
                mask=None if mask is None else mask[at],
                scheme=scheme,
                scale=scale,
                offset=offset,
                nodata=nodata,
            )
            for at, day in enumerate(days)
        )

    @classmethod
    def from_xarray(cls, dataset: xarray.Dataset, *, sensor: Sensor, **told: Any) -> Scenes:
        """Scenes from a dataset of (time, y, x); needs the extra `xarray`; see `xarrays.scenes_of`."""
        from qingshan.earth.images.xarrays import scenes_of

        found: Scenes = scenes_of(dataset, sensor=sensor, **told)
        return found


def _named(days: Sequence[date], sensor: Sensor) -> list[str]:
    counts: dict[date, int] = {}
    named = []
    for day in days:
        counts[day] = counts.get(day, 0) + 1
        further = f"-{counts[day]}" if counts[day] > 1 else ""
        named.append(f"{sensor.name}-{day:%Y%m%d}{further}")
    return named
