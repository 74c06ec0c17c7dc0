"""How are ledgers and other lists narrowed? By their address: region, source, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import named_choices
from qingshan.office.matters.forms.acting import choose
from qingshan.office.matters.ledgers import LONGEST_TEXT, Look
from qingshan.office.mines.forms.narrowing import Regions, region_from
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


class NarrowByRegion(forms.Form):
    """A list that has no words."""

    region = forms.ChoiceField(label=_("县区"), required=False, widget=Regions)

    def __init__(self, *, regions: Iterable[Region], given: dict[str, Any], **options: Any) -> None:
        super().__init__(initial=given, auto_id="narrow_%s", **options)
        choose(self, "region", [(str(each.pk), each.name) for each in regions], empty=_("全部县区"))


class Narrow(NarrowByRegion):
    """A list that is searched for words; its views are chips."""

    q = forms.CharField(
        label=_("名称、编号或拼音"), required=False, max_length=LONGEST_TEXT, widget=forms.SearchInput
    )


def region_of(query: Mapping[str, str]) -> int | None:
    """The region in an address; None where there is none."""
    return region_from(query.get("region", ""))


def text_of(query: Mapping[str, str]) -> str:
    """The words in an address."""
    return query.get("q", "").strip()[:LONGEST_TEXT]
