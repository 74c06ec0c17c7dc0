"""Which columns do tables of what was planted have, and whether may each row come in?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils import timezone

from qingshan.exchange.columns import Choice, Column, Date, Integer, Number, Text
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known
from qingshan.exchange.units import KILOGRAM
from qingshan.exchange.writers import Exported
from qingshan.office.planting import actions
from qingshan.office.planting.access import visible_to
from qingshan.office.planting.actions.importing import planted_of
from qingshan.office.planting.actions.sowing import against
from qingshan.office.planting.columns.plots import PLOT, put_plots
from qingshan.office.planting.fitting import fitting_of
from qingshan.office.planting.models import Planting, Plot
from qingshan.rules.dates import shanghai_date
from qingshan.rules.planting import PlantForm
from qingshan.rules.reasons import Sentence

PLANTING_COLUMNS = (
    PLOT,
    Column(
        "species",
        "树种草种",
        "Species",
        aliases=("树种", "草种", "植物种类"),
        type=Text(limit=60),
        required=True,
        help_zh="中文名或学名，一行一种",
        help_en="The Chinese or the scientific name; one to a row",
        sample="刺槐",
    ),
    Column("form", "植物类型", "Form", aliases=("类型",), type=Choice(PlantForm), required=True),
    Column(
        "count",
        "株数",
        "Plants",
        aliases=("栽植株数", "栽植数量"),
        type=Integer(minimum=1),
        help_zh="株数和播种量至少填写一项",
        help_en="Plants, weight of seed, or both",
    ),
    Column(
        "weight_kg",
        "播种量",
        "Weight of seed",
        aliases=("播种重量", "用种量"),
        type=Number(unit=KILOGRAM, minimum=0, places=3),
        help_zh="按重量播种的没有成活率，看盖度",
        help_en="What is sown by weight has no rate of survival; its cover is looked at",
    ),
    Column(
        "planted_on",
        "栽植日期",
        "Planted on",
        aliases=("栽植时间", "播种日期", "造林时间"),
        type=Date(),
        required=True,
    ),
    Column("planted_by", "栽植单位", "Planted by", aliases=("施工单位",), type=Text(limit=120)),
    Column("answer", "对存疑的说明", "Answer to doubts", aliases=("说明",), type=Text(limit=500)),
)


def resolve_plantings(context: Context, drafts: Sequence[Draft]) -> None:
    """On which plot it was planted, and whether it can be: said at the preview, row by row; doubts are remarks."""
    plots = put_plots(context, drafts)
    today = shanghai_date(timezone.now())
    for draft in drafts:
        if (plot := plots.get(draft.values.get("plot") or "")) is not None:
            _check(draft, plot, today)


def _check(draft: Draft, plot: Plot, today: date) -> None:
    if draft.faults or not all(draft.values.get(name) for name in ("species", "form", "planted_on")):
        return
    planted = planted_of(draft.values)
    for fault in against(planted, today=today):
        field, column = (
            ("planted_on", "栽植日期") if fault.code == "planting.day_to_come" else ("count", "株数")
        )
        draft.refuse(fault.code, field=field, column=column, **fault.values)
    if not draft.faults:
        for doubt in fitting_of(plot, planted.species, planted.form, on=planted.on).doubts:
            draft.remark(doubt.code, field="species", column="树种草种", **doubt.values)


def existing_plantings(context: Context, drafts: Sequence[Draft]) -> dict[Key, Known]:
    """The plantings that stand for these plots, species and days: a file changes none, it says where it differs."""
    by_key = {draft.key: draft for draft in drafts if draft.key}
    rows = visible_to(
        Planting.objects.filter(plot__key__in=sorted({key[0] for key in by_key}), withdrawn_on=None),
        context.actor,
    )
    standing: dict[Key, list[Planting]] = defaultdict(list)
    for row in rows.select_related("plot").defer("plot__geom").order_by("pk"):
        standing[row.plot.key, row.species, row.planted_on.isoformat()].append(row)
    return {key: _known(context, draft, standing[key]) for key, draft in by_key.items() if standing.get(key)}


def _known(context: Context, draft: Draft, rows: list[Planting]) -> Known:
    """The one that the row repeats; else the first of that day, and the row is refused."""
    if context.only_versions:
        return Known(rows[0].pk, rows[0].version, {})
    same = next((row for row in rows if _says(draft, row)), None)
    if same is None and not draft.faults:
        draft.refuse(
            "planting.planted_already",
            field="count",
            column="株数",
            value=draft.values["plot"],
            species=draft.values["species"],
        )
    row = same or rows[0]
    return Known(row.pk, row.version, dict(draft.values))


def _says(draft: Draft, row: Planting) -> bool:
    if not draft.values.get("form"):
        return False
    told = planted_of(draft.values)
    return (told.form.value, told.count, told.weight_g) == (row.form, row.count, row.weight_g)


PLANTINGS = Kind(
    code="plantings",
    title=Sentence(zh="栽植记录", en="What was planted"),
    columns=PLANTING_COLUMNS,
    key=("plot", "species", "planted_on"),
    resolve=resolve_plantings,
    existing=existing_plantings,
    apply=actions.import_plantings,
)


def exported_plantings(rows: Iterable[Planting]) -> Iterator[Exported]:
    """Plantings as rows of a table that can come in again."""
    for row in rows:
        yield Exported(
            {
                "plot": row.plot.key,
                "species": row.species,
                "form": row.form,
                "count": row.count,
                "weight_kg": row.weight_kg,
                "planted_on": row.planted_on,
                "planted_by": row.planted_by or None,
                "answer": row.answer or None,
            }
        )
