"""How is a mine inspected jointly (联合检查): a checklist from its plans, what was found, and the problems in it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qingshan.office.accounts.access import require
from qingshan.office.cases.access import OPEN_INSPECTION, RAISE_PROBLEM, RECORD_FINDINGS
from qingshan.office.cases.actions.registering import NewCase, register_case
from qingshan.office.cases.models import Inspection, InspectionFinding
from qingshan.office.cases.sentences import CaseRefused
from qingshan.office.errors import ChangedMeanwhile
from qingshan.office.matters.models import Matter
from qingshan.office.mines.models import ApprovedPlan, Mine
from qingshan.office.trail.actions import official_act, record
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.dates import shanghai_date
from qingshan.rules.inspecting import DEPARTMENT_OF
from qingshan.rules.plans import FIGURES_OF, PlanFigure
from qingshan.rules.register import PlanKind

MOST_PHOTOGRAPHS = 20


@dataclass(frozen=True)
class NewInspection:
    """联合检查 as it is begun."""

    mine: Mine
    inspected_on: date
    departments: str
    title: str = ""
    number: str = ""
    team: str = ""


@dataclass(frozen=True)
class Found:
    """What was found at one item; `finding` is None for something beside the plans."""

    finding: InspectionFinding | None
    measured: Decimal | None = None
    department: str = ""
    text: str = ""
    photographs: tuple[Mapping[str, Any], ...] = ()
    """further files of the vault"""


@official_act
def open_inspection(new: NewInspection, *, actor: ActorLike, now: datetime) -> Inspection:
    """开展联合检查: the checklist is every figure of the approved plans in force. Refused: no registry duty, a mine
    outside the area, no department.
    """
    mine = new.mine
    require(actor, OPEN_INSPECTION.code, region_id=mine.region_id)
    if not new.departments.strip():
        raise CaseRefused.because("cases.no_department")
    inspection = Inspection(
        mine=mine,
        region_id=mine.region_id,
        title=(new.title.strip() or f"{mine.name}联合检查")[:200],
        number=new.number.strip(),
        inspected_on=new.inspected_on,
        departments=new.departments.strip(),
        team=new.team.strip(),
    )
    inspection.save(force_insert=True)
    items = [
        _item(inspection, place, plan, figure, value)
        for place, (plan, figure, value) in enumerate(_promised(mine), start=1)
    ]
    for item in items:
        item.save(force_insert=True)
        item.refresh_from_db()
    record(
        act=OPEN_INSPECTION.code,
        actor=actor,
        now=now,
        occurred_on=min(new.inspected_on, shanghai_date(now)),
        subjects=[inspection, *items],
        new={"about": str(inspection), "mine": str(mine), "items": len(items)},
        region_id=mine.region_id,
    )
    return inspection


def _promised(mine: Mine) -> Iterator[tuple[ApprovedPlan, PlanFigure, Decimal]]:
    """Every figure of the plans in force, in the order of the plans and of their figures."""
    plans = list(ApprovedPlan.objects.filter(mine=mine, replaced_by=None).order_by("-approved_on", "-id"))
    for kind in PlanKind:
        for plan in (each for each in plans if each.kind == kind):
            for figure in FIGURES_OF[kind]:
                if value := (plan.figures or {}).get(figure.value):
                    yield plan, figure, Decimal(value)


def _item(
    inspection: Inspection, place: int, plan: ApprovedPlan, figure: PlanFigure, value: Decimal
) -> InspectionFinding:
    return InspectionFinding(
        inspection=inspection,
        place=place,
        plan=plan,
        figure=figure.value,
        planned=value,
        department=DEPARTMENT_OF[PlanKind(plan.kind)],
    )


@official_act
def record_findings(
    inspection: Inspection, found: Sequence[Found], *, actor: ActorLike, now: datetime
) -> list[InspectionFinding]:
    """登记检查情况: several items at once; only what differs is written. Refused: no registry duty, outside the area,
    nothing said, an item that has become a problem, too many photographs.
    """
    require(actor, RECORD_FINDINGS.code, region_id=inspection.region_id)
    held = {
        each.pk: each
        for each in InspectionFinding.objects.select_for_update().filter(inspection=inspection).order_by("pk")
    }
    last = max((each.place for each in held.values()), default=0)
    changed: list[InspectionFinding] = []
    for each in found:
        item = held.get(each.finding.pk) if each.finding else None
        if item is None:
            last += 1
            item = InspectionFinding(inspection=inspection, place=last, version=0)
        if _put(item, each):
            changed.append(item)
    if not changed:
        raise CaseRefused.because("cases.nothing_recorded")
    for item in changed:
        item.version += 1
        item.save()
        item.refresh_from_db()
    record(
        act=RECORD_FINDINGS.code,
        actor=actor,
        now=now,
        subjects=changed,
        new={"about": str(inspection), "changed": len(changed)},
        region_id=inspection.region_id,
    )
    return changed


def _put(item: InspectionFinding, found: Found) -> bool:
    """Whether anything differs. A finding that has become a problem stays as it was seen then."""
    photographs = [*(item.photographs or ()), *map(dict, found.photographs)]
    if len(photographs) > MOST_PHOTOGRAPHS:
        raise CaseRefused.because("cases.too_many_photographs", most=MOST_PHOTOGRAPHS)
    said = {
        "measured": found.measured,
        "department": found.department.strip(),
        "text": found.text.strip(),
        "photographs": photographs or None,
    }
    differs = any(getattr(item, name) != value for name, value in said.items())
    if differs and item.matter_id is not None:
        raise CaseRefused.because("cases.finding_is_a_problem", place=item.place)
    for name, value in said.items():
        setattr(item, name, value)
    return differs


@official_act
def raise_problem(finding: InspectionFinding, new: NewCase, *, actor: ActorLike, now: datetime) -> Matter:
    """检查发现转为问题: the case is registered by its own act, this one ties it to the finding. Refused: no registry
    duty, outside the area, a finding that is a problem already.
    """
    inspection = finding.inspection
    require(actor, RAISE_PROBLEM.code, region_id=inspection.region_id)
    if finding.matter_id is not None:
        raise CaseRefused.because("cases.finding_is_a_problem", place=finding.place)
    matter = register_case(new, actor=actor, now=now)
    held = InspectionFinding.objects.filter(pk=finding.pk, version=finding.version, matter=None)
    if held.update(matter=matter, version=finding.version + 1) != 1:
        raise ChangedMeanwhile.because("office.changed_meanwhile", what=str(finding))
    finding.refresh_from_db()
    record(
        act=RAISE_PROBLEM.code,
        actor=actor,
        now=now,
        subjects=[finding],
        new={"about": str(inspection), "place": finding.place, "problem": str(matter)},
        region_id=inspection.region_id,
    )
    return matter
