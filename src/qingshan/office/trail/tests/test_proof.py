"""A bundle convinces somebody who has only Python, and no byte of it can be changed unnoticed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from random import Random
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from qingshan.office.trail import checkpoints
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.office.trail.keys import known_keys
from qingshan.office.trail.models import Checkpoint, Entry, Subject
from qingshan.office.trail.prove import verify as offline
from qingshan.office.trail.prove import write_bundle
from qingshan.office.trail.prove.bundle import script
from qingshan.office.trail.tests.factories import CLERK, NOON, Thing, create, note, on_behalf, rename
from qingshan.vault.digests import sm3_hex

FLIPS_PER_FILE = 80


def _bundle(target: Entry | Subject) -> dict[str, bytes]:
    stream = io.BytesIO()
    write_bundle(target, stream, now=NOON)
    with zipfile.ZipFile(stream) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


@pytest.fixture
def files(db) -> dict[str, bytes]:
    """The proof of one object among many entries, with an earlier checkpoint."""
    for _ in range(5):
        note()
    sign_checkpoint(now=NOON)
    thing = create("坑口", text="采坑")
    rename(thing, "新坑口", actor=on_behalf(CLERK))
    note()
    return _bundle(Subject.objects.filter(kind="test.thing").latest("entry_seq"))


@pytest.fixture
def program() -> ModuleType:
    """The program as it stands in a bundle."""
    module = ModuleType("bundled")
    exec(compile(script(), "verify.py", "exec"), vars(module))
    return module


def _holds(program: ModuleType, files: dict[str, bytes], **known: str) -> bool:
    try:
        program.check_all(files, known.get("key"), None, lambda line: None)
    except Exception:
        return False
    return True


def _run(folder, files, *arguments: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-I", "-X", "utf8", "verify.py", *arguments]
    return subprocess.run(
        command, cwd=folder, env={}, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


def test_the_program_runs_alone_in_a_folder_and_says_in_chinese_that_the_proof_holds(files, tmp_path):
    done = _run(tmp_path / "证明", files)
    assert (done.returncode, done.stderr) == (0, "")
    assert "结论：证明成立" in done.stdout
    for said in (
        "林经办",
        "郑局长",
        "青自然资〔2026〕31号",
        "新坑口",
        "对象全文就是办理后的内容",
        "较早检查点",
    ):
        assert said in done.stdout


def test_a_changed_bundle_is_refused_with_status_one(files, tmp_path):
    spoilt = files["entry.json"].replace("林经办".encode(), "王经办".encode())
    done = _run(tmp_path, {**files, "entry.json": spoilt})
    assert done.returncode == 1
    assert "结论：证明不成立" in done.stdout


def test_the_program_reads_the_zip_file_too(files, tmp_path):
    stream = io.BytesIO()
    write_bundle(Entry.objects.get(seq=1), stream, now=NOON)
    (tmp_path / "证明.zip").write_bytes(stream.getvalue())
    done = _run(tmp_path / "elsewhere", {"verify.py": files["verify.py"]}, str(tmp_path / "证明.zip"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "第 1 条留痕" in done.stdout


def test_the_reader_can_insist_on_the_published_key(files, tmp_path):
    key = known_keys()[0].fingerprint
    assert _run(tmp_path, files, "--key", key).returncode == 0
    assert _run(tmp_path, files, "--key", "0" * 64).returncode == 1


def test_the_reader_can_insist_on_a_checkpoint_kept_before(files, tmp_path):
    first, last = Checkpoint.objects.order_by("size")
    saved = checkpoints.for_saving(first, known_keys()[0])
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(saved), "utf-8")
    assert _run(tmp_path / "a", files, "--checkpoint", str(kept)).returncode == 0
    kept.write_text(json.dumps({**saved, "root": last.root}), "utf-8")
    assert _run(tmp_path / "b", files, "--checkpoint", str(kept)).returncode == 1


def test_the_same_proof_is_the_same_file(files):
    entry = Entry.objects.get(seq=3)
    first, second = io.BytesIO(), io.BytesIO()
    write_bundle(entry, first, now=NOON)
    write_bundle(entry, second, now=NOON)
    assert first.getvalue() == second.getvalue()


@pytest.mark.parametrize("name", ["entry.json", "proof.json", "subjects.tsv", "object.json", "说明.txt"])
def test_no_byte_of_a_file_can_be_changed(files, program, name, seed):
    chance, content = Random(seed), files[name]
    assert _holds(program, files)
    places = chance.sample(range(len(content)), min(FLIPS_PER_FILE, len(content)))
    for place in places:
        flipped = bytes([content[place] ^ (1 << chance.randrange(8))])
        spoilt = content[:place] + flipped + content[place + 1 :]
        assert not _holds(program, {**files, name: spoilt}), f"{name}: byte {place}"


@pytest.mark.parametrize("name", ["entry.json", "proof.json", "subjects.tsv", "object.json", "说明.txt"])
def test_no_file_can_be_cut_or_lengthened(files, program, name):
    content = files[name]
    for spoilt in (content[:-1], content + b"\n", b"", content + content, b" " + content):
        assert not _holds(program, {**files, name: spoilt})


@pytest.mark.parametrize("name", ["entry.json", "proof.json", "subjects.tsv", "说明.txt"])
def test_no_file_can_be_left_out(files, program, name):
    assert not _holds(program, {other: content for other, content in files.items() if other != name})


def test_no_file_can_be_added(files, program):
    assert not _holds(program, {**files, "批示.txt": b"x"})


def _every_value(value: object, path: tuple[object, ...] = ()):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _every_value(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _every_value(inner, (*path, number))
    else:
        yield path, value


def _with(said: object, path: tuple[object, ...], value: object) -> object:
    said = json.loads(json.dumps(said))
    inner = said
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return said


def test_no_value_of_the_proof_can_be_another(files, program):
    """Each value changed in turn, in a file that is otherwise well-formed."""
    said = json.loads(files["proof.json"])
    for path, value in _every_value(said):
        others = [None, "", 0, -1, value + 1 if isinstance(value, int) else f"{value}".upper() + " "]
        for other in [each for each in others if each != value]:
            spoilt = offline.canonical(_with(said, path, other)).encode()
            assert not _holds(program, {**files, "proof.json": spoilt}), f"{path}: {other!r}"


def test_the_two_checkpoints_cannot_change_places(files, program):
    said = json.loads(files["proof.json"])
    said["checkpoint"], said["earlier"] = said["earlier"], said["checkpoint"]
    assert not _holds(program, {**files, "proof.json": offline.canonical(said).encode()})


def test_a_strangers_signature_does_not_pass_for_the_published_key(files, program):
    """Everything signed anew by another key holds in itself, but not against the published fingerprint."""
    said, key = json.loads(files["proof.json"]), Ed25519PrivateKey.generate()
    public_key = key.public_key().public_bytes_raw()
    fingerprint = sm3_hex(b"ed25519\x00" + public_key)
    for each in (said["checkpoint"], said["earlier"]):
        text = checkpoints.text_of(
            size=each["size"],
            root=each["root"],
            made_at=each["made_at"],
            algorithm="ed25519",
            key=fingerprint,
        )
        each["public_key"], each["signature"] = public_key.hex(), key.sign(text).hex()
    forged = {**files, "proof.json": offline.canonical(said).encode()}
    assert _holds(program, forged)
    assert not _holds(program, forged, key=known_keys()[0].fingerprint)


def test_an_object_that_was_changed_since_is_proved_by_its_digest_alone(files):
    about = Subject.objects.filter(kind="test.thing").earliest("entry_seq")
    older = _bundle(about)
    assert "object.json" not in older
    assert json.loads(older["proof.json"])["about"] == ["test.thing", about.object_id, about.digest]
    assert json.loads(files["object.json"])[1]["name"] == "新坑口"


def test_every_entry_of_a_trail_can_be_proved(files, program):
    for entry in Entry.objects.order_by("seq"):
        assert _holds(program, _bundle(entry)), entry


def test_an_entry_with_many_subjects_can_be_proved(db, program):
    things = Thing.objects.bulk_create([Thing(name=str(number)) for number in range(300)])
    assert _holds(program, _bundle(note(subjects=tuple(things))))


def test_the_program_needs_the_standard_library_only():
    allowed = {
        "__future__",
        "argparse",
        "collections",
        "hashlib",
        "json",
        "os",
        "re",
        "sys",
        "typing",
        "zipfile",
    }
    imported = {
        line.split()[1].split(".")[0]
        for line in script().decode().splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported <= allowed


@given(st.binary(max_size=300))
def test_the_plain_sm3_is_that_of_openssl(data):
    assert offline.sm3_plain(data).hex() == sm3_hex(data)


def test_the_plain_sm3_gives_the_published_vectors():
    assert (
        offline.sm3_plain(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert (
        offline.sm3_plain(b"abcd" * 16).hex()
        == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


VECTORS = [  # RFC 8032 §7.1, tests 1 and 2: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd"
        "25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c3"
        "87b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("public_key", "message", "signature"), VECTORS)
def test_the_plain_ed25519_gives_the_published_vectors(public_key, message, signature):
    key, text, signed = (bytes.fromhex(each) for each in (public_key, message, signature))
    assert offline.ed25519_holds(key, text, signed)
    assert not offline.ed25519_holds(key, text + b"x", signed)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50), st.integers(0, 511), st.integers(0, 255))
def test_the_plain_ed25519_agrees_with_openssl(secret, text, place, key_place):
    private = Ed25519PrivateKey.from_private_bytes(secret)
    public, signed = private.public_key().public_bytes_raw(), private.sign(text)
    assert offline.ed25519_holds(public, text, signed)
    assert not offline.ed25519_holds(public, text, _flip(signed, place))
    assert not offline.ed25519_holds(_flip(public, key_place), text, signed)


def _flip(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def test_a_signature_with_a_number_beyond_the_group_is_refused():
    key, text, signed = (bytes.fromhex(each) for each in VECTORS[1])
    larger = int.from_bytes(signed[32:], "little") + offline.L
    assert not offline.ed25519_holds(key, text, signed[:32] + larger.to_bytes(32, "little"))
