"""How do two entries of one mine become one, and how is that undone?

The entry that is kept takes over everything that hangs on the other one. The absorbed entry stays readable
under its own number, in no list and no total. What was changed and moved is written down beside the pair, so
that the merger can be undone exactly as long as nothing has happened to any of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db.models import Model, QuerySet

from qingshan.exchange import writing
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.mines.access import MERGE, UNDO_MERGE, WHAT
from qingshan.office.mines.actions.importing import MINE_FIELDS, add_up, count
from qingshan.office.mines.actions.likeness import decidable, decide, queue_alike, record_about
from qingshan.office.mines.followers import FOLLOWERS
from qingshan.office.mines.models import ExternalReference, Likeness, Mine
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.naming import MOST_FORMER_NAMES
from qingshan.rules.register import LikenessState

FACTS = (*MINE_FIELDS, "geom")
"""What may be taken from either of the two."""
MINE_KIND = "mines.mine"


@dataclass(frozen=True)
class Merger:
    """What a person decided: which entry is kept, which facts come from the other, why, and what was seen."""

    kept_id: int
    take: frozenset[str]
    reason: str
    version: int
    """of the pair"""
    mine_versions: Mapping[int, int]


@official_act
def merge_mines(pair: Likeness, merger: Merger, *, actor: ActorLike, now: datetime) -> Mine:
    """合并矿山. Refused: no registry duty, a mine outside the area, no reason, anything changed since it was
    looked at, one of the two merged already.
    """
    kept, absorbed = _both(pair, merger.kept_id)
    decidable(pair, MERGE.code, reason=merger.reason, actor=actor)
    _as_seen((kept, absorbed), merger.mine_versions)
    before: dict[str, Any] = {"kept_id": kept.pk, "kept": _facts(kept), "moved": {}, "references": []}
    tally = Counter[tuple[int, str, str]]()
    add_up(tally, (kept, absorbed), -1)
    firms = {kept.pk: kept.enterprise_id, absorbed.pk: absorbed.enterprise_id}
    _take(kept, absorbed, merger.take)
    add_up(tally, (kept,), +1)
    moved = list(_move(kept, absorbed, firms, before["moved"]))
    references = _move_references(kept, absorbed, before["references"])
    before["after"] = {**_hanging_on(kept), MINE_KIND: {str(m.pk): m.version for m in (kept, absorbed)}}
    decide(pair, LikenessState.MERGED, reason=merger.reason, version=merger.version, before=before)
    count(WHAT[Mine], tally)
    subjects = [*moved, *references, *queue_alike([kept], None)]
    told = {"kept": str(kept), "absorbed": str(absorbed), "reason": pair.decision_note, "moved": len(moved)}
    # a shape stands beside the pair; here it is enough that it was taken
    facts = sorted(merger.take - {"geom"})
    old = {name: before["kept"][name] for name in facts}
    new = {**told, **{name: _fact(kept, name) for name in facts}, "shape_taken": "geom" in merger.take}
    record_about(pair, MERGE.code, subjects, actor=actor, now=now, old=old, new=new)
    return kept


@official_act
def undo_merge(pair: Likeness, *, reason: str, version: int, actor: ActorLike, now: datetime) -> Likeness:
    """撤销合并. Refused: no registry duty, a mine outside the area, no reason, anything that has happened since."""
    before = pair.before
    if pair.state != LikenessState.MERGED or not before:
        raise RegisterRefused.because("mines.not_merged")
    kept, absorbed = _both(pair, before["kept_id"])
    decidable(pair, UNDO_MERGE.code, reason=reason, actor=actor)
    _nothing_since(kept, absorbed, before["after"])
    tally = Counter[tuple[int, str, str]]()
    add_up(tally, (kept,), -1)
    _give_back(kept, absorbed, before)
    add_up(tally, (kept, absorbed), +1)
    moved = list(_move_back(before["moved"]))
    references = _move_references_back(absorbed, before["references"])
    _reopen(pair, reason=reason, version=version)
    count(WHAT[Mine], tally)
    told = {"kept": str(kept), "absorbed": str(absorbed), "reason": reason.strip(), "moved": len(moved)}
    record_about(pair, UNDO_MERGE.code, [*moved, *references], actor=actor, now=now, new=told)
    return pair


def _both(pair: Likeness, kept_id: int) -> tuple[Mine, Mine]:
    """The entry that is kept and the other, locked in the order of their ids."""
    ids = {pair.first_id, pair.second_id}
    if kept_id not in ids:
        raise RegisterRefused.because("mines.not_of_the_pair")
    held = Mine.objects.select_for_update().order_by("pk").in_bulk(sorted(ids))
    pair.first, pair.second = held[pair.first_id], held[pair.second_id]
    [absorbed_id] = ids - {kept_id}
    return held[kept_id], held[absorbed_id]


def _as_seen(mines: Iterable[Mine], versions: Mapping[int, int]) -> None:
    for mine in mines:
        if mine.version != versions.get(mine.pk):
            raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(mine))
        if mine.merged_into_id:
            raise RegisterRefused.because("mines.merged_already", name=str(mine))


# --- the two entries -------------------------------------------------------------------------------------


def _fact(mine: Mine, name: str) -> Any:
    value = getattr(mine, name)
    return shapely.to_wkb(value, hex=True) if name == "geom" and value is not None else value


def _facts(mine: Mine) -> dict[str, Any]:
    return {name: _fact(mine, name) for name in (*FACTS, "former_names")}


def _take(kept: Mine, absorbed: Mine, take: frozenset[str]) -> None:
    if unknown := take - set(FACTS):
        raise ValueError(f"no facts of a mine: {', '.join(sorted(unknown))}")
    names = [*(kept.former_names or ()), *(absorbed.former_names or ()), kept.name, absorbed.name]
    for name in take:
        setattr(kept, name, getattr(absorbed, name))
    others = [name for name in dict.fromkeys(names) if name != kept.name]
    kept.former_names = others[-MOST_FORMER_NAMES:] or None
    absorbed.merged_into = kept
    for mine in (kept, absorbed):
        mine.version += 1
        mine.save()


def _give_back(kept: Mine, absorbed: Mine, before: Mapping[str, Any]) -> None:
    for name, value in before["kept"].items():
        setattr(kept, name, shapely.from_wkb(value) if name == "geom" and value is not None else value)
    absorbed.merged_into = None
    for mine in (kept, absorbed):
        mine.version += 1
        mine.save()


# --- what hangs on them ------------------------------------------------------------------------------------


def _move(
    kept: Mine, absorbed: Mine, firms: Mapping[int, int | None], moved: dict[str, Any]
) -> Iterator[Model]:
    """Everything of the absorbed entry goes to the kept one; what repeats its enterprise or region follows."""
    for follower in FOLLOWERS:
        written = []
        for row in follower.of([kept.pk, absorbed.pk]):
            changes = follower.changes(row, kept=kept, firms=firms)
            if changes:
                moved.setdefault(follower.label, {})[str(row.pk)] = {n: getattr(row, n) for n in changes}
                _set(row, changes)
                written.append(row)
        yield from writing.overwrite(written)


def _move_back(moved: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[Model]:
    for follower in FOLLOWERS:
        old = moved.get(follower.label) or {}
        rows = list(follower.locked().filter(pk__in=[int(pk) for pk in old]))
        for row in rows:
            _set(row, old[str(row.pk)])
        yield from writing.overwrite(rows)


def _set(row: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1


def _references(mine: Mine) -> QuerySet[ExternalReference]:
    held = ExternalReference.objects.filter(kind=MINE_KIND, object_id=mine.pk)
    return held.select_for_update().order_by("pk")


def _move_references(kept: Mine, absorbed: Mine, moved: list[int]) -> list[ExternalReference]:
    """Where another system knows both, its number of the absorbed entry stays there: one of them is its double."""
    known = set(_references(kept).values_list("system", flat=True))
    rows = [row for row in _references(absorbed) if row.system not in known]
    for row in rows:
        row.object_id, row.version = kept.pk, row.version + 1
        row.save()
        moved.append(row.pk)
    return rows


def _move_references_back(absorbed: Mine, moved: list[int]) -> list[ExternalReference]:
    rows = list(ExternalReference.objects.select_for_update().filter(pk__in=moved).order_by("pk"))
    for row in rows:
        row.object_id, row.version = absorbed.pk, row.version + 1
        row.save()
    return rows


def _hanging_on(mine: Mine) -> dict[str, dict[str, int]]:
    """The version of everything that hangs on a mine."""
    found = {
        follower.label: _versions(follower.model._default_manager.filter(**{follower.path: mine.pk}))
        for follower in FOLLOWERS
    }
    return {**found, "references": _versions(_references(mine))}


def _versions(rows: QuerySet[Any]) -> dict[str, int]:
    return {str(pk): version for pk, version in rows.values_list("pk", "version")}


def _nothing_since(kept: Mine, absorbed: Mine, after: Mapping[str, Any]) -> None:
    now = {**_hanging_on(kept), MINE_KIND: {str(mine.pk): mine.version for mine in (kept, absorbed)}}
    differing = sorted(
        {label for label in now.keys() | after.keys() if now.get(label, {}) != after.get(label, {})}
    )
    hanging = any(follower.of([absorbed.pk]).exists() for follower in FOLLOWERS)
    if differing or hanging:
        raise RegisterRefused.because("mines.something_since", name=kept.name)


# --- the pair and the entry ----------------------------------------------------------------------------------


def _reopen(pair: Likeness, *, reason: str, version: int) -> None:
    merged = Likeness.objects.filter(pk=pair.pk, version=version, state=LikenessState.MERGED)
    fresh = {"state": LikenessState.OPEN.value, "before": None, "decision_note": reason.strip()[:500]}
    if merged.update(**fresh, version=version + 1) != 1:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=f"{pair.first}、{pair.second}")
    pair.refresh_from_db()
