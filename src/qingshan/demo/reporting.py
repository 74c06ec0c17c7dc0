"""How do plans, progress, evidence and visits of the demonstration enter?"""

from __future__ import annotations

from datetime import date, timedelta, timezone
from decimal import Decimal
from typing import Any

from qingshan.demo.acting import Now, brought, done_by
from qingshan.demo.offices import END_OF_THE_SHOW
from qingshan.demo.photographs import PhotoFacts, drawn, taken_at
from qingshan.office.accounts.actions import assign_expert
from qingshan.office.accounts.models import Person
from qingshan.office.cases import actions
from qingshan.office.cases.actions.planning import NewMeasure, NewPlan, NewStage
from qingshan.office.cases.actions.working import Progress, StageProgress
from qingshan.office.cases.facts import current_plan, measures_of, stages_of
from qingshan.office.cases.models import Objection
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.matters.doubting import examine
from qingshan.office.matters.models import Stage
from qingshan.rules.matters import EvidenceKind, Phase

_SHANGHAI = timezone(timedelta(hours=8))


def draft(now: Now) -> None:
    value, rows = now.event.value, now.event.value("rows")
    unit = now.show.cast.organisation(value("unit")).name
    begins = [value("begins"), *(due for _, _, due, _, _ in rows)]
    plan = NewPlan(
        value("title"),
        target=value("target"),
        target_quantity=Decimal(value("quantity")),
        target_unit="公顷",
        from_on=now.day(value("begins")),
        due_on=now.day(value("due")),
        stages=tuple(
            NewStage(
                name,
                from_on=now.day(begins[place]),
                due_on=now.day(due),
                work=work,
                days=max(1, (due - begins[place]) * 5 // 7),
                after=(place,) if place else (),
            )
            for place, (name, work, due, _, _) in enumerate(rows)
        ),
        measures=tuple(
            NewMeasure(
                name,
                unit_name=unit,
                post=value("post"),
                person_name=value("person"),
                due_on=now.day(due),
                quantity=Decimal(quantity),
                quantity_unit=measured,
                shown_by="现场照片和测量成果",
                stage=place,
            )
            for place, (name, _, due, quantity, measured) in enumerate(rows, start=1)
        ),
    )
    actions.draft_plan(now.matter, plan, brought(now), **done_by(now))


def report(now: Now) -> None:
    plan, percents = current_plan(now.matter), now.event.value("percents")
    measures = measures_of(plan.pk) if plan else []
    stages = stages_of(plan.pk) if plan else []
    progress = [
        Progress(measure, percent, done_quantity=_share(measure.quantity, percent))
        for measure, percent in zip(measures, percents, strict=True)
    ]
    told = [
        StageProgress(stage, percent, _until(now, begun), _until(now, done))
        for stage, percent, (begun, done) in zip(stages, percents, now.event.value("stages"), strict=True)
    ]
    actions.report_progress(now.matter, progress, brought(now), **done_by(now), stages=told)


def _until(now: Now, days: int | None) -> date | None:
    """A day that was counted back, but none after that of the report, which may have been moved to a Friday."""
    return None if days is None else min(now.on, now.day(days))


def _share(quantity: Decimal | None, percent: int) -> Decimal | None:
    return None if quantity is None else (quantity * percent / 100).quantize(Decimal("0.01"))


def measure(now: Now) -> None:
    shown = NewEvidence(
        EvidenceKind.MEASUREMENT,
        now.event.value("title"),
        phase=Phase.AFTER,
        quantity=Decimal(now.event.value("quantity")),
        quantity_unit=now.event.value("unit"),
        measured_on=now.on,
    )
    actions.add_evidence(now.matter, [shown], brought(now), **done_by(now))


def photograph(now: Now) -> None:
    shown = [kept_photo(now, photo) for photo in now.event.value("photos")]
    actions.add_evidence(now.matter, shown, brought(now), **done_by(now))


def kept_photo(now: Now, photo: PhotoFacts) -> NewEvidence:
    """The files go to the vault before the act that speaks of them."""
    content = drawn(photo, today=now.show.today)
    examined, stored = examine(content), now.show.vault.put(content)
    small = now.show.vault.put(examined.thumbnail) if examined else None
    return NewEvidence(
        EvidenceKind.PHOTOGRAPH,
        photo.title,
        file_name=photo.file_name,
        file_digest=stored.digest,
        file_size_bytes=stored.size_bytes,
        thumbnail_digest=small.digest if small else "",
        phase=photo.phase,
        photo_point=photo.point,
        taken_at=taken_at(photo, today=now.show.today).replace(tzinfo=_SHANGHAI),
        longitude_deg=photo.lon,
        latitude_deg=photo.lat,
        examined=examined,
    )


def ask_expert(now: Now) -> None:
    """The expert of the demonstration is asked to look at the matter before it is accepted."""
    assign_expert(
        person=Person.objects.get(login_name="expert"),
        kind="matters.matter",
        object_id=now.matter.pk,
        to_on=END_OF_THE_SHOW,
        document="青山省整改验收专家委托（演示）",
        **done_by(now),
    )


def visit(now: Now) -> dict[str, Any]:
    return {
        "visitors": now.event.value("visitors"),
        "visited_on": now.on - timedelta(days=now.event.value("days_ago", 0)),
    }


def answer(now: Now) -> None:
    objection = Objection.objects.filter(notice__matter=now.matter, state="open").earliest("pk")
    actions.answer_objection(
        now.matter, objection, brought(now), upheld=now.event.value("upheld"), **done_by(now)
    )


def complete_stage(now: Now) -> None:
    stage = Stage.objects.get(plan__matter=now.matter, plan__state="approved", place=now.event.value("place"))
    actions.complete_stage(now.matter, stage, brought(now), **done_by(now))
