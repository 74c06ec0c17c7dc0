"""土地状态: land of mines in five states, year by year of one mine, and the acts that move land."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.access import require
from qingshan.office.accounts.pages.acting import ActPage, act_page, files_of, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.matters.deciders import RECORDERS, deciders_of, may_approve
from qingshan.office.matters.forms.narrowing import Narrow, region_of, text_of
from qingshan.office.mines.queries import regions_below
from qingshan.office.regions.ranges import inside
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.access import CORRECT_LAND, LAND_ACT
from qingshan.office.restoration.forms.land import CorrectLandForm, DisturbForm, LandForm
from qingshan.office.restoration.leaving import LAND as LAND_TABLE
from qingshan.office.restoration.leaving import exported_land
from qingshan.office.restoration.models import LandParcel
from qingshan.office.restoration.pages.projects import FORMS
from qingshan.office.restoration.showing import LAND_LOOKS, language
from qingshan.rules import land as rules
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.land import LandState

LAND = "/restoration/land/"


@open_to_signed_in
@require_GET
def land(request: Request) -> HttpResponse:
    """The mines that have land in the balance, with how much stands in each state."""
    region_id = region_of(request.GET)
    text = text_of(request.GET)
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.mines_with_land(actor=request.actor, region_id=region_id, text=text, **marks)
    balances = queries.balances(page.rows)
    context = {
        "page": page,
        "rows": [(mine, balances[mine.pk]) for mine in page.rows],
        "states": [state.say(language()) for state in LandState],
        "whole": queries.whole_balance(actor=request.actor, region_id=region_id),
        "form": Narrow(regions=regions_below(request.actor), given={"region": region_id or "", "q": text}),
        "narrowed": bool(region_id or text),
        "query": urlencode({name: value for name, value in (("region", region_id), ("q", text)) if value}),
    }
    return render(request, "restoration/land.html", context)


@open_to_signed_in
@require_GET
def export_land(request: Request, form: str) -> StreamingHttpResponse:
    """The same as a table, all of it."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    region_id = region_of(request.GET)
    rows = queries.all_land(actor=request.actor, region_id=region_id, text=text_of(request.GET))
    return exported(LAND_TABLE, exported_land(rows), form=form, name=_("土地状态"))


@open_to_signed_in
@require_GET
def mine(request: Request, pk: int) -> HttpResponse:
    """The land of one mine: balance, plots, year by year, and everything that happened to it."""
    found = queries.mine_seen(pk, actor=request.actor)
    moves = queries.land_moves_of(found)
    today = shanghai_date(timezone.now())
    parcels = queries.parcels_of(found)
    context = {
        "mine": found,
        "balance": queries.balances([found])[found.pk],
        "rows": [_row(parcel, request, today) for parcel in parcels],
        "years": queries.years_of(moves),
        "moves": [_told(move) for move in moves],
        "may_disturb": Duty.REGISTRY in request.actor.duties
        and inside(found.region_id, request.actor.region_ranges),
        "crumbs": [(_("土地状态"), LAND)],
    }
    return render(request, "restoration/mine_land.html", context)


def _row(parcel: LandParcel, request: Request, today: Any) -> dict[str, Any]:
    state = parcel.state_named
    return {
        "parcel": parcel,
        "state": state.say(language()),
        "look": LAND_LOOKS[state],
        "clock": queries.clock_of(parcel, on=today) if state is LandState.AVAILABLE else None,
        "acts": [
            (
                _capital(line.act.say(language())),
                f"{LAND}plots/{parcel.pk}/{line.act.value.partition('.')[2]}/",
            )
            for line in rules.lines_from(state)
            if may_approve(request.actor, LAND_ACT[line.act.value], parcel.region_id)
        ]
        + _correction(parcel, request),
    }


def _correction(parcel: LandParcel, request: Request) -> list[tuple[str, str]]:
    if Duty.REGISTRY not in request.actor.duties or not inside(parcel.region_id, request.actor.region_ranges):
        return []
    return [(_capital(CORRECT_LAND.title.say({}, language())), f"{LAND}plots/{parcel.pk}/correct/")]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _told(move: Any) -> dict[str, Any]:
    spoken = language()
    nothing = _("登记更正") if move.act_named is rules.LandAct.CORRECT else _("未损毁")
    before, after = (
        LandState(state).say(spoken) if state else nothing for state in (move.from_state, move.to_state)
    )
    return {
        "move": move,
        "act": move.act_named.say(spoken),
        "from": before,
        "to": after,
    }


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def disturb(request: Request, pk: int) -> HttpResponse:
    """登记新增损毁."""
    found, now = queries.mine_seen(pk, actor=request.actor), timezone.now()
    back = f"{LAND}mines/{found.pk}/"
    form = DisturbForm(sent(request), mine=found, on=shanghai_date(now))
    crumbs = [(_("土地状态"), LAND), (found.name, back)]
    title = rules.LandAct.DISTURB.say(language())
    page = ActPage(title, title, back, crumbs, str(found))
    return act_page(
        request,
        page,
        form,
        lambda _given: actions.disturb_land(found, **form.given(), actor=request.actor, now=now),
    )


@open_to(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, pk: int, act: str) -> HttpResponse:
    """One act on a plot, or enter it for whoever decided it on paper."""
    parcel, now = queries.one_parcel(pk, actor=request.actor), timezone.now()
    code = f"restoration.{act}"
    if code not in rules.BY_ACT:
        raise Http404
    line = rules.line_from(parcel.state_named, code)
    back = f"{LAND}mines/{parcel.mine.merged_into_id or parcel.mine_id}/"
    deciders = deciders_of(request.actor, LAND_ACT[code], parcel.region)
    form = LandForm(
        sent(request), files_of(request), line=line, parcel=parcel, on=shanghai_date(now), deciders=deciders
    )
    title = line.act.say(language())
    title = title[:1].upper() + title[1:]
    crumbs = [(_("土地状态"), LAND), (parcel.mine.name, back)]
    page = ActPage(title, title, back, crumbs, parcel.name)

    def do(given: dict[str, Any]) -> object:
        parcel.version = given["version"]
        return actions.move_land(
            parcel, line.act, **form.given(), actor=form.approving(request.actor), now=now
        )

    more = {"parcel": parcel, **form.shown}
    return act_page(request, page, form, do, template="restoration/land_act.html", more=more)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Request, pk: int) -> HttpResponse:
    """更正登记损毁."""
    parcel = queries.one_parcel(pk, actor=request.actor)
    require(request.actor, CORRECT_LAND.code, region_id=parcel.region_id)
    back = f"{LAND}mines/{parcel.mine.merged_into_id or parcel.mine_id}/"
    form = CorrectLandForm(sent(request), parcel=parcel, mines=queries.mines_of(request.actor))
    title = CORRECT_LAND.title.say({}, language())
    crumbs = [(_("土地状态"), LAND), (parcel.mine.name, back)]

    def do(given: dict[str, Any]) -> object:
        parcel.version = given["version"]
        return actions.correct_land(parcel, **form.given(), actor=request.actor, now=timezone.now())

    return act_page(request, ActPage(title, title, back, crumbs, parcel.name), form, do)
