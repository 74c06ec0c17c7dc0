"""机构: what the system administrator does."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts import actions, forms, queries
from qingshan.office.accounts.models import Organisation
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.rules.duties import Duty
from qingshan.rules.register import OrganisationKind

ORGANISATIONS = "/organisations/"


@open_to(Duty.SYSTEM_ADMIN)
@require_GET
def organisations(request: Request) -> HttpResponse:
    """The organisations and divisions of the area, the newest first."""
    filters = {"text": request.GET.get("q", "").strip(), "kind": request.GET.get("kind", "")}
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.organisations(request.actor, **filters, **marks)
    kinds = forms.named_choices(OrganisationKind)
    return render(request, "accounts/organisations.html", {"page": page, "kinds": kinds, **filters})


@open_to(Duty.SYSTEM_ADMIN)
@require_GET
def organisation(request: Request, pk: int) -> HttpResponse:
    """One organisation with what stands directly below it."""
    found = queries.organisation(pk, request.actor)
    context = {
        "organisation": found,
        "below": queries.below(found),
        "today": request.actor.on,
        "crumbs": [(_("机构"), ORGANISATIONS)],
    }
    return render(request, "accounts/organisation.html", context)


@open_to(Duty.SYSTEM_ADMIN)
def new_organisation(request: Request) -> HttpResponse:
    """设立机构."""
    page = ActPage(_("设立机构"), _("设立机构"), ORGANISATIONS, [(_("机构"), ORGANISATIONS)])
    form = forms.NewOrganisation(sent(request), actor=request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.create_organisation(**_who(request), **given)

    return act_page(request, page, form, do)


@open_to(Duty.SYSTEM_ADMIN)
def rename(request: Request, pk: int) -> HttpResponse:
    """机构更名."""
    found = queries.organisation(pk, request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.rename_organisation(**_who(request), organisation=found, **given)

    return act_page(request, _of(found, _("机构更名")), forms.Rename(sent(request)), do)


@open_to(Duty.SYSTEM_ADMIN)
def close(request: Request, pk: int) -> HttpResponse:
    """撤销机构."""
    found = queries.organisation(pk, request.actor)

    def do(given: dict[str, Any]) -> None:
        actions.close_organisation(**_who(request), organisation=found, **given)

    return act_page(request, _of(found, _("撤销机构")), forms.LastDayByDocument(sent(request)), do)


def _who(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _of(organisation: Organisation, act: str) -> ActPage:
    here = f"{ORGANISATIONS}{organisation.pk}/"
    crumbs = [(_("机构"), ORGANISATIONS), (organisation.name, here)]
    return ActPage(act, act, here, crumbs, organisation.name)
