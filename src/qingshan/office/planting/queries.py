"""What may this actor read of plots, aftercare, land handed back and uses? Everything starts from what may be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, prefetch_related_objects

from qingshan.finding.walk import Found, counted, found_in, narrowed, whole
from qingshan.finding.words import sought
from qingshan.office.accounts.access import seen_one
from qingshan.office.mines.access import PATHS as OF_THE_REGISTER
from qingshan.office.mines.access import branches_for as register_branches
from qingshan.office.mines.access import visible_to as register_visible_to
from qingshan.office.mines.models import LandUse, Mine, Site
from qingshan.office.paging import Order, Page, page
from qingshan.office.planting.access import PATHS, branches_for, visible_to
from qingshan.office.planting.models import (
    CareEntry,
    CareTask,
    Evaluation,
    HandBack,
    LandUseExtension,
    ObservationPhoto,
    Planting,
    Plot,
    PlotObservation,
    UseChange,
)
from qingshan.office.planting.surviving import survivals, together
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import EVERYWHERE, county_of, region_range
from qingshan.office.restoration.access import PATHS as OF_RESTORATION
from qingshan.office.restoration.access import branches_for as restoration_branches
from qingshan.office.restoration.access import visible_to as restoration_visible_to
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.aftercare import CareKind
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.survival import PlotSurvival, Survival
from qingshan.rules.validity import WARNED_BEFORE_DAYS
from qingshan.rules.zones import Zone

LEDGER = Order(("region_id", "-id"))
BY_DATE = Order(("due_on", "id"))
BY_END = Order(("to_on", "id"))
NEWEST = Order(("-id",))
COUNTED_TO = 1_000
AT_ONCE = 1_000
SOON_DAYS = 30


def _within(rows: QuerySet[Any], region_id: int | None, path: str = "region_id") -> QuerySet[Any]:
    if region_id is None:
        return rows
    low, high = region_range(region_id)
    return rows.filter(**{f"{path}__gte": low, f"{path}__lte": high})


# --- plots -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _ByWords:
    """By what a list is narrowed that is read as of a day and searched for words."""

    on: date
    region_id: int | None = None
    view: str = ""
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.region_id or self.view or self.text)

    def found(self, parts: Sequence[QuerySet[Any]], actor: ActorLike) -> list[Found]:
        """What has the words in these branches, in the order of the ledger."""
        within = region_range(self.region_id) if self.region_id is not None else EVERYWHERE
        return found_in(parts, sought(self.text), actor.region_ranges, within)


@dataclass(frozen=True)
class PlotFilters(_ByWords):
    """What plots are narrowed to. view: "", unplanted, unobserved, overdue, in_care, withdrawn."""

    def apply(self, rows: QuerySet[Plot]) -> QuerySet[Plot]:
        """Everything but the words."""
        rows = _within(rows, self.region_id).filter(withdrawn_on__isnull=self.view != "withdrawn")
        planted = Planting.objects.filter(withdrawn_on=None).values("plot_id")
        conditions = {
            "": Q(),
            "unplanted": ~Q(pk__in=planted),
            "unobserved": Q(pk__in=planted, observed_on=None),
            "overdue": Q(next_due_on__lt=self.on),
            "in_care": Q(care_from_on__lte=self.on, care_until_on__gte=self.on),
            "withdrawn": Q(),
        }
        return rows.filter(conditions[self.view])


def _plot_parts(actor: ActorLike, filters: PlotFilters, rows: QuerySet[Plot]) -> list[Found]:
    return filters.found(branches_for(filters.apply(rows), actor), actor)


def plots(*, actor: ActorLike, filters: PlotFilters, after: str = "", before: str = "") -> Page:
    """One page of plots, by region and the newest of each first."""
    rows = Plot.objects.filter(LEDGER.ahead(after=after, before=before)).defer("geom")
    found = page(_plot_parts(actor, filters, rows), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, Prefetch("site", Site.objects.only("key", "name")), _plantings())
    return found


def _plantings() -> Prefetch[str, QuerySet[Planting], str]:
    rows = Planting.objects.filter(withdrawn_on=None).order_by("planted_on", "pk")
    return Prefetch("plantings", rows, to_attr="planted")


def how_many_plots(*, actor: ActorLike, filters: PlotFilters) -> int:
    """How many there are, counted to COUNTED_TO and one more."""
    return counted(_plot_parts(actor, filters, Plot.objects.all()), at_most=COUNTED_TO + 1)


def all_plots(*, actor: ActorLike, filters: PlotFilters) -> Iterator[Plot]:
    """The same without pages, for a table that leaves."""
    ids = _ids_of(_plot_parts(actor, filters, Plot.objects.all()))
    rows = (
        Plot.objects.filter(pk__in=ids).select_related("site", "region").defer("region__geom", "site__geom")
    )
    rows = rows.prefetch_related(_plantings()).order_by("region_id", "key")
    yield from rows.iterator(chunk_size=AT_ONCE)


def _ids_of(parts: Iterable[Found]) -> set[int]:
    return {pk for part in parts for pk in whole(part).order_by().values_list("pk", flat=True)}


def one_plot(pk: int, *, actor: ActorLike) -> Plot:
    """A plot that the actor may see, or NotFound."""
    rows = Plot.objects.select_related("site", "region", "project__matter")
    rows = rows.defer("region__geom", "site__geom", "project__matter__geom")
    return seen_one(rows, actor, pk=pk, **PATHS[Plot])


def plantings_of(plot: Plot) -> list[Planting]:
    """Everything that was planted, the newest first; what was withdrawn stands among it."""
    return list(plot.plantings.order_by("-planted_on", "-pk"))


def observations_of(plot: Plot) -> list[PlotObservation]:
    """Everything that was seen, the newest first, with its photographs."""
    return list(plot.observations.prefetch_related("photos").order_by("-observed_on", "-pk"))


def one_planting(plot: Plot, pk: int, *, actor: ActorLike) -> Planting:
    """A record of a plot, or NotFound."""
    return seen_one(Planting.objects.filter(plot=plot), actor, pk=pk, **PATHS[Planting])


def one_care(plot: Plot, pk: int, *, actor: ActorLike) -> CareEntry:
    """An entry of aftercare of a plot, or NotFound."""
    return seen_one(CareEntry.objects.filter(plot=plot), actor, pk=pk, **PATHS[CareEntry])


def one_observation(plot: Plot, pk: int, *, actor: ActorLike) -> PlotObservation:
    """An observation of a plot, or NotFound."""
    return seen_one(PlotObservation.objects.filter(plot=plot), actor, pk=pk, **PATHS[PlotObservation])


def photo(pk: int, *, actor: ActorLike) -> ObservationPhoto:
    """A photograph that the actor may see, or NotFound."""
    return seen_one(ObservationPhoto.objects.all(), actor, pk=pk, **PATHS[ObservationPhoto])


def zone_nearby(site: Site) -> Zone | None:
    """Which zone was said last for a plot of this site, else for one of its county: a zone is larger than a county."""
    known = Plot.objects.filter(withdrawn_on=None).exclude(zone="").order_by("-pk")
    low, high = region_range(county_of(site.region_id))
    for rows in (known.filter(site=site), known.filter(region_id__gte=low, region_id__lte=high)):
        if found := rows.values_list("zone", flat=True).first():
            return Zone(found)
    return None


def sites_to_plant(actor: ActorLike) -> QuerySet[Site]:
    """The sites that the actor may see, for picking one."""
    return register_visible_to(Site.objects.order_by("-id"), actor)


def projects_to_name(site: Site, *, actor: ActorLike) -> list[RestorationProject]:
    """The projects that work on a site, as far as the actor may see them, for picking one."""
    rows = RestorationProject.objects.filter(sites__site=site, sites__left_on=None)
    return list(restoration_visible_to(rows.select_related("matter").distinct(), actor))


def all_observations(*, actor: ActorLike, region_id: int | None = None) -> Iterator[PlotObservation]:
    """Every observation that stands, for a table that leaves."""
    rows = _within(PlotObservation.objects.filter(withdrawn_on=None), region_id, "plot__region_id")
    rows = visible_to(rows, actor).select_related("plot").defer("plot__geom")
    yield from rows.order_by("plot__region_id", "plot__key", "observed_on").iterator(chunk_size=AT_ONCE)


def all_plantings(*, actor: ActorLike, region_id: int | None = None) -> Iterator[Planting]:
    """Everything planted that stands, for a table that leaves."""
    rows = _within(Planting.objects.filter(withdrawn_on=None), region_id, "plot__region_id")
    rows = visible_to(rows, actor).select_related("plot").defer("plot__geom")
    yield from rows.order_by("plot__region_id", "plot__key", "planted_on", "pk").iterator(chunk_size=AT_ONCE)


# --- survival ----------------------------------------------------------------------------------------------------


def survival_of(*site_ids: int, on: date) -> Survival:
    """成活率 over all plots of these sites as of a day: a rate when every plot was observed, else a stated partial,
    else nothing. For acceptance: the caller has asked already who may see the sites.
    """
    rows = list(
        Plot.objects.filter(site__in=site_ids, withdrawn_on=None).only("key", "region_id").order_by("pk")
    )
    region_id = rows[0].region_id if rows else None
    return together(survivals(rows, on=on).values(), on=on, region_id=region_id)


@dataclass(frozen=True)
class SiteSurvival:
    """成活率 of one site with the plots behind it, as of a day."""

    over: Survival
    of_plots: tuple[PlotSurvival, ...]

    @property
    def uncounted(self) -> int:
        """Plots in which nothing was counted when it was planted: of these no rate can be told."""
        return len(self.of_plots) - self.over.plots

    @property
    def seen_from_to(self) -> tuple[date, date] | None:
        """The days of the oldest and the newest count that the rate rests on."""
        days = [each.observed_on for each in self.of_plots if each.observed_on is not None]
        return (min(days), max(days)) if days else None


def survival_on(site_id: int, *, on: date) -> SiteSurvival:
    """成活率 of a site and of each of its plots. For acceptance: the caller has asked already who may see the site."""
    rows = list(Plot.objects.filter(site=site_id, withdrawn_on=None).only("key", "region_id").order_by("pk"))
    found = survivals(rows, on=on)
    region_id = rows[0].region_id if rows else None
    return SiteSurvival(together(found.values(), on=on, region_id=region_id), tuple(found.values()))


def survival_by_county(
    *, actor: ActorLike, on: date, region_id: int | None = None
) -> tuple[Survival, list[tuple[Region, Survival]]]:
    """Over everything that the actor may see, and for each county of it."""
    rows = list(
        visible_to(_within(Plot.objects.filter(withdrawn_on=None), region_id), actor).only("key", "region_id")
    )
    found = survivals(rows, on=on)
    by_county: dict[int, list[PlotSurvival]] = defaultdict(list)
    for plot in rows:
        by_county[county_of(plot.region_id)].append(found[plot.pk])
    counties = Region.objects.filter(pk__in=by_county).defer("geom").order_by("id")
    return together(found.values(), on=on), [
        (county, together(by_county[county.pk], on=on, region_id=county.pk)) for county in counties
    ]


# --- aftercare ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CareFilters:
    """What dates of aftercare are narrowed to. view: "" (all open), overdue, soon, done."""

    on: date
    region_id: int | None = None
    view: str = ""
    kind: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.region_id or self.view or self.kind)

    def apply(self, rows: QuerySet[CareTask]) -> QuerySet[CareTask]:
        rows = _within(rows.filter(dropped_on=None), self.region_id)
        if self.kind in CareKind.values():
            rows = rows.filter(kind=self.kind)
        soon = self.on + timedelta(days=SOON_DAYS)
        conditions = {
            "": Q(entry=None),
            "overdue": Q(entry=None, due_on__lt=self.on),
            "soon": Q(entry=None, due_on__gte=self.on, due_on__lte=soon),
            "done": Q(entry__isnull=False),
        }
        return rows.filter(conditions[self.view])


def care_tasks(*, actor: ActorLike, filters: CareFilters, after: str = "", before: str = "") -> Page:
    """One page of dates of aftercare, the earliest first."""
    parts = branches_for(filters.apply(CareTask.objects.all()), actor)
    found = page(parts, order=BY_DATE, after=after, before=before)
    put_regions(found.rows)
    plots_shown = Plot.objects.select_related("site").defer("geom", "site__geom")
    prefetch_related_objects(found.rows, Prefetch("plot", plots_shown), "entry")
    return found


def how_many_tasks(*, actor: ActorLike, filters: CareFilters) -> int:
    """How many there are, counted to COUNTED_TO and one more."""
    parts = branches_for(filters.apply(CareTask.objects.all()), actor)
    return counted(list(parts), at_most=COUNTED_TO + 1)


def overdue_care(*, actor: ActorLike, on: date) -> tuple[int, date | None]:
    """How many dates have passed, counted to COUNTED_TO and one more, and the earliest of them."""
    passed: dict[int, date] = {}
    for part in branches_for(CareFilters(on, view="overdue").apply(CareTask.objects.all()), actor):
        passed |= dict(part.order_by("due_on").values_list("pk", "due_on")[: COUNTED_TO + 1])
    return min(len(passed), COUNTED_TO + 1), min(passed.values(), default=None)


def all_tasks(*, actor: ActorLike, filters: CareFilters) -> Iterator[CareTask]:
    """The same without pages, for a table that leaves."""
    rows = visible_to(filters.apply(CareTask.objects.all()), actor)
    rows = rows.select_related("plot__site", "region", "entry").defer(
        "plot__geom", "plot__site__geom", "region__geom"
    )
    yield from rows.order_by("due_on", "id").iterator(chunk_size=AT_ONCE)


def tasks_of(plot: Plot) -> list[CareTask]:
    """The plan of a plot, without what was dropped."""
    return list(plot.tasks.filter(dropped_on=None).select_related("entry").order_by("due_on", "pk"))


def care_of(plot: Plot) -> list[CareEntry]:
    """What was done, the newest first."""
    return list(plot.care.order_by("-done_on", "-pk"))


# --- land handed back, temporary land ----------------------------------------------------------------------------


def hand_backs(*, actor: ActorLike, region_id: int | None = None, after: str = "", before: str = "") -> Page:
    """One page of land that went back, by region and the newest of each first; what was withdrawn stands among it."""
    rows = _within(HandBack.objects.filter(LEDGER.ahead(after=after, before=before)), region_id)
    found = page(branches_for(rows, actor), order=LEDGER, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(
        found.rows,
        Prefetch("land_use", LandUse.objects.defer("geom")),
        Prefetch("site", Site.objects.defer("geom")),
    )
    return found


def sum_of_hand_backs(*, actor: ActorLike, region_id: int | None = None) -> tuple[int, float]:
    """How many times, and how many square metres in all."""
    rows = visible_to(_within(HandBack.objects.filter(withdrawn_on=None), region_id), actor)
    found = rows.order_by().values_list("area_cm2", flat=True)
    areas = list(found)
    return len(areas), sum(areas) / 10_000


def all_hand_backs(*, actor: ActorLike, region_id: int | None = None) -> Iterator[HandBack]:
    """What counts of it, without pages."""
    rows = visible_to(_within(HandBack.objects.filter(withdrawn_on=None), region_id), actor).select_related(
        "land_use", "site", "region"
    )
    rows = rows.defer("land_use__geom", "site__geom", "region__geom")
    yield from rows.order_by("region_id", "-id").iterator(chunk_size=AT_ONCE)


def one_hand_back(pk: int, *, actor: ActorLike) -> HandBack:
    """A receipt that the actor may see, or NotFound."""
    return seen_one(HandBack.objects.all(), actor, pk=pk, **PATHS[HandBack])


def one_evaluation(pk: int, *, actor: ActorLike) -> Evaluation:
    """An evaluation that the actor may see, or NotFound."""
    return seen_one(Evaluation.objects.select_related("site"), actor, pk=pk, **PATHS[Evaluation])


@dataclass(frozen=True)
class LentFilters(_ByWords):
    """What temporary land is narrowed to. view: "" (not back), ending, ended, back, all."""

    def apply(self, rows: QuerySet[LandUse]) -> QuerySet[LandUse]:
        soon = self.on + timedelta(days=WARNED_BEFORE_DAYS)
        conditions = {
            "": Q(returned_on=None),
            "ending": Q(returned_on=None, to_on__gte=self.on, to_on__lte=soon),
            "ended": Q(returned_on=None, to_on__lt=self.on),
            "back": Q(returned_on__isnull=False),
            "all": Q(),
        }
        return _within(rows, self.region_id).filter(conditions[self.view])

    @property
    def order(self) -> Order:
        return BY_END if self.view in ("ending", "ended") else LEDGER


def _lent_parts(actor: ActorLike, filters: LentFilters, rows: QuerySet[LandUse]) -> list[Found]:
    parts = register_branches(filters.apply(rows), actor)
    if filters.order is LEDGER:
        return filters.found(parts, actor)
    return [narrowed(part, sought(filters.text)) for part in parts]


def lent(*, actor: ActorLike, filters: LentFilters, after: str = "", before: str = "") -> Page:
    """One page of temporary land; what ends or has ended by its last day."""
    rows = LandUse.objects.filter(filters.order.ahead(after=after, before=before)).defer("geom")
    found = page(_lent_parts(actor, filters, rows), order=filters.order, after=after, before=before)
    put_regions(found.rows)
    prefetch_related_objects(found.rows, Prefetch("mine", Mine.objects.only("key", "name")), "hand_backs")
    return found


def how_many_lent(*, actor: ActorLike, filters: LentFilters) -> int:
    """How many there are, counted to COUNTED_TO and one more."""
    return counted(_lent_parts(actor, filters, LandUse.objects.all()), at_most=COUNTED_TO + 1)


def all_lent(*, actor: ActorLike, filters: LentFilters) -> Iterator[LandUse]:
    """The same without pages."""
    ids = _ids_of(_lent_parts(actor, filters, LandUse.objects.all()))
    rows = LandUse.objects.filter(pk__in=ids).select_related("region", "mine").defer("geom", "region__geom")
    rows = rows.prefetch_related("hand_backs").order_by("region_id", "key")
    yield from rows.iterator(chunk_size=AT_ONCE)


def one_lent(pk: int, *, actor: ActorLike) -> LandUse:
    """Temporary land that the actor may see, or NotFound."""
    rows = LandUse.objects.select_related("region", "mine").defer("region__geom", "mine__geom")
    return seen_one(rows, actor, pk=pk, **OF_THE_REGISTER[LandUse])


def one_site(pk: int, *, actor: ActorLike) -> Site:
    """A site that the actor may see, or NotFound."""
    rows = Site.objects.select_related("region", "mine").defer("region__geom", "mine__geom")
    return seen_one(rows, actor, pk=pk, **OF_THE_REGISTER[Site])


def extensions_of(about: LandUse) -> list[LandUseExtension]:
    """Every extension, the newest first."""
    return list(about.extensions.order_by("-pk"))


# --- uses --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class UseFilters:
    """What sites of projects are narrowed to by use. view: "", as_planned, differs, unseen, unplanned."""

    region_id: int | None = None
    view: str = ""
    use: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.region_id or self.view or self.use)

    def apply(self, rows: QuerySet[ProjectSite]) -> QuerySet[ProjectSite]:
        rows = _within(rows.filter(left_on=None), self.region_id, "site__region_id")
        if self.use in Afteruse.values():
            rows = rows.filter(Q(planned_use=self.use) | Q(actual_use=self.use))
        both = ~Q(planned_use="") & ~Q(actual_use="")
        conditions = {
            "": Q(),
            "as_planned": both & Q(planned_use=F("actual_use")),
            "differs": both & ~Q(planned_use=F("actual_use")),
            "unseen": Q(actual_use="") & ~Q(planned_use=""),
            "unplanned": Q(planned_use=""),
        }
        return rows.filter(conditions[self.view])


def uses(*, actor: ActorLike, filters: UseFilters, after: str = "", before: str = "") -> Page:
    """One page of the sites of projects with their uses, the newest first."""
    parts = restoration_branches(filters.apply(ProjectSite.objects.all()), actor)
    found = page(parts, order=NEWEST, after=after, before=before)
    _put_sites(found.rows)
    return found


def _put_sites(rows: Sequence[ProjectSite]) -> None:
    prefetch_related_objects(
        rows,
        Prefetch("site", Site.objects.defer("geom")),
        Prefetch("project", RestorationProject.objects.select_related("matter").defer("matter__geom")),
    )
    put_regions([row.site for row in rows])


def all_uses(*, actor: ActorLike, filters: UseFilters) -> Iterator[ProjectSite]:
    """The same without pages."""
    rows = restoration_visible_to(filters.apply(ProjectSite.objects.all()), actor)
    rows = rows.select_related("site__region", "project__matter").defer(
        "site__geom", "site__region__geom", "project__matter__geom"
    )
    yield from rows.order_by("-id").iterator(chunk_size=AT_ONCE)


def one_use(pk: int, *, actor: ActorLike) -> ProjectSite:
    """A site of a project that the actor may see, or NotFound."""
    rows = ProjectSite.objects.select_related("site__region", "project__matter")
    rows = rows.defer("site__geom", "site__region__geom", "project__matter__geom")
    return seen_one(rows, actor, pk=pk, **OF_RESTORATION[ProjectSite])


def newest_use(site: Site, *, actor: ActorLike) -> ProjectSite:
    """The newest project on a site that the actor may see, as the map shows it, or NotFound."""
    rows = restoration_visible_to(ProjectSite.objects.filter(site=site, left_on=None), actor)
    return one_use(rows.order_by("-pk").values_list("pk", flat=True).first() or 0, actor=actor)


def use_changes_of(row: ProjectSite) -> list[UseChange]:
    """What was changed and seen, the newest first."""
    return list(row.use_changes.order_by("-pk"))


@dataclass(frozen=True)
class UseFigure:
    """How many sites are for a use, and how much land; areas as accepted, else as claimed, else as planned."""

    use: Afteruse | None
    planned_sites: int = 0
    planned_m2: float = 0.0
    actual_sites: int = 0
    actual_m2: float = 0.0
    planned_without_area: int = 0
    actual_without_area: int = 0


def use_figures(*, actor: ActorLike, region_id: int | None = None) -> list[UseFigure]:
    """By use, those that are not known last; each site of a project counts once on either side."""
    rows = restoration_visible_to(UseFilters(region_id).apply(ProjectSite.objects.all()), actor)
    areas = ("counted_cm2", "planned_cm2", "claimed_cm2", "done_cm2")
    told = rows.order_by().values_list("planned_use", "actual_use", *areas)
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    for planned, actual, counted_cm2, planned_cm2, claimed_cm2, done_cm2 in told:
        own = next((each for each in (done_cm2, claimed_cm2, planned_cm2) if each is not None), None)
        _add(sums[planned], 0, _once(planned_cm2, counted_cm2))
        _add(sums[actual], 3, _once(own, counted_cm2))
    return [
        UseFigure(
            Afteruse(code) if code else None,
            planned_sites=int(found[0]),
            planned_m2=found[1] / 10_000,
            planned_without_area=int(found[2]),
            actual_sites=int(found[3]),
            actual_m2=found[4] / 10_000,
            actual_without_area=int(found[5]),
        )
        for code in (*Afteruse.values(), "")
        for found in (sums[code],)
    ]


def _once(area_cm2: int | None, counted_cm2: int | None) -> int | None:
    """An area without what an earlier site of its project covers already."""
    return area_cm2 if area_cm2 is None or counted_cm2 is None else min(area_cm2, counted_cm2)


def _add(sums: list[float], place: int, area_cm2: int | None) -> None:
    sums[place] += 1
    sums[place + 1] += area_cm2 or 0
    sums[place + 2] += area_cm2 is None
