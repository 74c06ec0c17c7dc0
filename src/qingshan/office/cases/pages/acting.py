"""At which page is an act done on a problem, petition or lasting task? One for all: `forms.table` says how."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.requests import Request
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.forms.table import DOINGS
from qingshan.office.cases.queries import one_case
from qingshan.office.doors import open_to_signed_in
from qingshan.office.matters.pages.acting import act_on_matter


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """The form of one act with what it means and what is missing; sent, the act itself."""
    matter = one_case(pk, actor=request.actor)
    return act_on_matter(request, matter, f"cases.{act}", doings=DOINGS, folder=Folder)
