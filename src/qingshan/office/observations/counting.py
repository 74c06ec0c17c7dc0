"""How many claims did images support, and how much land is that? Land that is claimed twice counts once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from qingshan.geo.area import area_m2
from qingshan.office.observations.models import Claim, Finding, Run
from qingshan.rules.reasons import Sentence
from qingshan.rules.verification import Question, Verdict, is_relapse, overall

RELAPSED, ALL, HELD = "relapsed", "claims", "held"
RELAPSED_SAID = Sentence(
    zh="其中验收后未保持（待核实）", en="of these not kept after acceptance (to be verified)"
)
ROWS: tuple[tuple[str, Sentence], ...] = (
    (ALL, Sentence(zh="申报", en="claims")),
    (Verdict.SUPPORTED.value, Sentence(zh="影像支持", en="supported")),
    (Verdict.UNSUPPORTED.value, Sentence(zh="影像不支持（待核实）", en="unsupported (to be verified)")),
    (Verdict.UNDECIDABLE.value, Sentence(zh="无法判定", en="undecidable")),
    (Verdict.TOO_EARLY.value, Sentence(zh="尚早", en="too early")),
    (RELAPSED, RELAPSED_SAID),
    (HELD, Sentence(zh="县级核实中", en="being verified by the county")),
)
"""In the order of the table; what relapsed is a part of what is not supported. What is held back is only told to those
from whom it is held back, in the place of what was found.
"""
HECTARE_M2 = 10_000
OVERLAPS_TOLD = 5
"""pairs that a terminal names"""


@dataclass(frozen=True)
class Line:
    """One line: claims, sites (处), and land in square metres, what overlaps counted once; None: no shape at all."""

    claims: int
    sites: int
    area_m2: float | None

    def as_json(self) -> dict[str, Any]:
        return {"claims": self.claims, "sites": self.sites, "area_m2": self.area_m2}


@dataclass(frozen=True)
class Overlap:
    """Two claims of one run about the same ground."""

    first: str
    second: str
    area_m2: float


def counted(run: Run) -> dict[str, Any]:
    """The table of one run, and which claims lie on the same ground; as JSON, to be kept with the run."""
    verdicts = verdicts_of(run)
    claims = list(Claim.objects.filter(pk__in=verdicts).select_related("site").order_by("pk"))
    groups: dict[str, list[Claim]] = {ALL: claims, RELAPSED: []}
    for claim in claims:
        verdict, relapsed = verdicts[claim.pk]
        groups.setdefault(verdict.value, []).append(claim)
        if relapsed:
            groups[RELAPSED].append(claim)
    lines = {name: line_of(groups.get(name, [])).as_json() for name, _title in ROWS if name != HELD}
    overlapping = [
        {"first": each.first, "second": each.second, "area_m2": each.area_m2} for each in overlaps(claims)
    ]
    return {"lines": lines, "overlaps": overlapping}


def lines_without(run: Run, held: Collection[int]) -> dict[str, Any]:
    """The lines of a run for somebody from whom findings on these claims are held back: the doubts among them count as
    being verified, not as found.
    """
    lines = dict((run.counts or {}).get("lines", {}))
    doubted = {
        pk: relapsed for pk, (told, relapsed) in verdicts_of(run).items() if told is Verdict.UNSUPPORTED
    }
    hidden = doubted.keys() & set(held)
    if not lines or not hidden:
        return lines
    claims = list(Claim.objects.filter(pk__in=doubted).select_related("site").order_by("pk"))
    told = [each for each in claims if each.pk not in hidden]
    lines[Verdict.UNSUPPORTED.value] = line_of(told).as_json()
    lines[RELAPSED] = line_of([each for each in told if doubted[each.pk]]).as_json()
    lines[HELD] = line_of([each for each in claims if each.pk in hidden]).as_json()
    return lines


def verdicts_of(run: Run) -> dict[int, tuple[Verdict, bool]]:
    """By claim what this run found, and whether it was not kept."""
    answers: dict[int, dict[Question, Verdict]] = {}
    rows = Finding.objects.filter(run=run).values_list("claim_id", "question", "verdict")
    for claim_id, question, verdict in rows:
        answers.setdefault(claim_id, {})[Question(question)] = Verdict(verdict)
    return {
        pk: (overall(told), any(is_relapse(question, verdict) for question, verdict in told.items()))
        for pk, told in answers.items()
    }


def line_of(claims: Sequence[Claim]) -> Line:
    """Claims, distinct sites, and the land of all of them together."""
    shapes = [each.geom for each in claims if each.geom is not None]
    sites = {("site", each.site_id) if each.site_id else ("claim", each.pk) for each in claims}
    land = float(area_m2(shapely.union_all(shapes))) if shapes else None
    return Line(len(claims), len(sites), land)


def overlaps(claims: Iterable[Claim]) -> Iterator[Overlap]:
    """Pairs whose land has ground in common; lines that only touch have none."""
    placed = [each for each in claims if each.geom is not None]
    shapes = [each.geom for each in placed]
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for one, other in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if one < other:
            common = float(area_m2(_land(shapely.intersection(shapes[one], shapes[other]))))
            if common >= 1:
                yield Overlap(placed[one].number, placed[other].number, round(common, 1))


def _land(shape: Any) -> Any:
    """The polygons of an intersection, which may hold lines and points besides."""
    parts = [each for each in shapely.get_parts(shape) if each.geom_type == "Polygon"]
    return shapely.union_all(parts)


def lines_of_table(counts: dict[str, Any], language: str) -> list[str]:
    """The table for a terminal, one line each."""
    told = []
    for name, title in ROWS:
        if name not in counts["lines"]:
            continue
        line = counts["lines"][name]
        hectares = "—" if line["area_m2"] is None else f"{line['area_m2'] / HECTARE_M2:.2f}"
        unit = "{title}: {claims} ({sites} sites, {hectares} ha)"
        zh = "{title}：{claims} 项（{sites} 处，{hectares} 公顷）"
        said = Sentence(zh=zh, en=unit)
        told.append(
            said.say(
                {
                    "title": title.say({}, language),
                    "claims": line["claims"],
                    "sites": line["sites"],
                    "hectares": hectares,
                },
                language,
            )
        )
    for pair in counts["overlaps"][:OVERLAPS_TOLD]:
        said = Sentence(
            zh="{first} 与 {second} 重叠 {hectares} 公顷，面积只计一次",
            en="{first} and {second} overlap by {hectares} ha, counted once",
        )
        told.append(said.say({**pair, "hectares": f"{pair['area_m2'] / HECTARE_M2:.2f}"}, language))
    if more := len(counts["overlaps"]) - OVERLAPS_TOLD:
        told += _further(more, language)
    return told


def _further(more: int, language: str) -> list[str]:
    said = Sentence(
        zh="另有 {more} 对重叠，见核验任务页面", en="{more} more pairs overlap; see the page of the run"
    )
    return [said.say({"more": more}, language)] if more > 0 else []
