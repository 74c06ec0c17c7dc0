"""What would an import do with each row: create, change, leave, or refuse it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known
from qingshan.exchange.models import Outcome
from qingshan.exchange.outlines import OUTLINE
from qingshan.exchange.shapes import canonical, digest_of, same_shapes
from qingshan.exchange.values import Stored
from qingshan.rules.reasons import Reason, Value

SHAPE = "geom"
"""The name of a changed shape among the changes of a row."""
LAYER_CHARACTERS = 80
_BEFORE_ID = ":"


@dataclass(slots=True)
class Verdict:
    """What would happen with one row."""

    draft: Draft
    outcome: Outcome
    target: Known | None = None
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Twin:
    """The first row of the file that names an object."""

    position: int
    sheet: str
    row: int


@dataclass
class Judge:
    """Judges the rows of one file in the order of the file."""

    kind: Kind
    context: Context
    _seen: dict[Key, Twin] = field(default_factory=dict)
    twins: dict[int, list[Reason]] = field(default_factory=dict)
    """Earlier rows, by position, that turned out to have a twin further down."""
    _position: int = 0

    def judge(self, drafts: Sequence[Draft], *, has_shapes: bool) -> list[Verdict]:
        """A verdict for each draft. `has_shapes`: the file has shapes, so that a missing one counts."""
        self._identify(drafts)
        self.kind.resolve(self.context, drafts)
        self._refuse_nameless(drafts, has_shapes=has_shapes)
        self._find_twins(drafts)
        known = self.kind.existing(self.context, [draft for draft in drafts if draft.key])
        verdicts = [self._verdict(draft, known.get(draft.key)) for draft in drafts]
        if has_shapes:
            _compare_shapes(verdicts)
        for verdict in verdicts:
            _settle(verdict)
        self._position += len(drafts)
        return verdicts

    def _identify(self, drafts: Sequence[Draft]) -> None:
        nameless = [draft for draft in drafts if not draft.key and not self._key_from_columns(draft)]
        placed = [
            draft for draft in nameless if draft.geom is not None and _may_go_by_shape(self.kind, draft)
        ]
        blobs = canonical(np.array([draft.geom for draft in placed], dtype=object)) if placed else ()
        for draft, blob in zip(placed, blobs, strict=True):
            draft.key = (f"{draft.sheet[:LAYER_CHARACTERS]}{_BEFORE_ID}{digest_of(blob)}",)

    def _key_from_columns(self, draft: Draft) -> bool:
        values = [draft.values.get(name) for name in self.kind.key]
        if not values or any(value is None for value in values):
            return False
        types = (self.kind.by_name[name].type for name in self.kind.key)
        draft.key = tuple(str(type_.stored(value)) for type_, value in zip(types, values, strict=True))
        return True

    def _refuse_nameless(self, drafts: Sequence[Draft], *, has_shapes: bool) -> None:
        """Where a key cell is faulty or the shape is refused, that has been said already."""
        for draft in drafts:
            if not draft.key and not draft.faults and not self._key_from_columns(draft):
                self._say_nameless(draft, has_shapes=has_shapes)

    def _say_nameless(self, draft: Draft, *, has_shapes: bool) -> None:
        if has_shapes and all(draft.values.get(name) is None for name in self.kind.key):
            draft.refuse("exchange.shape_missing", field=OUTLINE.name)
            return
        empty = [self.kind.by_name[name].zh for name in self.kind.key if draft.values.get(name) is None]
        draft.refuse("exchange.key_missing", field=self.kind.key[0], columns="、".join(empty))

    def _find_twins(self, drafts: Sequence[Draft]) -> None:
        for position, draft in enumerate(drafts, start=self._position):
            if not draft.key:
                continue
            first = self._seen.setdefault(draft.key, Twin(position, draft.sheet, draft.row))
            if first.position != position:
                draft.faults.append(_twin_of(draft.key, draft.sheet, draft.row, first))
                later = Twin(position, draft.sheet, draft.row)
                self.twins.setdefault(first.position, []).append(
                    _twin_of(draft.key, first.sheet, first.row, later)
                )

    def _verdict(self, draft: Draft, known: Known | None) -> Verdict:
        self._require(draft, is_new=known is None)
        if known is None:
            return Verdict(draft, Outcome.CREATED)
        return Verdict(draft, Outcome.UNCHANGED, known, self._changes(draft.values, known.values))

    def _require(self, draft: Draft, *, is_new: bool) -> None:
        faulty = {reason.values.get("field") for reason in draft.faults}
        for column in self.kind.columns:
            if not column.required or draft.values.get(column.name) not in (None, ""):
                continue
            present = column.name in draft.values
            if column.name not in faulty and (present or is_new):
                code = "exchange.missing" if present else "exchange.column_missing"
                draft.refuse(code, field=column.name, column=column.zh)
        if is_new and self.kind.geometry_required and draft.geom is None and OUTLINE.name not in faulty:
            draft.refuse("exchange.shape_missing", field=OUTLINE.name)

    def _changes(self, new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        for name, value in new.items():
            if name in old and not self._same(name, old[name], value):
                changes[name] = [self._stored(name, old[name]), self._stored(name, value)]
        return changes

    def _same(self, name: str, old: Any, new: Any) -> bool:
        column = self.kind.by_name.get(name)
        return column.type.same(old, new) if column else (old or None) == (new or None)

    def _stored(self, name: str, value: Any) -> Stored:
        column = self.kind.by_name.get(name)
        return column.type.stored(value) if column else value


def _may_go_by_shape(kind: Kind, draft: Draft) -> bool:
    """Layer and shape identify a row only where every key cell is empty, not where one could not be read."""
    faulty = {reason.values.get("field") for reason in draft.faults}
    return all(draft.values.get(name) is None and name not in faulty for name in kind.key)


def _twin_of(key: Key, sheet: str, row: int, other: Twin) -> Reason:
    values: dict[str, Value] = {"sheet": sheet, "row": row, "field": "", "column": ""}
    values |= {"other": other.row, "key": " ".join(key)}
    if other.sheet == sheet:
        return Reason("exchange.twin", values)
    return Reason("exchange.twin_elsewhere", {**values, "other_sheet": other.sheet})


def _compare_shapes(verdicts: Sequence[Verdict]) -> None:
    both = [v for v in verdicts if v.target is not None and v.draft.geom is not None]
    if not both:
        return
    old = np.array([v.target.geom if v.target else None for v in both], dtype=object)
    new = np.array([v.draft.geom for v in both], dtype=object)
    for verdict, same in zip(both, same_shapes(old, new) | _lie_within(new, old), strict=True):
        if not same:
            verdict.changes[SHAPE] = True


def _lie_within(points: Any, areas: Any) -> Any:
    """A point inside an outline that is known is no correction of it: tables give the middle of a place."""
    pointed = (shapely.get_type_id(points) == shapely.GeometryType.POINT) & (shapely.area(areas) > 0)
    return pointed & shapely.intersects(points, areas)


def _settle(verdict: Verdict) -> None:
    if verdict.draft.faults:
        verdict.outcome, verdict.changes = Outcome.REFUSED, {}
    elif verdict.changes:
        verdict.outcome = Outcome.CHANGED
