"""What does the code on a printed page say, and is it one of ours?

`QS1-<paper>-<page>-<check>`: capitals and digits. The check is a part of an HMAC-SM3 under a secret in the folder of
keys: nobody can guess the code of another paper. After a restore without keys, older sheets are told by number.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from qingshan.office.trail.secret_files import kept_secret
from qingshan.vault import digests

FILE = "paper-codes.key"
MARK = "QS1"
CHECK_CHARACTERS = 10
"""of five bits each"""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""without I, L, O and U, which are misread"""
_DOMAIN = b"qingshan/paper-code/1\n"
_CODE = re.compile(
    rf"{MARK}-([0-9A-HJKMNP-TV-Z]{{1,13}})-([0-9]{{1,4}})-([0-9A-HJKMNP-TV-Z]{{{CHECK_CHARACTERS}}})"
)


@dataclass(frozen=True)
class PageCode:
    """One page of one paper."""

    paper_id: int
    page: int


def code_of(paper_id: int, page: int) -> str:
    """The text of the code."""
    named = f"{MARK}-{_digits(paper_id)}-{page}"
    return f"{named}-{_check(named)}"


def read_code(text: str) -> PageCode | None:
    """What a code says; None for one that this installation did not make."""
    form = _CODE.fullmatch(text.strip().upper())
    if form is None:
        return None
    named, check = form[0].rsplit("-", 1)
    if not hmac.compare_digest(check, _check(named)):
        return None
    return PageCode(_number(form[1]), int(form[2]))


def _check(named: str) -> str:
    made = int(_key().hexdigest(_DOMAIN + named.encode()), 16)
    return "".join(ALPHABET[made >> 5 * place & 31] for place in range(CHECK_CHARACTERS))


_LOADED: dict[Path, digests.Keyed] = {}


def _key() -> digests.Keyed:
    place = Path(settings.KEYS_ROOT) / FILE
    if place not in _LOADED:
        _LOADED[place] = digests.keyed(kept_secret(place))
    return _LOADED[place]


def _digits(number: int) -> str:
    text = ""
    while number or not text:
        number, last = divmod(number, len(ALPHABET))
        text = ALPHABET[last] + text
    return text


def _number(text: str) -> int:
    number = 0
    for each in text:
        number = number * len(ALPHABET) + ALPHABET.index(each)
    return number
