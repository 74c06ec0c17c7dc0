"""How are the lists of batches and of single sites looked at: which view, narrowed to what, with which columns?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.columns import Choice, Column, Date, Number, Text
from qingshan.exchange.kinds import Kind
from qingshan.exchange.units import HECTARE, M2
from qingshan.exchange.writers import Exported
from qingshan.office.batches import queries
from qingshan.office.batches.queries import Tally
from qingshan.office.matters import queries as matters
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import AT_ONCE, SOON_DAYS, Narrowing, Standings
from qingshan.office.matters.seeding import state_code
from qingshan.office.matters.showing import standing_of, state_name, whose_turn
from qingshan.office.mines.forms.narrowing import region_from
from qingshan.office.mines.queries import Total
from qingshan.office.restoration.models import m2
from qingshan.office.restoration.showing import language
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.acceptance import Payer
from qingshan.rules.flows import batch, single_site
from qingshan.rules.reasons import Sentence
from qingshan.rules.stock import Move, StockFlow

LONGEST_TEXT = 60
STOCK, TURN, OVERDUE, SOON, UNDATED, EVERYTHING = "", "turn", "overdue", "soon", "undated", "all"
VIEWS: dict[str, Promise] = {
    STOCK: _("在办"),
    TURN: _("轮到我"),
    OVERDUE: _("● 逾期"),
    SOON: _("▲ 将到期"),
    UNDATED: _("未定时限"),
    EVERYTHING: _("全部（含已了结）"),
}


@dataclass(frozen=True)
class Shelf:
    """One of the two lists."""

    kind: str
    title: Promise
    path: str
    counted: Promise


BATCHES = Shelf(batch.FLOW.kind, _("修复批次"), "/batches/", _("%(n)s 批"))
SINGLES = Shelf(single_site.FLOW.kind, _("单项修复"), "/singles/", _("%(n)s 项"))
SHELF_OF = {each.kind: each for each in (BATCHES, SINGLES)}


@dataclass(frozen=True)
class Look:
    """What an address says; what cannot be read does not narrow."""

    shelf: Shelf
    on: date
    view: str = STOCK
    state: str = ""
    region_id: int | None = None
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != Look(self.shelf, self.on)

    @property
    def narrowing(self) -> Narrowing:
        """The same, as the queries ask for it."""
        states = (state_code(self.shelf.kind, self.state),) if self.state else ()
        found = Narrowing(states=states, region_id=self.region_id, text=self.text)
        if self.state:
            return found
        more: dict[str, dict[str, Any]] = {
            STOCK: {"more": (("closed_on", None),)},
            TURN: {"turn": True},
            OVERDUE: {"due_before": self.on},
            SOON: {"due_from": self.on, "due_before": self.on + timedelta(days=SOON_DAYS + 1)},
            UNDATED: {"more": (("closed_on", None), ("due_on", None))},
            EVERYTHING: {},
        }
        return replace(found, **more[self.view])


def look_at(shelf: Shelf, query: Mapping[str, str], *, on: date) -> Look:
    """What the address says."""
    view, state = query.get("view", ""), query.get("state", "")
    return Look(
        shelf,
        on,
        view=view if view in VIEWS else STOCK,
        state=state if state in kind_named(shelf.kind).flow.names else "",
        region_id=region_from(query.get("region", "")),
        text=query.get("q", "").strip()[:LONGEST_TEXT],
    )


@dataclass(frozen=True)
class Chip:
    """A view with its count; None where the tallies cannot say it."""

    title: str
    count: int | None
    url: str
    current: bool


def chips(look: Look, query: QueryDict, *, actor: ActorLike) -> tuple[list[Chip], list[Chip]]:
    """The views, and the states in which anything stands."""
    counts = None
    if not look.text:
        kinds = (look.shelf.kind,)
        counts = matters.standings(kinds, actor=actor, on=look.on, region_id=look.region_id)
    views = [
        Chip(
            str(title),
            _of_view(view, counts),
            _address(query, view=view),
            not look.state and look.view == view,
        )
        for view, title in VIEWS.items()
    ]
    return views, list(_states(look, query, counts))


def _of_view(view: str, counts: Standings | None) -> int | None:
    if counts is None or view == TURN:
        return None
    return {
        STOCK: counts.in_stock,
        OVERDUE: counts.overdue,
        SOON: counts.soon,
        UNDATED: counts.without_deadline,
        EVERYTHING: sum(counts.by_state.values()),
    }[view]


def _states(look: Look, query: QueryDict, counts: Standings | None) -> Iterator[Chip]:
    for state, name in kind_named(look.shelf.kind).flow.names.items():
        rows = counts.by_state.get(state_code(look.shelf.kind, state), 0) if counts else None
        here = look.state == state
        if here or rows or counts is None:
            yield Chip(name.say({}, language()), rows, _address(query, state="" if here else state), here)


def _address(query: QueryDict, **changed: str) -> str:
    kept = query.copy()
    for name in ("after", "before", "view", "state"):
        kept.pop(name, None)
    for name, value in changed.items():
        if value:
            kept[name] = value
    return f"?{kept.urlencode()}"


def counted(look: Look, *, actor: ActorLike) -> str:
    """How many rows the list has, in words, counted to a limit."""
    total: Total = matters.how_many((look.shelf.kind,), actor=actor, narrowing=look.narrowing)
    said = str(look.shelf.counted) % {"n": f"{total.rows:,}"}
    return _now("超过 %(rows)s") % {"rows": said} if total.at_least else _now("共 %(rows)s") % {"rows": said}


USUAL_MOVES = (Move.OPENED, Move.REOPENED, Move.CLOSED, Move.WITHDRAWN)


@dataclass(frozen=True)
class Flow:
    """存量与流量 of this year: what was there, came, and left comes to what is there."""

    stock: StockFlow

    @property
    def parts(self) -> list[tuple[str, int]]:
        """With their signs, in the order in which they are added up; usual moves also where there were none."""
        moves = [
            (move.say(language()), move.sign * count)
            for move, count in self.stock.terms
            if count or move in USUAL_MOVES
        ]
        return [(_now("年初在办"), self.stock.opening), *moves]

    @property
    def closing(self) -> int:
        return self.stock.closing


def flow_of(shelf: Shelf, *, actor: ActorLike, on: date, region_id: int | None) -> Flow | None:
    """Of whoever sees whole regions; None for others."""
    if not actor.region_ranges:
        return None
    begins = date(on.year, 1, 1)
    return Flow(matters.stock_flow(shelf.kind, actor=actor, from_on=begins, to_on=on, region_id=region_id))


@dataclass(frozen=True)
class Row:
    """A batch as the list shows it."""

    matter: Matter
    tally: Tally
    on: date

    @property
    def standing(self) -> tuple[str, str]:
        return standing_of(self.matter, on=self.on)

    @property
    def state(self) -> str:
        return state_name(self.matter)

    @property
    def turn(self) -> str:
        return whose_turn(self.matter)

    @property
    def area_m2(self) -> float | None:
        """None: of no site is the area known."""
        tally = self.tally
        return None if tally.listed and tally.without_area == tally.listed else m2(tally.area_cm2)


def rows_of(found: list[Matter], *, on: date) -> list[Row]:
    """The rows of a page with their counts."""
    tallies = queries.beside(found)
    return [Row(matter, tallies[matter.pk], on) for matter in found]


_HA = Number(unit=M2, written=HECTARE, minimum=0)


def table(shelf: Shelf) -> Kind:
    """The list as it leaves."""
    names = kind_named(shelf.kind).flow.title
    return Kind(
        code=shelf.path.strip("/"),
        title=Sentence(zh=names.zh, en=names.en),
        columns=COLUMNS,
        key=("number",),
        existing=lambda _context, _drafts: {},
    )


COLUMNS = (
    Column("number", "编号", "Number"),
    Column("title", "名称", "Title", type=Text(limit=200)),
    Column("region", "行政区划代码", "Region code"),
    Column("region_name", "负责地区", "Region"),
    Column("state", "状态", "Status"),
    Column("turn", "轮到", "Whose turn"),
    Column("payer", "谁来复垦", "Who pays", type=Choice(Payer)),
    Column("listed", "在批点位（处）", "Sites"),
    Column("accepted", "验收通过（处）", "Accepted sites"),
    Column("returned", "退回（处）", "Sites sent back"),
    Column("area_m2", "面积", "Area", type=_HA),
    Column("without_area", "面积不明（处）", "Sites of unknown area"),
    Column("applied_on", "申报日期", "Applied on", type=Date()),
    Column("due_on", "办理时限", "Deadline", type=Date()),
    Column("accepted_on", "验收日期", "Accepted on", type=Date()),
    Column("closed_on", "了结日期", "Ended on", type=Date()),
)


def exported(found: Iterator[Matter], *, on: date) -> Iterator[Exported]:
    """The list as rows of a table, some hundreds read at a time."""
    batch_rows: list[Matter] = []
    for matter in found:
        batch_rows.append(matter)
        if len(batch_rows) == AT_ONCE:
            yield from map(_exported, rows_of(batch_rows, on=on))
            batch_rows = []
    yield from map(_exported, rows_of(batch_rows, on=on))


def _exported(row: Row) -> Exported:
    matter, tally = row.matter, row.tally
    return Exported(
        {
            "number": matter.number,
            "title": matter.title,
            "region": matter.region.code,
            "region_name": matter.region.name,
            "state": row.state,
            "turn": row.turn or None,
            "payer": tally.batch.payer,
            "listed": str(tally.listed),
            "accepted": str(tally.accepted),
            "returned": str(tally.returned),
            "area_m2": row.area_m2,
            "without_area": str(tally.without_area),
            "applied_on": tally.batch.applied_on,
            "due_on": matter.due_on,
            "accepted_on": tally.batch.accepted_on,
            "closed_on": matter.closed_on,
        }
    )
