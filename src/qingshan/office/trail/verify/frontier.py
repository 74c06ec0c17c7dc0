"""How are the roots at many sizes computed in one pass over the entries?

The frontier holds the full subtrees that make up the tree so far, largest first; a new leaf merges with
its neighbours of equal size, as a carry does in addition.
"""

from __future__ import annotations

from qingshan.office.trail.merkle import EMPTY_ROOT, leaf_hash, node_hash
from qingshan.office.trail.tree import STEP


class Frontier:
    """The tree over the leaves seen so far."""

    def __init__(self) -> None:
        self.size = 0
        self.kept: dict[tuple[int, int], bytes] = {}
        """full subtrees of every eighth level, as the cache should hold them"""
        self._subtrees: list[bytes] = []

    def add(self, data: bytes) -> None:
        """One more leaf."""
        found, level, place = leaf_hash(data), 0, self.size
        while place % 2:
            found = node_hash(self._subtrees.pop(), found)
            level, place = level + 1, place // 2
            if level % STEP == 0:
                self.kept[level, place] = found
        self._subtrees.append(found)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._subtrees:
            return EMPTY_ROOT
        found = self._subtrees[-1]
        for subtree in reversed(self._subtrees[:-1]):
            found = node_hash(subtree, found)
        return found
