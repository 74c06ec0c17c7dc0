"""What do those who do the works report: completion, the application, evidence, written answers, progress?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.office.batches.actions.forming import write, write_over
from qingshan.office.batches.claims import claimed, to_answer
from qingshan.office.batches.facts import batch_of, listed_rows, rows_of
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.batches.sentences import BatchRefused
from qingshan.office.cases.actions.working import DONE_PERCENT
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.actions.evidencing import NewEvidence, bring_evidence
from qingshan.office.matters.models import Evidence, Matter, Step
from qingshan.office.observations.actions import Written, answer_given
from qingshan.office.observations.models import Claim
from qingshan.office.restoration.actions.working import hectares
from qingshan.office.restoration.models import cm2
from qingshan.office.restoration.period import clock_of
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.batches import Standing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.secrecy import check_not_marked_secret


@dataclass(frozen=True)
class Finished:
    """What somebody says of one site when the works are done. Area None: as large as the site is known."""

    row: BatchSite
    finished_on: date
    area_m2: float | None = None
    is_whole: bool = True
    use: Afteruse | None = None


@official_act
def finish_batch(
    matter: Matter, brought: Brought, *, finished: Sequence[Finished], actor: ActorLike, now: datetime
) -> Step:
    """报告全批（单项）完工, site by site. Refused: not who does the works, no site, one that is left out or whose
    project goes on, a day to come, an area of nothing.
    """
    batch = batch_of(matter)
    return take_step(
        matter,
        SingleAct.FINISH if batch.is_single else BatchAct.FINISH,
        _brought(batch, brought, finished, now=now),
        actor=actor,
        now=now,
        facts=_account(finished),
        beside=lambda _step: _finished(finished),
    )


def _brought(batch: Batch, brought: Brought, finished: Sequence[Finished], *, now: datetime) -> Brought:
    own = {row.pk for row in listed_rows(batch)}
    on = brought.occurred_on or shanghai_date(now)
    for each in finished:
        site = str(each.row.site)
        if each.row.pk not in own:
            raise BatchRefused.because("batches.not_a_site_of_it", site=site)
        if each.finished_on > on:
            raise BatchRefused.because("batches.finished_later", site=site, day=each.finished_on.isoformat())
        if each.area_m2 is not None and each.area_m2 <= 0:
            raise BatchRefused.because("batches.area_not_possible", site=site)
    return replace(brought, values={**brought.values, "finished": {each.row.pk for each in finished}})


def _account(finished: Sequence[Finished]) -> dict[str, Any]:
    if not finished:
        return {}
    areas = [each.area_m2 if each.area_m2 is not None else each.row.area_m2 for each in finished]
    known = [area for area in areas if area is not None]
    return {"sites": len(finished), "area_ha": hectares(sum(known)) if known else None}


def _finished(finished: Sequence[Finished]) -> list[Model]:
    return [
        write(
            each.row,
            finished_on=each.finished_on,
            claimed_cm2=cm2(each.area_m2) if each.area_m2 is not None else each.row.own_cm2,
            is_whole=each.is_whole,
            standing=Standing.WAITING.value,
            **({"use": each.use.value} if each.use else {}),
        )
        for each in finished
    ]


@official_act
def apply_for_acceptance(
    matter: Matter,
    brought: Brought,
    *,
    actor: ActorLike,
    now: datetime,
    finished: Sequence[Finished] = (),
) -> Step:
    """申报验收: every site is a claim that images are asked about, and the period of art. 29 begins. `finished`: what
    was mended since it was sent back. Refused: not who does the works, a site that is not finished, no evidence.
    """
    batch = batch_of(matter)
    on = brought.occurred_on or shanghai_date(now)
    due_on = clock_of(matter, batch.payer_named, on, on=on).due_on
    return take_step(
        matter,
        SingleAct.APPLY if batch.is_single else BatchAct.APPLY,
        _brought(batch, brought, finished, now=now),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={**_account(finished), "payer": batch.payer},
        beside=lambda step: _applied(batch, finished, step),
    )


def _applied(batch: Batch, finished: Sequence[Finished], step: Step) -> list[Model]:
    mended = {row.pk: row for row in _finished(finished) if isinstance(row, BatchSite)}
    rows = [mended.get(row.pk, row) for row in rows_of(batch)]
    waiting = [row for row in rows if row.standing_named is Standing.WAITING]
    changed = write_over(batch, applied_on=step.occurred_on, accepted_on=None)
    claims = claimed(batch.matter, waiting, on=step.occurred_on, now=step.recorded_at)
    return [changed, *mended.values(), *claims]


@official_act
def report_progress(
    matter: Matter, brought: Brought, *, percent: int | None, actor: ActorLike, now: datetime
) -> Step:
    """填报单项进展. Refused: not who does the works, a percentage that cannot be."""
    if percent is not None and not 0 <= percent <= DONE_PERCENT:
        raise BatchRefused.because("batches.percent", value=percent)
    batch = batch_of(matter)
    said = {} if percent is None else {"progress_percent": percent}
    return take_step(
        matter,
        SingleAct.REPORT_PROGRESS,
        brought,
        actor=actor,
        now=now,
        facts={"percent": percent} if percent is not None else {},
        beside=lambda step: [write_over(batch, reported_on=step.occurred_on, **said)],
    )


@official_act
def add_evidence(
    matter: Matter, brought: Brought, *, evidence: Sequence[NewEvidence], actor: ActorLike, now: datetime
) -> list[Evidence]:
    """上传佐证, several at once. Refused: whoever has no part in it, one that has ended."""
    act = SingleAct.ADD_EVIDENCE if batch_of(matter).is_single else BatchAct.ADD_EVIDENCE
    return bring_evidence(matter, act, evidence, brought, actor=actor, now=now, work_began_on=None)


@official_act
def answer_finding(
    matter: Matter,
    claim: Claim,
    brought: Brought,
    *,
    actor: ActorLike,
    now: datetime,
    file_name: str = "",
    file_digest: str = "",
) -> Step:
    """书面回应影像核查 of one site, by whoever does the works. Refused: nothing said, a claim that is none of the
    batch's or asks for no answer, a paper that is marked as secret.
    """
    batch = batch_of(matter)
    if claim.pk not in {each.pk for each in to_answer(matter)}:
        raise BatchRefused.because("batches.claim_not_of_it", claim=claim.number)
    check_not_marked_secret(brought.grounds, file_name)
    written = Written(brought.grounds, file_name, file_digest)
    return take_step(
        matter,
        SingleAct.ANSWER_FINDING if batch.is_single else BatchAct.ANSWER_FINDING,
        brought,
        actor=actor,
        now=now,
        facts={"claim": claim.number, "site": claim.about, "evidence": file_name or None},
        beside=lambda step: answer_given(claim, written, actor=actor, on=step.occurred_on),
    )
