"""What does a survey hand to those who write its outputs?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qingshan.earth.findings import Finding
from qingshan.earth.images.scenes import LeftOut
from qingshan.earth.parameters import ParameterSet
from qingshan.earth.series import SiteSeries
from qingshan.earth.sheets import View
from qingshan.earth.sites import Claims, Site, SiteSet
from qingshan.rules.reasons import Reason


@dataclass(frozen=True, kw_only=True)
class UsedScene:
    """A scene that was read."""

    scene: str
    day: date
    sensor: str


@dataclass(frozen=True, kw_only=True)
class Results:
    """Sites with what is claimed, seen and answered. Series and pictures are asked for site by site."""

    sites: SiteSet
    claims: Mapping[str, Claims]
    """id of a site -> what is claimed of it; sites without claims are missing"""
    findings: Mapping[str, tuple[Finding, ...]]
    """id of a site -> answers"""
    series_of: Callable[[Site], SiteSeries]
    views_of: Callable[[Site, Sequence[str]], Iterable[View]]
    """pictures of some scenes of a site, as many of them as there are"""
    used: tuple[UsedScene, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Reason, ...] = ()
    """sites and claims that were left out, scenes that look odd"""
    parameters: ParameterSet

    def answered(self) -> Iterator[tuple[Site, Finding]]:
        """All findings with their sites, in the order of the sites."""
        for site in self.sites:
            for finding in self.findings.get(site.id, ()):
                yield site, finding

    def claims_of(self, site: Site) -> Claims:
        """What is claimed of a site; nothing, if nothing was told."""
        return self.claims.get(site.id) or Claims(site_id=site.id)
