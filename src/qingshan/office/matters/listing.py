"""What can stand in a column of a ledger of matters, and how does a ledger show and leave what a person chose?

Deadline and subject stand at the head and are always there. A row is a matter with what was gathered beside it, and
only for the columns that are shown. Each app declares the `Listing` of its ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.exchange.columns import Choice, Column, Date, Integer, Text
from qingshan.exchange.kinds import Kind
from qingshan.exchange.writers import Exported
from qingshan.office.accounts.actors import Actor
from qingshan.office.matters.folder import Link
from qingshan.office.matters.leaving import Table
from qingshan.office.matters.ledgers import Ledger, Look
from qingshan.office.matters.models import Matter, MatterParty
from qingshan.office.matters.showing import standing_of, state_name, whose_turn
from qingshan.office.mines.columns import value_at
from qingshan.office.showing import Cell, Shown, chosen_among, html, leaving_as, mark, unknown
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.dates import days_left
from qingshan.rules.matters import Severity, SourceKind
from qingshan.rules.roles import Role

Gather = Callable[[tuple[int, ...]], Mapping[int, Any]]
"""What stands beside the matters with these ids, by id."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


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


@holds_until_next_act
def answering_units(keys: tuple[int, ...]) -> dict[int, Any]:
    """Which unit answers for each."""
    held = MatterParty.objects.filter(matter_id__in=keys, role=Role.ANSWERING.value, to_on=None)
    return dict(held.order_by("-id").values_list("matter_id", "unit_name"))


GATHERED: Mapping[str, Gather] = MappingProxyType({"unit": answering_units})


@dataclass(frozen=True)
class Listing:
    """How one ledger is shown, and how it leaves."""

    ledger: Ledger
    head: tuple[Shown, ...]
    columns: Mapping[str, Shown]
    """every column that can be chosen, by name"""
    usual: tuple[str, ...]
    """those that are shown until somebody chooses others"""
    sheet: Kind
    """what the table is called that leaves with chosen columns"""
    whole: Table | None = None
    """how it leaves where nothing is chosen; None: with all columns"""
    row: type[Seen] = Seen
    gathered: Mapping[str, Gather] = field(default_factory=lambda: GATHERED)
    buttons: Callable[[Actor, Look, str], Sequence[Link]] = lambda _actor, _look, _query: ()
    """what stands above it, for this reader, with the address as it is looked at"""
    template: str = "matters/ledger.html"
    above: Callable[[Actor, Look], Mapping[str, Any]] = lambda _actor, _look: NOTHING
    """what a template of its own shows beside the list"""

    def shown(self, names: Iterable[str] | None) -> list[Shown]:
        """The chosen columns behind the head, the usual ones where nothing is chosen."""
        return chosen_among(self.columns, names, usual=self.usual)

    def beside(self, shown: Iterable[Shown]) -> list[str]:
        """What has to be read of each row beyond itself."""
        return list(dict.fromkeys(name for each in (*self.head, *shown) for name in each.beside))

    def seen(self, rows: Sequence[Matter], shown: Iterable[Shown], *, on: date) -> list[Seen]:
        """The rows with what their columns ask for, in one query for each."""
        keys = tuple(row.pk for row in rows)
        asked = {name for each in (*self.head, *shown) for name in each.fields}
        told = {name: self.gathered[name](keys) for name in sorted(asked)}
        return [
            self.row(row, on, {name: found[row.pk] for name, found in told.items() if row.pk in found})
            for row in rows
        ]

    def leaving(self, names: Iterable[str] | None, *, on: date) -> Table:
        """As a sheet: with the columns that were chosen, else whole."""
        if not names and self.whole is not None:
            return self.whole
        return self.table(self.shown(names or self.columns), on=on)

    def table(self, shown: Sequence[Shown], *, on: date) -> Table:
        """As a sheet with these columns only, in their order."""
        leaving, paths = leaving_as((*self.head, *shown))

        def write(part: list[Matter], _place: int) -> Iterator[Exported]:
            for row in self.seen(part, shown, on=on):
                yield Exported({name: value_at(row, path) for name, path in paths.items()})

        return Table(replace(self.sheet, columns=leaving), write, tuple(self.beside(shown)))


# --- cells --------------------------------------------------------------------------------------------------


def value(path: str, missing: Any) -> Cell:
    """What stands behind a path, or a dash with the reason why there is nothing."""

    def cell(row: Seen, language: str) -> str:
        found = value_at(row, path)
        if found is None:
            return unknown(str(missing))
        return found.isoformat() if isinstance(found, date) else str(found)

    return cell


def term(path: str, terms: Any) -> Cell:
    """The fixed term behind a path, in words."""

    def cell(row: Seen, language: str) -> str:
        found = value_at(row, path)
        return unknown(_("没有填报")) if found is None else str(terms(found).say(language))

    return cell


def text(name: str, zh: str, en: str) -> Column:
    """A column of a sheet that holds words."""
    return Column(name, zh, en, type=Text(limit=1000))


def _standing(row: Seen, language: str) -> str:
    return mark(*standing_of(row.matter, on=row.on))


def _subject(row: Seen, language: str) -> str:
    matter = row.matter
    linked = html('<a data-open href="{}">{}</a>', matter.get_absolute_url(), matter.title)
    more = " · ".join(filter(None, _more(matter, language)))
    return html('{}<div class="two"><span translate="no">{}</span> · {}</div>', linked, matter.number, more)


def _more(matter: Matter, language: str) -> Iterator[str]:
    severity = Severity(matter.severity)
    yield matter.region.name
    yield matter.mine.name if matter.mine else ""
    yield SourceKind(matter.source).say(language)
    yield "" if severity is Severity.ORDINARY else severity.say(language)
    yield _("补录") if matter.late_entry else ""
    through = getattr(matter, "found_through", "")
    yield _("含点位 %(site)s") % {"site": through} if through else ""


def _mine(row: Seen, language: str) -> str:
    if row.matter.mine is None:
        return unknown(_("没有登记矿山"))
    return html('<a href="/mines/{}/">{}</a>', row.matter.mine_id, row.matter.mine.name)


def _enterprise(row: Seen, language: str) -> str:
    if row.matter.enterprise is None:
        return unknown(_("没有登记矿山企业"))
    return html('<a href="/enterprises/{}/">{}</a>', row.matter.enterprise_id, row.matter.enterprise.name)


# --- columns ------------------------------------------------------------------------------------------------


def head_of(title: str | Promise, *, name: str, key: Column, called: Column) -> tuple[Shown, Shown]:
    """Deadline and subject; `key` and `called`: under which columns number and title leave."""
    return (
        Shown(
            "standing",
            gettext_lazy("时限"),
            _standing,
            look="nowrap",
            leaves_as=((text("standing", "时限情况", "Deadline in words"), "standing"),),
        ),
        Shown(
            name,
            title,
            _subject,
            beside=("region", "mine"),
            look="subject",
            leaves_as=((key, "matter.number"), (called, "matter.title")),
        ),
    )


def common_columns(key: Column, own: Mapping[str, Column] = NOTHING) -> dict[str, Shown]:
    """The columns that every kind of matter can show. `key`: under which its number leaves; `own`: columns of the kind
    under which some of the others leave instead.
    """

    def leaves(name: str, column: Column, path: str) -> tuple[tuple[Column, str], ...]:
        return ((own.get(name, column), path),)

    found = (
        Shown(
            "state",
            gettext_lazy("状态"),
            value("state", ""),
            leaves_as=leaves("state", text("state", "状态", "Status"), "state"),
        ),
        Shown(
            "due_on",
            gettext_lazy("完成时限"),
            value("matter.due_on", gettext_lazy("还没有交办，未定时限")),
            look="nowrap",
            leaves_as=leaves(
                "due_on", Column("due_on", "完成时限", "Deadline", type=Date()), "matter.due_on"
            ),
        ),
        Shown(
            "unit",
            gettext_lazy("责任单位"),
            value("unit", gettext_lazy("还没有交办")),
            fields=("unit",),
            leaves_as=leaves("unit", text("answering", "责任单位", "Responsible unit"), "unit"),
        ),
        Shown(
            "turn",
            gettext_lazy("轮到"),
            value("turn", gettext_lazy("已了结，不轮到谁")),
            beside=("awaits_organisation",),
            leaves_as=leaves("turn", text("turn", "轮到", "Whose turn"), "turn"),
        ),
        Shown(
            "number", gettext_lazy("编号"), value("matter.number", ""), leaves_as=((key, "matter.number"),)
        ),
        Shown(
            "region",
            gettext_lazy("县区"),
            value("matter.region.name", ""),
            leaves_as=(
                (text("region", "行政区划代码", "Region code"), "matter.region.code"),
                (text("region_name", "县区", "Region"), "matter.region.name"),
            ),
        ),
        Shown(
            "mine",
            gettext_lazy("所属矿山"),
            _mine,
            leaves_as=(
                (text("mine", "矿山编号", "Mine number"), "matter.mine.key"),
                (text("mine_name", "矿山名称", "Mine name"), "matter.mine.name"),
            ),
        ),
        Shown(
            "enterprise",
            gettext_lazy("矿山企业"),
            _enterprise,
            beside=("enterprise",),
            leaves_as=(
                (text("uscc", "统一社会信用代码", "Credit code"), "matter.enterprise.uscc"),
                (text("enterprise", "矿山企业", "Enterprise"), "matter.enterprise.name"),
            ),
        ),
        Shown(
            "severity",
            gettext_lazy("严重程度"),
            term("matter.severity", Severity),
            leaves_as=leaves(
                "severity",
                Column("severity", "严重程度", "Severity", type=Choice(Severity)),
                "matter.severity",
            ),
        ),
        Shown(
            "source",
            gettext_lazy("来源"),
            term("matter.source", SourceKind),
            leaves_as=leaves(
                "source", Column("source", "来源", "Source", type=Choice(SourceKind)), "matter.source"
            ),
        ),
        Shown(
            "source_number",
            gettext_lazy("来源文号"),
            value("matter.source_number", gettext_lazy("没有填报")),
            leaves_as=leaves(
                "source_number",
                text("source_number", "来源文号", "Number of the source"),
                "matter.source_number",
            ),
        ),
        Shown(
            "opened_on",
            gettext_lazy("登记日期"),
            value("matter.opened_on", ""),
            look="nowrap",
            leaves_as=leaves(
                "opened_on", Column("opened_on", "登记日期", "Registered on", type=Date()), "matter.opened_on"
            ),
        ),
        Shown(
            "closed_on",
            gettext_lazy("了结日期"),
            value("matter.closed_on", gettext_lazy("还没有了结")),
            look="nowrap",
            leaves_as=((Column("ended_on", "了结日期", "Ended on", type=Date()), "matter.closed_on"),),
        ),
        Shown(
            "days_left",
            gettext_lazy("剩余天数"),
            value("days_left", gettext_lazy("未定时限或已了结")),
            is_number=True,
            leaves_as=((Column("days_left", "剩余天数", "Days left", type=Integer()), "days_left"),),
        ),
        Shown(
            "late_entry",
            gettext_lazy("补录"),
            value("entered_late", gettext_lazy("不是补录")),
            leaves_as=((text("late_entry", "补录", "Late entry"), "entered_late"),),
        ),
    )
    return {each.name: each for each in found}
