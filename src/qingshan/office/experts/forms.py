"""What is filled in about experts, draws and opinions?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qingshan.exchange.readers.documents import ACCEPTED
from qingshan.office.accounts.forms import Day, Pick, named_choices
from qingshan.office.experts import queries
from qingshan.office.experts.actions import ExpertFacts, TieFacts
from qingshan.office.experts.actions.pool import POOL_LEVELS
from qingshan.office.experts.drawing import LEAVE, STAYS_AWAY
from qingshan.office.experts.models import ANY_FIELD, Expert
from qingshan.office.experts.queries import Choice, Filters
from qingshan.office.regions.models import Region
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.draw import ANY, SeedKind
from qingshan.rules.experts import ANSWERS, ExpertState, OpinionState, Speciality, TieGrounds, TieKind
from qingshan.rules.reasons import CHINESE, Reason, say
from qingshan.rules.register import RegionLevel

TEXT_LENGTH = 60
MOST_SEATS = 99


def _long(label: Any, limit: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=limit, widget=area, required=required, help_text=help_text)


class Narrow(forms.Form):
    """To what the list of experts is narrowed."""

    q = forms.CharField(label=_("查找"), max_length=TEXT_LENGTH, required=False)
    field = forms.ChoiceField(label=_("专业领域"), required=False)
    level = forms.ChoiceField(label=_("专家库级别"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (
            ("field", named_choices(Speciality)),
            ("level", named_choices(RegionLevel, POOL_LEVELS)),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("全部")), *choices]


def filters_from(query: Mapping[str, str]) -> Filters:
    """What the address says; what cannot be read does not narrow the list."""
    field, level, state = (query.get(name, "") for name in ("field", "level", "state"))
    return Filters(
        text=query.get("q", "").strip()[:TEXT_LENGTH],
        field=field if field in Speciality.values() else "",
        level=level if level in POOL_LEVELS else "",
        state=state if state in ExpertState.values() else "",
    )


class ExpertForm(forms.Form):
    """更正专家信息."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    fields_ = forms.MultipleChoiceField(label=_("专业领域"), widget=forms.CheckboxSelectMultiple)
    title = forms.CharField(label=_("职称"), max_length=60, required=False)
    employer = forms.CharField(
        label=_("所在单位"), max_length=120, help_text=_("抽取和指派时按它回避；与机构名录同名的自动对应。")
    )
    person = Pick(
        label=_("登录人员"),
        name_field="full_name",
        required=False,
        help_text=_("已任专家岗位的人员，可以在系统内接受指派、提出意见；没有的不填。"),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=120,
        required=False,
        help_text=_("个人信息：只作加盐承诺记入留痕，可依规删除；不进入导出。"),
    )
    note = forms.CharField(label=_("备注"), max_length=500, required=False)

    def __init__(self, *args: Any, actor: ActorLike, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.MultipleChoiceField, self.fields["fields_"]).choices = named_choices(Speciality)
        pick = cast(Pick, self.fields["person"])
        pick.rows = queries.people_with_experts_posts(actor, on=on)
        pick.widget.attrs["list"] = "person-names"

    def facts(self) -> ExpertFacts:
        """What was filled in, for the act. An empty contact leaves it as it was."""
        given = self.cleaned_data
        return ExpertFacts(
            name=given["name"],
            fields=tuple(given["fields_"]),
            employer=given["employer"],
            title=given["title"],
            organisation=queries.house_called(given["employer"]),
            person=given["person"],
            contact=given["contact"] or None,
            note=given["note"],
        )


class EnterForm(ExpertForm):
    """专家入库."""

    key = forms.CharField(label=_("专家编号"), max_length=40, help_text=_("唯一，以后不变。"))
    pool = forms.ChoiceField(label=_("专家库所属"), help_text=_("省库供全省使用，市库供全市使用。"))
    entered_on = Day(label=_("入库日期"))
    entered_by = forms.CharField(label=_("入库依据"), max_length=200, help_text=_("文件名称和文号。"))
    field_order = (
        "key",
        "pool",
        "name",
        "fields_",
        "title",
        "employer",
        "person",
        "contact",
        "entered_on",
        "entered_by",
        "note",
    )

    def __init__(self, *args: Any, pools: Iterable[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        self.pools = {str(region.pk): region for region in pools}
        cast(forms.ChoiceField, self.fields["pool"]).choices = [
            (key, region.name) for key, region in self.pools.items()
        ]

    def clean_pool(self) -> Region:
        return self.pools[self.cleaned_data["pool"]]


class TieForm(forms.Form):
    """登记回避情形."""

    kind = forms.ChoiceField(label=_("回避对象类型"))
    named = forms.CharField(
        label=_("回避对象"),
        max_length=120,
        help_text=_("单位填名称或统一社会信用代码，矿山填编号，行政区划填代码。"),
    )
    grounds = forms.ChoiceField(label=_("回避情形"))
    from_on = Day(label=_("起始日期"))
    to_on = Day(label=_("截止日期"), required=False, help_text=_("不填则不定期。"))
    note = forms.CharField(
        label=_("具体情况"),
        max_length=300,
        required=False,
        help_text=_("只在专家页显示；抽取结果只写明回避情形的类别。"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, terms in (("kind", TieKind), ("grounds", TieGrounds)):
            cast(forms.ChoiceField, self.fields[name]).choices = named_choices(terms)

    def facts(self) -> TieFacts:
        given = self.cleaned_data
        return TieFacts(
            kind=TieKind(given["kind"]),
            named=given["named"],
            grounds=TieGrounds(given["grounds"]),
            from_on=given["from_on"],
            to_on=given["to_on"],
            note=given["note"],
        )


class EndTieForm(forms.Form):
    """解除回避情形."""

    last_day = Day(label=_("截止日期"))
    reason = forms.CharField(label=_("解除理由"), max_length=200)


class WhyForm(forms.Form):
    """An act that has to be explained."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class LeaveForm(WhyForm):
    """专家出库."""

    left_on = Day(label=_("出库日期"))


class Versioned(forms.Form):
    """An act on a draw or an opinion as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AnnounceForm(forms.Form):
    """公告随机抽取."""

    title = forms.CharField(label=_("抽取事由"), max_length=200)
    pool = forms.ChoiceField(label=_("专家库"))
    closes_on = Day(
        label=_("名单封存日期"), help_text=_("最迟在这一天封存名单；此前入库、暂停和回避都计入。")
    )
    seed_kind = forms.ChoiceField(label=_("种子类型"))
    seed_source = forms.CharField(
        label=_("公开号码来源"),
        max_length=200,
        help_text=_(
            "任何人都能查到、谁也不能左右的号码，写明期号。例如某日公布的某期彩票中奖号码、某日收盘指数。"
        ),
    )
    seed_on = Day(
        label=_("号码公布日期"), help_text=_("待公布的号码须晚于名单封存日期：封存时谁也不知道号码。")
    )
    seed_number = forms.CharField(
        label=_("公开号码"), max_length=80, required=False, help_text=_("选“公告时写明的号码”的填写。")
    )

    def __init__(self, *args: Any, pools: Iterable[Region], **options: Any) -> None:
        super().__init__(*args, **options)
        self.pools = {str(region.pk): region for region in pools}
        language = get_language() or CHINESE
        for name, choices in (
            ("pool", [(key, region.name) for key, region in self.pools.items()]),
            ("seed_kind", named_choices(SeedKind)),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        for code, label in [*named_choices(Speciality), (ANY, ANY_FIELD.say({}, language))]:
            self.fields[f"n_{code}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST_SEATS
            )

    @property
    def head(self) -> list[forms.BoundField]:
        """Everything but the numbers."""
        return [self[name] for name in self.fields if not name.startswith("n_")]

    @property
    def numbers(self) -> list[forms.BoundField]:
        """How many of each field."""
        return [self[name] for name in self.fields if name.startswith("n_")]

    def clean_pool(self) -> Region:
        return self.pools[self.cleaned_data["pool"]]

    @property
    def wanted(self) -> dict[str, int]:
        """How many of which field."""
        given = {name: self.cleaned_data.get(name) for name in self.fields if name.startswith("n_")}
        return {name.removeprefix("n_"): count for name, count in given.items() if count}


class DrawForm(Versioned):
    """随机抽取专家."""

    number = forms.CharField(
        label=_("公开号码"), max_length=80, required=False, help_text=_("照公布的写法填写，一字不差。")
    )


class ExcuseForm(Versioned):
    """抽中专家退出."""

    why = forms.ChoiceField(label=_("退出情形"))
    reason = forms.CharField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(LEAVE, _("请假")), (STAYS_AWAY, _("回避"))]
        cast(forms.ChoiceField, self.fields["why"]).choices = choices


class CancelForm(Versioned):
    """作废抽取."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class ChooseForm(forms.Form):
    """Somebody of the pool for one object. Who must stay away stands in the list with the reason."""

    expert = forms.ChoiceField(label=_("专家"))

    def __init__(self, *args: Any, choices: Iterable[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.experts = {str(each.expert.pk): each.expert for each in choices}
        cast(forms.ChoiceField, self.fields["expert"]).choices = [
            ("", "—"),
            *((str(each.expert.pk), _as_chosen(each)) for each in choices),
        ]

    def clean_expert(self) -> Expert:
        return self.experts[self.cleaned_data["expert"]]


def _as_chosen(choice: Choice) -> str:
    expert = choice.expert
    told = " · ".join((expert.name, "、".join(expert.field_names), expert.employer, expert.key))
    if not choice.because:
        return told
    return f"{told}（{say(choice.because[0], get_language() or CHINESE)}）"


class AssignForm(ChooseForm):
    """指派专家."""

    to_on = Day(label=_("截止日期"))
    document = forms.CharField(label=_("依据文件"), max_length=120, required=False)


class InviteForm(ChooseForm):
    """邀请专家提出意见."""

    question = _long(_("征求意见的问题"), 500)
    due_on = Day(label=_("提出期限"), required=False)


class GiveForm(Versioned):
    """提出专家意见."""

    text = _long(_("意见"), 20_000, required=False)
    given_on = Day(
        label=_("提出日期"), required=False, help_text=_("不填则为今日；代为登记的填意见原件的日期。")
    )
    file = forms.FileField(
        label=_("意见原件"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF、图片、Word 等。涉密文件不得上传。"),
    )
    nothing_secret = forms.BooleanField(label=_("我已核对：文件不含涉密内容"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file") and not cleaned.get("nothing_secret"):
            not_declared = Reason("rules.secrecy.not_declared")
            self.add_error("nothing_secret", say(not_declared, get_language() or CHINESE))
        return cleaned


class WithdrawForm(Versioned):
    """撤回邀请."""

    reason = forms.CharField(label=_("撤回理由"), max_length=200)


class EndAssignmentForm(forms.Form):
    """结束指派: until that day the expert still sees it."""

    last_day = Day(label=_("最后一天"))


class NarrowDraws(forms.Form):
    """Which draws are looked for."""

    q = forms.CharField(
        label=_("抽取事由、所涉对象或专家"), required=False, max_length=TEXT_LENGTH, widget=forms.SearchInput
    )


def sought_text(query: Mapping[str, str]) -> str:
    """What an address looks for."""
    return query.get("q", "").replace("\0", "").strip()[:TEXT_LENGTH]


class AnswerForm(Versioned):
    """答复专家意见."""

    outcome = forms.ChoiceField(label=_("采纳情况"))
    answer = _long(_("采纳情况说明"), 1000, required=False, help_text=_("部分采纳或不采纳的，须说明理由。"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = named_choices(OpinionState, ANSWERS)
