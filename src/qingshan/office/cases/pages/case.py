"""The page of one matter, and its closing file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from qingshan.office.accounts.requests import Request
from qingshan.office.cases.closing_file import CaseFile
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.kinds import OWN
from qingshan.office.cases.queries import one_case
from qingshan.office.doors import open_to_signed_in
from qingshan.office.errors import NotFound
from qingshan.office.matters.queries import one_matter
from qingshan.office.papers.pages.closing import closing_file_of


@open_to_signed_in
@require_GET
def case(request: Request, pk: int) -> HttpResponse:
    """One problem, petition or lasting task: what, where, who, until when, what next and by whom.

    A matter of another kind has its page elsewhere: whoever comes by an old address is led there.
    """
    matter = one_matter(pk, actor=request.actor)
    if matter.kind not in OWN:
        return redirect(matter)
    folder = Folder(matter, actor=request.actor, now=timezone.now())
    context = {
        "folder": folder,
        "matter": folder.matter,
        "crumbs": folder.crumbs,
    }
    return render(request, "cases/case.html", context)


@open_to_signed_in
@require_GET
def closing_file(request: Request, pk: int) -> HttpResponse:
    """销号卷宗 as PDF; of a case that is not closed yet it says what is missing."""
    matter = one_case(pk, actor=request.actor)
    if not hasattr(matter, "case"):
        raise NotFound.because("office.not_found", what=str(matter))
    return closing_file_of(CaseFile(matter, actor=request.actor, made_at=timezone.now()))
