"""What do the tests of the exchange share?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qingshan.exchange import preview
from qingshan.exchange.kinds import Kind
from qingshan.exchange.models import Import
from qingshan.exchange.tests.quarries import Quarries, declared

Stage = Callable[..., Import]


@pytest.fixture
def quarries() -> Iterator[Quarries]:
    with declared() as (_kind, register):
        yield register


@pytest.fixture
def kind(quarries: Quarries) -> Kind:
    from qingshan.exchange.kinds import kind as declared_kind

    return declared_kind("quarries")


@pytest.fixture
def stage(quarries: Quarries, db: None) -> Stage:
    """Uploads a file and reads it."""

    def stage(path: Path, *, name: str | None = None, **options: Any) -> Import:
        import_ = Import.objects.create(
            kind="quarries",
            file_name=name or path.name,
            file_digest="0" * 64,
            options=options,
            created_at=datetime(2026, 11, 21, tzinfo=UTC),
        )
        return preview.stage(import_, path=path, actor=None)

    return stage
