"""Every entry is proved to belong to every later root, every root to extend every earlier one, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingshan.office.trail import merkle, tree
from qingshan.office.trail.actions import sign_checkpoint
from qingshan.office.trail.merkle import (
    EMPTY_ROOT,
    consistency_path,
    fold,
    inclusion_path,
    is_consistent,
    leaf_hash,
    node_hash,
    over,
    root,
    root_from_inclusion,
)
from qingshan.office.trail.models import Entry, Subtree
from qingshan.office.trail.tests.factories import NOON, note
from qingshan.office.trail.tree import StoredTree, keep_subtrees
from qingshan.office.trail.verify.frontier import Frontier
from qingshan.vault.digests import sm3

LEAVES = [b"%d" % number for number in range(70)]
SIZES = range(1, 71)


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, word for word."""
    count = len(leaves)
    if count == 0:
        return sm3(b"")
    if count == 1:
        return sm3(b"\x00" + leaves[0])
    split = 1
    while split * 2 < count:
        split *= 2
    return sm3(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:]))


COMPLETE = over(LEAVES)
ROOTS = {size: by_definition(LEAVES[:size]) for size in range(71)}


def test_roots_are_those_of_the_definition():
    assert ROOTS[0] == EMPTY_ROOT == root(COMPLETE, 0)
    for size in SIZES:
        assert root(COMPLETE, size) == ROOTS[size]


def test_one_pass_finds_the_same_roots():
    frontier = Frontier()
    assert frontier.root() == EMPTY_ROOT
    for size in SIZES:
        frontier.add(LEAVES[size - 1])
        assert frontier.root() == ROOTS[size]


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_included_in_every_root(size):
    for index in range(size):
        path = inclusion_path(COMPLETE, index, size)
        assert root_from_inclusion(LEAVES[index], index, size, path) == ROOTS[size]


@pytest.mark.parametrize("size", SIZES)
def test_every_root_extends_every_earlier_one(size):
    for old in range(1, size + 1):
        path = consistency_path(COMPLETE, old, size)
        assert is_consistent(old, ROOTS[old], size, ROOTS[size], path)


@pytest.mark.parametrize("size", range(1, 33))
def test_a_leaf_does_not_pass_for_another_place_or_size(size):
    for index in range(size):
        path = inclusion_path(COMPLETE, index, size)
        for other in set(range(size)) - {index}:
            assert root_from_inclusion(LEAVES[index], other, size, path) != ROOTS[size]
        assert root_from_inclusion(b"x", index, size, path) != ROOTS[size]


@given(st.data())
def test_any_change_of_an_inclusion_proof_breaks_it(data):
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(COMPLETE, index, size)
    spoilt = data.draw(spoil(path))
    assert root_from_inclusion(LEAVES[index], index, size, spoilt) != ROOTS[size]


@given(st.data())
def test_any_change_of_a_consistency_proof_breaks_it(data):
    size = data.draw(st.integers(2, 70))
    old = data.draw(st.integers(1, size - 1))
    path = consistency_path(COMPLETE, old, size)
    assert not is_consistent(old, ROOTS[old], size, ROOTS[size], data.draw(spoil(path)))
    assert not is_consistent(old, sm3(b"other"), size, ROOTS[size], path)
    assert not is_consistent(old, ROOTS[old], size, sm3(b"other"), path)


@given(st.integers(1, 69), st.data())
def test_another_beginning_is_no_beginning(old, data):
    size = data.draw(st.integers(old + 1, 70))
    changed = [*LEAVES[: old - 1], b"changed", *LEAVES[old:]]
    path = consistency_path(over(changed), old, size)
    assert not is_consistent(old, ROOTS[old], size, root(over(changed), size), path)


@st.composite
def spoil(draw: st.DrawFn, path: list[bytes]) -> list[bytes]:
    """The path with one hash changed, left out, added or exchanged."""
    kinds = ["added"] + (["changed", "left out"] if path else []) + (["exchanged"] if len(path) > 1 else [])
    kind, at = draw(st.sampled_from(kinds)), draw(st.integers(0, max(len(path) - 1, 0)))
    if kind == "added":
        return [*path[:at], sm3(b"added"), *path[at:]]
    if kind == "left out":
        return path[:at] + path[at + 1 :]
    if kind == "exchanged":
        other = (at + 1) % len(path)
        spoilt = list(path)
        spoilt[at], spoilt[other] = spoilt[other], spoilt[at]
        return spoilt
    turned = draw(st.integers(0, 255))
    return [*path[:at], bytes([path[at][0] ^ (turned or 1)]) + path[at][1:], *path[at + 1 :]]


def test_a_node_cannot_pass_for_a_leaf():
    left, right = leaf_hash(b"1"), leaf_hash(b"2")
    assert leaf_hash(left + right) != node_hash(left, right)


def test_impossible_questions_are_refused():
    with pytest.raises(ValueError, match="leaf"):
        inclusion_path(COMPLETE, 5, 5)
    with pytest.raises(ValueError, match="beginning"):
        consistency_path(COMPLETE, 6, 5)
    assert root_from_inclusion(b"1", 5, 5, []) is None
    assert not is_consistent(0, EMPTY_ROOT, 5, ROOTS[5], [])
    assert not is_consistent(3, ROOTS[3], 5, ROOTS[5], [])


@pytest.fixture
def small_steps(monkeypatch):
    """The table keeps every second level, so that 70 entries fill three of its levels."""
    monkeypatch.setattr(tree, "STEP", 2)
    monkeypatch.setattr(tree, "WIDTH", 4)
    monkeypatch.setattr(tree, "RUNS_AT_ONCE", 3)


def _stored_hashes() -> list[bytes]:
    return [bytes.fromhex(found) for found in Entry.objects.order_by("seq").values_list("hash", flat=True)]


@pytest.mark.parametrize("kept", [0, 5, 16, 70])
def test_the_stored_tree_answers_as_the_tree_in_memory(db, small_steps, kept):
    for _ in range(70):
        note()
    keep_subtrees(kept)
    in_memory = over(_stored_hashes())
    for size in SIZES:
        stored = StoredTree()
        assert root(stored.complete, size) == root(in_memory, size)
        assert inclusion_path(stored.complete, size // 2, size) == inclusion_path(in_memory, size // 2, size)
        assert consistency_path(stored.complete, size // 3 + 1, size) == consistency_path(
            in_memory, size // 3 + 1, size
        )


def test_the_table_grows_with_the_trail_and_only_so(db, small_steps):
    for count in (3, 4, 17, 64):
        while Entry.objects.count() < count:
            note()
        keep_subtrees(count)
        keep_subtrees(count)
        assert Subtree.objects.filter(level=2).count() == count // 4
        assert Subtree.objects.filter(level=4).count() == count // 16
    assert Subtree.objects.get(level=6).hash == fold([leaf_hash(each) for each in _stored_hashes()]).hex()


def test_a_checkpoint_reads_few_rows_of_a_long_trail(db, small_steps, django_assert_max_num_queries):
    for _ in range(70):
        note()
    sign_checkpoint(now=NOON)
    note()
    with django_assert_max_num_queries(12):
        root(StoredTree().complete, 72)


def test_an_entry_that_is_not_there_has_no_proof(db):
    note()
    with pytest.raises(LookupError):
        root(StoredTree().complete, 2)


def test_the_tree_hashes_with_sm3():
    assert merkle.leaf_hash(b"abc") == sm3(b"\x00abc")
