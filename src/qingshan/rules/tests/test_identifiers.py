from __future__ import annotations

import pytest

from qingshan.rules.identifiers import uscc


@pytest.mark.parametrize("code", ["91110000600037341L", "9114000057595565X4"])
def test_published_credit_codes_pass_both_checks(code: str) -> None:
    assert uscc(code).warnings == ()
