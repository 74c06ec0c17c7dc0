"""How does a paper (文书) go from drafted to issued, and how does it come back signed?"""

from __future__ import annotations

from qingshan.rules.flow import Flow, Transition
from qingshan.rules.reasons import Sentence
from qingshan.rules.words import Named, names_of


class PaperState(Named):
    """文书状态."""

    DRAFTED = "drafted", "拟稿", "drafted"
    ISSUED = "issued", "已制发", "issued"
    RETURNED = "returned", "已收回签章件", "signed copy returned"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class PaperAct(Named):
    """文书环节."""

    REVISE = "papers.revise", "修改文稿", "revise the draft"
    ISSUE = "papers.issue", "制发文书", "issue the paper"
    RETURN = "papers.return_signed_copy", "收回签章件", "file a signed copy"
    WITHDRAW = "papers.withdraw", "撤回文书", "withdraw the paper"


_S, _A = PaperState, PaperAct

FLOW = Flow(
    kind="papers",
    title=Sentence(zh="文书", en="Paper"),
    initial=_S.DRAFTED,
    final=frozenset({_S.ISSUED, _S.RETURNED, _S.WITHDRAWN}),
    names=names_of(PaperState),
    act_names=names_of(PaperAct),
    # who may: the kind of paper says so (`papers.kinds`), because a clerk gives notice and a reviewer accepts
    transitions=(
        Transition(_A.REVISE, (_S.DRAFTED,), _S.DRAFTED, None),
        Transition(_A.ISSUE, (_S.DRAFTED,), _S.ISSUED, None),
        # page by page, and again where a better picture comes
        Transition(_A.RETURN, (_S.ISSUED, _S.RETURNED), _S.RETURNED, None),
        # its number stays taken, and what was issued stays readable
        Transition(_A.WITHDRAW, (_S.DRAFTED, _S.ISSUED, _S.RETURNED), _S.WITHDRAWN, None),
    ),
)
