"""Lists of land: what is available and not restored, what was restored while mining, each narrowed and as a table."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.matters.forms.narrowing import NarrowByRegion, region_of, text_of
from qingshan.office.matters.pages.lists import check_form, marks
from qingshan.office.mines.queries import regions_below
from qingshan.office.restoration import queries, yearly
from qingshan.office.restoration.forms.narrowing import NarrowYears, year_of
from qingshan.office.restoration.idling import LIMIT, all_idle, book_of
from qingshan.office.restoration.land_columns import IDLE, YEARLY, exported_idle, exported_years
from qingshan.office.restoration.showing import IDLE_LOOKS
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE

LAND = "/restoration/land/"


@open_to_signed_in
@require_GET
def idle(request: Request) -> HttpResponse:
    """Available land that nobody restores, the longest first."""
    region_id = region_of(request.GET)
    page = queries.idle_land(actor=request.actor, region_id=region_id, **marks(request))
    today = shanghai_date(timezone.now())
    clocks = [(row, queries.clock_of(row, on=today)) for row in page.rows]
    limited = next((row for row, clock in clocks if clock.limit_days is not None), None)
    book = book_of(limited.region_id, on=today) if limited is not None else None
    context = {
        "page": page,
        "rows": [(row, clock, IDLE_LOOKS[clock.stands]) for row, clock in clocks],
        "limit": book.whole(LIMIT) if book else None,
        "source": book.cite(LIMIT, get_language() or CHINESE) if book else "",
        "form": NarrowByRegion(regions=regions_below(request.actor), given={"region": region_id or ""}),
        "narrowed": region_id is not None,
        "query": urlencode({"region": region_id}) if region_id else "",
        "crumbs": [(_("土地状态"), LAND)],
    }
    return render(request, "restoration/idle.html", context)


@open_to_signed_in
@require_GET
def export_idle(request: Request, form: str) -> StreamingHttpResponse:
    """The same as a table, all of it."""
    check_form(form)
    rows = all_idle(actor=request.actor, region_id=region_of(request.GET))
    on = shanghai_date(timezone.now())
    return exported(IDLE, exported_idle(rows, on=on), form=form, name=_("可修复未修复土地"))


@open_to_signed_in
@require_GET
def yearly_list(request: Request) -> HttpResponse:
    """边开发边恢复: mines with land in the balance, year by year."""
    region_id, text, year = region_of(request.GET), text_of(request.GET), year_of(request.GET)
    page = queries.mines_with_land(actor=request.actor, region_id=region_id, text=text, **marks(request))
    found = yearly.years_by_mine(page.rows, year=year)
    given = {"region": region_id or "", "q": text, "year": year or ""}
    told = {name: value for name, value in given.items() if value}
    context = {
        "page": page,
        "rows": [(mine, found[mine.pk]) for mine in page.rows],
        "form": NarrowYears(
            years=yearly.years_on_record(actor=request.actor),
            regions=regions_below(request.actor),
            given=given,
        ),
        "narrowed": bool(told),
        "query": urlencode(told),
        "crumbs": [(_("土地状态"), LAND)],
    }
    return render(request, "restoration/yearly.html", context)


@open_to_signed_in
@require_GET
def export_yearly(request: Request, form: str) -> StreamingHttpResponse:
    """The same as a table, all of it."""
    check_form(form)
    told = {"region_id": region_of(request.GET), "text": text_of(request.GET), "year": year_of(request.GET)}
    rows = yearly.all_years(actor=request.actor, **told)  # type: ignore[arg-type]
    return exported(YEARLY, exported_years(rows), form=form, name=_("边开发边恢复"))
