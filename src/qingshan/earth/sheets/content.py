"""What stands on a sheet, in the words of its reader and ready to be set as a page or on paper?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from qingshan.earth.findings import Finding, Question, Verdict
from qingshan.earth.parameters import ParameterSet, released
from qingshan.earth.series import SiteSeries
from qingshan.earth.sheets.curve import NARROW, WIDE, curve_of
from qingshan.earth.sheets.numbers import (
    area_words,
    days_words,
    place_words,
    quantity_words,
    share_words,
    value_words,
)  # fmt: skip
from qingshan.earth.sheets.pairs import Pair, pairs_of
from qingshan.earth.sheets.scenes import SceneRow, scene_rows
from qingshan.earth.sheets.told import Told, season_months_of, to_date, told_of, usable
from qingshan.earth.sheets.views import View
from qingshan.earth.sheets.words import MARKS, QUANTITIES, QUESTIONS, TARGETS, VERDICTS, ZONES, word
from qingshan.earth.sites import Claims, Site
from qingshan.geo.area import area_m2
from qingshan.rules.reasons import CHINESE, say

URGENCY = (Verdict.UNSUPPORTED, Verdict.SUPPORTED, Verdict.TOO_EARLY, Verdict.UNDECIDABLE)
DECIDED = (Verdict.UNSUPPORTED, Verdict.SUPPORTED)
Rows = tuple[tuple[str, str], ...]
"""names with their values"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one claim."""

    verdict: Verdict
    mark: str
    said: str
    """the verdict in words"""
    question: str
    is_provisional: bool
    sentence: str
    figures: Rows
    signs: tuple[str, ...]
    settle: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """One page about one site for a person who has never seen remote sensing (遥感核查单)."""

    language: str
    site_id: str
    name: str
    facts: Rows
    answers: tuple[Answer, ...]
    pairs: tuple[Pair, ...]
    curve: Markup
    """for screens and paper; empty where nothing was observed"""
    narrow_curve: Markup
    """the same for a phone"""
    curve_how: str
    scenes: tuple[SceneRow, ...]
    parameters: str
    until: date | None
    """day of the newest observation"""

    def as_html(self) -> str:
        """The sheet as one file of HTML that needs no other and runs no script."""
        from qingshan.earth.sheets.html import html_of

        return html_of(self)

    def as_pdf(self) -> bytes:
        """The sheet as PDF on A4; the same sheet gives the same bytes. Raises TypesettingError."""
        from qingshan.earth.sheets.pdf import pdf_of

        return pdf_of(self)


def sheet(
    site: Site,
    series: SiteSeries,
    findings: Sequence[Finding],
    claims: Claims,
    views: Iterable[View] = (),
    *,
    language: str = CHINESE,
    ring: BaseGeometry | None = None,
    parameters: ParameterSet | None = None,
) -> Sheet:
    """The sheet of one site.

    Args:
        views: pictures of the scenes that `scenes_wanted` names; a missing one is left out.
        language: zh-hans or en.
        ring: the ring for comparison in degrees, drawn where it runs through a picture.
        parameters: the set that was judged by; the newest released one otherwise.
    """
    parameters = parameters or released()
    outlines = _outlines(site, claims, ring)
    months = season_months_of(parameters, site.zone)
    told = told_of(series, claims, findings, season_months=months, language=language)
    curves = [
        curve_of(told, size=size, mark=mark, language=language) if len(series) else Markup("")
        for size, mark in ((WIDE, "w"), (NARROW, "n"))
    ]
    return Sheet(
        language=language,
        site_id=site.id,
        name=site.name or site.id,
        facts=tuple(_facts(site, series, claims, language)),
        answers=tuple(_answer(one, site, language) for one in in_order(findings)),
        pairs=pairs_of(findings, {view.scene: view for view in views}, outlines, language=language),
        curve=curves[0],
        narrow_curve=curves[1],
        curve_how=_how(told, parameters, language),
        scenes=scene_rows(series, findings, language=language),
        parameters=_parameters(findings, parameters, language),
        until=to_date(series.days[-1]) if len(series) else None,
    )


def scenes_wanted(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Ids of the scenes whose pictures a sheet shows."""
    return tuple(dict.fromkeys(scene for one in findings for scene in (one.before, one.after) if scene))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What needs a person first, then what is known, then what is not; in the order of the questions."""
    questions = list(Question)
    return sorted(findings, key=lambda one: (URGENCY.index(one.verdict), questions.index(one.question)))


def _how(told: Told, parameters: ParameterSet, language: str) -> str:
    """How the curve is read, in one or two sentences."""
    heights = word("how-cover" if told.quantity == "fvc" else "how-share", language)
    if told.ring is None:
        beside = word("how-no-ring", language)
    else:
        beside = word("how-ring", language, reach=_reach(parameters, language))
    return f"{heights} {beside}" if language.startswith("en") else heights + beside


def _reach(parameters: ParameterSet, language: str) -> str:
    """Where the ring lies, as far as the parameter set tells."""
    ring = parameters.numbers.get("ring", {})
    if not {"inner_m", "outer_m"} <= set(ring):
        return ""
    inner, outer = (f"{ring[name].value:g}" for name in ("inner_m", "outer_m"))
    return word("ring-reach", language, inner=inner, outer=outer)


def _outlines(site: Site, claims: Claims, ring: BaseGeometry | None) -> Mapping[str, BaseGeometry]:
    shapes = {"site": site.shape, "permitted": claims.permitted, "ring": ring}
    return {name: shape for name, shape in shapes.items() if shape is not None and not shape.is_empty}


def _facts(site: Site, series: SiteSeries, claims: Claims, language: str) -> Iterator[tuple[str, str]]:
    yield word("number", language), site.id
    yield word("area", language), area_words(area_m2(site.shape), language)
    yield word("place", language), place_words(site.shape, language)
    if claims.target is not None:
        yield word("target", language), TARGETS[claims.target].say({}, language)
    if site.zone is not None:
        yield word("zone", language), ZONES[site.zone].say({}, language)
    used = int(usable(series).sum())
    yield word("observed", language), word("observed-of", language, used=used, all=len(series))
    if len(series):
        yield word("until", language), to_date(series.days[-1]).isoformat()


def _answer(finding: Finding, site: Site, language: str) -> Answer:
    return Answer(
        verdict=finding.verdict,
        mark=MARKS[finding.verdict],
        said=VERDICTS[finding.verdict].say({}, language),
        question=QUESTIONS[finding.question].say({}, language),
        is_provisional=finding.is_provisional,
        sentence=finding.sentence(language),
        figures=tuple(_figures(finding, site, language)),
        signs=tuple(say(one, language) for one in finding.signs),
        settle=tuple(say(one, language) for one in finding.settle),
    )


def _figures(finding: Finding, site: Site, language: str) -> Iterator[tuple[str, str]]:
    """Only what is known: an absent figure is no 0."""
    if finding.claimed_on is not None:
        yield word("claimed-on", language), finding.claimed_on.isoformat()
    if finding.since is not None:
        yield word("since", language), finding.since.isoformat()
    if finding.considered and finding.verdict in DECIDED:
        yield (
            word("agreeing", language),
            word("k-of-n", language, k=finding.agreeing, n=finding.considered),
        )
    elif finding.considered:
        yield word("weighed", language), word("n-looks", language, n=finding.considered)
    if finding.effect is not None and finding.effect_of in QUANTITIES:
        quantity = quantity_words(finding.effect_of, language)
        yield word("effect", language, quantity=quantity), value_words(finding.effect_of, finding.effect)
    if finding.ring is not None and finding.effect_of in QUANTITIES:
        yield word("in-ring", language), value_words(finding.effect_of, finding.ring)
    yield from _areas(finding, area_m2(site.shape), language)
    if finding.dates:
        yield word("decided-on", language), days_words(finding.dates, language)


def _areas(finding: Finding, whole_m2: float, language: str) -> Iterator[tuple[str, str]]:
    if finding.share is not None:
        yield word("concerned", language), share_words(finding.share, whole_m2, language)
    for name, part_m2 in (("outside", finding.outside_m2), ("inside", finding.inside_m2)):
        if part_m2 is not None:
            yield word(name, language), area_words(part_m2, language)


def _parameters(findings: Sequence[Finding], parameters: ParameterSet, language: str) -> str:
    labels = list(dict.fromkeys(one.parameters for one in findings if one.parameters)) or [parameters.label]
    if labels != [parameters.label]:
        return "; ".join(labels)
    numbers = [number for section in parameters.numbers.values() for number in section.values()]
    unverified = sum(not number.is_verified for number in numbers)
    if not unverified:
        return parameters.label
    return f"{parameters.label} {word('unverified', language, unverified=unverified, all=len(numbers))}"
