"""How do plots, plantings and observations come in from a file that was previewed? One act for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qingshan.exchange import staging
from qingshan.exchange.models import Import, Outcome
from qingshan.office.accounts.access import require
from qingshan.office.applying import account_of, held, write_new, write_over
from qingshan.office.planting.access import IMPORT_OBSERVATIONS, IMPORT_PLANTINGS, IMPORT_PLOTS
from qingshan.office.planting.actions.observing import Known, Seen, check_seen, known_of, row_of
from qingshan.office.planting.actions.sowing import Planted, against
from qingshan.office.planting.actions.sowing import row_of as planting_of
from qingshan.office.planting.models import GRAMS, Plot
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.surviving import check_counts
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.acts import Act
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.planting import PlantForm
from qingshan.rules.survival import SurveyMethod

PLOT_FIELDS = ("name", "reported_area_m2", "zone", "rain_mm", "is_irrigated", "note")


@official_act
def import_plots(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入造林种草地块. Refused: no registry duty, a region outside the area, what changed since the preview."""
    require(actor, IMPORT_PLOTS.code)
    staging.claim(import_, actor=actor)
    written: list[Any] = []
    for batch in staging.rows(import_):
        new = [row for row in batch if row.outcome == Outcome.CREATED]
        changed = [row for row in batch if row.outcome == Outcome.CHANGED]
        _inside([row.values["region_id"] for row in new], IMPORT_PLOTS, actor)
        found = held(Plot, changed)
        _inside([each.region_id for each in found.values()], IMPORT_PLOTS, actor)
        written += write_new(Plot, new, _as_new)
        written += write_over(found, changed, _said)
    entry = record(act=IMPORT_PLOTS.code, actor=actor, now=now, subjects=written, new=account_of(import_))
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


def _inside(region_ids: Sequence[int], act: Act, actor: ActorLike) -> None:
    """Who applies an import need not be who previewed it."""
    for region_id in sorted(set(region_ids)):
        require(actor, act.code, region_id=region_id)


def _as_new(row: Any) -> dict[str, Any]:
    values = {name: value for name, value in _said(row).items() if value is not None}
    names = ("key", "site_id", "region_id")
    return {**{name: row.values[name] for name in names}, **values}


def _said(row: Any) -> dict[str, Any]:
    said = {name: row.values[name] for name in PLOT_FIELDS if name in row.values}
    if said.get("rain_mm") is not None:
        said["rain_mm"] = Decimal(str(said["rain_mm"]))
    return said | ({} if row.geom is None else {"geom": row.geom, "area_m2": row.area_m2})


def _hold(plots: dict[int, Plot], batch: Sequence[Any], act: Act, actor: ActorLike) -> None:
    """The plots of these rows beside those that are held already, locked; NotAllowed outside the area."""
    wanted = {row.values["plot_id"] for row in batch} - plots.keys()
    rows = Plot.objects.select_for_update(of=("self",)).defer("geom").order_by("pk")
    plots |= rows.in_bulk(sorted(wanted))
    _inside([plots[row.values["plot_id"]].region_id for row in batch], act, actor)
    for plot in plots.values():
        if plot.withdrawn_on is not None:
            raise PlantingRefused.because("planting.plot_withdrawn", plot=str(plot))


@official_act
def import_plantings(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入栽植记录. Refused: no registry duty, a region outside the area, no amount, a day to come. What does not fit
    zone or season is written down as a doubt and refuses nothing.
    """
    require(actor, IMPORT_PLANTINGS.code)
    staging.claim(import_, actor=actor)
    written: list[Any] = []
    plots: dict[int, Plot] = {}
    for batch in staging.rows(import_, outcomes=(Outcome.CREATED,)):
        _hold(plots, batch, IMPORT_PLANTINGS, actor)
        for row in batch:
            written.append(_planted(plots[row.values["plot_id"]], row.values, today=shanghai_date(now)))
    check_counts(*plots.values())
    return _imported(import_, IMPORT_PLANTINGS, written, plots, actor=actor, now=now)


def _planted(plot: Plot, values: dict[str, Any], *, today: date) -> Any:
    planted = planted_of(values)
    if found := against(planted, today=today):
        raise PlantingRefused(*found)
    row, _fits = planting_of(plot, planted)
    row.save(force_insert=True)
    return row


def planted_of(values: dict[str, Any]) -> Planted:
    """What was planted as a row of a file says it."""
    weight_kg = values.get("weight_kg")
    return Planted(
        species=values.get("species") or "",
        form=PlantForm(values["form"]),
        on=_day(values["planted_on"]),
        count=values.get("count"),
        weight_g=None if weight_kg is None else int(Decimal(str(weight_kg)) * GRAMS),
        by=values.get("planted_by") or "",
        answer=values.get("answer") or "",
    )


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _imported(
    import_: Import,
    act: Act,
    written: list[Any],
    plots: dict[int, Plot],
    *,
    actor: ActorLike,
    now: datetime,
) -> Entry:
    """The plots move on with what was written of them; one entry over all."""
    for plot in plots.values():
        plot.version += 1
        plot.save(update_fields=["observed_on", "version"])
    subjects = [*written, *plots.values()]
    entry = record(act=act.code, actor=actor, now=now, subjects=subjects, new=account_of(import_))
    staging.finish(import_, entry_sequence=entry.seq)
    return entry


@official_act
def import_observations(import_: Import, *, actor: ActorLike, now: datetime) -> Entry:
    """导入成活调查. Refused: no registry duty, a region outside the area, counts that cannot be, a second observation
    of a plot and day that came meanwhile.
    """
    require(actor, IMPORT_OBSERVATIONS.code)
    staging.claim(import_, actor=actor)
    written: list[Any] = []
    plots: dict[int, Plot] = {}
    for batch in staging.rows(import_, outcomes=(Outcome.CREATED,)):
        _hold(plots, batch, IMPORT_OBSERVATIONS, actor)
        known = known_of([plots[pk] for pk in {row.values["plot_id"] for row in batch}])
        for row in batch:
            pk = row.values["plot_id"]
            written.append(_observed(plots[pk], row.values, known[pk], today=shanghai_date(now)))
    check_counts(*plots.values())
    return _imported(import_, IMPORT_OBSERVATIONS, written, plots, actor=actor, now=now)


def _observed(plot: Plot, values: dict[str, Any], known: Known, *, today: date) -> Any:
    seen = seen_of(values)
    check_seen(plot, seen, known, today=today)
    known.seen_on.add(seen.on)
    row = row_of(plot, seen)
    row.save(force_insert=True)
    plot.observed_on = max(filter(None, (plot.observed_on, seen.on)))
    return row


def seen_of(values: dict[str, Any]) -> Seen:
    """An observation as a row of a file says it."""
    cover = values.get("cover_percent")
    return Seen(
        on=_day(values["observed_on"]),
        by=values.get("observed_by") or "",
        method=SurveyMethod(values.get("method") or SurveyMethod.OTHER.value),
        examined=values.get("examined"),
        living=values.get("living"),
        cover_percent=None if cover is None else Decimal(str(cover)),
        note=values.get("note") or "",
    )
