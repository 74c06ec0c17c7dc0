"""How many sites, and how many hectares, got which answer, and out of how many?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.sheets.words import VERDICTS
from qingshan.earth.sites import Site


@dataclass(frozen=True, kw_only=True)
class Count:
    """Sites with one answer to one question, with all that were asked."""

    question: Question
    verdict: Verdict
    sites: int
    of_sites: int
    area_m2: float
    of_area_m2: float


def counted(answered: Iterable[tuple[Site, Finding]], areas_m2: Mapping[str, float]) -> tuple[Count, ...]:
    """All verdicts of every question that was asked, also those that nobody got: the parts add up to the whole."""
    sites: dict[tuple[Question, Verdict], list[str]] = {}
    for site, finding in answered:
        sites.setdefault((finding.question, finding.verdict), []).append(site.id)
    counts = []
    for question in (one for one in Question if any(asked == one for asked, _ in sites)):
        whole = [id_ for verdict in VERDICTS for id_ in sites.get((question, verdict), [])]
        for verdict in VERDICTS:
            part = sites.get((question, verdict), [])
            counts.append(
                Count(
                    question=question,
                    verdict=verdict,
                    sites=len(part),
                    of_sites=len(whole),
                    area_m2=sum(areas_m2[id_] for id_ in part),
                    of_area_m2=sum(areas_m2[id_] for id_ in whole),
                )
            )
    return tuple(counts)
