"""Which offices has the demonstration, who sits in them, and who may log in?

At each level a government, a natural-resources authority with its divisions (处室、科室、股室) and the two
authorities it works with; one agency for experts; a task force (专班). All people are made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from qingshan.demo.chance import Chance
from qingshan.demo.enterprises import EnterpriseFacts, enterprises, made_up_uscc
from qingshan.demo.mines import mines
from qingshan.demo.names import people
from qingshan.demo.regions import CITIES, COUNTIES, NAMES, PROVINCE
from qingshan.rules.duties import Duty
from qingshan.rules.register import OrganisationKind

FOUNDED_BY = "青山省机构编制方案（演示）"
FOUNDED_ON = date(2019, 1, 1)
RENAMED_BY = "企业名称变更登记通知书（演示）"
END_OF_THE_SHOW = date(2035, 12, 31)


@dataclass(frozen=True)
class OfficeFacts:
    """An organisation or, with a `parent`, a division of one. The key is for this package only."""

    key: str
    name: str
    kind: OrganisationKind
    region: str
    sector: str = ""
    parent: str | None = None
    uscc: str | None = None


@dataclass(frozen=True)
class SeatFacts:
    """A post (岗位) and the person who holds it."""

    office: str
    title: str
    duties: tuple[Duty, ...]
    person: str
    login: str | None = None
    """The login name; people without one decide on paper and others record it for them."""

    @property
    def key(self) -> str:
        return f"{self.office}/{self.title}"


@dataclass(frozen=True)
class StandInFacts:
    """B 岗: who stands in for whom, by seat, and until when."""

    seat: str
    acts_for: str
    from_on: date
    to_on: date
    document: str


@dataclass(frozen=True)
class BodyFacts:
    """A temporary body (工作专班), set up by a document for a time."""

    name: str
    office: str
    document: str
    members: tuple[tuple[str, str], ...]
    """Seats by their keys, and the part played."""


_SECTORS = (
    ("natural", "自然资源", "自然资源"),
    ("ecology", "生态环境", "生态环境"),
    ("forestry", "林业", "林业"),
)
_DIVISIONS = {
    "province": ("自然资源厅", "厅", ("国土空间生态修复处", "矿业权管理处", "调度督察处", "信息中心")),
    "city": ("自然资源局", "局", ("生态修复科", "矿产资源管理科")),
    "county": ("自然资源局", "局", ("生态修复股", "矿产资源管理股")),
}
FIRST_COUNTY, SECOND_COUNTY = COUNTIES[0], COUNTIES[1]
"""Where the clerk of the demonstration sits, and the clerk who must not see the first one's objects."""


@cache
def offices() -> tuple[OfficeFacts, ...]:
    """Parents before children."""
    found = [office for code in (PROVINCE, *CITIES, *COUNTIES) for office in _offices_of(code)]
    agency = OfficeFacts(
        key="agency",
        name="青山省矿山生态修复技术评估中心",
        kind=OrganisationKind.AGENCY,
        region=PROVINCE,
        uscc=made_up_uscc(PROVINCE, 900_001, kind="12"),
    )
    return (*found, agency)


def level_of(code: str) -> str:
    if code == PROVINCE:
        return "province"
    return "city" if code in CITIES else "county"


def _offices_of(code: str) -> Iterator[OfficeFacts]:
    place, level = NAMES[code], level_of(code)
    yield OfficeFacts(f"{code}/government", f"{place}人民政府", OrganisationKind.GOVERNMENT, code)
    ending = _DIVISIONS[level][1]
    for sector, word, shown in _SECTORS:
        name = f"{place}{word}局" if (level, sector) == ("province", "forestry") else f"{place}{word}{ending}"
        yield OfficeFacts(f"{code}/{sector}", name, OrganisationKind.AUTHORITY, code, sector=shown)
    for division in _DIVISIONS[level][2]:
        yield OfficeFacts(
            key=f"{code}/{division}",
            name=division,
            kind=OrganisationKind.AUTHORITY,
            region=code,
            sector="自然资源",
            parent=f"{code}/natural",
        )


@cache
def seats() -> tuple[SeatFacts, ...]:
    """Administrators first: they set up everybody else."""
    names = people(Chance("people"))
    plan = [*_province_seats(), *_other_seats(), *_named_logins()]
    return tuple(
        SeatFacts(office, title, duties, next(names), login) for office, title, duties, login in plan
    )


_Plan = tuple[str, str, tuple[Duty, ...], str | None]


def _province_seats() -> Iterator[_Plan]:
    centre = f"{PROVINCE}/信息中心"
    yield centre, "系统管理员", (Duty.SYSTEM_ADMIN,), "system"
    yield centre, "安全管理员", (Duty.SECURITY_ADMIN,), "security"
    yield centre, "审计管理员", (Duty.AUDIT,), "auditor"
    yield f"{PROVINCE}/natural", "厅长", (Duty.LEAD,), None
    yield f"{PROVINCE}/矿业权管理处", "矿山登记岗", (Duty.REGISTRY,), "registry"
    yield f"{PROVINCE}/调度督察处", "调度岗", (Duty.DISPATCH,), "dispatcher"
    yield f"{PROVINCE}/国土空间生态修复处", "生态修复审核岗", (Duty.REVIEW,), None


def _other_seats() -> Iterator[_Plan]:
    for code in CITIES:
        first = code == CITIES[0]
        yield f"{code}/natural", "局长", (Duty.LEAD,), None
        yield f"{code}/生态修复科", "审核岗", (Duty.REVIEW,), "city" if first else None
        yield f"{code}/生态修复科", "调度岗", (Duty.REGISTRY, Duty.DISPATCH), None
    for code in COUNTIES:
        yield f"{code}/natural", "局长", (Duty.LEAD,), None
        yield f"{code}/矿产资源管理股", "矿产经办岗", (Duty.REGISTRY,), None
        yield f"{code}/生态修复股", "整改经办岗", (Duty.REGISTRY, Duty.DISPATCH), _county_login(code)
        yield f"{code}/生态修复股", "整改调度岗", (Duty.REGISTRY, Duty.DISPATCH), None
        yield f"{code}/生态修复股", "验收审核岗", (Duty.REVIEW,), "reviewer" if code == FIRST_COUNTY else None


def _county_login(code: str) -> str | None:
    return {FIRST_COUNTY: "clerk", SECOND_COUNTY: "clerk2"}.get(code)


def _named_logins() -> Iterator[_Plan]:
    yield enterprise_of_the_login().uscc, "矿山修复负责人", (Duty.ENTERPRISE,), "enterprise"
    yield "agency", "评估专家", (Duty.EXPERT,), "expert"


@cache
def enterprise_of_the_login() -> EnterpriseFacts:
    """The enterprise of the clerk's county that runs the most mines; the first of equals."""
    there = [firm for firm in enterprises() if firm.county == FIRST_COUNTY]
    runs = Counter(mine.enterprise.uscc for mine in mines() if mine.enterprise)
    return max(there, key=lambda firm: runs[firm.uscc])


def stand_in() -> StandInFacts:
    """The clerk of the first county also does the work of a colleague on leave: one clerk, two posts."""
    return StandInFacts(
        seat=f"{FIRST_COUNTY}/生态修复股/整改经办岗",
        acts_for=f"{FIRST_COUNTY}/矿产资源管理股/矿产经办岗",
        from_on=date(2025, 1, 1),
        to_on=END_OF_THE_SHOW,
        document="青石县自然资源局 A/B 岗安排（演示）",
    )


def task_force() -> BodyFacts:
    """省级专班: leads from several offices for one drive."""
    return BodyFacts(
        name="青山省露天矿山综合整治工作专班",
        office=f"{PROVINCE}/natural",
        document="青政办〔2024〕18号（演示）",
        members=(
            (f"{PROVINCE}/natural/厅长", "组长"),
            (f"{PROVINCE}/调度督察处/调度岗", "联络员"),
            (f"{PROVINCE}/国土空间生态修复处/生态修复审核岗", "成员"),
            *((f"{code}/natural/局长", "成员") for code in CITIES),
        ),
    )
