from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.rules.sm3 import pure_sm3, sm3

ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SIXTEEN_TIMES_ABCD = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.mark.parametrize("digest", [sm3, pure_sm3])
def test_the_examples_of_the_standard(digest: object) -> None:
    assert digest(b"abc") == ABC
    assert digest(b"abcd" * 16) == SIXTEEN_TIMES_ABCD


@pytest.mark.skipif(
    "sm3" not in hashlib.algorithms_available, reason="this OpenSSL has no SM3 to compare with"
)
@given(st.binary(max_size=300))
def test_plain_python_agrees_with_openssl(data: bytes) -> None:
    assert pure_sm3(data) == hashlib.new("sm3", data).hexdigest()


def test_without_sm3_in_openssl_plain_python_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashlib, "algorithms_available", set())
    assert sm3(b"abc") == ABC
