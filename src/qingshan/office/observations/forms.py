"""What is filled in about images, runs, claims and written answers?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import ACCEPTED
from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.matters.forms.acting import choose
from qingshan.office.matters.forms.evidence import SeveralFiles
from qingshan.office.matters.forms.narrowing import Narrow, NarrowByRegion, region_of, text_of
from qingshan.office.matters.ledgers import LONGEST_TEXT
from qingshan.office.observations.actions import CorrectedScenes, Elements, NewScreening
from qingshan.office.observations.actions.screenings import LEAST_M2
from qingshan.office.observations.models import SceneSet
from qingshan.office.observations.queries import LOOKS, ClaimFilters
from qingshan.office.regions.models import Region
from qingshan.rules.identifiers import row_id
from qingshan.rules.layers import SECRET, Openness
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.verification import OUTCOMES, AnswerState, TargetUse, Zone

NOT_SAID = ("", "—")
MOST_SHOTS = 10
ZONE_OF_SCENES = _("影像覆盖的土地同属一个气候区的填写；申报没有填写气候区的，按此判定。")


class Versioned(forms.Form):
    """An act on something as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def _declared(form: forms.Form, name: str) -> dict[str, Any]:
    """What was filled in; refused is a file of which nobody says that nothing in it is secret."""
    given = form.cleaned_data
    if given.get(name) and not given.get("nothing_secret"):
        not_declared = Reason("rules.secrecy.not_declared")
        form.add_error("nothing_secret", say(not_declared, get_language() or CHINESE))
    return given


class ScenesForm(forms.Form):
    """登记影像目录."""

    name = forms.CharField(label=_("影像目录名称"), max_length=120)
    path = forms.CharField(
        label=_("路径"),
        max_length=300,
        help_text=_("影像根目录下的文件夹（内有 scenes.toml）或 STAC 条目集合的 JSON 文件。"),
    )
    region = forms.ChoiceField(label=_("行政区划"), help_text=_("该区划及以下的申报可以用这些影像核查。"))
    openness = forms.ChoiceField(label=_("公开程度"))
    source = forms.CharField(label=_("影像来源"), max_length=200, required=False)
    zone = forms.ChoiceField(label=_("气候区"), required=False, help_text=ZONE_OF_SCENES)
    nothing_secret = forms.BooleanField(label=_("我已核对：影像不涉密"), required=False)

    def __init__(self, *args: Any, regions: Iterable[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        self.regions = {str(region.pk): region for region in regions}
        cast(forms.ChoiceField, self.fields["region"]).choices = [
            (key, region.name) for key, region in self.regions.items()
        ]
        _terms_of_scenes(self)

    def clean_region(self) -> Region:
        return self.regions[self.cleaned_data["region"]]

    def clean_zone(self) -> Zone | None:
        return _zone(self.cleaned_data["zone"])


class CorrectScenesForm(Versioned):
    """更正影像目录."""

    name = forms.CharField(label=_("影像目录名称"), max_length=120)
    openness = forms.ChoiceField(
        label=_("公开程度"), help_text=_("改为内部后，影像图片立即不再对企业和专家显示。")
    )
    source = forms.CharField(label=_("影像来源"), max_length=200, required=False)
    zone = forms.ChoiceField(label=_("气候区"), required=False, help_text=ZONE_OF_SCENES)
    is_offered = forms.BooleanField(label=_("恢复使用"), required=False)

    def __init__(self, *args: Any, is_retired: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        _terms_of_scenes(self)
        if not is_retired:
            del self.fields["is_offered"]

    def said(self) -> CorrectedScenes:
        """What was filled in, for the act."""
        given = self.cleaned_data
        return CorrectedScenes(
            name=given["name"],
            openness=given["openness"],
            source=given["source"],
            zone=_zone(given["zone"]),
            is_offered=bool(given.get("is_offered")),
        )


class RetireScenesForm(Versioned):
    """停用影像目录."""

    note = forms.CharField(
        label=_("停用理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("已有的结论不变；不再用于新的核验和筛查任务。"),
    )


def _terms_of_scenes(form: forms.Form) -> None:
    openness = [*named_choices(Openness), (SECRET, _("涉密"))]
    cast(forms.ChoiceField, form.fields["openness"]).choices = openness
    cast(forms.ChoiceField, form.fields["zone"]).choices = [NOT_SAID, *named_choices(Zone)]


def _zone(given: str) -> Zone | None:
    return Zone(given) if given else None


class PlanRunForm(forms.Form):
    """预估核验任务."""

    scene_set = forms.ChoiceField(label=_("影像目录"))
    region = forms.ChoiceField(label=_("核验范围"))
    everything = forms.BooleanField(
        label=_("已有结论的也重新核查"),
        required=False,
        help_text=_("不选则只核查没有结论的、影像有更新的和新近验收的申报。"),
    )

    def __init__(
        self, *args: Any, sets: Iterable[SceneSet], regions: Iterable[Region], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.sets = {str(each.pk): each for each in sets}
        self.regions = {str(region.pk): region for region in regions}
        for name, rows in (("scene_set", self.sets), ("region", self.regions)):
            choices = [(key, str(getattr(row, "name", row))) for key, row in rows.items()]
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_scene_set(self) -> SceneSet:
        return self.sets[self.cleaned_data["scene_set"]]

    def clean_region(self) -> Region:
        return self.regions[self.cleaned_data["region"]]


class AnswerForm(Versioned):
    """书面回应核查结论."""

    text = forms.CharField(
        label=_("回应内容"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写明现场实际情况、完成时间、造成影像不一致的原因和依据。"),
    )
    file = forms.FileField(
        label=_("回应原件或佐证"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF、图片、Word 等。涉密文件不得上传。"),
    )
    nothing_secret = forms.BooleanField(label=_("我已核对：文件不含涉密内容"), required=False)

    def clean(self) -> dict[str, Any]:
        return _declared(self, "file")


class DecideForm(Versioned):
    """核定书面回应."""

    outcome = forms.ChoiceField(label=_("核定意见"), widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=_("核定说明"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("需继续整改的，须写明理由。"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = named_choices(AnswerState, OUTCOMES)


class ClearForm(Versioned):
    """回头看核实未反弹."""

    note = forms.CharField(
        label=_("核实情况"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("谁、何时到现场，看到什么。"),
    )


class CompleteForm(Versioned):
    """补充申报要素."""

    target = forms.ChoiceField(
        label=_("治理去向"), required=False, help_text=_("没有治理去向的申报，影像无法判定。")
    )
    zone = forms.ChoiceField(
        label=_("气候区"), required=False, help_text=_("不填则按各区中最谨慎的标准判定。")
    )
    disturbed_since = Day(label=_("损毁起始"), required=False)
    planted_on = Day(label=_("种植日期"), required=False)
    restored_since = Day(label=_("修复完成"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, terms in (("target", TargetUse), ("zone", Zone)):
            cast(forms.ChoiceField, self.fields[name]).choices = [NOT_SAID, *named_choices(terms)]

    def elements(self) -> Elements:
        """What was filled in, for the act."""
        given = self.cleaned_data
        return Elements(
            target=TargetUse(given["target"]) if given["target"] else None,
            restored_since=given["restored_since"],
            zone=Zone(given["zone"]) if given["zone"] else None,
            disturbed_since=given["disturbed_since"],
            planted_on=given["planted_on"],
        )


class DecideClueForm(Versioned):
    """现场核实属实, 排除 or 恢复; only the first needs somebody to have been there."""

    visited_on = Day(label=_("到场日期"), required=False)
    note = forms.CharField(
        label=_("核实情况"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("谁、何时到现场，看到什么，有什么批准文件。"),
    )
    shots = SeveralFiles(label=_("现场照片或批准文件"), required=False, max_length=255, most=MOST_SHOTS)
    nothing_secret = forms.BooleanField(label=_("我已核对：文件不含涉密内容"), required=False)

    def __init__(self, *args: Any, on_site: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["visited_on"].required = on_site
        self.fields["shots"].widget.attrs |= {"accept": f"image/*,{ACCEPTED}", "multiple": True}

    def clean(self) -> dict[str, Any]:
        return _declared(self, "shots")


class PlanScreeningForm(forms.Form):
    """预估筛查任务."""

    scene_set = forms.ChoiceField(label=_("影像目录"))
    region = forms.ChoiceField(label=_("筛查范围"))
    since = Day(label=_("此日以后新增"), help_text=_("影像须从此日以前至少一年半开始。"))
    until = Day(label=_("影像截至"), required=False, help_text=_("不填则看到最新一景。"))
    least_m2 = forms.FloatField(
        label=_("最小面积（平方米）"), min_value=400, max_value=1_000_000, initial=int(LEAST_M2)
    )
    zone = forms.ChoiceField(
        label=_("气候区"), required=False, help_text=_("不填则按各区中最谨慎的标准判定。")
    )

    def __init__(
        self, *args: Any, sets: Iterable[SceneSet], regions: Iterable[Region], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.sets = {str(each.pk): each for each in sets}
        self.regions = {str(region.pk): region for region in regions}
        for name, rows in (("scene_set", self.sets), ("region", self.regions)):
            choices = [(key, str(getattr(row, "name", row))) for key, row in rows.items()]
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        cast(forms.ChoiceField, self.fields["zone"]).choices = [NOT_SAID, *named_choices(Zone)]

    def new(self) -> NewScreening:
        """What was filled in, for the act."""
        given = self.cleaned_data
        return NewScreening(
            self.sets[given["scene_set"]],
            self.regions[given["region"]],
            given["since"],
            given["until"],
            given["least_m2"],
            Zone(given["zone"]) if given["zone"] else None,
        )


class NarrowClaims(Narrow):
    """The list of claims; verdicts are chips."""

    target = forms.ChoiceField(label=_("治理去向"), required=False)
    field_order = ["region", "target", "q"]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        choose(self, "target", named_choices(TargetUse), empty=_("全部去向"))


class NarrowClues(NarrowByRegion):
    """The list of clues; states and kinds are chips."""

    q = forms.CharField(
        label=_("图斑编号或矿山名称"), required=False, max_length=LONGEST_TEXT, widget=forms.SearchInput
    )


def claim_filters(query: Mapping[str, str], *, on: date) -> ClaimFilters:
    """What the address says; what cannot be read does not narrow."""
    look, target = query.get("verdict", ""), query.get("target", "")
    return ClaimFilters(
        on,
        look if look in LOOKS else "",
        region_of(query),
        target if target in TargetUse.values() else "",
        text_of(query),
        row_id(query.get("run", "")),
    )
