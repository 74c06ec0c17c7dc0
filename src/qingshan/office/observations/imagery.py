"""Where do images lie, and which of them can be used? Nothing outside the folder of this installation is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from django.conf import settings
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from qingshan.office.observations.models import SceneKind, SceneSet
from qingshan.office.observations.sentences import ObservationRefused

if TYPE_CHECKING:
    from qingshan.earth import Grid, Scenes


@dataclass(frozen=True)
class Contents:
    """What a folder or collection holds."""

    kind: SceneKind
    path: str
    scenes: int
    left_out: int
    first_day: date
    last_day: date


def root() -> Path:
    """The folder below which all images lie."""
    return Path(settings.SCENES_ROOT).resolve()


def place_of(path: str) -> tuple[Path, str]:
    """The place on disk and the path below the root. Refused: outside the root, not there."""
    base = root()
    try:
        place = (base / path.strip()).resolve()
        is_there = place.exists()
    except (OSError, ValueError):  # a NUL, or a name that is too long
        raise ObservationRefused.because("observations.path_missing", path=path[:200]) from None
    if not place.is_relative_to(base) or place == base:
        raise ObservationRefused.because("observations.path_outside", path=path[:200], root=str(base))
    if not is_there:
        raise ObservationRefused.because("observations.path_missing", path=path[:200])
    return place, place.relative_to(base).as_posix()


def look_into(path: str) -> Contents:
    """What lies there; every file is opened as far as its header. Refused: nothing usable; EarthError by name."""
    place, below = place_of(path)
    scenes = _read(place)
    if not len(scenes):
        raise ObservationRefused.because("observations.no_scenes", path=below)
    days = [scene.day for scene in scenes]
    kind = SceneKind.FOLDER if place.is_dir() else SceneKind.STAC
    return Contents(kind, below, len(scenes), len(scenes.left_out), min(days), max(days))


def scenes_of(scene_set: SceneSet) -> Scenes:
    """The images of a set as they lie there today."""
    return _read(place_of(scene_set.path)[0])


def looks_in(scenes: Scenes, shapes: Sequence[BaseGeometry]) -> int:
    """How often some land is seen: for each image the pieces of land whose middle it covers.

    Only blocks under the land are read, so the size of the images themselves says nothing about the work.
    """
    if not shapes:
        return 0
    middles = _middles(shapes)
    times = Counter(scene.grid.key for scene in scenes)
    grids = {scene.grid.key: scene.grid for scene in scenes}
    return sum(times[key] * int(_covered(grid, middles).sum()) for key, grid in grids.items())


def are_seen(scenes: Scenes, shapes: Sequence[BaseGeometry]) -> NDArray[np.bool_]:
    """Of each piece of land, whether any image covers its middle."""
    seen = np.zeros(len(shapes), dtype=np.bool_)
    if shapes:
        middles = _middles(shapes)
        for grid in {scene.grid.key: scene.grid for scene in scenes}.values():
            seen |= _covered(grid, middles)
    return seen


def _middles(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapely.GeometryCollection([shape.representative_point() for shape in shapes])


def _covered(grid: Grid, middles: BaseGeometry) -> NDArray[np.bool_]:
    west, south, east, north = grid.bounds
    x, y = shapely.get_coordinates(grid.from_lonlat(middles)).T
    covered: NDArray[np.bool_] = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return covered


def _read(place: Path) -> Scenes:
    from qingshan.earth import Scenes

    return Scenes.from_folder(place) if place.is_dir() else Scenes.from_stac(place)
