"""Which columns do tables of plots, observations, aftercare, land handed back, temporary land and uses have?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from qingshan.exchange.columns import Choice, Code, Column, Date, Integer, Number, Text, YesNo
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known, declare_kind
from qingshan.exchange.known import known_behind
from qingshan.exchange.units import HECTARE, M2
from qingshan.exchange.writers import Exported
from qingshan.finding.fields import words_beforehand
from qingshan.office.mines.access import visible_to as register_visible_to
from qingshan.office.mines.columns.looking_up import said
from qingshan.office.mines.columns.register import NOTE
from qingshan.office.mines.models import LandUse, Site
from qingshan.office.planting import actions
from qingshan.office.planting.access import visible_to
from qingshan.office.planting.actions.importing import seen_of
from qingshan.office.planting.actions.observing import against, known_of
from qingshan.office.planting.models import CareTask, HandBack, Plot, PlotObservation
from qingshan.office.planting.showing import language
from qingshan.office.planting.standing import lent_m2, lent_of, returned_of
from qingshan.office.planting.surviving import survivals
from qingshan.office.planting.uses import shown_use
from qingshan.office.regions.ranges import inside
from qingshan.office.restoration.models import ProjectSite
from qingshan.rules.aftercare import CareKind
from qingshan.rules.afteruse import Afteruse
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import Sentence
from qingshan.rules.survival import SurveyMethod
from qingshan.rules.temporary_land import LentStanding
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
declare_kind(PLOTS)
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


# --- observations ------------------------------------------------------------------------------------------------

PLOT = Column(
    "plot", "地块编号", "Plot number", aliases=("小班号", "地块号"), type=Code(limit=120), required=True
)
OBSERVED_ON = Column(
    "observed_on", "调查日期", "Observed on", aliases=("调查时间", "日期"), type=Date(), required=True
)
OBSERVATION_COLUMNS = (
    PLOT,
    OBSERVED_ON,
    Column("examined", "调查株数", "Examined", aliases=("调查数",), type=Integer(minimum=1)),
    Column("living", "成活株数", "Living", aliases=("成活数",), type=Integer(minimum=0)),
    Column("cover_percent", "植被盖度", "Cover", aliases=("盖度", "植被盖度（%）"), type=Number(minimum=0)),
    Column("method", "调查方法", "Method", type=Choice(SurveyMethod)),
    Column(
        "observed_by", "调查人", "Observed by", aliases=("调查人员",), type=Text(limit=120), required=True
    ),
    NOTE,
)


def resolve_observations(context: Context, drafts: Sequence[Draft]) -> None:
    """Of which plot a row speaks, and whether its counts can be: said at the preview, row by row."""
    rows = visible_to(Plot.objects.filter(key__in=said(drafts, "plot")), context.actor).defer("geom")
    plots = {row.key: row for row in rows if inside(row.region_id, context.actor.region_ranges)}
    known = known_of(list(plots.values()))
    today = shanghai_date(timezone.now())
    for draft in drafts:
        wanted = draft.values.get("plot") or ""
        plot = plots.get(wanted)
        if plot is not None:
            draft.values["plot_id"] = plot.pk
            _check_counts(draft, known[plot.pk], today)
        elif wanted:
            draft.refuse("planting.no_such_plot", field="plot", column="地块编号", value=wanted)


def _check_counts(draft: Draft, known: Any, today: date) -> None:
    if draft.faults or not draft.values.get("observed_on"):
        return
    for fault in against(seen_of(draft.values), known, today=today):
        draft.refuse(fault.code, field="examined", column="调查株数", **fault.values)


def existing_observations(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """The observations that stand for these plots and days: a file changes none of them, it says where it differs."""
    by_key = {draft.key: draft for draft in drafts if draft.key}
    rows = visible_to(
        PlotObservation.objects.filter(plot__key__in=sorted({key[0] for key in by_key}), withdrawn_on=None),
        context.actor,
    )
    found: dict[Key, Known] = {}
    for row in rows.select_related("plot").defer("plot__geom"):
        draft = by_key.get((row.plot.key, row.observed_on.isoformat()))
        if draft is None:
            continue
        if not context.only_versions:
            _as_observed(draft, row)
        found[draft.key] = Known(row.pk, row.version, {} if context.only_versions else dict(draft.values))
    return found


def _as_observed(draft: Draft, row: PlotObservation) -> None:
    held = (row.examined, row.living, row.cover_percent)
    told = seen_of(draft.values)
    if (told.examined, told.living, told.cover_percent) != held:
        draft.refuse(
            "planting.observed_already", field="examined", column="调查株数", value=draft.values["plot"]
        )


OBSERVATIONS = Kind(
    code="plot_observations",
    title=Sentence(zh="成活调查", en="Observations of survival"),
    columns=OBSERVATION_COLUMNS,
    key=("plot", "observed_on"),
    resolve=resolve_observations,
    existing=existing_observations,
    apply=actions.import_observations,
)
declare_kind(OBSERVATIONS)


def exported_observations(rows: Iterable[PlotObservation]) -> Iterator[Exported]:
    """Observations as rows of a table that can come in again."""
    for row in rows:
        yield Exported(
            {
                "plot": row.plot.key,
                "observed_on": row.observed_on,
                "examined": row.examined,
                "living": row.living,
                "cover_percent": None if row.cover_percent is None else float(row.cover_percent),
                "method": row.method,
                "observed_by": row.observed_by,
                "note": row.note or None,
            }
        )


# --- what only leaves --------------------------------------------------------------------------------------------


def _nothing(_context: Context, _drafts: Sequence[Draft]) -> dict[Key, Known]:
    return {}


REGION_NAME = Column("region_name", "县区", "Region")
CARE = Kind(
    code="care_tasks",
    title=Sentence(zh="管护计划", en="Dates of aftercare"),
    columns=(
        Column("plot", "地块编号", "Plot number", type=Code(limit=120)),
        Column("name", "地块名称", "Plot name"),
        Column("site", "点位编号", "Site number", type=Code(limit=120)),
        REGION_NAME,
        Column("kind", "管护内容", "Care", type=Choice(CareKind)),
        Column("due_on", "应完成日期", "Due on", type=Date()),
        Column("is_by_book", "按规则库排定", "By the rulebook", type=YesNo()),
        Column("done_on", "管护日期", "Done on", type=Date()),
        Column("done_by", "管护单位或人员", "Done by"),
        Column("note", "管护情况", "What was done", type=Text(limit=500)),
    ),
    key=("plot",),
    existing=_nothing,
)


def exported_tasks(rows: Iterable[CareTask]) -> Iterator[Exported]:
    """Dates of aftercare as rows of a table."""
    for row in rows:
        entry = row.entry
        yield Exported(
            {
                "plot": row.plot.key,
                "name": row.plot.name or None,
                "site": row.plot.site.key,
                "region_name": row.region.name,
                "kind": row.kind,
                "due_on": row.due_on,
                "is_by_book": row.is_by_book,
                "done_on": entry.done_on if entry else None,
                "done_by": entry.done_by if entry else None,
                "note": entry.note or None if entry else None,
            }
        )


BACK = Kind(
    code="hand_backs",
    title=Sentence(zh="还地记录", en="Land handed back"),
    columns=(
        Column("key", "用地或点位编号", "Number", type=Code(limit=120)),
        Column("name", "用地或点位名称", "Name", type=Text(limit=200)),
        REGION_NAME,
        Column("area_m2", "还地面积", "Area", type=HECTARES),
        Column("receiver", "接收单位或个人", "Receiver", type=Text(limit=160)),
        Column("returned_on", "还地日期", "Handed back on", type=Date()),
        Column("paper", "交接文书号", "Receipt", type=Text(limit=120)),
        Column("note", "备注", "Note", type=Text(limit=500)),
    ),
    key=("key",),
    existing=_nothing,
)


def exported_hand_backs(rows: Iterable[HandBack]) -> Iterator[Exported]:
    """Land handed back as rows of a table."""
    for row in rows:
        yield Exported(
            {
                "key": row.about.key,
                "name": row.about.name or None,
                "region_name": row.region.name,
                "area_m2": row.area_m2,
                "receiver": row.receiver,
                "returned_on": row.returned_on,
                "paper": row.paper,
                "note": row.note or None,
            }
        )


LENT = Kind(
    code="lent_land",
    title=Sentence(zh="临时用地", en="Temporary land"),
    columns=(
        Column("key", "用地编号", "Number", type=Code(limit=120)),
        Column("name", "用地名称", "Name"),
        REGION_NAME,
        Column("mine", "矿山", "Mine"),
        Column("from_on", "使用期起", "From", type=Date()),
        Column("to_on", "使用期止", "To", type=Date()),
        Column("standing", "情况", "Standing", type=Choice(LentStanding)),
        Column("restore_by", "复垦期限（待核）", "To be restored by (not verified)", type=Date()),
        Column("lent_m2", "批准面积", "Approved area", type=HECTARES),
        Column("returned_m2", "已还地面积", "Handed back", type=HECTARES),
        Column("outstanding_m2", "未还地面积", "Outstanding", type=HECTARES),
    ),
    key=("key",),
    existing=_nothing,
)


def exported_lent(rows: Iterable[LandUse], *, on: date) -> Iterator[Exported]:
    """Temporary land as rows of a table."""
    for row in rows:
        stands, whole = lent_of(row, on=on), lent_m2(row)
        back = returned_of(row, row.hand_backs.all(), on=on)
        out = back.outstanding_m2
        yield Exported(
            {
                "key": row.key,
                "name": row.name or None,
                "region_name": row.region.name,
                "mine": row.mine.name if row.mine else None,
                "from_on": row.from_on,
                "to_on": row.to_on,
                "standing": stands.standing.value,
                "restore_by": stands.restore_by,
                "lent_m2": None if whole is None else float(whole),
                "returned_m2": float(back.area_m2),
                "outstanding_m2": None if out is None else float(out),
            }
        )


USES = Kind(
    code="uses",
    title=Sentence(zh="后续利用", en="Uses of restored land"),
    columns=(
        Column("site", "点位编号", "Site number", type=Code(limit=120)),
        Column("name", "点位名称", "Site name"),
        REGION_NAME,
        Column("project", "修复项目", "Project", type=Text(limit=200)),
        Column("planned_use", "计划利用方向", "Planned use", type=Choice(Afteruse)),
        Column("actual_use", "实际利用方向", "Actual use", type=Choice(Afteruse)),
        Column("matching", "是否一致", "As planned", type=Text(limit=60)),
        Column("planned_m2", "计划修复面积", "Planned area", type=HECTARES),
        Column("done_m2", "验收面积", "Accepted area", type=HECTARES),
    ),
    key=("site",),
    existing=_nothing,
)


def exported_uses(rows: Iterable[ProjectSite]) -> Iterator[Exported]:
    """Sites of projects with their uses as rows of a table."""
    for row in rows:
        yield Exported(
            {
                "site": row.site.key,
                "name": row.site.name or None,
                "region_name": row.site.region.name,
                "project": row.project.matter.title,
                "planned_use": row.planned_use or None,
                "actual_use": row.actual_use or None,
                "matching": shown_use(row).word,
                "planned_m2": row.planned_m2,
                "done_m2": row.done_m2,
            }
        )
