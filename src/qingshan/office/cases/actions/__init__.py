"""What changes problems and petitions? One function for each official act, by topic."""

from qingshan.office.cases.actions.accepting import accept, evaluate_effect, return_acceptance
from qingshan.office.cases.actions.closing import (
    answer_objection,
    close,
    give_public_notice,
    note_enforcement,
    register_objection,
    reopen,
    stop_public_notice,
)
from qingshan.office.cases.actions.complainants import see_complainant
from qingshan.office.cases.actions.deciding import (
    assign,
    correct,
    dismiss,
    merge,
    split,
    take_on,
    transfer,
    urge,
    verify,
    withdraw,
)
from qingshan.office.cases.actions.doubts import answer_doubt
from qingshan.office.cases.actions.holding import (
    note_extinction,
    note_mine_state,
    order_performance,
)
from qingshan.office.cases.actions.inspecting import open_inspection, raise_problem, record_findings
from qingshan.office.cases.actions.intake import cover_item, decide_item, take_in_document
from qingshan.office.cases.actions.lasting import (
    apply_for_yearly_check,
    complete_stage,
    fail_yearly_check,
    mend_lasting,
    pass_yearly_check,
)
from qingshan.office.cases.actions.petitions import (
    finish_petition,
    finish_petition_for_now,
    handle_petition,
    note_petition_accountability,
    pass_on,
    reply_to_petition,
    return_petition,
    turn_petition_into_case,
    verify_petition,
)
from qingshan.office.cases.actions.planning import (
    adjust,
    approve_plan,
    begin_at_once,
    draft_plan,
    extend,
    return_plan,
    submit_plan,
)
from qingshan.office.cases.actions.registering import register_case, register_late, register_petition
from qingshan.office.cases.actions.stopping import draft_stop_order, lift_stop_order
from qingshan.office.cases.actions.working import (
    add_evidence,
    apply_for_acceptance,
    note_mechanism,
    report_progress,
    self_check,
)

__all__ = [
    "accept",
    "add_evidence",
    "adjust",
    "answer_doubt",
    "answer_objection",
    "apply_for_acceptance",
    "apply_for_yearly_check",
    "approve_plan",
    "assign",
    "begin_at_once",
    "close",
    "complete_stage",
    "correct",
    "cover_item",
    "decide_item",
    "dismiss",
    "draft_plan",
    "draft_stop_order",
    "evaluate_effect",
    "extend",
    "fail_yearly_check",
    "finish_petition",
    "finish_petition_for_now",
    "give_public_notice",
    "handle_petition",
    "lift_stop_order",
    "mend_lasting",
    "merge",
    "note_enforcement",
    "note_extinction",
    "note_mechanism",
    "note_mine_state",
    "note_petition_accountability",
    "open_inspection",
    "order_performance",
    "pass_on",
    "pass_yearly_check",
    "raise_problem",
    "record_findings",
    "register_case",
    "register_late",
    "register_objection",
    "register_petition",
    "reopen",
    "reply_to_petition",
    "report_progress",
    "return_acceptance",
    "return_petition",
    "return_plan",
    "see_complainant",
    "self_check",
    "split",
    "stop_public_notice",
    "submit_plan",
    "take_in_document",
    "take_on",
    "transfer",
    "turn_petition_into_case",
    "urge",
    "verify",
    "verify_petition",
    "withdraw",
]
