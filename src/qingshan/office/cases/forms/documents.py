"""What is filled in to take in a document that hands down problems, and to answer its items?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.wording import MOST_CHARACTERS, READABLE
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.forms import Day, Pick, named_choices
from qingshan.office.cases import choices
from qingshan.office.cases.actions.intake import NewDocument
from qingshan.office.cases.documents import could_cover
from qingshan.office.cases.models import FindingsItem
from qingshan.office.matters.forms.acting import choose, pick_among
from qingshan.office.matters.ledgers import LONGEST_TEXT
from qingshan.office.matters.models import Matter
from qingshan.office.mines.forms.papers import in_words
from qingshan.office.regions.models import Region
from qingshan.rules.matters import SourceKind
from qingshan.rules.secrecy import check_not_marked_secret


class FindForm(forms.Form):
    """How the list of documents is narrowed."""

    q = forms.CharField(
        label=_("标题、文号或拼音"), required=False, max_length=LONGEST_TEXT, widget=forms.SearchInput
    )


class DocumentForm(forms.Form):
    """登记问题来文: what it is. Its text and file come with the first step."""

    title = forms.CharField(label=_("标题"), max_length=200)
    number = forms.CharField(label=_("文号"), max_length=120)
    source = forms.ChoiceField(label=_("来源"))
    issued_by = forms.CharField(label=_("来文单位"), max_length=120)
    issued_on = Day(label=_("来文日期"))
    due_on = Day(label=_("要求时限"), required=False)
    region = Pick(
        label=_("行政区划"),
        name_field="name",
        required=False,
        help_text=_("问题由哪一级、哪个地区落实；不填为本单位所在地区。"),
    )

    def __init__(self, *args: Any, actor: Actor, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        choose(self, "source", named_choices(SourceKind), empty=True)
        pick_among(self, "region", choices.places(actor))
        self.fields["issued_on"].widget.attrs["max"] = on.isoformat()

    def clean_title(self) -> str:
        return self._unmarked("title")

    def clean_number(self) -> str:
        return self._unmarked("number")

    def _unmarked(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        in_words(lambda: check_not_marked_secret(text))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("region"):
            own = Region.objects.filter(pk=self.actor.decider.region_id or 0).first()
            if own is None and "region" not in self.errors:
                self.add_error("region", _now("没有选择行政区划。请选择由哪个地区落实。"))
            cleaned["region"] = own
        return cleaned

    def new_document(self, **more: Any) -> NewDocument:
        given = self.cleaned_data
        own = ("number", "title", "issued_by", "issued_on", "due_on", "region")
        return NewDocument(source=SourceKind(given["source"]), **{name: given[name] for name in own}, **more)


class BringDocumentForm(DocumentForm):
    """The first step: the file, or its text."""

    file = forms.FileField(
        label=_("来文文件"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": READABLE}),
        help_text=_("PDF、Word（.docx）或文本文件；扫描件没有文字，请把文字粘贴到下面。涉密文件不得上传。"),
    )
    text = forms.CharField(
        label=_("来文正文"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("没有文件的，粘贴正文。下一步按编号拆成一条一条的问题。"),
    )
    nothing_secret = forms.BooleanField(
        label=_("我已核对：文件不含涉密内容"), help_text=_("涉密文件请按保密规定在涉密网络办理。")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("text", _now("没有文件，也没有正文。请上传文件或粘贴正文。"))
        return cleaned


class NoCaseForm(forms.Form):
    """来文条目不立项."""

    reason = forms.CharField(
        label=_("不立项理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明为什么不需要单独立项，如：与某问题重复、属工作要求而非问题。"),
    )


class ReopenForm(forms.Form):
    """撤销不立项."""

    reason = forms.CharField(
        label=_("撤销理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明为什么仍需立项。撤销后该条重新列为未落实，原理由留在留痕中。"),
    )


class CoverForm(forms.Form):
    """来文条目对应问题."""

    matter = forms.ChoiceField(label=_("对应的问题"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, item: FindingsItem, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.matters = {str(each.pk): each for each in could_cover(item, actor=actor)}
        told = [
            (key, f"{each.title}（{each.number}，{each.state.name}）") for key, each in self.matters.items()
        ]
        choose(self, "matter", told)

    @property
    def chosen(self) -> Matter:
        return self.matters[self.cleaned_data["matter"]]
