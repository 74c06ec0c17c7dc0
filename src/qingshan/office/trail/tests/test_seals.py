"""Only the program can seal an entry; what it did not seal is told, and never signed."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from qingshan.office.trail import seals
from qingshan.office.trail.actions import change_key, sign_checkpoint
from qingshan.office.trail.canonical import SEAL
from qingshan.office.trail.models import Entry
from qingshan.office.trail.seals import FILE, key_of, present_seal_key, seal_key
from qingshan.office.trail.secret_files import write_once
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.signers import KeyFolder
from qingshan.office.trail.tests.behind import behind_the_program, put
from qingshan.office.trail.tests.factories import NOON, SECURITY, note
from qingshan.office.trail.verify import verify_trail


def _lose(*names: str) -> None:
    """The restored installation has none of these files."""
    for name in names:
        for file in settings.KEYS_ROOT.glob(name):
            file.unlink()
    seals._LOADED.clear()


def _codes() -> list[str]:
    report = verify_trail()
    said = [*report.faults, *report.notices]
    return [each.code.removeprefix("trail.verify.") for each in said if "trigger" not in each.code]


@given(st.binary(min_size=32, max_size=32), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_seal_is_hmac_sm3(secret, entry_hash):
    key = key_of(secret)
    mac = hmac.new(secret, SEAL + entry_hash.encode(), lambda data=b"": hashlib.new("sm3", data)).hexdigest()
    assert key.seal(entry_hash) == f"{key.id}:{mac}"
    assert key.made(f"{key.id}:{mac}", entry_hash)
    assert not key.made(f"{key.id}:{mac}", entry_hash[::-1] + "0")


def test_every_entry_is_sealed_by_the_installations_key(db):
    entry = note()
    assert seal_key().made(entry.seal, entry.hash)
    file = settings.KEYS_ROOT / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_bytes()) == 32
    assert verify_trail().ok


def test_the_first_of_two_who_make_the_key_wins(db):
    note()
    first = seal_key().id
    seals._LOADED.clear()
    assert seal_key().id == first
    write_once(settings.KEYS_ROOT / FILE, b"x" * 32)
    seals._LOADED.clear()
    assert seal_key().id == first
    assert list(settings.KEYS_ROOT.glob("*.key.*")) == []


def test_a_forged_entry_is_never_signed(db):
    note()
    sign_checkpoint(now=NOON)
    entry = note()
    with behind_the_program():
        put(entry, "seal", key_of(b"mine").seal(entry.hash))
        with pytest.raises(TrailError) as caught:
            sign_checkpoint(now=NOON)
        assert f"第 {entry.seq} 条" in caught.value.say()
    assert sign_checkpoint(now=NOON).size == entry.seq


def test_where_the_key_is_not_seals_are_not_checked_and_the_report_says_so(db):
    note()
    _lose("*")
    assert present_seal_key() is None
    assert _codes() == ["seals_not_checked"]
    assert verify_trail().ok
    assert not (settings.KEYS_ROOT / FILE).exists()


def test_after_a_restore_without_keys_the_old_seals_are_vouched_for(db):
    note()
    sign_checkpoint(now=NOON)
    note()
    _lose("*")
    note()
    sign_checkpoint(now=NOON)
    assert verify_trail().ok
    assert set(_codes()) == {"new_key_after_restore", "seals_of_another_key"}


def test_until_then_what_no_checkpoint_covers_is_a_fault(db):
    note()
    sign_checkpoint(now=NOON)
    note()
    _lose(FILE)
    note()
    assert _codes() == ["seals_of_another_key"]
    assert not verify_trail().ok
    with pytest.raises(TrailError):
        sign_checkpoint(now=NOON)


def test_a_change_of_keys_vouches_too(db):
    """Where a server signs and only the seal's key was lost."""
    note()
    sign_checkpoint(now=NOON)
    note()
    _lose(FILE)
    change_key(actor=SECURITY, now=NOON)
    sign_checkpoint(now=NOON)
    assert verify_trail().ok


def test_a_forged_restore_vouches_for_nothing(db):
    """Without the key nobody can say that there was a restore."""
    note()
    sign_checkpoint(now=NOON)
    newest, key, other = note(), KeyFolder().make(), key_of(b"mine")
    said = f'{{"algorithm":"ed25519","key":"x","public_key":"{key.public_key.hex()}"}}'
    with behind_the_program():
        for entry in Entry.objects.order_by("seq"):
            put(entry, "seal", other.seal(entry.hash))
        put(newest, "act", "trail.new_key_after_restore")
        put(newest, "new_json", said)
        assert "seals_of_another_key" in [each.code.split(".")[-1] for each in verify_trail().faults]
        with pytest.raises(TrailError):
            sign_checkpoint(now=NOON)


@pytest.mark.parametrize("seal", ["", "x", "0" * 73, "abcdefgh:", None])
def test_what_is_no_seal_is_a_fault(db, seal):
    from qingshan.office.trail.verify.report import Findings
    from qingshan.office.trail.verify.seals import SealCheck

    note()
    findings = Findings()
    SealCheck(findings).look({"seq": 1, "hash": "0" * 64, "seal": seal, "act": "test.note"})
    assert [each.code for each in findings.faults] == ["trail.verify.seal_differs"]


def test_a_key_never_tells_its_secret(db):
    key = seal_key()
    assert key.id not in (settings.KEYS_ROOT / FILE).read_bytes().hex()
    assert replace(key, id="0" * 8).seal("0" * 64) != key.seal("0" * 64)
