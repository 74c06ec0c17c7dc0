"""Every command explains itself, is documented, and answers a program with one JSON object."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import timezone

from qingshan.config.cli import COMMANDS, _load, _parser
from qingshan.config.tests.commands import Qingshan
from qingshan.office.accounts.tests.people import nine_people
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.office.trail.keys import known_keys

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "cli.md"


def options_of(name: str) -> set[str]:
    parser = _parser(name, COMMANDS[name], _load(name, COMMANDS[name]))
    parsers = [parser]
    for action in parser._actions:
        if isinstance(getattr(action, "choices", None), dict):
            parsers += action.choices.values()
    found = {option for one in parsers for action in one._actions for option in action.option_strings}
    return {option for option in found if option.startswith("--")} - {"--help", "--json"}


def section(name: str) -> str:
    found = re.search(rf"^## {name}\b.*?(?=^## |\Z)", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_each_of_its_options_is_documented(name: str) -> None:
    assert section(name), f"docs/reference/cli.md lacks ## {name}"
    missing = [option for option in options_of(name) if f"`{option}" not in section(name)]
    assert missing == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_names_no_option_that_a_command_lacks(name: str) -> None:
    documented = set(re.findall(r"^\| `(--[a-z0-9-]+)", section(name), re.MULTILINE))
    assert documented <= options_of(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_both_languages_and_json(
    name: str, qingshan: Qingshan, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        qingshan(name, "--help")
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert COMMANDS[name].title.zh in text
    assert COMMANDS[name].title.en in text
    assert "--json" in text


def test_without_a_command_all_of_them_are_listed(qingshan: Qingshan) -> None:
    ran = qingshan()
    assert ran.status == 0
    assert all(f"  {name} " in ran.out for name in COMMANDS)


def test_an_unknown_command_is_no_success(qingshan: Qingshan) -> None:
    assert qingshan("fly").status == 2


def test_the_version_is_told(qingshan: Qingshan) -> None:
    assert re.fullmatch(r"qingshan \d+\.\d+\.\d+\n", qingshan("--version").out)


@pytest.mark.django_db
def test_a_refusal_is_a_chinese_sentence_for_a_person_and_a_code_for_a_program(
    qingshan: Qingshan, tmp_path: Path
) -> None:
    words = ("import", "sites", tmp_path / "没有.xlsx")
    for_person, for_program = qingshan(*words), qingshan(*words, "--json")
    assert (for_person.status, for_program.status) == (1, 1)
    assert "没有找到文件" in for_person.err
    assert for_person.out == ""
    assert for_program.facts["ok"] is False
    assert for_program.facts["error"]["code"] == "command.no_file"


@pytest.mark.django_db
def test_the_same_refusal_can_be_had_in_english(
    qingshan: Qingshan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QINGSHAN_LANGUAGE", "en")
    assert "was not found" in qingshan("import", "sites", tmp_path / "none.xlsx").err


@pytest.mark.django_db
def test_a_fault_of_the_program_is_told_apart_from_a_refusal(
    qingshan: Qingshan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("a bolt came loose")

    monkeypatch.setattr("qingshan.config.commands.trail.verify_trail", break_down)
    ran = qingshan("trail", "verify", "--json")
    assert (ran.status, ran.facts["error"]["code"]) == (1, "command.fault")
    assert "a bolt came loose" in ran.err


@pytest.mark.django_db
def test_only_a_security_administrator_changes_the_signing_key(qingshan: Qingshan) -> None:
    people = nine_people()
    sign_checkpoint(now=timezone.now())
    refused = qingshan("trail", "change-key", "--as", "county_clerk", "--json")
    assert (refused.status, refused.facts["error"]["code"]) == (1, "office.not_allowed")
    assert qingshan("trail", "change-key", "--as", people["security_admin"].login_name, "--json").status == 0
    assert len({key.fingerprint for key in known_keys()}) == 2
