"""How is a screening done? `earth` looks at the region, and what it finds enters chunk by chunk as clues.

Whoever kills it loses the square at work: pixels are kept by `earth`, clues by the acts that recorded them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from qingshan import __version__
from qingshan.jobs.work import Reporter
from qingshan.office.observations.actions.background import Outcome
from qingshan.office.observations.actions.clues import record_clues, to_record
from qingshan.office.observations.actions.screenings import end_screening
from qingshan.office.observations.areas import area_of
from qingshan.office.observations.growing import Seen
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.looking import Now
from qingshan.office.observations.models import ClueSighting, RunState, Screening
from qingshan.rules.reasons import CHINESE
from qingshan.vault import Vault

if TYPE_CHECKING:
    from qingshan.earth import Disturbance, Engine, Progress, Scenes, Screened, SiteCube

CHUNK = 50
"""pieces of land that enter in one act"""
WHOLE = 1_000
SHARES = {"images": (0, 500), "squares": (500, 350), "pictures": (850, 100), "recording": (950, 50)}
"""Where each stage begins, and how much of the whole it is."""


def screen_region(
    screening: Screening, *, reporter: Reporter, now: Now, engine: Engine | None = None
) -> dict[str, Any]:
    """Does a screening that was started, or goes on with it, and ends it; its counts.

    Raises:
        EarthError: the images cannot be read at all.
    """
    from qingshan.earth import screen

    stage, scenes = _Stages(reporter), scenes_of(screening.scene_set)
    found = screen(
        area_of(screening, scenes),
        scenes,
        out=folder_of(screening),
        since=screening.since,
        until=screening.until,
        least_m2=screening.least_m2,
        engine=engine,
        progress=stage,
    )
    _record(screening, found, scenes, stage, now, engine)
    counts = _counts(screening, found)
    outcome = Outcome(
        counts=counts,
        scenes=[scene.id for scene in found.scenes],
        left_out=[{"scene": one.scene, **one.because.as_json()} for one in found.left_out],
        parameters=found.parameters,
        engine=__version__,
    )
    end_screening(screening, RunState.DONE, outcome, now=now())
    reporter.report(WHOLE, WHOLE)
    return counts


def folder_of(screening: Screening) -> Path:
    """Pixels of a region from one set of images: later screenings of the same region read new images only."""
    root = Path(settings.OBSERVATIONS_ROOT)
    return root / f"set-{screening.scene_set_id}" / f"region-{screening.region_id}-{screening.zone or 'any'}"


class _Stages:
    """Tells a reporter how far the whole is, in thousandths."""

    def __init__(self, reporter: Reporter) -> None:
        self.reporter = reporter

    def __call__(self, progress: Progress) -> None:
        self.tell(progress.stage, progress.done, progress.total)

    def tell(self, stage: str, done: int, total: int) -> None:
        begins, width = SHARES[stage]
        self.reporter.report(begins + (width * done // total if total else width), WHOLE)


def _record(
    screening: Screening, found: Screened, scenes: Scenes, stage: _Stages, now: Now, engine: Engine | None
) -> None:
    wanted = to_record(screening, [one.id for one in found.disturbances])
    open_ = [one for one in found.disturbances if one.id in wanted]
    cube = _pictured(screening, open_, scenes, stage, engine) if open_ else None
    for first in range(0, len(open_), CHUNK):
        stage.tell("recording", first, len(open_))
        chunk = [_seen(one, cube) for one in open_[first : first + CHUNK]]
        record_clues(screening, chunk, now=now())
    stage.tell("recording", 1, 1)


def _pictured(
    screening: Screening,
    found: Sequence[Disturbance],
    scenes: Scenes,
    stage: _Stages,
    engine: Engine | None,
) -> SiteCube:
    """The pixels around what was found, in the scenes before and after, in all bands: for people to look at."""
    import hashlib

    from qingshan.earth import Scenes, Site, SiteCube, SiteSet

    wanted = {scene for one in found for scene in (one.before, one.after)}
    told = hashlib.sha256("|".join(one.id for one in found).encode()).hexdigest()[:12]

    def watch(progress: Progress) -> None:
        stage.tell("pictures", progress.done, progress.total)

    return SiteCube.build(
        folder_of(screening) / f"pictures-{screening.number}-{told}",
        sites=SiteSet.of(Site(id=one.id, shape=one.shape) for one in found),
        scenes=Scenes.of(scene for scene in scenes if scene.id in wanted),
        engine=engine,
        progress=watch,
    )


def _seen(one: Disturbance, cube: SiteCube | None) -> Seen:
    from qingshan.earth.screening.outputs import properties_of

    before, after = _pictures(one, cube)
    return Seen(
        key=one.id,
        shape=one.shape,
        area_m2=one.area_m2,
        first_seen=one.first_seen,
        last_seen=one.last_seen,
        looks=one.looks,
        persistent=one.is_persistent,
        margin_m=one.margin_m,
        told=properties_of(one),
        before_digest=before,
        after_digest=after,
    )


def _pictures(one: Disturbance, cube: SiteCube | None) -> tuple[str, str]:
    """Digests of both pictures in the vault, drawn alike; empty where there is none."""
    from qingshan.earth.sheets.picture import picture_of
    from qingshan.earth.sheets.views import coloured, composites_of

    views = dict(_views(one, cube))
    if not views:
        return "", ""
    shown = list(views.values())
    files = coloured(shown, composites_of(shown)[0])
    vault, digests = Vault(settings.VAULT_ROOT), {"before": "", "after": ""}
    for (name, view), png in zip(views.items(), files, strict=True):
        label = f"{view.day.isoformat()}"
        svg = picture_of(
            view, png, {"site": one.shape}, mark=f"{name}-{one.id}", label=label, language=CHINESE
        )
        digests[name] = vault.put(str(svg).encode()).digest
    return digests["before"], digests["after"]


def _views(one: Disturbance, cube: SiteCube | None) -> Iterator[tuple[str, Any]]:
    from qingshan.earth import View
    from qingshan.earth.errors import CubeRefused

    for name, scene in (("before", one.before), ("after", one.after)):
        if cube is not None and scene:
            try:
                yield name, View.of(cube.chip(one.id, scene))
            except CubeRefused:
                continue  # a scene that was taken away since


def _counts(screening: Screening, found: Screened) -> dict[str, Any]:
    rows = ClueSighting.objects.filter(screening=screening)
    return {
        "found": len(found.disturbances),
        "persistent": sum(one.is_persistent for one in found.disturbances),
        "clues": rows.values("clue").distinct().count(),
        "area_m2": sum(one.area_m2 for one in found.disturbances),
        "land_m2": found.land_m2,
        "seen_m2": found.seen_m2,
        "barren_m2": found.barren_m2,
    }
