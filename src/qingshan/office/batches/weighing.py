"""How heavily does each site of a batch weigh in the sample? By what is on record against it, never by an opinion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Sum

from qingshan.office.batches.claims import unsupported_at
from qingshan.office.batches.facts import sampling_book
from qingshan.office.batches.models import Batch, BatchSite
from qingshan.office.matters.models import Step
from qingshan.office.restoration.models import ListedSite
from qingshan.rules.flows.restoration import ProjectAct
from qingshan.rules.sampling import ClosedList, Item, RiskFacts, plan_for, weight_of

SENT_BACK = (ProjectAct.RETURN_ACCEPTANCE, ProjectAct.REDO)


def list_to_close(
    batch: Batch, rows: Sequence[BatchSite], *, on: date
) -> tuple[ClosedList, list[dict[str, Any]]]:
    """The list as it would be closed on a day, and its rows as the batch keeps them."""
    book, facts = sampling_book(batch.matter, on), facts_of(rows, on=on)
    kept: list[dict[str, Any]] = []
    for row in rows:
        weight = weight_of(facts[row.pk], book)
        kept.append(
            {
                "id": row.site.key,
                "name": row.site.name,
                "strata": [row.site.region.code, row.mode],
                "weight": weight.value,
                "because": [each.as_json() for each in weight.because],
            }
        )
    kept.sort(key=lambda each: str(each["id"]))
    items = tuple(Item(each["id"], tuple(each["strata"]), each["weight"]) for each in kept)
    return ClosedList(batch.subject, items, plan_for(len(items), book)), kept


def facts_of(rows: Iterable[BatchSite], *, on: date) -> dict[int, RiskFacts]:
    """What is on record against each site on a day: sent back before, not supported by images, finished late."""
    rows = list(rows)
    sites = {row.site_id for row in rows}
    back = _sent_back(sites)
    unsupported = unsupported_at(sites, on=on)
    due = _due_on(sites)
    return {
        row.pk: RiskFacts(
            earlier_failures=back[row.site_id],
            unsupported=unsupported[row.site_id],
            days_late=_late(row, due.get(row.site_id)),
        )
        for row in rows
    }


def _sent_back(sites: set[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    sums = BatchSite.objects.filter(site__in=sites).order_by().values_list("site_id")
    for site_id, times in sums.annotate(n=Sum("times_back")):
        found[site_id] += times or 0
    steps = Step.objects.filter(matter__restoration__sites__site__in=sites, act__in=SENT_BACK)
    for site_id, _step in set(steps.values_list("matter__restoration__sites__site_id", "pk")):
        found[site_id] += site_id in sites
    return found


def _due_on(sites: set[int]) -> dict[int, date]:
    """The earliest day by which a list asks for each site."""
    rows = ListedSite.objects.filter(site__in=sites, is_on_list=True, target_list__due_on__isnull=False)
    found: dict[int, date] = {}
    for site_id, due_on in rows.values_list("site_id", "target_list__due_on"):
        if due_on is not None:
            found[site_id] = min(due_on, found.get(site_id, due_on))
    return found


def _late(row: BatchSite, due_on: date | None) -> int:
    if row.finished_on is None or due_on is None:
        return 0
    return max(0, (row.finished_on - due_on).days)
