"""How is a ledger narrowed? By its address: region, source, words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import named_choices
from qingshan.office.matters.ledgers import LONGEST_TEXT, Look
from qingshan.office.mines.forms.narrowing import Regions
from qingshan.office.regions.models import Region
from qingshan.rules.matters import SourceKind


class LedgerForm(forms.Form):
    """The part of the filters that is typed; views and states are chips."""

    region = forms.ChoiceField(label=_("县区"), required=False, widget=Regions)
    source = forms.ChoiceField(label=_("来源"), required=False)
    q = forms.CharField(
        label=_("标题、编号或拼音"), required=False, max_length=LONGEST_TEXT, widget=forms.SearchInput
    )

    @classmethod
    def over(cls, regions: Iterable[Region], look: Look) -> LedgerForm:
        given = {"region": look.region_id or "", "source": look.source, "q": look.text}
        form = cls(initial=given, auto_id="narrow_%s")
        cast(forms.ChoiceField, form.fields["region"]).choices = [
            ("", _("全部县区")),
            *((region.pk, region.name) for region in regions),
        ]
        cast(forms.ChoiceField, form.fields["source"]).choices = [
            ("", _("全部来源")),
            *named_choices(SourceKind),
        ]
        return form
