"""How does a problem (整改问题) go from the list to closed, and back when it returns? 立行立改 and 限期整改.

The first line that leads out of a state is what should happen next; what stands after it are the ways aside.
"""

from __future__ import annotations

from qingshan.rules.duties import Duty
from qingshan.rules.flow import STAYS, Flow, Transition
from qingshan.rules.reasons import Sentence
from qingshan.rules.register import RegionLevel
from qingshan.rules.roles import DOES_THE_WORK, Role
from qingshan.rules.stock import Move
from qingshan.rules.words import Named, names_of


class CaseState(Named):
    """整改问题状态."""

    REGISTERED = "registered", "已登记待核实", "registered, to be verified"
    VERIFIED = "verified", "已核实待交办", "verified, to be assigned"
    ASSIGNED = "assigned", "已交办待认领", "assigned, to be taken on"
    TAKEN_ON = "taken_on", "已认领待编方案", "taken on, to be planned"
    PLANNED = "planned", "方案待审批", "plan to be approved"
    RECTIFYING = "rectifying", "整改中", "rectifying"
    SELF_CHECKED = "self_checked", "已自验待申请", "self-checked"
    APPLIED = "applied", "已申请验收", "acceptance applied for"
    COUNTY_ACCEPTED = "county_accepted", "县级初验通过", "accepted by the county"
    CITY_ACCEPTED = "city_accepted", "市级验收通过", "accepted by the city"
    PROVINCE_ACCEPTED = "province_accepted", "省级复核通过", "accepted by the province"
    IN_NOTICE = "in_notice", "公示中", "in public notice"
    CLOSED = "closed", "已销号", "closed"
    REOPENED = "reopened", "重新挂账待编方案", "reopened, to be planned"
    DISMISSED = "dismissed", "不予立项", "dismissed"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"
    MERGED = "merged", "已合并", "merged"
    SPLIT = "split", "已拆分", "split"


class CaseAct(Named):
    """整改环节."""

    VERIFY = "cases.verify", "核实", "verify"
    ASSIGN = "cases.assign", "交办", "assign"
    TAKE_ON = "cases.take_on", "认领", "take on"
    DRAFT_PLAN = "cases.draft_plan", "编制整改方案", "draw up the plan"
    SUBMIT_PLAN = "cases.submit_plan", "报送整改方案", "submit the plan"
    APPROVE_PLAN = "cases.approve_plan", "批准整改方案", "approve the plan"
    RETURN_PLAN = "cases.return_plan", "退回整改方案", "return the plan"
    BEGIN_AT_ONCE = "cases.begin_at_once", "立行立改", "rectify at once"
    SELF_CHECK = "cases.self_check", "自查自验", "self-check"
    APPLY = "cases.apply_for_acceptance", "申请验收", "apply for acceptance"
    ACCEPT_COUNTY = "cases.accept_at_county", "县级初验", "accept at the county"
    ACCEPT_CITY = "cases.accept_at_city", "市级验收", "accept at the city"
    ACCEPT_PROVINCE = "cases.accept_at_province", "省级复核", "accept at the province"
    RETURN_ACCEPTANCE = "cases.return_acceptance", "验收退回", "return for more work"
    GIVE_NOTICE = "cases.give_public_notice", "发布公示", "give public notice"
    STOP_NOTICE = "cases.stop_public_notice", "中止公示", "stop the public notice"
    CLOSE = "cases.close", "销号", "close"
    REOPEN = "cases.reopen", "重新挂账", "reopen"
    REOPEN_AFTER_RELAPSE = (
        "cases.reopen_after_relapse",
        "反弹重新挂账",
        "reopen after a relapse seen from the sky",
    )
    DISMISS = "cases.dismiss", "不予立项", "dismiss"
    WITHDRAW = "cases.withdraw", "撤销", "withdraw"
    MERGE = "cases.merge", "并入其他问题", "merge into another case"
    SPLIT = "cases.split", "拆分", "split"
    TRANSFER = "cases.transfer", "移交", "transfer"
    REPORT_PROGRESS = "cases.report_progress", "填报进展", "report progress"
    ADD_EVIDENCE = "cases.add_evidence", "上传佐证", "add evidence"
    SUPPLY_PAPER = "cases.supply_paper", "补齐缺件", "supply a missing paper"
    EXTEND = "cases.extend", "批准延期", "extend the deadline"
    ADJUST = "cases.adjust", "批准调整目标", "adjust the target"
    CORRECT = "cases.correct", "更正登记", "correct the entry"
    URGE = "cases.urge", "催办", "urge"
    REGISTER_OBJECTION = "cases.register_objection", "登记异议", "register an objection"
    ANSWER_OBJECTION = "cases.answer_objection", "答复异议", "answer an objection"
    NOTE_ENFORCEMENT = "cases.note_enforcement", "登记查处情况", "note enforcement"
    NOTE_MECHANISM = "cases.note_mechanism", "登记长效机制", "note the lasting mechanism"
    EVALUATE = "cases.evaluate_effect", "成效评估", "evaluate the effect"
    NOTE_MINE_STATE = "cases.note_mine_state", "登记矿山关停情况", "note that the mine stopped or closed"
    ORDER_PERFORMANCE = "cases.order_performance", "代履行决定", "order performance at the holder's cost"
    NOTE_EXTINCTION = "cases.note_extinction", "转由政府承担", "pass the duty to the government"


_S, _A, _D, _R = CaseState, CaseAct, Duty, Role

UNDER_WAY = (_S.ASSIGNED, _S.TAKEN_ON, _S.PLANNED, _S.RECTIFYING, _S.SELF_CHECKED, _S.APPLIED, _S.REOPENED)
ACCEPTED = (_S.COUNTY_ACCEPTED, _S.CITY_ACCEPTED, _S.PROVINCE_ACCEPTED)
WORKED_ON = (_S.RECTIFYING, _S.SELF_CHECKED, _S.APPLIED, *ACCEPTED, _S.IN_NOTICE)
OPEN = (_S.REGISTERED, _S.VERIFIED, *UNDER_WAY, *ACCEPTED, _S.IN_NOTICE)
"""Every state in which a case stands in the stock."""

GROUNDS = "rules.rectification.no_grounds"
NUMBER = "rules.rectification.no_number"
INDEPENDENT = "rules.rectification.not_independent"
ON_SITE = "rules.rectification.nobody_on_site"
EVIDENCE = "rules.rectification.no_evidence"
LEVELS = "rules.rectification.level_not_asked"
MEASURES = "rules.rectification.measures_open"
ALL_ACCEPTED = "rules.rectification.acceptance_incomplete"
RELAPSE = "rules.verification.not_relapsed"
IMAGES = "rules.verification.unanswered"
ISSUING_LEVEL = "rules.rectification.not_the_approving_level"

FLOW = Flow(
    kind="rectification",
    title=Sentence(zh="问题整改", en="Rectification"),
    initial=_S.REGISTERED,
    final=frozenset({_S.CLOSED, _S.DISMISSED, _S.WITHDRAWN, _S.MERGED, _S.SPLIT}),
    names=names_of(CaseState),
    act_names=names_of(CaseAct),
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
            _A.BEGIN_AT_ONCE,
            (_S.TAKEN_ON, _S.REOPENED),
            _S.RECTIFYING,
            None,
            needs=("rules.rectification.not_at_once",),
            by=DOES_THE_WORK,
        ),
        Transition(
            _A.SUBMIT_PLAN,
            (_S.TAKEN_ON, _S.REOPENED),
            _S.PLANNED,
            None,
            needs=("rules.rectification.plan_empty",),
            by=DOES_THE_WORK,
        ),
        Transition(
            _A.APPROVE_PLAN,
            (_S.PLANNED,),
            _S.RECTIFYING,
            _D.REVIEW,
            needs=("rules.rectification.four_questions", INDEPENDENT),
        ),
        Transition(_A.RETURN_PLAN, (_S.PLANNED,), _S.TAKEN_ON, _D.REVIEW, needs=(GROUNDS,)),
        Transition(
            _A.SELF_CHECK, (_S.RECTIFYING,), _S.SELF_CHECKED, None, needs=(MEASURES,), by=DOES_THE_WORK
        ),
        Transition(
            _A.APPLY,
            (_S.SELF_CHECKED,),
            _S.APPLIED,
            None,
            needs=(EVIDENCE,),
            by=DOES_THE_WORK,
        ),
        Transition(
            _A.ACCEPT_COUNTY,
            (_S.APPLIED,),
            _S.COUNTY_ACCEPTED,
            _D.REVIEW,
            needs=(LEVELS, ON_SITE, INDEPENDENT, IMAGES),
            level=RegionLevel.COUNTY,
        ),
        Transition(
            _A.ACCEPT_CITY,
            (_S.APPLIED, _S.COUNTY_ACCEPTED),
            _S.CITY_ACCEPTED,
            _D.REVIEW,
            needs=(LEVELS, ON_SITE, INDEPENDENT, IMAGES),
            level=RegionLevel.PREFECTURE,
        ),
        Transition(
            _A.ACCEPT_PROVINCE,
            (_S.APPLIED, _S.COUNTY_ACCEPTED, _S.CITY_ACCEPTED),
            _S.PROVINCE_ACCEPTED,
            _D.REVIEW,
            needs=(LEVELS, ON_SITE, INDEPENDENT, IMAGES),
            level=RegionLevel.PROVINCE,
        ),
        Transition(
            _A.GIVE_NOTICE,
            ACCEPTED,
            _S.IN_NOTICE,
            _D.REGISTRY,
            needs=(ALL_ACCEPTED, "rules.rectification.no_notice_period"),
        ),
        Transition(
            _A.RETURN_ACCEPTANCE,
            (_S.APPLIED, *ACCEPTED),
            _S.RECTIFYING,
            _D.REVIEW,
            needs=(GROUNDS,),
        ),
        Transition(
            _A.CLOSE,
            (_S.IN_NOTICE,),
            _S.CLOSED,
            _D.LEAD,
            needs=("rules.closing.incomplete", IMAGES, INDEPENDENT),
            moves=(Move.CLOSED,),
        ),
        Transition(_A.STOP_NOTICE, (_S.IN_NOTICE,), _S.RECTIFYING, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(
            _A.REOPEN,
            (_S.CLOSED,),
            _S.REOPENED,
            _D.DISPATCH,
            needs=(GROUNDS, "rules.rectification.no_new_deadline"),
            moves=(Move.REOPENED,),
        ),
        Transition(
            _A.REOPEN_AFTER_RELAPSE,
            (_S.CLOSED,),
            _S.REOPENED,
            _D.DISPATCH,
            needs=(GROUNDS, "rules.rectification.no_new_deadline", RELAPSE),
            moves=(Move.REOPENED,),
        ),
        Transition(
            _A.DISMISS,
            (_S.REGISTERED, _S.VERIFIED),
            _S.DISMISSED,
            _D.LEAD,
            needs=(GROUNDS,),
            moves=(Move.DISMISSED,),
        ),
        Transition(
            _A.TRANSFER,
            (_S.VERIFIED, *UNDER_WAY),
            _S.VERIFIED,
            _D.DISPATCH,
            needs=(GROUNDS, "rules.rectification.same_region"),
            moves=(Move.TRANSFERRED_OUT, Move.TRANSFERRED_IN),
        ),
        Transition(
            _A.MERGE,
            (_S.REGISTERED, _S.VERIFIED, *UNDER_WAY),
            _S.MERGED,
            _D.DISPATCH,
            needs=(GROUNDS, "rules.rectification.merge_target"),
            moves=(Move.MERGED,),
        ),
        Transition(
            _A.SPLIT,
            (_S.REGISTERED, _S.VERIFIED, *UNDER_WAY),
            _S.SPLIT,
            _D.DISPATCH,
            needs=(GROUNDS, "rules.rectification.split_parts"),
            moves=(Move.SPLIT_OUT,),
        ),
        Transition(
            _A.WITHDRAW,
            (_S.REGISTERED, _S.VERIFIED, *UNDER_WAY),
            _S.WITHDRAWN,
            _D.LEAD,
            needs=(GROUNDS, NUMBER),
            moves=(Move.WITHDRAWN,),
        ),
        # what is done beside the way
        Transition(_A.DRAFT_PLAN, (_S.TAKEN_ON, _S.REOPENED), STAYS, None, by=DOES_THE_WORK),
        Transition(_A.REPORT_PROGRESS, (_S.RECTIFYING,), STAYS, None, by=DOES_THE_WORK),
        Transition(_A.ADD_EVIDENCE, OPEN, STAYS, None, by=(*DOES_THE_WORK, _R.REGISTERING, _R.SUPERVISING)),
        # what was closed before, on paper, gets its papers when they are found
        Transition(
            _A.SUPPLY_PAPER,
            (_S.CLOSED,),
            STAYS,
            _D.REGISTRY,
            needs=("rules.rectification.no_paper_missing",),
        ),
        Transition(
            _A.EXTEND,
            (_S.RECTIFYING, _S.SELF_CHECKED, _S.APPLIED),
            STAYS,
            _D.REVIEW,
            needs=(GROUNDS, NUMBER, ISSUING_LEVEL, "rules.rectification.not_later"),
        ),
        Transition(_A.ADJUST, (_S.RECTIFYING,), STAYS, _D.REVIEW, needs=(GROUNDS, NUMBER, ISSUING_LEVEL)),
        Transition(_A.CORRECT, OPEN, STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.URGE, (_S.VERIFIED, *UNDER_WAY, *ACCEPTED), STAYS, _D.DISPATCH),
        Transition(_A.REGISTER_OBJECTION, (_S.IN_NOTICE,), STAYS, _D.REGISTRY),
        Transition(_A.ANSWER_OBJECTION, (_S.IN_NOTICE,), STAYS, _D.REGISTRY, needs=(GROUNDS,)),
        Transition(_A.NOTE_ENFORCEMENT, (*UNDER_WAY, *ACCEPTED, _S.IN_NOTICE), STAYS, _D.REGISTRY),
        Transition(_A.NOTE_MECHANISM, WORKED_ON, STAYS, None, by=DOES_THE_WORK),
        Transition(
            _A.EVALUATE,
            (*ACCEPTED, _S.IN_NOTICE),
            STAYS,
            _D.REVIEW,
            needs=(GROUNDS, INDEPENDENT),
        ),
        Transition(_A.NOTE_MINE_STATE, OPEN, STAYS, _D.REGISTRY),
        Transition(
            _A.ORDER_PERFORMANCE,
            (_S.TAKEN_ON, _S.RECTIFYING, _S.REOPENED),
            STAYS,
            _D.LEAD,
            needs=(GROUNDS, NUMBER, "rules.holding.nobody_to_charge"),
        ),
        Transition(
            _A.NOTE_EXTINCTION,
            (_S.VERIFIED, *UNDER_WAY),
            STAYS,
            _D.REGISTRY,
            needs=("rules.holding.undetermined",),
        ),
    ),
)
