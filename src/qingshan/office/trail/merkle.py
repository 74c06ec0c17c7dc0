"""How can one entry, or a whole earlier trail, be proved to belong to a signed root? (RFC 9162 §2.1, SM3.)

A leaf is hashed after a byte 0, an inner node after a byte 1, so that neither can pass for the other. The
tree asks `complete(level, place)` for the hash of a full subtree: of the leaves place·2^level onwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from qingshan.vault.digests import new, sm3

Complete = Callable[[int, int], bytes]

_LEAF, _NODE = new(b"\x00"), new(b"\x01")
EMPTY_ROOT = sm3(b"")


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf."""
    state = _LEAF.copy()
    state.update(data)
    return state.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    state = _NODE.copy()
    state.update(left + right)
    return state.digest()


def over(leaves: Sequence[bytes]) -> Complete:
    """The full subtrees over leaves in memory (their data, not their hashes)."""

    @cache
    def complete(level: int, place: int) -> bytes:
        if level == 0:
            return leaf_hash(leaves[place])
        return node_hash(complete(level - 1, 2 * place), complete(level - 1, 2 * place + 1))

    return complete


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over 2^n hashes of equal level."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def root(complete: Complete, size: int) -> bytes:
    """The root over the first `size` leaves."""
    return _range(complete, 0, size) if size else EMPTY_ROOT


def inclusion_path(complete: Complete, index: int, size: int) -> list[bytes]:
    """The neighbours from leaf `index` up to the root over `size` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        left = index < middle
        path.append(_range(complete, middle, high) if left else _range(complete, low, middle))
        low, high = (low, middle) if left else (middle, high)
    return path[::-1]


def consistency_path(complete: Complete, old_size: int, size: int) -> list[bytes]:
    """What shows that the tree of `size` leaves begins with the tree of `old_size` leaves."""
    if not 0 < old_size <= size:
        raise ValueError(f"{old_size} leaves are no beginning of {size}")
    path: list[bytes] = []
    low, high, whole = 0, size, True
    while high != old_size:
        middle = low + _split(high - low)
        left = old_size <= middle
        path.append(_range(complete, middle, high) if left else _range(complete, low, middle))
        whole = whole and left
        low, high = (low, middle) if left else (middle, high)
    return ([] if whole else [_range(complete, low, high)]) + path[::-1]


def root_from_inclusion(data: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that the path leads to (RFC 9162 §2.1.3.2); None where the path does not fit the place."""
    if not 0 <= index < size:
        return None
    number, last, found = index, size - 1, leaf_hash(data)
    for neighbour in path:
        if last == 0:
            return None
        if number % 2 or number == last:
            found = node_hash(neighbour, found)
            number, last = _climb(number, last)
        else:
            found = node_hash(found, neighbour)
        number, last = number >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old_size: int, old_root: bytes, size: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows that the new tree extends the old one (RFC 9162 §2.1.4.2)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not path and old_root == new_root
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    if not steps:
        return False
    number, last = old_size - 1, size - 1
    while number % 2:
        number, last = number >> 1, last >> 1
    old, extended = steps[0], steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if number % 2 or number == last:
            old, extended = node_hash(step, old), node_hash(step, extended)
            number, last = _climb(number, last)
        else:
            extended = node_hash(extended, step)
        number, last = number >> 1, last >> 1
    return last == 0 and old == old_root and extended == new_root


def _climb(number: int, last: int) -> tuple[int, int]:
    """Up to where `number` is a right child: the levels between have no neighbour of their own."""
    while number % 2 == 0 and number:
        number, last = number >> 1, last >> 1
    return number, last


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _range(complete: Complete, low: int, high: int) -> bytes:
    count = high - low
    if count & (count - 1) == 0:
        return complete(count.bit_length() - 1, low // count)
    middle = low + _split(count)
    return node_hash(_range(complete, low, middle), _range(complete, middle, high))
