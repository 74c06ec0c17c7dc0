"""At which page is a paper drafted about one matter, filled in with what is known of it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.matters.models import Matter
from qingshan.office.matters.queries import steps_of
from qingshan.office.papers import actions
from qingshan.office.papers.access import DRAFT, require_one_of
from qingshan.office.papers.forms import FORMS
from qingshan.office.papers.kinds import paper_kind
from qingshan.office.papers.usual import Offer, Printing
from qingshan.rules.dates import shanghai_date
from qingshan.rules.reasons import CHINESE


def draft_about(
    request: Request, matter: Matter, kind: str, *, printing: Printing, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """拟制文书 about this matter, bound to the act for which it is usual. NotAllowed without a duty of the kind, 404
    where no act asks for such a paper.
    """
    offer = _offered(request, matter, kind, printing)
    now, issuer = timezone.now(), actions.issuer_of(request.actor)
    first = printing.filled(kind, matter, issuer=issuer, actor=request.actor, on=shanghai_date(now))
    form = FORMS[kind](sent(request), initial=first)

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

    return act_page(request, _page(matter, offer, crumbs), form, do, template="papers/act.html")


def _offered(request: Request, matter: Matter, kind: str, printing: Printing) -> Offer:
    if kind not in FORMS:
        raise Http404
    require_one_of(request.actor, DRAFT, paper_kind(kind).duties, region_id=matter.region_id)
    offer = printing.offer_of(kind, matter, actor=request.actor, steps=steps_of(matter))
    if offer is None:
        raise Http404
    return offer


def _page(matter: Matter, offer: Offer, crumbs: Sequence[tuple[str, str]]) -> ActPage:
    language, back = get_language() or CHINESE, matter.get_absolute_url()
    return ActPage(
        title=_("拟制%(kind)s") % {"kind": offer.kind.title.say({}, language)},
        act=DRAFT.title.say({}, language),
        back=back,
        crumbs=(*crumbs, (matter.title, back)),
        sub=_("已按事项填好，请核对后拟制；没有的内容留空，打印后手写。"),
    )
