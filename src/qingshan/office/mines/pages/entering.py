"""登记与更正: one object typed by hand, judged like a row of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingshan.exchange.kinds import Kind
from qingshan.exchange.readers import Question
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.errors import NotFound
from qingshan.office.mines import actions, listing, queries
from qingshan.office.mines.columns import KIND_OF
from qingshan.office.mines.forms.entering import EnterForm
from qingshan.office.mines.sentences import RegisterRefused
from qingshan.office.mines.showing import address_of
from qingshan.rules.duties import Duty

MODELS: dict[str, type[Model]] = {kind.code: model for model, kind in KIND_OF.items()}


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register_one(request: Request, kind: str) -> HttpResponse:
    """登记: one new object."""
    model = _model(kind)
    form = EnterForm(KIND_OF[model], queries.regions_below(request.actor), _sent(request))

    def do(form: EnterForm, **given: Any) -> Any:
        return actions.register_one(model, KIND_OF[model], form.written, options=form.options, **given)

    return _entered(request, KIND_OF[model], form, do, title=_("登记%(what)s"), done=_("已登记"))


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_one(request: Request, kind: str, pk: int) -> HttpResponse:
    """更正: one object that is registered; the version that was read goes along."""
    model = _model(kind)
    held = queries.one(model, pk, actor=request.actor)
    if getattr(held, "merged_into_id", None):
        raise NotFound.because("office.not_found", what=str(held))
    form = EnterForm(KIND_OF[model], queries.regions_below(request.actor), _sent(request), held=held)
    version = request.POST.get("version", str(held.version))

    def do(form: EnterForm, **given: Any) -> Any:
        read = int(version) if version.isdecimal() else 0
        return actions.correct_one(
            held, KIND_OF[model], form.written, version=read, options=form.options, **given
        )

    more = {"held": held, "version": version}
    return _entered(request, KIND_OF[model], form, do, title=_("更正%(what)s"), done=_("已更正"), more=more)


def _entered(
    request: Request,
    kind: Kind,
    form: EnterForm,
    do: Callable[..., Any],
    *,
    title: str,
    done: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    if form.is_bound:
        try:
            entered = do(form, actor=request.actor, now=timezone.now())
        except Question as question:
            form.ask(question)
        except RegisterRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{done}：{entered}")
            return redirect(address_of(entered))
    context = {"form": form, "kind": kind, "title": title % {"what": _title(kind)}, "back": f"/{kind.code}/"}
    status = 422 if form.is_bound else 200
    return render(request, "mines/enter.html", {**context, **(more or {})}, status=status)


def _title(kind: Kind) -> str:
    return str(listing.WORDING[MODELS[kind.code]].title)


def _model(kind: str) -> type[Model]:
    if kind not in MODELS:
        raise Http404
    return MODELS[kind]


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
