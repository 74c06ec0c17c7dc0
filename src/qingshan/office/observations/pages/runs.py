"""核验任务: estimate, start, progress, stop, go on."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.observations import actions, night_queries, queries
from qingshan.office.observations.access import READERS, RUNS
from qingshan.office.observations.counting import ROWS
from qingshan.office.observations.forms import PlanRunForm
from qingshan.office.observations.models import Run
from qingshan.office.observations.pages.background import (
    about_so_long,
    how_it_stands,
    listed_work,
    progress_page,
    when_it_ran,
)
from qingshan.office.observations.queries import LOOKS
from qingshan.office.observations.showing import code
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE

LIST = "/observations/runs/"


@open_to(*READERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    """Runs over the reader's area, the newest first."""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.listed_runs(actor=request.actor, **marks)
    context = {"night": night_queries.last_night(actor=request.actor)}
    return render(request, "observations/runs.html", listed_work(found, actor=request.actor) | context)


@open_to(RUNS)
def plan(request: Request) -> HttpResponse:
    """预估核验任务: nothing begins before somebody has seen how much it is."""
    sets, regions = queries.scene_sets(request.actor), queries.regions_for(request.actor)
    form = PlanRunForm(sent(request), sets=sets, regions=regions)
    title = _("预估核验任务")
    page = ActPage(title, title, LIST, [(_("核验任务"), LIST)])

    def do(given: dict[str, Any]) -> object:
        run = actions.plan_run(
            given["scene_set"],
            region=given["region"],
            everything=given["everything"],
            actor=request.actor,
            now=timezone.now(),
        )
        return HttpResponseRedirect(run.get_absolute_url())

    return act_page(request, page, form, do)


@open_to(*READERS)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One run: what is asked, how long it takes, how far it is, what it found."""
    run, on = queries.one_run(pk, actor=request.actor), shanghai_date(timezone.now())
    context = {
        **how_it_stands(run, region_id=run.region_id, actor=request.actor),
        "facts": _facts(run),
        "lines": list(_lines(run, queries.lines_of(run, actor=request.actor, on=on))),
        "overlaps": (run.counts or {}).get("overlaps", []),
        "entries": timeline("observations.run", run.pk),
        "crumbs": [(_("核验任务"), LIST)],
    }
    return render(request, "observations/run.html", context)


def _facts(run: Run) -> list[tuple[str, Any]]:
    estimate = run.estimate
    return [
        (_("影像目录"), run.scene_set.name),
        (_("核验范围"), run.region.name),
        (_("申报"), _claims(estimate)),
        (_("影像"), _images(estimate)),
        (_("预计用时"), about_so_long(estimate["seconds"])),
        (_("发起单位"), run.planned_by),
        *when_it_ran(run),
        (_("参数集"), code(run.parameters)),
        (_("程序版本"), run.engine),
    ]


def _claims(estimate: dict[str, Any]) -> str:
    """How many are asked, and how many are not because no image covers their land."""
    asked, outside = _("%(n)s 项") % {"n": estimate["claims"]}, estimate.get("outside", 0)
    return (
        _("%(asked)s；另有 %(n)s 项影像没有覆盖，不在其中") % {"asked": asked, "n": outside}
        if outside
        else asked
    )


def _images(estimate: dict[str, Any]) -> str:
    """How many, and how often they see land; a run that an older release planned does not know the latter."""
    scenes, looks = estimate["scenes"], estimate.get("looks")
    if looks is None:
        return _("%(n)s 景") % {"n": scenes}
    return _("%(n)s 景，对各地块共看 %(m)s 次") % {"n": scenes, "m": f"{looks:,}"}


def _lines(run: Run, lines: dict[str, Any]) -> Any:
    language = get_language() or CHINESE
    for name, title in ROWS:
        if name in lines:
            narrowed = {"run": str(run.pk)} | ({"verdict": name} if name in LOOKS else {})
            yield title.say({}, language), lines[name], f"/observations/?{urlencode(narrowed)}"


@open_to(RUNS)
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """开始 or 继续核验任务."""
    run = queries.one_run(pk, actor=request.actor)
    actions.start_run(run, actor=request.actor, now=timezone.now())
    return HttpResponseRedirect(run.get_absolute_url())


@open_to(RUNS)
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """停止核验任务."""
    run = queries.one_run(pk, actor=request.actor)
    actions.stop_run(run, actor=request.actor, now=timezone.now())
    return HttpResponseRedirect(run.get_absolute_url())


@open_to(*READERS)
@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far it is: the page asks for this again while it is at work."""
    run = queries.one_run(pk, actor=request.actor)
    return progress_page(request, run, region_id=run.region_id)
