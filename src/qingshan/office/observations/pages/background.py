"""What do the pages of runs and screenings show alike?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

from qingshan.office.accounts.actors import Actor
from qingshan.office.observations.access import RUNS
from qingshan.office.observations.models import ImageWork, RunState
from qingshan.office.observations.showing import sentence_of
from qingshan.office.regions.ranges import inside

SECONDS_OF_MINUTE = 60
MOST_LEFT_OUT = 50
LOOKS = {
    RunState.PLANNED: "none",
    RunState.RUNNING: "note",
    RunState.DONE: "good",
    RunState.CANCELLED: "none",
    RunState.FAILED: "late",
}


def listed_work(page: Any, *, actor: Actor) -> dict[str, Any]:
    """For a list: rows with their looks, and whether the reader may plan another."""
    rows = [(each, LOOKS[each.state_named]) for each in page.rows]
    return {"page": page, "rows": rows, "may_run": RUNS in actor.duties}


def how_it_stands(work: ImageWork, *, region_id: int, actor: Actor) -> dict[str, Any]:
    """For a page of one: how far it is, what was left out, and whether the reader may begin it or go on with it."""
    left_out = [(each["scene"], sentence_of([each])) for each in work.left_out or ()]
    may_run = RUNS in actor.duties and inside(region_id, actor.region_ranges)
    return {
        "run": work,
        "look": LOOKS[work.state_named],
        "left_out": left_out[:MOST_LEFT_OUT],
        "left_out_more": max(0, len(left_out) - MOST_LEFT_OUT),
        "is_running": work.state == RunState.RUNNING,
        "is_first": work.state == RunState.PLANNED,
        "may_start": work.is_startable and may_run,
    }


def about_so_long(seconds: int) -> str:
    if seconds < SECONDS_OF_MINUTE:
        return ngettext("约 %(n)s 秒", "约 %(n)s 秒", seconds) % {"n": seconds}
    minutes = -(-seconds // SECONDS_OF_MINUTE)
    return ngettext("约 %(n)s 分钟", "约 %(n)s 分钟", minutes) % {"n": minutes}
