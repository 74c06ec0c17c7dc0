"""What can stand in a column of the ledger of projects beside what every matter shows, and what stands above it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.exchange.columns import Choice, Column, Date, Integer, Number, Text
from qingshan.exchange.kinds import Kind, nothing_known
from qingshan.exchange.units import HECTARE, M2
from qingshan.office.accounts.actors import Actor
from qingshan.office.matters import listing
from qingshan.office.matters.folder import Link
from qingshan.office.matters.ledgers import Look
from qingshan.office.matters.listing import Listing, common_columns, head_of, term, value
from qingshan.office.matters.on_map import map_by_state, map_link
from qingshan.office.mines.columns import value_at
from qingshan.office.restoration import queries
from qingshan.office.restoration.access import REGISTER
from qingshan.office.restoration.ledgers import PROJECTS
from qingshan.office.restoration.models import ProjectSite, RestorationProject
from qingshan.office.showing import Cell, Shown, unknown
from qingshan.office.trail.remembering import holds_until_next_act
from qingshan.rules.afteruse import RestorationMode
from qingshan.rules.areas import area_text
from qingshan.rules.reasons import Sentence

FEN_OF_A_WAN = 1_000_000


@holds_until_next_act
def _projects(keys: tuple[int, ...]) -> dict[int, Any]:
    """The projects behind the rows, with their present sites."""
    return dict(queries.beside(keys))


@dataclass(frozen=True)
class Seen(listing.Seen):
    """A row of the ledger of projects."""

    @property
    def project(self) -> RestorationProject | None:
        return self.gathered.get("project")

    @property
    def _present(self) -> Sequence[ProjectSite]:
        return getattr(self.project, "present", ())

    @property
    def sites(self) -> int:
        return len(self._present)

    @property
    def planned_m2(self) -> float | None:
        """None: nobody knows the area of one of its sites."""
        areas = [row.counted_m2 for row in self._present]
        return None if None in areas else sum(area for area in areas if area is not None)

    @property
    def done_m2(self) -> float | None:
        """None: nothing has been accepted yet."""
        areas = [row.done_once_m2 for row in self._present]
        known = [area for area in areas if area is not None]
        return sum(known) if known else None

    @property
    def planned_wan(self) -> str | None:
        return _wan(self.project.planned_fen if self.project else None)

    @property
    def spent_wan(self) -> str | None:
        return _wan(self.project.spent_fen if self.project else None)


def _wan(fen: int | None) -> str | None:
    return None if fen is None else f"{Decimal(fen) / FEN_OF_A_WAN:f}"


def _area(path: str, missing: Any) -> Cell:
    def cell(row: Seen, language: str) -> str:
        found = value_at(row, path)
        return unknown(str(missing)) if found is None else area_text(found, language)

    return cell


def _wan_cell(path: str, missing: Any) -> Cell:
    def cell(row: Seen, language: str) -> str:
        found = value_at(row, path)
        return unknown(str(missing)) if found is None else f"{Decimal(found):,.2f}"

    return cell


def _percent(row: Seen, language: str) -> str:
    said = row.project.progress_percent if row.project else None
    return unknown(_("没有填报")) if said is None else f"{said}%"


_HA = Number(unit=M2, written=HECTARE, minimum=0)
_KEY = Column("number", "编号", "Number")
HEAD = head_of(
    gettext_lazy("项目"),
    name="project_head",
    key=_KEY,
    called=Column("title", "项目名称", "Project", type=Text(limit=200)),
)


def _shown(name: str, title: Promise, cell: Cell, column: Column, path: str = "", look: str = "num") -> Shown:
    """A column of what stands in the project; it leaves under one column of a sheet."""
    return Shown(
        name,
        title,
        cell,
        fields=("project",),
        is_number=look == "num",
        look="" if look == "num" else look,
        leaves_as=((column, path or f"project.{name}"),),
    )


def _day(name: str, title: Promise, missing: Promise, leaves: tuple[str, str]) -> Shown:
    column = Column(name, *leaves, type=Date())
    return _shown(name, title, value(f"project.{name}", missing), column, look="nowrap")


def _words(name: str, title: Promise, missing: Promise, leaves: tuple[str, str]) -> Shown:
    column = Column(name, *leaves, type=Text(limit=200))
    return _shown(name, title, value(f"project.{name}", missing), column, look="")


_OWN = (
    _shown(
        "mode",
        gettext_lazy("修复方式"),
        term("project.mode", RestorationMode),
        Column("mode", "修复方式", "Way", type=Choice(RestorationMode)),
        look="",
    ),
    _shown(
        "sites",
        gettext_lazy("点位（处）"),
        value("sites", ""),
        Column("sites", "点位（处）", "Sites", type=Integer()),
        "sites",
    ),
    _shown(
        "planned_m2",
        gettext_lazy("计划面积"),
        _area("planned_m2", gettext_lazy("有点位的面积不清楚")),
        Column("planned_m2", "计划修复面积", "Planned area", type=_HA),
        "planned_m2",
    ),
    _shown(
        "done_m2",
        gettext_lazy("验收面积"),
        _area("done_m2", gettext_lazy("还没有验收")),
        Column("done_m2", "验收面积", "Accepted area", type=_HA),
        "done_m2",
    ),
    _shown(
        "percent",
        gettext_lazy("施工进度"),
        _percent,
        Column("percent", "施工进度（%）", "Progress (%)", type=Integer()),
        "project.progress_percent",
    ),
    _shown(
        "planned_wan",
        gettext_lazy("计划资金（万元）"),
        _wan_cell("planned_wan", gettext_lazy("没有填报")),
        Column("planned_wan", "计划资金（万元）", "Planned funds (×10,000 yuan)"),
        "planned_wan",
    ),
    _shown(
        "spent_wan",
        gettext_lazy("已支出（万元）"),
        _wan_cell("spent_wan", gettext_lazy("没有填报")),
        Column("spent_wan", "已支出（万元）", "Spent (×10,000 yuan)"),
        "spent_wan",
    ),
    _words(
        "programme", gettext_lazy("资金或工程来源"), gettext_lazy("没有填报"), ("资金或工程来源", "Programme")
    ),
    _day(
        "claimed_on",
        gettext_lazy("完工自验"),
        gettext_lazy("还没有自验"),
        ("完工自验", "Completion claimed on"),
    ),
    _day("accepted_on", gettext_lazy("验收日期"), gettext_lazy("还没有验收"), ("验收日期", "Accepted on")),
    _day(
        "aftercare_until",
        gettext_lazy("管护期满"),
        gettext_lazy("还没有验收"),
        ("管护期满", "Aftercare until"),
    ),
    _words("receiver", gettext_lazy("接收单位"), gettext_lazy("还没有移交"), ("接收单位", "Received by")),
)
_COMMON = common_columns(_KEY)
_BEFORE = ("state", "turn")
_BEHIND = ("due_on", "days_left", "unit", "region", "mine", "enterprise", "source", "source_number")
_LAST = ("opened_on", "closed_on")
COLUMNS = {
    each.name: each
    for each in (
        *(_COMMON[name] for name in _BEFORE),
        *_OWN,
        *(_COMMON[name] for name in (*_BEHIND, *_LAST)),
    )
}
USUAL = ("state", "mode", "sites", "planned_m2", "done_m2", "percent", "turn")


def _buttons(actor: Actor, look: Look, here: str) -> list[Link]:
    found = [
        map_link(look, map_by_state(look, "project_sites")),
        Link(_("修复完成率"), "/restoration/figures/"),
        Link(_("导出 xlsx"), f"{look.ledger.path}export.xlsx{here}"),
    ]
    if REGISTER.duty in actor.duties:
        found.append(Link(_("登记修复项目"), f"{look.ledger.path}new/", filled=True))
    return found


OF_PROJECTS = Listing(
    ledger=PROJECTS,
    head=HEAD,
    columns=COLUMNS,
    usual=USUAL,
    sheet=Kind(
        code="restoration_projects",
        title=Sentence(zh="修复项目", en="Restoration projects"),
        columns=(_KEY,),
        key=("number",),
        existing=nothing_known,
    ),
    row=Seen,
    gathered={**listing.GATHERED, "project": _projects},
    buttons=_buttons,
)
