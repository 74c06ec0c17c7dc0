from __future__ import annotations

import pytest

from qingshan.rules.errors import RuleBroken
from qingshan.rules.flows.importing import FLOW, ImportAct, ImportState

ROWS = ["rules.importing.nothing_to_apply"]


def test_a_file_is_received_read_and_applied() -> None:
    assert FLOW.initial == ImportState.RECEIVED
    assert FLOW.after("received", "exchange.read") == "read"
    assert FLOW.after("read", "exchange.apply", met=ROWS) == "applied"


def test_a_file_without_a_row_to_import_is_not_applied() -> None:
    with pytest.raises(RuleBroken) as refused:
        FLOW.after("read", "exchange.apply")
    assert refused.value.say() == "没有可以导入的行。请按错误表修改文件后重新读取。"


@pytest.mark.parametrize("state", ["received", "read", "failed"])
def test_a_file_can_be_read_again(state: str) -> None:
    assert FLOW.after(state, ImportAct.READ) == ImportState.READ


@pytest.mark.parametrize("state", ["received", "read"])
def test_an_import_can_be_cancelled_or_fail_before_it_is_applied(state: str) -> None:
    assert FLOW.after(state, ImportAct.CANCEL) == ImportState.CANCELLED
    assert FLOW.after(state, ImportAct.FAIL) == ImportState.FAILED


@pytest.mark.parametrize("state", ["applied", "cancelled"])
def test_what_was_applied_or_cancelled_stays_so(state: str) -> None:
    assert FLOW.acts_from(state) == ()


def test_an_unread_file_cannot_be_applied() -> None:
    with pytest.raises(RuleBroken) as refused:
        FLOW.after("received", ImportAct.APPLY, met=ROWS)
    assert "读取文件、登记读取失败、取消导入" in refused.value.say()
