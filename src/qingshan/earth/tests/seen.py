"""What an observer could have seen: sites, series, findings and pictures that are made by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import Polygon, box, mapping

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.grid import Grid
from qingshan.earth.images.scenes import LeftOut, Scenes
from qingshan.earth.images.scenewriting import write_scenes
from qingshan.earth.parameters import released
from qingshan.earth.reports import Results, UsedScene
from qingshan.earth.sensors import SENTINEL2
from qingshan.earth.series import QUANTITIES, SiteSeries, Track
from qingshan.earth.sheets import View
from qingshan.earth.sites import Claims, ClimateZone, Site, SiteSet, TargetUse
from qingshan.rules.reasons import Reason, Sentence, declare

EPOCH = date(1970, 1, 1)
LON, LAT = 112.4, 37.1

declare(
    {
        "made.unsupported": Sentence(
            zh="申报 2023-06-10 修复完成，但此后两个生长季的 14 期清晰影像中有 13 期"
            "植被覆盖度不到周边的一半，与申报不符，请现场核实。",
            en="Restoration was said to be complete on 2023-06-10, but in 13 of 14 clear images of the two"
            " growing seasons since then vegetation cover stayed below half of that around. Please check on site.",
        ),
        "made.undecidable": Sentence(
            zh="验收以来清晰影像不足，无法判定是否保持。",
            en="There are too few clear images since acceptance to tell whether it was kept.",
        ),
        "made.drought": Sentence(
            zh="2024 年周边植被同样偏低，可能是干旱年。",
            en="Cover around was low in 2024, too: perhaps a dry year.",
        ),
        "made.visit": Sentence(zh="在 7 月到现场核实植被。", en="Look at the plants on site in July."),
        "made.torn": Sentence(zh="文件不完整，读不出来。", en="The file is torn and cannot be read."),
        "made.wait": Sentence(
            zh="等待 2025 年生长季的影像。", en="Wait for images of the growing season of 2025."
        ),
    }
)


def square(*, east_m: float = 0.0, side_m: float = 260.0) -> Polygon:
    """A lobed square near the made-up place."""
    dx, dy = side_m / 88_800, side_m / 111_000
    west, south = LON + east_m / 88_800, LAT
    return Polygon(
        [
            (west, south),
            (west + dx, south - dy * 0.1),
            (west + dx * 1.1, south + dy * 0.6),
            (west + dx * 0.7, south + dy),
            (west, south + dy * 0.9),
        ]
    )


def made_site(**changed: Any) -> Site:
    known: dict[str, Any] = {
        "id": "QS-0388",
        "shape": square(),
        "name": "东沟铁矿 3 号排土场",
        "zone": ClimateZone.SEMI_HUMID,
    }
    return Site(**(known | changed))


def made_claims(**changed: Any) -> Claims:
    known: dict[str, Any] = {
        "site_id": "QS-0388",
        "target": TargetUse.VEGETATION,
        "disturbed_since": date(2021, 4, 1),
        "planted_on": date(2023, 4, 20),
        "restored_since": date(2023, 6, 10),
        "accepted_on": date(2023, 9, 30),
        "permitted": square(east_m=-60, side_m=360),
    }
    return Claims(**(known | changed))


def made_series(
    *, site_id: str = "QS-0388", count: int = 90, every: int = 16, gap: bool = True
) -> SiteSeries:
    """Grown until 2021-04, then bare with a little green each summer; the ring keeps its seasons."""
    chance = np.random.default_rng(5)
    days = np.array([(date(2021, 1, 5) - EPOCH).days + every * at for at in range(count)], dtype=np.int32)
    if gap and count:
        days = days[(days < days[0] + 500) | (days > days[0] + 660)]
    season = 0.5 - 0.5 * np.cos(2 * np.pi * ((days % 365.25) - 20) / 365.25)
    ring = 0.18 + 0.55 * season + chance.normal(0, 0.02, len(days))
    bare = days > (date(2021, 4, 1) - EPOCH).days
    site = np.where(bare, 0.06 + 0.14 * season, ring) + chance.normal(0, 0.02, len(days))
    clear = np.where(chance.random(len(days)) < 0.25, 210.0, 640.0)
    clear[3:4] = 0.0
    inside = _track(np.clip(site, 0, 1), clear, 676.0)
    around = _track(np.clip(ring, 0, 1), clear * 4, 2704.0)
    scenes = tuple(f"S2A_MSIL2A_{(EPOCH + timedelta(days=int(day))):%Y%m%d}_T49SDB" for day in days)
    return SiteSeries(
        site_id=site_id,
        days=days,
        sensors=("sentinel-2-msi",) * len(days),
        scenes=scenes,
        inside=inside,
        ring=around,
    )


def _track(cover: np.ndarray, clear_px: np.ndarray, total_px: float) -> Track:
    seen = np.where(clear_px > 0, cover, np.nan)
    mean = {name: seen if name == "fvc" else seen * 0.8 for name in QUANTITIES}
    return Track(
        clear_px=clear_px, total_px=total_px, mean=mean, variance=dict.fromkeys(QUANTITIES, seen * 0.01)
    )


def made_findings(series: SiteSeries) -> tuple[Finding, ...]:
    summer = [
        at
        for at, day in enumerate(series.days)
        if date(2024, 5, 1) <= EPOCH + timedelta(days=int(day)) < date(2024, 10, 1)
    ]
    clear = [at for at in summer if series.inside.clear_px[at] > 500]
    common = {
        "site_id": series.site_id,
        "target": TargetUse.VEGETATION,
        "parameters": "qingshan-earth 1 (0123456789abcdef)",
    }
    return (
        Finding(
            question=Question.RESTORED,
            verdict=Verdict.UNSUPPORTED,
            claimed_on=date(2023, 6, 10),
            since=date(2023, 7, 3),
            effect=0.17,
            effect_of="fvc",
            share=0.56,
            ring=0.68,
            agreeing=13,
            considered=14,
            dates=tuple(EPOCH + timedelta(days=int(series.days[at])) for at in clear),
            before=series.scenes[0],
            after=series.scenes[clear[-1]],
            because=(Reason("made.unsupported"),),
            signs=(Reason("made.drought"),),
            settle=(Reason("made.visit"), Reason("made.wait")),
            is_provisional=True,
            **common,
        ),
        Finding(
            question=Question.KEPT,
            verdict=Verdict.UNDECIDABLE,
            claimed_on=date(2023, 9, 30),
            considered=2,
            because=(Reason("made.undecidable"),),
            settle=(Reason("made.wait"),),
            **common,
        ),
    )


def made_view(*, scene: str, day: date, cover: float, cloudy: bool = False, side: int = 48) -> View:
    """Bare ground in the middle with so much cover, woods around, a road."""
    chance = np.random.default_rng(len(scene) + side)
    rows, columns = np.mgrid[0:side, 0:side]
    inside = (abs(rows - side / 2) < side / 3.6) & (abs(columns - side / 2) < side / 3.4)
    share = np.where(inside, cover, 0.8) + chance.normal(0, 0.05, (side, side))
    bands = {name: share * PLANT[name] + (1 - share) * BARE[name] for name in BARE}
    clear = np.ones((side, side), dtype=bool)
    if cloudy:
        cloud = (rows - 8) ** 2 + (columns - 40) ** 2 < 90
        bands = {name: np.where(cloud, 0.6, band) for name, band in bands.items()}
        clear = ~cloud
    grid = Grid(
        crs="EPSG:32649", west=624_310.0, north=4_107_240.0, dx=10.0, dy=10.0, height=side, width=side
    )
    return View(scene=scene, day=day, sensor="sentinel-2-msi", grid=grid, bands=bands, clear=clear)


def made_views(findings: Sequence[Finding]) -> tuple[View, ...]:
    first = findings[0]
    return (
        made_view(scene=first.before, day=date(2021, 1, 5), cover=0.75),
        made_view(scene=first.after, day=first.dates[-1], cover=0.12, cloudy=True),
    )


def made_ring() -> Polygon:
    shape = square()
    return shape.buffer(0.0016).difference(shape.buffer(0.0009))


HOSTILE = '=HYPERLINK("http://x")<b>&'


def made_results(*, ids: Sequence[str] = ("QS-0388", HOSTILE, "QS/0388"), **changed: Any) -> Results:
    """A survey of three sites: one with two answers, one that nobody claimed anything of."""
    sites = SiteSet.of(
        made_site(id=id_, name=id_ if id_ == HOSTILE else "", shape=square(east_m=800.0 * at))
        for at, id_ in enumerate(ids)
    )
    series = {id_: made_series(site_id=id_, count=40 + at) for at, id_ in enumerate(ids)}
    findings = {id_: made_findings(made_series(site_id=id_))[:2] for id_ in ids[:1]}
    if len(ids) > 1:
        findings[ids[1]] = tuple(
            replace(one, verdict=Verdict.SUPPORTED) for one in made_findings(made_series(site_id=ids[1]))[:1]
        )
    known: dict[str, Any] = {
        "sites": sites,
        "claims": {id_: made_claims(site_id=id_) for id_ in findings},
        "findings": findings,
        "series_of": lambda site: series[site.id],
        "views_of": lambda site, scenes: made_views(findings[site.id]) if scenes else (),
        "used": tuple(
            UsedScene(scene=scene, day=EPOCH + timedelta(days=int(day)), sensor="sentinel-2-msi")
            for scene, day in zip(series[ids[0]].scenes, series[ids[0]].days, strict=True)
        ),
        "left_out": (LeftOut(scene="S2B_torn", because=Reason("made.torn")),),
        "parameters": released(),
    }
    return Results(**(known | changed))


@dataclass(frozen=True)
class Folder:
    """Files as a person would bring them."""

    sites: Path
    scenes: Path
    claims: Path


def made_folder(folder: Path, *, count: int = 40, every: int = 24, side: int = 96) -> Folder:
    """Two sites of 24 pixels a side in woods, both mined in 2021 and said to be restored in 2022; one is."""
    grid = Grid(
        crs="EPSG:32649", west=624_000.0, north=4_107_600.0, dx=10.0, dy=10.0, height=side, width=side
    )
    days = [date(2021, 1, 5) + timedelta(days=every * at) for at in range(count)]
    spots = {"东沟-1": (10, 10), "东沟/2": (60, 60)}
    restored = {"东沟-1": True, "东沟/2": False}
    stacks = [_bands(day, spots, restored, side) for day in days]
    scenes = Scenes.from_arrays(
        days=days,
        sensor=SENTINEL2,
        grid=grid,
        bands={name: np.stack([one[name] for one in stacks]) for name in stacks[0]},
        mask=np.full((count, side, side), 4, np.uint8),
    )
    features = []
    for id_, (row, col) in spots.items():
        west, north = grid.west + col * 10, grid.north - row * 10
        shape = grid.to_lonlat(box(west, north - 240, west + 240, north))
        properties = {"id": id_, "name": f"{id_}号点位", "zone": "semi_humid"}
        features.append({"type": "Feature", "geometry": mapping(shape), "properties": properties})
    sites = folder / "sites.geojson"
    sites.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    claims = folder / "claims.csv"
    rows = [f"{id_},林草,2021-04-01,2022-03-20,2022-03-31" for id_ in spots]
    claims.write_text("\n".join(["id,治理去向,损毁起始,种植日期,修复完成", *rows, ""]), "utf-8")
    return Folder(sites=sites, scenes=write_scenes(folder / "scenes", scenes), claims=claims)


BARE = {"blue": 0.13, "green": 0.17, "red": 0.23, "nir": 0.29, "swir1": 0.34, "swir2": 0.3}
PLANT = {"blue": 0.025, "green": 0.055, "red": 0.03, "nir": 0.42, "swir1": 0.18, "swir2": 0.08}


def _bands(
    day: date, spots: Mapping[str, tuple[int, int]], restored: Mapping[str, bool], side: int
) -> dict[str, np.ndarray]:
    """Numbers of 16 bits of one day."""
    season = 0.5 - 0.5 * np.cos(2 * np.pi * (day.timetuple().tm_yday - 20) / 365.25)
    cover = np.full((side, side), 0.3 + 0.6 * season) + np.random.default_rng(day.toordinal()).normal(
        0, 0.02, (side, side)
    )
    for id_, (row, col) in spots.items():
        is_bare = date(2021, 4, 1) <= day < date(2022, 4, 1) or (
            day >= date(2022, 4, 1) and not restored[id_]
        )
        if is_bare:
            cover[row : row + 24, col : col + 24] = 0.03
    share = np.clip(cover, 0, 1)
    return {
        name: np.rint((share * PLANT[name] + (1 - share) * BARE[name]) * 10_000).astype(np.uint16)
        for name in BARE
    }
