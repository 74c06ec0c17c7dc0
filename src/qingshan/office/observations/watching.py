"""What does the program do every night for accepted land? It queues what is due, and tests what images may tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from qingshan.office.observations.actions.watching import queue_due, watch_land, watched_in
from qingshan.office.observations.imagery import scenes_of
from qingshan.office.observations.models import SceneSet
from qingshan.rules.errors import QingshanError


def watch(on: date, *, now: Callable[[], datetime]) -> dict[str, int]:
    """The night's work: how many claims were queued, how many runs began, how many sets could not be read. The set with
    the newest images is asked first; each claim is asked once a night.
    """
    told = {"queued": queue_due(on=on, now=now()), "runs": 0, "claims": 0, "unreadable": 0}
    for scene_set in (
        SceneSet.objects.select_related("region").defer("region__geom").order_by("-last_day", "-pk")
    ):
        try:
            scenes = scenes_of(scene_set)
        except QingshanError:
            # taken away, or changed so that it cannot be used: the others are looked at all the same
            told["unreadable"] += 1
            continue
        if not len(scenes):
            continue
        asked = watched_in(scene_set, last_day=max(scene.day for scene in scenes))
        if asked:
            watch_land(scene_set, asked, scenes, now=now())
            told["runs"], told["claims"] = told["runs"] + 1, told["claims"] + len(asked)
    return told
