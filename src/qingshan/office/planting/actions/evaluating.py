"""How is it noted that the effect of reclaimed farmland was evaluated, and taken back where it was entered wrongly?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qingshan.office.accounts.access import require
from qingshan.office.mines.models import Site
from qingshan.office.planting.access import NOTE_EVALUATION, WITHDRAW
from qingshan.office.planting.actions.plots import not_to_come
from qingshan.office.planting.lasting import lasting_of
from qingshan.office.planting.models import Evaluation
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date


@dataclass(frozen=True)
class Evaluated:
    """评价报告: when, by which document, with which result; its scan stands in the vault already."""

    made_on: date
    number: str
    result: str
    advice: str = ""
    file_name: str = ""
    file_digest: str = ""


@official_act
def note_evaluation(site: Site, evaluated: Evaluated, *, actor: ActorLike, now: datetime) -> Evaluation:
    """登记跟踪评价 of the newest acceptance of a site. Refused: no registry duty, outside the area, land that nobody
    accepted, a day to come or before the acceptance, no document, no result, the same document twice.
    """
    require(actor, NOTE_EVALUATION.code, region_id=site.region_id)
    held = Site.objects.select_for_update().get(pk=site.pk)
    accepted = lasting_of(held.pk, actor=actor)
    if not accepted:
        raise PlantingRefused.because("planting.nothing_accepted", site=str(held))
    accepted_on, number = accepted[0].accepted_on, evaluated.number.strip()[:120]
    not_to_come(evaluated.made_on, now=now)
    if evaluated.made_on < accepted_on:
        raise PlantingRefused.because(
            "planting.evaluated_before_accepted",
            day=evaluated.made_on.isoformat(),
            accepted=accepted_on.isoformat(),
        )
    if not number:
        raise PlantingRefused.because("planting.number_missing")
    if not evaluated.result.strip():
        raise PlantingRefused.because("planting.result_missing")
    if Evaluation.objects.filter(site=held, number=number, withdrawn_on=None).exists():
        raise PlantingRefused.because("planting.evaluated_already", number=number)
    row = Evaluation(
        site=held,
        region_id=held.region_id,
        accepted_on=accepted_on,
        made_on=evaluated.made_on,
        number=number,
        result=evaluated.result.strip()[:500],
        advice=evaluated.advice.strip()[:500],
        file_name=evaluated.file_name,
        file_digest=evaluated.file_digest,
    )
    row.save(force_insert=True)
    told = {"about": str(held), "day": row.made_on.isoformat(), "number": number, "result": row.result}
    record(
        act=NOTE_EVALUATION.code,
        actor=actor,
        now=now,
        occurred_on=row.made_on,
        subjects=[row, held],
        new={**told, **({"advice": row.advice} if row.advice else {})},
        region_id=held.region_id,
    )
    return row


@official_act
def withdraw_evaluation(row: Evaluation, *, because: str, actor: ActorLike, now: datetime) -> Evaluation:
    """撤回跟踪评价 that was entered wrongly: it stays, with the reason, and the period runs as before. Refused: no
    registry duty, outside the area, no reason, withdrawn already.
    """
    require(actor, WITHDRAW.code, region_id=row.region_id)
    held = Evaluation.objects.select_for_update(of=("self",)).select_related("site").get(pk=row.pk)
    if held.withdrawn_on is not None:
        raise PlantingRefused.because("planting.withdrawn_already")
    if not because.strip():
        raise PlantingRefused.because("planting.reason_missing")
    held.withdrawn_on, held.withdrawn_because = shanghai_date(now), because.strip()[:200]
    held.save(update_fields=["withdrawn_on", "withdrawn_because"])
    record(
        act=WITHDRAW.code,
        actor=actor,
        now=now,
        subjects=[held],
        new={
            "about": str(held.site),
            "what": "跟踪评价",
            "day": held.made_on.isoformat(),
            "note": held.withdrawn_because,
        },
        region_id=held.region_id,
    )
    return held
