"""What changed between two versions of a plan: target, deadline, measures, stages, covered land?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingshan.office.cases.answers import amount
from qingshan.office.cases.timetables import work_kind
from qingshan.office.matters.models import Measure, Plan, PlanCover, Stage
from qingshan.rules.areas import area_text
from qingshan.rules.reasons import CHINESE
from qingshan.rules.words import Named

Row = Stage | Measure | PlanCover
Pair = tuple[Row | None, Row | None]


class Change(Named):
    """变化."""

    SAME = "same", "相同", "same"
    CHANGED = "changed", "修改", "changed"
    ADDED = "added", "增加", "added"
    GONE = "gone", "删去", "removed"


LOOKS = {Change.SAME: "none", Change.CHANGED: "due", Change.ADDED: "note", Change.GONE: "late"}


@dataclass(frozen=True)
class Line:
    """One thing in both versions."""

    name: str
    old: str
    new: str
    change: Change

    @property
    def look(self) -> str:
        return LOOKS[self.change]


@dataclass(frozen=True)
class Part:
    """Lines of one sort."""

    title: str
    lines: tuple[Line, ...]
    whole: bool
    """Whether lines are shown in which nothing changed."""

    @property
    def changed(self) -> int:
        return sum(line.change is not Change.SAME for line in self.lines)

    @property
    def shown(self) -> list[Line]:
        return [line for line in self.lines if self.whole or line.change is not Change.SAME]


def compared(old: Plan, new: Plan, *, whole: bool) -> list[Part]:
    """Both versions side by side, part by part; a part that neither has is left out."""
    parts = [
        Part(title, tuple(lines), whole)
        for title, lines in (
            (_("目标和时限"), _heads(old, new)),
            (_("整改措施"), _rows(_of(old, "measures"), _of(new, "measures"), _measure)),
            (_("阶段节点"), _rows(_of(old, "stages"), _of(new, "stages"), _stage)),
            (_("覆盖范围"), _rows(_covers(old), _covers(new), _cover)),
        )
    ]
    return [part for part in parts if part.lines]


# -- what the plan itself says ---------------------------------------------------------------------------------

_HEADS: tuple[tuple[str | Promise, Callable[[Plan], str]], ...] = (
    (gettext_lazy("方案名称"), lambda plan: plan.title),
    (gettext_lazy("整改目标"), lambda plan: plan.target),
    (gettext_lazy("目标数量"), lambda plan: amount(plan.target_quantity, plan.target_unit)),
    (gettext_lazy("开始日期"), lambda plan: _day(plan.from_on)),
    (gettext_lazy("完成时限"), lambda plan: _day(plan.due_on)),
    (gettext_lazy("所属片区方案"), lambda plan: str(plan.within) if plan.within else ""),
    (gettext_lazy("片区"), lambda plan: plan.area.name if plan.area else ""),
)


def _heads(old: Plan, new: Plan) -> Iterator[Line]:
    for title, say in _HEADS:
        before, after = say(old), say(new)
        if before or after:
            yield Line(str(title), before, after, _change(before, after))


def _change(before: str, after: str) -> Change:
    if before == after:
        return Change.SAME
    return Change.CHANGED if before and after else (Change.ADDED if after else Change.GONE)


# -- rows ------------------------------------------------------------------------------------------------------


def _of(plan: Plan, what: str) -> list[Any]:
    return list(getattr(plan, what).order_by("place"))


def _covers(plan: Plan) -> list[PlanCover]:
    return sorted(plan.covers.select_related("mine"), key=lambda row: (_name(row), row.pk))


def _rows(old: Sequence[Row], new: Sequence[Row], say: Callable[[Any], str]) -> Iterator[Line]:
    for before, after in _paired(old, new):
        name = _name(after if after is not None else before)
        texts = [say(each) if each is not None else "" for each in (before, after)]
        if before is not None and after is not None and _name(before) != _name(after):
            texts[0] = f"{_name(before)}；{texts[0]}"
        yield Line(name, texts[0], texts[1], _row_change(before, after, texts))


def _row_change(before: object, after: object, texts: Sequence[str]) -> Change:
    if before is None or after is None:
        return Change.ADDED if before is None else Change.GONE
    return Change.SAME if texts[0] == texts[1] else Change.CHANGED


def _paired(old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """Rows of the same name belong together, then what stands at the same place under another name."""
    left = list(old)
    found = {row.pk: _take(left, _name, _name(row)) for row in new}
    for row in new:
        if found[row.pk] is None and not isinstance(row, PlanCover):
            found[row.pk] = _take(left, attrgetter("place"), row.place)
    return [*((found[row.pk], row) for row in new), *((row, None) for row in left)]


def _take(rows: list[Row], what: Callable[[Any], object], wanted: object) -> Row | None:
    """The first row of which something is as wanted, taken out of the others."""
    found = next((each for each in rows if what(each) == wanted), None)
    if found is not None:
        rows.remove(found)
    return found


def _name(row: Any) -> str:
    if isinstance(row, PlanCover):
        return str(row.mine) if row.mine else row.name
    return str(row.name)


def _measure(row: Measure) -> str:
    who = " ".join(filter(None, (row.unit_name, row.post, row.person_name)))
    return _joined((amount(row.quantity, row.quantity_unit), who, _day(row.due_on), row.shown_by))


def _stage(row: Stage) -> str:
    days = "" if row.days is None else _days(row)
    kind = work_kind(row.work).say(get_language() or CHINESE) if row.work else ""
    after = _("前置 %(places)s") % {"places": "、".join(map(str, row.after))} if row.after else ""
    lag = _("间隔 %(n)s 天") % {"n": row.lag_days} if row.lag_days else ""
    return _joined((kind, days, f"{_day(row.from_on)} – {_day(row.due_on)}", after, lag))


def _days(row: Stage) -> str:
    said = _("%(n)s 自然日") if row.in_calendar_days else _("%(n)s 工作日")
    return said % {"n": row.days}


def _cover(row: PlanCover) -> str:
    if row.left_out_because:
        return _("不纳入：%(why)s") % {"why": row.left_out_because}
    area = "" if row.area_m2 is None else area_text(row.area_m2, get_language() or CHINESE)
    return _joined((_("纳入方案"), area))


def _joined(parts: Iterable[str]) -> str:
    return "；".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
