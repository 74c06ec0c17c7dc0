"""What did the person write in a cell, freed of the accidents of typing?"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

# zero-width space and joiners, soft hyphen, byte order mark: copied along from web pages, never meant
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad\ufeff"))
_WIDE_SPACES = {ord(space): " " for space in "\u00a0\u3000\u2002\u2003\u2009\u202f"}
_STRIPPED = {**_INVISIBLE, **_WIDE_SPACES}
_ODD = re.compile("[\u200b-\u200d\u2060\u00ad\ufeff\u00a0\u3000\u2002\u2003\u2009\u202f]")
_BLANK_MARKS = frozenset({"", "-", "--", "—", "——", "/", "\\", "n/a", "none", "null"})
_NOTHING_KNOWN = _BLANK_MARKS | {"无", "不详", "未知", "unknown"}
# no database keeps a NUL or half of a surrogate pair
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans({"−": "-", "–": "-", "﹣": "-"})


def text_of(cell: Cell) -> str:
    """The cell as text, as a person would read it in the sheet; words keep their full-width punctuation."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() or not _ODD.search(cell) else cell.translate(_STRIPPED).strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    return str(cell)


def plain(cell: Cell) -> str:
    """The cell as digits and codes are compared: narrow characters, no spaces at the ends."""
    text = text_of(cell)
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


def folded(text: str) -> str:
    """Words as headers and choices are compared: narrow, without any space, capitals or not."""
    return _SPACES.sub("", plain(text)).casefold()


def is_blank(cell: Cell) -> bool:
    """Nothing was written, or only a dash in place of it."""
    if cell is None:
        return True
    return isinstance(cell, str) and (not cell or text_of(cell).casefold() in _BLANK_MARKS)


def says_nothing(cell: Cell) -> bool:
    """As `is_blank`, and also `不详`: for everything that is not free text."""
    return is_blank(cell) or (isinstance(cell, str) and text_of(cell).casefold() in _NOTHING_KNOWN)


def storable(text: str) -> str:
    """The text without characters that no database keeps."""
    return _UNSTORABLE.sub("\ufffd", text) if _UNSTORABLE.search(text) else text


# what makes a spreadsheet program take a text for a formula
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def looks_like_formula(text: str) -> bool:
    """Would a spreadsheet program run this text? Full-width signs count: some programs narrow them."""
    return text.startswith(_FORMULA_STARTS) or plain(text).startswith(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """The text with an apostrophe before it where it looks like a formula, or like a guarded one."""
    return f"'{text}" if looks_like_formula(text.removeprefix("'")) else text


def unguarded(text: str) -> str:
    """Takes off the apostrophe that `guarded` puts before a text."""
    return text[1:] if text.startswith("'") and looks_like_formula(text[1:].removeprefix("'")) else text


def shortened(cell: Cell, limit: int = 60) -> str:
    """A cell as it is quoted in a sentence: one line, not longer than a person wants to read."""
    text = storable(" ".join(text_of(cell).split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"
