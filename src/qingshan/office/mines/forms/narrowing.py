"""How is a list narrowed, ordered and walked? By its address: region, category, words, and what more is declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qingshan.office.mines.access import CATEGORY_FIELD
from qingshan.office.mines.enterprises import enterprises_named
from qingshan.office.mines.filters import Filters
from qingshan.office.mines.narrowing import ENTERPRISE, NARROWS
from qingshan.office.mines.terms import TERMS
from qingshan.office.regions.models import Region

TEXT_LENGTH = 60


@dataclass(frozen=True)
class Narrowed:
    """What an address says about its list, and the form that says it again."""

    filters: Filters
    more: forms.Form

    @property
    def conditions(self) -> int:
        """How many further conditions hold."""
        return len(self.filters.more)


def narrowed_by(query: Mapping[str, Any], model: type[Model]) -> Narrowed:
    """`region`, `category`, `q` and the declared further filters; what cannot be read does not narrow the list."""
    category = query.get("category", "")
    allowed = TERMS[model, CATEGORY_FIELD[model]].values()
    more = _more_form(model)(query, auto_id="more_%s", use_required_attribute=False)
    more.is_valid()
    filters = replace(
        simple_filters(query),
        category=category if category in allowed else "",
        more=tuple(_conditions(model, more.cleaned_data)),
    )
    return Narrowed(filters, more)


def simple_filters(query: Mapping[str, Any]) -> Filters:
    """`region` and `q`, which every list has."""
    return Filters(
        region_id=region_from(query.get("region", "")),
        text=query.get("q", "").strip()[:TEXT_LENGTH],
    )


def region_from(text: str) -> int | None:
    """The id of a region as an address says it; None for anything else."""
    return int(text) if text.isdecimal() and len(text) == len(str(10**11)) else None


def _more_form(model: type[Model]) -> type[forms.Form]:
    return type("MoreForm", (forms.Form,), {narrow.name: narrow.field() for narrow in NARROWS[model]})


def _conditions(model: type[Model], given: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    for narrow in NARROWS[model]:
        value = given.get(narrow.name)
        if value not in (None, ""):
            yield narrow.lookup(_ids_of(value) if narrow.name == ENTERPRISE else value)


def _ids_of(said: str) -> tuple[int, ...]:
    """An enterprise's id as links carry it, or those that are found by the words."""
    short = said.isdecimal() and len(said) < LONGEST_ID
    return (int(said),) if short else tuple(enterprises_named(said))


LONGEST_ID = 16
"""A code of eighteen digits is no id."""


class Regions(forms.Select):
    """A choice among hundreds of counties; Django's own template takes as long for it as a list for its rows."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", title) for key, title in self.choices),
        )
        own = self.build_attrs({**self.attrs, "name": name}, attrs)
        return format_html("<select{}>{}</select>", flatatt(own), options)


SELECTED = SafeString(" selected")


class NarrowForm(forms.Form):
    """The part of the filters that always stands there; the categories are chips."""

    region = forms.ChoiceField(label=_("县区"), required=False, widget=Regions)
    q = forms.CharField(
        label=_("名称、编号或拼音"), required=False, max_length=TEXT_LENGTH, widget=forms.SearchInput
    )

    @classmethod
    def over(cls, regions: Iterable[Region], filters: Filters) -> NarrowForm:
        form = cls(initial={"region": filters.region_id or "", "q": filters.text}, auto_id="narrow_%s")
        cast(forms.ChoiceField, form.fields["region"]).choices = [
            ("", _("全部县区")),
            *((r.pk, r.name) for r in regions),
        ]
        return form
