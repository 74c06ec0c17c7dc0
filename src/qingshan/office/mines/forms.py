"""How is a list narrowed? By region, category and a word, all of them in its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django import forms
from django.db.models import Model
from django.http import QueryDict
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


class NarrowForm(forms.Form):
    """The part of the filters that is typed or chosen; the categories are chips."""

    region = forms.ChoiceField(label=_("县区"), required=False)
    q = forms.CharField(label=_("名称或编号"), required=False, max_length=TEXT_LENGTH)

    @classmethod
    def over(cls, regions: Iterable[Region], filters: Filters) -> NarrowForm:
        form = cls(initial={"region": filters.region_id or "", "q": filters.text}, auto_id="narrow_%s")
        cast(forms.ChoiceField, form.fields["region"]).choices = [
            ("", _("全部县区")),
            *((r.pk, r.name) for r in regions),
        ]
        return form
