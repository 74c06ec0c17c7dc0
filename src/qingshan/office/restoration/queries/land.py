"""What may this actor read of land by state, what lies idle, and of restoring while mining?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum, prefetch_related_objects
from django.utils.translation import get_language

from qingshan.finding.walk import Found, found_in, whole
from qingshan.finding.words import sought
from qingshan.office.accounts.access import seen_one
from qingshan.office.matters.queries import one_mine
from qingshan.office.mines.access import PATHS as OF_THE_REGISTER
from qingshan.office.mines.access import branches_for as mine_branches
from qingshan.office.mines.access import visible_to as register_visible_to
from qingshan.office.mines.models import Mine
from qingshan.office.paging import Order, Page, page
from qingshan.office.regions.queries import put_regions
from qingshan.office.regions.ranges import EVERYWHERE, region_range
from qingshan.office.restoration.access import PATHS, branches_for, visible_to
from qingshan.office.restoration.models import (
    LandMove,
    LandParcel,
)
from qingshan.office.restoration.queries.listed import AT_ONCE, LEDGER
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.identifiers import region_of_id
from qingshan.rules.land import TO_RESTORE, IdleClock, LandAct, LandState, while_mining
from qingshan.rules.rates import Rate
from qingshan.rules.reasons import CHINESE
from qingshan.rules.restoration import CM2_PER_M2
from qingshan.rules.rulebook import in_force


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


def mines_of(actor: ActorLike) -> QuerySet[Mine]:
    """The mines that the actor may see, by name: none that was merged into another."""
    return (
        register_visible_to(Mine.objects.filter(merged_into=None), actor)
        .only("name", "region")
        .order_by("name")
    )


def parcels_of(mine: Mine) -> list[LandParcel]:
    """The plots of a mine that have any area, by state and day."""
    rows = LandParcel.objects.filter(mine_id__in=one_mine(mine.pk), area_cm2__gt=0)
    order = {state.value: place for place, state in enumerate(LandState)}
    return sorted(rows.defer("geom"), key=lambda row: (order[row.state], row.since_on, row.pk))


def one_parcel(pk: int, *, actor: ActorLike) -> LandParcel:
    """A plot that the actor may see, or NotFound."""
    rows = LandParcel.objects.select_related("mine", "region").defer("geom", "region__geom")
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
    that leaves less than nothing; what was corrected, in the years in which it had been entered. Over all years
    disturbed less restored is the land that is still to be restored.
    """
    disturbed, restored = defaultdict[int, int](int), defaultdict[int, int](int)
    entered, done = dict[int, int](), dict[int, int]()
    for move in sorted(moves, key=lambda each: each.pk):
        year, was, is_now = move.occurred_on.year, move.from_state in TO_RESTORE, move.to_state in TO_RESTORE
        since = entered.setdefault(move.into_id, entered.get(move.parcel_id, year))
        until = done.get(move.parcel_id, since)
        if move.act == LandAct.CORRECT:
            change = -move.area_cm2 if move.from_state else move.area_cm2
            disturbed[since] += change
            restored[until] += 0 if was or is_now else change
        elif was and not is_now:
            restored[year] += move.area_cm2
            until = year
        elif is_now and move.act == LandAct.RELAPSE:
            restored[year] -= move.area_cm2
        elif is_now and not was:
            disturbed[year] += move.area_cm2
        done[move.into_id] = until
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
