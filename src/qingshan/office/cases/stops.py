"""Which orders to stop are there, and which of their mines may not go on yet?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from qingshan.office.accounts.access import branches, seen_one
from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS
from qingshan.office.cases.access import DRAFT_STOP_ORDER, LIFT_STOP_ORDER, PATHS, is_served, visible_to
from qingshan.office.cases.models import StopOrder, StoppedMine
from qingshan.office.errors import NotFound
from qingshan.office.matters.access import unit_of
from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.dossier.beside import Card
from qingshan.office.mines.dossier.gathering import SHOWN
from qingshan.office.mines.models import Mine
from qingshan.office.paging import PAGE_ROWS, Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.queries import timeline
from qingshan.rules.identifiers import region_of_id

if TYPE_CHECKING:
    from qingshan.office.mines.dossier.gathering import Dossier

NEWEST = Order(("-id",))


@dataclass(frozen=True)
class Listed:
    """An order of the list."""

    order: StopOrder
    mines: int
    standing: int
    """mines for which it was not lifted"""


@dataclass(frozen=True)
class AtMine:
    """An order at a mine, and where it is read; empty for whoever may see no more of it than this mine."""

    stopped: StoppedMine
    path: str


@dataclass(frozen=True)
class OfADossier:
    """The card of a dossier: the orders at a mine, those that stand first."""

    rows: list[AtMine]
    draft_path: str


def listed(actor: ActorLike, *, after: str = "", before: str = "", rows: int = PAGE_ROWS) -> Page:
    """One page of orders, the newest first, each with how many of its mines still stand still."""
    parts = [each.select_related("region").defer("region__geom", "resume_when") for each in _orders(actor)]
    found = page(parts, order=NEWEST, after=after, before=before, rows=rows)
    stopped = StoppedMine.objects.filter(order__in=[each.pk for each in found.rows])
    counted = {
        row["order_id"]: (row["mines"], row["standing"])
        for row in (visible_to(stopped, actor) if is_served(actor) else stopped)
        .values("order_id")
        .annotate(mines=Count("pk"), standing=Count("pk", filter=Q(resumed_on=None)))
        .order_by()
    }
    shown = [Listed(each, *counted.get(each.pk, (0, 0))) for each in found.rows]
    return Page(rows=shown, next_mark=found.next_mark, previous_mark=found.previous_mark)


def _orders(actor: ActorLike) -> tuple[QuerySet[StopOrder], ...]:
    """The orders of the area; for an enterprise those that were issued for a mine of its own."""
    if is_served(actor):
        own = visible_to(StoppedMine.objects.all(), actor)
        return (StopOrder.objects.filter(pk__in=own.order_by().values("order_id")),)
    return branches(StopOrder.objects.all(), actor, **PATHS[StopOrder])


def one_order(pk: int, *, actor: ActorLike) -> StopOrder:
    """One order, or NotFound."""
    for part in _orders(actor):
        if found := part.select_related("region", "organisation").filter(pk=pk).first():
            return found
    raise NotFound.because("office.not_found", what=str(StopOrder._meta.verbose_name))


def mines_of(order: StopOrder, *, actor: ActorLike) -> list[StoppedMine]:
    """Its mines, as they were written; an enterprise reads of its own alone."""
    return list(_seen(StoppedMine.objects.filter(order=order), actor).order_by("pk"))


def told_of(order: StopOrder, mines: Iterable[StoppedMine], *, actor: ActorLike) -> QuerySet[Entry]:
    """What was done about an order, the newest first; for an enterprise, about its own mines."""
    if is_served(actor):
        return timeline("cases.stopped_mine", *(each.pk for each in mines))
    return timeline("cases.stop_order", order.pk)


def one_stopped(order: StopOrder, pk: int, *, actor: ActorLike) -> StoppedMine:
    """One mine of an order, or NotFound."""
    rows = StoppedMine.objects.filter(order=order).select_related(
        "mine__region", "order__organisation", "order__region"
    )
    return seen_one(rows, actor, pk=pk, **PATHS[StoppedMine])


def at_mine(mine_id: int, *, actor: ActorLike) -> list[AtMine]:
    """The orders at a mine that the actor may see, those that stand first, then the newest."""
    if not actor.region_ranges and not is_served(actor):
        return []
    rows = _seen(StoppedMine.objects.filter(mine_id__in=one_mine(mine_id)), actor)
    newest = sorted(rows.order_by("-pk")[:SHOWN], key=lambda each: each.is_lifted)
    return [AtMine(each, _path_of(each.order, actor)) for each in newest]


def _path_of(order: StopOrder, actor: ActorLike) -> str:
    reads_it = is_served(actor) or inside(order.region_id, actor.region_ranges)
    return f"/stops/{order.pk}/" if reads_it else ""


def _seen(rows: QuerySet[StoppedMine], actor: ActorLike) -> QuerySet[StoppedMine]:
    return (
        visible_to(rows, actor)
        .select_related("order", "mine__region")
        .defer("mine__geom", "mine__region__geom")
    )


@dataclass(frozen=True)
class Lifting:
    """How an actor may let the mines of one order go on."""

    leads: bool
    """leads at the level that ordered the stop"""
    records: bool
    """may record what such a leader decided on paper (代录)"""
    ranges: tuple[tuple[int, int], ...]

    def of(self, stopped: StoppedMine) -> bool:
        """Whether the actor may do either for this mine."""
        inside_area = inside(stopped.mine.region_id, self.ranges)
        return inside_area and not stopped.is_lifted and (self.leads or self.records)


def lifting(order: StopOrder, *, actor: ActorLike) -> Lifting:
    """解除停产 is for who ordered the stop: a leader at its level, at once or on paper."""
    unit = unit_of(actor) if LIFT_STOP_ORDER.duty in actor.duties else None
    return Lifting(
        leads=unit is not None and unit.level == order.level,
        records=bool(actor.duties & RECORDS_FOR_OTHERS),
        ranges=actor.region_ranges,
    )


def may_issue(order: StopOrder, *, actor: ActorLike) -> bool:
    """Whether the actor may note the number and day of an order that was a draft so far."""
    return order.decided_on is None and may_stop(order.region_id, actor=actor)


def may_stop(region_id: int, *, actor: ActorLike) -> bool:
    """Whether the duty and the area of the post let the actor draft orders there."""
    return DRAFT_STOP_ORDER.duty in actor.duties and inside(region_id, actor.region_ranges)


def of_a_dossier(dossier: Dossier) -> OfADossier:
    """What a dossier shows; nothing for a site, nor for whoever has no area."""
    if not dossier.is_of_a_mine:
        return OfADossier([], "")
    about, actor = dossier.about, dossier.actor
    path = f"/stops/new/?mine={about.pk}" if may_stop(about.region_id, actor=actor) else ""
    return OfADossier(at_mine(about.pk, actor=actor), path)


def region_of_all(mines: Iterable[Mine]) -> Region:
    """The lowest region in which all of them lie: whose order it is."""
    chains = [[code.id for code in region_of_id(mine.region_id).and_above] for mine in mines]
    shared = next(each for each in chains[0] if all(each in chain for chain in chains))
    return Region.objects.defer("geom").get(pk=shared)


STOPS = Card("cases/stops_of_a_dossier.html", of_a_dossier)
