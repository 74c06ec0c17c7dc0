"""Where does the library of vector files come from? It is loaded by whoever reads or writes one, not by every command:
it brings GDAL along and, where that is installed, pandas.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def vectors() -> Any:
    """The module `pyogrio`."""
    import pyogrio

    return pyogrio
