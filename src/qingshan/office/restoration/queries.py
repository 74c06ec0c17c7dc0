"""What may this actor read of projects, lists of targets and land? Everything starts from what may be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from qingshan.finding.walk import Found, counted, found_in, whole
from qingshan.finding.words import sought
from qingshan.office.accounts.access import seen_one
from qingshan.office.errors import NotFound
from qingshan.office.matters import queries as matters
from qingshan.office.matters.access import visible_to as matters_visible_to
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.access import PATHS as OF_THE_REGISTER
from qingshan.office.mines.access import branches_for as mine_branches
from qingshan.office.mines.access import visible_to as register_visible_to
from qingshan.office.mines.models import Mine, Site
from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import EVERYWHERE, county_of, region_range
from qingshan.office.restoration.access import PATHS, branches_for, lists_visible_to, visible_to
from qingshan.office.restoration.counting import Held, counted_once
from qingshan.office.restoration.kinds import KIND
from qingshan.office.restoration.models import (
    LandMove,
    LandParcel,
    ListedSite,
    ListMove,
    ProjectSite,
    RestorationProject,
    TargetList,
)
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.flows.restoration import ProjectState
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.land import TO_RESTORE, IdleClock, LandAct, LandState, while_mining
from qingshan.rules.rates import Rate
from qingshan.rules.reasons import CHINESE
from qingshan.rules.restoration import CM2_PER_M2, Progress, Reached, weighted
from qingshan.rules.rulebook import in_force

LEDGER = Order(("region_id", "-id"))
COUNTED_TO = 1_000
AT_ONCE = 1_000
NOT_MEANT = (ProjectState.DISMISSED, ProjectState.WITHDRAWN)
"""Projects that came to nothing: in no sum of money or progress."""


# --- projects ----------------------------------------------------------------------------------------------------


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


# --- lists of targets --------------------------------------------------------------------------------------------


def lists_of(actor: ActorLike) -> list[TargetList]:
    """The lists that the actor may see, those of the highest region first."""
    rows = lists_visible_to(actor).select_related("region").defer("region__geom")
    return list(rows.order_by("region_id", "id"))


@dataclass(frozen=True)
class ListedFilters:
    """What the sites of lists are narrowed to; empty: everything that stands on a list."""

    target_list_id: int | None = None
    region_id: int | None = None
    view: str = ""
    """"", open, restored, out, all"""
    text: str = ""

    def apply(self, rows: QuerySet[ListedSite]) -> QuerySet[ListedSite]:
        """Everything but the words."""
        if self.region_id is not None:
            low, high = region_range(self.region_id)
            rows = rows.filter(region_id__gte=low, region_id__lte=high)
        if self.target_list_id is not None:
            rows = rows.filter(target_list_id=self.target_list_id)
        conditions: dict[str, dict[str, Any]] = {
            "": {"is_on_list": True},
            "open": {"is_on_list": True, "restored_on": None},
            "restored": {"is_on_list": True, "restored_on__isnull": False},
            "out": {"is_on_list": False},
            "all": {},
        }
        return rows.filter(**conditions[self.view])


def _listed_parts(actor: ActorLike, filters: ListedFilters, rows: QuerySet[ListedSite]) -> list[Found]:
    within = region_range(filters.region_id) if filters.region_id is not None else EVERYWHERE
    parts = branches_for(filters.apply(rows), actor)
    return found_in(parts, sought(filters.text), actor.region_ranges, within)


def listed(*, actor: ActorLike, filters: ListedFilters, after: str = "", before: str = "") -> Page:
    """One page of listed sites, by region and the newest of each first."""
    rows = ListedSite.objects.filter(LEDGER.ahead(after=after, before=before))
    found = page(_listed_parts(actor, filters, rows), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, "target_list")
    return found


def how_many_listed(*, actor: ActorLike, filters: ListedFilters) -> int:
    """How many there are, counted to COUNTED_TO and one more."""
    return counted(_listed_parts(actor, filters, ListedSite.objects.all()), at_most=COUNTED_TO + 1)


def all_listed(*, actor: ActorLike, filters: ListedFilters) -> Iterator[ListedSite]:
    """The same without pages, for a table that leaves."""
    ids: set[int] = set()
    for part in _listed_parts(actor, filters, ListedSite.objects.all()):
        ids.update(whole(part).order_by().values_list("pk", flat=True))
    rows = ListedSite.objects.filter(pk__in=ids).select_related("target_list", "region")
    yield from rows.defer("region__geom").order_by("region_id", "key").iterator(chunk_size=AT_ONCE)


def one_listed(pk: int, *, actor: ActorLike) -> ListedSite:
    """A listed site that the actor may see, or NotFound."""
    rows = ListedSite.objects.select_related("target_list", "site", "region").defer("region__geom")
    return seen_one(rows, actor, pk=pk, **PATHS[ListedSite])


def moves_of(row: ListedSite) -> list[ListMove]:
    """Its history, the newest first."""
    return list(row.moves.select_related("step").order_by("-id"))


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


# --- figures -----------------------------------------------------------------------------------------------------

_SUMS = ("sites", "target_cm2", "without_area", "done_sites", "done_cm2")


def reached(
    *, actor: ActorLike, on: date, target_list_id: int | None = None, region_id: int | None = None
) -> Reached:
    """What the lists ask for and what of it is done, by what had been entered until the end of a day."""
    return reached_by_region(actor=actor, on=on, target_list_id=target_list_id, regions=[region_id])[
        region_id
    ]


def on_several_lists(
    *, actor: ActorLike, target_list_id: int | None = None, region_id: int | None = None
) -> int:
    """How many sites stand on more than one list: added up over all lists, each list counts them. None of one list."""
    if target_list_id is not None:
        return 0
    low, high = region_range(region_id) if region_id is not None else EVERYWHERE
    rows = ListedSite.objects.filter(is_on_list=True, region_id__gte=low, region_id__lte=high)
    counted = visible_to(rows, actor).order_by().values("site_id").annotate(n=Count("pk"))
    return counted.filter(n__gt=1).count()


def reached_by_region(
    *,
    actor: ActorLike,
    on: date,
    target_list_id: int | None,
    regions: Sequence[int | None],
) -> dict[int | None, Reached]:
    """The same for several regions, from the same few queries. None: all that the actor may see."""
    moves = visible_to(ListMove.objects.filter(recorded_on__lte=on), actor)
    if target_list_id is not None:
        moves = moves.filter(target_list_id=target_list_id)
    sums = moves.order_by().values_list("region_id").annotate(**{f"n_{name}": Sum(name) for name in _SUMS})
    by_place = {place: values for place, *values in sums}
    projects = _projects(actor, target_list_id)
    return {region_id: _added_up(by_place, projects, region_id) for region_id in regions}


def _projects(actor: ActorLike, target_list_id: int | None) -> list[tuple[Any, ...]]:
    """Region, money, progress and planned area of the projects that were not given up."""
    rows = visible_to(RestorationProject.objects.all(), actor)
    rows = rows.exclude(matter__state_id__in=[f"{KIND}.{state}" for state in NOT_MEANT])
    if target_list_id is not None:
        on_list = ListedSite.objects.filter(target_list_id=target_list_id, is_on_list=True)
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


# --- land --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Balance:
    """How much land stands in each state, in square centimetres."""

    by_state: dict[LandState, int] = field(default_factory=dict)

    @property
    def total_cm2(self) -> int:
        return sum(self.by_state.values())

    def m2(self, state: LandState) -> float:
        return self.by_state.get(state, 0) / CM2_PER_M2

    @property
    def total_m2(self) -> float:
        return self.total_cm2 / CM2_PER_M2

    @property
    def figures(self) -> list[tuple[LandState, str]]:
        """Every state with its hectares alone, for large figures."""
        return [(state, f"{self.m2(state) / M2_PER_HECTARE:,.2f}") for state in LandState]

    @property
    def cells(self) -> list[tuple[LandState, float]]:
        """Every state with its square metres, also those with none."""
        return [(state, self.m2(state)) for state in LandState]


def mines_with_land(
    *, actor: ActorLike, region_id: int | None = None, text: str = "", after: str = "", before: str = ""
) -> Page:
    """One page of the mines that have land in the balance."""
    rows = Mine.objects.filter(LEDGER.ahead(after=after, before=before))
    found = page(_with_land(rows, actor, region_id, text), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    return found


def _with_land(rows: QuerySet[Mine], actor: ActorLike, region_id: int | None, text: str) -> list[Found]:
    own = LandParcel.objects.filter(Q(mine=OuterRef("pk")) | Q(mine__merged_into=OuterRef("pk")))
    rows = rows.filter(Exists(own), merged_into=None)
    within = region_range(region_id) if region_id is not None else EVERYWHERE
    if region_id is not None:
        rows = rows.filter(region_id__gte=within[0], region_id__lte=within[1])
    rows = rows.only("key", "name", "region", "state")
    return found_in(mine_branches(rows, actor), sought(text), actor.region_ranges, within)


def all_land(
    *, actor: ActorLike, region_id: int | None = None, text: str = ""
) -> Iterator[tuple[Mine, Balance]]:
    """The same without pages, for a table that leaves."""
    ids: set[int] = set()
    for part in _with_land(Mine.objects.all(), actor, region_id, text):
        ids.update(whole(part).order_by().values_list("pk", flat=True))
    rows = Mine.objects.filter(pk__in=ids).only("key", "name", "region", "state").order_by("region_id", "key")
    for mines in _several(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        put_regions(mines)
        held = balances(mines)
        yield from ((mine, held[mine.pk]) for mine in mines)


def _several(rows: Iterable[Mine], size: int) -> Iterator[list[Mine]]:
    """So many at a time."""
    left = iter(rows)
    while found := list(islice(left, size)):
        yield found


def balances(mines_shown: Sequence[Mine]) -> dict[int, Balance]:
    """The balance of each of these mines, with what was merged into it, from one query."""
    ids = [mine.pk for mine in mines_shown]
    rows = LandParcel.objects.filter(Q(mine__in=ids) | Q(mine__merged_into__in=ids)).order_by()
    sums: dict[int, dict[LandState, int]] = defaultdict(dict)
    grouped = rows.values_list("mine_id", "mine__merged_into_id", "state").annotate(n=Sum("area_cm2"))
    for mine_id, kept_id, state, area in grouped:
        own = sums[kept_id or mine_id]
        own[LandState(state)] = own.get(LandState(state), 0) + area
    return {pk: Balance(sums.get(pk, {})) for pk in ids}


def whole_balance(*, actor: ActorLike, region_id: int | None = None) -> Balance:
    """The land of all mines that the actor may see."""
    rows = visible_to(LandParcel.objects.all(), actor)
    if region_id is not None:
        low, high = region_range(region_id)
        rows = rows.filter(region_id__gte=low, region_id__lte=high)
    sums = rows.order_by().values_list("state").annotate(n=Sum("area_cm2"))
    return Balance({LandState(state): area for state, area in sums})


def mine_seen(pk: int, *, actor: ActorLike) -> Mine:
    """A mine that the actor may see, or NotFound."""
    rows = Mine.objects.select_related("region", "enterprise").defer("region__geom")
    return seen_one(rows, actor, pk=pk, **OF_THE_REGISTER[Mine])


def parcels_of(mine: Mine) -> list[LandParcel]:
    """The plots of a mine that have any area, by state and day."""
    rows = LandParcel.objects.filter(mine_id__in=one_mine(mine.pk), area_cm2__gt=0)
    order = {state.value: place for place, state in enumerate(LandState)}
    return sorted(rows.defer("geom"), key=lambda row: (order[row.state], row.since_on, row.pk))


def one_parcel(pk: int, *, actor: ActorLike) -> LandParcel:
    """A plot that the actor may see, or NotFound."""
    rows = LandParcel.objects.select_related("mine").defer("geom")
    return seen_one(rows, actor, pk=pk, **PATHS[LandParcel])


def land_moves_of(mine: Mine) -> list[LandMove]:
    """What happened to the land of a mine, the newest first."""
    rows = LandMove.objects.filter(mine_id__in=one_mine(mine.pk))
    return list(rows.select_related("parcel").defer("parcel__geom").order_by("-occurred_on", "-id"))


@dataclass(frozen=True)
class YearOfLand:
    """边开发边恢复 of one mine and year."""

    year: int
    disturbed_m2: float
    restored_m2: float

    @property
    def rate(self) -> Rate:
        return while_mining(disturbed_m2=self.disturbed_m2, restored_m2=self.restored_m2)

    @property
    def said(self) -> str:
        """The rate with its fraction and basis, in the reader's language."""
        return self.rate.say(get_language() or CHINESE)


def years_of(moves: Iterable[LandMove]) -> list[YearOfLand]:
    """Disturbed and restored by year, the newest first. What relapsed is taken off the year in which it did, also where
    that leaves less than nothing: over all years disturbed less restored is the land that is still to be restored.
    """
    disturbed, restored = defaultdict[int, int](int), defaultdict[int, int](int)
    for move in moves:
        year, was, is_now = move.occurred_on.year, move.from_state in TO_RESTORE, move.to_state in TO_RESTORE
        if was and not is_now:
            restored[year] += move.area_cm2
        elif is_now and move.act == LandAct.RELAPSE:
            restored[year] -= move.area_cm2
        elif is_now and not was:
            disturbed[year] += move.area_cm2
    years = sorted({*disturbed, *restored}, reverse=True)
    return [YearOfLand(year, disturbed[year] / CM2_PER_M2, restored[year] / CM2_PER_M2) for year in years]


IDLE_ORDER = Order(("since_on", "id"))


def idle_land(*, actor: ActorLike, region_id: int | None = None, after: str = "", before: str = "") -> Page:
    """Available land, the longest idle first."""
    rows = LandParcel.objects.filter(state=LandState.AVAILABLE.value, area_cm2__gt=0).defer("geom")
    if region_id is not None:
        low, high = region_range(region_id)
        rows = rows.filter(region_id__gte=low, region_id__lte=high)
    found = page(branches_for(rows, actor), order=IDLE_ORDER, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, Prefetch("mine", Mine.objects.only("key", "name")))
    return found


def clock_of(parcel: LandParcel, *, on: date) -> IdleClock:
    """How long a plot has been available, held against the rulebook in force."""
    book = in_force("land-states", on=on, region=region_of_id(parcel.region_id))
    limit = None if book.provision("idle_days").content is None else book.whole("idle_days")
    return IdleClock(parcel.since_on, on, limit)


def counties_with_targets(*, actor: ActorLike, target_list_id: int | None) -> list[Region]:
    """The counties in which the lists hold or held anything."""
    rows = visible_to(ListMove.objects.all(), actor)
    if target_list_id is not None:
        rows = rows.filter(target_list_id=target_list_id)
    ids = {county_of(place) for place in rows.order_by().values_list("region_id", flat=True).distinct()}
    return list(Region.objects.filter(pk__in=ids).defer("geom").order_by("id"))
