"""At which pages are papers read, and how do their files leave the vault?"""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.exchange.readers.documents import CONTENT_TYPES
from qingshan.exchange.readers.documents import Paper as FileKind
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.downloads import filed
from qingshan.office.papers import queries
from qingshan.office.papers.about import about_of
from qingshan.office.papers.access import BRINGS_BACK
from qingshan.office.papers.forms import BY_HAND, FORMS
from qingshan.office.papers.kinds import declared_kinds, paper_kind
from qingshan.office.papers.models import Paper
from qingshan.office.papers.queries import Filters
from qingshan.office.papers.rendering import draft_pdf
from qingshan.office.papers.showing import facts_of, look_of, missing_pages, steps_of
from qingshan.office.trail.queries import timeline
from qingshan.rules.flows.papers import FLOW, PaperAct, PaperState
from qingshan.rules.reasons import CHINESE

PAPERS = "/papers/"


@open_to_signed_in
@require_GET
def papers(request: Request) -> HttpResponse:
    """文书: the newest first."""
    asked = Filters(kind=request.GET.get("kind", ""), state=request.GET.get("state", ""))
    filters = Filters(
        kind=asked.kind if asked.kind in declared_kinds() else "",
        state=asked.state if asked.state in PaperState.values() else "",
    )
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = queries.listed(request.actor, filters=filters, **marks)
    context = {
        "page": page,
        "rows": [_row(each) for each in page.rows],
        "views": list(_views(filters)),
        "narrowed": filters != Filters(),
        "new": [paper_kind(code) for code in BY_HAND if _may(request, paper_kind(code).duties)],
        "may_return": _may(request, BRINGS_BACK),
    }
    return render(request, "papers/papers.html", context)


@open_to_signed_in
@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """One paper: its files, what came back, its whole process."""
    found = queries.one(pk, actor=request.actor)
    kind, copies = paper_kind(found.kind), list(queries.copies(found))
    possible = {line.act for line in FLOW.acts_from(found.state)}
    mine = _may(request, kind.duties)
    context = {
        "paper": found,
        "kind": kind,
        "look": look_of(found, kind),
        "state": PaperState(found.state),
        "facts": facts_of(found, kind),
        "about": about_of(found, actor=request.actor),
        "steps": steps_of(found, kind),
        "copies": copies,
        "lacking": missing_pages(found, kind, copies),
        "issue_url": f"{found.get_absolute_url()}issue/",
        "issue_fields": [("version", found.version)],
        "may_issue": mine and PaperAct.ISSUE in possible,
        "may_revise": mine and PaperAct.REVISE in possible and found.kind in FORMS,
        "may_withdraw": mine and PaperAct.WITHDRAW in possible,
        "may_return": _may(request, BRINGS_BACK) and PaperAct.RETURN in possible,
        "entries": timeline("papers.paper", found.pk),
        "crumbs": [(_("文书"), PAPERS)],
    }
    return render(request, "papers/paper.html", context)


@open_to_signed_in
@require_GET
def draft(request: Request, pk: int) -> HttpResponse:
    """A draft as it will look."""
    found = queries.one(pk, actor=request.actor)
    if found.state != PaperState.DRAFTED:
        raise Http404
    response = HttpResponse(draft_pdf(found, now=timezone.now()), content_type=CONTENT_TYPES[FileKind.PDF])
    return _as(response, f"{found.title}.pdf")


@open_to_signed_in
@require_GET
def file(request: Request, pk: int, form: str) -> FileResponse:
    """The .docx or the PDF as it was issued."""
    found = queries.one(pk, actor=request.actor)
    digests = {FileKind.DOCX.value: found.docx_digest, FileKind.PDF.value: found.pdf_digest}
    if not digests.get(form):
        raise Http404
    return filed(digests[form], f"{found.number} {found.title}.{form}")


@open_to_signed_in
@require_GET
def copy_file(request: Request, pk: int) -> FileResponse:
    """A signed copy as it came back; never shown inside a page."""
    found = queries.copy(pk, actor=request.actor)
    return filed(found.file_digest, found.file_name)


def _as(response: HttpResponse, name: str) -> HttpResponse:
    told = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = told or "attachment"
    return response


def _may(request: Request, duties: Any) -> bool:
    return bool(request.actor.duties & frozenset(duties))


def _row(paper: Paper) -> dict[str, Any]:
    kind = paper_kind(paper.kind)
    return {
        "paper": paper,
        "kind": kind.title,
        "look": look_of(paper, kind),
        "state": PaperState(paper.state),
    }


def _views(filters: Filters) -> Any:
    """Chips: all, each state, each kind."""
    language = get_language() or CHINESE
    yield {"title": _("全部"), "url": "?", "current": filters == Filters(), "count": None}
    for state in PaperState:
        current = filters.state == state
        yield {
            "title": state.say(language),
            "url": f"?state={state.value}",
            "current": current,
            "count": None,
        }
    for code, kind in declared_kinds().items():
        title = kind.title.say({}, language)
        yield {"title": title, "url": f"?kind={code}", "current": filters.kind == code, "count": None}
