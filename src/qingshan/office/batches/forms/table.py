"""Which form belongs to which act on a batch or single site, what does the act mean, and which function does it?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingshan.office.batches import actions
from qingshan.office.batches.forms import acting, checking
from qingshan.office.batches.forms.acting import about_of
from qingshan.office.batches.forms.forming import AddSitesForm
from qingshan.office.cases.forms import deciding, judging
from qingshan.office.matters.doing import Do, Doing, given
from qingshan.office.matters.forms.acting import ActForm, FormalForm
from qingshan.office.matters.forms.evidence import EvidenceForm
from qingshan.office.matters.models import Matter
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct

OF_SITES = frozenset({BatchAct.RECORD_CHECK, BatchAct.SEND_BACK_SITE, BatchAct.TAKE_OUT_SITE})
"""Acts on one site: they are begun from its row."""


def _taking(action: Any, **names: str) -> Do:
    """An act that takes what its form says under these names of attributes."""

    def do(matter: Matter, form: ActForm, actor: ActorLike, now: datetime) -> object:
        said = {name: getattr(form, attribute) for name, attribute in names.items()}
        return action(matter, form.brought(), **said, actor=actor, now=now)

    return do


def _of_site(action: Any, **names: str) -> Do:
    def do(matter: Matter, form: ActForm, actor: ActorLike, now: datetime) -> object:
        said = {name: getattr(form, attribute) for name, attribute in names.items()}
        return action(matter, about_of(form).row, form.brought(), **said, actor=actor, now=now)

    return do


def _open(matter: Matter, form: acting.OpenForm, actor: ActorLike, now: datetime) -> object:
    said = form.cleaned_data
    number = form.rows[said["which"]]
    return actions.open_number(matter, number, form.brought(), secret=said["secret"], actor=actor, now=now)


def _panel(matter: Matter, form: acting.PanelForm, actor: ActorLike, now: datetime) -> object:
    return actions.name_panel(matter, form.brought(), seats=form.named(), actor=actor, now=now)


def _answer_finding(
    matter: Matter, form: acting.AnswerFindingForm, actor: ActorLike, now: datetime
) -> object:
    claim = form.rows[form.cleaned_data["claim"]]
    return actions.answer_finding(matter, claim, form.brought(), **form.kept(), actor=actor, now=now)


_B, _S = BatchAct, SingleAct
_FINISH = Doing(
    acting.SitesForm,
    _taking(actions.finish_batch, finished="finished"),
    _("逐处写明完工日期和面积。完工为实施单位申报，须经核对：申报后逐处用影像核对，再由他人抽查、验收。"),
    "batches/sites_act.html",
)
_APPLY = Doing(
    acting.SitesForm,
    _taking(actions.apply_for_acceptance, finished="finished"),
    _(
        "申报后每处点位都列入影像核验。土地复垦义务人的，自接到申请之日起 60 个工作日内完成验收"
        "（《土地复垦条例》第二十九条）；政府投资和社会投资的，第三十条只要求及时验收。"
    ),
    "batches/sites_act.html",
)
_RETURN = Doing(
    acting.RememberedDay,
    given(actions.return_batch, "due_on"),
    _("写明要整改什么。整改后重新申报，期限重新计算；以前的抽查记录保留，可以复算。"),
)
_NOTICE = Doing(
    acting.NoticeForm,
    _taking(actions.give_notice, notice="notice"),
    _("验收结果应当向社会公布（《矿产资源法》第四十八条）。期限按地方规定填写。"),
)
_STOP = Doing(ActForm, given(actions.stop_notice), _("异议成立等情形，中止公示，退回整改后重新申报。"))
_CONCLUDE = Doing(
    FormalForm,
    given(actions.conclude),
    _("公示期满、异议已答复后办结。验收通过的点位计入所在清单的完成数，已经计入的不重复计。"),
)
_WITHDRAW = Doing(FormalForm, given(actions.withdraw_batch), _("凭文件撤销，移出存量，点位可以另行列入。"))
_EVIDENCE = Doing(
    EvidenceForm,
    _taking(actions.add_evidence, evidence="evidence"),
    _("竣工测量、照片、检测报告等。退回后重新申报的，须有退回之后的新佐证。"),
    "matters/evidence.html",
)
_FINDING = Doing(
    acting.AnswerFindingForm,
    _answer_finding,
    _("影像不支持（待核实）的，写明实际情况，附新的佐证。回应前不能验收，办理时限照常计算。"),
)
_PANEL = Doing(
    acting.PanelForm,
    _panel,
    _("自然资源、生态环境等部门会同组织，邀请专家和居民（村民）代表参加（《矿产资源法》第四十八条）。"),
    "batches/panel_act.html",
)
_OBJECTION = Doing(
    judging.ObjectionForm,
    given(actions.register_objection, "text", "channel", "received_on"),
    _("电话、书面等方式提出的异议，如实登记。"),
)
_OBJECTION_ANSWER = Doing(
    acting.AnswerObjectionForm, given(actions.answer_objection, "objection", "upheld"), _("写明核实情况。")
)
_CORRECT = Doing(
    acting.CorrectForm,
    given(actions.correct_batch, "title", "payer"),
    _("登记有误的，写明哪里错、为什么改。原来的内容仍可查到。"),
)
_URGE = Doing(
    deciding.UrgeForm,
    given(actions.urge, "text"),
    _("先复制文字发到工作群，再登记催办。"),
    "cases/urge.html",
)

DOINGS: dict[str, Doing] = {
    _B.FINISH: _FINISH,
    _B.APPLY: _APPLY,
    _B.CLOSE_LIST: Doing(
        ActForm,
        given(actions.close_list),
        _("封存后名单、权重和抽查数量不再改变，名单摘要随即公布；随后各方公开号码。"),
    ),
    _B.DRAW: Doing(
        ActForm, given(actions.draw_sample), _("按号码和名单摘要抽取，任何人都能复算出同样的结果。")
    ),
    _B.DRAW_DOUBLE: Doing(
        ActForm, given(actions.draw_double), _("首次抽查不合格超过允许的，从未查的点位中加倍抽取。")
    ),
    _B.CHECK_WHOLE: Doing(ActForm, given(actions.check_whole), _("加倍抽查仍不合格的，全部点位逐处核查。")),
    _B.ACCEPT: Doing(
        FormalForm,
        given(actions.accept_batch),
        _("查验合格的，和由样本推定的，验收通过；不合格的已退回。谁实施、谁回避。"),
    ),
    _B.RETURN: _RETURN,
    _B.GIVE_NOTICE: _NOTICE,
    _B.STOP_NOTICE: _STOP,
    _B.CONCLUDE: _CONCLUDE,
    _B.WITHDRAW: _WITHDRAW,
    _B.RESUME_FORMING: Doing(ActForm, given(actions.resume_forming), _("还要增减点位的，退回组批。")),
    _B.CANCEL_LIST: Doing(
        FormalForm,
        given(actions.cancel_list),
        _("号码遗失或有一方不公开的，凭文件作废名单，各方重新出号。谁作废、为什么，人人可见。"),
    ),
    _B.ADD_SITE: Doing(
        AddSitesForm,
        _taking(actions.add_sites, sites="chosen"),
        _("一处点位不能同时列入两个未办结的批次。"),
        "batches/add_sites.html",
    ),
    _B.TAKE_OUT_SITE: Doing(
        ActForm, _of_site(actions.take_out_site), _("移出后仍留在记录里，可以另行列入。")
    ),
    _B.SEAL_NUMBER: Doing(
        acting.SealForm,
        given(actions.seal_number, "seal", "by"),
        _("名单封存之前先公布号码的封签。号码由出号一方自己保管，封存之后再公开。"),
    ),
    _B.OPEN_NUMBER: Doing(acting.OpenForm, _open, _("号码须与公布的封签一致。各方都公开后才能抽取。")),
    _B.RECORD_CHECK: Doing(
        checking.CheckForm,
        _of_site(actions.record_check, found="found", visit="visit"),
        _("逐项填写实测值；没有观测的不填，不算 0，也不算合格。本点位方案有指标的，以方案为准。"),
        "batches/check_act.html",
    ),
    _B.SEND_BACK_SITE: Doing(
        ActForm, _of_site(actions.send_back_site), _("写明要整改什么。其余点位继续办理。")
    ),
    _B.NAME_PANEL: _PANEL,
    _B.ADD_EVIDENCE: _EVIDENCE,
    _B.ANSWER_FINDING: _FINDING,
    _B.REGISTER_OBJECTION: _OBJECTION,
    _B.ANSWER_OBJECTION: _OBJECTION_ANSWER,
    _B.TRACE_BACK: Doing(
        acting.TraceForm,
        given(actions.trace_back, "row", "confirmed"),
        _("验收后没有保持的，倒查由谁查验、由谁作出结论。现场核实后才撤回完成数。"),
    ),
    _B.CORRECT: _CORRECT,
    _B.URGE: _URGE,
    _S.FINISH: _FINISH,
    _S.APPLY: _APPLY,
    _S.ACCEPT: Doing(
        checking.AcceptSingleForm,
        _taking(actions.accept_single, found="found", visit="visit"),
        _("到现场逐项验收。有一项不符合或未知的不能通过。谁实施、谁回避。"),
        "batches/check_act.html",
    ),
    _S.RETURN: _RETURN,
    _S.GIVE_NOTICE: _NOTICE,
    _S.STOP_NOTICE: _STOP,
    _S.CONCLUDE: _CONCLUDE,
    _S.REOPEN: Doing(
        acting.RememberedDay,
        given(actions.reopen_single, "due_on"),
        _("验收后没有保持、经人核实的，重新挂账修复；已计入的完成数相应撤回。"),
    ),
    _S.WITHDRAW: _WITHDRAW,
    _S.REPORT_PROGRESS: Doing(
        acting.ProgressForm, given(actions.report_progress, "percent"), _("没有填报的不算 0。")
    ),
    _S.ADD_EVIDENCE: _EVIDENCE,
    _S.ANSWER_FINDING: _FINDING,
    _S.NAME_PANEL: _PANEL,
    _S.REGISTER_OBJECTION: _OBJECTION,
    _S.ANSWER_OBJECTION: _OBJECTION_ANSWER,
    _S.CORRECT: _CORRECT,
    _S.URGE: _URGE,
}
"""By the code of the act."""
