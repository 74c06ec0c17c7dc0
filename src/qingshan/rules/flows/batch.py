"""How does a batch of sites (批次) go from being put together to being done? 完成一批、验收一批、申报一批、抽查一批.

The number that decides the sample is sealed before the list is closed, and opened after. What fails goes back; too many
failures double the sample, then the whole batch is looked at (`rules.sampling`). The period of the acceptance runs from
the application (Land Reclamation Regulation, art. 29); a written opinion sends the batch back, and a new application
starts a new period.
"""

from __future__ import annotations

from qingshan.rules.duties import Duty
from qingshan.rules.flow import STAYS, Deadline, Flow, Transition
from qingshan.rules.flows.rectification import EVIDENCE, GROUNDS, INDEPENDENT, NUMBER, ON_SITE
from qingshan.rules.reasons import Sentence
from qingshan.rules.roles import DOES_THE_WORK, Role
from qingshan.rules.stock import Move
from qingshan.rules.words import Named, names_of


class BatchState(Named):
    """批次状态."""

    FORMING = "forming", "组批中", "being put together"
    FINISHED = "finished", "已完工待申报", "finished, to be applied for"
    APPLIED = "applied", "已申报待封存名单", "applied for, list to be closed"
    SEALED = "sealed", "名单已封存待抽取", "list closed, to be drawn"
    CHECKING = "checking", "首次抽查中", "first sample under way"
    DOUBLED = "doubled", "加倍抽查中", "double sample under way"
    WHOLE = "whole", "全数核查中", "whole batch under way"
    ACCEPTED = "accepted", "验收通过待公示", "accepted, notice to be given"
    IN_NOTICE = "in_notice", "验收结果公示中", "result in public notice"
    DONE = "done", "已办结", "done"
    RETURNED = "returned", "退回整改中", "sent back to be mended"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"


class BatchAct(Named):
    """批次环节."""

    FINISH = "restoration.finish_batch", "报告全批完工", "report the batch as finished"
    APPLY = "restoration.apply_for_batch", "申报批次验收", "apply for acceptance of the batch"
    CLOSE_LIST = "restoration.close_list", "封存抽查名单", "close the list"
    DRAW = "restoration.draw_sample", "抽取首次样本", "draw the first sample"
    DRAW_DOUBLE = "restoration.draw_double", "加倍抽取", "draw the double sample"
    CHECK_WHOLE = "restoration.check_whole", "转入全数核查", "go over to the whole batch"
    ACCEPT = "restoration.accept_batch", "批次验收通过", "accept the batch"
    RETURN = "restoration.return_batch", "整批退回整改", "send the batch back"
    GIVE_NOTICE = "restoration.give_batch_notice", "公示批次验收结果", "publish the result of the batch"
    STOP_NOTICE = "restoration.stop_batch_notice", "中止批次公示", "stop the notice of the batch"
    CONCLUDE = "restoration.conclude_batch", "批次办结", "conclude the batch"
    WITHDRAW = "restoration.withdraw_batch", "撤销批次", "withdraw the batch"
    RESUME_FORMING = "restoration.resume_forming", "退回组批", "go back to putting it together"
    CANCEL_LIST = "restoration.cancel_list", "作废封存名单", "cancel the closed list"
    ADD_SITE = "restoration.add_site", "列入点位", "list a site"
    TAKE_OUT_SITE = "restoration.take_out_site", "移出点位", "take a site out"
    SEAL_NUMBER = "restoration.seal_number", "公布号码封签", "publish the seal of a number"
    OPEN_NUMBER = "restoration.open_number", "公开号码", "open a number"
    RECORD_CHECK = "restoration.record_check", "登记抽查结果", "record what was found at a site"
    SEND_BACK_SITE = "restoration.send_back_site", "退回单个点位", "send one site back"
    NAME_PANEL = "restoration.name_panel", "登记验收组及签字", "record the panel and its signatures"
    ADD_EVIDENCE = "restoration.add_batch_evidence", "上传批次佐证", "add evidence to the batch"
    ANSWER_FINDING = "restoration.answer_finding", "书面回应影像核查", "answer a finding in writing"
    REGISTER_OBJECTION = (
        "restoration.register_objection",
        "登记批次异议",
        "register an objection to the batch",
    )
    ANSWER_OBJECTION = "restoration.answer_objection", "答复批次异议", "answer an objection to the batch"
    TRACE_BACK = "restoration.trace_back", "登记倒查", "open a trace-back"
    CORRECT = "restoration.correct_batch", "更正批次登记", "correct the entry of the batch"
    URGE = "restoration.urge_batch", "催办批次", "urge the batch"


_S, _A, _D, _R = BatchState, BatchAct, Duty, Role

CHECKED_IN = (_S.CHECKING, _S.DOUBLED, _S.WHOLE)
"""Sites of the sample are looked at."""
WITH_AUTHORITY = (_S.APPLIED, _S.SEALED, *CHECKED_IN)
"""The period of the acceptance runs."""
OPEN = (_S.FORMING, _S.FINISHED, *WITH_AUTHORITY, _S.ACCEPTED, _S.IN_NOTICE, _S.RETURNED)
"""Every state in which a batch stands in the stock."""
PERIOD = Deadline("land-reclamation", "acceptance_days")

EMPTY = "rules.batch.empty"
UNFINISHED = "rules.batch.sites_unfinished"
NO_EVIDENCE = EVIDENCE
NO_SEAL = "rules.sampling.no_seal"
NOT_OPEN = "rules.batch.numbers_not_open"
CHECKS_OPEN = "rules.batch.checks_open"
NOT_DOUBLE = "rules.batch.double_not_asked"
NOT_WHOLE = "rules.batch.whole_not_asked"
MORE_ROUNDS = "rules.batch.more_to_check"
NOTHING_PASSED = "rules.batch.nothing_passed"
NOT_BACK = "rules.batch.failures_not_back"
PANEL = "rules.batch.panel_incomplete"
UNANSWERED = "rules.batch.finding_unanswered"
NOTICE_BASIS = "rules.batch.notice_without_basis"
NOTICE_RUNS = "rules.batch.notice_running"
OBJECTIONS = "rules.batch.objections_open"
COUNTS = "rules.batch.counts_differ"

FLOW = Flow(
    kind="batch",
    title=Sentence(zh="修复批次", en="Batches of restored sites"),
    initial=_S.FORMING,
    final=frozenset({_S.DONE, _S.WITHDRAWN}),
    names=names_of(BatchState),
    act_names=names_of(BatchAct),
    transitions=(
        Transition(_A.FINISH, (_S.FORMING,), _S.FINISHED, None, needs=(EMPTY, UNFINISHED), by=DOES_THE_WORK),
        Transition(
            _A.APPLY,
            (_S.FINISHED, _S.RETURNED),
            _S.APPLIED,
            None,
            needs=(EMPTY, UNFINISHED, NO_EVIDENCE),
            deadline=PERIOD,
            by=DOES_THE_WORK,
        ),
        Transition(_A.CLOSE_LIST, (_S.APPLIED,), _S.SEALED, _D.REVIEW, needs=(EMPTY, NO_SEAL)),
        Transition(_A.DRAW, (_S.SEALED,), _S.CHECKING, _D.REVIEW, needs=(NOT_OPEN,)),
        Transition(
            _A.ACCEPT,
            CHECKED_IN,
            _S.ACCEPTED,
            _D.REVIEW,
            needs=(CHECKS_OPEN, MORE_ROUNDS, NOTHING_PASSED, NOT_BACK, UNANSWERED, PANEL, INDEPENDENT),
        ),
        Transition(_A.DRAW_DOUBLE, (_S.CHECKING,), _S.DOUBLED, _D.REVIEW, needs=(CHECKS_OPEN, NOT_DOUBLE)),
        Transition(_A.CHECK_WHOLE, (_S.DOUBLED,), _S.WHOLE, _D.REVIEW, needs=(CHECKS_OPEN, NOT_WHOLE)),
        Transition(_A.GIVE_NOTICE, (_S.ACCEPTED,), _S.IN_NOTICE, _D.REGISTRY, needs=(NOTICE_BASIS,)),
        Transition(
            _A.CONCLUDE,
            (_S.IN_NOTICE,),
            _S.DONE,
            _D.LEAD,
            needs=(NOTICE_RUNS, OBJECTIONS, UNANSWERED, COUNTS, INDEPENDENT),
            moves=(Move.CLOSED,),
        ),
        Transition(
            _A.RETURN, (_S.APPLIED, *CHECKED_IN, _S.ACCEPTED), _S.RETURNED, _D.REVIEW, needs=(GROUNDS,)
        ),
        Transition(_A.STOP_NOTICE, (_S.IN_NOTICE,), _S.RETURNED, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.RESUME_FORMING, (_S.FINISHED,), _S.FORMING, _D.REGISTRY, needs=(GROUNDS,)),
        # a number that is lost or that one side will not open; who cancels answers for it, and everybody sees it
        Transition(_A.CANCEL_LIST, (_S.SEALED,), _S.APPLIED, _D.LEAD, needs=(GROUNDS, NUMBER)),
        Transition(
            _A.WITHDRAW,
            (_S.FORMING, _S.FINISHED, _S.APPLIED, _S.RETURNED),
            _S.WITHDRAWN,
            _D.LEAD,
            needs=(GROUNDS, NUMBER),
            moves=(Move.WITHDRAWN,),
        ),
        # what is done beside the way
        Transition(_A.ADD_SITE, (_S.FORMING,), STAYS, _D.REGISTRY),
        Transition(
            _A.TAKE_OUT_SITE, (_S.FORMING, _S.FINISHED, _S.RETURNED), STAYS, _D.REGISTRY, needs=(GROUNDS,)
        ),
        Transition(_A.SEAL_NUMBER, (_S.FORMING, _S.FINISHED, _S.APPLIED, _S.RETURNED), STAYS, _D.REVIEW),
        Transition(_A.OPEN_NUMBER, (_S.SEALED,), STAYS, _D.REVIEW),
        Transition(_A.RECORD_CHECK, CHECKED_IN, STAYS, _D.REVIEW, needs=(ON_SITE, INDEPENDENT)),
        Transition(_A.SEND_BACK_SITE, CHECKED_IN, STAYS, _D.REVIEW, needs=(GROUNDS,)),
        Transition(_A.NAME_PANEL, CHECKED_IN, STAYS, _D.REGISTRY),
        Transition(_A.ADD_EVIDENCE, OPEN, STAYS, None, by=(*DOES_THE_WORK, _R.REGISTERING, _R.SUPERVISING)),
        Transition(
            _A.ANSWER_FINDING,
            (*WITH_AUTHORITY, _S.ACCEPTED, _S.IN_NOTICE, _S.RETURNED),
            STAYS,
            None,
            needs=(GROUNDS,),
            by=DOES_THE_WORK,
        ),
        Transition(_A.REGISTER_OBJECTION, (_S.IN_NOTICE,), STAYS, _D.REGISTRY),
        Transition(_A.ANSWER_OBJECTION, (_S.IN_NOTICE,), STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.TRACE_BACK, (_S.ACCEPTED, _S.IN_NOTICE, _S.DONE), STAYS, _D.DISPATCH, needs=(GROUNDS,)),
        Transition(_A.CORRECT, OPEN, STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.URGE, OPEN, STAYS, _D.DISPATCH),
    ),
)
