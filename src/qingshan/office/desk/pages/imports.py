"""The import wizard: bring a file, look at what it would do, let it in. Three steps, the preview is the heart."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingshan.exchange.kinds import Kind, all_kinds
from qingshan.exchange.kinds import kind as import_kind
from qingshan.exchange.writers import documentation, refused_workbook, template
from qingshan.office.accounts.requests import Request
from qingshan.office.desk import actions, importing
from qingshan.office.desk.forms import AnswerForm, BringForm
from qingshan.office.desk.layouts import layout_of
from qingshan.office.desk.samples import samples_here
from qingshan.office.desk.work import shown
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import CHINESE
from qingshan.vault import Vault

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to(Duty.REGISTRY)
@require_GET
def imports(request: Request) -> HttpResponse:
    """What can be imported, and the files brought lately."""
    recent = importing.visible_to(request.actor).order_by("-id")[:50]
    samples = list(enumerate(samples_here(), start=1))
    return render(request, "desk/imports.html", {"kinds": all_kinds(), "recent": recent, "samples": samples})


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: Request, kind: str) -> HttpResponse:
    """Step one: the file."""
    wanted = _kind(kind)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringForm(*sent, kind=wanted)
    if form.is_valid():
        return _received(request, wanted, form)
    language = get_language() or CHINESE
    context = {"kind": wanted, "form": form, "columns": documentation(wanted, language)}
    return render(request, "desk/new_import.html", context, status=422 if form.errors else 200)


def _received(request: Request, wanted: Kind, form: BringForm) -> HttpResponse:
    brought, now = form.cleaned_data["file"], timezone.now()
    options: dict[str, Any] = {"allow_abroad": form.cleaned_data["allow_abroad"]}
    if form.said:
        options["said"] = form.said
    import_ = actions.receive(
        wanted.code,
        file_name=brought.name,
        stream=brought.file,
        options=options,
        actor=request.actor,
        now=now,
    )
    actions.read_in_background(import_, options={}, actor=request.actor, now=now)
    return redirect("desk:import", pk=import_.pk)


@open_to_signed_in
@require_GET
def one_import(request: Request, pk: int) -> HttpResponse:
    """Step two: how each row was judged. Step three: done."""
    import_ = importing.import_for(request.actor, pk)
    outcome, language = request.GET.get("outcome", ""), get_language() or CHINESE
    marks = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    context: dict[str, Any] = {
        "import": import_,
        "kind": import_kind(import_.kind),
        "steps": importing.steps(import_),
        "reading": importing.reading_of(import_),
        "answer": AnswerForm.about(import_, language),
        "chips": importing.chips(import_, outcome=outcome, language=language),
        "page": importing.rows_of(import_, outcome=outcome, language=language, **marks),
        "can": importing.what_can_be_done(import_),
        "layouts": [
            layout for table in import_.layout.get("tables", ()) if (layout := layout_of(table)).anything
        ],
        "faults": importing.reasons_of(import_.faults),
        "good_sentence": importing.good_rows_sentence(import_),
        "good_fields": [("good_rows_only", "1")],
    }
    context["has_states"] = context["kind"].becomes is not None
    context["doubles"] = any(row.double for row in context["page"].rows)
    return render(request, "desk/import.html", context)


@open_to_signed_in
@require_GET
def import_reading(request: Request, pk: int) -> HttpResponse:
    """How far the reading is, for the page of the import; once it is over, that page is shown anew."""
    job = importing.reading_of(importing.import_for(request.actor, pk))
    if job is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"work": shown(job, now=timezone.now()), "embedded": True}
    return render(request, "desk/job_progress.html", context)


@open_to(Duty.REGISTRY)
@require_POST
def answer_import(request: Request, pk: int) -> HttpResponse:
    """The person has answered what the file left open; it is read again."""
    import_ = importing.import_for(request.actor, pk)
    form = AnswerForm.about(import_, get_language() or CHINESE, request.POST)
    if form is not None and form.is_valid():
        actions.read_in_background(import_, options=form.options, actor=request.actor, now=timezone.now())
    return redirect("desk:import", pk=pk)


@open_to(Duty.REGISTRY)
@require_POST
def answer_doubles(request: Request, pk: int) -> HttpResponse:
    """The person has said of rows whether they are what is registered already; the file is read again."""
    import_ = importing.import_for(request.actor, pk)
    options = importing.answers_about_doubles(import_, request.POST)
    if importing.what_can_be_done(import_).cancel and importing.reading_of(import_) is None:
        actions.read_in_background(import_, options=options, actor=request.actor, now=timezone.now())
    return redirect("desk:import", pk=pk)


@open_to(Duty.REGISTRY)
@require_POST
def apply_import(request: Request, pk: int) -> HttpResponse:
    """Let the rows in, by the one act."""
    import_ = importing.import_for(request.actor, pk)
    good_rows_only = request.POST.get("good_rows_only") == "1"
    actions.apply(import_, good_rows_only=good_rows_only, actor=request.actor, now=timezone.now())
    messages.success(request, _("导入完成，已写入全过程记录。"))
    return redirect("desk:import", pk=pk)


@open_to(Duty.REGISTRY)
@require_POST
def cancel_import(request: Request, pk: int) -> HttpResponse:
    """Leave the file out."""
    actions.cancel(importing.import_for(request.actor, pk))
    messages.info(request, _("已取消导入，没有写入任何内容。"))
    return redirect("desk:import", pk=pk)


@open_to_signed_in
@require_GET
def refused_rows(request: Request, pk: int) -> HttpResponse:
    """The refused rows as a workbook with the reasons beside them."""
    import_ = importing.import_for(request.actor, pk)
    return download(refused_workbook(import_), name=_("退回行_%(pk)s.xlsx") % {"pk": pk})


@open_to_signed_in
@require_GET
def empty_template(request: Request, kind: str) -> HttpResponse:
    """The workbook to fill in."""
    wanted = _kind(kind)
    return download(template(wanted), name=_("%(kind)s模板.xlsx") % {"kind": wanted.title.zh})


@open_to(Duty.REGISTRY)
@require_GET
def sample(request: Request, number: int) -> FileResponse:
    """A file to try with, by its place in the list: no name of a file is ever taken from an address."""
    found = dict(enumerate(samples_here(), start=1)).get(number)
    if found is None:
        raise Http404
    return FileResponse(found.open("rb"), as_attachment=True, filename=found.name)


@open_to_signed_in
@require_GET
def file(request: Request, digest: str) -> FileResponse:
    """A file that somebody brought, to those who may see the import; 404 for everybody else."""
    import_ = importing.visible_to(request.actor).filter(file_digest=digest).order_by("id").first()
    if import_ is None:
        raise Http404
    stream = Vault(settings.VAULT_ROOT).open(digest)
    return FileResponse(stream, as_attachment=True, filename=import_.file_name)


def _kind(code: str) -> Kind:
    if code not in {each.code for each in all_kinds()}:
        raise Http404
    return import_kind(code)


def download(content: bytes, *, name: str) -> HttpResponse:
    """A workbook to keep."""
    response = HttpResponse(content, content_type=XLSX)
    told = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = told or "attachment"
    return response
