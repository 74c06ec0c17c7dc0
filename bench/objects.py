"""Which rows stand on the ground? Mines, their sites, one patch for each site: drawn by lot, written at once.

They are written straight to the tables, as nobody does in the product: here lists, maps and search are measured,
not the acts. A mine has few sites or many: in each county the first has about every tenth.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from operator import itemgetter

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
from qingshan.finding.words import LATIN, NUMBER, NUMBER_BEGINS, tokens_of, words_of
from qingshan.geo.blobs import HEAD_BYTES, encode_many, encode_many_ewkb_hex, envelopes
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


def fill(sites: int, *, mines: int = FEW_MINES, patches: bool = False) -> None:
    """The province with so many mines and sites, their tallies, and fresh statistics for the planner."""
    ground.found_province()
    with indexed_afterwards(Mine, Site, Patch):
        for chunk in mine_rows(mines):
            write(Mine, MINE_COLUMNS, chunk)
        for chunk in site_rows(sites):
            write(Site, SITE_COLUMNS, chunk)
            if patches:
                write(Patch, PATCH_COLUMNS, [_patch(row) for row in chunk])
    settle(Mine, Site, Patch)


# --- mines ------------------------------------------------------------------------------------------------


def mine_rows(mines: int) -> Iterator[list[tuple]]:
    """By county; enterprises run some mines each, every fifth mine belongs to nobody."""
    chance = np.random.default_rng(ground.SEED + 1)
    regions, places = ground.middles(chance, mines)
    order = np.argsort(regions, kind="stable")
    firms = _enterprises(np.unique(regions), max(1, mines // MINES_OF_AN_ENTERPRISE))
    names = mine_names(mines)
    states = MineState.values()
    for start in range(0, mines, CHUNK_ROWS):
        part = order[start : start + CHUNK_ROWS]
        points = shapely.points(places[part])
        firm, state = chance.integers(0, 5 * len(firms) // 4, len(part)), chance.integers(0, 4, len(part))
        chunk = [
            (
                *(pk, f"CSK{pk:07}", name, region_id),
                *(firms[owner] if owner < len(firms) else None, "建筑石料用灰岩", "open_pit", "small"),
                *(states[stands], licence := f"C{region_id // 10**6}2015067130{pk:06}"),
                *(shape, cell, "", 1),
                words_of_row(name, f"CSK{pk:07}", licence),
            )
            for pk, name, region_id, shape, cell, owner, stands in zip(
                range(start + 1, start + 1 + len(part)),
                names,
                regions[part].tolist(),
                stored_shapes(points),
                cells_of(points),
                firm.tolist(),
                state.tolist(),
                strict=False,
            )
        ]
        yield chunk


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


def site_rows(rows: int) -> Iterator[list[tuple]]:
    """All rows in the order of SITE_COLUMNS, some thousand at a time; every second belongs to a mine of its county."""
    chance = np.random.default_rng(ground.SEED)
    mines = list(Mine.objects.order_by("id").values_list("id", "enterprise_id"))
    kinds = list(SiteKind)
    region_ids, places = ground.middles(chance, rows)
    owners, valley = _owners(region_ids), list(valleys(Chance("bench")))
    for start in range(0, rows, CHUNK_ROWS):
        part = slice(start, min(start + CHUNK_ROWS, rows))
        drawn = ground.shapes(chance, places[part])
        found = chance.integers(0, 2000, len(drawn))
        lots = zip(
            range(part.start + 1, part.stop + 1),
            region_ids[part].tolist(),
            stored_shapes(drawn),
            cells_of(drawn),
            areas_m2(drawn, places[part]).tolist(),
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
                *(None, kinds[kind].value, shape, cell, area, area),
                *(date.fromordinal(737_000 + day).isoformat(), "卫星线索", "", 1),
                words_of_row(name, f"CS{pk:08}"),
            )
            for pk, region_id, shape, cell, area, mine, kind, place, day in lots
        ]
        yield chunk


_AT = {name: place for place, name in enumerate(SITE_COLUMNS)}
_OF_SITE = itemgetter(
    *(_AT[name] for name in ("id", "key", "region_id", "kind", "geom", "cell", "area_m2", "found_on"))
)


def _patch(site: tuple) -> tuple:
    """One patch on the ground of a site, under the same id."""
    pk, key, region_id, kind, shape, cell, area, found_on = _OF_SITE(site)
    key = f"{key}-1"
    return (
        *(pk, key, pk, region_id, KIND_OF_PATCH.get(kind, PatchKind.DISTURBED_LAND.value)),
        *(shape, cell, area, found_on, "", 1, words_of_row("", key)),
    )


def areas_m2(drawn: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Near enough for lists and maps: as on a plane, at the latitude of each."""
    square_m = ground.METRES_PER_DEGREE**2 * np.cos(np.radians(places[:, 1]))
    return np.round(shapely.area(drawn) * square_m, 2)


def cells_of(drawn: np.ndarray) -> list[int | None]:
    return [cell_of_box(tuple(box)) for box in shapely.bounds(drawn).tolist()]


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


def stored_shapes(drawn: np.ndarray) -> list[str | None] | list[bytes | None]:
    """How this database's driver is given shapes."""
    return encode_many_ewkb_hex(drawn) if _is_postgresql() else encode_many(drawn)


def write(model: type[Model], columns: Sequence[str], chunk: Sequence[tuple]) -> None:
    """Rows of one table, as fast as the database takes them."""
    (_copy if _is_postgresql() else _insert)(model._meta.db_table, columns, chunk)


def spatial_index(model: type[Model]) -> SpatialIndex:
    table = model._meta.db_table
    return next(one for one in kept() if isinstance(one, SpatialIndex) and one.table == table)


def _insert(table: str, columns: Sequence[str], chunk: Iterable[tuple]) -> None:
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
    refreshed(*models)


def valley_names() -> Iterator[str]:
    """Names of valleys, always in the same order."""
    return valleys(Chance("bench"))


def refreshed(*models: type[Model]) -> None:
    """The next free numbers and statistics."""
    with connection.cursor() as cursor:
        for model in models:
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
    """What the row is found by, as the product would write it (SMALL compares them)."""
    (lines, pieces), numbered = _said(name), "\n".join([f"{NUMBER}{number.lower()}" for number in numbers])
    words = f"{lines}\n{numbered}" if lines else numbered
    if not _is_postgresql():
        return words
    return (
        f"{words}{BEFORE_PIECES}{pieces} {_of_numbers(numbered)}"
        if pieces
        else (f"{words}{BEFORE_PIECES}{_of_numbers(numbered)}")
    )


def _of_numbers(lines: str) -> str:
    """The pieces of lines of numbers without spaces."""
    pieces: dict[str, None] = {}
    for line in lines.split("\n"):
        number = line[1:]
        begun = (NUMBER_BEGINS + number[:1], NUMBER_BEGINS + number[:2])
        parts = [number[start : start + LATIN] for start in range(len(number) - LATIN + 1)]
        pieces.update(dict.fromkeys((*begun, *parts)))
    return " ".join(pieces)


@contextmanager
def indexed_afterwards(*models: type[Model]) -> Iterator[None]:
    """Rows come with their words and cells; all indexes are made from them when all are there, which is much
    quicker than to keep them row by row. Nobody asks for foreign keys meanwhile: the rows are ours.
    """
    _trust_rows()
    definitions = [one for model in models for one in _taken_away(model)]
    yield
    with connection.cursor() as cursor:
        for definition in definitions:
            cursor.execute(definition)
    if not _is_postgresql():  # which has words and places among its indexes
        for model in models:
            _index_words(index_of(model))
            _index_places(model)
    install_triggers(connection)
    connection.close()  # and the usual care returns


def _trust_rows() -> None:
    with connection.cursor() as cursor:
        if _is_postgresql():
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
        else:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")


def _taken_away(model: type[Model]) -> list[str]:
    """The indexes of a table that are no constraints, as the statements that make them again."""
    table = model._meta.db_table
    for of, name in present_triggers(connection):
        if of == table:
            drop_trigger(connection, name=name, table=table)
    ask = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s"
    if _is_postgresql():
        ask = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    with connection.cursor() as cursor:
        cursor.execute(ask, [table])
        found = dict(cursor.fetchall())
        for name in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return list(found.values())


def _index_places(model: type[Model]) -> None:
    """In the order of the cells: what lies side by side is added one after the other."""
    raw, boxes = connection.connection, spatial_index(model).boxes
    rows = raw.execute(
        f'SELECT id, cell, substr(geom, 1, {HEAD_BYTES}) FROM "{model._meta.db_table}" WHERE geom IS NOT NULL'
    )
    ids, cells, heads = tuple(map(list, zip(*rows, strict=True))) or ([], [], [])
    if not ids:
        return
    order = np.argsort(np.array(cells, dtype=np.int64), kind="stable")
    corners = envelopes(heads)[order][:, [0, 2, 1, 3]].tolist()
    placed = zip(np.array(ids)[order].tolist(), corners, strict=True)
    _insert(boxes, ("id", "minx", "maxx", "miny", "maxy"), ((pk, *corner) for pk, corner in placed))


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
    if words.startswith(NUMBER):
        return _of_numbers(words)
    name, _newline, numbers = words.partition(f"\n{NUMBER}")
    return f"{_of_name(name)} {_of_numbers(NUMBER + numbers)}"


_of_name = cache(tokens_of)
