"""How is a site's id turned into the name of a file, safe on every machine and no other site's?"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST_BYTES = 120
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""names that Windows keeps for itself"""


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Id -> name without an ending. What had to be changed, or differs in case alone, gets a digest of its id."""
    plain = {id_: safe_name(id_) for id_ in ids}
    shared = Counter(name.casefold() for name in plain.values())
    return {
        id_: name if name == id_ and shared[name.casefold()] == 1 else f"{name}-{_digest(id_)}"
        for id_, name in plain.items()
    }


def safe_name(id_: str) -> str:
    """Letters, digits, `-`, `_` and inner points of an id; all else becomes `_`."""
    normal = unicodedata.normalize("NFC", id_)
    kept = "".join(one if one.isalnum() or one in "-_." else "_" for one in normal).strip(".")
    short = kept.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(".")
    return f"_{short}" if not short or short.split(".")[0].casefold() in RESERVED else short


def _digest(id_: str) -> str:
    return hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:8]
