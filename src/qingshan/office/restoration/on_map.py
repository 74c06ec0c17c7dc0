"""How do projects lie on the one map? Each at its middle, its sites with their outlines, by how far the project is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from qingshan.office.matters.models import Matter
from qingshan.office.matters.on_map import ByState, layer_of
from qingshan.office.matters.seeding import state_code
from qingshan.office.mines.models import Site
from qingshan.office.mines.on_map import asked_sites
from qingshan.office.mines.queries import one
from qingshan.office.places.layers import BY_LOOK, Layer, Query, declare_layer
from qingshan.office.restoration.kinds import KIND
from qingshan.office.restoration.ledgers import PROJECTS
from qingshan.office.restoration.queries import newest_on_site, projects_on
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.restoration import ProjectState
from qingshan.rules.reasons import Sentence

BY_STATE = ByState(
    terms=ProjectState,
    looks={
        ProjectState.WORKING: "due",
        ProjectState.SELF_CHECKED: "due",
        ProjectState.APPLIED: "due",
        ProjectState.AFTERCARE: "good",
        ProjectState.RELEASED: "good",
        ProjectState.DISMISSED: "none",
        ProjectState.WITHDRAWN: "none",
    },
    legend=(
        ("note", Sentence(zh="未开工", en="not begun")),
        ("due", Sentence(zh="施工至待验收", en="works to acceptance")),
        ("good", Sentence(zh="已验收或移交", en="accepted or handed over")),
        ("none", Sentence(zh="不予立项或撤销", en="not approved or withdrawn")),
    ),
)
_STATE = "project__matter__state_id"
_LOOK_OF = Case(
    *(When(**{_STATE: state_code(KIND, state)}, then=Value(look)) for state, look in BY_STATE.looks.items()),
    default=Value("note"),
    output_field=CharField(),
)


def _sites(actor: ActorLike, query: Query) -> Sequence[QuerySet[Any]]:
    """The sites on which a project works, each by the newest one that the actor may see."""
    newest = newest_on_site(actor)
    look = newest.annotate(look=_LOOK_OF).values("look")[:1]
    told = Site.objects.annotate(look=Subquery(look)).filter(look__isnull=False)
    if (wanted := query.get("category", "")) in ProjectState.values():
        told = told.annotate(now_in=Subquery(newest.values(_STATE)[:1]))
        told = told.filter(now_in=state_code(KIND, wanted))
    return asked_sites(told, actor, query)


@dataclass(frozen=True)
class SiteOfProjects:
    """A site in the side panel, with the projects on it."""

    site: Site
    projects: list[Matter]


def _one(pk: int, actor: ActorLike) -> SiteOfProjects:
    site = one(Site, pk, actor=actor)
    return SiteOfProjects(site, projects_on(site, actor=actor))


PROJECT_SITES = Layer(
    "project_sites",
    _("项目点位"),
    _("修复项目"),
    _sites,
    ("name", "look"),
    sum_of="area_m2",
    shown=False,
    colour="#8a5a00",
    mark=BY_LOOK,
    looks=BY_STATE.legend,
    panel="restoration/panel_site.html",
    page="/sites/{id}/",
    one=_one,
    terms=ProjectState,
    terms_title=_("状态"),
)
for _each in (
    PROJECT_SITES,
    layer_of(PROJECTS, _("修复项目"), "#8a5a00", panel="restoration/panel_project.html", by=BY_STATE),
):
    declare_layer(_each)
