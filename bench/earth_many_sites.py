"""What does it cost to judge the claims on all sites of a tile, again and again as images come?

10,000 boxes of 1 to 10 hectares on a tile of 10,980 × 10,980 pixels, 60 dates (3 distinct ones, told under 60 names),
a claim on each site. *First run* begins with nothing, *re-run* finds everything done, *one new date* adds a scene:
its pixels, the series of all sites, all claims judged anew. Each way of working runs in a process of its own, which
also tells the most memory that it held; the peer of each is one thread. Two workers of a Dask cluster are measured
where `distributed` is installed, as the lock of the bench has it; their memory lies in processes of their own and is
not counted. Findings have to be the same, whoever did the work.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import shapely
from earth_reading import GRID, away, scenes_of, write_images
from earth_zonal import SIDE
from machine import most_memory_gib
from measuring import SMALL, Findings, agree, hold

from qingshan.earth.engines import DaskEngine, Engine, LocalEngine, Progress
from qingshan.earth.judged import as_json
from qingshan.earth.sites import Claims, ClimateZone, Site, SiteSet, TargetUse
from qingshan.earth.surveys import survey
from qingshan.earth.warming import warm

SITES = 100 if SMALL else 10_000
DATES = 4 if SMALL else 60
WAYS = {"one thread": 1, "two threads": 2}
CLUSTER = "two workers of a cluster"
STEPS = ("first run", "re-run", "one new date")
TOLD = tuple(name for step in STEPS for name in (step, f"{step}, images and series"))


def measure(findings: Findings) -> None:
    if not SMALL:
        warm()  # whoever comes first must not pay for compiling; every process finds the kernels in the cache
    ways = [*WAYS, *([CLUSTER] if importlib.util.find_spec("distributed") else [])]
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent / "var") as name:
        write_images(Path(name) / "zstd", "zstd")
        told = {way: _told_by(Path(name) / "zstd", way) for way in ways}
    alone = told["one thread"]
    for way in ways:
        for step in TOLD:
            peer = None if way == "one thread" else alone[step]
            beside = "" if peer is None else "one thread"
            findings.add(
                f"{SITES:,} sites, {DATES} dates, {way}: {step}", "s", told[way][step], peer, beside=beside
            )
        agree(f"findings of {way}", told[way]["findings"], alone["findings"])
        if way in WAYS:
            findings.add(f"most memory, {way}", "GiB", told[way]["gib"])
            hold("memory stays below 3 GiB", told[way]["gib"] < 3)
    findings.notes.append("each survey makes series of all sites and one finding a site")


def _told_by(folder: Path, way: str) -> dict:
    command = [sys.executable, __file__, str(folder), way]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def small_sites() -> SiteSet:
    """Boxes of 1 to 10 hectares, as most sites of a province are."""
    chance = np.random.default_rng(5)
    sides = np.sqrt(np.exp(chance.uniform(np.log(1e4), np.log(1e5), SITES)))
    west = GRID.west + chance.uniform(2_000, SIDE * 10 - 4_000, SITES)
    north = GRID.north - chance.uniform(2_000, SIDE * 10 - 4_000, SITES)
    boxes = shapely.box(west, north - sides, west + sides, north)
    zone = ClimateZone.SEMI_HUMID
    return SiteSet.of(Site(id=str(n), shape=GRID.to_lonlat(box), zone=zone) for n, box in enumerate(boxes))


def run_once(folder: Path, way: str) -> None:
    """All three steps with one engine, in this process."""
    sites = small_sites()
    claimed = date(2022, 1, 1) + timedelta(days=20)
    claims = [Claims(site_id=site.id, target=TargetUse.VEGETATION, restored_since=claimed) for site in sites]
    told: dict[str, object] = {}
    with _engine(way) as engine, away(folder / "out") as out:
        for step, dates in zip(STEPS, (DATES, DATES, DATES + 1), strict=True):
            scenes = scenes_of(folder, dates)
            began = time.perf_counter()
            stages: dict[str, float] = {}

            def watch(now: Progress, began: float = began, stages: dict[str, float] = stages) -> None:
                stages.setdefault(now.stage, time.perf_counter() - began)

            report = survey(sites, scenes, claims, out=out, engine=engine, progress=watch)
            told[step] = time.perf_counter() - began
            told[f"{step}, images and series"] = stages.get("judging", told[step])
            hold("all dates are in the series", len(report.series[0]) == dates)
    content = json.dumps([as_json(finding) for finding in report.findings], ensure_ascii=False)
    told["findings"] = hashlib.sha256(content.encode()).hexdigest()
    told["gib"] = most_memory_gib()
    print(json.dumps(told))


@contextmanager
def _engine(way: str) -> Iterator[Engine]:
    if way in WAYS:
        yield LocalEngine(threads=WAYS[way])
        return
    import distributed

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield DaskEngine(client=client)


if __name__ == "__main__":
    run_once(Path(sys.argv[1]), sys.argv[2])
