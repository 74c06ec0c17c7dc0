"""How is a case put before the public, closed, and reopened when the problem returns?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Model

from qingshan.exchange.writing import add
from qingshan.office.cases.claims import claimed_no_more, relapsed
from qingshan.office.cases.closing import running_notice
from qingshan.office.cases.models import Objection, PublicNotice
from qingshan.office.cases.needs import notice_book, notice_days, notice_end
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.matters import Channel, EnforcementState, ObjectionState


@official_act
def give_public_notice(
    matter: Matter,
    brought: Brought,
    *,
    where: str,
    contact: str,
    actor: ActorLike,
    now: datetime,
    from_on: date | None = None,
    to_on: date | None = None,
    summary: str = "",
) -> Step:
    """发布公示, by default from the day of the act for as many working days as the rulebook asks. Refused: no registry
    duty, a level that has not accepted, too short a period.
    """
    on = brought.occurred_on or shanghai_date(now)
    from_on = from_on or on
    days = notice_days(matter, on)
    to_on = to_on or notice_end(from_on, days)
    values = {**brought.values, "from_on": from_on, "to_on": to_on}
    cited = notice_book(matter, on).citation.as_json()
    return take_step(
        matter,
        CaseAct.GIVE_NOTICE,
        replace(brought, values=values),
        actor=actor,
        now=now,
        facts={"from_on": from_on.isoformat(), "to_on": to_on.isoformat(), "working_days": days},
        beside=lambda step: [
            add(
                PublicNotice(
                    matter=matter,
                    step=step,
                    from_on=from_on,
                    to_on=to_on,
                    working_days=days,
                    days_by=cited,
                    where=where.strip(),
                    contact=contact.strip(),
                    summary=summary.strip(),
                )
            )
        ],
    )


@official_act
def stop_public_notice(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """中止公示: the work goes on, and is accepted anew. Refused: no registry duty, no grounds."""
    notice = running_notice(matter)
    return take_step(
        matter,
        CaseAct.STOP_NOTICE,
        brought,
        actor=actor,
        now=now,
        beside=lambda step: [*notice_stopped(notice, step), *claimed_no_more(matter, now=now)],
    )


def notice_stopped(notice: PublicNotice | None, step: Step) -> list[Model]:
    """The notice as it stands after the step that stops it."""
    if notice is None:
        return []
    notice.stopped_on, notice.version = step.occurred_on, notice.version + 1
    notice.save()
    return [notice]


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
    """登记异议, as it was received on paper or by telephone. Refused: no registry duty, no notice under way."""
    notice = running_notice(matter)
    if notice is None:
        raise CaseRefused.because("cases.notice_over")
    return take_step(
        matter,
        CaseAct.REGISTER_OBJECTION,
        brought,
        actor=actor,
        now=now,
        facts={"objection": text[:500]},
        beside=lambda step: [objection_received(notice, text, channel, received_on or step.occurred_on)],
    )


def objection_received(notice: PublicNotice, text: str, channel: Channel, on: date) -> Objection:
    """An objection that waits for its answer."""
    return add(
        Objection(
            notice=notice,
            received_on=on,
            channel=channel.value,
            text=text.strip(),
            state=ObjectionState.OPEN.value,
        )
    )


@official_act
def answer_objection(
    matter: Matter,
    objection: Objection,
    brought: Brought,
    *,
    upheld: bool,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """答复异议; one that is upheld is a reason to stop the notice. Refused: no registry duty, nothing said, answered
    already.
    """
    if objection.state != ObjectionState.OPEN or objection.notice.matter_id != matter.pk:
        raise CaseRefused.because("cases.objection_answered")
    state = ObjectionState.UPHELD if upheld else ObjectionState.ANSWERED
    return take_step(
        matter,
        CaseAct.ANSWER_OBJECTION,
        brought,
        actor=actor,
        now=now,
        facts={"objection": objection.text[:200], "outcome": state.zh},
        beside=lambda step: [objection_answered(objection, state, step)],
    )


def objection_answered(objection: Objection, state: ObjectionState, step: Step) -> Objection:
    """The objection with its answer."""
    objection.state, objection.answer, objection.answered_on = state.value, step.note, step.occurred_on
    objection.version += 1
    objection.save()
    return objection


@official_act
def note_enforcement(
    matter: Matter,
    brought: Brought,
    *,
    state: EnforcementState,
    actor: ActorLike,
    now: datetime,
    decided_on: date | None = None,
    outcome: str = "",
) -> Step:
    """登记查处情况: number, day and outcome of what is processed elsewhere; or that none is needed, and why.

    Refused: no registry duty.
    """
    facts = {
        "enforcement": state.value,
        "decided_on": decided_on.isoformat() if decided_on else None,
        "outcome": outcome.strip() or None,
    }
    return take_step(matter, CaseAct.NOTE_ENFORCEMENT, brought, actor=actor, now=now, facts=facts)


@official_act
def close(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """销号. Refused: no leadership duty, anything that is still missing, a doubt of images without an answer, whoever
    carried the work out.
    """
    return take_step(matter, CaseAct.CLOSE, brought, actor=actor, now=now)


@official_act
def reopen_after_relapse(
    matter: Matter, brought: Brought, *, due_on: date | None, actor: ActorLike, now: datetime
) -> Step:
    """反弹重新挂账: images no longer show what was accepted, a person confirmed it. Refused: no dispatch duty, no
    grounds, no new deadline, no trace-back that waits.
    """
    by = actor.decider.organisation or actor.decider.name
    return take_step(
        matter,
        CaseAct.REOPEN_AFTER_RELAPSE,
        replace(brought, values={**brought.values, "due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"new_due_on": due_on.isoformat() if due_on else None},
        beside=lambda step: relapsed(matter, note=brought.grounds, by=by, on=step.occurred_on, now=now),
    )


@official_act
def reopen(matter: Matter, brought: Brought, *, due_on: date | None, actor: ActorLike, now: datetime) -> Step:
    """重新挂账: the deadline counts from here, and history stays as it was. Refused: no dispatch duty, no grounds, no
    new deadline.
    """
    return take_step(
        matter,
        CaseAct.REOPEN,
        replace(brought, values={**brought.values, "due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"new_due_on": due_on.isoformat() if due_on else None},
        beside=lambda _step: claimed_no_more(matter, now=now),
    )
