"""How is kept up what can never be closed (长期坚持)? Stage by stage, checked every year."""

from __future__ import annotations

from qingshan.rules.duties import Duty
from qingshan.rules.flow import STAYS, Flow, Transition
from qingshan.rules.flows.rectification import (
    EVIDENCE,
    GROUNDS,
    INDEPENDENT,
    ISSUING_LEVEL,
    NUMBER,
    ON_SITE,
)
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import DOES_THE_WORK, Role
from qingshan.rules.stock import Move
from qingshan.rules.words import Named, names_of


class LastingState(Named):
    """长期坚持问题状态."""

    REGISTERED = "registered", "已登记待核实", "registered, to be verified"
    VERIFIED = "verified", "已核实待交办", "verified, to be assigned"
    ASSIGNED = "assigned", "已交办待认领", "assigned, to be taken on"
    TAKEN_ON = "taken_on", "已认领待编方案", "taken on, to be planned"
    PLANNED = "planned", "方案待审批", "plan to be approved"
    KEEPING_UP = "keeping_up", "长期坚持中", "kept up"
    CHECKING = "checking", "年度核查中", "yearly check under way"
    MENDING = "mending", "核查未过整改中", "failed the yearly check, mending"
    DISMISSED = "dismissed", "不予立项", "dismissed"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"
    MERGED = "merged", "已合并", "merged"


class LastingAct(Named):
    """长期坚持环节."""

    VERIFY = "cases.verify_lasting", "核实长期任务", "verify the lasting task"
    ASSIGN = "cases.assign_lasting", "交办长期任务", "assign the lasting task"
    TAKE_ON = "cases.take_on_lasting", "认领长期任务", "take on the lasting task"
    DRAFT_PLAN = "cases.draft_lasting_plan", "编制长期任务方案", "draw up the plan of the lasting task"
    SUBMIT_PLAN = "cases.submit_lasting_plan", "报送长期任务方案", "submit the plan of the lasting task"
    APPROVE_PLAN = "cases.approve_lasting_plan", "批准长期任务方案", "approve the plan of the lasting task"
    RETURN_PLAN = "cases.return_lasting_plan", "退回长期任务方案", "return the plan of the lasting task"
    APPLY = "cases.apply_for_yearly_check", "申请年度核查", "apply for the yearly check"
    PASS = "cases.pass_yearly_check", "年度核查通过", "pass the yearly check"
    FAIL = "cases.fail_yearly_check", "年度核查不通过", "fail the yearly check"
    MEND = "cases.mend_lasting", "报告已改正", "report that it was mended"
    DISMISS = "cases.dismiss_lasting", "长期任务不予立项", "dismiss the lasting task"
    WITHDRAW = "cases.withdraw_lasting", "撤销长期任务", "withdraw the lasting task"
    MERGE = "cases.merge_lasting", "并入其他长期任务", "merge into another lasting task"
    COMPLETE_STAGE = "cases.complete_stage", "登记阶段完成", "record that a stage was completed"
    ADD_EVIDENCE = "cases.add_lasting_evidence", "上传长期任务佐证", "add evidence to the lasting task"
    ADJUST = "cases.adjust_lasting", "批准调整长期任务", "adjust the lasting task"
    CORRECT = "cases.correct_lasting", "更正长期任务", "correct the entry of the lasting task"
    URGE = "cases.urge_lasting", "催办长期任务", "urge the lasting task"


_S, _A, _D, _R = LastingState, LastingAct, Duty, Role

UNDER_WAY = (_S.ASSIGNED, _S.TAKEN_ON, _S.PLANNED, _S.KEEPING_UP, _S.CHECKING, _S.MENDING)
OPEN = (_S.REGISTERED, _S.VERIFIED, *UNDER_WAY)

FLOW = Flow(
    kind="lasting",
    title=Sentence(zh="长期坚持", en="Lasting tasks"),
    initial=_S.REGISTERED,
    final=frozenset({_S.DISMISSED, _S.WITHDRAWN, _S.MERGED}),
    lasting=True,
    names=names_of(LastingState),
    act_names=names_of(LastingAct),
    transitions=(
        Transition(_A.VERIFY, (_S.REGISTERED,), _S.VERIFIED, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(
            _A.ASSIGN,
            (_S.VERIFIED,),
            _S.ASSIGNED,
            _D.DISPATCH,
            needs=("rules.rectification.no_answering_unit", "rules.rectification.no_deadline"),
        ),
        Transition(
            _A.TAKE_ON,
            (_S.ASSIGNED,),
            _S.TAKEN_ON,
            None,
            needs=("rules.rectification.duties_unnamed",),
            by=(_R.ANSWERING,),
        ),
        Transition(
            _A.SUBMIT_PLAN,
            (_S.TAKEN_ON,),
            _S.PLANNED,
            None,
            needs=("rules.rectification.plan_empty",),
            by=DOES_THE_WORK,
        ),
        Transition(
            _A.APPROVE_PLAN,
            (_S.PLANNED,),
            _S.KEEPING_UP,
            _D.REVIEW,
            needs=("rules.rectification.four_questions", INDEPENDENT),
        ),
        Transition(_A.RETURN_PLAN, (_S.PLANNED,), _S.TAKEN_ON, _D.REVIEW, needs=(GROUNDS,)),
        Transition(
            _A.APPLY,
            (_S.KEEPING_UP,),
            _S.CHECKING,
            None,
            needs=(EVIDENCE,),
            by=DOES_THE_WORK,
        ),
        Transition(_A.PASS, (_S.CHECKING,), _S.KEEPING_UP, _D.REVIEW, needs=(ON_SITE, INDEPENDENT)),
        Transition(_A.FAIL, (_S.CHECKING, _S.KEEPING_UP), _S.MENDING, _D.REVIEW, needs=(GROUNDS,)),
        Transition(_A.MEND, (_S.MENDING,), _S.CHECKING, None, needs=(GROUNDS,), by=DOES_THE_WORK),
        Transition(
            _A.DISMISS,
            (_S.REGISTERED, _S.VERIFIED),
            _S.DISMISSED,
            _D.LEAD,
            needs=(GROUNDS,),
            moves=(Move.DISMISSED,),
        ),
        Transition(
            _A.WITHDRAW,
            OPEN,
            _S.WITHDRAWN,
            _D.LEAD,
            needs=(GROUNDS, NUMBER),
            moves=(Move.WITHDRAWN,),
        ),
        Transition(
            _A.MERGE,
            OPEN,
            _S.MERGED,
            _D.DISPATCH,
            needs=(GROUNDS, "rules.rectification.merge_target"),
            moves=(Move.MERGED,),
        ),
        Transition(_A.DRAFT_PLAN, (_S.TAKEN_ON,), STAYS, None, by=DOES_THE_WORK),
        Transition(_A.COMPLETE_STAGE, (_S.KEEPING_UP, _S.MENDING), STAYS, None, by=DOES_THE_WORK),
        Transition(_A.ADD_EVIDENCE, OPEN, STAYS, None, by=(*DOES_THE_WORK, _R.REGISTERING, _R.SUPERVISING)),
        Transition(
            _A.ADJUST,
            (_S.KEEPING_UP, _S.MENDING),
            STAYS,
            _D.REVIEW,
            needs=(GROUNDS, NUMBER, ISSUING_LEVEL),
        ),
        Transition(_A.CORRECT, OPEN, STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.URGE, UNDER_WAY, STAYS, _D.DISPATCH),
    ),
)
