"""行政区划: what the system administrator looks up and adds where the national standard has no code."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts import forms, queries
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.regions import actions
from qingshan.office.regions.queries import path_of
from qingshan.rules.duties import Duty

REGIONS = "/regions/"


@open_to(Duty.SYSTEM_ADMIN)
@require_GET
def regions(request: Request) -> HttpResponse:
    """The regions of the area, also those of former times; local codes first where asked."""
    text = request.GET.get("q", "").strip()
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.regions_page(request.actor, text=text, local=request.GET.get("local") == "1", **marks)
    context = {"page": page, "text": text, "local": request.GET.get("local") == "1"}
    return render(request, "accounts/regions.html", context)


@open_to(Duty.SYSTEM_ADMIN)
@require_GET
def region(request: Request, pk: int) -> HttpResponse:
    """One region: where it belongs, what it was called and when."""
    found = queries.region(pk, request.actor)
    context = {
        "region": found,
        "path": path_of(found),
        "names": found.names.order_by("valid_from"),
        "crumbs": [(_("行政区划"), REGIONS)],
    }
    return render(request, "accounts/region.html", context)


@open_to(Duty.SYSTEM_ADMIN)
def new_region(request: Request) -> HttpResponse:
    """增设自编区划: a development zone, a township, whatever has no code in the standard."""
    page = ActPage(_("增设自编区划"), _("增设自编区划"), REGIONS, [(_("行政区划"), REGIONS)])

    def do(given: dict[str, Any]) -> None:
        queries.code_inside(given["code"], request.actor)
        added = actions.LocalRegion(**given)
        actions.add_local_regions(actor=request.actor, now=timezone.now(), regions=[added])

    return act_page(request, page, forms.NewRegion(sent(request)), do)


@open_to(Duty.SYSTEM_ADMIN)
def close_region(request: Request, pk: int) -> HttpResponse:
    """停用自编区划."""
    found = queries.region(pk, request.actor)
    here = f"{REGIONS}{pk}/"
    crumbs = [(_("行政区划"), REGIONS), (found.name, here)]
    page = ActPage(_("停用自编区划"), _("停用自编区划"), here, crumbs, found.name)

    def do(given: dict[str, Any]) -> None:
        actions.close_local_region(actor=request.actor, now=timezone.now(), region=found, **given)

    return act_page(request, page, forms.LastDay(sent(request)), do)
