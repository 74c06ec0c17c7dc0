"""A finding is answered in writing, the answer is decided about, and what a claim lacks is filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.downloads import filed
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.receiving import examined, stored
from qingshan.office.observations import actions, queries
from qingshan.office.observations.access import (
    ANSWERS,
    CLAIM_READERS,
    DECIDES,
    REGISTERS,
    may_answer,
)
from qingshan.office.observations.actions import Written
from qingshan.office.observations.forms import (
    AnswerForm,
    ClearForm,
    CompleteForm,
    DecideForm,
    Versioned,
)
from qingshan.office.observations.models import Claim
from qingshan.office.observations.pages.claims import LIST
from qingshan.rules.verification import AnswerState


@open_to(*ANSWERS)
def answer(request: Request, pk: int) -> HttpResponse:
    """书面回应核查结论."""
    claim = queries.one(pk, actor=request.actor)
    if not may_answer(claim, request.actor):
        raise NotAllowed.because("observations.not_yours_to_answer")
    form = AnswerForm(sent(request), request.FILES or None, initial={"version": claim.version})

    def do(given: dict[str, Any]) -> object:
        written = Written(given["text"], *(_kept(given["file"]) if given["file"] else ()))
        return actions.answer(
            claim, written, version=given["version"], actor=request.actor, now=timezone.now()
        )

    return _acted(request, claim, (_("书面回应核查结论"), _("书面回应核查结论")), form, do)


def _kept(brought: Any) -> tuple[str, str]:
    """Name and digest of a paper that was looked at first. Raises FileRefused or RuleBroken; then nothing is stored."""
    examined(brought)
    return brought.name or "", stored(brought).digest


@open_to(DECIDES)
def decide(request: Request, pk: int) -> HttpResponse:
    """核定书面回应."""
    claim = queries.one(pk, actor=request.actor)
    form = DecideForm(sent(request), initial={"version": claim.version})

    def do(given: dict[str, Any]) -> object:
        return actions.decide_answer(
            claim,
            outcome=AnswerState(given["outcome"]),
            opinion=given["opinion"],
            version=given["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return _acted(request, claim, (_("核定书面回应"), _("核定书面回应")), form, do)


@open_to(DECIDES)
def clear(request: Request, pk: int) -> HttpResponse:
    """回头看核实未反弹."""
    claim = queries.one(pk, actor=request.actor)
    trace_back = queries.open_trace_back(claim)
    form = ClearForm(sent(request), initial={"version": trace_back.version})

    def do(given: dict[str, Any]) -> object:
        return actions.clear_trace_back(
            trace_back,
            note=given["note"],
            version=given["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return _acted(request, claim, (_("回头看核实未反弹"), _("回头看核实未反弹")), form, do)


@open_to(REGISTERS)
def complete(request: Request, pk: int) -> HttpResponse:
    """补充申报要素."""
    claim = queries.one(pk, actor=request.actor)
    names = ("version", "target", "zone", "disturbed_since", "planted_on", "restored_since")
    form = CompleteForm(sent(request), initial={name: getattr(claim, name) for name in names})

    def do(given: dict[str, Any]) -> object:
        return actions.complete_claim(
            claim, form.elements(), version=given["version"], actor=request.actor, now=timezone.now()
        )

    return _acted(request, claim, (_("补充申报要素"), _("补充申报要素")), form, do, sub=_about(claim))


def _about(claim: Claim) -> str:
    """Which land, and where a shape can be had for it."""
    if not actions.lacks_shape_of_site(claim):
        return claim.about
    return format_html(
        '{} · <a href="{}shape/">{}</a>', claim.about, claim.get_absolute_url(), _("按点位范围补图形")
    )


@open_to(REGISTERS)
def shape(request: Request, pk: int) -> HttpResponse:
    """按点位范围补图形."""
    claim = queries.one(pk, actor=request.actor)
    form = Versioned(sent(request), initial={"version": claim.version})

    def do(given: dict[str, Any]) -> object:
        return actions.take_shape(claim, version=given["version"], actor=request.actor, now=timezone.now())

    return _acted(request, claim, (_("按点位范围补图形"), _("按点位范围补图形")), form, do)


def _acted(
    request: Request,
    claim: Claim,
    title_and_act: tuple[str, str],
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    sub: str = "",
) -> HttpResponse:
    back = claim.get_absolute_url()
    crumbs = [(_("影像核验"), LIST), (claim.number, back)]
    return act_page(request, ActPage(*title_and_act, back, crumbs, sub or claim.about), form, do)


@open_to(*CLAIM_READERS)
@require_GET
def file(request: Request, pk: int, answer_pk: int) -> FileResponse:
    """The paper of an answer; never shown inside a page."""
    found = queries.answer_of(queries.one(pk, actor=request.actor), answer_pk)
    return filed(found.file_digest, found.file_name)
