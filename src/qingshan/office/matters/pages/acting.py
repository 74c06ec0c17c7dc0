"""At which page is an act done on a matter? One for all kinds: the table of a kind (`matters.doing`) says how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

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


def act_on_matter(
    request: Request, matter: Matter, code: str, *, doings: Mapping[str, Doing], folder: type[Folder]
) -> HttpResponse:
    """The form of one act with what it means and what is missing; sent, the act itself. The actor decides, or records
    what another decided on paper (代录).
    """
    now, doing, flow = timezone.now(), doings.get(code), kind_named(matter.kind).flow
    if doing is None or code not in flow.acts:
        raise Http404
    line = flow.line(matter.state_name, code)
    about = _about(request, matter, line, now)
    form = doing.form(sent(request), request.FILES if request.method == "POST" else None, about=about)

    def do(_given: dict[str, Any]) -> object:
        return doing.do(as_read(matter, form.read_version()), form, form.actor(), now)

    shown = folder(matter, actor=request.actor, now=now)
    return act_page(
        request,
        _page(shown, line),
        form,
        do,
        template=doing.template or USUAL,
        more=_shown(shown, line, doing, form),
        elsewhere=(NotFound,),
    )


def _about(request: Request, matter: Matter, line: Transition, now: datetime) -> About:
    """Done by the actor, or recorded for whoever may do it; NotAllowed where neither is possible."""
    about = About(matter, line, request.actor, shanghai_date(now))
    try:
        require_step(request.actor, line, matter)
    except NotAllowed:
        if not may_record(request.actor, matter):
            raise
        return replace(about, deciders=deciders(matter, line))
    return about


def _page(folder: Folder, line: Transition) -> ActPage:
    matter, title = folder.matter, folder.title_of(line)
    return ActPage(
        title=title,
        act=title,
        back=folder.path,
        crumbs=(*folder.crumbs, (matter.title, folder.path)),
        sub=f"{matter.title}（{matter.number}）",
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
