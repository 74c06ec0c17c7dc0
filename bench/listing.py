"""How long does one page of a list of a million sites take, and for whom?

Through the whole stack as `qingshan serve` runs it (granian, two workers of one thread), 100 requests a
second in an open loop, half of them the first page, half a page somewhere in the list. Each page checks the
session, finds post and area, lists fifty rows that this reader may see, sums up rows and areas, and counts
the categories. *Cold*: the database was just started and its files had left memory, the server was just
started. *At most*: as many as there are when the next request is always there. The peer is the plain list:
a Django view that shows the first fifty rows by id, without log-in, scope, totals or shell, served in the
same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat

import databases
import ground
import numpy as np
import objects
from asking import asked_for, cookie_of, milliseconds, most_a_second, signed_in
from django.db import connection
from measuring import SMALL, Findings, agree, p50, p95, percentile, timed_call
from open_loop import Answer, server
from plans import plans_of

from qingshan.office.accounts.actors import Actor
from qingshan.office.mines import queries
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.models import Site
from qingshan.office.paging import PAGE_ROWS, mark

ROWS = 2_000 if SMALL else 1_000_000
PER_SECOND = 20 if SMALL else 100
COLD_S, WARMING_S, WARM_S = (1, 1, 1) if SMALL else (3, 1, 4)
SERVED = 1 if SMALL else 4
"""For so many readers whole pages are asked for; starting the server takes its time."""
QUERY_TIMES = 3 if SMALL else 40
LINK = re.compile(r'href="/sites/(\d+)/"')


def prepare() -> None:
    _, seconds = timed_call(lambda: objects.fill(ROWS, mines=ROWS // 5, patches=True))
    print(f"  {ROWS:,} sites and patches, {ROWS // 5:,} mines filled in within {seconds:.0f} s", flush=True)


def measure(findings: Findings) -> None:
    plain = _plain(findings)
    for number, reader in enumerate(ground.readers(ROWS)):
        seen = _seen(reader)
        findings.notes.append(f"{reader.name} sees {len(seen):,} of {ROWS:,} sites")
        _check_pages(reader, seen)
        if number < SERVED:
            _pages(findings, reader, seen, plain)
        _queries(findings, reader, seen)
        findings.texts.append((f"query plans: {reader.name}", plans(reader.actor(), seen)))
    findings.notes.append(
        "the query alone: what `mines.queries.listed` and the plain list ask, with their rows"
    )


# --- whole pages ------------------------------------------------------------------------------------------


def _pages(
    findings: Findings, reader: ground.Reader, seen: np.ndarray, plain: dict[str, list[float]]
) -> None:
    paths = _paths(seen)
    for state, times in _asked(findings, reader.name, cookie_of(reader), paths).items():
        if state == "most":
            findings.add(f"pages a second at most, {reader.name}", "/s", times[0], plain[state][0])
        else:
            findings.add(f"page, {reader.name}, {state}, p50", "ms", p50(times), p50(plain[state]))
            findings.add(f"page, {reader.name}, {state}, p95", "ms", p95(times), p95(plain[state]))


def _plain(findings: Findings) -> dict[str, list[float]]:
    return _asked(findings, "plain list", "", repeat("/sites/"), application="peers.wsgi:application")


def _asked(
    findings: Findings, who: str, cookie: str, paths: Iterator[str], *, application: str = ""
) -> dict[str, list[float]]:
    """Milliseconds of each page, cold and warm, and how many pages a second there are at most."""
    databases.cool_down()
    found = {}
    with server(application=application) as port:
        for state, seconds in (("cold", COLD_S), ("warming", WARMING_S), ("warm", WARM_S)):
            answers = asked_for(port, paths, cookie=cookie, seconds=seconds, per_second=PER_SECOND)
            found[state] = milliseconds(answers)
            _all_list_something(answers)
            if dropped := sum(answer.dropped for answer in answers):
                findings.notes.append(f"{who}, {state}: {dropped} connections dropped by the server")
        most = most_a_second(port, paths, cookie=cookie, requests=WARM_S * PER_SECOND // 2)
    del found["warming"]
    return {**found, "most": [most]}


def _all_list_something(answers: list[Answer]) -> None:
    empty = [answer.path for answer in answers if not LINK.search(answer.body.decode())]
    agree("pages that list nothing", empty, [])


def _paths(seen: np.ndarray) -> Iterator[str]:
    """The first page and a page somewhere, in turn."""
    chance = np.random.default_rng(3)
    while True:
        yield "/sites/"
        yield f"/sites/?after={_mark(seen[chance.integers(len(seen))], -1)}"


def _check_pages(reader: ground.Reader, seen: np.ndarray) -> None:
    """The rows that are shown are those that a plain look at the tables gives."""
    client = signed_in(reader)
    for start in (0, len(seen) // 3, len(seen) - 7):
        response = client.get(f"/sites/?after={_mark(seen[start - 1])}" if start else "/sites/")
        agree(f"status for {reader.name}", response.status_code, 200)
        shown = [int(pk) for pk in LINK.findall(response.content.decode())]
        agree(f"page of {reader.name} from {start}", shown, seen[start : start + PAGE_ROWS, 1].tolist())


def _mark(row: np.ndarray, step: int = 0) -> str:
    """The mark after a row; one step before it where the page is to begin with it."""
    region_id, pk = row.tolist()
    return mark([region_id, pk - step])


def _seen(reader: ground.Reader) -> np.ndarray:
    """Region and id of all that this reader may see, in the order of the list, without any query of ours."""
    actor, table = reader.actor(), Site._meta.db_table
    with connection.cursor() as cursor:
        if actor.region_ranges:
            ((low, high),) = actor.region_ranges
            cursor.execute(
                f"SELECT region_id, id FROM {table} WHERE region_id BETWEEN %s AND %s", [low, high]
            )
        else:
            asked = "SELECT object_id FROM accounts_assignment WHERE person_id = %s"
            cursor.execute(f"SELECT region_id, id FROM {table} WHERE id IN ({asked})", [actor.person_id])
        return np.array(sorted(cursor.fetchall(), key=lambda row: (row[0], -row[1])))


# --- queries alone ----------------------------------------------------------------------------------------


def _queries(findings: Findings, reader: ground.Reader, seen: np.ndarray) -> None:
    actor, chance = reader.actor(), np.random.default_rng(4)
    marks = ["", *(_mark(row) for row in seen[chance.integers(len(seen), size=QUERY_TIMES)])]
    ours = [1000 * timed_call(lambda after=after: _listed(actor, after))[1] for after in marks]
    plain = [1000 * timed_call(_plain_rows)[1] for _ in marks]
    findings.add(f"query alone, {reader.name}, p50", "ms", p50(ours), p50(plain))
    findings.add(f"query alone, {reader.name}, slowest", "ms", percentile(ours, 1), percentile(plain, 1))


def _listed(actor: Actor, after: str) -> object:
    return queries.listed(Site, actor=actor, filters=Filters(), after=after)


def _plain_rows() -> list[Site]:
    return list(Site.objects.select_related("region", "mine").defer("geom").order_by("id")[:PAGE_ROWS])


def plans(actor: Actor, seen: np.ndarray) -> str:
    """Every statement of a page somewhere in the list, with the way that the database takes."""

    def work() -> None:
        _listed(actor, _mark(seen[len(seen) // 2]))
        queries.total(Site, actor=actor, filters=Filters())
        queries.by_category(Site, actor=actor, filters=Filters())

    return plans_of(work)
