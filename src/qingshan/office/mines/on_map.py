"""How do the objects of the register lie on the one map? Their layers, narrowed by the filters of their lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import narrowed
from qingshan.finding.words import sought
from qingshan.office.mines import queries
from qingshan.office.mines.access import CATEGORY_FIELD, branches_for
from qingshan.office.mines.forms.narrowing import narrowed_by, region_from
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.mines.terms import TERMS
from qingshan.office.places.layers import Layer, Query, Rows, declare_layer
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike


def _rows_of(model: type[Model]) -> Rows:
    def rows(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
        filters = narrowed_by(query, model).filters
        parts = branches_for(filters.apply(queries.standing(model._default_manager.all())), actor)
        return [narrowed(part, filters.asked) for part in parts] if filters.asked else parts

    return rows


def asked_sites(sites: QuerySet[Site], actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
    """Of these sites those that the actor may see, in the region and by the words that the map is asked for."""
    if (region_id := region_from(query.get("region", ""))) is not None:
        low, high = region_range(region_id)
        sites = sites.filter(region_id__gte=low, region_id__lte=high)
    parts, asked = branches_for(sites, actor), sought(query.get("q", "").strip())
    return [narrowed(part, asked) for part in parts] if asked else parts


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
RIGHTS = Layer(
    "rights",
    _("采矿权"),
    _("采矿权台账"),
    _rows_of(MiningRight),
    ("key", "state"),
    sum_of="area_m2",
    shown=False,
    colour="#5b4a9e",
    dash="9 3",
    panel="mines/panel_facts.html",
    one=lambda pk, actor: queries.one(MiningRight, pk, actor=actor),
    terms=_terms(MiningRight),
    terms_title=_("采矿权状态"),
)
LAND_USES = Layer(
    "land_uses",
    _("临时用地"),
    _("临时用地台账"),
    _rows_of(LandUse),
    ("name", "key", "purpose"),
    sum_of="area_m2",
    shown=False,
    colour="#7a5a12",
    dash="3 3",
    panel="mines/panel_facts.html",
    one=lambda pk, actor: queries.one(LandUse, pk, actor=actor),
    terms=_terms(LandUse),
    terms_title=_("用途"),
)
FACILITIES = Layer(
    "facilities",
    _("矿山设施"),
    _("矿山设施台账"),
    _rows_of(Facility),
    ("name", "key", "kind"),
    sum_of="area_m2",
    shown=False,
    colour="#4a5568",
    panel="mines/panel_facts.html",
    one=lambda pk, actor: queries.one(Facility, pk, actor=actor),
    terms=_terms(Facility),
    terms_title=_("设施类型"),
)
for _layer in (RIGHTS, LAND_USES, FACILITIES, SITES, PATCHES, MINES):
    declare_layer(_layer)
