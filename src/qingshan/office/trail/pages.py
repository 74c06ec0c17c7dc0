"""Which pages has the trail? The list, one entry and its proof, checkpoints, erasures."""

from __future__ import annotations

import json
import tempfile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingshan.office.doors import open_to, open_to_signed_in
from qingshan.office.trail import prove, queries
from qingshan.office.trail.actions import confirm_erasure, propose_erasure, sign_checkpoint
from qingshan.office.trail.checkpoints import for_saving
from qingshan.office.trail.forms import ErasureForm, FiltersForm
from qingshan.office.trail.keys import known_keys
from qingshan.office.trail.models import Checkpoint
from qingshan.rules.duties import Duty

MOST_IN_MEMORY_BYTES = 5_000_000


@require_GET
@open_to_signed_in
def entries(request: HttpRequest) -> HttpResponse:
    form = FiltersForm(request.GET)
    marks = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    found = queries.listed(request.actor, filters=form.filters(), **marks)  # type: ignore[attr-defined]
    return render(request, "trail/entries.html", {"page": found, "form": form})


@require_GET
@open_to_signed_in
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.one(seq, actor=actor)
    context = {
        "entry": found,
        "subjects": queries.subjects_of(found, actor=actor),
        "personal": queries.personal_of(found, actor=actor),
        "checkpoint": Checkpoint.objects.filter(size__gte=seq).order_by("size").first(),
    }
    return render(request, "trail/entry.html", context)


@require_GET
@open_to_signed_in
def proof(request: HttpRequest, seq: int) -> FileResponse:
    found = queries.one(seq, actor=request.actor)  # type: ignore[attr-defined]
    stream = tempfile.SpooledTemporaryFile(max_size=MOST_IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    prove.write_bundle(found, stream, now=timezone.now())
    stream.seek(0)
    return FileResponse(
        stream,
        as_attachment=True,
        filename=_("留痕证明-%(seq)s.zip") % {"seq": seq},
        content_type="application/zip",
    )


@require_GET
@open_to_signed_in
def checkpoints(request: HttpRequest) -> HttpResponse:
    marks = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    context = {
        "page": queries.checkpoints(**marks),
        "keys": known_keys(),
        "may_sign": Duty.AUDIT in request.actor.duties,  # type: ignore[attr-defined]
    }
    return render(request, "trail/checkpoints.html", context)


@require_POST
@open_to(Duty.AUDIT)
def sign(request: HttpRequest) -> HttpResponse:
    checkpoint = sign_checkpoint(now=timezone.now(), actor=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("已签署检查点：前 %(size)s 条留痕。") % {"size": checkpoint.size})
    return redirect("trail:checkpoints")


@require_GET
@open_to_signed_in
def checkpoint_file(request: HttpRequest, size: int) -> HttpResponse:
    checkpoint = get_object_or_404(Checkpoint, size=size)
    key = next((key for key in known_keys() if key.fingerprint == checkpoint.key), None)
    if key is None:
        raise Http404
    text = json.dumps(for_saving(checkpoint, key), ensure_ascii=False, indent=1) + "\n"
    name = f'attachment; filename="qingshan-checkpoint-{size}.json"'
    return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": name})


@require_GET
@open_to(Duty.SECURITY_ADMIN, Duty.AUDIT)
def erasures(request: HttpRequest) -> HttpResponse:
    found = queries.erasures_for(request.actor)  # type: ignore[attr-defined]
    return render(request, "trail/erasures.html", {"erasures": found})


@require_http_methods(["GET", "POST"])
@open_to(Duty.SECURITY_ADMIN)
def new_erasure(request: HttpRequest, seq: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.erasable(seq, actor=actor)
    form = ErasureForm(request.POST or None, names=queries.standing_fields(found))
    if form.is_valid():
        chosen = {"fields": form.cleaned_data["fields_"], "reason": form.cleaned_data["reason"]}
        erasure = propose_erasure(found, **chosen, actor=actor, now=timezone.now())
        return redirect("trail:erasure", erasure.pk)
    return render(request, "trail/new_erasure.html", {"entry": found, "form": form})


@require_http_methods(["GET", "POST"])
@open_to(Duty.SECURITY_ADMIN, Duty.AUDIT)
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = queries.erasure(pk, actor=actor)
    if request.method == "POST":
        confirm_erasure(found, actor=actor, now=timezone.now())
        messages.success(request, _("已依规删除。留痕仍可核验。"))
        return redirect("trail:erasure", pk)
    may_confirm = Duty.AUDIT in actor.duties and found.proposed_by != actor.person_id
    done = queries.timeline("trail.erasure", pk)
    return render(
        request, "trail/erasure.html", {"erasure": found, "may_confirm": may_confirm, "entries": done}
    )
