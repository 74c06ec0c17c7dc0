"""Which acts exist, who may do them, and how does a reader say what was done?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qingshan.rules.reasons import Sentence


@dataclass(frozen=True)
class Act:
    """One kind of official act.

    `sentence` may use what every entry knows: {decider} {recorder} {organisation} {post} {subjects}
    {occurred_on} {paper}; and every plain value at the top of the entry's `new` by its name, of its `old`
    by its name with `old_` before it. What is not there is shown as a dash.
    """

    code: str
    """app.verb_object, stable for ever: old entries carry it"""
    duty: str | None
    """what the decider's post must carry; None: any signed-in actor who can see the object"""
    title: Sentence
    sentence: Sentence


class UnknownAct(LookupError):
    """An act that no app has declared: recording it would leave an entry that nobody can read."""


_ACTS: dict[str, Act] = {}


def declare_acts(*acts: Act) -> None:
    """Add an app's acts. The same code with another content is a mistake and raises ValueError."""
    for each in acts:
        if _ACTS.setdefault(each.code, each) != each:
            raise ValueError(f"act {each.code!r} is declared twice with different contents")


def act(code: str) -> Act:
    """The declared act; raises UnknownAct."""
    try:
        return _ACTS[code]
    except KeyError:
        raise UnknownAct(f"no app declares the act {code!r}") from None


def declared_acts() -> Mapping[str, Act]:
    """All acts by code."""
    return dict(_ACTS)
