"""How is a whole run done in the foreground, at a terminal, by the demonstration or by a test? In one call.

run = observe(scene_set, region=region, actor=actor, now=timezone.now, reporter=reporter)
print("\\n".join(lines_of_table(run.counts, "zh-hans")))
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from qingshan.jobs.here import take_over, working_on
from qingshan.jobs.models import Job
from qingshan.jobs.work import Reporter
from qingshan.office.observations.actions import (
    NewScenes,
    plan_run,
    register_scenes,
    start_run,
)
from qingshan.office.observations.imagery import place_of
from qingshan.office.observations.looking import Now, look
from qingshan.office.observations.models import Run, RunState, SceneSet
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.verification import Zone

if TYPE_CHECKING:
    from qingshan.earth import Engine


def observe(
    scene_set: SceneSet,
    *,
    region: Region,
    actor: ActorLike,
    now: Now,
    reporter: Reporter,
    engine: Engine | None = None,
    everything: bool = False,
) -> Run:
    """Plans a run, starts it, does it to its end. The newest one over the same land and images, if it did not come to
    its end, is gone on with; should the process be killed, a worker or the same command goes on.

    Raises what `plan_run` and `start_run` refuse, and EarthError; the run then says that it did not finish.
    """
    run = _newest(scene_set, region)
    job = _left_behind(run, now()) if run is not None else None
    if run is None or run.state == RunState.DONE:
        run = plan_run(scene_set, region=region, everything=everything, actor=actor, now=now())
    with working_on(job or _begun(run, actor, now())) as progress:
        look(run, reporter=Both(progress, reporter), now=now, engine=engine)
    run.refresh_from_db()
    return run


def _begun(run: Run, actor: ActorLike, now: datetime) -> Job:
    """The job of a run that begins here; refused where another process is at work on it."""
    start_run(run, actor=actor, now=now, in_background=False)
    return Job.objects.get(pk=run.job_id or 0)


@dataclass(frozen=True)
class Both:
    """Tells the job and whoever sits at the terminal."""

    job: Reporter
    terminal: Reporter

    def report(self, done: int, total: int | None = None) -> None:
        self.terminal.report(done, total)
        self.job.report(done, total)


def scenes_at(
    path: str,
    *,
    region: Region,
    name: str,
    openness: str,
    zone: Zone | None = None,
    actor: ActorLike,
    now: datetime,
) -> SceneSet:
    """The set of images at a path below the root, registered now if nobody has done so."""
    _place, below = place_of(path)
    known = SceneSet.objects.filter(path=below, region=region).select_related("region").first()
    if known is not None:
        return known
    new = NewScenes(name or below, below, region, openness, nothing_secret=True, zone=zone)
    return register_scenes(new, actor=actor, now=now)


def _newest(scene_set: SceneSet, region: Region) -> Run | None:
    """The newest run over the same land and images."""
    rows = Run.objects.filter(scene_set=scene_set, region=region).select_related("scene_set")
    return rows.order_by("-pk").first()


def _left_behind(run: Run, now: datetime) -> Job | None:
    """Its job, from now on this process's, where it is at work and nobody works on it."""
    if run.state != RunState.RUNNING:
        return None
    job = Job.objects.filter(pk=run.job_id or 0).first()
    return take_over(job, now=now) if job is not None else None
