"""What is decided about a project: approval, plan of works, acceptance, handing over, and taking up again?

The lists on which its sites stand move with it: accepted land counts, what has to be redone counts no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Model

from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.restoration import claims
from qingshan.office.restoration.actions.registering import write_over
from qingshan.office.restoration.actions.working import Done, account_of, results_of, unclaimed
from qingshan.office.restoration.listing_moves import (
    Approval,
    count_no_more,
    count_restored,
    listings_of,
)
from qingshan.office.restoration.models import RestorationProject, cm2
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.office.restoration.period import works_due
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.restoration import ProjectAct


@official_act
def approve_project(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """批准立项. Refused: no review duty, no document, no site."""
    return take_step(matter, ProjectAct.APPROVE, brought, actor=actor, now=now)


@official_act
def dismiss_project(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """不予立项. Refused: no duty to lead, no grounds."""
    return take_step(matter, ProjectAct.DISMISS, brought, actor=actor, now=now)


@official_act
def approve_design(
    matter: Matter, brought: Brought, *, due_on: date | None, actor: ActorLike, now: datetime
) -> Step:
    """批准实施方案 with the day by which the works are done. Refused: no review duty, whoever does the works, no
    document, a day that is past.
    """
    return take_step(
        matter,
        ProjectAct.APPROVE_DESIGN,
        replace(brought, values={"due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
    )


@official_act
def return_design(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """退回实施方案. Refused: no review duty, no grounds."""
    return take_step(matter, ProjectAct.RETURN_DESIGN, brought, actor=actor, now=now)


@official_act
def accept_project(
    matter: Matter,
    brought: Brought,
    *,
    done: Sequence[Done],
    visitors: str,
    visited_on: date | None,
    aftercare_until: date | None,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """验收通过, site by site; the accepted land counts, and what is due next is the end of aftercare.

    Refused: no review duty, whoever does the works, nobody on site, no document, an area that nobody measured, no end
    of aftercare.
    """
    project = project_of(matter)
    values = {
        "visitors": visitors,
        "visited_on": visited_on,
        "aftercare_until": aftercare_until,
        "results": results_of(matter, done),
    }
    facts = {
        **account_of(done),
        "visitors": visitors.strip(),
        "visited_on": visited_on.isoformat() if visited_on else None,
        "aftercare_until": aftercare_until.isoformat() if aftercare_until else None,
    }
    return take_step(
        matter,
        ProjectAct.ACCEPT,
        replace(brought, values=values),
        actor=actor,
        now=now,
        changes={"due_on": aftercare_until},
        facts=facts,
        beside=lambda step: _accepted(project, done, aftercare_until, step),
    )


def _accepted(
    project: RestorationProject, done: Sequence[Done], aftercare_until: date | None, step: Step
) -> list[Model]:
    rows: list[Model] = [write_over(project, accepted_on=step.occurred_on, aftercare_until=aftercare_until)]
    by_site = {}
    for each in done:
        row = each.project_site
        row.done_cm2, row.is_whole = cm2(each.area_m2), each.is_whole
        row.actual_use = each.use.value if each.use else row.actual_use
        row.version += 1
        row.save(update_fields=["done_cm2", "is_whole", "actual_use", "version"])
        rows.append(row)
        by_site[row.site_id] = each
    approval = _approval(step)
    for listed in listings_of(each.project_site.site for each in done):
        found = by_site[listed.site_id]
        rows += count_restored(listed, found.area_m2 or 0, is_whole=found.is_whole, approval=approval)
    sites = (each.project_site for each in done)
    return [*rows, *claims.accepted(sites, on=step.occurred_on, until=aftercare_until)]


@official_act
def accept_by_batches(
    matter: Matter, brought: Brought, *, aftercare_until: date | None, actor: ActorLike, now: datetime
) -> Step:
    """按批次验收转入管护: batches or single acceptances have concluded every site, so nothing is accepted or counted a
    second time; what the project claims is watched until the end of its own aftercare. Refused: no review duty, whoever
    does the works, a site that was not concluded, no end of aftercare, a doubt of images about what the project itself
    claims without a written answer.
    """
    project = project_of(matter)
    return take_step(
        matter,
        ProjectAct.ACCEPT_BY_BATCHES,
        replace(brought, values={"aftercare_until": aftercare_until}),
        actor=actor,
        now=now,
        changes={"due_on": aftercare_until},
        facts={"aftercare_until": aftercare_until.isoformat() if aftercare_until else None},
        beside=lambda step: [
            write_over(project, accepted_on=step.occurred_on, aftercare_until=aftercare_until),
            *claims.accepted(sites_of(project), on=step.occurred_on, until=aftercare_until),
        ],
    )


def _approval(step: Step) -> Approval:
    return Approval(step.number, step.occurred_on, step.recorded_at, step.note[:500], step)


@official_act
def return_acceptance(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """验收不通过: the works go on, until the day that was set for them. Refused: no review duty, no grounds."""
    project = project_of(matter)
    return take_step(
        matter,
        ProjectAct.RETURN_ACCEPTANCE,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": works_due(matter)},
        beside=lambda _step: unclaimed(project, now=now),
    )


@official_act
def redo_works(
    matter: Matter, brought: Brought, *, due_on: date | None, actor: ActorLike, now: datetime
) -> Step:
    """管护期内返工: what was accepted did not last, and counts no more; by when it is done again is set anew, because
    the end of aftercare was no deadline of works. Trace-backs of its sites are confirmed. Refused: no review duty, no
    grounds, no day or one that is past.
    """
    by = actor.decider.organisation or actor.decider.name
    return take_step(
        matter,
        ProjectAct.REDO,
        replace(brought, values={"due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"new_due_on": due_on.isoformat() if due_on else None},
        beside=lambda step: _undone(project_of(matter), step, by=by),
    )


@official_act
def reopen_project(
    matter: Matter, brought: Brought, *, due_on: date | None, actor: ActorLike, now: datetime
) -> Step:
    """重新列入修复 after it was handed over, with a new deadline; trace-backs of its sites are confirmed. Refused: no
    duty to dispatch, grounds or new day.
    """
    by = actor.decider.organisation or actor.decider.name
    return take_step(
        matter,
        ProjectAct.REOPEN,
        replace(brought, values={"due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"new_due_on": due_on.isoformat() if due_on else None},
        beside=lambda step: _undone(project_of(matter), step, by=by),
    )


def _undone(project: RestorationProject, step: Step, *, by: str) -> list[Model]:
    """Accepted land is to be done again: the lists say so, the step keeps what had been accepted."""
    sites, rows = sites_of(project), list[Model]()
    for listed in listings_of(each.site for each in sites):
        if listed.done_cm2 or listed.restored_on:
            rows += count_no_more(listed, _approval(step))
    for each in sites:
        each.claimed_cm2 = each.done_cm2 = each.is_whole = None
        each.version += 1
        each.save(update_fields=["claimed_cm2", "done_cm2", "is_whole", "version"])
    gone = dict.fromkeys(("claimed_on", "applied_on", "accepted_on", "aftercare_until", "progress_percent"))
    changed = write_over(project, **gone, receiver="")
    gone_claims = claims.relapsed(sites, note=step.note, by=by, on=step.occurred_on, now=step.recorded_at)
    return [changed, *sites, *rows, *gone_claims]


@official_act
def hand_over(matter: Matter, brought: Brought, *, receiver: str, actor: ActorLike, now: datetime) -> Step:
    """移交销项. Refused: no review duty, whoever does the works, no document, nobody who receives it, aftercare that is
    still running, a doubt of images without an answer.
    """
    project = project_of(matter)
    return take_step(
        matter,
        ProjectAct.HAND_OVER,
        replace(brought, values={"receiver": receiver}),
        actor=actor,
        now=now,
        facts={"receiver": receiver.strip()},
        beside=lambda _step: [write_over(project, receiver=receiver.strip()[:160])],
    )


@official_act
def extend_project(
    matter: Matter, brought: Brought, *, due_on: date | None, actor: ActorLike, now: datetime
) -> Step:
    """批准延期. Refused: no review duty, no grounds or document, a day that is not later."""
    return take_step(
        matter,
        ProjectAct.EXTEND,
        replace(brought, values={"due_on": due_on}),
        actor=actor,
        now=now,
        changes={"due_on": due_on},
        facts={"new_due_on": due_on.isoformat() if due_on else None},
    )


@official_act
def withdraw_project(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """撤销项目; what it had restored stays restored, what was only claimed is claimed no more. Refused: no duty to
    lead, no grounds or document.
    """
    return take_step(
        matter,
        ProjectAct.WITHDRAW,
        brought,
        actor=actor,
        now=now,
        beside=lambda step: _given_up(project_of(matter), step),
    )


def _given_up(project: RestorationProject, step: Step) -> list[Model]:
    """The claims about sites that nobody accepted; accepted land stays as it is, and watched."""
    open_sites = [each for each in sites_of(project) if each.done_cm2 is None]
    return list(claims.claimed_no_more(open_sites, now=step.recorded_at))
