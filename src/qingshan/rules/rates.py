"""Which share was reached, of what? A rate always carries its numerator, denominator, unit and basis.

The same work can be 85.87 % by count of sites and 89.31 % by area; a percentage alone says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.errors import RuleError
from qingshan.rules.money import FEN_PER_WAN
from qingshan.rules.numbers import Exact, exact, measured, printed
from qingshan.rules.reasons import CHINESE, Reason
from qingshan.rules.words import Named


class Basis(Named):
    """口径: what a rate counts."""

    SITES = "sites", "按处", "by count of sites"
    MINES = "mines", "按矿山", "by count of mines"
    ITEMS = "items", "按项", "by count of items"
    AREA = "area", "按面积", "by area"
    MONEY = "money", "按资金", "by money"
    WEIGHTED_PROGRESS = "weighted_progress", "按加权进度", "by weighted progress"


class Unit(Named):
    """单位: in what numerator and denominator are given."""

    SITE = "site", "处", "sites"
    MINE = "mine", "座", "mines"
    ITEM = "item", "项", "items"
    HECTARE = "hectare", "公顷", "ha"
    MU = "mu", "亩", "mu"
    WAN_YUAN = "wan_yuan", "万元", "×10,000 yuan"
    WEIGHT = "weight", "权重", "weight"


_UNITS_OF = {
    Basis.SITES: {Unit.SITE},
    Basis.MINES: {Unit.MINE},
    Basis.ITEMS: {Unit.ITEM},
    Basis.AREA: {Unit.HECTARE, Unit.MU},
    Basis.MONEY: {Unit.WAN_YUAN},
    Basis.WEIGHTED_PROGRESS: {Unit.WEIGHT},
}
_PLACES = {Unit.SITE: 0, Unit.MINE: 0, Unit.ITEM: 0, Unit.HECTARE: 2, Unit.MU: 1, Unit.WAN_YUAN: 2,
           Unit.WEIGHT: 2}  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """A share with everything that is needed to check it.

    Building one without a denominator, with a negative one, or with a unit that does not fit the basis raises
    RuleError. Where nothing was observed (numerator None) or there is nothing to do (denominator 0), `value`
    is None, never 0.
    """

    numerator: Exact | None
    denominator: Exact
    unit: Unit
    basis: Basis

    def __post_init__(self) -> None:
        faults = [
            Reason(code, {"basis": self.basis.zh, "basis_en": self.basis.en}) for code in self._faults()
        ]
        if faults:
            raise RuleError(*faults)

    def _faults(self) -> list[str]:
        if self.denominator is None:
            return ["rules.rate.denominator_missing"]
        numbers = [exact(number) for number in (self.numerator, self.denominator) if number is not None]
        found = {
            "rules.rate.denominator_negative": numbers[-1] < 0,
            "rules.rate.unit_does_not_fit": self.unit not in _UNITS_OF[self.basis],
            "rules.rate.count_not_whole": not _PLACES[self.unit] and any(n.denominator != 1 for n in numbers),
        }
        return [code for code, is_so in found.items() if is_so]

    @classmethod
    def by_sites(cls, done: int | None, whole: int) -> Rate:
        """By count of sites (处)."""
        return cls(done, whole, Unit.SITE, Basis.SITES)

    @classmethod
    def by_mines(cls, done: int | None, whole: int) -> Rate:
        """By count of mines (座)."""
        return cls(done, whole, Unit.MINE, Basis.MINES)

    @classmethod
    def by_items(cls, done: int | None, whole: int) -> Rate:
        """By count of items: problems, tasks, petitions (项)."""
        return cls(done, whole, Unit.ITEM, Basis.ITEMS)

    @classmethod
    def by_area(cls, done_m2: Exact | float | None, whole_m2: Exact | float) -> Rate:
        """By area, from square metres; shown in hectares."""
        done = None if done_m2 is None else measured(done_m2) / M2_PER_HECTARE
        return cls(done, measured(whole_m2) / M2_PER_HECTARE, Unit.HECTARE, Basis.AREA)

    @classmethod
    def by_money(cls, done_fen: int | None, whole_fen: int) -> Rate:
        """By money, from fen; shown in 万元."""
        done = None if done_fen is None else exact(done_fen) / FEN_PER_WAN
        return cls(done, exact(whole_fen) / FEN_PER_WAN, Unit.WAN_YUAN, Basis.MONEY)

    @property
    def value(self) -> Fraction | None:
        """The exact share: 1 is the whole. None where there is none."""
        if self.numerator is None or not self.denominator:
            return None
        return exact(self.numerator) / exact(self.denominator)

    @property
    def why_unknown(self) -> Reason | None:
        """Why `value` is None."""
        if self.numerator is None:
            return Reason("rules.rate.nothing_observed")
        return None if self.denominator else Reason("rules.rate.nothing_to_do")

    def reaches(self, percent: Exact) -> bool | None:
        """Whether the exact share is at least `percent`; never judged on the rounded figure."""
        return None if self.value is None else self.value * 100 >= exact(percent)

    def percent_text(self, places: int = 2) -> str:
        """`89.31%`, or a dash. For places that show the fraction beside it; elsewhere use `say`."""
        return "—" if self.value is None else f"{printed(self.value * 100, places)}%"

    def say(self, language: str = CHINESE) -> str:
        """`89.31% = 1707.16 / 1911.50 公顷（按面积）`."""
        done, whole = self._amount(self.numerator), self._amount(self.denominator)
        fraction = f"{self.percent_text()} = {done} / {whole} {self.unit.say(language)}"
        basis = self.basis.say(language)
        return f"{fraction} ({basis})" if language.lower().startswith("en") else f"{fraction}（{basis}）"

    def _amount(self, number: Exact | None) -> str:
        return "—" if number is None else printed(exact(number), _PLACES[self.unit])
