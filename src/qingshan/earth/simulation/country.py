"""How is a whole province looked at for years, where only some sites matter? Scenes, and the truth beside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
from shapely.affinity import affine_transform

from qingshan.earth.engines import Engine, LocalEngine, Watcher, watched
from qingshan.earth.grid import Window
from qingshan.earth.images.scenefiles import NAME
from qingshan.earth.sensors import SENTINEL2, Sensor
from qingshan.earth.simulation import sensing
from qingshan.earth.simulation.batch import day_of
from qingshan.earth.simulation.chance import chance
from qingshan.earth.simulation.clouds import Clouds, cells, clouds_of
from qingshan.earth.simulation.countryside import Countryside, colours, countryside
from qingshan.earth.simulation.painting import BANDS_10M, BANDS_20M, Canvas, Painted, write_scene
from qingshan.earth.simulation.passing import passes_of, seen_together, some
from qingshan.earth.simulation.scenery import Scenery, own_table, record, scenery
from qingshan.earth.simulation.seen import Setting, SimulatedSite
from qingshan.earth.simulation.sky import Looks, Passes, looks
from qingshan.earth.simulation.tiles import TilePlace, land_in, tiles_of
from qingshan.earth.simulation.toldsites import ToldGround, ToldSite, ground_of, weather_of_place
from qingshan.earth.simulation.world import Climate, World
from qingshan.earth.writing import write_whole

Array = np.ndarray[Any, np.dtype[Any]]

SCENES = "scenes"
TRUTH = Path("truth") / "truth.json"
"""apart from everything that an engine is given"""
DAYS_BACK = 1_150
"""of images before the last day"""


@dataclass(frozen=True, kw_only=True)
class Country:
    """What is looked at, and from when to when."""

    seed: int
    world: World
    since: date
    until: date
    known_until: date
    """last day that the stories know of; what happened is the same in images that come later"""
    sensor: Sensor = SENTINEL2


@dataclass(frozen=True, kw_only=True)
class Written:
    """A folder of scenes."""

    folder: Path
    scenes: tuple[str, ...]
    """ids of all that are there"""
    fresh: int
    """how many of them were made by this call"""


def write_country(
    folder: str | Path, told: Sequence[ToldSite], *, country: Country, engine: Engine | None = None,
    watch: Watcher | None = None, cancel: Event | None = None,
) -> Written:  # fmt: skip
    """Scenes that show all sites: below `scenes` GeoTIFF and scenes.toml, below `truth` what is true.

    Scenes that are there already stay as they are, so that a later call with a later last day costs the new days only.

    Args:
        folder: made if need be.
        told: sites with their claims, and what is to be true of them.
        country: world and days.
        engine: threads of this machine unless told.
        watch: called after some scenes each.
        cancel: set it to stop.
    """
    folder = Path(folder)
    (folder / SCENES).mkdir(parents=True, exist_ok=True)
    (folder / TRUTH).parent.mkdir(exist_ok=True)
    views = [_view(tile, told, country) for tile in tiles_of([each.site.shape for each in told])]
    orders = [
        (view, part)
        for view in views
        for part in _parts(
            [at for at in range(len(view.when.days)) if not view.is_there(folder / SCENES, at)]
        )
    ]
    results = (engine or LocalEngine()).run(orders, partial(_work, folder / SCENES), cancel=cancel)
    fresh = sum(watched(results, stage="scenes", total=len(orders), progress=watch))
    scenes = [entry for view in views for entry in view.entries()]
    write_whole(folder / SCENES / NAME, "\n".join(entry for _, entry in scenes).encode())
    _write_truth(folder / TRUTH, views, country)
    return Written(folder=folder / SCENES, scenes=tuple(name for name, _ in scenes), fresh=fresh)


AT_ONCE = 6  # scenes that are recorded together


def _parts(wanted: Sequence[int]) -> Iterator[Array]:
    for first in range(0, len(wanted), AT_ONCE):
        yield np.array(wanted[first : first + AT_ONCE], np.int64)


def _work(folder: Path, order: tuple[View, Array]) -> int:
    view, wanted = order
    return view.write(folder, wanted)


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One tile as it is seen."""

    country: Country
    tile: TilePlace
    setting: Setting
    when: Passes
    common: Looks
    land: Countryside
    colours: Array
    """(scenes, kinds, bands)"""
    classes: Array
    """(scenes, kinds)"""
    canvas: Canvas
    sites: tuple[SimulatedSite, ...]
    drawn: tuple[Scenery, ...]
    grounds: tuple[ToldGround, ...]

    def name(self, at: int) -> str:
        """Id of a scene."""
        day = day_of(int(self.when.days[at]))
        return f"{self.country.sensor.name}-{day:%Y%m%d}-{self.tile.name}"

    def is_there(self, folder: Path, at: int) -> bool:
        return (folder / f"{self.name(at)}_10m.tif").exists()

    def write(self, folder: Path, wanted: Array) -> int:
        """Some scenes into their files; how many."""
        days = self.when.days[wanted]
        clouds = clouds_of(self.country.seed, self.tile.name, days.tolist())
        common = some(self.common, wanted)
        parts = [self._recorded(number, wanted, common, clouds) for number in range(len(self.sites))]
        recorded = np.concatenate([out for out, _ in parts], axis=2)
        classes = np.concatenate([each for _, each in parts], axis=1)
        clouded = _clouded(clouds, common)
        for place, at in enumerate(wanted.tolist()):
            painted = Painted(
                colours=self.colours[at],
                classes=self.classes[at],
                clouded=clouded[place],
                recorded=recorded[place],
                recorded_classes=classes[place],
            )
            write_scene(folder, self.name(at), self.canvas, painted)
        return len(wanted)

    def _recorded(self, number: int, wanted: Array, common: Looks, clouds: Clouds) -> tuple[Array, Array]:
        drawn, window = self.drawn[number], self.canvas.windows[number]
        own = some(drawn.site.looks, wanted)
        cloud, shadow = clouds.at(window, own.cloud.shape[-1] - 1)
        within = drawn.site.setting.world.cloud_patch
        site = replace(
            drawn.site,
            looks=seen_together(common, own, cloud, shadow, within=within),
            setting=replace(drawn.site.setting, when=some(self.when, wanted)),
        )
        rows, cols = np.nonzero(self.canvas.owned[number])
        days = self.when.days[wanted].astype(np.int64)
        return record(replace(drawn, site=site, spectra=drawn.spectra[wanted]), rows, cols, numbers=days)

    def entries(self) -> Iterator[tuple[str, str]]:
        """Id and description of each scene, for scenes.toml."""
        for at, day in enumerate(self.when.days):
            yield self.name(at), _entry(self.name(at), day_of(int(day)), self.country.sensor)


def _entry(name: str, day: date, sensor: Sensor) -> str:
    bands = ", ".join(
        f'{band} = {{ file = "{name}_{part}.tif", band = {number} }}'
        for part, names in (("10m", BANDS_10M), ("20m", BANDS_20M))
        for number, band in enumerate(names, start=1)
    )
    told = (
        "[[scene]]", f'id = "{name}"', f"day = {day.isoformat()}", f'sensor = "{sensor.name}"',
        f"bands = {{ {bands} }}", f'mask = {{ file = "{name}_scl.tif", scheme = "{sensor.mask}" }}', "",
    )  # fmt: skip
    return "\n".join(told)


def _clouded(clouds: Clouds, common: Looks) -> Array:
    """(scenes, cells, cells) class of what hides the land, 0 where nothing does."""
    over = cells(clouds.cloud) - common.cloud_from[:, None, None]
    shade = cells(clouds.shadow) - common.shadow_from[:, None, None]
    hidden = np.where(over > 0.5, sensing.THICK_CLOUD, np.where(over > 0.0, sensing.CLOUD, 0))
    return np.where((hidden == 0) & (shade > 0.0), sensing.SHADOW, hidden).astype(np.uint8)


# --- what is drawn once for a tile ---------------------------------------------------------------------------


def _view(tile: TilePlace, told: Sequence[ToldSite], country: Country) -> View:
    """All of a tile that does not change from scene to scene."""
    here = [told[at] for at in tile.sites]
    seed, zone = country.seed, Counter(each.zone for each in here).most_common(1)[0][0]
    climate = country.world.climates[zone]
    years = _years(tile, climate, country)
    when = _joined([each for each, _ in years])
    is_wanted = (when.days >= _day(country.since)) & (when.days <= _day(country.until))
    common = some(_joined([seen for _, seen in years]), is_wanted)
    setting = Setting(
        zone=zone, world=country.world, sensor=country.sensor, seed=seed, when=some(when, is_wanted), place=tile.name
    )  # fmt: skip
    land, drawing = countryside(seed, tile.name, climate), tile.drawing_of(seed)
    weather = weather_of_place(seed, tile.name, setting=setting)
    sites, grounds = [], []
    for each, window, shape in zip(here, tile.windows, tile.shapes, strict=True):
        own = replace(setting, zone=each.zone, world=replace(country.world, tile_px=window.width))
        ground = _ground(each, own, window, shape, tile, land_in(window, drawing, land), land, country)
        seen = _joined([_own_looks(each, ground, own, passes) for passes, _ in years])
        seen = replace(some(seen, is_wanted), wet=common.wet)
        sites.append(
            SimulatedSite(
                id=each.site.id, setting=own, story=ground.story, truth=ground.truth, tile=ground.tile, looks=seen,
                weather=weather,
            )
        )  # fmt: skip
        grounds.append(ground)
    table = own_table(chance(seed, tile.name, "colours"), country.world)
    seen_colours, classes = colours(
        land.pieces, common, setting.when.days, climate=climate, weather=weather, table=table
    )
    return View(
        country=country,
        tile=tile,
        setting=setting,
        when=setting.when,
        common=common,
        land=land,
        colours=seen_colours,
        classes=classes,
        canvas=Canvas(
            grid=tile.grid,
            drawings=land.from_afar,
            drawing=drawing,
            wanted=tile.wanted,
            windows=tile.windows,
            owned=tile.owned([site.tile.inside for site in sites]),
        ),
        sites=tuple(sites),
        drawn=tuple(scenery(site) for site in sites),
        grounds=tuple(grounds),
    )


def _years(tile: TilePlace, climate: Climate, country: Country) -> list[tuple[Passes, Looks]]:
    """Images of each year, and the light, air and snow in them."""
    found = []
    for year in range(country.since.year, country.until.year + 1):
        passes = passes_of(
            year, seed=country.seed, place=tile.name, climate=climate, world=country.world, sensor=country.sensor
        )  # fmt: skip
        rng = chance(country.seed, tile.name, str(year), "sky")
        seen = looks(
            rng,
            when=passes,
            climate=climate,
            world=country.world,
            sensor=country.sensor,
            snow=None,
            cloud=None,
        )
        found.append((passes, replace(seen, missing=np.zeros_like(seen.missing))))
    return found


def _own_looks(told: ToldSite, ground: ToldGround, setting: Setting, passes: Passes) -> Looks:
    """Faults of masks at a site, and clouds that change across it, in the images of a year."""
    year = int(passes.days[0].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)) + 1970
    rng = chance(setting.seed, told.site.id, setting.sensor.name, str(year), "sky")
    return looks(
        rng, when=passes, climate=setting.climate, world=setting.world, sensor=setting.sensor, snow=None,
        cloud=ground.story.cloud,
    )  # fmt: skip


def _ground(
    told: ToldSite, setting: Setting, window: Window, shape: Any, tile: TilePlace, land: Array, around: Countryside,
    country: Country,
) -> ToldGround:  # fmt: skip
    """The land of a site; of the kinds of land only those that lie in its square."""
    grid = tile.grid
    west, north = grid.west + window.col * grid.dx, grid.north - window.row * grid.dy
    outline = affine_transform(shape, [1 / grid.dx, 0, 0, -1 / grid.dy, -west / grid.dx, north / grid.dy])
    kinds, here = np.unique(land, return_inverse=True)
    nearby = replace(
        around, pieces=tuple(around.pieces[kind] for kind in kinds), homes=tuple(around.homes[kind] for kind in kinds)
    )  # fmt: skip
    return ground_of(
        told, setting=setting, outline=outline, land=here.reshape(land.shape), around=nearby,
        last=_day(country.known_until),
    )  # fmt: skip


def _joined(parts: Sequence[Any]) -> Any:
    """Passes or looks of several years, one after the other."""
    kind = type(parts[0])
    return kind(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(kind)}
    )


def _day(day: date) -> int:
    return (day - date(1970, 1, 1)).days


# --- what is true -----------------------------------------------------------------------------------------------


def _write_truth(file: Path, views: Sequence[View], country: Country) -> None:
    sites = {}
    for view in views:
        for ground, owned in zip(view.grounds, view.canvas.owned, strict=True):
            inside = ground.tile.inside
            sites[ground.told.site.id] = _told(ground, shown=float((inside * owned).sum() / inside.sum()))
    told = {
        "seed": country.seed,
        "world": country.world.name,
        "until": country.until.isoformat(),
        "sites": sites,
    }
    write_whole(file, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def _told(ground: ToldGround, *, shown: float) -> dict[str, Any]:
    truth = ground.truth
    return {
        "scenario": truth.scenario,
        "zone": truth.zone,
        "is_true": truth.is_true,
        "shown": round(shown, 3),
        "answers": truth.answers,
        "events": [
            {"what": event.what, "day": day_of(event.day).isoformat(), "share": round(event.share, 3)}
            for event in truth.events
        ],
    }
