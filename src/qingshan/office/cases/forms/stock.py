"""For which kind, period and region is stock and flow asked?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day
from qingshan.office.cases.stock import KINDS, Asked
from qingshan.office.matters.kinds import kind_named
from qingshan.office.mines.forms.narrowing import Regions
from qingshan.office.regions.models import Region
from qingshan.rules.reasons import CHINESE


class StockForm(forms.Form):
    """The address of the page, as fields."""

    kind = forms.ChoiceField(label=_("事项类型"))
    region = forms.ChoiceField(label=_("地区"), required=False, widget=Regions)

    def __init__(self, regions: Iterable[Region], asked: Asked) -> None:
        days = {"from": asked.from_on, "to": asked.to_on}
        super().__init__(
            initial={"kind": asked.kind, "region": asked.region_id or "", **days}, auto_id="stock_%s"
        )
        self.fields["from"] = Day(label=_("自"))
        self.fields["to"] = Day(label=_("至"))
        language = get_language() or CHINESE
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (kind, kind_named(kind).flow.title.say({}, language)) for kind in KINDS
        ]
        cast(forms.ChoiceField, self.fields["region"]).choices = [
            ("", _("本岗位管辖范围")),
            *((region.pk, region.name) for region in regions),
        ]
