"""A trail as the acts left it verifies; a history that does not extend a kept checkpoint is refused."""

from __future__ import annotations

import json

import pytest

from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.office.trail.keys import known_keys
from qingshan.office.trail.models import Checkpoint
from qingshan.office.trail.sentences import TrailError
from qingshan.office.trail.tests.factories import NOON, create, note, remove, rename
from qingshan.office.trail.verify import verify_trail
from qingshan.rules.reasons import declared, say


@pytest.fixture
def a_trail(db):
    things = [create(f"点位{number}") for number in range(5)]
    rename(things[0], "新名")
    remove(things[1])
    note(personal={"电话": "138"})
    sign_checkpoint(now=NOON)
    note()


def _saved() -> checkpoints.Saved:
    checkpoint = Checkpoint.objects.latest("size")
    return checkpoints.read(json.dumps(checkpoints.for_saving(checkpoint, known_keys()[-1])))


def test_an_empty_trail_verifies(db):
    report = verify_trail()
    assert report.ok
    assert report.counts.entries == 0
    assert report.entries_per_second is None


def test_what_the_acts_left_verifies(a_trail):
    report = verify_trail()
    assert report.lines()[0].startswith("核验通过")
    assert report.ok
    assert report.counts.entries == report.head_seq == 11
    assert report.counts.objects == 4 + 1  # things and the checkpoint
    assert (report.counts.checkpoints, report.counts.personal) == (1, 1)


def test_the_report_tells_numbers_in_both_languages_and_to_programs(a_trail):
    report = verify_trail()
    assert report.lines("en")[0].startswith("Verified: 11 entries")
    said = json.loads(json.dumps(report.as_json()))
    assert (said["ok"], said["entries"], said["faults"]) == (True, 11, [])


def test_progress_is_told_to_the_end(a_trail):
    told: list[tuple[int, int]] = []
    verify_trail(progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (16, 16)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_trail_extends_its_own_checkpoints(a_trail, tmp_path):
    file = tmp_path / "checkpoint.json"
    checkpoint = Checkpoint.objects.get()
    file.write_text(json.dumps(checkpoints.for_saving(checkpoint, known_keys()[0])), "utf-8")
    for _ in range(3):
        note()
    report = verify_trail(against=file)
    assert report.ok
    assert [each.code for each in report.notices] == ["trail.verify.against_good"]


def test_a_printed_checkpoint_is_enough(a_trail):
    typed = checkpoints.read(checkpoints.printed(Checkpoint.objects.get()))
    assert verify_trail(against=typed).ok


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"size": 99}, "against_too_long"),
        ({"root": "0" * 64}, "against_root_differs"),
        ({"made_at": "2020-01-01"}, "against_signature_bad"),
    ],
)
def test_another_history_is_refused(a_trail, change, code):
    report = verify_trail(against=checkpoints.Saved(**{**vars(_saved()), **change}))
    assert not report.ok
    assert [each.code for each in report.faults] == [f"trail.verify.{code}"]


def test_a_checkpoint_of_a_stranger_is_refused(a_trail):
    from qingshan.office.trail.signers import KeyFolder, fingerprint_of

    stranger, ours = KeyFolder().make(), _saved()
    key = fingerprint_of(stranger.algorithm, stranger.public_key)
    text = checkpoints.text_of(
        size=ours.size, root=ours.root, made_at=ours.made_at, algorithm="ed25519", key=key
    )
    forged = {"public_key": stranger.public_key.hex(), "signature": stranger.sign(text).hex()}
    report = verify_trail(against=checkpoints.Saved(**{**vars(ours), **forged}))
    assert [each.code for each in report.faults] == ["trail.verify.against_key_unknown"]


def test_a_file_without_checkpoint_is_refused(a_trail, tmp_path):
    file = tmp_path / "empty"
    file.write_text("", "utf-8")
    with pytest.raises(TrailError):
        verify_trail(against=file)


def test_every_sentence_reads_well_in_both_languages():
    from qingshan.office.trail.verify.sentences import _WORDS

    for code in _WORDS:
        words = declared()[f"trail.verify.{code}"]
        assert words.zh.endswith("。")
        assert words.en.endswith(".")


def test_a_fault_is_a_sentence_with_number_and_object(a_trail):
    from qingshan.office.trail.tests.factories import Thing

    Thing.objects.filter(name="点位2").update(name="暗改")
    [fault] = verify_trail().faults
    assert "test.thing" in say(fault)
    assert "在办理之外被改动" in say(fault)
