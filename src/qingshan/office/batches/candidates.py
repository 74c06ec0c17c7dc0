"""Which sites can come into a batch: of restoration projects, on lists of targets, land of working mines?

Whatever stands in an open batch or item already is left out. At most so many are shown; words and region narrow them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingshan.finding.walk import found_in
from qingshan.finding.words import sought
from qingshan.office.batches.actions import Chosen
from qingshan.office.batches.models import BatchSite
from qingshan.office.batches.queries import projects_behind
from qingshan.office.matters.models import Matter
from qingshan.office.mines.access import branches_for
from qingshan.office.mines.models import Site
from qingshan.office.paging import Order, page
from qingshan.office.regions.ranges import EVERYWHERE, region_range
from qingshan.office.restoration.access import visible_to
from qingshan.office.restoration.models import ListedSite, ProjectSite
from qingshan.office.restoration.queries import meant
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.afteruse import Afteruse, RestorationMode

MOST = 200
LEDGER = Order(("region_id", "-id"))
SOURCES: dict[str, Promise] = {
    "": _("全部点位"),
    "projects": _("修复项目的点位"),
    "listed": _("修复清单内未完成的点位"),
    "mines": _("矿山的点位"),
}


@dataclass(frozen=True)
class Candidate:
    """A site that may be listed, with what is known of how it is restored."""

    site: Site
    project_site: ProjectSite | None = None
    project: Matter | None = None
    """of its project site, where the actor may see it"""
    lists: tuple[str, ...] = ()

    @property
    def mode(self) -> RestorationMode | None:
        return self.project_site.project.mode_named if self.project_site else None

    @property
    def use(self) -> Afteruse | None:
        behind = self.project_site
        said = (behind.actual_use or behind.planned_use) if behind else ""
        return Afteruse(said) if said else None

    def chosen(self, mode: RestorationMode, use: Afteruse | None) -> Chosen:
        """As it is put into a batch; what its project says goes before what is said of the whole batch."""
        return Chosen(self.site, self.mode or mode, self.use or use, self.project_site)


def candidates(
    actor: ActorLike, *, source: str = "", region_id: int | None = None, text: str = ""
) -> list[Candidate]:
    """Sites that the actor may see and that no open batch holds, by region."""
    rows = _of_source(Site.objects.all(), source)
    held = BatchSite.objects.filter(site=OuterRef("pk"), is_open=True)
    rows = rows.filter(~Exists(held)).defer("geom", "cell", "words")
    within = region_range(region_id) if region_id is not None else EVERYWHERE
    if region_id is not None:
        rows = rows.filter(region_id__gte=within[0], region_id__lte=within[1])
    found = page(
        found_in(branches_for(rows, actor), sought(text), actor.region_ranges, within),
        order=LEDGER,
        rows=MOST,
    )
    return _known([row.pk for row in found.rows], actor)


def _of_source(rows: QuerySet[Site], source: str) -> QuerySet[Site]:
    if source == "projects":
        return rows.filter(Exists(meant(ProjectSite.objects.filter(site=OuterRef("pk")))))
    if source == "listed":
        asked = ListedSite.objects.filter(site=OuterRef("pk"), is_on_list=True, restored_on=None)
        return rows.filter(Exists(asked))
    return rows.filter(mine__isnull=False) if source == "mines" else rows


def picked(ids: Iterable[Any], *, actor: ActorLike) -> list[Candidate]:
    """The sites with these ids that the actor may see, whether or not they are free."""
    wanted = Q(pk__in=list(ids))
    seen: set[int] = set()
    for part in branches_for(Site.objects.filter(wanted), actor):
        seen.update(part.order_by().values_list("pk", flat=True))
    return _known(sorted(seen), actor)


def _known(ids: list[int], actor: ActorLike) -> list[Candidate]:
    sites = Site.objects.select_related("region", "mine").defer("region__geom").in_bulk(ids)
    behind: dict[int, ProjectSite] = {}
    of_projects = meant(ProjectSite.objects.filter(site__in=ids)).select_related("project")
    for row in of_projects.order_by("pk"):  # where several projects work on a site, the newest says how
        behind[row.site_id] = row
    lists: dict[int, list[str]] = {}
    listed = visible_to(ListedSite.objects.filter(site__in=ids, is_on_list=True), actor)
    for each in listed.select_related("target_list").order_by("pk"):
        lists.setdefault(each.site_id, []).append(each.target_list.title)
    shown = projects_behind(behind.values(), actor)
    return [
        Candidate(
            sites[pk],
            behind.get(pk),
            shown.get(behind[pk].project.matter_id) if pk in behind else None,
            tuple(lists.get(pk, ())),
        )
        for pk in ids
        if pk in sites
    ]
