"""How long does it take to find, among 50,000 sites, those that one polygon meets?

Ours asks the database with `geom__intersects`: candidates from the spatial index, each checked exactly, keys
returned. Beside it shapely's STRtree over the same shapes, which has to load them all into memory first and
sees no later change, and a plain scan of shapes that are in memory already. Questions are outlines of 64
corners, 0.5 to 5 km across, as control lines are; all three find the same sites.
"""

from __future__ import annotations

import ground
import numpy as np
import objects
import shapely
from measuring import SMALL, Findings, agree, p50, p95, timed_call

from qingshan.office.mines.models import Site

ROWS = 2_000 if SMALL else 50_000
QUESTIONS = 20 if SMALL else 300
SCANS = 5 if SMALL else 20


def prepare() -> None:
    objects.fill(ROWS)


def outlines() -> list[shapely.Polygon]:
    """Ragged outlines around places where sites are."""
    chance = np.random.default_rng(11)
    _, places = ground.middles(np.random.default_rng(ground.SEED), ROWS)
    found = []
    for lon, lat in places[chance.integers(0, ROWS, QUESTIONS)]:
        turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
        reach = chance.uniform(250, 2500) / ground.METRES_PER_DEGREE * chance.uniform(0.6, 1.0, 64)
        found.append(
            shapely.Polygon(np.column_stack([lon + reach * np.cos(turn), lat + reach * np.sin(turn)]))
        )
    return found


def measure(findings: Findings) -> None:
    asked = outlines()
    ours, times = _timed(asked, _from_database)
    (ids, shapes), loading_s = timed_call(_in_memory)
    tree, building_s = timed_call(lambda: shapely.STRtree(shapes))
    by_tree, tree_times = _timed(asked, lambda polygon: ids[tree.query(polygon, predicate="intersects")])
    by_scan, scan_times = _timed(asked[:SCANS], lambda polygon: ids[_scanned(shapes, polygon)])
    agree("sites found, beside the tree", ours, by_tree)
    agree("sites found, beside the scan", ours[:SCANS], by_scan)
    findings.add("one polygon, p50", "ms", p50(times), p50(tree_times), beside="STRtree in memory")
    findings.add("one polygon, p95", "ms", p95(times), p95(tree_times), beside="STRtree in memory")
    findings.add("one polygon, p50", "ms", p50(times), p50(scan_times), beside="plain scan in memory")
    findings.add(
        "before the first question", "s", 0.0, loading_s + building_s, beside="loading, then STRtree"
    )
    findings.notes.append(
        f"{ROWS:,} sites, {QUESTIONS} polygons, {sum(map(len, ours)) / QUESTIONS:.1f} sites met by one on average"
    )


def _timed(asked, answer) -> tuple[list[list[int]], list[float]]:
    """For each polygon the sorted ids, and milliseconds."""
    found, times = [], []
    for polygon in asked:
        ids, seconds = timed_call(lambda polygon=polygon: answer(polygon))
        found.append(sorted(map(int, ids)))
        times.append(1000 * seconds)
    return found, times


def _from_database(polygon: shapely.Polygon) -> list[int]:
    return list(Site.objects.filter(geom__intersects=polygon).values_list("pk", flat=True))


def _in_memory() -> tuple[np.ndarray, np.ndarray]:
    rows = Site.objects.order_by("pk").values_list("pk", "geom")
    ids, shapes = zip(*rows, strict=True)
    return np.array(ids), np.array(shapes, dtype=object)


def _scanned(shapes: np.ndarray, polygon: shapely.Polygon) -> np.ndarray:
    shapely.prepare(polygon)
    return shapely.intersects(polygon, shapes)
