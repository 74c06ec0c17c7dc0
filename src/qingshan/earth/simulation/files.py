"""How is a simulated landscape handed over as files? As an office would hand them in; what is true lies apart."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely

from qingshan.earth.images.scenes import Scene
from qingshan.earth.images.scenewriting import write_scenes
from qingshan.earth.sensors import SENTINEL2, Sensor
from qingshan.earth.simulation.batch import Layout, Order, day_of, images, layout_of, scene_ids, told
from qingshan.earth.simulation.region import make_region
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.simulation.scenery import scenery
from qingshan.earth.simulation.seen import SimulatedSite
from qingshan.earth.simulation.truth import Truth
from qingshan.earth.simulation.world import TUNING, World
from qingshan.earth.sites import Claims, ClimateZone, SiteSet

SCENES, SITES, CLAIMS = "scenes", "sites.geojson", "claims.csv"
TRUTH = Path("truth") / "truth.json"
"""apart from everything that an engine is given"""

TILE_PX = 45
UNDER_ONE_SKY = tuple(each for each in Scenario if each is not Scenario.CLOUDED)
"""what may happen side by side: not that one site lies under clouds all the time"""
AT_ONCE = 8  # scenes that are held in memory
_DAYS = ("disturbed_since", "restored_since", "planted_on", "accepted_on")


def write_simulation(
    folder: str | Path, *, seed: int = 1, zone: ClimateZone = ClimateZone.SEMI_HUMID,
    scenarios: Sequence[Scenario] = UNDER_ONE_SKY, each: int = 1, sensor: Sensor = SENTINEL2,
    years: float = 6.0, cloud: float | None = None, revisit_days: int | None = None, world: World = TUNING,
) -> Path:  # fmt: skip
    """A landscape with sites of several scenarios: images, sites, claims, and apart from them the truth.

    Writes `scenes/` (GeoTIFF and scenes.toml), `sites.geojson` (id, zone), `claims.csv` (permitted boundaries as
    WKT in degrees) and `truth/truth.json`. Ids do not tell what happened.

    Args:
        folder: made if need be; files of the same names are replaced.
        seed: another seed, another landscape.
        zone: climate zone of the whole landscape.
        scenarios: what happens there.
        each: true sites of each scenario, and as many false ones.
        sensor: one for all images.
        years: from the first to the last image.
        cloud: mean share of the sky under cloud, 0 to 1; None: as zone and season have it.
        revisit_days: days between images; None: twice as many as the world has for the sensor.
        world: settings of the generator.

    Returns:
        The folder.
    """
    folder = Path(folder)
    order = Order(
        scenario=scenarios[0], zone=zone, n_true=each, n_false=each, sensor=sensor, seed=seed, years=years,
        cloud=cloud, revisit_days=revisit_days or 2 * world.revisit_days[sensor.name],
        world=replace(world, tile_px=TILE_PX),
    )  # fmt: skip
    made = make_region(scenarios, each=each, setting=order.setting())
    place = layout_of(made)
    sites, claims = told(made, place)
    write_scenes(folder / SCENES, _scenes(made, place))
    _write_sites(folder / SITES, sites)
    _write_claims(folder / CLAIMS, claims)
    (folder / TRUTH).parent.mkdir(exist_ok=True)
    _write_truth(folder / TRUTH, [site.truth for site in made], order=order)
    return folder


def _scenes(made: Sequence[SimulatedSite], place: Layout) -> Iterator[Scene]:
    """Scene after scene, a few at once in memory."""
    setting = made[0].setting
    drawn, ids, days = [scenery(site) for site in made], scene_ids(setting), setting.when.days
    for first in range(0, len(days), AT_ONCE):
        part = slice(first, min(first + AT_ONCE, len(days)))
        bands, mask = images(place, drawn, part)
        for at in range(part.stop - part.start):
            yield Scene.from_arrays(
                id=ids[first + at], day=day_of(int(days[first + at])), sensor=setting.sensor, grid=place.grid,
                bands={name: band[at] for name, band in bands.items()}, mask=mask[at], nodata=0,
            )  # fmt: skip


def _write_sites(file: Path, sites: SiteSet) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"id": site.id, "zone": site.zone},
            "geometry": shapely.geometry.mapping(site.shape),
        }
        for site in sites
    ]
    _write_json(file, {"type": "FeatureCollection", "features": features})


def _write_claims(file: Path, claims: Sequence[Claims]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "target", *_DAYS, "permitted"))
        for claim in claims:
            days = (getattr(claim, name) for name in _DAYS)
            permitted = (
                "" if claim.permitted is None else shapely.to_wkt(claim.permitted, rounding_precision=8)
            )
            rows.writerow((claim.site_id, claim.target or "", *(day or "" for day in days), permitted))


def _write_truth(file: Path, truths: Sequence[Truth], *, order: Order) -> None:
    sites = {
        truth.site_id: {
            "scenario": truth.scenario,
            "zone": truth.zone,
            "is_true": truth.is_true,
            "answers": truth.answers,
            "events": [
                {"what": event.what, "day": day_of(event.day).isoformat(), "share": round(event.share, 3)}
                for event in truth.events
            ],
        }
        for truth in truths
    }
    _write_json(
        file,
        {"seed": order.seed, "world": order.world.name, "sensor": order.sensor.name, "sites": sites},
    )


def _write_json(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
