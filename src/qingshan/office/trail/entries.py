"""Which text of an entry is hashed? All its columns but the hash itself and the seal, as canonical JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from qingshan.office.trail.canonical import ENTRY, flat, hash_in
from qingshan.office.trail.models import Entry

COLUMNS: tuple[str, ...] = tuple(
    field.attname for field in Entry._meta.concrete_fields if not field.generated
)
HASHED: tuple[str, ...] = tuple(name for name in COLUMNS if name not in {"hash", "seal"})

_digest = hash_in(ENTRY)


def body_of(values: Mapping[str, Any]) -> str:
    """The hashed text of an entry's columns; `hash` and `seal` are not among them."""
    body = {name: values[name] for name in HASHED}
    body["recorded_at"] = written_instant(values["recorded_at"])
    body["occurred_on"] = written_day(values["occurred_on"])
    body["paper_decided_on"] = written_day(values["paper_decided_on"])
    return flat(body)


def hash_of_body(body: str) -> str:
    """SM3 of the body, in the domain of entries."""
    return _digest(body.encode())


def written_instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def written_day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
