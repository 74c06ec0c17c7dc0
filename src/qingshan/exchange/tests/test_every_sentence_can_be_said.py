"""Is every sentence of the exchange declared, complete in both languages, and in the words of the house?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qingshan.exchange
from qingshan.exchange.sentences import CELLS, ROWS, SENTENCES
from qingshan.rules.reasons import Reason, declared, say

ROOM = Path(qingshan.exchange.__file__).parent
CODE = re.compile(r'"(exchange\.[a-z_0-9]+)"')
NOT_SENTENCES = {"exchange.read", "exchange.apply", "exchange.cancel", "exchange.fail"}


def used_codes() -> set[str]:
    files = [path for path in ROOM.rglob("*.py") if "tests" not in path.parts and path.name != "sentences.py"]
    return {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))} - NOT_SENTENCES


def test_every_code_that_is_used_is_declared_and_every_declared_one_used() -> None:
    assert used_codes() == set(SENTENCES)
    assert set(SENTENCES) <= set(declared())


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_wordings_say_the_same_values(code: str) -> None:
    zh, en = (set(re.findall(r"{(\w+)}", text)) for text in (SENTENCES[code].zh, SENTENCES[code].en))
    assert {name.removesuffix("_en") for name in en} >= {name for name in zh if name != "column"} - {
        "limit_mb"
    }
    for language in ("zh-hans", "en"):
        assert "{" not in say(Reason(code, {}), language)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_the_wording_is_calm_and_ends(code: str) -> None:
    sentence = SENTENCES[code]
    assert "！" not in sentence.zh
    assert "!" not in sentence.en
    assert sentence.zh.endswith(("。", "}"))
    assert sentence.en.endswith((".", "}", "allowed."))


@pytest.mark.parametrize("code", sorted({**CELLS, **ROWS}))
def test_a_row_is_named_by_its_number(code: str) -> None:
    assert SENTENCES[code].zh.startswith("第 {row} 行")
