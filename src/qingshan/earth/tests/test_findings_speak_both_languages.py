"""Is every word of a judgement declared in both languages, with the same values in both?"""

from __future__ import annotations

import re

import pytest

from qingshan.earth.sentences.judging import SENTENCES

ACCUSING = ("造假", "违规", "违法", "作弊", "fraud", "violat", "illegal", "cheat")


@pytest.mark.parametrize("code", SENTENCES)
def test_both_wordings_hold_the_same_values(code: str) -> None:
    sentence = SENTENCES[code]
    values = [set(re.findall(r"\{(\w+)\}", words)) for words in (sentence.zh, sentence.en)]
    assert values[0] == values[1]


@pytest.mark.parametrize("code", SENTENCES)
def test_nobody_is_accused(code: str) -> None:
    sentence = SENTENCES[code]
    assert not any(word in sentence.zh + sentence.en.lower() for word in ACCUSING)
