"""How many new pits does a screening find, and how much of what it shows is none?

Regions under one sky in a world drawn from a word, whose settings and seeds nobody saw while the screening was made;
six years of images, of which the first 600 days are history. *Found* are sites at which the last thing that happened
is digging, after that day and 200 days before the last image: touched by anything that was shown. *Right* are pieces
of land shown at a site at which anybody dug; all others are false alarms: at dry, ploughed or snowed-in land, at
sites that nobody touched, or between the sites. *Persistent* ones alone are told to people as such.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import shapely
from measuring import SMALL, Findings, hold, timed

from qingshan.earth.engines import LocalEngine
from qingshan.earth.parameters import released
from qingshan.earth.screening import Screened, screen
from qingshan.earth.simulation import TUNING, UNSEEN, Scenario
from qingshan.earth.simulation.batch import Batch, Order, batch_of, day_of
from qingshan.earth.simulation.region import make_region
from qingshan.earth.sites import ClimateZone, Site, SiteSet

STORIES = (Scenario.NEVER_DISTURBED, Scenario.BOUNDARY, Scenario.DROUGHT, Scenario.CROPLAND, Scenario.WINTER)
DUG = {"mined", "dug_inside", "dug_outside", "mined_again"}
ZONES = (ClimateZone.SEMI_HUMID,) if SMALL else tuple(ClimateZone)
EACH = 1 if SMALL else 3
"""true sites of a story in a region, and as many false ones"""
ROUNDS = int(os.environ.get("SCREENING_ROUNDS", "1" if SMALL else "5"))
"""regions of each zone"""
SEED = 7 if SMALL else 20_262_101
WORLD = TUNING if SMALL else UNSEEN
TILE_PX = 45
HISTORY_DAYS, LAST_DAYS = 600, 200
YEARS = 6.0
AROUND_DEG = 3e-4
"""a pit that is dug over the boundary belongs to the site"""


@dataclass
class Counted:
    """What came of the regions of one zone."""

    pits: int = 0
    found: int = 0
    found_persistent: int = 0
    shown: Counter[bool] = field(default_factory=Counter)
    """pieces of land by whether somebody dug there"""
    persistent: Counter[bool] = field(default_factory=Counter)
    wrong_m2: float = 0.0
    """of persistent ones"""
    land_m2: float = 0.0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            **{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__}
        )


def measure(findings: Findings) -> None:
    by_zone = {zone: Counted() for zone in ZONES}
    with timed() as watch:
        for number in range(ROUNDS):
            for zone in ZONES:
                by_zone[zone] += _one_region(zone, seed=SEED + number)
            print(f"  round {number + 1} of {ROUNDS}\n{shown(by_zone)}", flush=True)
    whole = sum(by_zone.values(), Counted())
    hold("there were pits, and land", whole.pits > 0 and whole.land_m2 > 0)
    findings.texts.append(("by zone", shown(by_zone)))
    findings.add(f"pits found, of {whole.pits}", "%", _share(whole.found, whole.pits))
    findings.add(
        f"pits found as persistent, of {whole.pits}", "%", _share(whole.found_persistent, whole.pits)
    )
    for words, counted in (("pieces shown", whole.shown), ("persistent pieces", whole.persistent)):
        findings.add(
            f"{words} that are right, of {counted.total()}", "%", _share(counted[True], counted.total())
        )
    findings.add("land wrongly shown as persistent", "%", 100 * whole.wrong_m2 / whole.land_m2)
    findings.add("one region", "s", watch.seconds / (ROUNDS * len(ZONES)))
    findings.notes.append(
        f"{ROUNDS} regions of {len(STORIES) * EACH * 2} sites in each of {len(ZONES)} zones; world “{WORLD.name}”,"
        f" seeds from {SEED}, parameters {released().label}"
    )


def _one_region(zone: ClimateZone, *, seed: int) -> Counted:
    order = Order(
        scenario=STORIES[0], zone=zone, n_true=EACH, n_false=EACH, seed=seed, years=YEARS, revisit_days=10,
        world=replace(WORLD, tile_px=TILE_PX),
    )  # fmt: skip
    batch = batch_of(make_region(STORIES, each=EACH, setting=order.setting()))
    since = int(batch.days[0]) + HISTORY_DAYS
    land = SiteSet.of(
        [Site(id="region", shape=batch.grid.to_lonlat(shapely.box(*batch.grid.bounds)), zone=zone)]
    )
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent / "var") as folder:
        of = screen(
            land, batch.as_scenes(), out=Path(folder), since=day_of(since), engine=LocalEngine(threads=2)
        )
    return _counted(batch, of, since)


def _counted(batch: Batch, of: Screened, since: int) -> Counted:
    last = int(batch.days[-1]) - LAST_DAYS
    dug, asked = [], []
    for site, truth in zip(batch.sites, batch.truths, strict=True):
        days = [event.day for event in truth.events if event.what in DUG and event.day >= since]
        if not days:
            continue
        around = site.shape.buffer(AROUND_DEG)
        dug.append(around)
        if max(days) < last and max(days) == max(e.day for e in truth.events if e.what != "drought"):
            asked.append(around)
    counted = Counted(pits=len(asked), land_m2=of.land_m2)
    places = shapely.union_all(dug)
    for one in of.disturbances:
        is_right = one.shape.intersects(places)
        counted.shown[is_right] += 1
        if one.is_persistent:
            counted.persistent[is_right] += 1
            counted.wrong_m2 += 0.0 if is_right else one.area_m2
    for pit in asked:
        met = [one for one in of.disturbances if one.shape.intersects(pit)]
        counted.found += bool(met)
        counted.found_persistent += any(one.is_persistent for one in met)
    return counted


def shown(by_zone: dict[ClimateZone, Counted]) -> str:
    """The table as text."""
    lines = [
        f"{'zone':12} {'pits':>5} {'found':>6} {'persist.':>9} {'shown':>6} {'right':>6} {'persist.':>9} {'right':>6}"
    ]
    for zone, of in by_zone.items():
        lines.append(
            f"{zone.value:12} {of.pits:>5} {of.found:>6} {of.found_persistent:>9} {of.shown.total():>6}"
            f" {of.shown[True]:>6} {of.persistent.total():>9} {of.persistent[True]:>6}"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


if __name__ == "__main__":
    (Path(__file__).parent / "var").mkdir(exist_ok=True)
    found = Findings()
    measure(found)
    for title, text in found.texts:
        print(f"── {title}\n{text}")
    print("\n".join(found.notes))
