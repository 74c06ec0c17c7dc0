"""What does a rulebook (规则库) hold? Values with unit, article, source, and whether anybody has read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qingshan.rules.errors import RuleError
from qingshan.rules.identifiers import RegionCode
from qingshan.rules.reasons import CHINESE, Reason, Sentence
from qingshan.rules.register import RegionLevel
from qingshan.rules.words import Named

Scalar = int | Decimal | str | bool | date
Content = Scalar | tuple[Scalar, ...] | Mapping[str, Scalar]


class Status(Named):
    """核实状态: whether the source of a value has been read."""

    VERIFIED = "verified", "已核实", "verified"
    UNVERIFIED = "unverified", "待核", "unverified"


class Layer(Named):
    """层级: who made the rule. A lower layer goes before a higher one inside its region."""

    NATION = "nation", "国家", "nation"
    PROVINCE = "province", "省级", "province"
    CITY = "city", "市级", "city"


class ValueUnit(Named):
    """单位: in what a value is given."""

    WORKING_DAY = "working_day", "个工作日", "working days"
    DAY = "day", "日", "days"
    MONTH = "month", "个月", "months"
    YEAR = "year", "年", "years"
    PERCENT = "percent", "%", "%"
    METRE = "metre", "米", "m"
    DEGREE = "degree", "度", "degrees"
    MILLIMETRE = "millimetre", "毫米", "mm"
    SITE = "site", "处", "sites"
    POINT = "point", "分", "points"
    TIMES = "times", "倍", "times"
    SQUARE_METRE = "square_metre", "平方米", "m²"
    OCCASION = "occasion", "次", "occasions"
    WAN_TONNES_PER_YEAR = "wan_tonnes_per_year", "万吨/年", "×10,000 t a year"
    WAN_M3_PER_YEAR = "wan_m3_per_year", "万立方米/年", "×10,000 m³ a year"
    MONTH_AND_DAY = "month_and_day", "月-日", "month-day"


_LEVELS_OF = {
    Layer.NATION: frozenset[RegionLevel](),
    Layer.PROVINCE: frozenset({RegionLevel.PROVINCE}),
    # 仙桃 and other counties under a province make rules as cities do
    Layer.CITY: frozenset({RegionLevel.PREFECTURE, RegionLevel.COUNTY}),
}


@dataclass(frozen=True)
class Provision:
    """条款值: one value of a rulebook. Without content it is an empty slot that asks to be entered."""

    name: str
    title: Sentence
    content: Content | None
    unit: ValueUnit | None
    article: str
    """Which article or table says so."""
    source: str
    """What was read, or why nothing could be."""
    status: Status


@dataclass(frozen=True)
class Citation:
    """What a stored result keeps of the rulebook that produced it."""

    id: str
    version: str
    layer: str
    digest: str
    """SM3 of the file."""
    status: str

    def as_json(self) -> dict[str, str]:
        """For storing beside the result."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Rulebook:
    """规则库: one version of one set of rules. Building one that contradicts itself raises RuleError."""

    id: str
    version: str
    layer: Layer
    region: RegionCode | None
    title: Sentence
    document: str
    """Name of the document that is its legal basis."""
    number: str
    """文号 of the document."""
    effective_from: date | None
    """First day in force; None while it is 待核, then the book counts as in force all along."""
    effective_to: date | None
    """Last day in force; None while nobody has ended it."""
    replaces: tuple[str, ...]
    """Versions that this one corrects: no longer picked, but results that cite them stay readable."""
    status: Status
    digest: str
    provisions: Mapping[str, Provision]

    def __post_init__(self) -> None:
        values = {"book": self.id, "version": self.version}
        faults = [Reason(code, values) for code in self._faults()]
        if faults:
            raise RuleError(*faults)

    def _faults(self) -> list[str]:
        levels = _LEVELS_OF[self.layer]
        fits = (
            self.region is None if not levels else (self.region is not None and self.region.level in levels)
        )
        doubtful = any(one.status is Status.UNVERIFIED for one in self.provisions.values())
        doubtful = doubtful or self.effective_from is None
        found = {
            "rules.rulebook.region_does_not_fit": not fits,
            "rules.rulebook.dates": self.effective_to is not None and self.effective_to < self.first_day,
            "rules.rulebook.verified_too_early": doubtful and self.status is Status.VERIFIED,
            "rules.rulebook.empty_but_verified": any(
                one.content is None and one.status is Status.VERIFIED for one in self.provisions.values()
            ),
        }
        return [code for code, is_so in found.items() if is_so]

    @property
    def first_day(self) -> date:
        """First day in force, the earliest there is where it is not known."""
        return self.effective_from or date.min

    def is_effective(self, on: date) -> bool:
        """Whether the book is in force on a day, both ends included."""
        return self.first_day <= on and (self.effective_to is None or on <= self.effective_to)

    def covers(self, region: RegionCode | None) -> bool:
        """Whether the book applies in a region; a national one applies everywhere."""
        return self.region is None or (region is not None and self.region.contains(region))

    @property
    def citation(self) -> Citation:
        """What a result stores."""
        return Citation(self.id, self.version, self.layer.value, self.digest, self.status.value)

    @property
    def empty_slots(self) -> tuple[Provision, ...]:
        """Values that nobody has read yet and that must be entered before they can be used."""
        return tuple(one for one in self.provisions.values() if one.content is None)

    def provision(self, name: str) -> Provision:
        """One value with everything about it. RuleError when there is none of this name."""
        if name not in self.provisions:
            raise RuleError.because("rules.rulebook.no_such_value", book=self.title.zh, name=name)
        return self.provisions[name]

    def value(self, name: str) -> Content:
        """One value. An empty slot raises RuleError: it must be entered, it is never guessed."""
        provision = self.provision(name)
        if provision.content is None:
            raise RuleError.because(
                "rules.rulebook.must_be_entered",
                book=self.title.zh,
                book_en=self.title.en,
                value=provision.title.zh,
                value_en=provision.title.en,
                source=provision.source,
            )
        return provision.content

    def whole(self, name: str) -> int:
        """A value that is a whole number, e.g. a count of days."""
        content = self.value(name)
        if isinstance(content, bool) or not isinstance(content, int):
            raise RuleError.because("rules.rulebook.other_type", book=self.title.zh, name=name)
        return content

    def number_of(self, name: str) -> Decimal:
        """A value that is a number."""
        content = self.value(name)
        if isinstance(content, bool) or not isinstance(content, int | Decimal):
            raise RuleError.because("rules.rulebook.other_type", book=self.title.zh, name=name)
        return Decimal(content)

    def table(self, name: str) -> Mapping[str, Scalar]:
        """A value that is a small table."""
        content = self.value(name)
        if not isinstance(content, Mapping):
            raise RuleError.because("rules.rulebook.other_type", book=self.title.zh, name=name)
        return content

    def cite(self, name: str, language: str = CHINESE) -> str:
        """`土地复垦条例（国务院令第592号）第三十一条`: where a value stands, marked 待核 while nobody has read it."""
        provision, in_english = self.provision(name), language.lower().startswith("en")
        number = self.number and (f" ({self.number})" if in_english else f"（{self.number}）")
        where = f"{self.document or self.title.say({}, language)}{number}{provision.article}"
        if provision.status is Status.VERIFIED:
            return where
        return f"{where} ({Status.UNVERIFIED.en})" if in_english else f"{where}（{Status.UNVERIFIED.zh}）"

    def is_verified(self, name: str) -> bool:
        """Whether somebody has read where a value stands."""
        return self.provision(name).status is Status.VERIFIED

    def doubts(self, *names: str) -> tuple[Reason, ...]:
        """A warning for each of the named values (all without names) that is 待核."""
        chosen = [self.provision(name) for name in names or self.provisions]
        return tuple(
            Reason(
                "rules.rulebook.unverified",
                {
                    "book": self.title.zh,
                    "book_en": self.title.en,
                    "value": one.title.zh,
                    "value_en": one.title.en,
                },
            )
            for one in chosen
            if one.status is Status.UNVERIFIED
        )
