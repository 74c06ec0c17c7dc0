"""What may be done with a file on its way in? Received, read again, cancelled, applied.

Receiving and reading write no official data and leave no trail entry: staged rows are a draft that only its
own organisation sees. The one act that changes the register is the kind's own (`exchange.kinds.Kind.apply`),
and it names the file by its digest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import transaction

from qingshan.exchange import staging
from qingshan.exchange.filling.kinds import fill_kind
from qingshan.exchange.filling.remembering import remember
from qingshan.exchange.filling.studying import Studied, likely_kind, study
from qingshan.exchange.filling.writing import Match
from qingshan.exchange.kinds import kind as import_kind
from qingshan.exchange.models import Filling, FillingState, Import
from qingshan.jobs.actions import start
from qingshan.jobs.models import Job
from qingshan.office.accounts.access import require
from qingshan.office.accounts.actors import Actor, remembered
from qingshan.office.mines.access import IMPORT_SITES
from qingshan.office.trail.models import Entry
from qingshan.vault import Vault

READ_FILE = "exchange.read"
FILL_TABLE = "exchange.fill"


def receive(
    kind: str, *, file_name: str, stream: BinaryIO, options: Mapping[str, Any], actor: Actor, now: datetime
) -> Import:
    """Keep the file and remember it; nothing of it is read yet. NotAllowed without the registry duty."""
    require(actor, IMPORT_SITES.code)
    stored = Vault(settings.VAULT_ROOT).put(stream)
    return Import.objects.create(
        kind=import_kind(kind).code,
        file_name=file_name[-255:],
        file_digest=stored.digest,
        options=dict(options),
        owner_id=actor.person_id,
        organisation_id=actor.decider.organisation_id,
        created_at=now,
    )


@transaction.atomic
def read_in_background(import_: Import, *, options: Mapping[str, Any], actor: Actor, now: datetime) -> Job:
    """Queue the reading, with what the person has answered since."""
    import_.options = {**import_.options, **options}
    import_.save(update_fields=["options"])
    return _start(READ_FILE, {"import_id": import_.pk}, actor=actor, now=now)


def _start(job: str, payload: Mapping[str, Any], *, actor: Actor, now: datetime) -> Job:
    """Work that goes on in the background with the eyes of whoever asked for it."""
    who = remembered(actor, on=now.date())
    return start(
        job,
        {**payload, **who},
        owner=actor.recorder,
        organisation_id=actor.decider.organisation_id,
        now=now,
    )


def cancel(import_: Import) -> None:
    """Leave the file out; its staged rows go, the file itself stays in the vault until swept."""
    staging.cancel(import_)


def apply(import_: Import, *, good_rows_only: bool, actor: Actor, now: datetime) -> Entry:
    """Let the previewed rows in: all of them, or on request those that were not refused."""
    chosen = import_kind(import_.kind).apply
    if chosen is None:
        raise LookupError(f"kind {import_.kind!r} cannot be applied")
    if good_rows_only:
        import_.options = {**import_.options, "good_rows_only": True}
        import_.save(update_fields=["options"])
    return cast(Entry, chosen(import_, actor=actor, now=now))


# --- superiors' tables: read-only, so that nothing of it stands in the trail (decision 0014) ------


def receive_table(*, file_name: str, stream: BinaryIO, actor: Actor, now: datetime) -> Filling:
    """Keep an empty table and read its headers. FileRefused where it cannot be filled in."""
    vault = Vault(settings.VAULT_ROOT)
    stored = vault.put(stream)
    brought = study(vault.path(stored.digest), file_name)
    organisation_id = actor.decider.organisation_id
    kind = likely_kind(brought.sheets[0].layout, organisation_id=organisation_id)
    return Filling.objects.create(
        file_name=file_name[-255:],
        file_digest=stored.digest,
        layouts=[sheet.as_json() for sheet in brought.sheets],
        loses=brought.loses,
        plan={"kind": kind.code, "sheet": brought.sheets[0].layout.sheet},
        owner_id=actor.person_id,
        organisation_id=organisation_id,
        created_at=now,
    )


@transaction.atomic
def fill_in_background(
    filling: Filling,
    sheet: Studied,
    *,
    kind: str,
    matches: Sequence[Match],
    choice: Mapping[str, str],
    by_key: int | None,
    actor: Actor,
    now: datetime,
) -> Job:
    """Remember what was confirmed for the organisation, and queue the filling."""
    remember(sheet.layout, fill_kind(kind), matches, organisation_id=actor.decider.organisation_id, now=now)
    filling.plan = {
        "kind": kind,
        "sheet": sheet.layout.sheet,
        "matches": [[match.place, match.column, match.unit] for match in matches],
        "choice": dict(choice),
        "by_key": by_key,
    }
    filling.state = FillingState.FILLING
    filling.filled_digest, filling.summary, filling.faults = "", {}, []
    filling.save()
    return _start(FILL_TABLE, {"filling_id": filling.pk}, actor=actor, now=now)


def forget_table(filling: Filling) -> None:
    """Leave nothing of a table behind; its files go with the next sweep of the vault."""
    filling.delete()
