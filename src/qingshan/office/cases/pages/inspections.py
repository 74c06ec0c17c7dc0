"""At which pages does a team hold a mine against its plans, and turn what departs into problems (联合检查)?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions
from qingshan.office.cases import inspections as found
from qingshan.office.cases.access import OPEN_INSPECTION, RAISE_PROBLEM
from qingshan.office.cases.forms.inspecting import PICTURES, InspectionForm, found_in, lines
from qingshan.office.cases.forms.registering import CaseForm
from qingshan.office.cases.models import Inspection, InspectionFinding
from qingshan.office.cases.pages.registering import mine_asked_for
from qingshan.office.cases.similar import similar
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.errors import OfficeError
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.errors import RuleError
from qingshan.rules.inspecting import problem_of
from qingshan.rules.matters import SourceKind
from qingshan.rules.numbers import plainly
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.vault import Vault

LIST = "/inspections/"
SIGNATURES = 6
DECLARED = "nothing_secret_in_files"


@open_to_signed_in
@require_GET
def inspections(request: Request) -> HttpResponse:
    """联合检查, the newest first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    context = {
        "page": found.listed(request.actor, after=after, before=before),
        "may_inspect": Duty.REGISTRY in request.actor.duties,
    }
    return render(request, "cases/inspections.html", context)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_inspection(request: Request) -> HttpResponse:
    """Choose the mine; its checklist follows from its approved plans."""
    now, mine = timezone.now(), mine_asked_for(request)
    form = InspectionForm(sent(request), actor=request.actor, on=shanghai_date(now), mine=mine)

    def do(_given: dict[str, Any]) -> HttpResponse:
        made = actions.open_inspection(form.new_inspection(), actor=request.actor, now=now)
        return HttpResponseRedirect(f"{LIST}{made.pk}/")

    title = OPEN_INSPECTION.title.say({}, get_language() or CHINESE)
    page = ActPage(title=title, act=title, back=LIST, crumbs=((_("联合检查"), LIST),))
    return act_page(request, page, form, do)


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def inspection(request: Request, pk: int) -> HttpResponse:
    """The checklist: what the plans promise, what was measured and found, what became a problem."""
    one = found.one_inspection(pk, actor=request.actor)
    findings = found.findings_of(one, actor=request.actor)
    may_record = Duty.REGISTRY in request.actor.duties
    if request.method == "POST" and not may_record:
        raise Http404
    checklist = lines(findings, sent(request), request.FILES if request.method == "POST" else None)
    refusal = _recorded(request, one, checklist) if request.method == "POST" else None
    if refusal == "":
        return HttpResponseRedirect(f"{LIST}{pk}/")
    by_finding = {line.finding.pk: line for line in checklist if line.finding is not None}
    context = {
        "inspection": one,
        "groups": [
            (group.plan, [(each, by_finding.get(each.pk)) for each in group.findings])
            for group in found.by_plan(findings)
        ],
        "more": [line for line in checklist if line.finding is None],
        "planned": any(each.plan_id for each in findings),
        "departing": list(found.departing(findings)),
        "may_record": may_record,
        "refusal": refusal,
        "pictures": PICTURES,
        "crumbs": [(_("联合检查"), LIST)],
    }
    return render(request, "cases/inspection.html", context, status=422 if refusal else 200)


def _recorded(request: Request, one: Inspection, checklist: Any) -> str:
    """Why nothing was recorded; empty where it was."""
    faulty = [line for line in checklist if not line.form.is_valid()]
    if faulty:
        return _("有填写不符的项目，没有登记。请按提示改正。")
    if request.FILES and DECLARED not in request.POST:
        return say(Reason("rules.secrecy.not_declared"), get_language() or CHINESE)
    try:
        actions.record_findings(one, list(found_in(checklist)), actor=request.actor, now=timezone.now())
    except (OfficeError, RuleError) as refusal:
        return refusal.say(get_language() or CHINESE)
    messages.success(request, _("检查情况已登记。"))
    return ""


@open_to_signed_in
@require_GET
def printed_inspection(request: Request, pk: int) -> HttpResponse:
    """The checklist as a form to take along: empty columns, and a box for each department to sign."""
    one = found.one_inspection(pk, actor=request.actor)
    findings = found.findings_of(one, actor=request.actor)
    context = {
        "inspection": one,
        "groups": found.by_plan(findings),
        "signing": _departments(one),
        "empty": range(5),
        "crumbs": [(_("联合检查"), LIST), (one.title, f"{LIST}{pk}/")],
    }
    return render(request, "cases/printed_inspection.html", context)


def _departments(one: Inspection) -> list[str]:
    named = [each.strip() for each in one.departments.replace("，", "、").replace(",", "、").split("、")]
    return [each for each in named if each][:SIGNATURES]


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def raise_problem(request: Request, pk: int, item: int) -> HttpResponse:
    """检查发现转为问题, filled in from the finding; what is known at the mine already is shown beside it."""
    one = found.one_finding(found.one_inspection(pk, actor=request.actor), item, actor=request.actor)
    mine, now = one.inspection.mine, timezone.now()
    form = CaseForm(sent(request), actor=request.actor, on=shanghai_date(now), mine=mine, initial=_told(one))

    def do(_given: dict[str, Any]) -> object:
        new = form.new_case()
        return actions.raise_problem(one, replace(new, item=None), actor=request.actor, now=now)

    title, back = RAISE_PROBLEM.title.say({}, get_language() or CHINESE), f"{LIST}{pk}/"
    page = ActPage(
        title=title, act=title, back=back, crumbs=((_("联合检查"), LIST), (one.inspection.title, back))
    )
    more = {
        "means": _("登记后作为来源为联合检查的问题进入问题清单，与本检查项目互相对应。"),
        "near": similar(actor=request.actor, mine=mine),
        "mine": mine,
    }
    return act_page(request, page, form, do, template="cases/register.html", more=more)


def _told(finding: InspectionFinding) -> dict[str, Any]:
    inspection, figure = finding.inspection, finding.plan_figure
    words = finding.text
    if figure is not None and finding.measured is not None:
        compared = _("%(figure)s：方案 %(planned)s，实测 %(measured)s") % {
            "figure": figure.say(get_language() or CHINESE),
            "planned": plainly(finding.planned, missing="—"),
            "measured": plainly(finding.measured),
        }
        words = f"{compared}。{words}" if words else compared
    return {
        "title": words[:100],
        "description": words,
        "problem": problem_of(finding.plan_kind, figure).value,
        "source": SourceKind.JOINT_INSPECTION.value,
        "source_number": inspection.number or inspection.title[:120],
        "department": finding.department,
        "found_on": inspection.inspected_on,
    }


@open_to_signed_in
@require_GET
def inspection_photograph(request: Request, pk: int, item: int, number: int) -> FileResponse:
    """A photograph of a finding."""
    one = found.one_finding(found.one_inspection(pk, actor=request.actor), item, actor=request.actor)
    photographs = one.photographs or []
    if number >= len(photographs):
        raise Http404
    chosen = photographs[number]
    stream = Vault(settings.VAULT_ROOT).open(chosen["digest"])
    return FileResponse(stream, as_attachment=True, filename=chosen["name"])
