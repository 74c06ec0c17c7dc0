"""How does the eye say what it saw, how sure it is, and what would settle it?"""

from __future__ import annotations

from qingshan.earth.sentences.judging import boundary, noticed, plants, undecided, uses
from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {
    code: sentence
    for topic in (plants, uses, boundary, undecided, noticed)
    for code, sentence in topic.SENTENCES.items()
}
