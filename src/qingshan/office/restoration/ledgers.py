"""How is the ledger of projects looked at: which view, narrowed to what, with which chips and columns?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from qingshan.exchange.columns import Choice, Column, Date, Number, Text
from qingshan.exchange.kinds import Kind
from qingshan.exchange.units import HECTARE, M2
from qingshan.exchange.writers import Exported
from qingshan.office.matters import queries as matters
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import SOON_DAYS, Narrowing, Standings
from qingshan.office.matters.seeding import state_code
from qingshan.office.mines.forms.narrowing import region_from
from qingshan.office.mines.queries import Total
from qingshan.office.restoration import queries
from qingshan.office.restoration.kinds import KIND
from qingshan.office.restoration.models import RestorationProject
from qingshan.office.restoration.showing import language, standing_of, state_name, whose_turn
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.reasons import Sentence

LONGEST_TEXT = 60
STOCK, TURN, OVERDUE, SOON, UNDATED, EVERYTHING = "", "turn", "overdue", "soon", "undated", "all"
VIEWS: dict[str, Promise] = {
    STOCK: gettext_lazy("在册"),
    TURN: gettext_lazy("轮到我"),
    OVERDUE: gettext_lazy("● 逾期"),
    SOON: gettext_lazy("▲ 将到期"),
    UNDATED: gettext_lazy("未定时限"),
    EVERYTHING: gettext_lazy("全部（含已了结）"),
}


@dataclass(frozen=True)
class Look:
    """What an address says; what cannot be read does not narrow."""

    on: date
    view: str = STOCK
    state: str = ""
    region_id: int | None = None
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != Look(self.on)

    @property
    def narrowing(self) -> Narrowing:
        """The same, as the queries ask for it."""
        states = (state_code(KIND, self.state),) if self.state else ()
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


def look_at(query: Mapping[str, str], *, on: date) -> Look:
    """What the address says."""
    view, state = query.get("view", ""), query.get("state", "")
    return Look(
        on,
        view=view if view in VIEWS else STOCK,
        state=state if state in kind_named(KIND).flow.names else "",
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
        counts = matters.standings((KIND,), actor=actor, on=look.on, region_id=look.region_id)
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
    for state, name in kind_named(KIND).flow.names.items():
        rows = counts.by_state.get(state_code(KIND, state), 0) if counts else None
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


def total_of(look: Look, *, actor: ActorLike) -> Total:
    """How many rows the ledger has, counted to a limit."""
    return matters.how_many((KIND,), actor=actor, narrowing=look.narrowing)


@dataclass(frozen=True)
class Row:
    """A project as the ledger shows it."""

    matter: Matter
    project: RestorationProject
    on: date

    @property
    def standing(self) -> tuple[str, str]:
        return standing_of(self.matter, on=self.on)

    @property
    def state(self) -> str:
        return state_name(self.matter)

    @property
    def mode(self) -> str:
        return self.project.mode_named.say(language())

    @property
    def turn(self) -> str:
        return whose_turn(self.matter)

    @property
    def sites(self) -> int:
        return len(self.project.present)  # type: ignore[attr-defined]

    @property
    def planned_m2(self) -> float | None:
        areas = [row.planned_m2 for row in self.project.present]  # type: ignore[attr-defined]
        return None if None in areas else sum(areas)

    @property
    def done_m2(self) -> float | None:
        """None: nothing has been accepted yet."""
        areas = [row.done_m2 for row in self.project.present]  # type: ignore[attr-defined]
        known = [area for area in areas if area is not None]
        return sum(known) if known else None


def rows_of(found: list[Matter], *, on: date) -> list[Row]:
    """The rows of a page with their projects."""
    projects = queries.beside(found)
    return [Row(matter, projects[matter.pk], on) for matter in found]


_HA = Number(unit=M2, written=HECTARE, minimum=0)
TABLE = Kind(
    code="restoration_projects",
    title=Sentence(zh="修复项目", en="Restoration projects"),
    columns=(
        Column("number", "编号", "Number"),
        Column("title", "项目名称", "Project", type=Text(limit=200)),
        Column("region", "行政区划代码", "Region code"),
        Column("region_name", "县区", "Region"),
        Column("mode", "修复方式", "Way", type=Choice(RestorationMode)),
        Column("state", "状态", "Status"),
        Column("turn", "轮到", "Whose turn"),
        Column("sites", "点位（处）", "Sites"),
        Column("planned_m2", "计划修复面积", "Planned area", type=_HA),
        Column("done_m2", "验收面积", "Accepted area", type=_HA),
        Column("planned_wan", "计划资金（万元）", "Planned funds (×10,000 yuan)"),
        Column("spent_wan", "已支出（万元）", "Spent (×10,000 yuan)"),
        Column("percent", "施工进度（%）", "Progress (%)"),
        Column("due_on", "完成时限", "Deadline", type=Date()),
        Column("accepted_on", "验收日期", "Accepted on", type=Date()),
        Column("aftercare_until", "管护期满", "Aftercare until", type=Date()),
    ),
    key=("number",),
    existing=lambda _context, _drafts: {},
)


def exported(found: Iterator[Matter], *, on: date) -> Iterator[Exported]:
    """The ledger as rows of a table, some hundreds read at a time."""
    batch: list[Matter] = []
    for matter in found:
        batch.append(matter)
        if len(batch) == queries.AT_ONCE:
            yield from map(_exported, rows_of(batch, on=on))
            batch = []
    yield from map(_exported, rows_of(batch, on=on))


def _exported(row: Row) -> Exported:
    matter, project = row.matter, row.project
    return Exported(
        {
            "number": matter.number,
            "title": matter.title,
            "region": matter.region.code,
            "region_name": matter.region.name,
            "mode": project.mode,
            "state": row.state,
            "turn": row.turn or None,
            "sites": str(row.sites),
            "planned_m2": row.planned_m2,
            "done_m2": row.done_m2,
            "planned_wan": _wan(project.planned_fen),
            "spent_wan": _wan(project.spent_fen),
            "percent": None if project.progress_percent is None else str(project.progress_percent),
            "due_on": matter.due_on,
            "accepted_on": project.accepted_on,
            "aftercare_until": project.aftercare_until,
        }
    )


def _wan(fen: int | None) -> str | None:
    return None if fen is None else f"{Decimal(fen) / 1_000_000:f}"
