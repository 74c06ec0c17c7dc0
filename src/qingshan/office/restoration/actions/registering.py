"""How does a project enter the ledger, and how are its sites and its entry changed?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Model
from shapely.geometry.base import BaseGeometry

from qingshan.office.accounts.models import Organisation
from qingshan.office.matters.actions import Brought, Named, Opening, open_matter, take_step
from qingshan.office.matters.models import Matter, Step
from qingshan.office.mines.models import Site
from qingshan.office.papers.numbers import next_number
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.restoration.access import REGISTER
from qingshan.office.restoration.listing_moves import own_area
from qingshan.office.restoration.models import ProjectSite, RestorationProject, cm2
from qingshan.office.restoration.needs import land_of, project_of, sites_of
from qingshan.office.restoration.sentences import RestorationRefused
from qingshan.office.restoration.sharing import count_once, share_out
from qingshan.office.trail.actions import official_act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import numbering
from qingshan.rules.acceptance import Payer
from qingshan.rules.afteruse import Afteruse, RestorationMode
from qingshan.rules.dates import shanghai_date
from qingshan.rules.errors import RuleBroken
from qingshan.rules.flows.restoration import FLOW, ProjectAct
from qingshan.rules.register import OrganisationKind
from qingshan.rules.restoration import need_sites
from qingshan.rules.roles import Role


@dataclass(frozen=True)
class Planned:
    """A site of a project: how much of it is to be restored, and for what. None: as large as the site is known."""

    site: Site
    area_m2: float | None = None
    use: Afteruse | None = None


@dataclass(frozen=True)
class NewProject:
    """What is said of a project when it is registered. `opening.kind`, number, mine and site are filled in."""

    opening: Opening
    mode: RestorationMode
    sites: Sequence[Planned]
    planned_fen: int | None = None
    programme: str = ""
    payer: Payer | None = None
    """whose works they are; None: not said"""


@official_act
def register_project(new: NewProject, *, actor: ActorLike, now: datetime) -> Matter:
    """登记修复项目. Refused: no registry duty, a region outside the area, no title, no site or one twice, an area or
    money below zero, a number that is taken, a day to come, a unit whose area does not reach the region.
    """
    _check_sites(new.sites)
    check_reach(new.opening.parties, new.opening.region)
    if new.planned_fen is not None and new.planned_fen < 0:
        raise RestorationRefused.because("restoration.money_negative")
    mines = {each.site.mine for each in new.sites if each.site.mine is not None}
    opening = replace(
        new.opening,
        kind=FLOW.kind,
        number=new.opening.number.strip() or _free_number(new.opening.region, shanghai_date(now)),
        mine=new.opening.mine or (next(iter(mines)) if len(mines) == 1 else None),
        site=new.sites[0].site if len(new.sites) == 1 else None,
        enterprise=enterprise_at_work(new.opening.parties),
        geom=land_of([each.site for each in new.sites]),
    )
    return open_matter(
        opening,
        REGISTER.code,
        actor=actor,
        now=now,
        details=lambda matter: _project_rows(matter, new),
        told={"sites": len(new.sites), "mode": new.mode.value},
    )


def _project_rows(matter: Matter, new: NewProject) -> list[Model]:
    project = RestorationProject(
        matter=matter,
        mode=new.mode.value,
        planned_fen=new.planned_fen,
        programme=new.programme.strip(),
        payer=new.payer.value if new.payer else None,
    )
    project.save(force_insert=True)
    sites = [_added(project, each, on=matter.opened_on) for each in new.sites]
    count_once(sites)
    share_out(matter, sites)
    return [project, *sites]


def _added(project: RestorationProject, planned: Planned, *, on: date) -> ProjectSite:
    row = ProjectSite(
        project=project,
        site=planned.site,
        planned_cm2=cm2(own_area(planned.site, planned.area_m2)),
        planned_use=planned.use.value if planned.use else "",
        added_on=on,
    )
    row.save(force_insert=True)
    return row


MOST_TOLD = 500
"""Characters of a list of sites that a step keeps."""
DOES_IT = (Role.ANSWERING, Role.EXECUTING)


def check_reach(parties: Iterable[Named], region: Region) -> None:
    """A project across counties is answered for by a unit whose area holds them all: no other would ever see it."""
    for each in parties:
        unit = each.organisation
        if each.role not in DOES_IT or unit is None or unit.kind != OrganisationKind.AUTHORITY:
            continue
        if not inside(region.pk, (region_range(unit.region_id),)):
            names = {"unit": unit.name, "region": region.name, "own": unit.region.name}
            raise RestorationRefused.because("restoration.unit_out_of_reach", **names)


def enterprise_at_work(parties: Iterable[Named]) -> Organisation | None:
    """The enterprise that does the works on land without a mine: it sees the project as one of its own."""
    at_work = (each.organisation for each in parties if each.role in DOES_IT and each.organisation)
    return next((each for each in at_work if each.kind == OrganisationKind.ENTERPRISE), None)


def uses_told(planned: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each of these sites is planned for, as a step keeps it; of none nothing."""
    known = [(name, Afteruse(use)) for name, use in planned if use]
    if not known:
        return {}
    return {
        "uses": "、".join(f"{name} {use.zh}" for name, use in known)[:MOST_TOLD],
        "uses_en": ", ".join(f"{name}: {use.en}" for name, use in known)[:MOST_TOLD],
    }


def _check_sites(sites: Sequence[Planned]) -> None:
    if missing := need_sites(len(sites)):
        raise RuleBroken(*missing)
    counted = Counter(each.site.pk for each in sites)
    twice = [str(each.site) for each in sites if counted[each.site.pk] > 1]
    if twice:
        raise RestorationRefused.because("restoration.site_twice", sites="、".join(dict.fromkeys(twice)))
    for each in sites:
        if each.area_m2 is not None and each.area_m2 <= 0:
            raise RestorationRefused.because("restoration.area_not_possible", site=str(each.site))


def _free_number(region: Region, on: date) -> str:
    """The next number that no ledger from before has used."""
    while True:
        number = next_number(numbering.RESTORATION, holder=region.pk, on=on)
        if not Matter.objects.filter(number=number).exists():
            return number


@official_act
def change_sites(
    matter: Matter,
    brought: Brought,
    *,
    added: Sequence[Planned] = (),
    removed: Iterable[ProjectSite] = (),
    actor: ActorLike,
    now: datetime,
) -> Step:
    """调整修复点位, with grounds and an approval. Refused: no review duty, a site twice or one that is none of the
    project's, a project left without sites.
    """
    project, removed = project_of(matter), list(removed)
    own = {each.pk: each for each in sites_of(project)}
    for each in removed:
        if each.pk not in own:
            raise RestorationRefused.because("restoration.not_a_site_of_it", site=str(each.site))
    gone = {each.pk for each in removed}
    kept = [each for each in own.values() if each.pk not in gone]
    if added:
        _check_sites([*added, *(Planned(each.site) for each in kept)])
    return take_step(
        matter,
        ProjectAct.CHANGE_SITES,
        replace(brought, values={"sites_kept": len(kept) + len(added)}),
        actor=actor,
        now=now,
        facts={
            "added": "、".join(str(each.site) for each in added)[:MOST_TOLD],
            "removed": "、".join(str(each.site) for each in removed)[:MOST_TOLD],
            **uses_told([(str(each.site), each.use or "") for each in added]),
        },
        changes={"geom": _middle_of([*(each.site for each in kept), *(each.site for each in added)])},
        beside=lambda step: _changed_sites(matter, project, added, removed, step),
    )


def _middle_of(sites: Sequence[Site]) -> BaseGeometry | None:
    """Where a project on these sites lies, as when it was registered."""
    land = land_of(sites)
    return None if land is None else land.centroid


def _changed_sites(
    matter: Matter,
    project: RestorationProject,
    added: Sequence[Planned],
    removed: Sequence[ProjectSite],
    step: Step,
) -> list[Model]:
    for each in removed:
        each.left_on = step.occurred_on
        each.version += 1
        each.save(update_fields=["left_on", "version"])
    new = [_added(project, each, on=step.occurred_on) for each in added]
    kept = sites_of(project)
    counted = count_once(kept)
    share_out(matter, kept)
    fresh = {row.pk: row for row in (*new, *counted)}
    return [*removed, *fresh.values()]


def write_over(project: RestorationProject, **values: object) -> RestorationProject:
    """Write values of a project inside a step; its version rises."""
    for name, value in values.items():
        setattr(project, name, value)
    project.version += 1
    project.save(update_fields=[*values, "version"])
    return project
