"""Where does chance come from? From the seed and from what is being made, never from the order of making."""

from __future__ import annotations

import hashlib

import numpy as np


def chance(seed: int, *words: str) -> np.random.Generator:
    """The same stream for the same seed and words on every machine, whatever else was drawn before."""
    digest = hashlib.sha256("|".join(words).encode()).digest()
    numbers = [int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *numbers])))


def name_of(seed: int, *words: str) -> str:
    """An id that tells nothing of what it stands for: an engine must not read the truth from it."""
    return "S" + hashlib.sha256(f"{seed}|{'|'.join(words)}".encode()).hexdigest()[:10]
