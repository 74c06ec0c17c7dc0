"""How much slower is a survey than only decoding the same images?

A tile of 10,980 × 10,980 pixels with red, near infrared and a scene classification of 20 m, as Sentinel-2 has them,
in 512-pixel blocks of GeoTIFF. *Peer* is a consumer that opens the same files, decodes the same blocks with the same
library and as many threads, and throws everything away: nothing that reads images can be faster. Ours decodes,
masks, and averages over 2,000 polygons (those of the zonal topic) on the way; *with pixels* it also keeps every
site's window in a site cube. Images are synthetic; real ones compress differently, which moves both sides.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import rasterio
from earth_zonal import SIDE, polygons
from machine import most_memory_gib
from measuring import SMALL, Findings, hold, timed_call
from rasterio.windows import Window

from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import LocalEngine
from qingshan.earth.grid import BLOCK_ROWS, Grid
from qingshan.earth.images.reading import spans_of
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.measures.scanning import pixels_of, zonal
from qingshan.earth.measures.weights import Weights, weights
from qingshan.earth.sites import Site, SiteSet

DISTINCT = 2 if SMALL else 3
ROUNDS = 1 if SMALL else 3
CODECS = {
    "deflate": {"compress": "deflate", "zlevel": 6, "predictor": 2},
    "zstd": {"compress": "zstd", "zstd_level": 1, "predictor": 2},
}
GRID = Grid(crs="EPSG:32650", west=300_000.0, north=4_400_040.0, dx=10.0, dy=10.0, height=SIDE, width=SIDE)
THREADS = (1, 2)


def measure(findings: Findings) -> None:
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent / "var") as name:
        folder = Path(name)
        for codec in CODECS:
            write_images(folder / codec, codec)
            measure_beside_nothing(findings, folder / codec, codec)
        measure_memory(findings, folder / "zstd")


def write_images(folder: Path, codec: str) -> None:
    """Hills of several sizes and noise, whole numbers; clouds in patches of 20 m."""
    folder.mkdir(parents=True)
    for turn in range(DISTINCT):
        chance = np.random.default_rng(turn)
        coarse = chance.normal(1.0, 0.25, (SIDE // 60, SIDE // 60)).clip(0.3, 2)
        hills = np.repeat(np.repeat(coarse, 60, 0), 60, 1).astype(np.float32)
        for band, level in (("red", 900), ("nir", 2800)):
            noise = chance.integers(-60, 60, hills.shape, np.int16)
            _write(folder / f"{turn}_{band}.tif", (hills * level + noise).astype(np.uint16), 1, codec)
        clouds = chance.choice(np.array([4, 5, 9], np.uint8), (SIDE // 120, SIDE // 120), p=[0.5, 0.3, 0.2])
        _write(folder / f"{turn}_scl.tif", np.repeat(np.repeat(clouds, 60, 0), 60, 1), 2, codec)


def _write(file: Path, values: np.ndarray, factor: int, codec: str) -> None:
    size = -(-SIDE // factor)
    padded = np.zeros((size, size), values.dtype)
    padded[: values.shape[0], : values.shape[1]] = values[:size, :size]
    pixel = GRID.dx * factor
    with rasterio.open(
        file,
        "w",
        driver="GTiff",
        tiled=True,
        blockxsize=512,
        blockysize=512,
        count=1,
        dtype=values.dtype,
        height=size,
        width=size,
        crs=GRID.crs,
        transform=rasterio.Affine(pixel, 0, GRID.west, 0, -pixel, GRID.north),
        num_threads=os.cpu_count(),
        **CODECS[codec],
    ) as image:
        image.write(padded, 1)


def scenes_of(folder: Path, dates: int, *, later: int = 0) -> Scenes:
    """So many dates that take turns with the distinct images."""
    parts = []
    for at in range(later, later + dates):
        day, turn = date(2022, 1, 1) + timedelta(days=5 * at), at % DISTINCT
        parts.append(
            f'[[scene]]\nid = "{day}"\nday = {day}\nsensor = "sentinel-2-msi"\n'
            f'bands = {{ red = "{turn}_red.tif", nir = "{turn}_nir.tif" }}\nmask = {{ file = "{turn}_scl.tif" }}\n'
        )
    (folder / "scenes.toml").write_text("\n".join(parts))
    return Scenes.from_folder(folder)


def measure_beside_nothing(findings: Findings, folder: Path, codec: str) -> None:
    shapes = polygons(GRID)
    sites = SiteSet.of(Site(id=str(n), shape=GRID.to_lonlat(shape)) for n, shape in enumerate(shapes))
    made = weights(GRID, sites)
    scenes = scenes_of(folder, DISTINCT)
    zonal(Scenes.of(scenes.scenes[:1]), made, quantities=("ndvi", "fvc"))  # compiles
    for threads in THREADS:
        engine = LocalEngine(threads=threads)
        nothing, ours = [], []
        for _ in range(ROUNDS):  # by turns, so that both see the same machine
            pixels, seconds = timed_call(lambda threads=threads: decode_only(scenes, made, threads))
            nothing.append(seconds)
            _, seconds = timed_call(
                lambda engine=engine: zonal(scenes, made, quantities=("ndvi", "fvc"), engine=engine)
            )
            ours.append(seconds)
        rates = [pixels / 1e6 / statistics.median(each) for each in (ours, nothing)]
        findings.add(f"averages from {codec}, {threads} thread{'s' * (threads > 1)}", "MB/s", *rates,
                     beside="decoding only")  # fmt: skip
    _measure_cube(findings, folder, codec, sites, scenes)


def _measure_cube(findings: Findings, folder: Path, codec: str, sites: SiteSet, scenes: Scenes) -> None:
    """The same beside a cube, which also reads windows and rings: the peer decodes their blocks as well."""
    engine = LocalEngine(threads=THREADS[-1])
    with away(folder / "cube") as cube:
        SiteCube.build(cube, sites=sites, scenes=Scenes.of(scenes.scenes[:1]), engine=engine)
        told = SiteCube.open(cube)
        layout = next(iter(told.layouts.values()))
        spans = {row: layout.strip(row).spans for row in layout.blocks}
        rest = Scenes.of(scenes.scenes[1:])
        decoded, seconds = timed_call(lambda: _decode(rest, spans, THREADS[-1], layout.block_rows))
        _, ours = timed_call(lambda: told.update(rest, engine=engine))
        findings.add(
            f"averages with pixels from {codec}, {THREADS[-1]} threads",
            "MB/s",
            decoded / 1e6 / ours,
            decoded / 1e6 / seconds,
            beside="decoding only",
        )


def decode_only(scenes: Scenes, made: Weights, threads: int) -> int:
    """The same blocks, thrown away; bytes as they are in memory."""
    spans = {}
    for row in range(0, SIDE, BLOCK_ROWS):
        part = made.rows(row, min(SIDE, row + BLOCK_ROWS))
        if len(part):
            spans[row] = spans_of(pixels_of(part), width=SIDE)
    return _decode(scenes, spans, threads)


def _decode(
    scenes: Scenes, spans: dict[int, list[tuple[int, int]]], threads: int, rows: int = BLOCK_ROWS
) -> int:
    units = [(scene, row) for scene in scenes for row in spans]

    def one(unit) -> int:
        scene, row = unit
        count = 0
        with rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR", GDAL_NUM_THREADS="1"):
            for layer in (*scene.bands.values(), scene.mask):
                with rasterio.open(layer.file) as image:
                    for first, end in spans[row]:
                        count += image.read(
                            1, window=_window(first, end, row, rows, layer.factor, image)
                        ).nbytes
        return count

    if threads == 1:
        return sum(map(one, units))
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(one, units))


def _window(first: int, end: int, row: int, rows: int, factor: int, image: rasterio.DatasetReader) -> Window:
    top, bottom = row // factor, min(image.height, -(-(row + rows) // factor))
    left, right = first // factor, min(image.width, -(-end // factor))
    return Window(left, top, right - left, bottom - top)


@contextmanager
def away(folder: Path) -> Iterator[Path]:
    """A folder that goes afterwards."""
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure_memory(findings: Findings, folder: Path) -> None:
    """Whole runs in processes of their own: what did they hold at most?"""
    few, many = (DISTINCT, 2 * DISTINCT) if SMALL else (6, 30)
    for dates in (few, many):
        scenes_of(folder, dates)
        command = [sys.executable, __file__, str(folder), str(dates)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        findings.add(f"most memory, tile of {SIDE:,} pixels with {dates} dates", "GiB", told["gib"])
        hold("memory stays below 2 GiB", told["gib"] < 2)


def run_once(folder: Path, dates: int) -> None:
    sites = SiteSet.of(Site(id=str(n), shape=GRID.to_lonlat(shape)) for n, shape in enumerate(polygons(GRID)))
    with away(folder / f"cube{dates}") as cube:
        SiteCube.build(
            cube, sites=sites, scenes=Scenes.from_folder(folder), engine=LocalEngine(threads=THREADS[-1])
        )
    print(json.dumps({"gib": most_memory_gib()}))


if __name__ == "__main__":
    run_once(Path(sys.argv[1]), int(sys.argv[2]))
