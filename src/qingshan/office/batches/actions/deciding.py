"""How is a batch accepted, sent back, published and concluded, and what when accepted land does not last?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.office.batches import claims
from qingshan.office.batches.actions.checking import Visit, checked, facts_of, result_of, sent_back
from qingshan.office.batches.actions.drawing import new_round
from qingshan.office.batches.actions.forming import not_taken, write, write_over
from qingshan.office.batches.counting_done import (
    count_accepted,
    count_accepted_no_more,
    tell_projects,
    untell_projects,
)
from qingshan.office.batches.criteria import Found, held_against
from qingshan.office.batches.facts import (
    batch_of,
    listed_rows,
    notice_days,
    rows_of,
    running_notice,
)
from qingshan.office.batches.models import Batch, BatchSite, SiteCheck
from qingshan.office.batches.sentences import BatchRefused
from qingshan.office.cases.actions.closing import notice_stopped, objection_answered, objection_received
from qingshan.office.cases.actions.deciding import urging
from qingshan.office.cases.models import Objection, PublicNotice
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.observations.claiming import confirm_relapse
from qingshan.office.places.queries.calendar import calendar
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.acceptance import Acceptance
from qingshan.rules.batches import Standing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.matters import Channel, ObjectionState
from qingshan.rules.sampling import Check, Round


@official_act
def accept_batch(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """批次验收通过: what passed, and what the sample speaks for. Refused: no review duty, whoever did the works, checks
    that are open, a further round that is asked for, nothing that passed, failures that are not back, a finding that
    nobody answered, a panel that is not complete.
    """
    batch = batch_of(matter)
    passed = [
        row
        for row in rows_of(batch)
        if row.standing_named is Standing.WAITING and row.check_named in (None, Check.PASSED)
    ]
    unseen = sum(row.check_named is None for row in passed)
    return take_step(
        matter,
        BatchAct.ACCEPT,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": None},  # the period of the acceptance is kept
        facts={"sites": len(passed), "accepted_unseen": unseen},
        beside=lambda step: _accepted(batch, passed, step),
    )


def _accepted(batch: Batch, rows: Sequence[BatchSite], step: Step) -> list[Model]:
    found = _measured(batch)
    for row in rows:
        done = found.get(row.pk, row.claimed_cm2)
        write(row, standing=Standing.ACCEPTED.value, accepted_on=step.occurred_on, done_cm2=done)
    changed = write_over(batch, accepted_on=step.occurred_on)
    return [changed, *rows, *claims.accepted(rows, on=step.occurred_on)]


def _measured(batch: Batch) -> dict[int, int | None]:
    """The area of each site as it was last measured in this round."""
    checks = SiteCheck.objects.filter(
        batch_site__batch=batch, round_no=batch.round_no, area_cm2__isnull=False
    )
    return dict(checks.order_by("id").values_list("batch_site_id", "area_cm2"))


@official_act
def accept_single(
    matter: Matter, brought: Brought, *, found: Found, visit: Visit, actor: ActorLike, now: datetime
) -> Step:
    """单项验收通过, criterion by criterion. Refused: no review duty, whoever did the works, nobody on site, a criterion
    that is not met or not known, a finding that nobody answered, a panel that is not complete.
    """
    batch = batch_of(matter)
    [row] = listed_rows(batch)
    judged = held_against(row, found, on=brought.occurred_on or shanghai_date(now))
    values = {"judged": judged, "visitors": visit.visitors, "visited_on": visit.visited_on}
    result = result_of(judged, found)
    return take_step(
        matter,
        SingleAct.ACCEPT,
        replace(brought, values={**brought.values, **values}),
        actor=actor,
        now=now,
        changes={"due_on": None},
        facts=facts_of(row, result, visit),
        beside=lambda step: _single_accepted(batch, row, (found, judged, result, visit), step),
    )


def _single_accepted(
    batch: Batch, row: BatchSite, seen: tuple[Found, Acceptance, Check, Visit], step: Step
) -> list[Model]:
    write(row, drawn_in=Round.WHOLE.value, check_result=seen[2].value)
    check, _row = checked(batch, row, *seen, step)
    return [check, *_accepted(batch, [row], step)]


@official_act
def return_batch(
    matter: Matter, brought: Brought, *, due_on: date | None = None, actor: ActorLike, now: datetime
) -> Step:
    """整批（单项）退回整改 with a written opinion; a new application starts a new period. Refused: no review duty, no
    grounds.
    """
    batch = batch_of(matter)
    return take_step(
        matter,
        SingleAct.RETURN if batch.is_single else BatchAct.RETURN,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"new_due_on": due_on.isoformat()} if due_on else {},
        beside=lambda step: _sent_back(batch, step),
    )


def _sent_back(batch: Batch, step: Step) -> list[Model]:
    gone = _sent_back_now(batch, step)
    held = [row for row in rows_of(batch) if row.is_open and row.is_listed]
    return [gone, *sent_back(held, step, anew=True)]


def _sent_back_now(batch: Batch, step: Step, **more: object) -> Batch:
    """A new round, for which what was shown before shows nothing."""
    newest = batch.matter.evidence.order_by("-id").values_list("pk", flat=True).first()
    return new_round(batch, returned_on=step.occurred_on, seen_until=newest, accepted_on=None, **more)


@dataclass(frozen=True)
class Notice:
    """How the result is published: for how long by which text, where, and where objections go."""

    working_days: int | None
    basis: str
    where: str
    contact: str
    summary: str = ""
    from_on: date | None = None
    to_on: date | None = None


@official_act
def give_notice(matter: Matter, brought: Brought, *, notice: Notice, actor: ActorLike, now: datetime) -> Step:
    """公示验收结果 (Mineral Resources Law, art. 48). No text of the nation sets a period: basis and days are said.
    Refused: no registry duty, no basis, a period that is shorter than its basis.
    """
    batch = batch_of(matter)
    on = brought.occurred_on or shanghai_date(now)
    from_on, days = notice.from_on or on, notice.working_days or notice_days(matter, on)
    to_on = notice.to_on or (calendar().add_working_days(from_on, days).day if days else None)
    values = {"basis": notice.basis, "working_days": days, "from_on": from_on, "to_on": to_on}
    told = {"from_on": from_on.isoformat(), "working_days": days, "basis": notice.basis.strip()[:200]}
    return take_step(
        matter,
        SingleAct.GIVE_NOTICE if batch.is_single else BatchAct.GIVE_NOTICE,
        replace(brought, values={**brought.values, **values}),
        actor=actor,
        now=now,
        facts={**told, "to_on": to_on.isoformat() if to_on else None},
        beside=lambda step: [_published(matter, notice, step, values)],
    )


def _published(matter: Matter, notice: Notice, step: Step, values: dict[str, Any]) -> PublicNotice:
    made = PublicNotice(
        matter=matter,
        step=step,
        from_on=values["from_on"],
        to_on=values["to_on"],
        working_days=values["working_days"],
        days_by={"basis": notice.basis.strip()[:200]},
        where=notice.where.strip()[:200],
        contact=notice.contact.strip()[:200],
        summary=notice.summary.strip(),
    )
    made.save(force_insert=True)
    return made


@official_act
def stop_notice(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """中止公示: it goes back to be mended. Refused: no registry duty, no grounds."""
    batch, notice = batch_of(matter), running_notice(matter)
    return take_step(
        matter,
        SingleAct.STOP_NOTICE if batch.is_single else BatchAct.STOP_NOTICE,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": None},
        beside=lambda step: [*notice_stopped(notice, step), *_sent_back(batch, step)],
    )


@official_act
def register_objection(
    matter: Matter,
    brought: Brought,
    *,
    text: str,
    channel: Channel,
    actor: ActorLike,
    now: datetime,
    received_on: date | None = None,
) -> Step:
    """登记异议, as it was received. Refused: no registry duty, no notice under way."""
    batch, notice = batch_of(matter), running_notice(matter)
    if notice is None:
        raise BatchRefused.because("batches.notice_over")
    return take_step(
        matter,
        SingleAct.REGISTER_OBJECTION if batch.is_single else BatchAct.REGISTER_OBJECTION,
        brought,
        actor=actor,
        now=now,
        facts={"objection": text.strip()[:500]},
        beside=lambda step: [objection_received(notice, text, channel, received_on or step.occurred_on)],
    )


@official_act
def answer_objection(
    matter: Matter,
    brought: Brought,
    *,
    objection: Objection,
    upheld: bool,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """答复异议; one that is upheld is a reason to stop the notice. Refused: no registry duty, nothing said, answered
    already.
    """
    batch = batch_of(matter)
    if objection.state != ObjectionState.OPEN or objection.notice.matter_id != matter.pk:
        raise BatchRefused.because("batches.answered_already")
    state = ObjectionState.UPHELD if upheld else ObjectionState.ANSWERED
    return take_step(
        matter,
        SingleAct.ANSWER_OBJECTION if batch.is_single else BatchAct.ANSWER_OBJECTION,
        brought,
        actor=actor,
        now=now,
        facts={"objection": objection.text[:200], "outcome": state.zh, "outcome_en": state.en},
        beside=lambda step: [objection_answered(objection, state, step)],
    )


@official_act
def conclude(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """办结、销项: what was accepted counts on the lists of targets; what went back is free for another batch. Refused:
    no duty to lead, whoever did the works, a notice that runs, objections or findings without an answer, counts that
    do not add up.
    """
    batch = batch_of(matter)
    return take_step(
        matter,
        SingleAct.CONCLUDE if batch.is_single else BatchAct.CONCLUDE,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": None},
        facts=_outcome(batch),
        beside=lambda step: _concluded(batch, step),
    )


def _outcome(batch: Batch) -> dict[str, Any]:
    rows = listed_rows(batch)
    accepted = sum(row.standing_named is Standing.ACCEPTED for row in rows)
    return {"sites": accepted, "sites_back": len(rows) - accepted}


def _concluded(batch: Batch, step: Step) -> list[Model]:
    held = [row for row in rows_of(batch) if row.is_open]
    for row in held:
        write(row, is_open=False)
    accepted = [row for row in held if row.standing_named is Standing.ACCEPTED]
    return [*held, *count_accepted(accepted, step), *tell_projects(accepted)]


@official_act
def reopen_single(
    matter: Matter, brought: Brought, *, due_on: date | None = None, actor: ActorLike, now: datetime
) -> Step:
    """单项重新挂账: a person confirmed that it did not last; it counts no more. Refused: no dispatch duty, no grounds,
    a site that another open batch holds.
    """
    batch = batch_of(matter)
    rows = listed_rows(batch)
    not_taken([row.site for row in rows])
    by = actor.decider.organisation or actor.decider.name
    return take_step(
        matter,
        SingleAct.REOPEN,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"new_due_on": due_on.isoformat()} if due_on else {},
        beside=lambda step: _reopened(batch, rows, step, by=by),
    )


def _reopened(batch: Batch, rows: Sequence[BatchSite], step: Step, *, by: str) -> list[Model]:
    confirmed = confirm_relapse(
        batch.matter, note=step.note, by=by, on=step.occurred_on, now=step.recorded_at
    )
    moved = [*count_accepted_no_more(rows, step), *untell_projects(rows)]
    for row in rows:
        write(row, relapsed_on=step.occurred_on, is_open=True, finished_on=None)
    begun = _sent_back_now(batch, step, applied_on=None)
    return [begun, *confirmed, *moved, *sent_back(rows, step, anew=True)]


@official_act
def trace_back(
    matter: Matter,
    brought: Brought,
    *,
    row: BatchSite,
    confirmed: bool,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """登记倒查 of an accepted site. Confirmed on site, it counts no more and may come into a new batch. Refused: no
    dispatch duty, no grounds, a site that is none of the batch's or was not accepted.
    """
    batch = batch_of(matter)
    if row.batch_id != batch.pk or row.standing_named is not Standing.ACCEPTED:
        raise BatchRefused.because("batches.not_a_site_of_it", site=str(row.site))
    by = actor.decider.organisation or actor.decider.name
    facts = {
        "site": str(row.site),
        "traced": "confirmed" if confirmed else "open",
        **_who_accepted(batch, row),
    }
    return take_step(
        matter,
        BatchAct.TRACE_BACK,
        brought,
        actor=actor,
        now=now,
        facts=facts,
        beside=lambda step: _relapsed(row, step, by=by) if confirmed else [],
    )


def _who_accepted(batch: Batch, row: BatchSite) -> dict[str, Any]:
    """倒查责任: who looked at the site, and who decided that it was accepted."""
    check = row.checks.filter(round_no=batch.round_no).order_by("-id").first()
    step = batch.matter.steps.filter(act=BatchAct.ACCEPT).order_by("-matter_version").first()
    return {
        "visitors": check.visitors if check else None,
        "accepted_by": f"{step.unit_name} {step.decider_name}".strip() if step else None,
    }


def _relapsed(row: BatchSite, step: Step, *, by: str) -> list[Model]:
    confirmed = claims.relapsed(row, note=step.note, by=by, on=step.occurred_on)
    moved = [*count_accepted_no_more([row], step), *untell_projects([row])]
    write(row, relapsed_on=step.occurred_on)
    return [*confirmed, *moved, *sent_back([row], step)]


@official_act
def urge(matter: Matter, brought: Brought, *, text: str, actor: ActorLike, now: datetime) -> Step:
    """催办. Refused: no dispatch duty."""
    batch = batch_of(matter)
    return take_step(
        matter,
        SingleAct.URGE if batch.is_single else BatchAct.URGE,
        brought,
        actor=actor,
        now=now,
        facts={"text": text.strip()[:500]},
        beside=lambda step: [urging(matter, step, text.strip())],
    )
