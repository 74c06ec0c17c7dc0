"""What goes into a bundle that proves an entry, and about which object?"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from qingshan.office.trail.actions.checkpoints import covering_checkpoint
from qingshan.office.trail.canonical import flat
from qingshan.office.trail.checkpoints import for_saving
from qingshan.office.trail.entries import COLUMNS, body_of
from qingshan.office.trail.keys import known_keys
from qingshan.office.trail.merkle import consistency_path, inclusion_path
from qingshan.office.trail.models import Checkpoint, Entry, Subject
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.subjects import declared_subjects, lines_of, text_of
from qingshan.office.trail.tree import StoredTree
from qingshan.vault.digests import sm3_hex

FORMAT = "qingshan-proof-1"
HERE = Path(__file__).parent
NOTE = "说明.txt"
EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock in the bundle: the same proof is the same file


def write_bundle(target: Entry | Subject, stream: IO[bytes], *, now: datetime) -> None:
    """Write the proof of an entry, or of what it says of one object, as a zip file.

    A checkpoint that covers the entry is signed at `now` where there is none yet.
    """
    about = target if isinstance(target, Subject) else None
    entry = target if isinstance(target, Entry) else Entry.objects.get(seq=target.entry_seq)
    checkpoint = covering_checkpoint(entry.seq, now=now)
    body = body_of({name: getattr(entry, name) for name in COLUMNS})
    files = {
        "entry.json": body.encode(),
        "subjects.tsv": _subject_lines(entry).encode(),
        "proof.json": flat(_proof(entry, checkpoint, about)).encode(),
        **_object(about),
        NOTE: _note(),
        "verify.py": script(),
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)


def script() -> bytes:
    """The stand-alone program that checks a bundle; it knows the digest of the note beside it."""
    source = (HERE / "verify.py").read_bytes()
    return source.replace(b'"@@"', f'"{sm3_hex(_note())}"'.encode())


def _note() -> bytes:
    return (HERE / NOTE).read_bytes()


def _subject_lines(entry: Entry) -> str:
    rows = Subject.objects.filter(entry_seq=entry.seq).values_list("kind", "object_id", "digest")
    return lines_of(sorted(rows))


def _proof(entry: Entry, checkpoint: Checkpoint, about: Subject | None) -> dict[str, Any]:
    tree = StoredTree()
    earlier = Checkpoint.objects.filter(size__lt=checkpoint.size).order_by("-size").first()
    path = consistency_path(tree.complete, earlier.size, checkpoint.size) if earlier else []
    return {
        "format": FORMAT,
        "hash": entry.hash,
        "path": [each.hex() for each in inclusion_path(tree.complete, entry.seq - 1, checkpoint.size)],
        "checkpoint": _saved(checkpoint),
        "earlier": _saved(earlier) if earlier else None,
        "consistency": [each.hex() for each in path],
        "about": [about.kind, about.object_id, about.digest] if about else None,
    }


def _saved(checkpoint: Checkpoint) -> dict[str, Any]:
    for key in known_keys():
        if key.fingerprint == checkpoint.key:
            return for_saving(checkpoint, key)
    raise TrailError.because("trail.key_not_in_trail", key=checkpoint.key)


def _object(about: Subject | None) -> dict[str, bytes]:
    """The whole object, where it is still as the entry left it."""
    kind = declared_subjects().get(about.kind) if about else None
    live = kind.model._base_manager.filter(pk=about.object_id).first() if about and kind else None
    if about is None or live is None:
        return {}
    text, digest = text_of(live)
    return {"object.json": text.encode()} if digest == about.digest else {}
