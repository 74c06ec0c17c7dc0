"""How does a table of experts come into the pool? From a file that was previewed, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from qingshan.exchange import staging
from qingshan.exchange.models import Import, Outcome
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of, held, write_new, write_over
from qingshan.office.experts.access import IMPORT
from qingshan.office.experts.actions.pool import in_state
from qingshan.office.experts.models import Expert
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.experts import ExpertState

FIELDS = ("name", "fields", "title", "employer", "organisation_id", "entered_on", "entered_by", "note")
MAY_BE_EMPTY = frozenset({"title", "organisation_id", "note"})


@official_act
def import_experts(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入专家. Refused: no registry duty, a pool outside the area, who has left, what changed since the preview."""
    require(actor, IMPORT.code)
    staging.claim(import_, actor=actor)
    written: list[Any] = []
    for batch in staging.rows(import_):
        new = [row for row in batch if row.outcome == Outcome.CREATED]
        changed = [row for row in batch if row.outcome == Outcome.CHANGED]
        _inside([row.values["region_id"] for row in new], actor)
        found = held(Expert, changed)
        _inside([each.region_id for each in found.values()], actor)
        for each in found.values():
            in_state(each, ExpertState.IN_POOL, ExpertState.SUSPENDED)
        written += write_new(Expert, new, lambda row: _as_new(row, now))
        written += write_over(found, changed, _said)
    entry = record(act=IMPORT.code, actor=actor, now=now, subjects=written, new=account_of(import_))
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


def _inside(region_ids: Sequence[int], actor: ActorLike) -> None:
    """Who applies an import need not be who previewed it."""
    for region_id in sorted(set(region_ids)):
        require(actor, IMPORT.code, region_id=region_id)


def _as_new(row: Any, now: datetime) -> dict[str, Any]:
    values = {name: value for name, value in _said(row).items() if value is not None}
    whole = {"entered_on": shanghai_date(now), **values}
    return {"key": row.values["key"], "region_id": row.values["region_id"], **whole}


def _said(row: Any) -> dict[str, Any]:
    """What the row says; an emptied cell leaves what an expert cannot be without."""
    values = row.values
    said = {
        name: values[name] for name in FIELDS if name in values and (values[name] or name in MAY_BE_EMPTY)
    }
    return {**said, "fields": said["fields"].split(",")} if said.get("fields") else said
