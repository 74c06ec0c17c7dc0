"""公开核对: what anybody may hold a sample against, without an account.

Seals from the moment they exist, the digest of the list once it is closed, and when all numbers are open everything
that the sample is computed from. Sites by number only.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingshan.office.batches import drawing
from qingshan.office.batches.facts import closed_list, numbers_of, rows_of, shares_of
from qingshan.office.batches.models import Batch, SealedNumber
from qingshan.office.doors import open_to_anybody
from qingshan.office.errors import NotFound
from qingshan.rules.sampling import seed_from


@open_to_anybody
@require_GET
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """Seals, numbers, digest, seed and what was drawn, as far as it was made public."""
    batch = _sealed(pk)
    numbers, closed = numbers_of(batch), closed_list(batch)
    is_open = closed is not None and all(each.secret for each in numbers)
    rows = rows_of(batch) if is_open else []
    context = {
        "batch": batch,
        "matter": batch.matter,
        "numbers": numbers,
        "closed": closed,
        "seed": seed_from(shares_of(numbers), closed) if closed and is_open else "",
        "drawn": [(row.site.key, row.drawn_named) for row in rows if row.drawn_named],
        "is_open": is_open,
    }
    return render(request, "batches/published.html", context)


@open_to_anybody
@require_GET
def published_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the sample rests on, for the program that computes it again; nothing before all is open."""
    batch = _sealed(pk)
    if closed_list(batch) is None or not all(each.secret for each in numbers_of(batch)):
        raise NotFound.because("office.not_found", what="sample.json")
    content = json.dumps(drawing.record(batch, named=False), ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="sample.json"'
    return answer


def _sealed(pk: int) -> Batch:
    """A batch for which somebody has published a seal; of others nothing is public."""
    rows = Batch.objects.filter(matter_id=pk, pk__in=SealedNumber.objects.values("batch"))
    found = rows.select_related("matter__region").defer("matter__region__geom").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(Batch._meta.verbose_name))
    return found
