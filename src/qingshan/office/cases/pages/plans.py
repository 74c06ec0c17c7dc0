"""At which pages is a plan read, compared, drawn, and placed back from its deadline?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.pages.acting import sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions, drafts, task_map
from qingshan.office.cases.answers import questions
from qingshan.office.cases.areas import area_plans_of, coverage
from qingshan.office.cases.facts import current_plan
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.forms.timetables import EMPTY_ROWS, BackwardForm
from qingshan.office.cases.progress import each_with_quantity, finished, quantities
from qingshan.office.cases.queries import one_case
from qingshan.office.cases.routes import act_on
from qingshan.office.cases.task_map_workbook import task_map_workbook
from qingshan.office.cases.timetables import PlanTimes, Proposal, placed, plan_times, proposal, surroundings
from qingshan.office.cases.versions import compared
from qingshan.office.doors import open_to_signed_in
from qingshan.office.errors import NotAllowed, OfficeError
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.doing import as_read
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter, Plan
from qingshan.office.matters.queries import acts_for
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleError
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.reasons import CHINESE, Reason, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to_signed_in
@require_GET
def plan(request: Request, pk: int, version: int | None = None) -> HttpResponse:
    """整改方案: one version with its answers, its task map, its measures, and what changed."""
    matter = planned(request, pk)
    versions = _versions(matter)
    if not versions and version is None:
        return render(request, "cases/plan_none.html", frame(request, matter))
    chosen = _chosen(matter, versions, version)
    times = plan_times(chosen, matter, on=shanghai_date(timezone.now()))
    measures = list(chosen.measures.select_related("stage").order_by("place"))
    context = {
        **frame(request, matter),
        "plan": chosen,
        "versions": versions,
        "times": times,
        "notes": _said(times.notes),
        "rows": _rows(times),
        "questions": questions(chosen, matter, measures, reader=request.actor),
        "measures": each_with_quantity(measures),
        "done": finished(measures).say(get_language() or CHINESE) if measures else "",
        "sums": quantities(measures),
        "found": coverage(chosen, reader=request.actor),
        "print_number": f"{matter.number} · {chosen}",
        **_drawn(times.bars),
        **_comparison(request, versions, chosen),
    }
    return render(request, "cases/plan_version.html", context)


@open_to_signed_in
@require_GET
def workbook(request: Request, pk: int, version: int) -> HttpResponse:
    """任务图 as a workbook."""
    matter = planned(request, pk)
    chosen = _chosen(matter, _versions(matter), version)
    times = plan_times(chosen, matter, on=shanghai_date(timezone.now()))
    response = HttpResponse(task_map_workbook(chosen, matter, times), content_type=XLSX)
    name = f"{_('任务图')} {matter.number} {chosen.number}.xlsx"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def backward(request: Request, pk: int) -> HttpResponse:
    """倒排工期: stages in, a proposal of dates out; saved as the draft of the plan only when it is wanted."""
    matter, now = planned(request, pk), timezone.now()
    on, start, given = shanghai_date(now), drafts.draft_of(matter), sent(request)
    more = _more(given)
    areas = area_plans_of(matter)
    form = BackwardForm(given, plan=start, version=matter.version, today=on, areas=areas, more=more)
    found = _proposed(form, matter, on) if given is not None and not more and form.is_valid() else None
    if found and found.timetable and "save" in request.POST:
        new = drafts.with_stages(
            replace(start, within=form.area_plan),
            placed(form.stages, found.timetable),
            moved=form.moved,
            timetable=found.timetable,
            due_on=form.cleaned_data["due_on"],
        )
        read = as_read(matter, form.cleaned_data["version"])
        try:
            actions.draft_plan(read, new, Brought(), actor=request.actor, now=now)
        except NotAllowed:
            raise
        except (OfficeError, RuleError) as refusal:
            form.add_error(None, refusal.say(get_language() or CHINESE))
        else:
            messages.success(request, _("已保存为方案草稿，写入全过程记录。"))
            return redirect("cases:plan", pk=matter.pk)
    context = {
        **frame(request, matter),
        "form": form,
        "found": found,
        "faults": _said(found.faults) if found else [],
        "notes": _said(found.notes) if found else [],
        "dated": _dated(found, form) if found else [],
        "may_save": _may(request, matter, "draft_plan"),
        **_drawn(found.bars if found else None),
    }
    refused = given is not None and not more and not (found and found.timetable and not form.errors)
    return render(request, "cases/plan_backward.html", context, status=422 if refused else 200)


# -- what the pages share --------------------------------------------------------------------------------------


def planned(request: Request, pk: int) -> Matter:
    """A matter of a kind that has plans; not found for others, and for what may not be seen."""
    matter = one_case(pk, actor=request.actor)
    if act_on(matter, "draft_plan") not in kind_named(matter.kind).flow.acts:
        raise Http404
    return matter


def _versions(matter: Matter) -> list[Plan]:
    return list(matter.plans.select_related("approved_by", "within__matter", "area").order_by("number"))


def _chosen(matter: Matter, versions: Sequence[Plan], number: int | None) -> Plan:
    """The version that was asked for, else the one that counts, else the newest."""
    if number is None:
        counts = current_plan(matter)
        number = counts.number if counts else versions[-1].number
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise Http404
    return found


def frame(request: Request, matter: Matter) -> dict[str, Any]:
    """What every page of a plan shows around it."""
    return {
        "matter": matter,
        "crumbs": _crumbs(matter),
        "may_draft": _may(request, matter, "draft_plan"),
        "is_of_area": matter.mine_id is None,
        "may_report": matter.kind == "rectification" and _may(request, matter, "report_progress"),
    }


def _crumbs(matter: Matter) -> list[tuple[str, str]]:
    return [*Folder.crumbs_of(matter), (matter.title, matter.get_absolute_url())]


def _may(request: Request, matter: Matter, word: str) -> bool:
    act = act_on(matter, word) if word != "report_progress" else CaseAct.REPORT_PROGRESS
    return any(line.act == act for line in acts_for(matter, request.actor))


def _drawn(bars: Any) -> dict[str, Any]:
    if bars is None:
        return {"drawn": None}
    return {
        "drawn": task_map.on_screen(bars, label=_("任务图，各节点日期见下表")),
        "sheets": task_map.on_paper(bars, label=_("任务图")),
        "names": [(row.work.id, row.work.name) for row in bars.rows],
        "legend": task_map.legend(),
    }


def _said(reasons: Sequence[Reason]) -> list[str]:
    language = get_language() or CHINESE
    return list(dict.fromkeys(say(each, language) for each in reasons))


def _rows(times: PlanTimes) -> list[dict[str, Any]]:
    """Each stage with its days in the baseline and the forecast, its slip, and what it moves."""
    found = []
    for stage in times.stages:
        slip, forecast = times.slip(stage), times.forecast
        row = forecast.row(str(stage.place)) if forecast else None
        found.append(
            {
                "stage": stage,
                "baseline": times.baseline.row(str(stage.place)),
                "forecast": row,
                "why": _said(row.because) if row else [],
                "slip": slip,
                "slip_said": _said([slip.because]) if slip else [],
                "moved": [each.name for each in times.moved(slip)] if slip else [],
            }
        )
    return found


def _comparison(request: Request, versions: Sequence[Plan], chosen: Plan) -> dict[str, Any]:
    """The version beside another one: the one that was asked for, else the one before."""
    others = [each for each in versions if each.pk != chosen.pk]
    wanted = request.GET.get("with", "")
    before = [each for each in others if each.number < chosen.number]
    other = next((each for each in others if str(each.number) == wanted), before[-1] if before else None)
    if other is None:
        return {"others": others, "parts": []}
    old, new = sorted((other, chosen), key=lambda each: each.number)
    whole = request.GET.get("whole") == "1"
    parts = compared(old, new, whole=whole)
    return {"others": others, "other": other, "old": old, "new": new, "parts": parts, "whole": whole}


def _more(given: Any) -> int:
    """How many rows beyond those that were sent are wanted."""
    return EMPTY_ROWS if given is not None and "more" in given else 0


def _proposed(form: BackwardForm, matter: Matter, on: Any) -> Proposal:
    given = form.cleaned_data
    return proposal(
        form.stages,
        deadline=given["due_on"],
        not_before=given["not_before"],
        around=surroundings(matter, on=on),
        on=on,
    )


def _dated(found: Proposal, form: BackwardForm) -> list[dict[str, Any]]:
    if found.timetable is None:
        return []
    rows = []
    for place, stage in enumerate(form.stages, start=1):
        row = found.timetable.row(str(place))
        rows.append({"place": place, "stage": stage, "row": row, "why": _said(row.because) if row else []})
    return rows
