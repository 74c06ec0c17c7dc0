"""At which page does an office keep its own templates?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingshan.exchange.readers.documents import Paper as FileKind
from qingshan.office.accounts.pages.acting import sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.downloads import filed
from qingshan.office.errors import NotAllowed, NotFound
from qingshan.office.mines.receiving import examined, stored
from qingshan.office.papers import actions
from qingshan.office.papers.access import OFFICE, templates_of
from qingshan.office.papers.documents.plain import spoken
from qingshan.office.papers.forms import TemplateForm
from qingshan.office.papers.kinds import declared_kinds, paper_kind
from qingshan.office.papers.models import PaperTemplate
from qingshan.office.papers.pages.reading import PAPERS
from qingshan.office.papers.sentences import PaperRefused
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import CHINESE

TEMPLATES = "/papers/templates/"
MOST_SHOWN = 100


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: Request) -> HttpResponse:
    """单位模板: those in use and those of before, what they may say, and a new one."""
    form = TemplateForm(sent(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            adopted = _adopted(request, form.cleaned_data)
        except NotAllowed:
            raise
        except QingshanError as refusal:
            form.add_error(None, refusal.say(get_language() or CHINESE))
        else:
            messages.success(request, _("已启用模板“%(file)s”。") % {"file": adopted.file_name})
            return HttpResponseRedirect(TEMPLATES)
    rows = templates_of(request.actor).order_by("-in_use", "-id")[:MOST_SHOWN]
    context = {
        "form": form,
        "rows": [(each, paper_kind(each.kind).title) for each in rows],
        "names": [(kind.title, _names(spoken(kind.sample))) for kind in declared_kinds().values()],
        "crumbs": [(_("文书"), PAPERS)],
    }
    return render(request, "papers/templates.html", context, status=422 if form.errors else 200)


@open_to(*OFFICE)
@require_GET
def file(request: Request, pk: int) -> FileResponse:
    """A template as it was brought."""
    found = _one(request, pk)
    return filed(found.file_digest, found.file_name)


@open_to(*OFFICE)
@require_POST
def retire(request: Request, pk: int) -> HttpResponse:
    """停用单位模板."""
    retired = actions.retire_template(_one(request, pk), actor=request.actor, now=timezone.now())
    messages.success(request, _("已停用模板“%(file)s”。") % {"file": retired.file_name})
    return HttpResponseRedirect(TEMPLATES)


def _one(request: Request, pk: int) -> PaperTemplate:
    found = templates_of(request.actor).filter(pk=pk).first()
    if found is None:
        raise NotFound.because("office.not_found", what=str(PaperTemplate._meta.verbose_name))
    return found


def _adopted(request: Request, given: dict[str, Any]) -> PaperTemplate:
    brought: UploadedFile[Any] = given["file"]
    name = brought.name or ""
    if examined(brought) is not FileKind.DOCX:
        raise PaperRefused.because("papers.not_a_template", file=name)
    return actions.adopt_template(
        stored(brought), kind=given["kind"], file_name=name, actor=request.actor, now=timezone.now()
    )


def _names(words: dict[str, Any]) -> list[str]:
    """What a template of the kind may say: {{ title }}, and for lists each piece of a row."""
    said = [f"{{{{ {name} }}}}" for name in ("number", "issuer", "day")]
    for name, value in words.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            pieces = " ".join(f"{{{{ one.{piece} }}}}" for piece in value[0])
            said.append(f"{{%tr for one in {name} %}} {pieces} {{%tr endfor %}}")
        else:
            said.append(f"{{{{ {name} }}}}")
    return said
