"""The lists of matters, with the columns and filters that a person chose, and how what is seen leaves as a workbook."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts import lists
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.matters import queries
from qingshan.office.matters.forms.narrowing import LedgerForm
from qingshan.office.matters.ledgers import Look, chips, look_at, total_of
from qingshan.office.matters.listing import Listing
from qingshan.office.mines.models import Mine
from qingshan.office.mines.queries import one, regions_below
from qingshan.office.showing import choices_among, rows_html
from qingshan.rules.dates import shanghai_date

KEPT = ("view", "state", "kind", "mine")


def list_of(listing: Listing) -> Callable[..., HttpResponse]:
    """The page of a ledger."""

    @open_to_signed_in
    @require_GET
    def page(request: Request) -> HttpResponse:
        return _list(request, listing, look_at(listing.ledger, request.GET, on=shanghai_date(timezone.now())))

    return page


def export_of(listing: Listing) -> Callable[..., StreamingHttpResponse]:
    """The export of the same ledger: with the columns that the reader has chosen, else the whole table."""

    @open_to_signed_in
    @require_GET
    def page(request: Request, form: str) -> StreamingHttpResponse:
        ledger = listing.ledger
        look = look_at(ledger, request.GET, on=shanghai_date(timezone.now()))
        table = listing.leaving(lists.columns_chosen(ledger.code, actor=request.actor), on=look.on)
        rows = queries.all_of_ledger(
            look.kinds, actor=request.actor, narrowing=look.narrowing, beside=table.beside
        )
        return exported(table.kind, table.rows(rows), form=form, name=str(ledger.title))

    return page


def _list(request: Request, listing: Listing, look: Look) -> HttpResponse:
    actor, ledger = request.actor, look.ledger
    shown = listing.shown(lists.columns_chosen(ledger.code, actor=actor))
    page = queries.ledger(
        look.kinds,
        actor=actor,
        narrowing=look.narrowing,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        beside=listing.beside(shown),
    )
    views, states = chips(look, request.GET, actor=actor)
    columns = (*listing.head, *shown)
    context = {
        "look": look,
        "ledger": ledger,
        "sees_area": bool(request.actor.region_ranges),
        "page": page,
        "columns": columns,
        "table": rows_html(columns, listing.seen(page.rows, shown, on=look.on)),
        "total": _counted(look, actor),
        "views": views,
        "states": states,
        "narrow": LedgerForm.over(regions_below(actor), look),
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
        "mine": one(Mine, look.mine_id, actor=actor) if look.mine_id else None,
        "buttons": listing.buttons(actor, look, _here(request)),
        "choices": choices_among(listing.columns, shown),
        "saved": lists.saved_filters(ledger.code, actor=actor),
        "here": request.GET.urlencode(),
        "person_id": actor.person_id,
        **listing.above(actor, look),
    }
    return render(request, listing.template, context)


def _here(request: Request) -> str:
    """The address as it is looked at, without the page that is open."""
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}" if kept else ""


def _counted(look: Look, actor: Actor) -> str:
    total = total_of(look, actor=actor)
    said = str(look.ledger.counted) % {"n": f"{total.rows:,}"}
    return _("超过 %(rows)s") % {"rows": said} if total.at_least else _("共 %(rows)s") % {"rows": said}
