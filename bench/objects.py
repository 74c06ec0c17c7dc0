"""Which rows stand on the ground? Mines, their sites, one patch for each site: drawn by lot, written at once.

They are written straight to the tables, as nobody does in the product: here lists, maps and search are measured,
not the acts. A mine has few sites or many: in each county the first has about every tenth.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache

import ground
import numpy as np
import shapely
from django.db import connection
from django.db.models import Model

from qingshan.demo.chance import Chance
from qingshan.demo.mines import MINERALS
from qingshan.demo.names import valleys
from qingshan.finding.fields import BEFORE_PIECES
from qingshan.finding.index import LAST_REGION, ROOM, WordIndex, index_of
from qingshan.finding.words import NUMBER, tokens_of, words_of
from qingshan.geo.area import areas_m2
from qingshan.geo.blobs import encode, encode_ewkb_hex
from qingshan.geo.cells import cell_of_box
from qingshan.geo.index import SpatialIndex, kept
from qingshan.geo.triggers import drop_trigger, install_triggers, present_triggers
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines.access import CATEGORY_FIELD, WHAT
from qingshan.office.mines.models import Mine, Patch, Site, Tally
from qingshan.rules.register import MineState, OrganisationKind, PatchKind, SiteKind

CHUNK_ROWS = 50_000
FEW_MINES = 3_000
MINES_OF_AN_ENTERPRISE = 10
CROWDED = 3.0
"""The higher, the more sites have the first mines of a county."""
MINE_COLUMNS = (
    *("id", "key", "name", "region_id", "enterprise_id", "mineral", "method", "scale", "state", "licence_no"),
    *("geom", "cell", "note", "version", "words"),
)
SITE_COLUMNS = (
    *("id", "key", "name", "region_id", "mine_id", "enterprise_id", "recorded_by_id", "kind", "geom", "cell"),
    *("area_m2", "reported_area_m2", "found_on", "source", "note", "version", "words"),
)
PATCH_COLUMNS = (
    *("id", "key", "site_id", "region_id", "kind", "geom", "cell", "area_m2", "from_on", "note", "version"),
    "words",
)
KIND_OF_PATCH = {
    SiteKind.WASTE_DUMP.value: PatchKind.DUMP.value,
    SiteKind.TAILINGS_POND.value: PatchKind.POND.value,
}


Chunk = tuple[list[tuple], list[list[float]]]
"""Rows, and the box of each: west, south, east, north."""


def fill(sites: int, *, mines: int = FEW_MINES, patches: bool = False) -> None:
    """The province with so many mines and sites, their tallies, and fresh statistics for the planner."""
    ground.found_province()
    with indexed_afterwards(Mine), indexed_afterwards(Site), indexed_afterwards(Patch):
        for chunk, boxes in mine_rows(mines):
            write(Mine, MINE_COLUMNS, chunk, boxes)
        for chunk, boxes in site_rows(sites):
            write(Site, SITE_COLUMNS, chunk, boxes)
            if patches:
                write(Patch, PATCH_COLUMNS, [_patch(row) for row in chunk], boxes)
    settle(Mine, Site, Patch)


# --- mines ------------------------------------------------------------------------------------------------


def mine_rows(mines: int) -> Iterator[Chunk]:
    """By county; enterprises run some mines each, every fifth mine belongs to nobody."""
    chance = np.random.default_rng(ground.SEED + 1)
    regions, places = ground.middles(chance, mines)
    order = np.argsort(regions, kind="stable")
    firms = _enterprises(np.unique(regions), max(1, mines // MINES_OF_AN_ENTERPRISE))
    names = mine_names(mines)
    stored, states = stored_shape(), MineState.values()
    for start in range(0, mines, CHUNK_ROWS):
        part = order[start : start + CHUNK_ROWS]
        points = shapely.points(places[part])
        boxes = shapely.bounds(points).tolist()
        firm, state = chance.integers(0, 5 * len(firms) // 4, len(part)), chance.integers(0, 4, len(part))
        chunk = [
            (
                *(pk, f"CSK{pk:07}", name, region_id),
                *(firms[owner] if owner < len(firms) else None, "建筑石料用灰岩", "open_pit", "small"),
                *(states[stands], licence := f"C{region_id // 10**6}2015067130{pk:06}"),
                *(stored(point), cell_of_box(box), "", 1),
                words_of_row(name, f"CSK{pk:07}", licence),
            )
            for pk, name, region_id, point, box, owner, stands in zip(
                range(start + 1, start + 1 + len(part)),
                names,
                regions[part].tolist(),
                points,
                boxes,
                firm.tolist(),
                state.tolist(),
                strict=False,
            )
        ]
        yield chunk, boxes


def mine_names(mines: int) -> Iterator[str]:
    """老虎沟石灰岩矿 and the like, each valley with many mines."""
    places, chance = list(valleys(Chance("bench"))), np.random.default_rng(ground.SEED + 3)
    endings = [f"{mineral.short}{kind}" for mineral in MINERALS for kind in ("矿", "采石场", "一矿", "二矿")]
    place = chance.integers(0, len(places), mines).tolist()
    ending = chance.integers(0, len(endings), mines).tolist()
    return (places[p] + endings[e] for p, e in zip(place, ending, strict=True))


def _enterprises(regions: np.ndarray, count: int) -> list[int]:
    chance = np.random.default_rng(ground.SEED + 4)
    made = Organisation.objects.bulk_create(
        (
            Organisation(
                kind=OrganisationKind.ENTERPRISE.value,
                name=f"测试矿业{number}有限公司",
                region_id=int(region),
                from_on=ground.SINCE,
            )
            for number, region in enumerate(chance.choice(regions, count))
        ),
        batch_size=1_000,
    )
    return [firm.pk for firm in made]


# --- sites ------------------------------------------------------------------------------------------------


def site_rows(rows: int) -> Iterator[Chunk]:
    """All rows in the order of SITE_COLUMNS, some thousand at a time; every second belongs to a mine of its county."""
    chance = np.random.default_rng(ground.SEED)
    mines = list(Mine.objects.order_by("id").values_list("id", "enterprise_id"))
    kinds = list(SiteKind)
    stored = stored_shape()
    region_ids, places = ground.middles(chance, rows)
    owners, valley = _owners(region_ids), list(valleys(Chance("bench")))
    for start in range(0, rows, CHUNK_ROWS):
        part = slice(start, min(start + CHUNK_ROWS, rows))
        drawn = ground.shapes(chance, places[part])
        areas, boxes = areas_m2(drawn), shapely.bounds(drawn).tolist()
        found = chance.integers(0, 2000, len(drawn))
        lots = zip(
            range(part.start + 1, part.stop + 1),
            region_ids[part].tolist(),
            drawn,
            areas.tolist(),
            boxes,
            owners[part].tolist(),
            chance.integers(0, len(kinds), len(drawn)).tolist(),
            chance.integers(0, len(valley), len(drawn)).tolist(),
            found.tolist(),
            strict=True,
        )
        chunk = [
            (
                *(pk, f"CS{pk:08}", name := valley[place] + kinds[kind].zh, region_id),
                *(mines[mine] if mine >= 0 else (None, None)),
                *(None, kinds[kind].value, stored(shape), cell_of_box(box), area, area),
                *(date.fromordinal(737_000 + day).isoformat(), "卫星线索", "", 1),
                words_of_row(name, f"CS{pk:08}"),
            )
            for pk, region_id, shape, area, box, mine, kind, place, day in lots
        ]
        yield chunk, boxes


def _patch(site: tuple) -> tuple:
    """One patch on the ground of a site, under the same id."""
    held = dict(zip(SITE_COLUMNS, site, strict=True))
    key = f"{held['key']}-1"
    return (
        *(held["id"], key, held["id"], held["region_id"]),
        KIND_OF_PATCH.get(held["kind"], PatchKind.DISTURBED_LAND.value),
        *(held["geom"], held["cell"], held["area_m2"], held["found_on"], "", 1, words_of_row("", key)),
    )


def _owners(region_ids: np.ndarray) -> np.ndarray:
    """The place of each site's mine among all mines, -1 for none; mines of a county stand side by side."""
    chance = np.random.default_rng(ground.SEED + 5)
    of_mines = np.fromiter(Mine.objects.order_by("id").values_list("region_id", flat=True), dtype=np.int64)
    first = np.searchsorted(of_mines, region_ids, side="left")
    count = np.searchsorted(of_mines, region_ids, side="right") - first
    place = first + (count * chance.random(len(region_ids)) ** CROWDED).astype(np.int64)
    return np.where((chance.random(len(region_ids)) < 0.5) & (count > 0), place, -1)


# --- writing ----------------------------------------------------------------------------------------------


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def stored_shape() -> Callable[[shapely.Geometry], str | bytes]:
    """How this database's driver is given a shape."""
    return encode_ewkb_hex if _is_postgresql() else encode


def write(
    model: type[Model], columns: Sequence[str], chunk: Sequence[tuple], boxes: Sequence[Sequence[float]]
) -> None:
    """Rows of one table with their places in the spatial index, as fast as the database takes them."""
    if _is_postgresql():
        _copy(model._meta.db_table, columns, chunk)
        return
    _insert(model._meta.db_table, columns, chunk)
    corners = [
        (row[0], west, east, south, north)
        for row, (west, south, east, north) in zip(chunk, boxes, strict=True)
    ]
    _insert(spatial_index(model).boxes, ("id", "minx", "maxx", "miny", "maxy"), corners)


def spatial_index(model: type[Model]) -> SpatialIndex:
    table = model._meta.db_table
    return next(one for one in kept() if isinstance(one, SpatialIndex) and one.table == table)


def _insert(table: str, columns: Sequence[str], chunk: Sequence[tuple]) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)
    raw.execute("COMMIT")


def _copy(table: str, columns: Sequence[str], chunk: Sequence[tuple]) -> None:
    text = io.StringIO()
    for row in chunk:
        text.write("\t".join("\\N" if value is None else _escaped(value) for value in row) + "\n")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        copy.write(text.getvalue())


def _escaped(value: object) -> str:
    text = str(value)
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") if "\n" in text else text


def settle(*models: type[Model]) -> None:
    """Tallies, the next free numbers, statistics."""
    with connection.cursor() as cursor:
        for model in models:
            _tally(cursor, model)
            if _is_postgresql():
                table = model._meta.db_table
                highest = f"(SELECT coalesce(max(id), 1) FROM {table})"
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest})")
        cursor.execute("VACUUM ANALYZE" if _is_postgresql() else "ANALYZE")
        if not _is_postgresql():
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _tally(cursor, model: type[Model]) -> None:
    whole = "CAST(round((coalesce(area_m2, 0) * 10000)::numeric) AS bigint)"
    if not _is_postgresql():
        whole = "CAST(round(coalesce(area_m2, 0) * 10000) AS integer)"
    area, category = "0" if model is Mine else f"sum({whole})", CATEGORY_FIELD[model]
    cursor.execute(
        f"INSERT INTO {Tally._meta.db_table} (what, region_id, category, rows, area_cm2)"
        f" SELECT '{WHAT[model]}', region_id, {category}, count(*), {area}"
        f" FROM {model._meta.db_table} GROUP BY region_id, {category}"
    )


# --- words ------------------------------------------------------------------------------------------------


@cache
def _said(name: str) -> tuple[str, str]:
    """The lines and pieces of a name; few names are borne by many."""
    lines = words_of((name,), ())
    return lines, tokens_of(lines)


def words_of_row(name: str, *numbers: str) -> str:
    """What the row is found by, as the product would write it."""
    (lines, pieces), numbered = _said(name), words_of((), numbers)
    words = "\n".join(filter(None, [lines, numbered]))
    if not _is_postgresql():
        return words
    return f"{words}{BEFORE_PIECES}{' '.join(filter(None, [pieces, tokens_of(numbered)]))}"


@contextmanager
def indexed_afterwards(model: type[Model]) -> Iterator[None]:
    """Rows come with their words, cells and boxes; the index of words is made from them when all are there."""
    index = index_of(model)
    for table, name in present_triggers(connection):
        if table == index.table:
            drop_trigger(connection, name=name, table=table)
    if _is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f'DROP INDEX "{index.fts}_gin"')
    yield
    if _is_postgresql():
        with connection.cursor() as cursor:
            index.create(cursor, connection)
    else:
        _index_words(index)
    install_triggers(connection)


def _index_words(index: WordIndex) -> None:
    """In the order of its keys, which is the ledger's backwards."""
    raw = connection.connection
    place = f"({LAST_REGION} - region_id) * {ROOM} + id"
    rows = raw.execute(f'SELECT {place}, words FROM "{index.table}" ORDER BY region_id DESC, id')
    raw.execute("BEGIN")
    raw.executemany(
        f'INSERT INTO "{index.fts}" (rowid, pieces) VALUES (?, ?)',
        ((at, _pieces(words)) for at, words in rows),
    )
    raw.execute("COMMIT")


def _pieces(words: str) -> str:
    """The pieces of a row; the name's come from memory."""
    name, newline, numbers = words.partition(f"\n{NUMBER}")
    return f"{_of_name(name)} {tokens_of(NUMBER + numbers)}" if newline else tokens_of(words)


_of_name = cache(tokens_of)
