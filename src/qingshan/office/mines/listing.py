"""How is each list of the register headed, counted in words, and divided into chips?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qingshan.exchange.columns import Column
from qingshan.office.accounts import lists
from qingshan.office.accounts.models import Organisation
from qingshan.office.mines import queries, showing
from qingshan.office.mines.access import CATEGORY_FIELD
from qingshan.office.mines.columns import KIND_OF, REFERRED, value_at
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.forms.narrowing import Narrowed, narrowed_by
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.mines.queries import Total
from qingshan.office.mines.terms import TERMS
from qingshan.office.paging import Order
from qingshan.office.showing import Shown, choices_among, rows_html
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


ORDERS: dict[type[Model], dict[str, tuple[Promise, Order, dict[str, Any]]]] = {
    Mine: {"name": (gettext_lazy("按名称"), Order(("name", "id")), {})},
    Site: {
        "name": (gettext_lazy("按名称"), Order(("name", "id")), {}),
        "area": (
            gettext_lazy("按图形面积，大的在前"),
            Order(("-area_m2", "-id")),
            {"area_m2__isnull": False},
        ),
    },
    MiningRight: {"ends": (gettext_lazy("按到期日期"), Order(("to_on", "id")), {"to_on__isnull": False})},
    LandUse: {"ends": (gettext_lazy("按到期日期"), Order(("to_on", "id")), {"to_on__isnull": False})},
}
"""In which other orders a list can be walked, each along an index of these fields; and what has no place in it."""


@dataclass(frozen=True)
class Look:
    """How a list is looked at: narrowed, ordered, with which columns."""

    model: type[Model]
    narrowed: Narrowed
    columns: list[Shown]
    sort: str = ""
    """empty: by region, the newest first"""

    @property
    def order(self) -> Order:
        return ORDERS[self.model][self.sort][1] if self.sort else queries.LEDGER

    @property
    def filters(self) -> Filters:
        """With what the order leaves out."""
        left_out = tuple(ORDERS[self.model][self.sort][2].items()) if self.sort else ()
        return replace(self.narrowed.filters, more=(*self.narrowed.filters.more, *left_out))

    @property
    def is_narrowed(self) -> bool:
        return self.narrowed.filters != Filters()

    @property
    def sorts(self) -> list[tuple[str, Promise]]:
        """The other orders; none where words are looked for, which are found in the order of the ledger."""
        if self.narrowed.filters.text:
            return []
        return [(name, title) for name, (title, _order, _left_out) in ORDERS.get(self.model, {}).items()]

    @property
    def choices(self) -> list[tuple[Shown, bool]]:
        """Every column that can be chosen, the chosen ones first and in their order."""
        return choices_among(showing.columns_of(self.model), self.columns)


def look_at(model: type[Model], query: QueryDict, *, actor: ActorLike) -> Look:
    """What the address says, and which columns the actor has chosen."""
    narrowed = narrowed_by(query, model)
    sort = query.get("sort", "")
    known = sort in ORDERS.get(model, {}) and not narrowed.filters.text
    names = lists.columns_chosen(WORDING[model].kind, actor=actor)
    return Look(model, narrowed, showing.chosen(model, names), sort if known else "")


def table_of(look: Look, rows: Iterable[Any]) -> SafeString:
    """The rows as HTML."""
    return rows_html([showing.head_of(look.model), *look.columns], rows)


@dataclass(frozen=True)
class Chip:
    """A view of the list with its count."""

    title: str
    count: int | None
    url: str
    current: bool


def counted(model: type[Model], total: Total) -> str:
    """共 2,000 处 · 1,204.33 公顷（18,065.0 亩）; says so where counting stopped."""
    return counted_as(WORDING[model].counted, total)


def counted_as(measure: Promise, total: Total) -> str:
    """The same, with the measure word of its rows."""
    language = get_language() or CHINESE
    rows = str(measure) % {"n": f"{total.rows:,}"}
    said = _("超过 %(rows)s") % {"rows": rows} if total.at_least else _("共 %(rows)s") % {"rows": rows}
    return said if total.area_m2 is None else f"{said} · {area_text(total.area_m2, language)}"


def chips(model: type[Model], *, actor: ActorLike, filters: Filters, query: QueryDict) -> list[Chip]:
    """All rows and each category, with their counts where the tallies know them."""
    language, term = get_language() or CHINESE, TERMS[model, CATEGORY_FIELD[model]]
    found: list[tuple[str, int | None]] = list(queries.by_category(model, actor=actor, filters=filters))
    counted = [rows for _category, rows in found if rows is not None]
    if not (actor.region_ranges and filters.tallied):
        found = [(category, None) for category in term.values()]
    everything = Chip(_("全部"), sum(counted) if counted else None, _address(query, ""), not filters.category)
    named = [(c, term(c).say(language), n) for c, n in found if c]
    return [everything, *(Chip(name, n, _address(query, c), c == filters.category) for c, name, n in named)]


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


def facts_of_enterprise(enterprise: Organisation) -> list[tuple[str, Any]]:
    """What is known of an enterprise, for its page."""
    return [
        (_("统一社会信用代码"), enterprise.uscc),
        (_("行政区划"), f"{enterprise.region.name}（{enterprise.region.code}）"),
        (_("曾用名"), "、".join(enterprise.former_names or ())),
        (_("设立依据"), enterprise.document),
        (_("起始日期"), enterprise.from_on.isoformat()),
        (_("截止日期"), enterprise.to_on.isoformat() if enterprise.to_on else _("至今")),
    ]


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
