"""Where does a site cube keep what? Names of folders and files, and the facts of each scene."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qingshan.earth.cube.layout import Layout
from qingshan.earth.errors import CubeRefused
from qingshan.earth.images.scenes import Scene
from qingshan.earth.sensors import MaskScheme, Sensor
from qingshan.earth.writing import write_whole
from qingshan.rules.reasons import Reason

FORMAT = 2


@dataclass(frozen=True, kw_only=True)
class KeptScene:
    """A scene as a cube knows it."""

    id: str
    day: date
    sensor: Sensor
    stamp: str
    frame: str
    bands: tuple[str, ...]
    refused: Reason | None = None
    """why it is not used although it was read"""
    warning: Reason | None = None
    """what is odd about it although it is used"""
    is_closed: bool = False
    """all its units were made and looked at together"""


def usual_sensor(scenes: Iterable[KeptScene]) -> Sensor:
    """Of at least one scene the sensor with most of them; of several the finest.

    Where pixels are compared from date to date only one is used: differences between sensors would look like changes.
    """
    counts = Counter(scene.sensor for scene in scenes)
    return max(counts, key=lambda sensor: (counts[sensor], -sensor.pixel_m, sensor.name))


@dataclass(frozen=True)
class CubeFolder:
    """
    cube.json                          the sites' ids and digest
    frames/<grid>/layout.json, *.npz   windows, weights, rings
    frames/<grid>/<scene>/scene.json   facts of one scene
    frames/<grid>/<scene>/<row>.unit   what came of one block row of it
    frames/<grid>/<scene>/averages     of all its sites, from all its units
    """

    path: Path

    def read(self) -> Mapping[str, Any]:
        """What `write` wrote.

        Raises:
            CubeRefused: there is no cube, or none of this format.
        """
        try:
            told: Mapping[str, Any] = json.loads((self.path / "cube.json").read_bytes())
        except FileNotFoundError:
            raise CubeRefused.because("earth.cube_missing", folder=str(self.path)) from None
        except (OSError, ValueError):
            raise CubeRefused.because("earth.cube_damaged", file="cube.json") from None
        if told.get("format") != FORMAT:
            raise CubeRefused.because("earth.cube_of_other_sites", folder=str(self.path))
        return told

    def write(self, **told: Any) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        write_whole(self.path / "cube.json", json.dumps({"format": FORMAT, **told}).encode())

    def frame(self, key: str) -> Path:
        return self.path / "frames" / key

    def layouts(self) -> dict[str, Layout]:
        """Layouts by the keys of their grids, those that are whole."""
        found = {}
        for folder in sorted((self.path / "frames").glob("*")):
            layout = Layout.load(folder)
            if layout is not None:
                found[folder.name] = layout
        return found

    def scene(self, frame: str, stamp: str) -> Path:
        return self.frame(frame) / stamp

    def unit(self, frame: str, stamp: str, row: int) -> Path:
        return self.scene(frame, stamp) / f"{row:06d}.unit"

    def averages(self, frame: str, stamp: str) -> Path:
        return self.scene(frame, stamp) / "averages"

    def keep(
        self,
        frame: str,
        scene: Scene,
        *,
        is_closed: bool,
        refused: Reason | None = None,
        warning: Reason | None = None,
    ) -> None:
        """The facts of a scene, before its first unit; and again with the last word on it."""
        told = {
            "id": scene.id,
            "day": scene.day.isoformat(),
            "sensor": asdict(scene.sensor),
            "bands": list(scene.bands),
            "is_closed": is_closed,
            "refused": refused.as_json() if refused else None,
            "warning": warning.as_json() if warning else None,
        }
        folder = self.scene(frame, scene.stamp)
        folder.mkdir(parents=True, exist_ok=True)
        content = json.dumps(told).encode()
        file = folder / "scene.json"
        if not file.exists() or file.read_bytes() != content:
            write_whole(file, content)

    def scenes(self, frame: str) -> Iterator[KeptScene]:
        """Scenes of which anything was kept, in order of day and id."""
        found = []
        for file in self.frame(frame).glob("*/scene.json"):
            told = json.loads(file.read_bytes())
            sensor = Sensor(**{**told["sensor"], "mask": MaskScheme(told["sensor"]["mask"])})
            found.append(
                KeptScene(
                    id=told["id"],
                    day=date.fromisoformat(told["day"]),
                    sensor=sensor,
                    stamp=file.parent.name,
                    frame=frame,
                    bands=tuple(told["bands"]),
                    is_closed=told["is_closed"],
                    refused=_reason(told["refused"]),
                    warning=_reason(told["warning"]),
                )
            )
        yield from sorted(found, key=lambda scene: (scene.day, scene.id))

    def rows(self, frame: str, stamp: str) -> set[int]:
        """First rows of the units that are there."""
        return {int(file.stem) for file in self.scene(frame, stamp).glob("*.unit")}

    def drop(self, frame: str, stamp: str) -> None:
        shutil.rmtree(self.scene(frame, stamp), ignore_errors=True)


def _reason(told: Mapping[str, Any] | None) -> Reason | None:
    return Reason(told["code"], told["values"]) if told else None
