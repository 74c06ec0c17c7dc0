"""Set-up does nothing twice, tells downloads apart, uses the mirrors set for pip, and says what is missing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


def loaded(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def make(tmp_path: Path) -> Any:
    module = loaded("make.py")
    module.ROOT, module.CACHE, module.STAMPS = (
        tmp_path,
        tmp_path / "cache",
        tmp_path / "cache" / "stamps.json",
    )
    return module


def test_a_step_is_done_once_and_again_when_its_inputs_change(make: Any, tmp_path: Path) -> None:
    lock, made = tmp_path / "lock.txt", tmp_path / "made"
    lock.write_text("a==1")
    made.mkdir()
    assert not make.stamped("step", make.digest(lock), made)
    make.stamp("step", make.digest(lock))
    assert make.stamped("step", make.digest(lock), made)
    lock.write_text("a==2")
    assert not make.stamped("step", make.digest(lock), made)


def test_a_step_whose_result_was_removed_is_done_again(make: Any, tmp_path: Path) -> None:
    make.stamp("step", "x")
    assert not make.stamped("step", "x", tmp_path / "gone")


def test_a_folder_counts_with_all_its_files_but_not_with_compiled_ones(make: Any, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "a.py").write_text("a")
    before = make.digest(folder)
    (folder / "__pycache__" / "a.pyc").write_text("x")
    assert make.digest(folder) == before
    (folder / "b.py").write_text("b")
    assert make.digest(folder) != before


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Prepared 89 packages in 2.13s", 2.13),
        ("Resolved 1 package in 269ms", 0.269),
        ("Prepared 2 packages in 1m 03s", 63.0),
        ("Installed 89 packages in 120ms", None),
    ],
)
def test_waiting_for_the_network_is_told_apart(make: Any, line: str, seconds: float | None) -> None:
    found = [make._seconds(*one) for one in make._UV_WAITED.findall(f"noise\n{line}\n")]
    assert found == ([] if seconds is None else [pytest.approx(seconds)])


def test_mirrors_set_for_pip_are_used_by_uv_too(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "global.index-url='https://mirror.example/simple'\nglobal.trusted-host='mirror.example'\n"
    answer = subprocess.CompletedProcess([], 0, stdout=listed, stderr="")
    monkeypatch.setattr(make, "quietly", lambda *_, **__: answer)
    for name in ("UV_DEFAULT_INDEX", "UV_INSECURE_HOST", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert make._mirrors_for_uv() == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INSECURE_HOST": "mirror.example",
    }


def test_an_unknown_target_is_answered_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "make.py"), "fly"], check=False, capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert all(f"make.py {target}" in ran.stdout for target in loaded("make.py").TARGETS)


def test_every_target_of_the_makefile_is_one_of_make_py() -> None:
    rule = next(
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith(".PHONY")
    )
    assert set(rule.split(":")[1].split()) == set(loaded("make.py").TARGETS)


@pytest.fixture
def runner() -> Any:
    return loaded("tools/run_tests.py")


def part(runner: Any, monkeypatch: pytest.MonkeyPatch, *, missing: str, passed: bool = True) -> None:
    """Two parts, each a process that says how its tests went."""

    def start(_part: Any, _words: list[str], *, processes: int, output: Any = subprocess.PIPE) -> Any:
        says = f"print('1 {'passed' if passed else 'failed'}'); raise SystemExit({0 if passed else 1})"
        return subprocess.Popen([sys.executable, "-c", says], stdout=output, text=True)

    parts = {
        "sqlite": runner.Part("", lambda: ""),
        "browser": runner.Part("", lambda: missing, beside=True),
    }
    monkeypatch.setattr(runner, "PARTS", parts)
    monkeypatch.setattr(runner, "ALL", ("sqlite", "browser"))
    monkeypatch.setattr(runner, "start", start)


def test_what_was_not_tested_is_told_in_one_line_and_is_no_failure_at_home(
    runner: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part(runner, monkeypatch, missing="a browser (apt install chromium)")
    monkeypatch.setattr(runner, "IN_CI", False)
    assert runner.main([]) == 0
    said = capsys.readouterr().out
    assert "not tested: a browser (apt install chromium)" in said
    assert said.splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


def test_what_is_here_but_takes_longer_than_a_person_waits_is_named_with_how_to_run_it(
    runner: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part(runner, monkeypatch, missing="")
    monkeypatch.setattr(runner, "IN_CI", False)
    assert runner.main([]) == 0
    assert "not tested: browser（python3 make.py test all）" in capsys.readouterr().out
    assert runner.main(["all"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 0 failed, 0 skipped"


def test_in_ci_nothing_said_means_everything(
    runner: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part(runner, monkeypatch, missing="")
    monkeypatch.setattr(runner, "IN_CI", True)
    assert runner.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 0 failed, 0 skipped"


def test_in_ci_what_cannot_be_tested_is_a_failure(runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    part(runner, monkeypatch, missing="a browser")
    monkeypatch.setattr(runner, "IN_CI", True)
    assert runner.main([]) == 1


def test_one_failed_part_fails_the_whole(runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    part(runner, monkeypatch, missing="", passed=False)
    assert runner.main(["sqlite"]) == 1
    assert runner.main(["all"]) == 1


def test_a_part_that_ran_beside_the_others_is_told_with_them(
    runner: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part(runner, monkeypatch, missing="", passed=False)
    assert runner.main(["browser", "sqlite"]) == 1
    said = capsys.readouterr().out
    assert said.index("── sqlite ──") < said.index("── browser ──")
    assert "failed: sqlite, browser" in said
    assert said.splitlines()[-1] == "0 passed, 2 failed, 0 skipped"


def test_measuring_leaves_the_environment_of_the_tests_alone(
    make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Peers of any licence stay in an environment of their own, and what the tests need stays where it is."""
    used: list[Path] = []
    monkeypatch.setattr(make, "packages", lambda env, lock: used.append(env))
    monkeypatch.setattr(make, "pages", used.append)
    monkeypatch.setattr(make, "run", lambda python, *_: used.append(Path(python).parents[1]))
    make.bench()
    assert used == [make.BENCH_ENV] * 3


@pytest.mark.parametrize(
    ("name", "licence", "stays"),
    [
        ("a", "MIT", True),
        ("a", "GPL-3.0-only", False),
        ("a", "GNU General Public License v3 (GPLv3)", False),
        ("a", "AGPL-3.0-or-later", False),
        ("a", "LGPL-3.0-only", False),
        ("named", "LGPL-3.0-only", True),
        ("named", "GNU Lesser General Public License v2 (LGPLv2)", True),
        ("named", "Mozilla Public License 2.0 (MPL 2.0)", True),
        ("a", "UNKNOWN", False),
    ],
)
def test_a_licence_stays_only_when_we_can_live_with_it(name: str, licence: str, stays: bool) -> None:
    assert (loaded("tools/licences.py").fault_of(name, licence, {"named"}) == "") is stays


def test_what_a_part_of_the_tests_leaves_out_is_there() -> None:
    parts = loaded("tools/run_tests.py").PARTS
    files = [str(path) for folder in ("src", "tests") for path in (ROOT / folder).rglob("test_*.py")]
    globs = {str(ROOT / glob) for part in parts.values() for glob in part.without}
    assert [glob for glob in sorted(globs) if not any(fnmatch(file, glob) for file in files)] == []
    assert len(globs) > 3
