"""How is an entry told to a reader, in the reader's language? Sentences are made when they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from qingshan.office.trail.acts import UnknownAct, act
from qingshan.office.trail.models import Entry
from qingshan.office.trail.parties import shown_name
from qingshan.office.trail.words import in_one_language, name_in_words, value_in_words
from qingshan.rules.reasons import CHINESE, Reason, Sentence, Value, declared, say

YES = Sentence(zh="是", en="yes")
NO = Sentence(zh="否", en="no")
MOST_LISTED = 5
DIGEST = re.compile(r"[0-9a-f]{64}")
SHORT_DIGEST = 12


@dataclass(frozen=True)
class Change:
    """One line of the table from old to new; None: not known on that side."""

    name: str
    old: str | None
    new: str | None

    @property
    def differs(self) -> bool:
        return self.old != self.new


def title(entry: Entry, language: str = CHINESE) -> str:
    """The act's title; the bare code of an act that this release no longer knows."""
    try:
        return act(entry.act).title.say({}, language)
    except UnknownAct:
        return entry.act


def sentence(entry: Entry, language: str = CHINESE) -> str:
    """What was done, as one sentence."""
    try:
        return act(entry.act).sentence.say(_values(entry, language), language).rstrip()
    except UnknownAct:
        return entry.act


def who(entry: Entry, language: str = CHINESE) -> str:
    """Who decided, where, and who entered it where that was somebody else."""
    decider = _party(entry, "decider", language)
    if _same(entry):
        return decider
    return _ON_BEHALF.say({"decider": decider, "recorder": _party(entry, "recorder", language)}, language)


def paper(entry: Entry, language: str = CHINESE) -> str:
    """The paper decision behind a record on behalf; empty where there is none."""
    if not entry.paper_number:
        return ""
    day = entry.paper_decided_on.isoformat() if entry.paper_decided_on else None
    return _PAPER.say({"number": entry.paper_number, "day": day}, language)


def reasons(entry: Entry, language: str = CHINESE) -> list[str]:
    """Why it was decided so; the bare code where this release no longer knows the reason."""
    known = declared()
    return [
        say(Reason(each["code"], each["values"]), language) if each["code"] in known else each["code"]
        for each in entry.because
    ]


def changes(entry: Entry, language: str = CHINESE) -> list[Change]:
    """Old and new values side by side, named in the reader's language."""
    old, new = (in_one_language(side, language) for side in _sides(entry))
    names = [*old, *(name for name in new if name not in old)]
    room = entry.act.partition(".")[0]
    return [
        Change(
            name_in_words(name, language, room=room),
            _shown(value_in_words(name, old.get(name), language), language),
            _shown(value_in_words(name, new.get(name), language), language),
        )
        for name in sorted(names)
    ]


_ON_BEHALF = Sentence(
    zh="{decider} 决定 · {recorder} 代录", en="decided by {decider} · recorded by {recorder}"
)
_PAPER = Sentence(zh="纸质件 {number}（{day}）", en="paper {number} ({day})")


def _same(entry: Entry) -> bool:
    return (entry.decider_kind, entry.decider_id) == (entry.recorder_kind, entry.recorder_id)


def _party(entry: Entry, role: str, language: str) -> str:
    name = shown_name(
        kind=getattr(entry, f"{role}_kind"), name=getattr(entry, f"{role}_name"), language=language
    )
    parts = (getattr(entry, f"{role}_organisation"), getattr(entry, f"{role}_post"), name)
    return " · ".join(part for part in parts if part)


def _named(name: str, value: Any, language: str) -> Value:
    """A value in a sentence: fixed terms by their names."""
    return _in_a_sentence(value_in_words(name, value, language), language)


def _values(entry: Entry, language: str) -> dict[str, Value]:
    old, new = _sides(entry)
    return {
        **{f"old_{name}": _named(name, value, language) for name, value in old.items()},
        **{name: _named(name, value, language) for name, value in new.items()},
        # a sentence ends where nothing more was said
        **({"note": ""} if new.get("note") == "" else {}),
        "decider": shown_name(kind=entry.decider_kind, name=entry.decider_name, language=language),
        "recorder": shown_name(kind=entry.recorder_kind, name=entry.recorder_name, language=language),
        "organisation": entry.decider_organisation or None,
        "post": entry.decider_post or None,
        "subjects": entry.subject_count,
        "occurred_on": entry.occurred_on.isoformat(),
        "paper": entry.paper_number or None,
    }


def _in_a_sentence(value: Any, language: str) -> str | None:
    """As it is read, but a digest only by its beginning."""
    shown = _shown(value, language)
    return f"{shown[:SHORT_DIGEST]}…" if shown and DIGEST.fullmatch(shown) else shown


def _sides(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
    old, new = entry.old, entry.new
    return _as_table(old), _as_table(new)


def _as_table(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"": value}


def _shown(value: Any, language: str) -> str | None:
    """A value as it is read: yes and no in words, lists joined and cut, tables as name: value."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return (YES if value else NO).say({}, language)
    if isinstance(value, dict):
        value = [f"{name}: {_shown(each, language) or '—'}" for name, each in value.items()]
    if isinstance(value, list):
        return _listed([_shown(each, language) or "—" for each in value], language)
    return str(value)


def _listed(values: list[str], language: str) -> str:
    english = language.lower().startswith("en")
    text = (", " if english else "、").join(values[:MOST_LISTED])
    return text if len(values) <= MOST_LISTED else _MORE.say({"text": text, "count": len(values)}, language)


_MORE = Sentence(zh="{text} 等 {count} 项", en="{text} and others, {count} in all")
