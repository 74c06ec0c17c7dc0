"""Is the HTML of a form field the same as that of Django's own templates?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from qingshan.config.widgets import QuickWidgets

UGLY = "\"><script>&'矿"


class AForm(forms.Form):
    text = forms.CharField(
        max_length=60, help_text="?", widget=forms.TextInput(attrs={"data-x": UGLY, "hidden": True})
    )
    off = forms.CharField(widget=forms.TextInput(attrs={"autofocus": False}))
    number = forms.IntegerField(min_value=0, required=False)
    day = forms.DateField(required=False)
    found = forms.CharField(widget=forms.SearchInput)
    secret = forms.CharField(widget=forms.PasswordInput)
    kept = forms.CharField(widget=forms.HiddenInput)
    one = forms.ChoiceField(choices=[("", "—"), ("a", UGLY), ("b", "乙")])
    grouped = forms.ChoiceField(choices=[("甲", [("a", "A")]), ("乙", [("b", "B")])])
    ticked = forms.BooleanField()
    long = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize(
    "given",
    [{}, {"text": UGLY, "number": "7", "day": "2026-01-02", "one": "a", "grouped": "b", "found": "0"}],
)
@pytest.mark.parametrize("name", list(AForm.base_fields))
def test_a_field_is_written_as_django_writes_it(given: dict[str, str], name: str) -> None:
    ours, theirs = (
        str(AForm(given or None, renderer=renderer)[name]) for renderer in (QuickWidgets(), DjangoTemplates())
    )
    assert _without_gaps(ours) == _without_gaps(theirs)


def _without_gaps(html: Any) -> str:
    return re.sub(r">\s+<", "><", html.strip())
