"""What does a person decide about two entries that look like one mine?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.mines.actions import Merger
from qingshan.office.mines.comparing import FIRST, SECOND, Compared
from qingshan.office.mines.models import Likeness

REASON_CHARACTERS = 500
_SIDES = [(FIRST, _("甲")), (SECOND, _("乙"))]


class ReasonForm(forms.Form):
    """认定说明, with the version of the pair that was read."""

    reason = forms.CharField(
        label=_("认定说明"),
        max_length=REASON_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明依据，例如核对了哪些证件、是否到过现场；写入全过程记录。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(ReasonForm):
    """Which entry is kept, and which value of each fact that differs."""

    keep = forms.ChoiceField(choices=_SIDES)
    first_version = forms.IntegerField(widget=forms.HiddenInput)
    second_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, pair: Likeness, facts: Sequence[Compared], data: Any = None) -> None:
        seen = {
            "version": pair.version,
            "first_version": pair.first.version,
            "second_version": pair.second.version,
        }
        super().__init__(data, initial=seen, auto_id="merge_%s")
        self.pair = pair
        self.choices = [fact.field for fact in facts if fact.may_choose]
        for name in self.choices:
            self.fields[f"take_{name}"] = forms.ChoiceField(choices=_SIDES)

    def merger(self) -> Merger:
        """The decision of a valid form."""
        chosen = self.cleaned_data
        kept_first = chosen["keep"] == FIRST
        kept = self.pair.first if kept_first else self.pair.second
        return Merger(
            kept_id=kept.pk,
            take=frozenset(name for name in self.choices if chosen[f"take_{name}"] != chosen["keep"]),
            reason=cast(str, chosen["reason"]),
            version=chosen["version"],
            mine_versions={
                self.pair.first_id: chosen["first_version"],
                self.pair.second_id: chosen["second_version"],
            },
        )
