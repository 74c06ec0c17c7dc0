"""Which form belongs to which act on a project, what does the act mean, and which function does it?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qingshan.office.matters.doing import Doing, given
from qingshan.office.matters.forms.acting import ActForm, FormalForm
from qingshan.office.matters.forms.evidence import EvidenceForm
from qingshan.office.matters.models import Matter
from qingshan.office.restoration import actions
from qingshan.office.restoration.forms import acting
from qingshan.office.restoration.forms.acting import fen_of
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.restoration import ProjectAct


def _design(matter: Matter, form: acting.DesignForm, actor: ActorLike, now: datetime) -> object:
    said = form.cleaned_data
    return actions.submit_design(
        matter,
        form.brought(),
        title=said["title"],
        planned_fen=fen_of(said["planned_wan"]),
        planned_m2=form.planned_m2,
        planned_use=form.planned_use,
        actor=actor,
        now=now,
    )


def _progress(matter: Matter, form: acting.ProgressForm, actor: ActorLike, now: datetime) -> object:
    said = form.cleaned_data
    return actions.report_progress(
        matter,
        form.brought(),
        percent=said["percent"],
        spent_fen=fen_of(said["spent_wan"]),
        actor=actor,
        now=now,
    )


def _claim(matter: Matter, form: acting.ClaimForm, actor: ActorLike, now: datetime) -> object:
    return actions.claim_completion(matter, form.brought(), done=form.done, actor=actor, now=now)


def _accept(matter: Matter, form: acting.AcceptForm, actor: ActorLike, now: datetime) -> object:
    said = form.cleaned_data
    return actions.accept_project(
        matter,
        form.brought(),
        done=form.done,
        visitors=said["visitors"],
        visited_on=said["visited_on"],
        aftercare_until=said["aftercare_until"],
        actor=actor,
        now=now,
    )


def _change_sites(matter: Matter, form: acting.ChangeSitesForm, actor: ActorLike, now: datetime) -> object:
    return actions.change_sites(
        matter,
        form.brought(),
        added=form.coming,
        removed=form.taken_away,
        actor=actor,
        now=now,
    )


def _correct(matter: Matter, form: acting.CorrectForm, actor: ActorLike, now: datetime) -> object:
    return actions.correct_project(matter, form.brought(), entry=form.entry, actor=actor, now=now)


def _evidence(matter: Matter, form: EvidenceForm, actor: ActorLike, now: datetime) -> object:
    return actions.add_evidence(matter, form.evidence, form.brought(), actor=actor, now=now)


DOINGS: dict[str, Doing] = {
    ProjectAct.APPROVE: Doing(
        FormalForm, given(actions.approve_project), _("凭文件立项，之后由责任或实施单位编制实施方案。")
    ),
    ProjectAct.DISMISS: Doing(
        ActForm, given(actions.dismiss_project), _("不需要作为项目修复的，写明理由，移出存量。")
    ),
    ProjectAct.SUBMIT_DESIGN: Doing(
        acting.DesignForm, _design, _("写明方案名称、计划资金和每处计划修复的面积、利用方向，报送审批。")
    ),
    ProjectAct.APPROVE_DESIGN: Doing(
        acting.DueForm,
        given(actions.approve_design, "due_on"),
        _("凭文件批准实施方案，定下完工时限。实施单位不能批准自己的方案。"),
    ),
    ProjectAct.RETURN_DESIGN: Doing(ActForm, given(actions.return_design), _("写明方案要改什么。")),
    ProjectAct.BEGIN: Doing(ActForm, given(actions.begin_works), _("登记实际开工的日期。")),
    ProjectAct.REPORT: Doing(
        acting.ProgressForm, _progress, _("填报施工进度和已支出资金。没有填报的不算 0。")
    ),
    ProjectAct.ADD_EVIDENCE: Doing(
        EvidenceForm,
        _evidence,
        _("上传修复前、修复中、修复后的照片，以及测量成果和文件。文件原样保存，按内容计算摘要。"),
        "matters/evidence.html",
    ),
    ProjectAct.COMPLETE: Doing(
        acting.ClaimForm,
        _claim,
        _("自查自验后逐处写明实测完成面积。完工为实施单位申报，须经独立证据核对，再由他人验收。"),
    ),
    ProjectAct.WITHDRAW_CLAIM: Doing(
        ActForm, given(actions.withdraw_claim), _("自验有误的撤回，继续施工。原来填报的面积留在全过程中。")
    ),
    ProjectAct.APPLY: Doing(
        ActForm,
        given(actions.apply_for_acceptance),
        _(
            "须有修复后的佐证才能申请。土地复垦义务人的项目，自接到申请之日起 60 个工作日内完成验收"
            "（《土地复垦条例》第二十九条），期限从申请之日起计算；政府投资和社会投资的，第三十条只要求及时验收。"
        ),
    ),
    ProjectAct.ACCEPT: Doing(
        acting.AcceptForm,
        _accept,
        _("到现场验收，逐处写明验收面积。通过后计入所在清单的完成数，并进入管护。谁实施、谁回避。"),
    ),
    ProjectAct.ACCEPT_BY_BATCHES: Doing(
        acting.ByBatchesForm,
        given(actions.accept_by_batches, "aftercare_until"),
        _("全部点位已通过批次或单项验收办结、公示的，直接转入管护，不再重复验收，也不重复计入清单。"),
    ),
    ProjectAct.RETURN_ACCEPTANCE: Doing(
        ActForm, given(actions.return_acceptance), _("没有达到要求的退回继续施工，重新自验、重新申请。")
    ),
    ProjectAct.NOTE_AFTERCARE: Doing(
        ActForm, given(actions.note_aftercare), _("写明管护做了什么、成活情况怎样、下一步做什么。")
    ),
    ProjectAct.REDO: Doing(
        acting.DueForm,
        given(actions.redo_works, "due_on"),
        _("管护期内没有保持住的返工，重新定完工时限。已计入清单的完成数相应撤回，历史不改。"),
    ),
    ProjectAct.HAND_OVER: Doing(
        acting.HandOverForm,
        given(actions.hand_over, "receiver"),
        _("管护期满后移交土地并销项，移出存量。以后再出现问题的，重新列入。"),
    ),
    ProjectAct.REOPEN: Doing(
        acting.DueForm,
        given(actions.reopen_project, "due_on"),
        _("移交后又退化或被破坏的，重新列入修复，重新定时限。已计入的完成数相应撤回。"),
    ),
    ProjectAct.CHANGE_SITES: Doing(
        acting.ChangeSitesForm,
        _change_sites,
        _("凭文件增加或减少点位。清单的目标不因此改变：点位进出清单另行办理调入、调出。"),
    ),
    ProjectAct.EXTEND: Doing(
        acting.DueForm, given(actions.extend_project, "due_on"), _("凭文件批准，新旧时限都保留。")
    ),
    ProjectAct.CORRECT: Doing(
        acting.CorrectForm, _correct, _("登记有误的，写明哪里错、为什么改。原来的内容仍可查到。")
    ),
    ProjectAct.WITHDRAW: Doing(
        FormalForm, given(actions.withdraw_project), _("凭文件撤销项目，移出存量。记录不删除。")
    ),
}
"""By the code of the act."""
