"""What does the program do every night for accepted land? It queues what is due, and tests what images may tell.

Nothing that is refused or breaks ends the night: it is told, counted, and tried again the next night. A night that was
killed goes on: what it did stands in acts, and what it had to tell in the checkpoint of its job.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import OuterRef, Subquery

from qingshan.jobs.work import Progress
from qingshan.office.observations.actions.runs import reached
from qingshan.office.observations.actions.watching import (
    due,
    fill_watch,
    last_day_of,
    queue_claims,
    unwatched,
    watch_land,
    watched_in,
)
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.models import Claim, Run, RunState, SceneSet
from qingshan.office.observations.sentences import NothingLeft, ObservationRefused
from qingshan.rules.errors import QingshanError

log = logging.getLogger(__name__)

Now = Callable[[], datetime]
COUNTED = ("filled", "queued", "runs", "claims", "unreadable", "refused", "broken")
NAMED_AT_MOST = 200
"""so many of what was left are named; all are counted"""


def watch(on: date, *, now: Now, progress: Progress | None = None) -> dict[str, Any]:
    """The night's work: how many claims got the days of their watch and were queued, how many runs began over how many
    claims, how many sets of images could not be read, what was refused or broke, and why (`left`). Each claim is asked
    once a night.
    """
    night = _Night(now, progress)
    for county, ids in unwatched():
        night.each("filled", ids, partial(fill_watch, region_id=county, now=now()))
    for county, ids in due(on):
        night.each("queued", ids, partial(queue_claims, on=on, region_id=county, now=now()))
    for scene_set in _sets():
        night.look_with(scene_set)
    return night.told


def _sets() -> list[SceneSet]:
    """The set with the newest images first; one whose last run failed after all others, else nobody would ever ask them
    about its land.
    """
    last = Run.objects.filter(scene_set=OuterRef("pk")).order_by("-pk").values("state")[:1]
    states = dict(SceneSet.objects.annotate(last=Subquery(last)).values_list("pk", "last"))
    rows = (
        SceneSet.objects.filter(retired_on=None)
        .select_related("region")
        .defer("region__geom")
        .order_by("-last_day", "-pk")
    )
    return sorted(rows, key=lambda each: states.get(each.pk) == RunState.FAILED)


class _Night:
    """What came of one night, piece by piece; of an earlier try of the same night too."""

    def __init__(self, now: Now, progress: Progress | None) -> None:
        self.now, self.progress = now, progress
        before = (progress.last_checkpoint if progress else None) or {}
        self.told: dict[str, Any] = {**dict.fromkeys(COUNTED, 0), "left": [], **before}

    def each(self, what: str, ids: Sequence[int], act: Callable[[Sequence[int]], Sequence[Claim]]) -> None:
        """One act over all of them; where that is refused or breaks, one over each, so that only what cannot be done is
        left.
        """
        try:
            self._count(**{what: len(act(ids))})
        except NothingLeft:
            return
        except Exception as error:
            if len(ids) == 1:
                self._leave(Claim(pk=ids[0]).number, error, claim=ids[0])
                return
            for pk in ids:
                self.each(what, [pk], act)

    def look_with(self, scene_set: SceneSet) -> None:
        """A run over all that these images may tell something new about, if there is anything."""
        try:
            scenes = scenes_of(scene_set)
            if not len(scenes):
                raise ObservationRefused.because("observations.no_scenes", path=scene_set.path)
        except QingshanError as error:
            # taken away, or changed so that it cannot be used: the others are looked at all the same
            self._leave(scene_set.name, error, "unreadable", set=scene_set.pk)
            return
        except Exception as error:
            self._leave(scene_set.name, error, set=scene_set.pk)
            return
        try:
            self._begin(scene_set, scenes)
        except NothingLeft:
            return
        except Exception as error:
            self._leave(scene_set.name, error, set=scene_set.pk)

    def _begin(self, scene_set: SceneSet, scenes: Any) -> None:
        asked = reached(scenes, watched_in(scene_set, last_day=last_day_of(scenes)))
        if asked:
            run = watch_land(scene_set, asked, scenes, now=self.now())
            self._count(runs=1, claims=len(run.asked))

    def _leave(self, what: str, error: Exception, as_what: str = "", **ids: int) -> None:
        """It is told in words, in the log and, with the id of what is meant, in the result of the job."""
        if isinstance(error, QingshanError):
            log.warning("自动核验：“%s”没有办理：%s", what, error.say())
            reasons, as_what = error.reasons, as_what or "refused"
        else:
            log.exception("自动核验：“%s”没有办理，程序出错", what)
            fault = ObservationRefused.because(
                "observations.night_fault", what=what, error=type(error).__name__
            )
            reasons, as_what = fault.reasons, "broken"
        named = {"what": what, "as": as_what, "because": [each.as_json() for each in reasons], **ids}
        if any(ids.items() <= each.items() for each in self.told["left"]):
            return  # told already: by an earlier try of this night, or of another part of its work
        if len(self.told["left"]) < NAMED_AT_MOST:
            self.told["left"].append(named)
        self._count(**{as_what: 1})

    def _count(self, **more: int) -> None:
        for name, number in more.items():
            self.told[name] += number
        if self.progress is not None:
            self.progress.checkpoint(self.told)
