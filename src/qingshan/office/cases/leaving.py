"""How does a ledger leave as a workbook? By the columns by which it comes in; petitions by the eleven official ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qingshan.exchange.columns import Column, Integer, Text
from qingshan.exchange.kinds import Kind
from qingshan.exchange.writers import Exported
from qingshan.office.cases import columns
from qingshan.office.cases.columns.exporting import exported_cases, read_whole
from qingshan.office.cases.columns.petitions import petition_values
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.leaving import Table
from qingshan.office.matters.models import Matter
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import THREE_DUTIES

OFFICIAL = (
    "key", "content", "region", "pollution", "found", "finding", "handled", "ending", "accountability", "note",
)  # fmt: skip
"""群众信访举报转办和边督边改公开情况一览表, after the running number."""
PLACE = Column("place", "序号", "No.", type=Integer())


def _cases(batch: list[Matter], place: int) -> Iterable[Exported]:
    rows = read_whole(batch)
    for matter, written in zip(rows, exported_cases(rows), strict=True):
        yield Exported({**written.values, **_duties(matter)})


def _duties(matter: Matter) -> dict[str, str | None]:
    """三个责任 with unit, post and person."""
    held = [(each.role, each.unit_name, each.post, each.person_name) for each in matter_parties(matter)]
    named = {
        duty: [" ".join(filter(None, words)) for role, *words in held if role == duty]
        for duty in THREE_DUTIES
    }
    return {duty.value: "；".join(words) or None for duty, words in named.items()}


def _petitions(batch: list[Matter], place: int) -> Iterable[Exported]:
    rows = Matter.objects.filter(pk__in=[row.pk for row in batch]).select_related("region", "petition")
    found = {row.pk: row for row in rows}
    for number, row in enumerate(batch, start=place + 1):
        matter = found[row.pk]
        yield Exported({**petition_values(matter), "region": matter.region.name, "place": number})


def _official() -> Kind:
    by_name = columns.PETITIONS.by_name
    return replace(
        columns.PETITIONS,
        title=Sentence(zh="群众信访举报转办和边督边改公开情况一览表", en="Petitions passed on and put right"),
        columns=(PLACE, *(by_name[name] for name in OFFICIAL)),
    )


DUTIES = tuple(Column(duty.value, duty.zh, duty.en, type=Text(limit=1000)) for duty in THREE_DUTIES)
TABLES = {
    CASES.path: Table(replace(columns.CASES, columns=(*columns.CASES.columns, *DUTIES)), _cases),
    PETITIONS.path: Table(_official(), _petitions),
}
