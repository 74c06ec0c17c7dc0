"""Which pages has the register? Lists, one object's page, and the export of what is seen."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from qingshan.exchange.writers import FORMS, export
from qingshan.office.accounts import lists
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines import enterprises as companies
from qingshan.office.mines import listing, queries, showing
from qingshan.office.mines.columns import KIND_OF, exported_rows
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.forms.narrowing import NarrowForm, simple_filters
from qingshan.office.mines.models import Mine, Site
from qingshan.office.mines.outlines import outline_of
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


@open_to_signed_in
@require_GET
def mine(request: Request, pk: int) -> HttpResponse:
    """一矿一档, first cut: facts, sites, place, whole process."""
    found = queries.one(Mine, pk, actor=request.actor)
    context = {
        "mine": found,
        "sites": queries.sites_of(found, actor=request.actor),
        **_object(request, found),
    }
    return render(request, "mines/mine.html", context)


@open_to_signed_in
@require_GET
def site(request: Request, pk: int) -> HttpResponse:
    """One place: facts, patches, place, whole process."""
    found = queries.one(Site, pk, actor=request.actor)
    context = {
        "site": found,
        "patches": queries.patches_of(found, actor=request.actor),
        **_object(request, found),
    }
    return render(request, "mines/site.html", context)


def _object(request: Request, found: Mine | Site) -> dict[str, object]:
    kind = f"mines.{found._meta.model_name}"
    return {
        "may_register": Duty.REGISTRY in request.actor.duties and not getattr(found, "merged_into_id", None),
        "facts": listing.facts_of(found),
        "outline": outline_of(found.geom),
        "entries": timeline(kind, found.pk),
        "crumbs": [(listing.WORDING[type(found)].title, f"/{listing.WORDING[type(found)].kind}/")],
    }


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
    if form not in FORMS:
        raise Http404
    look = listing.look_at(model, request.GET, actor=request.actor)
    rows = queries.all_listed(model, actor=request.actor, filters=look.filters, order=look.order)
    kind, exported = KIND_OF[model], exported_rows(rows)
    if lists.columns_chosen(kind.code, actor=request.actor):
        kind, paths = showing.exported_as(model, look.columns)
        exported = exported_rows(rows, paths)
    response = StreamingHttpResponse(export(kind, exported, form=form), content_type=FORMS[form].content_type)
    name = f"{kind.title.zh}.{FORMS[form].ending}"
    told = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = told or "attachment"
    return response
