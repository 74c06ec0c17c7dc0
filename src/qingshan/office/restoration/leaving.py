"""Which tables of lists, their moves, land and rates leave the house, and what stands in their columns?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from qingshan.exchange.columns import Choice, Code, Column, Date, Number, Text
from qingshan.exchange.kinds import Kind, nothing_known
from qingshan.exchange.units import HECTARE, M2
from qingshan.exchange.writers import Exported
from qingshan.office.mines.models import Mine
from qingshan.office.restoration.columns import HECTARES, LIST, LISTED
from qingshan.office.restoration.models import ListedSite, ListMove
from qingshan.office.restoration.queries import Balance, Between, Turnover
from qingshan.office.restoration.queries.turnover import Amounts
from qingshan.office.restoration.showing import language
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.land import LandState
from qingshan.rules.reasons import Sentence
from qingshan.rules.restoration import CM2_PER_M2

SIGNED_HECTARES = Number(unit=M2, written=HECTARE)


LEAVING = Kind(
    code="listed_sites_leaving",
    title=LISTED.title,
    columns=(
        LIST,
        Column("list_kind", "清单类型", "Kind of list"),
        Column("due_on", "完成时限", "Deadline", type=Date()),
        Column("key", "点位编号", "Site number", type=Code(limit=120)),
        Column("name", "点位名称", "Site name"),
        Column("region", "行政区划代码", "Region code"),
        Column("region_name", "县区", "Region"),
        Column("standing", "是否在清单内", "On the list"),
        Column("since_on", "调入日期", "Moved in on", type=Date()),
        Column("own_m2", "点位面积", "Area of the site", type=HECTARES),
        Column("target_m2", "入账面积", "Listed area", type=HECTARES),
        Column("done_m2", "完成面积", "Restored area", type=HECTARES),
        Column("restored_on", "验收日期", "Accepted on", type=Date()),
        Column("use", "利用方向", "Use", type=Choice(Afteruse)),
    ),
    key=("key",),
    existing=nothing_known,
)


def exported_listed(rows: Iterable[ListedSite], *, on: str, off: str) -> Iterator[Exported]:
    """Listed sites as rows of a table; `on` and `off` are the words for being on the list or not."""
    for row in rows:
        yield Exported(
            {
                "target_list": row.target_list.code,
                "list_kind": row.target_list.kind_named.say(language()),
                "due_on": row.target_list.due_on,
                "key": row.key,
                "name": row.name or None,
                "region": row.region.code,
                "region_name": row.region.name,
                "standing": on if row.is_on_list else off,
                "since_on": row.since_on,
                "own_m2": row.own_m2,
                "target_m2": row.target_m2,
                "done_m2": row.done_m2,
                "restored_on": row.restored_on,
                "use": row.use or None,
            }
        )


LAND = Kind(
    code="land_balance",
    title=Sentence(zh="土地状态", en="Land by state"),
    columns=(
        Column("key", "矿山编号", "Mine number", type=Code(limit=120)),
        Column("name", "矿山", "Mine"),
        Column("region_name", "县区", "Region"),
        *(Column(state.value, f"{state.zh}面积", f"Area {state.en}", type=HECTARES) for state in LandState),
        Column("whole", "合计面积", "Area in all", type=HECTARES),
    ),
    key=("key",),
    existing=nothing_known,
)


def exported_land(rows: Iterable[tuple[Mine, Balance]]) -> Iterator[Exported]:
    """Mines with how much of their land stands in each state, as rows of a table."""
    for mine, balance in rows:
        yield Exported(
            {
                "key": mine.key,
                "name": mine.name,
                "region_name": mine.region.name,
                **{state.value: area for state, area in balance.cells},
                "whole": balance.total_m2,
            }
        )


FIGURES = Kind(
    code="restoration_figures",
    title=Sentence(zh="修复完成率", en="Restoration rates"),
    columns=(
        Column("lists", "修复清单", "Lists", type=Text(limit=400)),
        Column("region_name", "范围", "Scope"),
        Column("as_of", "截至日", "As of", type=Date()),
        Column("basis", "口径", "Basis"),
        Column("numerator", "完成", "Done", type=Text(limit=40)),
        Column("denominator", "目标", "Target", type=Text(limit=40)),
        Column("unit", "单位", "Unit"),
        Column("rate", "完成率（含分子分母和口径）", "Rate with fraction and basis", type=Text(limit=200)),
        Column("notes", "说明", "Notes", type=Text(limit=1000)),
    ),
    key=("region_name",),
    existing=nothing_known,
)
"""No rate leaves without its fraction and its basis: they stand in one cell, and apart beside it."""

MOVES = Kind(
    code="moves_of_a_list",
    title=Sentence(zh="清单变动台账", en="Moves of a list"),
    columns=(
        LIST,
        Column("recorded_on", "录入日期", "Entered on", type=Date()),
        Column("occurred_on", "批准日期", "Approved on", type=Date()),
        Column("move", "变动", "Move"),
        Column("key", "点位编号", "Site number", type=Code(limit=120)),
        Column("name", "点位名称", "Site name"),
        Column("region_name", "县区", "Region"),
        Column("sites", "处数", "Sites", type=Number(places=0)),
        Column("target_m2", "目标面积", "Target area", type=SIGNED_HECTARES),
        Column("done_sites", "完成处数", "Sites done", type=Number(places=0)),
        Column("done_m2", "完成面积", "Area done", type=SIGNED_HECTARES),
        Column("number", "批准文号", "Approval", type=Text(limit=120)),
        Column("note", "说明", "Note", type=Text(limit=500)),
    ),
    key=("key",),
    existing=nothing_known,
)


def exported_moves(between: Between, moves: Iterable[ListMove], found: Turnover) -> Iterator[Exported]:
    """Opening, every move, closing: a column of figures adds up from its first row to its last."""
    code = between.target_list.code
    yield _standing(code, _("期初"), found.before, found.opening)
    for each in moves:
        yield Exported(
            {
                "target_list": code,
                "recorded_on": each.recorded_on,
                "occurred_on": each.occurred_on,
                "move": each.move_named.say(language()),
                "key": each.listed.key,
                "name": each.listed.name or None,
                "region_name": each.region.name,
                "sites": each.sites,
                "target_m2": each.target_cm2 / CM2_PER_M2,
                "done_sites": each.done_sites,
                "done_m2": each.done_cm2 / CM2_PER_M2,
                "number": each.number,
                "note": each.note or None,
            }
        )
    yield _standing(code, _("期末"), found.until, found.closing)


def _standing(code: str, said: str, on: date, held: Amounts) -> Exported:
    return Exported(
        {
            "target_list": code,
            "recorded_on": on,
            "move": said,
            "sites": held.sites,
            "target_m2": held.target_m2,
            "done_sites": held.done_sites,
            "done_m2": held.done_m2,
        }
    )
