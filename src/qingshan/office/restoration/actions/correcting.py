"""How is what was entered about a project put right? With grounds, and what stood there before is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.access import matter_parties
from qingshan.office.matters.actions import Brought, Named, take_step
from qingshan.office.matters.actions.parties import name_parties
from qingshan.office.matters.models import Matter, Step
from qingshan.office.restoration.actions.registering import check_reach, enterprise_at_work, write_over
from qingshan.office.restoration.models import RestorationProject
from qingshan.office.restoration.needs import project_of
from qingshan.office.restoration.period import due_at_authority
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.flows.restoration import ProjectAct, ProjectState
from qingshan.rules.money import wan_text
from qingshan.rules.roles import Role


@dataclass(frozen=True)
class ProjectEntry:
    """What is said of a project in its entry. None: that stays as it was."""

    title: str | None = None
    mode: RestorationMode | None = None
    payer: Payer | None = None
    planned_fen: int | None = None
    programme: str | None = None
    source_number: str | None = None
    executing: Organisation | None = None


@dataclass(frozen=True)
class _Change:
    """One value of the entry that is another now."""

    name: str
    """of the column"""
    before: Any
    after: Any
    on_matter: bool = False

    @property
    def told(self) -> dict[str, Any]:
        """Before and after as a step keeps them: money in 万元."""
        if self.name == "planned_fen":
            return {"old_planned_wan": wan_text(self.before), "planned_wan": wan_text(self.after)}
        return {f"old_{self.name}": self.before or None, self.name: self.after or None}


@official_act
def correct_project(
    matter: Matter, brought: Brought, *, entry: ProjectEntry, actor: ActorLike, now: datetime
) -> Step:
    """更正项目登记, with grounds; what stood there before stays in the step. Refused: no registry duty, no grounds,
    money below zero, a unit whose area does not reach the region.
    """
    project = project_of(matter)
    if entry.planned_fen is not None and entry.planned_fen < 0:
        raise RestorationRefused.because("restoration.money_negative")
    changes = list(_changes(matter, project, entry))
    parties = _executing(matter, entry)
    of_matter: dict[str, Any] = {each.name: each.after for each in changes if each.on_matter}
    of_project = {each.name: each.after for each in changes if not each.on_matter}
    if "payer" in of_project and project.applied_on and matter.state_name == ProjectState.APPLIED:
        of_matter["due_on"] = due_at_authority(matter, entry.payer, project.applied_on)
    facts = {name: value for each in changes for name, value in each.told.items()}

    def write(step: Step) -> list[Model]:
        named = name_parties(matter, parties, on=step.occurred_on) if parties else []
        return [*([write_over(project, **of_project)] if of_project else []), *named]

    return take_step(
        matter,
        ProjectAct.CORRECT,
        brought,
        actor=actor,
        now=now,
        changes=of_matter | _seen_by(matter, parties),
        facts=facts | _units_told(matter, parties),
        beside=write,
    )


def _changes(matter: Matter, project: RestorationProject, entry: ProjectEntry) -> Iterator[_Change]:
    title = (entry.title or "").strip()[:200]
    said: tuple[tuple[str, Any, Model], ...] = (
        ("title", title or None, matter),
        ("source_number", None if entry.source_number is None else entry.source_number.strip()[:120], matter),
        ("mode", entry.mode.value if entry.mode else None, project),
        ("payer", entry.payer.value if entry.payer else None, project),
        ("planned_fen", entry.planned_fen, project),
        ("programme", None if entry.programme is None else entry.programme.strip()[:120], project),
    )
    for name, after, row in said:
        before = getattr(row, name)
        if after is not None and after != before:
            yield _Change(name, before, after, on_matter=row is matter)


def _held(matter: Matter, role: Role) -> list[Any]:
    return [party for party in matter_parties(matter) if party.role == role]


def _executing(matter: Matter, entry: ProjectEntry) -> list[Named]:
    """Who does the works from now on, where that is somebody else."""
    unit = entry.executing
    if unit is None or unit.pk in {party.organisation_id for party in _held(matter, Role.EXECUTING)}:
        return []
    named = [Named(Role.EXECUTING, unit)]
    check_reach(named, matter.region)
    return named


def _units_told(matter: Matter, parties: list[Named]) -> dict[str, Any]:
    if not parties:
        return {}
    before = "、".join(party.unit_name for party in _held(matter, Role.EXECUTING))
    after = "、".join(each.organisation.full_name for each in parties if each.organisation)
    return {"old_executing": before or None, "executing": after}


def _seen_by(matter: Matter, parties: list[Named]) -> dict[str, Any]:
    """Land without a mine's enterprise is seen by the enterprise that does the works: that may be another now."""
    own = (each.enterprise_id for each in (matter.mine, matter.site) if each)
    if not parties or any(own):
        return {}
    answering = [Named(Role.ANSWERING, party.organisation) for party in _held(matter, Role.ANSWERING)]
    found = enterprise_at_work([*answering, *parties])
    return {"enterprise_id": found.pk if found else None}
