"""The province for all tests, drawn once."""

from __future__ import annotations

import pytest

from qingshan.demo.province import Province, province


@pytest.fixture(scope="session")
def p() -> Province:
    return province()
