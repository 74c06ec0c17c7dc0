"""Which scenes does a STAC item collection on disk hold? Bands by their common names, grids from `proj:`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pystac
import rasterio

from qingshan.earth.errors import SceneRefused, ScenesRefused
from qingshan.earth.images.headers import Header, grid_of, scene_of
from qingshan.earth.images.scenes import Layer, LeftOut, Scene, Scenes
from qingshan.earth.sensors import LANDSAT, SENTINEL2, MaskScheme, Sensor

COMMON = {
    "blue": ("blue",),
    "green": ("green",),
    "red": ("red",),
    "rededge": ("rededge", "rededge071", "rededge1"),
    "nir": ("nir", "nir08"),
    "swir1": ("swir16",),
    "swir2": ("swir22",),
}
"""Band -> common names of the extension `eo`, the better first."""
MASKS = {"scl": MaskScheme.SENTINEL2_SCL, "qa_pixel": MaskScheme.LANDSAT_QA}
"""Key of an asset, in small letters -> how it is read."""
PICTURES = {"thumbnail", "overview", "visual"}
SHIFTED_FROM = 4.0  # processing baseline of Sentinel-2 from which numbers carry an offset of 1,000
SHIFT = -0.1


def read_items(path: Path, *, sensors: Mapping[str, Sensor]) -> Scenes:
    """The items of a collection; those that cannot be used are named and left out.

    Raises:
        ScenesRefused: the file is no item collection, is empty, or an id stands twice.
    """
    try:
        items = pystac.ItemCollection.from_file(str(path)).items
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        pystac.STACError,
        pystac.STACTypeError,
    ) as fault:
        raise ScenesRefused.because(
            "earth.description_unreadable", file=str(path), fault=f"{type(fault).__name__}: {fault}"
        ) from fault
    if not items:
        raise ScenesRefused.because("earth.no_scenes", file=str(path))
    found: list[Scene] = []
    left_out: list[LeftOut] = []
    for item in items:
        try:
            found.append(_scene(item, folder=path.parent, sensors=sensors))
        except SceneRefused as refusal:
            left_out.append(LeftOut(scene=item.id, because=refusal.reasons[0]))
    return Scenes.of(found, left_out=left_out)


def _scene(item: pystac.Item, *, folder: Path, sensors: Mapping[str, Sensor]) -> Scene:
    sensor = _sensor(item, sensors)
    bands: dict[str, Layer] = {}
    headers: dict[Path, Header] = {}
    for name, asset, number in _bands(item):
        file = _file(asset, item=item, folder=folder)
        scale, offset = _scaling(asset, number, item=item, sensor=sensor)
        bands[name] = Layer(
            file=file, number=number, scale=scale, offset=offset, nodata=_nodata(asset, number)
        )
        headers |= _header(asset, item=item, file=file)
    mask, scheme = _mask(item, folder=folder)
    return scene_of(
        id=item.id,
        day=_day(item),
        sensor=sensor,
        bands=bands,
        mask=mask,
        scheme=scheme or MaskScheme.NONE,
        headers=headers,
    )


def _sensor(item: pystac.Item, sensors: Mapping[str, Sensor]) -> Sensor:
    told = [
        str(item.properties.get("platform", "")).lower(),
        str(item.properties.get("constellation", "")).lower(),
        str(item.collection_id or ""),
    ]
    for word in told:
        if word in sensors:
            return sensors[word]
    if any(word.startswith("sentinel-2") for word in told):
        return SENTINEL2
    if any(word.startswith("landsat") for word in told):
        return LANDSAT
    raise SceneRefused.because("earth.sensor_not_told", scene=item.id)


def _day(item: pystac.Item) -> date:
    when = item.datetime or item.common_metadata.start_datetime
    if when is None:
        raise SceneRefused.because("earth.scene_day", scene=item.id, day="")
    return when.date()


def _bands(item: pystac.Item) -> Iterator[tuple[str, pystac.Asset, int]]:
    """For each band that there is: its asset and its number in the file."""
    named: dict[str, tuple[pystac.Asset, int]] = {}
    for _, asset in sorted(item.assets.items(), key=_preference):
        for number, common in enumerate(_common_names(asset), start=1):
            named.setdefault(common, (asset, number))
    for key, asset in sorted(item.assets.items(), key=_preference):
        named.setdefault(key.lower(), (asset, 1))
    for name, commons in COMMON.items():
        met = next((named[common] for common in commons if common in named), None)
        if met:
            yield name, *met


def _preference(entry: tuple[str, pystac.Asset]) -> tuple[bool, str]:
    """Cloud-optimised files before JPEG 2000, then by key; the same on every machine."""
    key, asset = entry
    return "jp2" in f"{key} {asset.media_type or ''} {asset.href}".lower(), key


def _common_names(asset: pystac.Asset) -> list[str]:
    if PICTURES & set(asset.roles or ()):
        return []
    fields = asset.extra_fields
    return [
        str(band.get("common_name") or band.get("eo:common_name") or "")
        for band in fields.get("eo:bands") or fields.get("bands") or []
    ]


def _file(asset: pystac.Asset, *, item: pystac.Item, folder: Path) -> Path:
    """The asset's file; relative names count from the item, or from the collection's file."""
    href = asset.get_absolute_href() or asset.href
    parts = urlparse(href)
    if parts.scheme not in ("", "file"):
        raise SceneRefused.because("earth.scene_not_on_disk", scene=item.id, file=href)
    return folder / unquote(parts.path)


def _of_band(asset: pystac.Asset, number: int) -> Mapping[str, Any]:
    bands = asset.extra_fields.get("raster:bands") or asset.extra_fields.get("bands") or [{}]
    found: Mapping[str, Any] = bands[number - 1] if number <= len(bands) else {}
    return found


def _scaling(asset: pystac.Asset, number: int, *, item: pystac.Item, sensor: Sensor) -> tuple[float, float]:
    """Scale and offset; Sentinel-2's shift of 1,000 only where it is still in the numbers."""
    told = {**_prefixed(asset.extra_fields), **_prefixed(_of_band(asset, number)), **_of_band(asset, number)}
    scale, offset = float(told.get("scale", sensor.scale)), told.get("offset")
    if sensor is SENTINEL2:
        if item.properties.get("earthsearch:boa_offset_applied"):
            return scale, 0.0
        if offset is None and _baseline(item) >= SHIFTED_FROM:
            return scale, SHIFT
    return scale, float(sensor.offset if offset is None else offset)


def _prefixed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key.removeprefix("raster:"): fields[key] for key in ("raster:scale", "raster:offset") if key in fields
    }


def _baseline(item: pystac.Item) -> float:
    told = item.properties.get("s2:processing_baseline", item.properties.get("processing:version", "0"))
    try:
        return float(told)
    except (TypeError, ValueError):
        return 0.0


def _nodata(asset: pystac.Asset, number: int) -> float | None:
    told = _of_band(asset, number).get("nodata", asset.extra_fields.get("nodata"))
    return float(told) if isinstance(told, int | float) else None


def _mask(item: pystac.Item, *, folder: Path) -> tuple[Layer | None, MaskScheme | None]:
    for key, asset in sorted(item.assets.items(), key=_preference):
        scheme = MASKS.get(key.lower().removesuffix("_20m"))
        if scheme:
            return Layer(file=_file(asset, item=item, folder=folder)), scheme
    return None, None


def _header(asset: pystac.Asset, *, item: pystac.Item, file: Path) -> dict[Path, Header]:
    """What the catalogue tells of the file's grid, so that it need not be opened; nothing where it tells too little."""
    told = asset.extra_fields
    transform, shape = told.get("proj:transform"), told.get("proj:shape")
    properties = item.properties
    epsg = properties.get("proj:epsg", told.get("proj:epsg"))
    code = told.get("proj:code", properties.get("proj:code", f"EPSG:{epsg}" if epsg else None))
    if not (transform and shape and code and str(code).startswith("EPSG:") and file.exists()):
        return {}
    grid = grid_of(
        rasterio.Affine(*transform[:6]),
        crs=str(code),
        epsg=int(str(code).removeprefix("EPSG:")),
        shape=(int(shape[0]), int(shape[1])),
        scene=item.id,
    )
    count = max(1, len(_common_names(asset)))
    return {file: Header(grid=grid, count=count, block_rows=1)}
