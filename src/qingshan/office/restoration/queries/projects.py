"""What may this actor read of projects and of the sites on which they work?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet

from qingshan.office.errors import NotFound
from qingshan.office.matters import queries as matters
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.mines.access import visible_to as register_visible_to
from qingshan.office.mines.models import Site
from qingshan.office.restoration.access import visible_to
from qingshan.office.restoration.counting import Held, counted_once
from qingshan.office.restoration.kinds import KIND
from qingshan.office.restoration.models import (
    ListedSite,
    ProjectSite,
    RestorationProject,
)
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.restoration import ProjectState

NOT_MEANT = (ProjectState.DISMISSED, ProjectState.WITHDRAWN)
GONE = tuple(f"{KIND}.{state}" for state in NOT_MEANT)
"""States of the matters of projects that came to nothing: in no sum of money or progress."""


def meant(rows: QuerySet[ProjectSite]) -> QuerySet[ProjectSite]:
    """Sites on which a project works, or worked to its end; not those of one that was dismissed or withdrawn."""
    return rows.filter(left_on=None).exclude(project__matter__state_id__in=GONE)


def one_project(pk: int, *, actor: ActorLike) -> Matter:
    """The matter of a project, or NotFound; also for a matter of another kind."""
    found = matters.one_matter(pk, actor=actor)
    if found.kind != KIND:
        raise NotFound.because("office.not_found", what=str(RestorationProject._meta.verbose_name))
    return found


def project_sites(matter: Matter) -> list[ProjectSite]:
    """Its sites with those that left, the present ones first."""
    rows = ProjectSite.objects.filter(project__matter=matter).select_related(
        "project", "site", "site__region"
    )
    return sorted(rows.defer("site__region__geom"), key=lambda row: (row.left_on is not None, row.pk))


def overlaps_of(sites: Sequence[ProjectSite]) -> list[dict[str, Any]]:
    """Sites of a project that share land: both are named, and the land counts once."""
    found: list[dict[str, Any]] = []
    before: list[Held] = []
    for row in sites:
        if row.left_on is None and row.site.geom is not None:
            for each in counted_once(row.site.geom, row.site.area_m2 or 0.0, before).overlaps:
                found.append({"one": str(row.site), "other": each.name, "area_m2": each.area_m2})
            before.append(Held(str(row.site), row.site.geom))
    return found


def listings_of_sites(sites: Iterable[int], *, actor: ActorLike) -> dict[int, list[ListedSite]]:
    """The lists on which sites stand now, by site, as far as the actor may see them."""
    rows = ListedSite.objects.filter(site__in=list(sites), is_on_list=True).select_related("target_list")
    found: dict[int, list[ListedSite]] = {}
    for each in visible_to(rows, actor).order_by("pk"):
        found.setdefault(each.site_id, []).append(each)
    return found


def beside(matter_ids: Sequence[int]) -> dict[int, RestorationProject]:
    """The projects behind the rows of a page, with their present sites, by matter."""
    rows = RestorationProject.objects.filter(matter__in=matter_ids)
    present = Prefetch("sites", ProjectSite.objects.filter(left_on=None), to_attr="present")
    return {row.matter_id: row for row in rows.prefetch_related(present)}


def sites_numbered(keys: Iterable[str], *, actor: ActorLike) -> dict[str, Site]:
    """The sites with these numbers that the actor may see."""
    rows = Site.objects.filter(key__in=sorted(set(keys))).select_related("region", "mine")
    return {row.key: row for row in register_visible_to(rows.defer("region__geom"), actor)}


def projects_on(site: Site, *, actor: ActorLike) -> list[Matter]:
    """The projects that work or worked on a site, as far as the actor may see them."""
    rows = Matter.objects.filter(restoration__sites__site=site).select_related("state").distinct()
    return list(matters_visible_to(rows.defer("geom", "cell", "words"), actor).order_by("-id"))


def newest_on_site(actor: ActorLike) -> QuerySet[ProjectSite]:
    """Of each site of an outer query what the newest project says that works there and that the actor may see."""
    # a reference to the outer row must not stand inside of what scopes: there it would mean another row
    # by projects, which are few: a list of all their sites would be looked through for each site
    seen = visible_to(RestorationProject.objects.all(), actor).values("pk")
    return ProjectSite.objects.filter(project__in=seen, site=OuterRef("pk"), left_on=None).order_by("-pk")
