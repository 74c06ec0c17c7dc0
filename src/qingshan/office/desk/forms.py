"""How does a person bring a file, and answer what the file leaves open?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.models import Import
from qingshan.rules.reasons import Reason, Sentence, say


class BringForm(forms.Form):
    """One file, and whether places abroad are meant."""

    file = forms.FileField(label=_("文件"), max_length=255)
    allow_abroad = forms.BooleanField(
        label=_("允许境外坐标"),
        required=False,
        help_text=_("仅用于境外点位；境外点位只有登记单位能看到。"),
    )

    def clean_file(self) -> UploadedFile[Any]:
        brought: UploadedFile[Any] = self.cleaned_data["file"]
        if (brought.size or 0) > settings.MAX_UPLOAD_BYTES:
            megabytes = settings.MAX_UPLOAD_BYTES // 2**20
            raise forms.ValidationError(
                _("文件超过 %(mb)s MB 上限。请按县区拆成几份再导入。"), params={"mb": megabytes}
            )
        return brought


class AnswerForm(forms.Form):
    """The one question that reading the file has raised: which coordinate system, which layer."""

    chosen = forms.ChoiceField(widget=forms.RadioSelect)

    @classmethod
    def about(cls, import_: Import, language: str, data: Mapping[str, Any] | None = None) -> Self | None:
        """The form for this import's question; None where there is none."""
        question = import_.question
        if not question:
            return None
        form = cls(data)
        reason = question["reason"]
        form.option = question["option"]
        chosen = cast(forms.ChoiceField, form.fields["chosen"])
        chosen.label = say(Reason(reason["code"], reason["values"]), language)
        chosen.choices = [(c["value"], _wording(c, language)) for c in question["choices"]]
        return form

    option: str

    @property
    def options(self) -> dict[str, Any]:
        return {self.option: self.cleaned_data["chosen"]}


def _wording(choice: Mapping[str, Any], language: str) -> str:
    return Sentence(zh=choice["zh"], en=choice["en"]).say({}, language)
