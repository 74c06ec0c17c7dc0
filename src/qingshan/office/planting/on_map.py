"""How do plots and uses lie on the one map? Uses in their colours: what is used so is filled, what is only planned is
hollow and dashed, what differs from the plan has a thick edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import narrowed
from qingshan.finding.words import sought
from qingshan.office.matters.forms.narrowing import region_of, text_of
from qingshan.office.mines.models import Site
from qingshan.office.mines.on_map import asked_sites
from qingshan.office.places.layers import BY_USE, Layer, Query, declare_layer
from qingshan.office.planting import queries
from qingshan.office.planting.access import branches_for
from qingshan.office.planting.models import Plot
from qingshan.office.planting.uses import ShownUse, shown_use
from qingshan.office.regions.ranges import region_range
from qingshan.office.restoration.queries import newest_on_site
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.zones import Zone

PALETTE = {
    Afteruse.FARM: "#b07d00",
    Afteruse.FOREST: "#1f6b2c",
    Afteruse.PASTURE: "#7a9a1e",
    Afteruse.SOLAR: "#5b3f9e",
    Afteruse.TOURISM: "#b5377a",
    Afteruse.WATER: "#1668a8",
    Afteruse.BUILDING: "#8a4b2a",
}
"""Dark enough to be told from the ground and from white; the words of the legend tell them too."""


def _within(query: Query) -> Q:
    region_id = region_of(query)
    if region_id is None:
        return Q()
    low, high = region_range(region_id)
    return Q(region_id__gte=low, region_id__lte=high)


def _uses(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
    newest = newest_on_site(actor)
    rows = Site.objects.annotate(
        planned=Subquery(newest.values("planned_use")[:1]), actual=Subquery(newest.values("actual_use")[:1])
    )
    rows = rows.filter(~Q(planned="", actual=""), planned__isnull=False)
    use: Case | F = Case(When(actual="", then=F("planned")), default=F("actual"), output_field=CharField())
    rows = rows.annotate(use=use, stands=_standing())
    wanted = query.get("category", "")
    if wanted in Afteruse.values():
        rows = rows.filter(use=wanted)
    return asked_sites(rows, actor, query)


def _standing() -> Case:
    return Case(
        When(actual="", then=Value("planned")),
        When(~Q(planned="") & ~Q(planned=F("actual")), then=Value("differs")),
        default=Value("actual"),
        output_field=CharField(),
    )


def _one_use(pk: int, actor: ActorLike) -> ShownUse:
    return shown_use(queries.newest_use(queries.one_site(pk, actor=actor), actor=actor))


USES = Layer(
    "uses",
    _("后续利用"),
    _("修复项目点位的规划和实际利用方向"),
    _uses,
    ("name", "key", "use", "stands"),
    sum_of="area_m2",
    shown=False,
    colour="#56706b",
    mark=BY_USE,
    palette=tuple((use.value, colour, use) for use, colour in PALETTE.items()),
    panel="planting/panel_use.html",
    page="/sites/{id}/",
    one=_one_use,
    terms=Afteruse,
    terms_title=_("利用方向"),
)


def _plots(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
    rows = Plot.objects.filter(_within(query), withdrawn_on=None)
    wanted = query.get("category", "")
    if wanted in Zone.values():
        rows = rows.filter(zone=wanted)
    asked = sought(text_of(query))
    parts = branches_for(rows, actor)
    return [narrowed(part, asked) for part in parts] if asked else parts


PLOTS = Layer(
    "plots",
    _("造林种草"),
    _("造林种草地块"),
    _plots,
    ("name", "key"),
    sum_of="area_m2",
    shown=False,
    colour="#2f7d32",
    dash="5 2",
    panel="planting/panel_plot.html",
    page="/planting/{id}/",
    one=lambda pk, actor: queries.one_plot(pk, actor=actor),
    terms=Zone,
    terms_title=_("土地复垦类型区"),
)
declare_layer(PLOTS)
declare_layer(USES)
