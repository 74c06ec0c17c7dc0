"""What is filled in to inspect a mine jointly: who goes, and what was found at each item?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import Paper
from qingshan.office.accounts.actors import Actor
from qingshan.office.accounts.forms import Day, Pick
from qingshan.office.cases.actions.inspecting import MOST_PHOTOGRAPHS, Found, NewInspection
from qingshan.office.cases.models import InspectionFinding
from qingshan.office.matters.forms.acting import pick_among
from qingshan.office.mines import receiving
from qingshan.office.mines.access import visible_to
from qingshan.office.mines.forms.papers import in_words
from qingshan.office.mines.models import Mine
from qingshan.rules.numbers import plainly
from qingshan.rules.plans import figure_value
from qingshan.rules.reasons import CHINESE, Reason, say

PICTURES = ".jpg,.jpeg,.png,.heic"
BESIDE = 3
"""So many empty rows for what no plan speaks of."""
_OF_PICTURES = {Paper.JPEG, Paper.PNG, Paper.HEIC}


class InspectionForm(forms.Form):
    """开展联合检查."""

    mine = Pick(label=_("矿山"), name_field="name", help_text=_("输入名称，从提示中选择。"))
    inspected_on = Day(label=_("检查日期"))
    departments = forms.CharField(
        label=_("参加部门"), max_length=400, help_text=_("如：自然资源、水利、生态环境、应急、林草。")
    )
    team = forms.CharField(
        label=_("检查人员"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    number = forms.CharField(label=_("检查通知文号"), max_length=120, required=False)
    title = forms.CharField(
        label=_("检查名称"), max_length=200, required=False, help_text=_("不填为“矿山名称＋联合检查”。")
    )

    def __init__(self, *args: Any, actor: Actor, on: date, mine: Mine | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        mines = Mine.objects.filter(merged_into=None).defer("geom").select_related("region")
        pick_among(self, "mine", visible_to(mines, actor))
        self.fields["inspected_on"].initial = on
        if mine is not None:
            self.fields["mine"].initial = f"{mine.name} · {mine.pk}"

    def new_inspection(self) -> NewInspection:
        return NewInspection(**self.cleaned_data)


@dataclass
class Line:
    """One row of the checklist on the screen."""

    name: str
    finding: InspectionFinding | None
    form: forms.Form


class LineForm(forms.Form):
    """What was found at one item."""

    measured = forms.CharField(label=_("实测值"), max_length=30, required=False)
    department = forms.CharField(label=_("检查部门"), max_length=80, required=False)
    text = forms.CharField(
        label=_("检查情况"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        finding: InspectionFinding | None,
        files: Sequence[UploadedFile[Any]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.finding, self.files_brought = finding, files
        self.figure = finding.plan_figure if finding else None

    def clean_measured(self) -> Any:
        text, figure = self.cleaned_data["measured"], self.figure
        return in_words(lambda: figure_value(figure, text)) if figure is not None else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for file in self.files_brought:
            if in_words(partial(receiving.examined, file)) not in _OF_PICTURES:
                self.add_error("text", _("照片只能是 jpg、png 或 heic。"))
        known = len(self.finding.photographs or ()) if self.finding else 0
        if known + len(self.files_brought) > MOST_PHOTOGRAPHS:
            self.add_error(
                "text",
                say(
                    Reason("cases.too_many_photographs", {"most": MOST_PHOTOGRAPHS}),
                    get_language() or CHINESE,
                ),
            )
        return cleaned

    @property
    def says_something(self) -> bool:
        """Whether the row was sent, and is not an empty one for more. What was not sent says nothing."""
        given = self.cleaned_data
        written = bool(given["text"] or given["measured"] is not None or self.files_brought)
        return written or (self.finding is not None and self.add_prefix("text") in self.data)

    def found(self) -> Found:
        given = self.cleaned_data
        return Found(
            self.finding,
            given["measured"],
            given["department"],
            given["text"],
            tuple(_kept(file) for file in self.files_brought),
        )


def _kept(file: UploadedFile[Any]) -> Mapping[str, Any]:
    stored = receiving.stored(file)
    return {"name": (file.name or "")[-120:], "digest": stored.digest, "size_bytes": stored.size_bytes}


def lines(
    findings: Sequence[InspectionFinding], data: Any = None, files: MultiValueDict[str, Any] | None = None
) -> list[Line]:
    """The whole checklist: each item that is no problem yet, and some rows for what no plan speaks of."""
    return [
        _line(name, finding, data, files)
        for name, finding in (
            *((f"item{each.pk}", each) for each in findings if each.matter_id is None),
            *((f"more{number}", None) for number in range(BESIDE)),
        )
    ]


def _line(
    name: str, finding: InspectionFinding | None, data: Any, files: MultiValueDict[str, Any] | None
) -> Line:
    initial = {}
    if finding is not None:
        initial = {
            "measured": plainly(finding.measured),
            "department": finding.department,
            "text": finding.text,
        }
    brought = files.getlist(f"{name}-photographs") if files is not None else []
    return Line(name, finding, LineForm(data, prefix=name, initial=initial, finding=finding, files=brought))


def found_in(checklist: Sequence[Line]) -> Iterator[Found]:
    """What the rows say; what stands already may be emptied."""
    for line in checklist:
        form: Any = line.form
        if form.says_something:
            yield form.found()
