"""How fast are averages over sites, once an image is in memory?

2,000 ragged polygons (24 to 160 corners, 15 % with a hole, median 0.27 km², overlaps as they fall) on a tile of
10,980 × 10,980 pixels. *Float* asks for mean, count and variance of one array; coverage was worked out once before
and is used for every date. exactextract does the same in one call for 1, 6, 30 and 60 dates: the more dates, the
longer its own coverage lasts; 60 dates of ours are 60 calls. *In one pass* starts from stored whole numbers (red,
near infrared, a mask) and finds the index, its square, cover and what is clear on the way, by block rows of 512
rows; *all* finds nine quantities from seven bands. One core throughout, unless a line says two.

The ceiling is what one core adds up when it reads the same array from end to end, with nothing else to do.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely
from exactextract import exact_extract
from exactextract.feature import JSONFeatureSource
from exactextract.raster import NumPyRasterSource
from measuring import SMALL, Findings, hold, timed_call

from qingshan.earth.compiled import compiled
from qingshan.earth.grid import BLOCK_ROWS, Grid
from qingshan.earth.images.masks import Mask
from qingshan.earth.images.pixels import BlockPixels
from qingshan.earth.measures.indices import Recipe
from qingshan.earth.measures.weights import Weights, weights
from qingshan.earth.measures.zonal import BlockSums, merge, sums_of_block, zonal_array
from qingshan.earth.parameters import released
from qingshan.earth.sensors import BANDS
from qingshan.earth.series import QUANTITIES
from qingshan.earth.sites import Site, SiteSet

SIDE = 1_200 if SMALL else 10_980
POLYGONS = 40 if SMALL else 2_000
DISTINCT = 3
"""Arrays in memory; dates take turns with them, and each is far greater than any cache."""
AT_ONCE = (1, 6) if SMALL else (1, 6, 30, 60)
ROUNDS = 2 if SMALL else 9
MARGIN = 250
"""Pixels from the edge within which no polygon has its middle."""
RECIPE = Recipe.of(released(), zone=None, month=7)
LEAN = ("ndvi", "fvc")


def measure(findings: Findings) -> None:
    grid = Grid(
        crs="EPSG:32650", west=300_000.0, north=4_400_040.0, dx=10.0, dy=10.0, height=SIDE, width=SIDE
    )
    shapes = polygons(grid)
    sites = SiteSet.of(Site(id=str(n), shape=shapely.Polygon()) for n in range(len(shapes)))
    weights(grid, sites, shapes=shapes[:3])  # compiles
    made, weighing_s = timed_call(lambda: weights(grid, sites, shapes=shapes))
    px = int(made.runs[2].sum()) + len(made.shares)
    findings.add("coverage of all polygons, once", "s", weighing_s)
    measure_floats(findings, made, shapes, px)
    gc.collect()
    measure_one_pass(findings, made, px)
    findings.notes.append(
        f"{px / 1e6:.1f} million pixels of polygons a date, in {made.runs.shape[1]:,} runs of"
        f" {made.runs[2].mean():.0f} whole pixels and {len(made.shares):,} pixels that are covered in part"
    )


def polygons(grid: Grid) -> list[shapely.Polygon]:
    """Lobed outlines; areas are log-normal, at most 22.5 km²."""
    chance = np.random.default_rng(7)
    west, _, _, north = grid.bounds
    made = []
    for _ in range(POLYGONS):
        area = min(22.5e6, np.exp(chance.normal(np.log(0.27e6), 1.37)))
        turn = np.linspace(0, 2 * np.pi, int(chance.integers(24, 161)), endpoint=False)
        lobes = 1 + 0.25 * np.sin(chance.integers(2, 6) * turn + chance.uniform(0, 6))
        reach = np.sqrt(area / np.pi) * lobes * chance.uniform(0.95, 1.05, len(turn))
        col, row = chance.uniform(MARGIN, SIDE - MARGIN, 2)
        rays = np.column_stack([np.cos(turn), np.sin(turn)]) * reach[:, None]
        middle = np.array([west + col * grid.dx, north - row * grid.dy])
        hole = [middle + 0.3 * rays] if chance.random() < 0.15 else None
        made.append(shapely.Polygon(middle + rays, hole))
    return made


def images() -> list[np.ndarray]:
    """Float arrays like NDVI: hills of several sizes, and noise."""
    chance = np.random.default_rng(11)
    made = []
    for _ in range(DISTINCT):
        coarse = chance.normal(0.4, 0.15, (SIDE // 60, SIDE // 60)).astype(np.float32)
        hills = np.repeat(np.repeat(coarse, 60, axis=0), 60, axis=1)
        made.append(hills + chance.random(hills.shape, np.float32) * np.float32(0.1))
    return made


def measure_floats(findings: Findings, made: Weights, shapes: list[shapely.Polygon], px: int) -> None:
    arrays = images()
    features = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)} for shape in shapes
    ]
    found = [zonal_array(array, made) for array in arrays]
    ours = usual_s(lambda turn: zonal_array(arrays[turn % DISTINCT], made))
    best = float("inf")
    for dates in AT_ONCE:
        told, seconds = timed_call(lambda dates=dates: theirs(arrays, features, made.grid, dates))
        compare(found, told, min(dates, DISTINCT))
        best = min(best, seconds / dates)
        findings.add(
            "float",
            "M px/s",
            px / ours / 1e6,
            px / seconds * dates / 1e6,
            beside=f"exactextract, {dates} at once",
        )
    findings.add("float", "M px/s", px / ours / 1e6, px / best / 1e6, beside="exactextract at its best")
    findings.add("60 dates", "s", 60 * ours, 60 * best, beside="exactextract at its best")
    with ThreadPoolExecutor(2) as pool:
        both = usual_s(lambda turn: list(pool.map(lambda array: zonal_array(array, made), arrays[:2])))
    findings.add("float, two cores with a date each", "M px/s", 2 * px / both / 1e6)
    added_up(arrays[0])
    ceiling = usual_s(lambda turn: added_up(arrays[turn % DISTINCT]))
    findings.add("ceiling: every pixel of the tile, read in order", "M px/s", SIDE * SIDE / ceiling / 1e6)


def theirs(arrays: list[np.ndarray], features: list[dict], grid: Grid, dates: int) -> list[dict]:
    """Mean, count and variance by exactextract for some dates in one call."""
    west, south, east, north = grid.bounds
    rasters = [
        NumPyRasterSource(arrays[n % DISTINCT], xmin=west, ymin=south, xmax=east, ymax=north, name=f"d{n}")
        for n in range(dates)
    ]
    return exact_extract(rasters, JSONFeatureSource(features), ["mean", "count", "variance"])


def compare(found: list, told: list[dict], dates: int) -> None:
    """Within a millionth of exactextract, for every polygon."""
    for date in range(dates):
        before = "" if dates == 1 else f"d{date}_"
        for name in ("mean", "count", "variance"):
            peers = np.array([each["properties"][before + name] for each in told])
            ours = getattr(found[date], name)
            hold(f"{name} as exactextract has it", np.allclose(ours, peers, rtol=1e-6, atol=1e-12))


def measure_one_pass(findings: Findings, made: Weights, px: int) -> None:
    chance = np.random.default_rng(13)
    red, nir, third = (chance.integers(200, 5000, (SIDE, SIDE), np.uint16) for _ in range(3))
    clear = np.where(chance.random((SIDE, SIDE), np.float32) < 0.8, Mask.CLEAR, Mask.CLOUD).astype(np.uint8)
    parts = [(row, made.rows(row, row + BLOCK_ROWS)) for row in range(0, SIDE, BLOCK_ROWS)]
    of_band = dict(zip(BANDS, (third, third, red, third, nir, third, third), strict=True))
    whole = {name: red if name == "red" else nir for name in ("red", "nir")}
    for what, bands, wanted in (("index, cover and mask", whole, LEAN), ("all", of_band, QUANTITIES)):
        run = one_pass(bands, clear, parts, wanted)
        first = run(map)
        seconds = usual_s(lambda turn, run=run: run(map))
        findings.add(f"in one pass: {what}", "M px/s", px / seconds / 1e6)
        with ThreadPoolExecutor(2) as pool:
            both = usual_s(lambda turn, run=run, pool=pool: run(pool.map))
            hold("the same bits from two threads", run(pool.map).total.tobytes() == first.total.tobytes())
        findings.add(f"in one pass: {what}, two cores", "M px/s", px / both / 1e6)
    compare_one_pass(findings, made, red, nir, clear, parts)


def one_pass(
    bands: dict[str, np.ndarray], clear: np.ndarray, parts: list[tuple[int, Weights]], wanted: Iterable[str]
) -> Callable[..., BlockSums]:
    """All block rows of a scene, by any `map`."""
    scale = dict.fromkeys(bands, 1e-4)

    def block(place: tuple[int, Weights]) -> BlockSums:
        row, part = place
        rows = slice(row, row + BLOCK_ROWS)
        cut = {name: band[rows] for name, band in bands.items()}
        pixels = BlockPixels(row=row, bands=cut, clear=clear[rows], scale=scale, offset={})
        return sums_of_block(pixels, part, RECIPE, quantities=tuple(wanted))

    return lambda mapped: merge(mapped(block, parts))


def compare_one_pass(
    findings: Findings,
    made: Weights,
    red: np.ndarray,
    nir: np.ndarray,
    clear: np.ndarray,
    parts: list[tuple[int, Weights]],
) -> None:
    """Beside the float way on an array of the index that numpy made."""
    one, other = red.astype(np.float32) * np.float32(1e-4), nir.astype(np.float32) * np.float32(1e-4)
    ndvi = np.where(clear == Mask.CLEAR, (other - one) / (other + one), np.float32(np.nan))
    plain = zonal_array(ndvi, made)
    sums = one_pass({"red": red, "nir": nir}, clear, parts, LEAN)(map)
    place = QUANTITIES.index("ndvi")
    weight, total = sums.weight[:, place], sums.total[:, place]
    hold("clear pixels as the float way has them", np.allclose(weight, plain.count[sums.sites], rtol=1e-9))
    hold("the index as the float way has it", np.allclose(total / weight, plain.mean[sums.sites], atol=1e-7))
    findings.notes.append(
        "one pass and the float way agree to a ten-millionth, exactextract and ours to a millionth"
    )


def usual_s(call: Callable[[int], object]) -> float:
    """The median of some rounds, after one that does not count."""
    call(0)
    return statistics.median(timed_call(lambda turn=turn: call(turn))[1] for turn in range(ROUNDS))


@compiled
def added_up(values):
    """Bits as whole numbers, so that memory and not adding sets the pace."""
    bits = values.reshape(-1).view(np.int32)
    total = np.int32(0)
    for i in range(bits.size):
        total += bits[i]
    return total
