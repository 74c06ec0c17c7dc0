"""Which available land lies idle, and by which rule is that too long? Where no rule says, days are counted only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import QuerySet

from qingshan.office.regions.ranges import region_range
from qingshan.office.restoration.access import visible_to
from qingshan.office.restoration.models import LandParcel
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.land import LandState
from qingshan.rules.provisions import Rulebook
from qingshan.rules.rulebook import in_force

RULEBOOK, LIMIT = "land-states", "idle_days"
AT_ONCE = 1_000


def book_of(region_id: int, *, on: date) -> Rulebook:
    """The rulebook that may set a limit."""
    return in_force(RULEBOOK, on=on, region=region_of_id(region_id))


def _available(actor: ActorLike, region_id: int | None) -> QuerySet[LandParcel]:
    rows = LandParcel.objects.filter(state=LandState.AVAILABLE.value, area_cm2__gt=0)
    if region_id is not None:
        low, high = region_range(region_id)
        rows = rows.filter(region_id__gte=low, region_id__lte=high)
    return visible_to(rows, actor)


def all_idle(*, actor: ActorLike, region_id: int | None = None) -> Iterator[LandParcel]:
    """Available land, the longest idle first, for a table that leaves."""
    rows = _available(actor, region_id).select_related("mine", "region")
    rows = rows.defer("geom", "mine__geom", "region__geom").order_by("since_on", "id")
    yield from rows.iterator(chunk_size=AT_ONCE)


@dataclass(frozen=True)
class IdleSum:
    """How much available land there is: plots, those over their limit, and since when the longest idle one is."""

    plots: int
    over: int
    is_limited: bool
    """whether any rule there sets a limit"""
    first_on: date | None


def idle_sum(*, actor: ActorLike, on: date) -> IdleSum:
    """Over everything that the actor may see, each plot held against the rule of its region; one query."""

    @cache
    def since(region_id: int) -> date | None:
        book = book_of(region_id, on=on)
        has_limit = book.provision(LIMIT).content is not None
        return on - timedelta(days=book.whole(LIMIT)) if has_limit else None

    told = list(_available(actor, None).order_by().values_list("region_id", "since_on"))
    limits = [(day, since(region_id)) for region_id, day in told]
    return IdleSum(
        plots=len(told),
        over=sum(limit is not None and day < limit for day, limit in limits),
        is_limited=any(limit is not None for _day, limit in limits),
        first_on=min((day for _region_id, day in told), default=None),
    )
