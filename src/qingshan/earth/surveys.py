"""What do the images say to all claims on all sites? The whole way, from files to findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from qingshan.earth.changes import changes_in
from qingshan.earth.cube.folder import KeptScene
from qingshan.earth.cube.sitecube import SiteCube
from qingshan.earth.engines import Engine, LocalEngine, Watcher
from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.images.scenes import LeftOut, Scenes
from qingshan.earth.judged import ChangesOf, Judge, judge_all
from qingshan.earth.parameters import ParameterSet, released
from qingshan.earth.series import SiteSeries
from qingshan.earth.sites import Claims, Site, SiteSet
from qingshan.rules.reasons import Reason

CUBE = "cube"
"""folder below the outputs that a survey keeps; by it a folder is known as ours"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Report:
    """What came of a survey."""

    findings: tuple[Finding, ...]
    """by site in the order of the sites, then as the judge tells them"""
    series: tuple[SiteSeries, ...]
    """of every site, in their order"""
    cube: SiteCube
    """pixels for pictures"""
    scenes: tuple[KeptScene, ...]
    """those that were used, in order of day and id"""
    left_out: tuple[LeftOut, ...]
    """scenes that were not used, and why"""
    warnings: tuple[Reason, ...]
    """sites and claims that were left out, scenes that look odd"""
    parameters: str
    """id, version and digest of the parameter set"""

    @property
    def counts(self) -> Mapping[tuple[Question, Verdict], int]:
        """How many findings there are of each question and verdict."""
        return Counter((finding.question, finding.verdict) for finding in self.findings)


def survey(
    sites: SiteSet,
    scenes: Scenes,
    claims: Iterable[Claims] = (),
    *,
    out: str | Path,
    engine: Engine | None = None,
    parameters: ParameterSet | None = None,
    progress: Watcher | None = None,
    cancel: Event | None = None,
    judge: Judge | None = None,
    changes_of: ChangesOf | None = changes_in,
) -> Report:
    """Looks at all sites and judges what is claimed of them.

    A kill loses the units at work and nothing else: the same call goes on where it stopped, and ends with the same
    bits. A later call with further scenes costs those scenes only; scenes that are not given any more cost nothing and
    say nothing.

    Args:
        sites: where.
        scenes: what was seen.
        claims: one for a site; sites without one are seen but not judged.
        out: folder for cube and findings; all workers of a cluster must see it.
        engine: threads of this machine unless told.
        parameters: the released set unless told.
        progress: called as work goes on.
        cancel: set it to stop.
        judge: `judging.judge` unless told.
        changes_of: finds new disturbance pixel by pixel for sites with a permitted boundary; None: such claims are
            undecidable.

    Raises:
        CubeRefused: `out` holds the cube of other sites.
        Cancelled: `cancel` was set.
    """
    folder, engine, parameters = Path(out), engine or LocalEngine(), parameters or released()
    told = tuple(claims)
    cube = SiteCube.build(
        folder / CUBE,
        sites=sites,
        scenes=scenes,
        parameters=parameters,
        engine=engine,
        progress=progress,
        cancel=cancel,
    ).only(scene.id for scene in scenes)
    findings = judge_all(
        sites,
        cube,
        told,
        folder=folder / "judged",
        engine=engine,
        parameters=parameters,
        progress=progress,
        cancel=cancel,
        judge=judge,
        changes_of=changes_of,
    )
    return Report(
        findings=findings,
        series=cube.series_all(),
        cube=cube,
        scenes=cube.scenes,
        left_out=_joined(scenes.left_out, cube.left_out),
        warnings=(*sites.left_out, *_without_site(sites, told), *_odd(cube.scenes)),
        parameters=parameters.label,
    )


def _joined(*parts: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    by_scene = {each.scene: each for part in parts for each in part}
    return tuple(by_scene[scene] for scene in sorted(by_scene))


def _without_site(sites: Iterable[Site], claims: Iterable[Claims]) -> list[Reason]:
    known = {site.id for site in sites}
    return [
        Reason("earth.claim_without_site", {"site": claim.site_id})
        for claim in claims
        if claim.site_id not in known
    ]


def _odd(scenes: Iterable[KeptScene]) -> list[Reason]:
    return [scene.warning for scene in scenes if scene.warning]
