"""How is an assigned or petitioned matter (交办、信访转办，边督边改) answered in days?"""

from __future__ import annotations

from qingshan.rules.duties import Duty
from qingshan.rules.flow import STAYS, Flow, Transition
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import Role
from qingshan.rules.stock import Move
from qingshan.rules.words import Named, names_of


class PetitionState(Named):
    """信访转办状态."""

    RECEIVED = "received", "已接收待转办", "received, to be passed on"
    PASSED_ON = "passed_on", "已转办待核实", "passed on, to be verified"
    VERIFIED = "verified", "已核实待处理", "verified, to be handled"
    HANDLED = "handled", "已处理待回复", "handled, to be replied to"
    REPLIED = "replied", "已回复待办结", "replied to, to be ended"
    DONE_FOR_NOW = "done_for_now", "阶段性办结", "done for now"
    DONE = "done", "办结", "done"
    TURNED = "turned", "转为整改问题", "turned into a case"
    MERGED = "merged", "并入其他转办件", "merged"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"


class PetitionAct(Named):
    """信访转办环节."""

    PASS_ON = "cases.pass_on", "转办", "pass on"
    VERIFY = "cases.verify_petition", "核实属实情况", "verify the petition"
    HANDLE = "cases.handle_petition", "登记处理整改情况", "record how it was handled"
    REPLY = "cases.reply_to_petition", "登记回复", "record the reply"
    FINISH = "cases.finish_petition", "办结", "end as done"
    FINISH_FOR_NOW = "cases.finish_petition_for_now", "阶段性办结", "end as done for now"
    TURN = "cases.turn_petition_into_case", "转为整改问题", "turn into a case"
    RETURN = "cases.return_petition", "退回重办", "return to be handled again"
    MERGE = "cases.merge_petition", "并入其他转办件", "merge into another petition"
    WITHDRAW = "cases.withdraw_petition", "撤销转办件", "withdraw the petition"
    EXTEND = "cases.extend_petition", "转办件延期", "extend the petition's deadline"
    CORRECT = "cases.correct_petition", "更正转办件", "correct the petition's entry"
    URGE = "cases.urge_petition", "催办转办件", "urge the answer to a petition"
    NOTE_ACCOUNTABILITY = "cases.note_petition_accountability", "登记责任人被处理情况", "note accountability"


_S, _A, _D, _R = PetitionState, PetitionAct, Duty, Role

GROUNDS = "rules.rectification.no_grounds"
UNDER_WAY = (_S.PASSED_ON, _S.VERIFIED, _S.HANDLED, _S.REPLIED)
OPEN = (_S.RECEIVED, *UNDER_WAY, _S.DONE_FOR_NOW)

FLOW = Flow(
    kind="petition",
    title=Sentence(zh="信访转办", en="Petitions"),
    initial=_S.RECEIVED,
    final=frozenset({_S.DONE, _S.TURNED, _S.MERGED, _S.WITHDRAWN}),
    names=names_of(PetitionState),
    act_names=names_of(PetitionAct),
    transitions=(
        Transition(
            _A.PASS_ON,
            (_S.RECEIVED,),
            _S.PASSED_ON,
            _D.REGISTRY,
            needs=("rules.rectification.no_answering_unit", "rules.rectification.no_deadline"),
        ),
        Transition(
            _A.VERIFY,
            (_S.PASSED_ON,),
            _S.VERIFIED,
            None,
            needs=("rules.petition.no_finding",),
            by=(_R.ANSWERING,),
        ),
        Transition(_A.HANDLE, (_S.VERIFIED,), _S.HANDLED, None, needs=(GROUNDS,), by=(_R.ANSWERING,)),
        Transition(_A.REPLY, (_S.HANDLED,), _S.REPLIED, None, needs=(GROUNDS,), by=(_R.ANSWERING,)),
        Transition(
            _A.FINISH,
            (_S.REPLIED, _S.DONE_FOR_NOW),
            _S.DONE,
            _D.REVIEW,
            needs=("rules.rectification.not_independent",),
            moves=(Move.CLOSED,),
        ),
        Transition(_A.FINISH_FOR_NOW, (_S.REPLIED,), _S.DONE_FOR_NOW, _D.REVIEW, needs=(GROUNDS,)),
        Transition(_A.RETURN, (_S.HANDLED, _S.REPLIED), _S.PASSED_ON, _D.REVIEW, needs=(GROUNDS,)),
        Transition(
            _A.TURN,
            (_S.VERIFIED, _S.HANDLED, _S.REPLIED, _S.DONE_FOR_NOW),
            _S.TURNED,
            _D.REGISTRY,
            needs=("rules.petition.untrue",),
            moves=(Move.CLOSED,),
        ),
        Transition(
            _A.MERGE,
            (_S.RECEIVED, _S.PASSED_ON, _S.VERIFIED),
            _S.MERGED,
            _D.REGISTRY,
            needs=(GROUNDS, "rules.rectification.merge_target"),
            moves=(Move.MERGED,),
        ),
        Transition(
            _A.WITHDRAW,
            (_S.RECEIVED, *UNDER_WAY),
            _S.WITHDRAWN,
            _D.LEAD,
            needs=(GROUNDS, "rules.rectification.no_number"),
            moves=(Move.WITHDRAWN,),
        ),
        Transition(
            _A.EXTEND,
            (*UNDER_WAY, _S.DONE_FOR_NOW),
            STAYS,
            _D.REVIEW,
            needs=(GROUNDS, "rules.rectification.no_number", "rules.rectification.not_later"),
        ),
        Transition(_A.CORRECT, OPEN, STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.URGE, (*UNDER_WAY, _S.DONE_FOR_NOW), STAYS, _D.DISPATCH),
        Transition(_A.NOTE_ACCOUNTABILITY, OPEN, STAYS, _D.REGISTRY, needs=(GROUNDS,)),
    ),
)
