"""What does a checkpoint say, how is it signed, and how is a saved or printed one read back?"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingshan.office.trail.canonical import CHECKPOINT, flat
from qingshan.office.trail.entries import written_instant
from qingshan.office.trail.keys import KnownKey
from qingshan.office.trail.models import Checkpoint
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.signers import fingerprint_of, is_signed

FORMAT = "qingshan-checkpoint-1"
PRINTED = re.compile(r"(?<![0-9a-f])(\d{1,18})(?![0-9a-f])[^0-9a-f]+([0-9a-f]{64})(?![0-9a-f])")
MOST_CHARACTERS = 10_000


@dataclass(frozen=True)
class Saved:
    """A checkpoint that somebody kept outside; one typed from paper has only size and root."""

    size: int
    root: str
    made_at: str = ""
    algorithm: str = ""
    public_key: str = ""
    signature: str = ""

    @property
    def key(self) -> str:
        return fingerprint_of(self.algorithm, bytes.fromhex(self.public_key)) if self.public_key else ""

    @property
    def is_signed(self) -> bool:
        text = text_of(
            size=self.size, root=self.root, made_at=self.made_at, algorithm=self.algorithm, key=self.key
        )
        public_key, signature = bytes.fromhex(self.public_key), bytes.fromhex(self.signature)
        return is_signed(algorithm=self.algorithm, public_key=public_key, text=text, signature=signature)


def text_of(*, size: int, root: str, made_at: str, algorithm: str, key: str) -> bytes:
    """The signed text."""
    return CHECKPOINT + flat([size, root, made_at, algorithm, key]).encode()


def signed_text(checkpoint: Checkpoint) -> bytes:
    """The text under the signature of a stored checkpoint."""
    return text_of(
        size=checkpoint.size,
        root=checkpoint.root,
        made_at=written_instant(checkpoint.made_at),
        algorithm=checkpoint.algorithm,
        key=checkpoint.key,
    )


def for_saving(checkpoint: Checkpoint, key: KnownKey) -> dict[str, Any]:
    """The checkpoint as a file that can be kept outside and given to `trail verify --against`."""
    return {
        "format": FORMAT,
        "size": checkpoint.size,
        "root": checkpoint.root,
        "made_at": written_instant(checkpoint.made_at),
        "algorithm": checkpoint.algorithm,
        "public_key": key.public_key.hex(),
        "signature": checkpoint.signature,
    }


def printed(checkpoint: Checkpoint) -> str:
    """One line for paper, which `read` understands when it is typed in again."""
    when: datetime = checkpoint.made_at
    return f"{checkpoint.size} {checkpoint.root} ({when.date().isoformat()})"


def read(text: str) -> Saved:
    """A saved file, or the number and root of a printed line. Raises TrailError."""
    text = text[:MOST_CHARACTERS].strip()
    try:
        return _from_json(text) if text.startswith("{") else _from_print(text)
    except (ValueError, KeyError, TypeError):
        raise TrailError.because("trail.no_checkpoint_in_file") from None


def _from_json(text: str) -> Saved:
    said = json.loads(text)
    if said["format"] != FORMAT or not isinstance(said["size"], int) or said["size"] < 1:
        raise ValueError("not a checkpoint")
    names = ("root", "made_at", "algorithm", "public_key", "signature")
    saved = Saved(size=said["size"], **{name: str(said[name]) for name in names})
    for value in (saved.root, saved.public_key, saved.signature):
        bytes.fromhex(value)
    return saved


def _from_print(text: str) -> Saved:
    found = PRINTED.search(text)
    if found is None:
        raise ValueError("neither number nor root")
    return Saved(size=int(found[1]), root=found[2])
