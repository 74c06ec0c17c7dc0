"""At which page is a paper drafted about one matter, filled in with what is known of it?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import printing
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.queries import one_case
from qingshan.office.doors import open_to
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import steps_of
from qingshan.office.papers import actions
from qingshan.office.papers.access import DRAFT, OFFICE, require_one_of
from qingshan.office.papers.forms import FORMS
from qingshan.office.papers.kinds import paper_kind
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE


@open_to(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, pk: int, kind: str) -> HttpResponse:
    """拟制文书 about this matter, bound to the act for which it is usual."""
    matter, offer = _offered(request, pk, kind)
    now, issuer = timezone.now(), actions.issuer_of(request.actor)
    on = shanghai_date(now)
    form = FORMS[kind](
        sent(request),
        initial=printing.filled(kind, matter, issuer=issuer, actor=request.actor, on=on),
    )

    def do(given: dict[str, Any]) -> HttpResponse:
        drafted = actions.draft(
            form.data_of(),
            kind=kind,
            title=given["title"],
            about=matter,
            region_id=matter.region_id,
            enterprise_id=matter.enterprise_id,
            for_act=offer.act,
            actor=request.actor,
            now=now,
        )
        return HttpResponseRedirect(drafted.get_absolute_url())

    return act_page(request, _page(matter, offer), form, do, template="papers/act.html")


def _offered(request: Request, pk: int, kind: str) -> tuple[Matter, printing.Offer]:
    """The matter and the act; NotAllowed without a duty of the kind, 404 where no act asks for such a paper."""
    matter = one_case(pk, actor=request.actor)
    if kind not in FORMS:
        raise Http404
    require_one_of(request.actor, DRAFT, paper_kind(kind).duties, region_id=matter.region_id)
    offer = printing.offer_of(kind, matter, actor=request.actor, steps=steps_of(matter))
    if offer is None:
        raise Http404
    return matter, offer


def _page(matter: Matter, offer: printing.Offer) -> ActPage:
    language, back = get_language() or CHINESE, matter.get_absolute_url()
    return ActPage(
        title=_("拟制%(kind)s") % {"kind": offer.kind.title.say({}, language)},
        act=DRAFT.title.say({}, language),
        back=back,
        crumbs=(*Folder.crumbs_of(matter), (matter.title, back)),
        sub=_("已按事项填好，请核对后拟制；没有的内容留空，打印后手写。"),
    )
