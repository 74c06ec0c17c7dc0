"""How are the lists of restoration narrowed? By region, list and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day
from qingshan.office.matters.forms.acting import choose
from qingshan.office.mines.forms.narrowing import Regions
from qingshan.office.regions.models import Region
from qingshan.office.restoration.models import TargetList

LONGEST_TEXT = 60


class Narrow(forms.Form):
    """What is typed; views are chips."""

    region = forms.ChoiceField(label=_("县区"), required=False, widget=Regions)
    q = forms.CharField(
        label=_("名称、编号或拼音"), required=False, max_length=LONGEST_TEXT, widget=forms.SearchInput
    )

    def __init__(self, *, regions: Iterable[Region], given: dict[str, Any], **options: Any) -> None:
        super().__init__(initial=given, auto_id="narrow_%s", **options)
        choose(self, "region", [(str(each.pk), each.name) for each in regions], empty=_("全部县区"))


class NarrowListed(Narrow):
    """The sites of lists."""

    target_list = forms.ChoiceField(label=_("修复清单"), required=False)
    field_order = ["target_list", "region", "q"]

    def __init__(self, *, lists: Iterable[TargetList], **options: Any) -> None:
        super().__init__(**options)
        choose(self, "target_list", [(str(each.pk), each.title) for each in lists], empty=_("全部清单"))


class NarrowFigures(forms.Form):
    """Of which list, and as of which day."""

    target_list = forms.ChoiceField(label=_("修复清单"), required=False)
    on = Day(label=_("截至"), required=False)

    def __init__(self, *, lists: Iterable[TargetList], given: dict[str, Any]) -> None:
        super().__init__(initial=given, auto_id="narrow_%s")
        choose(self, "target_list", [(str(each.pk), each.title) for each in lists], empty=_("全部清单"))
