"""How is aftercare planned and noted (抚育管护)? By the rulebook, or by dates of the own plan; one visit, one date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, Q

from qingshan.office.accounts.access import require
from qingshan.office.planting.access import NOTE_CARE, PLAN_CARE, WITHDRAW, require_keeper
from qingshan.office.planting.actions.plots import drop_tasks, held_plot, not_to_come
from qingshan.office.planting.models import CareEntry, CareTask, Planting, Plot
from qingshan.office.planting.sentences import PlantingRefused
from qingshan.office.planting.surviving import book_of
from qingshan.office.planting.wording import twins
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules import aftercare as law
from qingshan.rules.aftercare import Aftercare, CareKind
from qingshan.rules.dates import shanghai_date


@dataclass(frozen=True)
class Wanted:
    """管护计划: from when, for how many years, how often it is inspected (None: by the rulebook), and own dates."""

    from_on: date
    years: int
    every_months: int | None = None
    tasks: Sequence[tuple[CareKind, date]] = ()


@official_act
def plan_care(plot: Plot, wanted: Wanted, *, actor: ActorLike, now: datetime) -> list[CareTask]:
    """制定管护计划, or make it anew: open dates of the former plan are dropped, what was done stays. Refused: no
    registry duty, outside the area, nothing planted, a period that cannot be or begins before the planting, dates
    outside it.
    """
    require(actor, PLAN_CARE.code, region_id=plot.region_id)
    held = held_plot(plot)
    care = _care(held, wanted)
    dropped = drop_tasks(held, on=shanghai_date(now))
    new = _tasks(held, care, wanted)
    for task in new:
        task.save(force_insert=True)
    held.care_from_on, held.care_until_on = care.from_on, care.ends_on
    _settled(held)
    record(
        act=PLAN_CARE.code,
        actor=actor,
        now=now,
        subjects=[held, *dropped, *new],
        new={
            "about": str(held),
            "care_from_on": care.from_on.isoformat(),
            "care_until_on": care.ends_on.isoformat(),
            "tasks": len(new),
            "every_months": care.every_months,
        },
        region_id=held.region_id,
    )
    return new


def _care(plot: Plot, wanted: Wanted) -> Aftercare:
    first = Planting.objects.filter(plot=plot, withdrawn_on=None).order_by("planted_on").first()
    if first is None:
        raise PlantingRefused.because("planting.not_planted", plot=str(plot))
    if wanted.from_on < first.planted_on:
        raise PlantingRefused.because("planting.care_before_planting", day=first.planted_on.isoformat())
    if wanted.every_months is not None:
        care = Aftercare(wanted.from_on, wanted.years, wanted.every_months)
    else:
        book = book_of(plot.region_id, on=wanted.from_on)
        care = law.aftercare_by_book(wanted.from_on, years=wanted.years, book=book)
    for _kind, day in wanted.tasks:
        if not care.from_on <= day <= care.ends_on:
            values = {"from_on": care.from_on.isoformat(), "until": care.ends_on.isoformat()}
            raise PlantingRefused.because("planting.task_outside", day=day.isoformat(), **values)
    return care


def _tasks(plot: Plot, care: Aftercare, wanted: Wanted) -> list[CareTask]:
    """Inspections that were made in the new period already settle its first dates."""
    made = CareEntry.objects.filter(
        plot=plot, kind=CareKind.INSPECTION.value, done_on__gt=care.from_on, withdrawn_on=None
    )
    days = made.order_by("done_on").values_list("done_on", flat=True)
    settled = 0
    for day in days:
        settled += law.settles(day, care.dues, settled=settled, from_on=care.from_on) is not None
    dates = [(CareKind.INSPECTION, day, wanted.every_months is None) for day in care.dues[settled:]]
    dates += [(kind, day, False) for kind, day in sorted(wanted.tasks, key=lambda each: each[1])]
    return [
        CareTask(plot=plot, region_id=plot.region_id, kind=kind.value, due_on=day, is_by_book=by_book)
        for kind, day, by_book in dates
    ]


@official_act
def note_care(
    plot: Plot,
    *,
    kind: CareKind,
    done_on: date,
    done_by: str,
    note: str = "",
    actor: ActorLike,
    now: datetime,
) -> CareEntry:
    """登记管护: it settles the earliest open date of its kind whose period has begun; without one it stands by itself.
    Refused: who does not keep the records of the site, nobody named, a day to come, before anything was planted.
    """
    held = held_plot(plot)
    require_keeper(actor, NOTE_CARE, held)
    not_to_come(done_on, now=now)
    if not done_by.strip():
        raise PlantingRefused.because("planting.done_by_missing")
    if not Planting.objects.filter(plot=held, withdrawn_on=None, planted_on__lte=done_on).exists():
        raise PlantingRefused.because(
            "planting.observed_before_planting", plot=str(held), day=done_on.isoformat()
        )
    entry = CareEntry(
        plot=held,
        kind=kind.value,
        done_on=done_on,
        done_by=done_by.strip()[:120],
        note=note.strip()[:500],
    )
    entry.save(force_insert=True)
    task = _task_for(held, kind, done_on)
    if task is not None:
        task.entry = entry
        task.version += 1
        task.save(update_fields=["entry", "version"])
    _settled(held)
    subjects: list[Model] = [entry, held, *([task] if task else [])]
    record(
        act=NOTE_CARE.code,
        actor=actor,
        now=now,
        occurred_on=done_on,
        subjects=subjects,
        new={
            "about": str(held),
            "day": done_on.isoformat(),
            **twins("care_kind", kind),
            "note": entry.note or "—",
            **({"due": task.due_on.isoformat()} if task else {}),
        },
        region_id=held.region_id,
    )
    return entry


def _task_for(plot: Plot, kind: CareKind, day: date) -> CareTask | None:
    tasks = list(
        CareTask.objects.filter(plot=plot, kind=kind.value, dropped_on=None).order_by("due_on", "pk")
    )
    still_open = [task for task in tasks if task.entry_id is None]
    if not still_open or plot.care_from_on is None:
        return None
    first = still_open[0]
    settled = [task.due_on for task in tasks if task.entry_id and task.due_on < first.due_on]
    dues = [*settled, first.due_on]
    place = law.settles(day, dues, settled=len(settled), from_on=plot.care_from_on)
    return first if place is not None else None


@official_act
def withdraw_care(plot: Plot, row: CareEntry, *, because: str, actor: ActorLike, now: datetime) -> CareEntry:
    """撤回管护记录 that was entered wrongly: it stays with the reason, and its date is open again unless a later visit
    settles it. Refused: no registry duty, outside the area, no reason, withdrawn already.
    """
    require(actor, WITHDRAW.code, region_id=plot.region_id)
    held = held_plot(plot)
    row.refresh_from_db()
    if row.withdrawn_on is not None:
        raise PlantingRefused.because("planting.withdrawn_already")
    if not because.strip():
        raise PlantingRefused.because("planting.reason_missing")
    row.withdrawn_on, row.withdrawn_because = shanghai_date(now), because.strip()[:200]
    row.save(update_fields=["withdrawn_on", "withdrawn_because"])
    moved = _settle_anew(held, row.kind)
    _settled(held)
    record(
        act=WITHDRAW.code,
        actor=actor,
        now=now,
        subjects=[row, held, *moved],
        new={
            "about": str(held),
            "what": "管护记录",
            "day": row.done_on.isoformat(),
            "note": row.withdrawn_because,
        },
        region_id=held.region_id,
    )
    return row


def _settle_anew(plot: Plot, kind: str) -> list[CareTask]:
    """The dates of a kind as the visits that stand settle them, one visit one date, the earliest first; those that
    changed.
    """
    rows = CareTask.objects.filter(plot=plot, kind=kind, dropped_on=None).select_related("entry")
    tasks = list(rows.order_by("due_on", "pk"))
    made = [task.entry for task in tasks if task.entry is not None and task.entry.withdrawn_on is None]
    dues = [task.due_on for task in tasks]
    settles: list[CareEntry] = []
    for entry in sorted(made, key=lambda each: (each.done_on, each.pk)):
        if (
            law.settles(entry.done_on, dues, settled=len(settles), from_on=plot.care_from_on or date.max)
            is not None
        ):
            settles.append(entry)
    wanted = [*settles, *[None] * (len(tasks) - len(settles))]
    changed = [
        (task, entry)
        for task, entry in zip(tasks, wanted, strict=True)
        if task.entry_id != (entry.pk if entry else None)
    ]
    # an entry settles one date only: all are let go before any is taken up
    CareTask.objects.filter(pk__in=[task.pk for task, _entry in changed]).update(entry=None)
    for task, settled_by in changed:
        task.entry = settled_by
        task.version += 1
        task.save(update_fields=["entry", "version"])
    return [task for task, _entry in changed]


def _settled(plot: Plot) -> None:
    """The next date of the plot, as its tasks stand."""
    open_tasks = CareTask.objects.filter(Q(entry=None), plot=plot, dropped_on=None)
    plot.next_due_on = open_tasks.order_by("due_on").values_list("due_on", flat=True).first()
    plot.version += 1
    plot.save(update_fields=["care_from_on", "care_until_on", "next_due_on", "version"])
