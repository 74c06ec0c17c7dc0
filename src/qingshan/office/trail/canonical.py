"""How does a value become the one text that is hashed, the same on every machine and in every year?

RFC 8785 (JSON Canonicalization Scheme). `flat` is the quick way for a table of strings and whole numbers,
where RFC 8785 and the standard library write the same; a property test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import rfc8785
from django.core.serializers.json import DjangoJSONEncoder

from qingshan.vault import digests

# Each use of the hash has a prefix of its own, so that no text of one kind can pass for another kind.
ENTRY = b"qingshan.trail.entry.v1\x00"
SUBJECTS = b"qingshan.trail.subjects.v1\x00"
OBJECT = b"qingshan.trail.object.v1\x00"
PERSONAL = b"qingshan.trail.personal.v1\x00"
CHECKPOINT = b"qingshan.trail.checkpoint.v1\x00"
SEAL = b"qingshan.trail.seal.v1\x00"
KEY_CHANGE = b"qingshan.trail.key-change.v1\x00"

LARGEST_EXACT = 2**53 - 1

_FLAT = json.JSONEncoder(sort_keys=True, ensure_ascii=False, check_circular=False, separators=(",", ":"))


def _flat_encoder() -> Callable[[Any], str]:
    """`_FLAT.encode`, whose inner encoder is made once: each call makes it anew, which takes as long as a row."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return _FLAT.encode
    of_strings = json.encoder.encode_basestring
    chunks = make(None, _FLAT.default, of_strings, None, ":", ",", True, False, True)  # noqa: FBT003
    return lambda value: "".join(chunks(value, 0))


flat = _flat_encoder()


def canonical(value: Any) -> str:
    """RFC 8785 text of what Django's JSON can hold: dates, decimals and enumerations become strings."""
    return rfc8785.dumps(_decode(_encode(value))).decode()


Unstorable = (UnicodeError, rfc8785.CanonicalizationError)
"""What `canonical` raises for half a character and for no number."""


def _whole(text: str) -> int | str:
    value = int(text)
    return value if abs(value) <= LARGEST_EXACT else str(value)


def _real(text: str) -> float | str:
    # PostgreSQL gives a large float back as a whole number, so both are written as its digits
    value = float(text)
    return value if abs(value) <= LARGEST_EXACT else str(int(Decimal(text)))


_encode: Callable[[Any], str] = DjangoJSONEncoder().encode
_decode: Callable[[str], Any] = json.JSONDecoder(parse_int=_whole, parse_float=_real).decode


def hash_in(domain: bytes) -> Callable[[bytes], str]:
    """A function bytes -> hexadecimal SM3 within one domain; the prefix is hashed once."""
    begun = digests.new(domain)

    def digest(data: bytes) -> str:
        state = begun.copy()
        state.update(data)
        return state.hexdigest()

    return digest
