"""What can stand in a column of each list, what of it is shown unless somebody chooses, and how it leaves?

The first column names the object and is always there. Of the others every declared column of the kind's table
can be chosen, and what the system knows besides: the region's and the enterprise's name, the area of the shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.functional import lazy as lazily
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingshan.exchange.columns import Column, Number, Text
from qingshan.exchange.kinds import Kind
from qingshan.exchange.units import HECTARE, M2
from qingshan.office.mines.columns import KIND_OF, REFERRED, value_at
from qingshan.office.mines.models import Facility, LandUse, Mine, MiningRight, Patch, Site
from qingshan.office.showing import Cell, Shown, chosen_among, html, leaving_as, mark, unknown
from qingshan.rules.areas import area_text
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE
from qingshan.rules.validity import ENDED, Clock, Term


@dataclass(frozen=True)
class Shows:
    """What the rows of a list need to have read: fields, and objects beside them; never shapes."""

    fields: tuple[str, ...]
    beside: tuple[str, ...] = ()


REGION_NAME = Column("region_name", "县区", "Region", type=Text(limit=60))
ENTERPRISE_NAME = Column("enterprise_name", "矿山企业", "Enterprise", type=Text(limit=120))
MINE_NAME = Column("mine_name", "所属矿山", "Mine", type=Text(limit=120))
SHAPE_AREA = Column(
    "area_m2", "图形面积", "Area of the shape", type=Number(unit=M2, written=HECTARE, minimum=0)
)


# --- cells ------------------------------------------------------------------------------------------------


def _region(row: Any, language: str) -> str:
    return str(row.region.name)


def _enterprise(row: Any, language: str) -> str:
    if row.enterprise is None:
        return unknown(_("没有登记矿山企业"))
    return html('<a href="/enterprises/{}/">{}</a>', row.enterprise_id, row.enterprise.name)


def _mine(row: Any, language: str) -> str:
    if row.mine is None:
        return unknown(_("没有登记所属矿山"))
    return html('<a href="/mines/{}/">{}</a>', row.mine_id, row.mine.name)


def _site(row: Any, language: str) -> str:
    return html('<a href="/sites/{}/">{}</a>', row.site_id, row.site.name or row.site.key)


def _area(row: Any, language: str) -> str:
    return unknown(_("没有面状图形")) if row.area_m2 is None else area_text(row.area_m2, language)


def _last_day(row: Any, language: str) -> str:
    """The day, and how long it is until then: 余 n 天, 已过期 n 天."""
    if row.to_on is None:
        return unknown(_("没有填报"))
    today = shanghai_date(timezone.now())
    clock = "" if _is_over(row) else clock_of(Clock(row.to_on, today), language)
    return html('{}<div class="two">{}</div>', row.to_on.isoformat(), clock)


_TOLD_BY: dict[type[Model], str] = {LandUse: "returned_on", MiningRight: "state"}
"""The field that says whether the days still matter."""


def _is_over(row: Any) -> bool:
    """Land that was handed back and rights that stand no more are not late."""
    said = getattr(row, _TOLD_BY[type(row)])
    return said in ENDED if isinstance(row, MiningRight) else said is not None


def clock_of(clock: Clock, language: str) -> str:
    """How long a term still runs, with shape, word and colour where somebody has to see to it."""
    words = clock.say(language)
    looks = {Term.OVER: "late", Term.ENDING: "due"}
    return mark(looks[clock.term], words) if clock.term in looks else words


def _declared(path: str, column: Column) -> Cell:
    def cell(row: Any, language: str) -> str:
        value = value_at(row, path)
        if value is None:
            return unknown(_("没有填报"))
        if isinstance(column.type, Number) and column.type.unit is M2:
            return area_text(value, language)
        return value.isoformat() if isinstance(value, date) else column.type.say(value, language)

    return cell


def _head(*beside: str) -> Cell:
    """The name with its link, the number and more in faint letters below."""

    def cell(row: Any, language: str) -> str:
        name = name_of(row)
        more = [row.key, *(said for field in beside if (said := getattr(row, field)))]
        linked = html('<a data-open href="{}">{}</a>', address_of(row), name)
        return html('{}<div class="two">{}</div>', linked, " · ".join(more))

    return cell


NAME_FIELDS = ("name", "holder_name")


def name_of(row: Any) -> str:
    """What an object is called: its name, else its number."""
    return next((said for field in NAME_FIELDS if (said := getattr(row, field, ""))), None) or row.key


PAGES: dict[type[Model], str] = {Mine: "/mines/{}/", Site: "/sites/{}/"}
"""Objects with a page of their own."""


def address_of(row: Any) -> str:
    """Where an object is shown: its page, that of its site or mine, or its list narrowed to it."""
    if own := PAGES.get(type(row)):
        return own.format(row.pk)
    for name, model in (("site_id", Site), ("mine_id", Mine)):
        if (other := getattr(row, name, None)) is not None:
            return PAGES[model].format(other)
    return f"/{KIND_OF[type(row)].code}/?{urlencode({'q': row.key})}"


# --- columns ----------------------------------------------------------------------------------------------

_BY_NAME: dict[str, Callable[[Column], Shown]] = {
    "region": lambda column: Shown(
        "region",
        lazy("县区"),
        _region,
        fields=("region",),
        leaves_as=((column, "region.code"), (REGION_NAME, "region.name")),
    ),
    "uscc": lambda column: Shown(
        "uscc",
        lazy("矿山企业"),
        _enterprise,
        fields=("enterprise__name",),
        beside=("enterprise",),
        leaves_as=((column, "enterprise.uscc"), (ENTERPRISE_NAME, "enterprise.name")),
    ),
    "mine": lambda column: Shown(
        "mine",
        lazy("所属矿山"),
        _mine,
        fields=("mine__name",),
        beside=("mine",),
        leaves_as=((column, "mine.key"), (MINE_NAME, "mine.name")),
    ),
    "site": lambda column: Shown(
        "site",
        lazy("所属点位"),
        _site,
        fields=("site__name", "site__key"),
        beside=("site",),
        leaves_as=((column, "site.key"),),
    ),
}

HEADS: dict[type[Model], tuple[str | Promise, tuple[str, ...]]] = {
    Mine: (lazy("矿山"), ("licence_no",)),
    Site: (lazy("点位"), ("source",)),
    Patch: (lazy("图斑"), ()),
    MiningRight: (lazy("采矿权"), ()),
    LandUse: (lazy("临时用地"), ()),
    Facility: (lazy("矿山设施"), ()),
}
"""The first column of each list: its title, and what stands in faint letters beside the number."""

USUAL: dict[type[Model], tuple[str, ...]] = {
    Mine: ("region", "uscc", "mineral", "method", "scale", "state"),
    Site: ("region", "kind", "mine", "area_m2", "reported_area_m2", "found_on"),
    Patch: ("site", "region_name", "kind", "area_m2", "from_on", "to_on"),
    MiningRight: ("region", "mine", "mineral", "scale", "reported_area_m2", "to_on", "state"),
    LandUse: ("region", "mine", "purpose", "reported_area_m2", "to_on", "returned_on"),
    Facility: ("region", "mine", "kind", "state", "capacity_m3", "stock_m3"),
}
"""The columns that are shown until somebody chooses others."""


@cache
def head_of(model: type[Model]) -> Shown:
    """The first column: what the object is called."""
    title, beside = HEADS[model]
    named = [name for name in ("key", *NAME_FIELDS) if _has(model, name)]
    columns = tuple((c, c.name) for c in KIND_OF[model].columns if c.name in named)
    cell = _head(*beside)
    at = tuple(name for name in ("mine", "site") if _has(model, name) and model not in PAGES)
    return Shown("head", title, cell, fields=(*named, *beside, *at), leaves_as=columns)


@cache
def columns_of(model: type[Model]) -> dict[str, Shown]:
    """Every column that can be chosen, by name, in the order of the kind's table."""
    headed = {column.name for column, _path in head_of(model).leaves_as}
    shown = [_shown(model, column) for column in KIND_OF[model].columns if column.name not in headed]
    if all(one.name != "region" for one in shown):
        named = ((REGION_NAME, "region.name"),)
        shown.insert(0, Shown("region_name", lazy("县区"), _region, ("region",), leaves_as=named))
    if _has(model, "area_m2"):
        measured = ((SHAPE_AREA, "area_m2"),)
        shown.append(
            Shown("area_m2", lazy("图形面积"), _area, ("area_m2",), is_number=True, leaves_as=measured)
        )
    return {one.name: one for one in shown}


def _shown(model: type[Model], column: Column) -> Shown:
    if column.name in _BY_NAME:
        return _BY_NAME[column.name](column)
    path = REFERRED[model].get(column.name, column.name)
    ends = column.name == "to_on" and model in (MiningRight, LandUse)
    return Shown(
        column.name,
        TITLES.get((model, column.name)) or _titled(column),
        _last_day if ends else _declared(path, column),
        fields=(path.replace(".", "__"), *((_TOLD_BY[model],) if ends else ())),
        is_number=isinstance(column.type, Number),
        leaves_as=((column, path),),
    )


TITLES: dict[tuple[type[Model], str], Promise] = {(Site, "reported_area_m2"): lazy("填报面积")}
"""Where the column of the table is called otherwise than beside the area of the shape."""


def _titled(column: Column) -> str | Promise:
    """The title of a column in the reader's language."""
    return lazily(lambda: column.title(get_language() or CHINESE), str)()


def _has(model: type[Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.local_concrete_fields)


def chosen(model: type[Model], names: Iterable[str] | None) -> list[Shown]:
    """The chosen columns of a list, the usual ones where nothing is chosen."""
    return chosen_among(columns_of(model), names, usual=USUAL[model])


def shows(model: type[Model], columns: Sequence[Shown]) -> Shows:
    """What has to be read for these columns."""
    every = (head_of(model), *columns)
    return Shows(
        fields=tuple(dict.fromkeys(name for one in every for name in one.fields)),
        beside=tuple(dict.fromkeys(name for one in every for name in one.beside)),
    )


def exported_as(model: type[Model], columns: Sequence[Shown]) -> tuple[Kind, dict[str, str]]:
    """The kind's table with these columns only, in their order, and the path to each value."""
    leaving, paths = leaving_as((head_of(model), *columns))
    return replace(KIND_OF[model], columns=leaving), paths
