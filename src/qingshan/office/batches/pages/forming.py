"""How do a batch and a single site enter their ledgers? These are `batches.listing.OF_BATCHES` and `OF_SINGLES`."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.batches import actions
from qingshan.office.batches.candidates import MOST, SOURCES, candidates
from qingshan.office.batches.forms.forming import BatchForm, NarrowSites
from qingshan.office.batches.ledgers import BATCHES, SINGLES
from qingshan.office.doors import open_to
from qingshan.office.matters.ledgers import Ledger
from qingshan.office.mines.forms.narrowing import region_from
from qingshan.office.mines.queries import regions_below
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty


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


def _registered(request: Request, ledger: Ledger, title: str, action: Any) -> HttpResponse:
    now = timezone.now()
    form = BatchForm(sent(request), actor=request.actor, on=shanghai_date(now))
    page = ActPage(title, title, ledger.path, [(str(ledger.title), ledger.path)])

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
