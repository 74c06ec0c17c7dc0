"""Which kinds of things can be imported and exported? Apps declare them at start; nobody else adds any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from shapely.geometry.base import BaseGeometry

from qingshan.exchange.columns import Column
from qingshan.exchange.errors import Undeclared
from qingshan.rules.reasons import Reason, Sentence, Value

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Context:
    """For whom and from which file rows are read; handed to a kind's `resolve` and `existing`."""

    actor: Any
    """The ActorLike who imports: what he may not see does not exist for him."""
    import_id: int
    file_name: str
    options: Mapping[str, Any] = field(default_factory=dict)

    only_versions: bool = False
    """`existing` is asked whether anything moved: drafts have keys only, and answers need no values and shapes."""

    only_checked: bool = False
    """The rows are looked at for whoever asks; nobody means to register them now."""

    @property
    def said(self) -> Mapping[str, Any]:
        """What was said once for the whole file, by column name, as it was written: see `Kind.said_once`."""
        return self.options.get("said") or {}

    @property
    def allow_abroad(self) -> bool:
        return bool(self.options.get("allow_abroad"))


@dataclass(slots=True)
class Draft:
    """One row on its way in. `resolve` may set values, the key and faults."""

    sheet: str
    """Sheet or layer."""
    row: int
    """Row number as the person sees it; for vector files the number of the feature."""
    values: dict[str, Any]
    """By column name; only columns that the file has, and what `resolve` adds (plain JSON values)."""
    geom: BaseGeometry | None = None
    """Longitude and latitude, EPSG:4490."""
    area_m2: float | None = None
    """Ellipsoidal area of `geom`."""
    refused_geom: BaseGeometry | None = None
    """A shape in longitude and latitude that cannot be kept, for the workbook of refused rows."""
    key: Key = ()
    """What identifies the object; empty while nothing does."""
    faults: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    """Warnings that do not refuse the row."""

    def refuse(self, code: str, *, field: str = "", column: str = "", **values: Value) -> None:
        """Refuse the row. `field` is the name of the column whose cell gets marked."""
        where: dict[str, Value] = {"sheet": self.sheet, "row": self.row, "field": field, "column": column}
        self.faults.append(Reason(code, {**where, **values}))

    def remark(self, code: str, *, field: str = "", column: str = "", **values: Value) -> None:
        """Say something about the row without refusing it."""
        where: dict[str, Value] = {"sheet": self.sheet, "row": self.row, "field": field, "column": column}
        self.notes.append(Reason(code, {**where, **values}))


@dataclass(frozen=True, slots=True)
class Known:
    """An object that exists already, as far as an import can change it."""

    id: int
    version: int
    values: Mapping[str, Any]
    """By the names used in `Draft.values`; names missing here are not compared."""
    geom: BaseGeometry | None = None


Resolve: TypeAlias = Callable[[Context, Sequence[Draft]], None]
Existing: TypeAlias = Callable[[Context, Sequence[Draft]], Mapping[Key, Known]]


def _leave(context: Context, drafts: Sequence[Draft]) -> None:
    """Nothing to look up."""


def nothing_known(context: Context, drafts: Sequence[Draft]) -> Mapping[Key, Known]:
    """`existing` of a table that only leaves, or whose rows are written by whoever reads it: none is compared."""
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of file: its columns, what identifies a row, and the app's functions behind it."""

    code: str
    title: Sentence
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that identify an object. Where all are empty and the kind has shapes: layer and shape."""
    existing: Existing
    """Objects behind these drafts, by key; called with some thousand drafts at a time."""
    known_by: tuple[str, ...] = ()
    """Further columns by which people tell objects apart in lists of corners, where the key is not given."""
    names_itself: bool = False
    """`resolve` finds a key for rows that bring none: their file may lack the key columns."""
    said_once: tuple[str, ...] = ()
    """Columns that may be said once for the whole file when it is brought; a row that says them itself is right."""
    geometry: str | None = None
    """"polygon", "point", "any" or None."""
    geometry_required: bool = False
    """A new object needs a shape."""
    resolve: Resolve = _leave
    """Look up what cells refer to, for some thousand drafts at a time; may set values, keys and faults."""
    words: Callable[[Mapping[str, Any]], str] | None = None
    """What a new object with these values is found by, worked out at the preview for whoever writes it."""
    becomes: Callable[[Mapping[str, Any]], Sentence | None] | None = None
    """In which state a row with these values will stand, for the preview; None where nothing is known of it."""
    apply: Callable[..., Any] | None = None
    """The app's act: `apply(import_, *, actor, now)`."""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names) or not set(self.key) <= set(names):
            raise ValueError(f"kind {self.code!r}: a column twice, or a key that is no column")
        if not set(self.said_once) <= set(names):
            raise ValueError(f"kind {self.code!r}: said once is what is no column")
        if self.geometry not in {None, "polygon", "point", "any"}:
            raise ValueError(f"kind {self.code!r}: unknown geometry {self.geometry!r}")

    @property
    def names(self) -> frozenset[str]:
        """What it is called in either language: so are its sheets and layers."""
        return frozenset({self.title.zh, self.title.en})

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}


_KINDS: dict[str, Kind] = {}


def declare_kind(kind: Kind) -> Kind:
    """Add a kind. The same code twice is a mistake and raises ValueError."""
    if _KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"kind {kind.code!r} is declared twice")
    return kind


def withdraw_kind(kind: Kind) -> None:
    """Take a kind back: for those that exist only in tests."""
    _KINDS.pop(kind.code, None)


def kind(code: str) -> Kind:
    """The kind of this code; an unknown one raises Undeclared."""
    try:
        return _KINDS[code]
    except KeyError:
        raise Undeclared.because("exchange.undeclared", kind=code) from None


def all_kinds() -> Iterable[Kind]:
    """Every declared kind, in the order of declaration."""
    return tuple(_KINDS.values())
