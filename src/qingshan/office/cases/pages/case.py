"""The page of one matter, and the files that show what was done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingshan.exchange.readers.documents import CONTENT_TYPES, paper_named
from qingshan.office.accounts.access import seen_one
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions
from qingshan.office.cases.access import ANSWER_DOUBT
from qingshan.office.cases.closing_file.making import closing_file
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.forms.judging import YES, DoubtForm
from qingshan.office.cases.pages.acting import may_record
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.errors import NotFound
from qingshan.office.matters.access import PATHS
from qingshan.office.matters.models import Evidence
from qingshan.office.matters.queries import one_matter
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE
from qingshan.vault import Vault


@open_to_signed_in
@require_GET
def case(request: Request, pk: int) -> HttpResponse:
    """One problem, petition or lasting task: what, where, who, until when, what next and by whom."""
    folder = Folder(one_matter(pk, actor=request.actor), actor=request.actor, now=timezone.now())
    context = {
        "folder": folder,
        "matter": folder.matter,
        "crumbs": folder.crumbs,
        "may_record": may_record(request.actor, folder.matter),
    }
    return render(request, "cases/case.html", context)


@open_to_signed_in
@require_GET
def closing_pdf(request: Request, pk: int) -> HttpResponse:
    """销号卷宗 as PDF; before it is closed, as it stands now."""
    matter = one_matter(pk, actor=request.actor)
    if matter.kind != "rectification":
        raise Http404
    content = closing_file(matter, made_at=timezone.now())
    name = _("销号卷宗 %(number)s.pdf") % {"number": matter.number}
    told = content_disposition_header(as_attachment=False, filename=name) or "inline"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": told})


@open_to(Duty.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_doubt(request: Request, pk: int, doubt: int) -> HttpResponse:
    """核实存疑: a person looks and says what it is."""
    matter, now = one_matter(pk, actor=request.actor), timezone.now()
    found = matter.doubts.filter(pk=doubt).select_related("matter", "evidence").first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(matter))
    form = DoubtForm(sent(request))

    def do(given: dict[str, Any]) -> object:
        upheld = given["outcome"] == YES
        return actions.answer_doubt(found, given["words"], upheld=upheld, actor=request.actor, now=now)

    title, back = ANSWER_DOUBT.title.say({}, get_language() or CHINESE), f"/cases/{pk}/"
    crumbs = (*Folder.crumbs_of(matter), (matter.title, back))
    page = ActPage(title=title, act=title, back=back, crumbs=crumbs, sub=f"{matter.title}（{matter.number}）")
    more = {"doubt": found, "matter": matter, "folder": Folder(matter, actor=request.actor, now=now)}
    return act_page(request, page, form, do, template="cases/answer_doubt.html", more=more)


@open_to_signed_in
@require_GET
def evidence_file(request: Request, pk: int, evidence: int) -> FileResponse:
    """A piece of evidence as it was brought, for whoever may see the matter; never shown inside a page."""
    found = seen_one(Evidence.objects.filter(matter_id=pk), request.actor, pk=evidence, **PATHS[Evidence])
    if not found.file_digest:
        raise NotFound.because("office.not_found", what=found.title)
    paper = paper_named(found.file_name)
    return FileResponse(
        Vault(settings.VAULT_ROOT).open(found.file_digest),
        as_attachment=True,
        filename=found.file_name,
        content_type=CONTENT_TYPES[paper] if paper else "application/octet-stream",
    )


@open_to_signed_in
@require_GET
def thumbnail(request: Request, pk: int, evidence: int) -> FileResponse:
    """The small picture of a photograph, made by this program."""
    found = seen_one(Evidence.objects.filter(matter_id=pk), request.actor, pk=evidence, **PATHS[Evidence])
    if not found.thumbnail_digest:
        raise NotFound.because("office.not_found", what=found.title)
    return FileResponse(Vault(settings.VAULT_ROOT).open(found.thumbnail_digest), content_type="image/jpeg")
