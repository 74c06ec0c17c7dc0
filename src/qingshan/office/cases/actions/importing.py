"""How does a ledger in use enter (整改台账补录)? One act, one transaction, one entry over all of its problems.

A problem comes in as it stands, by one step that is none of the flow; what is missing in its file is listed. A
later edition of the ledger corrects it by a further step, until somebody acts on it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db.models import Model

from qingshan.exchange import staging
from qingshan.exchange.collecting import fewer_collections
from qingshan.exchange.models import Import, Outcome
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of
from qingshan.office.cases.access import IMPORT_CASES
from qingshan.office.cases.actions.correcting import correct_case, correct_late
from qingshan.office.cases.actions.late_cases import Batch, LateCase, details_of
from qingshan.office.matters.actions.opening_many import open_many
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike


@official_act
@fewer_collections()
def import_cases(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入整改台账. Refused: no registry duty, a region outside the post's area, anything changed since the preview."""
    require(actor, IMPORT_CASES.code)
    staging.claim(import_, actor=actor)
    written: list[Model] = []
    lacking = 0
    for batch in staging.rows(import_):
        at = Batch.of(batch, now)
        new = [at.entry(row) for row in batch if row.outcome == Outcome.CREATED]
        changed = [at.entry(row) for row in batch if row.outcome == Outcome.CHANGED]
        written += _enter(new, actor=actor, now=now)
        written += correct_late(
            changed, IMPORT_CASES.code, actor=actor, now=now, details=partial(correct_case, now=now)
        )
        lacking += sum(bool(each.meant.missing) for each in (*new, *changed))
    entry = record(
        act=IMPORT_CASES.code,
        actor=actor,
        now=now,
        subjects=written,
        new={**account_of(import_), "lacking_papers": lacking},
    )
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


def _enter(entries: Sequence[LateCase], *, actor: ActorLike, now: datetime) -> Sequence[Model]:
    if not entries:
        return ()
    by_number = {each.number: each for each in entries}
    opened = open_many(
        [each.opening for each in entries],
        IMPORT_CASES.code,
        actor=actor,
        now=now,
        details=lambda matters, steps: details_of(matters, steps, by_number, now=now),
        alike=lambda matter: (matter.case.route, tuple(matter.case.levels or ())),
    )
    return opened.subjects
