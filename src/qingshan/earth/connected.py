"""Which things hang together when it is known which pairs touch? Numbers of groups, the same on every machine."""

from __future__ import annotations

from typing import Any

import numpy as np

Labels = np.ndarray[Any, np.dtype[np.int64]]


def groups(count: int, one: Labels, other: Labels) -> Labels:
    """(count,) for each thing the lowest number in its group.

    Neighbours hook on to the lower number, then numbers jump to the number of their number, until nothing moves.

    Args:
        count: things, numbered from 0.
        one: (pairs,) one of two that touch.
        other: (pairs,) the other one.
    """
    parent = np.arange(count)
    while len(one):
        low = np.minimum(parent[one], parent[other])
        moved = parent.copy()
        np.minimum.at(moved, parent[one], low)
        np.minimum.at(moved, parent[other], low)
        moved = moved[moved]
        if np.array_equal(moved, parent):
            break
        parent = moved
    return parent
