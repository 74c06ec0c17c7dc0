"""How are scenes written as files? Tiled GeoTIFF, and a description that `Scenes.from_folder` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from qingshan.earth.images.reading import STEP, VOID
from qingshan.earth.images.scenefiles import NAME
from qingshan.earth.images.scenes import Layer, Scene
from qingshan.earth.sensors import SENSORS, Sensor

BLOCK = 512
OPTIONS = {"driver": "GTiff", "tiled": True, "compress": "zstd", "predictor": 2, "zstd_level": 1}


def write_scenes(folder: str | Path, scenes: Iterable[Scene]) -> Path:
    """Scenes in memory as GeoTIFF (512-pixel blocks, zstd, predictor 2) with their `scenes.toml`.

    Whole numbers of 16 bits are written as they are; reflectances as int16 steps of 1e-4.

    Args:
        folder: made if need be.
        scenes: with pixels in memory (`Scene.from_arrays`).

    Returns:
        The folder.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    parts: list[str] = []
    sensors: dict[str, Sensor] = {}
    for scene in scenes:
        sensors[scene.sensor.name] = scene.sensor
        parts.append(_written(folder, scene))
    own = [_described(sensor) for name, sensor in sensors.items() if SENSORS.get(name) != sensor]
    (folder / NAME).write_text("\n".join([*own, *parts]), encoding="utf-8")
    return folder


def _written(folder: Path, scene: Scene) -> str:
    name = f"{scene.id}.tif"
    layers = list(scene.bands.values())
    stored = [_stored(layer) for layer in layers]
    _write(
        folder / name,
        np.stack([numbers for numbers, _, _ in stored]),
        scene,
        nodata=_nodata(stored[0][0], layers[0]),
    )
    bands = ", ".join(
        f"{band} = {{ band = {at}, scale = {scale!r}, offset = {offset!r} }}"
        for at, (band, (_, scale, offset)) in enumerate(zip(scene.bands, stored, strict=True), start=1)
    )
    told = [
        "[[scene]]",
        f"id = {json.dumps(scene.id)}",
        f"day = {scene.day.isoformat()}",
        f"sensor = {json.dumps(scene.sensor.name)}",
        f"file = {json.dumps(name)}",
        f"bands = {{ {bands} }}",
    ]
    if scene.mask is not None and scene.mask.values is not None:
        mask = f"{scene.id}_mask.tif"
        _write(folder / mask, scene.mask.values[None], scene, nodata=None)
        told.append(f'mask = {{ file = {json.dumps(mask)}, scheme = "{scene.scheme}" }}')
    return "\n".join([*told, ""])


def _stored(layer: Layer) -> tuple[np.ndarray[Any, Any], float, float]:
    """Numbers of 16 bits with their scale and offset."""
    values = np.asarray(layer.values)
    if values.dtype.kind in "iu":
        return values, layer.scale, layer.offset
    steps = np.rint((values * layer.scale + layer.offset) / STEP)
    void = ~np.isfinite(steps)
    return np.where(void, VOID, np.clip(steps, VOID + 1, -VOID - 1)).astype(np.int16), STEP, 0.0


def _nodata(numbers: np.ndarray[Any, Any], layer: Layer) -> float | None:
    if np.asarray(layer.values).dtype.kind == "f":
        return float(VOID)
    return layer.nodata


def _write(file: Path, stack: np.ndarray[Any, Any], scene: Scene, *, nodata: float | None) -> None:
    grid = scene.grid
    with rasterio.open(
        file,
        "w",
        **OPTIONS,
        blockxsize=BLOCK,
        blockysize=BLOCK,
        interleave="band",
        count=len(stack),
        dtype=stack.dtype,
        height=grid.height,
        width=grid.width,
        crs=grid.crs,
        transform=rasterio.Affine(grid.dx, 0, grid.west, 0, -grid.dy, grid.north),
        nodata=nodata,
    ) as image:
        image.write(stack)


def _described(sensor: Sensor) -> str:
    return "\n".join(
        [
            f"[sensors.{json.dumps(sensor.name)}]",
            f"pixel_m = {sensor.pixel_m!r}",
            f"geolocation_error_m = {sensor.geolocation_error_m!r}",
            f'mask = "{sensor.mask}"',
            f"scale = {sensor.scale!r}",
            f"offset = {sensor.offset!r}",
            f"min_clear_px = {sensor.min_clear_px!r}",
            f"min_clear_share = {sensor.min_clear_share!r}",
            "",
        ]
    )
