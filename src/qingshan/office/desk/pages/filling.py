"""Filling in a superior's table: bring it, check what its headers mean and choose what goes in, take it away."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingshan.exchange.errors import FileRefused
from qingshan.exchange.filling.kinds import all_fill_kinds
from qingshan.exchange.models import Filling
from qingshan.office.accounts.requests import Request
from qingshan.office.desk import actions, filling
from qingshan.office.desk.table_forms import FillForm, TableForm
from qingshan.office.desk.work import shown
from qingshan.office.doors import open_to_signed_in
from qingshan.office.mines.queries import regions_below
from qingshan.rules.reasons import CHINESE, say_all
from qingshan.vault import Vault


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: Request) -> HttpResponse:
    """Step one: the empty table; and those brought today."""
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_valid():
        try:
            return _received(request, form)
        except FileRefused as refused:
            form.add_error("file", say_all(refused.reasons, get_language() or CHINESE))
    recent = filling.own(request.actor).order_by("-id")[:20]
    context = {"form": form, "recent": [(each, filling.STATES[each.state_named]) for each in recent]}
    return render(request, "desk/fillings.html", context, status=422 if form.errors else 200)


def _received(request: Request, form: TableForm) -> HttpResponse:
    brought = form.cleaned_data["file"]
    found = actions.receive_table(
        file_name=brought.name, stream=brought.file, actor=request.actor, now=timezone.now()
    )
    return redirect("desk:filling", pk=found.pk)


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: Request, pk: int) -> HttpResponse:
    """Step two: headers and choice, one page. Step three: what became of it."""
    found = filling.filling_for(request.actor, pk)
    form = _form(request, found)
    if form.is_bound and form.is_valid():
        _start(request, found, form)
        return redirect("desk:filling", pk=pk)
    context = {
        "filling": found,
        "form": form,
        "reading": form.reading,
        "kinds": all_fill_kinds(),
        "sheets": [each["sheet"] for each in found.layouts],
        "steps": filling.steps(found),
        "job": filling.job_of(found),
        "outcome": filling.outcome(found.summary),
        "faults": filling.faults_of(found),
    }
    return render(request, "desk/filling.html", context, status=422 if form.errors else 200)


def _form(request: Request, found: Filling) -> FillForm:
    asked = request.POST if request.method == "POST" else request.GET
    kind = filling.kind_wanted(found, asked.get("kind", ""))
    reading = filling.read(
        found, kind, filling.sheet_wanted(found, asked.get("sheet", "")), actor=request.actor
    )
    regions = regions_below(request.actor)
    data = request.POST if request.method == "POST" else None
    return FillForm(
        reading, regions, get_language() or CHINESE, data, **filling.chosen_before(found, reading)
    )


def _start(request: Request, found: Filling, form: FillForm) -> None:
    actions.fill_in_background(
        found,
        form.reading.sheet,
        kind=form.reading.kind.code,
        matches=form.matches,
        choice=form.choice,
        by_key=form.key_place,
        actor=request.actor,
        now=timezone.now(),
    )


@open_to_signed_in
@require_GET
def table_progress(request: Request, pk: int) -> HttpResponse:
    """How far the filling is; once it is over, the page is shown anew."""
    job = filling.job_of(filling.filling_for(request.actor, pk))
    if job is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(
        request, "desk/job_progress.html", {"work": shown(job, now=timezone.now()), "embedded": True}
    )


@open_to_signed_in
@require_GET
def filled_table(request: Request, pk: int) -> FileResponse:
    """The filled table, to whoever brought the empty one."""
    found = filling.filling_for(request.actor, pk)
    if not found.filled_digest:
        raise Http404
    stream = Vault(settings.VAULT_ROOT).open(found.filled_digest)
    return FileResponse(stream, as_attachment=True, filename=found.file_name)


@open_to_signed_in
@require_POST
def forget_table(request: Request, pk: int) -> HttpResponse:
    """Leave nothing of it behind."""
    actions.forget_table(filling.filling_for(request.actor, pk))
    messages.info(request, _("已删除来表和填好的表。"))
    return redirect("desk:fillings")
