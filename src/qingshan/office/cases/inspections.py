"""Which joint inspections are there, and how does the ground compare with the plans, item by item?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q

from qingshan.office.accounts.access import branches, seen_one
from qingshan.office.cases.access import PATHS, visible_to
from qingshan.office.cases.models import Inspection, InspectionFinding
from qingshan.office.mines.models import ApprovedPlan
from qingshan.office.paging import PAGE_ROWS, Order, Page, page
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.inspecting import Keeping

NEWEST = Order(("-id",))


@dataclass(frozen=True)
class Listed:
    """An inspection of the list."""

    inspection: Inspection
    items: int
    measured: int
    problems: int


@dataclass(frozen=True)
class Group:
    """The items of one plan, or those that no plan speaks of."""

    plan: ApprovedPlan | None
    findings: Sequence[InspectionFinding]


def listed(actor: ActorLike, *, after: str = "", before: str = "", rows: int = PAGE_ROWS) -> Page:
    """One page of inspections, the newest first, with how far each is."""
    parts = [
        each.select_related("mine", "region").defer("mine__geom")
        for each in branches(Inspection.objects.all(), actor, **PATHS[Inspection])
    ]
    found = page(parts, order=NEWEST, after=after, before=before, rows=rows)
    counted = {
        row["inspection_id"]: row
        for row in InspectionFinding.objects.filter(inspection__in=[each.pk for each in found.rows])
        .values("inspection_id")
        .annotate(
            items=Count("pk"),
            done=Count("pk", filter=Q(measured__isnull=False) | ~Q(text="")),
            problems=Count("matter"),
        )
        .order_by()
    }
    nothing = {"items": 0, "done": 0, "problems": 0}
    shown = [
        Listed(each, told["items"], told["done"], told["problems"])
        for each in found.rows
        for told in [counted.get(each.pk, nothing)]
    ]
    return Page(rows=shown, next_mark=found.next_mark, previous_mark=found.previous_mark)


def one_inspection(pk: int, *, actor: ActorLike) -> Inspection:
    """One inspection, or NotFound."""
    rows = Inspection.objects.select_related("mine__region", "region")
    return seen_one(rows, actor, pk=pk, **PATHS[Inspection])


def one_finding(inspection: Inspection, pk: int, *, actor: ActorLike) -> InspectionFinding:
    """One item, or NotFound."""
    rows = InspectionFinding.objects.filter(inspection=inspection).select_related(
        "inspection__mine__region", "plan"
    )
    return seen_one(rows, actor, pk=pk, **PATHS[InspectionFinding])


def findings_of(inspection: Inspection, *, actor: ActorLike) -> list[InspectionFinding]:
    """Its items in their order, with plan and problem."""
    rows = visible_to(InspectionFinding.objects.filter(inspection=inspection), actor)
    return list(rows.select_related("plan", "matter__state", "inspection").order_by("place"))


def by_plan(findings: Sequence[InspectionFinding]) -> list[Group]:
    """The items plan by plan, as the checklist is laid out."""
    return [
        Group(rows[0].plan, rows)
        for _plan, group in groupby(findings, key=lambda each: each.plan_id)
        for rows in [list(group)]
    ]


def departing(findings: Sequence[InspectionFinding]) -> Iterator[InspectionFinding]:
    """The items whose figure departs from the plan."""
    for each in findings:
        if each.compared is not None and each.compared.keeping is Keeping.DEPARTS:
            yield each
