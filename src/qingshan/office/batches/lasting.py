"""How long does the aftercare of accepted sites last, as far as their check says? Nobody saw it of sites not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import F

from qingshan.office.batches.models import BatchSite, SiteCheck
from qingshan.rules.acceptance import Criterion
from qingshan.rules.aftercare import secured_until


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
