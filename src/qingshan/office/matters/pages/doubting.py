"""At which page does a person answer a doubt (存疑待核)?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from qingshan.office.accounts.access import require, seen_one
from qingshan.office.accounts.pages.acting import ActPage, act_page, sent
from qingshan.office.accounts.requests import Request
from qingshan.office.doors import open_to_signed_in
from qingshan.office.matters.access import ANSWER_DOUBT, PATHS
from qingshan.office.matters.actions.doubts import answer_doubt
from qingshan.office.matters.models import Doubt
from qingshan.office.matters.showing import doubt_words


class DoubtForm(forms.Form):
    """What a person found; the machine has only raised a sign."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("核实结论"),
        choices=[("no", gettext_lazy("已说明，不成立")), ("yes", gettext_lazy("核实成立"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("核实说明"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("怎样核实、看到什么、结论依据。"),
    )


@open_to_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int, doubt: int) -> HttpResponse:
    """核实一条存疑."""
    found = seen_one(
        Doubt.objects.filter(matter_id=pk).select_related("matter"), request.actor, pk=doubt, **PATHS[Doubt]
    )
    require(request.actor, ANSWER_DOUBT.code, region_id=found.matter.region_id)
    page = ActPage(
        title=_("核实存疑"),
        act=_("记录核实结论"),
        back=found.matter.get_absolute_url(),
        crumbs=((str(found.matter), found.matter.get_absolute_url()),),
        sub=doubt_words(found),
    )

    def do(given: dict[str, Any]) -> object:
        upheld = given["upheld"] == "yes"
        return answer_doubt(found, given["words"], upheld=upheld, actor=request.actor, now=timezone.now())

    return act_page(request, page, DoubtForm(sent(request)), do)
