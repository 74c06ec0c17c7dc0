"""套合: which control lines does an object touch, and what does paper say about it?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.places import actions, queries
from qingshan.office.places.forms import NewOpinion
from qingshan.rules.duties import Duty
from qingshan.vault import Vault


@open_to_signed_in
@require_GET
def overlap_card(request: Request, kind: str, pk: int) -> HttpResponse:
    """The check of one object as a page of its own."""
    subject = queries.subject_for(kind, pk, actor=request.actor)
    return render(request, "places/overlap_page.html", {"subject": subject, "shape": subject.geom})


@open_to(Duty.REGISTRY)
def new_opinion(request: Request, kind: str, pk: int) -> HttpResponse:
    """登记套合核查意见: what the office that holds the control lines wrote, with the scan."""
    subject = queries.subject_for(kind, pk, actor=request.actor)
    back = f"/overlaps/{kind}/{pk}/"
    page = ActPage(_("登记套合核查意见"), _("登记这份意见"), back, [(str(subject), back)], str(subject))
    form = NewOpinion(sent(request), request.FILES or None)

    def do(_given: dict[str, Any]) -> HttpResponse:
        brought = form.cleaned_data["file"]
        digest = Vault(settings.VAULT_ROOT).put(brought.file).digest
        actions.record_overlap_opinion(
            form.facts(file_digest=digest, file_name=brought.name),
            subject_kind=kind,
            subject=subject,
            actor=request.actor,
            now=timezone.now(),
        )
        return redirect(back)

    return act_page(request, page, form, do, template="places/new_opinion.html")


@open_to_signed_in
@require_GET
def opinion_file(request: Request, pk: int) -> FileResponse:
    """The paper itself, to those who may see the object."""
    opinion = queries.one_opinion(pk, actor=request.actor)
    stream = Vault(settings.VAULT_ROOT).open(opinion.file_digest)
    return FileResponse(stream, as_attachment=True, filename=opinion.file_name)
