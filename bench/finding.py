"""How long does it take to find something among a million sites and 200,000 mines, by which word, for whom?

    DJANGO_SETTINGS_MODULE=qingshan.config.settings QINGSHAN_HOME=… python bench/finding.py [SITES MINES]

Fills an empty database with names as offices give them (one to three places, a kind, often a number), half of
them with a common character, one word only in the last county, and asks for the first page, for a page
somewhere and for the count, as the lists do. With DATABASE_URL the same on PostgreSQL.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from itertools import islice
from typing import Any

import django

django.setup()

import ground  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from qingshan.finding.fields import as_stored  # noqa: E402
from qingshan.finding.words import words_of  # noqa: E402
from qingshan.office.mines import queries  # noqa: E402
from qingshan.office.mines.filters import Filters  # noqa: E402
from qingshan.office.mines.models import Mine, Site  # noqa: E402
from qingshan.office.paging import mark  # noqa: E402

SITES, MINES = map(int, sys.argv[1:3] or (1_000_000, 200_000))
PLACES = [a + b for a in "老青白黑大小上下南北东西石金龙凤马牛" for b in "虎山石沟河湾岭坪寨沱泉坡梁家洼"]
KINDS = ("采石场", "铁矿", "采坑", "排土场", "砂石料场", "石灰岩矿", "废弃采场", "尾矿库")
WORDS = ("矿", "石", "老", "虎沟", "石山", "山石", "老虎沟", "老虎沟铁矿", "天涯", "lhg", "hg", "laohugou", "9999",
         "D-00012", "D-0001234", "l", "没有")  # fmt: skip
TIMES = 7


def main() -> None:
    call_command("migrate", verbosity=0)
    if not Site.objects.exists():
        fill()
    for reader in readers():
        measure(reader)


def fill() -> None:
    ground.found_province()
    Mine.objects.all().delete()
    counties = [int(pk) for pk in ground.county_ids()]
    for model, rows in ((Mine, MINES), (Site, SITES)):
        start = time.perf_counter()
        _insert(model, rows, counties)
        print(
            f"{connection.vendor}: {rows:,} of {model.__name__} in {time.perf_counter() - start:.0f} s",
            flush=True,
        )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


def _insert(model: Any, rows: int, counties: list[int]) -> None:
    chance = random.Random(model.__name__)
    table = model._meta.db_table
    columns = ["key", "name", "region_id", "note", "version", "words"]
    columns += ["mineral", "method", "scale", "state", "licence_no"] if model is Mine else ["kind", "source"]
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
    made = (_row(model, number, chance, counties) for number in range(rows))
    with connection.cursor() as cursor:
        while part := list(islice(made, 20_000)):
            cursor.executemany(sql, part)


def _row(model: Any, number: int, chance: random.Random, counties: list[int]) -> list[Any]:
    region = counties[int(len(counties) * chance.random() ** 1.3)]
    name = "".join(chance.choices(PLACES, k=chance.choice((1, 1, 2)))) + chance.choice(KINDS)
    name += f"{chance.randint(1, 40)}号" if chance.random() < 0.3 else ""
    name = f"天涯{name}" if region == counties[-1] else name
    key = f"D-{number:07d}"
    licence = f"C15{number:020d}" if model is Mine else ""
    words = as_stored(words_of((name,), (key, licence) if model is Mine else (key,)), connection)
    rest = ["", "", "", "", licence] if model is Mine else ["", ""]
    return [key, name, region, "", 1, words, *rest]


def readers() -> list[ground.Reader]:
    from qingshan.office.accounts.models import Person
    from qingshan.office.mines.models import Tally

    if not Tally.objects.exists():
        Tally.objects.bulk_create(
            Tally(what="site", region_id=int(pk), category="open_pit", rows=n)
            for n, pk in enumerate(ground.county_ids())
        )
    known = {person.login_name: person for person in Person.objects.filter(login_name__startswith="bench-")}
    names = ("县 county", "市 city", "省 province", "专家 expert")
    if known:
        return [ground.Reader(name, known[f"bench-{n}"]) for n, name in enumerate(names)]
    return ground.readers(SITES)


def measure(reader: ground.Reader) -> None:
    for model in (Mine, Site):
        for word in WORDS:
            asked = _ask(reader, model, word)
            print(f"{connection.vendor} {reader.name} {model.__name__} {word}: {asked}", flush=True)


def _ask(reader: ground.Reader, model: Any, word: str) -> str:
    asked = {"actor": reader.actor(), "filters": Filters(text=word)}
    middle = mark([int(ground.county_ids()[60]), 10])
    first, page = _timed(lambda: queries.listed(model, **asked))
    later, _page = _timed(lambda: queries.listed(model, **asked, after=middle))
    count, total = _timed(lambda: queries.total(model, **asked))
    times = f"first page {first:.1f} ms, somewhere {later:.1f} ms, count {count:.1f} ms"
    return f"{times} ({len(page.rows)} shown, {total.rows} counted)"


def _timed(asked: Any) -> tuple[float, Any]:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        found = asked()
        times.append(1000 * (time.perf_counter() - start))
        if times[-1] > 2000:
            break
    return statistics.median(times), found


if __name__ == "__main__":
    main()
