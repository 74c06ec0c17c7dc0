"""存量与流量: how many came in, went out and are left; and the list behind each number."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.cases.forms.stock import StockForm
from qingshan.office.cases.stock import (
    CLOSING,
    OPENING,
    TITLES,
    Asked,
    asked_by,
    day_before,
    periods,
    sheet_of,
    shown_region,
)
from qingshan.office.doors import open_to_signed_in
from qingshan.office.matters import queries
from qingshan.office.matters.kinds import kind_named
from qingshan.office.mines.queries import regions_below
from qingshan.office.paging import Page
from qingshan.office.regions.ranges import inside
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE
from qingshan.rules.stock import Move


@open_to_signed_in
@require_GET
def stock(request: Request) -> HttpResponse:
    """The sum of a period, and a line for each region below."""
    on = shanghai_date(timezone.now())
    asked = asked_by(request.GET, on=on)
    region = shown_region(asked)
    context = {
        "sheet": sheet_of(asked, actor=request.actor, everywhere=region.name if region else _("合计")),
        "asked": asked,
        "periods": periods(asked, on=on),
        "region": region,
        "kind": _kind(asked),
        "form": StockForm(regions_below(request.actor), asked),
        "has_region": bool(request.actor.region_ranges),
    }
    return render(request, "cases/stock.html", context)


@open_to_signed_in
@require_GET
def items(request: Request) -> HttpResponse:
    """The matters behind one number."""
    asked, what = asked_by(request.GET, on=shanghai_date(timezone.now())), request.GET.get("what", "")
    if what not in {OPENING, CLOSING, *Move.values()}:
        raise Http404
    moves = what not in {OPENING, CLOSING}
    page = _moved(request, asked, Move(what)) if moves else _standing(request, asked, what)
    title = Move(what).say(get_language() or CHINESE) if moves else str(TITLES[what])
    context = {
        "page": page,
        "rows": [_row(row, request.actor) for row in page.rows],
        "asked": asked,
        "title": title,
        "kind": _kind(asked),
        "region": shown_region(asked),
        "moves": moves,
        "back": asked.address(),
    }
    return render(request, "cases/stock_items.html", context)


def _moved(request: Request, asked: Asked, move: Move) -> Page:
    return queries.moved(
        asked.kind,
        move,
        actor=request.actor,
        from_on=asked.from_on,
        to_on=asked.to_on,
        region_id=asked.region_id,
        **_marks(request),
    )


def _standing(request: Request, asked: Asked, what: str) -> Page:
    on = asked.to_on if what == CLOSING else day_before(asked.from_on)
    return queries.stock_on(
        asked.kind, actor=request.actor, on=on, region_id=asked.region_id, **_marks(request)
    )


def _row(row: Any, actor: Any) -> tuple[Any, Any, bool]:
    """The matter, its movement where there is one, and whether its page opens to the reader now."""
    matter, movement = (row.matter, row) if hasattr(row, "matter") else (row, None)
    return matter, movement, inside(matter.region_id, actor.region_ranges)


def _marks(request: Request) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ("after", "before")}


def _kind(asked: Asked) -> str:
    return kind_named(asked.kind).flow.title.say({}, get_language() or CHINESE)
