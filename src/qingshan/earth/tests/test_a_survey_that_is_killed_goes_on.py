"""Does a survey that is killed in the middle end with the same bytes as one that was left alone, and repeat nothing?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qingshan.earth import command
from qingshan.earth.tests.seen import Folder, made_folder

pytestmark = pytest.mark.kill
ENOUGH = 5
"""units after which it is stopped"""


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return made_folder(tmp_path_factory.mktemp("brought"))


@pytest.fixture(scope="module")
def undisturbed(brought: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    ran = run(brought, out)
    assert ran.returncode == 0, ran.stderr
    return out


def asked(brought: Folder, out: Path, *further: str) -> list[str]:
    files = ("--sites", brought.sites, "--scenes", brought.scenes, "--claims", brought.claims, "--out", out)
    return [sys.executable, "-m", "qingshan.earth", "survey", *map(str, files), "--threads", "1", *further]


def run(brought: Folder, out: Path, *further: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(asked(brought, out, *further), capture_output=True, text=True, timeout=110)


def stopped(brought: Folder, out: Path, number: int) -> subprocess.CompletedProcess[str]:
    """The survey, sent a signal as soon as it has kept a few units."""
    with subprocess.Popen(
        asked(brought, out), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while len(units(out)) < ENOUGH and process.poll() is None:
            time.sleep(0.001)
        os.kill(process.pid, number)
        said, complained = process.communicate(timeout=100)
    return subprocess.CompletedProcess(process.args, process.returncode, said, complained)


def units(out: Path) -> dict[Path, int]:
    """Units with the instants at which they were written."""
    return {path.relative_to(out): path.stat().st_mtime_ns for path in out.rglob("*.unit")}


def outputs(out: Path) -> dict[str, bytes]:
    """What people get, without what the engine keeps for itself."""
    names = ("findings.geojson", "findings.xlsx", "series.parquet", "report.html")
    files = [*(out / name for name in names), *sorted((out / "sheets").iterdir())]
    return {str(file.relative_to(out)): file.read_bytes() for file in files}


def test_it_finds_out_which_of_two_sites_was_restored(undisturbed: Path) -> None:
    told = json.loads((undisturbed / "findings.geojson").read_text("utf-8"))["features"]
    answers = {
        one["properties"]["site_id"]: one["properties"]["verdict"]
        for one in told
        if one["properties"]["question"] == "restored"
    }
    assert answers == {"东沟-1": "supported", "东沟/2": "unsupported"}


def test_killed_in_the_middle_and_resumed_it_ends_with_the_same_bytes(
    brought: Folder, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert stopped(brought, out, signal.SIGKILL).returncode == -signal.SIGKILL
    kept = units(out)
    assert len(kept) >= ENOUGH
    assert not (out / "report.html").exists()
    ran = run(brought, out, "--resume")
    assert ran.returncode == 0, ran.stderr
    assert outputs(out) == outputs(undisturbed)
    assert kept.items() <= units(out).items(), "a unit was made twice"


def test_ctrl_c_stops_and_says_how_to_go_on(brought: Folder, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = stopped(brought, out, signal.SIGINT)
    assert ran.returncode == 130, ran.stderr
    assert "--resume" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert run(brought, out, "--resume").returncode == 0
    assert outputs(out) == outputs(undisturbed)


def test_a_folder_that_is_not_empty_is_left_alone(
    brought: Folder, undisturbed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = outputs(undisturbed)
    assert command.main(asked(brought, undisturbed)[3:]) == 1
    assert "--resume" in capsys.readouterr().err
    assert outputs(undisturbed) == before
    (tmp_path / "letter.txt").write_text("dear")
    assert command.main([*asked(brought, tmp_path)[3:], "--resume", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "earth.out_not_ours"
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_it_says_how_far_it_is_and_what_it_left(
    undisturbed: Path, brought: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = Path(shutil.copytree(undisturbed, tmp_path / "out"))
    assert command.main([*asked(brought, out)[3:], "--resume", "--json", "--language", "en"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["ok"], told["sites"], told["scenes"], told["scenes_left_out"]) == (True, 2, 40, [])
    assert told["answers"]["restored"] == {"supported": 1, "unsupported": 1}
    assert "Making sheets 2 / 2 (100%)" in said.err
