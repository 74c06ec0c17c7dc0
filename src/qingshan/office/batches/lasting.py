"""How long does the aftercare of accepted sites last, as far as their check says? Nobody saw it of sites not drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import F

from qingshan.office.batches.access import visible_to
from qingshan.office.batches.models import BatchSite, SiteCheck
from qingshan.office.planting.lasting import Accepted, Where
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.acceptance import Criterion
from qingshan.rules.aftercare import secured_until
from qingshan.rules.batches import Standing


def years_secured(rows: Sequence[BatchSite]) -> dict[int, Decimal]:
    """落实的管护年限 by site, as the newest check of the present list found it; one query."""
    checks = SiteCheck.objects.filter(
        batch_site__in=[row.pk for row in rows], round_no=F("batch_site__batch__round_no")
    )
    told = checks.order_by("id").values_list("batch_site_id", "measured")
    newest = {pk: measured.get(Criterion.AFTERCARE_YEARS.value) for pk, measured in told}
    return {pk: Decimal(str(years)) for pk, years in newest.items() if years is not None}


def cared_until(rows: Sequence[BatchSite], *, on: date | None = None) -> dict[int, date]:
    """Last day of aftercare by site, counted from the acceptance; `on`: the day of one that is being decided."""
    years = years_secured(rows)
    ends = {
        row.pk: secured_until(accepted_on, years.get(row.pk))
        for row in rows
        if (accepted_on := on or row.accepted_on) is not None
    }
    return {pk: end for pk, end in ends.items() if end is not None}


def by_batches(actor: ActorLike, where: Where) -> Iterable[Accepted]:
    """Sites that were accepted with their batch or by themselves and lasted, as far as the actor may see it."""
    rows = BatchSite.objects.filter(
        standing=Standing.ACCEPTED.value, accepted_on__isnull=False, relapsed_on=None
    )
    seen = visible_to(where.of(rows, accepted_on="accepted_on"), actor).order_by("pk")
    found = list(seen.select_related("batch__matter", "site").only(*READ))
    until = cared_until(found)
    return [accepted_as(row, until.get(row.pk)) for row in found]


READ = ("accepted_on", "use", "site__region_id", "batch__matter__number", "batch__matter__kind")


def accepted_as(row: BatchSite, until: date | None) -> Accepted:
    """A site as lists of what lasts take it."""
    assert row.accepted_on is not None
    matter = row.batch.matter
    path = matter.get_absolute_url()
    return Accepted(
        row.site_id, row.site.region_id, row.accepted_on, row.use_named, until, matter.number, path
    )
