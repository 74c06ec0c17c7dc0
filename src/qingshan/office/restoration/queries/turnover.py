"""How did a list change between two days? What it held before, every move, what it holds after: they add up.

Official figures cut on the day on which something was entered, and so does this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.ranges import region_range
from qingshan.office.restoration.access import branches_for, visible_to
from qingshan.office.restoration.models import ListMove, TargetList, signed_hectares
from qingshan.office.restoration.queries.listed import AT_ONCE
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.restoration import CM2_PER_M2, TargetMove

BY_ENTRY = Order(("id",))


@dataclass(frozen=True)
class Amounts:
    """What a list asks for and what of it is done, or by how much that changed."""

    sites: int = 0
    target_cm2: int = 0
    without_area: int = 0
    done_sites: int = 0
    done_cm2: int = 0

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(*(getattr(self, name) + getattr(other, name) for name in SUMS))

    @property
    def target_m2(self) -> float:
        return self.target_cm2 / CM2_PER_M2

    @property
    def done_m2(self) -> float:
        return self.done_cm2 / CM2_PER_M2

    @property
    def target_ha(self) -> str:
        """Hectares as they stand."""
        return f"{self.target_m2 / M2_PER_HECTARE:,.4f}"

    @property
    def done_ha(self) -> str:
        """Hectares as they stand."""
        return f"{self.done_m2 / M2_PER_HECTARE:,.4f}"

    @property
    def target_change(self) -> str:
        """Hectares with their sign."""
        return signed_hectares(self.target_cm2)

    @property
    def done_change(self) -> str:
        """Hectares with their sign."""
        return signed_hectares(self.done_cm2)


SUMS = ("sites", "target_cm2", "without_area", "done_sites", "done_cm2")


@dataclass(frozen=True)
class Changed:
    """All moves of one kind between the two days."""

    move: TargetMove
    count: int
    amounts: Amounts


@dataclass(frozen=True)
class Turnover:
    """清单变动台账: before the first day, what changed, at the end of the last day."""

    since: date
    until: date
    opening: Amounts
    changed: tuple[Changed, ...]
    closing: Amounts

    @property
    def before(self) -> date:
        """The day at the end of which it stood as the opening says."""
        return self.since - timedelta(days=1)

    @property
    def adds_up(self) -> bool:
        """Whether opening and changes come to the closing, which is summed by itself."""
        return sum((each.amounts for each in self.changed), self.opening) == self.closing


@dataclass(frozen=True)
class Between:
    """Of which list, between which days, both included, and where."""

    target_list: TargetList
    since: date
    until: date
    region_id: int | None = None

    def own(self) -> QuerySet[ListMove]:
        """All moves of the list there, of any day."""
        rows = ListMove.objects.filter(target_list=self.target_list)
        if self.region_id is None:
            return rows
        low, high = region_range(self.region_id)
        return rows.filter(region_id__gte=low, region_id__lte=high)

    def within(self) -> QuerySet[ListMove]:
        """Those between the days."""
        return self.own().filter(recorded_on__gte=self.since, recorded_on__lte=self.until)


def turnover(between: Between, *, actor: ActorLike) -> Turnover:
    """Opening, changes by kind of move, closing, of what the actor may see."""
    own = visible_to(between.own(), actor)
    within = own.filter(recorded_on__gte=between.since, recorded_on__lte=between.until).order_by()
    grouped = {
        move: (count, Amounts(*sums))
        for move, count, *sums in within.values_list("move").annotate(n=Count("pk"), **_sums())
    }
    return Turnover(
        between.since,
        between.until,
        _held(own.filter(recorded_on__lt=between.since)),
        tuple(Changed(move, *grouped.get(move.value, (0, Amounts()))) for move in TargetMove),
        _held(own.filter(recorded_on__lte=between.until)),
    )


def _sums() -> dict[str, Sum]:
    return {f"n_{name}": Sum(name, default=0) for name in SUMS}


def _held(moves: QuerySet[ListMove]) -> Amounts:
    found = moves.order_by().aggregate(**_sums())
    return Amounts(*(found[f"n_{name}"] for name in SUMS))


def moves_between(between: Between, *, actor: ActorLike, after: str = "", before: str = "") -> Page:
    """One page of the moves, in the order in which they were entered."""
    rows = branches_for(_told(between.within()), actor)
    return page(rows, order=BY_ENTRY, after=after, before=before)


def all_moves_between(between: Between, *, actor: ActorLike) -> Iterator[ListMove]:
    """The same without pages, for a table that leaves."""
    rows = visible_to(_told(between.within()), actor)
    yield from rows.order_by("id").iterator(chunk_size=AT_ONCE)


def _told(rows: QuerySet[ListMove]) -> QuerySet[ListMove]:
    return rows.select_related("listed", "region").defer("region__geom", "listed__words")
