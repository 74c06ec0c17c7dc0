"""修复清单: every list with its document and deadline, one list, its entry put right, and the ledger of its moves."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.access import require
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.matters.forms.narrowing import region_of
from qingshan.office.mines.queries import regions_below
from qingshan.office.regions.ranges import inside
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.access import CORRECT_LIST, CREATE_LIST
from qingshan.office.restoration.forms.narrowing import NarrowMoves, kind_of
from qingshan.office.restoration.forms.registering import OF_A_LIST, CorrectListForm
from qingshan.office.restoration.leaving import MOVES, exported_moves
from qingshan.office.restoration.models import TargetList
from qingshan.office.restoration.pages.projects import FORMS
from qingshan.office.restoration.queries import Between
from qingshan.office.restoration.showing import day_of, language, shown_rates
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.restoration import ListKind

LISTS = "/restoration/lists/"


def _above() -> list[tuple[str, str]]:
    return [(_("修复清单"), LISTS)]


@open_to_signed_in
@require_GET
def lists(request: Request) -> HttpResponse:
    """All lists with their document, kind, deadline and how far they are, by kind."""
    kind = kind_of(request.GET)
    found = [each for each in queries.lists_of(request.actor) if kind in ("", each.kind)]
    reached = queries.reached_by_list(actor=request.actor, kind=kind)
    context = {
        "rows": [
            (each, [rate.say(language()) for rate in reached.get(each.pk, ())]) for each in found
        ],
        "views": [
            {"title": title, "count": None, "url": f"?{urlencode({'kind': code})}" if code else "?",
             "current": code == kind}
            for code, title in (("", _("全部类型")), *((each.value, each.say(language())) for each in ListKind))
        ],
        "narrowed": bool(kind),
        "may_open": CREATE_LIST.duty in request.actor.duties,
    }  # fmt: skip
    return render(request, "restoration/lists.html", context)


@open_to_signed_in
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One list: its document, its deadline, how far it is, and what was put right of it."""
    found = queries.one_list(pk, actor=request.actor)
    today = shanghai_date(timezone.now())
    context = {
        "target_list": found,
        "rates": shown_rates(queries.reached(actor=request.actor, on=today, target_list_id=found.pk)),
        "may_correct": CORRECT_LIST.duty in request.actor.duties
        and inside(found.region_id, request.actor.region_ranges),
        "entries": timeline("restoration.list", found.pk),
        "crumbs": _above(),
    }
    return render(request, "restoration/one_list.html", context)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, pk: int) -> HttpResponse:
    """更正清单登记."""
    found = queries.one_list(pk, actor=request.actor)
    require(request.actor, CORRECT_LIST.code, region_id=found.region_id)
    back = f"{LISTS}{found.pk}/"
    first = {name: getattr(found, name) for name in (*OF_A_LIST, "version")}
    form = CorrectListForm(sent(request), initial=first)
    title = CORRECT_LIST.title.say({}, language())
    page = ActPage(title, title, back, [*_above(), (found.title, back)], str(found))

    def do(given: dict[str, Any]) -> object:
        found.version = given["version"]
        told = {"grounds": given["grounds"], "actor": request.actor, "now": timezone.now()}
        return actions.correct_list(found, form.entry, **told)

    return act_page(request, page, form, do)


def _between(request: Request, target_list: TargetList) -> Between:
    """What the address asks; from the beginning of the year to today where it does not say."""
    today = shanghai_date(timezone.now())
    until = min(day_of(request.GET.get("until", "")) or today, today)
    since = day_of(request.GET.get("since", "")) or date(until.year, 1, 1)
    return Between(target_list, min(since, until), until, region_of(request.GET))


@open_to_signed_in
@require_GET
def moves(request: Request, pk: int) -> HttpResponse:
    """清单变动台账: opening, changes, closing, and every move with its approval."""
    found = queries.one_list(pk, actor=request.actor)
    between = _between(request, found)
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    days = {"since": between.since.isoformat(), "until": between.until.isoformat()}
    region_id = between.region_id
    context = {
        "target_list": found,
        "found": queries.turnover(between, actor=request.actor),
        "page": queries.moves_between(between, actor=request.actor, **marks),
        "form": NarrowMoves(regions=regions_below(request.actor), given={**days, "region": region_id or ""}),
        "query": urlencode({**days, **({"region": region_id} if region_id else {})}),
        "crumbs": [*_above(), (found.title, f"{LISTS}{found.pk}/")],
    }
    return render(request, "restoration/moves.html", context)


@open_to_signed_in
@require_GET
def export_moves(request: Request, pk: int, form: str) -> StreamingHttpResponse:
    """The same as a table."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    between = _between(request, queries.one_list(pk, actor=request.actor))
    rows = queries.all_moves_between(between, actor=request.actor)
    told = exported_moves(between, rows, queries.turnover(between, actor=request.actor))
    return exported(MOVES, told, form=form, name=_("清单变动台账"))
