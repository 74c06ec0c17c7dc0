"""What do those who do the work fill in: progress of stages and measures, evidence, what keeps it so?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingshan.office.accounts.forms import Day, named_choices
from qingshan.office.cases.actions.working import DONE_PERCENT, Progress, StageProgress
from qingshan.office.cases.claims import Restored, planned_for
from qingshan.office.cases.facts import current_plan
from qingshan.office.matters.actions.evidencing import NewEvidence
from qingshan.office.matters.forms import evidence as matters_forms
from qingshan.office.matters.forms.acting import ActForm, choose
from qingshan.office.matters.models import Measure, Stage
from qingshan.rules.matters import ProblemKind
from qingshan.rules.numbers import plainly
from qingshan.rules.reasons import CHINESE
from qingshan.rules.verification import TargetUse, claims_land


class ApplyForm(ActForm):
    """申请验收, with what is claimed of the land."""

    target = forms.ChoiceField(
        label=_("治理去向"),
        required=False,
        help_text=_("修复成什么用地。不填的，按已登记的修复计划核查；没有计划的，影像无法判定。"),
    )
    restored_since = Day(label=_("修复完成日期"), required=False, help_text=_("不填为申请日期。"))
    planted_on = Day(label=_("种植日期"), required=False, help_text=_("栽植或播种的日期；没有种植的不填。"))
    disturbed_since = Day(label=_("损毁起始日期"), required=False)

    def prepare(self) -> None:
        choose(self, "target", [("", "—"), *named_choices(TargetUse)])
        for name in ("restored_since", "planted_on", "disturbed_since"):
            self.fields[name].widget.attrs["max"] = self.about.on.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days = [cleaned.get(name) for name in ("disturbed_since", "planted_on", "restored_since")]
        told = [day for day in days if day]
        if told != sorted(told):
            self.add_error("restored_since", _("日期先后不符：先损毁，再种植，后完成修复。请改正。"))
        elif told and told[-1] > self.about.on:
            self.add_error("restored_since", _("日期晚于今天。请改正。"))
        return cleaned

    @property
    def restored(self) -> Restored:
        """What was said of the land."""
        given = self.cleaned_data
        return Restored(
            target=TargetUse(given["target"]) if given["target"] else None,
            restored_since=given["restored_since"],
            planted_on=given["planted_on"],
            disturbed_since=given["disturbed_since"],
        )


@dataclass(frozen=True)
class StageRows:
    """A stage with its measures, as the page asks for them; `stage` is None for measures of none."""

    stage: Stage | None
    measures: list[tuple[Measure, forms.BoundField, forms.BoundField]]
    percent: forms.BoundField | None = None
    """of a stage without measures; else its measures say how far it is"""
    begun: forms.BoundField | None = None
    done: forms.BoundField | None = None


class ProgressForm(ActForm):
    """填报进展: how far each measure is, and when its stage began and ended. What is left as it was is not reported.

    A stage is as far as its measures are on average; only one without measures is asked for by itself.
    """

    def prepare(self) -> None:
        plan = current_plan(self.about.matter)
        self.measures = list(plan.measures.order_by("place")) if plan else []
        self.stages = list(plan.stages.order_by("place")) if plan else []
        for stage in self.stages:
            self._ask_stage(stage)
        for each in self.measures:
            self._ask(each)
        if self.measures and claims_land(ProblemKind(self.about.matter.case.problem)):
            self._ask_target()

    def _ask_target(self) -> None:
        """Only what the land is to become tells which images support it; what its plans say need not be said again."""
        plan = planned_for(self.about.matter)
        none = (
            _now("按修复计划：%(use)s") % {"use": plan.target.say(get_language() or CHINESE)} if plan else "—"
        )
        self.fields["target"] = forms.ChoiceField(
            label=_now("治理去向"),
            required=False,
            choices=[("", none), *named_choices(TargetUse)],
            help_text=_now(
                "有措施完成时填写：这块地修复成什么用地。影像按它核查；不填又没有修复计划的，影像无法判定。"
            ),
        )

    @property
    def target_fields(self) -> list[forms.BoundField]:
        """The field for it, where land is claimed."""
        return [self["target"]] if "target" in self.fields else []

    @property
    def target(self) -> TargetUse | None:
        """What the land is to become, where it was said."""
        said = self.cleaned_data.get("target")
        return TargetUse(said) if said else None

    def _ask_stage(self, stage: Stage) -> None:
        if not self._of(stage):
            self.fields[f"stage_percent_{stage.pk}"] = _percent(stage.name, stage.progress_percent)
        for name, said, day in (
            ("begun", _now("实际开始"), stage.begun_on),
            ("done", _now("实际完成"), stage.done_on),
        ):
            field = Day(label=f"{stage.name} · {said}", required=False, initial=day)
            field.widget.attrs["max"] = self.about.on.isoformat()
            self.fields[f"{name}_{stage.pk}"] = field

    def _ask(self, each: Measure) -> None:
        self.fields[f"percent_{each.pk}"] = _percent(each.name, each.progress_percent)
        self.fields[f"quantity_{each.pk}"] = forms.DecimalField(
            label=_now("%(measure)s · 完成量") % {"measure": each.name},
            required=False,
            min_value=0,
            max_digits=14,
            decimal_places=4,
            initial=plainly(each.done_quantity),
        )

    def _of(self, stage: Stage | None) -> list[Measure]:
        return [each for each in self.measures if each.stage_id == (stage.pk if stage else None)]

    def rows(self) -> list[StageRows]:
        """The stages with their measures and fields, for the table on the page; measures of no stage come last."""
        found = [self._rows(stage) for stage in self.stages]
        rest = self._of(None)
        return [*found, StageRows(None, self._measure_rows(rest))] if rest else found

    def _rows(self, stage: Stage) -> StageRows:
        name, own = f"stage_percent_{stage.pk}", self._of(stage)
        percent = self[name] if name in self.fields else None
        return StageRows(
            stage, self._measure_rows(own), percent, self[f"begun_{stage.pk}"], self[f"done_{stage.pk}"]
        )

    def _measure_rows(
        self, measures: Iterable[Measure]
    ) -> list[tuple[Measure, forms.BoundField, forms.BoundField]]:
        return [(each, self[f"percent_{each.pk}"], self[f"quantity_{each.pk}"]) for each in measures]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for stage in self.stages:
            self._check_done(stage)
        if not self.errors and not self.progress and not self.stage_progress:
            self.add_error(None, _("没有填写任何一项的新进度。请至少更新一项措施或一个节点。"))
        return cleaned

    def _check_done(self, stage: Stage) -> None:
        """A stage that is said to be done with a measure that is not contradicts itself."""
        left = [each for each in self._of(stage) if self._percent_of(each) != DONE_PERCENT]
        if left and self.cleaned_data.get(f"done_{stage.pk}"):
            said = self._percent_of(left[0])
            values = {"measure": left[0].name, "percent": "—" if said is None else said}
            fault = forms.ValidationError(
                _(
                    "措施“%(measure)s”的进度是 %(percent)s%%，节点还没有完成。请改为 100%%，或清空实际完成日期。"
                ),
                params=values,
            )
            self.add_error(f"done_{stage.pk}", fault)

    @property
    def progress(self) -> list[Progress]:
        """The measures of which something new was said."""
        return list(self._progress())

    def _progress(self) -> Iterable[Progress]:
        for each in self.measures:
            percent = self.cleaned_data.get(f"percent_{each.pk}")
            quantity = self.cleaned_data.get(f"quantity_{each.pk}")
            if percent is not None and (percent, quantity) != (each.progress_percent, each.done_quantity):
                yield Progress(each, percent, done_quantity=quantity)

    @property
    def stage_progress(self) -> list[StageProgress]:
        """The stages of which something new was said, or of one of their measures."""
        said = {each.measure.stage_id for each in self.progress}
        reports = [(stage, self._report_of(stage, is_touched=stage.pk in said)) for stage in self.stages]
        return [report for stage, report in reports if stage.pk in said or report != _as_reported(stage)]

    def _report_of(self, stage: Stage, *, is_touched: bool) -> StageProgress:
        given, own = self.cleaned_data, self._of(stage)
        dates = given.get(f"begun_{stage.pk}"), given.get(f"done_{stage.pk}")
        percent = given.get(f"stage_percent_{stage.pk}")
        if own:
            percent = self._share(own) if is_touched else stage.progress_percent
        return StageProgress(stage, percent, *dates)

    def _share(self, measures: Sequence[Measure]) -> int | None:
        """How far measures are on average; nothing where nobody ever said of any."""
        said = [self._percent_of(each) for each in measures]
        return None if set(said) == {None} else sum(each or 0 for each in said) // len(said)

    def _percent_of(self, measure: Measure) -> int | None:
        said: int | None = self.cleaned_data.get(f"percent_{measure.pk}")
        return measure.progress_percent if said is None else said


def _percent(name: str, said: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=_now("%(measure)s · 进度（%%）") % {"measure": name},
        required=False,
        min_value=0,
        max_value=DONE_PERCENT,
        initial=said,
    )


def _as_reported(stage: Stage) -> StageProgress:
    return StageProgress(stage, stage.progress_percent, stage.begun_on, stage.done_on)


class EvidenceForm(matters_forms.EvidenceForm):
    """上传佐证 of a problem: of which measure, and which paper that is missing."""

    measure = forms.ChoiceField(label=_("证明哪项措施"), required=False)

    def prepare(self) -> None:
        super().prepare()
        plan = current_plan(self.about.matter)
        self.measures = {str(each.pk): each for each in plan.measures.order_by("place")} if plan else {}
        named = [(key, each.name) for key, each in self.measures.items()]
        choose(self, "measure", [("", _now("整件事项")), *named])
        self.order_fields(["uploads", "phase", "photo_point", "measure"])
        missing = self.about.matter.missing_papers or []
        if missing:
            self.fields["supplies"] = forms.ChoiceField(
                label=_("补齐缺件"),
                required=False,
                choices=[("", _now("不是缺件")), *((paper, paper) for paper in missing)],
                help_text=_("补录时缺少的材料，从这里补交后不再列为缺件。"),
            )

    @property
    def evidence(self) -> list[NewEvidence]:
        measure = self.measures.get(self.cleaned_data["measure"])
        return [replace(each, measure=measure) for each in super().evidence]


class SupplyForm(EvidenceForm):
    """补齐缺件: the files of one paper that was missing; there is nothing to measure or to photograph any more."""

    def prepare(self) -> None:
        super().prepare()
        for name in ("phase", "photo_point", "measure", "quantity", "quantity_unit", "measured_on"):
            self.fields[name].widget = forms.HiddenInput()
        missing = self.about.matter.missing_papers or []
        self.fields["supplies"] = forms.ChoiceField(
            label=_("补齐哪一件"), choices=[(paper, paper) for paper in missing]
        )


class MechanismForm(ActForm):
    """登记长效机制."""

    asks_number = True
    mechanism = forms.CharField(
        label=_("长效机制"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("什么制度、谁负责、多久查一次，怎样防止问题再发生。"),
    )


class StageForm(ActForm):
    """登记阶段完成."""

    stage = forms.ChoiceField(label=_("完成的阶段"))

    def prepare(self) -> None:
        plan = current_plan(self.about.matter)
        rows = plan.stages.filter(done_on=None).order_by("place") if plan else []
        self.stages = {str(each.pk): each for each in rows}
        choose(self, "stage", [(key, each.name) for key, each in self.stages.items()], empty=True)

    def clean_stage(self) -> Any:
        return self.stages[self.cleaned_data["stage"]]
