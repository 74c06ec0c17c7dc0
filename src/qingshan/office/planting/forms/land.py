"""What is filled in about land handed back, the term of temporary land, and uses?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import ACCEPTED
from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.matters.forms.acting import choose
from qingshan.office.matters.forms.on_paper import Approved
from qingshan.office.mines import receiving
from qingshan.office.mines.forms.papers import in_words
from qingshan.office.planting.actions import Evaluated, Receipt
from qingshan.office.restoration.forms.acting import hectares_field, m2_of
from qingshan.rules.afteruse import Afteruse, SeenBy
from qingshan.rules.reasons import CHINESE, Reason, say


def _note() -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=_("说明"), max_length=500, required=False, widget=area)


class WithdrawForm(forms.Form):
    """撤回 a record."""

    because = forms.CharField(label=_("撤回理由"), max_length=200)


class WithScan(forms.Form):
    """A form with the scan of a paper, which whoever brings it has looked through."""

    scan = forms.FileField(
        label=_("文书"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("签字盖章的照片或扫描件，最大 100 MB。涉密文件不得上传。"),
    )
    nothing_secret = forms.BooleanField(label=_("我已核对：文件不含涉密内容"), required=False)

    def clean_scan(self) -> Any:
        brought = self.cleaned_data["scan"]
        if brought:
            in_words(lambda: receiving.examined(brought))
        return brought

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("scan") and not given.get("nothing_secret"):
            said = say(Reason("rules.secrecy.not_declared"), get_language() or CHINESE)
            self.add_error("nothing_secret", said)
        return given

    def filed(self) -> dict[str, str]:
        """Name and digest of the scan, which is put into the vault."""
        scan = self.cleaned_data.get("scan")
        return {"file_name": scan.name, "file_digest": receiving.stored(scan).digest} if scan else {}


class HandBackForm(WithScan):
    """登记还地."""

    area = hectares_field(_("还地面积（公顷）"))
    receiver = forms.CharField(label=_("接收单位或个人"), max_length=160)
    returned_on = Day(label=_("还地日期"))
    paper = forms.CharField(label=_("交接文书号"), max_length=120)
    note = _note()
    field_order = ["area", "receiver", "returned_on", "paper", "scan", "nothing_secret", "note"]

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["returned_on"].widget.attrs["max"] = on.isoformat()
        self.fields["scan"].label = gettext("交接文书")

    def receipt(self) -> Receipt:
        """What was filled in."""
        given = self.cleaned_data
        return Receipt(
            area_m2=m2_of(given["area"]) or 0.0,
            receiver=given["receiver"],
            on=given["returned_on"],
            paper=given["paper"],
            note=given["note"],
            **self.filed(),
        )


class EvaluationForm(WithScan):
    """登记跟踪评价."""

    made_on = Day(label=_("评价日期"))
    number = forms.CharField(label=_("评价文书号"), max_length=120)
    result = forms.CharField(label=_("评价结论"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    advice = forms.CharField(
        label=_("改善土地质量的建议和措施"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["made_on", "number", "result", "advice", "scan", "nothing_secret"]

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["made_on"].widget.attrs["max"] = on.isoformat()

    def evaluated(self) -> Evaluated:
        """What was filled in."""
        given = self.cleaned_data
        words = {name: given[name] for name in ("number", "result", "advice")}
        return Evaluated(given["made_on"], **words, **self.filed())


class ExtendForm(Approved):
    """批准临时用地延期."""

    until_on = Day(label=_("延期后使用期止"))
    note = _note()
    field_order = ["until_on", "number", "approved_on", "decider", "paper_number", "decided_on"]


class PlannedUseForm(Approved):
    """变更计划利用方向."""

    use = forms.ChoiceField(label=_("新的计划利用方向"))
    note = _note()
    field_order = ["use", "number", "approved_on", "decider", "paper_number", "decided_on"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "use", named_choices(Afteruse))


class ActualUseForm(forms.Form):
    """登记实际利用方向."""

    use = forms.ChoiceField(label=_("实际利用方向"))
    seen_by = forms.ChoiceField(label=_("来源"))
    seen_on = Day(label=_("核实日期"))
    number = forms.CharField(label=_("文号"), max_length=120, required=False)
    note = _note()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, version: int, use: str, **options: Any) -> None:
        options["initial"] = {"version": version, "use": use, "seen_on": on}
        super().__init__(*args, **options)
        choose(self, "use", named_choices(Afteruse))
        choose(self, "seen_by", named_choices(SeenBy))
        self.fields["seen_on"].widget.attrs["max"] = on.isoformat()

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        told = {name: said[name] for name in ("seen_on", "number", "note")}
        return {"use": Afteruse(said["use"]), "seen_by": SeenBy(said["seen_by"]), **told}
