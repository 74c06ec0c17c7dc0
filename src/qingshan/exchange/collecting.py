"""How is Python kept from looking for cycles where there are none?"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Around reading or writing a whole file: millions of small values and no cycles among them.

    Looking for cycles took two fifths of the time of a preview and a fifth of that of an act.
    """
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
