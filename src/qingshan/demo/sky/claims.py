"""Of which sites is it claimed that they are restored, since when, and as what?

A claim is a case by which land had to be put in order and whose acceptance was applied for, or that was closed before
it was entered. Of several cases at one site the newest counts: there is one ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from shapely.geometry.base import BaseGeometry

from qingshan.demo.batched import BatchFacts
from qingshan.demo.cases import CaseFacts
from qingshan.demo.chance import Chance
from qingshan.demo.diary import Event, workday
from qingshan.demo.province import Province
from qingshan.demo.restorations import ProjectFacts
from qingshan.demo.sites import SiteFacts
from qingshan.demo.sky.fates import Fate, fate_of
from qingshan.earth.simulation.scenarios import Scenario
from qingshan.earth.sites import ClimateZone, TargetUse
from qingshan.rules.afteruse import target_of
from qingshan.rules.register import SiteKind
from qingshan.rules.verification import claims_land

ZONE = ClimateZone.SEMI_HUMID
"""of the whole province"""
_PROJECT_CLAIMS = ("claim_completion", "return_project", "accept_project", "redo_works")
_TAKEN_BACK = ("return_project", "redo_works")
_PLANTED_OF_A_HUNDRED = 60
"""claims that tell a day of planting"""
_USES: Mapping[SiteKind, tuple[tuple[TargetUse, int], ...]] = {
    SiteKind.OPEN_PIT: (
        (TargetUse.VEGETATION, 70), (TargetUse.CROPLAND, 10), (TargetUse.WATER, 9), (TargetUse.SOLAR, 5),
        (TargetUse.BUILDING, 6),
    ),
    SiteKind.LEGACY: (
        (TargetUse.VEGETATION, 66), (TargetUse.NATURAL, 14), (TargetUse.CROPLAND, 10), (TargetUse.WATER, 5),
        (TargetUse.SOLAR, 5),
    ),
    SiteKind.WASTE_DUMP: ((TargetUse.VEGETATION, 88), (TargetUse.SOLAR, 7), (TargetUse.CROPLAND, 5)),
    SiteKind.TAILINGS_POND: ((TargetUse.VEGETATION, 80), (TargetUse.SOLAR, 20)),
    SiteKind.INDUSTRIAL_YARD: (
        (TargetUse.VEGETATION, 55), (TargetUse.BUILDING, 22), (TargetUse.CROPLAND, 23),
    ),
    SiteKind.UNDERGROUND: ((TargetUse.VEGETATION, 70), (TargetUse.BUILDING, 30)),
    SiteKind.SUBSIDENCE: ((TargetUse.WATER, 40), (TargetUse.CROPLAND, 30), (TargetUse.VEGETATION, 30)),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ClaimedSite:
    """A site of which something is claimed, and what is true of it."""

    id: str
    shape: BaseGeometry
    """polygon or multipolygon in CGCS2000 degrees"""
    zone: ClimateZone = ZONE
    target: TargetUse = TargetUse.VEGETATION
    disturbed_since: date | None = None
    planted_on: date | None = None
    restored_since: date | None = None
    accepted_on: date | None = None
    truth: Fate
    """hidden: goes to those who simulate, never to those who judge"""


def use_of(key: str, kind: SiteKind) -> TargetUse:
    """What a site is to become, where its ledger does not say: drawn from its name, as sites of its kind do."""
    return Chance("use", key).weighted(_USES[kind])


@dataclass(frozen=True, kw_only=True)
class Said:
    """What those who did the work say of the land."""

    target: TargetUse
    planted_on: date | None
    restored_since: date


def said_of(case: CaseFacts, key: str, kind: SiteKind, *, begun: date, restored: date) -> Said:
    """What is written into the ledger when somebody applies for acceptance, or when it was closed.

    Args:
        case: whose land.
        key: of its site.
        kind: of its site.
        begun: the day on which the case began.
        restored: the day on which the work is said to be complete.
    """
    target = TargetUse.VEGETATION if _was_lost(case) else use_of(key, kind)
    planted = _planted(case.key, target, begun=begun, restored=restored)
    return Said(target=target, planted_on=planted, restored_since=restored)


def restored_before(case: CaseFacts, closed: date) -> date:
    """When the work was complete, of a case that was closed on paper."""
    return closed - timedelta(days=Chance("closed before", case.key).whole(15, 70))


def _was_lost(case: CaseFacts) -> bool:
    """Accepted, and later found disturbed again."""
    acts = [event.act for event in case.events]
    return "reopen" in acts and "accept" in acts[: acts.index("reopen")]


def claimed_sites(facts: Province, *, today: date) -> tuple[ClaimedSite, ...]:
    """All claims of the demonstration's cases, in order of their sites.

    Args:
        facts: the province.
        today: the day on which it is loaded.
    """
    sites = {site.key: site for site in facts.sites}
    of_cases = (_claims_of(case, sites[case.site_key], today) for case in facts.matters.cases)
    of_projects = (_claims_of_project(each, sites, today) for each in facts.matters.restorations.projects)
    found: dict[str, ClaimedSite] = {}
    of_batches = (_claims_of_batch(each, sites, today) for each in facts.matters.restorations.batches)
    for claim in chain.from_iterable((*of_cases, *of_projects, *of_batches)):
        before = found.get(claim.id)
        if before is None or _claimed(before) < _claimed(claim):
            found[claim.id] = claim
    return tuple(found[key] for key in sorted(found))


def _claims_of_project(
    project: ProjectFacts, sites: Mapping[str, SiteFacts], today: date
) -> Iterator[ClaimedSite]:
    """The sites of a project whose completion is claimed now: its last claim, unless it was taken back since."""
    told = [event for event in project.events if event.act in _PROJECT_CLAIMS]
    claims = [place for place, event in enumerate(told) if event.act == "claim_completion"]
    after = told[claims[-1] + 1 :] if claims else []
    target = target_of(project.mode, project.use).target
    if not claims or target is None or any(event.act in _TAKEN_BACK for event in after):
        return
    accepted = next((event.day for event in after if event.act == "accept_project"), None)
    for key in project.sites:
        use = TargetUse(target.value)
        yield ClaimedSite(
            id=key,
            shape=sites[key].geometry,
            target=use,
            restored_since=workday(told[claims[-1]].day, today=today),
            accepted_on=workday(accepted, today=today) if accepted is not None else None,
            truth=fate_of(key, use, is_accepted=accepted is not None),
        )


def _claims_of_batch(batch: BatchFacts, sites: Mapping[str, SiteFacts], today: date) -> Iterator[ClaimedSite]:
    """The sites of a batch that was applied for, unless it was sent back or taken up again since; a site that went
    back by itself is claimed no more, but its ground is seen all the same.
    """
    acts = {event.act: event.day for event in batch.events}
    target = target_of(batch.mode, batch.use).target
    if "apply_batch" not in acts or target is None or {"return_batch", "reopen_single"} & acts.keys():
        return
    accepted = acts.get("accept_batch", acts.get("accept_single"))
    for key in batch.sites:
        use = TargetUse(target.value)
        yield ClaimedSite(
            id=key,
            shape=sites[key].geometry,
            target=use,
            restored_since=workday(acts["finish_batch"], today=today) - timedelta(days=1),
            accepted_on=workday(accepted, today=today) if accepted is not None else None,
            truth=fate_of(key, use, is_accepted=accepted is not None),
        )


def _claimed(site: ClaimedSite) -> date:
    assert site.restored_since is not None
    return site.restored_since


def _claims_of(case: CaseFacts, site: SiteFacts, today: date) -> Iterator[ClaimedSite]:
    """The newest claim of a case, if it makes one."""
    if not claims_land(case.problem):
        return
    late = next((event for event in case.events if event.act == "register_late"), None)
    if late is not None:
        if late.value("state") == "closed":
            yield _closed_before(case, site, late, today)
        return
    applied = [place for place, event in enumerate(case.events) if event.act == "apply_for_acceptance"]
    if applied:
        yield _applied_for(case, site, applied[-1], today)


def _closed_before(case: CaseFacts, site: SiteFacts, late: Event, today: date) -> ClaimedSite:
    """From the ledger that was kept on paper: accepted on the day on which it was closed."""
    accepted = today + timedelta(days=late.value("closed"))
    restored = restored_before(case, accepted)
    begun = today + timedelta(days=late.value("began"))
    return _claim(case, site, begun=begun, restored=restored, accepted=accepted)


def _applied_for(case: CaseFacts, site: SiteFacts, place: int, today: date) -> ClaimedSite:
    """The last application; where the site was found disturbed again after it was closed, that is true of it."""
    applied, after = case.events[place], case.events[place + 1 :]
    accepted = [event.day for event in after if event.act == "accept"]
    again = next((event.day for event in after if event.act == "reopen"), None)
    claim = _claim(
        case,
        site,
        begun=workday(case.events[0].day, today=today),
        restored=workday(applied.day, today=today),
        accepted=workday(accepted[-1], today=today) if accepted else None,
    )
    if again is None or claim.accepted_on is None:
        return claim
    lost = workday(again - Chance("lost", case.key).whole(15, 40), today=today)
    return replace(claim, truth=Fate(scenario=Scenario.RELAPSE, is_true=False, lost_on=lost))


def _claim(
    case: CaseFacts, site: SiteFacts, *, begun: date, restored: date, accepted: date | None
) -> ClaimedSite:
    said = said_of(case, site.key, site.kind, begun=begun, restored=restored)
    return ClaimedSite(
        id=site.key,
        shape=site.geometry,
        target=said.target,
        planted_on=said.planted_on,
        restored_since=said.restored_since,
        accepted_on=accepted,
        truth=fate_of(site.key, said.target, is_accepted=accepted is not None),
    )


def _planted(key: str, target: TargetUse, *, begun: date, restored: date) -> date | None:
    """The last spring in which there was work, before the season begins; else shortly before the claim."""
    chance = Chance("planted", key)
    told, in_spring, before = chance.whole(1, 100), chance.whole(0, 26), chance.whole(6, 40)
    if told > _PLANTED_OF_A_HUNDRED or target is not TargetUse.VEGETATION:
        return None
    for year in (restored.year, restored.year - 1):
        spring = date(year, 3, 4) + timedelta(days=in_spring)
        if begun <= spring < restored:
            return spring
    return restored - timedelta(days=before)
