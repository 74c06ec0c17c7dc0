"""How are the lists of restoration narrowed? By region, list and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day
from qingshan.office.matters.forms.acting import choose
from qingshan.office.matters.forms.narrowing import Narrow
from qingshan.office.restoration.models import TargetList


class NarrowListed(Narrow):
    """The sites of lists."""

    target_list = forms.ChoiceField(label=_("修复清单"), required=False)
    field_order = ["target_list", "region", "q"]

    def __init__(self, *, lists: Iterable[TargetList], **options: Any) -> None:
        super().__init__(**options)
        choose(self, "target_list", [(str(each.pk), each.title) for each in lists], empty=_("全部清单"))


class NarrowYears(Narrow):
    """Mines year by year."""

    year = forms.ChoiceField(label=_("年度"), required=False)
    field_order = ["year", "region", "q"]

    def __init__(self, *, years: Iterable[int], **options: Any) -> None:
        super().__init__(**options)
        choose(self, "year", [(str(each), str(each)) for each in years], empty=_("全部年度"))


YEAR_DIGITS = 4


def year_of(query: Mapping[str, str]) -> int | None:
    """Which year an address asks for; what cannot be read does not narrow."""
    said = query.get("year", "")
    return int(said) if len(said) == YEAR_DIGITS and said.isascii() and said.isdigit() else None


class NarrowFigures(forms.Form):
    """Of which list, and as of which day."""

    target_list = forms.ChoiceField(label=_("修复清单"), required=False)
    on = Day(label=_("截至"), required=False)

    def __init__(self, *, lists: Iterable[TargetList], given: dict[str, Any]) -> None:
        super().__init__(initial=given, auto_id="narrow_%s")
        choose(self, "target_list", [(str(each.pk), each.title) for each in lists], empty=_("全部清单"))
