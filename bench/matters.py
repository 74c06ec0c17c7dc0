"""How fast are acts on cases, and how long do the ledger, the workbench and stock and flow take with a million cases?

The act is a whole one that leaves its case where it stands (urging): permission, the needs of the flow table,
compare-and-set, step, tallies, one entry of the chain. Each writer is a process of its own with its own cases.
The peer saves the same row in a transaction with a history row (django-simple-history); it asks nothing and is
not chained. The pages go through the whole stack as `qingshan serve` runs it, 100 requests a second in an open loop,
for a reader of each sort; the peer is the plain list of the same table: the first fifty rows by id, without log-in,
scope, counts or shell. The rows were written straight to the tables, with their words and tallies, without steps
and places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

import acts
import ground
import numpy as np
import objects
from asking import asked_for, cookie_of, milliseconds, most_a_second, signed_in
from django.db import transaction
from django.utils import timezone
from measuring import SMALL, Findings, agree, p50, p95, timed_call
from open_loop import server
from plans import plans_of

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.models import Assignment
from qingshan.office.cases import actions
from qingshan.office.cases.tests.factories import World, a_case, a_world, brought_to
from qingshan.office.matters.access import visible_to
from qingshan.office.matters.actions import Brought
from qingshan.office.matters.checking import astray
from qingshan.office.matters.models import DeadlineTally, Matter, MovementTally, StandingTally
from qingshan.office.matters.queries import Narrowing, ledger, standings, stock_flow, turns_of
from qingshan.office.mines.models import Tally
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.rectification import FLOW, UNDER_WAY, CaseState
from qingshan.rules.register import SiteKind
from qingshan.rules.stock import Move

ROWS = 2_000 if SMALL else 1_000_000
PER_SECOND = 20 if SMALL else 100
WARMING_S, WARM_S = (1, 1) if SMALL else (1, 3)
SERVED = 1 if SMALL else 4
SHOWN = ("rectification", "lasting")
FIRST = date(2024, 1, 1)
COLUMNS = (
    *(
        "id",
        "kind",
        "number",
        "title",
        "region_id",
        "state_id",
        "severity",
        "source",
        "source_number",
        "due_on",
    ),
    *("opened_on", "closed_on", "late_entry", "awaits_duty", "awaits_level", "words", "version"),
)
SHARES = {
    CaseState.CLOSED: 0.5,
    CaseState.RECTIFYING: 0.2,
    CaseState.REGISTERED: 0.05,
    CaseState.VERIFIED: 0.03,
}
"""The other states share the rest."""


def prepare() -> None:
    """The acts on a ground of their own people first, then a million rows."""
    _, seconds = timed_call(fill)
    print(f"  {ROWS:,} cases filled in within {seconds:.0f} s", flush=True)


def measure(findings: Findings) -> None:
    _acts(findings)
    plain = _plain()
    for number, reader in enumerate(_readers()):
        _check(reader)
        if number < SERVED:
            _pages(findings, reader, plain)
        _queries(findings, reader.name, reader.actor())


# --- the million ------------------------------------------------------------------------------------------


def fill() -> None:
    """A province with so many cases, their tallies, and fresh statistics for the planner."""
    ground.found_province()
    with objects.indexed_afterwards(Matter):
        for chunk in _rows():
            objects.write(Matter, COLUMNS, chunk)
    _tally()
    objects.refreshed(Matter)


def _rows() -> Iterator[list[tuple]]:
    chance = np.random.default_rng(ground.SEED + 20)
    regions = np.sort(ground.middles(chance, ROWS)[0])
    states, shares = _states()
    drawn = chance.choice(len(states), ROWS, p=shares)
    opened, due = chance.integers(0, 800, ROWS), chance.integers(30, 500, ROWS)
    places = list(objects.valley_names())
    for start in range(0, ROWS, objects.CHUNK_ROWS):
        part = range(start, min(start + objects.CHUNK_ROWS, ROWS))
        yield [
            _row(
                at,
                int(regions[at]),
                states[drawn[at]],
                int(opened[at]),
                int(due[at]),
                places[at % len(places)],
            )
            for at in part
        ]


def _states() -> tuple[list[CaseState], list[float]]:
    others = [state for state in CaseState if state not in SHARES]
    rest = (1 - sum(SHARES.values())) / len(others)
    return list(CaseState), [SHARES.get(state, rest) for state in CaseState]


def _row(at: int, region: int, state: CaseState, opened: int, due: int, place: str) -> tuple:
    number, title = f"整改-{region // 10**6}-2026-{at:07}", f"{place}采坑未回填"
    opened_on = FIRST + timedelta(days=opened)
    lines = FLOW.steps_from(state)
    ended = state in FLOW.final
    return (
        *(at + 1, "rectification", number, title, region, f"rectification.{state.value}", "ordinary"),
        *("satellite", "", (opened_on + timedelta(days=due)).isoformat(), opened_on.isoformat()),
        *((opened_on + timedelta(days=due // 2)).isoformat() if ended else None, False),
        *("" if ended else str(lines[0].duty or ""), "" if ended else str(lines[0].level or "")),
        *(objects.words_of_row(title, number), 1),
    )


def _tally() -> None:
    """What the acts would have counted."""
    rows = Matter.objects.values_list("region_id", "state_id", "due_on", "opened_on", "closed_on")
    standing: Counter[tuple[int, str]] = Counter()
    due: Counter[tuple[int, date]] = Counter()
    moved: Counter[tuple[int, date, str]] = Counter()
    for region, state, due_on, opened_on, closed_on in rows.iterator(chunk_size=20_000):
        standing[region, state] += 1
        if not closed_on:
            due[region, due_on] += 1
        moved[region, opened_on, Move.OPENED.value] += 1
        if closed_on:
            moved[region, closed_on, Move.CLOSED.value] += 1
    kind = "rectification"
    StandingTally.objects.bulk_create(
        (StandingTally(kind=kind, region_id=r, state=s, rows=n) for (r, s), n in standing.items()),
        batch_size=2_000,
    )
    DeadlineTally.objects.bulk_create(
        (DeadlineTally(kind=kind, region_id=r, due_on=d.isoformat(), rows=n) for (r, d), n in due.items()),
        batch_size=2_000,
    )
    MovementTally.objects.bulk_create(
        (
            MovementTally(kind=kind, region_id=r, recorded_on=d, move=m, rows=n)
            for (r, d, m), n in moved.items()
        ),
        batch_size=2_000,
    )


def _readers() -> list[ground.Reader]:
    """As for the register; the expert was asked to look at some cases."""
    if not Tally.objects.exists():
        counted = Counter(Matter.objects.order_by().values_list("region_id", flat=True))
        Tally.objects.bulk_create(
            Tally(what="site", region_id=region, category=SiteKind.OPEN_PIT.value, rows=n)
            for region, n in counted.items()
        )
    readers = ground.readers(ROWS)
    expert = readers[-1].person
    if not Assignment.objects.filter(person=expert, kind="matters.matter").exists():
        chosen = np.random.default_rng(ground.SEED + 21).choice(ROWS, ground.ASSIGNED, replace=False)
        Assignment.objects.bulk_create(
            Assignment(person=expert, kind="matters.matter", object_id=int(pk) + 1, from_on=ground.SINCE)
            for pk in chosen
        )
    return readers


# --- acts -------------------------------------------------------------------------------------------------


def _acts(findings: Findings) -> None:
    world = a_world()
    keys = [brought_to(world, "assigned", a_case(world)).pk for _ in range(acts.MANY * acts.OWN)]
    peers = _peers(len(keys))
    for writers in (1, acts.MANY):
        ours = acts.written(writers, keys, _urge(world))
        theirs = acts.written(writers, peers, _save)
        what = f"{writers} writer{'s' if writers > 1 else ''}"
        findings.add(f"acts on cases, {what}", "/s", ours.per_second, theirs.per_second)
        findings.add(
            f"one act on a case, {what}, p95", "ms", 1000 * p95(ours.waits), 1000 * p95(theirs.waits)
        )
    if SMALL:
        agree(
            "matters astray after the acts",
            [one for one in astray() if "事项" in one and _own(one, keys)],
            [],
        )


def _own(line: str, keys: list[int]) -> bool:
    """The million has no steps; only the cases that were acted on are looked at."""
    return any(f"事项 {key} " in line for key in keys)


def _urge(world: World) -> acts.Write:
    dispatcher = world.actor("county_dispatcher")

    def urge(key: int, number: int) -> None:
        matter = Matter.objects.prefetch_related("parties").get(pk=key)
        actions.urge(matter, Brought(), text=f"请尽快办理 {number}", actor=dispatcher, now=timezone.now())

    return urge


def _peers(count: int) -> list[int]:
    from peers.models import HistoricCase

    region = ground.county_ids()[0]
    today = timezone.localdate()
    made = [
        HistoricCase.objects.create(
            number=f"P-{n}",
            title="采坑未回填",
            region_id=int(region),
            state="assigned",
            due_on=today,
            opened_on=today,
        )
        for n in range(count)
    ]
    return [one.pk for one in made]


def _save(key: int, number: int) -> None:
    from peers.models import HistoricCase

    case = HistoricCase.objects.select_related("region").get(pk=key)
    case.note = f"请尽快办理 {number}"
    with transaction.atomic():
        case.save()


# --- pages ------------------------------------------------------------------------------------------------


def _paths(actor: Actor) -> dict[str, Iterator[str]]:
    states = [f"rectification.{state.value}" for state in UNDER_WAY[:2]]
    found = {
        "ledger": cycle(["/cases/", f"/cases/?state={states[0]}", "/cases/", f"/cases/?state={states[1]}"]),
        "workbench": cycle(["/"]),
    }
    return {**found, "stock and flow": cycle(["/stock/"])} if actor.region_ranges else found


def _pages(findings: Findings, reader: ground.Reader, plain: list[float]) -> None:
    cookie, who = cookie_of(reader), reader.name
    with server() as port:
        for kind, paths in _paths(reader.actor()).items():
            asked_for(port, paths, cookie=cookie, seconds=WARMING_S, per_second=PER_SECOND // 2)
            times = milliseconds(asked_for(port, paths, cookie=cookie, seconds=WARM_S, per_second=PER_SECOND))
            findings.add(f"{kind}, {who}, p50", "ms", p50(times), p50(plain))
            findings.add(f"{kind}, {who}, p95", "ms", p95(times), p95(plain))
            most = most_a_second(port, paths, cookie=cookie, requests=WARM_S * PER_SECOND // 4)
            findings.add(f"{kind}, {who}, at most", "/s", most)


def _plain() -> list[float]:
    with server(application="peers.wsgi:application") as port:
        paths = cycle(["/cases/"])
        asked_for(port, paths, cookie="", seconds=WARMING_S, per_second=PER_SECOND)
        return milliseconds(asked_for(port, paths, cookie="", seconds=WARM_S, per_second=PER_SECOND))


def _check(reader: ground.Reader) -> None:
    """What is counted is what is there; and every page answers."""
    actor, today = reader.actor(), shanghai_date(timezone.now())
    final = [f"rectification.{state}" for state in FLOW.final]
    seen = visible_to(Matter.objects.filter(kind="rectification"), actor)
    agree(f"in stock for {reader.name}", standings(SHOWN, actor=actor, on=today).in_stock,
          seen.exclude(state_id__in=final).count())  # fmt: skip
    client = signed_in(reader)
    for paths in _paths(actor).values():
        agree(f"status for {reader.name}", client.get(next(paths)).status_code, 200)


def _queries(findings: Findings, who: str, actor: Actor) -> None:
    today = shanghai_date(timezone.now())
    pieces = {
        "ledger": lambda: ledger(SHOWN, actor=actor, narrowing=Narrowing()),
        "counts": lambda: standings(SHOWN, actor=actor, on=today),
        "turns": lambda: turns_of(actor),
        "stock and flow": lambda: stock_flow(
            "rectification", actor=actor, from_on=today - timedelta(days=30), to_on=today
        ),
    }
    for name, work in pieces.items():
        times = [1000 * timed_call(work)[1] for _ in range(2 if SMALL else 10)]
        findings.add(f"queries of {name}, {who}, p50", "ms", p50(times))
        findings.texts.append((f"query plans: {name}, {who}", plans_of(work)))
