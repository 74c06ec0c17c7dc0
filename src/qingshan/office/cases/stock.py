"""How does 存量与流量 read: a total as a sum, a line for each region below, every number with its list?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.matters import queries
from qingshan.office.mines.forms.narrowing import region_from
from qingshan.office.regions.models import Region
from qingshan.office.regions.ranges import inside, region_range
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.reasons import CHINESE
from qingshan.rules.stock import Move, StockFlow

KINDS = (*CASES.kinds, *PETITIONS.kinds)
RECTIFICATION, LASTING = CASES.kinds
OPENING, CLOSING = "opening", "closing"
BELOW = {"province": "prefecture", "prefecture": "county", "county": "township"}
TITLES: dict[str, Promise] = {OPENING: gettext_lazy("期初存量"), CLOSING: gettext_lazy("期末存量")}


@dataclass(frozen=True)
class Asked:
    """Which kind, period and region an address asks for. What cannot be read is the usual: this year, all."""

    kind: str
    from_on: date
    to_on: date
    region_id: int | None = None

    def address(self, path: str = "/stock/", **changed: Any) -> str:
        """The same asked otherwise."""
        said = {
            "kind": self.kind,
            "from": self.from_on.isoformat(),
            "to": self.to_on.isoformat(),
            "region": self.region_id or "",
            **changed,
        }
        return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"

    @property
    def address_of_all(self) -> str:
        """The same for all that the reader sees."""
        return self.address(region="")

    def items(self, what: str, *, region_id: int | None = None, kind: str = "") -> str:
        """The list behind one number."""
        return self.address(
            "/stock/items/", what=what, region=region_id or self.region_id or "", kind=kind or self.kind
        )


def asked_by(query: Mapping[str, str], *, on: date) -> Asked:
    """What the address says."""
    kind = query.get("kind", "")
    from_on = _day(query.get("from", "")) or on.replace(month=1, day=1)
    to_on = _day(query.get("to", "")) or on
    return Asked(
        kind if kind in KINDS else RECTIFICATION,
        min(from_on, to_on),
        max(from_on, to_on),
        region_from(query.get("region", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Cell:
    """A number with the list that it counts."""

    number: int
    url: str


@dataclass(frozen=True)
class Line:
    """One region: opening, every term, closing, and what is lasting."""

    title: str
    url: str
    opening: Cell
    terms: list[Cell]
    closing: Cell
    lasting: Cell | None


@dataclass(frozen=True)
class Term:
    """One term of the sum in words."""

    sign: str
    title: str
    cell: Cell


@dataclass(frozen=True)
class Sheet:
    """What the page shows."""

    asked: Asked
    total: Line
    sum: list[Term]
    lines: list[Line]

    @property
    def moves(self) -> list[str]:
        language = get_language() or CHINESE
        return [move.say(language) for move in Move]


def sheet_of(asked: Asked, *, actor: ActorLike, everywhere: str) -> Sheet:
    """The whole page: four sums over the tallies, and the regions of the level below."""
    period: dict[str, Any] = {"actor": actor, "from_on": asked.from_on, "to_on": asked.to_on}
    whole = queries.stock_flow(asked.kind, region_id=asked.region_id, **period)
    below = regions_below(asked, actor)
    flows = queries.stock_flow_by_region(asked.kind, regions=below, **period)
    lasting, lasting_by = None, dict[int, int]()
    if asked.kind == RECTIFICATION:
        lasting = queries.stock_flow(LASTING, region_id=asked.region_id, **period).closing
        found = queries.stock_flow_by_region(LASTING, regions=below, **period)
        lasting_by = {region.pk: flow.closing for region, flow in found}
    total = _line(asked, everywhere, None, whole, lasting)
    lines = [_line(asked, region.name, region.pk, flow, lasting_by.get(region.pk)) for region, flow in flows]
    return Sheet(asked, total, list(_sum(total, whole)), lines)


def _line(asked: Asked, title: str, region_id: int | None, flow: StockFlow, lasting: int | None) -> Line:
    at: dict[str, Any] = {"region_id": region_id}
    return Line(
        title,
        asked.address(region=region_id) if region_id else "",
        Cell(flow.opening, asked.items(OPENING, **at)),
        [Cell(n, asked.items(move.value, **at)) for move, n in flow.terms],
        Cell(flow.closing, asked.items(CLOSING, **at)),
        None if lasting is None else Cell(lasting, asked.items(CLOSING, kind=LASTING, **at)),
    )


def _sum(total: Line, flow: StockFlow) -> Iterable[Term]:
    """期初 + 新增 + …, without the terms that are nothing: the table below has them all."""
    language = get_language() or CHINESE
    for cell, (move, n) in zip(total.terms, flow.terms, strict=True):
        if n:
            yield Term("+" if move.sign > 0 else "−", move.say(language), cell)


def regions_below(asked: Asked, actor: ActorLike) -> list[Region]:
    """The regions of the next level inside what is asked for and seen, without headings."""
    ranges = [region_range(asked.region_id)] if asked.region_id else list(actor.region_ranges)
    if not ranges:
        return []
    low, high = min(each[0] for each in ranges), max(each[1] for each in ranges)
    at = Region.objects.defer("geom").filter(pk__gte=low, pk__lte=high, is_heading=False, valid_to=None)
    top = at.filter(pk=asked.region_id or _top(actor) or 0).values_list("level", flat=True).first()
    level = BELOW.get(top or "", "province")
    return [each for each in at.filter(level=level).order_by("id") if inside(each.pk, actor.region_ranges)]


def _top(actor: ActorLike) -> int | None:
    return actor.decider.region_id


def periods(asked: Asked, *, on: date) -> list[tuple[str, str, bool]]:
    """本月, 本季度, 本年: title, address, whether that is what is shown."""
    starts = {
        gettext_lazy("本月"): on.replace(day=1),
        gettext_lazy("本季度"): on.replace(month=3 * ((on.month - 1) // 3) + 1, day=1),
        gettext_lazy("本年"): on.replace(month=1, day=1),
    }
    return [
        (
            str(title),
            asked.address(**{"from": start.isoformat(), "to": on.isoformat()}),
            (asked.from_on, asked.to_on) == (start, on),
        )
        for title, start in starts.items()
    ]


def shown_region(asked: Asked) -> Region | None:
    """The region that the sheet is about, where it is not all that the reader sees."""
    return Region.objects.defer("geom").filter(pk=asked.region_id).first() if asked.region_id else None


def day_before(day: date) -> date:
    """The opening stock is that of the evening before."""
    return day - timedelta(days=1)
