"""Backup and restore: everything comes back and verifies, or nothing counts."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from qingshan.config import sealed
from qingshan.config.backup import Backup, back_up
from qingshan.config.errors import CommandError
from qingshan.config.restore import restore
from qingshan.config.tests.commands import geojson_of_sites
from qingshan.config.tests.installations import (
    PASSPHRASE,
    empty_place,
    facts,
    furnish,
    holdings,
    qingshan,
    signed_history,
)
from qingshan.rules.rulebook import SHIPPED, release

pytestmark = pytest.mark.timeout(600)

PY = sys.executable


@pytest.fixture
def furnished(committed_db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    furnish(committed_db.home, geojson_of_sites(tmp_path / "sites.geojson"))
    committed_db.env["QINGSHAN_PASSPHRASE"] = PASSPHRASE
    if url := committed_db.env.get("DATABASE_URL"):
        monkeypatch.setenv("DATABASE_URL", url)
    return committed_db


def written(furnished: Any, place: Path, *, passphrase: str | None = None) -> Backup:
    checkpoint = signed_history()
    return back_up(
        furnished.home, place, passphrase=passphrase, now=timezone.now(), newest_checkpoint=checkpoint
    )


@pytest.fixture
def backup(furnished: Any, tmp_path: Path) -> Path:
    return written(furnished, tmp_path / "backup.zip").place


@pytest.fixture
def elsewhere(furnished: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    with empty_place(tmp_path / "elsewhere", furnished.env) as env:
        if url := env.get("DATABASE_URL"):
            monkeypatch.setenv("DATABASE_URL", url)
        yield env


def home_of(env: dict[str, str]) -> Path:
    return Path(env["QINGSHAN_HOME"])


def refusal(backup: Path, env: dict[str, str], *, passphrase: str | None = None) -> str:
    """The code with which a restore is refused; afterwards the place must hold nothing that counts."""
    with pytest.raises(CommandError) as refused:
        restore(backup, home_of(env), passphrase=passphrase)
    assert "qingshan.sqlite3" not in holdings(home_of(env))
    return refused.value.code


def changed(backup: Path, place: Path, *, name: str, content: bytes) -> Path:
    """The same backup with one member replaced."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(place, "w") as new:
        for member in old.namelist():
            found = content if member.startswith(name) else old.read(member)
            new.writestr(member, found)
    return place


def with_manifest(backup: Path, place: Path, change: Any) -> Path:
    with zipfile.ZipFile(backup) as whole:
        manifest = json.loads(whole.read("manifest.json"))
    change(manifest)
    return changed(backup, place, name="manifest", content=json.dumps(manifest).encode())


def test_with_its_keys_an_installation_goes_on_as_before(
    furnished: Any, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    place = tmp_path / "whole.zip"
    own = furnished.home / "rulebooks" / "province" / "public-notice" / "青山1.toml"
    own.parent.mkdir(parents=True)
    national = (SHIPPED / "nation" / "public-notice" / "1.toml").read_text(encoding="utf-8")
    rule = national.replace('layer = "nation"', 'layer = "province"\nregion = "990000"')
    own.write_text(rule.replace('version = "1"', 'version = "青山1"'), encoding="utf-8")
    release(furnished.home / "rulebooks")
    facts(qingshan(PY, furnished.env, "backup", "--with-keys", "--out", place, "--json"))
    done = facts(qingshan(PY, elsewhere, "restore", place, "--with-keys", "--json"))
    assert (done["with_keys"], done["files"], done["verified"]["ok"]) == (True, 1, True)
    kept = home_of(elsewhere) / own.relative_to(furnished.home)
    assert kept.read_bytes() == own.read_bytes(), "results name the version of a rule: it comes along"
    exported = tmp_path / "out.geojson"
    assert facts(qingshan(PY, elsewhere, "export", "sites", "--out", exported, "--json"))["rows"] == 3
    assert facts(qingshan(PY, elsewhere, "doctor", "--state", "--json"))["to_do"] == 0


def test_without_keys_a_new_one_is_started_and_the_trail_says_so(
    backup: Path, elsewhere: dict[str, str]
) -> None:
    done = restore(backup, home_of(elsewhere), passphrase=None)
    assert (done.with_keys, done.verified["ok"]) == (False, True)
    codes = [notice["code"] for notice in done.verified["notices"]]
    assert any("key" in code for code in codes), codes
    assert holdings(home_of(elsewhere)) >= {"keys", "vault"}


@pytest.mark.parametrize("name", ["vault/", "database/"])
def test_a_damaged_backup_is_refused_and_the_place_stays_good_for_a_whole_one(
    backup: Path, elsewhere: dict[str, str], tmp_path: Path, name: str
) -> None:
    torn = changed(backup, tmp_path / "torn.zip", name=name, content=b"something else")
    assert refusal(torn, elsewhere) == "command.damaged_member"
    assert refusal(torn, elsewhere) == "command.damaged_member"


def test_a_member_that_grows_beyond_its_announced_size_is_cut_off(
    backup: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    bomb = changed(backup, tmp_path / "bomb.zip", name="vault/", content=bytes(50_000_000))
    assert refusal(bomb, elsewhere) == "command.damaged_member"
    written = [path.stat().st_size for path in home_of(elsewhere).rglob("vault/*/*")]
    assert max(written) < 1_000_000


def test_a_torn_file_is_no_backup(backup: Path, elsewhere: dict[str, str], tmp_path: Path) -> None:
    torn = tmp_path / "half.zip"
    torn.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    assert refusal(torn, elsewhere) == "command.not_a_backup"
    assert holdings(home_of(elsewhere)) == set()


@pytest.mark.parametrize("name", ["vault/../../outside", "/etc/outside", "keys/trail.pem", "vault/ab/cd"])
def test_a_name_that_climbs_out_or_is_not_ours_is_refused(
    backup: Path, elsewhere: dict[str, str], tmp_path: Path, name: str
) -> None:
    strange = with_manifest(
        backup,
        tmp_path / "s.zip",
        lambda manifest: manifest["members"].update({name: {"bytes": 1, "sm3": ""}}),
    )
    assert refusal(strange, elsewhere) == "command.not_a_backup"


def test_the_wrong_passphrase_restores_nothing(
    furnished: Any, elsewhere: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "SCRYPT_N", 2**10)
    monkeypatch.setenv("DATABASE_URL", furnished.env.get("DATABASE_URL", ""))
    place = written(furnished, tmp_path / "sealed.zip", passphrase=PASSPHRASE).place
    monkeypatch.setenv("DATABASE_URL", elsewhere.get("DATABASE_URL", ""))
    assert refusal(place, elsewhere, passphrase="not the right one") == "command.wrong_passphrase"


def test_a_home_that_holds_anything_is_left_alone(backup: Path, elsewhere: dict[str, str]) -> None:
    home_of(elsewhere).mkdir()
    (home_of(elsewhere) / "letter.txt").write_text("mine")
    assert refusal(backup, elsewhere) == "command.home_not_empty"
    assert holdings(home_of(elsewhere)) == {"letter.txt"}


def test_what_an_interrupted_restore_left_is_cleared_by_the_next(
    backup: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    for left_behind in (".restoring-x/vault", "vault/ab", "keys"):
        (home_of(elsewhere) / left_behind).mkdir(parents=True)
    torn = changed(backup, tmp_path / "torn.zip", name="vault/", content=b"something else")
    assert refusal(torn, elsewhere) == "command.damaged_member"


def test_a_backup_without_its_database_is_none(
    backup: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    other = with_manifest(backup, tmp_path / "o.zip", lambda manifest: manifest["members"].clear())
    assert refusal(other, elsewhere) == "command.not_a_backup"


def test_a_backup_of_another_database_is_refused(
    backup: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    def swap(manifest: dict[str, Any]) -> None:
        manifest["database"] = "sqlite" if manifest["database"] == "postgresql" else "postgresql"

    assert refusal(with_manifest(backup, tmp_path / "o.zip", swap), elsewhere) == "command.other_engine"


def test_a_format_of_the_future_is_refused(backup: Path, elsewhere: dict[str, str], tmp_path: Path) -> None:
    newer = with_manifest(backup, tmp_path / "n.zip", lambda manifest: manifest.update(format=99))
    assert refusal(newer, elsewhere) == "command.other_format"


def test_a_history_that_was_changed_before_the_backup_does_not_verify(
    furnished: Any, elsewhere: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qingshan.office.mines.models import Site

    Site.objects.update(name="改动于程序之外")
    monkeypatch.setenv("DATABASE_URL", furnished.env.get("DATABASE_URL", ""))
    place = written(furnished, tmp_path / "late.zip").place
    monkeypatch.setenv("DATABASE_URL", elsewhere.get("DATABASE_URL", ""))
    assert refusal(place, elsewhere) == "command.restored_but_not_verified"


def test_a_damaged_stored_file_is_named(furnished: Any, tmp_path: Path) -> None:
    stored = next((furnished.home / "vault").glob("??/*"))
    stored.chmod(0o600)
    stored.write_bytes(b"rotten")
    assert written(furnished, tmp_path / "b.zip").damaged == (stored.name,)


def test_a_backup_never_overwrites_an_older_one(backup: Path, furnished: Any) -> None:
    before = backup.read_bytes()
    with pytest.raises(CommandError) as refused:
        written(furnished, backup)
    assert refused.value.code == "command.file_exists"
    assert backup.read_bytes() == before


def test_keys_need_a_passphrase(
    furnished: Any, qingshan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QINGSHAN_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin", None)
    ran = qingshan("backup", "--with-keys", "--out", tmp_path / "b.zip", "--json")
    assert ran.facts["error"]["code"] == "command.no_passphrase"
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_without_keys_holds_none(backup: Path) -> None:
    with zipfile.ZipFile(backup) as whole:
        assert not [name for name in whole.namelist() if "key" in name]


def test_only_one_file_is_left_by_a_backup(backup: Path, furnished: Any) -> None:
    assert list(backup.parent.glob(".*")) == []
    assert list((furnished.home / "tmp").iterdir()) == []
