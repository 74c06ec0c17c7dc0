"""At which pages is an order to stop drafted, read, and lifted mine by mine (防止一刀切)?"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.access import require
from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS
from qingshan.office.accounts.models import Holding
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions, stops
from qingshan.office.cases.access import DRAFT_STOP_ORDER, ISSUE_STOP_ORDER, LIFT_STOP_ORDER, is_served
from qingshan.office.cases.forms.stopping import Choosing, IssueForm, LiftForm, StopOrderForm
from qingshan.office.cases.models import StoppedMine
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.doors import open_to
from qingshan.office.errors import NotFound
from qingshan.office.matters.access import require_level
from qingshan.office.matters.deciders import holders
from qingshan.office.trail.acts import Act
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE

LIST = "/stops/"
READERS = (Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD, Duty.AUDIT, Duty.ENTERPRISE)
"""An enterprise reads what was issued for its own mines; drafts are the offices' own."""


@open_to(*READERS)
@require_GET
def orders(request: Request) -> HttpResponse:
    """停产决定, the newest first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    context = {
        "page": stops.listed(request.actor, after=after, before=before),
        "may_draft": DRAFT_STOP_ORDER.duty in request.actor.duties,
        "own": is_served(request.actor),
    }
    return render(request, "cases/stops.html", context)


@open_to(Duty.DISPATCH)
@require_http_methods(["GET", "HEAD", "POST"])
def new_order(request: Request) -> HttpResponse:
    """Choose mines by search, one reason for each. What was typed stays while mines are added and taken away."""
    now = timezone.now()
    choosing = Choosing(request.POST, request.GET, actor=request.actor)
    chosen = choosing.chosen()
    form = StopOrderForm(
        request.POST if choosing.drafts else None, initial=request.POST.dict(), on=shanghai_date(now)
    )

    def do(given: dict[str, Any]) -> HttpResponse:
        if not chosen:
            raise CaseRefused.because("cases.no_mine_chosen")
        region = stops.region_of_all(each.mine for each in chosen)
        reasons = {each.mine: each.reason for each in chosen}
        made = actions.draft_stop_order(
            given.pop("title"), reasons, region=region, **given, actor=request.actor, now=now
        )
        return HttpResponseRedirect(f"{LIST}{made.pk}/")

    title = _said(DRAFT_STOP_ORDER)
    page = ActPage(title=title, act=title, back=LIST, crumbs=((_("停产决定"), LIST),))
    more = {"chosen": chosen, "found": list(choosing.found()), "text": choosing.text}
    return act_page(request, page, form, do, template="cases/new_stop.html", more=more)


@open_to(*READERS)
@require_GET
def order(request: Request, pk: int) -> HttpResponse:
    """One order: its mines with a reason each, what must be done, and which may go on."""
    found = stops.one_order(pk, actor=request.actor)
    mines = stops.mines_of(found, actor=request.actor)
    lifting = stops.lifting(found, actor=request.actor)
    context = {
        "order": found,
        "mines": [(each, lifting.of(each)) for each in mines],
        "standing": sum(not each.is_lifted for each in mines),
        "facts": _facts(found),
        "may_issue": stops.may_issue(found, actor=request.actor),
        "own": is_served(request.actor),
        "entries": stops.told_of(found, mines, actor=request.actor),
        "crumbs": ((_("停产决定"), LIST),),
    }
    return render(request, "cases/stop.html", context)


@open_to(Duty.DISPATCH)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: Request, pk: int) -> HttpResponse:
    """登记印发: the number and the day of what was a draft so far."""
    found, now = stops.one_order(pk, actor=request.actor), timezone.now()
    require(request.actor, ISSUE_STOP_ORDER.code, region_id=found.region_id)

    def do(given: dict[str, Any]) -> object:
        return actions.issue_stop_order(found, **given, actor=request.actor, now=now)

    title, back = _said(ISSUE_STOP_ORDER), f"{LIST}{pk}/"
    crumbs = ((_("停产决定"), LIST), (found.title, back))
    page = ActPage(title=title, act=title, back=back, crumbs=crumbs, sub=found.title)
    more = {"means": _("印发后，涉及的矿山企业可以看到本企业矿山的停产理由、复产条件和解除情况。")}
    form = IssueForm(sent(request), on=shanghai_date(now))
    return act_page(request, page, form, do, template="cases/lift_stop.html", more=more)


@open_to(Duty.LEAD, *sorted(RECORDS_FOR_OTHERS))
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: Request, pk: int, stopped: int) -> HttpResponse:
    """解除停产 of one mine: a leader of the level that ordered it decides, or a clerk records that one did."""
    found, now = stops.one_order(pk, actor=request.actor), timezone.now()
    one = stops.one_stopped(found, stopped, actor=request.actor)
    deciders = _deciders(request, one)
    files = request.FILES if request.method == "POST" else None
    form = LiftForm(sent(request), files, on=shanghai_date(now), deciders=deciders)

    def do(_given: dict[str, Any]) -> object:
        actor = request.actor if deciders is None else form.deciding(request.actor)
        return actions.lift_stop_order(one, **form.lifted(), actor=actor, now=now)

    title, back = _said(LIFT_STOP_ORDER), f"{LIST}{pk}/"
    page = ActPage(
        title=title,
        act=title,
        back=back,
        crumbs=((_("停产决定"), LIST), (found.title, back)),
        sub=f"{one.mine.name} · {one.reason}",
    )
    more = {
        "means": _("解除停产不等于整改完成，矿山的整改问题照常办理。"),
        "resume_when": found.resume_when,
        "for_others": deciders is not None,
        "no_deciders": deciders == [],
        "level": found.level.say(get_language() or CHINESE),
    }
    return act_page(
        request, page, form, do, template="cases/lift_stop.html", more=more, elsewhere=(NotFound,)
    )


def _deciders(request: Request, one: StoppedMine) -> list[Holding] | None:
    """None where the actor decides; NotAllowed, with the reason, where he can neither decide nor record."""
    lifting = stops.lifting(one.order, actor=request.actor)
    if lifting.records and not lifting.leads:
        return holders(one.mine.region, Duty.LEAD, one.order.level)
    require(request.actor, LIFT_STOP_ORDER.code, region_id=one.mine.region_id)
    require_level(request.actor, LIFT_STOP_ORDER.code, one.order.level)
    return None


def _facts(found: Any) -> list[tuple[str, Any]]:
    return [
        (_("决定单位"), found.organisation.name if found.organisation else None),
        (_("文号"), found.number or None),
        (_("决定日期"), found.decided_on.isoformat() if found.decided_on else None),
        (_("行政区划"), found.region.name),
        (_("拟稿日期"), found.drafted_on.isoformat()),
        (_("复产条件"), found.resume_when),
    ]


def _said(act: Act) -> str:
    return act.title.say({}, get_language() or CHINESE)
