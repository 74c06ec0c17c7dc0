"""What of an object can be found, and by which typed text? The one definition for both databases.

`words_of` writes an object's names and numbers as lines of one text: `=` a name, `:` a number, `'` a way to
read the name (`'lao'hu'gou`), `"` its initials. `Sought.pattern` says which lines a typed word is found in:

- a word with a Chinese character: any part of a name or number
- three letters or digits and more: any part of a name or number, the pinyin from any syllable on, any part
  of the initials
- one or two: any part of a name, the beginning of a number, and of the initials the first or any two

`tokens_of` cuts the lines into the short pieces that the index holds, such that whatever has the pattern
also has the pieces that `Sought.pieces` names; the reverse need not be so, hence both are asked. Pieces that are
not just a part of a line begin with a sign that no line contains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from qingshan.finding.readings import readings_of

NAME, NUMBER, READ, INITIALS = "=", ":", "'", '"'
NAME_BEGINS, NAME_ENDS, NUMBER_BEGINS, READS, BEGIN_WORDS = map(chr, range(0xE001, 0xE006))
EDITION = 1
"""Raise it with every change of lines or pieces: all indexes are then filled again by the next `init`."""
LONGEST_NUMBER = 40
"""Of a number so many characters are found: layer and shape may make one of a hundred."""
MOST_TERMS, LONGEST_TEXT = 6, 60
LATIN = 3
"""So many letters or digits make one piece."""
SPELLED = 5
"""So many letters of a reading make one, too: three alone stand in every tenth name."""
_QUOTES = str.maketrans({"'": "’", '"': "”"})
_RUN = re.compile(r"[!-~]{3,}")
_KEPT = 4096


def plain(text: str | None) -> str:
    """Full width as half width, small letters, one space for any white space; no straight quotes."""
    kept = unicodedata.normalize("NFKC", text or "").lower().translate(_QUOTES)
    return " ".join("".join(char if char.isprintable() else " " for char in kept).split())


Names = tuple[str | None, ...]
Found = tuple[Names, Names]
"""The names and the numbers of an object."""

_ready_words: dict[Found, str] = {}
_ready_pieces: dict[str | None, str] = {}


@contextmanager
def worked_out(known: Iterable[tuple[Found, str, str]]) -> Iterator[None]:
    """Around writing objects whose words and pieces are known already: nobody works them out again, neither
    Django nor a trigger.
    """
    for found, words, pieces in known:
        _ready_words[found], _ready_pieces[words] = words, pieces
    try:
        yield
    finally:
        _ready_words.clear()
        _ready_pieces.clear()


def words_of(names: Names, numbers: Names) -> str:
    """The text by which an object is found."""
    return _ready_words.get((names, numbers)) or _words_of(names, numbers)


def tokens_of(words: str | None) -> str:
    """The pieces of these lines, each once, with a space between them."""
    return _ready_pieces.get(words) or _tokens_of(words)


@lru_cache(maxsize=_KEPT)
def _words_of(names: Names, numbers: Names) -> str:
    lines = [line for name in names for line in _lines_of(plain(name))]
    said = [plain(number)[:LONGEST_NUMBER].rstrip() for number in numbers]
    return "\n".join(dict.fromkeys([*lines, *(f"{NUMBER if n.isascii() else NAME}{n}" for n in said if n)]))


def _lines_of(name: str) -> Iterator[str]:
    if name:
        yield f"{NAME}{name}"
    for read in readings_of(name):
        yield "".join(f"{READ}{syllable}" for syllable in read)
        yield INITIALS + "".join(syllable[0] for syllable in read)


@lru_cache(maxsize=_KEPT)
def _tokens_of(words: str | None) -> str:
    pieces: dict[str, None] = {}
    for line in (words or "").split("\n"):
        if line:
            pieces.update(dict.fromkeys(_CUT[line[0]](line[1:])))
    return " ".join(pieces)


def _of_name(name: str) -> list[str]:
    pieces = [*name, *_parts(name, 2)]
    if " " in name:
        pieces = [piece for piece in pieces if " " not in piece]
    parts = [part for run in _RUN.findall(name) for part in _parts(run, LATIN)]
    return [*_begun(NAME_BEGINS, name), NAME_ENDS + name[-1], *pieces, *parts]


def _of_number(number: str) -> list[str]:
    parts = [part for run in number.split() for part in _parts(run, LATIN)]
    return [*_begun(NUMBER_BEGINS, number), *parts]


def _begun(sign: str, text: str) -> list[str]:
    return list(dict.fromkeys((sign + text[:1], sign + text[:2].rstrip())))


def _of_reading(rest: str) -> list[str]:
    syllables = rest.split(READ)
    joined, start, pieces = "".join(syllables), 0, []
    for syllable in syllables:
        if start + LATIN <= len(joined):
            pieces.append(READS + joined[start : start + LATIN])
        if start + SPELLED <= len(joined):
            pieces.append(READS + joined[start : start + SPELLED])
        start += len(syllable)
    return pieces


def _of_initials(initials: str) -> list[str]:
    return [BEGIN_WORDS + initials[:1], *(BEGIN_WORDS + pair for pair in _parts(initials, 2))]


def _parts(text: str, length: int) -> tuple[str, ...]:
    """Every part of so many characters."""
    return tuple([text[start : start + length] for start in range(len(text) - length + 1)])


_CUT = {NAME: _of_name, NUMBER: _of_number, READ: _of_reading, INITIALS: _of_initials}


@dataclass(frozen=True)
class Sought:
    """One thing that an object must have. Nothing typed keeps a meaning in the pattern."""

    pieces: tuple[tuple[str, ...], ...]
    """alternatives: whatever fits the pattern has all pieces of one of them"""
    pattern: str
    """a regular expression that Python and PostgreSQL read alike"""
    hint: str
    """a plain pattern, quickly looked for: whatever fits the pattern has this too"""
    certain: bool = False
    """whether the pieces alone say it all, so that the pattern need not be asked"""


def sought(text: str) -> tuple[Sought, ...]:
    """Each word of a typed text; all of them must be found."""
    return tuple(map(_word, sought_words(text)))


def sought_words(text: str) -> tuple[str, ...]:
    """The words of a typed text, as they are compared."""
    return tuple(dict.fromkeys(_typed(text).split()[:MOST_TERMS]))


def sought_first(text: str) -> tuple[Sought, ...]:
    """A name or number that begins with the text."""
    return _from_the_start(text, ends=False)


def sought_whole(text: str) -> tuple[Sought, ...]:
    """A name or number that is the text."""
    return _from_the_start(text, ends=True)


def _typed(text: str) -> str:
    return plain(text[:LONGEST_TEXT])


def _from_the_start(text: str, *, ends: bool) -> tuple[Sought, ...]:
    typed, words = _typed(text), sought(text)
    if not typed:
        return ()
    first = typed[:2].rstrip()
    of_name = (NAME_BEGINS + first, *((NAME_ENDS + typed[-1],) if ends else ()))
    begins = f"[{NAME}{NUMBER}]{_escaped(typed)}"
    pattern = f"(?m)^{begins}{'$' if ends else ''}"
    return Sought((of_name, (NUMBER_BEGINS + first,)), pattern, begins), *words


def _word(word: str) -> Sought:
    typed, rest = _escaped(word), "[^\\n]*"
    if not word.isascii():
        return Sought((_side_by_side(word, 2) or (word,),), typed, typed, certain=len(word) <= 2)
    if len(word) < LATIN:
        among = rest if len(word) > 1 else ""
        return Sought(
            ((word,), (NUMBER_BEGINS + word,), (BEGIN_WORDS + word,)),
            f"(?m)^{NAME}{rest}{typed}|^{NUMBER}{typed}|^{INITIALS}{among}{typed}",
            typed,
            certain=True,
        )
    spelled = f"{READ}?".join(map(_escaped, word))
    return Sought(
        (
            _side_by_side(word, LATIN),
            (READS + word[: SPELLED if len(word) >= SPELLED else LATIN],),
            tuple(BEGIN_WORDS + pair for pair in _side_by_side(word, 2)),
        ),
        f"(?m)^[{NAME}{NUMBER}]{rest}{typed}|^{INITIALS}{rest}{typed}|{READ}{spelled}",
        spelled,
    )


def _side_by_side(text: str, length: int) -> tuple[str, ...]:
    """As few parts as cover the text: each further one is a list of half a table to go through, and finds no less."""
    starts = dict.fromkeys((*range(0, len(text) - length + 1, length), max(0, len(text) - length)))
    return tuple(text[start : start + length] for start in starts if len(text) >= length)


def _escaped(text: str) -> str:
    """As a pattern that means itself, in Python and in PostgreSQL."""
    return "".join(char if char.isalnum() or not char.isascii() else f"\\{char}" for char in text)
