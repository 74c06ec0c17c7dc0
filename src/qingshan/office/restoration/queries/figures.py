"""How much do lists and projects ask for, and how much of it is done, as far as this actor may see?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import EVERYWHERE, county_of, region_range
from qingshan.office.restoration.access import visible_to
from qingshan.office.restoration.models import (
    ListedSite,
    ListMove,
    ProjectSite,
    RestorationProject,
)
from qingshan.office.restoration.queries.listed import of_lists
from qingshan.office.restoration.queries.projects import GONE
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.rates import Rate
from qingshan.rules.restoration import CM2_PER_M2, Progress, Reached, weighted

_SUMS = ("sites", "target_cm2", "without_area", "done_sites", "done_cm2")


def reached(
    *,
    actor: ActorLike,
    on: date,
    target_list_id: int | None = None,
    region_id: int | None = None,
    kind: str = "",
) -> Reached:
    """What the lists ask for and what of it is done, by what had been entered until the end of a day."""
    found = reached_by_region(
        actor=actor, on=on, target_list_id=target_list_id, regions=[region_id], kind=kind
    )
    return found[region_id]


def on_several_lists(
    *, actor: ActorLike, target_list_id: int | None = None, region_id: int | None = None, kind: str = ""
) -> int:
    """How many sites stand on more than one list: added up over all lists, each list counts them. None of one list."""
    if target_list_id is not None:
        return 0
    low, high = region_range(region_id) if region_id is not None else EVERYWHERE
    rows = ListedSite.objects.filter(is_on_list=True, region_id__gte=low, region_id__lte=high)
    rows = of_lists(rows, target_list_id=None, kind=kind)
    counted = visible_to(rows, actor).order_by().values("site_id").annotate(n=Count("pk"))
    return counted.filter(n__gt=1).count()


def reached_by_region(
    *,
    actor: ActorLike,
    on: date,
    target_list_id: int | None,
    regions: Sequence[int | None],
    kind: str = "",
) -> dict[int | None, Reached]:
    """The same for several regions, from the same few queries. None: all that the actor may see."""
    moves = visible_to(ListMove.objects.filter(recorded_on__lte=on), actor)
    moves = of_lists(moves, target_list_id=target_list_id, kind=kind)
    sums = moves.order_by().values_list("region_id").annotate(**{f"n_{name}": Sum(name) for name in _SUMS})
    by_place = {place: values for place, *values in sums}
    projects = _projects(actor, target_list_id, kind)
    return {region_id: _added_up(by_place, projects, region_id) for region_id in regions}


def _projects(actor: ActorLike, target_list_id: int | None, kind: str) -> list[tuple[Any, ...]]:
    """Region, money, progress and planned area of the projects that were not given up."""
    rows = visible_to(RestorationProject.objects.all(), actor)
    rows = rows.exclude(matter__state_id__in=GONE)
    if target_list_id is not None or kind:
        listed = ListedSite.objects.filter(is_on_list=True)
        on_list = of_lists(listed, target_list_id=target_list_id, kind=kind)
        rows = rows.filter(pk__in=ProjectSite.objects.filter(
            left_on=None, site__in=on_list.values("site_id")
        ).values("project_id"))  # fmt: skip
    counted = Coalesce("sites__counted_cm2", "sites__planned_cm2")
    planned = Sum(counted, filter=Q(sites__left_on=None))
    return list(
        rows.order_by()
        .annotate(planned=planned)
        .values_list("matter__region_id", "planned_fen", "spent_fen", "progress_percent", "planned")
    )


def _added_up(
    by_place: dict[int, list[int]], projects: Iterable[tuple[Any, ...]], region_id: int | None
) -> Reached:
    low, high = region_range(region_id) if region_id is not None else EVERYWHERE
    total = [0] * len(_SUMS)
    for place, values in by_place.items():
        if low <= place <= high:
            total = [old + new for old, new in zip(total, values, strict=True)]
    sites, target, without, done_sites, done = total
    here = [each for each in projects if low <= each[0] <= high]
    paid = [(fen, spent) for _place, fen, spent, _percent, _area in here if None not in (fen, spent)]
    weight_done, weight, reported = weighted(
        Progress((area or 0) / CM2_PER_M2, percent) for _place, _fen, _spent, percent, area in here
    )
    return Reached(
        sites_done=done_sites,
        sites=sites,
        area_done_m2=done / CM2_PER_M2,
        area_m2=target / CM2_PER_M2,
        sites_without_area=without,
        fen_spent=sum(spent for _fen, spent in paid) if paid else None,
        fen_planned=sum(fen for fen, _spent in paid),
        projects=len(here),
        projects_with_spending=len(paid),
        projects_with_progress=reported,
        weight_done=weight_done,
        weight=weight,
    )


def reached_by_list(*, actor: ActorLike, kind: str = "") -> dict[int, tuple[Rate, Rate]]:
    """By count and by area of each list, as far as the actor may see its sites; from one query."""
    moves = of_lists(visible_to(ListMove.objects.all(), actor), target_list_id=None, kind=kind)
    names = ("done_sites", "sites", "done_cm2", "target_cm2")
    sums = (
        moves.order_by().values_list("target_list_id").annotate(**{f"n_{name}": Sum(name) for name in names})
    )
    return {
        pk: (Rate.by_sites(done, sites), Rate.by_area(done_cm2 / CM2_PER_M2, target_cm2 / CM2_PER_M2))
        for pk, done, sites, done_cm2, target_cm2 in sums
    }


def reached_by_project(sites: Sequence[ProjectSite], project: RestorationProject) -> Reached:
    """One project by itself: its sites, areas, money, progress."""
    present = [row for row in sites if row.left_on is None]
    planned = sum(row.counted_m2 or 0 for row in present)
    weight_done, weight, reported = weighted([Progress(planned, project.progress_percent)])
    spent_known = project.spent_fen is not None and project.planned_fen is not None
    return Reached(
        sites_done=sum(row.is_whole is True for row in present),
        sites=len(present),
        area_done_m2=sum(row.done_once_m2 or 0 for row in present),
        area_m2=planned,
        sites_without_area=sum(row.planned_cm2 is None for row in present),
        fen_spent=project.spent_fen if spent_known else None,
        fen_planned=project.planned_fen or 0,
        projects=1,
        projects_with_spending=int(spent_known),
        projects_with_progress=reported,
        weight_done=weight_done,
        weight=weight,
    )


def counties_with_targets(*, actor: ActorLike, target_list_id: int | None, kind: str = "") -> list[Region]:
    """The counties in which the lists hold or held anything."""
    rows = visible_to(ListMove.objects.all(), actor)
    rows = of_lists(rows, target_list_id=target_list_id, kind=kind)
    ids = {county_of(place) for place in rows.order_by().values_list("region_id", flat=True).distinct()}
    return list(Region.objects.filter(pk__in=ids).defer("geom").order_by("id"))
