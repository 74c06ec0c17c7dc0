"""At which page is it asked who complained? The answer is shown once, and leaves an entry each time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.cases import actions
from qingshan.office.cases.access import SEE_COMPLAINANT, SEES_COMPLAINANTS
from qingshan.office.cases.complainants import complainant_of
from qingshan.office.cases.folder import Folder
from qingshan.office.cases.queries import one_case
from qingshan.office.doors import open_to
from qingshan.office.errors import NotFound
from qingshan.office.matters.models import Matter
from qingshan.rules.reasons import CHINESE


class ReasonForm(forms.Form):
    """Why somebody needs to know."""

    reason = forms.CharField(
        label=gettext_lazy("事由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("如：回复办理情况。不要写信访人的姓名或联系方式：事由永久留痕。"),
    )


@open_to(*SEES_COMPLAINANTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complainant(request: Request, pk: int) -> HttpResponse:
    """查看信访人: the reason first, then once the name and how to reach it."""
    matter = one_case(pk, actor=request.actor)
    if complainant_of(matter, actor=request.actor) is None:
        raise NotFound.because("office.not_found", what=SEE_COMPLAINANT.title.say({}, _language()))
    page = _page(matter)

    def do(given: dict[str, Any]) -> HttpResponse:
        seen = actions.see_complainant(
            matter, reason=given["reason"], actor=request.actor, now=timezone.now()
        )
        context = {"page": page, "matter": matter, "seen": seen, "reason": given["reason"]}
        return render(request, "cases/complainant.html", context)

    more = {"means": _("信访人受保护。查看的人、时间和事由写入全过程记录，姓名和联系方式不写入。")}
    return act_page(
        request, page, ReasonForm(sent(request)), do, template="cases/ask_complainant.html", more=more
    )


def _page(matter: Matter) -> ActPage:
    title, back = SEE_COMPLAINANT.title.say({}, _language()), matter.get_absolute_url()
    crumbs = (*Folder.crumbs_of(matter), (matter.title, back))
    return ActPage(title=title, act=title, back=back, crumbs=crumbs, sub=matter.number)


def _language() -> str:
    return get_language() or CHINESE
