"""What did this organisation confirm for the headers of the same table, or of another one that calls things so?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qingshan.exchange.filling.kinds import FillKind
from qingshan.exchange.filling.layouts import Layout
from qingshan.exchange.filling.meaning import How, Meaning, meaning_of, unit_said
from qingshan.exchange.filling.writing import LEFT, NOT_HELD, Match
from qingshan.exchange.models import RememberedHeading


def meanings(layout: Layout, kind: FillKind, *, organisation_id: int | None) -> dict[int, Meaning]:
    """What each header is taken for, by the number of its column: as confirmed, or as it reads."""
    known = _remembered(layout, kind, organisation_id)
    return {
        header.place: known.get(header.key) or meaning_of(header.lines, layout.captions, kind.all_columns)
        for header in layout.headers
    }


def _remembered(layout: Layout, kind: FillKind, organisation_id: int | None) -> dict[str, Meaning]:
    """The newest answer for each header; what was confirmed for this very table goes first."""
    if organisation_id is None:
        return {}
    keys = [header.key for header in layout.headers]
    rows = RememberedHeading.objects.filter(organisation_id=organisation_id, kind=kind.code, header__in=keys)
    columns = {NOT_HELD, LEFT, *kind.by_name}
    known: dict[str, Meaning] = {}
    for row in sorted(rows, key=lambda row: (row.layout == layout.digest, row.confirmed_at, row.pk)):
        if row.column in columns:
            unit = row.unit if row.layout == layout.digest else _unit_here(layout, kind, row)
            known[row.header] = Meaning(row.column, How.REMEMBERED, unit)
    return known


def _unit_here(layout: Layout, kind: FillKind, row: RememberedHeading) -> str:
    """Another table may mean another unit by the same header: what it says itself goes first."""
    column = kind.by_name.get(row.column)
    lines = next(header.lines for header in layout.headers if header.key == row.header)
    return (unit_said(column, lines, layout.captions) if column else "") or row.unit


def is_known(layout: Layout, kind: FillKind, *, organisation_id: int | None) -> bool:
    """Was every header of this very table confirmed before? Then nothing need be asked."""
    if organisation_id is None:
        return False
    rows = RememberedHeading.objects.filter(
        organisation_id=organisation_id, kind=kind.code, layout=layout.digest
    )
    return {header.key for header in layout.headers} <= set(rows.values_list("header", flat=True))


@transaction.atomic
def remember(
    layout: Layout, kind: FillKind, matches: Sequence[Match], *, organisation_id: int | None, now: datetime
) -> None:
    """Keep what a person confirmed, for everybody of the organisation."""
    if organisation_id is None:
        return
    keys = {header.place: header.key for header in layout.headers}
    for match in matches:
        RememberedHeading.objects.update_or_create(
            organisation_id=organisation_id,
            kind=kind.code,
            layout=layout.digest,
            header=keys[match.place],
            defaults={"column": match.column, "unit": match.unit, "confirmed_at": now},
        )
