"""Which problems (整改问题) has the demonstration, where are they, and where do they come from?

Their histories stand in `rectifications` and `upkeep`.
"""

from __future__ import annotations

from dataclasses import dataclass

from qingshan.demo.chance import Chance
from qingshan.demo.circumstances import sites_of
from qingshan.demo.diary import Event
from qingshan.demo.problems import PROBLEMS, Problem
from qingshan.demo.sites import SiteFacts
from qingshan.rules.matters import ProblemKind, Route, Severity, SourceKind

_SOURCES = (
    (SourceKind.SATELLITE, 30),
    (SourceKind.JOINT_INSPECTION, 22),
    (SourceKind.SELF_CHECK, 24),
    (SourceKind.CAMPAIGN, 17),
    (SourceKind.LOOK_BACK, 4),
    (SourceKind.OTHER, 3),
)
_DEPARTMENTS = ("自然资源局", "生态环境局", "水利局", "林业局", "应急管理局")
_AT_ONCE = {ProblemKind.DUST: 0.62, ProblemKind.SLAG: 0.3, ProblemKind.WATER: 0.25}


@dataclass(frozen=True)
class CaseFacts:
    """A problem as it is registered, and what has happened to it since."""

    key: str
    county: str
    route: Route
    problem: ProblemKind
    severity: Severity
    source: SourceKind
    title: str
    description: str
    requirement: str
    hectares: str
    site_key: str
    mine_key: str = ""
    uscc: str = ""
    """of the enterprise that must put it right; empty where nobody holds the mine"""
    department: str = ""
    item: tuple[str, int] | None = None
    """the document and the place of the item that handed it down"""
    part_of: str = ""
    turned_from: str = ""
    events: tuple[Event, ...] = ()


def a_case(
    key: str,
    county: str,
    site: SiteFacts,
    *,
    source: SourceKind | None = None,
    problem: Problem | None = None,
) -> tuple[CaseFacts, Problem]:
    """A problem at a site, of a sort that such a site has."""
    chance = Chance("case", key)
    problem = problem or chance.weighted([(each, each.weight) for each in _fitting(site)])
    source = source or chance.weighted(_SOURCES)
    hectares = f"{min(site.area_m2 / 10_000, 12.0) * chance.between(0.15, 0.7) + 0.08:.2f}"
    at_once = chance.happens(_AT_ONCE.get(problem.kind, 0.06))
    facts = CaseFacts(
        key=key,
        county=county,
        route=Route.AT_ONCE if at_once else Route.BY_DATE,
        problem=problem.kind,
        severity=Severity.ORDINARY if at_once else chance.weighted(problem.severity),
        source=source,
        title=f"{site.name}{problem.title}",
        description=f"{site.name}（{site.key}）{problem.found.format(hectares=hectares)}",
        requirement=problem.asked,
        hectares=hectares,
        site_key=site.key,
        mine_key=site.mine.key if site.mine else "",
        uscc=site.mine.enterprise.uscc if site.mine and site.mine.enterprise else "",
        department=chance.one_of(_DEPARTMENTS) if source is SourceKind.JOINT_INSPECTION else "",
    )
    return facts, problem


def _fitting(site: SiteFacts) -> list[Problem]:
    return [each for each in PROBLEMS if site.kind in each.sites] or [PROBLEMS[0]]


class Ground:
    """Sites of a county, dealt one after another; a site may have a second problem when all have had one."""

    def __init__(self, county: str) -> None:
        self.county, self._next = county, 0

    def site(self, *, held: bool | None = None) -> SiteFacts:
        """The next one; `held` asks for one whose mine has an enterprise, or for one that nobody holds."""
        sites = sites_of(self.county)
        while True:
            site = sites[self._next % len(sites)]
            self._next += 1
            if held is None or held == bool(site.mine and site.mine.enterprise):
                return site
