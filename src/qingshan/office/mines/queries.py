"""What may this actor read of the register? Every answer starts from `access.visible_to` or its branches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Sum

from qingshan.finding.walk import Found, Range, counted, whole
from qingshan.office.accounts.access import seen_one
from qingshan.office.mines import showing
from qingshan.office.mines.access import CATEGORY_FIELD, ENDED_BY, PATHS, WHAT, branches_for, visible_to
from qingshan.office.mines.filters import Filters, between, branches_found
from qingshan.office.mines.models import Document, Facility, LandUse, Mine, MiningRight, Patch, Site, Tally
from qingshan.office.mines.showing import Shows
from qingshan.office.paging import PAGE_ROWS, Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import county_of, region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act

LEDGER = Order(("region_id", "-id"))
"""By region as ledgers are, the newest of each region first: one walk over the index (region, -id)."""
COUNTED_TO = 1000
"""A filter that no tally answers is counted up to here, and said to be more beyond."""
CM2_OF_M2 = 10_000
AT_ONCE = 2000


@dataclass(frozen=True)
class Total:
    """Rows of a list and their area; `at_least` says that counting stopped, `area_m2` None that it was not summed."""

    rows: int
    area_m2: float | None = None
    at_least: bool = False


_SHOWN_WITH: dict[type[Model], tuple[str, ...]] = {
    Mine: ("region", "enterprise"),
    Site: ("region", "mine", "enterprise"),
    Patch: ("region", "site"),
    MiningRight: ("region", "mine", "enterprise"),
    LandUse: ("region", "mine", "enterprise"),
    Facility: ("region", "mine", "enterprise"),
}


def listed(
    model: type[Model],
    *,
    actor: ActorLike,
    filters: Filters,
    shows: Shows | None = None,
    order: Order = LEDGER,
    after: str = "",
    before: str = "",
    rows: int = PAGE_ROWS,
) -> Page:
    """One page of a list of the register with what a row shows; by region, the newest of each region first,
    unless it is asked for in another order, which words that are looked for do not know.

    Regions are fetched beside it: joined, they can lead the database to begin with them and sort everything.
    """
    shows = shows or usually_shown(model)
    shown = model._default_manager.only("region", *shows.fields)
    if shows.beside:
        shown = shown.select_related(*shows.beside)
    # narrowed first, scoped then: the narrowest bound on the region stands first, see Order.ahead
    narrow = standing(shown.filter(order.ahead(after=after, before=before)))
    branches = branches_found(narrow, actor, filters)
    found = page(branches, order=order, after=after, before=before, rows=rows)
    put_regions(found.rows)
    return found


def usually_shown(model: type[Model]) -> Shows:
    """What the rows of a list show until somebody chooses other columns."""
    return showing.shows(model, showing.chosen(model, None))


def standing(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Without mines that were merged into another: they stay readable, but count no more."""
    return queryset.filter(merged_into=None) if queryset.model is Mine else queryset


def total(model: type[Model], *, actor: ActorLike, filters: Filters) -> Total:
    """How many rows the list has in all, and how much land: from the tallies where they can say it, else
    counted to a limit.
    """
    if actor.region_ranges and filters.tallied:
        return _tallied(model, filters, actor)
    columns = ["pk", *_area_columns(model)]
    counted: dict[int, tuple[Any, ...]] = {}
    for branch in branches_found(standing(model._default_manager.all()), actor, filters):
        part = whole(branch)
        counted.update((row[0], row) for row in part.order_by().values_list(*columns)[: COUNTED_TO + 1])
    at_least = len(counted) > COUNTED_TO
    area = None if at_least or len(columns) == 1 else sum(_area_that_counts(row) for row in counted.values())
    return Total(rows=min(len(counted), COUNTED_TO), area_m2=area, at_least=at_least)


def counted_to_a_limit(parts: Iterable[Found], *, limit: int = COUNTED_TO) -> Total:
    """How many rows there are in all parts of a list, without their area."""
    rows = counted(parts, at_most=limit + 1)
    return Total(rows=min(rows, limit), at_least=rows > limit)


def _area_columns(model: type[Model]) -> list[str]:
    ended = ENDED_BY.get(model)
    return ["area_m2", *([ended] if ended else [])] if _area_of(model) else []


def _area_that_counts(row: tuple[Any, ...]) -> float:
    _pk, area_m2, *ended = row
    return 0.0 if any(ended) else area_m2 or 0.0


def by_category(model: type[Model], *, actor: ActorLike, filters: Filters) -> list[tuple[str, int]]:
    """Rows of each category, for the chips above a list; empty where the tallies do not cover what is seen."""
    if not actor.region_ranges or not filters.tallied:
        return []
    tallies = _tallies(model, filters.region_id, actor.region_ranges)
    return [(category, rows) for category, (rows, _area) in tallies.items() if rows > 0]


@holds_until_next_act
def _tallied(model: type[Model], filters: Filters, actor: ActorLike) -> Total:
    """The tallies of the actor's regions, and the few rows that other branches bring (abroad, assigned)."""
    tallies = _tallies(model, filters.region_id, actor.region_ranges)
    counted = [tallies.get(filters.category, (0, 0))] if filters.category else tallies.values()
    rows, area_cm2 = sum(n for n, _area in counted), sum(area for _n, area in counted)
    for branch in branches_for(standing(model._default_manager.all()), actor)[len(actor.region_ranges) :]:
        found = filters.apply(branch).aggregate(rows=Count("pk"), **_area_of(model))
        rows += found["rows"]
        area_cm2 += (found.get("area") or 0) * CM2_OF_M2
    return Total(rows=rows, area_m2=area_cm2 / CM2_OF_M2 if _area_of(model) else None)


def _area_of(model: type[Model]) -> dict[str, Sum]:
    """Mines have no area of their own; what has ended no longer counts, or land would count twice."""
    if model is Mine:
        return {}
    ended = ENDED_BY.get(model)
    return {"area": Sum("area_m2", filter=Q(**{ended: None}) if ended else None)}


@holds_until_next_act
def _tallies(
    model: type[Model], region_id: int | None, ranges: tuple[Range, ...]
) -> Mapping[str, tuple[int, int]]:
    """Rows and square centimetres of each category, the most frequent first, of a region inside the ranges."""
    tallies = Tally.objects.filter(_inside(ranges, "region_id"), what=WHAT[model])
    if region_id is not None:
        tallies = tallies.filter(between("region_id", region_range(region_id)))
    counted = tallies.values_list("category").annotate(n=Sum("rows"), area=Sum("area_cm2"))
    return {category: (n, area) for category, n, area in counted.order_by("-n", "category")}


def _inside(ranges: Iterable[Range], path: str) -> Q:
    """Rows of these regions; none where the post has no region."""
    inside = Q(pk__in=[])
    for ids in ranges:
        inside |= between(path, ids)
    return inside


def one(model: type[Model], pk: int, *, actor: ActorLike) -> Any:
    """The mine, site or patch; NotFound for what the actor may not see, as for what does not exist."""
    return seen_one(model._default_manager.select_related(*_SHOWN_WITH[model]), actor, pk=pk, **PATHS[model])


def document(pk: int, *, actor: ActorLike) -> Document:
    """A filed document; NotFound for what the actor may not see."""
    return seen_one(Document.objects.all(), actor, pk=pk, **PATHS[Document])


def all_listed(
    model: type[Model],
    *,
    actor: ActorLike,
    filters: Filters,
    order: Order = LEDGER,
    beside: tuple[str, ...] | None = None,
) -> Iterator[Any]:
    """Everything that the list shows, in its order, with shapes, read some thousand rows at a time."""
    shown = standing(model._default_manager.select_related(*(beside or _SHOWN_WITH[model])))
    after: str | None = ""
    while after is not None:
        branches = branches_found(shown.filter(order.ahead(after=after)), actor, filters)
        found = page(branches, order=order, after=after, rows=AT_ONCE)
        yield from found.rows
        after = found.next_mark


_FILLED_WITH: dict[type[Model], tuple[str, ...]] = {
    **_SHOWN_WITH,
    Patch: ("region", "site__mine", "site__enterprise"),
}


def filled_from(model: type[Model], *, actor: ActorLike, filters: Filters, at_most: int) -> Iterable[Any]:
    """The same rows by region and number, as ledgers are printed, with all that a superior's table may ask for."""
    beside = _FILLED_WITH[model]
    if filters.asked:
        found = islice(all_listed(model, actor=actor, filters=filters, beside=beside), at_most)
        return sorted(found, key=lambda row: (row.region_id, row.key))
    shown = standing(model._default_manager.select_related(*beside))
    rows = visible_to(filters.apply(shown), actor).order_by("region_id", "key")
    return rows[:at_most].iterator(chunk_size=AT_ONCE)


def first_in_ledger(model: type[Model], *, actor: ActorLike, filters: Filters, rows: int) -> list[Any]:
    """The first rows of the list with all that a superior's table may ask for; nobody sorts a province for them."""
    found = [row.pk for row in listed(model, actor=actor, filters=filters, rows=rows).rows]
    return list(model._default_manager.select_related(*_FILLED_WITH[model]).filter(pk__in=found))


def counties_in(actor: ActorLike, *, within: int | None, text: str) -> list[Region]:
    """The counties of the actor's regions, narrowed to a region and to words of their name."""
    found = Region.objects.filter(
        _inside(actor.region_ranges, "id"), level="county", valid_to=None, is_heading=False
    )
    if within is not None:
        found = found.filter(between("id", region_range(within)))
    return list(found.filter(name__contains=text.strip()).defer("geom").order_by("id"))


def tallied_by_county(actor: ActorLike) -> dict[int, dict[str, float]]:
    """The tallies of each county: `site`, `site_area` in m², and `mine:producing` for each category."""
    counted: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(int))
    tallies = Tally.objects.filter(_inside(actor.region_ranges, "region_id"))
    for what, region_id, category, rows, area_cm2 in tallies.values_list(
        "what", "region_id", "category", "rows", "area_cm2"
    ):
        figures = counted[county_of(region_id)]
        figures[what] += rows
        figures[f"{what}:{category}"] += rows
        figures[f"{what}_area"] += area_cm2 / CM2_OF_M2
    return counted


def regions_below(actor: ActorLike) -> tuple[Region, ...]:
    """The cities and counties that the actor's lists can be narrowed to."""
    return _regions_below(actor.region_ranges)


@holds_until_next_act
def _regions_below(ranges: tuple[Range, ...]) -> tuple[Region, ...]:
    below = Region.objects.filter(_inside(ranges, "id"), level__in=("prefecture", "county"), valid_to=None)
    return tuple(below.filter(is_heading=False).defer("geom").order_by("id"))


def miscounted() -> list[str]:
    """Tallies that a recount does not confirm: `site 990101000000 open_pit: 12 instead of 13`."""
    kept = {(t.what, t.region_id, t.category): (t.rows, t.area_cm2) for t in Tally.objects.exclude(rows=0)}
    counted = {key: found for model in WHAT for key, found in _recounted(model)}
    return [
        f"{' '.join(map(str, key))}: {kept.get(key, (0, 0))[0]} instead of {counted.get(key, (0, 0))[0]}"
        for key in sorted(kept.keys() | counted.keys())
        if not _agree(kept.get(key, (0, 0)), counted.get(key, (0, 0)))
    ]


def _recounted(model: type[Model]) -> Iterator[tuple[tuple[str, int, str], tuple[int, float]]]:
    groups = standing(model._default_manager.all()).values_list("region_id", CATEGORY_FIELD[model]).order_by()
    for row in groups.annotate(rows=Count("pk"), **_area_of(model)):
        region_id, category, rows, *area = row
        yield (WHAT[model], region_id, category), (rows, (area[0] or 0) * CM2_OF_M2 if area else 0)


def _agree(kept: tuple[int, float], counted: tuple[int, float]) -> bool:
    """Counts to the row; areas to half a square centimetre for each row, which is what rounding may take."""
    return kept[0] == counted[0] and abs(kept[1] - counted[1]) <= max(1, counted[0])
