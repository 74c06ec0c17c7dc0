"""还地 and 临时用地: land that went back, land that is lent, its extensions, and what must still be restored."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.access import require
from qingshan.office.accounts.pages.acting import act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported, filed
from qingshan.office.errors import NotFound
from qingshan.office.matters.forms.narrowing import Narrow, NarrowByRegion, region_of
from qingshan.office.matters.pages.lists import check_form, chips, marks
from qingshan.office.mines.models import LandUse, Site
from qingshan.office.mines.queries import regions_below
from qingshan.office.planting import actions, queries
from qingshan.office.planting.access import EXTEND, HAND_BACK, WITHDRAW, may_do
from qingshan.office.planting.columns import BACK, LENT, exported_hand_backs, exported_lent
from qingshan.office.planting.forms.land import ExtendForm, HandBackForm, WithdrawForm
from qingshan.office.planting.forms.narrowing import (
    lent_filters,
    lent_views,
)
from qingshan.office.planting.pages.acting import RECORDERS, deciders_of, may_approve, page_of
from qingshan.office.planting.pages.listing import how_many
from qingshan.office.planting.showing import language, lent_standing, unread
from qingshan.office.planting.standing import hand_backs_of, lent_m2, lent_of, returned_of, term_book
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import say
from qingshan.rules.temporary_land import RESTORE_WITHIN

RETURNED, LENT_PATH = "/planting/returned/", "/planting/lent/"


@open_to_signed_in
@require_GET
def returned(request: Request) -> HttpResponse:
    """Land that went back, with area, receiver, day and paper."""
    region_id = region_of(request.GET)
    page = queries.hand_backs(actor=request.actor, region_id=region_id, **marks(request))
    times, area_m2 = queries.sum_of_hand_backs(actor=request.actor, region_id=region_id)
    context = {
        "page": page,
        "times": times,
        "area_m2": area_m2,
        "form": NarrowByRegion(regions=regions_below(request.actor), given={"region": region_id or ""}),
        "narrowed": region_id is not None,
        "withdraws": {row.pk for row in page.rows if may_do(request.actor, WITHDRAW, row.region_id)},
        "query": f"region={region_id}" if region_id else "",
    }
    return render(request, "planting/returned.html", context)


@open_to_signed_in
@require_GET
def export_returned(request: Request, form: str) -> StreamingHttpResponse:
    """The same list as a table."""
    check_form(form)
    rows = queries.all_hand_backs(actor=request.actor, region_id=region_of(request.GET))
    return exported(BACK, exported_hand_backs(rows), form=form, name=_("还地记录"))


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_back(request: Request, pk: int, what: str) -> HttpResponse:
    """登记还地 of a site or of temporary land."""
    about: LandUse | Site
    if what == "sites":
        about = queries.one_site(pk, actor=request.actor)
        page = page_of(HAND_BACK, (_("还地"), RETURNED), about, f"/sites/{pk}/")
    else:
        about = queries.one_lent(pk, actor=request.actor)
        page = page_of(HAND_BACK, (_("临时用地"), LENT_PATH), about, f"{LENT_PATH}{pk}/")
    now = timezone.now()
    require(request.actor, HAND_BACK.code, region_id=about.region_id)
    files = request.FILES if request.method == "POST" else None
    form = HandBackForm(sent(request), files, on=shanghai_date(now))
    stands = returned_of(about, hand_backs_of(about), on=shanghai_date(now))

    def do(_given: dict[str, Any]) -> object:
        return actions.hand_back(about, form.receipt(), actor=request.actor, now=now)

    more = {"whole_m2": lent_m2(about), "stands": stands}
    return act_page(request, page, form, do, template="planting/hand_back.html", more=more)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_hand_back(request: Request, pk: int) -> HttpResponse:
    """撤回 what was entered wrongly of land handed back."""
    found, now = queries.one_hand_back(pk, actor=request.actor), timezone.now()
    require(request.actor, WITHDRAW.code, region_id=found.region_id)
    form = WithdrawForm(sent(request))

    def do(given: dict[str, Any]) -> object:
        return actions.withdraw_hand_back(found, because=given["because"], actor=request.actor, now=now)

    back = f"{LENT_PATH}{found.land_use_id}/" if found.land_use_id else RETURNED
    page = page_of(WITHDRAW, (_("还地"), RETURNED), found.about, back)
    return act_page(request, page, form, do, template="planting/withdraw_hand_back.html", more={"row": found})


@open_to_signed_in
@require_GET
def receipt_file(request: Request, pk: int) -> FileResponse:
    """The scan of a receipt as it was brought; never shown inside a page."""
    found = queries.one_hand_back(pk, actor=request.actor)
    if not found.file_digest:
        raise NotFound.because("office.not_found", what=str(found))
    return filed(found.file_digest, found.file_name)


@open_to_signed_in
@require_GET
def lent(request: Request) -> HttpResponse:
    """Temporary land, with its end, what is back, and by when it is to be restored."""
    on = shanghai_date(timezone.now())
    filters = lent_filters(request.GET, on=on)
    page = queries.lent(actor=request.actor, filters=filters, **marks(request))
    given = {"region": filters.region_id or "", "q": filters.text}
    book = term_book(filters.region_id, on=on)
    context = {
        "page": page,
        "months": book.whole(RESTORE_WITHIN),
        "source": book.cite(RESTORE_WITHIN, language()),
        "rows": [_shown(row, on) for row in page.rows],
        "total": how_many(queries.how_many_lent(actor=request.actor, filters=filters)),
        "form": Narrow(regions=regions_below(request.actor), given=given),
        "narrowed": filters.is_narrowed,
        **chips(request, lent_views(), current=filters.view, keep=("region", "q")),
    }
    return render(request, "planting/lent.html", context)


def _shown(row: LandUse, on: Any) -> dict[str, Any]:
    stands = lent_of(row, on=on)
    return {
        "row": row,
        "lent": stands,
        "standing": lent_standing(stands),
        "whole_m2": lent_m2(row),
        "back": returned_of(row, row.hand_backs.all(), on=on),
    }


@open_to_signed_in
@require_GET
def export_lent(request: Request, form: str) -> StreamingHttpResponse:
    """The same list as a table."""
    check_form(form)
    on = shanghai_date(timezone.now())
    rows = queries.all_lent(actor=request.actor, filters=lent_filters(request.GET, on=on))
    return exported(LENT, exported_lent(rows, on=on), form=form, name=_("临时用地"))


@open_to_signed_in
@require_GET
def one_lent(request: Request, pk: int) -> HttpResponse:
    """One piece of temporary land: its term, extensions, what is back, what must be restored."""
    found, on = queries.one_lent(pk, actor=request.actor), shanghai_date(timezone.now())
    stands, backs = lent_of(found, on=on), hand_backs_of(found)
    book = term_book(found.region_id, on=on)
    back = returned_of(found, backs, on=on)
    still_out = found.returned_on is None
    context = {
        "land": found,
        "lent": stands,
        "standing": lent_standing(stands),
        "unread": unread(is_verified=stands.is_verified),
        "source": book.cite(RESTORE_WITHIN, language()),
        "doubts": [say(each, language()) for each in (*stands.doubts, *back.doubts)],
        "whole_m2": lent_m2(found),
        "back": back,
        "said": back.rate.say(language()) if back.rate else "",
        "backs": backs,
        "may_withdraw": may_do(request.actor, WITHDRAW, found.region_id),
        "extensions": queries.extensions_of(found),
        "may_hand_back": still_out and may_do(request.actor, HAND_BACK, found.region_id),
        "may_extend": still_out and may_approve(request.actor, EXTEND, found.region_id),
        "entries": timeline("mines.land_use", found.pk),
        "crumbs": [(_("临时用地"), LENT_PATH)],
    }
    return render(request, "planting/one_lent.html", context)


@open_to(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: Request, pk: int) -> HttpResponse:
    """批准临时用地延期, or enter it for whoever approved it on paper."""
    found, now = queries.one_lent(pk, actor=request.actor), timezone.now()
    deciders = deciders_of(request.actor, EXTEND, found.region)
    files = request.FILES if request.method == "POST" else None
    form = ExtendForm(sent(request), files, deciders=deciders, on=shanghai_date(now), version=found.version)

    def do(given: dict[str, Any]) -> object:
        found.version = given["version"]
        told = {"until_on": given["until_on"], "note": given["note"], **form.approval}
        return actions.extend_land_use(found, **told, actor=form.approving(request.actor), now=now)

    page = page_of(EXTEND, (_("临时用地"), LENT_PATH), found, f"{LENT_PATH}{found.pk}/")
    return act_page(request, page, form, do, template="matters/on_paper.html", more=form.shown)
