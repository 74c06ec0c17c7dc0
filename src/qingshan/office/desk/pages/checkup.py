"""表格体检: what is wrong in this table? Anybody who is signed in may ask; nothing of the file is kept.

The marked workbook is made from the file sent once more: to offer it for later would be to store it.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingshan.exchange.checkup import CheckUp, check_up
from qingshan.exchange.readers import Question
from qingshan.exchange.scratch import scratch_folder
from qingshan.exchange.writers.marked import marked_workbook
from qingshan.office.accounts.requests import Request
from qingshan.office.desk import checking
from qingshan.office.desk.forms import CheckForm
from qingshan.office.desk.pages.imports import download
from qingshan.office.doors import open_to_signed_in
from qingshan.rules.errors import QingshanError
from qingshan.rules.reasons import CHINESE


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_up_table(request: Request) -> HttpResponse:
    """Drop a table in and see what is wrong in it."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= {"answered": form.options, "about": form.cleaned_data["file"].name}
        context |= _outcome(request, form)
    status = 422 if form.errors or context.get("refused") else 200
    embedded = request.headers.get("HX-Request") == "true"
    template = "desk/checkup_result.html" if embedded and not form.errors else "desk/checkup.html"
    return render(request, template, context, status=200 if embedded and not form.errors else status)


@open_to_signed_in
@require_POST
def marked_table(request: Request) -> HttpResponse:
    """The same table with its faults marked, as a workbook."""
    form = CheckForm(request.POST, request.FILES)
    outcome = _outcome(request, form) if form.is_valid() else {}
    if "result" not in outcome:
        return render(request, "desk/checkup.html", {"form": form, **outcome}, status=422)
    result: CheckUp = outcome["result"]
    name = result.file_name.rpartition(".")[0] or result.file_name
    return download(marked_workbook(result), name=_("%(name)s_体检.xlsx") % {"name": name})


def _outcome(request: Request, form: CheckForm) -> dict[str, Any]:
    """What came of it for the page: a result with its summary, a question, or why the file cannot be looked at."""
    language = get_language() or CHINESE
    try:
        result = _checked(request, form)
    except Question as question:
        return {"question": checking.asked(question, language)}
    except QingshanError as error:
        return {"refused": error.reasons}
    return {"result": result, "summary": checking.summary_of(result)}


def _checked(request: Request, form: CheckForm) -> CheckUp:
    brought = form.cleaned_data["file"]
    with scratch_folder("checking") as folder:
        place = folder / "table"
        with place.open("wb") as target:
            for piece in brought.chunks():
                target.write(piece)
        return check_up(place, brought.name, kind=form.wanted, actor=request.actor, options=form.options)
