"""造林种草地块: the list, survival by county, one plot, and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported, filed
from qingshan.office.errors import NotAllowed, NotFound
from qingshan.office.matters.forms.narrowing import Narrow, NarrowByRegion, region_of
from qingshan.office.matters.pages.lists import check_form, chips, marks
from qingshan.office.mines.queries import regions_below
from qingshan.office.planting import actions, queries
from qingshan.office.planting.access import (
    CORRECT,
    NOTE_CARE,
    NOTE_PLANTING,
    OBSERVE,
    PLAN_CARE,
    REGISTER,
    WITHDRAW,
    WITHDRAW_PLOT,
    may_do,
    may_keep,
)
from qingshan.office.planting.columns import (
    OBSERVATIONS,
    PLANTINGS,
    PLOTS_LEAVING,
    SURVIVAL,
    exported_observations,
    exported_plantings,
    exported_plots,
    exported_survival,
)
from qingshan.office.planting.folder import Folder
from qingshan.office.planting.forms import plots as forms
from qingshan.office.planting.forms.narrowing import (
    plot_filters,
    plot_views,
)
from qingshan.office.planting.models import Plot
from qingshan.office.planting.pages.acting import page_of
from qingshan.office.planting.pages.listing import how_many
from qingshan.office.planting.showing import rate_over, shown_plots
from qingshan.office.trail.acts import Act
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.identifiers import row_id
from qingshan.vault import Vault

PLOTS = "/planting/"
KEEPERS = (Duty.REGISTRY, Duty.ENTERPRISE)


@open_to_signed_in
@require_GET
def plots(request: Request) -> HttpResponse:
    """The plots that the reader may see, with survival and the next date of aftercare."""
    on = shanghai_date(timezone.now())
    filters = plot_filters(request.GET, on=on)
    page = queries.plots(actor=request.actor, filters=filters, **marks(request))
    given = {"region": filters.region_id or "", "q": filters.text}
    context = {
        "page": page,
        "rows": shown_plots(page.rows, on=on),
        "total": how_many(queries.how_many_plots(actor=request.actor, filters=filters)),
        "form": Narrow(regions=regions_below(request.actor), given=given),
        "narrowed": filters.is_narrowed,
        "may_register": REGISTER.duty in request.actor.duties,
        **chips(request, plot_views(), current=filters.view, keep=("region", "q")),
    }
    return render(request, "planting/plots.html", context)


@open_to_signed_in
@require_GET
def export_plots(request: Request, form: str) -> StreamingHttpResponse:
    """The same list as a table that can be imported again."""
    check_form(form)
    on = shanghai_date(timezone.now())
    rows = queries.all_plots(actor=request.actor, filters=plot_filters(request.GET, on=on))
    return exported(PLOTS_LEAVING, exported_plots(rows, on=on), form=form, name=_("造林种草地块"))


@open_to_signed_in
@require_GET
def export_observations(request: Request, form: str) -> StreamingHttpResponse:
    """Every observation that stands, as a table that can be imported again."""
    check_form(form)
    rows = queries.all_observations(actor=request.actor, region_id=region_of(request.GET))
    return exported(OBSERVATIONS, exported_observations(rows), form=form, name=_("成活调查"))


@open_to_signed_in
@require_GET
def export_plantings(request: Request, form: str) -> StreamingHttpResponse:
    """Everything planted that stands, as a table that can be imported again."""
    check_form(form)
    rows = queries.all_plantings(actor=request.actor, region_id=region_of(request.GET))
    return exported(PLANTINGS, exported_plantings(rows), form=form, name=_("栽植记录"))


@open_to_signed_in
@require_GET
def survival(request: Request) -> HttpResponse:
    """成活率 over everything that the reader sees, and by county."""
    region_id = region_of(request.GET)
    on = shanghai_date(timezone.now())
    whole, counties = queries.survival_by_county(actor=request.actor, on=on, region_id=region_id)
    context = {
        "whole": whole,
        "rate": rate_over(whole),
        "rows": [(county, found, rate_over(found)) for county, found in counties],
        "form": NarrowByRegion(regions=regions_below(request.actor), given={"region": region_id or ""}),
        "narrowed": region_id is not None,
        "query": f"region={region_id}" if region_id else "",
        "crumbs": [_list()],
    }
    return render(request, "planting/survival.html", context)


@open_to_signed_in
@require_GET
def export_survival(request: Request, form: str) -> StreamingHttpResponse:
    """The same as a table: over everything first, then by county."""
    check_form(form)
    on, region_id = shanghai_date(timezone.now()), region_of(request.GET)
    whole, counties = queries.survival_by_county(actor=request.actor, on=on, region_id=region_id)
    rows = [(_("合计"), whole), *((county.name, found) for county, found in counties)]
    return exported(SURVIVAL, exported_survival(rows), form=form, name=_("各县成活率"))


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    """登记造林种草地块 on a site."""
    now = timezone.now()
    wanted = row_id(request.GET.get("site", ""))
    if wanted is None:
        return _choose_site(request)
    site = queries.one_site(wanted, actor=request.actor)
    projects = queries.projects_to_name(site, actor=request.actor)
    form = forms.PlotForm(sent(request), site=site, zone=queries.zone_nearby(site), projects=projects)
    page = page_of(REGISTER, _list(), site, f"/sites/{site.pk}/")

    def do(_given: dict[str, Any]) -> HttpResponse:
        made = actions.register_plot(form.new_plot(), actor=request.actor, now=now)
        return HttpResponseRedirect(made.get_absolute_url())

    return act_page(request, page, form, do)


def _choose_site(request: Request) -> HttpResponse:
    """A plot lies on a site: which one is asked first, by number."""
    key = request.GET.get("key", "").strip()[:120]
    found = queries.sites_to_plant(request.actor).filter(key=key).first() if key else None
    if found is not None:
        return HttpResponseRedirect(f"/planting/new/?site={found.pk}")
    context = {"key": key, "crumbs": [_list()]}
    return render(request, "planting/choose_site.html", context, status=404 if key else 200)


@open_to_signed_in
@require_GET
def plot(request: Request, pk: int) -> HttpResponse:
    """One plot: what was planted, what lives, what is due."""
    found = queries.one_plot(pk, actor=request.actor)
    folder = Folder(found, actor=request.actor, on=shanghai_date(timezone.now()))
    return render(request, "planting/plot.html", {"folder": folder, "plot": found, "crumbs": [_list()]})


def _list() -> tuple[str, str]:
    return _("造林种草"), PLOTS


@dataclass(frozen=True)
class Doing:
    """How one act on a plot is done from a page."""

    act: Act
    form: Callable[..., Any]
    do: Callable[[Plot, Any, Any, Any], object]
    template: str = "accounts/act.html"


def _correcting(data: Any, _files: Any, *, plot: Plot, actor: Any, on: date) -> forms.CorrectForm:
    return forms.CorrectForm(data, plot=plot, projects=queries.projects_to_name(plot.site, actor=actor))


DOINGS: dict[str, Doing] = {
    "plant": Doing(
        NOTE_PLANTING,
        forms.PlantingForm,
        lambda plot, form, actor, now: actions.note_planting(plot, form.planted(), actor=actor, now=now),
        "planting/plant.html",
    ),
    "observe": Doing(
        OBSERVE,
        forms.ObservationForm,
        lambda plot, form, actor, now: actions.note_observation(
            plot, form.seen(), photos=form.new_photos(), actor=actor, now=now
        ),
        "planting/observe.html",
    ),
    "plan_care": Doing(
        PLAN_CARE,
        forms.CarePlanForm,
        lambda plot, form, actor, now: actions.plan_care(plot, form.wanted(), actor=actor, now=now),
    ),
    "care": Doing(
        NOTE_CARE,
        forms.CareForm,
        lambda plot, form, actor, now: actions.note_care(plot, **form.given(), actor=actor, now=now),
    ),
    "withdraw": Doing(
        WITHDRAW_PLOT,
        forms.WithdrawForm,
        lambda plot, form, actor, now: actions.withdraw_plot(
            plot, because=form.cleaned_data["because"], actor=actor, now=now
        ),
        "planting/withdraw_plot.html",
    ),
    "correct": Doing(
        CORRECT,
        _correcting,
        lambda plot, form, actor, now: actions.correct_plot(
            plot, form.corrected(), note=form.cleaned_data["note"], actor=actor, now=now
        ),
    ),
}


def may(actor: Any, act: Act, plot: Plot) -> bool:
    """Whether the reader may do an act on a plot; the act asks again."""
    if act.duty is None:
        return may_keep(actor, plot.site)
    return may_do(actor, act, plot.region_id)


@open_to(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """The form of one act on a plot; sent, the act itself."""
    found, now = queries.one_plot(pk, actor=request.actor), timezone.now()
    doing = DOINGS.get(act)
    if doing is None:
        raise Http404
    if not may(request.actor, doing.act, found):
        raise NotAllowed.because("planting.not_keeper", act=doing.act.title.zh, act_en=doing.act.title.en)
    files = request.FILES if request.method == "POST" else None
    asking = {"actor": request.actor} if doing.act is CORRECT else {}
    form = doing.form(sent(request), files, plot=found, on=shanghai_date(now), **asking)
    page = _page(found, doing.act)

    def do(given: dict[str, Any]) -> object:
        found.version = given["version"]
        return doing.do(found, form, request.actor, now)

    return act_page(request, page, form, do, template=doing.template)


def _page(plot: Plot, act: Act) -> ActPage:
    return page_of(act, _list(), plot, plot.get_absolute_url())


WITHDRAWING: dict[str, tuple[Callable[..., Any], Callable[..., object]]] = {
    "plantings": (queries.one_planting, actions.withdraw_planting),
    "observations": (queries.one_observation, actions.withdraw_observation),
    "care": (queries.one_care, actions.withdraw_care),
}


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int, what: str, record: int) -> HttpResponse:
    """撤回 what was planted, seen or done."""
    found, now = queries.one_plot(pk, actor=request.actor), timezone.now()
    if what not in WITHDRAWING:
        raise Http404
    form = forms.WithdrawForm(sent(request), plot=found, on=shanghai_date(now))
    sought, withdrawn = WITHDRAWING[what]
    one = sought(found, record, actor=request.actor)

    def do(given: dict[str, Any]) -> object:
        found.version = given["version"]
        return withdrawn(found, one, because=given["because"], actor=request.actor, now=now)

    return act_page(request, _page(found, WITHDRAW), form, do)


@open_to_signed_in
@require_GET
def photo(request: Request, pk: int) -> FileResponse:
    """A photograph as it was brought; never shown inside a page."""
    found = queries.photo(pk, actor=request.actor)
    return filed(found.file_digest, found.file_name)


@open_to_signed_in
@require_GET
def thumbnail(request: Request, pk: int) -> FileResponse:
    """The small picture of a photograph, made by this program."""
    found = queries.photo(pk, actor=request.actor)
    if not found.thumbnail_digest:
        raise NotFound.because("office.not_found", what=found.file_name)
    return FileResponse(Vault(settings.VAULT_ROOT).open(found.thumbnail_digest), content_type="image/jpeg")
