"""How do mines, sites and patches lie on the one map? Their layers, narrowed by the filters of their lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import narrowed
from qingshan.office.mines import queries
from qingshan.office.mines.access import CATEGORY_FIELD, branches_for
from qingshan.office.mines.forms.narrowing import narrowed_by
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.mines.terms import TERMS
from qingshan.office.places.layers import Layer, Query, Rows, declare_layer
from qingshan.office.trail.parties import ActorLike


def _rows_of(model: type[Model]) -> Rows:
    def rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
        filters = narrowed_by(query, model).filters
        parts = branches_for(filters.apply(model._default_manager.all()), actor)
        return [narrowed(part, filters.asked) for part in parts] if filters.asked else parts

    return rows


def _terms(model: type[Model]) -> Any:
    return TERMS[model, CATEGORY_FIELD[model]]


SITES = Layer(
    "sites",
    _("点位"),
    _("点位台账"),
    _rows_of(Site),
    ("name", "key", "kind"),
    sum_of="area_m2",
    panel="mines/panel_sites.html",
    page="/sites/{id}/",
    one=lambda pk, actor: queries.one(Site, pk, actor=actor),
    terms=_terms(Site),
    terms_title=_("点位类型"),
)
PATCHES = Layer(
    "patches",
    _("图斑"),
    _("图斑台账"),
    _rows_of(Patch),
    ("key", "kind"),
    sum_of="area_m2",
    shown=False,
    panel="mines/panel_patches.html",
    one=lambda pk, actor: queries.one(Patch, pk, actor=actor),
    terms=_terms(Patch),
    terms_title=_("图斑类型"),
)
MINES = Layer(
    "mines",
    _("矿山"),
    _("矿山台账"),
    _rows_of(Mine),
    ("name", "key", "state"),
    mark="ring",
    panel="mines/panel_mines.html",
    page="/mines/{id}/",
    one=lambda pk, actor: queries.one(Mine, pk, actor=actor),
    terms=_terms(Mine),
    terms_title=_("生产状态"),
)
for _layer in (SITES, PATCHES, MINES):
    declare_layer(_layer)
