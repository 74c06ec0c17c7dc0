"""How do scenes, series and pixels go into xarray and come from there? An extra: nothing else needs xarray."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from pyproj import CRS

from qingshan.earth.errors import ScenesRefused
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.sensors import BANDS, MaskScheme, Sensor
from qingshan.earth.series import QUANTITIES, SiteSeries, Track

if TYPE_CHECKING:
    import xarray

    from qingshan.earth.cube.chips import Stack


def scenes_of(
    dataset: xarray.Dataset,
    *,
    sensor: Sensor,
    crs: str | None = None,
    mask: str = "mask",
    scheme: MaskScheme | None = None,
    scale: float | None = None,
    offset: float | None = None,
    nodata: float | None = None,
) -> Scenes:
    """Scenes from variables named as `sensors.BANDS`, each (time, y, x), with coordinates of pixels' middles.

    Args:
        dataset: y falls, x rises, both evenly.
        sensor: of all its times.
        crs: reference system; from the variable `spatial_ref` unless told.
        mask: name of the mask variable; it may be missing.
        scheme: how the mask is read; the sensor's own unless told.
        scale: reflectance = number x scale + offset; the sensor's own unless told.
        offset: the same.
        nodata: number that stands for no data.

    Raises:
        ScenesRefused: no reference system, or coordinates that are no grid with north up.
    """
    bands = {name: dataset[name].transpose("time", "y", "x").values for name in BANDS if name in dataset}
    days = [date.fromisoformat(str(time)[:10]) for time in dataset["time"].values.astype("datetime64[D]")]
    return Scenes.from_arrays(
        days=days,
        sensor=sensor,
        grid=_grid(dataset, crs=crs),
        bands=bands,
        mask=dataset[mask].transpose("time", "y", "x").values if mask in dataset else None,
        scheme=scheme,
        scale=scale,
        offset=offset,
        nodata=nodata,
    )


def _grid(dataset: xarray.Dataset, *, crs: str | None) -> Grid:
    told = crs or dataset.get("spatial_ref", dataset).attrs.get("crs_wkt")
    x, y = dataset["x"].values.astype(float), dataset["y"].values.astype(float)
    if not told or not _is_even(x) or not _is_even(-y):
        raise ScenesRefused.because("earth.dataset_without_grid")
    epsg = CRS.from_user_input(told).to_epsg()
    dx, dy = (x[-1] - x[0]) / (len(x) - 1), (y[0] - y[-1]) / (len(y) - 1)
    return Grid(
        crs=f"EPSG:{epsg}" if epsg else str(told),
        west=float(x[0] - dx / 2),
        north=float(y[0] + dy / 2),
        dx=float(dx),
        dy=float(dy),
        height=len(y),
        width=len(x),
    )


def _is_even(values: np.ndarray[Any, Any]) -> bool:
    steps = np.diff(values)
    return len(steps) > 0 and steps[0] > 0 and bool(np.allclose(steps, steps[0], rtol=1e-6))


def stack_dataset(stack: Stack) -> xarray.Dataset:
    """Pixels of a site: reflectance of each band (float32, NaN without data) and mask, over (time, y, x)."""
    import xarray

    grid, window = stack.grid, stack.window
    layers = {name: stack.reflectance(name) for name in stack.bands}
    dataset = xarray.Dataset(
        {name: (("time", "y", "x"), values) for name, values in {**layers, "mask": stack.mask}.items()},
        coords={
            "time": stack.days.astype("datetime64[D]").astype("datetime64[ns]"),
            "y": grid.north - (window.row + np.arange(window.height) + 0.5) * grid.dy,
            "x": grid.west + (window.col + np.arange(window.width) + 0.5) * grid.dx,
            "scene": ("time", [scene.id for scene in stack.scenes]),
        },
    )
    return dataset.assign_coords(spatial_ref=((), 0, {"crs_wkt": CRS.from_user_input(grid.crs).to_wkt()}))


def series_dataset(series: Sequence[SiteSeries]) -> xarray.Dataset:
    """Series of sites as one dataset over `observation`: site, time, sensor, scene, and inside and ring means."""
    import xarray

    rows: dict[str, Any] = {
        "site": np.concatenate([[one.site_id] * len(one) for one in series]) if series else [],
        "time": np.concatenate([one.days for one in series]).astype("datetime64[D]").astype("datetime64[ns]"),
        "sensor": [name for one in series for name in one.sensors],
        "scene": [name for one in series for name in one.scenes],
    }
    for where, tracks in (("", [one.inside for one in series]), ("ring_", [one.ring for one in series])):
        filled = [_columns(track, length=len(one)) for track, one in zip(tracks, series, strict=True)]
        for name in ("clear_px", *QUANTITIES):
            rows[where + name] = np.concatenate([columns[name] for columns in filled])
    return xarray.Dataset({name: ("observation", values) for name, values in rows.items()})


def _columns(track: Track | None, *, length: int) -> Mapping[str, np.ndarray[Any, Any]]:
    nothing = np.full(length, np.nan)
    if track is None:
        return dict.fromkeys(("clear_px", *QUANTITIES), nothing)
    return {"clear_px": track.clear_px, **{name: track.mean.get(name, nothing) for name in QUANTITIES}}
