"""Which act helps against what is missing? So that a list of gaps is a list of things to do."""

from __future__ import annotations

from qingshan.rules.flows import batch, single_site
from qingshan.rules.flows.batch import BatchAct
from qingshan.rules.flows.single_site import SingleAct
from qingshan.rules.verification import UNANSWERED

_B, _S = BatchAct, SingleAct
_HELPS: dict[str, tuple[str, str]] = {
    batch.EMPTY: (_B.ADD_SITE, ""),
    batch.NO_EVIDENCE: (_B.ADD_EVIDENCE, _S.ADD_EVIDENCE),
    batch.NO_SEAL: (_B.SEAL_NUMBER, ""),
    batch.NOT_OPEN: (_B.OPEN_NUMBER, ""),
    batch.MORE_ROUNDS: (_B.DRAW_DOUBLE, ""),
    batch.PANEL: (_B.NAME_PANEL, _S.NAME_PANEL),
    batch.OBJECTIONS: (_B.ANSWER_OBJECTION, _S.ANSWER_OBJECTION),
    batch.NOTHING_PASSED: (_B.RETURN, _S.RETURN),
    UNANSWERED: (_B.ANSWER_FINDING, _S.ANSWER_FINDING),
}


def helps_with(code: str, kind: str) -> str:
    """The code of the act that removes this reason; empty where none does."""
    of_batch, of_single = _HELPS.get(code, ("", ""))
    return str(of_single if kind == single_site.FLOW.kind else of_batch)
