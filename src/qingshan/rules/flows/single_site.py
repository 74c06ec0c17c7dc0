"""How does a site that belongs to no batch become accepted, and what when it relapses? 完成一项、验收一项."""

from __future__ import annotations

from qingshan.rules.duties import Duty
from qingshan.rules.flow import STAYS, Flow, Transition
from qingshan.rules.flows.batch import (
    NO_EVIDENCE,
    NOTICE_BASIS,
    NOTICE_RUNS,
    OBJECTIONS,
    PANEL,
    PERIOD,
    UNANSWERED,
)
from qingshan.rules.flows.rectification import GROUNDS, INDEPENDENT, NUMBER, ON_SITE
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import DOES_THE_WORK, Role
from qingshan.rules.stock import Move
from qingshan.rules.words import Named, names_of


class SingleState(Named):
    """单个修复点位状态."""

    RESTORING = "restoring", "修复中", "under restoration"
    FINISHED = "finished", "已完工待申请", "finished, to be applied for"
    APPLIED = "applied", "已申请验收", "acceptance applied for"
    ACCEPTED = "accepted", "验收通过待公示", "accepted, notice to be given"
    IN_NOTICE = "in_notice", "验收结果公示中", "result in public notice"
    DONE = "done", "已销项", "done"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"


class SingleAct(Named):
    """单个修复点位环节."""

    FINISH = "restoration.finish_single", "报告单项完工", "report the site as finished"
    APPLY = "restoration.apply_for_single", "申请单项验收", "apply for acceptance of the site"
    ACCEPT = "restoration.accept_single", "单项验收通过", "accept the site"
    RETURN = "restoration.return_single", "单项验收退回", "send the site back"
    GIVE_NOTICE = "restoration.give_single_notice", "公示单项验收结果", "publish the result of the site"
    STOP_NOTICE = "restoration.stop_single_notice", "中止单项公示", "stop the notice of the site"
    CONCLUDE = "restoration.conclude_single", "单项销项", "conclude the site"
    REOPEN = "restoration.reopen_single", "单项重新挂账", "reopen the site"
    WITHDRAW = "restoration.withdraw_single", "撤销单项", "withdraw the site"
    REPORT_PROGRESS = "restoration.report_single_progress", "填报单项进展", "report progress of the site"
    ADD_EVIDENCE = "restoration.add_single_evidence", "上传单项佐证", "add evidence to the site"
    ANSWER_FINDING = (
        "restoration.answer_single_finding",
        "书面回应单项影像核查",
        "answer a finding of the site",
    )
    NAME_PANEL = "restoration.name_single_panel", "登记单项验收组及签字", "record the panel of the site"
    REGISTER_OBJECTION = "restoration.object_to_single", "登记单项异议", "register an objection to the site"
    ANSWER_OBJECTION = (
        "restoration.answer_single_objection",
        "答复单项异议",
        "answer an objection to the site",
    )
    CORRECT = "restoration.correct_single", "更正单项登记", "correct the entry of the site"
    URGE = "restoration.urge_single", "催办单项", "urge the site"


_S, _A, _D, _R = SingleState, SingleAct, Duty, Role

OPEN = (_S.RESTORING, _S.FINISHED, _S.APPLIED, _S.ACCEPTED, _S.IN_NOTICE)
"""Every state in which a site stands in the stock."""
WORKS_OPEN = "rules.batch.works_open"
CRITERIA = "rules.batch.criteria_not_met"

FLOW = Flow(
    kind="single_site",
    title=Sentence(zh="单项修复", en="Single restored sites"),
    initial=_S.RESTORING,
    final=frozenset({_S.DONE, _S.WITHDRAWN}),
    names=names_of(SingleState),
    act_names=names_of(SingleAct),
    transitions=(
        Transition(_A.FINISH, (_S.RESTORING,), _S.FINISHED, None, needs=(WORKS_OPEN,), by=DOES_THE_WORK),
        Transition(
            _A.APPLY,
            (_S.FINISHED,),
            _S.APPLIED,
            None,
            needs=(NO_EVIDENCE,),
            deadline=PERIOD,
            by=DOES_THE_WORK,
        ),
        Transition(
            _A.ACCEPT,
            (_S.APPLIED,),
            _S.ACCEPTED,
            _D.REVIEW,
            needs=(CRITERIA, UNANSWERED, ON_SITE, PANEL, INDEPENDENT),
        ),
        Transition(_A.GIVE_NOTICE, (_S.ACCEPTED,), _S.IN_NOTICE, _D.REGISTRY, needs=(NOTICE_BASIS,)),
        Transition(
            _A.CONCLUDE,
            (_S.IN_NOTICE,),
            _S.DONE,
            _D.LEAD,
            needs=(NOTICE_RUNS, OBJECTIONS, UNANSWERED, INDEPENDENT),
            moves=(Move.CLOSED,),
        ),
        Transition(
            _A.RETURN,
            (_S.FINISHED, _S.APPLIED, _S.ACCEPTED),
            _S.RESTORING,
            _D.REVIEW,
            needs=(GROUNDS,),
        ),
        Transition(_A.STOP_NOTICE, (_S.IN_NOTICE,), _S.RESTORING, _D.REGISTRY, needs=(GROUNDS,)),
        # a relapse, once a person has confirmed it
        Transition(
            _A.REOPEN, (_S.DONE,), _S.RESTORING, _D.DISPATCH, needs=(GROUNDS,), moves=(Move.REOPENED,)
        ),
        Transition(
            _A.WITHDRAW,
            (_S.RESTORING, _S.FINISHED, _S.APPLIED),
            _S.WITHDRAWN,
            _D.LEAD,
            needs=(GROUNDS, NUMBER),
            moves=(Move.WITHDRAWN,),
        ),
        # what is done beside the way
        Transition(_A.REPORT_PROGRESS, (_S.RESTORING,), STAYS, None, by=DOES_THE_WORK),
        Transition(_A.ADD_EVIDENCE, OPEN, STAYS, None, by=(*DOES_THE_WORK, _R.REGISTERING, _R.SUPERVISING)),
        Transition(
            _A.ANSWER_FINDING,
            (_S.APPLIED, _S.ACCEPTED, _S.IN_NOTICE, _S.DONE),
            STAYS,
            None,
            needs=(GROUNDS,),
            by=DOES_THE_WORK,
        ),
        Transition(_A.NAME_PANEL, (_S.APPLIED,), STAYS, _D.REGISTRY),
        Transition(_A.REGISTER_OBJECTION, (_S.IN_NOTICE,), STAYS, _D.REGISTRY),
        Transition(_A.ANSWER_OBJECTION, (_S.IN_NOTICE,), STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.CORRECT, OPEN, STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.URGE, OPEN, STAYS, _D.DISPATCH),
    ),
)
