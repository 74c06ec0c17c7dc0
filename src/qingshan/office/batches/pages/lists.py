"""修复批次、单项修复: the two lists, and how a batch or single site enters them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.batches import actions, ledgers
from qingshan.office.batches.access import FORM
from qingshan.office.batches.candidates import MOST, SOURCES, candidates
from qingshan.office.batches.forms.forming import BatchForm, NarrowSites
from qingshan.office.batches.ledgers import BATCHES, SINGLES, Shelf, look_at
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.errors import NotFound
from qingshan.office.matters import queries as matters
from qingshan.office.mines.forms.narrowing import region_from
from qingshan.office.mines.queries import regions_below
from qingshan.office.restoration.forms.narrowing import Narrow
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty

FORMS = ("xlsx", "csv")
BESIDE = ("region", "state", "awaits_organisation")


@open_to_signed_in
@require_GET
def batches(request: Request) -> HttpResponse:
    """The list of batches."""
    return _listed(request, BATCHES)


@open_to_signed_in
@require_GET
def singles(request: Request) -> HttpResponse:
    """The list of single sites."""
    return _listed(request, SINGLES)


def _listed(request: Request, shelf: Shelf) -> HttpResponse:
    look = look_at(shelf, request.GET, on=shanghai_date(timezone.now()))
    page = matters.ledger(
        (shelf.kind,),
        actor=request.actor,
        narrowing=look.narrowing,
        beside=BESIDE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    views, states = ledgers.chips(look, request.GET, actor=request.actor)
    given = {"region": look.region_id or "", "q": look.text}
    context = {
        "shelf": shelf,
        "page": page,
        "rows": ledgers.rows_of(page.rows, on=look.on),
        "total": ledgers.counted(look, actor=request.actor),
        "flow": ledgers.flow_of(shelf, actor=request.actor, on=look.on, region_id=look.region_id),
        "views": views,
        "states": states,
        "form": Narrow(regions=regions_below(request.actor), given=given),
        "keep": [(name, request.GET[name]) for name in ("view", "state") if request.GET.get(name)],
        "narrowed": look.is_narrowed,
        "may_register": FORM.duty in request.actor.duties,
        "is_single": shelf is SINGLES,
    }
    return render(request, "batches/list.html", context)


@open_to_signed_in
@require_GET
def export_batches(request: Request, form: str) -> StreamingHttpResponse:
    """The list of batches as a table."""
    return _exported(request, BATCHES, form)


@open_to_signed_in
@require_GET
def export_singles(request: Request, form: str) -> StreamingHttpResponse:
    """The list of single sites as a table."""
    return _exported(request, SINGLES, form)


def _exported(request: Request, shelf: Shelf, form: str) -> StreamingHttpResponse:
    look = look_at(shelf, request.GET, on=shanghai_date(timezone.now()))
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    rows = matters.all_of_ledger((shelf.kind,), actor=request.actor, narrowing=look.narrowing, beside=BESIDE)
    found = ledgers.exported(rows, on=look.on)
    return exported(ledgers.table(shelf), found, form=form, name=str(shelf.title))


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def form_batch(request: Request) -> HttpResponse:
    """组成批次."""
    return _registered(request, BATCHES, _("组成批次"), actions.form_batch)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def take_up_single(request: Request) -> HttpResponse:
    """登记单项."""
    return _registered(request, SINGLES, _("登记单项"), actions.take_up_single)


def _registered(request: Request, shelf: Shelf, title: str, action: Any) -> HttpResponse:
    now = timezone.now()
    form = BatchForm(sent(request), actor=request.actor, on=shanghai_date(now))
    page = ActPage(title, title, shelf.path, [(str(shelf.title), shelf.path)])

    def do(_given: dict[str, Any]) -> HttpResponse:
        matter = action(form.new_batch(), actor=request.actor, now=now)
        return HttpResponseRedirect(f"/batches/{matter.pk}/")

    return act_page(request, page, form, do, template="batches/register.html", more=sites_to_tick(request))


def sites_to_tick(request: Request) -> dict[str, Any]:
    """The sites that the page offers, narrowed as its address says; what was ticked stays ticked."""
    source = request.GET.get("source", "")
    source = source if source in SOURCES else ""
    region_id, text = region_from(request.GET.get("region", "")), request.GET.get("q", "").strip()[:60]
    found = candidates(request.actor, source=source, region_id=region_id, text=text)
    given = {"source": source, "region": region_id or "", "q": text}
    return {
        "candidates": found,
        "is_full": len(found) == MOST,
        "most": MOST,
        "ticked": set(request.POST.getlist("sites")) if request.method == "POST" else set(),
        "narrow": NarrowSites(regions=regions_below(request.actor), given=given),
    }
