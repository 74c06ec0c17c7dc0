"""How do the objects of the register lie on the one map? Their layers, narrowed by the filters of their lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import narrowed
from qingshan.office.mines import queries
from qingshan.office.mines.access import CATEGORY_FIELD, branches_for
from qingshan.office.mines.forms.narrowing import narrowed_by
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.mines.terms import TERMS
from qingshan.office.places.layers import Layer, Query, Rows, declare_layer
from qingshan.office.trail.parties import ActorLike

FACTS = "mines/panel_facts.html"


def _rows_of(model: type[Model]) -> Rows:
    def rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
        filters = narrowed_by(query, model).filters
        parts = branches_for(filters.apply(model._default_manager.all()), actor)
        return [narrowed(part, filters.asked) for part in parts] if filters.asked else parts

    return rows


def _layer(
    code: str, model: type[Model], title: Promise, source: Promise, terms_title: Promise, **more: Any
) -> Layer:
    """The layer of one table: its own rows, its own categories, areas summed where it has any."""
    category = CATEGORY_FIELD[model]
    fields = {field.name for field in model._meta.concrete_fields}
    told = [name for name in ("name", "key", category) if name in fields]
    usual = {"sum_of": "area_m2" if "area_m2" in fields else "", "panel": FACTS, "properties": tuple(told)}
    return Layer(
        code,
        title,
        source,
        _rows_of(model),
        one=lambda pk, actor: queries.one(model, pk, actor=actor),
        terms=TERMS[model, category],
        terms_title=terms_title,
        **{**usual, **more},
    )


LAYERS = (
    _layer(
        "rights", MiningRight, _("采矿权"), _("采矿权台账"), _("采矿权状态"),
        shown=False, colour="#5b4a9e", dash="9 3",
    ),
    _layer(
        "land_uses", LandUse, _("临时用地"), _("临时用地台账"), _("用途"),
        shown=False, colour="#7a5a12", dash="3 3",
    ),
    _layer(
        "facilities", Facility, _("矿山设施"), _("矿山设施台账"), _("设施类型"),
        shown=False, colour="#4a5568",
    ),
    _layer(
        "sites", Site, _("点位"), _("点位台账"), _("点位类型"),
        panel="mines/panel_sites.html", page="/sites/{id}/",
    ),
    _layer(
        "patches", Patch, _("图斑"), _("图斑台账"), _("图斑类型"),
        shown=False, panel="mines/panel_patches.html",
    ),
    _layer(
        "mines", Mine, _("矿山"), _("矿山台账"), _("生产状态"),
        mark="ring", panel="mines/panel_mines.html", page="/mines/{id}/",
    ),
)  # fmt: skip
for _each in LAYERS:
    declare_layer(_each)
