"""How is a whole run done in the foreground, at a terminal, by the demonstration or by a test? In one call.

run = observe(scene_set, region=region, actor=actor, now=timezone.now, reporter=reporter)
print("\\n".join(lines_of_table(run.counts, "zh-hans")))
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from qingshan.jobs.work import Reporter
from qingshan.office.observations.actions import (
    NewScenes,
    end_run,
    plan_run,
    register_scenes,
    start_run,
)
from qingshan.office.observations.imagery import place_of
from qingshan.office.observations.looking import Now, look
from qingshan.office.observations.models import Run, RunState, SceneSet
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import ActorLike

if TYPE_CHECKING:
    from qingshan.earth import Engine

UNFINISHED = (RunState.PLANNED, RunState.RUNNING, RunState.CANCELLED, RunState.FAILED)


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
    """Plans a run, starts it, does it to its end. One that was begun here and did not come to its end is gone on with.

    Raises what `plan_run` and `start_run` refuse, and EarthError; the run then says that it did not finish.
    """
    run = _unfinished(scene_set, region) or plan_run(
        scene_set, region=region, everything=everything, actor=actor, now=now()
    )
    if run.state != RunState.RUNNING:
        start_run(run, actor=actor, now=now(), in_background=False)
    with _ended(run, now):
        look(run, reporter=reporter, now=now, engine=engine)
    run.refresh_from_db()
    return run


def scenes_at(
    path: str, *, region: Region, name: str, openness: str, actor: ActorLike, now: datetime
) -> SceneSet:
    """The set of images at a path below the root, registered now if nobody has done so."""
    _place, below = place_of(path)
    known = SceneSet.objects.filter(path=below, region=region).select_related("region").first()
    if known is not None:
        return known
    new = NewScenes(name or below, below, region, openness, nothing_secret=True)
    return register_scenes(new, actor=actor, now=now)


def _unfinished(scene_set: SceneSet, region: Region) -> Run | None:
    """The newest run of the foreground over the same land and images, if it did not come to its end."""
    rows = Run.objects.filter(scene_set=scene_set, region=region, job_id=None).select_related("scene_set")
    newest = rows.order_by("-pk").first()
    return newest if newest is not None and newest.state in UNFINISHED else None


@contextmanager
def _ended(run: Run, now: Now) -> Iterator[None]:
    try:
        yield
    except Exception:
        end_run(run, RunState.FAILED, now=now())
        raise
    except BaseException:  # Ctrl+C, or a job that is called off
        end_run(run, RunState.CANCELLED, now=now())
        raise
