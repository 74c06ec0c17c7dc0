"""A kind of file that exists only in tests: quarries, kept in a dictionary instead of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from qingshan.exchange import kinds, staging
from qingshan.exchange.columns import USCC, Choice, Code, Column, Date, Integer, Number, Text, YesNo
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known
from qingshan.exchange.models import Import, Outcome
from qingshan.exchange.units import FEN, HECTARE, M2, YUAN
from qingshan.rules.reasons import Sentence
from qingshan.rules.words import Named


class Method(Named):
    OPEN_PIT = "open_pit", "露天", "open-pit"
    UNDERGROUND = "underground", "地下", "underground"


COLUMNS = (
    Column("code", "编号", "Code", aliases=("点位编号", "id"), type=Code(), help_zh="全省唯一"),
    Column("name", "名称", "Name", type=Text(limit=60), required=True),
    Column(
        "area_m2", "面积", "Area", aliases=("Mined area",), type=Number(unit=M2, written=HECTARE, minimum=0)
    ),
    Column("found_on", "发现日期", "Found on", aliases=("日期",), type=Date()),
    Column("method", "开采方式", "Method", type=Choice(Method, also={"open_pit": ("露采",)})),
    Column("restored", "已修复", "Restored", type=YesNo()),
    Column("deposit_fen", "基金", "Deposit", type=Integer(unit=FEN, written=YUAN)),
    Column("enterprise", "统一社会信用代码", "USCC", type=USCC),
    Column("year", "年度", "Year", type=Integer(minimum=1949, maximum=209912)),
    Column("note", "备注", "Note"),
)


@dataclass
class Quarries:
    """What the test's register holds."""

    held: dict[Key, Known]

    def existing(self, context: Context, drafts: Sequence[Draft]) -> Mapping[Key, Known]:
        return {draft.key: self.held[draft.key] for draft in drafts if draft.key in self.held}

    def apply(self, import_: Import, *, actor: Any = None) -> int:
        """As an app's act does it; returns how many rows were written."""
        written = 0
        with transaction.atomic():
            staging.claim(import_, actor=actor)
            for rows in staging.rows(import_):
                for row in rows:
                    self.write(row)
                    written += 1
            staging.finish(import_, entry_sequence=1)
        return written

    def write(self, row: staging.Row) -> None:
        old = self.held.get(row.key)
        empty: dict[str, Any] = dict.fromkeys((column.name for column in COLUMNS), None)
        values = {**(old.values if old else empty), **row.values}
        if old is None:
            assert row.outcome is Outcome.CREATED
            self.held[row.key] = Known(len(self.held) + 1, 1, values, row.geom)
        else:
            geom = old.geom if row.geom is None else row.geom
            self.held[row.key] = replace(old, version=old.version + 1, values=values, geom=geom)


@contextmanager
def declared(
    *, geometry: str | None = "polygon", columns: tuple[Column, ...] = COLUMNS
) -> Iterator[tuple[Kind, Quarries]]:
    """The kind, declared for one test."""
    register = Quarries({})
    kind = Kind(
        code="quarries",
        title=Sentence(zh="采石场", en="Quarries"),
        columns=columns,
        key=("code",),
        known_by=("name",),
        geometry=geometry,
        existing=register.existing,
    )
    kinds.declare_kind(kind)
    try:
        yield kind, register
    finally:
        kinds.withdraw_kind(kind)
