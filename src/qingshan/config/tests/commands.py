"""Running `qingshan` inside a test, and a file for it to import."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qingshan.config.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.out)


class Qingshan:
    """`qingshan("import", "sites", …)` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: object) -> Ran:
        self._capsys.readouterr()
        status = main([str(word) for word in words])
        said = self._capsys.readouterr()
        return Ran(status, said.out, said.err)


def square(lon: float, lat: float, *, side: float = 0.001) -> list[list[list[float]]]:
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return [[[lon + side * x, lat + side * y] for x, y in corners]]


def geojson_of_sites(place: Path, *, count: int = 3, lon: float = -60.0, lat: float = -3.0) -> Path:
    """Squares in a row, abroad unless told otherwise."""
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": square(lon + i / 100, lat)},
        }
        for i in range(count)
    ]
    place.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return place
