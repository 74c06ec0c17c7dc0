"""How is a character read? Its pinyin without tones, every reading that is common.

Common is what pypinyin gives for the character alone, and what at least a tenth of its phrases say: so 重 is
found as zhong and as chong, whichever the name means. 173 characters have more than one.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from functools import cache
from itertools import islice, product

SHARE = 0.1
LEAST_PHRASES = 2
MOST_WAYS = 4
"""A name with more ways to be read is found by the first four."""


def readings_of(name: str) -> list[tuple[str, ...]]:
    """The ways to read a name, syllable by syllable; none for a name without a Chinese character.

    Digits and Latin letters between the characters are syllables of their own.
    """
    if not any(char in _table() for char in name):
        return []
    return list(islice(product(*(ways for _place, ways in letters_of(name))), MOST_WAYS))


def letters_of(name: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every character that can be read, where it stands, and its readings."""
    return [(place, ways) for place, char in enumerate(name) if (ways := _ways(char))]


def _ways(char: str) -> tuple[str, ...]:
    letter = char.lower()
    return (letter,) if letter.isascii() and letter.isalnum() else _table().get(char, ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Half a second, for whoever writes a name first; whoever only searches never needs it."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    alone = {chr(code): _bare(read.split(",")[0]) for code, read in PINYIN_DICT.items()}
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, read in PHRASES_DICT.items():
        for char, ways in zip(phrase, read, strict=False):
            heard[char][_bare(ways[0])] += 1
    return {char: (first, *_others(first, heard[char])) for char, first in alone.items() if first}


def _others(first: str, heard: Counter[str]) -> list[str]:
    least = max(LEAST_PHRASES, SHARE * heard.total())
    return [read for read, phrases in heard.most_common() if phrases >= least and read != first]


@cache
def _bare(read: str) -> str:
    """lǜ → lv."""
    apart = unicodedata.normalize("NFD", read.lower()).replace("u\u0308", "v")
    return "".join(char for char in apart if "a" <= char <= "z")


def ways_to_read() -> dict[str, tuple[str, ...]]:
    """Every character with its common readings."""
    return dict(_table())
