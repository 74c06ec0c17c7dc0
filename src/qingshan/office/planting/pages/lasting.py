"""验收后管护: which accepted sites are looked after until when, and by when is farmland to be evaluated?"""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.access import require
from qingshan.office.accounts.pages.acting import act_page, files_of, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported, filed
from qingshan.office.errors import NotFound
from qingshan.office.matters.forms.narrowing import NarrowByRegion
from qingshan.office.matters.pages.lists import check_form, chips, marks
from qingshan.office.mines.queries import regions_below
from qingshan.office.planting import actions, queries
from qingshan.office.planting.access import NOTE_EVALUATION, WITHDRAW, may_do
from qingshan.office.planting.columns import LASTING, exported_lasting
from qingshan.office.planting.forms.land import EvaluationForm, WithdrawForm
from qingshan.office.planting.forms.narrowing import lasting_filters, lasting_views
from qingshan.office.planting.lasting import Where, evaluations, lasting_of, page_of, period_source
from qingshan.office.planting.lasting import lasting as lasting_sites
from qingshan.office.planting.pages import acting
from qingshan.office.planting.pages.listing import how_many
from qingshan.office.planting.showing import language, shown_lasting
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty

LIST = "/planting/lasting/"


@open_to_signed_in
@require_GET
def lasting(request: Request) -> HttpResponse:
    """Accepted sites with the end of their aftercare and the last day of the evaluation."""
    on = shanghai_date(timezone.now())
    filters = lasting_filters(request.GET, on=on)
    found = lasting_sites(actor=request.actor, filters=filters)
    page = page_of(found, **marks(request))
    context = {
        "page": page,
        "rows": shown_lasting(page.rows, on=on),
        "total": how_many(len(found)),
        "source": period_source(on=on, language=language()),
        "notes": {
            row.site_id
            for row in page.rows
            if row.evaluated_by and row.site and may_do(request.actor, NOTE_EVALUATION, row.site.region_id)
        },
        "form": NarrowByRegion(
            regions=regions_below(request.actor), given={"region": filters.region_id or ""}
        ),
        "narrowed": filters.is_narrowed,
        **chips(request, lasting_views(), current=filters.view, keep=("region",)),
    }
    return render(request, "planting/lasting.html", context)


@open_to_signed_in
@require_GET
def export_lasting(request: Request, form: str) -> StreamingHttpResponse:
    """The same list as a table."""
    check_form(form)
    filters = lasting_filters(request.GET, on=shanghai_date(timezone.now()))
    rows = lasting_sites(actor=request.actor, filters=filters)
    return exported(LASTING, exported_lasting(rows), form=form, name=_("验收后管护"))


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: Request, pk: int) -> HttpResponse:
    """登记跟踪评价, below what was noted before."""
    site, now = queries.one_site(pk, actor=request.actor), timezone.now()
    require(request.actor, NOTE_EVALUATION.code, region_id=site.region_id)
    form = EvaluationForm(sent(request), files_of(request), on=shanghai_date(now))

    def do(_given: dict[str, Any]) -> object:
        return actions.note_evaluation(site, form.evaluated(), actor=request.actor, now=now)

    more = {
        "accepted": lasting_of(pk, actor=request.actor),
        "noted": evaluations(actor=request.actor, where=Where(site_ids=frozenset({pk}))).get(pk, []),
        "may_withdraw": may_do(request.actor, WITHDRAW, site.region_id),
    }
    page = acting.page_of(NOTE_EVALUATION, (_("验收后管护"), LIST), site, f"/sites/{pk}/")
    return act_page(request, page, form, do, template="planting/evaluate.html", more=more)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """撤回 an evaluation that was entered wrongly."""
    found, now = queries.one_evaluation(pk, actor=request.actor), timezone.now()
    require(request.actor, WITHDRAW.code, region_id=found.region_id)
    form = WithdrawForm(sent(request))

    def do(given: dict[str, Any]) -> object:
        return actions.withdraw_evaluation(found, because=given["because"], actor=request.actor, now=now)

    page = acting.page_of(WITHDRAW, (_("验收后管护"), LIST), found.site, f"/sites/{found.site_id}/")
    return act_page(
        request, page, form, do, template="planting/withdraw_evaluation.html", more={"row": found}
    )


@open_to_signed_in
@require_GET
def evaluation_file(request: Request, pk: int) -> FileResponse:
    """The scan of a report as it was brought; never shown inside a page."""
    found = queries.one_evaluation(pk, actor=request.actor)
    if not found.file_digest:
        raise NotFound.because("office.not_found", what=str(found))
    return filed(found.file_digest, found.file_name)
