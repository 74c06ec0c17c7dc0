"""What do the cells of a petition ledger mean, and which petitions stand behind its rows?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.utils import timezone

from qingshan.exchange.kinds import Context, Draft, Kind
from qingshan.office.cases import late
from qingshan.office.cases.actions.importing_petitions import (
    import_petitions,
    official_number,
    received_on_of,
    state_meant,
)
from qingshan.office.cases.columns.existing import existing_late
from qingshan.office.cases.columns.looking_up import (
    name_the_nameless,
    put_mines,
    put_regions,
    put_units,
    refuse_numbers_of_others,
)
from qingshan.office.cases.late_rows import from_facts, late_rows, said_in
from qingshan.office.cases.petition_columns import COLUMNS
from qingshan.office.matters.models import Matter
from qingshan.office.matters.seeding import state_code
from qingshan.rules.dates import shanghai_date
from qingshan.rules.late_entries import ending_of
from qingshan.rules.reasons import Sentence


def resolve_petitions(context: Context, drafts: Sequence[Draft]) -> None:
    """Where each lies, who answers; an ending that is not said is 未办结."""
    put_mines(context, drafts)
    put_regions(context, drafts)
    name_the_nameless(drafts)
    refuse_numbers_of_others(context, drafts)
    put_units(drafts, ("answering",))
    today = context.actor.on or shanghai_date(timezone.now())
    known = late_rows([draft.key[0] for draft in drafts if draft.key], partial(from_facts, COLUMNS))
    for draft in drafts:
        _check(draft, today)
        before = known.get(draft.key[0] if draft.key else "")
        if not draft.faults:
            state = state_meant({**(before.said if before else {}), **said_in(COLUMNS, draft.values)})
            draft.values[late.BECOMES] = state_code("petition", state)


def _check(draft: Draft, today: Any) -> None:
    values = draft.values
    number = values.get("key") or ""
    if draft.key and not number.startswith("补-") and official_number(number) is None:
        draft.remark("cases.unofficial_number", field="key", column="受理编号", value=number)
    if values.get("done_on") and values.get("ending") not in {"done", "done_for_now"}:
        draft.refuse(
            "cases.done_day_without_end", field="done_on", column="办结日期", value=str(values["done_on"])
        )
    received = received_on_of(values)
    if received is not None and received > today:
        draft.refuse(
            "cases.received_later", field="received_on", column="受理日期", value=received.isoformat()
        )


def petition_values(matter: Matter) -> dict[str, Any]:
    """A petition by the columns of the official table."""
    petition = matter.petition
    said = {
        "key": matter.number,
        "content": petition.content,
        "region": matter.region.code,
        "pollution": petition.pollution,
        "found": petition.found,
        "finding": petition.finding,
        "handled": petition.handled,
        "ending": ending_of(matter.state_name).value,
        "accountability": petition.accountability,
        "note": petition.note,
        "batch": petition.batch,
        "received_on": matter.opened_on,
        "due_on": matter.due_on,
        "done_on": matter.closed_on,
    }
    return {column.name: said.get(column.name) or None for column in COLUMNS}


PETITIONS = Kind(
    code="petitions",
    title=Sentence(zh="信访台账", en="Petition ledgers"),
    columns=COLUMNS,
    key=("key",),
    names_itself=True,
    resolve=resolve_petitions,
    existing=partial(existing_late, ("petition",), COLUMNS, petition_values, ()),
    becomes=late.in_words,
    apply=import_petitions,
)
