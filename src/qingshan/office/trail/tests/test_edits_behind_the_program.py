"""A thousand random edits of trail and data behind the program, on either database: all are found."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import UTC, date, datetime, time
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
import shapely
from django.db import connection

from qingshan.office.trail import tree
from qingshan.office.trail.actions import (
    change_key,
    confirm_erasure,
    official_act,
    propose_erasure,
    record,
    sign_checkpoint,
)
from qingshan.office.trail.models import Subtree
from qingshan.office.trail.tests.behind import EVERYWHERE, ON_SQLITE, behind_the_program
from qingshan.office.trail.tests.factories import (
    AUDITOR,
    CLERK,
    NOON,
    SECURITY,
    Plain,
    create,
    note,
    on_behalf,
    remove,
    rename,
)
from qingshan.office.trail.verify import chain, frontier, objects, verify_trail
from qingshan.office.trail.verify import checkpoints as verify_checkpoints

EDITS = 400 if os.environ.get("CI") == "true" else 1_000
"""Half as many on PostgreSQL, where each takes twice as long."""

# what must be named among the faults, by the beginning of the edit's name
NAMED = {
    "erasure_": ("object_",),
    "subject_": ("subjects_",),
    "personal_": ("personal_",),
    "erased_": ("personal_",),
    "checkpoint_": ("checkpoint_", "object_"),
    "subtree_": ("subtree_",),
    "head_": ("head_",),
    "data_and_trail": ("seal_",),
    "data_": ("object_",),
    "act_forged": ("seal_", "seals_"),
    "every_seal": ("seals_",),
    "chain_": ("seal_",),
    "tail_": ("checkpoint_", "object_"),
    "entry_inserted": ("entries_", "head_"),
    "entry_deleted": ("gap", "head_"),
    "entry_column": ("hash_", "previous_", "head_", "seal_", "seals_"),
    "entries_": ("previous_", "hash_", "head_"),
    "junk": ("",),
}


@official_act
def create_plain(names: list[str]) -> list[Plain]:
    plain = [Plain.objects.create(name=name) for name in names]
    record(act="test.create", actor=CLERK, now=NOON, subjects=plain, new={"count": len(plain)})
    return plain


@pytest.fixture
def a_full_trail(db, monkeypatch):
    """Everything that a trail can hold, in few rows; the tree's table keeps every second level."""
    for module in (tree, frontier, verify_checkpoints):
        monkeypatch.setattr(module, "STEP", 2)
    monkeypatch.setattr(tree, "WIDTH", 4)
    # runs shorter than the trail, so that their joints are looked at too
    monkeypatch.setattr(chain, "RUN", 7)
    monkeypatch.setattr(objects, "RUN", 4)
    things = [create(f"点位{n}", **_columns(n)) for n in range(9)]
    create_plain(["甲", "乙", "丙"])
    for thing in things[:2]:
        remove(thing)
    entry = note(personal={"电话": "13800001234", "住址": "青石路 1 号"})
    sign_checkpoint(now=NOON)
    rename(things[3], "新名", actor=on_behalf(CLERK))
    change_key(actor=SECURITY, now=NOON)
    erasure = propose_erasure(entry, fields=["电话"], reason="涉密误传", actor=SECURITY, now=NOON)
    confirm_erasure(erasure, actor=AUDITOR, now=NOON)
    propose_erasure(entry, fields=["住址"], reason="个人信息", actor=SECURITY, now=NOON)
    sign_checkpoint(now=NOON)
    assert Subtree.objects.filter(level=4).exists()
    assert verify_trail().ok


def _columns(number: int) -> dict[str, object]:
    return {
        "text": "说明",
        "count": number,
        "area_m2": number + 0.5,
        "amount": Decimal(number),
        "on": date(2026, 1, 1),
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "clock": time(8),
        "yes": bool(number % 2),
        "data": {"序": number},
        "uuid": UUID(int=number),
        "raw": b"raw",
        "geom": shapely.Point(122, 33 + number / 10),
    }


def _codes() -> set[str]:
    return {each.code.removeprefix("trail.verify.") for each in verify_trail().faults}


def _named(edit: str, codes: set[str]) -> bool:
    expected = next(prefixes for begin, prefixes in NAMED.items() if edit.startswith(begin))
    return any(code.startswith(expected) for code in codes)


@pytest.mark.timeout(900)
def test_a_thousand_random_edits_are_all_found(a_full_trail, seed, capsys):
    chance = Random(seed)
    kinds = EVERYWHERE + (ON_SQLITE if connection.vendor == "sqlite" else ())
    made, found = Counter(), Counter()
    edits = EDITS if connection.vendor == "sqlite" else EDITS // 2
    for number in range(edits):
        edit = kinds[number % len(kinds)]
        with behind_the_program():
            said = edit(chance)
            codes = _codes() - {"trigger_missing"}
        made[edit.__name__] += 1
        found[edit.__name__] += _named(edit.__name__, codes)
        assert _named(edit.__name__, codes), (
            f"edit {number} (seed {seed}) was not found: {edit.__name__}: {said}; faults {codes}"
        )
    _tell(capsys, made, found, seed)
    assert found.total() == edits
    assert verify_trail().ok


def _tell(capsys: pytest.CaptureFixture[str], made: Counter[str], found: Counter[str], seed: int) -> None:
    with capsys.disabled():
        lines = [f"  {name:30} {found[name]:4} of {made[name]:4}" for name in made]
        head = f"\nedits behind the program, found of made ({connection.vendor}, seed {seed})"
        sys.stdout.write("\n".join([head, *lines, f"  {'all':30} {found.total():4} of {made.total():4}\n"]))


def test_a_missing_guard_is_a_fault_of_its_own(a_full_trail):
    with behind_the_program():
        codes = _codes()
    assert codes == {"trigger_missing"}
