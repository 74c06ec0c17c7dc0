"""Which kinds of matter do cases bring? Three routes, each one flow table."""

from __future__ import annotations

from qingshan.office.cases.facts import REOPENS
from qingshan.office.cases.late_rows import LATE_ACTS
from qingshan.office.cases.needs import BROUGHT, NEEDS
from qingshan.office.matters.kinds import MatterKind
from qingshan.office.matters.models import Matter
from qingshan.rules.flows import lasting, petition, rectification
from qingshan.rules.flows.lasting import LastingAct
from qingshan.rules.flows.petition import PetitionAct
from qingshan.rules.flows.rectification import CaseAct


def page_of(matter: Matter) -> str:
    """办理页."""
    return f"/cases/{matter.pk}/"


RECTIFICATION = MatterKind(
    flow=rectification.FLOW,
    needs=NEEDS,
    path=page_of,
    brought=BROUGHT,
    late_acts=LATE_ACTS,
    begins_anew=REOPENS,
    takes_up_again=(CaseAct.REOPEN_AFTER_RELAPSE, CaseAct.RETURN_ACCEPTANCE, CaseAct.STOP_NOTICE),
    deciding=frozenset(
        {
            "rules.rectification.not_at_once",
            "rules.rectification.level_not_asked",
            "rules.rectification.acceptance_incomplete",
        }
    ),
    carries_out=frozenset(
        {
            CaseAct.DRAFT_PLAN,
            CaseAct.SUBMIT_PLAN,
            CaseAct.BEGIN_AT_ONCE,
            CaseAct.REPORT_PROGRESS,
            CaseAct.SELF_CHECK,
            CaseAct.APPLY,
        }
    ),
)
PETITION = MatterKind(
    flow=petition.FLOW,
    needs=NEEDS,
    path=page_of,
    brought=BROUGHT,
    late_acts=LATE_ACTS,
    begins_anew=REOPENS,
    carries_out=frozenset({PetitionAct.VERIFY, PetitionAct.HANDLE, PetitionAct.REPLY}),
)
LASTING = MatterKind(
    flow=lasting.FLOW,
    needs=NEEDS,
    path=page_of,
    brought=BROUGHT,
    late_acts=LATE_ACTS,
    begins_anew=REOPENS,
    carries_out=frozenset(
        {
            LastingAct.DRAFT_PLAN,
            LastingAct.SUBMIT_PLAN,
            LastingAct.APPLY,
            LastingAct.MEND,
            LastingAct.COMPLETE_STAGE,
        }
    ),
)
KINDS = (RECTIFICATION, PETITION, LASTING)
OWN = frozenset(each.kind for each in KINDS)
"""Their names: the kinds that have their pages here."""
