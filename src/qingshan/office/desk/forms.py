"""How does a person bring a file, answer what it leaves open, narrow the map, print it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.checkup import MOST_BYTES, MOST_ROWS
from qingshan.exchange.columns import Column
from qingshan.exchange.kinds import Kind, all_kinds
from qingshan.exchange.kinds import kind as import_kind
from qingshan.exchange.models import Import
from qingshan.exchange.readers.asking import ANSWERS
from qingshan.exchange.values import Fault
from qingshan.office.accounts.forms import named_choices
from qingshan.office.desk.map_address import MapAddress
from qingshan.office.desk.map_print import Paper, Sheet
from qingshan.office.mines.forms.narrowing import TEXT_LENGTH, Regions
from qingshan.office.regions.models import Region
from qingshan.rules.reasons import CHINESE, Reason, Sentence, say


class BringForm(forms.Form):
    """One file, and whether places abroad are meant."""

    file = forms.FileField(label=_("文件"), max_length=255)
    allow_abroad = forms.BooleanField(
        label=_("允许境外坐标"),
        required=False,
        help_text=_("仅用于境外点位；境外点位只有登记单位能看到。"),
    )

    def __init__(self, *args: Any, kind: Kind, **named: Any) -> None:
        super().__init__(*args, **named)
        self.columns = {SAID + name: kind.by_name[name] for name in kind.said_once}
        for name, column in self.columns.items():
            self.fields[name] = _said_field(column, get_language() or CHINESE)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, column in self.columns.items():
            try:
                column.type.reader()(given.get(name) or None)
            except Fault:
                self.add_error(name, _unreadable(column, given[name]))
        return given

    @property
    def said(self) -> dict[str, str]:
        """What was said once for the whole file, by column, as it was written."""
        return {
            name.removeprefix(SAID): self.cleaned_data[name]
            for name in self.columns
            if self.cleaned_data.get(name)
        }

    @property
    def said_fields(self) -> list[Any]:
        """For the page."""
        return [self[name] for name in self.columns]

    def clean_file(self) -> UploadedFile[Any]:
        brought: UploadedFile[Any] = self.cleaned_data["file"]
        if (brought.size or 0) > settings.MAX_UPLOAD_BYTES:
            megabytes = settings.MAX_UPLOAD_BYTES // 2**20
            raise forms.ValidationError(
                _("文件超过 %(mb)s MB 上限。请按县区拆成几份再导入。"), params={"mb": megabytes}
            )
        return brought


SAID = "said-"
"""Fields of what may be said once for all rows begin with this, then comes the column."""
MOST_SAID = 120


def _said_field(column: Column, language: str) -> forms.Field:
    label, help_text = column.header(language), column.help(language)
    terms = column.type.choices(language)
    if not terms:
        return forms.CharField(label=label, help_text=help_text, required=False, max_length=MOST_SAID)
    choices = [("", _("在表中逐行填写")), *((term, term) for term in terms)]
    return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=choices)


def _unreadable(column: Column, value: str) -> str:
    what = column.type.name(get_language() or CHINESE)
    return _("读到“%(value)s”，不能识别。应填：%(what)s。") % {"value": value, "what": what}


class CheckForm(forms.Form):
    """One table to be looked at, and of which kind it is."""

    file = forms.FileField(label=_("文件"), max_length=255)
    kind = forms.ChoiceField(label=_("按哪一类检查"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        chosen = cast(forms.ChoiceField, self.fields["kind"])
        language = get_language() or CHINESE
        kinds = [(one.code, one.title.say({}, language)) for one in all_kinds()]
        chosen.choices = [("", _("自动识别")), *kinds]

    def clean_file(self) -> UploadedFile[Any]:
        brought: UploadedFile[Any] = self.cleaned_data["file"]
        if (brought.size or 0) > MOST_BYTES:
            numbers = {"mb": MOST_BYTES // 2**20, "rows": f"{MOST_ROWS:,}"}
            raise forms.ValidationError(
                _("体检一次至多 %(mb)s MB、%(rows)s 行。请把表格分成几份，或直接导入后看预览。"),
                params=numbers,
            )
        return brought

    @property
    def wanted(self) -> Kind | None:
        """The kind that was chosen; None finds it by its columns."""
        code = self.cleaned_data["kind"]
        return import_kind(code) if code else None

    @property
    def options(self) -> dict[str, str]:
        """What the person has answered meanwhile about this very file."""
        if self.data.get("about") != self.cleaned_data["file"].name:
            return {}
        return {name: self.data[name] for name in ANSWERS if self.data.get(name)}


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


class MapFilters(forms.Form):
    """The filters of the lists, on the map: a county, a word, and a category for each layer that is on."""

    region = forms.ChoiceField(label=_("县区"), required=False, widget=Regions)
    q = forms.CharField(label=_("名称、编号或拼音"), required=False, max_length=TEXT_LENGTH)

    @classmethod
    def over(cls, regions: Iterable[Region], address: MapAddress) -> Self:
        form = cls(initial=dict(address.given), auto_id="narrow_%s")
        cast(forms.ChoiceField, form.fields["region"]).choices = [
            ("", _("全部县区")),
            *((region.pk, region.name) for region in regions),
        ]
        for layer in address.shown:
            if layer.terms is not None:
                choices = [("", _("全部")), *named_choices(layer.terms)]
                form.fields[layer.code] = forms.ChoiceField(
                    label=_("%(layer)s：%(category)s")
                    % {"layer": layer.title, "category": layer.terms_title},
                    required=False,
                    choices=choices,
                )
        return form


class PrintForm(forms.Form):
    """纸张和标题: read from the address, so a sheet can be linked to; what cannot be read is the usual."""

    title = forms.CharField(label=_("标题"), max_length=60, required=False)
    paper = forms.ChoiceField(label=_("纸张"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or CHINESE
        cast(forms.ChoiceField, self.fields["paper"]).choices = Paper.choices(language)

    @property
    def sheet(self) -> Sheet:
        said = self.data.get("paper", "")
        paper = Paper(said) if said in Paper.values() else Paper.A3
        return Sheet(paper, self.data.get("title", "").strip()[:60])

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The rest of the address."""
        return [(name, value) for name, value in self.data.items() if name not in self.fields]
