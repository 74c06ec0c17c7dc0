"""What may this actor read of lists of targets and of the sites that stand on them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet, prefetch_related_objects

from qingshan.finding.walk import Found, counted, found_in, whole
from qingshan.finding.words import sought
from qingshan.office.accounts.access import seen_one
from qingshan.office.errors import NotFound
from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import EVERYWHERE, region_range
from qingshan.office.restoration.access import PATHS, branches_for, lists_visible_to
from qingshan.office.restoration.models import (
    ListedSite,
    ListMove,
    TargetList,
)
from qingshan.office.trail.parties import ActorLike

LEDGER = Order(("region_id", "-id"))
COUNTED_TO = 1_000
AT_ONCE = 1_000


def lists_of(actor: ActorLike) -> list[TargetList]:
    """The lists that the actor may see, those of the highest region first."""
    rows = lists_visible_to(actor).select_related("region").defer("region__geom")
    return list(rows.order_by("region_id", "id"))


def one_list(pk: int, *, actor: ActorLike) -> TargetList:
    """A list that the actor may see, or NotFound."""
    found = lists_visible_to(actor).select_related("region").defer("region__geom").filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(TargetList._meta.verbose_name))
    return found


Rows = TypeVar("Rows", bound=Model)


def of_lists(rows: QuerySet[Rows], *, target_list_id: int | None, kind: str = "") -> QuerySet[Rows]:
    """What belongs to one list, or to the lists of one kind; all where neither is named."""
    if target_list_id is not None:
        rows = rows.filter(target_list_id=target_list_id)
    return rows.filter(target_list__kind=kind) if kind else rows


@dataclass(frozen=True)
class ListedFilters:
    """What the sites of lists are narrowed to; empty: everything that stands on a list."""

    target_list_id: int | None = None
    region_id: int | None = None
    view: str = ""
    """"", open, restored, out, all"""
    text: str = ""
    kind: str = ""
    """of the list"""

    def apply(self, rows: QuerySet[ListedSite]) -> QuerySet[ListedSite]:
        """Everything but the words."""
        if self.region_id is not None:
            low, high = region_range(self.region_id)
            rows = rows.filter(region_id__gte=low, region_id__lte=high)
        rows = of_lists(rows, target_list_id=self.target_list_id, kind=self.kind)
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
