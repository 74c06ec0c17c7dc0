"""How long do search, lists, map and dossier take in a register of 200,000 mines and a million patches, and for whom?

Through the whole stack as `qingshan serve` runs it, 100 requests a second in an open loop, each kind of page by
itself for a reader of each sort. *Search* asks in turn for a character that stands in most names, two
characters, initials of pinyin, a whole number, and what nobody has. *List* asks for mines and patches: the
first page, a page somewhere, one category, one region. *Tiles* were never asked for before. *Dossier* is asked
for of the twenty mines with the most sites that the reader sees, in turn; while nobody acts the program
remembers what it found for one, as it does for tallies, posts and regions. The peers are the plain pages that
one would write first, without log-in, scope, totals or shell. The search alone is asked of the table of mines,
beside LIKE (on PostgreSQL: ILIKE, and with a trigram index) on the same table in the same order; both must find
the same mines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import quote

import ground
import listing
import numpy as np
from asking import asked_for, cookie_of, milliseconds, most_a_second, one_after_another, signed_in
from django.db import connection
from django.db.models import Count
from measuring import SMALL, Findings, agree, hold, p50, p95, timed_call
from open_loop import server
from plans import plans_of
from tiles import chosen

from qingshan.finding.index import index_of
from qingshan.office.accounts.actors import Actor
from qingshan.office.mines import queries
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.models import Mine, Patch, Site
from qingshan.office.paging import PAGE_ROWS, mark
from qingshan.office.trail.remembering import forget_all

prepare = listing.prepare
PER_SECOND = 20 if SMALL else 100
WARMING_S, WARM_S = (1, 1) if SMALL else (1, 3)
SERVED = 1 if SMALL else 4
WORD_TIMES = 2 if SMALL else 20
PLAIN_SEARCHES = 5 if SMALL else 10
ONE_AT_A_TIME = {"search", "dossier"}
TILE_ZOOMS = {7: 6, 9: 20, 11: 40, 13: 80, 15: 120}
NUMBER = {Mine: re.compile(r"CSK(\d{7})"), Patch: re.compile(r"CS(\d{8})-1")}
"""An object's number, which is its id too."""
PROVINCE = 2
"""Which of the readers sees everything."""
DOSSIERS = 20
NOTHING = "没有这样的矿"


@dataclass(frozen=True)
class Wanted:
    """What a reader sees, and the pages that are asked for in their name."""

    reader: ground.Reader
    actor: Actor
    mines: np.ndarray
    """region and id, in the order of the list"""
    patches: np.ndarray


def measure(findings: Findings) -> None:
    if SMALL:
        _words_are_the_products()
    plain = _plain_pages(findings)
    readers = ground.readers(listing.ROWS)
    for number, reader in enumerate(readers):
        wanted = _wanted(reader)
        findings.notes.append(
            f"{reader.name} sees {len(wanted.mines):,} mines and {len(wanted.patches):,} patches"
        )
        _check(wanted)
        if number < SERVED:
            _pages(findings, wanted, plain)
            _dossiers_anew(findings, wanted)
    whole = _wanted(readers[PROVINCE])
    _words_alone(findings, whole)
    findings.texts += [(f"query plans: {title}", plans_of(work)) for title, work in _pieces(whole).items()]


def _words_are_the_products() -> None:
    """The rows were written past the product; what they are found by must be what it would have written."""
    for model in (Mine, Site, Patch):
        index = index_of(model)
        agree(f"rows of {index.table} with other words", index.wrong(connection), [])
        with connection.cursor() as cursor:
            agree(f"rows that the index of {index.table} lacks", index.strayed(cursor, connection), 0)
        west, south, east, north = model.objects.order_by("-id")[0].geom.bounds
        found = model.objects.filter(geom__bbox=(west, south, east, north))
        hold(f"the spatial index of {index.table} finds its last row", found.order_by("-id").exists())


def _wanted(reader: ground.Reader) -> Wanted:
    actor = reader.actor()
    return Wanted(reader, actor, _seen(Mine, actor), _seen(Patch, actor))


def _seen(model: type, actor: Actor) -> np.ndarray:
    rows = visible_to(model.objects.all(), actor).order_by().values_list("region_id", "id")
    found = np.array(list(rows.iterator()), dtype=np.int64).reshape(-1, 2)
    return found[np.lexsort((-found[:, 1], found[:, 0]))]


# --- pages ------------------------------------------------------------------------------------------------


def paths_of(wanted: Wanted) -> dict[str, Iterator[str]]:
    """The pages of each kind, without end; a kind of which the reader sees nothing is left out."""
    found = {
        "search": cycle([searched(word) for word in words(wanted).values()]),
        "list": _lists(wanted),
    }
    if tiles := _tiles(wanted):
        found["tiles"] = cycle(tiles)
    if largest := _largest(wanted):
        found["dossier"] = cycle([f"/mines/{pk}/" for pk in largest])
    return found


def searched(word: str) -> str:
    return f"/search/?q={quote(word)}"


def words(wanted: Wanted) -> dict[str, str]:
    """By kind, what is typed; the number is of a mine, for those who see none of a patch."""
    rows = wanted.mines if len(wanted.mines) else wanted.patches
    model, pk = (Mine if len(wanted.mines) else Patch), int(rows[len(rows) // 2, 1])
    return {
        "a common character": "矿",
        "two characters": "石灰",
        "initials": "lhg",
        "a whole number": model.objects.values_list("key", flat=True).get(pk=pk),
        "nothing": NOTHING,
    }


def _lists(wanted: Wanted) -> Iterator[str]:
    chance = np.random.default_rng(6)
    while True:
        for name, model, seen in (("mines", Mine, wanted.mines), ("patches", Patch, wanted.patches)):
            if len(seen):
                yield f"/{name}/"
                yield f"/{name}/?after={mark(seen[chance.integers(len(seen))].tolist())}"
                yield f"/{name}/?category={_category(model)}"
                yield f"/{name}/?region={_county(seen, chance)}"


def _category(model: type) -> str:
    """One that every part of the province has."""
    return {Mine: "closed", Patch: "dump"}[model]


def _county(seen: np.ndarray, chance: np.random.Generator) -> int:
    return int(seen[chance.integers(len(seen)), 0])


def _tiles(wanted: Wanted) -> list[str]:
    """Tiles that hold patches of the reader, then mines; each is another one."""
    paths = []
    for name, model, seen in (("patches", Patch, wanted.patches), ("mines", Mine, wanted.mines)):
        few = np.random.default_rng(7).permutation(seen[:, 1])[:20_000].tolist()
        cells = np.array(list(_cells(model, few)), dtype=np.int64)
        for zoom, most in TILE_ZOOMS.items():
            paths += (
                [f"/tiles/{name}/{z}/{x}/{y}.mvt" for z, x, y in chosen(cells, zoom, most)] if few else []
            )
    return [str(path) for path in np.random.default_rng(8).permutation(paths)]


def _cells(model: type, ids: list[int]) -> Iterator[int]:
    for start in range(0, len(ids), 500):
        yield from model.objects.filter(pk__in=ids[start : start + 500]).values_list("cell", flat=True)


def _largest(wanted: Wanted) -> list[int]:
    """The mines with the most sites among the reader's."""
    if not len(wanted.mines):
        return []
    seen = visible_to(Site.objects.filter(mine__isnull=False), wanted.actor)
    counted = seen.order_by().values_list("mine").annotate(n=Count("pk")).order_by("-n", "mine")
    return [pk for pk, _sites in counted[:DOSSIERS]]


def _pages(findings: Findings, wanted: Wanted, plain: dict[str, list[float]]) -> None:
    cookie, who = cookie_of(wanted.reader), wanted.reader.name
    with server() as port:
        for kind, paths in paths_of(wanted).items():
            asked_for(port, paths, cookie=cookie, seconds=WARMING_S, per_second=PER_SECOND // 2)
            answers = asked_for(port, paths, cookie=cookie, seconds=WARM_S, per_second=PER_SECOND)
            times, peer = milliseconds(answers), plain.get(kind)
            findings.add(f"{kind}, {who}, p50", "ms", p50(times), p50(peer) if peer else None)
            findings.add(f"{kind}, {who}, p95", "ms", p95(times), p95(peer) if peer else None)
            if dropped := sum(answer.dropped for answer in answers):
                findings.notes.append(f"{who}, {kind}: {dropped} connections dropped by the server")
            most = most_a_second(port, paths, cookie=cookie, requests=WARM_S * PER_SECOND // 4)
            findings.add(f"{kind}, {who}, at most", "/s", most)


def _dossiers_anew(findings: Findings, wanted: Wanted) -> None:
    """The same dossiers where nothing is remembered of any, inside this process."""
    client, times = signed_in(wanted.reader), []
    for pk in _largest(wanted):
        client.get("/mines/")
        forget_all()
        times.append(1000 * timed_call(lambda pk=pk: client.get(f"/mines/{pk}/"))[1])
    if times:
        findings.add(f"dossier for the first time since an act, {wanted.reader.name}, p50", "ms", p50(times))


def _plain_pages(findings: Findings) -> dict[str, list[float]]:
    """The same questions asked of plain pages."""
    largest = Site.objects.filter(mine__isnull=False).values_list("mine").annotate(n=Count("pk"))
    pk = largest.order_by("-n", "mine")[0][0]
    asked = {
        "search": cycle([searched(word) for word in ("矿", "石灰", "lhg", "CSK0000007", NOTHING)]),
        "list": cycle(["/mines/"]),
        "dossier": cycle([f"/mines/{pk}/"]),
    }
    found = {}
    with server(application="peers.wsgi:application") as port:
        for kind, paths in asked.items():
            if kind in ONE_AT_A_TIME:
                answers = one_after_another(port, paths, requests=PLAIN_SEARCHES)
            else:
                asked_for(port, paths, cookie="", seconds=WARMING_S, per_second=PER_SECOND)
                answers = asked_for(port, paths, cookie="", seconds=WARM_S, per_second=PER_SECOND)
            found[kind] = milliseconds(answers)
    findings.notes.append(
        "plain search and plain dossier read whole tables or thousands of rows: asked one at a time, never at a pace"
    )
    return found


def _check(wanted: Wanted) -> None:
    """What is shown is what the reader sees, in the order of the list; the search for nothing shows nothing."""
    client = signed_in(wanted.reader)
    for name, model, seen in (("mines", Mine, wanted.mines), ("patches", Patch, wanted.patches)):
        for start in (0, len(seen) // 2):
            if start >= len(seen):
                continue
            after = f"?after={mark(seen[start - 1].tolist())}" if start else ""
            shown = _shown(client, f"/{name}/{after}", model)
            agree(
                f"{name} of {wanted.reader.name} from {start}",
                shown,
                seen[start : start + PAGE_ROWS, 1].tolist(),
            )
    typed = words(wanted)
    one = typed["a whole number"]
    hold(f"{wanted.reader.name} finds {one}", one in client.get("/search/", {"q": one}).content.decode())
    agree("mines that are called nothing", _shown(client, searched(NOTHING), Mine), [])


def _shown(client, path: str, model: type) -> list[int]:
    response = client.get(path)
    agree(f"status of {path}", response.status_code, 200)
    return [int(pk) for pk in dict.fromkeys(NUMBER[model].findall(response.content.decode()))]


# --- words alone ------------------------------------------------------------------------------------------


def _words_alone(findings: Findings, whole: Wanted) -> None:
    """The first page of found mines for a reader who sees them all, beside the database's own means."""
    for beside, made_ready in _peers().items():
        with made_ready() as building_s:
            if building_s:
                findings.add("index of names", "s", None, building_s, beside=beside)
            for kind, word in words(whole).items():
                _word_alone(findings, whole.actor, kind, word, beside)


def _word_alone(findings: Findings, actor: Actor, kind: str, word: str, beside: str) -> None:
    ours = [timed_call(lambda: _found(actor, word))[1] * 1000 for _ in range(WORD_TIMES)]
    if kind == "initials":
        findings.add(f"found by {kind}, p95", "ms", p95(ours), None, beside=beside)
        return
    theirs = [timed_call(lambda: _like(word))[1] * 1000 for _ in range(max(2, WORD_TIMES // 2))]
    agree(f"mines found by {word}", _found(actor, word), _like(word))
    findings.add(f"found by {kind}, p50", "ms", p50(ours), p50(theirs), beside=beside)
    findings.add(f"found by {kind}, p95", "ms", p95(ours), p95(theirs), beside=beside)


def _found(actor: Actor, word: str) -> list[int]:
    return [row.pk for row in queries.listed(Mine, actor=actor, filters=Filters(text=word)).rows]


def _like(word: str) -> list[int]:
    """In the order of our list, with the columns of a row of it."""
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, key, name, enterprise_id, mineral, state, licence_no FROM {Mine._meta.db_table}"
            f" WHERE name {like} %s OR key = %s ORDER BY region_id, id DESC LIMIT {PAGE_ROWS}",
            [f"%{word}%", word],
        )
        return [row[0] for row in cursor.fetchall()]


def _peers() -> dict[str, Callable]:
    if connection.vendor != "postgresql":
        return {"LIKE": _as_it_is}
    return {"ILIKE": _as_it_is, "pg_trgm": _with_trigrams}


@contextmanager
def _as_it_is() -> Iterator[float]:
    yield 0.0


@contextmanager
def _with_trigrams() -> Iterator[float]:
    table = Mine._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        index = f"CREATE INDEX bench_trigrams ON {table} USING gin (name gin_trgm_ops, key gin_trgm_ops)"
        _, seconds = timed_call(lambda: cursor.execute(index))
        cursor.execute(f"ANALYZE {table}")
        yield seconds
        cursor.execute("DROP INDEX bench_trigrams")


# --- plans ------------------------------------------------------------------------------------------------


def _pieces(whole: Wanted) -> dict[str, Callable[[], object]]:
    """Pieces of work whose statements are shown with the way that the database takes."""
    somewhere = mark(whole.patches[len(whole.patches) // 2].tolist())
    narrowed = Filters(category=_category(Patch))
    found: dict[str, Callable[[], object]] = {
        f"mines found by {kind}": (lambda word=word: _found(whole.actor, word))
        for kind, word in words(whole).items()
    }
    found["patches somewhere, one category"] = lambda: queries.listed(
        Patch, actor=whole.actor, filters=narrowed, after=somewhere
    )
    return found
