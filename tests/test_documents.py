"""Do the documents tell the truth: commands, accounts, links, names of files and of things in the code?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qingshan.config.cli import COMMANDS
from qingshan.demo.accounts import PASSWORD, accounts

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
LARGEST_PICTURE = 400_000

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
every_readme = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)


def links(document: Path) -> Iterator[Path]:
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        yield document.parent / target


@every_document
def test_every_link_leads_somewhere(document: Path) -> None:
    assert [str(target) for target in links(document) if not target.exists()] == []


@every_readme
def test_the_two_commands_stand_in_the_first_screen(readme: Path) -> None:
    first_screen = readme.read_text(encoding="utf-8").splitlines()[:20]
    assert {"make demo", "make test"} <= set(first_screen)
    assert any(line.startswith("![") for line in first_screen)


@every_readme
def test_the_accounts_are_those_that_the_demonstration_makes(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    table = re.findall(r"^\| `([a-z0-9]+)` \|[^|]+\|[^|]+\|$", text, re.MULTILINE)
    assert table == [account.login for account in accounts()]
    assert f"`{PASSWORD}`" in text


@every_readme
def test_every_command_that_is_named_exists(readme: Path) -> None:
    for line in re.findall(r"^\| (`[a-z].*?) \|", readme.read_text(encoding="utf-8"), re.MULTILINE):
        words = {word.split()[0] for word in re.findall(r"`([a-z]+[^`]*)`", line)}
        assert words <= set(COMMANDS) or words <= {account.login for account in accounts()}


def test_every_command_is_described() -> None:
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if not re.search(rf"^## .*\b{name}\b", reference, re.MULTILINE)] == []


def test_pictures_are_small_enough_to_load() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    assert all(picture.stat().st_size < LARGEST_PICTURE for picture in pictures)


def test_every_decision_stands_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = {target.name for target in links(folder / "README.md")}
    assert listed == {path.name for path in folder.glob("0*.md")}


@every_document
def test_every_path_that_is_named_exists(document: Path) -> None:
    """`rules/flows/`, `tests/test_access_table.py`: below the root, the package, its office or an app."""
    places = [ROOT, ROOT / "src" / "qingshan", ROOT / "src" / "qingshan" / "office", document.parent]
    places += [path for path in (ROOT / "src" / "qingshan").glob("**/") if path.name != "__pycache__"]
    named = re.findall(r"`([a-z_.]+(?:/[a-z0-9_.-]+)+/?)`", document.read_text(encoding="utf-8"))
    ours = [
        name for name in named if not name.startswith("./")
    ]  # those are folders that are made by running it
    missing = [name for name in ours if not any((place / name).exists() for place in places)]
    assert missing == []


@every_document
def test_every_module_and_name_that_is_named_exists(document: Path) -> None:
    """`accounts.access.require`: a name of ours with its module has to be found in that module."""
    package = ROOT / "src" / "qingshan"
    text = document.read_text(encoding="utf-8")
    rooms = {
        path.name: path
        for parent in (package, package / "office")
        for path in parent.iterdir()
        if path.is_dir()
    }
    missing = []
    for dotted in set(re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_]+)(?:\([^`]*\))?`", text)):
        first, *rest = dotted.removeprefix("qingshan.").split(".")
        if first in rooms and not _found(rooms[first], rest):
            missing.append(dotted)
    assert missing == []


def _found(place: Path, names: list[str]) -> bool:
    while names and (place / names[0]).is_dir():
        place, names = place / names[0], names[1:]
    if names and (place / f"{names[0]}.py").exists():
        place, names = place / f"{names[0]}.py", names[1:]
    if not names:
        return True
    sources = [place] if place.is_file() else [place / "__init__.py"]
    return all(
        any(re.search(rf"\b{name}\b", source.read_text("utf-8")) for source in sources) for name in names
    )
