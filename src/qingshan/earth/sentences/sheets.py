"""How does the eye say what stands on sheets and in reports?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {}
