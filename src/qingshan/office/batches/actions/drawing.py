"""How is the sample drawn? Numbers sealed, the list closed, numbers opened, sites drawn by a seed nobody chose."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import Model

from qingshan.office.batches import drawing
from qingshan.office.batches.actions.forming import write, write_over
from qingshan.office.batches.facts import (
    batch_of,
    closed_list,
    numbers_of,
    rows_of,
    sampling_book,
    waiting_rows,
)
from qingshan.office.batches.models import Batch, BatchSite, SealedNumber
from qingshan.office.batches.sentences import BatchRefused
from qingshan.office.batches.weighing import list_to_close
from qingshan.office.errors import NotAllowed
from qingshan.office.matters.access import own_unit
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.batches import Standing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleError
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.sampling import Check, Drawn, Round, seal_of
from qingshan.rules.words import normalised

_SEAL = re.compile(r"[0-9a-f]{64}")


@official_act
def seal_number(
    matter: Matter, brought: Brought, *, seal: str, by: str = "", actor: ActorLike, now: datetime
) -> Step:
    """公布号码封签: the digest of a number that one side keeps to itself. Refused: no review duty, a list that is
    closed, no digest, a side that sealed a number already.
    """
    batch, unit = batch_of(matter), own_unit(actor)
    if unit is None:
        raise NotAllowed.because("batches.not_your_number", by=by, organisation="")
    side, digest = by.strip()[:160] or unit.name, normalised(seal).lower()
    if not _SEAL.fullmatch(digest):
        raise BatchRefused.because("batches.seal_form")
    if side in {each.by for each in numbers_of(batch)}:
        raise BatchRefused.because("batches.side_sealed", by=side)
    new = SealedNumber(
        batch=batch, round_no=batch.round_no, by=side, organisation=unit, seal=digest, sealed_at=now
    )
    return take_step(
        matter,
        BatchAct.SEAL_NUMBER,
        brought,
        actor=actor,
        now=now,
        facts={"side": side, "seal": digest},
        beside=lambda _step: [_saved(new)],
    )


def _saved(number: SealedNumber) -> SealedNumber:
    number.save(force_insert=True)
    return number


@official_act
def close_list(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """封存抽查名单 under one digest, with the weight of each site and how many are looked at. Refused: no review duty,
    no site that waits, no sealed number.
    """
    batch = batch_of(matter)
    on, waiting = brought.occurred_on or shanghai_date(now), waiting_rows(batch)
    closed, kept = list_to_close(batch, waiting, on=on) if waiting else (None, [])
    facts = {"list_digest": closed.digest, "sites": len(kept), "size": closed.plan.size} if closed else {}
    return take_step(
        matter,
        BatchAct.CLOSE_LIST,
        brought,
        actor=actor,
        now=now,
        facts=facts,
        beside=lambda _step: [
            write_over(
                batch,
                listing=kept,
                plan={
                    "size": closed.plan.size,
                    "least_in_region": closed.plan.least_in_region,
                    "times": closed.plan.times,
                }
                if closed
                else None,
                list_digest=closed.digest if closed else "",
                listed_by=sampling_book(matter, on).citation.as_json(),
                closed_at=now,
            )
        ],
    )


@official_act
def open_number(
    matter: Matter, number: SealedNumber, brought: Brought, *, secret: str, actor: ActorLike, now: datetime
) -> Step:
    """公开号码, by the unit that sealed it. Refused: no review duty, a number of others, one that is not the sealed
    one, one that is open already.
    """
    batch, unit = batch_of(matter), own_unit(actor)
    if number.batch_id != batch.pk or number.round_no != batch.round_no or unit is None:
        raise BatchRefused.because("batches.not_your_number", by=number.by, organisation="")
    if number.organisation_id != unit.pk:
        raise NotAllowed.because(
            "batches.not_your_number", by=number.by, organisation=number.organisation.name
        )
    if number.secret:
        raise BatchRefused.because("batches.opened_already", by=number.by)
    said = normalised(secret).lower()
    if seal_of(said, subject=batch.subject, by=number.by) != number.seal:
        raise RuleError.because("rules.sampling.other_number", by=number.by)
    return take_step(
        matter,
        BatchAct.OPEN_NUMBER,
        brought,
        actor=actor,
        now=now,
        facts={"side": number.by, "secret": said},
        beside=lambda _step: [_opened(number, said, now)],
    )


def _opened(number: SealedNumber, secret: str, now: datetime) -> SealedNumber:
    number.secret, number.opened_at = secret, now
    number.version += 1
    number.save(update_fields=["secret", "opened_at", "version"])
    return number


@official_act
def draw_sample(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """抽取首次样本. Refused: no review duty, a number that is not open."""
    return _draw(matter, BatchAct.DRAW, Round.FIRST, brought, actor=actor, now=now)


@official_act
def draw_double(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """加倍抽取. Refused: no review duty, checks that are open, a first sample that does not ask for it."""
    return _draw(matter, BatchAct.DRAW_DOUBLE, Round.DOUBLE, brought, actor=actor, now=now)


@official_act
def check_whole(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """转入全数核查. Refused: no review duty, checks that are open, a double sample that does not ask for it."""
    return _draw(matter, BatchAct.CHECK_WHOLE, Round.WHOLE, brought, actor=actor, now=now)


def _draw(
    matter: Matter, act: BatchAct, which: Round, brought: Brought, *, actor: ActorLike, now: datetime
) -> Step:
    batch = batch_of(matter)
    closed, rows, numbers = closed_list(batch), rows_of(batch), numbers_of(batch)
    found: Drawn | None = None
    if closed is not None and numbers and all(each.secret for each in numbers):
        found = drawing.draw(batch, closed, rows, which)
    facts: dict[str, Any] = {"round": which.value}
    if found is not None:
        facts |= {"sites": len(found.ids), "drawn": "、".join(found.ids)[:500]}
        facts["list_digest"] = batch.list_digest
    return take_step(
        matter,
        act,
        brought,
        actor=actor,
        now=now,
        facts=facts,
        beside=lambda _step: _drawn(rows, found),
    )


def _drawn(rows: list[BatchSite], found: Drawn | None) -> list[Model]:
    chosen = set(found.ids) if found else set()
    return [
        write(row, drawn_in=found.round.value, check_result=_first_result(row).value)
        for row in rows
        if found and row.site.key in chosen and row.is_listed
    ]


def _first_result(row: BatchSite) -> Check:
    """A site that was sent back before it was drawn has failed; the others wait."""
    return Check.FAILED if row.standing_named is Standing.RETURNED else Check.OPEN


@official_act
def cancel_list(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """作废封存名单: a number is lost, or one side will not open it; a new list needs new numbers. Refused: no duty to
    lead, no grounds or document.
    """
    batch = batch_of(matter)
    return take_step(
        matter,
        BatchAct.CANCEL_LIST,
        brought,
        actor=actor,
        now=now,
        facts={"list_digest": batch.list_digest},
        beside=lambda _step: [new_round(batch)],
    )


def new_round(batch: Batch, **more: object) -> Batch:
    """What was sealed and drawn becomes history, with all that is needed to compute it again."""
    kept = drawing.record(batch)
    past = [*(batch.past or []), {"round_no": batch.round_no, **kept}] if kept else batch.past
    return write_over(
        batch,
        past=past,
        round_no=batch.round_no + 1,
        listing=None,
        plan=None,
        list_digest="",
        listed_by=None,
        closed_at=None,
        **more,
    )
