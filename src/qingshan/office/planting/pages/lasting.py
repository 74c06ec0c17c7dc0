"""验收后管护: which accepted sites are looked after until when, and by when is farmland to be evaluated?"""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.matters.forms.narrowing import NarrowByRegion
from qingshan.office.matters.pages.lists import check_form, chips, marks
from qingshan.office.mines.queries import regions_below
from qingshan.office.planting.columns import LASTING, exported_lasting
from qingshan.office.planting.forms.narrowing import lasting_filters, lasting_views
from qingshan.office.planting.lasting import lasting as lasting_sites
from qingshan.office.planting.lasting import page_of, period_source
from qingshan.office.planting.pages.listing import how_many
from qingshan.office.planting.showing import language, shown_lasting
from qingshan.rules.dates import shanghai_date


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
