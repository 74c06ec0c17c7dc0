"""At which page is an act done on a matter? One for all kinds: the table of a kind (`matters.doing`) says how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.errors import NotAllowed, NotFound
from qingshan.office.matters.access import require_step
from qingshan.office.matters.deciders import deciders, may_record
from qingshan.office.matters.doing import Doing, as_read
from qingshan.office.matters.folder import Folder
from qingshan.office.matters.forms.acting import About, ActForm
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flow import Transition

USUAL = "matters/act.html"
NOTHING: Mapping[str, Any] = MappingProxyType({})


def act_on_matter(
    request: Request,
    matter: Matter,
    code: str,
    *,
    doings: Mapping[str, Doing],
    folder: type[Folder],
    about: Callable[[Matter, Transition, Actor, date], About] = About,
    row: str = "",
    more: Mapping[str, Any] = NOTHING,
) -> HttpResponse:
    """The form of one act with what it means and what is missing; sent, the act itself. The actor decides, or records
    what another decided on paper (代录).

    `about` and `row`: what an act is about that is done on one row of the matter, and what that row is called; `more`:
    what the template of an act needs beside what all need.
    """
    now, doing, flow = timezone.now(), doings.get(code), kind_named(matter.kind).flow
    if doing is None or code not in flow.acts:
        raise Http404
    line = flow.line(matter.state_name, code)
    told = _done_by(about(matter, line, request.actor, shanghai_date(now)))
    form = doing.form(sent(request), request.FILES if request.method == "POST" else None, about=told)

    def do(_given: dict[str, Any]) -> object:
        return doing.do(as_read(matter, form.read_version()), form, form.actor(), now)

    shown = folder(matter, actor=request.actor, now=now)
    return act_page(
        request,
        _page(shown, line, row),
        form,
        do,
        template=doing.template or USUAL,
        more={**_shown(shown, line, doing, form), **more},
        elsewhere=(NotFound,),
        words=shown.words_of,
    )


def _done_by(about: About) -> About:
    """Done by the actor, or recorded for whoever may do it; NotAllowed where neither is possible."""
    try:
        require_step(about.actor, about.line, about.matter)
    except NotAllowed:
        if not may_record(about.actor, about.matter):
            raise
        return replace(about, deciders=deciders(about.matter, about.line))
    return about


def _page(folder: Folder, line: Transition, row: str) -> ActPage:
    matter, title = folder.matter, folder.title_of(line)
    return ActPage(
        title=title,
        act=title,
        back=folder.path,
        crumbs=(*folder.crumbs, (matter.title, folder.path)),
        sub=f"{matter.title}（{matter.number}）" + (f" · {row}" if row else ""),
        done=_("已办理，写入全过程记录：%(act)s。") % {"act": title},
    )


def _shown(folder: Folder, line: Transition, doing: Doing, form: ActForm) -> dict[str, Any]:
    return {
        "matter": folder.matter,
        "folder": folder,
        "means": doing.means,
        "against": folder.against(line),
        "for_others": form.about.deciders is not None,
        "whose": folder.asked_of(line),
        "papers": folder.papers_for(line),
    }
