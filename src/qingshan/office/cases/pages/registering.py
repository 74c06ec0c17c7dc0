"""At which pages do problems and petitions enter the ledger one by one?"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions
from qingshan.office.cases.access import REGISTER, REGISTER_FROM_CLUE, REGISTER_PETITION
from qingshan.office.cases.forms.registering import CaseForm, OpeningForm, PetitionForm
from qingshan.office.cases.ledgers import CASES, PETITIONS
from qingshan.office.cases.similar import ALL_KINDS, similar
from qingshan.office.doors import open_to
from qingshan.office.errors import NotFound
from qingshan.office.matters.ledgers import Ledger
from qingshan.office.mines import queries
from qingshan.office.mines.models import Mine
from qingshan.office.observations import clue_queries
from qingshan.office.trail.acts import Act
from qingshan.rules.dates import shanghai_date
from qingshan.rules.duties import Duty
from qingshan.rules.identifiers import row_id
from qingshan.rules.reasons import CHINESE


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register_case(request: Request) -> HttpResponse:
    """登记问题; open cases at the same mine are shown first."""
    now, mine = timezone.now(), mine_asked_for(request)
    on = shanghai_date(now)
    form = CaseForm(sent(request), actor=request.actor, on=on, mine=mine)

    def do(_given: dict[str, Any]) -> HttpResponse:
        matter = actions.register_case(form.new_case(), actor=request.actor, now=now)
        return HttpResponseRedirect(matter.get_absolute_url())

    means = _("登记后进入问题清单，下一步由登记岗位核实。不得先登记再补问题，也不得漏登。")
    return _entered(request, REGISTER, CASES, form, do, means=means, mine=mine)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register_from_clue(request: Request, pk: int) -> HttpResponse:
    """图斑登记为问题: what the clue says is filled in already."""
    now, clue = timezone.now(), clue_queries.one(pk, actor=request.actor)
    form = CaseForm(sent(request), actor=request.actor, on=shanghai_date(now), mine=clue.mine)
    form.tell_of(clue)

    def do(_given: dict[str, Any]) -> HttpResponse:
        matter = actions.register_from_clue(form.new_case(), clue, actor=request.actor, now=now)
        return HttpResponseRedirect(matter.get_absolute_url())

    means = _("登记后图斑状态为已立案，问题与图斑互相可查；一处图斑只能登记一次。")
    return _entered(request, REGISTER_FROM_CLUE, CASES, form, do, means=means, mine=clue.mine)


@open_to(Duty.REGISTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def register_petition(request: Request) -> HttpResponse:
    """登记转办件."""
    now, mine = timezone.now(), mine_asked_for(request)
    form = PetitionForm(sent(request), actor=request.actor, on=shanghai_date(now), mine=mine)

    def do(_given: dict[str, Any]) -> HttpResponse:
        matter = actions.register_petition(form.new_petition(), actor=request.actor, now=now)
        return HttpResponseRedirect(matter.get_absolute_url())

    means = _("登记后转办给有责任的单位，按天计算时限。信访人的姓名和联系方式单独保存。")
    return _entered(request, REGISTER_PETITION, PETITIONS, form, do, means=means, mine=mine)


def _entered(
    request: Request,
    act: Act,
    ledger: Ledger,
    form: OpeningForm,
    do: Any,
    *,
    means: str,
    mine: Mine | None,
) -> HttpResponse:
    title = act.title.say({}, get_language() or CHINESE)
    page = ActPage(title=title, act=title, back=ledger.path, crumbs=((str(ledger.title), ledger.path),))
    near = similar(actor=request.actor, mine=mine, kinds=ALL_KINDS) if mine else []
    return act_page(
        request,
        page,
        form,
        do,
        template="cases/register.html",
        more={"means": means, "near": near, "mine": mine},
        elsewhere=(NotFound,),
    )


def mine_asked_for(request: Request) -> Mine | None:
    """The mine from whose dossier the page was opened."""
    pk = row_id(request.GET.get("mine", ""))
    if pk is None:
        return None
    found: Mine = queries.one(Mine, pk, actor=request.actor)
    return found
