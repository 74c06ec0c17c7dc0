"""What does a screening leave behind: a file for maps and one for Excel, the same bytes for the same findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from shapely.geometry import mapping

from qingshan.earth.reports.features import CRS
from qingshan.earth.reports.workbook import SAFE, Tables
from qingshan.earth.screening import Disturbance, Screened
from qingshan.earth.sheets.numbers import M2_IN_A_HECTARE
from qingshan.earth.sheets.words import sensor_name, word
from qingshan.earth.writing import beside, write_whole
from qingshan.rules.reasons import CHINESE, say

FEATURES, WORKBOOK = "disturbances.geojson", "disturbances.xlsx"
COLUMNS: Mapping[str, int] = {
    "number": 18, "persistence": 12, "first-seen": 12, "last-seen": 12, "looks": 10, "hectares-column": 12,
    "fall-of-ndvi": 14, "longitude": 12, "latitude": 12, "sensor": 16, "before": 28, "after": 28, "parameters": 30,
}  # fmt: skip
SCENE_COLUMNS: Mapping[str, int] = {"day": 12, "sensor": 16, "scene": 44, "use-column": 10, "reason": 70}


def write_screened(screened: Screened, out: Path, *, language: str = CHINESE) -> tuple[Path, ...]:
    """Both files below `out`, each whole or not at all; their paths."""
    _write_features(screened, out / FEATURES)
    _write_workbook(screened, out / WORKBOOK, language)
    return out / FEATURES, out / WORKBOOK


def properties_of(one: Disturbance) -> dict[str, Any]:
    """Everything that was found, under names that stay."""
    return {
        "id": one.id,
        "area_m2": round(one.area_m2, 1),
        "first_seen": one.first_seen.isoformat(),
        "last_seen": one.last_seen.isoformat(),
        "looks": one.looks,
        "magnitude": one.magnitude,
        "is_persistent": one.is_persistent,
        "sensor": one.sensor,
        "pixel_m": round(one.pixel_m, 3),
        "margin_m": round(one.margin_m, 3),
        "scenes": list(one.scenes),
        "before": one.before or None,
        "after": one.after or None,
        "parameters": one.parameters,
    }


def _write_features(screened: Screened, path: Path) -> None:
    features = [
        {"type": "Feature", "geometry": mapping(one.shape), "properties": properties_of(one)}
        for one in screened.disturbances
    ]
    told = {"type": "FeatureCollection", "name": path.stem, "crs": CRS, "features": features}
    write_whole(path, f"{json.dumps(told, ensure_ascii=False, allow_nan=False)}\n".encode())


def _write_workbook(screened: Screened, path: Path, language: str) -> None:
    newest = max((scene.day for scene in screened.scenes), default=date(2000, 1, 1))
    with beside(path) as part:
        book = xlsxwriter.Workbook(str(part), SAFE)
        title = word("disturbances-tab", language)
        book.set_properties({"title": title, "created": datetime.combine(newest, time(), tzinfo=UTC)})
        table = Tables(book, language)
        table.add("disturbances-tab", COLUMNS, (_row(one, language) for one in screened.disturbances))
        table.add("scenes-tab", SCENE_COLUMNS, _scenes(screened, language))
        book.close()


def _row(one: Disturbance, language: str) -> list[Any]:
    at = one.shape.representative_point()
    return [
        one.id,
        word("persistent" if one.is_persistent else "not-yet-persistent", language),
        one.first_seen,
        one.last_seen,
        one.looks,
        round(one.area_m2 / M2_IN_A_HECTARE, 4),
        -one.magnitude,
        round(at.x, 6),
        round(at.y, 6),
        sensor_name(one.sensor, language),
        one.before or None,
        one.after or None,
        one.parameters,
    ]


def _scenes(screened: Screened, language: str) -> list[list[Any]]:
    used = [
        [scene.day, sensor_name(scene.sensor.name, language), scene.id, word("use-used", language), None]
        for scene in screened.scenes
    ]
    out = [
        [None, None, one.scene, word("use-not", language), say(one.because, language)]
        for one in screened.left_out
    ]
    return used + out
