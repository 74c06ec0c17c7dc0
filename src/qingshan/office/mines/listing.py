"""How is each list of the register headed, counted in words, and divided into chips?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingshan.exchange.columns import Column
from qingshan.office.mines import queries
from qingshan.office.mines.access import CATEGORY_FIELD
from qingshan.office.mines.columns import KIND_OF, REFERRED, value_at
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.mines.queries import Filters, Total
from qingshan.office.mines.terms import TERMS
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.areas import area_text
from qingshan.rules.reasons import CHINESE


@dataclass(frozen=True)
class Wording:
    """The fixed words of one list. `counted` is the measure word of its rows: 座, 处, 个."""

    kind: str
    title: Promise
    counted: Promise
    importing: Promise
    empty: Promise


WORDING: dict[type[Model], Wording] = {
    Mine: Wording(
        kind="mines",
        title=gettext_lazy("矿山"),
        counted=gettext_lazy("%(n)s 座"),
        importing=gettext_lazy("导入矿山"),
        empty=gettext_lazy("还没有登记矿山。"),
    ),
    Site: Wording(
        kind="sites",
        title=gettext_lazy("点位"),
        counted=gettext_lazy("%(n)s 处"),
        importing=gettext_lazy("导入点位"),
        empty=gettext_lazy("还没有登记点位。"),
    ),
    Patch: Wording(
        kind="patches",
        title=gettext_lazy("图斑"),
        counted=gettext_lazy("%(n)s 个"),
        importing=gettext_lazy("导入图斑"),
        empty=gettext_lazy("还没有登记图斑。"),
    ),
    MiningRight: Wording(
        kind="rights",
        title=gettext_lazy("采矿权"),
        counted=gettext_lazy("%(n)s 宗"),
        importing=gettext_lazy("导入采矿权"),
        empty=gettext_lazy("还没有登记采矿权。"),
    ),
    LandUse: Wording(
        kind="land-uses",
        title=gettext_lazy("临时用地"),
        counted=gettext_lazy("%(n)s 宗"),
        importing=gettext_lazy("导入临时用地"),
        empty=gettext_lazy("还没有登记临时用地。"),
    ),
    Facility: Wording(
        kind="facilities",
        title=gettext_lazy("矿山设施"),
        counted=gettext_lazy("%(n)s 处"),
        importing=gettext_lazy("导入矿山设施"),
        empty=gettext_lazy("还没有登记矿山设施。"),
    ),
}


@dataclass(frozen=True)
class Chip:
    """A view of the list with its count."""

    title: str
    count: int | None
    url: str
    current: bool


def counted(model: type[Model], total: Total) -> str:
    """共 2,000 处 · 1,204.33 公顷（18,065.0 亩）; says so where counting stopped."""
    language = get_language() or CHINESE
    rows = str(WORDING[model].counted) % {"n": f"{total.rows:,}"}
    said = _("超过 %(rows)s") % {"rows": rows} if total.at_least else _("共 %(rows)s") % {"rows": rows}
    return said if total.area_m2 is None else f"{said} · {area_text(total.area_m2, language)}"


def chips(model: type[Model], *, actor: ActorLike, filters: Filters, query: QueryDict) -> list[Chip]:
    """All rows and each category, with their counts where the tallies know them."""
    language, term = get_language() or CHINESE, TERMS[model, CATEGORY_FIELD[model]]
    found = queries.by_category(model, actor=actor, filters=filters)
    everything = Chip(
        _("全部"), sum(n for _c, n in found) if found else None, _address(query, ""), not filters.category
    )
    named = [(c, term(c).say(language) if c else _("未分类"), n) for c, n in found]
    return [everything] + [
        Chip(name, n, _address(query, c), c == filters.category) for c, name, n in named if c
    ]


def _address(query: QueryDict, category: str) -> str:
    """The same list with another category, from its beginning."""
    kept = query.copy()
    for name in ("after", "before", "category"):
        kept.pop(name, None)
    if category:
        kept["category"] = category
    return f"?{kept.urlencode()}"


def facts_of(row: Any) -> list[tuple[str, Any]]:
    """Every declared column of an object with its value in words, for its page; what is named is linked."""
    language = get_language() or CHINESE
    facts = [(column.title(language), _fact(row, column, language)) for column in KIND_OF[type(row)].columns]
    return facts if isinstance(row, Mine) else [*facts, (_("图形面积"), area_text(row.area_m2, language))]


def _fact(row: Any, column: Column, language: str) -> str:
    """Regions and mines by name: nobody knows places by their codes."""
    if column.name == "region":
        return f"{row.region.name}（{row.region.code}）"
    if column.name == "mine" and row.mine is not None:
        return format_html('<a href="/mines/{}/">{}</a>（{}）', row.mine.pk, row.mine.name, row.mine.key)
    if column.name == "uscc" and row.enterprise is not None:
        return f"{row.enterprise.name}（{row.enterprise.uscc}）"
    path = REFERRED[type(row)].get(column.name, column.name)
    return column.type.say(value_at(row, path), language)


def address_of(row: Any) -> str:
    """Where an object is shown: on its own page, else on that of the site or mine that it belongs to."""
    if isinstance(row, Mine | Site):
        return f"/{WORDING[type(row)].kind}/{row.pk}/"
    if isinstance(row, Patch):
        return f"/sites/{row.site_id}/"
    return f"/mines/{row.mine_id}/" if row.mine_id else f"/{WORDING[type(row)].kind}/"
