"""What does the first page of a survey say: counts, sites, what was left out, and by which numbers was judged?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from qingshan.earth.findings import Finding, Verdict
from qingshan.earth.reports.counting import Count, counted
from qingshan.earth.reports.results import Results
from qingshan.earth.sheets.content import in_order
from qingshan.earth.sheets.html import rendered
from qingshan.earth.sheets.numbers import UNKNOWN, hectares, rate
from qingshan.earth.sheets.words import MARKS, QUESTIONS, VERDICTS, ZONES, word
from qingshan.earth.sites import ClimateZone
from qingshan.rules.reasons import say


@dataclass(frozen=True, kw_only=True)
class CountRow:
    """One line of the table of counts."""

    question: str
    verdict: str
    look: str
    mark: str
    by_sites: str
    by_area: str


@dataclass(frozen=True, kw_only=True)
class SiteRow:
    """One site of the list: its most urgent answer first."""

    id: str
    name: str
    address: str
    area: str
    answers: tuple[tuple[str, str, str, str], ...]
    """look, mark, question with verdict, sentence"""


def page_of(
    results: Results, *, areas_m2: Mapping[str, float], sheets: Mapping[str, str], language: str
) -> str:
    """The page as HTML that needs no other file but the sheets that it leads to."""
    counts = counted(results.answered(), areas_m2)
    numbers = list(_numbers(results, language))
    return rendered(
        "report.html.j2",
        language=language,
        facts=tuple(_facts(results, areas_m2, language)),
        counts=tuple(_count_row(one, language) for one in counts),
        sites=tuple(_site_rows(results, areas_m2, sheets, language)),
        left_out=tuple((out.scene, say(out.because, language)) for out in results.left_out),
        warnings=tuple(say(reason, language) for reason in results.warnings),
        scenes=rate(len(results.used), len(results.used) + len(results.left_out)),
        parameters=results.parameters.label,
        numbers=numbers,
        unverified=rate(sum(not number["is_verified"] for number in numbers), len(numbers)),
    )


def _facts(results: Results, areas_m2: Mapping[str, float], language: str) -> Iterator[tuple[str, str]]:
    yield word("sites", language), f"{len(results.sites):,}"
    yield word("area", language), word("of-hectares", language, parts=hectares(sum(areas_m2.values())))
    yield word("answers-count", language), f"{sum(1 for _ in results.answered()):,}"
    yield word("observed", language), f"{len(results.used):,}"
    if results.used:
        days = sorted(one.day for one in results.used)
        yield word("period", language), f"{days[0].isoformat()} – {days[-1].isoformat()}"


def _count_row(one: Count, language: str) -> CountRow:
    area = UNKNOWN
    if one.of_area_m2:
        share = f"{one.area_m2 / one.of_area_m2 * 100:.1f}%"
        area = f"{share} = {hectares(one.area_m2)} / {hectares(one.of_area_m2)}"
    return CountRow(
        question=QUESTIONS[one.question].say({}, language),
        verdict=VERDICTS[one.verdict].say({}, language),
        look=one.verdict.value,
        mark=MARKS[one.verdict],
        by_sites=rate(one.sites, one.of_sites),
        by_area=area,
    )


def _site_rows(
    results: Results, areas_m2: Mapping[str, float], sheets: Mapping[str, str], language: str
) -> Iterator[SiteRow]:
    """What needs a person first; otherwise in the order of the sites."""
    for site in sorted(results.sites, key=lambda one: _urgency(results.findings.get(one.id, ()))):
        yield SiteRow(
            id=site.id,
            name=site.name,
            address=quote(sheets[site.id]),
            area=hectares(areas_m2[site.id]),
            answers=tuple(_told(one, language) for one in in_order(results.findings.get(site.id, ()))),
        )


def _urgency(findings: tuple[Finding, ...]) -> int:
    order: list[Verdict] = list(VERDICTS)
    return min((order.index(one.verdict) for one in findings), default=len(order))


def _told(finding: Finding, language: str) -> tuple[str, str, str, str]:
    question = QUESTIONS[finding.question].say({}, language)
    verdict = VERDICTS[finding.verdict].say({}, language)
    return (
        finding.verdict.value,
        MARKS[finding.verdict],
        f"{question} · {verdict}",
        finding.sentence(language),
    )


def _numbers(results: Results, language: str) -> Iterator[dict[str, Any]]:
    for section, entries in results.parameters.numbers.items():
        for name, number in entries.items():
            yield {
                "name": f"{section}.{name}",
                "value": _plain(number.value, language),
                "source": number.source,
                "is_verified": number.is_verified,
            }


def _plain(value: Any, language: str) -> str:
    """A number, a table by zone, or a list by month: once where all months are alike."""
    if isinstance(value, dict):
        return "; ".join(f"{_key(key, language)} {_plain(each, language)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        told = [_plain(each, language) for each in value]
        return told[0] if len(set(told)) == 1 else ", ".join(told)
    return str(value)


def _key(key: str, language: str) -> str:
    """A zone by its name."""
    if key == "anywhere":
        return word("anywhere", language)
    return ZONES[ClimateZone(key)].say({}, language) if key in set(ClimateZone) else key
