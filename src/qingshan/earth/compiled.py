"""How are kernels compiled? In one way: cached on disk, without the interpreter's lock, without liberties in sums."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """A kernel in machine code; division by zero gives infinity or NaN as in numpy.

    Neither `fastmath` nor `parallel`: the same bits on every run, threads are a pool outside. The cache notices a
    change of the kernel's own file only; one that calls kernels of another module takes `made_of(modules)` as the
    default of its last argument, which becomes part of its type and so of the cache's key.
    """
    return cast(Kernel, _njit(function))


def part(function: Kernel) -> Kernel:
    """A piece of kernels, called by them only: no entry for the interpreter, which would cost half of compiling it."""
    piece = njit(
        nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True
    )  # type: ignore[call-overload]
    return cast(Kernel, piece(function))


def _njit(function: Kernel) -> object:
    try:
        return njit(cache=True, nogil=True, error_model="numpy")(function)
    except (
        RuntimeError
    ):  # no folder to write to, neither the program's nor the user's: compiled anew each time
        return njit(nogil=True, error_model="numpy")(function)


def made_of(*modules: ModuleType) -> int:
    """A number that changes with the modules' sources."""
    return zlib.crc32(b"".join(Path(str(module.__file__)).read_bytes() for module in modules))
