"""On which grid does a scene lie? Its files' headers say; bands that do not fit together are refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import rasterio
from rasterio.errors import RasterioError

from qingshan.earth.errors import SceneRefused
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import Layer, Scene
from qingshan.earth.sensors import MaskScheme, Sensor

SAME = 1e-6  # grids are written with rounded numbers: agreement in pixels
NEEDED = ("red", "nir")


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a file says of itself."""

    grid: Grid
    count: int
    """bands"""
    block_rows: int


def header_of(file: Path, *, scene: str) -> Header:
    """The header of an image file.

    Raises:
        SceneRefused: missing, damaged, without a reference system, or not with north up.
    """
    if not file.exists():
        raise SceneRefused.because("earth.scene_file_missing", scene=scene, file=file.name)
    try:
        with rasterio.open(file) as image:
            if image.crs is None:
                raise SceneRefused.because("earth.scene_without_crs", scene=scene, file=file.name)
            return Header(
                grid=grid_of(
                    image.transform,
                    crs=str(image.crs),
                    epsg=image.crs.to_epsg(),
                    shape=image.shape,
                    scene=scene,
                ),
                count=image.count,
                block_rows=int(image.block_shapes[0][0]),
            )
    except RasterioError as fault:
        raise SceneRefused.because(
            "earth.scene_file_unreadable", scene=scene, file=file.name, fault=str(fault)
        ) from fault


def grid_of(
    transform: rasterio.Affine, *, crs: str, epsg: int | None, shape: tuple[int, int], scene: str
) -> Grid:
    """A grid from an affine transform.

    Raises:
        SceneRefused: it is rotated, sheared, or has south up.
    """
    if transform.b or transform.d or transform.a <= 0 or transform.e >= 0:
        raise SceneRefused.because("earth.grid_rotated", scene=scene)
    return Grid(
        crs=f"EPSG:{epsg}" if epsg else crs,
        west=transform.c,
        north=transform.f,
        dx=transform.a,
        dy=-transform.e,
        height=shape[0],
        width=shape[1],
    )


def scene_of(
    *,
    id: str,
    day: date,
    sensor: Sensor,
    bands: Mapping[str, Layer],
    mask: Layer | None,
    scheme: MaskScheme,
    headers: Mapping[Path, Header] | None = None,
) -> Scene:
    """A scene from layers in files: opens every file once and makes all fit the finest band.

    Args:
        headers: what is known of files already (from a catalogue); others are opened.

    Raises:
        SceneRefused: a file or a needed band is missing, or grids do not fit.
    """
    if lacking := [name for name in NEEDED if name not in bands]:
        raise SceneRefused.because("earth.band_missing", scene=id, bands="、".join(lacking))
    layers = [*bands.values(), *([mask] if mask else [])]
    known = dict(headers or {})
    for layer in layers:
        assert layer.file is not None
        if layer.file not in known:
            known[layer.file] = header_of(layer.file, scene=id)
    grids = [known[layer.file].grid for layer in bands.values() if layer.file]
    grid = min(grids, key=lambda each: (each.dx, each.dy))
    fitted = {name: _fitted(layer, known, grid=grid, scene=id) for name, layer in bands.items()}
    return Scene(
        id=id,
        day=day,
        sensor=sensor,
        grid=grid,
        bands=fitted,
        mask=_fitted(mask, known, grid=grid, scene=id) if mask else None,
        scheme=scheme if mask else MaskScheme.NONE,
    )


def _fitted(layer: Layer, headers: Mapping[Path, Header], *, grid: Grid, scene: str) -> Layer:
    """The layer with its factor and block height.

    Raises:
        SceneRefused: it has no such band, or lies on a grid that does not fit.
    """
    assert layer.file is not None
    header = headers[layer.file]
    if not 1 <= layer.number <= header.count:
        raise SceneRefused.because(
            "earth.band_not_in_file", scene=scene, file=layer.name, number=layer.number, count=header.count
        )
    own = header.grid
    if own.crs != grid.crs:
        raise SceneRefused.because(
            "earth.bands_in_two_crs", scene=scene, file=layer.name, crs=own.crs, other=grid.crs
        )
    factor = round(own.dx / grid.dx)
    if not _fits(own, grid, factor=factor):
        raise SceneRefused.because("earth.bands_do_not_fit", scene=scene, file=layer.name)
    return replace(layer, factor=factor, block_rows=header.block_rows, size_bytes=layer.file.stat().st_size)


def _fits(own: Grid, grid: Grid, *, factor: int) -> bool:
    """Whole multiples of the pixel, the same corner, and large enough to cover all."""
    if factor < 1:
        return False
    apart = (
        own.dx / grid.dx - factor,
        own.dy / grid.dy - factor,
        (own.west - grid.west) / grid.dx,
        (own.north - grid.north) / grid.dy,
    )
    sizes = (-(-grid.height // factor), -(-grid.width // factor))
    return max(map(abs, apart)) < SAME and own.shape == sizes
