"""What was found at a site, who sat on the panel, and which site goes back by itself?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.office.accounts.models import Organisation
from qingshan.office.batches.actions.forming import write
from qingshan.office.batches.claims import claimed_no_more
from qingshan.office.batches.criteria import (
    Found,
    as_stored,
    criteria_book,
    ground_as_json,
    held_against,
    judged_as_json,
)
from qingshan.office.batches.facts import batch_of, panel_of
from qingshan.office.batches.models import Batch, BatchSite, PanelMember, SiteCheck
from qingshan.office.batches.observed import observed_as_json, observed_on
from qingshan.office.batches.sentences import BatchRefused
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.restoration.models import cm2
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.acceptance import Acceptance, PanelPart, Verdict
from qingshan.rules.batches import Standing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.sampling import Check

RESULT_OF = {Verdict.MET: Check.PASSED, Verdict.NOT_MET: Check.FAILED, Verdict.UNKNOWN: Check.OPEN}
"""What is not known is neither passed nor failed: the site waits for what is still to be measured."""


@dataclass(frozen=True)
class Visit:
    """Who went to a site, and when."""

    visitors: str
    visited_on: date | None


@official_act
def record_check(
    matter: Matter,
    row: BatchSite,
    brought: Brought,
    *,
    found: Found,
    visit: Visit,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """登记抽查结果 of one site. Refused: no review duty, whoever did the works, nobody on site, a site that was not
    drawn or has passed, a number that cannot be.
    """
    batch = batch_of(matter)
    if row.batch_id != batch.pk:
        raise BatchRefused.because("batches.not_a_site_of_it", site=str(row.site))
    if row.check_named in (None, Check.PASSED) or row.standing_named is not Standing.WAITING:
        raise BatchRefused.because("batches.not_drawn", site=str(row.site))
    judged = held_against(row, found, on=brought.occurred_on or visit.visited_on or shanghai_date(now))
    result = result_of(judged, found)
    values = {"visitors": visit.visitors, "visited_on": visit.visited_on}
    return take_step(
        matter,
        BatchAct.RECORD_CHECK,
        replace(brought, values={**brought.values, **values}),
        actor=actor,
        now=now,
        facts=facts_of(row, result, visit),
        beside=lambda step: checked(batch, row, found, judged, result, visit, step),
    )


def result_of(judged: Acceptance, found: Found) -> Check:
    """By the criteria; what else was found can fail a site, never pass it."""
    return Check.FAILED if found.failed_because.strip() else RESULT_OF[judged.verdict]


def facts_of(row: BatchSite, result: Check, visit: Visit) -> dict[str, Any]:
    """What the step keeps of a check."""
    return {
        "site": str(row.site),
        "check_result": result.value,
        "visitors": visit.visitors.strip(),
        "visited_on": visit.visited_on.isoformat() if visit.visited_on else None,
    }


def checked(
    batch: Batch,
    row: BatchSite,
    found: Found,
    judged: Acceptance,
    result: Check,
    visit: Visit,
    step: Step,
) -> list[Model]:
    """The check as it is kept, and the site as it stands after it."""
    seen = observed_on(row, on=step.occurred_on)
    made = SiteCheck(
        batch_site=row,
        step=step,
        round_no=batch.round_no,
        drawn_in=row.drawn_in,
        visited_on=visit.visited_on or step.occurred_on,
        visitors=visit.visitors.strip()[:300],
        area_cm2=cm2(found.area_m2),
        measured={criterion.value: as_stored(value) for criterion, value in found.measured.items()},
        observed=observed_as_json(seen, found.measured) or None,
        ground=ground_as_json(found.ground),
        judged=[judged_as_json(each) for each in judged.criteria],
        result=result.value,
        note=(found.failed_because.strip() or step.note)[:2000],
        judged_by=criteria_book(row, step.occurred_on).citation.as_json(),
    )
    made.save(force_insert=True)
    own = {criterion.value: as_stored(limit) for criterion, limit in found.own.items()}
    plan = {"plan_limits": own, "plan_source": found.source.strip()[:200]} if own else {}
    return [made, write(row, check_result=result.value, **plan)]


@official_act
def send_back_site(
    matter: Matter, row: BatchSite, brought: Brought, *, actor: ActorLike, now: datetime
) -> Step:
    """退回单个点位, with what is to be mended; the rest of the batch goes on. Refused: no review duty, no grounds, a
    site that was drawn and has no result, one that does not wait.
    """
    batch = batch_of(matter)
    if row.batch_id != batch.pk:
        raise BatchRefused.because("batches.not_a_site_of_it", site=str(row.site))
    if row.standing_named is not Standing.WAITING:
        standing = row.standing_named
        raise BatchRefused.because(
            "batches.not_waiting", site=str(row.site), standing=standing.zh, standing_en=standing.en
        )
    if row.check_named is Check.OPEN:
        raise BatchRefused.because("batches.check_first", site=str(row.site))
    return take_step(
        matter,
        BatchAct.SEND_BACK_SITE,
        brought,
        actor=actor,
        now=now,
        facts={"site": str(row.site)},
        beside=lambda step: sent_back([row], step),
    )


def sent_back(rows: Sequence[BatchSite], step: Step, *, anew: bool = False) -> list[Model]:
    """These sites are to be mended, and nothing is claimed of them. `anew`: what was drawn is drawn no more."""
    gone = {"drawn_in": "", "check_result": ""} if anew else {}
    for row in rows:
        times = row.times_back + 1
        write(
            row,
            standing=Standing.RETURNED.value,
            times_back=times,
            back_because=step.note[:2000],
            accepted_on=None,
            done_cm2=None,
            **gone,
        )
    return [*rows, *claimed_no_more(rows, now=step.recorded_at)]


@dataclass(frozen=True)
class Seat:
    """Somebody on the panel, and what they signed."""

    part: PanelPart
    name: str
    organisation: Organisation | None = None
    unit_name: str = ""
    signed_on: date | None = None
    paper: str = ""
    file_name: str = ""
    file_digest: str = ""
    absent_because: str = ""


@official_act
def name_panel(
    matter: Matter, brought: Brought, *, seats: Sequence[Seat], actor: ActorLike, now: datetime
) -> Step:
    """登记验收组及签字: all members as they stand now; who was named before and is no more, ends. Refused: no registry
    duty, nobody.
    """
    if not any(each.name.strip() for each in seats):
        raise BatchRefused.because("batches.panel_nobody")
    batch = batch_of(matter)
    named = "、".join(f"{each.part.zh} {each.name.strip()}" for each in seats if each.name.strip())
    return take_step(
        matter,
        SingleAct.NAME_PANEL if batch.is_single else BatchAct.NAME_PANEL,
        brought,
        actor=actor,
        now=now,
        facts={"panel": named[:500]},
        beside=lambda step: _seated(batch, seats, step),
    )


def _seated(batch: Batch, seats: Sequence[Seat], step: Step) -> list[Model]:
    ended = panel_of(batch)
    for row in ended:
        row.ended_on, row.version = step.occurred_on, row.version + 1
        row.save(update_fields=["ended_on", "version"])
    made = [
        PanelMember(
            batch=batch,
            round_no=batch.round_no,
            part=each.part.value,
            name=each.name.strip()[:60],
            organisation=each.organisation,
            unit_name=(each.organisation.name if each.organisation else each.unit_name.strip())[:160],
            signed_on=each.signed_on,
            paper=each.paper.strip()[:160],
            file_name=each.file_name,
            file_digest=each.file_digest,
            absent_because=each.absent_because.strip()[:300],
        )
        for each in seats
        if each.name.strip()
    ]
    for row in made:
        row.save(force_insert=True)
    return [*ended, *made]
