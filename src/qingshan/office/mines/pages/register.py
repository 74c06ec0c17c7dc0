"""Which pages has the register? Lists, one object's page, and the export of what is seen."""

from __future__ import annotations

from django.db.models import Model
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from qingshan.exchange.writers import FORMS, export
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines import listing, queries
from qingshan.office.mines.columns import KIND_OF, exported_rows
from qingshan.office.mines.forms.narrowing import NarrowForm, filters_from
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.mines.outlines import outline_of
from qingshan.office.trail.queries import timeline
from qingshan.rules.duties import Duty


@open_to_signed_in
@require_GET
def mines(request: Request) -> HttpResponse:
    return _list(request, Mine)


@open_to_signed_in
@require_GET
def sites(request: Request) -> HttpResponse:
    return _list(request, Site)


@open_to_signed_in
@require_GET
def patches(request: Request) -> HttpResponse:
    return _list(request, Patch)


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


@open_to_signed_in
@require_GET
def export_mines(request: Request, form: str) -> StreamingHttpResponse:
    return _export(request, Mine, form)


@open_to_signed_in
@require_GET
def export_sites(request: Request, form: str) -> StreamingHttpResponse:
    return _export(request, Site, form)


@open_to_signed_in
@require_GET
def export_patches(request: Request, form: str) -> StreamingHttpResponse:
    return _export(request, Patch, form)


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
    filters, wording = filters_from(request.GET, model), listing.WORDING[model]
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    context = {
        "wording": wording,
        "page": queries.listed(model, actor=request.actor, filters=filters, after=after, before=before),
        "total": listing.counted(model, queries.total(model, actor=request.actor, filters=filters)),
        "chips": listing.chips(model, actor=request.actor, filters=filters, query=request.GET),
        "narrow": NarrowForm.over(queries.regions_below(request.actor), filters),
        "kept": [("category", filters.category)] if filters.category else [],
        "narrowed": filters != queries.Filters(),
        "export_forms": [form for form in FORMS if form != "csv"],
        "may_import": Duty.REGISTRY in request.actor.duties,
    }
    return render(request, f"mines/{wording.kind}.html", context)


def _export(request: Request, model: type[Model], form: str) -> StreamingHttpResponse:
    """Everything that the list shows, not one page of it, as the reader may see it."""
    if form not in FORMS:
        raise Http404
    rows = queries.all_listed(model, actor=request.actor, filters=filters_from(request.GET, model))
    kind = KIND_OF[model]
    stream = export(kind, exported_rows(rows), form=form)
    response = StreamingHttpResponse(stream, content_type=FORMS[form].content_type)
    name = f"{kind.title.zh}.{FORMS[form].ending}"
    told = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = told or "attachment"
    return response
