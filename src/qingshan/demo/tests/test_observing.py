"""Are the simulated images of the demonstration made beside the load, once, and is a failure told?"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qingshan.demo import observing
from qingshan.demo.observing import Sky, SkyFailed, sky

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_scenes_that_could_not_be_made_are_told(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as process, pytest.raises(SkyFailed):
        Sky(tmp_path, process).wait()


def test_scenes_that_are_there_are_not_made_again(tmp_path: Path, settings: Any) -> None:
    settings.SCENES_ROOT = tmp_path
    scenes = tmp_path / observing.SKY / "scenes"
    scenes.mkdir(parents=True)
    (scenes / "scenes.toml").touch()
    (scenes.parent / "done").touch()
    with sky(NOW) as made:
        assert made.process is None


def test_a_load_that_is_given_up_stops_the_making_of_scenes(tmp_path: Path, settings: Any) -> None:
    settings.SCENES_ROOT = tmp_path
    with pytest.raises(KeyboardInterrupt), sky(NOW) as made:
        raise KeyboardInterrupt
    assert made.process is not None
    assert made.process.returncode is not None
