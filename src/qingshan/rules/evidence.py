"""What about a piece of evidence (佐证) should somebody check?

A doubt (存疑待核) is a sign with its grounds. It is never a verdict: cameras have wrong clocks, phones are far off
under a cliff, and a finished slope may be photographed twice. What is merely not there, such as a place, is no sign
of anything and only noted. Limits stand in the rulebook `evidence`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qingshan.rules.dates import chinese_date, date_words
from qingshan.rules.numbers import Exact, exact
from qingshan.rules.provisions import Rulebook
from qingshan.rules.reasons import CHINESE, ENGLISH, Reason, Value, say_all
from qingshan.rules.words import Named

RULEBOOK = "evidence"


class DoubtKind(Named):
    """存疑事由: what a person is asked to look at."""

    USED_BEFORE = "used_before", "照片与其他佐证相似", "the picture resembles other evidence"
    OUTSIDE = "outside", "拍摄地点在点位以外", "taken outside the site"
    BEFORE_WORK = "before_work", "拍摄时间早于开工", "taken before work began"
    AFTER_HANDED_IN = "after_handed_in", "拍摄时间晚于提交", "taken after it was handed in"
    JUMP_TO_END = "jump_to_end", "进度一次到 100%", "progress rose to 100 % at once"
    TARGET_LOWERED = "target_lowered", "批准后目标降低", "target lowered after approval"


class CopyKind(Named):
    """相似方式: what was done to a picture between its two uses, as far as it can be seen."""

    SAME = "same", "画面相同", "the same picture"
    CROPPED = "cropped", "一张是另一张的局部", "one is a part of the other"
    MIRRORED = "mirrored", "左右镜像", "mirrored"
    MIRRORED_AND_CROPPED = (
        "mirrored_and_cropped",
        "左右镜像且为局部",
        "mirrored, and one is a part of the other",
    )


class Datum(Named):
    """坐标基准: how the numbers of a place may have been meant."""

    WGS84 = "wgs84", "WGS 84", "WGS 84"
    GCJ02 = "gcj02", "GCJ-02", "GCJ-02 (public maps of China)"


@dataclass(frozen=True)
class EarlierUse:
    """Where a picture like this one was handed in before."""

    number: str
    """Of the matter."""
    handed_in_on: date
    kind: CopyKind
    likeness_percent: int


@dataclass(frozen=True)
class PhotographFacts:
    """What is known of a photograph that is handed in as evidence; None is not known."""

    handed_in_on: date
    taken_on: date | None = None
    outside_m: float | None = None
    """The smaller distance to the site, after every datum was tried; None where either has no place."""
    read_as: Datum | None = None
    """The datum that gave this distance."""
    work_began_on: date | None = None
    shows_before: bool = False
    """Whether it is to show the state before the work (整治前)."""
    earlier: tuple[EarlierUse, ...] = ()


@dataclass(frozen=True)
class ProgressReport:
    """进度填报: what was reported done on a day."""

    on: date
    percent: Exact


@dataclass(frozen=True)
class TargetChange:
    """A target to be reached, as it was approved and as it stands now."""

    title: str
    unit: str
    approved: Exact
    approved_on: date
    now: Exact
    changed_on: date
    approved_again: bool = False
    """Whether the change itself was approved."""


@dataclass(frozen=True)
class Doubt:
    """存疑待核: what to check, and why."""

    code: DoubtKind
    because: tuple[Reason, ...]

    def say(self, language: str = CHINESE) -> str:
        return say_all(self.because, language)


def photograph_doubts(facts: PhotographFacts, *, book: Rulebook) -> tuple[Doubt, ...]:
    """Everything about a photograph that somebody should check; empty where nothing is."""
    return (
        *(_used_before(use) for use in facts.earlier),
        *_outside(facts, book),
        *_before_work(facts, book),
        *_after_handed_in(facts, book),
    )


def progress_doubts(reports: tuple[ProgressReport, ...], *, book: Rulebook) -> tuple[Doubt, ...]:
    """Whether progress rose to 100 % in the last report by more than the rulebook's step; by day, any order."""
    in_order = sorted(reports, key=lambda report: report.on)
    if len(in_order) < 2:
        return ()
    before, last = in_order[-2:]
    most = book.number_of("jump_to_end_percent")
    if exact(last.percent) < 100 or exact(last.percent) - exact(before.percent) <= exact(most):
        return ()
    values = {
        "percent": str(before.percent),
        "last": str(last.percent),
        **_day("before", before.on),
        **_day("on", last.on),
        "most": str(most),
    }
    return (_doubt(DoubtKind.JUMP_TO_END, "rules.evidence.jump_to_end", values, book, "jump_to_end_percent"),)


def target_doubts(change: TargetChange) -> tuple[Doubt, ...]:
    """Whether a target stands lower than it was approved, without a new approval."""
    if change.approved_again or exact(change.now) >= exact(change.approved):
        return ()
    values = {
        "target": change.title,
        "unit": change.unit,
        "approved": str(change.approved),
        "now": str(change.now),
        **_day("approved_on", change.approved_on),
        **_day("changed_on", change.changed_on),
    }
    return (Doubt(DoubtKind.TARGET_LOWERED, (Reason("rules.evidence.target_lowered", values),)),)


def _used_before(use: EarlierUse) -> Doubt:
    values = {
        "number": use.number,
        **_day("on", use.handed_in_on),
        "kind": use.kind.zh,
        "kind_en": use.kind.en,
        "percent": use.likeness_percent,
    }
    return Doubt(DoubtKind.USED_BEFORE, (Reason("rules.evidence.used_before", values),))


def _outside(facts: PhotographFacts, book: Rulebook) -> Iterator[Doubt]:
    most_m = book.number_of("outside_tolerance_m")
    if facts.outside_m is None or facts.outside_m <= most_m:
        return
    read_as = facts.read_as or Datum.WGS84
    values: dict[str, Value] = {
        "outside_m": round(facts.outside_m),
        "most_m": str(most_m),
        "datum": read_as.zh,
        "datum_en": read_as.en,
    }
    yield _doubt(DoubtKind.OUTSIDE, "rules.evidence.outside", values, book, "outside_tolerance_m")


def _before_work(facts: PhotographFacts, book: Rulebook) -> Iterator[Doubt]:
    if facts.taken_on is None or facts.work_began_on is None or facts.shows_before:
        return
    days = (facts.work_began_on - facts.taken_on).days
    if days > book.whole("clock_tolerance_days"):
        values = {**_day("taken_on", facts.taken_on), **_day("began_on", facts.work_began_on), **_days(days)}
        yield _doubt(
            DoubtKind.BEFORE_WORK, "rules.evidence.before_work", values, book, "clock_tolerance_days"
        )


def _after_handed_in(facts: PhotographFacts, book: Rulebook) -> Iterator[Doubt]:
    if facts.taken_on is None:
        return
    days = (facts.taken_on - facts.handed_in_on).days
    if days > book.whole("clock_tolerance_days"):
        values = {
            **_day("taken_on", facts.taken_on),
            **_day("handed_in_on", facts.handed_in_on),
            **_days(days),
        }
        code = "rules.evidence.after_handed_in"
        yield _doubt(DoubtKind.AFTER_HANDED_IN, code, values, book, "clock_tolerance_days")


def _doubt(kind: DoubtKind, code: str, values: dict[str, Value], book: Rulebook, limit: str) -> Doubt:
    """With the warning that its limit is 待核, where it is."""
    return Doubt(kind, (Reason(code, values), *book.doubts(limit)))


def _day(name: str, day: date) -> dict[str, Value]:
    return {name: chinese_date(day), f"{name}_en": date_words(day, ENGLISH)}


def _days(days: int) -> dict[str, Value]:
    return {"days": days, "plural": "" if days == 1 else "s"}
