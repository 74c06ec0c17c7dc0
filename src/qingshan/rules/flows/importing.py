"""How does a file that somebody brings (导入) go from received to applied?"""

from __future__ import annotations

from qingshan.rules.flow import Flow, Transition
from qingshan.rules.reasons import Sentence
from qingshan.rules.words import Named, names_of


class ImportState(Named):
    """导入状态."""

    RECEIVED = "received", "已接收", "received"
    READ = "read", "已读取待确认", "read, awaiting confirmation"
    APPLIED = "applied", "已导入", "applied"
    CANCELLED = "cancelled", "已取消", "cancelled"
    FAILED = "failed", "未能读取", "could not be read"


class ImportAct(Named):
    """导入环节."""

    READ = "exchange.read", "读取文件", "read the file"
    FAIL = "exchange.fail", "登记读取失败", "record that reading failed"
    APPLY = "exchange.apply", "确认导入", "apply the import"
    CANCEL = "exchange.cancel", "取消导入", "cancel the import"


_S, _A = ImportState, ImportAct

FLOW = Flow(
    kind="importing",
    title=Sentence(zh="导入", en="Import"),
    initial=_S.RECEIVED,
    final=frozenset({_S.APPLIED, _S.CANCELLED, _S.FAILED}),
    names=names_of(ImportState),
    act_names=names_of(ImportAct),
    transitions=(
        # read again: with other options, after a look-up was completed, or once a failure's cause is gone
        Transition(_A.READ, (_S.RECEIVED, _S.READ, _S.FAILED), _S.READ, None),
        Transition(_A.FAIL, (_S.RECEIVED, _S.READ), _S.FAILED, None),
        # the duty is that of the kind's own act (a clerk imports sites, an enterprise its figures)
        Transition(_A.APPLY, (_S.READ,), _S.APPLIED, None, needs=("rules.importing.nothing_to_apply",)),
        Transition(_A.CANCEL, (_S.RECEIVED, _S.READ), _S.CANCELLED, None),
    ),
)
