"""What is filled in to place stages back from a deadline?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.cases.actions.planning import NewPlan, NewStage
from qingshan.office.cases.timetables import work_kind
from qingshan.office.matters.models import Plan, Stage
from qingshan.rules.calendar import LONGEST_TERM
from qingshan.rules.matters import StageTerm
from qingshan.rules.seasons import WorkKind

EMPTY_ROWS, MOST_ROWS = 3, 60


class Whole(forms.IntegerField):
    """A whole number that is typed, with digits on a phone's keyboard."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), required=False, **options)


class Places(forms.CharField):
    """Places of rows: `1、2` or `1,2`."""

    default_error_messages = {"no_place": _("前置节点只写序号，如“1、2”。")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("、", ",").replace("，", ",")
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() and len(part) <= 3 for part in parts):
            raise forms.ValidationError(self.error_messages["no_place"], code="no_place")
        return tuple(dict.fromkeys(int(part) for part in parts))


class StageFields(forms.Form):
    """节点, with all that decides when it can be done."""

    name = forms.CharField(label=_("节点名称"), max_length=120)
    work = forms.ChoiceField(label=_("工程类别"), required=False, initial=WorkKind.OTHER.value)
    days = Whole(label=_("工期（天）"), min_value=1, max_value=LONGEST_TERM)
    in_calendar_days = forms.BooleanField(label=_("按自然日计"), required=False)
    after = Places(label=_("前置节点序号"), required=False, max_length=60)
    lag_days = Whole(label=_("间隔（自然日）"), min_value=0, max_value=LONGEST_TERM)
    begins_on = Day(label=_("定死的开始日期"), required=False)
    ends_on = Day(label=_("定死的完成日期"), required=False)
    term = forms.ChoiceField(label=_("阶段类型"), required=False, initial=StageTerm.SHORT.value)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, terms in (("work", WorkKind), ("term", StageTerm)):
            field: Any = self.fields[name]
            field.choices = named_choices(terms)

    def has_changed(self) -> bool:
        """A row in which nothing but a choice from a list stands is empty: a list always sends something."""
        return bool(set(self.changed_data) - {"work", "term"})

    def stage(self) -> NewStage:
        """The row as a stage; its days are those that were fixed, if any."""
        given = self.cleaned_data
        return NewStage(
            given["name"],
            from_on=given["begins_on"],
            due_on=given["ends_on"],
            term=StageTerm(given["term"] or StageTerm.SHORT.value),
            work=given["work"] or WorkKind.OTHER.value,
            days=given["days"],
            after=given["after"],
            in_calendar_days=given["in_calendar_days"],
            lag_days=given["lag_days"],
            begins_on=given["begins_on"],
            ends_on=given["ends_on"],
        )


def stage_row(stage: NewStage | Stage) -> dict[str, Any]:
    """A stage as its row shows it."""
    return {
        "name": stage.name,
        "work": work_kind(stage.work).value,
        "days": stage.days,
        "in_calendar_days": bool(stage.in_calendar_days),
        "after": "、".join(map(str, stage.after)),
        "lag_days": stage.lag_days,
        "begins_on": stage.begins_on,
        "ends_on": stage.ends_on,
        "term": str(stage.term),
    }


class StageRow(StageFields):
    """A stage whose days are to be found. One whose name was emptied is gone."""

    was = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """its place in the version that one started from"""
    name = forms.CharField(label=_("节点名称"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        both_fixed = given.get("begins_on") and given.get("ends_on")
        lacks_days = given.get("days") is None and "days" not in self.errors and not both_fixed
        if given.get("name") and lacks_days:
            self.add_error("days", _("请填写工期，或同时定死开始和完成日期。"))
        return given


STAGE_ROWS = forms.formset_factory(
    StageRow, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


class BackwardForm(forms.Form):
    """倒排工期: the deadline, the first possible day, and the stages."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    due_on = Day(label=_("完成时限"), help_text=_("从这一天往回排；不晚于交办时限。"))
    not_before = Day(
        label=_("最早开工日期"), required=False, help_text=_("在这一天以前不能开始；不填则不限。")
    )

    within = forms.TypedChoiceField(label=_("所属片区方案"), required=False, coerce=int, empty_value=None)

    def __init__(
        self,
        data: Any,
        *,
        plan: NewPlan,
        version: int,
        today: date,
        areas: Sequence[Plan] = (),
        more: int = 0,
    ) -> None:
        initial = {"version": version, "due_on": plan.due_on, "not_before": max(plan.from_on or today, today)}
        super().__init__(data, initial=initial)
        self.areas = {each.pk: each for each in (*areas, *([plan.within] if plan.within else []))}
        self._offer(plan)
        rows = [{"was": place, **stage_row(stage)} for place, stage in enumerate(plan.stages, start=1)]
        self.rows = STAGE_ROWS(_with_more(data, more), prefix="stages", initial=rows)

    def _offer(self, plan: NewPlan) -> None:
        """The plans of areas that the mine lies in; the one that it belongs to, or the only one there is, first."""
        field: Any = self.fields["within"]
        if not self.areas:
            del self.fields["within"]
            return
        field.choices = [("", _("不属于片区方案")), *((pk, str(each)) for pk, each in self.areas.items())]
        field.initial = plan.within.pk if plan.within else next(iter(self.areas))

    @property
    def area_plan(self) -> Plan | None:
        """The area's plan that this one belongs to."""
        return self.areas.get(self.cleaned_data.get("within") or 0)

    def is_valid(self) -> bool:
        """The rows too: each says its own errors; without a single stage there is nothing to place."""
        rows, head = self.rows.is_valid(), super().is_valid()
        if not (rows and head):
            return False
        if not self._places:
            self.add_error(None, str(_("还没有填写任何节点。请至少填写一个节点的名称和工期。")))
        for form in self._filled:
            unknown = [str(each) for each in form.cleaned_data["after"] if each not in self._places]
            if unknown:
                form.add_error("after", _("没有第 %(n)s 行节点。请核对序号。") % {"n": "、".join(unknown)})
        return not self.errors and not any(form.errors for form in self._filled)

    @property
    def _filled(self) -> list[StageRow]:
        """A row whose name was emptied is gone."""
        return [form for form in self.rows.forms if form.cleaned_data.get("name")]

    @property
    def _places(self) -> dict[int, int]:
        """From the number of a row on the page to its place among those that are filled."""
        named = [at for at, form in enumerate(self.rows.forms, start=1) if form.cleaned_data.get("name")]
        return {at: place for place, at in enumerate(named, start=1)}

    @property
    def stages(self) -> tuple[NewStage, ...]:
        """The stages in the order of the rows, what they wait for by the places that they have now."""
        places = self._places
        found = [form.stage() for form in self._filled]
        return tuple(replace(each, after=tuple(places[at] for at in each.after)) for each in found)

    @property
    def moved(self) -> dict[int, int]:
        """Where each stage of the version before stands now."""
        rows = enumerate(self._filled, start=1)
        return {form.cleaned_data["was"]: place for place, form in rows if form.cleaned_data.get("was")}


def _with_more(data: Any, more: int) -> Any:
    """What was sent, with so many empty rows more."""
    if data is None or not more:
        return data
    wider, name = data.copy(), "stages-TOTAL_FORMS"
    count = str(data.get(name, ""))
    wider[name] = str(min(MOST_ROWS, (int(count) if count.isdecimal() and len(count) < 4 else 0) + more))
    return wider
