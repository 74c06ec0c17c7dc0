"""What may this actor read of matters? Ledgers, whose turn it is, stock and flow; all start from what may be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, F, Prefetch, Q, QuerySet, Sum, When, prefetch_related_objects

from qingshan.finding.walk import Found, Range, narrowed, whole
from qingshan.finding.words import sought
from qingshan.office.accounts.access import seen_one
from qingshan.office.accounts.models import Organisation
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.access import PATHS, branches_for, require_step, unit_of
from qingshan.office.matters.found import found_matters
from qingshan.office.matters.kinds import Asked, kind_named
from qingshan.office.matters.models import (
    DeadlineTally,
    Evidence,
    Matter,
    Movement,
    MovementTally,
    StandingTally,
    Step,
)
from qingshan.office.matters.seeding import state_code
from qingshan.office.mines.models import Mine
from qingshan.office.mines.queries import Total, regions_below
from qingshan.office.paging import PAGE_ROWS, Order, Page, page
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import EVERYWHERE, region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.dates import days_left
from qingshan.rules.flow import Transition
from qingshan.rules.stock import Move, StockFlow

LEDGER = Order(("region_id", "-id"))
"""By region as ledgers are, the newest of each region first."""
SOON_DAYS = 15
"""将到期: fewer days than these are left."""
COUNTED_TO = 1000
AT_ONCE = 1000


@dataclass(frozen=True)
class Narrowing:
    """What a ledger is narrowed to; empty means not narrowed."""

    states: tuple[str, ...] = ()
    region_id: int | None = None
    mine_id: int | None = None
    source: str = ""
    text: str = ""
    due_before: date | None = None
    due_from: date | None = None
    turn: bool = False
    """only what waits for the actor"""
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def regions(self) -> Range:
        return region_range(self.region_id) if self.region_id is not None else EVERYWHERE

    def apply(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit, whatever words are looked for."""
        if self.region_id is not None:
            low, high = self.regions
            queryset = queryset.filter(region_id__gte=low, region_id__lte=high)
        if self.states:
            queryset = queryset.filter(state_id__in=self.states)
        if self.due_before or self.due_from:
            queryset = queryset.filter(self._due(), closed_on=None)
        if self.mine_id:
            queryset = queryset.filter(mine_id__in=one_mine(self.mine_id))
        if self.source:
            queryset = queryset.filter(source=self.source)
        return queryset.filter(**dict(self.more))

    def _due(self) -> Q:
        bounds = {"due_on__lt": self.due_before, "due_on__gte": self.due_from}
        return Q(**{name: day for name, day in bounds.items() if day is not None})

    @property
    def tallied(self) -> bool:
        """Can the tallies count what is left?"""
        return not (self.mine_id or self.source or self.text or self.turn or self.more)


def one_mine(mine_id: int) -> list[int]:
    """The entries that are this mine: itself, and what was merged into it."""
    return [mine_id, *Mine.objects.filter(merged_into_id=mine_id).values_list("pk", flat=True)]


def ledger(
    kinds_shown: tuple[str, ...],
    *,
    actor: ActorLike,
    narrowing: Narrowing,
    after: str = "",
    before: str = "",
    rows: int = PAGE_ROWS,
    order: Order = LEDGER,
    beside: Iterable[str] = ("region", "state", "mine", "awaits_organisation"),
) -> Page:
    """One page of the matters of these kinds, one branch for each index and kind.

    beside: what has to be read of each row beyond itself. It is fetched afterwards: joined, it can lead the
    database to begin there and sort everything.
    """
    ahead = Matter.objects.filter(order.ahead(after=after, before=before)).defer(*_HEAVY)
    branches = branches_of(kinds_shown, actor=actor, narrowing=narrowing, rows=ahead)
    found = page(branches, order=order, after=after, before=before, rows=rows)
    _name_regions(found.rows, actor)
    prefetch_related_objects(found.rows, *map(_read_beside, beside))
    return found


def _name_regions(rows: Iterable[Matter], actor: ActorLike) -> None:
    """The regions that are known already, because lists can be narrowed to them, need not be read again."""
    known = {region.pk: region for region in regions_below(actor)}
    for row in rows:
        if row.region_id in known:
            row.region = known[row.region_id]


def _read_beside(name: str) -> Prefetch[Any] | str:
    """How an object beside a matter is read: no more of it than lists show."""
    narrow: dict[str, Prefetch[Any] | str] = {
        "region": Prefetch("region", Region.objects.only("code", "name")),
        "mine": Prefetch("mine", Mine.objects.only("key", "name")),
        "enterprise": Prefetch("enterprise", Organisation.objects.only("uscc", "name")),
        "awaits_organisation": "awaits_organisation__unit",
    }
    return narrow.get(name, name)


_HEAVY = ("geom", "cell", "missing_papers", "words")
"""What no row of a list shows."""


def branches_of(
    kinds_shown: tuple[str, ...],
    *,
    actor: ActorLike,
    narrowing: Narrowing,
    rows: QuerySet[Any] | None = None,
) -> list[Found]:
    """What a ledger is merged from: one branch for each index and kind."""
    rows = Matter.objects.all() if rows is None else rows
    return [
        branch for kind in kinds_shown for branch in _branches(rows, kind, actor=actor, narrowing=narrowing)
    ]


def _branches(rows: QuerySet[Any], kind: str, *, actor: ActorLike, narrowing: Narrowing) -> list[Found]:
    rows, asked = narrowing.apply(rows), sought(narrowing.text)
    if narrowing.turn:
        return [narrowed(branch, asked) for branch in turn_branches(actor, rows.filter(kind=kind))]
    return found_matters(rows, kind, asked, actor=actor, within=narrowing.regions)


@holds_until_next_act
def how_many(kinds_shown: tuple[str, ...], *, actor: ActorLike, narrowing: Narrowing) -> Total:
    """How many rows the ledger has, counted to a limit."""
    return _counted_to(map(whole, branches_of(kinds_shown, actor=actor, narrowing=narrowing)))


def _counted_to(branches: Iterable[QuerySet[Any]]) -> Total:
    found: set[int] = set()
    for branch in branches:
        found.update(branch.order_by().values_list("pk", flat=True)[: COUNTED_TO + 1])
    return Total(min(len(found), COUNTED_TO), at_least=len(found) > COUNTED_TO)


def all_of_ledger(
    kinds_shown: tuple[str, ...], *, actor: ActorLike, narrowing: Narrowing, beside: Iterable[str] = ()
) -> Iterator[Matter]:
    """Every row of the ledger, for an export, in its order."""
    mark = ""
    while True:
        found = ledger(kinds_shown, actor=actor, narrowing=narrowing, after=mark, rows=AT_ONCE, beside=beside)
        yield from found.rows
        if not found.next_mark:
            return
        mark = found.next_mark


def one_matter(pk: int, *, actor: ActorLike) -> Matter:
    """One matter with its parts, or NotFound."""
    rows = Matter.objects.select_related(
        "region", "mine", "site", "enterprise", "state", "parent", "merged_into", "awaits_organisation"
    ).prefetch_related("parties__organisation__unit")
    return seen_one(rows, actor, pk=pk, **PATHS[Matter])


@dataclass(frozen=True)
class Standings:
    """How many matters stand where, in one region and below."""

    by_state: dict[str, int] = field(default_factory=dict)
    overdue: int = 0
    soon: int = 0
    in_time: int = 0
    without_deadline: int = 0

    def in_states(self, states: Iterable[str]) -> int:
        """How many stand in any of these states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def in_stock(self) -> int:
        """存量: everything that has not ended."""
        return self.overdue + self.soon + self.in_time + self.without_deadline


@holds_until_next_act
def standings(
    kinds_shown: tuple[str, ...], *, actor: ActorLike, on: date, region_id: int | None = None
) -> Standings:
    """Counts by state and by deadline. For whoever sees whole regions sums over tallies, else counted row by row."""
    if not actor.region_ranges:
        return _counted(kinds_shown, actor, Narrowing(region_id=region_id), on)
    inside = _inside(actor.region_ranges, region_id)
    states = StandingTally.objects.filter(inside, kind__in=kinds_shown).values_list("state")
    deadlines = DeadlineTally.objects.filter(inside, kind__in=kinds_shown)
    return Standings(
        {state: n for state, n in states.annotate(n=Sum("rows")).order_by() if n},
        **deadlines.aggregate(
            **{name: Sum("rows", default=0, filter=due) for name, due in _when(on).items()}
        ),
    )


def _when(on: date) -> dict[str, Q]:
    """How the tallied deadlines, ISO days, stand on a day."""
    today, soon = on.isoformat(), date.fromordinal(on.toordinal() + SOON_DAYS).isoformat()
    return {
        "overdue": Q(due_on__gt="", due_on__lt=today),
        "soon": Q(due_on__gte=today, due_on__lte=soon),
        "in_time": Q(due_on__gt=soon),
        "without_deadline": Q(due_on=""),
    }


def _inside(ranges: Iterable[tuple[int, int]], region_id: int | None, *, field: str = "region_id") -> Q:
    bounds = region_range(region_id) if region_id is not None else EVERYWHERE
    inside = Q(pk__in=[])
    for low, high in ranges:
        inside |= Q(**{f"{field}__gte": max(low, bounds[0]), f"{field}__lte": min(high, bounds[1])})
    return inside


def _counted(kinds_shown: tuple[str, ...], actor: ActorLike, narrowing: Narrowing, on: date) -> Standings:
    seen: dict[int, tuple[str, date | None, date | None]] = {}
    for kind in kinds_shown:
        for branch in branches_for(narrowing.apply(Matter.objects.filter(kind=kind)), actor):
            rows = branch.order_by().values_list("pk", "state_id", "due_on", "closed_on")
            seen.update((pk, (state, due_on, closed_on)) for pk, state, due_on, closed_on in rows)
    when = Counter(_stands(due_on, on) for _state, due_on, closed_on in seen.values() if closed_on is None)
    return Standings(dict(Counter(state for state, _due_on, _closed_on in seen.values())), **when)


def _stands(due_on: date | None, on: date) -> str:
    if due_on is None:
        return "without_deadline"
    left = days_left(due_on, on=on)
    return "overdue" if left < 0 else "soon" if left <= SOON_DAYS else "in_time"


# -- whose turn it is ------------------------------------------------------------------------------------------


@holds_until_next_act
def turns_of(actor: ActorLike, *, rows: int = PAGE_ROWS) -> list[Matter]:
    """轮到我: what waits for the actor, the most urgent first; each branch walks its own index."""
    waiting: set[tuple[date, int]] = set()
    for branch in turn_branches(actor):
        # SQLite puts what has no deadline first, and would cut off what is overdue
        urgent = branch.order_by(F("due_on").asc(nulls_last=True), "id")
        first = urgent.values_list("due_on", "id")[:rows]
        waiting.update((due_on or date.max, pk) for due_on, pk in first)
    keys = [pk for _due_on, pk in sorted(waiting)[:rows]]
    found = Matter.objects.defer(*_HEAVY).select_related("region", "state", "mine").in_bulk(keys)
    return [found[pk] for pk in keys]


@holds_until_next_act
def how_many_turns(actor: ActorLike) -> int:
    """How many wait for the actor, counted to a limit."""
    return _counted_to(turn_branches(actor)).rows


def turn_branches(actor: ActorLike, rows: QuerySet[Matter] | None = None) -> list[QuerySet[Matter]]:
    """What waits for the actor, one branch for each index."""
    rows = Matter.objects.all() if rows is None else rows
    duties = sorted(actor.duties)
    if not duties:
        return []
    own = rows.filter(
        awaits_organisation_id__in=sorted(actor.organisation_ids), awaits_duty__in=["", *duties]
    )
    unit = unit_of(actor)
    levels = ["", unit.level.value] if unit and unit.level else [""]
    by_duty = [
        rows.filter(
            awaits_organisation=None,
            awaits_duty__in=duties,
            awaits_level__in=levels,
            region_id__gte=low,
            region_id__lte=high,
        )
        for low, high in actor.region_ranges
    ]
    return [*([own] if actor.organisation_ids else []), *by_duty]


# -- stock and flow --------------------------------------------------------------------------------------------


@holds_until_next_act
def stock_flow(
    kind: str, *, actor: ActorLike, from_on: date, to_on: date, region_id: int | None = None
) -> StockFlow:
    """存量与流量 of a period, both days included, by the days on which it was entered."""
    return _flow(_moves(kind, actor, from_on, to_on, region_id), EVERYWHERE)


def stock_flow_by_region(
    kind: str, *, actor: ActorLike, from_on: date, to_on: date, regions: Iterable[Any]
) -> list[tuple[Any, StockFlow]]:
    """The same for each of these regions, from the same two queries."""
    counted = _moves(kind, actor, from_on, to_on, None)
    return [(region, _flow(counted, region_range(region.pk))) for region in regions]


_Stands = tuple[int, int]
"""A region, and how many stand there now."""
_Moved = tuple[int, str, int, int]
"""A region, a move, and how often it came since the period began and within it."""


@holds_until_next_act
def _moves(
    kind: str, actor: ActorLike, from_on: date, to_on: date, region_id: int | None
) -> tuple[tuple[_Stands, ...], tuple[_Moved, ...]]:
    """What a period's stock and flow are added up from: backward from what stands, which reads the days since the
    period began instead of all days there ever were.
    """
    inside = _inside(actor.region_ranges, region_id)
    stands = (
        StandingTally.objects.filter(inside, kind=kind)
        .exclude(state__in=final_states(kind))
        .values_list("region_id")
        .annotate(n=Sum("rows"))
    )
    # by the list of regions, so that each is sought at its first day
    regions = Region.objects.filter(_inside(actor.region_ranges, region_id, field="id"))
    moved = (
        MovementTally.objects.filter(kind=kind, region__in=regions.values("pk"), recorded_on__gte=from_on)
        .values_list("region_id", "move")
        .annotate(since=Sum("rows"), within=Sum("rows", filter=Q(recorded_on__lte=to_on), default=0))
    )
    return tuple(stands.order_by()), tuple(moved.order_by())


def _flow(counted: tuple[tuple[_Stands, ...], tuple[_Moved, ...]], regions: Range) -> StockFlow:
    (low, high), (stands, moved) = regions, counted
    opening, within = sum(n for place, n in stands if low <= place <= high), Counter[Move]()
    for place, move, since, in_period in moved:
        if low <= place <= high:
            opening -= Move(move).sign * since
            within[Move(move)] += in_period
    return StockFlow(opening, dict(within))


def moved(
    kind: str,
    move: Move,
    *,
    actor: ActorLike,
    from_on: date,
    to_on: date,
    region_id: int | None = None,
    after: str = "",
    before: str = "",
) -> Page:
    """The movements behind one number of stock and flow, the newest first."""
    rows = Movement.objects.filter(
        _inside(actor.region_ranges, region_id),
        kind=kind,
        move=move.value,
        recorded_on__gte=from_on,
        recorded_on__lte=to_on,
    ).select_related("matter__region", "matter__state", "step")
    return page([rows], order=NEWEST_FIRST, after=after, before=before)


def stock_on(
    kind: str,
    *,
    actor: ActorLike,
    on: date,
    region_id: int | None = None,
    after: str = "",
    before: str = "",
) -> Page:
    """The matters that stood in the stock at the end of a day, by what had been entered until then."""
    came = Case(When(move__in=[move.value for move in Move if move.sign > 0], then=1), default=-1)
    until = Movement.objects.filter(_inside(actor.region_ranges, region_id), kind=kind, recorded_on__lte=on)
    held = until.values("matter_id").annotate(net=Sum(came)).filter(net__gt=0).order_by()
    rows = Matter.objects.filter(pk__in=held.values("matter_id")).defer(*_HEAVY)
    return page([rows.select_related("region", "state")], order=NEWEST_FIRST, after=after, before=before)


NEWEST_FIRST = Order(("-id",))


def evidence_by_site(matter: Matter) -> dict[int, list[Evidence]]:
    """What was brought to show each of its sites, by site."""
    found: dict[int, list[Evidence]] = {}
    for each in matter.evidence.filter(withdrawn_on=None, site__isnull=False).order_by("id"):
        if each.site_id is not None:
            found.setdefault(each.site_id, []).append(each)
    return found


# -- one matter ------------------------------------------------------------------------------------------------


def steps_of(matter: Matter) -> list[Step]:
    """全过程, the first step first."""
    return list(matter.steps.select_related("to_state", "from_state").order_by("matter_version"))


def acts_for(matter: Matter, actor: ActorLike, lines: Iterable[Transition] | None = None) -> list[Transition]:
    """The lines that this actor may take now, in the order of the table; whether their needs are met is another
    question.
    """
    flow = kind_named(matter.kind).flow
    found = []
    for line in lines if lines is not None else flow.acts_from(matter.state_name):
        try:
            require_step(actor, line, matter)
        except NotAllowed:
            continue
        found.append(line)
    return found


def asked_about(matter: Matter, line: Transition, actor: ActorLike, *, now: Any, on: date) -> Asked:
    """The question whether this act could be done now, before anybody has brought anything to it."""
    return Asked(matter, line, actor, unit_of(actor), now, on)


def final_states(kind: str) -> tuple[str, ...]:
    """Codes of the states in which a kind rests."""
    return tuple(state_code(kind, state) for state in kind_named(kind).flow.final)
