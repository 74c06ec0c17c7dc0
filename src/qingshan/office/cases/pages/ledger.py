"""整改台账 and 信访转办: the lists, and how what is seen leaves as a workbook."""

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
from qingshan.office.cases import leaving, listing
from qingshan.office.cases.access import REGISTER
from qingshan.office.cases.forms.narrowing import LedgerForm
from qingshan.office.cases.ledgers import Ledger, Look, chips, look_at, total_of
from qingshan.office.cases.on_map import map_of
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.matters import queries
from qingshan.office.mines.models import Mine
from qingshan.office.mines.queries import one, regions_below
from qingshan.office.showing import choices_among, rows_html
from qingshan.rules.dates import shanghai_date


def list_of(ledger: Ledger) -> Callable[..., HttpResponse]:
    """The page of a ledger."""

    @open_to_signed_in
    @require_GET
    def page(request: Request) -> HttpResponse:
        return _list(request, look_at(ledger, request.GET, on=shanghai_date(timezone.now())))

    return page


def export_of(ledger: Ledger) -> Callable[..., StreamingHttpResponse]:
    """The export of the same ledger: with the columns that the reader has chosen, else the whole table."""

    @open_to_signed_in
    @require_GET
    def page(request: Request, form: str) -> StreamingHttpResponse:
        look = look_at(ledger, request.GET, on=shanghai_date(timezone.now()))
        table = leaving.TABLES[ledger.path]
        if names := lists.columns_chosen(ledger.code, actor=request.actor):
            table = listing.table_of(ledger, listing.shown_of(ledger, names), on=look.on)
        rows = queries.all_of_ledger(
            look.kinds, actor=request.actor, narrowing=look.narrowing, beside=table.beside
        )
        return exported(table.kind, table.rows(rows), form=form, name=str(ledger.title))

    return page


def _list(request: Request, look: Look) -> HttpResponse:
    actor, ledger = request.actor, look.ledger
    shown = listing.shown_of(ledger, lists.columns_chosen(ledger.code, actor=actor))
    page = queries.ledger(
        look.kinds,
        actor=actor,
        narrowing=look.narrowing,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        beside=listing.beside(shown),
    )
    views, states = chips(look, request.GET, actor=actor)
    columns = (*listing.HEAD, *shown)
    context = {
        "look": look,
        "ledger": ledger,
        "page": page,
        "columns": columns,
        "table": rows_html(columns, listing.seen(page.rows, shown, on=look.on)),
        "total": _counted(look, actor),
        "views": views,
        "states": states,
        "narrow": LedgerForm.over(regions_below(actor), look),
        "kept": [
            (name, request.GET[name]) for name in ("view", "state", "kind", "mine") if request.GET.get(name)
        ],
        "mine": one(Mine, look.mine_id, actor=actor) if look.mine_id else None,
        "on_map": map_of(look),
        "may_register": REGISTER.duty in actor.duties,
        "choices": choices_among(listing.COLUMNS[ledger.path], shown),
        "saved": lists.saved_filters(ledger.code, actor=actor),
        "here": request.GET.urlencode(),
        "person_id": actor.person_id,
    }
    return render(request, "cases/ledger.html", context)


def _counted(look: Look, actor: Actor) -> str:
    total = total_of(look, actor=actor)
    said = str(look.ledger.counted) % {"n": f"{total.rows:,}"}
    return _("超过 %(rows)s") % {"rows": said} if total.at_least else _("共 %(rows)s") % {"rows": said}
