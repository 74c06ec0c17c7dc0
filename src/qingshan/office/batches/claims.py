"""What does a batch claim of its sites, so that images are asked? Each site that is applied for is one claim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Model

from qingshan.office.accounts.actions.writing import change
from qingshan.office.batches.lasting import cared_until
from qingshan.office.batches.models import BatchSite
from qingshan.office.matters.kinds import Asked
from qingshan.office.matters.models import Matter
from qingshan.office.observations import claiming
from qingshan.office.observations.claiming import Claimed, open_questions
from qingshan.office.observations.models import Claim, Finding, TraceBack
from qingshan.office.restoration.claims import answering
from qingshan.office.trail.subjects import kind_of
from qingshan.rules.afteruse import target_of
from qingshan.rules.reasons import Reason
from qingshan.rules.verification import (
    STANDING,
    AnswerState,
    TraceState,
    Verdict,
    against_signing,
)


def claimed(matter: Matter, rows: Iterable[BatchSite], *, on: date, now: datetime) -> list[Model]:
    """These sites are said to be restored, each for what it is to be used for."""
    return [claim for row in rows for claim in claiming.claim(_claim(matter, row, on=on), now=now)]


def _claim(matter: Matter, row: BatchSite, *, on: date) -> Claimed:
    return Claimed(
        subject=row,
        matter=matter,
        site=row.site,
        region=answering(matter, row.site),
        area_m2=row.claimed_m2,
        target=target_of(row.mode_named, row.use_named).target,
        restored_since=row.finished_on,
        claimed_on=on,
    )


def accepted(rows: Iterable[BatchSite], *, on: date) -> list[Model]:
    """From this day the sites are to stay as they were accepted, until the end of the aftercare that their check found
    secured; nobody looked at those that were not drawn.
    """
    rows = list(rows)
    until = cared_until(rows, on=on)
    return [claim for row in rows for claim in claiming.accepted(row, on=on, until=until.get(row.pk))]


def claimed_no_more(rows: Iterable[BatchSite], *, now: datetime) -> list[Model]:
    """They were taken out or sent back: nothing is claimed of them."""
    return [claim for row in rows for claim in claiming.withdraw(row, now=now)]


def relapsed(row: BatchSite, *, note: str, by: str, on: date) -> list[Model]:
    """A person found that one site did not last: what images asked to be checked again is confirmed."""
    waiting = TraceBack.objects.filter(
        claim__subject_kind=kind_of(BatchSite), claim__subject_id=row.pk, state=TraceState.OPEN.value
    )
    confirmed = TraceState.CONFIRMED.value
    return [
        change(each, state=confirmed, note=note.strip()[:1000], decided_on=on, decided_by=by)
        for each in waiting.order_by("id")
    ]


def against_accepting(asked: Asked) -> Iterable[Reason]:
    """What images do not support has to be answered in writing before anybody accepts or concludes."""
    return against_signing(open_questions(asked.matter))


def to_answer(matter: Matter) -> list[Claim]:
    """Its claims of which a written answer is asked for, as they stand."""
    rows = Claim.objects.filter(matter=matter, state__in=STANDING, answer_state=AnswerState.ASKED.value)
    return list(rows.defer("geom").order_by("id"))


def claims_of(matter: Matter) -> dict[int, Claim]:
    """The standing claim about each of its sites, by row of the batch."""
    rows = Claim.objects.filter(matter=matter, state__in=STANDING).defer("geom").order_by("id")
    return {each.subject_id: each for each in rows}


def unsupported_at(site_ids: Iterable[int]) -> dict[int, int]:
    """How many findings said of each site that images do not support what was claimed."""
    rows = Finding.objects.filter(claim__site__in=list(site_ids), verdict=Verdict.UNSUPPORTED.value)
    found: dict[int, set[int]] = {}
    for site_id, run_id in rows.values_list("claim__site_id", "run_id"):
        found.setdefault(site_id, set()).add(run_id)
    return {site_id: len(runs) for site_id, runs in found.items()}
