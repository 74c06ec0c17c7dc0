"""What is filled in to accept, publish, answer, evaluate, close, reopen, extend, adjust?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.cases.closing import running_notice
from qingshan.office.cases.facts import current_plan
from qingshan.office.cases.models import Objection
from qingshan.office.cases.needs import notice_days, notice_end
from qingshan.office.matters.forms.acting import ActForm, FormalForm, choose
from qingshan.rules.matters import Channel, EnforcementState, Finding, ObjectionState
from qingshan.rules.numbers import plainly
from qingshan.rules.register import MineState

YES, NO = "yes", "no"


class AcceptForm(FormalForm):
    """验收, on site."""

    grounds_label = _("验收意见")
    visitors = forms.CharField(
        label=_("到场人员"), max_length=200, help_text=_("谁到了现场：姓名，几人用顿号分开。")
    )
    visited_on = Day(label=_("到场日期"))

    def prepare(self) -> None:
        self.fields["visited_on"].widget.attrs["max"] = self.about.on.isoformat()


class YearlyCheckForm(AcceptForm):
    """年度核查通过."""

    grounds_label = _("核查意见")
    next_due_on = Day(label=_("下次核查时限"))


class NoticeForm(ActForm):
    """发布公示."""

    where = forms.CharField(label=_("公示方式"), max_length=200, help_text=_("如：县政府网站、村务公开栏。"))
    contact = forms.CharField(label=_("异议受理方式"), max_length=200, help_text=_("电话、地址或邮箱。"))
    from_on = Day(label=_("公示开始"))
    to_on = Day(label=_("公示结束"))
    summary = forms.CharField(
        label=_("完成情况"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def prepare(self) -> None:
        on = self.about.on
        days = notice_days(self.about.matter, on)
        self.fields["from_on"].initial = on
        self.fields["to_on"].initial = notice_end(on, days)
        self.fields["to_on"].help_text = _("规则库要求不少于 %(days)s 个工作日，当日不计入。") % {
            "days": days
        }


class ObjectionForm(ActForm):
    """登记异议."""

    text = forms.CharField(
        label=_("异议内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("只写异议的内容；提出人的姓名、电话留在纸质材料里。"),
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("提出方式"))
    received_on = Day(label=_("收到日期"), required=False, help_text=_("不填为办理日期。"))

    def prepare(self) -> None:
        choose(self, "channel", named_choices(Channel))
        self.fields["received_on"].widget.attrs["max"] = self.about.on.isoformat()

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


class AnswerForm(ActForm):
    """答复异议."""

    grounds_label = _("答复内容")
    objection = forms.ChoiceField(label=_("哪一件异议"))
    outcome = forms.ChoiceField(label=_("异议是否成立"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        notice = running_notice(self.about.matter)
        rows = Objection.objects.filter(notice=notice, state=ObjectionState.OPEN.value).select_related(
            "notice"
        )
        self.objections = {str(each.pk): each for each in rows.order_by("id")}
        named = [
            (key, f"{each.received_on:%Y-%m-%d} {each.text[:60]}") for key, each in self.objections.items()
        ]
        choose(self, "objection", named, empty=True)
        choose(self, "outcome", [(NO, _("不成立，已作说明")), (YES, _("成立，应中止公示、继续整改"))])

    def clean_objection(self) -> Any:
        return self.objections[self.cleaned_data["objection"]]


class EnforcementForm(FormalForm):
    """登记查处情况."""

    grounds_label = _("情况说明")
    state = forms.ChoiceField(label=_("查处追责情况"), widget=forms.RadioSelect)
    decided_on = Day(label=_("处理决定日期"), required=False)
    outcome = forms.CharField(
        label=_("处理结果"),
        required=False,
        max_length=500,
        help_text=_("处罚、移送、问责的结果；案件本身在执法系统办理。"),
    )

    def prepare(self) -> None:
        choose(self, "state", named_choices(EnforcementState))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        state = cleaned.get("state")
        if state == EnforcementState.NONE_NEEDED and not cleaned.get("grounds"):
            self.add_error("grounds", _("无需查处的，请写明理由。"))
        if state == EnforcementState.DONE and not (cleaned.get("outcome") and cleaned.get("decided_on")):
            self.add_error("outcome", _("查处追责到位的，请填写处理决定日期和处理结果。"))
        return cleaned


class EvaluateForm(ActForm):
    """成效评估."""

    grounds_label = _("评估意见")
    grounds_help = _("凭什么认定：实测数量、照片、影像、第三方报告。")
    target_reached = forms.ChoiceField(label=_("整改目标是否达到"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        choose(self, "target_reached", [(YES, _("已经达到")), (NO, _("没有达到"))])


class DueForm(FormalForm):
    """A new deadline: 重新挂账, 批准延期."""

    grounds_label = _("理由")
    due_on = Day(label=_("新的完成时限"))

    def prepare(self) -> None:
        self.fields["due_on"].widget.attrs["min"] = self.about.on.isoformat()


class AdjustForm(FormalForm):
    """批准调整目标."""

    grounds_label = _("调整理由")
    target = forms.CharField(label=_("整改目标"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    target_quantity = forms.DecimalField(label=_("目标数量"), min_value=0, max_digits=14, decimal_places=4)
    target_unit = forms.CharField(label=_("目标单位"), max_length=20, help_text=_("如：公顷、万立方米。"))

    def prepare(self) -> None:
        plan = current_plan(self.about.matter)
        if plan is not None:
            self.fields["target"].initial = plan.target
            self.fields["target_unit"].initial = plan.target_unit
            self.fields["target_quantity"].initial = plainly(plan.target_quantity)


class MineStateForm(ActForm):
    """登记矿山关停情况."""

    state = forms.ChoiceField(label=_("矿山状态"))
    since_on = Day(label=_("自何时起"), required=False)

    def prepare(self) -> None:
        stopped = (MineState.STOPPED, MineState.CLOSED, MineState.ABANDONED)
        choose(self, "state", named_choices(MineState, stopped), empty=True)


class PerformanceForm(FormalForm):
    """代履行决定."""

    grounds_label = _("决定理由")
    performer = forms.CharField(label=_("代履行单位"), max_length=160, help_text=_("费用由原责任主体承担。"))


class FindingForm(ActForm):
    """核实属实情况."""

    grounds_label = _("调查核实情况")
    needs_grounds = True
    finding = forms.ChoiceField(label=_("是否属实"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        choose(self, "finding", named_choices(Finding))
