"""Every test of batches begins in a county with its people."""

from __future__ import annotations

import pytest

from qingshan.office.batches.tests.factories import World, a_world


@pytest.fixture
def world(db: None) -> World:
    """The people, a mine, and a clock."""
    return a_world()
