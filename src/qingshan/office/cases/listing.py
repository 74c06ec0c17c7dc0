"""What can stand in a column of a ledger, what of it is shown unless somebody chooses, and how it leaves?

Deadline and problem stand at the head and are always there. A row is a matter with what was gathered beside it, and
only for the columns that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.exchange.columns import Choice, Column, Date, Integer, Text
from qingshan.exchange.writers import Exported
from qingshan.office.cases import columns
from qingshan.office.cases.leaving import Table
from qingshan.office.cases.ledgers import CASES, PETITIONS, Ledger
from qingshan.office.cases.models import Case, Petition
from qingshan.office.cases.showing import standing_of, state_name, whose_turn
from qingshan.office.matters.models import Matter, MatterParty, Measure, Plan
from qingshan.office.matters.models.plans import PlanState
from qingshan.office.mines.columns import value_at
from qingshan.office.showing import Cell, Shown, chosen_among, html, leaving_as, mark, unknown
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.dates import days_left
from qingshan.rules.matters import Channel, ProblemKind, Severity, SourceKind
from qingshan.rules.roles import Role

LONGEST_TARGET = 60
"""Of a target no more is shown in a row; the rest stands in its tip, and in what leaves."""


@dataclass(frozen=True)
class Seen:
    """A row of a ledger on a day, with what was gathered for it."""

    matter: Matter
    on: date
    gathered: Mapping[str, Any]

    @property
    def standing(self) -> str:
        return standing_of(self.matter, on=self.on)[1]

    @property
    def days_left(self) -> int | None:
        """Days until the deadline, negative behind it; None where there is none, or the matter has ended."""
        due_on = self.matter.due_on
        return None if due_on is None or self.matter.closed_on else days_left(due_on, on=self.on)

    @property
    def state(self) -> str:
        return state_name(self.matter)

    @property
    def turn(self) -> str:
        return whose_turn(self.matter)

    @property
    def entered_late(self) -> str:
        return _("补录") if self.matter.late_entry else ""

    @property
    def unit(self) -> str:
        return str(self.gathered.get("unit", ""))

    @property
    def target(self) -> str:
        return str(self.gathered.get("target", ""))

    @property
    def progress(self) -> str:
        found = self.gathered.get("progress")
        return _("%(done)s / %(all)s 项") % {"done": found[1], "all": found[0]} if found else ""

    @cached_property
    def case(self) -> Case | None:
        return getattr(self.matter, "case", None)

    @cached_property
    def petition(self) -> Petition | None:
        return getattr(self.matter, "petition", None)


# --- gathered beside the rows, each in one query until the next act ---------------------------------------


@holds_until_next_act
def _answering(keys: tuple[int, ...]) -> dict[int, Any]:
    """Which unit answers for each."""
    held = MatterParty.objects.filter(matter_id__in=keys, role=Role.ANSWERING.value, to_on=None)
    return dict(held.order_by("-id").values_list("matter_id", "unit_name"))


@holds_until_next_act
def _progress(keys: tuple[int, ...]) -> dict[int, Any]:
    """How many measures of the approved plan there are and how many are done."""
    measures = Measure.objects.filter(plan__matter_id__in=keys, plan__state=PlanState.APPROVED.value)
    counted = measures.values_list("plan__matter_id").annotate(all=Count("pk"), done=Count("done_on"))
    return {matter_id: (whole, done) for matter_id, whole, done in counted.order_by()}


@holds_until_next_act
def _targets(keys: tuple[int, ...]) -> dict[int, Any]:
    """What the newest plan wants that was neither sent back nor replaced."""
    gone = (PlanState.RETURNED.value, PlanState.REPLACED.value)
    plans = Plan.objects.filter(matter_id__in=keys).exclude(state__in=gone)
    return dict(plans.order_by("number").values_list("matter_id", "target"))


GATHERED: dict[str, Callable[[tuple[int, ...]], dict[int, Any]]] = {
    "unit": _answering,
    "progress": _progress,
    "target": _targets,
}


def seen(rows: Sequence[Matter], shown: Iterable[Shown], *, on: date) -> list[Seen]:
    """The rows with what their columns ask for, in one query for each."""
    keys, asked = tuple(row.pk for row in rows), {name for each in shown for name in each.fields}
    told = {name: GATHERED[name](keys) for name in sorted(asked)}
    return [
        Seen(row, on, {name: found[row.pk] for name, found in told.items() if row.pk in found})
        for row in rows
    ]


# --- cells --------------------------------------------------------------------------------------------------


def _standing(row: Seen, language: str) -> str:
    return mark(*standing_of(row.matter, on=row.on))


def _problem(row: Seen, language: str) -> str:
    linked = html('<a data-open href="/cases/{}/">{}</a>', row.matter.pk, row.matter.title)
    more = " · ".join(filter(None, _more(row.matter, language)))
    return html(
        '{}<div class="two"><span translate="no">{}</span> · {}</div>', linked, row.matter.number, more
    )


def _more(matter: Matter, language: str) -> Iterator[str]:
    severity = Severity(matter.severity)
    yield matter.region.name
    yield matter.mine.name if matter.mine else ""
    yield SourceKind(matter.source).say(language)
    yield "" if severity is Severity.ORDINARY else severity.say(language)
    yield _("补录") if matter.late_entry else ""


def _mine(row: Seen, language: str) -> str:
    if row.matter.mine is None:
        return unknown(_("没有登记矿山"))
    return html('<a href="/mines/{}/">{}</a>', row.matter.mine_id, row.matter.mine.name)


def _enterprise(row: Seen, language: str) -> str:
    if row.matter.enterprise is None:
        return unknown(_("没有登记矿山企业"))
    return html('<a href="/enterprises/{}/">{}</a>', row.matter.enterprise_id, row.matter.enterprise.name)


def _target(row: Seen, language: str) -> str:
    if not row.target:
        return unknown(_("还没有整改方案"))
    if len(row.target) <= LONGEST_TARGET:
        return row.target
    return html('<span title="{}">{}…</span>', row.target, row.target[: LONGEST_TARGET - 1])


def _value(path: str, missing: Any) -> Cell:
    """What stands behind a path, or a dash with the reason why there is nothing."""

    def cell(row: Seen, language: str) -> str:
        value = value_at(row, path)
        if value is None:
            return unknown(str(missing))
        return value.isoformat() if isinstance(value, date) else str(value)

    return cell


def _term(path: str, terms: Any) -> Cell:
    def cell(row: Seen, language: str) -> str:
        value = value_at(row, path)
        return unknown(_("没有填报")) if value is None else str(terms(value).say(language))

    return cell


# --- columns ------------------------------------------------------------------------------------------------


def _text(name: str, zh: str, en: str) -> Column:
    return Column(name, zh, en, type=Text(limit=1000))


HEAD = (
    Shown(
        "standing",
        gettext_lazy("时限"),
        _standing,
        look="nowrap",
        leaves_as=((_text("standing", "时限情况", "Deadline in words"), "standing"),),
    ),
    Shown(
        "problem_head",
        gettext_lazy("问题"),
        _problem,
        beside=("region", "mine"),
        look="subject",
        leaves_as=(
            (columns.CASES.by_name["key"], "matter.number"),
            (columns.CASES.by_name["name"], "matter.title"),
        ),
    ),
)
"""Always there, in this order."""

_PROBLEM_KIND = Shown(
    "problem",
    gettext_lazy("问题类型"),
    _term("case.problem", ProblemKind),
    beside=("case",),
    leaves_as=((columns.CASES.by_name["problem"], "case.problem"),),
)
_POLLUTION = Shown(
    "pollution",
    gettext_lazy("污染类型"),
    _value("petition.pollution", gettext_lazy("没有填报")),
    beside=("petition",),
    leaves_as=((columns.PETITIONS.by_name["pollution"], "petition.pollution"),),
)
_CHANNEL = Shown(
    "channel",
    gettext_lazy("来件方式"),
    _term("petition.channel", Channel),
    beside=("petition",),
    leaves_as=((Column("channel", "来件方式", "Channel", type=Choice(Channel)), "petition.channel"),),
)
_OF_KIND = {CASES.path: (_PROBLEM_KIND,), PETITIONS.path: (_POLLUTION, _CHANNEL)}


def _columns_of(ledger: Ledger) -> tuple[Shown, ...]:
    by_name = columns.CASES.by_name
    return (
        Shown(
            "state",
            gettext_lazy("状态"),
            _value("state", ""),
            leaves_as=((_text("state", "状态", "Status"), "state"),),
        ),
        Shown(
            "due_on",
            gettext_lazy("完成时限"),
            _value("matter.due_on", gettext_lazy("还没有交办，未定时限")),
            look="nowrap",
            leaves_as=((Column("due_on", "完成时限", "Deadline", type=Date()), "matter.due_on"),),
        ),
        Shown(
            "unit",
            gettext_lazy("责任单位"),
            _value("unit", gettext_lazy("还没有交办")),
            fields=("unit",),
            leaves_as=((by_name["answering"], "unit"),),
        ),
        Shown(
            "turn",
            gettext_lazy("轮到"),
            _value("turn", gettext_lazy("已了结，不轮到谁")),
            beside=("awaits_organisation",),
            leaves_as=((_text("turn", "轮到", "Whose turn"), "turn"),),
        ),
        Shown(
            "progress",
            gettext_lazy("措施完成"),
            _value("progress", gettext_lazy("还没有批准的方案")),
            fields=("progress",),
            is_number=True,
            leaves_as=((_text("measures_done", "措施完成", "Measures done"), "progress"),),
        ),
        Shown("number", gettext_lazy("编号"), _value("matter.number", ""), leaves_as=HEAD[1].leaves_as[:1]),
        Shown(
            "region",
            gettext_lazy("县区"),
            _value("matter.region.name", ""),
            leaves_as=(
                (_text("region", "行政区划代码", "Region code"), "matter.region.code"),
                (_text("region_name", "县区", "Region"), "matter.region.name"),
            ),
        ),
        Shown(
            "mine",
            gettext_lazy("所属矿山"),
            _mine,
            leaves_as=(
                (_text("mine", "矿山编号", "Mine number"), "matter.mine.key"),
                (_text("mine_name", "矿山名称", "Mine name"), "matter.mine.name"),
            ),
        ),
        Shown(
            "enterprise",
            gettext_lazy("矿山企业"),
            _enterprise,
            beside=("enterprise",),
            leaves_as=(
                (_text("uscc", "统一社会信用代码", "Credit code"), "matter.enterprise.uscc"),
                (_text("enterprise", "矿山企业", "Enterprise"), "matter.enterprise.name"),
            ),
        ),
        *_OF_KIND[ledger.path],
        Shown(
            "severity",
            gettext_lazy("严重程度"),
            _term("matter.severity", Severity),
            leaves_as=((by_name["severity"], "matter.severity"),),
        ),
        Shown(
            "source",
            gettext_lazy("来源"),
            _term("matter.source", SourceKind),
            leaves_as=((by_name["source"], "matter.source"),),
        ),
        Shown(
            "source_number",
            gettext_lazy("来源文号"),
            _value("matter.source_number", gettext_lazy("没有填报")),
            leaves_as=((by_name["source_number"], "matter.source_number"),),
        ),
        Shown(
            "opened_on",
            gettext_lazy("登记日期"),
            _value("matter.opened_on", ""),
            look="nowrap",
            leaves_as=((by_name["opened_on"], "matter.opened_on"),),
        ),
        Shown(
            "closed_on",
            gettext_lazy("了结日期"),
            _value("matter.closed_on", gettext_lazy("还没有了结")),
            look="nowrap",
            leaves_as=((Column("ended_on", "了结日期", "Ended on", type=Date()), "matter.closed_on"),),
        ),
        Shown(
            "days_left",
            gettext_lazy("剩余天数"),
            _value("days_left", gettext_lazy("未定时限或已了结")),
            is_number=True,
            leaves_as=((Column("days_left", "剩余天数", "Days left", type=Integer()), "days_left"),),
        ),
        Shown(
            "target",
            gettext_lazy("整改目标"),
            _target,
            fields=("target",),
            leaves_as=((by_name["target"], "target"),),
        ),
        Shown(
            "late_entry",
            gettext_lazy("补录"),
            _value("entered_late", gettext_lazy("不是补录")),
            leaves_as=((_text("late_entry", "补录", "Late entry"), "entered_late"),),
        ),
    )


COLUMNS = {ledger.path: {one.name: one for one in _columns_of(ledger)} for ledger in (CASES, PETITIONS)}
"""Every column that can be chosen, by ledger and name."""
USUAL = ("state", "due_on", "unit", "turn", "progress")
"""The columns that are shown until somebody chooses others."""


def shown_of(ledger: Ledger, names: Iterable[str] | None) -> list[Shown]:
    """The chosen columns behind the head, the usual ones where nothing is chosen."""
    return chosen_among(COLUMNS[ledger.path], names, usual=USUAL)


def beside(shown: Iterable[Shown]) -> list[str]:
    """What has to be read of each row beyond itself."""
    return list(dict.fromkeys(name for each in (*HEAD, *shown) for name in each.beside))


def table_of(ledger: Ledger, shown: Sequence[Shown], *, on: date) -> Table:
    """The ledger as a sheet with these columns only, in their order."""
    leaving, paths = leaving_as((*HEAD, *shown))

    def write(batch: list[Matter], _place: int) -> Iterator[Exported]:
        for row in seen(batch, shown, on=on):
            yield Exported({name: value_at(row, path) for name, path in paths.items()})

    kind = columns.CASES if ledger is CASES else columns.PETITIONS
    return Table(replace(kind, columns=leaving), write, tuple(beside(shown)))
