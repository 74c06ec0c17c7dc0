"""Does the same come out again? A finding is computed anew from the images, the claim and the numbers that it names.

The images are those of its run, fixed when that began to look: a run that was stopped has them as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from qingshan.exchange.scratch import scratch_folder
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.looking import asked_of, site_of
from qingshan.office.observations.models import Claim, Finding, Run

if TYPE_CHECKING:
    from qingshan.earth import Scenes, Site


@dataclass(frozen=True)
class Again:
    """What came of it."""

    claim: Claim
    run: Run
    differing: tuple[str, ...]
    """questions whose findings are not the same"""
    missing_scenes: tuple[str, ...]
    """images that the run used and that no longer lie there"""
    other_parameters: bool
    """the numbers that it names come with the program no more: it was computed with those of today"""

    @property
    def is_same(self) -> bool:
        return not self.differing


def recomputed(claim: Claim, *, run: Run | None = None) -> Again | None:
    """The findings on a claim from its newest run, or from `run`, computed again; None where there are none.

    Raises:
        EarthError: the images cannot be read at all.
    """
    from qingshan.earth import Claims, LocalEngine, SiteSet, released_as, survey
    from qingshan.earth.judged import as_json

    rows = _findings(claim, run)
    if not rows:
        return None
    kept = rows[0].run
    scenes, missing = _the_same_scenes(kept, until=rows[0].until)
    parameters = released_as(rows[0].parameters)
    with scratch_folder("again") as folder:
        asked: Claims = asked_of(claim, rows[0].claimed)
        sites = SiteSet.of(_the_same_sites(claim, zone=rows[0].claimed["zone"]))
        one = LocalEngine(threads=1)
        report = survey(sites, scenes, [asked], out=folder, engine=one, parameters=parameters)
    told = {str(one.question): as_json(one) for one in report.findings}
    differing = tuple(each.question for each in rows if _plain(told.get(each.question)) != _plain(each.told))
    return Again(claim, kept, differing, missing, parameters is None)


def _findings(claim: Claim, run: Run | None) -> list[Finding]:
    wanted = run.pk if run else (claim.newest.run_id if claim.newest else 0)
    rows = claim.findings.filter(run_id=wanted).select_related("run__scene_set")
    return list(rows.order_by("id"))


def _the_same_sites(claim: Claim, *, zone: str) -> list[Site]:
    """All land that was looked at together: what it is compared with lies around it and outside of the others."""
    members = Claim.objects.filter(cube=claim.cube).order_by("pk")
    return [site_of(each, zone=zone if each.pk == claim.pk else None) for each in members]


def _the_same_scenes(run: Run, *, until: date | None) -> tuple[Scenes, tuple[str, ...]]:
    """The images that the run used, of those that lie there today; of a run of an older release that did not come to
    its end nobody kept which, so all up to the last that the finding knows.
    """
    from qingshan.earth import Scenes

    there = scenes_of(run.scene_set)
    if run.scenes is None:
        return Scenes.of(each for each in there if until is None or each.day <= until), ()
    used = set(run.scenes)
    missing = tuple(sorted(used - {each.id for each in there}))
    return Scenes.of(each for each in there if each.id in used), missing


def _plain(told: Any) -> Any:
    """As JSON gives it back: enumerations as their words, tuples as lists."""
    import json

    return json.loads(json.dumps(told))
