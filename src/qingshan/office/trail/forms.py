"""What does a reader look for in the trail, and what does an administrator fill in?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.office.trail.acts import declared_acts
from qingshan.office.trail.queries import Filters
from qingshan.office.trail.subjects import declared_subjects
from qingshan.rules.reasons import CHINESE


class FiltersForm(forms.Form):
    """Act, days of recording, person, object. What cannot be read is left out and said."""

    act = forms.ChoiceField(label=_("行为"), required=False)
    from_on = forms.DateField(
        label=_("入录自"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    to_on = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    person = forms.CharField(label=_("姓名"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("对象类型"), required=False)
    object_id = forms.IntegerField(
        label=_("对象编号"), required=False, min_value=-(2**63), max_value=2**63 - 1
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or CHINESE
        acts = sorted(declared_acts().values(), key=lambda act: act.code)
        self.fields["act"].choices = [("", _("全部")), *((a.code, a.title.say({}, language)) for a in acts)]  # type: ignore[attr-defined]
        kinds = sorted(declared_subjects().values(), key=lambda kind: kind.kind)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("全部")),
            *((kind.kind, kind.model._meta.verbose_name) for kind in kinds),
        ]

    def filters(self) -> Filters:
        """The filters that could be read."""
        self.is_valid()
        read = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return Filters(**read)


class ErasureForm(forms.Form):
    """Which personal values of one entry, and why."""

    fields_ = forms.MultipleChoiceField(
        label=_("要删除的项目"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("只列项目名称，不显示内容。"),
    )
    reason = forms.CharField(label=_("依据和理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, names: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["fields_"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
