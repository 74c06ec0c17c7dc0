"""How do processes that we start end with the one that started them?"""

from __future__ import annotations

import ctypes
import signal
import sys

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def end_with_parent() -> None:
    """For preexec_fn: whoever is killed takes this child along (Linux); elsewhere it must be ended by hand."""
    _end_with_parent(signal.SIGTERM)


def die_with_parent() -> None:
    """The same, at once: for a child that must not touch anything after its parent is gone."""
    _end_with_parent(signal.SIGKILL)


def _end_with_parent(by: signal.Signals) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, by)
