"""What may this actor read of the register? Every answer starts from `access.visible_to` or its branches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Prefetch, Q, QuerySet, Sum, prefetch_related_objects

from qingshan.office.accounts.access import seen_one
from qingshan.office.mines.access import CATEGORY_FIELD, ENDED_BY, PATHS, WHAT, branches_for, visible_to
from qingshan.office.mines.models import Document, Facility, LandUse, Mine, MiningRight, Patch, Site, Tally
from qingshan.office.paging import PAGE_ROWS, Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import region_range
from qingshan.office.trail.parties import ActorLike

LEDGER = Order(("region_id", "-id"))
"""By region as ledgers are, the newest of each region first: one walk over the index (region, -id)."""
COUNTED_TO = 1000
"""A filter that no tally answers is counted up to here, and said to be more beyond."""
CM2_OF_M2 = 10_000


@dataclass(frozen=True)
class Filters:
    """What a list was narrowed to; empty means not narrowed."""

    region_id: int | None = None
    category: str = ""
    text: str = ""

    def apply(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.region_id is not None:
            queryset = queryset.filter(_between("region_id", region_range(self.region_id)))
        if self.category:
            queryset = queryset.filter(**{CATEGORY_FIELD[queryset.model]: self.category})
        if self.text:
            queryset = queryset.filter(_named(queryset.model, self.text))
        return queryset


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

_ROW_SHOWS: dict[type[Model], tuple[str, tuple[str, ...]]] = {
    Mine: (
        "enterprise",
        ("key", "name", "enterprise__name", "mineral", "method", "scale", "state", "licence_no"),
    ),
    Site: (
        "mine",
        ("key", "name", "kind", "mine__name", "area_m2", "reported_area_m2", "found_on", "source"),
    ),
    Patch: ("site", ("key", "site__key", "site__name", "kind", "area_m2", "from_on", "to_on")),
    MiningRight: (
        "mine",
        (
            "key",
            "holder_name",
            "mine__name",
            "mineral",
            "area_m2",
            "reported_area_m2",
            "from_on",
            "to_on",
            "state",
        ),
    ),
    LandUse: (
        "mine",
        (
            "key",
            "name",
            "mine__name",
            "purpose",
            "area_m2",
            "reported_area_m2",
            "from_on",
            "to_on",
            "returned_on",
        ),
    ),
    Facility: ("mine", ("key", "name", "mine__name", "kind", "state", "area_m2", "capacity_m3", "stock_m3")),
}
"""What stands in a row of a list: the object beside it, and the fields; no shapes."""


def listed(
    model: type[Model],
    *,
    actor: ActorLike,
    filters: Filters,
    after: str = "",
    before: str = "",
    rows: int = PAGE_ROWS,
) -> Page:
    """One page of mines, sites or patches, by region, the newest of each region first, with what a row shows.

    Regions are fetched beside it: joined, they can lead the database to begin with them and sort everything.
    """
    beside, fields = _ROW_SHOWS[model]
    shown = model._default_manager.select_related(beside).only("region", *fields)
    # narrowed first, scoped then: the narrowest bound on the region stands first, see Order.ahead
    narrow = filters.apply(standing(shown.filter(LEDGER.ahead(after=after, before=before))))
    found = page(branches_for(narrow, actor), order=LEDGER, after=after, before=before, rows=rows)
    prefetch_related_objects(found.rows, Prefetch("region", Region.objects.only("name")))
    return found


def standing(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Without mines that were merged into another: they stay readable, but count no more."""
    return queryset.filter(merged_into=None) if queryset.model is Mine else queryset


def total(model: type[Model], *, actor: ActorLike, filters: Filters) -> Total:
    """How many rows the list has in all: from the tallies where they can say it, else counted to a limit."""
    if actor.region_ranges and not filters.text:
        return _tallied(model, filters, actor)
    everything = visible_to(filters.apply(standing(model._default_manager.all())), actor)
    rows = everything.order_by().values("pk")[: COUNTED_TO + 1].count()
    return Total(rows=min(rows, COUNTED_TO), at_least=rows > COUNTED_TO)


def by_category(model: type[Model], *, actor: ActorLike, filters: Filters) -> list[tuple[str, int]]:
    """Rows of each category, for the chips above a list; empty where the tallies do not cover what is seen."""
    if not actor.region_ranges or filters.text:
        return []
    rows = _tallies(model, Filters(region_id=filters.region_id), actor)
    counted = rows.values_list("category").annotate(n=Sum("rows")).filter(n__gt=0).order_by("-n", "category")
    return list(counted)


def _tallied(model: type[Model], filters: Filters, actor: ActorLike) -> Total:
    """The tallies of the actor's regions, and the few rows that other branches bring (abroad, assigned)."""
    sums = _tallies(model, filters, actor).aggregate(rows=Sum("rows"), area=Sum("area_cm2"))
    rows, area_cm2 = sums["rows"] or 0, sums["area"] or 0
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


def _tallies(model: type[Model], filters: Filters, actor: ActorLike) -> QuerySet[Tally]:
    tallies = Tally.objects.filter(_inside(actor, "region_id"), what=WHAT[model])
    if filters.region_id is not None:
        tallies = tallies.filter(_between("region_id", region_range(filters.region_id)))
    return tallies.filter(category=filters.category) if filters.category else tallies


def _inside(actor: ActorLike, path: str) -> Q:
    """Rows of the actor's regions; none where the post has no region."""
    inside = Q(pk__in=[])
    for ids in actor.region_ranges:
        inside |= _between(path, ids)
    return inside


def _between(path: str, ids: tuple[int, int]) -> Q:
    """Django has no `range` on foreign keys."""
    return Q(**{f"{path}__gte": ids[0], f"{path}__lte": ids[1]})


def _named(model: type[Model], text: str) -> Q:
    field = {Patch: None, MiningRight: "holder_name"}.get(model, "name")
    return Q(key=text) | Q(**{f"{field}__contains": text}) if field else Q(key=text)


def one(model: type[Model], pk: int, *, actor: ActorLike) -> Any:
    """The mine, site or patch; NotFound for what the actor may not see, as for what does not exist."""
    return seen_one(model._default_manager.select_related(*_SHOWN_WITH[model]), actor, pk=pk, **PATHS[model])


def document(pk: int, *, actor: ActorLike) -> Document:
    """A filed document; NotFound for what the actor may not see."""
    return seen_one(Document.objects.all(), actor, pk=pk, **PATHS[Document])


def all_listed(model: type[Model], *, actor: ActorLike, filters: Filters) -> Iterator[Any]:
    """Everything that the list shows, with shapes, read some thousand rows at a time."""
    shown = standing(model._default_manager.select_related(*_SHOWN_WITH[model]))
    rows = visible_to(filters.apply(shown), actor)
    return rows.order_by("pk").iterator(chunk_size=2000)


def regions_below(actor: ActorLike) -> list[Region]:
    """The cities and counties that the actor's lists can be narrowed to."""
    below = Region.objects.filter(_inside(actor, "id"), level__in=("prefecture", "county"), valid_to=None)
    return list(below.filter(is_heading=False).defer("geom").order_by("id"))


def find(text: str, *, actor: ActorLike, rows: int = 20) -> list[Mine | Site]:
    """Mines and sites whose number is the text or whose name contains it, the actor's own only."""
    text = text.strip()
    if not text:
        return []
    hits: list[Mine | Site] = []
    for model in (Mine, Site):
        found = listed(model, actor=actor, filters=Filters(text=text), rows=rows)
        hits.extend(found.rows)
    return hits[:rows]


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
