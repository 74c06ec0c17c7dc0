"""筛查任务: estimate, start, progress, stop, go on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.observations import actions, clue_queries, queries
from qingshan.office.observations.access import READERS, RUNS
from qingshan.office.observations.forms import PlanScreeningForm
from qingshan.office.observations.models import Screening
from qingshan.office.observations.pages.background import (
    about_so_long,
    how_it_stands,
    listed_work,
    progress_page,
    when_it_ran,
)
from qingshan.office.observations.showing import code
from qingshan.office.trail.queries import timeline

LIST = "/observations/screenings/"


@open_to(*READERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    """Screenings over the reader's area, the newest first."""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = clue_queries.listed_screenings(actor=request.actor, **marks)
    return render(request, "observations/screenings.html", listed_work(found, actor=request.actor))


@open_to(RUNS)
def plan(request: Request) -> HttpResponse:
    """预估筛查任务: nothing begins before somebody has seen how much it is."""
    sets, regions = queries.scene_sets(request.actor), queries.regions_for(request.actor)
    form = PlanScreeningForm(sent(request), sets=sets, regions=regions)
    title = _("预估筛查任务")
    page = ActPage(title, title, LIST, [(_("筛查任务"), LIST)])

    def do(_given: dict[str, Any]) -> object:
        made = actions.plan_screening(form.new(), actor=request.actor, now=timezone.now())
        return HttpResponseRedirect(made.get_absolute_url())

    return act_page(request, page, form, do)


@open_to(*READERS)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One screening: what is searched, how long it takes, how far it is, what it found."""
    screening = clue_queries.one_screening(pk, actor=request.actor)
    context = {
        **how_it_stands(screening, region_id=screening.region_id, actor=request.actor),
        "facts": _facts(screening),
        "counts": screening.counts,
        "entries": timeline("observations.screening", screening.pk),
        "crumbs": [(_("筛查任务"), LIST)],
    }
    return render(request, "observations/screening.html", context)


def _facts(screening: Screening) -> list[tuple[str, Any]]:
    estimate = screening.estimate
    told = {"n": estimate["scenes"], "m": estimate["megapixels"]}
    return [
        (_("影像目录"), screening.scene_set.name),
        (_("筛查范围"), screening.region.name),
        (_("此日以后新增"), screening.since.isoformat()),
        (_("影像截至"), screening.until.isoformat() if screening.until else None),
        (_("最小面积"), _("%(n)s 平方米") % {"n": f"{screening.least_m2:,.0f}"}),
        (_("影像"), _("%(n)s 景，%(m)s 百万像元") % told),
        (_("分格"), _("%(n)s 格") % {"n": estimate["squares"]}),
        (_("预计用时"), about_so_long(estimate["seconds"])),
        (_("发起单位"), screening.planned_by),
        *when_it_ran(screening),
        (_("参数集"), code(screening.parameters)),
        (_("程序版本"), screening.engine),
    ]


@open_to(RUNS)
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """开始 or 继续筛查任务."""
    screening = clue_queries.one_screening(pk, actor=request.actor)
    actions.start_screening(screening, actor=request.actor, now=timezone.now())
    return HttpResponseRedirect(screening.get_absolute_url())


@open_to(RUNS)
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """停止筛查任务."""
    screening = clue_queries.one_screening(pk, actor=request.actor)
    actions.stop_screening(screening, actor=request.actor, now=timezone.now())
    return HttpResponseRedirect(screening.get_absolute_url())


@open_to(*READERS)
@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far it is: the page asks for this again while it is at work."""
    screening = clue_queries.one_screening(pk, actor=request.actor)
    return progress_page(request, screening, region_id=screening.region_id)
