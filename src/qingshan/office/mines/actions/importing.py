"""How does a file that was previewed come into the register? One act for each kind of object.

All rows of a file, or those that the preview called good, go in by one transaction: the objects, the
tallies, one trail entry over all of them. Whoever acted on one of the objects since the preview wins; the
import is then refused as a whole and read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from qingshan.exchange import staging
from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.models import Import, Outcome
from qingshan.office.accounts.access import require
from qingshan.office.applying import Made, account_of, held, make_new, write_made, write_over
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.access import (
    CATEGORY_FIELD,
    ENDED_BY,
    IMPORT_FACILITIES,
    IMPORT_LAND_USES,
    IMPORT_MINES,
    IMPORT_PATCHES,
    IMPORT_RIGHTS,
    IMPORT_SITES,
    WHAT,
)
from qingshan.office.mines.actions.likeness import queue_alike
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site, Tally
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.acts import Act
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.office.trail.subjects import SubjectState
from qingshan.rules.identifiers import ABROAD_ID
from qingshan.rules.naming import former_names

CM2_OF_M2 = 10_000
MINE_FIELDS = (
    "name",
    "region_id",
    "enterprise_id",
    "mineral",
    "method",
    "scale",
    "state",
    "licence_no",
    "note",
)
SITE_FIELDS = (
    "name", "region_id", "mine_id", "enterprise_id", "kind", "reported_area_m2", "found_on", "source", "note",
)  # fmt: skip
PATCH_FIELDS = ("site_id", "region_id", "kind", "from_on", "to_on", "note")
RIGHT_FIELDS = (
    "region_id", "mine_id", "enterprise_id", "holder_name", "mineral", "method", "scale", "capacity_t_per_year",
    "reported_area_m2", "top_level_m", "bottom_level_m", "issued_by", "from_on", "to_on", "state", "note",
)  # fmt: skip
LAND_USE_FIELDS = (
    "name", "region_id", "mine_id", "enterprise_id", "purpose", "land_class", "reported_area_m2", "approved_by",
    "from_on", "to_on", "returned_on", "note",
)  # fmt: skip
FACILITY_FIELDS = (
    "name", "kind", "region_id", "mine_id", "enterprise_id", "state", "throughput_t_per_day", "capacity_m3",
    "stock_m3", "height_m", "note",
)  # fmt: skip


FIELDS_OF: dict[type[Model], tuple[str, ...]] = {
    Mine: MINE_FIELDS,
    Site: SITE_FIELDS,
    Patch: PATCH_FIELDS,
    MiningRight: RIGHT_FIELDS,
    LandUse: LAND_USE_FIELDS,
    Facility: FACILITY_FIELDS,
}
"""What the acts write of each model, beside its number and shape."""


def import_mines(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入矿山. Refused: no registry duty, a region outside the post's area, anything changed since the preview."""
    return _import(import_, Mine, MINE_FIELDS, act=IMPORT_MINES, actor=actor, now=now)


def import_sites(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入点位. Refused: no registry duty, a region outside the post's area, anything changed since the preview."""
    return _import(import_, Site, SITE_FIELDS, act=IMPORT_SITES, actor=actor, now=now)


def import_patches(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入图斑. Refused: no registry duty, a region outside the post's area, anything changed since the preview."""
    return _import(import_, Patch, PATCH_FIELDS, act=IMPORT_PATCHES, actor=actor, now=now)


def import_rights(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入采矿权. Refused: no registry duty, a region outside the post's area, anything changed since the preview."""
    return _import(import_, MiningRight, RIGHT_FIELDS, act=IMPORT_RIGHTS, actor=actor, now=now)


def import_land_uses(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入临时用地. Refused: no registry duty, a region outside the area, anything changed since the preview."""
    return _import(import_, LandUse, LAND_USE_FIELDS, act=IMPORT_LAND_USES, actor=actor, now=now)


def import_facilities(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入矿山设施. Refused: no registry duty, a region outside the area, anything changed since the preview."""
    return _import(import_, Facility, FACILITY_FIELDS, act=IMPORT_FACILITIES, actor=actor, now=now)


@fewer_collections()
def _import(
    import_: Import, model: type[Model], fields: Sequence[str], *, act: Act, actor: ActorLike, now: datetime
) -> Entry:
    """What is new is made before the transaction begins: everybody's acts wait for that one."""
    require(actor, act.code)
    reading = staging.reading_of(import_)
    made: list[Made] = []
    for batch in staging.rows(import_, outcomes=(Outcome.CREATED,)):
        inside_area([row.values.get("region_id") for row in batch], actor, act)
        made.append(_make(model, fields, batch, actor))
    return _let_in(import_, model, fields, made, reading=reading, act=act, actor=actor, now=now)


@official_act
def _let_in(
    import_: Import,
    model: type[Model],
    fields: Sequence[str],
    made: Sequence[Made],
    *,
    reading: staging.Reading,
    act: Act,
    actor: ActorLike,
    now: datetime,
) -> Entry:
    require(actor, act.code)
    staging.claim(import_, actor=actor, reading=reading)
    tally = Counter[tuple[int, str, str]]()
    written: list[Model] = []
    subjects: list[Model | SubjectState] = []
    for part in made:
        written += put_in(part, tally)
        subjects += part.subjects
    for batch in staging.rows(import_, outcomes=(Outcome.CHANGED,)):
        inside_area([row.values.get("region_id") for row in batch], actor, act)
        changed = change(model, fields, batch, tally)
        written += changed
        subjects += changed
    count(WHAT[model], tally)
    subjects += queue_alike(written, import_.options)
    entry = record(act=act.code, actor=actor, now=now, subjects=subjects, new=account_of(import_))
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


def inside_area(region_ids: Iterable[int | None], actor: ActorLike, act: Act) -> None:
    """Who applies an import need not be who previewed it."""
    for region_id in {r for r in region_ids if r not in (None, ABROAD_ID)}:
        if not inside(region_id, actor.region_ranges):
            raise NotAllowed.because("office.out_of_area", act=act.title.zh, act_en=act.title.en)


def create(
    model: type[Model],
    fields: Sequence[str],
    rows: Sequence[Any],
    actor: ActorLike,
    tally: Counter[tuple[int, str, str]],
) -> Sequence[Model]:
    """New objects, tallied, inside a transaction that others wait for already."""
    return put_in(_make(model, fields, rows, actor), tally)


def put_in(made: Made, tally: Counter[tuple[int, str, str]]) -> Sequence[Model]:
    """Write new objects and tally them."""
    new = write_made(made)
    add_up(tally, new, +1)
    return new


def _make(model: type[Model], fields: Sequence[str], rows: Sequence[Any], actor: ActorLike) -> Made:
    recorder = {} if model is Patch else {"recorded_by_id": actor.decider.organisation_id}
    return make_new(model, rows, lambda row: {**recorder, **_filled(row, fields), **_shape(model, row)})


def _filled(row: Any, fields: Sequence[str]) -> dict[str, Any]:
    return {name: row.values[name] for name in ("key", *fields) if row.values.get(name) is not None}


def change(
    model: type[Model], fields: Sequence[str], rows: Sequence[Any], tally: Counter[tuple[int, str, str]]
) -> Sequence[Model]:
    """Write the changed fields over what the preview saw, and only over that."""
    before = held(model, rows)
    add_up(tally, before.values(), -1)
    for row in rows:
        _remember_name(before[row.target_id], row.values.get("name"))
    after = write_over(before, rows, lambda row: _said(model, fields, row))
    add_up(tally, after, +1)
    return after


def _remember_name(mine: Any, name: str | None) -> None:
    """A mine that is renamed goes on being found by its former name."""
    if isinstance(mine, Mine) and name and mine.name != name:
        mine.former_names = former_names(mine.former_names, was=mine.name, becomes=name)


def _said(model: type[Model], fields: Sequence[str], row: Any) -> dict[str, Any]:
    return {name: row.values[name] for name in fields if name in row.values} | _shape(model, row)


def _shape(model: type[Model], row: Any) -> dict[str, Any]:
    if row.geom is None:
        return {}
    return {"geom": row.geom} if model is Mine else {"geom": row.geom, "area_m2": row.area_m2}


def add_up(tally: Counter[tuple[int, str, str]], objects: Iterable[Any], sign: int) -> None:
    for each in objects:
        category = getattr(each, CATEGORY_FIELD[type(each)])
        tally[each.region_id, category, "rows"] += sign
        tally[each.region_id, category, "area_cm2"] += sign * area_cm2_of(each)


def area_cm2_of(each: Any) -> int:
    """What a site or patch adds to the tally, in whole square centimetres.

    0 for what has no area, and for what has ended: the successor of a patch counts the same land, and land
    that was handed back is no longer lent.
    """
    ended = type(each) in ENDED_BY and getattr(each, ENDED_BY[type(each)]) is not None
    return 0 if ended else round((getattr(each, "area_m2", None) or 0) * CM2_OF_M2)


def count(what: str, tally: Counter[tuple[int, str, str]]) -> None:
    """Bring the tallies up to date, always in the same order so that two imports cannot block each other."""
    places = sorted({(region_id, category) for region_id, category, _ in tally})
    changes = [(what, *place, tally[*place, "rows"], tally[*place, "area_cm2"]) for place in places]
    with connection.cursor() as cursor:
        cursor.executemany(ADD_TO_TALLY, [change for change in changes if change[-2] or change[-1]])


_TALLIES = Tally._meta.db_table
ADD_TO_TALLY = (
    f"INSERT INTO {_TALLIES} (what, region_id, category, rows, area_cm2) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (what, region_id, category) DO UPDATE"
    f" SET rows = {_TALLIES}.rows + EXCLUDED.rows, area_cm2 = {_TALLIES}.area_cm2 + EXCLUDED.area_cm2"
)
