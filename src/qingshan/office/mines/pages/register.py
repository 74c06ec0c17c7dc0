"""Which lists has the register, and how does what is seen leave as a file?"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qingshan.exchange.writers import FORMS
from qingshan.office.accounts import lists
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.mines import enterprises as companies
from qingshan.office.mines import listing, queries, showing
from qingshan.office.mines.columns import KIND_OF, exported_rows
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.forms.narrowing import NarrowForm, simple_filters
from qingshan.office.trail.queries import timeline
from qingshan.rules.duties import Duty


def list_of(model: type[Model]) -> Callable[..., HttpResponse]:
    """The page of a list of the register."""

    @open_to_signed_in
    @require_GET
    def page(request: Request) -> HttpResponse:
        return _list(request, model)

    return page


def export_of(model: type[Model]) -> Callable[..., StreamingHttpResponse]:
    """The export of the same list."""

    @open_to_signed_in
    @require_GET
    def page(request: Request, form: str) -> StreamingHttpResponse:
        return _export(request, model, form)

    return page


@open_to_signed_in
@require_GET
def enterprises(request: Request) -> HttpResponse:
    """矿山企业: who holds rights and runs mines, as far as the reader may know of them."""
    filters = simple_filters(request.GET)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    total = companies.total(actor=request.actor, filters=filters)
    context = {
        "page": companies.listed(actor=request.actor, filters=filters, after=after, before=before),
        "total": listing.counted_as(gettext_lazy("%(n)s 家"), total),
        "narrow": NarrowForm.over(queries.regions_below(request.actor), filters),
        "narrowed": filters != Filters(),
        "today": request.actor.on,
    }
    return render(request, "mines/enterprises.html", context)


@open_to_signed_in
@require_GET
def enterprise(request: Request, pk: int) -> HttpResponse:
    """One enterprise: facts, its mines, rights, sites and land, whole process."""
    found = companies.one(pk, actor=request.actor)
    context = {
        "enterprise": found,
        "facts": listing.facts_of_enterprise(found),
        "runs": companies.run_by(found, actor=request.actor),
        "most": companies.OF_ITS_PAGE,
        "entries": timeline("accounts.organisation", found.pk),
        "crumbs": [(_("矿山企业名录"), "/enterprises/")],
    }
    return render(request, "mines/enterprise.html", context)


def _list(request: Request, model: type[Model]) -> HttpResponse:
    look, wording = listing.look_at(model, request.GET, actor=request.actor), listing.WORDING[model]
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    shows = showing.shows(model, look.columns)
    page = queries.listed(
        model,
        actor=request.actor,
        filters=look.filters,
        shows=shows,
        order=look.order,
        after=after,
        before=before,
    )
    context = {
        "wording": wording,
        "look": look,
        "head": showing.head_of(model),
        "page": page,
        "table": listing.table_of(look, page.rows),
        "total": listing.counted(model, queries.total(model, actor=request.actor, filters=look.filters)),
        "chips": listing.chips(model, actor=request.actor, filters=look.filters, query=request.GET),
        "narrow": NarrowForm.over(queries.regions_below(request.actor), look.filters),
        "saved": lists.saved_filters(wording.kind, actor=request.actor),
        "here": request.GET.urlencode(),
        "person_id": request.actor.person_id,
        "export_forms": [form for form in FORMS if form != "csv"],
        "may_import": Duty.REGISTRY in request.actor.duties,
    }
    return render(request, "mines/list.html", context)


def _export(request: Request, model: type[Model], form: str) -> StreamingHttpResponse:
    """Everything that the list shows, not one page of it, as the reader may see it and in the same order.

    With the columns that the reader has chosen; whoever has chosen none gets the whole table, fit to be
    imported again.
    """
    look = listing.look_at(model, request.GET, actor=request.actor)
    rows = queries.all_listed(model, actor=request.actor, filters=look.filters, order=look.order)
    kind, written = KIND_OF[model], exported_rows(rows)
    name = kind.title.zh
    if lists.columns_chosen(kind.code, actor=request.actor):
        kind, paths = showing.exported_as(model, look.columns)
        written = exported_rows(rows, paths)
    return exported(kind, written, form=form, name=name)
