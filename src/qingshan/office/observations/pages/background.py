"""What do the pages of runs and screenings show alike?"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qingshan.jobs.models import Job
from qingshan.jobs.queries import percent_done, seconds_left, why_it_failed
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.requests import Request
from qingshan.office.durations import SECONDS_OF_MINUTE, time_left
from qingshan.office.observations.access import RUNS
from qingshan.office.observations.models import ImageWork, RunState
from qingshan.office.observations.showing import sentence_of
from qingshan.office.regions.ranges import inside
from qingshan.rules.reasons import CHINESE

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
    may_run = _may_run(region_id, actor)
    return {
        **_moving(work, may_run=may_run),
        "run": work,
        "look": LOOKS[work.state_named],
        "left_out": left_out[:MOST_LEFT_OUT],
        "left_out_more": max(0, len(left_out) - MOST_LEFT_OUT),
        "is_first": work.state == RunState.PLANNED,
        "may_start": work.is_startable and may_run,
    }


def about_so_long(seconds: int) -> str:
    if seconds < SECONDS_OF_MINUTE:
        return ngettext("约 %(n)s 秒", "约 %(n)s 秒", seconds) % {"n": seconds}
    minutes = -(-seconds // SECONDS_OF_MINUTE)
    return ngettext("约 %(n)s 分钟", "约 %(n)s 分钟", minutes) % {"n": minutes}


def _may_run(region_id: int, actor: Actor) -> bool:
    return RUNS in actor.duties and inside(region_id, actor.region_ranges)


def _moving(work: ImageWork, *, may_run: bool) -> dict[str, Any]:
    """How far it is, for whoever sees the work: its job belongs to whoever began it, or to nobody."""
    job = Job.objects.filter(pk=work.job_id).first() if work.job_id else None
    is_running, is_failed = work.state == RunState.RUNNING, work.state == RunState.FAILED
    shown = job if job and is_running else None
    stopping = bool(shown and shown.cancel_asked_at)
    return {
        "run": work,
        "is_running": is_running,
        "job": shown,
        "percent": percent_done(shown) if shown else None,
        "left": time_left(seconds_left(shown, now=timezone.now())) if shown else "",
        "is_stopping": stopping,
        "may_stop": may_run and shown is not None and not stopping,
        "why": why_it_failed(job, get_language() or CHINESE) if job and is_failed else "",
        "progress_url": f"{work.get_absolute_url()}progress/",
        "stop_url": f"{work.get_absolute_url()}stop/",
    }


def progress_page(request: Request, work: ImageWork, *, region_id: int) -> HttpResponse:
    """The part of a page that moves. Once the work is over the page around it is asked for anew."""
    context = _moving(work, may_run=_may_run(region_id, request.actor))
    response = render(request, "observations/progress.html", context)
    if not context["is_running"]:
        response.headers["HX-Refresh"] = "true"
    return response


def when_it_ran(work: ImageWork) -> list[tuple[str, Any]]:
    """Begun and ended, among the facts."""
    return [(_("开始时间"), _instant(work.begun_at)), (_("结束时间"), _instant(work.ended_at))]


def _instant(at: Any) -> str | None:
    return date_format(timezone.localtime(at), "Y-m-d H:i") if at else None
