"""What do the tests of the exchange share?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange import preview
from qingshan.exchange.kinds import Kind
from qingshan.exchange.kinds import kind as declared_kind
from qingshan.exchange.models import Import, StagedRow
from qingshan.exchange.tests.quarries import Quarries, declared
from qingshan.rules.reasons import Reason, say

Stage = Callable[..., Import]


def sentences(import_: Import) -> list[str]:
    """What is said about the refused rows, in the order of the file."""
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    return [say(Reason(fault["code"], fault["values"])) for row in rows for fault in row.faults]


def remarks(import_: Import) -> list[str]:
    """What is said about rows without refusing them."""
    rows = StagedRow.objects.filter(source=import_).order_by("position")
    return [say(Reason(note["code"], note["values"])) for row in rows for note in row.notes]


def counts(import_: Import) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, refused."""
    return import_.created, import_.changed, import_.unchanged, import_.refused


@pytest.fixture
def quarries() -> Iterator[Quarries]:
    with declared() as (_kind, register):
        yield register


@pytest.fixture
def kind(quarries: Quarries) -> Kind:
    return declared_kind("quarries")


@pytest.fixture
def stage(quarries: Quarries, db: None) -> Stage:
    """Uploads a file and reads it."""
    return staged


@pytest.fixture
def points(db: None) -> Iterator[Stage]:
    """The same for a kind whose shapes are points."""
    with declared(geometry="point"):
        yield staged


def staged(path: Path, *, name: str | None = None, **options: Any) -> Import:
    import_ = Import.objects.create(
        kind="quarries",
        file_name=name or path.name,
        file_digest="0" * 64,
        options=options,
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
    )
    return preview.stage(import_, path=path, actor=None)
