"""Under which earlier names does something go on being known?"""

from __future__ import annotations

from collections.abc import Sequence

MOST_FORMER_NAMES = 20
"""So many are kept beside the object to be found by; the trail holds all of them for ever."""


def former_names(known: Sequence[str] | None, *, was: str, becomes: str) -> list[str]:
    """The earlier names after one more renaming, the newest last, each once; a name taken up again is none.

    >>> former_names(["甲矿"], was="乙矿", becomes="甲矿")
    ['乙矿']
    """
    others = [name for name in known or () if name not in (was, becomes)]
    return [*others, was][-MOST_FORMER_NAMES:]
