"""What calls itself secret is refused, however it is spelt; what is not declared open as well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.errors import RuleBroken
from qingshan.rules.secrecy import MARKS, check_declared_open, check_not_marked_secret


@pytest.mark.parametrize(
    "name",
    ["机密★1年.pdf", "关于储量的秘密件.docx", "绝  密.pdf", "机\u200b密.pdf", "机_密.zip", "机·密", "秘　密"],
)
def test_a_marked_name_is_refused(name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_not_marked_secret("采矿许可证", name)
    assert "涉密网络" in refused.value.say()
    assert name in refused.value.say()


@given(st.sampled_from(MARKS), st.text(max_size=20), st.text(max_size=20))
def test_a_mark_anywhere_in_a_name_is_found(mark: str, before: str, after: str) -> None:
    with pytest.raises(RuleBroken):
        check_not_marked_secret(before + mark + after)


@pytest.mark.parametrize("name", ["采矿许可证.pdf", "保密承诺书.pdf", "密度试验报告.docx", "", "#$*\\"])
def test_other_names_pass(name: str) -> None:
    check_not_marked_secret(name)


def test_a_paper_must_be_declared_to_hold_nothing_secret() -> None:
    check_declared_open(declared=True)
    with pytest.raises(RuleBroken, match=r"rules\.secrecy\.not_declared"):
        check_declared_open(declared=False)
