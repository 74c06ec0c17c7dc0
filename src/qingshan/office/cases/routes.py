"""Which act is meant on this matter? The same word is another act on each route, with its own permission."""

from __future__ import annotations

from qingshan.office.matters.models import Matter
from qingshan.rules.flows.lasting import LastingAct
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.flows.rectification import CaseAct

_ON: dict[str, dict[str, str]] = {
    "rectification": {
        "verify": CaseAct.VERIFY,
        "assign": CaseAct.ASSIGN,
        "take_on": CaseAct.TAKE_ON,
        "draft_plan": CaseAct.DRAFT_PLAN,
        "submit_plan": CaseAct.SUBMIT_PLAN,
        "approve_plan": CaseAct.APPROVE_PLAN,
        "return_plan": CaseAct.RETURN_PLAN,
        "dismiss": CaseAct.DISMISS,
        "withdraw": CaseAct.WITHDRAW,
        "merge": CaseAct.MERGE,
        "adjust": CaseAct.ADJUST,
        "extend": CaseAct.EXTEND,
        "correct": CaseAct.CORRECT,
        "urge": CaseAct.URGE,
        "add_evidence": CaseAct.ADD_EVIDENCE,
    },
    "lasting": {
        "verify": LastingAct.VERIFY,
        "assign": LastingAct.ASSIGN,
        "take_on": LastingAct.TAKE_ON,
        "draft_plan": LastingAct.DRAFT_PLAN,
        "submit_plan": LastingAct.SUBMIT_PLAN,
        "approve_plan": LastingAct.APPROVE_PLAN,
        "return_plan": LastingAct.RETURN_PLAN,
        "dismiss": LastingAct.DISMISS,
        "withdraw": LastingAct.WITHDRAW,
        "merge": LastingAct.MERGE,
        "adjust": LastingAct.ADJUST,
        "correct": LastingAct.CORRECT,
        "urge": LastingAct.URGE,
        "add_evidence": LastingAct.ADD_EVIDENCE,
    },
    "petition": {
        "withdraw": PetitionAct.WITHDRAW,
        "merge": PetitionAct.MERGE,
        "extend": PetitionAct.EXTEND,
        "correct": PetitionAct.CORRECT,
        "urge": PetitionAct.URGE,
    },
}


def act_on(matter: Matter, word: str) -> str:
    """The code of the act on the route of this matter; an act that the route does not know refuses itself."""
    return str(_ON[matter.kind].get(word, _ON["rectification"].get(word, word)))
