"""What is filled in to draw up a plan: target, stages, measures, each in rows that can be added?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day
from qingshan.office.cases.actions.planning import NewMeasure, NewPlan, NewStage
from qingshan.office.cases.drafts import draft_of
from qingshan.office.cases.forms.timetables import StageFields, stage_row
from qingshan.office.matters.forms.acting import ActForm
from qingshan.office.matters.models import Plan
from qingshan.rules.numbers import plainly

EMPTY_ROWS = 2
MOST_ROWS = 60


class Quantity(forms.DecimalField):
    """How much, as the database keeps it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_digits=14,
            decimal_places=4,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            **options,
        )


class StageForm(StageFields):
    """节点: a row of the timetable, with the days that somebody wrote."""

    from_on = Day(label=_("计划开始"), required=False)
    due_on = Day(label=_("计划完成"), required=False)
    field_order = ("name", "term", "from_on", "due_on", "work", "days")

    def stage(self) -> NewStage:
        given = self.cleaned_data
        fixed = super().stage()
        return replace(
            fixed,
            from_on=given["from_on"] or fixed.from_on,
            due_on=given["due_on"] or fixed.due_on,
        )


class MeasureForm(forms.Form):
    """整改措施: one thing to be done."""

    name = forms.CharField(label=_("整改措施"), max_length=300)
    stage = forms.IntegerField(
        label=_("所属节点序号"), required=False, min_value=1, max_value=MOST_ROWS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    quantity = Quantity(label=_("工程量"))
    quantity_unit = forms.CharField(label=_("工程量单位"), max_length=20, required=False)
    unit_name = forms.CharField(label=_("责任单位"), max_length=160, required=False)
    post = forms.CharField(label=_("岗位"), max_length=80, required=False)
    person_name = forms.CharField(label=_("责任人"), max_length=60, required=False)
    due_on = Day(label=_("完成时限"), required=False)
    shown_by = forms.CharField(label=_("以何佐证"), max_length=200, required=False)

    def measure(self) -> NewMeasure:
        return NewMeasure(**self.cleaned_data)


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """Rows of one sort; those left empty do not count."""

    def filled(self) -> list[forms.Form]:
        return [form for form in self.forms if form.cleaned_data.get("name")]


StageRows = forms.formset_factory(StageForm, formset=Rows, extra=EMPTY_ROWS, max_num=MOST_ROWS)
MeasureRows = forms.formset_factory(MeasureForm, formset=Rows, extra=EMPTY_ROWS, max_num=MOST_ROWS)


class PlanForm(ActForm):
    """编制整改方案, with its stages and measures."""

    title = forms.CharField(label=_("方案名称"), max_length=200)
    target = forms.CharField(
        label=_("整改目标"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("治什么：写到可以核对，如“回填采坑并复绿 3.2 公顷”。"),
    )  # fmt: skip
    target_quantity = Quantity(label=_("目标数量"))
    target_unit = forms.CharField(label=_("目标单位"), max_length=20, required=False)
    from_on = Day(label=_("开始日期"), required=False)
    due_on = Day(label=_("完成时限"), required=False, help_text=_("不得晚于交办时限。"))

    def prepare(self) -> None:
        plan = self.about.matter.plans.order_by("-number").first()
        self._start_from(plan)
        given, files = (self.data, self.files) if self.is_bound else (None, None)
        self.stages = StageRows(given, files, prefix="stages", initial=_stages(plan))
        self.measures = MeasureRows(given, files, prefix="measures", initial=_measures(plan))

    def _start_from(self, plan: Plan | None) -> None:
        if plan is None:
            self.fields["due_on"].initial = self.about.matter.due_on
            return
        for name in ("title", "target", "target_unit", "from_on", "due_on"):
            self.fields[name].initial = getattr(plan, name)
        self.fields["target_quantity"].initial = plainly(plan.target_quantity)

    def is_valid(self) -> bool:
        """The rows too: each says its own errors."""
        rows = [each.is_valid() for each in (self.stages, self.measures)]
        return super().is_valid() and all(rows)

    @property
    def plan(self) -> NewPlan:
        """What was filled in; what an area's plan covers, and whose part a plan is, stays as it was."""
        own = ("title", "target", "target_quantity", "target_unit", "from_on", "due_on")
        return replace(
            draft_of(self.about.matter),
            **{name: self.cleaned_data[name] for name in own},
            stages=tuple(form.stage() for form in self.stages.filled()),  # type: ignore[attr-defined]
            measures=tuple(form.measure() for form in self.measures.filled()),  # type: ignore[attr-defined]
        )


def _stages(plan: Plan | None) -> list[dict[str, Any]]:
    return [
        {"from_on": each.from_on, "due_on": each.due_on, **stage_row(each)}
        for each in (plan.stages.order_by("place") if plan else ())
    ]


def _measures(plan: Plan | None) -> list[dict[str, Any]]:
    return list(_measure_rows(plan)) if plan else []


def _measure_rows(plan: Plan) -> Iterable[dict[str, Any]]:
    for each in plan.measures.select_related("stage").order_by("place"):
        yield {
            "name": each.name,
            "stage": each.stage.place if each.stage else None,
            "quantity": plainly(each.quantity),
            "quantity_unit": each.quantity_unit,
            "unit_name": each.unit_name,
            "post": each.post,
            "person_name": each.person_name,
            "due_on": each.due_on,
            "shown_by": each.shown_by,
        }
