"""Who may see plots, land handed back and uses, and which acts concern them?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from qingshan.office.accounts.access import branches, require, scoped
from qingshan.office.errors import NotAllowed
from qingshan.office.mines.models import LandUse, Site
from qingshan.office.planting.models import (
    CareEntry,
    CareTask,
    Evaluation,
    HandBack,
    LandUseExtension,
    ObservationPhoto,
    Planting,
    Plot,
    PlotObservation,
    UseChange,
)
from qingshan.office.regions.ranges import inside
from qingshan.office.trail.acts import Act
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.duties import Duty
from qingshan.rules.reasons import Sentence

Row = TypeVar("Row", bound=Model)


def _act(code: str, duty: Duty | None, title: tuple[str, str], sentence: tuple[str, str]) -> Act:
    return Act(f"planting.{code}", duty, Sentence(*title), Sentence(*sentence))


REGISTER = _act(
    "register_plot",
    Duty.REGISTRY,
    ("登记造林种草地块", "Register a planted plot"),
    ("在“{site}”登记造林种草地块“{about}”", "Registered the plot “{about}” on “{site}”"),
)
CORRECT = _act(
    "correct_plot",
    Duty.REGISTRY,
    ("更正地块", "Correct a plot"),
    ("更正造林种草地块“{about}”：{note}", "Corrected the plot “{about}”: {note}"),
)
IMPORT_PLOTS = _act(
    "import_plots",
    Duty.REGISTRY,
    ("导入造林种草地块", "Import planted plots"),
    (
        "从“{file}”导入造林种草地块：新增 {created}，更新 {changed}，不变 {unchanged}，退回 {refused}",
        "Imported plots from “{file}”: {created} created, {changed} changed, {unchanged} unchanged, {refused} refused",
    ),
)
IMPORT_PLANTINGS = _act(
    "import_plantings",
    Duty.REGISTRY,
    ("导入栽植记录", "Import what was planted"),
    (
        "从“{file}”导入栽植记录：新增 {created}，不变 {unchanged}，退回 {refused}",
        "Imported plantings from “{file}”: {created} created, {unchanged} unchanged, {refused} refused",
    ),
)
IMPORT_OBSERVATIONS = _act(
    "import_observations",
    Duty.REGISTRY,
    ("导入成活调查", "Import observations of survival"),
    (
        "从“{file}”导入成活调查：新增 {created}，不变 {unchanged}，退回 {refused}",
        "Imported observations from “{file}”: {created} created, {unchanged} unchanged, {refused} refused",
    ),
)
NOTE_PLANTING = _act(
    "note_planting",
    None,
    ("登记栽植", "Note what was planted"),
    (
        "“{about}”栽植{species}（{plant_form}）{amount}，{suitability}，{in_season}",
        "Planted {species} ({plant_form_en}) on “{about}”: {amount_en}, {suitability_en}, {in_season_en}",
    ),
)
OBSERVE = _act(
    "note_observation",
    None,
    ("登记成活调查", "Note an observation"),
    ("“{about}”{day} 成活调查：{seen}", "Observed “{about}” on {day}: {seen_en}"),
)
WITHDRAW = _act(
    "withdraw_record",
    Duty.REGISTRY,
    ("撤回记录", "Withdraw a record"),
    ("撤回“{about}”的{what}（{day}）：{note}", "Withdrew a record of “{about}” ({day}): {note}"),
)
WITHDRAW_PLOT = _act(
    "withdraw_plot",
    Duty.REGISTRY,
    ("撤回地块", "Withdraw a plot"),
    ("撤回误登的造林种草地块“{about}”：{note}", "Withdrew the plot “{about}”, entered by mistake: {note}"),
)
PLAN_CARE = _act(
    "plan_care",
    Duty.REGISTRY,
    ("制定管护计划", "Plan the aftercare"),
    (
        "“{about}”管护期 {care_from_on} 至 {care_until_on}，{tasks} 项管护",
        "Aftercare of “{about}” from {care_from_on} to {care_until_on}, {tasks} dates",
    ),
)
NOTE_CARE = _act(
    "note_care",
    None,
    ("登记管护", "Note aftercare"),
    ("“{about}”{day} {care_kind}：{note}", "Aftercare of “{about}” on {day}, {care_kind_en}: {note}"),
)
HAND_BACK = _act(
    "hand_back",
    Duty.REGISTRY,
    ("登记还地", "Note land handed back"),
    (
        "“{about}”还地 {area_ha} 公顷，由{receiver}接收，交接文书 {number}",
        "{area_ha} ha of “{about}” went back to {receiver}, receipt {number}",
    ),
)
NOTE_EVALUATION = _act(
    "note_evaluation",
    Duty.REGISTRY,
    ("登记跟踪评价", "Note the follow-up evaluation"),
    (
        "“{about}”{day} 跟踪评价，{number}：{result}",
        "The effect on “{about}” was evaluated on {day}, {number}: {result}",
    ),
)
EXTEND = _act(
    "extend_land_use",
    Duty.REVIEW,
    ("批准临时用地延期", "Extend the term of temporary land"),
    (
        "凭 {number} 将临时用地“{about}”延期至 {until}",
        "By {number} the term of “{about}” was extended to {until}",
    ),
)
CHANGE_USE = _act(
    "change_planned_use",
    Duty.REVIEW,
    ("变更计划利用方向", "Change the planned use"),
    (
        "凭 {number} 将“{about}”的计划利用方向由{use_before}改为{use_after}",
        "By {number} the planned use of “{about}” went from {use_before_en} to {use_after_en}",
    ),
)
NOTE_USE = _act(
    "note_actual_use",
    Duty.REGISTRY,
    ("登记实际利用方向", "Note the actual use"),
    (
        "“{about}”{day} 实际利用方向：{use_after}（{seen_by}）",
        "Actual use of “{about}” on {day}: {use_after_en} ({seen_by_en})",
    ),
)
ACTS = (
    REGISTER, CORRECT, IMPORT_PLOTS, IMPORT_PLANTINGS, IMPORT_OBSERVATIONS, NOTE_PLANTING, OBSERVE, WITHDRAW,
    WITHDRAW_PLOT, PLAN_CARE, NOTE_CARE, HAND_BACK, NOTE_EVALUATION, EXTEND, CHANGE_USE,
    NOTE_USE,
)  # fmt: skip


def _of_site(path: str) -> dict[str, Any]:
    return {
        "region": f"{path}region_id",
        "enterprise": f"{path}site__enterprise_id",
        "assigned_kind": "mines.site",
        "assigned_id": f"{path}site_id",
    }


PATHS: dict[type[Model], dict[str, Any]] = {
    Plot: _of_site(""),
    Planting: _of_site("plot__"),
    PlotObservation: _of_site("plot__"),
    ObservationPhoto: _of_site("observation__plot__"),
    CareEntry: _of_site("plot__"),
    CareTask: {**_of_site("plot__"), "region": "region_id"},
    HandBack: {"enterprise": ("land_use__enterprise_id", "site__enterprise_id")},
    Evaluation: {"enterprise": "site__enterprise_id"},
    LandUseExtension: {"enterprise": "land_use__enterprise_id"},
    UseChange: {"enterprise": "project_site__site__enterprise_id"},
}


def visible_to(queryset: QuerySet[Row], actor: ActorLike) -> QuerySet[Row]:
    """Rows that the actor may see: of the region, of the own enterprise, or of a site that was assigned."""
    return scoped(queryset, actor, **PATHS[queryset.model])


def branches_for(queryset: QuerySet[Row], actor: ActorLike) -> tuple[QuerySet[Row], ...]:
    """The same rows, one queryset for each index."""
    return branches(queryset, actor, **PATHS[queryset.model])


def whole_of(model: type[Row]) -> Callable[[ActorLike], QuerySet[Row]]:
    """All that an actor may see of one model."""
    return lambda actor: visible_to(model._default_manager.all(), actor)


def may_do(actor: ActorLike, act: Act, region_id: int) -> bool:
    """Whether the actor's post may do an act there; the act asks again."""
    return act.duty in actor.duties and inside(region_id, actor.region_ranges)


def may_keep(actor: ActorLike, site: Site | LandUse) -> bool:
    """Whether the actor keeps the records of a site: who registers in its region, or the enterprise itself."""
    if Duty.REGISTRY in actor.duties and inside(site.region_id, actor.region_ranges):
        return True
    return Duty.ENTERPRISE in actor.duties and site.enterprise_id in actor.organisation_ids


def require_keeper(actor: ActorLike, act: Act, plot: Plot) -> None:
    """NotAllowed for whoever does not keep the records of the site."""
    require(actor, act.code)
    if not may_keep(actor, plot.site):
        raise NotAllowed.because("planting.not_keeper", act=act.title.zh, act_en=act.title.en)
