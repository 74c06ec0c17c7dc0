"""专家意见: asked for, written, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.exchange.readers.documents import recognised_paper
from qingshan.exchange.readers.hygiene import Upload
from qingshan.exchange.scratch import scratch_folder
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.downloads import filed
from qingshan.office.errors import NotFound
from qingshan.office.experts import actions, queries
from qingshan.office.experts.about import page_of
from qingshan.office.experts.access import DRAWS, KEEPS, READERS, draws
from qingshan.office.experts.actions.opinions import Written, may_give
from qingshan.office.experts.forms import AnswerForm, GiveForm, WithdrawForm
from qingshan.office.experts.models import ExpertOpinion
from qingshan.office.experts.pages.states import views
from qingshan.office.trail.queries import timeline
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.experts import OpinionState
from qingshan.vault import Vault

LIST = "/experts/opinions/"
LOOKS = {
    OpinionState.INVITED: "note",
    OpinionState.GIVEN: "due",
    OpinionState.ADOPTED: "good",
    OpinionState.PARTLY: "good",
    OpinionState.DECLINED: "none",
    OpinionState.WITHDRAWN: "none",
}


@open_to(*READERS, Duty.EXPERT)
@require_GET
def listed(request: Request) -> HttpResponse:
    """Opinions, the newest first; an expert finds the own ones."""
    state = request.GET.get("state", "")
    state = state if state in OpinionState.values() else ""
    marks = {name: request.GET.get(name, "") for name in ("after", "before")}
    found = queries.listed_opinions(actor=request.actor, state=state, **marks)
    today = shanghai_date(timezone.now())
    context = {
        "page": found,
        "rows": [(each, _look(each, today)) for each in found.rows],
        "views": list(views(OpinionState, state)),
        "narrowed": bool(state),
    }
    return render(request, "experts/opinions.html", context)


def _look(opinion: ExpertOpinion, today: Any) -> str:
    return "late" if opinion.is_late(today) else LOOKS[opinion.state_named]


@open_to(*READERS, Duty.EXPERT)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One opinion: what was asked, what was written, what became of it."""
    found = queries.one_opinion(pk, actor=request.actor)
    context = {
        "opinion": found,
        "look": _look(found, shanghai_date(timezone.now())),
        "facts": _facts(found),
        "subject_path": page_of(found.subject_kind, found.subject_id, actor=request.actor),
        "may_give": found.state == OpinionState.INVITED and may_give(found, request.actor),
        "may_withdraw": found.state == OpinionState.INVITED and draws(request.actor, found.region_id),
        "may_answer": found.state == OpinionState.GIVEN and draws(request.actor, found.region_id),
        "entries": timeline("experts.opinion", found.pk),
        "crumbs": [(_("专家意见"), LIST)],
    }
    return render(request, "experts/opinion.html", context)


def _facts(found: ExpertOpinion) -> list[tuple[str, Any]]:
    return [
        (_("邀请日期"), found.invited_on.isoformat()),
        (_("提出期限"), found.due_on.isoformat() if found.due_on else None),
        (_("提出日期"), found.given_on.isoformat() if found.given_on else None),
        (_("答复日期"), found.answered_on.isoformat() if found.answered_on else None),
        (_("答复单位"), found.answered_by),
        (_("采纳情况说明"), found.answer),
        *(
            [(_("撤回邀请日期"), found.withdrawn_on.isoformat()), (_("撤回理由"), found.withdrawn_because)]
            if found.withdrawn_on
            else []
        ),
    ]


@open_to(Duty.EXPERT, KEEPS, DRAWS)
def give(request: Request, pk: int) -> HttpResponse:
    """提出专家意见: by the expert, or from the paper that came."""
    found = queries.one_opinion(pk, actor=request.actor)
    form = GiveForm(sent(request), request.FILES or None, initial={"version": found.version})

    def do(given: dict[str, Any]) -> object:
        brought = given["file"]
        written = Written(given["text"], *(_stored(brought) if brought else ()))
        return actions.give_opinion(
            found,
            written,
            given_on=given["given_on"],
            version=given["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return _acted(request, found, (_("提出专家意见"), _("提出意见")), form, do)


def _stored(brought: UploadedFile[Any]) -> tuple[str, str]:
    """Name and digest of a paper that was looked at first. Raises FileRefused or RuleBroken; then nothing is stored."""
    name = brought.name or ""
    with scratch_folder("opinion") as folder:
        place = folder / "paper"
        with place.open("wb") as out:
            for piece in brought.chunks():
                out.write(piece)
        recognised_paper(Upload(place, name))
    brought.seek(0)
    return name, Vault(settings.VAULT_ROOT).put(iter(brought.chunks())).digest


@open_to(DRAWS)
def answer(request: Request, pk: int) -> HttpResponse:
    """答复专家意见: adopted, partly adopted, declined."""
    found = queries.one_opinion(pk, actor=request.actor)
    form = AnswerForm(sent(request), initial={"version": found.version})

    def do(given: dict[str, Any]) -> object:
        return actions.answer_opinion(
            found,
            outcome=OpinionState(given["outcome"]),
            answer=given["answer"],
            version=given["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return _acted(request, found, (_("答复专家意见"), _("答复这份意见")), form, do)


@open_to(DRAWS)
def withdraw(request: Request, pk: int) -> HttpResponse:
    """撤回邀请 while no opinion was given."""
    found = queries.one_opinion(pk, actor=request.actor)
    form = WithdrawForm(sent(request), initial={"version": found.version})

    def do(given: dict[str, Any]) -> object:
        return actions.withdraw_invitation(found, **given, actor=request.actor, now=timezone.now())

    return _acted(request, found, (_("撤回邀请"), _("撤回这次邀请")), form, do)


def _acted(
    request: Request,
    found: ExpertOpinion,
    title_and_act: tuple[str, str],
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    back = found.get_absolute_url()
    crumbs = [(_("专家意见"), LIST), (found.subject_name, back)]
    page = ActPage(*title_and_act, back, crumbs, found.question)

    return act_page(request, page, form, do)


@open_to(*READERS, Duty.EXPERT)
@require_GET
def file(request: Request, pk: int) -> FileResponse:
    """The paper of an opinion; never shown inside a page."""
    found = queries.one_opinion(pk, actor=request.actor)
    if not found.file_digest:
        raise NotFound.because("office.not_found", what=str(found))
    return filed(found.file_digest, found.file_name)
