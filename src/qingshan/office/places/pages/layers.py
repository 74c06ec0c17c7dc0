"""图层: how does a layer of control lines come in, give way to a newer one, leave the map?"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.exchange.writers import FORMS
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.places import actions, queries
from qingshan.office.places.columns import LAYER_FEATURES, exported_features
from qingshan.office.places.forms import NewLayer, ReplaceLayer, Why
from qingshan.office.places.models import MapLayer
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.queries import timeline
from qingshan.rules.duties import Duty
from qingshan.rules.layers import LayerState

LAYERS = "/layers/"


@open_to_signed_in
@require_GET
def layers(request: Request) -> HttpResponse:
    """The layers that the reader may see, with source, date and marks."""
    state = request.GET.get("state", LayerState.IN_FORCE.value)
    marks = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    wanted = state if state in LayerState.values() else ""
    context = {
        "page": queries.listed_layers(actor=request.actor, state=wanted, **marks),
        "states": [("", _("全部")), *((term.value, term) for term in LayerState)],
        "state": wanted,
        "may_register": _may_act(request),
    }
    return render(request, "places/layers.html", context)


@open_to_signed_in
@require_GET
def layer(request: Request, pk: int) -> HttpResponse:
    """One layer: what it is, where it came from, how many features it holds."""
    found = queries.one_layer(pk, actor=request.actor)
    context = {
        "layer": found,
        "count": found.features.count(),
        "in_force": found.state == LayerState.IN_FORCE,
        "may_act": _may_act(request) and inside(found.region_id, request.actor.region_ranges),
        "entries": timeline("places.layer", found.pk),
        "crumbs": [(_("图层"), LAYERS)],
        "export_forms": [form for form in FORMS if form != "csv"],
    }
    return render(request, "places/layer.html", context)


@open_to(Duty.REGISTRY)
def new_layer(request: Request) -> HttpResponse:
    """登记图层: its facts; the features come in afterwards, from a file."""
    sub = _("先登记来源、时点和公开属性，再导入要素。涉密数据不能登记。")
    page = ActPage(_("登记图层"), _("登记图层"), LAYERS, [(_("图层"), LAYERS)], sub)
    form = NewLayer(sent(request), regions=queries.regions_for_layers(request.actor))

    def do(given: dict[str, Any]) -> HttpResponse:
        region = given.pop("region")
        facts = actions.LayerFacts(**given)
        made = actions.register_layer(facts, region=region, actor=request.actor, now=timezone.now())
        return redirect("places:layer", pk=made.pk)

    return act_page(request, page, form, do)


@open_to(Duty.REGISTRY)
def replace_layer(request: Request, pk: int) -> HttpResponse:
    """替换图层: a newer layer takes the place of this one."""
    found = queries.one_layer(pk, actor=request.actor)
    page = _act_page(found, _("替换图层"), _("替换这个图层"))
    form = ReplaceLayer(sent(request), candidates=queries.layers_to_replace(found, actor=request.actor))

    def do(given: dict[str, Any]) -> None:
        actions.replace_layer(found, by=given["by"], actor=request.actor, now=timezone.now())

    return act_page(request, page, form, do)


@open_to(Duty.REGISTRY)
def withdraw_layer(request: Request, pk: int) -> HttpResponse:
    """撤下图层: it leaves the map and the checks; nothing is deleted."""
    found = queries.one_layer(pk, actor=request.actor)
    page = _act_page(found, _("撤下图层"), _("撤下这个图层"))

    def do(given: dict[str, Any]) -> None:
        actions.withdraw_layer(found, reason=given["reason"], actor=request.actor, now=timezone.now())

    return act_page(request, page, Why(sent(request)), do)


@open_to_signed_in
@require_GET
def export_features(request: Request, pk: int, form: str) -> StreamingHttpResponse:
    """All features of a layer, for those who may see it."""
    found = queries.one_layer(pk, actor=request.actor)
    rows = exported_features(queries.feature_rows(request.actor, found))
    return exported(LAYER_FEATURES, rows, form=form, name=found.code)


def _may_act(request: Request) -> bool:
    return Duty.REGISTRY in request.actor.duties


def _act_page(found: MapLayer, title: str, act: str) -> ActPage:
    back = f"{LAYERS}{found.pk}/"
    return ActPage(title, act, back, [(_("图层"), LAYERS), (found.title, back)], found.title)
