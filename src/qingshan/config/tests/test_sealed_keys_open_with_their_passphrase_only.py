"""Keys in a backup: sealed under a passphrase, refused with any other, refused when touched."""

from __future__ import annotations

import json

import pytest

from qingshan.config import sealed
from qingshan.config.errors import CommandError

PASSPHRASE = "correct horse battery"
FILES = {"secret": b"\x00\x01", "trail-ab.pem": "密钥".encode()}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "SCRYPT_N", 2**10)


def test_what_was_sealed_comes_back() -> None:
    text = sealed.seal(FILES, PASSPHRASE)
    assert sealed.unseal(text, PASSPHRASE) == FILES
    assert b"trail-ab" not in text


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(CommandError) as refused:
        sealed.unseal(sealed.seal(FILES, PASSPHRASE), PASSPHRASE + "!")
    assert refused.value.code == "command.wrong_passphrase"


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed"])
def test_one_changed_character_is_refused(part: str) -> None:
    parts = json.loads(sealed.seal(FILES, PASSPHRASE))
    first = "B" if parts[part][0] == "A" else "A"
    parts[part] = first + parts[part][1:]
    with pytest.raises(CommandError):
        sealed.unseal(json.dumps(parts).encode(), PASSPHRASE)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(CommandError) as refused:
        sealed.seal(FILES, "short")
    assert "12" in refused.value.say()


def test_the_same_keys_never_look_the_same_twice() -> None:
    assert sealed.seal(FILES, PASSPHRASE) != sealed.seal(FILES, PASSPHRASE)
