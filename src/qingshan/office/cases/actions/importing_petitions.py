"""How does a petition ledger in use (信访台账补录) enter? One act over all of its petitions; nobody who complained
is in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.exchange import staging
from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.models import Import, Outcome
from qingshan.exchange.writing import insert
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of
from qingshan.office.cases.access import IMPORT_PETITIONS
from qingshan.office.cases.actions.correcting import correct_late
from qingshan.office.cases.actions.references import References, said_before
from qingshan.office.cases.late_rows import as_facts, said_in
from qingshan.office.cases.models import Petition
from qingshan.office.cases.petition_columns import COLUMNS
from qingshan.office.matters.actions import Opening
from qingshan.office.matters.actions.opening_many import open_many
from qingshan.office.matters.models import Matter, Step
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleError
from qingshan.rules.flows.petition import PetitionState
from qingshan.rules.identifiers import PetitionNumber, petition_no
from qingshan.rules.late_entries import petition_state
from qingshan.rules.matters import Channel, Ending, Finding, SourceKind

_TITLE_CHARACTERS = 60
_TEXTS = ("content", "pollution", "found", "finding", "handled", "accountability", "note", "batch")


@dataclass(frozen=True)
class LatePetition:
    """One row of the table."""

    number: str
    values: Mapping[str, Any]
    opening: Opening
    target_id: int | None = None
    target_version: int | None = None


@official_act
@fewer_collections()
def import_petitions(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入信访台账. Refused: no registry duty, a region outside the area, anything changed since the preview."""
    require(actor, IMPORT_PETITIONS.code)
    staging.claim(import_, actor=actor)
    written: list[Model] = []
    for batch in staging.rows(import_):
        refs, before, today = References.of(batch), said_before(batch, COLUMNS), shanghai_date(now)
        new = [_entry(row, refs, {}, today) for row in batch if row.outcome == Outcome.CREATED]
        changed = [
            _entry(row, refs, before.get(row.key[0], {}), today)
            for row in batch
            if row.outcome == Outcome.CHANGED
        ]
        written += _enter(new, actor=actor, now=now)
        written += correct_late(
            changed, IMPORT_PETITIONS.code, actor=actor, now=now, details=_correct_petition
        )
    entry = record(act=IMPORT_PETITIONS.code, actor=actor, now=now, subjects=written, new=account_of(import_))
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


def state_meant(values: Mapping[str, Any]) -> PetitionState:
    """Where a petition stands by what the table says."""
    return petition_state(
        Ending(values.get("ending") or Ending.OPEN),
        finding=Finding(values["finding"]) if values.get("finding") else None,
        handled=bool(values.get("handled")),
    )


def received_on_of(values: Mapping[str, Any]) -> date | None:
    """The day as written, else the one in the official number."""
    if given := values.get("received_on"):
        return given  # type: ignore[no-any-return]
    number = official_number(values.get("key"))
    return number.received_on if number else None


def official_number(text: str | None) -> PetitionNumber | None:
    """The 受理编号 where it is one."""
    try:
        return petition_no(text) if text else None
    except RuleError:
        return None


def _entry(row: staging.Row, refs: References, before: Mapping[str, Any], today: date) -> LatePetition:
    own = said_in(COLUMNS, row.values)
    values = {**before, **own}
    state = state_meant(values)
    named = refs.named(row.values)
    words = " ".join(str(values["content"]).split())
    opening = Opening(
        kind="petition",
        number=row.key[0],
        title=words if len(words) <= _TITLE_CHARACTERS else f"{words[:_TITLE_CHARACTERS]}……",
        region=refs.regions[row.values["region_id"]],
        source=SourceKind.PETITION,
        source_number=str(values.get("batch") or ""),
        mine=refs.mines.get(row.values.get("mine_id") or 0),
        site=refs.sites.get(row.values.get("site_id") or 0),
        due_on=values.get("due_on"),
        occurred_on=received_on_of(values) or values.get("done_on") or today,
        state=state.value,
        closed_on=values.get("done_on") if values.get("ending") == Ending.DONE else None,
        facts=as_facts(COLUMNS, values),
        parties=tuple(each for group in named.values() for each in group),
    )
    return LatePetition(row.key[0], values, opening, row.target_id, row.target_version)


def _enter(entries: Sequence[LatePetition], *, actor: ActorLike, now: datetime) -> Sequence[Model]:
    if not entries:
        return ()
    by_number = {each.number: each for each in entries}

    def details(matters: Sequence[Matter], steps: Sequence[Step]) -> Sequence[Model]:
        return insert([_petition(matter, by_number[matter.number]) for matter in matters], key="matter_id")

    opened = open_many(
        [each.opening for each in entries], IMPORT_PETITIONS.code, actor=actor, now=now, details=details
    )
    return opened.subjects


def _petition(matter: Matter, entry: LatePetition) -> Petition:
    number = official_number(entry.number)
    return Petition(
        matter=matter,
        channel=number.channel.value if number else Channel.PASSED.value,
        **{name: str(entry.values.get(name) or "") for name in _TEXTS},
    )


def _correct_petition(matter: Matter, step: Step, entry: LatePetition) -> list[Model]:
    petition, fresh = Petition.objects.get(matter=matter), _petition(matter, entry)
    matter.petition = petition
    if all(getattr(petition, name) == getattr(fresh, name) for name in _TEXTS):
        return []
    for name in _TEXTS:
        setattr(petition, name, getattr(fresh, name))
    petition.version += 1
    petition.save()
    return [petition]
