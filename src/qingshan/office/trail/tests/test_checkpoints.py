"""A checkpoint signs all entries so far; its key begins, changes hands and is replaced by acts."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings

from qingshan.office.errors import NotAllowed
from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions import change_key, covering_checkpoint, sign_checkpoint, usable_signer
from qingshan.office.trail.keys import current_key, hands_over, known_keys
from qingshan.office.trail.models import Checkpoint, Entry
from qingshan.office.trail.queries import newest_checkpoint
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.signers import FileSigner, KeyFolder, declare_verifier, is_signed, key_store
from qingshan.office.trail.tests.factories import CLERK, NOON, SECURITY, note
from qingshan.office.trail.verify import verify_trail


def _acts() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


def test_the_first_checkpoint_starts_a_key_and_leaves_its_own_entry(db):
    note()
    checkpoint = sign_checkpoint(now=NOON)
    assert checkpoint.size == 2
    assert _acts() == ["test.note", "trail.start_key", "trail.sign_checkpoint"]
    assert newest_checkpoint() == checkpoint


def test_nothing_new_signs_nothing_new(db):
    first = sign_checkpoint(now=NOON)
    assert sign_checkpoint(now=NOON + timedelta(days=1)) == first
    note()
    assert sign_checkpoint(now=NOON).size == first.size + 2


def test_an_entry_is_covered_by_the_first_checkpoint_after_it(db):
    entry = note()
    first = covering_checkpoint(entry.seq, now=NOON)
    assert first.size >= entry.seq
    note()
    sign_checkpoint(now=NOON)
    assert covering_checkpoint(entry.seq, now=NOON) == first


def test_the_signature_is_over_every_field(db):
    note()
    checkpoint = sign_checkpoint(now=NOON)
    saved = checkpoints.Saved(**_without_format(checkpoints.for_saving(checkpoint, known_keys()[0])))
    assert saved.is_signed
    changes = {
        "size": 7,
        "root": "0" * 64,
        "made_at": "2026-01-01",
        "algorithm": "ed25518",
        "signature": "0" * 128,
    }
    for name, value in changes.items():
        assert not checkpoints.Saved(**{**vars(saved), name: value}).is_signed, name


def _without_format(saved: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in saved.items() if name != "format"}


def test_a_saved_and_a_printed_checkpoint_can_be_read_back(db):
    checkpoint = sign_checkpoint(now=NOON)
    saved = checkpoints.read(json.dumps(checkpoints.for_saving(checkpoint, known_keys()[0])))
    assert (saved.size, saved.root, saved.key) == (checkpoint.size, checkpoint.root, checkpoint.key)
    typed = checkpoints.read(f"留痕检查点：{checkpoints.printed(checkpoint)} 打印")
    assert (typed.size, typed.root, typed.signature) == (checkpoint.size, checkpoint.root, "")


@pytest.mark.parametrize(
    "text", ["", "{", "{}", '{"format": "qingshan-checkpoint-1"}', "12 abc", "[1]", "🌲" * 20]
)
def test_a_file_without_checkpoint_is_refused_in_words(text):
    with pytest.raises(TrailError) as caught:
        checkpoints.read(text)
    assert "没有检查点" in caught.value.say()


def test_the_private_key_is_for_the_program_only(db):
    sign_checkpoint(now=NOON)
    [file] = settings.KEYS_ROOT.glob("*.pem")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.name == f"trail-{known_keys()[0].fingerprint}.pem"


def test_a_key_is_changed_by_an_act_that_the_old_key_signs(db):
    sign_checkpoint(now=NOON)
    change_key(actor=SECURITY, now=NOON)
    old, new = known_keys()
    assert hands_over(old, new)
    assert not hands_over(new, old)
    checkpoint = sign_checkpoint(now=NOON)
    assert checkpoint.key == new.fingerprint == current_key().fingerprint
    assert verify_trail().ok


def test_only_a_security_administrator_changes_the_key(db):
    sign_checkpoint(now=NOON)
    with pytest.raises(NotAllowed):
        change_key(actor=CLERK, now=NOON)
    assert len(known_keys()) == 1


def test_a_key_cannot_be_changed_where_there_is_none(db):
    with pytest.raises(TrailError) as caught:
        change_key(actor=SECURITY, now=NOON)
    assert "私钥" in caught.value.say()


def test_after_a_restore_without_keys_a_new_key_begins_and_the_trail_says_so(db):
    sign_checkpoint(now=NOON)
    [file] = settings.KEYS_ROOT.glob("*.pem")
    file.unlink()
    note()
    sign_checkpoint(now=NOON)
    assert _acts()[-2] == "trail.new_key_after_restore"
    assert (
        Entry.objects.get(act="trail.new_key_after_restore").new["previous_key"]
        == known_keys()[0].fingerprint
    )
    report = verify_trail()
    assert report.ok
    assert [each.code for each in report.notices] == ["trail.verify.new_key_after_restore"]


def test_a_key_file_with_another_key_is_refused(db):
    sign_checkpoint(now=NOON)
    [file] = settings.KEYS_ROOT.glob("*.pem")
    other = KeyFolder()
    other.make()
    [stranger] = set(settings.KEYS_ROOT.glob("*.pem")) - {file}
    file.write_bytes(stranger.read_bytes())
    with pytest.raises(TrailError) as caught:
        usable_signer(now=NOON)
    assert file.name in caught.value.say()


class ReversingServer:
    """A stand-in for a signing server with another algorithm: it signs by turning the text round."""

    algorithm = "reversed"
    public_key = b"\x01" * 4

    def make(self) -> ReversingServer:
        return self

    def find(self, fingerprint: str) -> ReversingServer:
        return self

    def sign(self, text: bytes) -> bytes:
        return text[::-1]


def test_another_signer_can_be_plugged_in(db, settings):
    settings.TRAIL_KEYS = f"{__name__}.ReversingServer"
    declare_verifier("reversed", lambda key, text, signature: signature[::-1] == text)
    note()
    assert sign_checkpoint(now=NOON).algorithm == "reversed"
    assert verify_trail().ok


def test_a_signature_of_an_unknown_algorithm_is_none():
    assert not is_signed(algorithm="none", public_key=b"", text=b"", signature=b"")
    assert isinstance(key_store(), KeyFolder)
    assert FileSigner.algorithm == "ed25519"


def test_checkpoints_are_signed_once_by_two_who_start_together(committed_db):
    """The second process finds the checkpoint of the first and signs nothing."""
    code = (
        "import django; django.setup()\n"
        "from django.utils import timezone\n"
        "from qingshan.office.trail.actions import sign_checkpoint\n"
        "sign_checkpoint(now=timezone.now())\n"
    )
    sign_checkpoint(now=NOON)
    note()
    both = [committed_db.start("-c", code) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert Checkpoint.objects.count() == 2
    assert verify_trail().ok
