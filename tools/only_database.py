"""Pytest plugin: keeps the tests that touch the database, for a second run on another one (-p only_database)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

FIXTURES = frozenset({"db", "transactional_db", "committed_db"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The mark django_db asks for the fixture db only when a test runs, so both are looked at."""
    kept = [item for item in items if item.get_closest_marker("django_db") or FIXTURES & fixtures_of(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def fixtures_of(item: pytest.Item) -> frozenset[str]:
    return frozenset(getattr(item, "fixturenames", ()))
