"""What do those who do the works report: their plan, the beginning, progress, completion, aftercare?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from qingshan.office.matters.actions import Brought, take_step
from qingshan.office.matters.actions.evidencing import NewEvidence, bring_evidence
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Evidence, Matter, Step
from qingshan.office.matters.needs import steps_since
from qingshan.office.observations.actions.completing import Elements, check_days
from qingshan.office.restoration import claims
from qingshan.office.restoration.actions.registering import uses_told, write_over
from qingshan.office.restoration.models import ProjectSite, RestorationProject, cm2
from qingshan.office.restoration.needs import project_of, sites_of
from qingshan.office.restoration.period import due_at_authority
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.restoration.sharing import count_once, share_out
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flows.restoration import ProjectAct
from qingshan.rules.money import wan_text
from qingshan.rules.restoration import SiteResult

DONE_PERCENT = 100


@dataclass(frozen=True)
class Done:
    """What somebody says of one site when the works are done, or finds at acceptance. None: nobody has measured."""

    project_site: ProjectSite
    area_m2: float | None
    is_whole: bool = True
    """whether all of the site is done"""
    use: Afteruse | None = None
    restored_on: date | None = None
    """when the works on it were complete; None: on the day of the claim"""
    planted_on: date | None = None
    """None: nobody says; then the plots of the site are asked"""


def hectares(m2: float) -> str:
    """As facts and entries keep an area."""
    return f"{m2 / M2_PER_HECTARE:.4f}"


@official_act
def submit_design(
    matter: Matter,
    brought: Brought,
    *,
    title: str,
    planned_fen: int | None,
    planned_m2: Mapping[int, float] | None = None,
    planned_use: Mapping[int, Afteruse | None] | None = None,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """报送实施方案: its title, the funds, and by project site area and use where these are new. Refused: not who does
    the works, no title, no funds, a site whose area nobody knows.
    """
    project = project_of(matter)
    if planned_fen is not None and planned_fen < 0:
        raise RestorationRefused.because("restoration.money_negative")
    areas = {pk: cm2(area) for pk, area in (planned_m2 or {}).items()}
    uses = {pk: use.value if use else "" for pk, use in (planned_use or {}).items()}
    values = {"design_title": title, "planned_fen": planned_fen, "planned_cm2": areas}
    return take_step(
        matter,
        ProjectAct.SUBMIT_DESIGN,
        replace(brought, values=values),
        actor=actor,
        now=now,
        facts={
            "design": title.strip(),
            "planned_wan": wan_text(planned_fen),
            **uses_told([(str(row.site), uses.get(row.pk, row.planned_use)) for row in sites_of(project)]),
        },
        beside=lambda step: [
            write_over(project, design_title=title.strip()[:200], planned_fen=planned_fen),
            *_planned(matter, project, areas, uses),
        ],
    )


def _planned(
    matter: Matter, project: RestorationProject, areas: Mapping[int, int | None], uses: Mapping[int, str]
) -> list[ProjectSite]:
    changed = []
    sites = sites_of(project)
    for each in sites:
        said = {
            "planned_cm2": areas.get(each.pk, each.planned_cm2),
            "planned_use": uses.get(each.pk, each.planned_use),
        }
        new = {name: value for name, value in said.items() if value != getattr(each, name)}
        if new:
            changed.append(_write(each, **new))
    if not changed:
        return []
    fresh = {row.pk: row for row in (*changed, *count_once(sites))}
    share_out(matter, sites)
    return list(fresh.values())


def _write(row: ProjectSite, **values: Any) -> ProjectSite:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])
    return row


@official_act
def begin_works(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """开工. Refused: not who does the works."""
    return take_step(matter, ProjectAct.BEGIN, brought, actor=actor, now=now)


@official_act
def report_progress(
    matter: Matter,
    brought: Brought,
    *,
    percent: int | None,
    spent_fen: int | None,
    actor: ActorLike,
    now: datetime,
) -> Step:
    """填报施工进度 and spending; what is not said stays as it was. Refused: not who does the works, a percentage or
    money that cannot be.
    """
    if percent is not None and not 0 <= percent <= DONE_PERCENT:
        raise RestorationRefused.because("restoration.percent", value=percent)
    if spent_fen is not None and spent_fen < 0:
        raise RestorationRefused.because("restoration.money_negative")
    project = project_of(matter)
    said = {"progress_percent": percent, "spent_fen": spent_fen}
    new = {name: value for name, value in said.items() if value is not None}
    facts = {"percent": percent, "spent_wan": None if spent_fen is None else wan_text(spent_fen)}
    return take_step(
        matter,
        ProjectAct.REPORT,
        brought,
        actor=actor,
        now=now,
        facts={name: value for name, value in facts.items() if value is not None},
        beside=lambda step: [write_over(project, **new, reported_on=step.occurred_on)],
    )


@official_act
def add_evidence(
    matter: Matter, evidence: Sequence[NewEvidence], brought: Brought, *, actor: ActorLike, now: datetime
) -> list[Evidence]:
    """上传佐证, several at once. Refused: whoever has no part in the project."""
    return bring_evidence(
        matter,
        ProjectAct.ADD_EVIDENCE,
        evidence,
        brought,
        actor=actor,
        now=now,
        work_began_on=work_began_on(matter),
    )


def work_began_on(matter: Matter) -> date | None:
    """The day on which the works began, in the present round; before it nothing can show them."""
    steps = steps_since(matter, kind_named(matter.kind).begins_anew)
    begins = (ProjectAct.BEGIN, ProjectAct.REOPEN)
    return min((step.occurred_on for step in steps if step.act in begins), default=None)


@official_act
def claim_completion(
    matter: Matter, brought: Brought, *, done: Sequence[Done], actor: ActorLike, now: datetime
) -> Step:
    """完工自验: the works are said to be done, site by site, and whoever tests claims is told. Refused: not who does
    the works, a site that is none of the project's, one that is left out, an area that nobody measured or that is none,
    days to come or a planting after the works were complete.
    """
    project, found = project_of(matter), results_of(matter, done)
    today = shanghai_date(now)
    for each in done:
        restored_on = each.restored_on or brought.occurred_on or today
        check_days(Elements(None, restored_on, planted_on=each.planted_on), on=today)
    return take_step(
        matter,
        ProjectAct.COMPLETE,
        replace(brought, values={"results": found}),
        actor=actor,
        now=now,
        facts=account_of(done),
        beside=lambda step: _claimed(project, done, step),
    )


def results_of(matter: Matter, done: Sequence[Done]) -> list[SiteResult]:
    """The sites of the project with what is said of each; RestorationRefused for a foreign one."""
    said = {each.project_site.pk: each.area_m2 for each in done}
    own = sites_of(project_of(matter))
    for each in done:
        if each.project_site.pk not in {row.pk for row in own}:
            raise RestorationRefused.because("restoration.not_a_site_of_it", site=str(each.project_site.site))
    return [SiteResult(str(row.site), row.planned_m2, said.get(row.pk)) for row in own]


def account_of(done: Sequence[Done]) -> dict[str, Any]:
    """What the step keeps of the sites."""
    return {"sites": len(done), "area_ha": hectares(sum(each.area_m2 or 0 for each in done))}


def _claimed(project: RestorationProject, done: Sequence[Done], step: Step) -> list[Model]:
    rows = [
        _write(
            each.project_site,
            claimed_cm2=cm2(each.area_m2),
            **({"actual_use": each.use.value} if each.use else {}),
        )
        for each in done
    ]
    write_over(project, claimed_on=step.occurred_on, progress_percent=DONE_PERCENT)
    days = {each.project_site.pk: (each.restored_on, each.planted_on) for each in done}
    claimed = claims.claimed(step.matter, rows, on=step.occurred_on, days=days, now=step.recorded_at)
    return [project, *rows, *claimed]


@official_act
def withdraw_claim(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """撤回完工自验, with grounds: what was claimed is claimed no more. Refused: not who does the works."""
    project = project_of(matter)
    return take_step(
        matter,
        ProjectAct.WITHDRAW_CLAIM,
        brought,
        actor=actor,
        now=now,
        beside=lambda _step: unclaimed(project, now=now),
    )


def unclaimed(project: RestorationProject, *, now: datetime) -> list[Model]:
    """The sites without their claim; the step keeps what had been claimed."""
    rows = [_write(each, claimed_cm2=None) for each in sites_of(project)]
    reported = _last_reported(project)
    changed = write_over(project, claimed_on=None, applied_on=None, progress_percent=reported)
    return [changed, *rows, *claims.claimed_no_more(rows, now=now)]


def _last_reported(project: RestorationProject) -> int | None:
    """How far the works were by the last report of this round: that they were done is claimed no more. None: nobody has
    reported since they began.
    """
    steps = steps_since(project.matter, (ProjectAct.REDO, ProjectAct.REOPEN))
    said = [(step.facts or {}).get("percent") for step in steps if step.act == ProjectAct.REPORT]
    return next((percent for percent in reversed(said) if percent is not None), None)


@official_act
def apply_for_acceptance(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """申请验收: from now on the authority's period runs. Refused: not who does the works."""
    project, on = project_of(matter), brought.occurred_on or shanghai_date(now)
    return take_step(
        matter,
        ProjectAct.APPLY,
        brought,
        actor=actor,
        now=now,
        changes={"due_on": due_at_authority(matter, project.payer_named, on)},
        facts={"payer": project.payer} if project.payer else None,
        beside=lambda step: [write_over(project, applied_on=step.occurred_on)],
    )


@official_act
def note_aftercare(matter: Matter, brought: Brought, *, actor: ActorLike, now: datetime) -> Step:
    """登记管护情况. Refused: not who does the works, nothing said."""
    return take_step(matter, ProjectAct.NOTE_AFTERCARE, brought, actor=actor, now=now)
