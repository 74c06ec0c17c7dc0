"""What is filled in about a day?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day


class EditDay(forms.Form):
    """修改节假日安排."""

    day = Day(label=_("日期"))
    is_working = forms.ChoiceField(
        label=_("安排"), choices=[("", _("放假")), ("1", _("调休上班"))], required=False
    )
    name = forms.CharField(label=_("节日"), max_length=40)
    source = forms.CharField(label=_("依据"), max_length=120, help_text=_("国务院办公厅通知的名称和文号。"))

    def clean_is_working(self) -> bool:
        return bool(self.cleaned_data["is_working"])
