"""How do ledgers in use write deadlines, notice periods, states and sources?"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from qingshan.exchange.cells import Cell, folded, plain, says_nothing, text_of
from qingshan.exchange.columns import Choice, Date, Text, Type
from qingshan.exchange.values import Fault, Stored
from qingshan.rules.flows.lasting import LastingState
from qingshan.rules.flows.rectification import CaseState
from qingshan.rules.late_entries import LedgerStatus, source_named
from qingshan.rules.matters import Route, SourceKind
from qingshan.rules.reasons import CHINESE

_DAY = Date()
_END = r"(?:底|末|年底|月底)?(?:之?前)?(?:完成|整改完成|完成整改|整改到位)?"
_WITHIN_YEAR = re.compile(rf"(\d{{4}})年?{_END}")
_WITHIN_MONTH = re.compile(rf"(\d{{4}})[-./年](\d{{1,2}})月?{_END}")
_BY_DAY = re.compile(r"(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)(?:之?前)?(?:完成|整改完成|完成整改|整改到位)?")
_LASTING = re.compile("长期|持续|常态")
_AT_ONCE = re.compile("立行立改|立即|立整立改|即知即改|立查立改")


@dataclass(frozen=True)
class Deadline(Type):
    """A day, `2025年12月底前`, or in place of one 立行立改 or 长期坚持: then the value is the route."""

    def read(self, cell: Cell) -> date | str | None:
        if not isinstance(cell, str):
            return _DAY.read(cell)
        if says_nothing(cell):
            return None
        text = re.sub(r"\s", "", plain(cell))
        first = re.split("[,;、(]", text)[0]
        day = _last_day(first)
        if day is not None:
            return day
        if _LASTING.search(text):
            return Route.LASTING.value
        return Route.AT_ONCE.value if _AT_ONCE.search(text) else _DAY.read(cell)

    def stored(self, value: Any) -> Stored:
        return value.isoformat() if isinstance(value, date) else value

    def restored(self, stored: Stored) -> Any:
        return stored if stored is None or str(stored) in Route.values() else date.fromisoformat(str(stored))

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        written: Cell = value
        return written

    @property
    def sample(self) -> str:
        return "2026-12-31"

    def name(self, language: str = CHINESE) -> str:
        if language.lower().startswith("en"):
            return "date, or like 2025年12月底前, 立行立改, 长期坚持"
        return "日期，也可写“2025年12月底前”“立行立改”“长期坚持”"


def _last_day(text: str) -> date | None:
    """The last day of the year, month or day that a deadline names."""
    if found := _BY_DAY.fullmatch(text):
        return _DAY.read(found[1])
    if found := _WITHIN_MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
    if found := _WITHIN_YEAR.fullmatch(text):
        return date(int(found[1]), 12, 31)
    return None


_PERIOD = re.compile(r"(.+?)\s*(?:至|到|~|—+|－|-{2,}|/| - |(?<=日)-)\s*(.+)")
_TAIL_MONTH = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_TAIL_DAY = re.compile(r"(\d{1,2})日?")


@dataclass(frozen=True)
class Period(Type):
    """From a day to a day, `2025年3月1日至3月10日`; the value is `2025-03-01/2025-03-10`."""

    def read(self, cell: Cell) -> str | None:
        if says_nothing(cell):
            return None
        text = re.sub("[()（）]|共?\\d+个?工作日|公示期?|[:：]", "", plain(cell)).strip()
        found = _PERIOD.fullmatch(text) or re.fullmatch(
            r"(\d{4}\D\d+\D\d+)-(\d{4}\D\d+\D\d+|\d+[.月].+)", text
        )
        if found is None:
            raise Fault("cases.not_a_period")
        begin = _day(found[1].strip())
        end = _end_of(begin, found[2].strip())
        if end < begin:
            raise Fault("cases.period_reversed")
        return f"{begin.isoformat()}/{end.isoformat()}"

    def say(self, value: Any, language: str = CHINESE) -> str:
        return str(value).replace("/", " 至 ") if value else "—"

    @property
    def sample(self) -> str:
        return "2026-03-02至2026-03-09"

    def name(self, language: str = CHINESE) -> str:
        if language.lower().startswith("en"):
            return "two days, like 2026-03-02至2026-03-09"
        return "起止日期，如 2026-03-02至2026-03-09"


def _end_of(begin: date, text: str) -> date:
    """`3月10日` and `10日` are of the year and month in which the period begins."""
    if found := _TAIL_MONTH.fullmatch(text):
        return _made(begin.year, int(found[1]), int(found[2]))
    if found := _TAIL_DAY.fullmatch(text):
        return _made(begin.year, begin.month, int(found[1]))
    return _day(text)


def _day(text: str) -> date:
    day = _DAY.read(text)
    if day is None:
        raise Fault("cases.not_a_period")
    return day


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Fault("cases.not_a_period") from None


STATUS_WORDS: Mapping[LedgerStatus, tuple[str, ...]] = {
    LedgerStatus.NOT_STARTED: ("未开始", "尚未启动", "未整改", "未开展", "待启动", "待整改"),
    LedgerStatus.UNDER_WAY: (
        "推进", "正在推进", "正在整改", "进行中", "整改推进中", "持续推进", "序时推进", "达到序时进度", "正常推进",
        "未完成", "未完成整改", "阶段性完成", "部分完成", "按计划推进", "在推进",
    ),
    LedgerStatus.BASICALLY_DONE: (
        "基本完成", "待验收", "已完成", "完成", "已整改", "整改完成", "已完成整改", "完成整改", "已完成待验收",
        "已整改到位", "整改到位", "完成待验收", "已整改待验收", "待验收销号", "已整改完成",
    ),
    LedgerStatus.ACCEPTED: ("已验收", "验收通过", "通过验收", "待公示", "已完成验收", "完成验收", "已验收未公示"),
    LedgerStatus.IN_NOTICE: ("正在公示", "拟销号公示", "拟销号", "公示期内", "公示"),
    LedgerStatus.CLOSED: ("销号", "完成销号", "已验收销号", "验收销号", "已完成销号", "已完成并销号", "已办结", "办结"),
    LedgerStatus.LASTING: ("长期整改", "持续整改", "长期", "持续坚持", "长期坚持类"),
    LedgerStatus.OVERDUE: ("已逾期", "超期", "超期未完成", "逾期未完成", "未达到序时进度", "进度滞后", "未达序时进度"),
    LedgerStatus.RELAPSED: ("问题反弹", "已反弹", "重新挂账", "反弹回潮"),
    LedgerStatus.DISMISSED: ("不立项", "不属实", "无需整改"),
    LedgerStatus.WITHDRAWN: ("撤销", "取消"),
}  # fmt: skip
IN_LEDGERS = "ledger:"
"""Before the value of a word of ledgers; without it a value is a state of the flow."""


@dataclass(frozen=True)
class Standing(Type):
    """状态: a state of the flow, or a word of ledgers in use (`ledger:under_way`), until the route is known."""

    @cached_property
    def _by_word(self) -> dict[str, str]:
        words: dict[str, str] = {}
        for status in LedgerStatus:
            for word in (status.zh, status.en, *STATUS_WORDS.get(status, ())):
                words[folded(word)] = f"{IN_LEDGERS}{status.value}"
        for state in (*LastingState, *CaseState):
            for word in (state.value, state.zh, state.en):
                words.setdefault(folded(word), state.value)
        return words

    def known(self, text: str) -> str | None:
        """The value of a word, or None."""
        word = re.sub(r"^[●▲✓◆○√]|[。;,、]", "", folded(text))
        return self._by_word.get(word)

    def read(self, cell: Cell) -> str | None:
        if says_nothing(cell):
            return None
        found = self.known(text_of(cell))
        if found is None:
            raise Fault("exchange.not_a_choice", choices=self._listed(CHINESE), choices_en=self._listed("en"))
        return found

    def same(self, one: Any, other: Any) -> bool:
        """已销号 and some other words mean the same in ledgers and in the flow."""
        return str(one or "").removeprefix(IN_LEDGERS) == str(other or "").removeprefix(IN_LEDGERS)

    def say(self, value: Any, language: str = CHINESE) -> str:
        if not value:
            return "—"
        if str(value).startswith(IN_LEDGERS):
            return LedgerStatus(str(value).removeprefix(IN_LEDGERS)).say(language)
        found = next((state for state in (*CaseState, *LastingState) if state.value == value), None)
        return found.say(language) if found else str(value)

    def _listed(self, language: str) -> str:
        joint = ", " if language.startswith("en") else "、"
        return joint.join(status.say(language) for status in LedgerStatus)

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        return tuple(status.say(language) for status in LedgerStatus)

    @property
    def sample(self) -> str:
        return LedgerStatus.UNDER_WAY.zh

    def name(self, language: str = CHINESE) -> str:
        if language.lower().startswith("en"):
            return "one of: " + self._listed(language)
        return "选填其一：" + self._listed(language)


_PERCENT = re.compile(r"(?:约|大约)?(\d{1,3})(?:\.\d+)?%?(?:左右)?")


@dataclass(frozen=True)
class Percent(Type):
    """进度: `80%`, or the fraction that a sheet keeps for a cell that shows percent."""

    def read(self, cell: Cell) -> int | None:
        if says_nothing(cell):
            return None
        if isinstance(cell, float) and 0 <= cell <= 1:
            return round(cell * 100)
        found = _PERCENT.fullmatch(re.sub(r"\s", "", plain(cell)))
        if found is None or int(found[1]) > 100:
            raise Fault("cases.not_a_percentage")
        return int(found[1])

    def stored(self, value: Any) -> Stored:
        return None if value is None else int(value)

    def same(self, one: Any, other: Any) -> bool:
        return bool(one == other)

    def say(self, value: Any, language: str = CHINESE) -> str:
        return "—" if value is None else f"{value}%"

    def cell(self, value: Any, language: str = CHINESE) -> Cell:
        return None if value is None else f"{value}%"

    @property
    def sample(self) -> str:
        return "80%"

    def name(self, language: str = CHINESE) -> str:
        return "0 to 100 percent" if language.lower().startswith("en") else "百分数，0 到 100"


@dataclass(frozen=True)
class Loose(Type):
    """One term of a list where it is known; any other word is kept as it was written, and sorted out later."""

    choice: Choice = field(default_factory=lambda: Choice(SourceKind))
    limit: int = 120

    def read(self, cell: Cell) -> str | None:
        try:
            return self.choice.read(cell)
        except Fault:
            return Text(limit=self.limit).read(cell)

    def say(self, value: Any, language: str = CHINESE) -> str:
        if value in self.choice.terms.values():
            return self.choice.say(value, language)
        return super().say(value, language)

    def choices(self, language: str = CHINESE) -> tuple[str, ...]:
        return ()

    @property
    def sample(self) -> str:
        return self.choice.sample

    def name(self, language: str = CHINESE) -> str:
        return self.choice.name(language)


def source_of(word: str | None) -> SourceKind:
    """The source that a cell means; what says nothing of it is 其他."""
    return (source_named(word) if word else None) or SourceKind.OTHER


__all__ = ["IN_LEDGERS", "STATUS_WORDS", "Deadline", "Loose", "Percent", "Period", "Standing", "source_of"]
