"""Where do images lie, and which of them can be used? Nothing outside the folder of this installation is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from qingshan.office.observations.models import SceneKind, SceneSet
from qingshan.office.observations.sentences import ObservationRefused

if TYPE_CHECKING:
    from qingshan.earth import Scenes

PIXELS_OF_A_MEGAPIXEL = 1_000_000


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


def megapixels_of(scenes: Scenes) -> float:
    """How much there is to read, over all bands."""
    pixels = sum(each.grid.height * each.grid.width * len(each.bands) for each in scenes)
    return pixels / PIXELS_OF_A_MEGAPIXEL


def _read(place: Path) -> Scenes:
    from qingshan.earth import Scenes

    return Scenes.from_folder(place) if place.is_dir() else Scenes.from_stac(place)
