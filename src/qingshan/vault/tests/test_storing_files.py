"""A stored file is whole, named by its content, and found again; nothing else ever gets such a name."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingshan.rules.reasons import say
from qingshan.vault import Damaged, StoredFile, Vault, VaultError, store
from qingshan.vault.digests import CryptographySm3, sm3_hex

ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
LATER = datetime.now(UTC) + timedelta(days=2)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.mark.parametrize(
    "content", [b"abc", io.BytesIO(b"abc"), [b"a", b"bc"]], ids=["bytes", "stream", "pieces"]
)
def test_a_file_is_named_by_the_sm3_of_its_content(vault, content):
    assert vault.put(content) == StoredFile(ABC, 3)
    assert vault.path(ABC).read_bytes() == b"abc"
    assert vault.path(ABC).parent.name == "66"


@given(st.binary(max_size=5000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_stored_is_read_back(vault, content):
    stored = vault.put(content)
    assert stored == StoredFile(sm3_hex(content), len(content))
    with vault.open(stored.digest, verified=True) as file:
        assert file.read() == content


def test_a_large_stream_is_stored_piece_by_piece(vault):
    piece = os.urandom(store.PIECE_BYTES + 1)
    stored = vault.put(io.BytesIO(piece * 3))
    assert stored == StoredFile(sm3_hex(piece * 3), 3 * len(piece))


def test_the_same_content_is_stored_once_and_gets_young_again(vault):
    digest = vault.put(b"abc").digest
    os.utime(vault.path(digest), (0, 0))
    assert vault.put(b"abc").digest == digest
    assert list(vault.digests()) == [digest]
    assert vault.path(digest).stat().st_mtime > 0


def test_storing_again_mends_a_damaged_file(vault):
    digest = vault.put(b"abc").digest
    _overwrite(vault.path(digest), b"abd")
    assert vault.verify() == [Damaged(digest, sm3_hex(b"abd"))]
    vault.put(b"abc")
    assert vault.verify() == []


def _overwrite(place: Path, content: bytes) -> None:
    place.chmod(0o600)
    place.write_bytes(content)


def test_a_damaged_file_is_refused_when_it_is_asked_for_verified(vault):
    digest = vault.put(b"abc").digest
    _overwrite(vault.path(digest), b"abd")
    with pytest.raises(VaultError) as caught:
        vault.open(digest, verified=True)
    assert "已损坏" in caught.value.say()


@pytest.mark.parametrize(
    "digest",
    ["", "abc", "../" + "a" * 61, "A" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "/etc/passwd", "a/" * 32],
)
def test_no_path_comes_from_a_person(vault, digest):
    for ask in (vault.path, vault.open, vault.holds):
        with pytest.raises(VaultError) as caught:
            ask(digest)
        assert caught.value.code == "vault.bad_digest"


def test_a_missing_file_is_told_in_words(vault):
    assert not vault.holds("0" * 64)
    for verified in (False, True):
        with pytest.raises(VaultError) as caught:
            vault.open("0" * 64, verified=verified)
        assert all(say(reason, language) for reason in caught.value.reasons for language in ("zh-hans", "en"))


def test_a_stream_that_breaks_off_leaves_nothing(vault):
    def pieces():
        yield b"half"
        raise OSError("broken off")

    with pytest.raises(OSError, match="broken off"):
        vault.put(pieces())
    assert [path for path in vault.root.rglob("*") if path.is_file()] == []


def test_content_and_folder_are_on_disk_before_the_name_is_given(vault, monkeypatch):
    steps: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: steps.append("fsync"))
    real = os.link
    monkeypatch.setattr(os, "link", lambda *names: (steps.append("name"), real(*names)))
    vault.put(b"warm")
    steps.clear()
    vault.put(b"abd")
    assert steps[0] == "fsync"
    assert steps.index("name") < len(steps) - 1
    assert steps[-1] == "fsync"


def test_a_file_system_without_hard_links_will_do(vault, monkeypatch):
    def unable(*names: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", unable)
    assert vault.put(b"abc").digest == ABC
    assert vault.verify() == []


def test_a_sweep_removes_what_nobody_keeps_after_a_day_and_says_what(vault):
    kept, orphan = vault.put(b"kept").digest, vault.put(b"orphan").digest
    (vault.root / "drafts" / "half").write_bytes(b"hal")
    assert vault.sweep(keep={kept}, now=datetime.now(UTC)) == store.Swept((), (), 0)
    swept = vault.sweep(keep={kept}, now=LATER)
    assert swept == store.Swept(("half",), (orphan,), 9)
    assert list(vault.digests()) == [kept]
    assert vault.sweep(keep={kept}, now=LATER) == store.Swept((), (), 0)


def test_a_sweep_gives_back_what_is_stored_again_at_that_moment(vault, monkeypatch):
    """The content is stored again after the sweep found it old and before it is gone."""
    digest = vault.put(b"abc").digest
    os.utime(vault.path(digest), (0, 0))
    real, done = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        if self.name == digest and not done:
            done.append(vault.put(b"abc"))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert vault.sweep(keep=set(), now=datetime.now(UTC)).orphans == ()
    assert vault.verify() == []
    assert vault.holds(digest)


def test_what_a_sweep_takes_away_between_two_looks_is_stored_all_the_same(vault, monkeypatch):
    digest = vault.put(b"abc").digest
    real, looks = store._digest_of, []

    def look(path: Path) -> str:
        if not looks:
            looks.append(path)
            path.unlink()
        return real(path)

    monkeypatch.setattr(store, "_digest_of", look)
    assert vault.put(b"abc").digest == digest
    assert vault.verify() == []


def test_many_who_store_the_same_at_once_all_succeed(vault):
    digests: list[str] = []
    threads = [threading.Thread(target=lambda: digests.append(vault.put(b"same").digest)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert digests == [sm3_hex(b"same")] * 16
    assert [path.name for path in vault.root.rglob("*") if path.is_file()] == [sm3_hex(b"same")]


STORES_FOR_EVER = """
import os, sys
from qingshan.vault import Vault
vault = Vault(sys.argv[1])
while True:
    print(vault.put(os.urandom(300_000)).digest, flush=True)
"""


@pytest.mark.kill
@pytest.mark.parametrize("moment", range(6))
def test_a_kill_at_any_moment_leaves_only_whole_files(vault, seed, moment):
    process = subprocess.Popen(
        [sys.executable, "-c", STORES_FOR_EVER, str(vault.root)], stdout=subprocess.PIPE, text=True
    )
    first = process.stdout.readline().strip()
    threading.Event().wait(Random(seed + moment).uniform(0, 0.08))
    process.kill()
    said = [first, *process.stdout.read().split()]
    process.wait()
    assert vault.verify() == []
    assert {digest for digest in said if len(digest) == 64} <= set(vault.digests())
    vault.sweep(keep=set(said), now=LATER)
    assert list((vault.root / "drafts").iterdir()) == []


def test_the_second_sm3_gives_the_same_digests():
    state = CryptographySm3()
    state.update(b"a")
    other = state.copy()
    other.update(b"bc")
    assert other.hexdigest() == ABC
    assert state.hexdigest() == sm3_hex(b"a")


def test_without_openssl_the_other_library_is_taken(monkeypatch):
    from qingshan.vault import digests

    monkeypatch.setattr(digests, "_OPENSSL", False)
    assert digests.sm3_hex(b"abc") == ABC


def test_the_vault_knows_nothing_of_django():
    code = "import sys, qingshan.vault; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
