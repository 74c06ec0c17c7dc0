"""Do the third-party files of the pages come from the lock, whole, and without anybody's address?"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/frontend.py at work in a folder of its own, with two small files in place of the real ones."""
    spec = importlib.util.spec_from_file_location("frontend", ROOT / "tools" / "frontend.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, text in {
        "package-lock.json": "{}",
        "one.js": "one();\n//# sourceMappingURL=one.js.map\n",
        "poly.js": "//",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    lib = tmp_path / "lib"
    for name, value in {
        "ROOT": tmp_path,
        "LIB": lib,
        "STAMP": lib / "stamp.json",
        "POLYFILL": tmp_path / "poly.js",
        "FILES": {"one.js": ("one.js",), "both.js": ("poly.js", "one.js")},
    }.items():
        monkeypatch.setattr(module, name, value)
    return module


def test_the_lock_names_no_address_and_a_digest_for_everything() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    named = {name: row for name, row in packages.items() if name}
    assert named
    assert [name for name, row in named.items() if "resolved" in row] == []
    assert [name for name, row in named.items() if not row["integrity"].startswith("sha512-")] == []


def test_files_are_copied_whole_without_the_address_of_their_source_map(frontend: ModuleType) -> None:
    frontend.copy()
    assert (frontend.LIB / "one.js").read_text(encoding="utf-8") == "one();\n"
    assert (frontend.LIB / "both.js").read_text(encoding="utf-8") == "//\none();\n"


def test_a_second_run_finds_everything_in_place(frontend: ModuleType) -> None:
    assert not frontend.in_place()
    frontend.copy()
    assert frontend.in_place()


@pytest.mark.parametrize("changed", ["package-lock.json", "poly.js"])
def test_a_changed_source_is_copied_again(frontend: ModuleType, changed: str) -> None:
    frontend.copy()
    (frontend.ROOT / changed).write_text("changed", encoding="utf-8")
    assert not frontend.in_place()


def test_a_lost_or_cut_file_is_noticed(frontend: ModuleType) -> None:
    frontend.copy()
    (frontend.LIB / "one.js").write_text("on", encoding="utf-8")
    assert not frontend.in_place()
    frontend.copy()
    (frontend.LIB / "both.js").unlink()
    assert not frontend.in_place()
