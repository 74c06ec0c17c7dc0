"""What is filled in about a day, a layer, an opinion?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.places.actions import OpinionFacts, Said
from qingshan.office.places.models import MapLayer
from qingshan.office.regions.models import Region
from qingshan.rules.areas import M2_PER_HECTARE
from qingshan.rules.layers import CHECKED, SECRET, LayerKind, Openness, OverlapConclusion
from qingshan.rules.reasons import CHINESE

MOST_BYTES = 20 * 2**20


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


class NewLayer(forms.Form):
    """登记图层."""

    code = forms.CharField(
        label=_("图层代码"),
        max_length=40,
        help_text=_("字母、数字、下划线和连字符；导入要素时用它指明图层。"),
    )
    title = forms.CharField(label=_("图层名称"), max_length=80)
    kind = forms.ChoiceField(label=_("图层类别"))
    region = forms.TypedChoiceField(label=_("覆盖范围"))
    openness = forms.ChoiceField(
        label=_("公开属性"),
        help_text=_("公开图层所有登录人员可见；内部图层只有覆盖范围内的管理部门可见。"),
    )
    source = forms.CharField(label=_("数据来源"), max_length=120, help_text=_("提供单位和成果名称。"))
    data_on = Day(label=_("数据时点"))
    approval_no = forms.CharField(
        label=_("审图号"), max_length=40, required=False, help_text=_("公开出版的地图填写，显示时注明。")
    )
    note = forms.CharField(label=_("备注"), max_length=500, required=False)

    def __init__(self, *args: Any, regions: Iterable[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        self.regions = {str(region.pk): region for region in regions}
        openness = [*named_choices(Openness), (SECRET, _("涉密"))]
        for name, choices in (
            ("kind", named_choices(LayerKind)),
            ("region", [(key, region.name) for key, region in self.regions.items()]),
            ("openness", openness),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_region(self) -> Region:
        return self.regions[self.cleaned_data["region"]]


class ReplaceLayer(forms.Form):
    """替换图层."""

    by = forms.ModelChoiceField(
        label=_("新图层"),
        queryset=MapLayer.objects.none(),
        help_text=_("同一类别、已导入要素的现行图层。"),
    )

    def __init__(self, *args: Any, candidates: QuerySet[MapLayer], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField[MapLayer], self.fields["by"]).queryset = candidates


class Why(forms.Form):
    """An act that has to be explained."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class NewOpinion(forms.Form):
    """登记套合核查意见: two fields for each kind of control line, none of them needed."""

    issued_by = forms.CharField(label=_("出具单位"), max_length=120)
    number = forms.CharField(label=_("文号"), max_length=120)
    issued_on = Day(label=_("出具日期"))
    note = forms.CharField(label=_("说明"), max_length=500, required=False)
    file = forms.FileField(
        label=_("意见原件"), max_length=255, help_text=_("扫描件或照片；涉密文件不能上传。")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or CHINESE
        for kind in CHECKED:
            name = kind.say(language)
            self.fields[f"said_{kind.value}"] = forms.ChoiceField(
                label=name, required=False, choices=[("", "—"), *named_choices(OverlapConclusion)]
            )
            self.fields[f"area_{kind.value}"] = forms.DecimalField(
                label=_("%(kind)s套合面积（公顷）") % {"kind": name},
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=4,
            )

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields of the paper itself."""
        return [self[name] for name in ("issued_by", "number", "issued_on", "file", "note")]

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Conclusion and area of each kind of control line."""
        return [(self[f"said_{kind.value}"], self[f"area_{kind.value}"]) for kind in CHECKED]

    def clean_file(self) -> UploadedFile[Any]:
        brought: UploadedFile[Any] = self.cleaned_data["file"]
        if (brought.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 20 MB。请降低扫描分辨率后再上传。"))
        return brought

    def facts(self, *, file_digest: str, file_name: str) -> OpinionFacts:
        """What was filled in, for the act."""
        given = self.cleaned_data
        return OpinionFacts(
            issued_by=given["issued_by"],
            number=given["number"],
            issued_on=given["issued_on"],
            note=given["note"],
            file_digest=file_digest,
            file_name=file_name,
            said={kind: said for kind in CHECKED if (said := self._said(kind))},
        )

    def _said(self, kind: LayerKind) -> Said | None:
        conclusion, hectares = (self.cleaned_data.get(f"{part}_{kind.value}") for part in ("said", "area"))
        if not conclusion:
            return None
        area = None if hectares is None else float(hectares * M2_PER_HECTARE)
        return Said(OverlapConclusion(conclusion), area)
