"""How does the eye say what it saw, how sure it is, and what would settle it?"""

from __future__ import annotations

from qingshan.rules.reasons import Sentence

SENTENCES: dict[str, Sentence] = {}
