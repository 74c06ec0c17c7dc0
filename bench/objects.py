"""Which rows stand on the ground? Mines, their sites, one patch for each site: drawn by lot, written at once.

They are written straight to the tables, as nobody does in the product: here lists, maps and search are measured,
not the acts. A mine has few sites or many: in each county the first has about every tenth.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import ground
import numpy as np
import shapely
from django.db import connection
from django.db.models import Model

from qingshan.demo.chance import Chance
from qingshan.demo.mines import MINERALS
from qingshan.demo.names import valleys
from qingshan.geo.area import areas_m2
from qingshan.geo.blobs import encode, encode_ewkb_hex
from qingshan.geo.cells import cell_of_box
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
    *("geom", "cell", "note", "version"),
)
SITE_COLUMNS = (
    *("id", "key", "name", "region_id", "mine_id", "enterprise_id", "recorded_by_id", "kind", "geom", "cell"),
    *("area_m2", "reported_area_m2", "found_on", "source", "note", "version"),
)
# one patch on the ground of each site; the first statement of its kind that needs no Python for a row
PATCHES_OF_SITES = f"""
INSERT INTO {Patch._meta.db_table} (id, key, site_id, region_id, kind, geom, cell, area_m2, from_on, note, version)
SELECT id, key || '-1', id, region_id, kind_of_patch, geom, cell, area_m2, found_on, '', 1
FROM (SELECT *, CASE WHEN kind = '{SiteKind.WASTE_DUMP.value}' THEN '{PatchKind.DUMP.value}'
                     WHEN kind = '{SiteKind.TAILINGS_POND.value}' THEN '{PatchKind.POND.value}'
                     ELSE '{PatchKind.DISTURBED_LAND.value}' END AS kind_of_patch
      FROM {Site._meta.db_table}) AS sites ORDER BY id"""


def fill(sites: int, *, mines: int = FEW_MINES, patches: bool = False) -> None:
    """The province with so many mines and sites, their tallies, and fresh statistics for the planner."""
    ground.found_province()
    _write(Mine, MINE_COLUMNS, mine_rows(mines))
    _write(Site, SITE_COLUMNS, site_rows(sites))
    if patches:
        with connection.cursor() as cursor:
            cursor.execute(PATCHES_OF_SITES)
    _settle()


# --- mines ------------------------------------------------------------------------------------------------


def mine_rows(mines: int) -> Iterator[list[tuple]]:
    """By county; enterprises run some mines each, every fifth mine belongs to nobody."""
    chance = np.random.default_rng(ground.SEED + 1)
    regions, places = ground.middles(chance, mines)
    order = np.argsort(regions, kind="stable")
    firms = _enterprises(np.unique(regions), max(1, mines // MINES_OF_AN_ENTERPRISE))
    names = mine_names(mines)
    stored, states = _stored(), MineState.values()
    for start in range(0, mines, CHUNK_ROWS):
        part = order[start : start + CHUNK_ROWS]
        points = shapely.points(places[part])
        firm, state = chance.integers(0, 5 * len(firms) // 4, len(part)), chance.integers(0, 4, len(part))
        yield [
            (
                *(pk, f"CSK{pk:07}", name, region_id),
                *(firms[owner] if owner < len(firms) else None, "建筑石料用灰岩", "open_pit", "small"),
                *(states[stands], f"C{region_id // 10**6}2015067130{pk:06}"[:23]),
                *(stored(point), cell_of_box(point.bounds), "", 1),
            )
            for pk, name, region_id, point, owner, stands in zip(
                range(start + 1, start + 1 + len(part)),
                names,
                regions[part].tolist(),
                points,
                firm.tolist(),
                state.tolist(),
                strict=False,
            )
        ]


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
    mines = list(Mine.objects.order_by("id").values_list("id", "enterprise_id", "name"))
    kinds = list(SiteKind)
    stored = _stored()
    region_ids, places = ground.middles(chance, rows)
    owners = _owners(region_ids)
    valley = list(valleys(Chance("bench")))
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
            found.tolist(),
            strict=True,
        )
        yield [
            (
                *(pk, f"CS{pk:08}"),
                (mines[mine][2] if mine >= 0 else valley[pk % len(valley)]) + kinds[kind].zh,
                *(region_id, *(mines[mine][:2] if mine >= 0 else (None, None))),
                *(None, kinds[kind].value, stored(shape), cell_of_box(box), area, area),
                *(date.fromordinal(737_000 + day).isoformat(), "卫星线索", "", 1),
            )
            for pk, region_id, shape, area, box, mine, kind, day in lots
        ]


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


def _stored():
    return encode_ewkb_hex if _is_postgresql() else encode


def _write(model: type[Model], columns: Sequence[str], chunks: Iterable[list[tuple]]) -> None:
    for chunk in chunks:
        (_copy if _is_postgresql() else _insert)(model._meta.db_table, columns, chunk)


def _insert(table: str, columns: Sequence[str], chunk: list[tuple]) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)
    raw.execute("COMMIT")


def _copy(table: str, columns: Sequence[str], chunk: list[tuple]) -> None:
    text = io.StringIO()
    for row in chunk:
        text.write("\t".join("\\N" if value is None else str(value) for value in row) + "\n")
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        copy.write(text.getvalue())


def _settle() -> None:
    """Tallies, the next free numbers, statistics."""
    with connection.cursor() as cursor:
        for model in (Mine, Site, Patch):
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
