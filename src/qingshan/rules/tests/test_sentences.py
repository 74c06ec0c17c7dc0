"""Does every reason have its wording, and every wording its reason?"""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import qingshan.rules
from qingshan.rules.reasons import Reason, declared, say

ROOM = Path(qingshan.rules.__file__).parent
USED = {
    code
    for path in [*ROOM.glob("*.py"), *ROOM.glob("flows/*.py")]
    if not path.name.endswith("sentences.py")
    for code in re.findall(r'"(rules\.[a-z0-9_]+\.[a-z0-9_]+)"', path.read_text(encoding="utf-8"))
}
SENTENCES = {code: sentence for code, sentence in declared().items() if code.startswith("rules.")}


def slots(wording: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}


def test_every_reason_of_the_law_book_is_worded_and_no_wording_is_left_over() -> None:
    assert set(SENTENCES) == USED


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_wording_stands_in_both_languages_with_the_same_facts(code: str) -> None:
    sentence = SENTENCES[code]
    assert say(Reason(code)) != say(Reason(code), "en")
    english = {name.removesuffix("_en") for name in slots(sentence.en)} - {"plural", "source"}
    # the name of a source document is not translated, and need not stand in English
    assert english == slots(sentence.zh) - {"source"}
    assert not re.search(r"[\u4e00-\u9fff]", sentence.en)
