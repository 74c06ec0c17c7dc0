"""The experts of one matter or mine: drawn, assigned, asked. Cases lead here and need not know more of experts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingshan.office.accounts.actions import end_assignment as accounts_end_assignment
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to
from qingshan.office.experts import actions, queries
from qingshan.office.experts.about import About, about
from qingshan.office.experts.access import DRAWS, READERS, draws
from qingshan.office.experts.forms import AssignForm, ChooseForm, EndAssignmentForm, InviteForm
from qingshan.office.experts.pages.draws import LOOKS as DRAW_LOOKS
from qingshan.office.experts.pages.opinions import LOOKS as OPINION_LOOKS
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.identifiers import row_id


def path_of(wanted: About) -> str:
    """Where the experts of an object have their page."""
    return f"/experts/about/{wanted.kind}/{wanted.pk}/"


def _context(request: Request, kind: str, pk: int) -> dict[str, Any]:
    wanted = about(kind, pk, actor=request.actor)
    found = queries.of_object(wanted, actor=request.actor, on=shanghai_date(timezone.now()))
    return {
        "about": wanted,
        "path": path_of(wanted),
        "draws": [(each, DRAW_LOOKS[each.state_named]) for each in found.draws],
        "assigned": found.assigned,
        "opinions": [(each, OPINION_LOOKS[each.state_named]) for each in found.opinions],
        "may_act": draws(request.actor, wanted.region.pk),
        "crumbs": [(wanted.name, wanted.path)],
    }


@open_to(*READERS, Duty.EXPERT)
@require_GET
def of_object(request: Request, kind: str, pk: int) -> HttpResponse:
    """Who was drawn, who is assigned, what they say."""
    return render(request, "experts/of_object.html", _context(request, kind, pk))


@open_to(*READERS, Duty.EXPERT)
@require_GET
def card(request: Request, kind: str, pk: int) -> HttpResponse:
    """The same in short, for the side column of the object's own page."""
    return render(request, "experts/card.html", _context(request, kind, pk))


@open_to(DRAWS)
def assign(request: Request, kind: str, pk: int) -> HttpResponse:
    """指派专家: somebody who was drawn, or who was chosen; whoever must stay away is refused with the reason."""
    words = (_("指派专家"), _("指派这位专家"))
    return _chosen(request, about(kind, pk, actor=request.actor), words, AssignForm, actions.assign)


@open_to(DRAWS)
def invite(request: Request, kind: str, pk: int) -> HttpResponse:
    """邀请专家提出意见."""
    words = (_("邀请专家提出意见"), _("邀请这位专家"))
    return _chosen(request, about(kind, pk, actor=request.actor), words, InviteForm, actions.invite_opinion)


@open_to(DRAWS)
def end_assignment(request: Request, kind: str, pk: int, assignment: int) -> HttpResponse:
    """结束指派: after its last day the expert does not see the object any more."""
    wanted, now = about(kind, pk, actor=request.actor), timezone.now()
    today = shanghai_date(now)
    held = queries.one_assignment(wanted, assignment, on=today)
    form = EndAssignmentForm(sent(request), initial={"last_day": today})
    crumbs = [(wanted.name, wanted.path), (_("专家"), path_of(wanted))]
    page = ActPage(_("结束指派"), _("结束这次指派"), path_of(wanted), crumbs, held.person.full_name)

    def do(given: dict[str, Any]) -> object:
        return accounts_end_assignment(
            assignment=held, last_day=given["last_day"], actor=request.actor, now=now
        )

    return act_page(request, page, form, do)


def _chosen(
    request: Request,
    wanted: About,
    title_and_act: tuple[str, str],
    form_of: type[ChooseForm],
    act: Callable[..., object],
) -> HttpResponse:
    """One act on somebody who is chosen from the pool, and back to the experts of the object."""
    before, now = row_id(request.GET.get("expert", "")), timezone.now()
    choices = queries.choices_for(wanted, actor=request.actor, on=shanghai_date(now), wanted=before)
    form = form_of(sent(request), initial={"expert": str(before or "")}, choices=choices)
    crumbs = [(wanted.name, wanted.path), (_("专家"), path_of(wanted))]
    page = ActPage(*title_and_act, path_of(wanted), crumbs, wanted.name)

    def do(given: dict[str, Any]) -> object:
        return act(given.pop("expert"), wanted, **given, actor=request.actor, now=now)

    return act_page(request, page, form, do)
