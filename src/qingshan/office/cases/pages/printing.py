"""At which page is a paper drafted about one problem, petition or lasting task?"""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.requests import Request
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.printing import PRINTING
from qingshan.office.cases.queries import one_case
from qingshan.office.doors import open_to
from qingshan.office.papers.access import OFFICE
from qingshan.office.papers.pages.of_matters import draft_about


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, pk: int, kind: str) -> HttpResponse:
    """拟制文书 about this matter."""
    matter = one_case(pk, actor=request.actor)
    return draft_about(request, matter, kind, printing=PRINTING, crumbs=Folder.crumbs_of(matter))
