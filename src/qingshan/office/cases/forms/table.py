"""Which form belongs to which act, what does the act mean, and which function does it? One table for all routes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qingshan.office.cases import actions
from qingshan.office.cases.forms import deciding, judging, planning, registering, working
from qingshan.office.matters.doing import Do, Doing, given
from qingshan.office.matters.forms.acting import ActForm, FormalForm
from qingshan.office.matters.models import Matter
from qingshan.office.trail.parties import ActorLike
from qingshan.rules.flows.lasting import LastingAct
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.flows.rectification import CaseAct
from qingshan.rules.matters import EnforcementState
from qingshan.rules.register import MineState, RegionLevel


def _assign(matter: Matter, form: deciding.AssignForm, actor: ActorLike, now: datetime) -> object:
    names = ("answering", "executing", "leading", "due_on")
    named = {name: form.cleaned_data[name] for name in names}
    return actions.assign(matter, form.brought(), joint=form.joint, **named, actor=actor, now=now)


def _take_on(matter: Matter, form: deciding.TakeOnForm, actor: ActorLike, now: datetime) -> object:
    return actions.take_on(matter, form.brought(), duties=form.named, actor=actor, now=now)


def _split(matter: Matter, form: deciding.SplitForm, actor: ActorLike, now: datetime) -> object:
    return actions.split(matter, form.brought(), parts=form.titles, actor=actor, now=now)


def _correct(matter: Matter, form: deciding.CorrectForm, actor: ActorLike, now: datetime) -> object:
    return actions.correct(matter, form.brought(), corrected=form.corrected, actor=actor, now=now)


def _draft(matter: Matter, form: planning.PlanForm, actor: ActorLike, now: datetime) -> object:
    return actions.draft_plan(matter, form.plan, form.brought(), actor=actor, now=now)


def _progress(matter: Matter, form: working.ProgressForm, actor: ActorLike, now: datetime) -> object:
    return actions.report_progress(
        matter,
        form.progress,
        form.brought(),
        actor=actor,
        now=now,
        stages=form.stage_progress,
        target=form.target,
    )


def _evidence(matter: Matter, form: working.EvidenceForm, actor: ActorLike, now: datetime) -> object:
    supplies = form.cleaned_data.get("supplies", "")
    return actions.add_evidence(
        matter, form.evidence, form.brought(), actor=actor, now=now, supplies=supplies
    )


def _supply(matter: Matter, form: working.SupplyForm, actor: ActorLike, now: datetime) -> object:
    supplies = form.cleaned_data["supplies"]
    return actions.supply_paper(
        matter, form.evidence, form.brought(), supplies=supplies, actor=actor, now=now
    )


def _stage(matter: Matter, form: working.StageForm, actor: ActorLike, now: datetime) -> object:
    stage = form.cleaned_data["stage"]
    return actions.complete_stage(matter, stage, form.brought(), actor=actor, now=now)


def _apply(matter: Matter, form: working.ApplyForm, actor: ActorLike, now: datetime) -> object:
    return actions.apply_for_acceptance(matter, form.brought(), restored=form.restored, actor=actor, now=now)


def _accept(level: RegionLevel) -> Do:
    return lambda matter, form, actor, now: actions.accept(
        matter,
        form.brought(),
        level=level,
        visitors=form.cleaned_data["visitors"],
        visited_on=form.cleaned_data["visited_on"],
        actor=actor,
        now=now,
    )


def _evaluate(matter: Matter, form: judging.EvaluateForm, actor: ActorLike, now: datetime) -> object:
    reached = form.cleaned_data["target_reached"] == judging.YES
    return actions.evaluate_effect(matter, form.brought(), target_reached=reached, actor=actor, now=now)


def _answer(matter: Matter, form: judging.AnswerForm, actor: ActorLike, now: datetime) -> object:
    said = form.cleaned_data
    return actions.answer_objection(
        matter,
        said["objection"],
        form.brought(),
        upheld=said["outcome"] == judging.YES,
        actor=actor,
        now=now,
    )


def _enforcement(matter: Matter, form: judging.EnforcementForm, actor: ActorLike, now: datetime) -> object:
    said = form.cleaned_data
    return actions.note_enforcement(
        matter,
        form.brought(),
        state=EnforcementState(said["state"]),
        decided_on=said["decided_on"],
        outcome=said["outcome"],
        actor=actor,
        now=now,
    )


def _mine_state(matter: Matter, form: judging.MineStateForm, actor: ActorLike, now: datetime) -> object:
    said = form.cleaned_data
    state, since_on = MineState(said["state"]), said["since_on"]
    return actions.note_mine_state(
        matter, form.brought(), state=state, since_on=since_on, actor=actor, now=now
    )


def _turn(matter: Matter, form: registering.TurnForm, actor: ActorLike, now: datetime) -> object:
    return actions.turn_petition_into_case(matter, form.brought(), new=form.new_case(), actor=actor, now=now)


VERIFY = Doing(
    deciding.VerifyForm,
    given(actions.verify),
    _("到现场核对问题是否存在，写明情况。核实后才能交办。"),
)
ASSIGN = Doing(
    deciding.AssignForm,
    _assign,
    _("把问题交给必须负责的单位，定下时限。验收层级按来源由规则库当日版本固定下来。"),
)
TAKE_ON = Doing(
    deciding.TakeOnForm,
    _take_on,
    _("责任单位接下这件事，把企业主体、行业部门监管、党委政府属地三个责任落实到单位、岗位和人。"),
    "cases/take_on.html",
)
DRAFT_PLAN = Doing(
    planning.PlanForm,
    _draft,
    _("写明治什么、何时治、谁来治。保存的是草稿，可以反复修改；报送后该版不再改动。"),
    "cases/plan.html",
)
SUBMIT_PLAN = Doing(ActForm, given(actions.submit_plan), _("把编好的方案报送审批。报送后该版不再改动。"))
APPROVE_PLAN = Doing(
    FormalForm,
    given(actions.approve_plan),
    _(
        "四个问题都有答案才能批准。批准后节点日期作为基准固定下来，方案时限就是整改时限。实施单位不能批准自己的方案。"
    ),
)
RETURN_PLAN = Doing(ActForm, given(actions.return_plan), _("写明要改什么。退回的一版保留，可与新版对照。"))
DISMISS = Doing(ActForm, given(actions.dismiss), _("不属于需要整改的问题，写明理由，移出存量。"))
WITHDRAW = Doing(ActForm, given(actions.withdraw), _("本不应进入清单的，凭文件撤销，移出存量。记录不删除。"))
MERGE = Doing(
    deciding.MergeForm,
    given(actions.merge, "into"),
    _("同一个问题登记了两次的，并入其中一件继续办理，移出存量。"),
)
ADJUST = Doing(
    judging.AdjustForm,
    given(actions.adjust, "target", "target_quantity", "target_unit"),
    _("调整目标要另成一版，旧目标留在旁边。只能由批准方案的一级或上级办理。"),
)
CORRECT = Doing(
    deciding.CorrectForm,
    _correct,
    _("登记有误的，写明哪里错、为什么改。原来的内容仍可查到。"),
)
URGE = Doing(
    deciding.UrgeForm,
    given(actions.urge, "text"),
    _("先复制文字发到工作群，再登记催办。"),
    "cases/urge.html",
)
ADD_EVIDENCE = Doing(
    working.EvidenceForm,
    _evidence,
    _("上传照片、文件或测量成果。文件原样保存，按内容计算摘要。"),
    "matters/evidence.html",
)
EXTEND = Doing(
    judging.DueForm,
    given(actions.extend, "due_on"),
    _("凭文件批准，新旧时限都保留在页面上。只能由批准方案的一级或上级办理。"),
)

DOINGS: dict[str, Doing] = {
    CaseAct.VERIFY: VERIFY,
    CaseAct.ASSIGN: ASSIGN,
    CaseAct.TAKE_ON: TAKE_ON,
    CaseAct.DRAFT_PLAN: DRAFT_PLAN,
    CaseAct.SUBMIT_PLAN: SUBMIT_PLAN,
    CaseAct.APPROVE_PLAN: APPROVE_PLAN,
    CaseAct.RETURN_PLAN: RETURN_PLAN,
    CaseAct.BEGIN_AT_ONCE: Doing(
        ActForm,
        given(actions.begin_at_once),
        _("立行立改的问题不编方案，马上动手；仍须佐证、验收、公示后才能销号。"),
    ),
    CaseAct.REPORT_PROGRESS: Doing(
        working.ProgressForm,
        _progress,
        _("逐项填报措施进度和完成量。没有变化的不用动；没有填报的不算 0。"),
        "cases/progress.html",
    ),
    CaseAct.ADD_EVIDENCE: ADD_EVIDENCE,
    CaseAct.SELF_CHECK: Doing(
        ActForm, given(actions.self_check), _("干的单位自己先查一遍：每项措施都已报告完成。")
    ),
    CaseAct.APPLY: Doing(
        working.ApplyForm,
        _apply,
        _(
            "自验通过后申请验收。须有整改后的佐证。申报的修复会用卫星影像核对；影像不支持的，验收前须书面回应。"
        ),
    ),
    CaseAct.ACCEPT_COUNTY: Doing(
        judging.AcceptForm,
        _accept(RegionLevel.COUNTY),
        _("到现场验收，写明谁、何时到场。谁实施、谁回避；政府部门自己实施的，由上一级验收。"),
    ),
    CaseAct.ACCEPT_CITY: Doing(
        judging.AcceptForm, _accept(RegionLevel.PREFECTURE), _("市级到现场验收。须在县级初验之后。")
    ),
    CaseAct.ACCEPT_PROVINCE: Doing(
        judging.AcceptForm, _accept(RegionLevel.PROVINCE), _("省级到现场复核。须在下级验收之后。")
    ),
    CaseAct.RETURN_ACCEPTANCE: Doing(
        ActForm,
        given(actions.return_acceptance),
        _("没有达到要求的退回继续整改。已有的验收意见不再算数，须重新验收。"),
    ),
    CaseAct.GIVE_NOTICE: Doing(
        judging.NoticeForm,
        given(actions.give_public_notice, "where", "contact", "from_on", "to_on", "summary"),
        _("各级验收都通过后向社会公示，留出提出异议的办法。公示满期、异议都答复后才能销号。"),
    ),
    CaseAct.STOP_NOTICE: Doing(
        ActForm,
        given(actions.stop_public_notice),
        _("异议成立的中止公示，继续整改，然后重新验收、重新公示。"),
    ),
    CaseAct.REGISTER_OBJECTION: Doing(
        judging.ObjectionForm,
        given(actions.register_objection, "text", "channel", "received_on"),
        _("公示期内收到的异议，纸质、电话的也在这里登记。"),
    ),
    CaseAct.ANSWER_OBJECTION: Doing(judging.AnswerForm, _answer, _("逐件答复。成立的异议是中止公示的理由。")),
    CaseAct.NOTE_ENFORCEMENT: Doing(
        judging.EnforcementForm,
        _enforcement,
        _("处罚、移送、问责在别处办理，这里只登记文号、日期和结果，销号前要说清。"),
    ),
    CaseAct.NOTE_MECHANISM: Doing(
        working.MechanismForm,
        given(actions.note_mechanism, "mechanism"),
        _("写明怎样防止问题再发生。销号前要有。"),
    ),
    CaseAct.EVALUATE: Doing(
        judging.EvaluateForm, _evaluate, _("整改目标是否达到，凭什么认定。实施单位和人员不能评估自己。")
    ),
    CaseAct.CLOSE: Doing(
        FormalForm,
        given(actions.close),
        _("条件齐全后移出存量。矿山关停不等于整改。问题再出现的，重新挂账。"),
        "cases/close.html",
    ),
    CaseAct.REOPEN: Doing(
        judging.DueForm,
        given(actions.reopen, "due_on"),
        _("问题反弹的重新挂账，时限自今日起重新确定，以前的记录不改。"),
    ),
    CaseAct.REOPEN_AFTER_RELAPSE: Doing(
        judging.DueForm,
        given(actions.reopen_after_relapse, "due_on"),
        _(
            "影像不支持“验收后保持”（待核实），经现场核实确已反弹的，重新挂账。写明核实情况；没有反弹的，在核验页写明。"
        ),
    ),
    CaseAct.DISMISS: DISMISS,
    CaseAct.WITHDRAW: WITHDRAW,
    CaseAct.MERGE: MERGE,
    CaseAct.SPLIT: Doing(deciding.SplitForm, _split, _("一件里有几个问题的拆开，每件单独编号、单独办理。")),
    CaseAct.TRANSFER: Doing(
        deciding.TransferForm,
        given(actions.transfer, "region"),
        _("改由另一地区负责：从本地区存量移出，转入对方存量，重新交办。"),
    ),
    CaseAct.EXTEND: EXTEND,
    CaseAct.ADJUST: ADJUST,
    CaseAct.CORRECT: CORRECT,
    CaseAct.URGE: URGE,
    CaseAct.SUPPLY_PAPER: Doing(
        working.SupplyForm,
        _supply,
        _("补录时已经销号、档案缺少的材料，找到后在这里补交。原来的状态和日期不变。"),
        "matters/evidence.html",
    ),
    CaseAct.NOTE_MINE_STATE: Doing(
        judging.MineStateForm,
        _mine_state,
        _("矿山停产、关闭或破产的在此登记。整改责任不因此转移，问题也不因此销号。"),
    ),
    CaseAct.ORDER_PERFORMANCE: Doing(
        judging.PerformanceForm,
        given(actions.order_performance, "performer"),
        _("责任主体不履行的，由他人代为履行，费用由责任主体承担（《矿产资源法》第七十一条）。"),
    ),
    CaseAct.NOTE_EXTINCTION: Doing(
        ActForm,
        given(actions.note_extinction),
        _("只有已经认定责任主体灭失（有文号、日期）的才转由政府承担，问题仍在册。"),
    ),
    LastingAct.VERIFY: VERIFY,
    LastingAct.ASSIGN: ASSIGN,
    LastingAct.TAKE_ON: TAKE_ON,
    LastingAct.DRAFT_PLAN: DRAFT_PLAN,
    LastingAct.SUBMIT_PLAN: SUBMIT_PLAN,
    LastingAct.APPROVE_PLAN: APPROVE_PLAN,
    LastingAct.RETURN_PLAN: RETURN_PLAN,
    LastingAct.APPLY: Doing(
        ActForm, given(actions.apply_for_yearly_check), _("长期坚持的任务每年申请一次核查。须有佐证。")
    ),
    LastingAct.PASS: Doing(
        judging.YearlyCheckForm,
        given(actions.pass_yearly_check, "visitors", "visited_on", "next_due_on"),
        _("到现场核查，写明谁、何时到场，并定下次核查时限。任务继续坚持，不销号。"),
    ),
    LastingAct.FAIL: Doing(
        ActForm, given(actions.fail_yearly_check), _("没有坚持好的，写明问题，限期改正后重新核查。")
    ),
    LastingAct.MEND: Doing(
        ActForm, given(actions.mend_lasting), _("报告核查提出的问题已经改正，等待重新核查。")
    ),
    LastingAct.DISMISS: DISMISS,
    LastingAct.WITHDRAW: WITHDRAW,
    LastingAct.MERGE: MERGE,
    LastingAct.COMPLETE_STAGE: Doing(working.StageForm, _stage, _("登记一个阶段已经完成。")),
    LastingAct.ADD_EVIDENCE: ADD_EVIDENCE,
    LastingAct.ADJUST: ADJUST,
    LastingAct.CORRECT: CORRECT,
    LastingAct.URGE: URGE,
    PetitionAct.PASS_ON: Doing(
        deciding.AnsweredByForm,
        given(actions.pass_on, "answering", "due_on"),
        _("把转办件交给办理单位，定下按天计算的时限。"),
    ),
    PetitionAct.VERIFY: Doing(
        judging.FindingForm,
        given(actions.verify_petition, "finding"),
        _("调查核实：属实、部分属实还是不属实。"),
    ),
    PetitionAct.HANDLE: Doing(
        ActForm, given(actions.handle_petition), _("写明怎样处理、整改到什么程度，将列入公开情况一览表。")
    ),
    PetitionAct.REPLY: Doing(
        ActForm, given(actions.reply_to_petition), _("写明何时、怎样回复，对方是否认可。")
    ),
    PetitionAct.FINISH: Doing(FormalForm, given(actions.finish_petition), _("处理和回复都到位，移出存量。")),
    PetitionAct.FINISH_FOR_NOW: Doing(
        FormalForm,
        given(actions.finish_petition_for_now),
        _("一时不能彻底解决的先阶段性办结，仍在册，写明后续安排。"),
    ),
    PetitionAct.TURN: Doing(
        registering.TurnForm, _turn, _("需要较长时间整改的，登记为整改问题继续办理，本件办结并指明去向。")
    ),
    PetitionAct.RETURN: Doing(
        ActForm, given(actions.return_petition), _("处理不到位的退回重新核实办理，写明理由。")
    ),
    PetitionAct.MERGE: MERGE,
    PetitionAct.WITHDRAW: WITHDRAW,
    PetitionAct.EXTEND: EXTEND,
    PetitionAct.CORRECT: CORRECT,
    PetitionAct.URGE: URGE,
    PetitionAct.NOTE_ACCOUNTABILITY: Doing(
        ActForm,
        given(actions.note_petition_accountability),
        _("登记对责任人的处理情况，将列入公开情况一览表。"),
    ),
}
"""By the code of the act."""
