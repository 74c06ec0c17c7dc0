"""On which papers do the files of the demonstration's mines rest?

Documents, approved plans with their figures, determinations of who must restore and pay, numbers in other
systems with what was last reported there. In the first county most mines that work have them, and the papers
themselves lie in the vault; in every other county two have. All papers are made up and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import count

from qingshan.demo.chance import Chance
from qingshan.demo.days import years_after
from qingshan.demo.holdings import RightFacts, right_of
from qingshan.demo.mines import MineFacts, mines
from qingshan.demo.offices import FIRST_COUNTY
from qingshan.demo.regions import COUNTIES, NAMES
from qingshan.demo.sites import SiteFacts, sites_and_patches
from qingshan.rules.plans import PlanFigure
from qingshan.rules.register import Circumstance, DocumentKind, MineState, MiningMethod, Openness, PlanKind

MARK = "（演示）"
WAN = 10_000
DIVERGES = 0.25
"""How often a number in another system comes with a state that is no longer ours."""


@dataclass(frozen=True)
class DocumentFacts:
    """A paper with its text, line by line; `as_pdf` says that it is set as a page."""

    about: MineFacts | SiteFacts
    kind: DocumentKind
    title: str
    number: str
    issued_by: str
    issued_on: date
    openness: Openness
    lines: tuple[str, ...]
    as_pdf: bool = False

    @property
    def file_name(self) -> str:
        return f"{self.title}_{self.about.key}.{'pdf' if self.as_pdf else 'txt'}"


@dataclass(frozen=True)
class PlanFacts:
    """An approved plan with its figures as they are written; a newer one names the number that it replaces."""

    mine: MineFacts
    kind: PlanKind
    title: str
    number: str
    approved_by: str
    approved_on: date
    to_on: date
    figures: tuple[tuple[PlanFigure, str], ...]
    replaces: str = ""
    approval: DocumentFacts | None = None


@dataclass(frozen=True)
class DeterminationFacts:
    """责任主体认定: decided by the leader of the county's bureau on paper, entered by its clerk."""

    about: MineFacts | SiteFacts
    circumstance: Circumstance
    uscc: str | None
    """of the enterprise that must answer; None for the county's government"""
    number: str
    decided_on: date
    grounds: str
    paper: DocumentFacts | None


@dataclass(frozen=True)
class ReferenceFacts:
    """Under which number another system knows a mine, and what was last reported there."""

    mine: MineFacts
    system: str
    number: str
    reported: tuple[tuple[str, str], ...]
    reported_on: date


@dataclass(frozen=True)
class Papers:
    """All of them, in the order in which they are filed."""

    documents: tuple[DocumentFacts, ...]
    plans: tuple[PlanFacts, ...]
    determinations: tuple[DeterminationFacts, ...]
    references: tuple[ReferenceFacts, ...]


_PDFS = 8
_WITH_PAPERS = {county: 14 if county == FIRST_COUNTY else 2 for county in COUNTIES}
_DETERMINED = {county: 9 if county == FIRST_COUNTY else 2 for county in COUNTIES}
_PLATFORM, _MONITOR = "青山省矿产资源监管平台（演示）", "青山省生态修复监测系统（演示）"


@cache
def papers() -> Papers:
    """For mines that work or stand still; determinations for every circumstance."""
    scanned = [mine for mine in _with_papers() if mine.county == FIRST_COUNTY]
    licences = tuple(_licence(number, mine) for number, mine in enumerate(scanned))
    plans = tuple(plan for mine in _with_papers() for plan in _plans(mine))
    approvals = tuple(plan.approval for plan in plans if plan.approval is not None)
    determinations = tuple(_determinations())
    return Papers(licences + approvals, plans, determinations, tuple(_references()))


@cache
def _with_papers() -> tuple[MineFacts, ...]:
    found: list[MineFacts] = []
    for county in COUNTIES:
        working = [mine for mine in _of(county, MineState.PRODUCING, MineState.STOPPED) if mine.licence_no]
        found.extend(working[: _WITH_PAPERS[county]])
    return tuple(found)


def _of(county: str, *states: MineState) -> list[MineFacts]:
    return [mine for mine in mines() if mine.county == county and mine.state in states]


# --- documents ----------------------------------------------------------------------------------------------


def _licence(number: int, mine: MineFacts) -> DocumentFacts:
    """The licence as a paper; the first few are set as pages."""
    right = right_of()[mine.key]
    issued_on = date(int(mine.licence_no[7:11]), int(mine.licence_no[11:13]), 18)
    return DocumentFacts(
        about=mine,
        kind=DocumentKind.LICENCE,
        title=f"采矿许可证{MARK}",
        number=mine.licence_no,
        issued_by=right.issued_by,
        issued_on=issued_on,
        openness=Openness.PUBLIC,
        lines=tuple(_printed(right)),
        as_pdf=number < _PDFS // 2,
    )


def _printed(right: RightFacts) -> Iterator[str]:
    yield f"证号：{right.licence_no}"
    yield f"采矿权人：{right.holder_name}"
    yield f"矿山名称：{right.mine.name}"
    yield f"开采矿种：{right.mine.mineral.name}"
    yield f"开采方式：{right.mine.method.zh}"
    yield f"生产规模：{right.capacity_t_per_year / WAN:g} 万吨/年"
    yield f"矿区面积：{right.reported_area_km2:g} 平方千米"
    yield f"开采标高：{right.top_level_m} 米至 {right.bottom_level_m} 米"


def _approval(mine: MineFacts, plan: str, *, number: str, by: str, on: date, as_pdf: bool) -> DocumentFacts:
    firm = right_of()[mine.key].holder_name
    return DocumentFacts(
        about=mine,
        kind=DocumentKind.PLAN,
        title=f"关于{plan}的批复",
        number=number,
        issued_by=by,
        issued_on=on,
        openness=Openness.INTERNAL,
        lines=(
            f"{firm}：",
            f"你单位报送的《{plan}》收悉。经组织专家评审，原则同意该方案，请严格按照方案实施。",
        ),
        as_pdf=as_pdf,
    )


# --- plans --------------------------------------------------------------------------------------------------

_TITLES = {
    PlanKind.MINING: "矿产资源开采方案",
    PlanKind.SOIL_AND_WATER: "水土保持方案",
    PlanKind.ENVIRONMENT: "环境影响报告书",
    PlanKind.RECLAMATION: "矿区生态修复方案",
}
_OFFICES = {
    PlanKind.MINING: ("自然资源局", "自然资开"),
    PlanKind.SOIL_AND_WATER: ("水利局", "水保许"),
    PlanKind.ENVIRONMENT: ("生态环境局", "环评审"),
    PlanKind.RECLAMATION: ("自然资源局", "自然资修"),
}
_SHARES = {
    PlanKind.MINING: 1.0,
    PlanKind.SOIL_AND_WATER: 0.5,
    PlanKind.ENVIRONMENT: 0.6,
    PlanKind.RECLAMATION: 0.9,
}
_REVISED = 0.2
_PLAN_YEARS = 5


def _plans(mine: MineFacts) -> Iterator[PlanFacts]:
    for kind, share in _SHARES.items():
        chance = Chance("plan", mine.key, kind.value)
        if chance.happens(share):
            first = _plan(chance, mine, kind, year=chance.whole(2020, 2022))
            yield first
            if kind is PlanKind.RECLAMATION and chance.happens(_REVISED):
                yield _plan(chance, mine, kind, year=chance.whole(2023, 2025), replaces=first.number)


def _plan(chance: Chance, mine: MineFacts, kind: PlanKind, *, year: int, replaces: str = "") -> PlanFacts:
    office, word = _OFFICES[kind]
    title = f"{mine.name}{_TITLES[kind]}{'（修订）' if replaces else ''}{MARK}"
    number = f"{NAMES[mine.county][:2]}{word}〔{year}〕{int(mine.key[-3:])}号"
    by, on = f"{NAMES[mine.county]}{office}", chance.day(date(year, 2, 1), date(year, 11, 30))
    is_kept = kind in (PlanKind.MINING, PlanKind.RECLAMATION) and mine.county == FIRST_COUNTY
    pages = kind is PlanKind.MINING and int(mine.key[-3:]) <= _PDFS
    approval = _approval(mine, title, number=number, by=by, on=on, as_pdf=pages) if is_kept else None
    return PlanFacts(
        mine=mine,
        kind=kind,
        title=title,
        number=number,
        approved_by=by,
        approved_on=on,
        to_on=years_after(on, _PLAN_YEARS),
        figures=tuple(_figures(chance, mine, kind)),
        replaces=replaces,
        approval=approval,
    )


_Figures = Iterator[tuple[PlanFigure, str]]
_F = PlanFigure


def _figures(chance: Chance, mine: MineFacts, kind: PlanKind) -> _Figures:
    """What the plan promises; it agrees with the licence, and leaves out what such plans leave out."""
    right = right_of()[mine.key]
    area_m2 = right.reported_area_km2 * 1_000_000
    if kind is PlanKind.MINING:
        yield from _mining(chance, mine, right)
    elif kind is PlanKind.SOIL_AND_WATER:
        yield _F.CONTROLLED_AREA_M2, str(round(area_m2 * chance.between(0.3, 0.9)))
        yield _F.STRIPPED_TOPSOIL_M3, str(100 * chance.whole(20, 400))
        yield _F.SOIL_LOSS_CONTROL_PERCENT, str(chance.whole(85, 95))
        yield _F.VEGETATION_RECOVERY_PERCENT, str(chance.whole(90, 97))
        yield _F.VEGETATION_COVER_PERCENT, str(chance.whole(20, 30))
    elif kind is PlanKind.ENVIRONMENT:
        yield _F.CAPACITY_T_PER_YEAR, str(right.capacity_t_per_year)
        yield _F.WATER_REUSE_PERCENT, str(chance.whole(80, 100))
        yield _F.WASTE_USE_PERCENT, str(chance.whole(40, 95))
        yield _F.PROTECTION_DISTANCE_M, str(50 * chance.whole(2, 10))
    else:
        yield _F.RESTORED_AREA_M2, str(round(area_m2 * chance.between(0.08, 0.35), -2)).removesuffix(".0")
        yield _F.RESTORED_PERCENT, str(chance.whole(88, 100))
        yield _F.SOIL_DEPTH_M, f"{chance.whole(3, 8) / 10:g}"
        yield _F.VEGETATION_COVER_PERCENT, str(chance.whole(35, 75))
        yield _F.INVESTMENT_YUAN, str(WAN * chance.whole(60, 2_400))
        yield _F.AFTERCARE_YEARS, "3"


def _mining(chance: Chance, mine: MineFacts, right: RightFacts) -> _Figures:
    yield _F.CAPACITY_T_PER_YEAR, str(right.capacity_t_per_year)
    yield _F.MINED_AREA_M2, str(round(right.reported_area_km2 * 1_000_000 * chance.between(0.6, 0.95)))
    yield _F.TOP_LEVEL_M, str(right.top_level_m)
    yield _F.BOTTOM_LEVEL_M, str(right.bottom_level_m)
    if mine.method is MiningMethod.OPEN_PIT:
        yield _F.BENCH_HEIGHT_M, str(chance.one_of((10, 12, 15)))
        yield _F.SLOPE_DEG, str(chance.whole(45, 58))
        yield _F.DUMP_HEIGHT_M, str(chance.one_of((20, 30, 40)))
    yield _F.SERVICE_LIFE_YEARS, str(chance.whole(5, 22))


# --- determinations -----------------------------------------------------------------------------------------

_GROUNDS = {
    Circumstance.PRODUCING: "采矿权人正常生产经营，依法履行矿区生态修复义务。",
    Circumstance.HAS_HOLDER: "矿山已停止开采，采矿权人仍存续，修复义务不因停产、关闭而免除。",
    Circumstance.HOLDER_EXTINCT: "经查询登记档案并走访，原采矿权人已注销，无承继主体，由县人民政府组织修复。",
}


def _determinations() -> Iterator[DeterminationFacts]:
    """In each county for some mines of every circumstance, and in the first for sites that belong to no mine."""
    numbers = {county: count(1) for county in COUNTIES}
    for county in COUNTIES:
        for circumstance, states in (
            (Circumstance.PRODUCING, (MineState.PRODUCING,)),
            (Circumstance.HAS_HOLDER, (MineState.STOPPED, MineState.CLOSED)),
            (Circumstance.HOLDER_EXTINCT, (MineState.ABANDONED,)),
        ):
            for mine in _of(county, *states)[: _DETERMINED[county] // 2]:
                yield _determination(mine, circumstance, number=next(numbers[county]))
    alone = [site for site in sites_and_patches()[0] if site.mine is None and site.county == FIRST_COUNTY]
    for site in alone[:3]:
        yield _determination(site, Circumstance.HOLDER_EXTINCT, number=next(numbers[FIRST_COUNTY]))


def _determination(
    about: MineFacts | SiteFacts, circumstance: Circumstance, *, number: int
) -> DeterminationFacts:
    chance = Chance("determination", about.key)
    decided_on = chance.day(date(2023, 3, 1), date(2025, 11, 30))
    firm = about.enterprise if isinstance(about, MineFacts) else None
    decided = DeterminationFacts(
        about=about,
        circumstance=circumstance,
        uscc=firm.uscc if firm else None,
        number=f"{NAMES[about.county][:2]}自然资责认〔{decided_on.year}〕{number}号{MARK}",
        decided_on=decided_on,
        grounds=_GROUNDS[circumstance],
        paper=None,
    )
    if about.county != FIRST_COUNTY:
        return decided
    party = firm.name if firm else f"{NAMES[about.county]}人民政府"
    return replace(decided, paper=_determination_paper(decided, party, as_pdf=number == 1))


def _determination_paper(decided: DeterminationFacts, party: str, *, as_pdf: bool) -> DocumentFacts:
    return DocumentFacts(
        about=decided.about,
        kind=DocumentKind.DETERMINATION,
        title=f"责任主体认定书{MARK}",
        number=decided.number,
        issued_by=f"{NAMES[decided.about.county]}自然资源局",
        issued_on=decided.decided_on,
        openness=Openness.INTERNAL,
        lines=(
            f"认定对象：{decided.about.name}（{decided.about.key}）",
            f"认定情形：{decided.circumstance.zh}",
            f"责任主体：{party}",
            f"认定依据：{decided.grounds}",
        ),
        as_pdf=as_pdf,
    )


# --- numbers in other systems -------------------------------------------------------------------------------


def _references() -> Iterator[ReferenceFacts]:
    """The platform knows a mine by a number of its own; what was reported there may have been overtaken."""
    for number, mine in enumerate(_with_papers(), start=1):
        chance = Chance("reference", mine.key)
        state = (
            chance.one_of((MineState.PRODUCING, MineState.STOPPED))
            if chance.happens(DIVERGES)
            else mine.state
        )
        reported = (
            ("生产状态", state.zh),
            ("生产规模（万吨/年）", f"{right_of()[mine.key].capacity_t_per_year / WAN:g}"),
        )
        on = chance.day(date(2024, 1, 10), date(2025, 12, 20))
        yield ReferenceFacts(mine, _PLATFORM, f"QS-KC-{number:05d}", reported, on)
        if chance.happens(0.4):
            restored = (("已修复面积（公顷）", f"{chance.whole(5, 180) / 10:g}"),)
            yield ReferenceFacts(mine, _MONITOR, f"JC{mine.key.replace('-', '')}", restored, on)
