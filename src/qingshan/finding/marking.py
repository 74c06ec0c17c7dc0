"""Which part of a name was found? So that the reader sees why it stands there, also when pinyin was typed."""

from __future__ import annotations

from itertools import islice, product

from qingshan.finding.readings import MOST_WAYS, letters_of
from qingshan.finding.words import plain, sought_words

Part = tuple[str, bool]
"""A piece of a text, and whether it was found."""


def parts_of(text: str, typed: str) -> list[Part]:
    """The text in pieces, those that were typed marked."""
    found = [False] * len(text)
    for word in sought_words(typed):
        for start, end in _places(text, word):
            found[start:end] = [True] * (end - start)
    return _joined(text, found)


def _joined(text: str, found: list[bool]) -> list[Part]:
    parts: list[Part] = []
    for char, is_found in zip(text, found, strict=True):
        if parts and parts[-1][1] == is_found:
            parts[-1] = (parts[-1][0] + char, is_found)
        else:
            parts.append((char, is_found))
    return parts


def _places(text: str, word: str) -> list[tuple[int, int]]:
    """Where the word stands in the text as written; else where it is spelled."""
    said = [(place, letter) for place, char in enumerate(text) for letter in plain(char)]
    return _runs(said, word) or (_spelled(text, word) if word.isascii() else [])


def _runs(said: list[tuple[int, str]], word: str) -> list[tuple[int, int]]:
    joined, runs, start = "".join(letter for _place, letter in said), [], 0
    while (at := joined.find(word, start)) >= 0:
        runs.append((said[at][0], said[at + len(word) - 1][0] + 1))
        start = at + len(word)
    return runs


def _spelled(text: str, word: str) -> list[tuple[int, int]]:
    letters = letters_of(text)
    ways = islice(product(*(read for _place, read in letters)), MOST_WAYS)
    for way in ways:
        spelled = [(place, read) for (place, _reads), read in zip(letters, way, strict=True)]
        if runs := _runs([(place, read[0]) for place, read in spelled], word) or _syllables(spelled, word):
            return runs[:1]
    return []


def _syllables(spelled: list[tuple[int, str]], word: str) -> list[tuple[int, int]]:
    """From a syllable on, as far as the word goes."""
    for first in range(len(spelled)):
        sofar = ""
        for place, read in spelled[first:]:
            sofar += read
            if sofar.startswith(word):
                return [(spelled[first][0], place + 1)]
            if not word.startswith(sofar):
                break
    return []
