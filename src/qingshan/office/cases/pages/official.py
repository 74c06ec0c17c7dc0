"""At which addresses do the further tables of the ledger leave?"""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.cases import official
from qingshan.office.cases.ledgers import CASES
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import exported
from qingshan.office.matters import queries
from qingshan.office.matters.leaving import Table
from qingshan.office.matters.ledgers import look_at
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE


@open_to_signed_in
@require_GET
def ledger(request: Request, form: str) -> StreamingHttpResponse:
    """整改台账 in the columns in which it can be imported again."""
    return _leaving(request, official.LEDGER, form)


@open_to_signed_in
@require_GET
def completion(request: Request, form: str) -> StreamingHttpResponse:
    """整改任务完成情况公示表."""
    return _leaving(request, official.COMPLETION, form)


def _leaving(request: Request, table: Table, form: str) -> StreamingHttpResponse:
    look = look_at(CASES, request.GET, on=shanghai_date(timezone.now()))
    rows = queries.all_of_ledger(look.kinds, actor=request.actor, narrowing=look.narrowing)
    name = table.kind.title.say({}, get_language() or CHINESE)
    return exported(table.kind, table.rows(rows), form=form, name=name)
