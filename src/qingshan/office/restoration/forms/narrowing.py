"""How are the lists of restoration narrowed? By region, list and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.matters.forms.acting import choose
from qingshan.office.matters.forms.narrowing import Narrow, NarrowByRegion
from qingshan.office.restoration.models import TargetList
from qingshan.office.restoration.showing import list_words
from qingshan.rules.restoration import ListKind


class NarrowListed(Narrow):
    """The sites of lists."""

    target_list = forms.ChoiceField(label=_("修复清单"), required=False)
    kind = forms.ChoiceField(label=_("清单类型"), required=False)
    field_order = ["target_list", "kind", "region", "q"]

    def __init__(self, *, lists: Iterable[TargetList], **options: Any) -> None:
        super().__init__(**options)
        choose_lists(self, lists)


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
    kind = forms.ChoiceField(label=_("清单类型"), required=False)
    on = Day(label=_("截至"), required=False)

    def __init__(self, *, lists: Iterable[TargetList], given: dict[str, Any]) -> None:
        super().__init__(initial=given, auto_id="narrow_%s")
        choose_lists(self, lists)


class NarrowMoves(NarrowByRegion):
    """The moves of one list, between which days."""

    since = Day(label=_("自"), required=False)
    until = Day(label=_("至"), required=False)
    field_order = ["since", "until", "region"]


def choose_lists(form: forms.Form, lists: Iterable[TargetList]) -> None:
    """One list or all, of one kind or of all."""
    choose(form, "target_list", [(str(each.pk), list_words(each)) for each in lists], empty=_("全部清单"))
    choose(form, "kind", named_choices(ListKind), empty=_("全部类型"))


def kind_of(query: Mapping[str, str]) -> str:
    """The kind of list in an address; empty where there is none."""
    wanted = query.get("kind", "")
    return wanted if wanted in ListKind.values() else ""
