"""管护到期: which dates of aftercare are due, and which have passed?"""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.matters.pages.lists import check_form, chips, marks
from qingshan.office.mines.queries import regions_below
from qingshan.office.planting import queries
from qingshan.office.planting.columns import CARE, exported_tasks
from qingshan.office.planting.forms.narrowing import NarrowCare, care_filters, care_views
from qingshan.office.planting.pages.listing import how_many
from qingshan.office.planting.showing import by_book_words, task_standing
from qingshan.rules.dates import shanghai_date


@open_to_signed_in
@require_GET
def care(request: Request) -> HttpResponse:
    """Dates of aftercare, the earliest first."""
    on = shanghai_date(timezone.now())
    filters = care_filters(request.GET, on=on)
    page = queries.care_tasks(actor=request.actor, filters=filters, **marks(request))
    given = {"region": filters.region_id or "", "kind": filters.kind}
    context = {
        "page": page,
        "rows": [(task, *task_standing(task, on=on), by_book_words(task, on=on)) for task in page.rows],
        "total": how_many(queries.how_many_tasks(actor=request.actor, filters=filters)),
        "form": NarrowCare(regions=regions_below(request.actor), given=given),
        "narrowed": filters.is_narrowed,
        **chips(request, care_views(), current=filters.view, keep=("region", "kind")),
    }
    return render(request, "planting/care.html", context)


@open_to_signed_in
@require_GET
def export_care(request: Request, form: str) -> StreamingHttpResponse:
    """The same list as a table."""
    check_form(form)
    on = shanghai_date(timezone.now())
    rows = queries.all_tasks(actor=request.actor, filters=care_filters(request.GET, on=on))
    return exported(CARE, exported_tasks(rows), form=form, name=_("管护计划"))
