"""How do plots, rates and dates stand on a page?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.planting.lasting import EVALUATED_SOON_DAYS, Accepted, Lasting
from qingshan.office.planting.models import CareTask, Evaluation, Planting, Plot
from qingshan.office.planting.queries import SOON_DAYS
from qingshan.office.planting.surviving import book_of, survivals
from qingshan.rules.aftercare import CHECK_MONTHS
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.dates import days_left, due_words
from qingshan.rules.numbers import printed_short
from qingshan.rules.reasons import CHINESE
from qingshan.rules.survival import Interval, PlotSurvival, Survival
from qingshan.rules.temporary_land import Lent, LentStanding
from qingshan.rules.validity import WARNED_BEFORE_DAYS

LENT_LOOKS = {
    LentStanding.RUNNING: "good",
    LentStanding.ENDING: "due",
    LentStanding.TO_RESTORE: "due",
    LentStanding.LATE: "late",
    LentStanding.BACK: "none",
    LentStanding.UNKNOWN: "note",
}


def language() -> str:
    """The reader's language."""
    return get_language() or CHINESE


def unread(*, is_verified: bool) -> str:
    """`（待核）` beside what nobody has read yet."""
    return "" if is_verified else _("（待核）")


def lent_standing(found: Lent) -> tuple[str, str]:
    """Look and words of lent land. A term whose source nobody has read puts nobody in the red."""
    look, word = LENT_LOOKS[found.standing], found.standing.say(language())
    if found.standing is not LentStanding.LATE or found.is_verified:
        return look, word
    return "due", word + unread(is_verified=False)


def by_book_words(task: CareTask, *, on: date) -> str:
    """That a date of aftercare was set by the rulebook, and whether anybody has read its source."""
    book = book_of(task.region_id, on=task.plot.care_from_on or on)
    return _("按规则库") + unread(is_verified=book.is_verified(CHECK_MONTHS))


def percent(share: Any) -> str:
    """A share to one place."""
    return f"{printed_short(share * 100, 1)}%"


def between(interval: Interval | None) -> str:
    """`86.3%–97.1%`; empty where there is none."""
    return f"{percent(interval.low)}–{percent(interval.high)}" if interval else ""


@dataclass(frozen=True)
class ShownRate:
    """A rate in words: never a partial one without saying so, never nought for what nobody saw."""

    look: str
    rate: str
    between: str
    told: str

    @property
    def is_known(self) -> bool:
        return bool(self.rate)


def rate_of_plot(found: PlotSurvival) -> ShownRate:
    """Of one plot."""
    if found.rate is None:
        return ShownRate("none", "", "", found.say(language()))
    return ShownRate("note", percent(found.rate), between(found.interval), found.say(language()))


def rate_over(found: Survival) -> ShownRate:
    """Over several plots; a partial rate says so before anything else."""
    said = found.say(language())
    if found.rate is not None:
        return ShownRate("note", percent(found.rate), between(found.interval), said)
    if found.partial is not None:
        words = _("部分 %(rate)s") % {"rate": percent(found.partial)}
        return ShownRate("due", words, between(found.partial_interval), said)
    return ShownRate("none", "", "", said)


@dataclass(frozen=True)
class ShownPlot:
    """A plot in a list."""

    plot: Plot
    survival: PlotSurvival
    rate: ShownRate
    due_look: str
    due_words: str


def shown_plots(plots: Sequence[Plot], *, on: date) -> list[ShownPlot]:
    """The plots of a page, with survival and the next date, from two queries."""
    found = survivals(plots, on=on)
    return [
        ShownPlot(plot, found[plot.pk], rate_of_plot(found[plot.pk]), *standing_of(plot.next_due_on, on=on))
        for plot in plots
    ]


def standing_of(due_on: date | None, *, on: date) -> tuple[str, str]:
    """Look and words of a date."""
    if due_on is None:
        return "none", _("没有待办管护")
    left = days_left(due_on, on=on)
    look = "late" if left < 0 else "due" if left <= SOON_DAYS else "good"
    return look, due_words(due_on, on=on, language=language())


def task_standing(task: CareTask, *, on: date) -> tuple[str, str]:
    """A date of a plan: done, or how long until it is due."""
    if task.entry is not None:
        return "none", _("已管护 %(day)s") % {"day": task.entry.done_on.isoformat()}
    return standing_of(task.due_on, on=on)


@dataclass(frozen=True)
class ShownLasting:
    """An accepted site in a list: when its aftercare ends, and by when it is evaluated."""

    row: Lasting
    use: str
    care_look: str
    care: str
    follow_up_look: str
    follow_up: str


def shown_lasting(rows: Sequence[Lasting], *, on: date) -> list[ShownLasting]:
    """The sites of a page in words."""
    return [
        ShownLasting(
            row, _use(row), *care_words(row.until, on=on), *follow_up_words(row.newest, row.evaluation, on=on)
        )
        for row in rows
    ]


def _use(row: Lasting) -> str:
    use = row.newest.use if row.newest else None
    return use.say(language()) if use else ""


def care_words(until: date | None, *, on: date) -> tuple[str, str]:
    """Look and words of the end of aftercare."""
    if until is None:
        return "none", _("未知")
    if until < on:
        return "none", _("已满")
    look = "due" if (until - on).days <= WARNED_BEFORE_DAYS else "good"
    return look, _("管护期内")


def follow_up_words(accepted: Accepted | None, evaluation: Evaluation | None, *, on: date) -> tuple[str, str]:
    """Look and words of the evaluation, which may have been made without anybody noting it here."""
    if accepted is None:
        return "none", _("没有验收记录")
    if accepted.use is None:
        return "none", _("利用方向未知，无法判断是否须评价")
    if evaluation is not None:
        return "good", _("已评价（%(day)s）") % {"day": evaluation.made_on.isoformat()}
    due = accepted.follow_up.due_on
    if due is None:
        return "none", _("不是农用地，没有规定")
    if due < on:
        return "late", _("期限已过，没有登记评价")
    return ("due" if (due - on).days <= EVALUATED_SOON_DAYS else "good"), _("期限内")


def density(planting: Planting, plot: Plot) -> str:
    """Plants a hectare, as far as the area is known: `1,667 株/公顷`."""
    area = plot.own_m2
    if not planting.count or not area:
        return ""
    return _("%(n)s 株/公顷") % {"n": f"{round(planting.count / area * M2_PER_HECTARE):,}"}


def amount(planting: Planting) -> str:
    """`1,200 株`, `35 千克`, or both."""
    parts = []
    if planting.count:
        parts.append(_("%(n)s 株") % {"n": f"{planting.count:,}"})
    if planting.weight_kg:
        parts.append(_("%(n)s 千克") % {"n": f"{planting.weight_kg:g}"})
    return _("、").join(parts)
