"""How is a list narrowed? By region, category and a word, all of them in its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qingshan.office.mines.access import CATEGORY_FIELD
from qingshan.office.mines.queries import Filters
from qingshan.office.mines.terms import TERMS
from qingshan.office.regions.models import Region

TEXT_LENGTH = 60


def filters_from(query: QueryDict, model: type[Model]) -> Filters:
    """`region`, `category` and `q` of an address; what cannot be read does not narrow the list."""
    region = query.get("region", "")
    allowed = TERMS[model, CATEGORY_FIELD[model]].values()
    category = query.get("category", "")
    return Filters(
        region_id=int(region) if region.isdecimal() and len(region) == len(str(10**11)) else None,
        category=category if category in allowed else "",
        text=query.get("q", "").strip()[:TEXT_LENGTH],
    )


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
    """The part of the filters that is typed or chosen; the categories are chips."""

    region = forms.ChoiceField(label=_("县区"), required=False, widget=Regions)
    q = forms.CharField(label=_("名称或编号"), required=False, max_length=TEXT_LENGTH)

    @classmethod
    def over(cls, regions: Iterable[Region], filters: Filters) -> NarrowForm:
        form = cls(initial={"region": filters.region_id or "", "q": filters.text}, auto_id="narrow_%s")
        cast(forms.ChoiceField, form.fields["region"]).choices = [
            ("", _("全部县区")),
            *((r.pk, r.name) for r in regions),
        ]
        return form
