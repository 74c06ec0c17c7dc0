"""What does a batch claim of its sites, so that images are asked? Each site that is applied for is one claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Model

from qingshan.office.batches.lasting import cared_until
from qingshan.office.batches.models import BatchSite
from qingshan.office.matters.kinds import Asked
from qingshan.office.matters.models import Matter
from qingshan.office.observations import claiming
from qingshan.office.observations.access import held_back
from qingshan.office.observations.claiming import Claimed, open_questions
from qingshan.office.observations.models import Claim
from qingshan.office.restoration.claims import answering, replaced_of_lists
from qingshan.rules.afteruse import target_of
from qingshan.rules.reasons import Reason
from qingshan.rules.verification import (
    STANDING,
    AnswerState,
    ClaimState,
    Verdict,
    against_signing,
)


def claimed(matter: Matter, rows: Iterable[BatchSite], *, on: date, now: datetime) -> list[Model]:
    """These sites are said to be restored, each for what it is to be used for."""
    rows = list(rows)
    made = [claim for row in rows for claim in claiming.claim(_claim(matter, row, on=on), now=now)]
    return [*made, *replaced_of_lists([row.site_id for row in rows], now=now)]


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
    return [*claiming.confirm_relapse_of(row, note=note, by=by, on=on)]


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


def unsupported_at(site_ids: Iterable[int], *, on: date) -> Counter[int]:
    """How many claims about each site images do not support, by the newest finding on each; not a doubt that the county
    may still answer, nor one whose explanation holds. A claim that a newer one replaced counts with that one.
    """
    rows = Claim.objects.filter(site__in=list(site_ids), verdict=Verdict.UNSUPPORTED.value)
    rows = rows.exclude(state=ClaimState.SUPERSEDED.value).exclude(answer_state=AnswerState.UPHELD.value)
    return Counter(rows.exclude(held_back("", on=on)).values_list("site_id", flat=True))
