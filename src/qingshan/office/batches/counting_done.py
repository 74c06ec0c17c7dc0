"""How do accepted sites count on the lists of targets? By the same moves as those of projects, and never twice."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from qingshan.office.batches.models import BatchSite
from qingshan.office.matters.models import Step
from qingshan.office.restoration.listing_moves import Approval, count_no_more, count_restored, listings_of
from qingshan.office.restoration.models import ProjectSite
from qingshan.office.restoration.queries import meant


def count_accepted(rows: Sequence[BatchSite], step: Step) -> list[Model]:
    """Accepted land counts wherever its site stands on a list. A site that counts there already, e.g. because its
    project was accepted, counts no second time; land of which a part counts is counted up to what was accepted here.
    """
    by_site = {row.site_id: row for row in rows}
    moved: list[Model] = []
    for listed in listings_of(row.site for row in rows):
        row = by_site[listed.site_id]
        done_m2 = max(row.done_m2 or 0.0, listed.done_m2)
        if listed.restored_on is None and (done_m2 > listed.done_m2 or row.is_whole):
            moved += count_restored(listed, done_m2, is_whole=bool(row.is_whole), approval=_by(step))
    return moved


def tell_projects(rows: Sequence[BatchSite]) -> list[ProjectSite]:
    """What was accepted here stands in the project of the site too, unless the project was accepted before: once all
    of its sites are concluded it needs no acceptance of its own.
    """
    done = {row.project_site_id: row for row in rows if row.project_site_id is not None}
    told = meant(ProjectSite.objects.filter(pk__in=done, project__accepted_on=None)).order_by("pk")
    return [_told(each, done[each.pk].done_cm2, is_whole=done[each.pk].is_whole) for each in told]


def untell_projects(rows: Sequence[BatchSite]) -> list[ProjectSite]:
    """It did not last: the project, where it was not accepted meanwhile, has to have it accepted again."""
    ids = [row.project_site_id for row in rows if row.project_site_id is not None]
    told = ProjectSite.objects.filter(pk__in=ids, project__accepted_on=None, done_cm2__isnull=False)
    return [_told(each, None, is_whole=None) for each in told]


def _told(row: ProjectSite, done_cm2: int | None, *, is_whole: bool | None) -> ProjectSite:
    row.done_cm2, row.is_whole = done_cm2, is_whole
    row.version += 1
    row.save(update_fields=["done_cm2", "is_whole", "version"])
    return row


def count_accepted_no_more(rows: Sequence[BatchSite], step: Step) -> list[Model]:
    """It was found on site that it does not hold: it is to be done again, whoever had counted it."""
    moved: list[Model] = []
    for listed in listings_of(row.site for row in rows):
        if listed.done_cm2 or listed.restored_on:
            moved += count_no_more(listed, _by(step))
    return moved


def _by(step: Step) -> Approval:
    number = step.number or step.matter.number
    return Approval(number[:120], step.occurred_on, step.recorded_at, step.note[:500], step)
