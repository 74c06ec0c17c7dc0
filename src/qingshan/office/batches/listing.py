"""What can stand in a column of the ledgers of batches and single sites beside what every matter shows?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.exchange.columns import Choice, Column, Date, Integer, Number, Text
from qingshan.exchange.kinds import Kind, nothing_known
from qingshan.exchange.units import HECTARE, M2
from qingshan.office.accounts.actors import Actor
from qingshan.office.batches import queries
from qingshan.office.batches.access import FORM
from qingshan.office.batches.ledgers import BATCHES, SINGLES, flow_of
from qingshan.office.batches.on_map import map_of_ledger
from qingshan.office.batches.queries import Tally
from qingshan.office.matters import listing
from qingshan.office.matters.folder import Link
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.ledgers import Ledger, Look
from qingshan.office.matters.listing import Listing, common_columns, head_of, term, value
from qingshan.office.restoration.models import m2
from qingshan.office.showing import Cell, Shown, html, unknown
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.acceptance import Payer
from qingshan.rules.areas import area_text
from qingshan.rules.reasons import Sentence


@holds_until_next_act
def _tallies(keys: tuple[int, ...]) -> dict[int, Any]:
    """The batches behind the rows, with the counts of their sites."""
    return dict(queries.beside(keys))


@dataclass(frozen=True)
class Seen(listing.Seen):
    """A row of the ledger of batches or single sites."""

    @property
    def tally(self) -> Tally | None:
        return self.gathered.get("tally")

    @property
    def area_m2(self) -> float | None:
        """None: of no site is the area known."""
        tally = self.tally
        if tally is None or (tally.listed and tally.without_area == tally.listed):
            return None
        return m2(tally.area_cm2)


def _area(row: Seen, language: str) -> str:
    """What is known of it, and of how many sites nothing is."""
    if row.tally is None or row.area_m2 is None:
        return unknown(_("面积不清楚"))
    without = row.tally.without_area
    more = (
        html('<div class="two">{}</div>', _("另 %(n)s 处面积不明") % {"n": without}) if without else html("")
    )
    return html("{}", area_text(row.area_m2, language)) + more


def _shown(name: str, title: Promise, cell: Cell, column: Column, path: str, look: str = "num") -> Shown:
    """A column of what stands in the batch; it leaves under one column of a sheet."""
    return Shown(
        name,
        title,
        cell,
        fields=("tally",),
        is_number=look == "num",
        look="" if look == "num" else look,
        leaves_as=((column, path),),
    )


def _count(name: str, title: Promise, leaves: tuple[str, str]) -> Shown:
    path = f"tally.{name}"
    return _shown(name, title, value(path, ""), Column(name, *leaves, type=Integer()), path)


def _day(name: str, title: Promise, missing: Promise, leaves: tuple[str, str]) -> Shown:
    path = f"tally.batch.{name}"
    return _shown(name, title, value(path, missing), Column(name, *leaves, type=Date()), path, look="nowrap")


_KEY = Column("number", "编号", "Number")
_HA = Number(unit=M2, written=HECTARE, minimum=0)
_OWN = (
    _count("listed", gettext_lazy("点位（处）"), ("在批点位（处）", "Sites")),
    _count("accepted", gettext_lazy("验收通过"), ("验收通过（处）", "Accepted sites")),
    _count("returned", gettext_lazy("退回"), ("退回（处）", "Sites sent back")),
    _shown("area_m2", gettext_lazy("面积"), _area, Column("area_m2", "面积", "Area", type=_HA), "area_m2"),
    _count("without_area", gettext_lazy("面积不明（处）"), ("面积不明（处）", "Sites of unknown area")),
    _shown(
        "payer",
        gettext_lazy("谁来复垦"),
        term("tally.batch.payer", Payer),
        Column("payer", "谁来复垦", "Who pays", type=Choice(Payer)),
        "tally.batch.payer",
        look="",
    ),
    _day("applied_on", gettext_lazy("申报日期"), gettext_lazy("还没有申报"), ("申报日期", "Applied on")),
    _day("accepted_on", gettext_lazy("验收日期"), gettext_lazy("还没有验收"), ("验收日期", "Accepted on")),
)
_COMMON = common_columns(_KEY, {"due_on": Column("due_on", "办理时限", "Deadline", type=Date())})
_BEFORE = ("state", "turn")
_BEHIND = (
    "due_on", "days_left", "unit", "region", "mine", "enterprise", "source", "source_number", "opened_on", "closed_on",
)  # fmt: skip
COLUMNS = {
    each.name: each
    for each in (*(_COMMON[name] for name in _BEFORE), *_OWN, *(_COMMON[name] for name in _BEHIND))
}
USUAL = ("state", "listed", "accepted", "returned", "area_m2", "applied_on", "turn")
USUAL_OF_ONE = tuple(name for name in USUAL if name != "listed")


def _registers(ledger: Ledger) -> str:
    return _("登记单项") if ledger is SINGLES else _("组成批次")


def _buttons(actor: Actor, look: Look, here: str) -> list[Link]:
    ledger = look.ledger
    hint = _("地图按县区显示批次和单项的点位，颜色表示点位情况；没有图形的点位不在图上")
    found = [
        Link(_("在地图上看"), map_of_ledger(look), hint=hint),
        Link(_("导出 xlsx"), f"{ledger.path}export.xlsx{here}"),
    ]
    if FORM.duty in actor.duties:
        found.append(Link(_registers(ledger), f"{ledger.path}new/", filled=True))
    return found


def _above(actor: Actor, look: Look) -> Mapping[str, Any]:
    return {"flow": flow_of(look.ledger, actor=actor, on=look.on, region_id=look.region_id)}


def _listing(ledger: Ledger, usual: tuple[str, ...]) -> Listing:
    [kind] = ledger.kinds
    names = kind_named(kind).flow.title
    return Listing(
        ledger=ledger,
        head=head_of(
            gettext_lazy("名称"),
            name="batch_head",
            key=_KEY,
            called=Column("title", "名称", "Title", type=Text(limit=200)),
        ),
        columns=COLUMNS,
        usual=usual,
        sheet=Kind(
            code=ledger.code,
            title=Sentence(zh=names.zh, en=names.en),
            columns=(_KEY,),
            key=("number",),
            existing=nothing_known,
        ),
        row=Seen,
        gathered={**listing.GATHERED, "tally": _tallies},
        buttons=_buttons,
        template="batches/list.html",
        above=_above,
    )


OF_BATCHES = _listing(BATCHES, USUAL)
OF_SINGLES = _listing(SINGLES, USUAL_OF_ONE)
