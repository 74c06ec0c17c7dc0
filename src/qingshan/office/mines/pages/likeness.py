"""疑似同一矿山: the pairs that wait, and one pair side by side with what may be decided about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.mines import actions, comparing
from qingshan.office.mines.forms.merging import MergeForm, ReasonForm
from qingshan.office.mines.jobs import look_in_background
from qingshan.office.mines.models import Likeness
from qingshan.office.mines.outlines import overlay_of
from qingshan.office.trail.queries import timeline
from qingshan.rules.duties import Duty
from qingshan.rules.likeness import LikenessVerdict
from qingshan.rules.register import LikenessState

READERS = (Duty.REGISTRY, Duty.DISPATCH, Duty.REVIEW, Duty.LEAD)


@open_to(*READERS)
@require_GET
def pairs(request: Request) -> HttpResponse:
    """What waits in the actor's area."""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = comparing.listed(request.actor, **marks)
    rows = [(pair, LikenessVerdict(pair.verdict), comparing.reasons_of(pair)[:2]) for pair in found.rows]
    context = {
        "page": found,
        "rows": rows,
        "waiting": comparing.how_many_wait(request.actor),
        "counted_to": comparing.COUNTED_TO,
        "may_decide": Duty.REGISTRY in request.actor.duties,
    }
    return render(request, "mines/pairs.html", context)


@open_to(Duty.REGISTRY)
@require_POST
def find(request: Request) -> HttpResponse:
    """Look through everything that is registered in the actor's area, in the background."""
    job = look_in_background(actor=request.actor, now=timezone.now())
    return redirect("desk:job", pk=job.pk)


@open_to(*READERS)
@require_GET
def pair(request: Request, pk: int) -> HttpResponse:
    """Both entries, what differs, what hangs on each, why they are thought to be one."""
    return _shown(request, comparing.one_pair(pk, actor=request.actor))


def _shown(request: Request, pair: Likeness, form: ReasonForm | None = None) -> HttpResponse:
    state, facts = LikenessState(pair.state), comparing.compared(pair)
    is_open = state is LikenessState.OPEN and not (pair.first.merged_into_id or pair.second.merged_into_id)
    may_decide = Duty.REGISTRY in request.actor.duties
    context = {
        "pair": pair,
        "state": state,
        "verdict": LikenessVerdict(pair.verdict),
        "facts": facts,
        "reasons": comparing.reasons_of(pair),
        "hanging": comparing.hanging_on(pair),
        "overlay": overlay_of(pair.first.geom, pair.second.geom),
        "entries": timeline("mines.likeness", pair.pk),
        "form": _form(pair, facts, form, deciding=is_open),
        "decides": is_open and may_decide,
        "undoes": state is LikenessState.MERGED and may_decide,
    }
    return render(request, "mines/pair.html", context, status=422 if form is not None else 200)


def _form(pair: Likeness, facts: Any, sent: ReasonForm | None, *, deciding: bool) -> ReasonForm:
    if sent is not None:
        return sent
    if deciding:
        return MergeForm(pair, facts)
    return ReasonForm(initial={"version": pair.version}, auto_id="undo_%s")


@open_to(Duty.REGISTRY)
@require_POST
def merge(request: Request, pk: int) -> HttpResponse:
    """The two become one."""
    pair = comparing.one_pair(pk, actor=request.actor)
    form = MergeForm(pair, comparing.compared(pair), request.POST)
    if not form.is_valid():
        return _shown(request, pair, form)
    kept = actions.merge_mines(pair, form.merger(), actor=request.actor, now=timezone.now())
    messages.success(request, _("已合并，保留“%(name)s”。") % {"name": kept})
    return redirect("mines:pair", pk=pk)


@open_to(Duty.REGISTRY)
@require_POST
def apart(request: Request, pk: int) -> HttpResponse:
    """The two are two."""
    pair = comparing.one_pair(pk, actor=request.actor)
    form = ReasonForm(request.POST, auto_id="merge_%s")
    if not form.is_valid():
        merging = MergeForm(pair, comparing.compared(pair), request.POST)
        merging.is_valid()
        return _shown(request, pair, merging)
    actions.tell_apart(pair, **form.cleaned_data, actor=request.actor, now=timezone.now())
    messages.success(request, _("已认定不是同一矿山；内容变化以前不再提示。"))
    return redirect("mines:pairs")


@open_to(Duty.REGISTRY)
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """The merger is taken back."""
    pair = comparing.one_pair(pk, actor=request.actor)
    form = ReasonForm(request.POST, auto_id="undo_%s")
    if not form.is_valid():
        return _shown(request, pair, form)
    actions.undo_merge(pair, **form.cleaned_data, actor=request.actor, now=timezone.now())
    messages.success(request, _("已撤销合并，两座矿山恢复原状。"))
    return redirect("mines:pair", pk=pk)
