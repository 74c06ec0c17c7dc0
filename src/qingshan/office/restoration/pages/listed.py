"""入账点位: the lists of targets, their sites, and how a site comes in or leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.pages.acting import ActPage, act_page, files_of, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.errors import NotAllowed, NotFound
from qingshan.office.matters.deciders import RECORDERS, deciders_of, may_approve
from qingshan.office.matters.forms.narrowing import region_of, text_of
from qingshan.office.matters.forms.on_paper import Approved
from qingshan.office.mines.queries import regions_below
from qingshan.office.observations.access import CLAIM_READERS
from qingshan.office.regions.models import Region
from qingshan.office.regions.permission import names_of
from qingshan.office.regions.ranges import inside
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.access import CREATE_LIST, MOVE_IN, MOVE_OUT, TAKE_BACK
from qingshan.office.restoration.forms.narrowing import NarrowListed, kind_of
from qingshan.office.restoration.forms.registering import ListForm, MoveInForm, MoveOutForm, TakeBackForm
from qingshan.office.restoration.leaving import LEAVING, exported_listed
from qingshan.office.restoration.listing_moves import counted_by
from qingshan.office.restoration.pages.projects import FORMS
from qingshan.office.restoration.queries import COUNTED_TO, ListedFilters
from qingshan.office.restoration.showing import listed_standing, shown_rates
from qingshan.office.trail.acts import Act
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.identifiers import row_id

LISTED = "/restoration/listed/"


def _views() -> dict[str, str]:
    return {
        "": _("在清单内"),
        "open": _("未完成"),
        "restored": _("✓ 已完成"),
        "out": _("已调出"),
        "all": _("全部"),
    }


def filters_from(query: Any) -> ListedFilters:
    """What the address says; what cannot be read does not narrow."""
    view = query.get("view", "")
    return ListedFilters(
        target_list_id=row_id(query.get("target_list", "")),
        region_id=region_of(query),
        view=view if view in _views() else "",
        text=text_of(query),
        kind=kind_of(query),
    )


@open_to_signed_in
@require_GET
def listed(request: Request) -> HttpResponse:
    """The sites that stand on a list, with what of them is done and by how much."""
    filters = filters_from(request.GET)
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.listed(actor=request.actor, filters=filters, **marks)
    today = shanghai_date(timezone.now())
    reached = queries.reached(on=today, **_of(filters, request))
    lists = queries.lists_of(request.actor)
    kept = {
        name: request.GET[name] for name in ("target_list", "kind", "region", "q") if request.GET.get(name)
    }
    context = {
        "page": page,
        "rows": [(row, *listed_standing(row)) for row in page.rows],
        "rates": shown_rates(reached)[:2],
        "total": _counted(queries.how_many_listed(actor=request.actor, filters=filters)),
        "views": [
            {
                "title": title,
                "count": None,
                "url": "?" + urlencode(kept | ({"view": view} if view else {})),
                "current": view == filters.view,
            }
            for view, title in _views().items()
        ],
        "form": NarrowListed(
            lists=lists,
            regions=regions_below(request.actor),
            given={
                "target_list": filters.target_list_id or "",
                "kind": filters.kind,
                "region": filters.region_id or "",
                "q": filters.text,
            },
        ),
        "keep": [("view", filters.view)] if filters.view else [],
        "on_several": queries.on_several_lists(**_of(filters, request)),
        "narrowed": replace(filters, target_list_id=None) != ListedFilters(),
        "lists": lists,
        "sees_area": bool(request.actor.region_ranges),
        "may_open": CREATE_LIST.duty in request.actor.duties,
        "may_move": bool(request.actor.duties & frozenset(RECORDERS)) and bool(lists),
        "query": urlencode(kept | ({"view": filters.view} if filters.view else {})),
    }
    return render(request, "restoration/listed.html", context)


def _of(filters: ListedFilters, request: Request) -> dict[str, Any]:
    """The lists and the region of it, as figures take them."""
    names = ("target_list_id", "region_id", "kind")
    return {"actor": request.actor, **{name: getattr(filters, name) for name in names}}


def _counted(count: int) -> str:
    if count > COUNTED_TO:
        return _("%(n)s 处以上") % {"n": f"{COUNTED_TO:,}"}
    return _("共 %(n)s 处") % {"n": f"{count:,}"}


@open_to_signed_in
@require_GET
def export_listed(request: Request, form: str) -> StreamingHttpResponse:
    """The same list as a table."""
    if form not in FORMS:
        raise NotFound.because("office.not_found", what=form)
    rows = queries.all_listed(actor=request.actor, filters=filters_from(request.GET))
    told = exported_listed(rows, on=_("在清单内"), off=_("已调出"))
    return exported(LEAVING, told, form=form, name=_("入账点位"))


@open_to_signed_in
@require_GET
def one_listed(request: Request, pk: int) -> HttpResponse:
    """One site of a list: what it counts for, and every move that made it so."""
    row = queries.one_listed(pk, actor=request.actor)
    look, words = listed_standing(row)
    may = may_approve(request.actor, MOVE_OUT, row.region_id) and row.is_on_list
    counts = bool(row.done_cm2 or row.restored_on)
    context = {
        "row": row,
        "look": look,
        "words": words,
        "moves": queries.moves_of(row),
        "projects": queries.projects_on(row.site, actor=request.actor),
        "may_move_out": may,
        # what a matter accepted is taken up again there
        "may_take_back": may and counts and not counted_by(row),
        "shows_claims": not request.actor.duties.isdisjoint(CLAIM_READERS),
        "may_register": Duty.REGISTRY in request.actor.duties
        and inside(row.region_id, request.actor.region_ranges),
        "entries": timeline("restoration.listed", row.pk),
        "crumbs": [(_("入账点位"), LISTED)],
    }
    return render(request, "restoration/one_listed.html", context)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def open_list(request: Request) -> HttpResponse:
    """建立修复清单."""
    form = ListForm(sent(request), actor=request.actor)
    page = ActPage(_("建立修复清单"), _("建立修复清单"), LISTED, [(_("入账点位"), LISTED)])

    def do(_given: dict[str, Any]) -> HttpResponse:
        made = actions.create_list(form.new_list(), actor=request.actor, now=timezone.now())
        return redirect(f"/restoration/lists/{made.pk}/")

    return act_page(request, page, form, do)


@open_to(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def move_in(request: Request) -> HttpResponse:
    """调入清单, or enter it for whoever approved it on paper."""
    now = timezone.now()
    form = MoveInForm(
        sent(request),
        files_of(request),
        actor=request.actor,
        lists=queries.lists_of(request.actor),
        deciders=deciders_of(request.actor, MOVE_IN, _own_region(request.actor)),
        on=shanghai_date(now),
    )
    page = ActPage(_("调入清单"), _("调入清单"), LISTED, [(_("入账点位"), LISTED)])

    def do(given: dict[str, Any]) -> HttpResponse:
        target_list = form.lists[given["target_list"]]
        told = {**_approval(form), "note": given["note"]}
        actions.move_in(target_list, form.entering, **told, actor=form.approving(request.actor), now=now)
        return redirect(f"{LISTED}?target_list={target_list.pk}")

    return act_page(request, page, form, do, template="matters/on_paper.html", more=form.shown)


def _own_region(actor: Actor) -> Region:
    """The region of the actor's own office: an approval may hold sites of many."""
    own = actor.decider.region_id
    if own is None:
        raise NotAllowed.because("office.out_of_area", **names_of(MOVE_IN))
    return Region.objects.defer("geom").get(pk=own)


def _approval(form: Approved) -> dict[str, Any]:
    """Number and day, as the acts take them."""
    approval = form.approval
    return {"number": approval["number"], "occurred_on": approval["approved_on"]}


@open_to(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def move_out(request: Request, pk: int) -> HttpResponse:
    """调出清单, or enter it for whoever approved it on paper."""
    return _by_approval(request, pk, MOVE_OUT, _("调出清单"), MoveOutForm, actions.move_out)


@open_to(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Request, pk: int) -> HttpResponse:
    """撤销完成认定, or enter it for whoever approved it on paper."""
    return _by_approval(request, pk, TAKE_BACK, _("撤销完成认定"), TakeBackForm, actions.take_back)


def _by_approval(
    request: Request, pk: int, act: Act, title: str, form_of: type[Approved], do_it: Callable[..., object]
) -> HttpResponse:
    """One site of a list, changed by an approval with its grounds."""
    row, now = queries.one_listed(pk, actor=request.actor), timezone.now()
    back, on = row.get_absolute_url(), shanghai_date(now)
    form = form_of(
        sent(request),
        files_of(request),
        deciders=deciders_of(request.actor, act, row.region),
        on=on,
        version=row.version,
        initial={"approved_on": on},
    )
    crumbs = [(_("入账点位"), LISTED), (str(row), back)]
    page = ActPage(title, title, back, crumbs, str(row))

    def do(given: dict[str, Any]) -> object:
        row.version = given["version"]
        told = {**_approval(form), "note": given["note"]}
        return do_it(row, **told, actor=form.approving(request.actor), now=now)

    return act_page(request, page, form, do, template="matters/on_paper.html", more=form.shown)
