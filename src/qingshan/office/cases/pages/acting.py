"""At which page is an act done on a matter? One for all: the table in `forms.table` says how."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.actors import RECORDS_FOR_OTHERS
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import choices
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.forms.acting import About, ActForm
from qingshan.office.cases.forms.table import DOINGS
from qingshan.office.cases.queries import one_case
from qingshan.office.doors import open_to_signed_in
from qingshan.office.errors import NotAllowed, NotFound
from qingshan.office.matters.access import require_step
from qingshan.office.matters.doing import Doing, as_read
from qingshan.office.matters.kinds import kind_named
from qingshan.office.matters.models import Matter
from qingshan.office.regions.ranges import inside
from qingshan.rules.dates import shanghai_date
from qingshan.rules.flow import Transition
from qingshan.rules.reasons import CHINESE

OF_CASES, USUAL = "cases.", "cases/act.html"


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """The form of one act with what it means and what is missing; sent, the act itself."""
    now = timezone.now()
    matter, doing = one_case(pk, actor=request.actor), DOINGS.get(f"{OF_CASES}{act}")
    flow = kind_named(matter.kind).flow
    if doing is None or f"{OF_CASES}{act}" not in flow.acts:
        raise Http404
    line = flow.line(matter.state_name, f"{OF_CASES}{act}")
    about = _about(request, matter, line, now)
    form = doing.form(sent(request), request.FILES if request.method == "POST" else None, about=about)

    def do(_given: dict[str, Any]) -> object:
        return doing.do(as_read(matter, form.read_version()), form, form.actor(), now)

    return act_page(
        request,
        _page(matter, line),
        form,
        do,
        template=doing.template or USUAL,
        more=_shown(request, matter, line, doing, form, now),
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
        return replace(about, deciders=choices.deciders(matter, line))
    return about


def may_record(actor: Any, matter: Matter) -> bool:
    """Whether the actor may record what others decided on paper about it (代录)."""
    return bool(actor.duties & RECORDS_FOR_OTHERS) and inside(matter.region_id, actor.region_ranges)


def _page(matter: Matter, line: Transition) -> ActPage:
    name = kind_named(matter.kind).flow.act_names[line.act].say({}, get_language() or CHINESE)
    title, back = name[:1].upper() + name[1:], matter.get_absolute_url()
    return ActPage(
        title=title,
        act=title,
        back=back,
        crumbs=(*Folder.crumbs_of(matter), (matter.title, back)),
        sub=f"{matter.title}（{matter.number}）",
        done=_("已办理，写入全过程记录：%(act)s。") % {"act": title},
    )


def _shown(
    request: Request, matter: Matter, line: Transition, doing: Doing, form: ActForm, now: datetime
) -> dict[str, Any]:
    folder = Folder(matter, actor=request.actor, now=now)
    return {
        "matter": matter,
        "folder": folder,
        "means": doing.means,
        "against": folder.against(line),
        "for_others": form.about.deciders is not None,
        "whose": folder.asked_of(line),
        "papers": folder.papers_for(line),
    }
