"""修复项目: one project, and every act on it; their ledger is `restoration.listing.OF_PROJECTS`."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.matters.pages.acting import act_on_matter
from qingshan.office.papers.access import OFFICE
from qingshan.office.papers.pages.closing import closing_file_of
from qingshan.office.papers.pages.of_matters import draft_about
from qingshan.office.restoration import actions, queries
from qingshan.office.restoration.closing_file import ProjectFile
from qingshan.office.restoration.folder import Folder
from qingshan.office.restoration.forms.registering import ProjectForm
from qingshan.office.restoration.forms.table import DOINGS
from qingshan.office.restoration.printing import PRINTING
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.identifiers import row_id

PROJECTS = "/restoration/"
FORMS = ("xlsx", "csv")
LONGEST_KEY = 120


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    """登记修复项目; from the page of a listed site its number stands there already."""
    now = timezone.now()
    asked = {"sites": request.GET.get("site", "")[:LONGEST_KEY]}
    form = ProjectForm(sent(request), initial=asked, actor=request.actor, on=shanghai_date(now))
    page = ActPage(_("登记修复项目"), _("登记修复项目"), PROJECTS, [(_("修复项目"), PROJECTS)])

    def do(_given: dict[str, Any]) -> HttpResponse:
        matter = actions.register_project(form.new_project(), actor=request.actor, now=now)
        return HttpResponseRedirect(f"{PROJECTS}{matter.pk}/")

    return act_page(request, page, form, do)


@open_to_signed_in
@require_GET
def project(request: Request, pk: int) -> HttpResponse:
    """One project: where it stands, on which sites, how far, what next and by whom."""
    matter = queries.one_project(pk, actor=request.actor)
    folder = Folder(
        matter, actor=request.actor, now=timezone.now(), of_site=row_id(request.GET.get("site", ""))
    )
    context = {"folder": folder, "matter": matter, "crumbs": folder.crumbs}
    return render(request, "restoration/project.html", context)


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """The form of one act with what it means and what stands against it; sent, the act itself."""
    matter = queries.one_project(pk, actor=request.actor)
    return act_on_matter(request, matter, f"restoration.{act}", doings=DOINGS, folder=Folder)


@open_to_signed_in
@require_GET
def closing_file(request: Request, pk: int) -> HttpResponse:
    """归档卷 as PDF; of one that is not closed yet it says what is missing."""
    matter = queries.one_project(pk, actor=request.actor)
    return closing_file_of(ProjectFile(matter, actor=request.actor, made_at=timezone.now()))


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, pk: int, kind: str) -> HttpResponse:
    """拟制文书 about this project."""
    matter = queries.one_project(pk, actor=request.actor)
    return draft_about(request, matter, kind, printing=PRINTING, crumbs=[(_("修复项目"), PROJECTS)])
