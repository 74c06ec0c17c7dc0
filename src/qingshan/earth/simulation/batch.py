"""Many simulated sites on one grid, in memory; or only what was seen of them, as series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from qingshan.earth.grid import Grid, Window
from qingshan.earth.images.scenes import Scenes
from qingshan.earth.sensors import BANDS, GAOFEN, LANDSAT, SENTINEL2, Sensor
from qingshan.earth.simulation import sensing
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.simulation.scenery import Scenery, record, scenery
from qingshan.earth.simulation.seen import Setting, SimulatedSite, make_site
from qingshan.earth.simulation.sky import passes
from qingshan.earth.simulation.truth import Truth
from qingshan.earth.simulation.world import TUNING, World
from qingshan.earth.sites import Claims, ClimateZone, Site, SiteSet

Array = np.ndarray[Any, np.dtype[Any]]

# where the squares of a zone begin: UTM zone, west, north
_ANCHORS = {
    ClimateZone.ARID: ("EPSG:32645", 500_040.0, 4_700_040.0),
    ClimateZone.SEMI_ARID: ("EPSG:32649", 400_080.0, 4_400_040.0),
    ClimateZone.SEMI_HUMID: ("EPSG:32650", 399_960.0, 3_900_000.0),
    ClimateZone.HUMID: ("EPSG:32649", 500_040.0, 2_900_040.0),
}

_QA = np.full(256, 21824, dtype=np.uint16)  # clear; low confidence of everything else
_QA[sensing.NO_DATA] = 1
_QA[[sensing.CLOUD, sensing.THICK_CLOUD]] = 22280
_QA[sensing.SHADOW] = 23888
_QA[sensing.SNOW] = 30048
_QA[sensing.WATER] = 21952
_CLEAR = np.zeros(256, dtype=np.uint8)
_CLEAR[[sensing.DARK, sensing.PLANTS, sensing.BARE, sensing.WATER, sensing.UNSURE]] = 1


def bands_of(sensor: Sensor) -> tuple[str, ...]:
    """Names of the bands that a sensor delivers here, in the order of `sensors.BANDS`."""
    missing = {GAOFEN.name: ("rededge", "swir1", "swir2"), LANDSAT.name: ("rededge",)}.get(sensor.name, ())
    return tuple(band for band in BANDS if band not in missing)


def mask_of(sensor: Sensor, classes: Array) -> Array:
    """Scene classes as the sensor's own mask says them: SCL uint8, QA_PIXEL uint16, or clear-is-one uint8."""
    if sensor.name == LANDSAT.name:
        return _QA[classes]
    return _CLEAR[classes] if sensor.name == GAOFEN.name else classes


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """Images of many sites, what is claimed of them, and what is true."""

    grid: Grid
    sensor: Sensor
    days: Array
    """(scenes,) days since 1970-01-01"""
    scenes: tuple[str, ...]
    """(scenes,) ids"""
    bands: Mapping[str, Array]
    """band -> (scenes, height, width) numbers with the sensor's scale and offset; 0: no data"""
    mask: Array
    """(scenes, height, width) in the sensor's own mask scheme"""
    sites: SiteSet
    claims: tuple[Claims, ...]
    truths: tuple[Truth, ...]
    windows: tuple[Window, ...]
    """the square of each site, its surroundings included"""

    def as_scenes(self) -> Scenes:
        """The same as an engine takes it."""
        return Scenes.from_arrays(
            days=[day_of(int(day)) for day in self.days], sensor=self.sensor, grid=self.grid, bands=self.bands,
            mask=self.mask, ids=self.scenes, nodata=0,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Order:
    """Which sites are to be made."""

    scenario: Scenario
    zone: ClimateZone
    n_true: int
    n_false: int
    sensor: Sensor = SENTINEL2
    seed: int = 1
    years: float = 6.0
    cloud: float | None = None
    """mean share of the sky; None: as zone and season have it"""
    revisit_days: int | None = None
    """days between images; None: as the world has it"""
    world: World = TUNING

    def setting(self) -> Setting:
        """Place and scenes: the same for all scenarios of a seed, zone and sensor."""
        when = passes(
            seed=self.seed, zone=self.zone, climate=self.world.climates[self.zone], world=self.world,
            sensor=self.sensor, years=self.years, revisit_days=self.revisit_days, cloud=self.cloud,
        )  # fmt: skip
        return Setting(zone=self.zone, world=self.world, sensor=self.sensor, seed=self.seed, when=when)

    def sites(self) -> Iterator[SimulatedSite]:
        """The true ones, then the false ones."""
        setting = self.setting()
        for is_true, count in ((True, self.n_true), (False, self.n_false)):
            for number in range(count):
                yield make_site(self.scenario, is_true=is_true, number=number, setting=setting)


def simulate_batch(
    scenario: Scenario, zone: ClimateZone, n_true: int, n_false: int, *, sensor: Sensor = SENTINEL2,
    seed: int = 1, years: float = 6.0, cloud: float | None = None, revisit_days: int | None = None,
    world: World = TUNING,
) -> Batch:  # fmt: skip
    """Images of sites of one scenario on one grid, each in a square of its own.

    Memory: sites x tile_px² x scenes x (2 x bands + 1) bytes, so 2,000 sites, 28 px, 100 scenes: 2.4 GB.

    Args:
        cloud: mean share of the sky under cloud, 0 to 1; None: as zone and season have it.
        revisit_days: days between images; None: as the world has it for the sensor.
    """
    order = Order(
        scenario=scenario, zone=zone, n_true=n_true, n_false=n_false, sensor=sensor, seed=seed, years=years,
        cloud=cloud, revisit_days=revisit_days, world=world,
    )  # fmt: skip
    return batch_of(list(order.sites()))


def batch_of(made: Sequence[SimulatedSite]) -> Batch:
    """Lays the squares of sites of one zone, sensor and seed side by side and records them."""
    place = layout_of(made)
    setting = made[0].setting
    days = setting.when.days
    bands, mask = images(place, (scenery(site) for site in made), slice(0, len(days)))
    sites, claims = told(made, place)
    return Batch(
        grid=place.grid, sensor=setting.sensor, days=days, scenes=scene_ids(setting), bands=bands, mask=mask,
        sites=sites, claims=claims, truths=tuple(site.truth for site in made), windows=place.windows,
    )  # fmt: skip


def images(place: Layout, sceneries: Iterable[Scenery], scenes: slice) -> tuple[dict[str, Array], Array]:
    """Bands and mask of some scenes, in the numbers and codes of the sensor: (scenes, height, width)."""
    sensor, n, shape = place.sensor, scenes.stop - scenes.start, place.grid.shape
    bands = {name: np.zeros((n, *shape), dtype=_type_of(sensor)) for name in bands_of(sensor)}
    void = mask_of(sensor, np.zeros((n, 1, 1), dtype=np.uint8))
    mask = np.broadcast_to(void, (n, *shape)).copy()
    rows, cols = (at.ravel() for at in np.mgrid[: place.side, : place.side])
    for of, window in zip(sceneries, place.windows, strict=True):
        out, classes = record(of, rows, cols, scenes)
        square = (n, place.side, place.side)
        mask[:, window.rows, window.cols] = mask_of(sensor, classes).reshape(square)
        for name, band in bands.items():
            numbers = _numbers(sensor, out[:, BANDS.index(name)])
            band[:, window.rows, window.cols] = numbers.reshape(square)
    return bands, mask


def _type_of(sensor: Sensor) -> type:
    return np.int16 if sensor.offset == 0.0 else np.uint16


def _numbers(sensor: Sensor, recorded: Array) -> Array:
    """Numbers of the product from units of `sensing.SCALE`; 0 stays 0, which is no data."""
    if sensor.offset == 0.0 and sensor.scale == sensing.SCALE:
        return recorded
    numbers = np.rint((recorded * sensing.SCALE - sensor.offset) / sensor.scale)
    return np.where(recorded == 0, 0, np.clip(numbers, 1, 65535)).astype(_type_of(sensor))


def scene_ids(setting: Setting) -> tuple[str, ...]:
    """Names of the scenes: sensor and day."""
    return tuple(f"{setting.sensor.name}-{day_of(int(day)).strftime('%Y%m%d')}" for day in setting.when.days)


def day_of(day: int) -> date:
    """A date from days since 1970-01-01."""
    return date(1970, 1, 1) + timedelta(days=day)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where on a grid the squares of sites lie."""

    grid: Grid
    sensor: Sensor
    side: int
    """of a square, in pixels"""
    windows: tuple[Window, ...]


def layout_of(made: Sequence[SimulatedSite]) -> Layout:
    """Squares in rows, about as many across as down."""
    setting, count = made[0].setting, len(made)
    side, across = setting.world.tile_px, int(np.ceil(np.sqrt(count)))
    crs, west, north = _ANCHORS[setting.zone]
    pixel = setting.sensor.pixel_m
    grid = Grid(
        crs=crs, west=west, north=north, dx=pixel, dy=pixel, height=-(-count // across) * side,
        width=across * side,
    )  # fmt: skip
    windows = [
        Window(row=(at // across) * side, col=(at % across) * side, height=side, width=side)
        for at in range(count)
    ]
    return Layout(grid=grid, sensor=setting.sensor, side=side, windows=tuple(windows))


def told(made: Sequence[SimulatedSite], place: Layout) -> tuple[SiteSet, tuple[Claims, ...]]:
    """Sites and claims as an office would hand them in, in degrees."""
    shapes = _in_degrees([site.tile.outline for site in made], place)
    limits = _in_degrees([site.tile.permitted for site in made], place)
    sites = tuple(
        Site(id=site.id, shape=shape, zone=site.setting.zone)
        for site, shape in zip(made, shapes, strict=True)
    )
    return SiteSet(sites), tuple(told_claims(site, limit) for site, limit in zip(made, limits, strict=True))


def _in_degrees(shapes: Sequence[Any], place: Layout) -> list[Any]:
    grid = place.grid
    placed = np.empty(len(shapes), dtype=object)
    for at, (shape, window) in enumerate(zip(shapes, place.windows, strict=True)):
        if shape is not None:
            west, north = grid.west + window.col * grid.dx, grid.north - window.row * grid.dy
            placed[at] = affine_transform(shape, [grid.dx, 0.0, 0.0, -grid.dy, west, north])
    return list(grid.to_lonlat(placed))


def told_claims(site: SimulatedSite, permitted: BaseGeometry | None) -> Claims:
    """What is claimed of a site, with the permitted boundary in degrees."""
    story = site.story
    days = {
        name: None if (day := getattr(story, name)) is None else day_of(day)
        for name in ("disturbed_since", "restored_since", "planted_on", "accepted_on")
    }
    return Claims(site_id=site.id, target=story.target, permitted=permitted, **days)
