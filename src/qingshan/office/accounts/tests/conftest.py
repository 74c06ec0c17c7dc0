"""What do the tests of organisations and people share?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qingshan.office.accounts.tests.people import People, nine_people

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def people(db) -> People:
    return nine_people()
