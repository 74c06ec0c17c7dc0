"""领导小组与工作专班: who is in them, convened and dissolved by the dispatcher."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts import actions, forms, queries
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.rules.duties import Duty

BODIES = "/bodies/"
READERS = (Duty.DISPATCH, Duty.LEAD, Duty.REVIEW, Duty.REGISTRY)


@open_to(*READERS)
@require_GET
def bodies(request: Request) -> HttpResponse:
    """The temporary bodies of the area, the newest first; those that have ended too."""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.bodies_page(request.actor, **marks)
    context = {"page": page, "today": request.actor.on, "may_convene": Duty.DISPATCH in request.actor.duties}
    return render(request, "accounts/bodies.html", context)


@open_to(*READERS)
@require_GET
def body(request: Request, pk: int) -> HttpResponse:
    """One body with its members."""
    found = queries.body(pk, request.actor)
    ends = found.to_on is not None
    context = {
        "body": found,
        "members": queries.members_of(found),
        "may_dissolve": Duty.DISPATCH in request.actor.duties and not ends,
        "crumbs": [(_("领导小组与专班"), BODIES)],
    }
    return render(request, "accounts/body.html", context)


@open_to(Duty.DISPATCH)
def convene(request: Request) -> HttpResponse:
    """成立临时机构."""
    page = ActPage(_("成立临时机构"), _("成立临时机构"), BODIES, [(_("领导小组与专班"), BODIES)])

    def do(given: dict[str, Any]) -> None:
        actions.convene_temporary_body(actor=request.actor, now=timezone.now(), **given)

    return act_page(request, page, forms.NewBody(sent(request), actor=request.actor), do)


@open_to(Duty.DISPATCH)
def dissolve(request: Request, pk: int) -> HttpResponse:
    """撤销临时机构."""
    found = queries.body(pk, request.actor)
    here = f"{BODIES}{found.pk}/"
    crumbs = [(_("领导小组与专班"), BODIES), (found.name, here)]
    page = ActPage(_("撤销临时机构"), _("撤销临时机构"), here, crumbs, found.name)

    def do(given: dict[str, Any]) -> None:
        actions.dissolve_temporary_body(actor=request.actor, now=timezone.now(), body=found, **given)

    return act_page(request, page, forms.LastDayByDocument(sent(request)), do)
