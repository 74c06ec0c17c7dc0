"""At which pages do documents that hand down problems come in, and is every item of them answered (照单全收)?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions
from qingshan.office.cases import documents as found
from qingshan.office.cases.access import COVER_ITEM, DECIDE_ITEM, REGISTER, REOPEN_ITEM
from qingshan.office.cases.forms.documents import (
    BringDocumentForm,
    CoverForm,
    DocumentForm,
    FindForm,
    NoCaseForm,
    ReopenForm,
)
from qingshan.office.cases.forms.registering import CaseForm
from qingshan.office.cases.models import FindingsDocument, FindingsItem
from qingshan.office.cases.splitting import Brought, Cutting
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.errors import OfficeError
from qingshan.office.matters.ledgers import LONGEST_TEXT
from qingshan.office.mines import receiving
from qingshan.office.trail.acts import Act
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.errors import QingshanError, RuleError
from qingshan.rules.numbered import bare, split
from qingshan.rules.reasons import CHINESE
from qingshan.vault import Vault

LIST = "/findings/"
TITLE_CHARACTERS = 100


@open_to_signed_in
@require_GET
def documents(request: Request) -> HttpResponse:
    """问题来文, each with the items that wait for an answer."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    narrow = FindForm(initial={"q": request.GET.get("q", "").strip()[:LONGEST_TEXT]}, auto_id="narrow_%s")
    text = narrow.initial["q"]
    context = {
        "page": found.listed(request.actor, text=text, after=after, before=before),
        "narrow": narrow,
        "narrowed": bool(text),
        "waiting": found.how_many_unanswered(request.actor),
        "may_take_in": Duty.REGISTRY in request.actor.duties,
    }
    return render(request, "cases/documents.html", context)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_document(request: Request) -> HttpResponse:
    """Step one: what the document is, and its text."""
    on = shanghai_date(timezone.now())
    files = request.FILES if request.method == "POST" else None
    form = BringDocumentForm(sent(request), files, actor=request.actor, on=on)
    if form.is_valid():
        try:
            brought = _brought(form.cleaned_data)
        except QingshanError as refusal:
            form.add_error("file", refusal.say(get_language() or CHINESE))
        else:
            return _screen(request, form, brought, Cutting.first(brought.text))
    return render(request, "cases/new_document.html", _filled(form), status=422 if form.errors else 200)


def _brought(given: dict[str, Any]) -> Brought:
    """The text that was pasted goes before that of the file: a scan has none."""
    file, text = given["file"], given["text"].strip()
    if file and not text:
        text = receiving.wording_of(file)
    elif file:
        receiving.examined(file)
    return Brought.of(text, receiving.stored(file) if file else None, file.name if file else "")


@open_to(Duty.REGISTRY)
@require_POST
def split_document(request: Request) -> HttpResponse:
    """Step two: the items on one screen, until they are registered."""
    brought = Brought.unsigned(request.POST.get("brought", ""))
    if brought is None:
        messages.error(request, _("来文内容已过期，请重新上传。"))
        return HttpResponseRedirect("/findings/new/")
    now, do = timezone.now(), request.POST.get("do", "")
    form = DocumentForm(request.POST, actor=request.actor, on=shanghai_date(now))
    cutting = Cutting.sent(request.POST)
    if do != "register":
        return _screen(request, form, brought, cutting.after(do, brought.text))
    if form.is_valid():
        own = {name: value for name, value in brought.__dict__.items() if name != "text"}
        new = form.new_document(text=brought.text, **own)
        try:
            document = actions.take_in_document(new, cutting.written, actor=request.actor, now=now)
        except (OfficeError, RuleError) as refusal:
            form.add_error(None, refusal.say(get_language() or CHINESE))
        else:
            messages.success(request, _("来文已登记，请逐条落实。"))
            return HttpResponseRedirect(f"{LIST}{document.pk}/")
    return _screen(request, form, brought, cutting, status=422)


def _screen(
    request: Request, form: DocumentForm, brought: Brought, cutting: Cutting, *, status: int = 200
) -> HttpResponse:
    context = {
        "cutting": cutting,
        "brought": brought.signed(),
        "file_name": brought.file_name,
        "depths": split(brought.text).depths,
        "hidden": [name for name in form.fields if name in DocumentForm.base_fields],
    }
    return render(request, "cases/split_document.html", _filled(form) | context, status=status)


def _filled(form: DocumentForm) -> dict[str, Any]:
    region: Any = form.fields["region"]
    return {"form": form, "suggested": [(region.widget.attrs["list"], region.suggestions)]}


@open_to_signed_in
@require_GET
def document(request: Request, pk: int) -> HttpResponse:
    """One document: each item with its cases, its reason, or what can be done."""
    one = found.one_document(pk, actor=request.actor)
    items = found.answers(one, actor=request.actor)
    context = {
        "document": one,
        "items": items,
        "waiting": sum(each.waits for each in items),
        "strays": found.strays(one, actor=request.actor),
        "may_answer": Duty.REGISTRY in request.actor.duties,
        "crumbs": [(_("问题来文"), LIST)],
    }
    return render(request, "cases/document.html", context)


@open_to_signed_in
@require_GET
def document_file(request: Request, pk: int) -> FileResponse:
    """The file as it came in."""
    one = found.one_document(pk, actor=request.actor)
    if not one.file_digest:
        raise Http404
    stream = Vault(settings.VAULT_ROOT).open(one.file_digest)
    return FileResponse(stream, as_attachment=True, filename=one.file_name)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register_item(request: Request, pk: int, item: int) -> HttpResponse:
    """由条目登记问题, filled in from the item."""
    one, now = _item(request, pk, item), timezone.now()
    form = CaseForm(sent(request), actor=request.actor, on=shanghai_date(now), initial=_told(one))

    def do(_given: dict[str, Any]) -> object:
        new = replace(form.new_case(), item=one)
        return actions.register_case(new, actor=request.actor, now=now)

    return _answer(request, one, REGISTER, form, do)


def _told(item: FindingsItem) -> dict[str, Any]:
    words = " ".join(bare(item.text).split())
    document = item.document
    return {
        "title": words if len(words) <= TITLE_CHARACTERS else f"{words[:TITLE_CHARACTERS]}……",
        "description": item.text,
        "region": f"{document.region.name} · {document.region_id}",
        "source": document.source,
        "source_number": document.number,
        "found_on": document.issued_on,
    }


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def cover_item(request: Request, pk: int, item: int) -> HttpResponse:
    """A case that stands already answers the item too."""
    one = _item(request, pk, item)
    form = CoverForm(sent(request), item=one, actor=request.actor)

    def do(_given: dict[str, Any]) -> object:
        return actions.cover_item(one, form.chosen, actor=request.actor, now=timezone.now())

    return _answer(request, one, COVER_ITEM, form, do)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_item(request: Request, pk: int, item: int) -> HttpResponse:
    """The item needs no case, for a reason."""
    one = _item(request, pk, item)
    form = NoCaseForm(sent(request))

    def do(given: dict[str, Any]) -> object:
        return actions.decide_item(one, given["reason"], actor=request.actor, now=timezone.now())

    return _answer(request, one, DECIDE_ITEM, form, do)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_item(request: Request, pk: int, item: int) -> HttpResponse:
    """That the item needs no case is taken back, for a reason."""
    one = _item(request, pk, item)
    form = ReopenForm(sent(request))

    def do(given: dict[str, Any]) -> object:
        return actions.reopen_item(one, given["reason"], actor=request.actor, now=timezone.now())

    return _answer(request, one, REOPEN_ITEM, form, do)


def _item(request: Request, pk: int, item: int) -> FindingsItem:
    return found.one_item(found.one_document(pk, actor=request.actor), item, actor=request.actor)


def _answer(request: Request, item: FindingsItem, act: Act, form: Any, do: Any) -> HttpResponse:
    document: FindingsDocument = item.document
    back = f"{LIST}{document.pk}/"
    title = act.title.say({}, get_language() or CHINESE)
    page = ActPage(title=title, act=title, back=back, crumbs=((_("问题来文"), LIST), (document.title, back)))
    return act_page(request, page, form, do, template="cases/item.html", more={"item": item})


__all__ = [
    "cover_item",
    "decide_item",
    "document",
    "document_file",
    "documents",
    "new_document",
    "register_item",
    "reopen_item",
    "split_document",
]
