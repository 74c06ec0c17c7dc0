"""Simulated land with images once for all tests of a process; the folder for images is that of the simulation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingshan.office.accounts.tests.people import People, nine_people
from qingshan.office.cases.tests.factories import World, a_world
from qingshan.office.observations.tests.factories import Simulated, simulated


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Simulated]:
    root = tmp_path_factory.mktemp("images")
    return root, simulated(root / "sim")


@pytest.fixture
def land(drawn: tuple[Path, Simulated], settings: Any, tmp_path: Path) -> Simulated:
    """The land, with the settings that lead to its images."""
    settings.SCENES_ROOT, land = drawn
    settings.OBSERVATIONS_ROOT = tmp_path / "observations"
    return land


@pytest.fixture
def people(db: None) -> People:
    return nine_people()


@pytest.fixture
def world(db: None) -> World:
    """Everybody, with a mine; cases stand above this app, and only its tests know them."""
    return a_world()
