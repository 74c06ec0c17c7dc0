"""Which columns do tables of plots have, and to which plot does a row of another table belong?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from qingshan.exchange.columns import Choice, Code, Column, Date, Integer, Number, Text, YesNo
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known
from qingshan.exchange.known import known_behind
from qingshan.exchange.units import HECTARE, M2
from qingshan.exchange.writers import Exported
from qingshan.finding.fields import words_beforehand
from qingshan.office.mines.access import visible_to as register_visible_to
from qingshan.office.mines.columns.looking_up import said
from qingshan.office.mines.columns.register import NOTE
from qingshan.office.mines.models import Site
from qingshan.office.planting import actions
from qingshan.office.planting.access import visible_to
from qingshan.office.planting.models import Plot
from qingshan.office.planting.showing import language
from qingshan.office.planting.surviving import survivals
from qingshan.office.regions.ranges import inside
from qingshan.rules.reasons import Sentence
from qingshan.rules.zones import Zone

HECTARES = Number(unit=M2, written=HECTARE, minimum=0)
AT_ONCE = 500
KEY = Column(
    "key",
    "地块编号",
    "Plot number",
    aliases=("编号", "小班号", "地块号"),
    type=Code(limit=120, example="QS-0001-P01"),
    required=True,
    help_zh="唯一，用来识别同一地块",
    help_en="Unique; by it the same plot is recognised",
)
PLOT = Column(
    "plot", "地块编号", "Plot number", aliases=("小班号", "地块号"), type=Code(limit=120), required=True
)
"""as tables of what was planted and seen name it"""
PLOT_COLUMNS = (
    KEY,
    Column("name", "地块名称", "Plot name", aliases=("小班名称", "名称"), type=Text(limit=120)),
    Column(
        "site",
        "点位编号",
        "Site number",
        aliases=("所属点位编号", "点位"),
        type=Code(limit=120),
        required=True,
        help_zh="已登记的点位；地块随点位归县区",
        help_en="A registered site; the plot lies in its county",
    ),
    Column(
        "reported_area_m2",
        "面积",
        "Area",
        aliases=("填报面积", "小班面积", "造林面积", "种草面积"),
        type=HECTARES,
        help_zh="有图形的另按椭球面计算，两者并存",
        help_en="The area of the shape is computed beside it",
    ),
    Column("zone", "土地复垦类型区", "Zone", aliases=("类型区",), type=Choice(Zone)),
    Column("rain_mm", "年降水量", "Yearly precipitation", aliases=("降水量",), type=Number(minimum=0)),
    Column("is_irrigated", "有无灌溉", "Irrigated", aliases=("灌溉",), type=YesNo()),
    NOTE,
)


def resolve_plots(context: Context, drafts: Sequence[Draft]) -> None:
    """On which site a plot lies, and whether the actor may register it there."""
    sites = {
        row.key: row
        for row in register_visible_to(
            Site.objects.filter(key__in=said(drafts, "site")), context.actor
        ).defer("geom")
    }
    taken = {
        row.key: row
        for row in Plot.objects.filter(key__in=said(drafts, "key"))
        .select_related("site")
        .defer("geom", "site__geom")
    }
    for draft in drafts:
        known = taken.get(draft.values.get("key") or "")
        _on_site(context, draft, sites, known)


def _on_site(context: Context, draft: Draft, sites: dict[str, Site], known: Plot | None) -> None:
    if known is not None and known.withdrawn_on is not None:
        draft.refuse("planting.plot_withdrawn_before", field="key", column="地块编号", value=known.key)
        return
    wanted = draft.values.get("site") or (known.site.key if known else "")
    site = sites.get(wanted) or (known.site if known and wanted == known.site.key else None)
    if site is None:
        if wanted:
            draft.refuse("planting.no_such_site", field="site", column="点位编号", value=wanted)
        return
    if known is not None and known.site_id != site.pk:
        draft.refuse(
            "planting.another_site", field="site", column="点位编号", value=known.key, site=known.site.key
        )
    elif not inside(site.region_id, context.actor.region_ranges):
        tell = draft.remark if context.only_checked else draft.refuse
        tell("planting.no_such_site", field="site", column="点位编号", value=wanted)
    else:
        draft.values.update(site=site.key, site_id=site.pk, region_id=site.region_id)


def put_plots(context: Context, drafts: Sequence[Draft]) -> dict[str, Plot]:
    """The plots that the rows speak of, by number, put into them; a row with another number is refused."""
    rows = visible_to(
        Plot.objects.filter(key__in=said(drafts, "plot"), withdrawn_on=None), context.actor
    ).defer("geom")
    plots = {row.key: row for row in rows if inside(row.region_id, context.actor.region_ranges)}
    for draft in drafts:
        wanted = draft.values.get("plot") or ""
        if wanted in plots:
            draft.values["plot_id"] = plots[wanted].pk
        elif wanted:
            draft.refuse("planting.no_such_plot", field="plot", column="地块编号", value=wanted)
    return plots


_PLOT_PATHS = {
    "key": "key",
    "name": "name",
    "site": "site.key",
    "reported_area_m2": "reported_area_m2",
    "zone": "zone",
    "rain_mm": "rain_mm",
    "is_irrigated": "is_irrigated",
    "note": "note",
}


def existing_plots(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """The plots behind these rows that the actor may see."""
    found = known_behind(
        drafts,
        lambda keys: visible_to(Plot.objects.filter(key__in=keys), context.actor),
        context,
        _PLOT_PATHS,
    )
    return {key: Known(one.id, one.version, _as_numbers(one.values), one.geom) for key, one in found.items()}


def _as_numbers(values: Any) -> dict[str, Any]:
    """Decimals as the reader of numbers gives them."""
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in values.items()}


PLOTS = Kind(
    code="plots",
    title=Sentence(zh="造林种草地块", en="Planted plots"),
    columns=PLOT_COLUMNS,
    key=("key",),
    known_by=("name",),
    geometry="polygon",
    resolve=resolve_plots,
    existing=existing_plots,
    words=partial(words_beforehand, Plot),
    apply=actions.import_plots,
)
PLOTS_LEAVING = Kind(
    code="plots_leaving",
    title=PLOTS.title,
    columns=(
        *PLOT_COLUMNS,
        Column("region_name", "县区", "Region"),
        Column("area_m2", "图形面积", "Measured area", type=HECTARES),
        Column("species", "树种草种", "Species", type=Text(limit=500)),
        Column("planted", "栽植株数", "Planted", type=Integer()),
        Column("observed_on", "最近成活调查", "Observed on", type=Date()),
        Column("survival", "成活率", "Survival", type=Text(limit=500)),
        Column("care_until_on", "管护期止", "Aftercare until", type=Date()),
        Column("next_due_on", "下次管护日期", "Next due", type=Date()),
    ),
    key=("key",),
    existing=existing_plots,
)
"""As they leave: the rate is a sentence, with what it counts; nothing observed is said to be so."""


def exported_plots(rows: Iterable[Plot], *, on: date) -> Iterator[Exported]:
    """Plots as rows of a table."""
    batch: list[Plot] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield from _exported_plots(batch, on)
            batch = []
    yield from _exported_plots(batch, on)


def _exported_plots(batch: list[Plot], on: date) -> Iterator[Exported]:
    found = survivals(batch, on=on)
    for plot in batch:
        planted: list[Any] = plot.planted  # type: ignore[attr-defined]
        rain = plot.rain_mm
        yield Exported(
            {
                "key": plot.key,
                "name": plot.name or None,
                "site": plot.site.key,
                "reported_area_m2": plot.reported_area_m2,
                "zone": plot.zone or None,
                "rain_mm": None if rain is None else float(rain),
                "is_irrigated": plot.is_irrigated,
                "note": plot.note or None,
                "region_name": plot.region.name,
                "area_m2": plot.area_m2,
                "species": "、".join(dict.fromkeys(each.species for each in planted)) or None,
                "planted": found[plot.pk].planted or None,
                "observed_on": plot.observed_on,
                "survival": found[plot.pk].say(language()),
                "care_until_on": plot.care_until_on,
                "next_due_on": plot.next_due_on,
            },
            geom=plot.geom,
        )
