"""Which columns do tables of observations have, and whether may each row come in?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from qingshan.exchange.columns import Choice, Column, Date, Integer, Number, Text
from qingshan.exchange.kinds import Context, Draft, Key, Kind, Known
from qingshan.exchange.writers import Exported
from qingshan.office.mines.columns.register import NOTE
from qingshan.office.planting import actions
from qingshan.office.planting.access import visible_to
from qingshan.office.planting.actions.importing import seen_of
from qingshan.office.planting.actions.observing import against, known_of
from qingshan.office.planting.columns.plots import PLOT, put_plots
from qingshan.office.planting.models import PlotObservation
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import Sentence
from qingshan.rules.survival import SurveyMethod

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
    plots = put_plots(context, drafts)
    known = known_of(list(plots.values()))
    today = shanghai_date(timezone.now())
    for draft in drafts:
        if (plot := plots.get(draft.values.get("plot") or "")) is not None:
            _check_counts(draft, known[plot.pk], today)


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
