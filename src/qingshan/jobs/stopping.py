"""How does a signal tell a loop to end? By a flag without a lock.

`threading.Event` must not be set by a signal handler: the handler runs in the main thread between two of its
steps, and where that thread is just inside `wait` it holds the event's lock, for which the handler then waits
for ever.
"""

from __future__ import annotations

import time

SLICE_S = 0.1


class StopFlag:
    """Set once, seen within a tenth of a second."""

    def __init__(self) -> None:
        self._wanted = False

    def set(self) -> None:
        self._wanted = True

    def clear(self) -> None:
        self._wanted = False

    def is_set(self) -> bool:
        return self._wanted

    def wait(self, timeout_s: float) -> bool:
        """Sleep so long, or less when asked to stop; whether asked to stop."""
        until = time.monotonic() + timeout_s
        while not self._wanted and (left := until - time.monotonic()) > 0:
            time.sleep(min(SLICE_S, left))
        return self._wanted
