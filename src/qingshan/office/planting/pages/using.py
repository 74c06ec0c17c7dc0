"""后续利用: planned and actual use of the sites of projects, figures by use, and how either is changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.access import require
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.matters.pages.lists import check_form, chips, marks
from qingshan.office.mines.queries import regions_below
from qingshan.office.planting import actions, queries
from qingshan.office.planting.access import CHANGE_USE, NOTE_USE, may_do
from qingshan.office.planting.columns import USES, exported_uses
from qingshan.office.planting.forms.land import ActualUseForm, PlannedUseForm
from qingshan.office.planting.forms.narrowing import NarrowUses, use_filters, use_views
from qingshan.office.planting.pages.acting import RECORDERS, deciders_of, may_approve, page_of
from qingshan.office.planting.uses import figures_shown, shown_use
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.trail.acts import Act
from qingshan.office.trail.queries import timeline
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty

USES_PATH = "/planting/uses/"


@open_to_signed_in
@require_GET
def uses(request: Request) -> HttpResponse:
    """Sites of projects with planned and actual use, and how much land is for what."""
    filters = use_filters(request.GET)
    page = queries.uses(actor=request.actor, filters=filters, **marks(request))
    figures = queries.use_figures(actor=request.actor, region_id=filters.region_id)
    given = {"region": filters.region_id or "", "use": filters.use}
    context = {
        "page": page,
        "rows": [shown_use(row) for row in page.rows],
        **figures_shown(figures),
        "form": NarrowUses(regions=regions_below(request.actor), given=given),
        "narrowed": filters.is_narrowed,
        **chips(request, use_views(), current=filters.view, keep=("region", "use")),
    }
    return render(request, "planting/uses.html", context)


@open_to_signed_in
@require_GET
def export_uses(request: Request, form: str) -> StreamingHttpResponse:
    """The same list as a table."""
    check_form(form)
    rows = queries.all_uses(actor=request.actor, filters=use_filters(request.GET))
    return exported(USES, exported_uses(rows), form=form, name=_("后续利用"))


@open_to_signed_in
@require_GET
def one_use(request: Request, pk: int) -> HttpResponse:
    """One site of a project: planned beside actual use, and everything that was changed and seen."""
    row = queries.one_use(pk, actor=request.actor)
    here = row.site.region_id
    is_open = row.left_on is None
    context = {
        "row": row,
        "use": shown_use(row, changes := queries.use_changes_of(row)),
        "changes": changes,
        "may_change": is_open and may_approve(request.actor, CHANGE_USE, here),
        "may_note": is_open and may_do(request.actor, NOTE_USE, here),
        "entries": timeline("restoration.project_site", row.pk),
        "crumbs": [(_("后续利用"), USES_PATH)],
    }
    return render(request, "planting/one_use.html", context)


@open_to(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_planned(request: Request, pk: int) -> HttpResponse:
    """变更计划利用方向, or enter it for whoever approved it on paper."""
    row, now = queries.one_use(pk, actor=request.actor), timezone.now()
    deciders = deciders_of(request.actor, CHANGE_USE, row.site.region)
    files = request.FILES if request.method == "POST" else None
    form = PlannedUseForm(sent(request), files, deciders=deciders, on=shanghai_date(now), version=row.version)

    def do(given: dict[str, Any]) -> object:
        row.version = given["version"]
        told = {"use": Afteruse(given["use"]), "note": given["note"], **form.approval}
        return actions.change_planned_use(row, **told, actor=form.approving(request.actor), now=now)

    page = _page(row, CHANGE_USE)
    return act_page(request, page, form, do, template="matters/on_paper.html", more=form.shown)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def note_actual(request: Request, pk: int) -> HttpResponse:
    """登记实际利用方向."""
    row, now = queries.one_use(pk, actor=request.actor), timezone.now()
    require(request.actor, NOTE_USE.code, region_id=row.site.region_id)
    form = ActualUseForm(
        sent(request), on=shanghai_date(now), version=row.version, use=row.actual_use or row.planned_use
    )

    def do(given: dict[str, Any]) -> object:
        row.version = given["version"]
        return actions.note_actual_use(row, **form.given(), actor=request.actor, now=now)

    return act_page(request, _page(row, NOTE_USE), form, do)


def _page(row: ProjectSite, act: Act) -> ActPage:
    return page_of(act, (_("后续利用"), USES_PATH), row.site, f"{USES_PATH}{row.pk}/")
